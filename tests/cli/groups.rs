//! `group`: made, shown, changed, deleted.

use crate::support::World;

#[test]
fn a_group_is_added_listed_shown_and_changed() {
    let world = World::new();
    let said =
        world.run("group add nordkyl --name 'Nordkyl AB' --lang sv --tz Europe/Stockholm --colour #0a5c3a").well();
    assert_eq!(said.err, "created group nordkyl (Nordkyl AB, sv, Europe/Stockholm)\n");
    assert_eq!(said.out, "");
    let list = world.run("group list --json").well().json();
    assert_eq!(list[0]["slug"], "nordkyl");
    assert_eq!(list[0]["prefix"], "NOR");
    let said = world.run("group set nordkyl --phone '+46 8 555 123 00' --json").well().json();
    assert_eq!((said["action"].as_str(), said["phone"].as_str()), (Some("updated"), Some("+46 8 555 123 00")));
    assert!(world.run("group set nordkyl --phone '+46 8 555 123 00'").well().err.starts_with("unchanged"));
    assert!(world.run("group show nordkyl").well().out.contains("https://portal.test/g/nordkyl/"));
}

#[test]
fn adding_twice_is_a_conflict_unless_told_otherwise() {
    let world = World::nordkyl();
    world.run("group add nordkyl --name Other").fails(4, "group 'nordkyl' exists already");
    assert!(world.run("group add nordkyl --name Other --if-exists skip").well().err.starts_with("unchanged"));
    assert!(world.run("group add nordkyl --name Other --ensure").well().err.starts_with("updated"));
    assert!(world.run("group add nordkyl --name Other --ensure").well().err.starts_with("unchanged"));
}

#[test]
fn a_dry_run_changes_nothing_and_can_say_so_by_its_status() {
    let world = World::nordkyl();
    let said = world.run("group set nordkyl --name Other --dry-run --exit-code");
    assert_eq!(said.status, 5);
    assert!(said.err.starts_with("dry run, nothing was changed: updated group nordkyl (Other"), "{said:?}");
    assert_eq!(world.run("group list --json").json()[0]["name"], "Nordkyl AB");
}

#[test]
fn deleting_needs_the_name() {
    let world = World::nordkyl();
    world.run("group delete nordkyl").fails(2, "needs to be confirmed");
    world.run("group delete nordkyl --confirm nordkil").fails(2, "is not 'nordkyl'");
    world
        .run("group delete nordkil --confirm nordkil")
        .fails(3, "group 'nordkil' does not exist")
        .fails(3, "did you mean nordkyl?");
    world.run("group delete nordkyl --confirm nordkyl").well();
    assert!(world.run("group delete nordkyl --confirm nordkyl --missing-ok").well().err.starts_with("unchanged"));
    assert_eq!(world.run("group list --json").well().out, "[]\n");
}

#[test]
fn wrong_words_get_a_sentence_with_the_value() {
    let world = World::new();
    world.run("group add Nordkyl --name X").fails(2, "'Nordkyl'");
    world.run("group add n --name X --colour red").fails(2, "'red' is not a colour such as #0a5c3a");
    world.run("group add n --name X --tz Mars/Olympus").fails(2, "'Mars/Olympus' is not a time zone");
    world.run("group add n --name X --lang fr").fails(2, "'fr' is not a language");
    world.run("group add n").fails(2, "a new group needs a name");
    world.run("group add n --name X --logo nowhere.png").fails(66, "'nowhere.png' cannot be read");
    world.file("x.png", "<svg/>");
    world.run("group add n --name X --logo x.png").fails(65, "is not a PNG, JPEG or WebP picture");
    world.run("group frobnicate").fails(2, "frobnicate");
    assert_eq!(world.run("group list --json").well().out, "[]\n");
}
