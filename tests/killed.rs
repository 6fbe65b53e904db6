//! A writer is killed in the middle of its work, again and again: what it acknowledged is there, whole, with its audit.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use frontdesk::access::{Actor, Need, Right};
use frontdesk::audit;
use frontdesk::clock::Clock;
use frontdesk::db::{Change, Db, Entry, Open, Subject, named};
use frontdesk::ids::GroupId;
use frontdesk::secret::Key;

use crate::support::program::Program;
use crate::support::{World, folder};

const CHILD: &str = "FRONTDESK_TEST_WRITE_NUMBERS";

/// More than a child lives to write; if nobody kills it, it ends by itself.
const MOST: u32 = 5000;

struct Numbered;

impl Subject for Numbered {
    const NOUN: &'static str = "number";
    fn row(&self) -> i64 {
        0
    }
    fn label(&self) -> String {
        String::new()
    }
}

const GROUP: Change = Change::open(
    "a new group is in no group yet",
    "
    INSERT INTO groups (slug, name, colour, lang, zone, prefix, created_at)
    VALUES ('alpha', 'Alpha', '#000000', 'en', 'UTC', 'A', :now)",
);

const ADD: Change =
    Change::new("INSERT INTO statuses (group_id, name, stage, position) VALUES (:group, :name, 'received', 1)");

const MARK: Change = Change::new(
    "
    INSERT INTO throttle (group_id, subject, failures, first_at, last_at, wait_until)
    VALUES (:group, :name, 1, :now, :now, :now)",
);

const NAMES: Open = Open::new("a test looks", "SELECT name FROM statuses ORDER BY id");
const MARKS: Open = Open::new("a test looks", "SELECT subject FROM throttle");
const LINES: Open = Open::new("a test looks", "SELECT subject FROM audit WHERE action = 'number.added' ORDER BY id");

const OWNER: Actor = Actor::Owner { group: Some(GroupId(1)), uid: 1000 };

fn open(path: &Path) -> Db {
    let key = Key::read_or_create(&path.with_extension("key")).expect("a key");
    Db::open(path, Clock::system(), key, Duration::from_secs(10)).expect("a database")
}

fn all(db: &Db, sql: &Open) -> Vec<String> {
    db.read(&OWNER, |tx| tx.open(sql, named! {}, |row| row.get(0))).expect("rows")
}

/// Not a test of its own: the process that the next test kills. Each number is two rows and an audit line, and is printed
/// when the write returned.
#[test]
fn a_process_that_writes_numbers() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let db = open(Path::new(&path));
    let first = all(&db, &NAMES).len();
    for number in first..first + MOST as usize {
        let name = format!("number {number}");
        let written = db.write(&OWNER, |tx| {
            tx.change(Need::right(Right::Admin), |w| {
                let id = w.insert(&ADD, named! { ":name": name })?;
                w.run(&MARK, named! { ":name": name })?;
                Ok(((), Entry::about::<Numbered>(id, name.as_str(), "number.added")))
            })
        });
        written.expect("written");
        // To the real output, which is read through a pipe, whole lines at a time.
        writeln!(std::io::stdout().lock(), "acknowledged {name}").expect("somebody reads");
    }
}

/// Two servers would be two processes; two databases with nothing in common but the file and the key are the same to SQLite.
#[test]
fn those_who_write_at_once_keep_one_chain() {
    let folder = folder();
    let path = folder.path().join("frontdesk.db");
    let made = open(&path).write(&OWNER, |tx| {
        tx.change(Need::right(Right::Admin), |w| {
            Ok(((), Entry::about::<Numbered>(w.insert(&GROUP, named! {})?, "alpha", "group.added")))
        })
    });
    made.expect("a group");
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let db = open(&path);
            scope.spawn(move || {
                for number in 0..40 {
                    let name = format!("{writer}.{number}");
                    let written = db.write(&OWNER, |tx| {
                        tx.change(Need::right(Right::Admin), |w| {
                            let id = w.insert(&ADD, named! { ":name": name })?;
                            Ok(((), Entry::about::<Numbered>(id, name.as_str(), "number.added")))
                        })
                    });
                    written.expect("written");
                }
            });
        }
    });
    let verdict = open(&path).read(&OWNER, |tx| audit::verify(tx, None)).expect("a walk");
    assert_eq!((verdict.lines, verdict.wrong), (121, 0), "{verdict:?}");
}

/// A number below the limit that is another one in every run.
fn any_below(limit: u64) -> u64 {
    RandomState::new().build_hasher().finish() % limit
}

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let folder = folder();
    let path = folder.path().join("frontdesk.db");
    let db = open(&path);
    let group = db.write(&OWNER, |tx| {
        tx.change(Need::right(Right::Admin), |w| {
            let id = w.insert(&GROUP, named! {})?;
            Ok((id, Entry::about::<Numbered>(id, "alpha", "group.added")))
        })
    });
    assert_eq!(group.expect("a group"), 1);
    drop(db);
    let mut acknowledged = BTreeSet::new();
    for round in 1..=20 {
        let before = acknowledged.len();
        acknowledged.extend(killed_in_the_middle(&path));
        assert!(acknowledged.len() > before, "round {round}: nothing was written");
        let db = open(&path);
        let (names, lines) = (all(&db, &NAMES), all(&db, &LINES));
        let marks: BTreeSet<_> = all(&db, &MARKS).into_iter().collect();
        let there: BTreeSet<_> = names.iter().cloned().collect();
        assert!(acknowledged.is_subset(&there), "round {round}: lost {:?}", acknowledged.difference(&there));
        assert_eq!(there, marks, "round {round}: one row of a change came without the other");
        assert_eq!(names, lines, "round {round}: each change has its line");
        assert!(there.len() <= acknowledged.len() + round, "round {round}: at most one a kill was not acknowledged");
        assert_eq!(db.check().expect("a check"), Vec::<String>::new(), "round {round}");
        let verdict = db.read(&OWNER, |tx| audit::verify(tx, None)).expect("a walk");
        assert!(verdict.wrong == 0 && verdict.lines > 0, "round {round}: {verdict:?}");
    }
}

/// Rows of customers with a contact each; a few of them cannot be taken.
const ROWS: usize = 1200;

/// An import that is killed at any moment leaves what was there before or everything, and the next one makes the same of
/// it as one that nobody killed.
#[test]
fn an_import_that_is_killed_and_run_again_is_one_import() {
    let world = World::nordkyl_today();
    let rows: String = (1..=ROWS)
        .map(|n| match n % 100 {
            0 => format!("{n},,no name\n"),
            _ => format!("{n},Customer {n},info{n}@customer.example\n"),
        })
        .collect();
    world.file("c.csv", format!("customer_no,name,email\n{rows}"));
    let (clean, begun) = (world.copy(), Instant::now());
    let run = |world: &World| {
        let mut import = Program::in_world(world, &["customer", "import", "c.csv", "--report", "r.json"]);
        assert_eq!(import.wait().expect("its end").code(), Some(65));
    };
    run(&clean);
    let whole = begun.elapsed();
    let read = |world: &World, name: &str| std::fs::read_to_string(world.path().join(name)).ok();
    let lists = |world: &World| {
        let customers = world.run("customer list --json --fields customer_no,name,email,status").well().out;
        (customers, world.run("import log --json --fields run,created,changed,unchanged,rejected").well().out)
    };
    let (made, rejects) = (lists(&clean), read(&clean, "c.csv.rejects.csv"));
    assert!(made.1.contains(&format!("\"created\": {}", ROWS - ROWS / 100)) && rejects.is_some(), "{made:?}");
    let mut halfway = 0;
    for round in 1..=8 {
        let mut import = Program::in_world(&world, &["customer", "import", "c.csv", "--report", "r.json"]);
        let micros = u64::try_from(whole.as_micros()).expect("short");
        std::thread::sleep(Duration::from_micros(any_below(micros)));
        import.kill().expect("killed");
        let killed = import.wait().expect("its end").code() != Some(65);
        let now = lists(&world);
        assert!(now == made || now.0 == "[]\n", "round {round}: half of it");
        halfway += usize::from(killed && now.0 == "[]\n");
        for name in ["c.csv.rejects.csv", "r.json"] {
            let there = read(&world, name);
            assert!(
                there.is_none() || there.as_ref().is_some_and(|text| text.ends_with('\n')),
                "round {round}: {name}"
            );
            assert!(
                name == "r.json" || there.is_none() || there == rejects,
                "round {round}: half of the rejected rows"
            );
        }
        assert_eq!(world.run("audit verify").status, 0, "round {round}");
    }
    run(&world);
    assert_eq!((lists(&world), read(&world, "c.csv.rejects.csv")), (made, rejects), "{halfway} kills in the middle");
    assert_eq!(world.run("audit verify").status, 0);
}

/// Lets a child write for a while and kills it; gives what it acknowledged.
fn killed_in_the_middle(path: &Path) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().expect("this binary"))
        .args(["killed::a_process_that_writes_numbers", "--exact", "--nocapture"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let mut lines = BufReader::new(child.stdout.take().expect("its output"))
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.split_once("acknowledged ").map(|(_, name)| name.to_owned()));
    let until = 1 + usize::try_from(any_below(40)).expect("small");
    let mut acknowledged: Vec<_> = lines.by_ref().take(until).collect();
    std::thread::sleep(Duration::from_micros(any_below(8000)));
    child.kill().expect("killed");
    acknowledged.extend(lines);
    let status = child.wait().expect("ended");
    assert!(!status.success(), "it ended by itself, before it was killed");
    acknowledged
}
