//! The flags by which an import is trusted: planned before, refused when it looks wrong, accounted for afterwards.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::error::Result;
use crate::imports::allowance::Allowance;
use crate::imports::fingerprint::Fingerprint;
use crate::imports::missing::{Missing, Search};
use crate::imports::take::Noun;

/// So many of a hundred may be closed unless more are allowed.
const MOST_CLOSED: Allowance = Allowance::Percent(5);

#[derive(Args, Clone, Debug)]
pub(super) struct Safety {
    /// Do exactly what a --dry-run with this fingerprint said, or exit with 4 and change nothing
    #[arg(long, value_name = "FINGERPRINT")]
    pub(super) expect: Option<Fingerprint>,
    /// What is in the database and not in the file: keep it, report it, or close it (objects are retired)
    #[arg(long, value_name = "WHAT", default_value = "keep", hide_possible_values = true)]
    missing: WhenMissing,
    /// With --missing close: so many may be closed, or nothing is done (otherwise 5%)
    #[arg(long, value_name = "N|N%", requires = "missing")]
    max_close: Option<Allowance>,
    /// So many rows may be rejected, or nothing is done (otherwise as configured, 20%)
    #[arg(long, value_name = "N|N%")]
    max_rejects: Option<Allowance>,
    /// A file for the whole outcome as JSON, also when the import fails
    #[arg(long, value_name = "FILE", value_parser = report)]
    pub(super) report: Option<PathBuf>,
}

/// What to do about things that are in the database and not in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum WhenMissing {
    /// Nothing
    Keep,
    /// Name them
    Report,
    /// Close them: customers and facilities are closed, objects retired; nothing is ever deleted
    Close,
}

impl Safety {
    /// What is asked about things that are missing; refused for what cannot be missing.
    pub(super) fn search(&self, noun: Noun) -> Result<Search> {
        let missing = match self.missing {
            WhenMissing::Keep => Missing::Keep,
            WhenMissing::Report => Missing::Report,
            WhenMissing::Close => Missing::Close,
        };
        noun.can_miss(missing)?;
        if self.max_close.is_some() && missing != Missing::Close {
            return Err(super::super::usage("--max-close goes with --missing close").at("max-close"));
        }
        Ok(Search { missing, most: self.max_close.unwrap_or(MOST_CLOSED) })
    }

    /// So many rows may be rejected.
    pub(super) fn rejects(&self, configured: u8) -> Allowance {
        self.max_rejects.unwrap_or(Allowance::Percent(configured))
    }
}

fn report(text: &str) -> Result<PathBuf> {
    match text {
        "-" => Err(super::super::usage("--report needs the name of a file").tip(
            "-o json writes the same on standard output, and the error of an import that fails on standard error",
        )),
        _ => Ok(Path::new(text).to_owned()),
    }
}
