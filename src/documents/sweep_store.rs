//! What the sweep asks of the rows: which hashes they name, in any group.

use crate::db::named;
use crate::db::{Open, Tx};
use crate::error::Result;

/// Hashes that are read at once.
const BATCH: i64 = 1_000;

const IS_NAMED: Open = Open::new(
    "the bytes of all groups lie in one store: nobody's document may lose them",
    "
    SELECT 1
      FROM documents
     WHERE hash = :hash
     LIMIT 1",
);

const NAMED: Open = Open::new(
    "the bytes of all groups lie in one store: those that are missing are found together",
    "
    SELECT DISTINCT hash
      FROM documents
     WHERE hash > :after
     ORDER BY hash
     LIMIT :limit",
);

/// Whether any document has these bytes.
pub(super) fn is_named(tx: &Tx, hash: &str) -> Result<bool> {
    Ok(!tx.open(&IS_NAMED, named! { ":hash": hash }, |_| Ok(()))?.is_empty())
}

/// The next hashes that documents name, in order.
pub(super) fn named_after(tx: &Tx, hash: &str) -> Result<Vec<String>> {
    tx.open(&NAMED, named! { ":after": hash, ":limit": BATCH }, |row| row.get(0))
}
