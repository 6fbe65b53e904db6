//! Rows that were not taken go to a file of their own, which imports as it is after repair.

use std::ffi::OsString;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::disk::{Disk, Whole};
use crate::error::{Error, Kind, Result};
use crate::imports::problem::Problem;
use crate::imports::source::{ADDED, REPETITION, Record};

/// Writes the file of rejected rows: the input's own columns in their order, then line, column, code and reason.
///
/// It comes into being whole, when it is [finished](Rejects::finish), and only if a row was rejected. Cells stay as
/// they were, so that a repaired file is the input again. It is UTF-8 with a byte order mark, which the reader puts
/// above `--encoding`.
pub struct Rejects {
    path: PathBuf,
    headings: Vec<String>,
    delimiter: u8,
    repetitions: bool,
    file: Option<csv::Writer<BufWriter<Box<dyn Whole>>>>,
    rows: u64,
}

impl Rejects {
    pub(super) fn new(path: PathBuf, headings: Vec<String>, delimiter: u8, repetitions: bool) -> Self {
        Self { path, headings, delimiter, repetitions, file: None, rows: 0 }
    }

    /// Adds a row; the file is begun on this disk with the first one.
    pub fn add(&mut self, disk: &dyn Disk, record: &Record, problem: &Problem) -> Result<()> {
        let repetition = self.repetitions.then(|| record.repetition.map(|n| n.to_string()).unwrap_or_default());
        let added = [
            problem.line.to_string(),
            problem.column.clone().unwrap_or_default(),
            problem.code.to_owned(),
            problem.reason.clone(),
        ];
        let cells = record.cells.iter().cloned().chain(repetition).chain(added);
        if self.file.is_none() {
            self.file = Some(self.begin(disk).map_err(|cause| unwritable(&self.path, cause))?);
        }
        if let Some(file) = &mut self.file {
            file.write_record(cells).map_err(|cause| unwritable(&self.path, cause))?;
        }
        self.rows += 1;
        Ok(())
    }

    /// How many rows were added.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Puts the file in its place and says where; nothing when no row was rejected.
    pub fn finish(mut self) -> Result<Option<PathBuf>> {
        let Some(file) = self.file.take() else { return Ok(None) };
        let buffer = file.into_inner().map_err(|cause| unwritable(&self.path, cause.into_error()))?;
        let file = buffer.into_inner().map_err(|cause| unwritable(&self.path, cause.into_error()))?;
        file.keep().map_err(|cause| unwritable(&self.path, cause))?;
        Ok(Some(self.path))
    }

    fn begin(&self, disk: &dyn Disk) -> Result<csv::Writer<BufWriter<Box<dyn Whole>>>, csv::Error> {
        let mut buffer = BufWriter::new(disk.begin(&self.path, true)?);
        buffer.write_all("\u{feff}".as_bytes())?;
        let mut file = csv::WriterBuilder::new()
            .delimiter(self.delimiter)
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(buffer);
        let repetition = self.repetitions.then_some(REPETITION);
        file.write_record(self.headings.iter().map(String::as_str).chain(repetition).chain(ADDED))?;
        Ok(file)
    }
}

/// Where the rejected rows of a file go: beside it, with `.rejects.csv` after its name.
pub fn path_for(input: &Path) -> PathBuf {
    let mut name = input.file_name().map_or_else(|| OsString::from("import"), OsString::from);
    name.push(".rejects.csv");
    input.with_file_name(name)
}

fn unwritable(path: &Path, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(Kind::CannotWrite, format!("the rejected rows cannot be written to '{}': {cause}", path.display()))
        .because(cause)
        .tip("--rejects FILE names another place")
}
