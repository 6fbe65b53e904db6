//! `customer`: added, listed, shown, changed, closed, deleted.

use crate::support::World;

fn frojden() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden' --city Umeå --phone '090-12 34 56' --note 'pays late'").well();
    world
}

#[test]
fn a_customer_is_added_listed_shown_and_changed() {
    let world = World::nordkyl();
    let said = world.run("customer add 1042 --name 'Brf Fröjden' --city Umeå --lang sv --prefix FRO").well();
    assert_eq!((said.err.as_str(), said.out.as_str()), ("created customer 1042 (Brf Fröjden)\n", ""));
    let list = world.run("customer ls --json").well().json();
    assert_eq!(list[0]["customer_no"], "1042");
    assert_eq!((&list[0]["name"], &list[0]["status"]), (&"Brf Fröjden".into(), &"active".into()));
    let said = world.run("customer set 1042 --phone '090-12 34 56' --json").well().json();
    assert_eq!((said["action"].as_str(), said["phone"].as_str()), (Some("updated"), Some("090-12 34 56")));
    assert_eq!(said["city"], "Umeå");
    assert!(world.run("customer set 1042 --phone '090-12 34 56'").well().err.starts_with("unchanged customer 1042"));
    assert!(world.run("customer list --search frojden").well().out.contains("Brf Fröjden"));
    assert_eq!(world.run("customer list --search other").well().err, "No customers match.\n");
}

#[test]
fn an_empty_value_takes_away_what_is_kept() {
    let world = frojden();
    let said = world.run("customer set 1042 --phone '' --json").well().json();
    assert_eq!(said["action"], "updated");
    assert!(said["phone"].is_null() && said["city"] == "Umeå", "{said}");
    world.run("customer set 1042 --name ''").fails(2, "it is empty");
}

#[test]
fn the_card_shows_people_and_places() {
    let world = frojden();
    world.run("contact add --customer 1042 --name 'Eva Lind' --email Eva@brf.example").well();
    world.run("facility add hus-b --customer 1042 --name 'Building B'").well();
    let card = world.run("customer show 1042 --json").well().json();
    assert_eq!((&card["note"], &card["contacts"][0]["email"]), (&"pays late".into(), &"eva@brf.example".into()));
    assert_eq!(card["facilities"][0]["facility_no"], "hus-b");
    let table = world.run("customer show 1042").well().out;
    assert!(table.contains("contacts (1)") && table.contains("Eva Lind") && table.contains("Building B"), "{table}");
}

#[test]
fn adding_twice_is_a_conflict_unless_told_otherwise() {
    let world = frojden();
    world.run("customer add 1042 --name Other").fails(4, "customer '1042' exists already");
    assert!(world.run("customer add 1042 --name Other --if-exists skip").well().err.starts_with("unchanged"));
    assert_eq!(world.run("customer add 1042 --name Other --ensure").well().err, "updated customer 1042 (Other)\n");
    assert!(world.run("customer add 1042 --name Other --ensure").well().err.starts_with("unchanged"));
    assert_eq!(world.run("customer show 1042 --json").json()["city"], "Umeå", "what was not named stays");
}

#[test]
fn a_wrong_number_gets_the_one_that_was_meant() {
    let world = frojden();
    world
        .run("customer show 1024")
        .fails(3, "customer '1024' does not exist")
        .fails(3, "did you mean 1042 (Brf Fröjden)?");
    world.run("customer show id:99").fails(3, "customer 'id:99' does not exist");
    assert!(world.run("customer show id:1").well().out.contains("Brf Fröjden"));
    world.run("customer add 'a b' --name X").fails(2, "'a b' cannot hold ' '");
    world.run("customer add 1 --name X --email nowhere").fails(2, "'nowhere' has no @");
    world.run("customer add 1 --name X --lang fr").fails(2, "'fr' is not a language");
    world.run("customer add 1").fails(2, "a new customer needs a name");
    assert_eq!(world.run("customer list -o id").well().out, "1042\n");
}

#[test]
fn another_company_does_not_see_it() {
    let world = frojden();
    world.run("group add other --name Other").well();
    world.run("customer list").fails(2, "there are 2 groups and none was named");
    world.run("-g other customer show 1042").fails(3, "customer '1042' does not exist");
    world.run("-g other customer show id:1").fails(3, "does not exist");
    world.run("-g other customer delete id:1 --confirm 1042").fails(3, "does not exist");
    assert_eq!(world.run("-g other customer list --json").well().out, "[]\n");
    assert!(world.run("-g nordkyl customer show 1042").well().out.contains("Brf Fröjden"));
}

#[test]
fn closing_and_opening_say_so() {
    let world = frojden();
    assert_eq!(world.run("customer close 1042").well().err, "updated customer 1042 (Brf Fröjden, closed)\n");
    assert!(world.run("customer close 1042").well().err.starts_with("unchanged"));
    assert_eq!(world.run("customer list --where status=closed -o id").well().out, "1042\n");
    assert_eq!(world.run("customer open 1042").well().err, "updated customer 1042 (Brf Fröjden)\n");
}

#[test]
fn deleting_needs_the_number_and_takes_everything_along() {
    let world = frojden();
    world.run("contact add --customer 1042 --name 'Eva Lind'").well();
    world.run("facility add hus-b --customer 1042 --name 'Building B'").well();
    world.run("customer delete 1042").fails(2, "needs to be confirmed");
    world.run("customer delete 1042 --yes").fails(2, "needs to be confirmed");
    world.run("customer delete 1042 --confirm 1024").fails(2, "is not '1042'");
    let rehearsed = world.run("customer delete 1042 --dry-run --exit-code");
    assert_eq!(rehearsed.status, 5);
    assert_eq!(world.run("customer list -o id").well().out, "1042\n");
    assert_eq!(world.run("customer rm 1042 --confirm 1042").well().err, "deleted customer 1042\n");
    assert_eq!(world.run("contact list --json").well().out, "[]\n");
    assert_eq!(world.run("facility list --json").well().out, "[]\n");
    world.run("customer delete 1042 --confirm 1042").fails(3, "does not exist");
    assert!(world.run("customer delete 1042 --missing-ok").well().err.starts_with("unchanged"));
}
