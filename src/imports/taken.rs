//! What became of one row: taken, with what that changed, or not.

use serde::Serialize;

use crate::difference::Difference;
use crate::error::{Error, Kind};
use crate::imports::problem::Problem;
use crate::imports::row::Row;

/// What taking a row did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Deed {
    /// A new thing was made.
    Created,
    /// A known thing got other values.
    Changed,
    /// Everything was so already, and nothing was written.
    Unchanged,
}

/// A row that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What it did.
    pub deed: Deed,
    /// The row of the database it is about.
    pub id: i64,
    /// The column by which it was found, and its value: a second row about the same thing is told so.
    pub key: (&'static str, String),
    /// What it is about, for people: `1042 (Brf Fröjden)`.
    pub about: String,
    /// What it changed; empty for a new thing.
    pub differences: Vec<Difference>,
}

/// Why a row was not taken.
#[derive(Debug)]
pub enum Refusal {
    /// The row cannot be taken; others can.
    Row(Box<Problem>),
    /// Nothing can be taken, such as when the disk is full.
    Whole(Error),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Row(Box::new(problem))
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Whole(error)
    }
}

impl Refusal {
    /// A failure that is about a column of this row, if it is about data at all.
    pub(super) fn of(row: &Row, column: &str, error: Error) -> Self {
        match error.kind() {
            Kind::NotFound | Kind::Invalid | Kind::Conflict => row.refuse(column, &error).into(),
            _ => Self::Whole(error),
        }
    }
}

impl Deed {
    /// The stable word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
        }
    }

    /// The deed of a row that did both.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Created, _) => Self::Created,
            (Self::Unchanged, Self::Unchanged) => Self::Unchanged,
            _ => Self::Changed,
        }
    }

    /// `Changed` if something changed.
    pub(super) fn changed(changed: bool) -> Self {
        if changed { Self::Changed } else { Self::Unchanged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_deeds_of_a_row_are_one() {
        assert_eq!(Deed::Created.and(Deed::Unchanged), Deed::Created);
        assert_eq!(Deed::Unchanged.and(Deed::Created), Deed::Changed);
        assert_eq!(Deed::Unchanged.and(Deed::Changed), Deed::Changed);
        assert_eq!(Deed::Unchanged.and(Deed::Unchanged), Deed::Unchanged);
    }
}
