//! A matrix in a file: read as a spreadsheet writes it, and refused with its line and column where it says something
//! that there is not.

use std::io::Cursor;

use crate::db::Reached;
use crate::error::{Error, Kind, Result};
use crate::imports::cells::Rules;
use crate::imports::duplicates::Seen;
use crate::imports::problem::Problem;
use crate::imports::source::{Form, Limits, Source};
use crate::roles::{self, Role, Tick};
use crate::text::{fold, nearest, shown};

/// The largest file that is read.
pub(super) const LIMIT: usize = 4 << 20;

/// What a file says.
pub(super) struct Sheet {
    /// The name of each role, with the place of its column.
    roles: Vec<(usize, String)>,
    rows: Vec<Row>,
    /// What the column with the names of the lines is called there.
    heading: String,
}

/// A line of the matrix as the file has it.
struct Row {
    line: u64,
    name: String,
    /// `event` or `status`, where the file says so.
    kind: Option<&'static str>,
    /// A mark for each of the roles.
    marks: Vec<bool>,
}

/// A role with the lines that the file names, each ticked or not.
type Marks<'a> = (&'a Reached<Role>, Vec<(&'a Tick, bool)>);

impl Sheet {
    /// Reads a file without asking what there is.
    pub(super) fn read(bytes: Vec<u8>, encoding: Option<&str>, delimiter: Option<u8>) -> Result<Self> {
        if bytes.len() >= LIMIT {
            return Err(Error::new(Kind::Data, "the file is larger than 4 MiB").tip("is it a matrix?"));
        }
        let form = Form { encoding, delimiter, headings_on: None };
        let mut source = Source::open(Box::new(Cursor::new(bytes)), form, Limits::default())?;
        let headings: Vec<_> = source.headings().iter().map(|heading| plain(heading)).collect();
        let place = |name: &str| headings.iter().position(|heading| fold(heading) == name);
        let Some(line_at) = place("line").filter(|_| source.is_csv()) else {
            return Err(Error::new(Kind::Data, "the file has no column \"line\" with the events and statuses")
                .tip("print the matrix as it is now with: frontdesk role matrix -o csv"));
        };
        let kind_at = place("kind");
        let mut sheet = Self { roles: Vec::new(), rows: Vec::new(), heading: headings[line_at].clone() };
        for (at, name) in headings.iter().enumerate().filter(|(at, _)| *at != line_at && Some(*at) != kind_at) {
            if sheet.roles.iter().any(|(_, other)| !name.is_empty() && fold(other) == fold(name)) {
                return Err(problem(1, name, format!("the role '{}' is there twice", shown(name))).into());
            }
            sheet.roles.push((at, name.clone()));
        }
        while let Some((record, misshapen)) = source.next_record()? {
            let cells: Vec<_> = record.cells.iter().map(|cell| plain(cell)).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if let Some(problem) = misshapen {
                return Err(problem.into());
            }
            let kind = kind_at.map(|at| kind(record.line, &headings[at], &cells[at])).transpose()?.flatten();
            let mark = |(at, name): &(usize, String)| mark(record.line, name, &cells[*at]);
            let marks = sheet.roles.iter().map(mark).collect::<Result<_>>()?;
            sheet.rows.push(Row { line: record.line, name: cells[line_at].clone(), kind, marks });
        }
        sheet.without_nameless()
    }

    /// The columns and rows that a spreadsheet wrote beyond the matrix have neither a heading nor a mark.
    fn without_nameless(mut self) -> Result<Self> {
        for at in (0..self.roles.len()).rev().filter(|at| self.roles[*at].1.is_empty()).collect::<Vec<_>>() {
            if let Some(row) = self.rows.iter().find(|row| row.marks[at]) {
                let reason = format!("there is a mark in column {}, which has no heading", self.roles[at].0 + 1);
                return Err(Problem::of_row(row.line, reason).tip("its heading is the name of a role").into());
            }
            self.roles.remove(at);
            for row in &mut self.rows {
                row.marks.remove(at);
            }
        }
        Ok(self)
    }

    /// How much the file says, for people.
    pub(super) fn size(&self) -> String {
        let count = |many: usize, one: &str| if many == 1 { format!("1 {one}") } else { format!("{many} {one}s") };
        format!("{}, {}", count(self.roles.len(), "role"), count(self.rows.len(), "line"))
    }

    /// What the file says about the roles and lines that there are; what there is not is refused.
    pub(super) fn marks<'a>(&self, lines: &'a [Tick], roles: &'a [Reached<Role>]) -> Result<Vec<Marks<'a>>> {
        let known: Vec<_> = self.roles.iter().map(|(_, name)| role(roles, name)).collect::<Result<_>>()?;
        let mut seen = Seen::new();
        let mut found = Vec::new();
        for row in &self.rows {
            let line = roles::line(lines, &row.name, row.kind).map_err(|error| {
                let problem = problem(row.line, &self.heading, error.message().to_owned());
                Error::from(match error.tip_text() {
                    Some(tip) => problem.tip(tip),
                    None => problem,
                })
            })?;
            if let Some(first) = seen.earlier(&[line.kind(), line.name()], row.line) {
                let reason = format!("'{}' is the same as on line {first}", shown(&row.name));
                return Err(problem(row.line, &self.heading, reason).into());
            }
            found.push((line, &row.marks));
        }
        let of = |at: usize| found.iter().map(|(line, marks)| (*line, marks[at])).collect();
        Ok(known.into_iter().enumerate().map(|(at, role)| (role, of(at))).collect())
    }
}

fn role<'a>(roles: &'a [Reached<Role>], name: &str) -> Result<&'a Reached<Role>> {
    let names = || roles.iter().map(|role| role.card.name.as_str());
    roles.iter().find(|role| fold(role.card.name.as_str()) == fold(name)).ok_or_else(|| {
        let problem = problem(1, name, format!("role '{}' does not exist", shown(name)));
        Error::from(match nearest(name, names()) {
            Some(near) => problem.tip(format!("did you mean '{near}'? see them all with: frontdesk role list")),
            None => problem.tip(format!("make it first with: frontdesk role add '{}'", shown(name))),
        })
    })
}

fn kind(line: u64, column: &str, cell: &str) -> Result<Option<&'static str>> {
    match fold(cell).as_str() {
        "" => Ok(None),
        "event" => Ok(Some("event")),
        "status" => Ok(Some("status")),
        _ => Err(problem(line, column, format!("'{}' is neither event nor status", shown(cell))).into()),
    }
}

fn mark(line: u64, column: &str, cell: &str) -> Result<bool> {
    match fold(cell).as_str() {
        "yes" | "y" | "x" | "true" | "1" | "ja" | "j" | "si" | "s" => Ok(true),
        "" | "no" | "n" | "false" | "0" | "nej" => Ok(false),
        _ => Err(problem(line, column, format!("'{}' is neither yes nor empty", shown(cell))).into()),
    }
}

fn problem(line: u64, column: &str, reason: String) -> Problem {
    Problem { column: Some(shown(column)), ..Problem::of_row(line, reason) }
}

/// A cell without the spaces around it, and without the apostrophe that keeps a spreadsheet from reckoning.
fn plain(cell: &str) -> String {
    Rules::default().read(cell, true).value().unwrap_or_default().to_owned()
}
