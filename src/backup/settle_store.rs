//! What a restore changes in the rows of a group, and what it must know of them: who gets in.

use crate::access::{Need, Right};
use crate::db::{Change, Reached, Scoped, Tx, Writer, named};
use crate::error::Result;

const SEE: Need = Need::right(Right::Admin);

const DOORS: Scoped = Scoped::new(
    SEE,
    "
    SELECT u.email, u.status = 'enabled', u.password
      FROM users u
     WHERE u.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
);

const SESSIONS: Change = Change::new("DELETE FROM sessions WHERE group_id = :group");

const TICKETS: Change = Change::new(
    "
    UPDATE tickets
       SET ended_at = :now, ended_why = 'withdrawn'
     WHERE group_id = :group AND used_at IS NULL AND ended_at IS NULL",
);

const MAILS: Change = Change::new(
    "
    UPDATE outbox
       SET state = 'cancelled', done_at = :now, leased_until = NULL,
           answer = 'held by a restore: it may have left before; frontdesk mail retry sends it'
     WHERE group_id = :group AND state = 'queued'",
);

const PASSWORD: Change =
    Change::new("UPDATE users SET password = NULL WHERE group_id = :group AND email = :email AND password IS NOT NULL");

/// A user, as the door sees them.
pub(super) struct Door {
    /// Their address.
    pub(super) email: String,
    /// Whether they are let in.
    pub(super) enabled: bool,
    /// The hash of their password.
    pub(super) password: Option<String>,
}

/// Every user of the group, as the door sees them.
pub(super) fn doors(tx: &Tx) -> Result<Vec<Door>> {
    let found =
        tx.many(&DOORS, named! {}, |row| Ok(Door { email: row.get(0)?, enabled: row.get(1)?, password: row.get(2)? }))?;
    Ok(found.into_iter().map(Reached::into_inner).collect())
}

/// Ends every session of the group.
pub(super) fn end_sessions(w: &Writer) -> Result<usize> {
    w.run(&SESSIONS, named! {})
}

/// Ends every invitation and reset that could still be used.
pub(super) fn end_tickets(w: &Writer) -> Result<usize> {
    w.run(&TICKETS, named! {})
}

/// Takes every mail back that waits.
pub(super) fn hold_mails(w: &Writer) -> Result<usize> {
    w.run(&MAILS, named! {})
}

/// Makes the password of a user worth nothing.
pub(super) fn void_password(w: &Writer, email: &str) -> Result<bool> {
    Ok(w.run(&PASSWORD, named! { ":email": email })? > 0)
}
