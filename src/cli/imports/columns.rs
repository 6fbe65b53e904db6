//! `import --columns`: what a file of this kind can hold.

use serde_json::json;

use super::super::answer::{Answer, Column, List, shown};
use super::super::flags::Listing;
use crate::error::Result;
use crate::imports::about::about;
use crate::imports::columns::Shape;

const COLUMNS: &[Column] = &[
    shown("column", "COLUMN"),
    shown("required", "REQUIRED"),
    shown("about", "WHAT IT IS"),
    shown("headings", "HEADINGS KNOWN FOR IT"),
];

/// The columns of a kind of file, those first that it cannot do without.
pub(super) fn answer(shape: &Shape) -> Result<Answer> {
    let rows = shape.columns.iter().map(|column| {
        json!({ "column": column.name, "required": column.required, "about": about(shape.noun, column.name),
                "headings": column.aliases })
    });
    List::answer("columns", COLUMNS, &Listing::default(), rows)
}
