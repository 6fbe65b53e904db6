//! `object`: added, found, moved, retired, deleted.

use crate::support::World;

fn world() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    world.run("customer add 1043 --name 'Frost AB'").well();
    world.run("facility add hus-a --customer 1042 --name 'Hus A'").well();
    world.run("facility add hus-b --customer 1042 --name 'Hus B'").well();
    world.run("facility add hall --customer 1043 --name Hall").well();
    world
}

const KYL: &str = "object add KYL-02 --customer 1042 --name 'Compressor 2'";

#[test]
fn an_object_is_added_shown_changed_and_moved() {
    let world = world();
    let said = world.run(&format!("{KYL} --facility hus-b --maker Bitzer --serial-no B6553-1120")).well();
    assert_eq!(said.err, "created object KYL-02 (Compressor 2, customer 1042, facility hus-b)\n");
    assert_eq!(said.out, "");
    let list = world.run("object list --customer 1042 --facility hus-b --json").well().json();
    assert_eq!(
        (list[0]["object_no"].as_str(), list[0]["meter"].as_str(), list[0]["unit"].as_str()),
        (Some("KYL-02"), Some("operating hours"), Some("h"))
    );
    let set = "object set KYL-02 --installed-on 2019-05-01 --maker ''";
    let said = world.run(&format!("{set} --json")).well().json();
    assert_eq!((said["action"].as_str(), said["installed_on"].as_str()), (Some("updated"), Some("2019-05-01")));
    assert!(said["maker"].is_null());
    assert!(world.run(set).well().err.starts_with("unchanged"));
    let said = world.run("object move KYL-02 --unattached").well();
    assert_eq!(said.err, "updated object KYL-02 (Compressor 2, customer 1042, unattached)\n");
    world.run("object move KYL-02 --facility hus-a").well();
    assert!(world.run("object show KYL-02").well().out.contains("Hus A"));
    assert_eq!(world.run("object list --facility hus-b --json").well().out, "[]\n");
}

#[test]
fn an_object_stays_with_its_customer() {
    let world = world();
    world.run(&format!("{KYL} --facility hall")).fails(3, "customer 1042 has no facility 'hall'");
    world.run(KYL).well();
    world.run("object move KYL-02 --facility hall").fails(3, "customer 1042 has no facility 'hall'");
    let hall = "object move KYL-02 --facility id:3";
    world.run(hall).fails(4, "facility hall belongs to customer 1043, not to 1042");
    world.run("object move KYL-02").fails(2, "--facility");
    world.run("object set KYL-02 --installed-on yesterday").fails(2, "'yesterday' is not a day such as 2026-11-22");
}

#[test]
fn two_customers_can_have_the_same_number() {
    let world = world();
    world.run(KYL).well();
    world.run(KYL).fails(4, "object 'KYL-02' exists already");
    world.run("object add KYL-02 --customer 1043 --name Freezer").well();
    world.run("object show KYL-02").fails(4, "object 'KYL-02' is ambiguous").fails(4, "customer 1043");
    assert!(world.run("object show KYL-02 --customer 1043").well().out.contains("Freezer"));
    assert!(world.run("object show id:1").well().out.contains("Compressor 2"));
    world.run("object show KYL-03 --customer 1043").fails(3, "did you mean KYL-02?");
    assert!(world.run(&format!("{KYL} --ensure")).well().err.starts_with("unchanged"));
    assert!(world.run(&format!("{KYL} --model CSH6553 --ensure")).well().err.starts_with("updated"));
}

#[test]
fn nothing_is_a_part_of_itself() {
    let world = world();
    world.run(KYL).well();
    world.run("object add KYL-02-P --customer 1042 --name Pump --parent KYL-02").well();
    assert_eq!(world.run("object show KYL-02-P --json").well().json()["parent_no"], "KYL-02");
    let parts = world.run("object show KYL-02 --json").well().json()["parts"].clone();
    assert_eq!((parts[0]["object_no"].as_str(), parts[1].is_null()), (Some("KYL-02-P"), true), "{parts}");
    world
        .run("object set KYL-02 --parent KYL-02-P")
        .fails(4, "object KYL-02 would be a part of itself through KYL-02-P");
    world.run("object set KYL-02 --parent KYL-02").fails(4, "would be a part of itself");
    world
        .run("object delete KYL-02 --yes")
        .fails(4, "object KYL-02 has orders, readings or parts")
        .fails(4, "object retire KYL-02");
    world.run("object set KYL-02-P --parent ''").well();
    world.run("object delete KYL-02").fails(2, "needs to be confirmed");
    world.run("object delete KYL-02 --yes").well();
    assert!(world.run("object delete KYL-02 --yes --missing-ok").well().err.starts_with("unchanged"));
}

#[test]
fn a_retired_object_stays_and_can_come_back() {
    let world = world();
    world.run(KYL).well();
    assert!(world.run("object retire KYL-02").well().err.ends_with("unattached, retired)\n"));
    assert!(world.run("object retire KYL-02").well().err.starts_with("unchanged"));
    assert_eq!(world.run("object list --where status=retired -o id").well().out, "KYL-02\n");
    assert!(world.run("object retire KYL-02 --undo").well().err.ends_with("unattached)\n"));
}
