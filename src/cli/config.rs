//! Commands: what is configured, and where it comes from.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;

use super::answer::{Answer, Card, Column, List, kept, shown};
use super::desk::{Configured, Desk};
use super::flags::Listing;
use crate::config::{self, Config};
use crate::error::{Error, Kind, Result};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show every key with the value that holds
    Show(Show),
    /// Check a configuration file, or the one that is used
    Check(Check),
    /// Print a file with every key, its default and what it is for
    Example,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    /// Say where each value comes from: a flag, the environment, a line of the file, or the defaults
    #[arg(long)]
    origin: bool,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Check {
    /// The file to check, - for standard input
    file: Option<PathBuf>,
}

const WITH_ORIGIN: &[Column] = &[shown("key", "KEY"), shown("value", "VALUE"), shown("origin", "ORIGIN")];
const PLAIN: &[Column] = &[shown("key", "KEY"), shown("value", "VALUE"), kept("origin")];

/// No configuration is longer than this, in bytes.
const LIMIT: usize = 1 << 20;

impl Command {
    /// A file can be checked and the example printed also while the usual file cannot be used.
    pub(super) fn configured(&self) -> Configured {
        match self {
            Self::Show(_) | Self::Check(Check { file: None }) => Configured::AsUsual,
            Self::Check(Check { file: Some(_) }) | Self::Example => Configured::Not,
        }
    }

    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Show(Show { origin, listing }) => {
                let rows = desk.loaded.origins().into_iter().map(|setting| {
                    json!({ "key": setting.key, "value": setting.value, "origin": setting.origin.to_string() })
                });
                List::answer("keys", if origin { WITH_ORIGIN } else { PLAIN }, &listing, rows)
            }
            Self::Check(Check { file }) => check(file, desk),
            Self::Example => Ok(Answer::Text(config::EXAMPLE.into())),
        }
    }
}

fn check(file: Option<PathBuf>, desk: &Desk) -> Result<Answer> {
    // The one that is used was read and checked before anybody came here.
    let Some(file) = file else {
        return Ok(Card::new(&json!({ "file": desk.loaded.file, "result": "ok" }))?.into());
    };
    let name = file.display().to_string();
    let bytes = desk.read_file(&file, LIMIT + 1)?;
    if bytes.len() > LIMIT {
        return Err(Error::new(Kind::Config, format!("{name} is longer than 1 MiB")));
    }
    let text = String::from_utf8(bytes).map_err(|cause| {
        Error::new(Kind::Config, format!("{name} is not UTF-8")).tip("save it as UTF-8 text").because(cause)
    })?;
    Config::parse(&text, &name)?;
    Ok(Card::new(&json!({ "file": name, "result": "ok" }))?.into())
}
