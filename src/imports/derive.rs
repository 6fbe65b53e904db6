//! An external id for rows that have none, made from the cells that tell them apart.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::imports::source::Record;

/// Makes ids from some columns, and counts rows whose cells are the same.
#[derive(Debug)]
pub struct Deriver {
    places: Vec<usize>,
    seen: HashMap<[u8; 16], u64>,
}

impl Deriver {
    /// A maker of ids from the cells at these places.
    pub fn new(places: Vec<usize>) -> Self {
        Self { places, seen: HashMap::new() }
    }

    /// The id of the next row of the file: 24 hexadecimal digits, or nothing when all the cells are blank.
    ///
    /// The record learns which repetition it is. One that knows already, because it comes from a file of rejected
    /// rows, keeps its number: alone in that file it would otherwise take the id of the first.
    pub fn id(&mut self, record: &mut Record) -> Option<String> {
        let cells = || self.places.iter().map(|at| record.cells.get(*at).map_or("", String::as_str));
        if cells().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let mut hash = Sha256::new();
        for cell in cells() {
            hash.update((cell.len() as u64).to_le_bytes());
            hash.update(cell.as_bytes());
        }
        let combination = hash.clone().finalize();
        let mut key = [0; 16];
        key.copy_from_slice(&combination[..16]);
        let repetition = record.repetition.unwrap_or_else(|| {
            let count = self.seen.entry(key).or_default();
            *count += 1;
            *count
        });
        record.repetition = Some(repetition);
        hash.update(repetition.to_le_bytes());
        Some(HEXLOWER.encode(&hash.finalize()[..12]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(cells: &[&str]) -> Record {
        Record { line: 2, cells: cells.iter().map(|cell| (*cell).to_owned()).collect(), repetition: None }
    }

    fn ids(rows: &[&[&str]]) -> Vec<Option<String>> {
        let mut deriver = Deriver::new(vec![0, 2]);
        rows.iter().map(|cells| deriver.id(&mut record(cells))).collect()
    }

    #[test]
    fn repetitions_differ_and_every_run_makes_the_same_ids() {
        let rows: [&[&str]; 5] =
            [&["a", "1", "b"], &["a", "2", "b"], &["ab", "3", ""], &["", "", " "], &["a", "4", "b"]];
        let first = ids(&rows);
        assert_eq!(first, ids(&rows));
        assert_eq!(first[3], None);
        let mut distinct: Vec<_> = first.iter().flatten().collect();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), 4);
        assert!(distinct.iter().all(|id| id.len() == 24));
    }

    #[test]
    fn the_ids_stay_what_they_are() {
        assert_eq!(ids(&[&["2004-07-01", "A", "BUCKET WON'T OPEN"]]), [Some("47f5f3dbbba35e2d54aadf5c".into())]);
    }

    #[test]
    fn a_row_that_knows_its_number_keeps_it() {
        let mut deriver = Deriver::new(vec![0]);
        let (mut one, mut two) = (record(&["a"]), record(&["a"]));
        deriver.id(&mut one);
        let id = deriver.id(&mut two);
        assert_eq!((one.repetition, two.repetition), (Some(1), Some(2)));
        assert_eq!(Deriver::new(vec![0]).id(&mut two), id);
    }
}
