//! The door: who may come in, as whom, and how a password is chosen. Passwords are hashed here and nowhere else.

mod hasher;
mod links;
mod password;
mod session;
mod sign_in;
mod store;
#[cfg(test)]
mod tests;
mod throttle;

pub use hasher::{Hasher, Permit};
pub use links::{Choice, Forgot, Holder, Link, choose_password, forgot, open_link, renew};
pub use password::{LONGEST, PasswordFlaw, flaw};
pub use session::{
    Changed, OwnSession, SignedIn, actor_of, change_password, end_other_sessions, end_session, in_place_of,
    own_sessions, session, sign_out, switch,
};
pub use sign_in::{Attempt, Ended, Outcome, sign_in};

use crate::access::{Actor, Machine, Need, Right};
use crate::clock::Moment;
use crate::config::Security;
use crate::db::{Db, Entry, Reached, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::ids::GroupId;
use crate::text::{Email, Line, Slug, Zone};
use crate::users::User;

/// What every door of one server shares: the rules, and the place where passwords are hashed.
pub struct Guard {
    hasher: Hasher,
    security: Security,
}

impl Guard {
    /// A guard with the configured rules that hashes on as many cores as there are.
    pub fn new(security: &Security) -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self { hasher: Hasher::new(security, cores)?, security: security.clone() })
    }

    /// The rules.
    pub fn security(&self) -> &Security {
        &self.security
    }

    fn horizon(&self, now: Moment) -> store::Horizon {
        store::Horizon {
            born_after: now.plus(-86_400 * i64::from(self.security.session_max_days)),
            seen_after: now.plus(-3_600 * i64::from(self.security.session_idle_hours)),
        }
    }
}

/// The login box of one group, where nobody is known yet.
#[derive(Clone, Debug)]
pub struct Door {
    /// The group.
    pub group: GroupId,
    /// Its short name in addresses.
    pub slug: Slug,
    /// Its name.
    pub name: Line,
    /// The zone of its clocks, in which a day ends.
    pub zone: Zone,
    actor: Actor,
}

impl Door {
    /// In whose name the door itself reads.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// The door of the group with this slug.
pub fn door(db: &Db, slug: &Slug) -> Result<Door> {
    let nobody = Actor::Machine { role: Machine::Door, group: None };
    let found = db.read(&nobody, |tx| store::group(tx, slug))?.ok_or_else(|| Error::not_found("group", slug))?;
    let actor = Actor::Machine { role: Machine::Door, group: Some(found.id) };
    Ok(Door { group: found.id, slug: found.slug, name: found.name, zone: found.zone, actor })
}

/// How many sign-ins of a user failed in a row, and until when they have to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Lock {
    /// Failures in a row.
    pub failures: i64,
    /// Until when no password is looked at.
    pub until: Moment,
}

/// The lock on a user's account, if it is locked at this moment.
pub fn lock_of(tx: &Tx, user: &Reached<User>) -> Result<Option<Lock>> {
    let count = throttle::waits(tx, &throttle::account_of(&user.email))?;
    Ok(count.map(|count| Lock { failures: count.failures, until: count.wait_until }))
}

/// Forgets the failed sign-ins of a user; `false` if there was nothing to forget.
pub fn unlock(tx: &WriteTx, user: &Reached<User>) -> Result<bool> {
    let subject = throttle::account_of(&user.email);
    let Some(count) = store::count_of(tx, &subject)? else { return Ok(false) };
    tx.change(Need::right(Right::Accounts), |w| {
        store::clear(w, &subject)?;
        let before = Lock { failures: count.failures, until: count.wait_until };
        Ok((true, Entry::on(user, "user.unlocked").before(&before)))
    })
}

/// Whether the audit is told of one more form that was refused unread: a flood from one network address leaves a few lines,
/// not one for each drop.
pub fn is_worth_noting(tx: &WriteTx, client: &str) -> Result<bool> {
    Ok(throttle::spend(tx, &throttle::NOTED, &throttle::client(client))?.is_none())
}

/// The names that a password of a user must not be made of.
fn names_around(tx: &Tx, door: &Door, user: &User) -> Result<Vec<String>> {
    let mut names = store::names_around(tx, user.id)?;
    names.extend([door.name.to_string(), door.slug.to_string()]);
    names.extend(user.email.as_str().split('@').map(str::to_owned));
    Ok(names)
}

/// A line of the audit about somebody who has no account, or about one who has.
fn entry(user: Option<&User>, typed: &str, action: &'static str) -> Entry {
    match user {
        Some(user) => Entry::about::<User>(user.id.0, user.email.as_str(), action),
        None => {
            // What is no address may be a password that went into the wrong field.
            let label = Email::parse(typed).map_or_else(|_| "(no address)".to_owned(), String::from);
            Entry::about::<User>(0, label, action)
        }
    }
}
