//! Before an upgrade the database is copied, and whoever is killed on the way leaves the old one or the new one.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::{can_trace, killed_at, moments, number};
use crate::cli::backup::data;
use crate::support::World;

/// The steps of the schema, as they lie in the repository.
fn steps() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db/migrations");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("a step")).collect()
}

/// A database as an early version left it: the chain of the audit, which needs the key, begins later.
fn old(path: &Path, version: usize) {
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", path.display()));
    }
    let database = Connection::open(path).expect("a database");
    for step in &steps()[..version] {
        database.execute_batch(step).expect("a step");
    }
    database
        .execute_batch(
            "INSERT INTO groups (slug, name, colour, lang, zone, prefix, created_at)
             VALUES ('alpha', 'A', '#000000', 'en', 'UTC', 'A', '2026-11-22T08:02:00Z');
             INSERT INTO audit (group_id, at, actor_sort, actor, via, action, noun, subject_id, subject)
             VALUES (1, '2026-11-22T08:02:00Z', 'owner', 'uid 0', 'direct', 'group.added', 'group', 1, 'alpha');
             PRAGMA application_id = 0x6664736b;",
        )
        .expect("a group");
    database.pragma_update(None, "user_version", i64::try_from(version).expect("small")).expect("a version");
}

#[test]
fn a_killed_upgrade_leaves_the_old_or_the_new_and_a_copy_from_before() {
    if !can_trace() {
        return;
    }
    let world = World::new();
    let path = data(&world).join("frontdesk.db");
    let now = i64::from(frontdesk::db::version());
    for version in [1, 3] {
        for calls in ["/^rename", "/^f(data)?sync", "/^p?write(64)?$"] {
            for count in moments(calls) {
                old(&path, version);
                let copy = data(&world).join(format!("before-upgrade-from-schema-{version}.db"));
                let _ = fs::remove_file(&copy);
                if !killed_at(&world, "group list -q", calls, count) {
                    break;
                }
                let what = format!("{version}, {calls} {count}");
                let stands = number(&path, "PRAGMA user_version");
                assert!((i64::try_from(version).expect("small")..=now).contains(&stands), "{what}: {stands}");
                assert!(stands == i64::try_from(version).expect("small") || copy.exists(), "{what}: no copy");
                if copy.exists() {
                    assert_eq!(number(&copy, "PRAGMA user_version"), i64::try_from(version).expect("small"), "{what}");
                    assert_eq!(number(&copy, "SELECT count(*) FROM groups"), 1, "{what}");
                }
                // The next start completes it.
                assert_eq!(world.run("group list -o id").well().out, "alpha\n", "{what}");
                assert_eq!(number(&path, "PRAGMA user_version"), now, "{what}");
                world.run("audit verify").well();
            }
        }
    }
    let said = world.run("doctor --fix --json").well();
    assert!(said.out.contains("before-upgrade-from-schema-1.db"), "{said:?}");
}
