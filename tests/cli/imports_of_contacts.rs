//! `contact import` and the contacts of `customer import`: what people are told of.

use crate::support::World;

fn company() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    world.run("customer add 1043 --name 'Brf Björken'").well();
    for (place, customer) in [("hus-a", "1042"), ("hus-b", "1042"), ("hall", "1043")] {
        world.run(&format!("facility add {place} --customer {customer} --name {place}")).well();
    }
    world
}

/// What a person is told of, as JSON says it.
fn told(world: &World, contact: &str) -> String {
    let card = world.run(&format!("contact show {contact} --json")).well().json();
    format!("{} {}", card["roles"], card["facilities"])
}

#[test]
fn roles_and_facilities_come_with_their_person_and_once() {
    let world = company();
    let file = "\u{feff}Kundnr;Namn;E-post;Roller;Anläggningar\r\n\
        1042;Eva Lind;eva@brf.example;\"board; Billing\";\"hus-b;hus-a\"\r\n";
    let said = world.run_with("contact import -", file).well();
    assert!(
        said.err.contains("roles <- \"Roller\"") && said.err.contains("facilities <- \"Anläggningar\""),
        "{said:?}"
    );
    assert_eq!(told(&world, "eva@brf.example"), r#"["Board","Billing"] ["hus-a","hus-b"]"#);
    let before = world.rows();
    assert!(world.run_with("contact import -", file).well().err.contains("unchanged 1, rejected 0 of 1"));
    assert_eq!(world.rows(), before);
}

#[test]
fn cells_leave_alone_empty_and_replace() {
    let world = company();
    world.run("contact add --customer 1042 --name Eva --email eva@brf.example --role Board --facility hus-a").well();
    let import = |roles: &str, facilities: &str| {
        let file = format!("customer_no,name,email,roles,facilities\n1042,Eva,eva@brf.example,{roles},{facilities}\n");
        let plan = world.run_with("contact import - --dry-run", &file).well().plan().to_owned();
        world.run_with("contact import -", &file).well();
        (plan, told(&world, "eva@brf.example"))
    };
    assert_eq!(import("", ""), ("= 1 unchanged\n".into(), r#"["Board"] ["hus-a"]"#.into()));
    let (plan, now) = import("Billing;Board", "");
    assert_eq!(now, r#"["Board","Billing"] ["hus-a"]"#);
    assert_eq!(plan, "~ Eva of 1042: roles 'Board' → 'Board;Billing'\n= 0 unchanged\n");
    assert_eq!(import("", "*").1, r#"["Board","Billing"] []"#);
    assert_eq!(import("!clear", "hus-b").1, r#"[] ["hus-b"]"#);
    assert_eq!(import("", "!clear").1, "[] []");
}

#[test]
fn what_there_is_not_is_rejected_with_its_name_and_the_nearest() {
    let world = company();
    let good: String = (1..=12).map(|n| format!("1042,Person {n},p{n}@brf.example,Board,\n")).collect();
    let bad = "1042,Bo,bo@brf.example,Board;Bord,\n1043,Ida,ida@brf.example,,hus-a\n";
    world.file("c.csv", format!("customer_no,name,email,roles,facilities\n{good}{bad}"));
    let said = world.run("contact import c.csv").fails(65, "rejected 2 of 14");
    assert!(said.err.contains("! line 14, column \"roles\": role 'Bord' does not exist"), "{said:?}");
    assert!(said.err.contains("did you mean 'Board'?"), "{said:?}");
    assert!(said.err.contains("! line 15, column \"facilities\": customer 1043 has no facility 'hus-a'"), "{said:?}");
    // A row is taken as a whole or not at all.
    world.run("contact show bo@brf.example").fails(3, "does not exist");
    assert_eq!(world.run("contact list --role Board -o id").well().out.lines().count(), 12);
    // Repaired, the rejected rows import as they are.
    let rejects = std::fs::read_to_string(world.path().join("c.csv.rejects.csv")).expect("rejected rows");
    world.file("again.csv", rejects.replace("Board;Bord", "Board").replace(",hus-a,", ",hall,"));
    world.run("contact import again.csv").well();
    assert_eq!(told(&world, "ida@brf.example"), r#"[] ["hall"]"#);
}

#[test]
fn a_customer_brings_its_contact_with_roles() {
    let world = company();
    let file = "customer_no,name,contact_name,contact_email,contact_roles\n\
                1044,Brf Ny,Nils,nils@brf.example,Board;billing\n1043,Brf Björken,,,\n";
    let said = world.run_with("customer import -", file).well();
    assert!(said.err.contains("created 1, changed 0, unchanged 1, rejected 0 of 2"), "{said:?}");
    assert_eq!(told(&world, "nils@brf.example"), r#"["Board","Billing"] []"#);
    assert!(world.run_with("customer import -", file).well().err.contains("unchanged 2, rejected 0 of 2"));
    let fewer = file.replace("Board;billing", "Board");
    let plan = world.run_with("customer import - --dry-run", &fewer).well();
    assert_eq!(plan.plan(), "~ 1044 (Brf Ny): contact_roles 'Board;Billing' → 'Board'\n= 1 unchanged\n");
}

#[test]
fn what_the_list_prints_is_a_file_to_edit() {
    let world = company();
    world.run("contact add --customer 1042 --name Eva --email eva@brf.example --role Board --facility hus-a").well();
    world.run("contact add --customer 1042 --name Ola --email ola@brf.example").well();
    let list = world.run("contact list -o csv").well().out;
    assert!(world.run_with("contact import -", &list).well().err.contains("unchanged 2, rejected 0 of 2"));
    let edited = list.replace("Board", "Site manager;Board");
    assert!(world.run_with("contact import -", &edited).well().err.contains("changed 1, unchanged 1"));
    assert_eq!(told(&world, "eva@brf.example"), r#"["Site manager","Board"] ["hus-a"]"#);
}

#[test]
fn a_cell_on_several_lines_is_refused_with_the_way_out_where_one_line_belongs() {
    let world = World::nordkyl();
    let text = "Kundnr;Namn;Adress;Anteckning\n3001;\"Kafé\r\nÅ\";\"Storgatan 1\n\n 2 tr\";\"Ring\nförst\"\n3002;B;;\n";
    world.file("two.csv", text);
    let said = world.run("customer import two.csv --on-error abort").fails(65, "stands on several lines");
    assert!(
        said.err.contains("tip: --one-line \"Namn\" puts the lines of such a cell one behind the other"),
        "{said:?}"
    );
    let said = world.run("customer import two.csv --one-line Namn --one-line address").well();
    assert!(said.err.contains("created 2"), "{said:?}");
    let shown = world.run("customer show 3001 --json").well().json();
    assert_eq!((&shown["name"], &shown["address"]), (&"Kafé Å".into(), &"Storgatan 1 2 tr".into()), "{shown}");
    assert_eq!(shown["note"], "Ring\nförst");
    assert!(world.run("customer import two.csv --one-line Namn --one-line address").well().err.contains("unchanged 2"));
    world.run("customer import two.csv --one-line Nammn").fails(2, "no heading 'Nammn'");
}
