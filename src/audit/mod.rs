//! Who did what, when, from where, with before and after. Lines are written by `db`, with the change itself.

mod store;
mod verify;

use serde::Serialize;

pub use store::{export, find, list};
pub use verify::{Fault, Finding, Noted, Verdict, verify};

use crate::clock::Moment;

/// One line of the audit.
#[derive(Clone, Debug, Serialize)]
pub struct AuditLine {
    /// Its running number.
    pub id: i64,
    /// When.
    pub at: Moment,
    /// `owner`, `staff`, `user` or `machine`.
    pub actor_sort: String,
    /// Who.
    pub actor: String,
    /// The operating-system user, where the kernel told it.
    pub uid: Option<i64>,
    /// `direct`, `socket`, `portal`, `mail` or `worker`.
    pub via: String,
    /// The client's network address.
    pub client: Option<String>,
    /// What: `customer.added`.
    pub action: String,
    /// On what kind of thing.
    pub noun: String,
    /// On which one, as people call it.
    pub subject: String,
    /// How it was.
    pub before: Option<serde_json::Value>,
    /// How it is now.
    pub after: Option<serde_json::Value>,
}

/// A line with what it is chained by.
#[derive(Clone, Debug, Serialize)]
pub struct Sealed {
    /// What it says.
    #[serde(flatten)]
    pub line: AuditLine,
    /// The mark over what it says; a line from before the chain has none.
    pub seal: Option<String>,
    /// The mark that hangs it on the line before.
    pub hash: Option<String>,
}

/// Which lines to list.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Only what was done by this one.
    pub who: Option<String>,
    /// Only from this moment on.
    pub since: Option<Moment>,
    /// Only before this moment.
    pub until: Option<Moment>,
    /// Only lines about this kind of thing.
    pub noun: Option<String>,
    /// Only what came this way.
    pub via: Option<String>,
    /// Only lines about this subject.
    pub subject: Option<String>,
    /// Only this action.
    pub action: Option<String>,
    /// At most so many, the newest.
    pub limit: i64,
}
