//! Audit lines are read here; nothing changes them.

use super::{AuditFilter, AuditLine};
use crate::access::{Need, Right};
use crate::db::named;
use crate::db::{Json, Reached, Row, RowResult, Scoped, Tx};
use crate::error::Result;

const LINES: Scoped = Scoped::new(
    Need::right(Right::Audit),
    "
    SELECT a.id, a.at, a.actor_sort, a.actor, a.uid, a.via, a.client, a.action, a.noun, a.subject, a.before, a.after
      FROM audit a
     WHERE (a.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
            OR (:actor = 0 AND (a.group_id IS NULL OR a.group_id NOT IN (SELECT id FROM groups))))
       AND (:since IS NULL OR a.at >= :since)
       AND (:subject IS NULL OR a.subject = :subject)
       AND (:action IS NULL OR a.action = :action)
     ORDER BY a.id DESC
     LIMIT :limit",
);

/// The newest lines first.
pub fn list(tx: &Tx, filter: &AuditFilter) -> Result<Vec<Reached<AuditLine>>> {
    let params = named! {
        ":since": filter.since, ":subject": filter.subject, ":action": filter.action, ":limit": filter.limit,
    };
    tx.many(&LINES, params, line)
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
