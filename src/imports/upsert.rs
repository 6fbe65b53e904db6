//! What every noun does with a row: find the customer it names, read its cells over what is kept.

use std::str::FromStr;

use crate::customers::{self, Customer};
use crate::db::{Reached, Tx};
use crate::error::Error;
use crate::imports::cells::Cell;
use crate::imports::problem::Problem;
use crate::imports::row::Row;
use crate::imports::taken::Refusal;
use crate::text::{Line, Number};

/// The customer that a row names; there must be one.
pub(super) fn customer(tx: &Tx, row: &Row) -> Result<Reached<Customer>, Refusal> {
    let number = row.required("customer_no", Number::parse)?;
    customers::lookup(tx, &number)?.ok_or_else(|| {
        let error = Error::not_found("customer", &number).tip("import the customers first, or add it");
        Refusal::of(row, "customer_no", error)
    })
}

/// What is kept of an optional value after its cell.
pub(super) fn over<T: FromStr<Err = Error>>(row: &Row, column: &str, kept: Option<T>) -> Result<Option<T>, Problem> {
    Ok(row.parse(column, str::parse)?.over(kept))
}

/// What is kept of a value that cannot be empty.
pub(super) fn must<T: FromStr<Err = Error>>(row: &Row, column: &str, kept: Option<T>) -> Result<T, Problem> {
    match (row.text(column), kept) {
        (Cell::Absent | Cell::Blank, Some(kept)) => Ok(kept),
        _ => row.required(column, str::parse),
    }
}

/// A status, which cannot be emptied; nothing when the cell leaves it alone.
pub(super) fn status<T: FromStr<Err = Error>>(row: &Row, column: &str) -> Result<Option<T>, Problem> {
    match row.text(column) {
        Cell::Absent | Cell::Blank => Ok(None),
        _ => row.required(column, |text| text.to_lowercase().parse()).map(Some),
    }
}

/// The external id of a row, if it says one.
pub(super) fn external_id(row: &Row) -> Result<Option<Line>, Problem> {
    Ok(row.parse("external_id", Line::parse)?.value())
}

/// The same external id belongs to something else than what the row's number says.
pub(super) fn taken_id(row: &Row, id: &Line, noun: &str, number: &impl std::fmt::Display) -> Refusal {
    let error = Error::conflict(format!("'{id}' belongs to {noun} {number} already"));
    Refusal::of(row, "external_id", error)
}
