//! Every command that changes something: tried without a trace, repeated without a trace, silent when asked to be.

use std::path::Path;
use std::process::Command;

use crate::cli::walk::{Does, company, is_civil, lines};
use crate::support::World;

/// A sum over the database file, made by another process: opening it here would end SQLite's locks on it.
fn sum(path: &Path) -> String {
    let made = Command::new("cksum").arg(path.join("frontdesk-data/frontdesk.db")).output().expect("cksum");
    assert!(made.status.success() && !made.stdout.is_empty(), "{made:?}");
    String::from_utf8(made.stdout).expect("a sum")
}

/// Every file below a folder, without the database's own helpers that come and go.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        }
        found.push(path.display().to_string());
    }
    found.retain(|path| !path.ends_with("-wal") && !path.ends_with("-shm"));
    found.sort();
    found
}

#[test]
fn a_dry_run_says_what_would_be_and_leaves_everything_as_it_was() {
    let world = company();
    let before = (world.rows(), sum(world.path()), files(world.path()));
    for line in lines(Does::changes) {
        let said = world.run(&format!("{line} --dry-run")).well();
        assert!(said.err.contains("dry run, nothing was changed: "), "`{line}`: {said:?}");
        is_civil(&said);
        let said = world.run(&format!("{line} --dry-run --exit-code -o json"));
        assert_eq!(said.status, 5, "`{line}` would change nothing: {said:?}");
        let json = said.json();
        assert_eq!(json["dry_run"], true, "`{line}`: {said:?}");
        assert_eq!(json["changed"], true, "`{line}`: {said:?}");
        assert!(json["action"].is_string() && json["action"] != "unchanged", "`{line}`: {said:?}");
        assert_eq!((world.rows(), sum(world.path()), files(world.path())), before, "`{line}` left a trace");
    }
}

#[test]
fn a_change_is_said_in_one_line_and_not_at_all_when_quiet() {
    let whole = company();
    for line in lines(Does::changes) {
        let world = whole.copy();
        let said = world.run(&format!("{line} -q")).well();
        assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""), "`{line}`");
        let again = world.run(&format!("{line} -q"));
        if again.status == 0 {
            assert_eq!((again.out.as_str(), again.err.as_str()), ("", ""), "`{line}`");
        } else {
            assert!(again.err.starts_with("error: ") && again.out.is_empty(), "`{line}`: {again:?}");
            is_civil(&again);
        }
    }
}

#[test]
fn what_is_there_already_is_said_and_not_written_again() {
    let world = company();
    for line in lines(|does| does == Does::Add) {
        // Once there is another group, it is said which one is meant.
        let line = format!("{line} -g nordkyl");
        let first = world.run(&format!("{line} --if-exists skip -o json")).well().json();
        assert_eq!((&first["action"], &first["changed"]), (&"created".into(), &true.into()), "`{line}`");
        let before = world.rows();
        let said = world.run(&format!("{line} --ensure")).well();
        assert!(said.err.starts_with("unchanged "), "`{line}`: {said:?}");
        let json = world.run(&format!("{line} --if-exists skip --json")).well().json();
        assert_eq!((&json["action"], &json["changed"]), (&"unchanged".into(), &false.into()), "`{line}`");
        let pending = world.run(&format!("{line} --ensure --dry-run --exit-code")).well();
        assert!(pending.err.starts_with("dry run, nothing was changed: unchanged "), "`{line}`: {pending:?}");
        world.run(&line).fails(4, "[conflict]");
        assert_eq!(world.rows(), before, "`{line}` wrote something the second time");
        world.run(&format!("{line} --ensure --if-exists skip")).fails(2, "cannot be used with");
    }
}

#[test]
fn what_is_gone_already_is_only_said_when_that_is_fine() {
    let whole = company();
    whole.run("group add other --name Other").well();
    for line in lines(|does| does == Does::Remove) {
        let world = whole.copy();
        let line = if line.starts_with("group delete") { line } else { format!("{line} -g nordkyl") };
        let said = world.run(&format!("{line} --json")).well().json();
        assert_eq!((&said["action"], &said["changed"]), (&"deleted".into(), &true.into()), "`{line}`");
        let before = world.rows();
        is_civil(&world.run(&line).fails(3, "[not_found]"));
        let said = world.run(&format!("{line} --missing-ok")).well();
        assert!(said.err.starts_with("unchanged "), "`{line}`: {said:?}");
        assert_eq!(world.rows(), before, "`{line}` wrote something the second time");
    }
}

#[test]
fn a_second_import_changes_nothing_and_writes_nothing() {
    let world = company();
    for line in lines(|does| does == Does::Import) {
        world.run(&line).well();
        let before = world.rows();
        let said = world.run(&format!("{line} --json")).well().json();
        assert_eq!((&said["action"], &said["changed"]), (&"unchanged".into(), &false.into()), "`{line}`");
        assert_eq!(world.rows(), before, "`{line}`");
    }
}

#[test]
fn an_installation_is_made_dry_from_nothing() {
    let world = World::empty();
    let said = world.run("init --base-url https://portal.test --dry-run --exit-code");
    assert_eq!(said.status, 5, "{said:?}");
    assert!(said.err.starts_with("dry run, nothing was changed: created frontdesk in "), "{said:?}");
    assert_eq!(files(world.path()), Vec::<String>::new());
    world.run("init --base-url ftp://x --dry-run").fails(2, "does not begin with https://");
    world.run("init --base-url https://portal.test").well();
    world.run("init --base-url https://portal.test --dry-run --exit-code").well();
}
