//! `user invite` and `user reset`: links by which people choose a password, mailed or printed.

use std::cell::Cell;
use std::str::FromStr;

use clap::Args;
use serde_json::json;

use super::super::answer::{Action, Answer, Done, record};
use super::super::desk::Desk;
use super::super::flags::Changing;
use super::create::give_link;
use super::many::{Several, Verb, Whom, emails, people, shown};
use super::{NoPassword, find, row, when};
use crate::clock::Moment;
use crate::db::{Reached, Tx, WriteTx};
use crate::difference::Difference;
use crate::error::{Error, Result};
use crate::groups;
use crate::links;
use crate::text::{Email, Ref};
use crate::users::{self, Handing, Purpose, Ticket, User, UserState};

#[derive(Args, Debug)]
pub(in crate::cli) struct Invite {
    #[command(flatten)]
    guests: Guests,
    /// With several: so many mails a minute, such as 20/min
    #[arg(long, value_name = "N/min", conflicts_with = "user")]
    rate: Option<Rate>,
    /// Print the link instead of mailing it; that is audited
    #[arg(long, conflicts_with_all = ["pending", "wanted", "all"])]
    link: bool,
    #[command(flatten)]
    password: NoPassword,
    #[command(flatten)]
    changing: Changing,
}

/// Who is invited: exactly one of the ways to say so.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Guests {
    /// Who: their address, or id:123
    user: Option<Ref<Email>>,
    /// Everybody who was not invited yet or whose invitation ran out
    #[arg(long)]
    pending: bool,
    /// Those of them in whose line of `user list` this field has this value; may be given more than once
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    wanted: Vec<String>,
    /// The same as --pending
    #[arg(long)]
    all: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Reset {
    #[command(flatten)]
    whom: Whom,
    /// Print the link instead of mailing it; for administrators alone, and audited
    #[arg(long, conflicts_with_all = ["wanted", "all"])]
    link: bool,
    #[command(flatten)]
    password: NoPassword,
    #[command(flatten)]
    changing: Changing,
}

/// Mails a minute.
#[derive(Clone, Copy, Debug)]
struct Rate(i64);

impl FromStr for Rate {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let number = text.strip_suffix("/min").and_then(|number| number.parse().ok());
        number.filter(|number| (1..=6_000).contains(number)).map(Self).ok_or_else(|| {
            Error::invalid("rate", format!("'{}' is not a rate such as 20/min", crate::text::shown(text)))
        })
    }
}

/// A link that was mailed or printed.
pub(super) struct Handed {
    ticket: Ticket,
    /// The printed link.
    pub(super) link: Option<String>,
}

impl Handed {
    /// `invitation queued, valid until 2026-11-29 08:02`.
    pub(super) fn sentence(&self, desk: &Desk) -> String {
        let what = match self.ticket.purpose {
            Purpose::Invite => "invitation",
            Purpose::Reset => "new password",
        };
        let how = if self.link.is_some() { "printed" } else { "queued" };
        format!("{what} {how}, valid until {}", when(desk, self.ticket.expires_at))
    }
}

/// Makes a link and hands it over: an invitation to whoever has no password, else a reset.
pub(super) fn hand(tx: &WriteTx, desk: &Desk, user: &Reached<User>, handing: Handing) -> Result<Handed> {
    let ticket = users::invite(tx, user, invite_seconds(desk), handing)?;
    handed(tx, desk, ticket, handing)
}

fn handed(tx: &WriteTx, desk: &Desk, ticket: Reached<Ticket>, handing: Handing) -> Result<Handed> {
    let link = match handing {
        Handing::Print => Some(link_of(tx, desk, &ticket)?),
        Handing::Mail | Handing::MailFrom(_) => None,
    };
    Ok(Handed { ticket: ticket.into_inner(), link })
}

fn link_of(tx: &WriteTx, desk: &Desk, ticket: &Reached<Ticket>) -> Result<String> {
    let gone = || Error::internal(anyhow::anyhow!("a ticket that was just made is gone"));
    let token = users::token_of(tx, ticket)?.ok_or_else(gone)?;
    let id = tx.group()?;
    let group = groups::list(tx)?.into_iter().find(|group| group.id == id).ok_or_else(gone)?;
    let path = match ticket.purpose {
        Purpose::Invite => links::invite(&group.slug, token.expose()),
        Purpose::Reset => links::reset(&group.slug, token.expose()),
    };
    Ok(format!("{}{path}", desk.config.portal.base_url))
}

fn invite_seconds(desk: &Desk) -> i64 {
    86_400 * i64::from(desk.config.security.invite_valid_days)
}

impl Invite {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        self.password.check()?;
        let Some(user) = &self.guests.user else { return self.several(desk) };
        let handing = if self.link { Handing::Print } else { Handing::Mail };
        let (user, handed) = desk.write(self.changing, |tx| {
            let user = find(tx, user)?;
            let handed = hand(tx, desk, &user, handing)?;
            Ok((users::find(tx, user.id)?.into_inner(), handed))
        })?;
        done(&user, handed, self.changing, desk)
    }

    /// Invites everybody who waits, one after another at the rate asked for. Who was invited already is so again only
    /// where that state is asked for: a command that is repeated mails nobody twice.
    fn several(&self, desk: &Desk) -> Result<Answer> {
        let several = Several(&self.guests.wanted);
        let again = several.asks_for(UserState::Invited);
        let verb = Verb {
            fits: if again {
                |state| state == UserState::Invited
            } else {
                |state| matches!(state, UserState::New | UserState::Expired)
            },
            question: "Invite {} by mail?",
            outcome: "invited",
        };
        let begin = Cell::new(None);
        let (_, steps) = several.users(desk, self.changing, &verb, |tx, user, place| {
            if place == 0 {
                begin.set(self.begin(tx)?);
            }
            // Whoever lost every access gets none.
            if users::accesses(tx, user)?.is_empty() {
                return Ok(Vec::new());
            }
            users::invite(tx, user, invite_seconds(desk), self.turn(begin.get(), place))?;
            Ok(vec![queued("invitation")])
        })?;
        let invited = emails(&steps);
        let action = if invited.is_empty() { Action::Unchanged } else { Action::Created };
        let about = format!("invitations of {}", people(invited.len()));
        let facts = json!({ "invited": invited.len(), "emails": invited });
        Ok(shown(Done::new(action, invited.len(), about, &facts, self.changing)?, &steps, desk).into())
    }

    /// When the first mail leaves where a rate is asked for: after those that wait for their turn already.
    fn begin(&self, tx: &Tx) -> Result<Option<Moment>> {
        let Some(Rate(rate)) = self.rate else { return Ok(None) };
        let last = users::last_invitation(tx)?.map(|last| last.plus((60 + rate - 1) / rate));
        Ok(Some(last.unwrap_or(tx.now())))
    }

    /// When the mail in this place of the row leaves.
    fn turn(&self, begin: Option<Moment>, place: usize) -> Handing {
        match (begin, self.rate, i64::try_from(place)) {
            (Some(begin), Some(Rate(rate)), Ok(place)) => Handing::MailFrom(begin.plus(place * 60 / rate)),
            _ => Handing::Mail,
        }
    }
}

impl Reset {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        self.password.check()?;
        let seconds = 3_600 * i64::from(desk.config.security.reset_valid_hours);
        let handing = if self.link { Handing::Print } else { Handing::Mail };
        let named = match self.whom.split() {
            Ok(user) => user,
            Err(several) => {
                let verb = Verb {
                    fits: |state| state == UserState::Active,
                    question: "Mail {} a link to another password?",
                    outcome: "link to another password queued",
                };
                return several.each_user(desk, self.changing, &verb, |tx, user, _| {
                    users::reset(tx, user, seconds, Handing::Mail)?;
                    Ok(vec![queued("link")])
                });
            }
        };
        let (user, handed) = desk.write(self.changing, |tx| {
            let user = find(tx, named)?;
            let ticket = users::reset(tx, &user, seconds, handing)?;
            let handed = handed(tx, desk, ticket, handing)?;
            Ok((users::find(tx, user.id)?.into_inner(), handed))
        })?;
        done(&user, handed, self.changing, desk)
    }
}

fn done(user: &User, handed: Handed, changing: Changing, desk: &Desk) -> Result<Answer> {
    let sentence = format!("link for {}: {}", user.email, handed.sentence(desk));
    let mut facts = record(&row(user, None, handed.ticket.created_at))?;
    for field in ["customer_no", "customer", "ended", "permissions", "permission_count", "scope", "facilities", "until"]
    {
        facts.remove(field);
    }
    for field in ["all_facilities", "unattached"] {
        facts.remove(field);
    }
    facts.insert("valid_until".into(), json!(handed.ticket.expires_at));
    let mut done = Done::new(Action::Created, &user.email, sentence, &facts, changing)?;
    if let Some(link) = handed.link {
        give_link(&mut done, link, desk);
    }
    Ok(done.into())
}

/// What was queued for somebody, as a difference.
fn queued(what: &str) -> Difference {
    Difference { field: what.into(), old: json!(null), new: json!("queued") }
}
