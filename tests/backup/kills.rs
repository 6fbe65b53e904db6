//! Killed at every step: a backup is whole or not there, and a data directory is the old one, the new one, or says how to go on.

use std::fs;

use super::{CALLS, can_trace, killed_at, moments};
use crate::cli::backup::{data, made, with_things_at};
use crate::support::World;

#[test]
fn a_killed_backup_leaves_nothing_under_a_name_and_harms_none() {
    if !can_trace() {
        return;
    }
    let world = with_things_at(World::nordkyl_today());
    made(&world, "");
    let place = data(&world).join("backups");
    let mut killed = 0;
    for calls in CALLS {
        for count in moments(calls) {
            if !killed_at(&world, "backup create --keep 2 -q", calls, count) {
                break;
            }
            killed += 1;
            let said = world.run("backup verify --all").well();
            assert!(!said.out.contains("damaged"), "{calls} {count}: {said:?}");
            let names = fs::read_dir(&place).expect("a folder").map(|entry| entry.expect("an entry").file_name());
            let odd = names.filter(|name| !name.to_string_lossy().starts_with(['.', '2']));
            assert_eq!(odd.count(), 0, "{calls} {count}");
        }
    }
    assert!(killed > 20, "{killed}");
    // What they left is told of, and the next one takes it away.
    made(&world, "--keep 2");
    let left = fs::read_dir(&place)
        .expect("a folder")
        .filter(|entry| entry.as_ref().expect("an entry").file_name().to_string_lossy().starts_with(".making"));
    assert_eq!(left.count(), 0);
    assert_eq!(world.run("backup list -o id").well().out.lines().count(), 2);
    world.run("audit verify").well();
}

#[test]
fn a_killed_restore_leaves_the_old_state_or_the_new_or_says_how_to_go_on() {
    if !can_trace() {
        return;
    }
    let whole = with_things_at(World::nordkyl_today());
    let name = made(&whole, "usb");
    whole.run("customer add 7 --name Later").well();
    let line = format!("backup restore {name} --dir usb --confirm {name} -q");
    let (mut old, mut new, mut open) = (0, 0, 0);
    for calls in CALLS {
        for count in moments(calls) {
            let world = whole.copy();
            if !killed_at(&world, &line, calls, count) {
                break;
            }
            let what = format!("{calls} {count}");
            let listed = world.run("customer list -o id");
            match (listed.status, listed.out.as_str()) {
                (0, "1042\n7\n") => old += 1,
                (0, "1042\n") => new += 1,
                (78, "") => {
                    open += 1;
                    assert!(listed.err.contains("a restore was interrupted in"), "{what}: {listed:?}");
                    assert!(
                        listed.err.contains("tip: finish it with: frontdesk backup restore --finish"),
                        "{what}: {listed:?}"
                    );
                    // Nothing is made anew in the place of what is not there just now.
                    for other in ["init", "serve --check", "backup create", &line] {
                        world.run(other).fails(78, "a restore was interrupted in");
                    }
                    world.run("doctor").fails(1, "a restore was interrupted in");
                    let said = world.run("backup restore --finish").well();
                    assert!(said.err.contains("the state before is kept in"), "{what}: {said:?}");
                    assert_eq!(world.run("customer list -o id").well().out, "1042\n", "{what}");
                }
                _ => panic!("{what}: {listed:?}"),
            }
            world.run("audit verify").well();
            let doctor = world.run("doctor --fix --json").well();
            assert!(!doctor.out.contains("\"wrong\""), "{what}: {doctor:?}");
            assert!(!data(&world).join("restoring").exists(), "{what}");
            world.run("document get 1 --to out.pdf --force").well();
            // The state before is whole where it was put aside.
            if !world.run("customer show 7").out.contains("Later") {
                let entries =
                    fs::read_dir(data(&world)).expect("a folder").map(|entry| entry.expect("an entry").path());
                let kept: Vec<_> =
                    entries.filter(|path| path.display().to_string().contains("before-restore-")).collect();
                assert_eq!(kept.len(), 1, "{what}");
                let listed = world.run(&format!("customer list -o id --data-dir {}", kept[0].display())).well();
                assert_eq!(listed.out, "1042\n7\n", "{what}");
            }
            // And it can be done again from wherever that was.
            world.run(&line).well();
        }
    }
    assert!(old > 10 && open > 5, "{old} {new} {open}");
}
