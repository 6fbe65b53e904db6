//! What the doctor asks of the rows of a group.

use crate::access::{Need, Right};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Open, Reached, Scoped, Tx};
use crate::error::Result;

const SEE: Need = Need::right(Right::Admin);

// An access that is over counts for nothing, and whoever has no other is let in nowhere, as was wanted.
const NO_PERMISSION: Scoped = Scoped::new(
    SEE,
    "
    SELECT u.email
      FROM users u
     WHERE u.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND u.status = 'enabled'
       AND NOT EXISTS (SELECT 1
                         FROM accesses a
                         JOIN access_permissions p ON p.group_id = a.group_id AND p.access_id = a.id
                        WHERE a.group_id = u.group_id
                          AND a.user_id = u.id
                          AND (a.until IS NULL OR a.until > :now))
       AND (EXISTS (SELECT 1 FROM accesses a
                     WHERE a.group_id = u.group_id AND a.user_id = u.id AND (a.until IS NULL OR a.until > :now))
            OR NOT EXISTS (SELECT 1 FROM accesses a WHERE a.group_id = u.group_id AND a.user_id = u.id))
     ORDER BY u.email",
);

const NO_PLACE: Scoped = Scoped::new(
    SEE,
    "
    SELECT u.email
      FROM users u
     WHERE u.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND u.status = 'enabled'
       AND NOT EXISTS (SELECT 1
                         FROM accesses a
                        WHERE a.group_id = u.group_id
                          AND a.user_id = u.id
                          AND (a.until IS NULL OR a.until > :now)
                          AND (a.all_facilities = 1
                               OR a.unattached = 1
                               OR EXISTS (SELECT 1
                                            FROM access_facilities f
                                           WHERE f.group_id = a.group_id AND f.access_id = a.id)))
       AND (EXISTS (SELECT 1 FROM accesses a
                     WHERE a.group_id = u.group_id AND a.user_id = u.id AND (a.until IS NULL OR a.until > :now))
            OR NOT EXISTS (SELECT 1 FROM accesses a WHERE a.group_id = u.group_id AND a.user_id = u.id))
     ORDER BY u.email",
);

const ON_BOTH_SIDES: Scoped = Scoped::new(
    SEE,
    "
    SELECT DISTINCT u.email
      FROM users u
      JOIN staff s ON s.group_id = u.group_id AND s.email = u.email
     WHERE u.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
     ORDER BY u.email",
);

const BOUNCED: Scoped = Scoped::new(
    SEE,
    "
    SELECT b.email
      FROM bounces b
     WHERE b.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
     ORDER BY b.at DESC, b.email",
);

const DOUBTFUL: Scoped = Scoped::new(
    SEE,
    "
    SELECT r.sender
      FROM received r
     WHERE r.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND r.outcome = 'doubtful'
       AND r.at >= :since
     ORDER BY r.at DESC, r.id",
);

const NEWEST: Open = Open::new(
    "the clock is held against what any group did last",
    "
    SELECT at
      FROM audit
     ORDER BY id DESC
     LIMIT 1",
);

fn addresses(tx: &Tx, sql: &Scoped, params: crate::db::Params) -> Result<Vec<String>> {
    Ok(tx.many(sql, params, |row| row.get(0))?.into_iter().map(Reached::into_inner).collect())
}

/// Users who may sign in and then do nothing at all.
pub(super) fn without_permission(tx: &Tx) -> Result<Vec<String>> {
    addresses(tx, &NO_PERMISSION, &[])
}

/// Users whose accesses reach no place and nothing without one.
pub(super) fn without_place(tx: &Tx) -> Result<Vec<String>> {
    addresses(tx, &NO_PLACE, &[])
}

/// Addresses of a customer's user that are those of staff too.
pub(super) fn on_both_sides(tx: &Tx) -> Result<Vec<String>> {
    addresses(tx, &ON_BOTH_SIDES, &[])
}

/// Addresses from which mail came back.
pub(super) fn bounced(tx: &Tx) -> Result<Vec<String>> {
    addresses(tx, &BOUNCED, &[])
}

/// Senders of messages that nobody could make sense of since a moment.
pub(super) fn doubtful(tx: &Tx, since: Moment) -> Result<Vec<String>> {
    addresses(tx, &DOUBTFUL, named! { ":since": since })
}

/// When the newest line of the audit was written.
pub(super) fn newest(tx: &Tx) -> Result<Option<Moment>> {
    Ok(tx.open(&NEWEST, &[], |row| row.get(0))?.pop())
}
