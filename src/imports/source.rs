//! A file of rows, whatever its form: headings first, then one record after the other.

use std::io::Read;

use crate::error::{Error, Kind, Result};
use crate::imports::encoding::Text;
use crate::imports::json_lines::JsonLines;
use crate::imports::problem::Problem;
use crate::imports::records::{Records, delimiter_name};
use crate::text::{is_unprintable, shown};

/// How much of a file is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest file, in bytes.
    pub file: u64,
    /// The most columns.
    pub columns: usize,
    /// The longest record, in bytes.
    pub record: usize,
    /// The most rows: all of them are kept until the last was read.
    pub rows: u64,
    /// The most cells of all rows together.
    pub cells: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file: 512 << 20, columns: 1_000, record: 1 << 20, rows: 1_000_000, cells: 10_000_000 }
    }
}

/// One row of the file as it stands there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// The line of the file on which it begins; the heading line of a plain file is 1.
    pub line: u64,
    /// Its own cells, without those that a file of rejected rows adds.
    pub cells: Vec<String>,
    /// Which of several rows with the same `--derive-id` cells it is, counted from 1.
    pub repetition: Option<u64>,
}

/// The columns that a file of rejected rows adds; before them stands `repetition` where ids are derived.
pub const ADDED: [&str; 4] = ["line", "column", "code", "reason"];

/// The column that keeps derived ids stable in a file of rejected rows.
pub const REPETITION: &str = "repetition";

/// The rows of a file.
pub struct Source {
    rows: Rows,
    headings: Vec<String>,
    headings_on: u64,
    head: Vec<u8>,
    added: usize,
    joins: Option<usize>,
}

/// How the bytes of a file become rows, as far as its reader was told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<'a> {
    /// The encoding, if it is not UTF-8.
    pub encoding: Option<&'a str>,
    /// What stands between the cells, if it is not to be found in the heading line.
    pub delimiter: Option<u8>,
    /// The line of the headings, if it is not the first.
    pub headings_on: Option<u64>,
}

enum Rows {
    Csv(Records),
    Json(JsonLines, Option<Record>),
}

impl Source {
    /// Reads up to the headings.
    pub fn open(input: Box<dyn Read>, form: Form, limits: Limits) -> Result<Self> {
        let mut text = Text::open(input, form.encoding, limits.file)?;
        let mut piece = Vec::new();
        text.next_piece(&mut piece)?;
        let head = piece.clone();
        let (rows, headings_on, headings) = if begins_an_object(&piece) {
            let mut lines = JsonLines::open(text, piece, limits);
            let (line, pairs) = lines.next_object()?.ok_or_else(empty)?;
            let (headings, cells) = pairs.into_iter().unzip();
            (Rows::Json(lines, Some(Record { line, cells, repetition: None })), line, headings)
        } else {
            let mut records = Records::open(text, piece, form.delimiter, form.headings_on, limits)?;
            let (line, headings) = records.next_record()?.ok_or_else(empty)?;
            (Rows::Csv(records), line, headings)
        };
        let mut headings: Vec<String> = headings.iter().map(|heading: &String| heading.trim().to_owned()).collect();
        if let Some(odd) = headings.iter().find(|heading| heading.chars().any(|c| is_unprintable(c) && c != '\n')) {
            return Err(Error::new(Kind::Data, format!("the heading '{}' is not text", shown(odd)))
                .tip("the first line of the file holds the headings of its columns"));
        }
        let added = added(&headings);
        headings.truncate(headings.len() - added);
        Ok(Self { rows, headings, headings_on, head, added, joins: None })
    }

    /// The file's own headings, as written.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The line on which they stand.
    pub fn headings_on(&self) -> u64 {
        self.headings_on
    }

    /// The beginning of the file as text.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Gives the cells that a row has too many to the column at this place.
    ///
    /// For files whose program wrote a free text without quotes: `24, place Kléber` became two cells.
    pub fn join_at(&mut self, place: usize) {
        self.joins = Some(place);
    }

    /// What stands between the cells, and in a file of rejected rows too.
    pub fn delimiter(&self) -> u8 {
        match &self.rows {
            Rows::Csv(records) => records.delimiter(),
            Rows::Json(..) => b',',
        }
    }

    /// Whether the file is CSV, where cells that a spreadsheet could take for a formula begin with an apostrophe.
    pub fn is_csv(&self) -> bool {
        matches!(self.rows, Rows::Csv(_))
    }

    /// Whether the file is one of rejected rows.
    pub fn is_of_rejects(&self) -> bool {
        self.added > 0
    }

    /// Whether the file is one of rejected rows that says which repetition each row is.
    pub fn knows_repetitions(&self) -> bool {
        self.added > ADDED.len()
    }

    /// How the file was read, for people: `';', UTF-8 with BOM`.
    pub fn about(&self) -> String {
        match &self.rows {
            Rows::Csv(records) => format!("{}, {}", delimiter_name(records.delimiter()), records.encoding()),
            Rows::Json(lines, _) => format!("JSON lines, {}", lines.encoding()),
        }
    }

    /// The next record, and what is wrong with its shape.
    pub fn next_record(&mut self) -> Result<Option<(Record, Option<Problem>)>> {
        match &mut self.rows {
            Rows::Csv(records) => {
                let delimiter = records.delimiter();
                let Some((line, cells)) = records.next_record()? else { return Ok(None) };
                Ok(Some(self.shaped(line, cells, delimiter)))
            }
            Rows::Json(_, first @ Some(_)) => Ok(first.take().map(|record| (record, None))),
            Rows::Json(lines, None) => {
                let Some((line, pairs)) = lines.next_object()? else { return Ok(None) };
                let mut cells = vec![String::new(); self.headings.len()];
                let mut problem = None;
                for (key, value) in pairs {
                    match self.headings.iter().position(|heading| heading == key.trim()) {
                        Some(at) => cells[at] = value,
                        None => problem = Some(unknown_key(line, &key)),
                    }
                }
                Ok(Some((Record { line, cells, repetition: None }, problem)))
            }
        }
    }

    fn shaped(&self, line: u64, mut cells: Vec<String>, delimiter: u8) -> (Record, Option<Problem>) {
        let due = self.headings.len() + self.added;
        self.even_out(&mut cells);
        if let Some(at) = self.joins
            && cells.len() > due
        {
            let last = at + cells.len() - due;
            let joined = cells[at..=last].join(&char::from(delimiter).to_string());
            cells.splice(at..=last, [joined]);
        }
        let found = cells.len();
        let repetition = (self.knows_repetitions() && found == due)
            .then(|| cells[self.headings.len()].trim().parse().ok())
            .flatten();
        if found > self.added {
            cells.truncate(found - self.added);
        }
        let problem = (found != due).then(|| {
            let count = |cells: usize| if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") };
            let problem = Problem::of_row(line, format!("{} where the heading line has {due}", count(found)));
            if found > due {
                let name = delimiter_name(delimiter);
                problem.tip(format!(
                    "a {name} inside a cell needs quotes around the cell; where one column lacks them: --join COLUMN"
                ))
            } else {
                problem.tip("add the cells that are missing")
            }
        });
        (Record { line, cells, repetition }, problem)
    }
}

impl Source {
    /// Takes blank cells away behind the last heading, and puts those there that a blank heading at the end asks for:
    /// programs that end every line with a delimiter do so in some lines and not in others.
    fn even_out(&self, cells: &mut Vec<String>) {
        let is_blank = |cell: &String| cell.trim().is_empty();
        let (own, due) = (cells.len().saturating_sub(self.added), self.headings.len());
        if own > due && cells[due..own].iter().all(is_blank) {
            cells.drain(due..own);
        }
        let nameless = self.headings.iter().rev().take_while(|heading| heading.is_empty()).count();
        if own < due && due - own <= nameless {
            cells.splice(own..own, std::iter::repeat_n(String::new(), due - own));
        }
    }
}

fn added(headings: &[String]) -> usize {
    if !headings.ends_with(&ADDED.map(String::from)) {
        0
    } else if headings.len() > ADDED.len() && headings[headings.len() - ADDED.len() - 1] == REPETITION {
        ADDED.len() + 1
    } else {
        ADDED.len()
    }
}

fn begins_an_object(text: &[u8]) -> bool {
    text.trim_ascii_start()
        .strip_prefix(b"{")
        .is_some_and(|rest| matches!(rest.trim_ascii_start().first(), None | Some(b'"' | b'}')))
}

fn unknown_key(line: u64, key: &str) -> Problem {
    Problem::of_row(line, format!("the key '{}' is not among those of the first object", shown(key)))
        .tip("every object has the same keys; null leaves a value alone")
}

fn empty() -> Error {
    Error::new(Kind::Data, "the file is empty").tip("its first line holds the headings of its columns")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str) -> Result<Source> {
        let input = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        Source::open(input, Form::default(), Limits::default())
    }

    fn all(text: &str) -> Vec<(Record, Option<Problem>)> {
        let mut source = open(text).expect("a source");
        std::iter::from_fn(|| source.next_record().expect("a record")).collect()
    }

    #[test]
    fn a_row_of_another_width_is_a_problem_of_that_row() {
        let rows = all("customerID,address,city\nBLONP,24, place Kléber,Strasbourg\nALFKI,Obere Str. 57,Berlin\nX\n");
        let (record, problem) = &rows[0];
        assert_eq!(record.cells.len(), 4, "the row keeps its cells");
        let problem = problem.as_ref().expect("a problem");
        assert_eq!(problem.to_string(), "line 2: 4 cells where the heading line has 3");
        assert!(problem.tip.as_deref().is_some_and(|tip| tip.contains("quotes")));
        assert_eq!(rows[1].1, None);
        assert_eq!(rows[2].1.as_ref().expect("a problem").reason, "1 cell where the heading line has 3");
    }

    #[test]
    fn json_lines_and_csv_are_the_same_rows() {
        let json = all("{\"no\":\"1\",\"name\":\"A\"}\n{\"name\":null,\"no\":2}\n{\"nmae\":\"B\"}\n");
        let csv = all("no,name\n1,A\n2,\n");
        assert_eq!(json[0].0.cells, csv[0].0.cells);
        assert_eq!(json[1].0.cells, csv[1].0.cells);
        assert!(json[2].1.as_ref().is_some_and(|problem| problem.reason.contains("'nmae'")));
        assert_eq!(open("{\"no\":1}").expect("a source").about(), "JSON lines, UTF-8");
        assert_eq!(open("\u{feff}a;b\n").expect("a source").about(), "';', UTF-8 with BOM");
    }

    #[test]
    fn the_columns_of_a_rejects_file_are_known() {
        let text = "no,name,repetition,line,column,code,reason\n1,A,2,17,E-post,unacceptable,why\n";
        let source = open(text).expect("a source");
        assert_eq!(source.headings(), ["no", "name"]);
        let rows = all(text);
        assert_eq!(rows[0].0, Record { line: 2, cells: vec!["1".into(), "A".into()], repetition: Some(2) });
        assert_eq!(
            open("no,line,code\n").expect("a source").headings(),
            ["no", "line", "code"],
            "columns of their own"
        );
    }

    #[test]
    fn a_file_without_headings_is_refused() {
        assert_eq!(open("").err().expect("empty").message(), "the file is empty");
        assert_eq!(open("\n \n").err().expect("empty").message(), "the file is empty");
        assert!(open("a,\u{1b}[2J\n").err().expect("odd").message().ends_with("is not text"));
    }
}
