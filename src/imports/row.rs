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
use crate::text::cell::{is_shortened, is_total, unmarked, whole_part};
use crate::text::{decimal, fold, shown};

/// A row whose shape is right; what its cells mean is asked column by column.
#[derive(Clone)]
pub struct Row {
    record: Record,
    derived: Option<String>,
    /// What the recipes of the file made of its cells, in their order.
    made: Vec<Option<String>>,
    context: Arc<Context>,
}

/// What all rows of a file share.
pub(super) struct Context {
    pub(super) headings: Headings,
    pub(super) rules: Rules,
    pub(super) is_csv: bool,
    /// The places of cells whose numbers were written with decimals.
    pub(super) whole: Vec<usize>,
    /// The places of cells that are taken as they stand.
    pub(super) text: Vec<usize>,
}

impl Context {
    fn cell<'a>(&self, record: &'a Record, at: usize) -> Cell<&'a str> {
        self.rules.read(record.cells.get(at).map_or("", String::as_str), self.is_csv)
    }

    /// What to do about a record that looks like a line of totals.
    pub(super) fn total_line(&self, record: &Record) -> Option<String> {
        let (at, cell) = record.cells.iter().enumerate().find(|(_, cell)| !cell.trim().is_empty())?;
        let heading = self.headings.written().get(at)?;
        let word = cell.trim().split([':', ' ', '\u{a0}']).next().filter(|word| is_total(word))?;
        Some(format!("if it is a line of totals: --leave-out \"{}={}*\"", shown(heading), shown(word)))
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record.fmt(f)
    }
}

impl Row {
    pub(super) fn new(record: Record, derived: Option<String>, context: Arc<Context>) -> Self {
        let recipes = context.headings.recipes();
        let made = recipes.iter().map(|(_, recipe)| recipe.make(|at| context.cell(&record, at))).collect();
        Self { record, derived, made, context }
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
        let Context { headings, rules, .. } = &*self.context;
        match headings.origin(column) {
            None => Cell::Absent,
            Some(Origin::Cell(at)) => match self.context.cell(&self.record, *at) {
                Cell::Value(text) if self.context.whole.contains(at) => Cell::Value(whole_part(text).unwrap_or(text)),
                cell => cell,
            },
            Some(Origin::Set(value)) => match headings.recipes().iter().position(|(name, _)| *name == column) {
                Some(at) => {
                    self.made.get(at).and_then(Option::as_deref).map_or(Cell::Blank, |text| rules.read(text, false))
                }
                None => rules.read(value, false),
            },
            Some(Origin::Derived) => self.derived.as_deref().map_or(Cell::Blank, Cell::Value),
        }
    }

    /// A value of one of the house's types: `row.parse("email", Email::parse)`.
    pub fn parse<T>(&self, column: &str, parse: impl FnOnce(&str) -> Result<T>) -> Result<Cell<T>, Problem> {
        self.exact(column)?;
        self.text(column).try_map(parse).map_err(|error| self.refuse(column, &error))
    }

    /// Refuses an identifier that a spreadsheet has taken for a number and written as one.
    fn exact(&self, column: &str) -> Result<(), Problem> {
        let Context { headings, is_csv, text, .. } = &*self.context;
        let (Some(Origin::Cell(at)), Cell::Value(value)) = (headings.origin(column), self.text(column)) else {
            return Ok(());
        };
        let raw = self.record.cells.get(*at).map_or("", String::as_str);
        if !is_csv || !is_identifier(column) || text.contains(at) || unmarked(raw).1 {
            return Ok(());
        }
        if !is_shortened(value) && !is_total(value) && whole_part(value).is_none() {
            return Ok(());
        }
        let heading = headings.called(column);
        if is_shortened(value) {
            let why = format!("'{}' is a number that a spreadsheet has shortened; its digits are lost", shown(value));
            let tip = "make the column one of text in the spreadsheet and export it again";
            return Err(self.problem(column, why).tip(format!("{tip}; if it is no number: --text \"{heading}\"")));
        }
        if column.ends_with("_no") && is_total(value) {
            let tip = self.context.total_line(&self.record).unwrap_or_default();
            let why = format!("'{}' is the head of a line of totals", shown(value));
            return Err(self.problem(column, why).tip(format!("{tip}; if it is a number: --text \"{heading}\"")));
        }
        match whole_part(value) {
            Some(whole) => {
                let why = format!("'{}' looks like {} as a spreadsheet writes it", shown(value), shown(whole));
                let tip = format!("--whole \"{heading}\" reads it so; --text \"{heading}\" takes it as it stands");
                Err(self.problem(column, why).tip(tip))
            }
            None => Ok(()),
        }
    }

    /// A value that the row cannot do without.
    pub fn required<T>(&self, column: &str, parse: impl FnOnce(&str) -> Result<T>) -> Result<T, Problem> {
        match self.parse(column, parse)? {
            Cell::Value(value) => Ok(value),
            Cell::Clear => Err(self.problem(column, format!("{column} cannot be emptied"))),
            Cell::Absent | Cell::Blank => {
                let problem = self.problem(column, format!("the row has no {column}"));
                Err(match self.context.total_line(&self.record) {
                    Some(tip) => problem.tip(tip),
                    None => problem,
                })
            }
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
        let read = |text: &str| match fold(text).as_str() {
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

    /// A column as the file calls it.
    pub(super) fn called(&self, column: &str) -> String {
        self.context.headings.called(column)
    }

    /// What is wrong with a column of this row, such as a customer that does not exist.
    pub fn refuse(&self, column: &str, error: &Error) -> Problem {
        let problem = Problem { code: error.kind().code(), ..self.problem(column, error.message()) };
        match (error.tip_text(), self.text(column)) {
            (Some(tip), _) => problem.tip(tip),
            (None, Cell::Value(text)) if text.contains(['\r', '\n']) => {
                let heading = self.context.headings.called(column);
                problem.tip(format!("--one-line \"{heading}\" puts the lines of such a cell one behind the other"))
            }
            (None, Cell::Value(text)) if text.matches('@').count() > 1 => self.several_people(problem, column, text),
            (None, _) => problem,
        }
    }

    fn several_people(&self, problem: Problem, column: &str, text: &str) -> Problem {
        let sign = if text.contains(';') { ";" } else { "," };
        problem.tip(format!("if it is several people: --split \"{}={sign}\"", self.context.headings.called(column)))
    }

    /// The same in a sentence of the caller.
    pub fn problem(&self, column: &str, reason: impl Into<String>) -> Problem {
        let column = Some(self.context.headings.called(column));
        let code = crate::error::Kind::Invalid.code();
        Problem { line: self.line(), column, code, reason: reason.into(), tip: None }
    }
}

/// Whether the cells of a column are names of things, also where they are made of digits.
fn is_identifier(column: &str) -> bool {
    column.ends_with("_no")
        || column.ends_with("phone")
        || matches!(column, "external_id" | "fax" | "postal_code" | "reference")
}
