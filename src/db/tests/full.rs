//! A full disk: nothing is half done, nothing acknowledged is lost, and writing goes on when there is room again.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{ADD_GROUP, House, Thing, add, named, names_of, open, owner_of};
use crate::access::{Need, Right};
use crate::db::{Db, Entry};
use crate::error::{Error, Kind, Result};

/// The database of a house grows no further than so many pages beyond what it has; 0 lets it grow again.
fn limit(house: &House, more: i64) {
    let mut lent = house.db.lend().expect("a connection");
    let connection = lent.connection().expect("a connection");
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0)).expect("a number");
    let most = if more == 0 { i64::from(i32::MAX) } else { pages + more };
    // The pragma answers with the limit, so it is asked rather than updated.
    let set: i64 =
        connection.query_row(&format!("PRAGMA max_page_count = {most}"), [], |row| row.get(0)).expect("a limit");
    assert!(set >= pages);
}

fn text(number: usize) -> String {
    format!("{number:05} {}", "x".repeat(500))
}

/// Writes until the disk is full; gives what was acknowledged, and the error.
fn fill(db: &Db) -> (Vec<String>, Error) {
    let mut acknowledged = Vec::new();
    for number in 0..10_000 {
        match db.write(&owner_of(1), |tx| add(tx, &text(number))) {
            Ok(_) => acknowledged.push(text(number)),
            Err(error) => return (acknowledged, error),
        }
    }
    panic!("the disk is never full");
}

#[track_caller]
fn is_full(error: &Error) {
    assert_eq!((error.kind(), error.kind().exit()), (Kind::Storage, 74), "{error:?}");
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let house = House::new();
    limit(&house, 40);
    let (acknowledged, error) = fill(&house.db);
    is_full(&error);
    assert_eq!(error.message(), "the disk is full; nothing was changed");
    assert!(acknowledged.len() > 10);
    assert_eq!(house.names(), acknowledged);
    assert_eq!(house.lines(), 1 + i64::try_from(acknowledged.len()).expect("small"));
    assert_eq!(house.db.check().expect("a check"), Vec::<String>::new());
    limit(&house, 0);
    house.db.write(&owner_of(1), |tx| add(tx, "room again")).expect("it goes on");
    assert_eq!(house.names().len(), acknowledged.len() + 1);
}

#[test]
fn what_comes_after_a_full_disk_is_not_written_for_good() {
    // SQLite takes the whole transaction back by itself then. Whoever swallows the error row by row, as an import does,
    // must not end up with the rows that came after.
    let house = House::new();
    limit(&house, 40);
    let refused = std::cell::Cell::new(0);
    let done = house.db.write(&owner_of(1), |tx| {
        for number in 0..2000 {
            let row: Result<i64> = tx.attempt(|| add(tx, &text(number)));
            refused.set(refused.get() + u32::from(row.is_err()));
        }
        // A small row, for which there would be room.
        let small = tx.change(Need::right(Right::Admin), |w| {
            let id = w.insert(&ADD_GROUP, named! { ":slug": "c" })?;
            Ok((id, Entry::about::<Thing>(id, "c", "group.added")))
        });
        refused.set(refused.get() + u32::from(small.is_err()));
        Ok(())
    });
    assert!(refused.get() > 0, "it was not full");
    is_full(&done.expect_err("it cannot end well"));
    assert_eq!((house.names().len(), house.lines()), (0, 1));
    limit(&house, 0);
    house.db.write(&owner_of(1), |tx| add(tx, "room again")).expect("it goes on");
    assert_eq!(house.names(), ["room again"]);
}

/// A small file system of its own, where the machine lets us have one.
struct Disk<'p>(&'p Path);

impl<'p> Disk<'p> {
    fn mount(at: &'p Path) -> Option<Self> {
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(at).output();
        mounted.is_ok_and(|done| done.status.success()).then_some(Self(at))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

/// The same on a real file system. Only root may mount one; for everybody else the tests above stand alone.
#[test]
fn a_full_file_system_loses_nothing_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(disk) = Disk::mount(folder.path()) else { return };
    let house = House {
        db: open(&disk.0.join("frontdesk.db"), Duration::from_secs(5)).expect("a database"),
        folder: tempfile::tempdir().expect("a folder"),
    };
    let group = house.db.write(&owner_of(1), |tx| {
        tx.change(Need::right(Right::Admin), |w| {
            let id = w.insert(&ADD_GROUP, named! { ":slug": "alpha" })?;
            Ok((id, Entry::about::<Thing>(id, "alpha", "group.added")))
        })
    });
    assert_eq!(group.expect("a group"), 1);
    let (acknowledged, error) = fill(&house.db);
    is_full(&error);
    assert!(acknowledged.len() > 10);
    assert_eq!(house.names(), acknowledged, "readers are fine");
    drop(house);
    let again = open(&disk.0.join("frontdesk.db"), Duration::from_secs(5)).expect("it opens on a full disk");
    assert_eq!(names_of(&again), acknowledged);
    assert_eq!(again.check().expect("a check"), Vec::<String>::new());
    drop(again);
}
