//! One row, from which a noun reads its columns by name.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::clock::Moment;
use crate::error::{Error, Result};
use crate::imports::cells::{Cell, Rules};
use crate::imports::dates;
use crate::imports::headings::{Headings, Origin};
use crate::imports::problem::Problem;
use crate::imports::source::Record;
use crate::text::{decimal, shown};

/// A row whose shape is right; what its cells mean is asked column by column.
#[derive(Clone)]
pub struct Row {
    record: Record,
    derived: Option<String>,
    context: Arc<Context>,
}

/// What all rows of a file share.
pub(super) struct Context {
    pub(super) headings: Headings,
    pub(super) rules: Rules,
    pub(super) is_csv: bool,
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record.fmt(f)
    }
}

impl Row {
    pub(super) fn new(record: Record, derived: Option<String>, context: Arc<Context>) -> Self {
        Self { record, derived, context }
    }

    /// The line of the file on which the row begins.
    pub fn line(&self) -> u64 {
        self.record.line
    }

    /// The row as it stands in the file, for the file of rejected rows.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Whether the file, or an option, has this column.
    pub fn has(&self, column: &str) -> bool {
        self.context.headings.origin(column).is_some()
    }

    /// The text of a cell without the spaces around it.
    pub fn text(&self, column: &str) -> Cell<&str> {
        let (rules, is_csv) = (&self.context.rules, self.context.is_csv);
        match self.context.headings.origin(column) {
            None => Cell::Absent,
            Some(Origin::Cell(at)) => rules.read(self.record.cells.get(*at).map_or("", String::as_str), is_csv),
            Some(Origin::Set(value)) => rules.read(value, false),
            Some(Origin::Derived) => self.derived.as_deref().map_or(Cell::Blank, Cell::Value),
        }
    }

    /// A value of one of the house's types: `row.parse("email", Email::parse)`.
    pub fn parse<T>(&self, column: &str, parse: impl FnOnce(&str) -> Result<T>) -> Result<Cell<T>, Problem> {
        self.text(column).try_map(parse).map_err(|error| self.refuse(column, &error))
    }

    /// A value that the row cannot do without.
    pub fn required<T>(&self, column: &str, parse: impl FnOnce(&str) -> Result<T>) -> Result<T, Problem> {
        match self.parse(column, parse)? {
            Cell::Value(value) => Ok(value),
            Cell::Clear => Err(self.problem(column, format!("{column} cannot be emptied"))),
            Cell::Absent | Cell::Blank => Err(self.problem(column, format!("the row has no {column}"))),
        }
    }

    /// An amount of money in hundredths.
    pub fn amount(&self, column: &str) -> Result<Cell<i64>, Problem> {
        self.decimal(column, 2)
    }

    /// A number as so many of the unit that is `10^-places`.
    pub fn decimal(&self, column: &str, places: u32) -> Result<Cell<i64>, Problem> {
        let noun = column.replace('_', " ");
        let read = |text| decimal::scaled(text, self.context.rules.decimal, places, &noun);
        self.text(column).try_map(read).map_err(|reason| self.problem(column, reason))
    }

    /// A day.
    pub fn date(&self, column: &str) -> Result<Cell<Date>, Problem> {
        let rules = &self.context.rules;
        let read = |text| dates::day(text, rules.date_format.as_ref(), &rules.zone);
        self.text(column).try_map(read).map_err(|reason| self.problem(column, reason))
    }

    /// A moment; a day is its midnight.
    pub fn moment(&self, column: &str) -> Result<Cell<Moment>, Problem> {
        self.moment_within(column, &self.context.rules.zone)
    }

    /// The same on the clocks of another zone than the file's.
    pub fn moment_within(&self, column: &str, zone: &TimeZone) -> Result<Cell<Moment>, Problem> {
        let read = |text| dates::moment(text, self.context.rules.date_format.as_ref(), zone);
        self.text(column).try_map(read).map_err(|reason| self.problem(column, reason))
    }

    /// Yes or no, in the three languages or as programs write it.
    pub fn flag(&self, column: &str) -> Result<Cell<bool>, Problem> {
        let read = |text: &str| match crate::text::fold(text).as_str() {
            "yes" | "y" | "true" | "1" | "ja" | "j" | "si" | "s" => Ok(true),
            "no" | "n" | "false" | "0" | "nej" => Ok(false),
            _ => Err(format!("'{}' is neither yes nor no", shown(text))),
        };
        self.text(column).try_map(read).map_err(|reason| self.problem(column, reason))
    }

    /// The words of a cell between `;`.
    pub fn list(&self, column: &str) -> Cell<Vec<&str>> {
        self.text(column).map(|text| text.split(';').map(str::trim).filter(|word| !word.is_empty()).collect())
    }

    /// What is wrong with a column of this row, such as a customer that does not exist.
    pub fn refuse(&self, column: &str, error: &Error) -> Problem {
        let problem = Problem { code: error.kind().code(), ..self.problem(column, error.message()) };
        match error.tip_text() {
            Some(tip) => problem.tip(tip),
            None => problem,
        }
    }

    /// The same in a sentence of the caller.
    pub fn problem(&self, column: &str, reason: impl Into<String>) -> Problem {
        let column = Some(self.context.headings.called(column));
        let code = crate::error::Kind::Invalid.code();
        Problem { line: self.line(), column, code, reason: reason.into(), tip: None }
    }
}
