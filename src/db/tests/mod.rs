//! The door, tried from inside on real files: what is refused, what is all or nothing, who reaches what.

mod full;
mod opening;
mod parts;
mod reach;
mod steps;
mod upgrades;
mod writing;

use std::path::{Path, PathBuf};
use std::time::Duration;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{Change, Db, Entry, Scoped, Subject, WriteTx, named};
use crate::access::{Actor, Need, Right};
use crate::clock::Clock;
use crate::error::Result;
use crate::ids::GroupId;
use crate::secret::Key;

/// A database with the groups 1 and 2, and nothing else.
struct House {
    folder: TempDir,
    db: Db,
}

impl House {
    fn new() -> Self {
        Self::waiting(Duration::from_secs(20))
    }

    fn waiting(wait: Duration) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let db = open(&folder.path().join("frontdesk.db"), wait).expect("a database");
        let house = Self { folder, db };
        let added = house.db.write(&owner_of(1), |tx| {
            tx.change(Need::right(Right::Admin), |w| {
                for slug in ["alpha", "bravo"] {
                    w.insert(&ADD_GROUP, named! { ":slug": slug })?;
                }
                Ok(((), Entry::about::<Thing>(1, "alpha", "group.added")))
            })
        });
        added.expect("two groups");
        house
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("frontdesk.db")
    }

    fn names(&self) -> Vec<String> {
        names_of(&self.db)
    }

    /// How many lines the audit has.
    fn lines(&self) -> i64 {
        let count = |tx: &super::Tx| tx.open(&COUNT_LINES, named! {}, |row| row.get(0));
        self.db.read(&owner_of(1), count).expect("the audit")[0]
    }
}

/// Something with a name, so that a test has something to write: a status of the group.
struct Thing;

impl Subject for Thing {
    const NOUN: &'static str = "thing";
    fn row(&self) -> i64 {
        1
    }
    fn label(&self) -> String {
        "thing".into()
    }
}

const ADD_GROUP: Change = Change::open(
    "a new group is in no group yet",
    "
    INSERT INTO groups (slug, name, colour, lang, zone, prefix, created_at)
    VALUES (:slug, :slug, '#000000', 'en', 'UTC', 'X', :now)",
);

const ADD: Change =
    Change::new("INSERT INTO statuses (group_id, name, stage, position) VALUES (:group, :name, 'received', 1)");

const NAMES: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT s.name
      FROM statuses s
     WHERE s.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
     ORDER BY s.name",
);

const COUNT_LINES: super::Open = super::Open::new("a test counts", "SELECT count(*) FROM audit");

fn owner_of(group: i64) -> Actor {
    Actor::Owner { group: Some(GroupId(group)), uid: 1000 }
}

fn open(path: &Path, wait: Duration) -> Result<Db> {
    Db::open(path, Clock::system(), Key::random().expect("a key"), wait)
}

/// Adds a named thing with its line in the audit.
fn add(tx: &WriteTx, name: &str) -> Result<i64> {
    tx.change(Need::right(Right::Admin), |w| {
        let id = w.insert(&ADD, named! { ":name": name })?;
        Ok((id, Entry::about::<Thing>(id, name, "thing.added")))
    })
}

fn names_of(db: &Db) -> Vec<String> {
    let names = db.read(&owner_of(1), |tx| tx.many(&NAMES, named! {}, |row| row.get(0))).expect("names");
    names.into_iter().map(super::Reached::into_inner).collect()
}

/// The hash of a file that no connection of this process has open.
fn hash_of(path: &Path) -> String {
    HEXLOWER.encode(&Sha256::digest(std::fs::read(path).expect("a file")))
}
