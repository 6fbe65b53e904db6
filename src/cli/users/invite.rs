//! `user invite` and `user reset`: links by which people choose a password, mailed or printed.

use std::str::FromStr;

use clap::Args;
use serde_json::json;

use super::super::answer::{Action, Answer, Done, record};
use super::super::desk::Desk;
use super::super::flags::Changing;
use super::create::give_link;
use super::{NoPassword, find, row, when};
use crate::clock::Moment;
use crate::db::{Reached, WriteTx};
use crate::error::{Error, Result};
use crate::groups;
use crate::links;
use crate::text::{Email, Ref};
use crate::users::{self, Handing, Purpose, Ticket, User, UserState};

#[derive(Args, Debug)]
pub(in crate::cli) struct Invite {
    /// Who: their address, or id:123
    #[arg(required_unless_present = "pending", conflicts_with = "pending")]
    user: Option<Ref<Email>>,
    /// Everybody who was not invited yet or whose invitation ran out
    #[arg(long)]
    pending: bool,
    /// With --pending: so many mails a minute, such as 20/min
    #[arg(long, value_name = "N/min", requires = "pending")]
    rate: Option<Rate>,
    /// Print the link instead of mailing it; that is audited
    #[arg(long, conflicts_with = "pending")]
    link: bool,
    #[command(flatten)]
    password: NoPassword,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Reset {
    /// Whose password: their address, or id:123
    user: Ref<Email>,
    /// Print the link instead of mailing it; for administrators alone, and audited
    #[arg(long)]
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
        let Some(user) = &self.user else { return self.all_pending(desk) };
        let handing = if self.link { Handing::Print } else { Handing::Mail };
        let (user, handed) = desk.write(self.changing, |tx| {
            let user = find(tx, user)?;
            let handed = hand(tx, desk, &user, handing)?;
            Ok((users::find(tx, user.id)?.into_inner(), handed))
        })?;
        done(&user, handed, self.changing, desk)
    }

    /// Invites everybody who waits, one after another at the rate asked for.
    fn all_pending(&self, desk: &Desk) -> Result<Answer> {
        let waiting: Vec<_> = desk.read(|tx| {
            let mut all = users::list(tx, None)?;
            all.retain(|user| matches!(user.state, UserState::New | UserState::Expired));
            Ok(all.into_iter().map(|user| user.id).collect())
        })?;
        if !waiting.is_empty() && !self.changing.dry_run {
            desk.confirm(&format!("Invite {} by mail?", people(waiting.len())))?;
        }
        let invited = desk.write(self.changing, |tx| {
            let mut invited: Vec<Email> = Vec::new();
            for id in &waiting {
                let user = users::find(tx, *id)?;
                // Somebody may have invited them while the question was asked; whoever lost every access gets none.
                let still = matches!(user.state, UserState::New | UserState::Expired);
                if still && !users::accesses(tx, &user)?.is_empty() {
                    let handing = self.turn(tx.now(), invited.len());
                    users::invite(tx, &user, invite_seconds(desk), handing)?;
                    invited.push(user.email.clone());
                }
            }
            Ok(invited)
        })?;
        let action = if invited.is_empty() { Action::Unchanged } else { Action::Created };
        let about = format!("invitations of {}", people(invited.len()));
        let facts = json!({ "invited": invited.len(), "emails": invited });
        Ok(Done::new(action, invited.len(), about, &facts, self.changing)?.into())
    }

    /// When the mail in this place of the row leaves.
    fn turn(&self, now: Moment, place: usize) -> Handing {
        match (self.rate, i64::try_from(place)) {
            (Some(Rate(rate)), Ok(place)) => Handing::MailFrom(now.plus(place * 60 / rate)),
            _ => Handing::Mail,
        }
    }
}

impl Reset {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        self.password.check()?;
        let seconds = 3_600 * i64::from(desk.config.security.reset_valid_hours);
        let handing = if self.link { Handing::Print } else { Handing::Mail };
        let (user, handed) = desk.write(self.changing, |tx| {
            let user = find(tx, &self.user)?;
            let ticket = users::reset(tx, &user, seconds, handing)?;
            let handed = handed(tx, desk, ticket, handing)?;
            Ok((users::find(tx, user.id)?.into_inner(), handed))
        })?;
        done(&user, handed, self.changing, desk)
    }
}

fn done(user: &User, handed: Handed, changing: Changing, desk: &Desk) -> Result<Answer> {
    let sentence = format!("link for {}: {}", user.email, handed.sentence(desk));
    let mut facts = record(&row(user, None))?;
    for field in ["customer_no", "customer", "permissions", "permission_count", "scope", "facilities", "until"] {
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

fn people(count: usize) -> String {
    if count == 1 { "1 user".into() } else { format!("{count} users") }
}
