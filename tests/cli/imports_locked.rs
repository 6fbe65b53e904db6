//! One import of a group at a time, whoever takes it and from wherever; and none after a crash.

use std::io::Write;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::World;
use crate::support::program::command_in;

/// Long enough for a loaded machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// An import that was begun by another process and waits for the rest of its file.
fn begun(world: &World) -> Child {
    let mut command = command_in(world.path());
    command
        .args(["customer", "import", "-", "-g", "nordkyl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().expect("the program");
    let input = child.stdin.as_mut().expect("a pipe");
    input.write_all(b"customer_no,name\n2001,First\n").expect("half of it");
    let until = Instant::now() + PATIENCE;
    let lock = world.path().join("frontdesk-data/import-1.lock");
    while std::fs::read_to_string(&lock).unwrap_or_default().is_empty() {
        assert!(Instant::now() < until, "it never began");
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}

#[test]
fn the_second_ends_at_once_and_says_who_is_first() {
    let world = World::nordkyl_today();
    world.file("b.csv", "customer_no,name\n2002,Second\n");
    world.run("staff add cron --name Cron --service --grant imports --uid 2001").well();
    world.run("group add sur --name Sur").well();
    let mut first = begun(&world);
    let uid = rustix::process::geteuid().as_raw();
    let told = format!("customer import of 'stdin' by uid {uid} since 20");
    let import = "customer import b.csv -g nordkyl --wait 600";
    let second = command_in(world.path()).args(import.split(' ')).output().expect("the program");
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!((second.status.code(), second.stdout.len()), (Some(75), 0), "{said}");
    assert!(said.contains(&told) && said.contains(" is still running; nothing was changed [busy]"), "{said}");
    let begun = Instant::now();
    world.run(import).fails(75, &told);
    world.run_as(2001, "customer import b.csv -g nordkyl").fails(75, &told);
    world.run("facility import b.csv -g nordkyl").fails(75, &told);
    world.run("import undo 1 -g nordkyl --yes").fails(3, "import '1' does not exist");
    assert!(begun.elapsed() < PATIENCE, "it waited");
    // Another group's import and a plan are no obstacle.
    world.run("customer import b.csv -g sur").well();
    world.run("customer import b.csv -g nordkyl --dry-run").well();
    drop(first.stdin.take());
    assert!(first.wait().expect("its end").success());
    world.run(import).well();
    let log = world.run("import log -g nordkyl --json").well().json();
    assert_eq!(log.as_array().map(Vec::len), Some(2), "{log}");
}

#[test]
fn a_crash_lets_go() {
    let world = World::nordkyl_today();
    let mut first = begun(&world);
    world.run_with("customer import -", "customer_no,name\n2002,Second\n").fails(75, "is still running");
    first.kill().expect("killed");
    first.wait().expect("its end");
    let said = world.run_with("customer import -", "customer_no,name\n2002,Second\n").well();
    assert!(said.err.contains("created 1"), "{said:?}");
    world.run("customer show 2001").fails(3, "does not exist");
}
