//! What is done to many things at once: those that a filter finds are counted, asked about, and done in one transaction.

use std::collections::BTreeSet;

use super::desk::Desk;
use super::flags::Changing;
use crate::db::{Tx, WriteTx};
use crate::error::Result;

/// Does something to each thing that is found, and says how many were found and what became of each.
///
/// Nothing that came since the question was asked is touched, and nothing that does not fit any longer.
pub(super) fn to_each<K: Ord, T, R>(
    desk: &Desk,
    changing: Changing,
    find: impl Fn(&Tx) -> Result<Vec<(K, T)>>,
    question: impl FnOnce(usize) -> String,
    act: impl Fn(&WriteTx, &T, usize) -> Result<R>,
) -> Result<(usize, Vec<R>)> {
    let seen: BTreeSet<K> = desk.read(&find)?.into_iter().map(|(key, _)| key).collect();
    if !changing.dry_run && !seen.is_empty() {
        desk.confirm(&question(seen.len()))?;
    }
    let done = desk.write(changing, |tx| {
        let still = find(tx)?.into_iter().filter(|(key, _)| seen.contains(key));
        still.enumerate().map(|(place, (_, thing))| act(tx, &thing, place)).collect()
    })?;
    Ok((seen.len(), done))
}

/// `, 3 were so before`, where not all of them are different now.
pub(super) fn so_before(matched: usize, changed: usize) -> String {
    match matched - changed.min(matched) {
        0 => String::new(),
        1 => ", 1 was so before".to_owned(),
        rest => format!(", {rest} were so before"),
    }
}
