//! What the door reads and writes: hashes of passwords, sessions, and counts of failures.

use crate::access::{Machine, Need, Right};
use crate::clock::Moment;
use crate::db::{Change, Json, Open, Reached, Row, RowResult, Scoped, Tx, WriteTx, Writer, named};
use crate::error::Result;
use crate::ids::{AccessId, GroupId, SessionId, UserId};
use crate::text::{Email, Line, Slug, Zone};
use crate::users::UserStatus;

const DOOR: Need = Need::machine(Machine::Door);

const GROUP: Open = Open::new(
    "before anybody signed in, the address says which company's door it is",
    "SELECT id, slug, name, zone FROM groups WHERE slug = :slug",
);

const CREDENTIALS: Scoped = Scoped::new(
    DOOR,
    "
    SELECT u.id, u.password, u.status
      FROM users u
     WHERE u.email = :email
       AND u.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
);

const SESSION: Scoped = Scoped::new(
    DOOR,
    "
    SELECT s.id, s.user_id, s.access_id, s.created_at, s.seen_at
      FROM sessions s
      JOIN users u ON u.id = s.user_id
     WHERE s.hash = :hash
       AND u.status = 'enabled'
       AND u.password IS NOT NULL
       AND s.created_at > :born_after
       AND s.seen_at > :seen_after
       AND s.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
);

const CUSTOMER_NAMES: Scoped = Scoped::new(
    DOOR,
    "
    SELECT json_array(c.name, k.name)
      FROM accesses a
      JOIN customers c ON c.id = a.customer_id
      JOIN contacts k ON k.id = a.contact_id
     WHERE a.user_id = :user
       AND a.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
);

const TICKET_USER: Scoped = Scoped::new(
    DOOR,
    "
    SELECT t.user_id
      FROM tickets t
     WHERE t.hash = :hash
       AND t.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
);

const COUNT: Scoped = Scoped::new(
    Need::right(Right::Accounts).or_machine(Machine::Door),
    "
    SELECT h.failures, h.first_at, h.last_at, h.wait_until, h.told
      FROM throttle h
     WHERE h.subject = :subject
       AND h.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
);

const INSERT_SESSION: Change = Change::new(
    "
    INSERT INTO sessions (group_id, user_id, access_id, hash, created_at, seen_at, client, agent)
    VALUES (:group, :user, :access, :hash, :now, :now, :client, :agent)",
);

const END_OLD_SESSIONS: Change = Change::new(
    "
    DELETE FROM sessions
     WHERE group_id = :group AND user_id = :user AND (created_at <= :born_after OR seen_at <= :seen_after)",
);

const END_SESSION: Change =
    Change::new("DELETE FROM sessions WHERE group_id = :group AND user_id = :user AND id = :id");

const END_SESSIONS_BUT: Change =
    Change::new("DELETE FROM sessions WHERE group_id = :group AND user_id = :user AND (:kept IS NULL OR id <> :kept)");

const SEEN: Change = Change::new("UPDATE sessions SET seen_at = :now WHERE group_id = :group AND id = :id");

const SWITCH: Change = Change::new("UPDATE sessions SET access_id = :access WHERE group_id = :group AND id = :id");

const SIGNED_IN: Change = Change::new("UPDATE users SET signed_in_at = :now WHERE group_id = :group AND id = :id");

const SET_PASSWORD: Change =
    Change::new("UPDATE users SET password = :password WHERE group_id = :group AND id = :id AND status = 'enabled'");

const KEEP_COUNT: Change = Change::new(
    "
    INSERT INTO throttle (group_id, subject, failures, first_at, last_at, wait_until, told)
    VALUES (:group, :subject, :failures, :first_at, :last_at, :wait_until, :told)
    ON CONFLICT (group_id, subject) DO UPDATE
       SET failures = excluded.failures, first_at = excluded.first_at, last_at = excluded.last_at,
           wait_until = excluded.wait_until, told = excluded.told",
);

const FORGET_COUNT: Change = Change::new("DELETE FROM throttle WHERE group_id = :group AND subject = :subject");

// Whoever counts sweeps: what strangers typed a day ago does not pile up.
const FORGET_OLD_COUNTS: Change =
    Change::new("DELETE FROM throttle WHERE group_id = :group AND last_at < :old AND wait_until <= :now");

/// The group behind a door, as far as the door needs it.
pub(super) struct DoorRow {
    pub(super) id: GroupId,
    pub(super) slug: Slug,
    pub(super) name: Line,
    pub(super) zone: Zone,
}

/// What a password is compared with.
#[derive(Clone)]
pub(super) struct Credentials {
    pub(super) user: UserId,
    pub(super) password: Option<String>,
    pub(super) status: UserStatus,
}

/// A session that still holds.
pub(super) struct SessionRow {
    pub(super) id: SessionId,
    pub(super) user: UserId,
    pub(super) access: Option<AccessId>,
    pub(super) created_at: Moment,
    pub(super) seen_at: Moment,
}

/// A count of failures or of uses.
#[derive(Clone, Debug)]
pub(super) struct Count {
    pub(super) failures: i64,
    pub(super) first_at: Moment,
    pub(super) last_at: Moment,
    pub(super) wait_until: Moment,
    /// Whether the audit was told of this wait already: a flood leaves one line, not one for each drop.
    pub(super) told: bool,
}

/// Sessions that began or were last used before these moments are over.
#[derive(Clone, Copy)]
pub(super) struct Horizon {
    pub(super) born_after: Moment,
    pub(super) seen_after: Moment,
}

pub(super) fn group(tx: &Tx, slug: &Slug) -> Result<Option<DoorRow>> {
    let found = tx.open(&GROUP, named! { ":slug": slug }, |row| {
        Ok(DoorRow { id: row.get(0)?, slug: row.get(1)?, name: row.get(2)?, zone: row.get(3)? })
    })?;
    Ok(found.into_iter().next())
}

pub(super) fn credentials(tx: &Tx, email: &Email) -> Result<Option<Credentials>> {
    let found = tx.one(&CREDENTIALS, named! { ":email": email }, |row| {
        Ok(Credentials { user: row.get(0)?, password: row.get(1)?, status: row.get(2)? })
    })?;
    Ok(found.map(|found| found.into_inner()))
}

pub(super) fn session(tx: &Tx, hash: &str, horizon: Horizon) -> Result<Option<SessionRow>> {
    let params = named! { ":hash": hash, ":born_after": horizon.born_after, ":seen_after": horizon.seen_after };
    let found = tx.one(&SESSION, params, |row| {
        Ok(SessionRow {
            id: row.get(0)?,
            user: row.get(1)?,
            access: row.get(2)?,
            created_at: row.get(3)?,
            seen_at: row.get(4)?,
        })
    })?;
    Ok(found.map(|found| found.into_inner()))
}

/// The names of a user's customers, and their own name at each.
pub(super) fn names_around(tx: &Tx, user: UserId) -> Result<Vec<String>> {
    let found = tx.many(&CUSTOMER_NAMES, named! { ":user": user }, |row| row.get::<_, Json<Vec<String>>>(0))?;
    Ok(found.into_iter().flat_map(|names| names.into_inner().0).collect())
}

/// Whose ticket a token was, whatever became of it.
pub(super) fn user_of_ticket(tx: &Tx, hash: &str) -> Result<Option<UserId>> {
    Ok(tx.one(&TICKET_USER, named! { ":hash": hash }, |row| row.get(0))?.map(Reached::into_inner))
}

pub(super) fn count_of(tx: &Tx, subject: &str) -> Result<Option<Count>> {
    Ok(tx.one(&COUNT, named! { ":subject": subject }, count)?.map(|found| found.into_inner()))
}

pub(super) fn keep_count(tx: &WriteTx, subject: &str, count: &Count) -> Result<()> {
    tx.keep_books(Machine::Door, |w| {
        w.run(
            &KEEP_COUNT,
            named! {
                ":subject": subject, ":failures": count.failures, ":first_at": count.first_at, ":last_at": count.last_at,
                ":wait_until": count.wait_until, ":told": count.told,
            },
        )?;
        w.run(&FORGET_OLD_COUNTS, named! { ":old": tx.now().plus(-86_400) })?;
        Ok(())
    })
}

pub(super) fn forget_count(tx: &WriteTx, subject: &str) -> Result<()> {
    tx.keep_books(Machine::Door, |w| clear(w, subject))
}

pub(super) fn clear(w: &Writer, subject: &str) -> Result<()> {
    w.run(&FORGET_COUNT, named! { ":subject": subject })?;
    Ok(())
}

/// Begins a session, and sweeps away those of the user that are over.
pub(super) fn begin_session(
    w: &Writer,
    user: UserId,
    access: AccessId,
    hash: &str,
    from: (&str, Option<&str>),
    horizon: Horizon,
) -> Result<()> {
    let old = named! { ":user": user, ":born_after": horizon.born_after, ":seen_after": horizon.seen_after };
    w.run(&END_OLD_SESSIONS, old)?;
    w.insert(
        &INSERT_SESSION,
        named! { ":user": user, ":access": access, ":hash": hash, ":client": from.0, ":agent": from.1 },
    )?;
    w.run(&SIGNED_IN, named! { ":id": user })?;
    Ok(())
}

pub(super) fn end_session(w: &Writer, user: UserId, id: SessionId) -> Result<usize> {
    w.run(&END_SESSION, named! { ":user": user, ":id": id })
}

/// Ends the sessions of a user, all but one if one is kept, and says how many those were.
pub(super) fn end_sessions(w: &Writer, user: UserId, kept: Option<SessionId>) -> Result<usize> {
    w.run(&END_SESSIONS_BUT, named! { ":user": user, ":kept": kept })
}

pub(super) fn mark_seen(tx: &WriteTx, id: SessionId) -> Result<()> {
    tx.keep_books(Machine::Door, |w| w.run(&SEEN, named! { ":id": id }).map(drop))
}

pub(super) fn switch(tx: &WriteTx, id: SessionId, access: AccessId) -> Result<()> {
    tx.keep_books(Machine::Door, |w| w.run(&SWITCH, named! { ":id": id, ":access": access }).map(drop))
}

/// Keeps the hash of a new password; `false` if the user was locked out meanwhile.
pub(super) fn set_password(w: &Writer, user: UserId, hash: &str) -> Result<bool> {
    Ok(w.run(&SET_PASSWORD, named! { ":id": user, ":password": hash })? == 1)
}

fn count(row: &Row) -> RowResult<Count> {
    Ok(Count {
        failures: row.get(0)?,
        first_at: row.get(1)?,
        last_at: row.get(2)?,
        wait_until: row.get(3)?,
        told: row.get(4)?,
    })
}
