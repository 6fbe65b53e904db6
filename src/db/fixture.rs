//! An empty database for the tests of every noun.

use std::time::Duration;

use tempfile::TempDir;

use super::Db;
use crate::clock::Clock;
use crate::secret::Key;

/// A database without a group, in a folder that goes with the test; its clock stands at 2026-11-22 08:02 UTC.
pub(crate) fn empty() -> (TempDir, Db, Clock) {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::standing_at("2026-11-22T08:02:00Z".parse().expect("a time"));
    let key = Key::random().expect("a key");
    let path = folder.path().join("frontdesk.db");
    let db = Db::open(&path, clock.clone(), key, Duration::from_secs(5)).expect("a database");
    (folder, db, clock)
}
