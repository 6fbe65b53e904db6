//! `facility`: the places of customers.

use crate::support::World;

fn two_customers() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    world.run("customer add 1043 --name 'Brf Björken'").well();
    world.run("facility add hus-b --customer 1042 --name 'Building B' --address 'Storgatan 1'").well();
    world
}

#[test]
fn a_place_is_added_listed_shown_and_changed() {
    let world = two_customers();
    let said = world.run("facility add hus-c --customer 1042 --name 'Building C' --tz Europe/Madrid").well();
    assert_eq!(said.err, "created facility hus-c (Building C, customer 1042)\n");
    assert_eq!(world.run("facility list -o id").well().out, "hus-b\nhus-c\n");
    assert_eq!(world.run("facility list --customer 1043 --json").well().out, "[]\n");
    let said = world.run("facility set hus-b --address '' --city Umeå --json").well().json();
    assert!(said["action"] == "updated" && said["address"].is_null() && said["city"] == "Umeå", "{said}");
    assert!(world.run("facility set hus-b --city Umeå").well().err.starts_with("unchanged"));
    assert!(world.run("facility show hus-c").well().out.contains("Europe/Madrid"));
    world.run("facility add hus-d --customer 1042").fails(2, "a new facility needs a name");
    world
        .run("facility add hus-d --customer 1042 --name D --tz Mars/Olympus")
        .fails(2, "'Mars/Olympus' is not a time zone");
}

#[test]
fn a_number_at_two_customers_is_ambiguous() {
    let world = two_customers();
    world.run("facility add hus-b --customer 1043 --name 'The other'").well();
    world
        .run("facility show hus-b")
        .fails(4, "facility 'hus-b' is ambiguous")
        .fails(4, "id:1 (customer 1042), id:2 (customer 1043)");
    assert_eq!(world.run("facility show hus-b --customer 1043 --json").well().json()["name"], "The other");
    world
        .run("facility show hus-a --customer 1043")
        .fails(3, "customer 1043 has no facility 'hus-a'")
        .fails(3, "did you mean hus-b?");
}

#[test]
fn adding_twice_is_a_conflict_unless_told_otherwise() {
    let world = two_customers();
    world.run("facility add hus-b --customer 1042 --name X").fails(4, "facility 'hus-b' exists already");
    assert!(
        world.run("facility add hus-b --customer 1042 --name X --if-exists skip").well().err.starts_with("unchanged")
    );
    let said = world.run("facility add hus-b --customer 1042 --name X --ensure --json").well().json();
    assert_eq!((&said["action"], &said["address"]), (&"updated".into(), &"Storgatan 1".into()));
}

#[test]
fn closing_opening_and_deleting() {
    let world = two_customers();
    assert!(world.run("facility close hus-b").well().err.contains("closed"));
    assert!(world.run("facility close hus-b").well().err.starts_with("unchanged"));
    assert_eq!(world.run("facility show hus-b --json").well().json()["status"], "closed");
    world.run("facility open hus-b").well();
    world.run("facility delete hus-b").fails(2, "needs to be confirmed");
    assert_eq!(world.run("facility delete hus-b --dry-run --exit-code").status, 5);
    world.run("facility delete hus-b --yes").well();
    world.run("facility delete hus-b --yes").fails(3, "facility 'hus-b' does not exist");
    assert!(world.run("facility delete hus-b --missing-ok").well().err.starts_with("unchanged"));
}

#[test]
fn the_card_of_a_place_shows_what_stands_there_and_what_is_being_done() {
    let world = two_customers();
    world.run("facility add hus-c --customer 1042 --name 'Building C' --note 'Key at the gate'").well();
    world.run("object add KYL-02 --customer 1042 --facility hus-b --name 'Compressor 2' --maker Bitzer").well();
    world.run("object add KYL-03 --customer 1042 --facility hus-c --name 'Compressor 3'").well();
    let create = "order create --customer 1042 --facility hus-b -o id --title";
    let open = world.run(&format!("{create} 'Door of the cold room'")).well().out;
    let done = world.run(&format!("{create} Thermostat")).well().out;
    world.run(&format!("order status {} Done", done.trim())).well();
    let card = world.run("facility show hus-b --json").well().json();
    assert_eq!(
        (card["objects"][0]["object_no"].as_str(), card["objects"][1].is_null()),
        (Some("KYL-02"), true),
        "{card}"
    );
    let orders = &card["open_orders"];
    assert_eq!((orders[0]["order_no"].as_str(), orders[1].is_null()), (Some(open.trim()), true), "{card}");
    let said = world.run("facility show hus-c").well().out;
    assert!(
        said.contains("objects (1)") && said.contains("open orders (0)") && said.contains("Key at the gate"),
        "{said}"
    );
}
