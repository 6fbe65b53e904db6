//! Points are answered here: several at a time, and never silently over somebody else's newer answer.

use serde::Serialize;

use super::change_store::still_open;
use super::{FILL, Said, Selfcheck, no_point, points};
use crate::db::{Change, Entry, Reached, WriteTx};
use crate::db::{author, named};
use crate::error::Result;

const ANSWER: Change = Change::new(concat!(
    "
    UPDATE selfcheck_points
       SET answer = :answer, value = :value, note = :note, at = :now,
           author = ",
    author!(),
    "
     WHERE group_id = :group
       AND customer_id = :customer
       AND selfcheck_id = :selfcheck
       AND position = :position",
));

/// What is said about a point.
#[derive(Clone, Debug)]
pub struct Given {
    /// Which point.
    pub position: u32,
    /// What.
    pub said: Said,
    /// The mark of what whoever says it saw there; without one the answer counts whatever stands there.
    pub seen: Option<String>,
}

/// What became of some answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answered {
    /// The points that are answered differently now.
    pub changed: Vec<u32>,
    /// The points that somebody else answered since, and differently: they stay as they are.
    pub clashes: Vec<u32>,
    /// The points that somebody else answered since, and about which nothing new was said here.
    pub elsewhere: Vec<u32>,
}

/// A point in the audit.
#[derive(Serialize)]
struct Line<'a> {
    position: u32,
    #[serde(flatten)]
    said: &'a Said,
}

/// Answers points. What is said already is not written again; what somebody else said since is left alone.
pub fn answer(tx: &WriteTx, check: &Reached<Selfcheck>, given: &[Given]) -> Result<Answered> {
    still_open(check)?;
    let all = points(tx, check)?;
    let mut done = Answered::default();
    let mut news = Vec::new();
    for one in given {
        let point = all.iter().find(|point| point.position == one.position);
        let point = point.ok_or_else(|| no_point(check, one.position, all.len()))?;
        let now = point.said.mark();
        let seen = one.seen.as_deref().unwrap_or(&now);
        if point.said == one.said {
            continue;
        }
        if one.said.mark() == seen {
            done.elsewhere.push(one.position);
        } else if seen != now {
            done.clashes.push(one.position);
        } else {
            done.changed.push(one.position);
            news.push((point, one));
        }
    }
    if news.is_empty() {
        // Who may not answer is told so even if there is nothing to write.
        tx.actor().require(FILL)?;
        return Ok(done);
    }
    tx.change(FILL, |w| {
        for (point, one) in &news {
            let said = &one.said;
            let values = named! {
                ":customer": check.customer_id, ":selfcheck": check.id, ":position": point.position,
                ":answer": said.answer, ":value": said.value, ":note": said.note,
            };
            w.run(&ANSWER, values)?;
        }
        let line = |position, said| Line { position, said };
        let before: Vec<_> = news.iter().map(|(point, _)| line(point.position, &point.said)).collect();
        let after: Vec<_> = news.iter().map(|(_, one)| line(one.position, &one.said)).collect();
        Ok(((), Entry::on(check, "selfcheck.answered").before(&before).after(&after)))
    })?;
    Ok(done)
}
