//! Runs of imports are kept here: recorded, listed, found; with the rows that were rejected.

use super::runs::{Counts, Record, Run, Span};
use crate::access::{Need, Right};
use crate::db::named;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Scoped, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::ids::RunId;
use crate::text::Line;

/// For so many days rejected rows are kept.
pub const KEPT_DAYS: i64 = 90;

const NEED: Need = Need::right(Right::Imports);

/// A statement that reads runs; what follows WHERE is the caller's.
macro_rules! runs {
    ($rest:literal) => {
        concat!(
            "
    SELECT i.id, i.noun, i.file, i.at, i.actor, i.created, i.changed, i.closed, i.unchanged, i.rejected, i.undoes_id,
           (SELECT u.id FROM import_runs u WHERE u.group_id = i.group_id AND u.undoes_id = i.id),
           i.lines_after, i.lines_last
      FROM import_runs i
     WHERE i.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND ",
            $rest
        )
    };
}

const ALL: Scoped = Scoped::new(NEED, runs!("1 ORDER BY i.id DESC"));
const ONE: Scoped = Scoped::new(NEED, runs!("i.id = :id"));

/// The newest run of a file of that name that rejected rows.
const LAST_REJECTED: Scoped = Scoped::new(
    NEED,
    runs!(
        "i.noun = :noun AND i.file = :file AND i.undoes_id IS NULL AND i.rejected > 0
     ORDER BY i.id DESC
     LIMIT 1"
    ),
);

const REJECTS: Below<Run> = Below::new(
    NEED,
    "
    SELECT r.text
      FROM import_rejects r
     WHERE r.group_id = :group AND r.run_id = :parent
     ORDER BY r.position",
);

const INSERT: Change = Change::new(
    "
    INSERT INTO import_runs (group_id, noun, file, at, actor, created, changed, closed, unchanged, rejected, lines_after,
                             lines_last, undoes_id)
    VALUES (:group, :noun, :file, :now, :who, :created, :changed, :closed, :unchanged, :rejected, :after, :last, :undoes)",
);

const KEEP: Change = Change::new(
    "INSERT INTO import_rejects (group_id, run_id, position, text) VALUES (:group, :run, :position, :text)",
);

const FORGET: Change = Change::new(
    "
    DELETE FROM import_rejects
     WHERE group_id = :group
       AND run_id IN (SELECT id FROM import_runs WHERE group_id = :group AND at < :before)",
);

/// The runs of the group, the newest first.
pub fn list(tx: &Tx) -> Result<Vec<Reached<Run>>> {
    tx.many(&ALL, &[], run)
}

/// The run with this number.
pub fn find(tx: &Tx, id: RunId) -> Result<Reached<Run>> {
    tx.one(&ONE, named! { ":id": id }, run)?
        .ok_or_else(|| Error::not_found("import", id).tip("see the runs with: frontdesk import log"))
}

/// The lines of a run's file of rejected rows, its headings first; none if they are kept no more.
pub fn rejects(tx: &Tx, run: &Reached<Run>) -> Result<Vec<String>> {
    Ok(tx.below(run, &REJECTS, &[], |row| row.get(0))?.into_iter().map(Reached::into_inner).collect())
}

/// The rows that the last run of such a file rejected.
pub fn last_rejects(tx: &Tx, noun: &str, file: &Line) -> Result<Vec<String>> {
    match tx.one(&LAST_REJECTED, named! { ":noun": noun, ":file": file }, run)? {
        Some(run) => rejects(tx, &run),
        None => Ok(Vec::new()),
    }
}

/// Records a run and gives its number.
pub fn record(tx: &WriteTx, of: &Record) -> Result<RunId> {
    tx.change(NEED, |w| {
        let Counts { created, changed, closed, unchanged, rejected } = *of.counts;
        let id = w.insert(
            &INSERT,
            named! {
                ":noun": of.noun, ":file": of.file, ":who": tx.actor().name(), ":created": as_count(created),
                ":changed": as_count(changed), ":closed": as_count(closed), ":unchanged": as_count(unchanged),
                ":rejected": as_count(rejected), ":after": of.span.after, ":last": of.span.last, ":undoes": of.undoes,
            },
        )?;
        if !of.rejects.is_empty() {
            w.run(&FORGET, named! { ":before": tx.now().plus(-KEPT_DAYS * 86_400) })?;
        }
        for (position, text) in (0_i64..).zip(of.rejects) {
            w.run(&KEEP, named! { ":run": id, ":position": position, ":text": text })?;
        }
        let facts = serde_json::json!({
            "noun": of.noun, "file": of.file, "counts": of.counts, "undoes": of.undoes,
        });
        let action = if of.undoes.is_some() { "import.undone" } else { "import.taken" };
        Ok((RunId(id), Entry::about::<Run>(id, id.to_string(), action).after(&facts)))
    })
}

fn as_count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn run(row: &Row) -> RowResult<Run> {
    let count = |at| row.get::<_, i64>(at).map(i64::unsigned_abs);
    let (after, last): (Option<i64>, Option<i64>) = (row.get(12)?, row.get(13)?);
    Ok(Run {
        id: row.get(0)?,
        noun: row.get(1)?,
        file: row.get(2)?,
        at: row.get(3)?,
        actor: row.get(4)?,
        counts: Counts {
            created: count(5)?,
            changed: count(6)?,
            closed: count(7)?,
            unchanged: count(8)?,
            rejected: count(9)?,
        },
        undoes: row.get(10)?,
        undone_by: row.get(11)?,
        span: after.zip(last).map(|(after, last)| Span { after, last }),
    })
}
