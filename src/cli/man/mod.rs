//! Command: the manual pages, from the same definitions as the commands.

mod commands;
mod csv;
mod file;
mod page;
mod portal;

use std::path::PathBuf;

use clap::{Args, CommandFactory};
use serde_json::json;

use super::Cli;
use super::answer::{Action, Answer, Done};
use super::desk::Desk;
use super::flags::Changing;
use crate::error::{Error, Kind, Result};

#[derive(Args, Debug)]
pub(super) struct Man {
    /// The directory to write them to
    #[arg(long)]
    dir: PathBuf,
}

impl Man {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let dir = desk.io.directory.join(&self.dir);
        let cannot = |cause: std::io::Error| {
            Error::new(Kind::CannotWrite, format!("'{}' cannot be written to: {cause}", self.dir.display()))
        };
        std::fs::create_dir_all(&dir).map_err(cannot)?;
        let pages = pages();
        for (name, text) in &pages {
            std::fs::write(dir.join(name), text).map_err(cannot)?;
        }
        let names: Vec<_> = pages.into_iter().map(|(name, _)| name).collect();
        let about = format!("{} manual pages in {}", names.len(), self.dir.display());
        let facts = json!({ "dir": self.dir, "pages": names });
        Ok(Done::new(Action::Created, self.dir.display(), about, &facts, Changing::default())?.into())
    }
}

/// Pages that are about something else than a command: what makes each.
const MAKERS: [fn() -> (String, String); 3] = [file::page, csv::page, portal::page];

/// The pages that every page of a command leads on to, beside that of the program.
const OTHERS: [(&str, u8); 3] = [("frontdesk.toml", 5), ("frontdesk-csv", 5), ("frontdesk-portal", 7)];

/// The manual pages by file name: one of the program, one of each command below it, and [`MAKERS`].
pub fn pages() -> Vec<(String, String)> {
    // What `--help` adds to the definition stands in sections of its own here.
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    let nouns = root.get_subcommands().filter(|noun| !noun.is_hide_set());
    let mut pages = vec![commands::program(&root, &OTHERS)];
    pages.extend(nouns.map(|noun| commands::noun(noun, &OTHERS)));
    pages.extend(MAKERS.iter().map(|make| make()));
    pages
}
