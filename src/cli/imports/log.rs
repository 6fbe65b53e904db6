//! `import log`: which files were taken, when, by whom, and what that did.

use clap::{Args, Subcommand};

use super::super::answer::{Answer, Column, List, shown};
use super::super::desk::Desk;
use super::super::flags::Listing;
use crate::db::Reached;
use crate::error::Result;
use crate::imports::runs;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Runs {
    /// List the imports that changed something, the newest first
    Log(Log),
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Log {
    #[command(flatten)]
    listing: Listing,
}

const COLUMNS: &[Column] = &[
    shown("run", "RUN"),
    shown("at", "WHEN"),
    shown("noun", "WHAT"),
    shown("file", "FILE"),
    shown("actor", "BY"),
    shown("created", "CREATED"),
    shown("changed", "CHANGED"),
    shown("unchanged", "UNCHANGED"),
    shown("rejected", "REJECTED"),
];

impl Runs {
    pub(in crate::cli) fn run(self, desk: &Desk) -> Result<Answer> {
        let Self::Log(Log { listing }) = self;
        let all = desk.read(runs::list)?;
        List::answer("imports", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
    }
}
