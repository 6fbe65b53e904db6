//! What a backup asks of its own copy of the database.

use crate::db::{Copy, Open};
use crate::error::Result;

const HASHES: Open = Open::new(
    "a backup holds the bytes of all groups",
    "
    SELECT DISTINCT hash
      FROM documents
     ORDER BY hash",
);

const KEPT: Open = Open::new(
    "a backup holds the messages of all groups",
    "
    SELECT DISTINCT kept
      FROM received
     WHERE kept IS NOT NULL
     ORDER BY kept",
);

const GROUPS: Open = Open::new("a backup holds all groups", "SELECT count(*) FROM groups");

const END: Open = Open::new(
    "the chain of the audit spans the groups",
    "
    SELECT hash || '@' || last
      FROM audit_head
     WHERE id = 1",
);

/// The hashes that documents name.
pub(super) fn hashes(copy: &Copy) -> Result<Vec<String>> {
    copy.rows(&HASHES, |row| row.get(0))
}

/// The names of messages that were not taken and are kept.
pub(super) fn kept(copy: &Copy) -> Result<Vec<String>> {
    copy.rows(&KEPT, |row| row.get(0))
}

/// How many groups there are.
pub(super) fn groups(copy: &Copy) -> Result<u64> {
    let count: Vec<i64> = copy.rows(&GROUPS, |row| row.get(0))?;
    Ok(count.first().and_then(|count| u64::try_from(*count).ok()).unwrap_or_default())
}

/// The end of the audit's chain.
pub(super) fn audit_end(copy: &Copy) -> Result<Option<String>> {
    Ok(copy.rows(&END, |row| row.get(0))?.pop())
}
