//! The schema is the golden file, and its own rules hold in every table: nothing crosses groups or customers.

mod crossing;
mod tables;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use frontdesk::access::Actor;
use frontdesk::clock::Clock;
use frontdesk::db::{self, Db};
use frontdesk::ids::{GroupId, RunId};
use frontdesk::imports::{runs, undo};
use frontdesk::roles;
use frontdesk::secret::Key;
use rusqlite::Connection;

use crate::support::folder;
use tables::{Table, tables};

#[test]
fn the_schema_is_the_golden_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/schema.sql");
    let made = db::schema().expect("a schema");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &made).expect("the golden file");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = made.lines().zip(golden.lines().chain(std::iter::repeat(""))).find(|(made, golden)| made != golden);
    assert!(
        made == golden,
        "the schema is not tests/golden/schema.sql, first at {differs:?}; look at what changed, and write the file again \
         with: UPDATE_GOLDEN=1 cargo test migrations"
    );
}

/// Columns that look like a reference and are none, with the reason.
const NO_REFERENCE: [(&str, &str, &str); 12] = [
    ("audit", "group_id", "the audit outlives the group"),
    ("audit", "subject_id", "and whatever it tells of"),
    ("comments", "access_id", "a comment outlives the access that wrote it, whose id is never given again"),
    ("documents", "access_id", "a document outlives the access that sent it, whose id is never given again"),
    ("notices", "contact_id", "a notice outlives its reader, so that it does not leave"),
    ("notices", "customer_id", "and the reader's customer"),
    ("notices", "staff_id", "and the reader at the company"),
    ("orders", "access_id", "an order outlives the access that sent it, whose id is never given again"),
    ("outbox", "message_id", "the mark of a mail"),
    ("sent_forms", "subject_id", "a row of whichever table the form wrote"),
    ("sessions", "access_id", "a session outlives an access, whose id is never given again"),
    ("*", "external_id", "what another program calls it"),
];

#[test]
fn every_table_is_strict_and_belongs_to_a_group() {
    for table in tables() {
        assert!(table.sql.contains(") STRICT"), "{} is not STRICT", table.name);
        if ["groups", "audit_head"].contains(&table.name.as_str()) {
            continue;
        }
        let group = table.columns.iter().find(|column| column.name == "group_id");
        let group = group.unwrap_or_else(|| panic!("{} has no group_id", table.name));
        assert!(group.required || table.name == "audit", "{}.group_id may be missing", table.name);
    }
}

#[test]
fn every_reference_stays_inside_its_group_and_customer() {
    let all = tables();
    let has = |table: &str, column: &str| {
        let table = all.iter().find(|one| one.name == table).unwrap_or_else(|| panic!("no table {table}"));
        table.columns.iter().any(|one| one.name == column)
    };
    for table in all.iter().filter(|table| table.name != "groups") {
        for reference in &table.references {
            let what = format!("{} {:?}", table.name, reference);
            if reference.parent == "groups" {
                assert_eq!(reference.columns, [("group_id".to_owned(), "id".to_owned())], "{what}");
                continue;
            }
            let carries = |column: &str| reference.columns.contains(&(column.to_owned(), column.to_owned()));
            assert!(carries("group_id"), "{what} can cross groups: refer to (group_id, …)");
            assert!(reference.columns.len() > 1, "{what} is not composite");
            if reference.parent != "customers"
                && has(&table.name, "customer_id")
                && has(&reference.parent, "customer_id")
            {
                assert!(carries("customer_id"), "{what} can cross customers: refer to (group_id, customer_id, …)");
            }
        }
        for column in table.columns.iter().filter(|column| column.name.ends_with("_id")) {
            let refers = table.references.iter().any(|one| one.columns.iter().any(|(own, _)| *own == column.name));
            let excused =
                |(of, name, _): &(&str, &str, &str)| (*of == "*" || *of == table.name) && *name == column.name;
            assert!(
                refers != NO_REFERENCE.iter().any(excused),
                "{}.{} refers to nothing, or is excused without need",
                table.name,
                column.name
            );
        }
    }
}

#[test]
fn every_reference_has_an_index_on_its_own_side() {
    for table in tables() {
        for reference in &table.references {
            let own: Vec<_> = reference.columns.iter().map(|(own, _)| own.as_str()).collect();
            let by_id = reference.columns.iter().find(|(_, theirs)| theirs == "id").map(|(own, _)| own.as_str());
            assert!(
                table.indexes.iter().any(|index| covers(index, &own) || index.first().map(String::as_str) == by_id),
                "{} {own:?} has no index: deleting from {} walks through the whole table",
                table.name,
                reference.parent
            );
        }
    }
}

/// The schema as it was when there were no roles yet.
const BEFORE_ROLES: [&str; 2] =
    [include_str!("../src/db/migrations/0001_start.sql"), include_str!("../src/db/migrations/0002_portal.sql")];

#[test]
fn groups_from_before_there_were_roles_get_those_of_a_new_one() {
    let folder = folder();
    let path = folder.path().join("frontdesk.db");
    let old = Connection::open(&path).expect("a database");
    for step in BEFORE_ROLES {
        old.execute_batch(step).expect("a step");
    }
    old.execute_batch(
        "INSERT INTO groups (slug, name, colour, lang, zone, prefix, created_at)
         VALUES ('alpha', 'A', '#000000', 'en', 'UTC', 'A', '2026-11-22T08:02:00Z'),
                ('bravo', 'B', '#000000', 'sv', 'UTC', 'B', '2026-11-22T08:02:00Z');
         PRAGMA application_id = 0x6664736b;
         PRAGMA user_version = 2;",
    )
    .expect("two groups");
    drop(old);
    let db = make(&path);
    for group in [1, 2] {
        let desk = Actor::Owner { group: Some(GroupId(group)), uid: 1000 };
        let kept = db.read(&desk, roles::list).expect("roles");
        let cards: Vec<_> = kept.iter().map(|role| role.card.clone()).collect();
        assert_eq!(cards, roles::defaults().expect("names"), "group {group}");
    }
}

#[test]
fn runs_from_before_they_knew_what_they_did_are_listed_and_not_taken_back() {
    let folder = folder();
    let path = folder.path().join("frontdesk.db");
    let old = Connection::open(&path).expect("a database");
    for step in BEFORE_ROLES.into_iter().chain([include_str!("../src/db/migrations/0003_telling.sql")]) {
        old.execute_batch(step).expect("a step");
    }
    old.execute_batch(
        "INSERT INTO groups (slug, name, colour, lang, zone, prefix, created_at)
         VALUES ('alpha', 'A', '#000000', 'en', 'UTC', 'A', '2026-11-22T08:02:00Z');
         INSERT INTO import_runs (id, group_id, noun, file, at, actor, created, changed, unchanged, rejected)
         VALUES (7, 1, 'customer', 'old.csv', '2026-11-22T08:02:00Z', 'uid 1000', 3, 2, 1, 0);
         PRAGMA application_id = 0x6664736b;
         PRAGMA user_version = 3;",
    )
    .expect("a run");
    drop(old);
    let (db, desk) = (make(&path), Actor::Owner { group: Some(GroupId(1)), uid: 1000 });
    let run = db.read(&desk, |tx| runs::find(tx, RunId(7))).expect("the run");
    assert_eq!((run.counts.created, run.counts.changed, run.counts.closed, run.counts.rows()), (3, 2, 0, 6));
    assert_eq!((run.span, run.undoes, run.undone_by), (None, None, None));
    let refused = db.write(&desk, |tx| undo::undo(tx, &run, &|_, _| ())).expect_err("not taken back");
    assert!(refused.message().contains("run 7 was taken by an older frontdesk"), "{refused:?}");
}

/// The columns are the first of the index, in whatever order.
fn covers(index: &[String], own: &[&str]) -> bool {
    index.len() >= own.len() && index[..own.len()].iter().all(|column| own.contains(&column.as_str()))
}

const CHILD: &str = "FRONTDESK_TEST_MAKE_DATABASE";

/// Not a test of its own: the process that the next test kills while it makes a database.
#[test]
fn a_process_that_makes_a_database() {
    if let Some(path) = std::env::var_os(CHILD) {
        make(Path::new(&path));
    }
}

fn make(path: &Path) -> Db {
    Db::open(path, Clock::system(), Key::random().expect("a key"), Duration::from_secs(10)).expect("a database")
}

#[test]
fn a_killed_migration_leaves_old_or_new() {
    let whole: Vec<Table> = tables();
    let (mut old, mut new) = (0, 0);
    for round in 0..20_u64 {
        let folder = folder();
        let path = folder.path().join("frontdesk.db");
        let mut child = Command::new(std::env::current_exe().expect("this binary"))
            .args(["migrations::a_process_that_makes_a_database", "--exact"])
            .env(CHILD, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        // From the moment the file is there until the child would have been done long ago.
        let begun = Instant::now();
        while !path.exists() && begun.elapsed() < Duration::from_secs(20) {
            std::thread::yield_now();
        }
        std::thread::sleep(Duration::from_micros(round * round * 60));
        let _ = child.kill();
        child.wait().expect("the child ended");
        let connection = Connection::open(&path).expect("a database");
        let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).expect("a count");
        drop(connection);
        if version == 0 {
            assert_eq!(tables, 0, "round {round}: something of a step was left");
            old += 1;
        } else if version < db::version() {
            // Between two steps: each of them is whole.
            assert!(tables > 0, "round {round}: step {version} left nothing");
            old += 1;
        } else {
            assert_eq!(version, db::version());
            assert!(tables > i64::try_from(whole.len()).expect("small"));
            new += 1;
        }
        assert_eq!(make(&path).check().expect("a check"), Vec::<String>::new(), "round {round}");
    }
    assert_eq!(old + new, 20);
}
