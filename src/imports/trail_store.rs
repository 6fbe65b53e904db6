//! What a run did, read from the lines of the audit that it wrote; and who wrote others since.

use std::ops::Deref;

use serde_json::Value;

use super::runs::Span;
use crate::access::{Need, Right};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Reached, Row, RowResult, Scoped, Tx};
use crate::error::{Error, Kind, Result};

/// Who may import may also look at what imports did.
const NEED: Need = Need::right(Right::Imports);

/// A statement that reads lines; what follows WHERE is the caller's.
macro_rules! lines {
    ($rest:literal) => {
        concat!(
            "
    SELECT a.id, a.at, a.actor, a.action, a.noun, a.subject_id, a.subject, a.before, a.after
      FROM audit a
     WHERE a.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND ",
            $rest
        )
    };
}

const OF_RUN: Scoped = Scoped::new(NEED, lines!("a.id > :after AND a.id <= :last ORDER BY a.id"));
const SINCE: Scoped = Scoped::new(NEED, lines!("a.id > :after ORDER BY a.id"));

/// The newest line about one thing, by the name it has.
const ABOUT: Scoped = Scoped::new(
    NEED,
    lines!("a.subject = :subject AND a.noun = :noun AND a.subject_id = :id ORDER BY a.id DESC LIMIT 1"),
);

/// A line that tells what was done to a thing. What it was and is stays as it is written until it is looked at, because a
/// run can be as long as a file.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the audit.
    pub id: i64,
    /// When.
    pub at: Moment,
    /// By whom.
    pub actor: String,
    /// What: `customer.changed`.
    pub action: String,
    /// To what kind of thing.
    pub noun: String,
    /// To the thing in which row.
    pub subject_id: i64,
    /// What people call it.
    pub subject: String,
    before: Option<String>,
    after: Option<String>,
}

/// A line with what a thing was and is.
#[derive(Clone, Debug)]
pub struct Step {
    /// What was done to what.
    pub line: Line,
    /// How it was.
    pub before: Value,
    /// How it was afterwards.
    pub after: Value,
}

impl Deref for Step {
    type Target = Line;
    fn deref(&self) -> &Line {
        &self.line
    }
}

impl Line {
    /// The same with what the thing was and is.
    pub fn open(self) -> Result<Step> {
        let read = |text: &Option<String>| match text {
            Some(text) => serde_json::from_str(text).map_err(|cause| {
                Error::new(Kind::Storage, format!("line {} of the audit cannot be read", self.id)).because(cause)
            }),
            None => Ok(Value::Null),
        };
        let (before, after) = (read(&self.before)?, read(&self.after)?);
        Ok(Step { line: self, before, after })
    }

    /// Whether it tells of a thing, and not of the run or of the audit itself.
    pub fn is_of_a_thing(&self) -> bool {
        !["import", "audit"].contains(&self.noun.as_str())
    }
}

/// What was done to things in these lines, the first first.
pub fn lines(tx: &Tx, span: Span) -> Result<Vec<Line>> {
    let mut found = Vec::new();
    tx.each(&OF_RUN, named! { ":after": span.after, ":last": span.last }, line, |line| {
        found.extend(Some(line.into_inner()).filter(Line::is_of_a_thing));
        Ok(())
    })?;
    Ok(found)
}

/// Hands on what was done to things in these lines, the first first.
pub fn steps(tx: &Tx, span: Span, mut take: impl FnMut(Step) -> Result<()>) -> Result<()> {
    tx.each(&OF_RUN, named! { ":after": span.after, ":last": span.last }, line, |line| {
        if line.is_of_a_thing() { take(line.into_inner().open()?) } else { Ok(()) }
    })
}

/// Hands on what was done after a line, the oldest first.
pub fn since(tx: &Tx, after: i64, mut take: impl FnMut(Line) -> Result<()>) -> Result<()> {
    tx.each(&SINCE, named! { ":after": after }, line, |line| take(line.into_inner()))
}

/// The last thing that was done to a thing of this name.
pub fn last_about(tx: &Tx, noun: &str, id: i64, subject: &str) -> Result<Option<Line>> {
    let found = tx.one(&ABOUT, named! { ":noun": noun, ":id": id, ":subject": subject }, line)?;
    Ok(found.map(Reached::into_inner))
}

fn line(row: &Row) -> RowResult<Line> {
    Ok(Line {
        id: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        action: row.get(3)?,
        noun: row.get(4)?,
        subject_id: row.get(5)?,
        subject: row.get(6)?,
        before: row.get(7)?,
        after: row.get(8)?,
    })
}

#[cfg(test)]
impl Step {
    /// A line as a test writes it.
    pub(super) fn made(action: &str, before: Value, after: Value) -> Self {
        let line = Line {
            id: 1,
            at: Moment::from_unix(0),
            actor: "anna".into(),
            action: action.into(),
            noun: action.split('.').next().unwrap_or_default().to_owned(),
            subject_id: 1,
            subject: "1042".into(),
            before: None,
            after: None,
        };
        Self { line, before, after }
    }
}
