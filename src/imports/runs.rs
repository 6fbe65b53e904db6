//! Runs: which import was taken when, by whom, with how many rows, and which lines of the audit tell what it did.

use serde::Serialize;

pub use crate::imports::store::{KEPT_DAYS, find, last_rejects, list, record, rejects};

use crate::clock::Moment;
use crate::db::{Head, Subject, Tx};
use crate::error::{Error, Result};
use crate::ids::RunId;
use crate::imports::taken::Deed;
use crate::text::Line;

/// A run that changed something, or that rejected rows which it had not rejected before. Any other leaves no trace.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    /// Its number.
    #[serde(rename = "run")]
    pub id: RunId,
    /// What was imported: `customer`.
    pub noun: String,
    /// The name of the file, without its folder.
    pub file: Line,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// How many rows did what.
    #[serde(flatten)]
    pub counts: Counts,
    /// The run that this one took back.
    pub undoes: Option<RunId>,
    /// The run that took this one back.
    pub undone_by: Option<RunId>,
    /// What it did; a run of an older frontdesk does not know.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// Lines of the audit that stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The line before the first.
    pub after: i64,
    /// The last one.
    pub last: i64,
}

/// What a run is recorded with.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// What was imported.
    pub noun: &'a str,
    /// From which file.
    pub file: &'a Line,
    /// How many rows did what.
    pub counts: &'a Counts,
    /// What it did.
    pub span: Span,
    /// The run it takes back.
    pub undoes: Option<RunId>,
    /// The lines of its file of rejected rows.
    pub rejects: &'a [String],
}

/// How many rows did what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Made something.
    pub created: u64,
    /// Changed something.
    pub changed: u64,
    /// Things that were closed because no row named them.
    pub closed: u64,
    /// Found everything as it says.
    pub unchanged: u64,
    /// Could not be taken.
    pub rejected: u64,
}

impl Counts {
    /// Counts one more row.
    pub fn count(&mut self, deed: Deed) {
        match deed {
            Deed::Created => self.created += 1,
            Deed::Changed => self.changed += 1,
            Deed::Unchanged => self.unchanged += 1,
        }
    }

    /// All rows.
    pub fn rows(&self) -> u64 {
        self.created + self.changed + self.unchanged + self.rejected
    }

    /// Whether anything was made or changed.
    pub fn is_change(&self) -> bool {
        self.created + self.changed + self.closed > 0
    }
}

impl Span {
    /// Begins with the next line.
    pub fn begin(tx: &Tx) -> Result<Self> {
        let last = end(tx)?;
        Ok(Self { after: last, last })
    }

    /// The same lines and those that were written since.
    pub fn until_now(self, tx: &Tx) -> Result<Self> {
        Ok(Self { last: end(tx)?, ..self })
    }

    /// Whether a line is one of them.
    pub fn holds(&self, line: i64) -> bool {
        line > self.after && line <= self.last
    }
}

fn end(tx: &Tx) -> Result<i64> {
    let head = Head::read(tx)?.ok_or_else(|| {
        Error::new(crate::error::Kind::Storage, "the audit has lost its head; nothing was changed")
            .tip("look with: frontdesk audit verify; and restore a backup")
    })?;
    Ok(head.last)
}

impl Subject for Run {
    const NOUN: &'static str = "import";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.id.to_string()
    }
}
