//! Commands: what came in by mail.

use std::io::Read;

use clap::{Args, Subcommand};

use super::answer::{Answer, Card, Column, List, shown};
use super::desk::Desk;
use super::flags::Listing;
use crate::db::{Reached, Tx};
use crate::error::{Error, Kind, Result};
use crate::ids::ReceivedId;
use crate::inbox::{self, Outcome, Received};
use crate::text::{Line, Ref, is_unprintable};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List what came in by mail, the newest first
    #[command(visible_alias = "ls")]
    List(ListReceived),
    /// Show one message: from whom, what became of it and why, or the message itself
    Show(Show),
}

#[derive(Args, Debug)]
pub(super) struct ListReceived {
    /// Only what became this: taken, bounce, dropped or doubtful
    #[arg(long)]
    outcome: Option<Outcome>,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    /// Which message: its number in the list, also as id:12, or the name under which it is kept
    #[arg(value_name = "NAME")]
    name: Ref<Line>,
    /// Print the message itself, as far as it is kept
    #[arg(long)]
    raw: bool,
}

const COLUMNS: &[Column] = &[
    shown("id", "ID"),
    shown("at", "AT"),
    shown("sender", "FROM"),
    shown("subject", "SUBJECT"),
    shown("outcome", "OUTCOME"),
    shown("order_no", "ORDER"),
    shown("why", "WHY"),
    shown("kept", "KEPT AS"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::List(ListReceived { outcome, listing }) => {
                let all = desk.read(|tx| inbox::list(tx, outcome))?;
                List::answer("received mails", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Show(Show { name, raw }) => {
                let received = desk.read(|tx| find(tx, &name))?;
                if raw { print(desk, &received) } else { Ok(Card::new(&*received)?.into()) }
            }
        }
    }
}

fn find(tx: &Tx, name: &Ref<Line>) -> Result<Reached<Received>> {
    match name {
        Ref::Id(id) => inbox::find(tx, ReceivedId(*id)),
        // The list begins with the numbers; a name can look like one.
        Ref::Name(name) => inbox::named(tx, name).or_else(|missing| {
            let id = name.as_str().parse().map_err(|_| missing)?;
            inbox::find(tx, ReceivedId(id))
        }),
    }
}

/// Writes the message as it came; on a terminal without what acts there.
fn print(desk: &Desk, received: &Received) -> Result<Answer> {
    let Some(kept) = &received.kept else {
        return Err(Error::new(Kind::NotFound, format!("the message id:{} was not kept", received.id))
            .tip("only those that are doubtful are kept"));
    };
    let mut bytes = Vec::new();
    inbox::open(&desk.config.data_dir, kept)?
        .read_to_end(&mut bytes)
        .map_err(|cause| Error::new(Kind::Storage, format!("the message {kept} cannot be read")).because(cause))?;
    if desk.io.stdout_is_terminal {
        let harmless = |c: char| if is_unprintable(c) && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c };
        let text: String = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").chars().map(harmless).collect();
        return Ok(Answer::Text(text));
    }
    let mut out = desk.io.stdout.borrow_mut();
    out.write_all(&bytes)
        .and_then(|()| out.flush())
        .map_err(|cause| Error::new(Kind::CannotWrite, format!("the answer cannot be written: {cause}")))?;
    Ok(Answer::Text(String::new()))
}
