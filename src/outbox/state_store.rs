//! Whether mail leaves, for whoever watches over it.

use serde::Serialize;

use super::{Stop, stop};
use crate::access::{Need, Right};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Scoped, Tx};
use crate::error::Result;

/// How it goes with the mail of a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MailHealth {
    /// How many wait, the late ones included.
    pub queued: i64,
    /// How many should have left.
    pub late: i64,
    /// Since when the oldest of those should have left.
    pub late_since: Option<Moment>,
    /// What was said of the oldest of those when it was tried.
    pub late_answer: Option<String>,
    /// How many died since [`Self::dead_since`].
    pub dead: i64,
    /// The moment that was asked for.
    pub dead_since: Moment,
    /// Why no mail at all can leave.
    pub stop: Option<Stop>,
}

const QUEUED: Scoped = Scoped::new(
    Need::right(Right::Mail),
    "
    SELECT count(*)
      FROM outbox m
     WHERE m.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND m.state = 'queued'",
);

// A mail that is held back or gathered for a digest is not late before its own time. One that failed twice has a time
// that moves on with each attempt: it counts from when it was queued.
const LATE: Scoped = Scoped::new(
    Need::right(Right::Mail),
    "
    SELECT count(*), min(CASE WHEN m.attempts >= 2 THEN m.queued_at ELSE m.next_at END)
      FROM outbox m
     WHERE m.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND m.state = 'queued'
       AND (m.next_at <= :by OR (m.attempts >= 2 AND m.queued_at <= :by))",
);

const ANSWER: Scoped = Scoped::new(
    Need::right(Right::Mail),
    "
    SELECT m.answer
      FROM outbox m
     WHERE m.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND m.state = 'queued'
       AND (m.next_at <= :by OR (m.attempts >= 2 AND m.queued_at <= :by))
     ORDER BY CASE WHEN m.attempts >= 2 THEN m.queued_at ELSE m.next_at END, m.id
     LIMIT 1",
);

const DEAD: Scoped = Scoped::new(
    Need::right(Right::Mail),
    "
    SELECT count(*)
      FROM outbox m
     WHERE m.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND m.state = 'dead'
       AND m.done_at >= :since",
);

/// How it goes with the mail of the group: what should have left at a moment, and what died since another.
pub fn health(tx: &Tx, by: Moment, since: Moment) -> Result<MailHealth> {
    let count = |sql, params| Ok::<_, crate::error::Error>(tx.one(sql, params, |row| row.get(0))?.map_or(0, |n| *n));
    let late = tx.one(&LATE, named! { ":by": by }, |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
    let (late, late_since) = late.map_or((0, None), crate::db::Reached::into_inner);
    let late_answer = tx.one(&ANSWER, named! { ":by": by }, |row| row.get(0))?.and_then(crate::db::Reached::into_inner);
    Ok(MailHealth {
        queued: count(&QUEUED, named! {})?,
        late,
        late_since,
        late_answer,
        dead: count(&DEAD, named! { ":since": since })?,
        dead_since: since,
        stop: stop(tx)?,
    })
}

impl MailHealth {
    /// What is wrong, a sentence for each reason.
    pub fn reasons(&self) -> Vec<String> {
        [self.stop_reason(), self.late_reason(), self.dead_reason()].into_iter().flatten().collect()
    }

    /// Why no mail can leave.
    pub fn stop_reason(&self) -> Option<String> {
        self.stop.as_ref().map(|stop| format!("no mail can leave since {}: {}", stop.since, stop.why))
    }

    /// Which mails should have left.
    pub fn late_reason(&self) -> Option<String> {
        let moment = self.late_since?;
        let noun = if self.late == 1 { "mail" } else { "mails" };
        let why = match (&self.late_answer, &self.stop) {
            (Some(answer), _) => format!(": {answer}"),
            // Why it waits was said already.
            (None, Some(_)) => String::new(),
            (None, None) => "; it was not tried: does 'frontdesk serve' run, or 'frontdesk mail send'?".into(),
        };
        Some(format!("{} {noun} should have left, the oldest at {moment}{why}", self.late))
    }

    /// Which mails died.
    pub fn dead_reason(&self) -> Option<String> {
        let noun = if self.dead == 1 { "mail" } else { "mails" };
        let since = self.dead_since;
        (self.dead > 0).then(|| format!("{} {noun} died since {since}", self.dead))
    }
}
