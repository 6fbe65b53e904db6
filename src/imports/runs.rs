//! Runs: which import was taken when, by whom, with how many rows.

use serde::Serialize;

pub use crate::imports::store::{list, record};

use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::RunId;
use crate::imports::taken::Deed;
use crate::text::Line;

/// A run that changed something. One that changed nothing leaves no trace.
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
}

/// How many rows did what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Made something.
    pub created: u64,
    /// Changed something.
    pub changed: u64,
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
        self.created + self.changed > 0
    }
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
