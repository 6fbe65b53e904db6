//! Commands: the mails that wait, that left, and that could not.

use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;

use super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::bounces;
use super::desk::Desk;
use super::flags::{Changing, Listing};
use super::mail_password::Password;
use super::receive::Receive;
use super::received;
use crate::db::Reached;
use crate::error::{Error, Kind, Result};
use crate::ids::LetterId;
use crate::outbox::letter::Letter;
use crate::outbox::sender::Sender;
use crate::outbox::{self, MailState, Post, delivery};
use crate::text::{Email, shown as said};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the mails, newest first, with what became of them
    #[command(visible_alias = "ls")]
    List(ListMails),
    /// Show one mail: its facts, its attempts, the last answer of the mail server
    Show(Which),
    /// Carry what is due now, and end
    Send(Send),
    /// Put a mail back to the front of the queue
    Retry(Change),
    /// Take a waiting mail back
    Cancel(Change),
    /// Send a mail that proves that mail leaves
    Test(Test),
    /// Keep the mail server's password in the file that mail.password_file names
    Password(Password),
    /// Take in a message that a mail server hands over: what somebody answers is put on its order
    Receive(Receive),
    /// What came in by mail, and what became of it
    #[command(subcommand)]
    Received(received::Command),
    /// Addresses from which mail came back
    #[command(subcommand)]
    Bounce(bounces::Command),
}

#[derive(Args, Debug)]
pub(super) struct ListMails {
    /// Only mails in this state: queued, sent, dead or cancelled
    #[arg(long)]
    state: Option<MailState>,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Which {
    /// Which mail: its number in the list, also as id:123
    #[arg(value_name = "MAIL", value_parser = letter)]
    id: LetterId,
}

#[derive(Args, Debug)]
pub(super) struct Change {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Send {
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Test {
    /// Where it goes
    address: Email,
    #[command(flatten)]
    changing: Changing,
}

const COLUMNS: &[Column] = &[
    shown("id", "MAIL"),
    shown("kind", "KIND"),
    shown("to", "TO"),
    kept("lang"),
    shown("state", "STATE"),
    shown("attempts", "TRIES"),
    shown("queued_at", "QUEUED"),
    shown("next_at", "NEXT"),
    kept("done_at"),
    shown("answer", "ANSWER"),
];

impl Command {
    /// Whether it takes what a mail server hands over.
    pub(super) fn is_handed_over(&self) -> bool {
        matches!(self, Self::Receive(command) if command.is_handed_over())
    }

    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::List(ListMails { state, listing }) => {
                let mails = desk.read(|tx| outbox::list(tx, state))?;
                List::answer("mails", COLUMNS, &listing, mails.into_iter().map(Reached::into_inner))
            }
            Self::Show(Which { id }) => {
                let mail = desk.read(|tx| outbox::find(tx, id))?;
                let mut facts = record(&*mail)?;
                facts.insert("letter".into(), serde_json::to_value(&mail.letter).map_err(Error::internal)?);
                Ok(Card::new(&facts)?.into())
            }
            Self::Send(Send { changing }) if changing.dry_run => due(changing, desk),
            Self::Send(_) => send(desk),
            Self::Retry(Change { which, changing }) => {
                let changed = desk.write(changing, |tx| outbox::retry(tx, &outbox::find(tx, which.id)?))?;
                done(desk, which.id, Action::updated(changed), "is due now", changing)
            }
            Self::Cancel(Change { which, changing }) => {
                desk.read(|tx| outbox::find(tx, which.id).map(|_| ()))?;
                if !changing.dry_run {
                    desk.confirm(&format!("Take mail {} back?", which.id))?;
                }
                let changed = desk.write(changing, |tx| outbox::cancel(tx, &outbox::find(tx, which.id)?))?;
                done(desk, which.id, Action::updated(changed), "is cancelled", changing)
            }
            Self::Password(command) => command.run(desk),
            Self::Receive(command) => command.run(desk),
            Self::Received(command) => command.run(desk),
            Self::Bounce(command) => command.run(desk),
            Self::Test(Test { address, changing }) => test(&address, changing, desk),
        }
    }
}

fn done(desk: &Desk, id: LetterId, action: Action, state: &str, changing: Changing) -> Result<Answer> {
    let mail = desk.read(|tx| outbox::find(tx, id))?;
    Ok(Done::new(action, id, format!("mail {id} to {}: {state}", mail.to), &*mail, changing)?.into())
}

fn send(desk: &Desk) -> Result<Answer> {
    let config = &desk.config;
    let sender = Sender::from_config(&config.mail, &config.portal.base_url, &config.data_dir)?;
    let group = desk.actor()?.group();
    let pause = Duration::from_secs(60) / config.mail.max_per_minute.max(1);
    let paced = config.mail.transport == crate::config::Transport::Smtp;
    let mut first = true;
    let round = delivery::carry(desk.db()?, &sender, config, group, || {
        if paced && !std::mem::take(&mut first) {
            std::thread::sleep(pause);
        }
        true
    })?;
    if let Some(why) = round.paused {
        return Err(Error::new(Kind::Unavailable, format!("no mail can leave: {why}"))
            .tip(format!("{} sent before; the others wait: frontdesk mail list --state queued", round.sent)));
    }
    let action = if round.sent + round.later + round.dead > 0 { Action::Sent } else { Action::Unchanged };
    let facts = json!({ "sent": round.sent, "later": round.later, "dead": round.dead });
    let sentence = format!("{} mails, {} to be tried again, {} given up", round.sent, round.later, round.dead);
    Ok(Done::new(action, round.sent, sentence, &facts, Changing::default())?.into())
}

/// What `mail send` would try now. Nothing is tried, because a mail that has left cannot be taken back.
fn due(changing: Changing, desk: &Desk) -> Result<Answer> {
    let now = desk.io.clock.now();
    let waiting = desk.read(|tx| outbox::list(tx, Some(MailState::Queued)))?;
    let due = waiting.iter().filter(|mail| mail.next_at.is_none_or(|next| next <= now)).count();
    let action = if due > 0 { Action::Sent } else { Action::Unchanged };
    let sentence = format!("{due} mails, of {} that wait", waiting.len());
    Ok(Done::new(action, due, sentence, &json!({ "due": due, "waiting": waiting.len() }), changing)?.into())
}

fn test(address: &Email, changing: Changing, desk: &Desk) -> Result<Answer> {
    let (id, mail) = desk.write(changing, |tx| {
        let post = Post {
            letter: Letter::Test {},
            to: address.clone(),
            lang: desk.config.portal.lang,
            user: None,
            order: None,
        };
        let id = outbox::add(tx, &post)?;
        Ok((id, outbox::find(tx, id)?.into_inner()))
    })?;
    if changing.dry_run {
        return Ok(Done::new(Action::Sent, id, format!("a test to {address}"), &mail, changing)?.into());
    }
    send(desk)?;
    let mail = desk.read(|tx| outbox::find(tx, id))?;
    let answer = mail.answer.clone().unwrap_or_default();
    match mail.state {
        MailState::Sent => {
            Ok(Done::new(Action::Sent, id, format!("a test to {address}: {answer}"), &*mail, changing)?.into())
        }
        state => Err(Error::new(Kind::Unavailable, format!("the test to {address} is {state}: {answer}"))),
    }
}

fn letter(text: &str) -> Result<LetterId> {
    text.strip_prefix("id:").unwrap_or(text).parse().map(LetterId).map_err(|_| {
        Error::invalid("mail", format!("'{}' is not the number of a mail such as 7", said(text)))
            .tip("see them with: frontdesk mail list")
    })
}
