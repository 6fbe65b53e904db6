//! Rows of one file that mean the same thing: the second names the line of the first.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::imports::problem::Problem;
use crate::imports::row::Row;
use crate::text::shown;

/// The keys that were seen, each with its first line.
#[derive(Debug, Default)]
pub struct Seen(HashMap<[u8; 16], u64>);

impl Seen {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a key of a line; the line of the same key before it, if there was one.
    ///
    /// The parts are compared as given, so the caller brings them to one form first.
    pub fn earlier(&mut self, key: &[&str], line: u64) -> Option<u64> {
        let mut hash = Sha256::new();
        for part in key {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize()[..16]);
        let first = *self.0.entry(short).or_insert(line);
        (first != line).then_some(first)
    }

    /// Refuses a row whose key stood on an earlier line; `column` is the one that is named, and the last part is shown.
    pub fn check(&mut self, row: &Row, column: &str, key: &[&str]) -> Result<(), Problem> {
        match self.earlier(key, row.line()) {
            None => Ok(()),
            Some(first) => {
                let value = shown(key.last().copied().unwrap_or_default());
                let problem = row.problem(column, format!("'{value}' is the same as on line {first}"));
                Err(Problem { code: crate::error::Kind::Conflict.code(), ..problem })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_names_the_first() {
        let mut seen = Seen::new();
        assert_eq!(seen.earlier(&["1042", "a"], 2), None);
        assert_eq!(seen.earlier(&["1042a", ""], 3), None);
        assert_eq!(seen.earlier(&["1042", "a"], 9), Some(2));
        assert_eq!(seen.earlier(&["1042", "a"], 12), Some(2));
    }
}
