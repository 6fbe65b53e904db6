//! Signing in: an address, a password, and the same answer for everybody who does not get in.

use serde_json::json;

use super::store::{self, Credentials};
use super::throttle::{self, Counted};
use super::{Door, Guard, entry};
use crate::access::{Machine, Need};
use crate::clock::Moment;
use crate::customers::CustomerStatus;
use crate::db::{Db, Tx, WriteTx};
use crate::error::{Kind, Result};
use crate::secret::{self, Secret};
use crate::text::{Email, Line, is_unprintable};
use crate::users::{self, Day, UserState, UserStatus};

/// Of what a browser calls itself so many characters are kept.
const LONGEST_AGENT: usize = 300;

/// What somebody brings to the door.
#[derive(Clone, Debug)]
pub struct Attempt<'a> {
    /// The address as it was typed.
    pub email: &'a str,
    /// The password, byte for byte.
    pub password: &'a Secret,
    /// The network address they come from.
    pub client: &'a str,
    /// What the browser calls itself.
    pub agent: Option<&'a str>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A session began.
    In {
        /// The session's token, for the cookie. It is kept nowhere else.
        token: Secret,
        /// How many customers there are to choose between.
        accesses: usize,
    },
    /// Not with this address and this password: no such user, another password, disabled, not invited yet.
    Refused,
    /// Too many failures; nothing was looked at.
    Wait {
        /// When to try again.
        until: Moment,
    },
    /// The right password, but no access is open: the customer is closed, or the last day is over.
    NoAccess {
        /// The accesses to customers that are served still, of which the last day is over.
        ended: Vec<Ended>,
    },
}

/// An access of which the last day is over.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// At whom.
    pub customer: Line,
    /// Its last day.
    pub until: Day,
}

/// Lets somebody in, or not.
///
/// The failure is counted before the password is compared, and comparing happens outside any transaction.
pub fn sign_in(db: &Db, guard: &Guard, door: &Door, attempt: &Attempt) -> Result<Outcome> {
    let subjects = Subjects::of(attempt.email, attempt.client);
    if let Some(until) = db.read(&door.actor, |tx| subjects.wait(tx))? {
        return refuse_for_now(db, door, &subjects, attempt.email).map(|()| Outcome::Wait { until });
    }
    let permit = guard.hasher.enter()?;
    let email = Email::parse(attempt.email).ok();
    let counted = db.write(&door.actor, |tx| {
        if let Some(until) = subjects.wait(tx)? {
            return Ok(Err(until));
        }
        subjects.count(tx, door)?;
        Ok(Ok(match &email {
            Some(email) => store::credentials(tx, email)?,
            None => None,
        }))
    })?;
    let known = match counted {
        Ok(known) => known,
        Err(until) => return refuse_for_now(db, door, &subjects, attempt.email).map(|()| Outcome::Wait { until }),
    };
    let stored = known.as_ref().filter(|known| known.status == UserStatus::Enabled).and_then(|k| k.password.clone());
    let right = if attempt.password.expose().len() > super::LONGEST {
        // Nobody's password is so long, and hashing it would be work for nothing.
        permit.verify(&Secret::new(""), None)?
    } else {
        permit.verify(attempt.password, stored.as_deref())?
    };
    let (Some(known), Some(stored), true) = (known.as_ref(), stored, right) else {
        drop(permit);
        return refuse(db, door, &subjects, known.as_ref(), attempt.email);
    };
    let rehashed = match guard.hasher.is_current(&stored) {
        true => None,
        false => Some(permit.hash(attempt.password)?),
    };
    drop(permit);
    let token = Secret::new(secret::random_token()?);
    let agent = attempt.agent.map(named_agent);
    let done = db.write(&door.actor, |tx| {
        let user = users::find(tx, known.user)?;
        // Somebody may have locked them out, or chosen a new password, while this one was compared.
        let still = store::credentials(tx, &user.email)?;
        if !still.is_some_and(|now| now.status == UserStatus::Enabled && now.password.as_ref() == Some(&stored)) {
            return Ok(None);
        }
        subjects.forgive(tx)?;
        let accesses = users::accesses(tx, &user)?;
        let open: Vec<_> = accesses.iter().filter(|access| access.is_open(tx.now())).collect();
        let (action, begun) = match open.first() {
            Some(first) => ("sign_in.ok", Some(first.id)),
            None => ("sign_in.no_access", None),
        };
        tx.change(Need::machine(Machine::Door), |w| {
            if let Some(access) = begun {
                let hash = secret::hash(token.expose());
                let from = (attempt.client, agent.as_deref());
                store::begin_session(w, user.id, access, &hash, from, guard.horizon(tx.now()))?;
            }
            if let Some(hash) = &rehashed {
                store::set_password(w, user.id, hash)?;
            }
            Ok(((), entry(Some(&user), attempt.email, action)))
        })?;
        let ended = accesses.iter().filter(|access| access.customer_status == CustomerStatus::Active);
        let ended = ended.filter(|access| access.has_ended(tx.now())).filter_map(|access| {
            let customer = access.customer.clone();
            access.grant.until.map(|until| Ended { customer, until })
        });
        Ok(Some((open.len(), ended.collect())))
    })?;
    match done {
        None => refuse(db, door, &subjects, Some(known), attempt.email),
        Some((0, ended)) => Ok(Outcome::NoAccess { ended }),
        Some((accesses, _)) => Ok(Outcome::In { token, accesses }),
    }
}

/// What failures of one attempt are counted by.
pub(super) struct Subjects {
    account: String,
    client: String,
}

impl Subjects {
    pub(super) fn of(typed: &str, client: &str) -> Self {
        Self { account: throttle::account(typed), client: throttle::client(client) }
    }

    /// Until when to wait, if at all.
    pub(super) fn wait(&self, tx: &Tx) -> Result<Option<Moment>> {
        let waits = [throttle::waits(tx, &self.account)?, throttle::waits(tx, &self.client)?];
        Ok(waits.into_iter().flatten().map(|count| count.wait_until).max())
    }

    /// Counts one failure.
    pub(super) fn count(&self, tx: &WriteTx, door: &Door) -> Result<()> {
        throttle::count(tx, door, &self.account, Counted::Account)?;
        throttle::count(tx, door, &self.client, Counted::Client)
    }

    /// Takes the count back. A network address keeps what others failed: one good account does not buy free guesses.
    pub(super) fn forgive(&self, tx: &WriteTx) -> Result<()> {
        store::forget_count(tx, &self.account)?;
        throttle::uncount(tx, &self.client)
    }

    /// Marks the waits as told, and says whether one of them was not yet.
    fn tell(&self, tx: &WriteTx) -> Result<bool> {
        let mut untold = false;
        for subject in [&self.account, &self.client] {
            if let Some(count) = throttle::waits(tx, subject)?.filter(|count| !count.told) {
                store::keep_count(tx, subject, &store::Count { told: true, ..count })?;
                untold = true;
            }
        }
        Ok(untold)
    }
}

/// Leaves one line in the audit for each wait, however often somebody knocks meanwhile.
pub(super) fn refuse_for_now(db: &Db, door: &Door, subjects: &Subjects, typed: &str) -> Result<()> {
    let untold = db.read(&door.actor, |tx| {
        let waits = [throttle::waits(tx, &subjects.account)?, throttle::waits(tx, &subjects.client)?];
        Ok(waits.into_iter().flatten().any(|count| !count.told))
    })?;
    if !untold {
        return Ok(());
    }
    db.write(&door.actor, |tx| {
        if !subjects.tell(tx)? {
            return Ok(());
        }
        let until = subjects.wait(tx)?;
        tx.change(Need::machine(Machine::Door), |_| {
            Ok(((), entry(None, typed, "sign_in.throttled").after(&json!({ "until": until }))))
        })
    })
}

/// The answer for everybody who does not get in; the audit alone knows why.
///
/// The tenth failure in a row is told to whoever owns the account, by mail and not on the page.
fn refuse(db: &Db, door: &Door, subjects: &Subjects, known: Option<&Credentials>, typed: &str) -> Result<Outcome> {
    let reason = match known {
        None => "unknown",
        Some(known) if known.status == UserStatus::Disabled => "disabled",
        Some(known) if known.password.is_none() => "no password yet",
        Some(_) => "wrong password",
    };
    db.write(&door.actor, |tx| {
        let user = match known {
            Some(known) => match users::find(tx, known.user) {
                Ok(user) => Some(user),
                Err(error) if error.kind() == Kind::NotFound => None,
                Err(error) => return Err(error),
            },
            None => None,
        };
        let until = throttle::to_be_told(tx, &subjects.account)?;
        let told = match (&user, until) {
            (Some(user), Some(until)) if user.state == UserState::Active => {
                // Whoever has no access any more has nobody to be addressed as, and is refused like everybody else.
                users::addressee(tx, user).ok().map(|to| (user, to, until))
            }
            _ => None,
        };
        tx.change(Need::machine(Machine::Door), |w| {
            if let Some((user, to, until)) = &told {
                users::queue_locked(w, user, to, tx.now(), *until)?;
            }
            let line = entry(user.as_deref(), typed, "sign_in.failed");
            Ok(((), line.after(&json!({ "reason": reason }))))
        })
    })?;
    Ok(Outcome::Refused)
}

/// What a browser calls itself, without anything that acts on a terminal.
fn named_agent(agent: &str) -> String {
    agent.chars().take(LONGEST_AGENT).map(|c| if is_unprintable(c) { '\u{fffd}' } else { c }).collect()
}
