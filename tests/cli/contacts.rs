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
