//! Where a user stands: let in or locked out, signed in or not, here or gone.

use serde::Serialize;
use serde_json::json;

use super::letters::queue_address_changed;
use super::store::CHANGE;
use super::tickets::end_tickets;
use super::{Access, User, UserState, UserStatus, accesses, addressee, find};
use crate::access::{Actor, Machine, Need, Right};
use crate::clock::Moment;
use crate::contacts;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Tx, WriteTx, named};
use crate::error::{Error, Kind, Result};
use crate::ids::SessionId;
use crate::staff;
use crate::text::{Email, Lang};

const SET_STATUS: Change = Change::new("UPDATE users SET status = :status WHERE group_id = :group AND id = :id");

const SET_LANG: Change = Change::new("UPDATE users SET lang = :lang WHERE group_id = :group AND id = :id");

// The password goes with the old address: choosing one at the new address proves that mail arrives there.
const SET_ADDRESS: Change =
    Change::new("UPDATE users SET email = :email, password = NULL WHERE group_id = :group AND id = :id");

const DELETE: Change = Change::new("DELETE FROM users WHERE group_id = :group AND id = :id");

const DELETE_ACCESS: Change = Change::new("DELETE FROM accesses WHERE group_id = :group AND id = :id");

const END_SESSIONS: Change = Change::new("DELETE FROM sessions WHERE group_id = :group AND user_id = :user");

const SESSIONS: Below<User> = Below::new(
    Need::right(Right::Accounts).or_machine(Machine::Door),
    "
    SELECT s.id, s.created_at, s.seen_at, s.client, s.agent
      FROM sessions s
     WHERE s.group_id = (SELECT u.group_id FROM users u WHERE u.id = :parent)
       AND s.user_id = :parent
     ORDER BY s.id",
);

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SessionLine {
    /// Its row.
    pub id: SessionId,
    /// When it began.
    pub created_at: Moment,
    /// When it was last used.
    pub seen_at: Moment,
    /// From which network address it began.
    pub client: Option<String>,
    /// What the browser calls itself.
    pub agent: Option<String>,
}

/// Locks a user out at once: sessions and links end. `false` if they were out already.
pub fn disable(tx: &WriteTx, user: &Reached<User>) -> Result<bool> {
    set_status(tx, user, UserStatus::Disabled)
}

/// Lets a user in again, with the password they had. `false` if they were in already.
pub fn enable(tx: &WriteTx, user: &Reached<User>) -> Result<bool> {
    set_status(tx, user, UserStatus::Enabled)
}

/// Ends every session of a user and says how many there were.
pub fn end_sessions(tx: &WriteTx, user: &Reached<User>) -> Result<usize> {
    let open = sessions_of(tx, user)?.len();
    if open > 0 {
        tx.change(CHANGE, |w| {
            w.run(&END_SESSIONS, named! { ":user": user.id })?;
            Ok(((), Entry::on(user, "sessions.ended").before(&json!({ "sessions": open }))))
        })?;
    }
    Ok(open)
}

/// The sessions of a user that have not been ended.
pub fn sessions_of(tx: &Tx, user: &Reached<User>) -> Result<Vec<Reached<SessionLine>>> {
    tx.below(user, &SESSIONS, named! {}, session_line)
}

/// Changes the language of a user's pages and mails, which they may do themselves; `false` if it was that already.
pub fn set_lang(tx: &WriteTx, user: &Reached<User>, lang: Lang) -> Result<bool> {
    if user.lang == Some(lang) {
        return Ok(false);
    }
    let need = match tx.actor() {
        Actor::User { id, .. } if *id == user.id => Need::own(),
        _ => CHANGE,
    };
    tx.change(need, |w| {
        w.run(&SET_LANG, named! { ":id": user.id, ":lang": lang })?;
        Ok((
            true,
            Entry::on(user, "user.changed").before(&json!({ "lang": user.lang })).after(&json!({ "lang": lang })),
        ))
    })
}

/// Changes the address a user signs in with: sessions, links and the password end. Gives the user as they are then.
pub fn set_address(tx: &WriteTx, user: &Reached<User>, email: &Email) -> Result<Reached<User>> {
    if user.email == *email {
        return Ok(user.clone());
    }
    staff::is_no_staffs(tx, email)?;
    // Whoever has never chosen a password has nothing to lose yet, and the invitation goes to the new address anyway.
    let to = match user.state {
        UserState::Active => Some(addressee(tx, user)?),
        _ => None,
    };
    tx.change(CHANGE, |w| {
        w.run(&SET_ADDRESS, named! { ":id": user.id, ":email": email }).map_err(|error| match error.kind() {
            Kind::Conflict => Error::conflict(format!("'{email}' is a user of the group already")).at("email"),
            _ => error,
        })?;
        contacts::follow(tx, w, user.id, &user.email, email)?;
        w.run(&END_SESSIONS, named! { ":user": user.id })?;
        end_tickets(w, user.id)?;
        if let Some(to) = &to {
            queue_address_changed(w, user, to, email, tx.now())?;
        }
        let entry = Entry::on(user, "user.changed").before(&json!({ "email": user.email }));
        Ok(((), entry.after(&json!({ "email": email }))))
    })?;
    find(tx, user.id)
}

/// Deletes a user with every access. The contact stays, and everything the person wrote.
pub fn delete(tx: &WriteTx, user: &Reached<User>) -> Result<()> {
    let before: Vec<_> = accesses(tx, user)?.into_iter().map(Reached::into_inner).collect();
    tx.change(CHANGE, |w| {
        w.run(&DELETE, named! { ":id": user.id })?;
        Ok(((), Entry::on(user, "user.deleted").before(&json!({ "accesses": before }))))
    })
}

/// Deletes one access of a user who keeps others.
pub fn delete_access(tx: &WriteTx, access: &Reached<Access>) -> Result<()> {
    tx.change(CHANGE, |w| {
        w.run(&DELETE_ACCESS, named! { ":id": access.id })?;
        let entry = Entry::about::<User>(access.user_id.0, access.email.as_str(), "access.deleted");
        Ok(((), entry.before(&**access)))
    })
}

fn set_status(tx: &WriteTx, user: &Reached<User>, status: UserStatus) -> Result<bool> {
    if (user.state == UserState::Disabled) == (status == UserStatus::Disabled) {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        w.run(&SET_STATUS, named! { ":id": user.id, ":status": status })?;
        if status == UserStatus::Disabled {
            w.run(&END_SESSIONS, named! { ":user": user.id })?;
            end_tickets(w, user.id)?;
        }
        let action = if status == UserStatus::Disabled { "user.disabled" } else { "user.enabled" };
        Ok((true, Entry::on(user, action)))
    })
}

fn session_line(row: &Row) -> RowResult<SessionLine> {
    Ok(SessionLine {
        id: row.get(0)?,
        created_at: row.get(1)?,
        seen_at: row.get(2)?,
        client: row.get(3)?,
        agent: row.get(4)?,
    })
}
