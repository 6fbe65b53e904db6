//! Where the headings of a file probably stand, when its first line has none.

use crate::imports::columns::Shape;
use crate::imports::headings::{Headings, Mapping};
use crate::imports::records::delimiter_of;

/// So far down somebody looks who opens the file.
const LINES: usize = 30;

/// What was read of a file already.
pub(super) struct Tried<'a> {
    /// The beginning of the file.
    pub(super) head: &'a [u8],
    /// What stands between the cells, if that was told.
    pub(super) delimiter: Option<u8>,
    /// The line that was taken for the headings.
    pub(super) line: u64,
    /// What it says.
    pub(super) headings: &'a [String],
}

/// The line of the file that looks most like headings, among those after the one that was tried.
pub(super) fn likely_headings(tried: &Tried, shape: &Shape, mapping: &Mapping) -> Option<u64> {
    let text = String::from_utf8_lossy(tried.head);
    // Each kind of line break ends one line; the last piece may be cut off and is none.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut best = (Headings::known(shape, tried.headings, mapping).max(1), None);
    for (number, line) in (1_u64..).zip(text.split('\n').take(LINES)).filter(|(number, _)| *number > tried.line) {
        let Some(delimiter) = tried.delimiter.or_else(|| delimiter_of(line.as_bytes()).ok()) else { continue };
        let cells: Vec<String> =
            line.split(char::from(delimiter)).map(|cell| cell.trim().trim_matches('"').trim().to_owned()).collect();
        if Headings::find(shape, &cells, mapping).is_ok() {
            return Some(number);
        }
        let known = Headings::known(shape, &cells, mapping);
        if known > best.0 {
            best = (known, Some(number));
        }
    }
    best.1
}
