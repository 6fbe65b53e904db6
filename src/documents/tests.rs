//! Files and rows: none without the other, whatever ends in between.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::*;
use crate::access::Actor;
use crate::config::Uploads;
use crate::customers::{self, CustomerCard};
use crate::db::fixture::empty;
use crate::db::{Db, WriteTx};
use crate::error::{Kind, Result};
use crate::groups;
use crate::notices::Tell;
use crate::text::Lang;

const LATER: Duration = Duration::from_secs(2 * 3_600);

struct Cellar {
    db: Db,
    desk: Actor,
    files: Files,
    folder: tempfile::TempDir,
}

impl Cellar {
    fn new() -> Self {
        let (folder, db, _) = empty();
        let desk = groups::fixture::found(&db, "nordkyl", &groups::fixture::card("Nordkyl AB", Lang::En), |_| Ok(()));
        db.write(&desk, |tx| customers::add(tx, &number(), &CustomerCard::named(line("Brf Fröjden"))).map(drop))
            .expect("a customer");
        Self { db, desk, files: Files::below(folder.path()), folder }
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> Kept {
        let sent = self.files.receive(name, &Uploads::default(), bytes).expect("received");
        self.files.keep(&sent.file.expect("taken")).expect("kept")
    }

    fn add(&self, kept: &Kept) -> Result<DocumentId> {
        self.db.write(&self.desk, |tx| add_one(tx, kept))
    }

    fn sweep(&self, now: SystemTime) -> Swept {
        sweep(&self.db, &self.files, now).expect("swept")
    }

    /// Every file but the lock.
    fn stored(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for folder in fs::read_dir(self.folder.path().join("files")).expect("the store") {
            let folder = folder.expect("an entry").path();
            if folder.is_dir() {
                found.extend(fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()));
            }
        }
        found
    }
}

fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}

fn number() -> Number {
    Number::parse("1042").expect("a number")
}

fn add_one(tx: &WriteTx, kept: &Kept) -> Result<DocumentId> {
    let customer = customers::named(tx, &number())?;
    let draft = DocumentDraft { file: kept, purpose: Purpose::Reference, text: None, shared: false };
    let added = add(tx, &Uploads::default(), On::Customer(&customer), &[draft], Tell::Nobody)?;
    Ok(added[0].id)
}

#[test]
fn a_file_whose_row_was_never_made_goes_after_its_grace() {
    let cellar = Cellar::new();
    let kept = cellar.keep("a.txt", b"one");
    let lost = cellar.keep("b.txt", b"two");
    cellar.add(&kept).expect("a row");
    // A process that ends while it receives leaves its temporary file.
    fs::write(cellar.folder.path().join("files/incoming/.tmpdead"), b"half").expect("written");
    assert_eq!(cellar.sweep(SystemTime::now()), Swept::default());
    assert_eq!(cellar.stored().len(), 3);
    let swept = cellar.sweep(SystemTime::now() + LATER);
    assert_eq!(swept, Swept { removed: 1, temporary: 1, missing: Vec::new() });
    assert_eq!(cellar.stored().len(), 1);
    assert!(cellar.files.open(&kept.hash).expect("readable").is_some());
    assert!(cellar.files.open(&lost.hash).expect("readable").is_none());
    // The row that comes after all finds out, and is not made.
    assert_eq!(cellar.add(&lost).expect_err("the bytes are gone").kind(), Kind::Storage);
    assert_eq!(cellar.sweep(SystemTime::now() + LATER), Swept::default());
}

#[test]
fn a_row_that_fails_leaves_no_row_and_its_file_goes_later() {
    let cellar = Cellar::new();
    let kept = cellar.keep("a.txt", b"one");
    let failed = cellar.db.write(&cellar.desk, |tx| {
        add_one(tx, &kept)?;
        Err::<(), _>(crate::error::Error::conflict("a power cut"))
    });
    assert!(failed.is_err());
    let rows = cellar.db.read(&cellar.desk, |tx| list(tx, &DocumentFilter::default())).expect("read");
    assert!(rows.is_empty());
    assert_eq!(cellar.sweep(SystemTime::now() + LATER).removed, 1);
    assert!(cellar.stored().is_empty());
}

#[test]
fn the_same_bytes_are_one_file_until_the_last_row_is_gone() {
    let cellar = Cellar::new();
    let (one, other) = (cellar.keep("a.txt", b"same"), cellar.keep("b.txt", b"same"));
    assert_eq!((one.hash.as_str(), cellar.stored().len()), (other.hash.as_str(), 1));
    let ids = [&one, &other].map(|kept| cellar.add(kept).expect("a row"));
    for (at, id) in ids.into_iter().enumerate() {
        let rest = cellar.sweep(SystemTime::now() + LATER);
        assert_eq!((rest.removed, cellar.stored().len()), (0, 1), "{at}");
        cellar.db.write(&cellar.desk, |tx| delete(tx, &find(tx, id)?)).expect("deleted");
    }
    assert_eq!(cellar.sweep(SystemTime::now() + LATER).removed, 1);
    assert!(cellar.stored().is_empty());
}

#[test]
fn a_file_that_is_sent_again_is_young_again() {
    let cellar = Cellar::new();
    let kept = cellar.keep("a.txt", b"same");
    let path = cellar.files.place(&kept.hash).expect("a place");
    let old = SystemTime::now() - LATER;
    File::options().write(true).open(&path).and_then(|file| file.set_modified(old)).expect("aged");
    let again = cellar.keep("again.txt", b"same");
    // The sweep that runs between the file and its row leaves it alone.
    assert_eq!(cellar.sweep(SystemTime::now()), Swept::default());
    cellar.add(&again).expect("a row");
    assert_eq!(cellar.sweep(SystemTime::now() + LATER), Swept::default());
}

#[test]
fn sweeping_beside_sending_takes_nothing_that_gets_a_row() {
    let cellar = Cellar::new();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let sweeper = scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                // Half a minute of grace: what this test makes older than that may go at any moment.
                cellar.sweep(SystemTime::now() + Duration::from_secs(3_570));
            }
        });
        for round in 0..40 {
            let kept = cellar.keep("a.txt", b"always the same");
            let id = cellar.add(&kept).unwrap_or_else(|error| panic!("{round}: {error}"));
            assert!(cellar.files.open(&kept.hash).expect("readable").is_some(), "{round}");
            cellar.db.write(&cellar.desk, |tx| delete(tx, &find(tx, id)?)).expect("deleted");
            // So that the file is old enough to be taken while the next round brings it again.
            let path = cellar.files.place(&kept.hash).expect("a place");
            let _ =
                File::options().write(true).open(path).and_then(|file| file.set_modified(SystemTime::now() - LATER));
        }
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
        sweeper.join().expect("no panic");
    });
}

#[test]
fn bytes_that_are_gone_are_told_of() {
    let cellar = Cellar::new();
    let kept = cellar.keep("a.txt", b"one");
    cellar.add(&kept).expect("a row");
    fs::remove_file(cellar.files.place(&kept.hash).expect("a place")).expect("removed");
    assert_eq!(cellar.sweep(SystemTime::now()).missing, std::slice::from_ref(&kept.hash));
    assert!(cellar.files.open("../../frontdesk.db").expect("no fault").is_none());
    assert!(cellar.files.open(&"A".repeat(64)).expect("no fault").is_none());
}

#[test]
fn what_is_changed_keeps_its_ending() {
    let cellar = Cellar::new();
    let id = cellar.add(&cellar.keep("a.txt", b"one")).expect("a row");
    let set_to = |name: &str| {
        cellar.db.write(&cellar.desk, |tx| {
            let document = find(tx, id)?;
            let to =
                Change { name: FileName::clean(name), shared: true, text: Some(line("Å")), ..Change::of(&document) };
            set(tx, &document, &to, Tell::Everybody)
        })
    };
    assert!(set_to("b.TXT").expect("changed"));
    assert!(!set_to("b.TXT").expect("as it was"));
    assert_eq!(set_to("b.pdf").expect_err("another ending").kind(), Kind::Invalid);
    let found = |search: &str| {
        let filter = DocumentFilter { search: Some(search.into()), ..DocumentFilter::default() };
        cellar.db.read(&cellar.desk, |tx| Ok(list(tx, &filter)?.len())).expect("read")
    };
    assert_eq!((found("å"), found("B.t"), found("a.txt")), (1, 1, 0));
}
