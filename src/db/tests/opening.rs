//! Opening: what is not ours is left as it is, and many may open a new file at once.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::{House, add, hash_of, open, owner_of};
use crate::error::Kind;

const WAIT: Duration = Duration::from_secs(20);

/// Every file beside the database with its hash; the shared memory of the log is nobody's data.
fn hashes(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let named = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), hash_of(&entry.path())));
    named.filter(|(name, _)| !name.ends_with("-shm")).collect()
}

/// Makes a file, tries to open it, and sees that it was refused and left alone.
#[track_caller]
fn refused(make: impl Fn(&Path), why: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("frontdesk.db");
    make(&path);
    let before = hashes(folder.path());
    let error = open(&path, WAIT).err().expect(why);
    assert_eq!((error.kind(), error.kind().exit()), (Kind::Data, 65), "{error}");
    assert!(error.message().contains(why), "{error} should say: {why}");
    assert_eq!(hashes(folder.path()), before, "{why}");
}

#[test]
fn what_is_not_ours_is_refused_and_left_as_it_is() {
    let sql = |text: &'static str| {
        move |path: &Path| Connection::open(path).expect("SQLite").execute_batch(text).expect("SQL")
    };
    refused(sql("CREATE TABLE songs (name TEXT); INSERT INTO songs VALUES ('Waltz')"), "of another program");
    refused(sql("PRAGMA journal_mode = WAL; CREATE TABLE songs (name TEXT)"), "of another program");
    refused(sql("PRAGMA application_id = 1234567"), "of another program");
    refused(sql("PRAGMA user_version = 1"), "of another program");
    refused(|path| std::fs::write(path, "Dear all,\n").expect("a file"), "is not a database");
    refused(|path| std::fs::write(path, "Dear all,\n".repeat(2000)).expect("a file"), "is not a database");
}

#[test]
fn a_newer_frontdesk_s_file_is_refused_and_left_as_it_is() {
    let ours = |version: i32| {
        move |path: &Path| {
            drop(open(path, WAIT).expect("ours"));
            Connection::open(path).expect("SQLite").pragma_update(None, "user_version", version).expect("a version");
        }
    };
    refused(ours(super::super::version() + 1), "newer frontdesk");
    refused(ours(i32::MAX), "newer frontdesk");
    // No frontdesk writes these; going on from them would not end.
    refused(ours(-1), "of another program");
    refused(ours(0), "of another program");
}

#[test]
fn a_log_that_others_left_behind_is_not_worked_off() {
    let leave = |path: &Path, text: &str| {
        let connection = Connection::open(path).expect("SQLite");
        connection.pragma_update(None, "journal_mode", "WAL").expect("a log");
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).expect("a setting");
        connection.execute_batch(text).expect("SQL");
        drop(connection);
        assert!(std::fs::metadata(path.with_extension("db-wal")).expect("a log").len() > 0);
    };
    refused(|path| leave(path, "CREATE TABLE songs (name TEXT)"), "of another program");
    refused(
        |path| {
            drop(open(path, WAIT).expect("ours"));
            leave(path, "PRAGMA user_version = 99");
        },
        "newer frontdesk",
    );
}

#[test]
fn an_empty_file_is_taken_and_made_private() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("frontdesk.db");
    std::fs::write(&path, "").expect("a file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("a mode");
    let db = open(&path, WAIT).expect("taken");
    assert_eq!(db.check().expect("a check"), Vec::<String>::new());
    assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
}

#[test]
fn our_own_file_is_opened_again_with_what_is_in_it() {
    let house = House::new();
    house.db.write(&owner_of(1), |tx| add(tx, "kept")).expect("written");
    let House { folder, db } = house;
    drop(db);
    let again = House { db: open(&folder.path().join("frontdesk.db"), WAIT).expect("ours"), folder };
    assert_eq!(again.names(), ["kept"]);
}

#[test]
fn many_may_make_the_same_file_at_once() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("frontdesk.db");
        std::thread::scope(|scope| {
            let opened: Vec<_> = (0..8).map(|_| scope.spawn(|| open(&path, WAIT))).collect();
            for one in opened {
                one.join().expect("no panic").map(drop).expect("opened");
            }
        });
    }
}

#[test]
fn a_file_that_is_gone_is_not_made_anew() {
    let house = House::new();
    let error = house
        .db
        .read(&owner_of(1), |_| {
            // The one connection there is is lent out; the next one has to be opened.
            std::fs::remove_file(house.path()).expect("removed");
            house.db.read(&owner_of(1), |_| Ok(()))
        })
        .expect_err("gone");
    assert_eq!(error.kind(), Kind::Storage, "{error}");
    assert!(!house.path().exists());
}
