//! Backups by the real program: killed at every step, under load, on a full disk, and before an upgrade.

mod full;
mod kills;
mod load;
mod upgrades;

use std::path::Path;
use std::process::{Command, Output};

use crate::support::program::Program;
use crate::support::{World, skipped};

/// Runs a command of the real program in a world to its end.
#[track_caller]
fn run(world: &World, line: &str) -> Output {
    let words: Vec<_> = line.split(' ').collect();
    Program::command_in(world, &words).output().expect("the program")
}

#[track_caller]
fn well(world: &World, line: &str) -> String {
    let done = run(world, line);
    assert!(done.status.success(), "{line}: {done:?}");
    String::from_utf8(done.stdout).expect("text")
}

/// Whether a program can be stopped at a call of the kernel here.
fn can_trace() -> bool {
    let tried = Command::new("strace").args(["-o", "/dev/null", "-e", "trace=execve", "true"]).output();
    let tried = tried.inspect_err(|_| skipped("strace"));
    tried.is_ok_and(|done| done.status.success())
}

/// Calls by which something changes on the disk.
const CALLS: [&str; 6] = ["/^rename", "/^mkdir", "/^link", "/^unlink|^rmdir", "/^f(data)?sync", "/^p?write(64)?$"];

/// At which of some calls to kill: at each of those by which names change, and of the many others at fewer and fewer.
fn moments(calls: &str) -> impl Iterator<Item = usize> {
    let few = ["/^rename", "/^mkdir", "/^link"].contains(&calls);
    std::iter::successors(Some(1), move |count| Some(if few { count + 1 } else { count + 1 + count * 2 / 3 }))
}

/// Runs a command and kills it at the so-manyth of some calls of the kernel, before that is done; whether it came so far.
fn killed_at(world: &World, line: &str, calls: &str, count: usize) -> bool {
    let words: Vec<_> = line.split(' ').collect();
    let program = Program::command_in(world, &words);
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")]);
    traced.args(["-e", &format!("inject={calls}:signal=KILL:when={count}")]);
    traced.arg(program.get_program()).args(program.get_args()).env_clear();
    traced.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let done = traced.current_dir(world.path()).output().expect("strace");
    if done.status.code().is_none() {
        return true;
    }
    assert!(done.status.success(), "{line}, {calls} {count}: {done:?}");
    false
}

/// One number out of a database that nobody else has open.
fn number(database: &Path, sql: &str) -> i64 {
    let database = rusqlite::Connection::open(database).expect("a database");
    database.query_row(sql, [], |row| row.get(0)).expect("a number")
}
