//! `role matrix`: the whole matrix as one table, printed, or taken from a file that was changed by hand.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::super::answer::{Action, Answer, Column, Done, List, kept};
use super::super::desk::Desk;
use super::super::flags::{Changing, Format, Listing};
use super::super::imports::delimiter;
use super::super::output::look;
use super::super::table;
use super::differences;
use super::sheet::{self, Sheet};
use crate::db::{Reached, WriteTx};
use crate::error::{Error, Result};
use crate::roles::{self, Role, Tick};
use crate::text::cell::harmless;

#[derive(Args, Debug)]
#[command(after_help = "\
From a spreadsheet and back:
  frontdesk role matrix -o csv > matrix.csv
  frontdesk role matrix matrix.csv --dry-run
A cell says yes (or x) or nothing. Lines and roles that the file does not have stay as they are.")]
pub(in crate::cli) struct Matrix {
    /// A file as -o csv prints it, changed by hand, whose ticks become the roles'; - for standard input
    file: Option<PathBuf>,
    /// What stands between the cells (otherwise found in the heading line): , ; | or tab
    #[arg(long, value_name = "SIGN", value_parser = delimiter, requires = "file")]
    delimiter: Option<u8>,
    /// How the file is written, if not in UTF-8, such as windows-1252
    #[arg(long, value_name = "NAME", requires = "file")]
    encoding: Option<String>,
    #[command(flatten)]
    changing: Changing,
}

/// A line with the roles that tick it, for programs.
const COLUMNS: &[Column] = &[kept("line"), kept("kind"), kept("roles")];

/// What became of one role.
#[derive(Serialize)]
struct Changed {
    name: String,
    ticked: Vec<String>,
    unticked: Vec<String>,
}

impl Matrix {
    /// Whether no file was named to be taken.
    pub(super) fn only_prints(&self) -> bool {
        self.file.is_none()
    }

    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let Some(file) = &self.file else { return print(desk) };
        let bytes = desk.read_file(file, sheet::LIMIT)?;
        let sheet = Sheet::read(bytes, self.encoding.as_deref(), self.delimiter)?;
        let changed = desk.write(self.changing, |tx| apply(tx, &sheet))?;
        let words: Vec<_> = changed.iter().map(Changed::words).collect();
        let about = match words.as_slice() {
            [] => format!("matrix ({})", sheet.size()),
            _ => format!("matrix: {}", words.join("; ")),
        };
        let facts = json!({ "roles": changed });
        Ok(Done::new(Action::updated(!changed.is_empty()), "matrix", about, &facts, self.changing)?.into())
    }
}

impl Changed {
    fn words(&self) -> String {
        let signed =
            |sign: &str, names: &[String]| names.iter().map(|name| format!("{sign}{name}")).collect::<Vec<_>>();
        let all = [signed("+", &self.ticked), signed("-", &self.unticked)].concat();
        format!("{} {}", self.name, all.join(", "))
    }
}

fn print(desk: &Desk) -> Result<Answer> {
    let (lines, roles) = desk.read(|tx| Ok((roles::lines(tx)?, roles::list(tx)?)))?;
    // Only a table and CSV have a column for each role, and only where no fields were asked for.
    let format = desk.format();
    if !matches!(format, Format::Table | Format::Csv) || !desk.globals.fields.is_empty() {
        let rows = lines.iter().map(|line| {
            let ticking = roles.iter().filter(|role| role.card.ticks(line)).map(|role| &role.card.name);
            json!({ "line": line.name(), "kind": line.kind(), "roles": ticking.collect::<Vec<_>>() })
        });
        return List::answer("lines", COLUMNS, &Listing::default(), rows);
    }
    let mark = if format == Format::Csv { "yes" } else { "x" };
    let headings: Vec<_> =
        ["line", "kind"].into_iter().chain(roles.iter().map(|role| role.card.name.as_str())).collect();
    let rows: Vec<_> = lines.iter().map(|line| row(line, &roles, mark)).collect();
    Ok(Answer::Text(match format {
        Format::Csv => csv(&headings, &rows, desk)?,
        _ => table::grid(&headings, &rows, &look(desk)),
    }))
}

fn row<'l>(line: &'l Tick, roles: &[Reached<Role>], mark: &'static str) -> Vec<&'l str> {
    let marks = roles.iter().map(|role| if role.card.ticks(line) { mark } else { "" });
    [line.name(), line.kind()].into_iter().chain(marks).collect()
}

fn csv(headings: &[&str], rows: &[Vec<&str>], desk: &Desk) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heading = (!desk.globals.no_header).then_some(headings);
    for row in heading.into_iter().chain(rows.iter().map(Vec::as_slice)) {
        writer.write_record(row.iter().map(|cell| harmless((*cell).to_owned()))).map_err(Error::internal)?;
    }
    let bytes = writer.into_inner().map_err(|error| Error::internal(error.into_error()))?;
    String::from_utf8(bytes).map_err(Error::internal)
}

/// Makes the ticks what the sheet says for the roles and lines that it names, and says what was changed.
fn apply(tx: &WriteTx, sheet: &Sheet) -> Result<Vec<Changed>> {
    let (lines, roles) = (roles::lines(tx)?, roles::list(tx)?);
    let mut out = Vec::new();
    for (role, marks) in sheet.marks(&lines, &roles)? {
        let after = marks.iter().fold(role.card.clone(), |card, (line, ticked)| card.with(line, *ticked));
        if roles::set(tx, role, &after)? {
            let (ticked, unticked) = differences(&lines, &role.card, &after);
            let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
            out.push(Changed { name: role.card.name.to_string(), ticked: owned(ticked), unticked: owned(unticked) });
        }
    }
    Ok(out)
}
