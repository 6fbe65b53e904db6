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
        assert!(mentions(sql, "reach_"), "a Scoped statement reads through a reach_* view");
        assert!(mentions(sql, ":actor"), "a Scoped statement filters on :actor");
        Self { need, sql }
    }
}

impl<P> Below<P> {
    /// A statement about the children of a `P`, with what it asks of the actor.
    pub const fn new(need: Need, sql: &'static str) -> Self {
        assert!(mentions(sql, ":parent"), "a Below statement filters on :parent");
        Self { need, sql, parent: PhantomData }
    }
}

impl Open {
    /// A statement in nobody's name, with the reason.
    pub const fn new(why: &'static str, sql: &'static str) -> Self {
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

/// Whether a statement mentions a word; runs while compiling.
const fn mentions(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let mut at = 0;
    while at + word.len() <= text.len() {
        let mut matched = 0;
        while matched < word.len() && text[at + matched] == word[matched] {
            matched += 1;
        }
        if matched == word.len() {
            return true;
        }
        at += 1;
    }
    false
}
