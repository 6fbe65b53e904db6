//! `group priority`: how soon an order must be done.

use crate::support::World;

#[test]
fn a_new_group_has_priorities_in_its_language() {
    let world = World::nordkyl();
    let list = world.run("group priority list --json").well().json();
    assert_eq!(list[1].to_string(), r#"{"name":"Normal","hours":120,"emergency":false,"position":2,"default":true}"#);
    assert_eq!((&list[3]["name"], &list[3]["emergency"]), (&"Emergency".into(), &true.into()));
    world.run("group add kyla --name Kyla --lang sv").well();
    assert_eq!(world.run("group priority list -g kyla -o id").well().out, "Låg\nNormal\nBrådskande\nAkut\n");
}

#[test]
fn a_priority_is_added_changed_and_deleted() {
    let world = World::nordkyl();
    let said = world.run("group priority add Tomorrow --hours 24 --position 1").well();
    assert_eq!(said.err, "created priority Tomorrow (overdue after 24 hours, position 1)\n");
    let said = world.run("group priority set tomorrow --no-hours --emergency --default --name Someday --json").well();
    let json = said.json();
    assert_eq!(json["action"], "updated");
    assert_eq!(json["hours"], serde_json::Value::Null);
    assert_eq!((&json["emergency"], &json["default"]), (&true.into(), &true.into()));
    assert!(world.run("group priority set Someday --no-hours").well().err.starts_with("unchanged"));
    world.run("group priority delete Someday --yes").fails(4, "'Someday' is the default priority");
    world.run("group priority set Normal --default").well();
    world.run("group priority delete Someday --yes").well();
    assert_eq!(world.run("group priority list -o id").well().out, "Low\nNormal\nUrgent\nEmergency\n");
}

#[test]
fn adding_twice_dry_runs_and_wrong_words() {
    let world = World::nordkyl();
    world.run("group priority add low --hours 1").fails(4, "priority 'Low' exists already");
    assert!(world.run("group priority add Low --hours 1 --if-exists skip").well().err.starts_with("unchanged"));
    assert!(world.run("group priority add Low --hours 300 --ensure").well().err.starts_with("updated"));
    assert!(world.run("group priority add Low --hours 300 --ensure").well().err.starts_with("unchanged"));
    assert_eq!(world.run("group priority add New --dry-run --exit-code").status, 5);
    world.run("group priority add New --hours 0").fails(2, "0 is not in");
    world.run("group priority add New --hours soon").fails(2, "soon");
    world.run("group priority set Hgih --hours 1").fails(3, "priority 'Hgih' does not exist");
    world.run("group priority delete Low").fails(2, "needs to be confirmed");
    world.run("group priority delete Nowhere --yes").fails(3, "priority 'Nowhere' does not exist");
    world.run("group priority delete Nowhere --missing-ok").well();
    assert_eq!(world.run("group priority list -o id").well().out, "Low\nNormal\nUrgent\nEmergency\n");
}
