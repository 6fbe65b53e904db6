//! What became of one row: taken, with what that changed, or not.

use serde::Serialize;
use serde_json::Value;

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

/// One value that a row changed.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Difference {
    /// The column.
    pub field: String,
    /// What was kept.
    pub old: Value,
    /// What is kept now.
    pub new: Value,
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

/// The fields in which two records differ, each with its name after `prefix`.
pub fn differences(prefix: &str, before: &impl Serialize, after: &impl Serialize) -> Vec<Difference> {
    let (Ok(Value::Object(before)), Ok(Value::Object(mut after))) =
        (serde_json::to_value(before), serde_json::to_value(after))
    else {
        return Vec::new();
    };
    before
        .into_iter()
        .filter_map(|(field, old)| {
            let new = after.remove(&field).unwrap_or_default();
            (old != new).then(|| Difference { field: format!("{prefix}{field}"), old, new })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_named() {
        let (before, after) =
            (serde_json::json!({"a": 1, "b": "x", "c": null}), serde_json::json!({"a": 1, "b": null, "c": 2}));
        let found = differences("contact_", &before, &after);
        let fields: Vec<_> = found.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["contact_b", "contact_c"]);
        assert_eq!((&found[0].old, &found[0].new), (&Value::from("x"), &Value::Null));
    }

    #[test]
    fn two_deeds_of_a_row_are_one() {
        assert_eq!(Deed::Created.and(Deed::Unchanged), Deed::Created);
        assert_eq!(Deed::Unchanged.and(Deed::Created), Deed::Changed);
        assert_eq!(Deed::Unchanged.and(Deed::Changed), Deed::Changed);
        assert_eq!(Deed::Unchanged.and(Deed::Unchanged), Deed::Unchanged);
    }
}
