//! What a run did, read from the lines of the audit that it wrote; and who wrote others since.

use serde::Serialize;
use serde_json::Value;

use super::runs::Span;
use crate::access::{Need, Right};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Json, Reached, Row, RowResult, Scoped, Tx};
use crate::error::Result;

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

/// One thing that was done to one thing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The number of its line in the audit.
    pub id: i64,
    /// When.
    #[serde(skip)]
    pub at: Moment,
    /// By whom.
    #[serde(skip)]
    pub actor: String,
    /// What: `customer.changed`.
    pub action: String,
    /// To what kind of thing.
    pub noun: String,
    /// To the thing in which row.
    #[serde(skip)]
    pub subject_id: i64,
    /// What people call it.
    pub subject: String,
    /// How it was.
    #[serde(skip)]
    pub before: Value,
    /// How it was afterwards.
    #[serde(skip)]
    pub after: Value,
}

/// What was done in these lines, the first first.
pub fn steps(tx: &Tx, span: Span) -> Result<Vec<Step>> {
    let found = tx.many(&OF_RUN, named! { ":after": span.after, ":last": span.last }, step)?;
    Ok(found.into_iter().map(Reached::into_inner).collect())
}

/// Hands on what was done after a line, the oldest first.
pub fn since(tx: &Tx, line: i64, mut take: impl FnMut(Step) -> Result<()>) -> Result<()> {
    tx.each(&SINCE, named! { ":after": line }, step, |step| take(step.into_inner()))
}

/// The last thing that was done to a thing of this name.
pub fn last_about(tx: &Tx, noun: &str, id: i64, subject: &str) -> Result<Option<Step>> {
    let found = tx.one(&ABOUT, named! { ":noun": noun, ":id": id, ":subject": subject }, step)?;
    Ok(found.map(Reached::into_inner))
}

fn step(row: &Row) -> RowResult<Step> {
    Ok(Step {
        id: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        action: row.get(3)?,
        noun: row.get(4)?,
        subject_id: row.get(5)?,
        subject: row.get(6)?,
        before: row.get::<_, Option<Json<_>>>(7)?.map_or(Value::Null, |json| json.0),
        after: row.get::<_, Option<Json<_>>>(8)?.map_or(Value::Null, |json| json.0),
    })
}
