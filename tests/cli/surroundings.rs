//! What holds for every command from outside of it: the flags of all, the environment, and which group is meant.

use crate::cli::walk::{Does, company, is_civil, lines};
use crate::support::{Said, World, split};

fn with(world: &World, line: &str, name: &str, value: &str) -> Said {
    world.run_in(&split(line), "", |io| drop(io.environment.insert(name.into(), value.into())))
}

#[test]
fn flags_of_all_commands_stand_before_or_after() {
    let world = company();
    for line in lines(|does| matches!(does, Does::List | Does::Show)) {
        let after = world.run(&format!("{line} --json --utc -g nordkyl --no-input")).well();
        let before = world.run(&format!("--json --utc -g nordkyl --no-input {line}")).well();
        assert_eq!(before.out.replace("flag --group", ""), after.out.replace("flag --group", ""), "`{line}`");
        let Some((first, rest)) = line.split_once(' ') else { continue };
        let between = world.run(&format!("{first} --json --utc -g nordkyl --no-input {rest}")).well();
        assert_eq!(between.out, after.out, "`{line}`");
    }
}

#[test]
fn the_environment_says_the_format_also_of_errors() {
    let world = company();
    assert_eq!(with(&world, "customer show 1042", "FRONTDESK_OUTPUT", "json").well().json()["customer_no"], "1042");
    assert!(with(&world, "customer list", "FRONTDESK_OUTPUT", "CSV").well().out.starts_with("customer_no,name,"));
    assert!(with(&world, "customer list -o id", "FRONTDESK_OUTPUT", "json").well().out.starts_with("1042\n"));
    for line in ["customer show 9999", "customer list --nowhere", "customer list --limit x", "customer list -g ''"] {
        let said = with(&world, line, "FRONTDESK_OUTPUT", "json");
        let error: serde_json::Value = serde_json::from_str(&said.err).unwrap_or_else(|_| panic!("`{line}`: {said:?}"));
        assert_eq!(error["error"]["exit"], u64::from(said.status), "`{line}`");
        let said = with(&world, &format!("{line} -o table"), "FRONTDESK_OUTPUT", "json");
        assert!(said.err.starts_with("error: "), "`{line}`: {said:?}");
    }
    for line in ["config example", "config check config.example", "completions bash"] {
        with(&world, line, "FRONTDESK_OUTPUT", "xml").fails(2, "FRONTDESK_OUTPUT 'xml' is not one of table json");
    }
    for line in ["customer list --nowhere -ojson", "customer list --nowhere --output=jsonl", "-o json nobody"] {
        let said = world.run(line);
        assert!(said.err.starts_with("{\"error\":{\"code\":\"usage\",\"exit\":2,"), "`{line}`: {said:?}");
    }
}

#[test]
fn the_environment_says_where_the_data_are() {
    let world = company();
    let elsewhere = company();
    elsewhere.run("customer add 7777 --name Elsewhere").well();
    let data = elsewhere.path().join("frontdesk-data").display().to_string();
    let config = elsewhere.path().join("etc/frontdesk/config.toml").display().to_string();
    with(&world, "customer show 7777", "FRONTDESK_DATA_DIR", &data).well();
    with(&world, "customer show 7777", "FRONTDESK_CONFIG", &config).well();
    world.run("customer show 7777").fails(3, "customer '7777' does not exist");
    let own = world.path().join("frontdesk-data").display().to_string();
    with(&world, &format!("customer show 7777 --data-dir {own}"), "FRONTDESK_DATA_DIR", &data).fails(3, "7777");
    with(&world, "customer list", "FRONTDESK_CONFIG", "nowhere.toml").fails(66, "nowhere.toml");
    with(&world, "customer list", "FRONTDESK_DATA_DIR", "nowhere").fails(78, "there is no frontdesk database");
}

#[test]
fn one_of_two_groups_must_be_named() {
    let world = company();
    world.run("group add sur --name Sur").well();
    let before = world.rows();
    for line in lines(|does| does.changes() || matches!(does, Does::List | Does::Show)) {
        let noun = line.split(' ').next().unwrap_or_default();
        let outside = [
            "init",
            "doctor",
            "audit verify",
            "backup",
            "group add",
            "group list",
            "group show",
            "group set",
            "group logo",
            "group box",
            "group delete",
            "mail password",
            "portal routes",
        ];
        if noun == "config" || outside.iter().any(|known| line.starts_with(known)) {
            continue;
        }
        let said = world.run(&line).fails(2, "there are 2 groups and none was named [usage]");
        assert!(said.err.ends_with("  tip: name one with -g: nordkyl, sur\n"), "`{line}`: {said:?}");
        is_civil(&said);
    }
    assert_eq!(world.rows(), before);
    assert_eq!(world.run("customer list -g sur --json").well().out, "[]\n");
    assert_eq!(with(&world, "customer list --json", "FRONTDESK_GROUP", "sur").well().out, "[]\n");
    assert_ne!(with(&world, "customer list --json -g nordkyl", "FRONTDESK_GROUP", "sur").well().out, "[]\n");
    world.run("customer list -g nordkil").fails(3, "group 'nordkil' does not exist").fails(3, "did you mean nordkyl?");
    world.run("customer list -g ''").fails(2, "--group is empty");
}

#[test]
fn groups_and_people_are_known_by_their_row_too() {
    let world = company();
    let nordkyl = world.run("customer list --json").well().out;
    assert_eq!(world.run("customer list --json -g id:1").well().out, nordkyl);
    assert_eq!(with(&world, "customer list --json", "FRONTDESK_GROUP", "id:1").well().out, nordkyl);
    world.run("customer list -g id:7").fails(3, "group 'id:7' does not exist");
    world.run("customer list -g id:x").fails(2, "flag --group: 'id:x'");
    assert_eq!(world.run("group show id:1 --json").well().json()["slug"], "nordkyl");
    assert_eq!(world.run("staff show id:1 --json").well().json()["login"], "rita");
    assert_eq!(world.run("mail show id:1 --json").well().json()["id"], 1);
    assert_eq!(world.run("order list --assigned id:1 --json").well().json()[0]["order_no"], "NK-FRO-0001");
    assert!(world.run("order assign NK-FRO-0002 --to id:1").well().err.contains("technicians: rita"));
    assert!(world.run("group set id:1 --phone 7").well().err.starts_with("updated group nordkyl"));
    world.run("group delete id:1 --confirm nordkyl").well();
}

#[test]
fn what_happened_in_a_deleted_group_stays_to_be_read() {
    let world = company();
    world.run("group add sur --name Sur").well();
    world.run("group delete nordkyl --confirm nordkyl").well();
    let lines = world.run("audit list --groups --json --search customer.added").well().json();
    let subjects: Vec<_> = lines.as_array().expect("lines").iter().map(|line| line["subject"].clone()).collect();
    assert!(subjects.contains(&"1042".into()) && subjects.contains(&"1043".into()), "{subjects:?}");
    assert_eq!(world.run("audit list --groups --json --limit 1").well().json()[0]["action"], "group.deleted");
    assert_eq!(
        world.run("audit list --search customer.added --json").well().out,
        "[]\n",
        "sur has nothing to do with it"
    );
}

#[test]
fn a_search_in_the_audit_goes_further_back_than_its_limit() {
    let world = World::nordkyl();
    world.run("customer add 1042 --name Brf").well();
    let all: String = (0..120).map(|n| format!("{n},Customer {n}\n")).collect();
    world.file("c.csv", format!("customer_no,name\n{all}"));
    world.run("customer import c.csv").well();
    assert_eq!(world.run("audit list --json").well().json().as_array().map(Vec::len), Some(100));
    let found = world.run("audit list --where subject=1042 --json").well().json();
    assert_eq!(found[0]["action"], "customer.added");
    assert_eq!(world.run("audit list --search added --limit 3 --json").well().json().as_array().map(Vec::len), Some(3));
}
