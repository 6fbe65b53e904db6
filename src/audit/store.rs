//! Audit lines are read here; nothing changes them.

use super::{AuditFilter, AuditLine, Sealed};
use crate::access::{Need, Right};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Cell, Json, Reached, Row, RowResult, Scoped, Tx};
use crate::error::Result;

/// The columns of a line.
macro_rules! columns {
    () => {
        "
    SELECT a.id, a.at, a.actor_sort, a.actor, a.uid, a.via, a.client, a.action, a.noun, a.subject, a.before, a.after"
    };
}

/// Whose lines are read: those of the desk's group, and to the owner at no desk those of no group that there is.
macro_rules! reached {
    () => {
        "(a.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
            OR (:actor = 0 AND (a.group_id IS NULL OR a.group_id NOT IN (SELECT id FROM groups))))"
    };
}

/// The lines that are meant, the newest first, along the index of what is named before the rest.
macro_rules! picked {
    ($first:literal) => {
        concat!(
            columns!(),
            "
      FROM audit a
     WHERE ",
            $first,
            reached!(),
            "
       AND (:who IS NULL OR a.actor = :who)
       AND (:subject IS NULL OR a.subject = :subject)
       AND (:noun IS NULL OR a.noun = :noun)
       AND (:since IS NULL OR a.at >= :since)
       AND (:until IS NULL OR a.at < :until)
       AND (:action IS NULL OR a.action = :action)
       AND (:via IS NULL OR a.via = :via)
     ORDER BY a.id DESC
     LIMIT :limit"
        )
    };
}

const LINES: Scoped = Scoped::new(Need::right(Right::Audit), picked!(""));
const OF_ACTOR: Scoped = Scoped::new(Need::right(Right::Audit), picked!("a.actor = :who AND "));
const OF_SUBJECT: Scoped = Scoped::new(Need::right(Right::Audit), picked!("a.subject = :subject AND "));

const ONE: Scoped = Scoped::new(
    Need::right(Right::Audit),
    concat!(
        columns!(),
        ", a.seal, a.hash
      FROM audit a
     WHERE a.id = :id AND ",
        reached!(),
    ),
);

const ALL: Scoped = Scoped::new(
    Need::right(Right::Audit),
    concat!(
        columns!(),
        ", a.seal, a.hash
      FROM audit a
     WHERE (:actor = 0 OR a.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor))
       AND (:since IS NULL OR a.at >= :since)
       AND (:until IS NULL OR a.at < :until)
     ORDER BY a.id"
    ),
);

/// The newest lines first.
pub fn list(tx: &Tx, filter: &AuditFilter) -> Result<Vec<Reached<AuditLine>>> {
    let params = named! {
        ":who": filter.who, ":subject": filter.subject, ":noun": filter.noun, ":since": filter.since,
        ":until": filter.until, ":action": filter.action, ":via": filter.via, ":limit": filter.limit,
    };
    let sql = match (&filter.subject, &filter.who) {
        (Some(_), _) => &OF_SUBJECT,
        (None, Some(_)) => &OF_ACTOR,
        (None, None) => &LINES,
    };
    tx.many(sql, params, line)
}

/// One line by its number.
pub fn find(tx: &Tx, id: i64) -> Result<Option<Reached<Sealed>>> {
    tx.one(&ONE, named! { ":id": id }, sealed)
}

/// Hands on every line of a time, the oldest first: those of the desk's group, or of all groups to the owner at no desk.
pub fn export(
    tx: &Tx,
    since: Option<Moment>,
    until: Option<Moment>,
    mut take: impl FnMut(Sealed) -> Result<()>,
) -> Result<()> {
    tx.each(&ALL, named! { ":since": since, ":until": until }, sealed, |line| take(line.into_inner()))
}

fn line(row: &Row) -> RowResult<AuditLine> {
    Ok(AuditLine {
        id: row.get(0)?,
        at: row.get(1)?,
        actor_sort: row.get(2)?,
        actor: row.get(3)?,
        uid: row.get(4)?,
        via: row.get(5)?,
        client: row.get(6)?,
        action: row.get(7)?,
        noun: row.get(8)?,
        subject: row.get(9)?,
        before: row.get::<_, Option<Json<_>>>(10)?.map(|json| json.0),
        after: row.get::<_, Option<Json<_>>>(11)?.map(|json| json.0),
    })
}

fn sealed(row: &Row) -> RowResult<Sealed> {
    let text = |at| row.get::<_, Cell>(at).map(|cell| Some(cell.text().to_owned()).filter(|text| !text.is_empty()));
    Ok(Sealed { line: line(row)?, seal: text(12)?, hash: text(13)? })
}
