//! Flags that many commands share.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::io::Io;
use crate::error::Result;
use crate::notices::Tell;
use crate::text::shown;

/// Flags of every command, before or after it.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct Globals {
    /// Read this configuration file instead of the first that exists
    #[arg(long, global = true, value_name = "PATH", help_heading = "Everywhere")]
    pub(super) config: Option<PathBuf>,
    /// Use the data in this directory
    #[arg(long, global = true, value_name = "PATH", help_heading = "Everywhere", value_hint = ValueHint::DirPath)]
    pub(super) data_dir: Option<PathBuf>,
    /// Work for this group (otherwise the configured one, or the only one)
    #[arg(short, long, global = true, value_name = "SLUG", help_heading = "Everywhere")]
    pub(super) group: Option<String>,
    /// How the answer is written: table, json, jsonl, csv or id
    #[arg(short, long, global = true, value_name = "FORMAT", help_heading = "Everywhere", hide_possible_values = true)]
    pub(super) output: Option<Format>,
    /// The same as --output json
    #[arg(long, global = true, help_heading = "Everywhere", conflicts_with = "output")]
    pub(super) json: bool,
    /// Only these fields, in this order (`help` lists them)
    #[arg(long, global = true, value_name = "A,B", value_delimiter = ',', help_heading = "Everywhere")]
    pub(super) fields: Vec<String>,
    /// Leave the heading line out of tables and CSV
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(super) no_header: bool,
    /// Show times in UTC instead of this machine's zone
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(super) utc: bool,
    /// When to use colours: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Everywhere")]
    #[arg(hide_possible_values = true)]
    pub(super) color: Colours,
    /// Say nothing when it went well
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub(super) quiet: bool,
    /// Say more about what is done and where
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Everywhere")]
    pub(super) verbose: u8,
    /// Ask nothing; fail where an answer is needed
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(super) no_input: bool,
    /// Answer questions with yes
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub(super) yes: bool,
    /// How long to wait for another command that is writing
    #[arg(long, global = true, value_name = "SECONDS", default_value = "5", help_heading = "Everywhere")]
    #[arg(value_parser = clap::value_parser!(u64).range(0..=86_400))]
    pub(super) wait: u64,
}

impl Globals {
    /// The same with the format that the environment asks for, where no flag does.
    pub(super) fn settled(mut self, io: &Io) -> Result<Self> {
        if self.output.is_none()
            && !self.json
            && let Some(word) = io.variable("FRONTDESK_OUTPUT")
        {
            self.output = Some(<Format as ValueEnum>::from_str(&word, true).map_err(|_| {
                super::usage(format!("FRONTDESK_OUTPUT '{}' is not one of table json jsonl csv id", shown(&word)))
            })?);
        }
        Ok(self)
    }
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people; may change between versions
    Table,
    /// One value
    Json,
    /// One object a line
    Jsonl,
    /// RFC 4180, with a heading line
    Csv,
    /// Only what names each thing, a line each
    Id,
}

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Colours {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

/// Flags of every command that changes something.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct Changing {
    /// Do everything, show what would change, and take it back
    #[arg(long)]
    pub(super) dry_run: bool,
    /// With --dry-run: exit status 5 when something would change
    #[arg(long, requires = "dry_run")]
    pub(super) exit_code: bool,
}

/// The flag of every command that people are told of.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct Telling {
    /// Tell nobody by mail
    #[arg(long)]
    no_mail: bool,
}

impl Telling {
    /// Whom to tell.
    pub(super) fn tell(self) -> Tell {
        if self.no_mail { Tell::Nobody } else { Tell::Everybody }
    }
}

/// Flags of every command that adds something.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct Adding {
    #[command(flatten)]
    pub(super) changing: Changing,
    /// When it exists already: fail, skip (leave it) or update (give it these values)
    #[arg(long, value_name = "WHAT", default_value = "fail", conflicts_with = "ensure", hide_possible_values = true)]
    if_exists: IfExists,
    /// The same as --if-exists update
    #[arg(long)]
    ensure: bool,
}

impl Adding {
    /// What to do when it exists already.
    pub(super) fn if_exists(self) -> IfExists {
        if self.ensure { IfExists::Update } else { self.if_exists }
    }
}

/// What `add` does when the thing exists already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum IfExists {
    /// Exit with 4 and change nothing
    #[default]
    Fail,
    /// Leave it as it is and exit with 0
    Skip,
    /// Give it the values named here
    Update,
}

/// Flags of every command that removes something.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct Removing {
    #[command(flatten)]
    pub(super) changing: Changing,
    /// It is fine when it does not exist
    #[arg(long)]
    pub(super) missing_ok: bool,
}

/// Flags of every list.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct Listing {
    /// Only rows in which some field holds this text (case and accents ignored)
    #[arg(long, value_name = "TEXT")]
    pub(super) search: Option<String>,
    /// Only rows in which this field has this value; may be given more than once
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    pub(super) wanted: Vec<String>,
    /// Sort by this field; with a leading - the other way round
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    pub(super) sort: Option<String>,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
}
