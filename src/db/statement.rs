//! Statements that say what they are anchored on. Each is checked while the program is compiled.

use std::marker::PhantomData;

use crate::access::Need;

/// Reads what its actor reaches, if permitted: `:actor` is compared through a `reach_*` view.
pub struct Scoped {
    pub(super) need: Need,
    pub(super) sql: &'static str,
}

/// Reads the children of a `P` that was reached already, if permitted: `:parent` is the id of the `P`.
pub struct Below<P> {
    pub(super) need: Need,
    pub(super) sql: &'static str,
    parent: PhantomData<fn(&P)>,
}

/// Reads in nobody's name, and says why it may. `tests/golden/open_statements.txt` lists them all.
pub struct Open {
    pub(super) sql: &'static str,
}

/// Changes rows of the transaction's own group: `:group` is bound to it and cannot be given.
pub struct Change {
    pub(super) sql: &'static str,
}

impl Scoped {
    /// A root statement with what it asks of the actor.
    pub const fn new(need: Need, sql: &'static str) -> Self {
        assert!(reads(sql), "a Scoped statement reads");
        assert!(mentions(sql, "reach_"), "a Scoped statement reads through a reach_* view");
        assert!(mentions(sql, ":actor"), "a Scoped statement filters on :actor");
        Self { need, sql }
    }
}

impl<P> Below<P> {
    /// A statement about the children of a `P`, with what it asks of the actor.
    pub const fn new(need: Need, sql: &'static str) -> Self {
        assert!(reads(sql), "a Below statement reads");
        assert!(mentions(sql, ":parent"), "a Below statement filters on :parent");
        Self { need, sql, parent: PhantomData }
    }
}

impl Open {
    /// A statement in nobody's name, with the reason.
    pub const fn new(why: &'static str, sql: &'static str) -> Self {
        assert!(reads(sql), "an Open statement reads; what changes rows is a Change");
        assert!(!why.is_empty(), "an Open statement says why it is open");
        Self { sql }
    }
}

impl Change {
    /// A statement that inserts, updates or deletes rows of the transaction's group.
    pub const fn new(sql: &'static str) -> Self {
        assert!(mentions(sql, ":group"), "a Change stays inside :group");
        Self { sql }
    }

    /// A statement that changes rows of no group or of several, with the reason. Listed with the open ones.
    pub const fn open(why: &'static str, sql: &'static str) -> Self {
        assert!(!why.is_empty(), "an open Change says why it is open");
        Self { sql }
    }
}

/// Whether a statement begins as a reading one; `db::tx` asks SQLite again when it runs.
const fn reads(sql: &str) -> bool {
    let text = sql.as_bytes();
    let mut at = 0;
    while at < text.len() && text[at].is_ascii_whitespace() {
        at += 1;
    }
    stands(text, at, b"SELECT") || stands(text, at, b"WITH") || stands(text, at, b"EXPLAIN")
}

/// Whether a statement mentions a parameter or a kind of view; runs while compiling. What stands in a comment or a
/// literal does not count, and `:actor_id` is not `:actor`.
const fn mentions(sql: &str, word: &str) -> bool {
    let (text, word) = (sql.as_bytes(), word.as_bytes());
    let mut at = 0;
    while at < text.len() {
        if stands(text, at, b"--") {
            at = past(text, at + 2, b"\n");
        } else if stands(text, at, b"/*") {
            at = past(text, at + 2, b"*/");
        } else if text[at] == b'\'' {
            at = past(text, at + 1, b"'");
        } else if stands(text, at, word) && (at == 0 || !in_name(text[at - 1])) {
            let end = at + word.len();
            if word[0] != b':' || end == text.len() || !in_name(text[end]) {
                return true;
            }
            at = end;
        } else {
            at += 1;
        }
    }
    false
}

const fn stands(text: &[u8], at: usize, word: &[u8]) -> bool {
    let mut matched = 0;
    while matched < word.len() && at + matched < text.len() && text[at + matched] == word[matched] {
        matched += 1;
    }
    matched == word.len()
}

/// The place behind the next `word`, or the end.
const fn past(text: &[u8], from: usize, word: &[u8]) -> usize {
    let mut at = from;
    while at < text.len() {
        if stands(text, at, word) {
            return at + word.len();
        }
        at += 1;
    }
    text.len()
}

const fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_only_where_sqlite_reads_it() {
        for sql in ["x = :actor", ":actor", "(:actor)", "'it''s' || :actor", "-- why\n:actor", "/* why */ :actor"] {
            assert!(mentions(sql, ":actor"), "{sql}");
        }
        for sql in ["", "x = :actor_id", ":actors", "-- :actor", "/* :actor */", "':actor'", "'it''s :actor'"] {
            assert!(!mentions(sql, ":actor"), "{sql}");
        }
        assert!(mentions("FROM reach_places r", "reach_"));
        assert!(!mentions("FROM breach_places r", "reach_"));
    }

    #[test]
    fn reading_begins_with_select_or_with() {
        assert!(reads("\n  SELECT 1") && reads("WITH x AS (SELECT 1) SELECT * FROM x"));
        assert!(!reads("DELETE FROM groups") && !reads("PRAGMA user_version = 9") && !reads(""));
    }
}
