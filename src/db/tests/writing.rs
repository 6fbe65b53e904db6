//! Writing: one at a time, all of it or nothing, again when another came first, and not at all in a rehearsal.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::{House, add, hash_of, open, owner_of};
use crate::error::{Error, Kind, Result};

/// Holds the database for writing while something else is tried.
fn while_another_writes<T>(house: &House, f: impl FnOnce(&dyn Fn()) -> T) -> T {
    let (holding, held) = channel();
    let (release, released) = channel::<()>();
    std::thread::scope(|scope| {
        let db = &house.db;
        scope.spawn(move || {
            db.write(&owner_of(1), |tx| {
                add(tx, "the other")?;
                holding.send(()).expect("somebody waits");
                released.recv_timeout(Duration::from_secs(30)).expect("released");
                Ok(())
            })
            .expect("the other writes");
        });
        held.recv_timeout(Duration::from_secs(30)).expect("held");
        let done = f(&|| release.send(()).expect("the other is there"));
        let _ = release.send(());
        done
    })
}

#[test]
fn two_writers_wait_for_each_other() {
    let house = House::new();
    while_another_writes(&house, |release| {
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| house.db.write(&owner_of(1), |tx| add(tx, "one that waits")));
            std::thread::sleep(Duration::from_millis(100));
            assert!(!waiting.is_finished(), "it waits");
            release();
            waiting.join().expect("no panic").expect("its turn came");
        });
    });
    assert_eq!(house.names(), ["one that waits", "the other"]);
}

#[test]
fn who_does_not_wait_is_told_at_once() {
    let house = House::new();
    let hasty = open(&house.path(), Duration::ZERO).expect("the same file");
    while_another_writes(&house, |_| {
        let error = hasty.write(&owner_of(1), |tx| add(tx, "hasty")).expect_err("busy");
        assert_eq!((error.kind(), error.kind().exit()), (Kind::Busy, 75), "{error}");
        assert!(error.tip_text().is_some_and(|tip| tip.contains("--wait")));
        assert_eq!(super::names_of(&hasty), Vec::<String>::new(), "readers do not wait and see what was");
    });
    assert_eq!(house.names(), ["the other"]);
}

#[test]
fn the_wait_is_as_long_as_was_said() {
    let house = House::new();
    let patient = open(&house.path(), Duration::from_millis(500)).expect("the same file");
    while_another_writes(&house, |_| {
        let begun = Instant::now();
        let error = patient.write(&owner_of(1), |tx| add(tx, "late")).expect_err("busy");
        assert_eq!(error.kind(), Kind::Busy);
        let waited = begun.elapsed();
        assert!((400..2000).contains(&waited.as_millis()), "it waited for {waited:?}");
    });
}

#[test]
fn a_closure_runs_again_when_another_came_first_but_not_for_ever() {
    let house = House::new();
    let busy = || Error::new(Kind::Busy, "somebody else is writing");
    let runs = Cell::new(0);
    let count = |tx: &super::WriteTx, until: u32| -> Result<()> {
        runs.set(runs.get() + 1);
        add(tx, &format!("run {} of {until}", runs.get()))?;
        if runs.get() < until { Err(busy()) } else { Ok(()) }
    };
    house.db.write(&owner_of(1), |tx| count(tx, 3)).expect("the third run");
    assert_eq!((runs.get(), house.names()), (3, vec!["run 3 of 3".to_owned()]));
    runs.set(0);
    let error = house.db.write(&owner_of(1), |tx| count(tx, u32::MAX)).expect_err("given up");
    assert_eq!((error.kind(), runs.get()), (Kind::Busy, super::super::TRIES));
    runs.set(0);
    let other = |tx: &super::WriteTx| count(tx, 9).map_err(|error| error.as_kind(Kind::Conflict));
    assert_eq!(house.db.write(&owner_of(1), other).expect_err("refused").kind(), Kind::Conflict);
    assert_eq!(runs.get(), 1, "only what is busy is tried again");
}

#[test]
fn a_panic_takes_everything_back_and_spoils_nothing() {
    let house = House::new();
    let lines = house.lines();
    let spoilt = catch_unwind(AssertUnwindSafe(|| {
        house.db.write(&owner_of(1), |tx| -> Result<()> {
            add(tx, "half")?;
            tx.attempt(|| -> Result<()> { panic!("a test panics here") })
        })
    }));
    assert!(spoilt.is_err());
    assert_eq!(house.names(), Vec::<String>::new());
    assert_eq!(house.lines(), lines);
    house.db.write(&owner_of(1), |tx| add(tx, "after")).expect("the next one writes");
    assert_eq!(house.names(), ["after"]);
    assert_eq!(house.db.house.idle.lock().expect("unspoilt").len(), 1, "the connection went back");
}

#[test]
fn an_error_takes_everything_back() {
    let house = House::new();
    let lines = house.lines();
    let error = house.db.write(&owner_of(1), |tx| {
        add(tx, "twice")?;
        add(tx, "twice")
    });
    assert_eq!(error.expect_err("taken").kind(), Kind::Conflict);
    assert_eq!((house.names(), house.lines()), (Vec::new(), lines));
}

#[test]
fn a_rehearsal_leaves_rows_and_file_as_they_were() {
    let House { folder, db } = House::new();
    drop(db);
    let path = folder.path().join("frontdesk.db");
    let before = hash_of(&path);
    let house = House { db: open(&path, Duration::from_secs(20)).expect("ours"), folder };
    let lines = house.lines();
    let made = house.db.rehearsal().write(&owner_of(1), |tx| {
        // More than the two megabytes of a connection's cache: SQLite writes some of it to its log before the end.
        for number in 0..4000 {
            add(tx, &format!("{number:05} {}", "x".repeat(1000)))?;
        }
        Ok(tx.many(&super::NAMES, super::named! {}, |row| row.get::<_, String>(0))?.len())
    });
    assert_eq!(made.expect("rehearsed"), 4000, "it is the real code, so it sees what it did");
    assert_eq!((house.names(), house.lines()), (Vec::new(), lines));
    let House { folder, db } = house;
    drop(db);
    assert_eq!(hash_of(&path), before);
    drop(folder);
}
