//! A database of each earlier version: copied beside itself, and then brought up to date.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::super::migrate::{UPGRADE_COPY, up_to, version};
use super::super::{Copy, Db};
use crate::clock::Clock;
use crate::error::Kind;
use crate::secret::Key;

const GROUP: &str = "
    INSERT INTO groups (slug, name, colour, lang, zone, prefix, created_at)
    VALUES ('alpha', 'A', '#000000', 'en', 'UTC', 'A', '2026-11-22T08:02:00Z')";

/// A database as an earlier version left it, with a group.
fn old(path: &Path, key: &Key, steps: i32) {
    let mut connection = Connection::open(path).expect("a database");
    up_to(&mut connection, key, steps).expect("the steps");
    connection.execute_batch(GROUP).expect("a group");
}

fn open(path: &Path, key: &Key) -> crate::error::Result<Db> {
    Db::open(path, Clock::system(), key.clone(), Duration::from_secs(5))
}

#[test]
fn a_database_of_each_version_is_copied_and_upgraded() {
    let key = Key::random().expect("a key");
    for steps in 1..version() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("frontdesk.db");
        old(&path, &key, steps);
        let db = open(&path, &key).expect("upgraded");
        assert_eq!(db.check().expect("a check"), Vec::<String>::new(), "{steps}");
        let copy = folder.path().join(format!("{UPGRADE_COPY}{steps}.db"));
        assert_eq!(std::fs::metadata(&copy).expect("a copy").permissions().mode() & 0o777, 0o600);
        let before = Copy::open(&copy).expect("ours");
        assert_eq!((before.version(), before.check().expect("a check")), (steps, Vec::new()));
        drop((before, db));
        // Once it is up to date nothing more is copied, and nothing is left beside it.
        drop(open(&path, &key).expect("opened"));
        let names = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(names, 2, "{steps}");
    }
}

#[test]
fn without_room_for_the_copy_nothing_is_changed() {
    let key = Key::random().expect("a key");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("frontdesk.db");
    old(&path, &key, 1);
    // What stands in the place of the copy cannot be replaced.
    std::fs::create_dir_all(folder.path().join(format!("{UPGRADE_COPY}1.db/in the way"))).expect("a folder");
    let error = open(&path, &key).err().expect("refused");
    assert_eq!(error.kind(), Kind::CannotWrite, "{error}");
    let connection = Connection::open(&path).expect("a database");
    let stands: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
    assert_eq!(stands, 1);
}
