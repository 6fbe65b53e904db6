//! Commands: the mails that wait, that left, and that could not.

use clap::{Args, Subcommand};
use serde_json::json;

use super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::bounces;
use super::desk::Desk;
use super::flags::{Changing, Listing, Removing};
use super::mail_bulk::{Mails, Verb};
use super::mail_check;
use super::mail_password::Password;
use super::mail_preview::Preview;
use super::orders;
use super::receive::Receive;
use super::received;
use super::when::Age;
use crate::access::Right;
use crate::db::Reached;
use crate::delivery;
use crate::error::{Error, Kind, Result};
use crate::ids::LetterId;
use crate::outbox::letter::{Letter, LetterKind};
use crate::outbox::sender::Sender;
use crate::outbox::{self, MailFilter, MailState, Post};
use crate::text::{Email, Number, Ref, shown as said};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the mails, newest first, with what became of them
    #[command(visible_alias = "ls")]
    List(ListMails),
    /// Show one mail: its facts, its attempts, the last answer of the mail server
    Show(Which),
    /// Carry what is due now, and end
    Send(Send),
    /// Put mails back to the front of the queue
    Retry(Change),
    /// Take waiting mails back
    Cancel(Change),
    /// Show what a kind of mail says, in the group's look and each language
    Preview(Preview),
    /// Forget mails that are over
    Drop(Forget),
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
    /// Only mails of this kind, such as invite
    #[arg(long)]
    kind: Option<LetterKind>,
    /// Only mails to this address
    #[arg(long, value_name = "ADDRESS")]
    to: Option<Email>,
    /// Only mails about this order
    #[arg(long)]
    order: Option<Ref<Number>>,
    /// Only mails queued longer ago than this: 15m, 2h, 3d, 1w
    #[arg(long, value_name = "TIME")]
    older_than: Option<Age>,
    /// Look whether mail leaves: nothing when it does, else each reason, and exit status 1
    #[arg(long, conflicts_with_all = ["state", "kind", "to", "order", "older_than", "search", "wanted", "sort", "limit"])]
    check: bool,
    /// With --check: how long a mail may have been due
    #[arg(long, value_name = "TIME", default_value = "15m", requires = "check")]
    max_age: Age,
    /// With --check: how far back to look for dead mails
    #[arg(long, value_name = "TIME", default_value = "24h", requires = "check")]
    since: Age,
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
    mails: Mails,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Forget {
    #[command(flatten)]
    mails: Mails,
    #[command(flatten)]
    removing: Removing,
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
    /// What belongs to the machine: its files, and what its mail server hands over.
    pub(super) fn is_for_owner(&self) -> Option<&'static str> {
        match self {
            Self::Password(_) => Some("mail password"),
            Self::Receive(_) => Some("mail receive"),
            _ => None,
        }
    }

    /// Whether it takes what a mail server hands over.
    pub(super) fn is_handed_over(&self) -> bool {
        matches!(self, Self::Receive(command) if command.is_handed_over())
    }

    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::List(command) if command.check => mail_check::run(desk, command.max_age, command.since),
            Self::List(ListMails { state, kind, to, order, older_than, listing, .. }) => {
                let queued_by = older_than.map(|age| age.before(desk.io.clock.now()));
                let mails = desk.read(|tx| {
                    let order = order.as_ref().map(|order| orders::find(tx, order)).transpose()?.map(|order| order.id);
                    outbox::filtered(tx, &MailFilter { state, kind, to, order, queued_by })
                })?;
                List::answer("mails", COLUMNS, &listing, mails.into_iter().map(Reached::into_inner))
            }
            Self::Show(Which { id }) => {
                let (mail, letter) = desk.read(|tx| {
                    let mail = outbox::find(tx, id)?;
                    let letter = outbox::letter(tx, &mail)?;
                    Ok((mail, letter))
                })?;
                let mut facts = record(&*mail)?;
                facts.insert("letter".into(), serde_json::to_value(letter).map_err(Error::internal)?);
                Ok(Card::new(&facts)?.into())
            }
            Self::Send(Send { changing }) if changing.dry_run => due(changing, desk),
            Self::Send(_) => send(desk),
            Self::Retry(Change { mails, changing }) => mails.run(desk, Verb::Retry, changing, false),
            Self::Cancel(Change { mails, changing }) => mails.run(desk, Verb::Cancel, changing, false),
            Self::Drop(Forget { mails, removing }) => {
                mails.run(desk, Verb::Drop, removing.changing, removing.missing_ok)
            }
            Self::Preview(command) => command.run(desk),
            Self::Password(command) => command.run(desk),
            Self::Receive(command) => command.run(desk),
            Self::Received(command) => command.run(desk),
            Self::Bounce(command) => command.run(desk),
            Self::Test(Test { address, changing }) => test(&address, changing, desk),
        }
    }
}

fn send(desk: &Desk) -> Result<Answer> {
    desk.require(Right::Mail)?;
    let config = &desk.config;
    let sender = Sender::from_config(&config.mail, &config.portal.base_url, &config.data_dir)?;
    let group = desk.actor()?.group();
    let clock = &desk.io.clock;
    let round = delivery::carry(desk.db()?, &sender, config, group, |not_before| {
        if let Some(moment) = not_before {
            clock.wait((moment.unix() - clock.now().unix()).max(1));
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

/// Reads the number of a mail.
pub(super) fn letter(text: &str) -> Result<LetterId> {
    text.strip_prefix("id:").unwrap_or(text).parse().map(LetterId).map_err(|_| {
        Error::invalid("mail", format!("'{}' is not the number of a mail such as 7", said(text)))
            .tip("see them with: frontdesk mail list")
    })
}
