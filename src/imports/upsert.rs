//! What every noun does with a row: find the customer it names, read its cells over what is kept.

use std::str::FromStr;

use crate::customers::{self, Customer};
use crate::db::{Reached, Tx};
use crate::error::Error;
use crate::imports::cells::Cell;
use crate::imports::problem::Problem;
use crate::imports::row::Row;
use crate::imports::taken::Refusal;
use crate::text::{Lang, Line, Number, fold};

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
        _ => row.required(column, word).map(Some),
    }
}

/// One of the house's words, in letters of any size; a refusal shows it as it was written.
pub(super) fn word<T: FromStr<Err = Error>>(text: &str) -> Result<T, Error> {
    text.to_lowercase().parse().or_else(|_| text.parse())
}

/// What is kept of a language after its cell, which may name it in words or as programs do: `SV`, `sv-SE`, `svenska`.
pub(super) fn lang(row: &Row, column: &str, kept: Option<Lang>) -> Result<Option<Lang>, Problem> {
    let read = |text: &str| match fold(text).split(['-', '_']).next().unwrap_or_default() {
        "en" | "eng" | "english" | "engelska" | "ingles" => Ok(Lang::En),
        "sv" | "swe" | "swedish" | "svenska" | "sueco" => Ok(Lang::Sv),
        "es" | "spa" | "spanish" | "spanska" | "espanol" | "castellano" => Ok(Lang::Es),
        _ => text.parse(),
    };
    Ok(row.parse(column, read)?.over(kept))
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
