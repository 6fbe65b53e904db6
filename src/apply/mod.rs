//! A customer as one file: facilities, objects, contacts and users, compared with what is kept and made so.
//!
//! A key that is not named leaves alone what is kept, an empty one empties it. What the file does not name at all stays
//! as it is; only pruning closes, retires and withdraws, and nothing is ever deleted.

mod export;
mod page;
mod people;
mod places;
mod prune;
mod reading;
mod take;

use serde::Serialize;

pub use export::export;
pub use page::read;
pub use take::take;

use crate::difference::Difference;

/// The kinds of table that a file may have.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Noun {
    /// The customer: the keys above the first table.
    Customer,
    /// `[[facility]]`
    Facility,
    /// `[[object]]`
    Object,
    /// `[[object.interval]]`
    Interval,
    /// `[[contact]]`
    Contact,
    /// `[[user]]`
    User,
}

/// One table of a file as it is written, with the line of each key.
#[derive(Clone, Debug)]
pub struct Item {
    noun: Noun,
    line: usize,
    keys: Vec<Key>,
    /// The kinds of table below that are named, even with nothing in them.
    named: Vec<Noun>,
    below: Vec<Item>,
}

#[derive(Clone, Debug)]
struct Key {
    name: &'static str,
    line: usize,
    value: Value,
}

/// What stands behind a key.
#[derive(Clone, Debug)]
enum Value {
    /// A text, a number or a day, as text.
    Text(String),
    /// Several texts, each with its line.
    Texts(Vec<(String, usize)>),
    Flag(bool),
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Sheet {
    name: String,
    top: Item,
}

/// What cannot be taken, and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// The key, if it is about one.
    pub key: Option<String>,
    /// The stable word for scripts.
    pub code: &'static str,
    /// Why, as a sentence.
    pub reason: String,
    /// The way out.
    pub tip: Option<String>,
}

/// What a step does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// Something new is made.
    Created,
    /// Something known gets other values.
    Changed,
    /// Something that the file does not name is closed, retired or withdrawn.
    Withdrawn,
}

/// One thing that a file changes.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Step {
    /// What is done to it.
    pub deed: Sign,
    /// What it is about, for people: `facility hus-a (Hus A)`.
    pub about: String,
    /// What is different.
    pub differences: Vec<Difference>,
    /// Whether somebody can do less afterwards, which is asked before.
    pub takes_away: bool,
}

/// What files change, or why they cannot be taken.
#[derive(Debug, Default, Serialize)]
pub struct Plan {
    /// The changes, in the order of the file.
    pub steps: Vec<Step>,
    /// How many things were so already.
    pub unchanged: u64,
    /// What is kept although the file does not name it; pruning would take it away.
    pub kept: Vec<String>,
    /// What should be known besides.
    pub warnings: Vec<String>,
    /// Why nothing may be kept of all this, if so.
    pub problems: Vec<Problem>,
}

/// How a file is taken.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Whether what the file does not name is closed, retired and withdrawn.
    pub prune: bool,
    /// Whether all users of the file are invited who never were.
    pub invite: bool,
    /// Whether people are told by mail what they may see and do now.
    pub tell: bool,
    /// So long an invitation is good for.
    pub invite_seconds: i64,
}

impl Plan {
    /// How many steps do this.
    pub fn count(&self, deed: Sign) -> usize {
        self.steps.iter().filter(|step| step.deed == deed).count()
    }

    /// What people lose by it, each by its name.
    pub fn taken_away(&self) -> Vec<&str> {
        self.steps.iter().filter(|step| step.takes_away).map(|step| step.about.as_str()).collect()
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if let Some(key) = &self.key {
            write!(f, ", {key}")?;
        }
        write!(f, ": {}", self.reason)
    }
}
