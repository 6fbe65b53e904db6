//! Backups one after the other while the server runs and others write: each holds what was acknowledged before it began.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::{run, well};
use crate::cli::backup::with_things_at;
use crate::support::World;
use crate::support::program::Program;

/// So many backups are made, one a second.
const BACKUPS: usize = 4;

/// What was acknowledged, by a name that is found again.
type Ledger = Arc<Mutex<BTreeSet<String>>>;

fn healthy(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return false };
    let asked = stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: portal.test\r\nConnection: close\r\n\r\n");
    let mut answer = String::new();
    asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
}

/// Writes until it is told to stop; each line is noted once the program has said that it is done.
fn write(world: &World, who: usize, ledger: &Ledger, stop: &AtomicBool) {
    for number in 0.. {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let name = format!("w{who}-{number}");
        let line = match number % 3 {
            0 => format!("order create --customer 1042 --title {name} --no-mail -q --wait 30"),
            1 => format!("order comment id:1 {name} -q --wait 30"),
            _ => {
                world.file(&format!("{name}.pdf"), format!("%PDF-1.7 {name}"));
                format!("document add {name}.pdf --customer 1042 -q --wait 30")
            }
        };
        well(world, &line);
        ledger.lock().expect("unshared").insert(name);
    }
}

#[test]
fn each_backup_under_load_holds_what_was_acknowledged_before_it() {
    let world = with_things_at(World::nordkyl_today());
    world.run("order create --customer 1042 --title First --no-mail").well();
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr()).expect("a port").port();
    let listen = format!("127.0.0.1:{port}");
    let mut server = Program::in_world(&world, &["serve", "--listen", &listen, "--no-mail"]);
    let begun = Instant::now();
    while !healthy(port) {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not answer");
        thread::sleep(Duration::from_millis(50));
    }
    let (ledger, stop) = (Ledger::default(), AtomicBool::new(false));
    let mut taken = Vec::new();
    thread::scope(|scope| {
        for who in 0..3 {
            let (world, ledger, stop) = (&world, &ledger, &stop);
            scope.spawn(move || write(world, who, ledger, stop));
        }
        for _ in 0..BACKUPS {
            thread::sleep(Duration::from_secs(1));
            let before = ledger.lock().expect("unshared").clone();
            let made = run(&world, "backup create usb --json --keep 0 --wait 30");
            if !made.status.success() {
                stop.store(true, Ordering::SeqCst);
                panic!("{made:?}");
            }
            let made: serde_json::Value = serde_json::from_slice(&made.stdout).expect("JSON");
            taken.push((made["backup"].as_str().expect("a name").to_owned(), before));
            assert!(healthy(port), "the server answers no more");
        }
        stop.store(true, Ordering::SeqCst);
    });
    server.kill().expect("ended");
    server.wait().expect("ended");
    assert!(taken.last().is_some_and(|(_, before)| before.len() > 3), "hardly anything was written: {taken:?}");
    for (number, (name, before)) in taken.iter().enumerate() {
        let drill = format!("drill{number}");
        world.run(&format!("backup restore {name} --dir usb --to {drill}")).well();
        let said = world.run(&format!("doctor --data-dir {drill} --json")).well();
        assert!(!said.out.contains("\"wrong\""), "{name}: {said:?}");
        world.run(&format!("audit verify --data-dir {drill}")).well();
        let database = rusqlite::Connection::open(world.path().join(&drill).join("frontdesk.db")).expect("a database");
        let sql = "SELECT title FROM orders UNION SELECT text FROM comments UNION SELECT replace(name, '.pdf', '') FROM documents";
        let mut there = database.prepare(sql).expect("SQL");
        let there: BTreeSet<String> = there.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("names");
        let lost: Vec<_> = before.difference(&there).collect();
        assert!(lost.is_empty(), "{name} does not hold {lost:?}");
        // The bytes are those that were sent.
        let mut rows = database.prepare("SELECT name, hash FROM documents WHERE name LIKE 'w%'").expect("SQL");
        let rows =
            rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).expect("documents");
        for (document, hash) in rows.map(|row| row.expect("a document")) {
            let bytes =
                std::fs::read(world.path().join(&drill).join("files").join(&hash[..2]).join(&hash)).expect("bytes");
            assert_eq!(bytes, format!("%PDF-1.7 {}", document.trim_end_matches(".pdf")).into_bytes(), "{name}");
        }
    }
}
