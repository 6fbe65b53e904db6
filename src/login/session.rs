//! Sessions: who a browser belongs to, looked up anew on every request, and what people do with their own account.

use serde::Serialize;
use serde_json::json;

use super::password::{PasswordFlaw, flaw};
use super::sign_in::{Subjects, refuse_for_now};
use super::throttle;
use super::{Door, Guard, names_around, store};
use crate::access::{Actor, Need};
use crate::clock::Moment;
use crate::db::{Db, Entry, Reached, Tx};
use crate::error::{Error, Kind, Result};
use crate::ids::{AccessId, GroupId, SessionId, UserId};
use crate::secret::{self, Secret};
use crate::users::{self, Access, SessionLine, User, UserState};

/// A session is marked as used at most this often, so that reading a page does not write.
const MARK_EVERY: i64 = 60;

/// Somebody who is signed in, with the access they chose.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// In whose name their requests are answered.
    pub actor: Actor,
    /// Who they are.
    pub user: Reached<User>,
    /// The access they chose.
    pub access: Reached<Access>,
    /// Every access that is open today, by customer number.
    pub accesses: Vec<Reached<Access>>,
    /// Their session.
    pub session: SessionId,
    /// The hash of the session's token, to which tokens of forms are bound.
    pub hash: String,
    /// When they signed in.
    pub since: Moment,
}

/// A session of one's own.
#[derive(Clone, Debug, Serialize)]
pub struct OwnSession {
    /// The session.
    #[serde(flatten)]
    pub line: SessionLine,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// What came of changing a password.
#[derive(Clone, Debug)]
pub enum Changed {
    /// It is changed; other sessions and open links have ended.
    Done,
    /// The current password was another one.
    WrongCurrent,
    /// The new password is not good enough.
    Flawed(PasswordFlaw),
    /// Too many failures; nothing was looked at.
    Wait {
        /// When to try again.
        until: Moment,
    },
}

/// The session behind a cookie, if it still holds: begun and used lately, its user enabled, an access open.
pub fn session(db: &Db, guard: &Guard, door: &Door, token: &str) -> Result<Option<SignedIn>> {
    let hash = secret::hash(token);
    let found = db.read(&door.actor, |tx| {
        let Some(row) = store::session(tx, &hash, guard.horizon(tx.now()))? else { return Ok(None) };
        let user = users::find(tx, row.user)?;
        let mut accesses = users::accesses(tx, &user)?;
        accesses.retain(|access| access.is_open(tx.now()));
        let chosen = accesses.iter().find(|access| Some(access.id) == row.access).or(accesses.first());
        let Some(access) = chosen.cloned() else { return Ok(None) };
        let stale = row.seen_at.plus(MARK_EVERY) <= tx.now();
        let signed = SignedIn {
            actor: actor_of(door.group, &access),
            user,
            access,
            accesses,
            session: row.id,
            hash: hash.clone(),
            since: row.created_at,
        };
        Ok(Some((signed, stale)))
    })?;
    let Some((signed, stale)) = found else { return Ok(None) };
    if stale {
        db.write(&door.actor, |tx| store::mark_seen(tx, signed.session))?;
    }
    Ok(Some(signed))
}

/// Somebody without a session, with what they may do now, for whoever looks at the portal in their place. There is nobody
/// where they could not sign in: the account was disabled, or the access is over.
pub fn in_place_of(db: &Db, door: &Door, user: UserId, access: AccessId) -> Result<Option<SignedIn>> {
    db.read(&door.actor, |tx| {
        let user = users::find(tx, user)?;
        let mut accesses = users::accesses(tx, &user)?;
        accesses.retain(|access| access.is_open(tx.now()));
        let chosen = accesses.iter().find(|open| open.id == access).cloned();
        let Some(access) = chosen.filter(|_| user.state != UserState::Disabled) else { return Ok(None) };
        let actor = actor_of(door.group, &access);
        let (session, hash) = (SessionId(0), String::new());
        Ok(Some(SignedIn { actor, user, access, accesses, session, hash, since: tx.now() }))
    })
}

/// In whose name somebody acts with an access; also how the company looks at the portal as that person sees it.
pub fn actor_of(group: GroupId, access: &Reached<Access>) -> Actor {
    Actor::User {
        id: access.user_id,
        access: access.id,
        group,
        email: access.email.to_string(),
        may: access.grant.permissions.clone(),
    }
}

/// Ends the session that asks.
pub fn sign_out(db: &Db, signed: &SignedIn) -> Result<()> {
    db.write(&signed.actor, |tx| {
        tx.change(Need::own(), |w| {
            store::end_session(w, signed.user.id, signed.session)?;
            Ok(((), Entry::on(&signed.user, "sign_out")))
        })
    })
}

/// Chooses another of one's accesses; it is remembered with the session.
pub fn switch(db: &Db, door: &Door, signed: &SignedIn, to: AccessId) -> Result<SignedIn> {
    let chosen = signed.accesses.iter().find(|access| access.id == to).cloned();
    let access = chosen.ok_or_else(|| Error::not_found("access", format!("id:{to}")))?;
    if access.id != signed.access.id {
        db.write(&door.actor, |tx| store::switch(tx, signed.session, access.id))?;
    }
    Ok(SignedIn { actor: actor_of(door.group, &access), access, ..signed.clone() })
}

/// One's own sessions, the oldest first, as the door sees them.
pub fn own_sessions(tx: &Tx, guard: &Guard, signed: &SignedIn) -> Result<Vec<OwnSession>> {
    let horizon = guard.horizon(tx.now());
    let all = users::sessions_of(tx, &signed.user)?.into_iter().map(Reached::into_inner);
    let holding = all.filter(|line| line.created_at > horizon.born_after && line.seen_at > horizon.seen_after);
    Ok(holding.map(|line| OwnSession { is_this: line.id == signed.session, line }).collect())
}

/// Ends one of one's own sessions; one that is over already, or never was, is not found.
pub fn end_session(db: &Db, signed: &SignedIn, session: SessionId) -> Result<()> {
    db.write(&signed.actor, |tx| {
        tx.change(Need::own(), |w| match store::end_session(w, signed.user.id, session)? {
            0 => Err(Error::not_found("session", format!("id:{session}"))),
            ended => Ok(((), Entry::on(&signed.user, "sessions.ended").before(&json!({ "sessions": ended })))),
        })
    })
}

/// Ends every session of one's own but the one that asks, and says how many those were.
pub fn end_other_sessions(db: &Db, signed: &SignedIn) -> Result<usize> {
    db.write(&signed.actor, |tx| {
        tx.change(Need::own(), |w| {
            let ended = store::end_sessions(w, signed.user.id, Some(signed.session))?;
            Ok((ended, Entry::on(&signed.user, "sessions.ended").before(&json!({ "sessions": ended }))))
        })
    })
}

/// Changes one's password, with the current one. Other sessions and open links end, and a mail tells of it.
pub fn change_password(
    db: &Db,
    guard: &Guard,
    door: &Door,
    signed: &SignedIn,
    passwords: (&Secret, &Secret),
    client: &str,
) -> Result<Changed> {
    let (current, new) = passwords;
    let subjects = Subjects::of(signed.user.email.as_str(), client);
    let (wait, names, to) = db.read(&door.actor, |tx| {
        let names = names_around(tx, door, &signed.user)?;
        Ok((subjects.wait(tx)?, names, users::addressee(tx, &signed.user)?))
    })?;
    if let Some(until) = wait {
        refuse_for_now(db, door, &subjects, signed.user.email.as_str())?;
        return Ok(Changed::Wait { until });
    }
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    if let Some(flaw) = flaw(new.expose(), guard.security.password_min_length, &names) {
        return Ok(Changed::Flawed(flaw));
    }
    let permit = guard.hasher.enter()?;
    let stored = db.write(&door.actor, |tx| {
        // Counted like a sign-in: a stolen session must not become a way to guess the password.
        subjects.count(tx, door)?;
        Ok(store::credentials(tx, &signed.user.email)?.and_then(|known| known.password))
    })?;
    let fits = current.expose().len() <= super::LONGEST && permit.verify(current, stored.as_deref())?;
    if !fits {
        db.write(&signed.actor, |tx| {
            tx.change(Need::own(), |_| Ok(((), Entry::on(&signed.user, "password.refused"))))
        })?;
        return Ok(Changed::WrongCurrent);
    }
    let hash = permit.hash(new)?;
    drop(permit);
    db.write(&door.actor, |tx| subjects.forgive(tx))?;
    db.write(&signed.actor, |tx| {
        tx.change(Need::own(), |w| {
            if !store::set_password(w, signed.user.id, &hash)? {
                return Err(Error::new(Kind::Denied, "the account was disabled meanwhile"));
            }
            let ended = store::end_sessions(w, signed.user.id, Some(signed.session))?;
            users::end_tickets(w, signed.user.id)?;
            store::clear(w, &throttle::account_of(&signed.user.email))?;
            users::queue_password_changed(w, &signed.user, &to, tx.now(), Some(client))?;
            let facts = json!({ "by": "current password", "sessions_ended": ended });
            Ok(((), Entry::on(&signed.user, "password.changed").after(&facts)))
        })
    })?;
    Ok(Changed::Done)
}
