//! Files for spreadsheets: tables as RFC 4180 has them.

use csv::{Terminator, Writer, WriterBuilder};

use super::exchange::{Reply, attachment};
use crate::error::{Error, Result};
use crate::text::cell::harmless;

/// Spreadsheets take a file for UTF-8 if it begins so.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A file as it is written, a row after the other. Its headings are those of the company's own files; scripts rely on
/// them, so they are in no language.
pub struct Spreadsheet {
    writer: Writer<Vec<u8>>,
    size: usize,
}

impl Spreadsheet {
    /// A file with its headings.
    pub fn new(headings: &[&str]) -> Result<Self> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(MARK.to_vec());
        writer.write_record(headings).map_err(Error::internal)?;
        Ok(Self { writer, size: 0 })
    }

    /// About how many bytes its rows have.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Writes a row. No cell is a formula, whoever typed it.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) -> Result<()> {
        let cells = cells.map(harmless);
        self.size += cells.iter().map(|cell| cell.len() + 3).sum::<usize>();
        self.writer.write_record(cells).map_err(Error::internal)
    }

    /// The file as an answer, to be saved by this name.
    pub fn reply(self, name: &str) -> Result<Reply> {
        let body = self.writer.into_inner().map_err(|error| Error::internal(error.into_error()))?;
        Reply::new(200, "text/csv; charset=utf-8", body).with("Content-Disposition", &attachment(name))
    }
}
