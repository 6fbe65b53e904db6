//! Mailed links: opened without effect, used once to choose a password, and asked for by whoever forgot theirs.

use std::time::{Duration, Instant};

use serde_json::json;

use super::password::{PasswordFlaw, flaw};
use super::throttle::{self, FORGOT_BY_ACCOUNT, FORGOT_BY_CLIENT, GUESSED, MAILED};
use super::{Door, Guard, entry, names_around, store};
use crate::access::{Machine, Need};
use crate::clock::Moment;
use crate::db::{Db, Entry, Reached, Tx, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::secret::{self, Secret};
use crate::text::{Email, Lang, Line};
use crate::users::{self, Handing, Purpose, Ticket, TicketState, User, UserState};

/// Asking for a link takes at least so long, so that the time does not tell whether a mail was written.
const ASKING_TAKES: Duration = Duration::from_millis(60);

/// A link that is still good for so long is mailed again instead of being replaced.
const STILL_GOOD: i64 = 30 * 60;

/// Whose link it is.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The address they will sign in with.
    pub email: Email,
    /// The person.
    pub person: Line,
    /// The customer whose things they see.
    pub customer: Line,
    /// Their language.
    pub lang: Lang,
    /// When the link ends.
    pub until: Moment,
}

/// What a link turned out to be.
#[derive(Clone, Debug)]
pub enum Link {
    /// It can be used.
    Good(Holder),
    /// It cannot, for this reason: `used`, `expired`, `replaced`, `withdrawn` or `unknown`.
    Dead(&'static str),
    /// Too many links that nobody was given.
    Wait {
        /// When to try again.
        until: Moment,
    },
}

/// What came of choosing a password.
#[derive(Clone, Debug)]
pub enum Choice {
    /// It is chosen; nobody is signed in by it.
    Done {
        /// The address to sign in with.
        email: Email,
    },
    /// The password is not good enough; the link still works.
    Flawed(PasswordFlaw),
    /// The link does not work, for this reason: `used`, `expired`, `replaced`, `withdrawn` or `unknown`.
    Dead(&'static str),
    /// Too many links that nobody was given.
    Wait {
        /// When to try again.
        until: Moment,
    },
}

/// What is answered to somebody who forgot a password; the same whether or not there is such a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forgot {
    /// If there is such a user, a mail is on its way.
    Heard,
    /// Asked too often.
    Wait {
        /// When to try again.
        until: Moment,
    },
}

/// Looks at a link. That changes nothing, however often.
pub fn open_link(db: &Db, door: &Door, purpose: Purpose, token: &str, client: &str) -> Result<Link> {
    if let Some(until) = db.read(&door.actor, |tx| throttle::is_spent(tx, &GUESSED, &throttle::client(client)))? {
        return Ok(Link::Wait { until });
    }
    let link = db.read(&door.actor, |tx| match users::open_ticket(tx, purpose, token)? {
        TicketState::Good(ticket) => {
            let user = users::find(tx, ticket.user_id)?;
            let to = users::addressee(tx, &user)?;
            let holder = Holder {
                email: user.email.clone(),
                person: to.person,
                customer: to.customer,
                lang: to.lang,
                until: ticket.expires_at,
            };
            Ok(Link::Good(holder))
        }
        dead => Ok(Link::Dead(dead.word())),
    })?;
    if matches!(link, Link::Dead("unknown")) {
        db.write(&door.actor, |tx| throttle::spend(tx, &GUESSED, &throttle::client(client)))?;
    }
    Ok(link)
}

/// Uses a link up and keeps the new password. Every other link and every session of the user ends.
pub fn choose_password(
    db: &Db,
    guard: &Guard,
    door: &Door,
    link: (Purpose, &str),
    password: &Secret,
    client: &str,
) -> Result<Choice> {
    let (purpose, token) = link;
    match open_link(db, door, purpose, token, client)? {
        Link::Good(_) => {}
        Link::Wait { until } => return Ok(Choice::Wait { until }),
        Link::Dead(why) => return refuse(db, door, purpose, token, why),
    }
    let names = db.read(&door.actor, |tx| match users::open_ticket(tx, purpose, token)? {
        TicketState::Good(ticket) => names_around(tx, door, &*users::find(tx, ticket.user_id)?),
        _ => Ok(Vec::new()),
    })?;
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    if let Some(flaw) = flaw(password.expose(), guard.security.password_min_length, &names) {
        return Ok(Choice::Flawed(flaw));
    }
    let hash = guard.hasher.enter()?.hash(password)?;
    let done = db.write(&door.actor, |tx| {
        let ticket = match users::open_ticket(tx, purpose, token)? {
            TicketState::Good(ticket) => ticket,
            dead => return Ok(Err(dead.word())),
        };
        let user = users::find(tx, ticket.user_id)?;
        let to = users::addressee(tx, &user)?;
        let had_one = user.state == UserState::Active;
        tx.change(Need::machine(Machine::Door), |w| {
            if users::use_ticket(w, &ticket)? != Some(user.id) || !store::set_password(w, user.id, &hash)? {
                return Err(Error::new(Kind::Conflict, "the link was used or ended meanwhile"));
            }
            users::end_tickets(w, user.id)?;
            let ended = store::end_sessions(w, user.id, None)?;
            store::clear(w, &throttle::account_of(&user.email))?;
            if had_one {
                users::queue_password_changed(w, &user, &to, tx.now(), Some(client))?;
            }
            let facts = json!({ "by": purpose, "sessions_ended": ended });
            Ok(((), Entry::on(&user, if had_one { "password.changed" } else { "password.chosen" }).after(&facts)))
        })?;
        Ok(Ok(user.email.clone()))
    })?;
    match done {
        Ok(email) => Ok(Choice::Done { email }),
        Err(why) => refuse(db, door, purpose, token, why),
    }
}

/// Mails a link to whoever forgot a password, if there is such a user. The answer is the same if there is none.
pub fn forgot(db: &Db, guard: &Guard, door: &Door, typed: &str, client: &str) -> Result<Forgot> {
    let begun = Instant::now();
    let answer = db.write(&door.actor, |tx| ask(tx, guard, typed, client))?;
    std::thread::sleep(ASKING_TAKES.saturating_sub(begun.elapsed()));
    Ok(answer)
}

/// Mails a new link in the place of a dead one, to the address that the dead one was for.
pub fn renew(db: &Db, guard: &Guard, door: &Door, token: &str, client: &str) -> Result<Forgot> {
    let begun = Instant::now();
    let answer = db.write(&door.actor, |tx| {
        let user = match store::user_of_ticket(tx, &secret::hash(token))? {
            Some(user) => Some(users::find(tx, user)?),
            None => None,
        };
        // A token that nobody was given is counted like an address that nobody has.
        ask(tx, guard, user.as_ref().map_or(token, |user| user.email.as_str()), client)
    })?;
    std::thread::sleep(ASKING_TAKES.saturating_sub(begun.elapsed()));
    Ok(answer)
}

fn ask(tx: &WriteTx, guard: &Guard, typed: &str, client: &str) -> Result<Forgot> {
    let (account, client) = (throttle::account(typed), throttle::client(client));
    let limits = [(&FORGOT_BY_CLIENT[0], &client), (&FORGOT_BY_CLIENT[1], &client), (&FORGOT_BY_ACCOUNT, &account)];
    for (limit, who) in limits {
        if let Some(until) = throttle::spend(tx, limit, who)? {
            return Ok(Forgot::Wait { until });
        }
    }
    let user = match Email::parse(typed) {
        Ok(email) => users::lookup(tx, &email)?,
        Err(_) => None,
    };
    let purpose = match user.as_deref().map(|user| user.state) {
        Some(UserState::Active) => Some((Purpose::Reset, 3_600 * i64::from(guard.security.reset_valid_hours))),
        Some(UserState::New | UserState::Invited | UserState::Expired) => {
            Some((Purpose::Invite, 86_400 * i64::from(guard.security.invite_valid_days)))
        }
        Some(UserState::Disabled) | None => None,
    };
    let audited = |tx: &WriteTx, action| {
        tx.change(Need::machine(Machine::Door), |_| Ok(((), entry(user.as_deref(), typed, action))))
    };
    let (Some(user), Some((purpose, seconds))) = (&user, purpose) else {
        audited(tx, "link.asked_for_nobody")?;
        return Ok(Forgot::Heard);
    };
    if throttle::spend(tx, &MAILED, &account)?.is_some() || users::accesses(tx, user)?.is_empty() {
        audited(tx, "link.asked_again")?;
        return Ok(Forgot::Heard);
    }
    match still_good(tx, user, purpose)? {
        Some(ticket) => users::mail_again(tx, user, &ticket)?,
        None => users::issue(tx, user, purpose, seconds, Handing::Mail).map(drop)?,
    }
    Ok(Forgot::Heard)
}

/// The open ticket of a user that is good for a while yet: asking again must not end the link that is on its way.
fn still_good(tx: &Tx, user: &Reached<User>, purpose: Purpose) -> Result<Option<Reached<Ticket>>> {
    let mut open = users::open_tickets(tx, user)?;
    open.retain(|ticket| ticket.purpose == purpose && ticket.expires_at >= tx.now().plus(STILL_GOOD));
    Ok(open.pop())
}

/// A link that does not work was used all the same: the audit is told, except of guesses, which are only counted.
fn refuse(db: &Db, door: &Door, purpose: Purpose, token: &str, why: &'static str) -> Result<Choice> {
    db.write(&door.actor, |tx| {
        let Some(id) = store::user_of_ticket(tx, &secret::hash(token))? else { return Ok(()) };
        let user = users::find(tx, id)?;
        tx.change(Need::machine(Machine::Door), |_| {
            let facts = json!({ "purpose": purpose, "why": why });
            Ok(((), Entry::on(&user, "ticket.refused").after(&facts)))
        })
    })?;
    Ok(Choice::Dead(why))
}
