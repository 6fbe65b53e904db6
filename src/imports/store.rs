//! Runs of imports are kept here: recorded and listed.

use super::runs::{Counts, Run};
use crate::access::{Need, Right};
use crate::db::named;
use crate::db::{Change, Entry, Reached, Row, RowResult, Scoped, Tx, WriteTx};
use crate::error::Result;
use crate::ids::RunId;
use crate::text::Line;

const ALL: Scoped = Scoped::new(
    Need::right(Right::Imports),
    "
    SELECT i.id, i.noun, i.file, i.at, i.actor, i.created, i.changed, i.unchanged, i.rejected
      FROM import_runs i
     WHERE i.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
     ORDER BY i.id DESC",
);

const INSERT: Change = Change::new(
    "
    INSERT INTO import_runs (group_id, noun, file, at, actor, created, changed, unchanged, rejected)
    VALUES (:group, :noun, :file, :now, :who, :created, :changed, :unchanged, :rejected)",
);

/// The runs of the group, the newest first.
pub fn list(tx: &Tx) -> Result<Vec<Reached<Run>>> {
    tx.many(&ALL, &[], run)
}

/// Records a run and gives its number.
pub fn record(tx: &WriteTx, noun: &'static str, file: &Line, counts: &Counts) -> Result<RunId> {
    tx.change(Need::right(Right::Imports), |w| {
        let id = w.insert(
            &INSERT,
            named! {
                ":noun": noun, ":file": file, ":who": tx.actor().name(), ":created": as_count(counts.created),
                ":changed": as_count(counts.changed), ":unchanged": as_count(counts.unchanged),
                ":rejected": as_count(counts.rejected),
            },
        )?;
        let facts = serde_json::json!({ "noun": noun, "file": file, "counts": counts });
        Ok((RunId(id), Entry::about::<Run>(id, id.to_string(), "import.taken").after(&facts)))
    })
}

fn as_count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn run(row: &Row) -> RowResult<Run> {
    let count = |at| row.get::<_, i64>(at).map(i64::unsigned_abs);
    Ok(Run {
        id: row.get(0)?,
        noun: row.get(1)?,
        file: row.get(2)?,
        at: row.get(3)?,
        actor: row.get(4)?,
        counts: Counts { created: count(5)?, changed: count(6)?, unchanged: count(7)?, rejected: count(8)? },
    })
}
