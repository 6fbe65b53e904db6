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
        .fails(4, "object KYL-02 has orders, readings, self-checks, documents or parts")
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

#[test]
fn a_label_is_the_same_for_ever() {
    let world = world();
    world.run(&format!("{KYL} --facility hus-b")).well();
    let said = world.run("object label KYL-02").well();
    assert!(said.out.starts_with("<svg xmlns=") && said.out.contains(">KYL-02</text>"), "{said:?}");
    let (_, address) = said.err.trim_end().split_once("https://").expect("an address");
    let address = format!("https://{address}");
    assert!(said.err.starts_with("created label of object KYL-02 (Compressor 2): https://portal.test/g/nordkyl/q/"));
    let again = world.run("object label KYL-02").well();
    assert_eq!((&again.out, again.err.starts_with("unchanged ")), (&said.out, true));
    world.run("object move KYL-02 --unattached").well();
    let json = world.run("object label KYL-02 --json").well().json();
    assert_eq!((&json["action"], &json["labels"][0]["address"]), (&"unchanged".into(), &address.as_str().into()));
    assert!(json["document"].as_str().expect("the label").starts_with("<svg"));
    let audit = world.run("audit list --json").well().out;
    assert_eq!(audit.matches("object.labelled").count(), 1, "printed again, nothing was changed");
}

#[test]
fn a_dry_run_prints_no_label_that_would_lead_nowhere() {
    let world = world();
    world.run(KYL).well();
    let said = world.run("object label KYL-02 --dry-run --exit-code");
    assert_eq!((said.status, said.out.as_str()), (5, ""));
    let json = world.run("object label KYL-02 --dry-run --json").well().json();
    assert_eq!((&json["labels"], json.get("document")), (&serde_json::json!([]), None));
    world.run("object label KYL-02 --dry-run --to label.svg").well();
    assert!(!world.path().join("label.svg").exists());
}

#[test]
fn labels_of_many_machines_fill_sheets() {
    let world = world();
    for n in 0..30 {
        world.run(&format!("object add M-{n:02} --customer 1042 --name 'Machine {n}' --facility hus-a")).well();
    }
    world.run("object add M-00 --customer 1043 --name Other").well();
    world.run("object retire id:1").well();
    let said = world.run("object label --facility hus-a --to labels.html").well();
    assert_eq!(said.out, "");
    assert!(said.err.starts_with("created labels of 29 objects, 29 of them new; written to labels.html\n"), "{said:?}");
    let sheet = std::fs::read_to_string(world.path().join("labels.html")).expect("the sheets");
    assert_eq!((sheet.matches("class=\"sheet\"").count(), sheet.matches("class=\"label\"").count()), (2, 29));
    let all = world.run("object label --all --json").well().json();
    assert_eq!(all["labels"].as_array().map(Vec::len), Some(30));
    let customer = world.run("object label --all --customer 1042 -o id").well().out;
    assert_eq!(customer.lines().count(), 29);
    world.run("object label M-00").fails(4, "ambiguous");
    world.run("object label M-00 --customer 1043 --format sheet").well();
    world.run("object label id:1").well();
    world.run("object label M-01 --all").fails(2, "cannot be used with");
    world.run("object label --customer 1042").fails(2, "no object was named");
}

#[test]
fn a_label_speaks_the_language_of_its_customer() {
    let world = world();
    world.run("customer set 1042 --lang sv").well();
    world.run(KYL).well();
    let said = world.run("object label KYL-02").well();
    assert!(said.out.contains("lang=\"sv\"") && said.out.contains("Skanna"), "{said:?}");
}
