//! A file is read row by row: each one is good in its shape, or it is rejected with the reason.

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use crate::error::{Error, Kind, Result};
use crate::imports::cells::{Cell, Rules};
use crate::imports::columns::Shape;
use crate::imports::derive::Deriver;
use crate::imports::headings::{Headings, Mapping, Origin};
use crate::imports::picked::Picked;
use crate::imports::preamble::{Tried, likely_headings};
use crate::imports::problem::Problem;
use crate::imports::rejects::Rejects;
use crate::imports::row::{Context, Row};
use crate::imports::source::{Form, Limits, Record, Source};

/// What the caller says about a file.
#[derive(Clone, Default, Debug)]
pub struct Options {
    /// `--encoding`, when the file is not UTF-8.
    pub encoding: Option<String>,
    /// `--delimiter`, when it is not to be found in the heading line.
    pub delimiter: Option<u8>,
    /// `--heading-line`, when something else stands above the headings.
    pub heading_line: Option<u64>,
    /// `--map`, `--set` and `--strict`; `derives_id` follows from `derive_id` below.
    pub mapping: Mapping,
    /// `--derive-id`: headings or columns of which `external_id` is made.
    pub derive_id: Vec<String>,
    /// `--join`: the heading or column whose text holds delimiters without quotes.
    pub join: Option<String>,
    /// `--split`: the heading or column whose cell holds several people, and the sign between them.
    pub split: Option<(String, char)>,
    /// `--leave-out`: headings or columns with the text by which a row is none.
    pub leave_out: Vec<(String, String)>,
    /// `--whole`: headings or columns whose numbers were written with decimals.
    pub whole: Vec<String>,
    /// `--text`: headings or columns whose cells are taken as they stand, also when they look like reckoned numbers.
    pub text: Vec<String>,
    /// `--blank`, `--decimal`, `--date-format` and the group's zone.
    pub rules: Rules,
    /// How much is read.
    pub limits: Limits,
}

/// One row of the file.
#[derive(Debug)]
pub enum Line {
    /// Its cells can be asked for.
    Good(Row),
    /// It cannot be taken whatever its cells say.
    Bad(Record, Problem),
}

/// The rows of a file, one after the other; an error means the file as a whole, and nothing follows it.
pub struct Reader {
    source: Source,
    context: Arc<Context>,
    deriver: Option<Deriver>,
    picked: Picked,
    rows: u64,
    cells: u64,
    limits: Limits,
    missing: [u64; MISSING.len()],
    ended: bool,
}

/// What programs write where they have nothing.
const MISSING: [&str; 6] = ["NULL", "NA", "null", "N/A", "#N/A", "n/a"];

impl Reader {
    /// Reads up to the headings and finds what they mean.
    pub fn open(input: Box<dyn Read>, shape: &Shape, options: Options) -> Result<Self> {
        let form = Form {
            encoding: options.encoding.as_deref(),
            delimiter: options.delimiter,
            headings_on: options.heading_line,
        };
        let mut source = Source::open(input, form, options.limits)?;
        let mapping = Mapping { derives_id: !options.derive_id.is_empty(), ..options.mapping };
        let headings = Headings::find(shape, source.headings(), &mapping).map_err(|error| {
            let (head, line, headings) = (source.head(), source.headings_on(), source.headings());
            let tried = Tried { head, line, headings, delimiter: options.delimiter };
            match likely_headings(&tried, shape, &mapping).filter(|_| source.is_csv()) {
                Some(line) => error.tip(format!("line {line} looks like the headings: --heading-line {line}")),
                None => error,
            }
        })?;
        let all = |names: &[String]| names.iter().map(|name| headings.place(name)).collect::<Result<Vec<_>>>();
        let (places, whole, text) = (all(&options.derive_id)?, all(&options.whole)?, all(&options.text)?);
        if let Some(name) = &options.join {
            source.join_at(headings.place(name)?);
        }
        let picked = Picked::new(&headings, options.split.as_ref(), &options.leave_out)?;
        let deriver = mapping.derives_id.then(|| Deriver::new(places));
        let context = Context { headings, rules: options.rules, is_csv: source.is_csv(), whole, text };
        Ok(Self {
            source,
            context: Arc::new(context),
            deriver,
            picked,
            rows: 0,
            cells: 0,
            limits: options.limits,
            missing: [0; MISSING.len()],
            ended: false,
        })
    }

    /// How the file was read, for the summary: `';', UTF-8 with BOM`.
    pub fn about(&self) -> String {
        match self.picked.left_out() {
            0 => self.source.about(),
            1 => format!("{}, 1 row left out", self.source.about()),
            count => format!("{}, {count} rows left out", self.source.about()),
        }
    }

    /// The headings and what they mean.
    pub fn headings(&self) -> &Headings {
        &self.context.headings
    }

    /// How many rows were read so far, good and bad.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// A file of rejected rows that can be imported with the same options.
    pub fn rejects(&self, path: PathBuf) -> Rejects {
        let repetitions = self.deriver.is_some() || self.source.knows_repetitions();
        Rejects::new(path, self.source.headings().to_vec(), self.source.delimiter(), repetitions)
    }

    /// Whether the file itself is one of rejected rows.
    pub fn is_of_rejects(&self) -> bool {
        self.source.is_of_rejects()
    }

    /// What to say after the last row: many cells that hold `NULL` or `NA` were probably meant to be blank.
    pub fn tips(&self) -> Vec<String> {
        let many = |count: u64| count >= 3 && count.saturating_mul(20) >= self.rows;
        let words = MISSING.iter().zip(self.missing).filter(|(_, count)| many(*count));
        words.map(|(word, count)| format!("{count} cells hold '{word}': --blank {word} reads them as blank")).collect()
    }

    fn read(&mut self) -> Result<Option<Line>> {
        let Some((mut record, problem)) = self.picked.next(&mut self.source)? else { return Ok(None) };
        self.rows += 1;
        self.cells += record.cells.len() as u64;
        if self.rows > self.limits.rows || self.cells > self.limits.cells {
            let Limits { rows, cells, .. } = self.limits;
            let why = format!("line {}: the file has more than {rows} rows or {cells} cells", record.line);
            return Err(Error::new(Kind::Data, why).tip("split it and import the parts one after the other"));
        }
        let derived = self.deriver.as_mut().map(|deriver| deriver.id(&mut record));
        if let Some(problem) = problem {
            let problem = match self.context.total_line(&record) {
                Some(tip) => problem.tip(tip),
                None => problem,
            };
            return Ok(Some(Line::Bad(record, problem)));
        }
        if derived == Some(None) {
            let problem = Problem::of_row(record.line, "every column of --derive-id is blank, so the row has no id");
            return Ok(Some(Line::Bad(record, problem)));
        }
        let row = Row::new(record, derived.flatten(), Arc::clone(&self.context));
        self.count_missing(&row);
        Ok(Some(Line::Good(row)))
    }

    fn count_missing(&mut self, row: &Row) {
        for (column, _) in
            self.context.headings.origins().iter().filter(|(_, origin)| matches!(origin, Origin::Cell(_)))
        {
            if let Cell::Value(text) = row.text(column)
                && let Some(at) = MISSING.iter().position(|word| *word == text)
            {
                self.missing[at] += 1;
            }
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let line = self.read().transpose();
        self.ended = !matches!(line, Some(Ok(_)));
        line
    }
}

#[cfg(test)]
mod tests;
