//! `group status`: the company's own list.

use crate::support::World;

fn names(world: &World) -> Vec<String> {
    let list = world.run("group status list --json").well().json();
    list.as_array().expect("a list").iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_new_group_has_statuses_in_its_language() {
    let world = World::nordkyl();
    let list = world.run("group status list --json").well().json();
    assert_eq!(list[0].to_string(), r#"{"name":"Planning","stage":"received","position":1,"default":true}"#);
    let stages: Vec<_> = list.as_array().expect("a list").iter().map(|row| row["stage"].clone()).collect();
    assert_eq!(stages, ["received", "planned", "in_progress", "waiting", "done", "cancelled"]);
    world.run("group add sur --name Sur --lang es").well();
    let list = world.run("group status list --json -g sur").well().json();
    assert_eq!(list[4]["name"], "Terminada");
}

#[test]
fn a_status_is_added_moved_renamed_and_deleted() {
    let world = World::nordkyl();
    let said = world.run("group status add 'Parts ordered' --stage waiting --position 4").well();
    assert_eq!(said.err, "created status Parts ordered (waiting, position 4)\n");
    assert_eq!(names(&world)[3..5], ["Parts ordered", "Waiting for customer"]);
    let said = world.run("group status set 'parts ordered' --name 'Waiting for parts' --position 2 --json").well();
    let json = said.json();
    assert_eq!(json["action"], "updated");
    assert_eq!(json["changed"], true);
    assert_eq!(json["position"], 2);
    assert_eq!(json["orders"], 0);
    assert_eq!(names(&world)[1], "Waiting for parts");
    let again = world.run("group status set 'Waiting for parts' --position 2").well();
    assert_eq!(again.err, "unchanged status Waiting for parts (waiting, position 2)\n");
    world.run("group status set 'Waiting for parts' --position 99").well();
    assert!(world.run("group status set 'Waiting for parts' --position 99").well().err.starts_with("unchanged"));
    assert_eq!(world.run("group status rm 'Waiting for parts' --yes").well().err, "deleted status Waiting for parts\n");
    assert_eq!(names(&world).len(), 6);
    assert_eq!(world.run("group status ls -o id").well().out.lines().next(), Some("Planning"));
}

#[test]
fn adding_twice_is_a_conflict_unless_told_otherwise() {
    let world = World::nordkyl();
    world
        .run("group status add PLANNED --stage planned")
        .fails(4, "status 'Planned' exists already")
        .fails(4, "frontdesk group status set");
    assert!(world.run("group status add Planned --stage waiting --if-exists skip").well().err.starts_with("unchanged"));
    assert!(world.run("group status add Planned --ensure --stage waiting").well().err.starts_with("updated"));
    assert!(world.run("group status add Planned --ensure --stage waiting").well().err.starts_with("unchanged"));
}

#[test]
fn one_status_is_the_default_and_it_is_received() {
    let world = World::nordkyl();
    world.run("group status delete Planning --yes").fails(4, "'Planning' is the default status");
    world.run("group status set Planning --stage done").fails(4, "its stage is received, not done");
    world.run("group status set Done --default").fails(4, "its stage is received, not done");
    world.run("group status add New --default").well();
    let list = world.run("group status list --where default=yes --json").well().json();
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    assert_eq!(list[0]["name"], "New");
    world.run("group status delete Planning --yes").well();
}

#[test]
fn a_dry_run_changes_nothing() {
    let world = World::nordkyl();
    let said = world.run("group status add Odd --stage done --dry-run --exit-code");
    assert_eq!(said.status, 5);
    assert!(said.err.starts_with("dry run, nothing was changed: created status Odd"), "{said:?}");
    world.run("group status delete Done --dry-run").well();
    assert_eq!(names(&world).len(), 6);
}

#[test]
fn wrong_words_get_a_sentence_and_change_nothing() {
    let world = World::nordkyl();
    world.run("group status add Odd").fails(2, "a new status needs a stage").fails(2, "in_progress");
    world
        .run("group status add Odd --stage finished")
        .fails(2, "'finished' is not a stage")
        .fails(2, "there are: received");
    world.run("group status add '' --stage done").fails(2, "it is empty");
    world.run("group status add Odd --stage done --position 0").fails(2, "0 is not in 1..=1000");
    world.run("group status set Plannd --position 1").fails(3, "status 'Plannd' does not exist").fails(3, "'Planned'");
    world.run("group status set Planned --name done").fails(4, "status 'Done' exists already");
    world.run("group status delete Done").fails(2, "needs to be confirmed");
    world.run("group status delete Nowhere --yes").fails(3, "status 'Nowhere' does not exist");
    assert!(world.run("group status delete Nowhere --missing-ok").well().err.starts_with("unchanged"));
    assert_eq!(names(&world).len(), 6);
    assert_eq!(world.run("audit list --where noun=status --limit 500 -o id").well().out.lines().count(), 6);
}
