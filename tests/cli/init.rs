//! `init`: an empty installation, once or twice.

use std::os::unix::fs::PermissionsExt;

use crate::support::World;

#[test]
fn init_makes_a_private_installation_and_can_be_run_twice() {
    let world = World::empty();
    let said = world.run("init --base-url https://portal.nordkyl.example").well();
    assert!(said.err.contains("created frontdesk in"), "{said:?}");
    for name in ["frontdesk-data", "frontdesk-data/key", "frontdesk-data/frontdesk.db"] {
        let mode = std::fs::metadata(world.path().join(name)).expect(name).permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} can be entered by others");
    }
    let again = world.run("init --base-url https://portal.nordkyl.example").well();
    assert!(again.err.contains("unchanged frontdesk in"), "{again:?}");
}

#[test]
fn init_does_not_overrule_a_configuration_file() {
    let world = World::new();
    world.run("init --base-url https://other.example").fails(4, "says portal.base_url = \"https://portal.test\"");
    world.run("init --base-url ftp://x").fails(4, "exists already");
    World::empty().run("init --base-url ftp://x").fails(2, "'ftp://x' does not begin with https://");
}

#[test]
fn commands_without_an_installation_say_how_to_make_one() {
    World::empty().run("group list").fails(78, "there is no frontdesk database").fails(78, "frontdesk init");
}
