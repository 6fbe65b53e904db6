//! What a cell says about the value that is kept: nothing, leave it, empty it, or make it this.

use jiff::tz::TimeZone;

use crate::imports::dates::DateFormat;
use crate::text::cell::{CLEAR, unmarked};
use crate::text::decimal::DecimalMark;

/// What one cell says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cell<T> {
    /// The file has no such column.
    Absent,
    /// The cell is blank: the value that is kept stays.
    Blank,
    /// The cell says `!clear`: the value becomes empty.
    Clear,
    /// The value becomes this.
    Value(T),
}

impl<T> Cell<T> {
    /// The value, where the cell has one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the cell changes anything.
    pub fn speaks(&self) -> bool {
        matches!(self, Self::Clear | Self::Value(_))
    }

    /// What is kept after this cell when `kept` was kept before.
    pub fn over(self, kept: Option<T>) -> Option<T> {
        match self {
            Self::Absent | Self::Blank => kept,
            Self::Clear => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The same cell with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Cell<U> {
        match self {
            Self::Absent => Cell::Absent,
            Self::Blank => Cell::Blank,
            Self::Clear => Cell::Clear,
            Self::Value(value) => Cell::Value(change(value)),
        }
    }

    /// The same cell with another value, or why it cannot be one.
    pub fn try_map<U, E>(self, change: impl FnOnce(T) -> Result<U, E>) -> Result<Cell<U>, E> {
        Ok(match self {
            Self::Absent => Cell::Absent,
            Self::Blank => Cell::Blank,
            Self::Clear => Cell::Clear,
            Self::Value(value) => Cell::Value(change(value)?),
        })
    }
}

/// How the cells of a file are read.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Whole cells that mean blank, such as `NULL`.
    pub blanks: Vec<String>,
    /// The decimal mark, where numbers can be read in two ways.
    pub decimal: Option<DecimalMark>,
    /// How days are written, when not as `2026-11-22`.
    pub date_format: Option<DateFormat>,
    /// The zone of times that name none.
    pub zone: TimeZone,
}

impl Default for Rules {
    fn default() -> Self {
        Self { blanks: Vec::new(), decimal: None, date_format: None, zone: TimeZone::UTC }
    }
}

impl Rules {
    /// Reads the text of a cell; in CSV an apostrophe before what looks like a formula, and before the few other texts
    /// that would mean something else, is not part of it.
    pub fn read<'a>(&self, text: &'a str, is_csv: bool) -> Cell<&'a str> {
        let (text, is_text) = if is_csv { unmarked(text) } else { (text, false) };
        match text.trim() {
            "" => Cell::Blank,
            text if is_text => Cell::Value(text),
            CLEAR => Cell::Clear,
            text if self.blanks.iter().any(|blank| blank == text) => Cell::Blank,
            text => Cell::Value(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_clear_and_values() {
        let rules = Rules { blanks: vec!["NULL".into()], ..Rules::default() };
        assert_eq!(rules.read(" \u{a0}", true), Cell::Blank);
        assert_eq!(rules.read("NULL", true), Cell::Blank);
        assert_eq!(rules.read("NULLA", true), Cell::Value("NULLA"));
        assert_eq!(Rules::default().read("NULL", true), Cell::Value("NULL"));
        assert_eq!(rules.read(" !clear ", true), Cell::Clear);
        assert_eq!(rules.read("'+46 8 123", true), Cell::Value("+46 8 123"));
        assert_eq!(rules.read("'+46 8 123", false), Cell::Value("'+46 8 123"));
        assert_eq!(rules.read("'t Hoekje", true), Cell::Value("'t Hoekje"));
        assert_eq!(rules.read("'!clear", true), Cell::Value("!clear"));
        assert_eq!(rules.read("''=1", true), Cell::Value("'=1"));
    }

    #[test]
    fn a_cell_decides_what_is_kept() {
        assert_eq!(Cell::Blank.over(Some(1)), Some(1));
        assert_eq!(Cell::Absent.over(Some(1)), Some(1));
        assert_eq!(Cell::Clear.over(Some(1)), None);
        assert_eq!(Cell::Value(2).over(Some(1)), Some(2));
        assert!(Cell::Value(2).speaks() && !Cell::<u8>::Blank.speaks());
    }
}
