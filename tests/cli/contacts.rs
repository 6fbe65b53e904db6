//! `contact`: people at a customer, with and without an address.

use crate::support::World;

fn two_customers() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    world.run("customer add 1043 --name 'Brf Björken'").well();
    world.run("contact add --customer 1042 --name 'Eva Lind' --email eva@brf.example --title Chair").well();
    world
}

#[test]
fn a_person_is_added_listed_shown_and_changed() {
    let world = two_customers();
    let said = world.run("contact add --customer 1043 --name 'Ola Berg' --phone 070").well();
    assert_eq!(said.err, "created contact Ola Berg (id:2, customer 1043)\n");
    let list = world.run("contact list --json").well().json();
    assert_eq!((&list[0]["ref"], &list[0]["name"]), (&"id:1".into(), &"Eva Lind".into()));
    assert_eq!(world.run("contact list --customer 1043 -o id").well().out, "id:2\n");
    assert_eq!(world.run("contact show id:2 --json").well().json()["name"], "Ola Berg");
    let said = world.run("contact set eva@brf.example --email Eva.Lind@brf.example --title '' --json").well().json();
    assert_eq!((said["action"].as_str(), said["email"].as_str()), (Some("updated"), Some("eva.lind@brf.example")));
    assert!(said["title"].is_null());
    world.run("contact show eva@brf.example").fails(3, "contact 'eva@brf.example' does not exist");
    assert!(world.run("contact set eva.lind@brf.example --title ''").well().err.starts_with("unchanged"));
}

#[test]
fn the_list_shows_accounts_and_the_command_that_makes_one() {
    let world = two_customers();
    world.run("contact add --customer 1042 --name 'Ola Berg'").well();
    let list = world.run("contact list --sort ref --json").well().json();
    assert_eq!((&list[0]["account"], &list[1]["account"]), (&"none".into(), &"none".into()));
    let next = list[0]["next"].as_str().expect("a command").strip_prefix("frontdesk ").expect("ours").to_owned();
    assert_eq!(next, "user create eva@brf.example --customer 1042");
    assert_eq!(list[1]["next"], "frontdesk contact set id:2 --email EMAIL");
    world.run(&format!("{next} --template standard --unattached")).well();
    let after = world.run("contact list --sort ref --json").well().json();
    assert_eq!((&after[0]["account"], &after[0]["next"]), (&"invited".into(), &serde_json::Value::Null));
    let card = world.run("contact show eva@brf.example --json").well().json();
    assert_eq!((&card["account"], &card["scope"]), (&"invited".into(), &"unattached".into()));
    let customer = world.run("customer show 1042 --json").well().json();
    assert_eq!(
        (&customer["users"][0]["email"], &customer["users"][0]["state"]),
        (&"eva@brf.example".into(), &"invited".into())
    );
    assert_eq!(
        (&customer["contacts"][0]["account"], &customer["users"][0]["scope"]),
        (&"invited".into(), &"unattached".into())
    );
}

#[test]
fn an_address_at_two_customers_is_ambiguous() {
    let world = two_customers();
    world.run("contact add --customer 1043 --name 'Eva Lind' --email eva@brf.example").well();
    let said = world.run("contact show eva@brf.example").fails(4, "contact 'eva@brf.example' is ambiguous");
    assert!(said.err.contains("id:1 (customer 1042), id:2 (customer 1043)"), "{said:?}");
    let one = world.run("contact show eva@brf.example --customer 1043 --json").well().json();
    assert_eq!(one["id"], 2);
    world
        .run("contact show nobody@brf.example --customer 1043")
        .fails(3, "customer 1043 has no contact 'nobody@brf.example'");
}

#[test]
fn adding_twice_is_a_conflict_unless_told_otherwise() {
    let world = two_customers();
    let again = "contact add --customer 1042 --email eva@brf.example --name 'Eva Lindh'";
    world.run(again).fails(4, "contact 'eva@brf.example' exists already");
    assert!(world.run(&format!("{again} --if-exists skip")).well().err.starts_with("unchanged"));
    assert!(world.run(&format!("{again} --ensure")).well().err.starts_with("updated contact Eva Lindh"));
    world.run("contact add --customer 1042 --name 'Bo Ek'").well();
    world.run("contact add --customer 1042 --name 'Bo Ek'").fails(4, "contact 'Bo Ek' exists already");
    world.run("contact add --customer 1042 --name 'Eva Lindh'").well();
    assert_eq!(world.run("contact list --json").json().as_array().map(Vec::len), Some(3));
    world.run("contact add --customer 1042 --email x@y.example").fails(2, "a new contact needs a name");
    world.run("contact add --customer 1402 --name X").fails(3, "customer '1402' does not exist");
    world.run("contact add --name X").fails(2, "--customer");
    world
        .run("contact set id:2 --email eva@brf.example")
        .fails(4, "the customer has a contact 'eva@brf.example' already");
}

#[test]
fn deleting_asks_and_erasing_keeps_the_row() {
    let world = two_customers();
    world.run("contact delete eva@brf.example").fails(2, "needs to be confirmed");
    world.run("contact delete eva@brf.example --erase --yes").well();
    let left = world.run("contact show id:1 --json").well().json();
    assert_eq!(left["name"], "(erased 1)");
    assert!(left["email"].is_null() && left["title"].is_null());
    world.run("contact rm id:1 --yes").well();
    world.run("contact delete id:1 --yes").fails(3, "contact 'id:1' does not exist");
    assert!(world.run("contact delete id:1 --missing-ok").well().err.starts_with("unchanged"));
}

#[test]
fn roles_and_facilities_are_set_shown_and_taken_away() {
    let world = two_customers();
    for place in ["hus-b", "hus-a"] {
        world.run(&format!("facility add {place} --customer 1042 --name {place}")).well();
    }
    let said =
        world.run("contact set eva@brf.example --role billing --role BOARD --facility hus-b --facility hus-a").well();
    assert_eq!(
        said.err,
        "updated contact Eva Lind, eva@brf.example (id:1, customer 1042; roles: Board, Billing; facilities: hus-a, hus-b)\n"
    );
    assert!(
        world
            .run("contact set eva@brf.example --add-role board --remove-role 'site manager'")
            .well()
            .err
            .starts_with("unchanged")
    );
    let said = world.run(
        "contact set eva@brf.example --add-role 'site manager' --remove-role Board --remove-facility hus-b --json",
    );
    let said = said.well().json();
    assert_eq!((said["roles"].to_string().as_str(), &said["changed"]), (r#"["Site manager","Billing"]"#, &true.into()));
    assert_eq!(said["facilities"].to_string(), r#"["hus-a"]"#);
    let said = world.run("contact set eva@brf.example --role Board --title Chair --json").well().json();
    assert_eq!(
        (said["roles"].to_string().as_str(), said["facilities"].to_string().as_str()),
        (r#"["Board"]"#, r#"["hus-a"]"#)
    );
    let lines = world.run("audit list --action contact.changed --json").well().json();
    assert_eq!(
        (&lines[0]["before"]["roles"][0], &lines[0]["after"]["roles"][0]),
        (&"Site manager".into(), &"Board".into())
    );
    let show = world.run("contact show eva@brf.example --json").well().json();
    assert_eq!((&show["roles"][0], &show["facilities"][0]), (&"Board".into(), &"hus-a".into()));
    let list = world.run("contact list -o csv --fields name,roles,facilities").well().out;
    assert_eq!(list, "name,roles,facilities\nEva Lind,Board,hus-a\n");
    assert!(world.run("contact list").well().out.contains("Board"));
    assert_eq!(world.run("customer show 1042 --json").well().json()["contacts"][0]["roles"][0], "Board");
    let said = world.run("contact set eva@brf.example --no-roles --no-facilities").well();
    assert_eq!(said.err, "updated contact Eva Lind, eva@brf.example (id:1, customer 1042)\n");
    assert_eq!(world.run("contact list --role Board -o id").well().out, "");
}

#[test]
fn adding_again_gives_the_roles_that_are_named() {
    let world = two_customers();
    let add = "contact add --customer 1042 --email eva@brf.example --name 'Eva Lind'";
    assert!(world.run(&format!("{add} --role Board --ensure")).well().err.starts_with("updated"));
    assert!(world.run(&format!("{add} --role board --ensure")).well().err.starts_with("unchanged"));
    assert!(world.run(&format!("{add} --ensure")).well().err.contains("; roles: Board)"), "what is not named stays");
    let before = world.rows();
    world.run(&format!("{add} --role Board --role Bord --ensure")).fails(3, "did you mean 'Board'?");
    world.run("contact add --customer 1042 --name New --role Board --facility hall").fails(3, "has no facility 'hall'");
    assert_eq!(world.rows(), before, "nobody is added in part");
}

#[test]
fn roles_without_an_address_are_warned_of() {
    let world = two_customers();
    let said = world.run("contact add --customer 1042 --name 'Ola Berg' --role Board").well();
    assert!(said.err.contains("warning: Ola Berg has roles and no address: nothing of it reaches them"), "{said:?}");
    let tip = said.err.lines().last().and_then(|line| line.strip_prefix("  tip: frontdesk ")).expect("a tip");
    let said = world.run(&tip.replace("EMAIL", "ola@brf.example")).well();
    assert!(!said.err.contains("warning"), "{said:?}");
    let said = world.run("contact set ola@brf.example --email '' --json").well().json();
    assert_eq!(said["warnings"].as_array().map(Vec::len), Some(1), "{said}");
}

#[test]
fn a_facility_that_somebody_is_told_about_stays() {
    let world = two_customers();
    world.run("facility add hus-a --customer 1042 --name 'Hus A'").well();
    world.run("contact set eva@brf.example --role Board --facility hus-a").well();
    world
        .run("facility delete hus-a --yes")
        .fails(4, "or contacts who are told about it")
        .fails(4, "facility close hus-a");
    world.run("contact set eva@brf.example --no-facilities").well();
    world.run("facility delete hus-a --yes").well();
}
