//! Commands: addresses from which mail came back.

use clap::{Args, Subcommand};

use super::adding;
use super::answer::{Answer, Column, List, shown};
use super::desk::Desk;
use super::flags::{Listing, Removing};
use crate::db::Reached;
use crate::error::Result;
use crate::inbox::{self, Bounce};
use crate::text::Email;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the addresses from which mail came back, the newest first
    #[command(visible_alias = "ls")]
    List(ListBounces),
    /// Forget that mail to an address came back
    Clear(Clear),
}

#[derive(Args, Debug)]
pub(super) struct ListBounces {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Clear {
    /// Which address
    address: Email,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] = &[shown("email", "ADDRESS"), shown("at", "CAME BACK"), shown("why", "WHY")];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::List(ListBounces { listing }) => {
                let all = desk.read(inbox::bounces)?;
                List::answer("bounces", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Clear(Clear { address, removing }) => adding::delete(
                desk,
                removing,
                &address,
                |tx| inbox::bounce(tx, &address),
                // Nothing is lost by it: the next mail that comes back marks the address again.
                |_: &Bounce| Ok(()),
                inbox::clear,
            ),
        }
    }
}
