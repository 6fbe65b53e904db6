//! `audit`: who did what.

use crate::support::World;

#[test]
fn every_change_leaves_a_line_and_a_refused_one_none() {
    let world = World::nordkyl();
    world.run("staff add rita --name 'Rita Ek'").well();
    world.run("staff grant rita mail").well();
    world.run("staff grant rita mail").well();
    world.run("staff add rita --name Other").fails(4, "exists already");
    world.run("staff revoke rita mail --dry-run").well();
    let lines = world.run("audit list --subject rita --json").well().json();
    let actions: Vec<_> = lines.as_array().expect("lines").iter().map(|line| line["action"].clone()).collect();
    assert_eq!(actions, ["staff.granted", "staff.added"]);
    assert_eq!(lines[0]["actor"], "uid 1000");
    assert_eq!(lines[0]["uid"], 1000);
    assert_eq!(lines[0]["via"], "direct");
    assert_eq!(lines[0]["before"].to_string(), "[]");
    assert_eq!(lines[0]["after"].to_string(), r#"["mail"]"#);
}

#[test]
fn lines_are_picked_by_time_action_and_number() {
    let world = World::nordkyl();
    world.clock.advance(3 * 86_400);
    world.run("staff add rita --name 'Rita Ek'").well();
    let count = |line: &str| world.run(line).well().json().as_array().map_or(0, Vec::len);
    assert_eq!(count("audit list --since 2d --json"), 1);
    assert_eq!(count("audit list --since 2026-11-24 --utc --json"), 1);
    assert_eq!(count("audit list --since 2026-11-25T08:02:01Z --json"), 0);
    assert_eq!(count("audit list --action template.added --json"), 3);
    assert_eq!(count("audit list --limit 4 --json"), 4);
    assert!(count("audit list --json") > 10);
    let groups = world.run("audit list --groups --json").well().json();
    assert_eq!(groups[0]["action"], "group.added");
    world.run("audit list --since yesterday").fails(2, "'yesterday' is neither a time");
    world.run("audit list --limit many").fails(2, "many");
}

#[test]
fn one_group_does_not_see_what_another_did() {
    let world = World::nordkyl();
    world.run("group add sur --name Sur").well();
    world.run("staff add rita --name 'Rita Ek' -g sur").well();
    assert_eq!(world.run("audit list --subject rita --json -g nordkyl").well().out, "[]\n");
    assert_eq!(world.run("audit list --subject rita --json -g sur").well().json()[0]["action"], "staff.added");
}

#[test]
fn what_was_refused_at_the_counter_is_named_by_its_command() {
    let world = World::nordkyl();
    world.run("staff add rita --name Rita --grant accounts --uid 4711").well();
    for line in ["customer add 1042 --name Secret", "mail ls"] {
        world.run_as(4711, line).fails(77, "rita needs the right");
    }
    let lines = world.run("audit list --action refused --json").well().json();
    let subjects: Vec<_> = lines.as_array().expect("lines").iter().map(|line| line["subject"].clone()).collect();
    assert_eq!(subjects, ["mail list", "customer add"]);
    assert!(!lines.to_string().contains("Secret"), "{lines}");
}
