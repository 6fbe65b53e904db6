//! What a command has to say, as data; `output` writes it.

use serde::Serialize;
use serde_json::{Map, Value};

use super::flags::{Changing, Listing};
use crate::error::{Error, Result};

/// The answer to a command.
pub(super) enum Answer {
    /// Rows.
    List(List),
    /// One thing, looked at closely.
    Card(Card),
    /// Something was changed, or was so already.
    Done(Done),
    /// Text as it is.
    Text(String),
    /// What became of many rows.
    Report(Report),
}

/// One field of a list: its stable name, and its heading if tables show it.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) field: &'static str,
    pub(super) heading: Option<&'static str>,
}

/// A field that tables show under a heading.
pub(super) const fn shown(field: &'static str, heading: &'static str) -> Column {
    Column { field, heading: Some(heading) }
}

/// A field that only JSON, CSV and `--fields` have.
pub(super) const fn kept(field: &'static str) -> Column {
    Column { field, heading: None }
}

/// Rows of one kind.
pub(super) struct List {
    /// What they are, in the plural: `customers`.
    pub(super) noun: &'static str,
    /// The fields, in order. The first is what names a row.
    pub(super) columns: &'static [Column],
    /// The rows.
    pub(super) rows: Vec<Map<String, Value>>,
    /// How they are picked and sorted.
    pub(super) listing: Listing,
}

impl List {
    /// Makes a list of anything that can be written as an object with those fields.
    pub(super) fn answer(
        noun: &'static str,
        columns: &'static [Column],
        listing: &Listing,
        rows: impl IntoIterator<Item = impl Serialize>,
    ) -> Result<Answer> {
        let rows = rows.into_iter().map(|row| record(&row)).collect::<Result<_>>()?;
        Ok(Answer::List(Self { noun, columns, rows, listing: listing.clone() }))
    }
}

/// One thing with its fields, and lists that belong to it.
pub(super) struct Card {
    /// The fields.
    pub(super) record: Map<String, Value>,
    /// What belongs to it, each under a title and as a field of the same name in JSON.
    pub(super) parts: Vec<(&'static str, List)>,
}

impl Card {
    /// Makes a card of anything that can be written as an object.
    pub(super) fn new(record_of: &impl Serialize) -> Result<Self> {
        Ok(Self { record: record(record_of)?, parts: Vec::new() })
    }

    /// The same card with a list that belongs to it.
    pub(super) fn with(
        mut self,
        title: &'static str,
        columns: &'static [Column],
        rows: impl IntoIterator<Item = impl Serialize>,
    ) -> Result<Self> {
        if let Answer::List(list) = List::answer(title, columns, &Listing::default(), rows)? {
            self.parts.push((title, list));
        }
        Ok(self)
    }
}

/// What became of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Action {
    Created,
    Updated,
    Unchanged,
    Deleted,
    Sent,
    Received,
}

impl Action {
    /// `Updated` if something changed.
    pub(super) fn updated(changed: bool) -> Self {
        if changed { Self::Updated } else { Self::Unchanged }
    }

    /// The stable word for scripts.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Deleted => "deleted",
            Self::Sent => "sent",
            Self::Received => "received",
        }
    }
}

/// A change, said in one line.
pub(super) struct Done {
    pub(super) action: Action,
    /// What names the thing, for `-o id`.
    pub(super) id: String,
    /// One line: what changed and the new state, without the word for the action.
    pub(super) sentence: String,
    /// The thing as it is now.
    pub(super) record: Map<String, Value>,
    /// What should be known besides, each with the next step.
    pub(super) warnings: Vec<(String, Option<String>)>,
    /// Data that the command was asked for, such as a printed link.
    pub(super) data: Option<String>,
    /// What to do next, where a person would ask.
    pub(super) next: Option<String>,
    pub(super) changing: Changing,
}

impl Done {
    /// Makes the answer of a change: `customer 1042 (Brf Fröjden)`.
    pub(super) fn new(
        action: Action,
        id: impl ToString,
        sentence: impl Into<String>,
        record_of: &impl Serialize,
        changing: Changing,
    ) -> Result<Self> {
        Ok(Self {
            action,
            id: id.to_string(),
            sentence: sentence.into(),
            record: record(record_of)?,
            warnings: Vec::new(),
            data: None,
            next: None,
            changing,
        })
    }

    /// The same answer with a warning and perhaps a tip.
    #[must_use]
    pub(super) fn warn(mut self, warning: impl Into<String>, tip: Option<String>) -> Self {
        self.warnings.push((warning.into(), tip));
        self
    }
}

/// What became of many rows, of which some may not have been taken.
pub(super) struct Report {
    /// The facts, for JSON.
    pub(super) record: Map<String, Value>,
    /// What names it, for `-o id`.
    pub(super) id: Option<String>,
    /// The same for people, where the rows themselves are the answer.
    pub(super) text: String,
    /// Why not everything was done.
    pub(super) error: Option<Error>,
    /// The exit status when everything was done.
    pub(super) status: u8,
}

impl From<Report> for Answer {
    fn from(report: Report) -> Self {
        Self::Report(report)
    }
}

impl From<Done> for Answer {
    fn from(done: Done) -> Self {
        Self::Done(done)
    }
}

impl From<Card> for Answer {
    fn from(card: Card) -> Self {
        Self::Card(card)
    }
}

/// Anything that is written as an object, as its fields.
pub(super) fn record(value: &impl Serialize) -> Result<Map<String, Value>> {
    match serde_json::to_value(value) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(other) => Err(Error::internal(anyhow::anyhow!("{other} is no record"))),
        Err(error) => Err(Error::internal(error)),
    }
}
