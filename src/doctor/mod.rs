//! The doctor: what can be wrong with an installation, looked for one thing after another, each with the next step.

mod copies;
mod disk;
mod people;
mod people_store;

use serde::Serialize;

pub use copies::{backups, earlier_states};
pub use disk::{configuration, data_directory, log, room};
pub use people::{clock, people};

use crate::db::Db;
use crate::documents::{self, Files};
use crate::error::Result;
use crate::outbox::MailHealth;
use crate::outbox::sender::Outcome;
use crate::text::vocabulary;

vocabulary! {
    /// What a check found.
    Finding, "finding" {
        Fine = "ok",
        /// Somebody should know.
        Warning = "warning",
        /// Something does not work, or will not for long.
        Wrong = "wrong",
    }
}

/// One check and what it found.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// What was looked at.
    pub check: &'static str,
    /// The group it is about, where it is about one.
    pub group: Option<String>,
    /// What was found.
    pub state: Finding,
    /// The same in words.
    pub found: String,
    /// The next step.
    pub tip: Option<String>,
}

impl Check {
    /// A check that found nothing.
    pub fn fine(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, group: None, state: Finding::Fine, found: found.into(), tip: None }
    }

    /// A check that found something, with the next step.
    pub fn found(check: &'static str, state: Finding, found: impl Into<String>, tip: impl Into<String>) -> Self {
        Self { check, group: None, state, found: found.into(), tip: Some(tip.into()) }
    }

    /// The same about one group.
    #[must_use]
    pub fn of(self, group: &str) -> Self {
        Self { group: Some(group.to_owned()), ..self }
    }
}

/// Whether the database file is sound.
pub fn database(db: &Db) -> Result<Check> {
    const CHECK: &str = "database";
    let found = db.check()?;
    Ok(match found.first() {
        None => Check::fine(CHECK, format!("sound, schema {}", crate::db::version())),
        Some(first) => Check::found(
            CHECK,
            Finding::Wrong,
            format!("damaged: {first} ({} findings)", found.len()),
            "stop the server, and restore a backup: frontdesk backup list, frontdesk backup restore NAME",
        ),
    })
}

/// Whether every connection is set as it should be.
pub fn settings(db: &Db) -> Result<Check> {
    const CHECK: &str = "settings";
    let odd: Vec<_> = db.settings()?.into_iter().map(|(name, value)| format!("{name} is {value}")).collect();
    Ok(match odd.is_empty() {
        true => Check::fine(CHECK, "a change is on the disk before it is acknowledged, and references are kept"),
        false => Check::found(
            CHECK,
            Finding::Wrong,
            format!("SQLite does not keep the settings: {}", odd.join(", ")),
            "put the data directory onto a disk of this machine, and not onto a network share",
        ),
    })
}

/// Whether the bytes of all documents are there.
pub fn bytes(db: &Db, files: &Files) -> Result<Check> {
    const CHECK: &str = "documents";
    let missing = documents::missing(db, files)?;
    Ok(match missing.first() {
        None => Check::fine(CHECK, "the bytes of every document are there"),
        Some(first) => Check::found(
            CHECK,
            Finding::Wrong,
            format!("the bytes of {} documents are missing, such as {first}", missing.len()),
            "copy them into files/ of the data directory from a backup: frontdesk backup list",
        ),
    })
}

/// How it goes with the mail of a group.
pub fn mail(health: &MailHealth) -> Vec<Check> {
    const CHECK: &str = "mail";
    if health.reasons().is_empty() {
        return vec![Check::fine(CHECK, format!("none is late, none died lately, {} in the queue", health.queued))];
    }
    let tell = |state, found, tip: &str| Check::found(CHECK, state, found, tip);
    let stop =
        health.stop_reason().map(|found| tell(Finding::Wrong, found, "once that is mended: frontdesk mail send"));
    let late = health.late_reason().map(|found| tell(Finding::Wrong, found, "frontdesk mail list --state queued"));
    let dead = health.dead_reason().map(|found| tell(Finding::Warning, found, "frontdesk mail list --state dead"));
    [stop, late, dead].into_iter().flatten().collect()
}

/// What came of trying the way out without a message.
pub fn way_out(outcome: &Outcome) -> Check {
    const CHECK: &str = "mail server";
    match outcome {
        Outcome::Sent { answer } => Check::fine(CHECK, format!("takes mail: {answer}")),
        Outcome::Later { why, .. } | Outcome::Never { why } | Outcome::Paused { why } => {
            Check::found(CHECK, Finding::Wrong, why, "look at [mail] in: frontdesk config show --origin")
        }
    }
}
