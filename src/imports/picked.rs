//! The records of a file that are rows: without those that are to be left out, and one for each person of a cell.

use std::collections::VecDeque;

use crate::error::Result;
use crate::imports::headings::Headings;
use crate::imports::problem::Problem;
use crate::imports::recipes::parts;
use crate::imports::source::{Record, Source};
use crate::text::fold;

/// Which records are rows.
pub(super) struct Picked {
    split: Option<(usize, char)>,
    unwanted: Vec<(usize, Pattern)>,
    waiting: VecDeque<Record>,
    left_out: u64,
}

/// By what a record is told to be no row: its cell is this, or begins with it.
struct Pattern {
    text: String,
    begins: bool,
}

impl Picked {
    /// Finds the columns that are meant.
    pub(super) fn new(
        headings: &Headings,
        split: Option<&(String, char)>,
        unwanted: &[(String, String)],
    ) -> Result<Self> {
        let split = split.map(|(name, sign)| headings.place(name).map(|at| (at, *sign))).transpose()?;
        let unwanted = unwanted.iter().map(|(name, text)| Ok((headings.place(name)?, Pattern::new(text))));
        Ok(Self { split, unwanted: unwanted.collect::<Result<_>>()?, waiting: VecDeque::new(), left_out: 0 })
    }

    /// How many records were no rows.
    pub(super) fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The next row, and what is wrong with its shape.
    pub(super) fn next(&mut self, source: &mut Source) -> Result<Option<(Record, Option<Problem>)>> {
        loop {
            if let Some(record) = self.waiting.pop_front() {
                return Ok(Some((record, None)));
            }
            let Some((record, problem)) = source.next_record()? else { return Ok(None) };
            let cell = |at: usize| record.cells.get(at).map_or("", String::as_str);
            if self.unwanted.iter().any(|(at, pattern)| pattern.is(cell(*at))) {
                self.left_out += 1;
                continue;
            }
            let Some((at, sign)) = self.split.filter(|_| problem.is_none()) else {
                return Ok(Some((record, problem)));
            };
            let people = parts(cell(at), sign);
            if people.is_empty() {
                self.left_out += 1;
            }
            self.waiting.extend(people.into_iter().map(|person| {
                let mut one = record.clone();
                one.cells[at] = person.to_owned();
                one
            }));
        }
    }
}

impl Pattern {
    fn new(text: &str) -> Self {
        let (text, begins) = text.strip_suffix('*').map_or((text, false), |text| (text, true));
        Self { text: fold(text.trim()), begins }
    }

    fn is(&self, cell: &str) -> bool {
        let cell = fold(cell.trim());
        if self.begins { cell.starts_with(&self.text) } else { cell == self.text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_the_cell_or_its_beginning() {
        let is = |pattern: &str, cell: &str| Pattern::new(pattern).is(cell);
        assert!(is("Summa", " SUMMA ") && is("Summa*", "Summa: 12") && is("", "  ") && is("*", "anything"));
        assert!(!is("Summa", "Summa: 12") && !is("Summa*", "Resumma") && !is("", "x"));
    }
}
