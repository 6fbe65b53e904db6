//! The fingerprint of a plan: the same if and only if the same would be done.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::db::Tx;
use crate::error::{Error, Kind, Result};
use crate::imports::cells::Cell;
use crate::imports::columns::Shape;
use crate::imports::problem::Problem;
use crate::imports::row::Row;
use crate::imports::runs::Span;
use crate::imports::source::Record;
use crate::imports::taken::Taken;
use crate::imports::trail_store;
use crate::text::shown;

/// Half of a SHA-256, which nobody has by chance.
const BYTES: usize = 16;

/// What a plan is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint(String);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let word = text.trim().to_ascii_lowercase();
        match word.len() == BYTES * 2 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            true => Ok(Self(word)),
            false => Err(Error::new(Kind::Usage, format!("'{}' is not the fingerprint of a plan", shown(text)))
                .tip("--dry-run prints it, 32 digits long")),
        }
    }
}

/// Takes in, one after the other, what would be done.
///
/// What a row says goes in as it was read, because the audit does not hold all of it (where a new object stands); what it
/// does goes in as the audit has it, because the same words may do something else to a database that has changed. Neither
/// times nor the ids of new things are part of it: they differ from run to run though the same is done.
pub(super) struct Press(Sha256);

impl Press {
    /// Begins with what is imported, and how its cells are to be read.
    pub(super) fn new(noun: &str, reading: &str) -> Self {
        let mut press = Self(Sha256::new());
        press.put(&["frontdesk plan 1", noun, reading]);
        press
    }

    fn put(&mut self, parts: &[&str]) {
        self.0.update((parts.len() as u64).to_le_bytes());
        for part in parts {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part.as_bytes());
        }
    }

    /// A batch of rows that makes or changes something.
    pub(super) fn taken(&mut self, shape: &Shape, rows: &[&Row], taken: &Taken) {
        self.put(&["taken", taken.deed.word(), &taken.about]);
        for difference in &taken.differences {
            self.put(&[&difference.field, &difference.old.to_string(), &difference.new.to_string()]);
        }
        for row in rows {
            for column in shape.names().filter(|column| row.has(column)) {
                match row.text(column) {
                    Cell::Value(text) => self.put(&[column, text]),
                    Cell::Clear => self.put(&[column]),
                    Cell::Absent | Cell::Blank => {}
                }
            }
        }
    }

    /// A row that cannot be taken.
    pub(super) fn rejected(&mut self, record: &Record, problem: &Problem) {
        self.put(&["rejected", problem.code, problem.column.as_deref().unwrap_or_default(), &problem.reason]);
        let cells: Vec<&str> = record.cells.iter().map(String::as_str).collect();
        self.put(&cells);
    }

    /// A thing that no row names, and whether it is closed for that.
    pub(super) fn missing(&mut self, about: &str, id: i64, closed: bool) {
        self.put(&["missing", about, &id.to_string(), if closed { "closed" } else { "reported" }]);
    }

    /// Everything that was written, and the end of it.
    pub(super) fn finish(mut self, tx: &Tx, span: Span) -> Result<Fingerprint> {
        let mut made = HashMap::new();
        trail_store::steps(tx, span, |step| {
            if step.action.ends_with(".added") || step.action.ends_with(".created") {
                made.insert((step.noun.clone(), step.subject_id), made.len());
            }
            let which = match made.get(&(step.noun.clone(), step.subject_id)) {
                Some(place) => format!("new {place}"),
                None => step.subject_id.to_string(),
            };
            self.put(&["done", &step.action, &which, &step.subject]);
            // A reading tells when it was entered; what it says is in its row.
            if step.noun != "reading" {
                self.put(&[&step.before.to_string(), &step.after.to_string()]);
            }
            Ok(())
        })?;
        let digest = self.0.finalize();
        Ok(Fingerprint(HEXLOWER.encode(&digest[..BYTES])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_was_printed() {
        let word = "0123456789abcdef0123456789ABCDEF";
        let read: Fingerprint = format!(" {word}\n").parse().expect("a fingerprint");
        assert_eq!(read.to_string(), word.to_lowercase());
        for wrong in ["", "0123", "run 4", &word.replace('0', "x")] {
            assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn no_two_plans_look_alike() {
        let of = |parts: &[&[&str]]| {
            let mut press = Press::new("customer", "");
            parts.iter().for_each(|part| press.put(part));
            HEXLOWER.encode(&press.0.finalize())
        };
        let all = [of(&[]), of(&[&[]]), of(&[&["ab", "c"]]), of(&[&["a", "bc"]]), of(&[&["a"], &["bc"]])];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}
