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
    file: Option<BufWriter<Box<dyn Whole>>>,
    lines: Vec<String>,
}

impl Rejects {
    pub(super) fn new(path: PathBuf, headings: Vec<String>, delimiter: u8, repetitions: bool) -> Self {
        Self { path, headings, delimiter, repetitions, file: None, lines: Vec::new() }
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
        if self.file.is_none() {
            let file = disk.begin(&self.path, true).map_err(|cause| unwritable(&self.path, cause))?;
            self.file = Some(BufWriter::new(file));
            let headings: Vec<&str> = self.headings.iter().map(String::as_str).collect();
            let added = self.repetitions.then_some(REPETITION).into_iter().chain(ADDED);
            let line = format!("\u{feff}{}", self.line(headings.into_iter().chain(added))?);
            self.put(line)?;
        }
        let line = self.line(record.cells.iter().cloned().chain(repetition).chain(added))?;
        self.put(line)
    }

    /// The lines so far, the headings first; none when no row was rejected.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// How many rows were added.
    pub fn rows(&self) -> u64 {
        self.lines.len().saturating_sub(1) as u64
    }

    fn line(&self, cells: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Result<String> {
        let terminator = csv::Terminator::CRLF;
        let mut line =
            csv::WriterBuilder::new().delimiter(self.delimiter).terminator(terminator).from_writer(Vec::new());
        line.write_record(cells).map_err(Error::internal)?;
        let bytes = line.into_inner().map_err(|cause| Error::internal(cause.into_error()))?;
        String::from_utf8(bytes).map_err(Error::internal)
    }

    fn put(&mut self, line: String) -> Result<()> {
        if let Some(file) = &mut self.file {
            file.write_all(line.as_bytes()).map_err(|cause| unwritable(&self.path, cause))?;
        }
        self.lines.push(line);
        Ok(())
    }

    /// Puts the file in its place and says where; nothing when no row was rejected.
    pub fn finish(mut self) -> Result<Option<PathBuf>> {
        let Some(file) = self.file.take() else { return Ok(None) };
        let file = file.into_inner().map_err(|cause| unwritable(&self.path, cause.into_error()))?;
        file.keep().map_err(|cause| unwritable(&self.path, cause))?;
        Ok(Some(self.path))
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
