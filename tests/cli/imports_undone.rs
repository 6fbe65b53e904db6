//! `import undo`: what an import did is taken back, for every noun, or nothing is when somebody else has been there.

use crate::support::{PASSWORD, World};

/// Customer 1042 with a place, machines, orders and readings, customer 1043 with nothing.
fn company() -> World {
    let world = World::nordkyl_with_customers();
    for line in [
        "customer add 1050 --name 'Brf Eken' --city Umeå",
        "facility add hus-x --customer 1042 --name 'Hus X'",
        "contact add --customer 1042 --email bo@brf.example --name 'Bo Ek' --role Board --facility hus-x",
        "object add A --customer 1042 --name 'Machine A'",
        "object add B --customer 1042 --name 'Machine B' --facility hus-x",
        "reading add A 100 --at 2026-10-01T08:00",
        "reading add A 200 --at 2026-10-08T08:00",
        "order create --customer 1042 --title 'Leaks' --external-id X1",
        "order create --customer 1042 --title 'Noise' --external-id X2",
        "order status NK-FRO-0002 Done",
        "staff add rita --name Rita",
        "staff add stig --name Stig",
        "order assign NK-FRO-0001 --to rita",
        "user create bo@brf.example --customer 1042 --template viewer --unattached --no-invite",
    ] {
        world.run(line).well();
    }
    world.clock.advance(3600);
    world
}

/// Everything that the lists show. Of an order it is left out when it was changed last: that it was is true.
fn lists(world: &World) -> String {
    let mut all = String::new();
    for line in [
        "customer list",
        "facility list",
        "contact list",
        "user list",
        "object list",
        "reading list --object A --all",
        "order list",
        "order show NK-FRO-0001",
        "order show NK-FRO-0002",
    ] {
        let said = world.run(&format!("{line} -o json")).well().out;
        let kept = said.lines().filter(|line| !line.contains("\"changed_at\""));
        all.extend(kept.flat_map(|line| [line, "\n"]));
    }
    all
}

const FILES: [(&str, &str); 6] = [
    (
        "customer",
        "customer_no,name,city,status,contact_name,contact_email,contact_roles\n\
         1050,Brf Eken,Luleå,closed,,,\n1042,Brf Fröjden,,,Eva,eva@frojden.example,Billing\n\
         2001,Brf Ny,Kiruna,closed,Nils,nils@brf.example,Board\n",
    ),
    (
        "contact",
        "customer_no,name,email,phone,roles,facilities,invite,template\n\
         1042,Bo Ek,bo@brf.example,070,Billing,*,,standard\n1042,Ida,ida@brf.example,,Board,hus-x,,\n\
         1043,Ulf,ulf@brf.example,,,,yes,viewer\n1043,Bo Ek,bo@brf.example,,,,yes,\n",
    ),
    (
        "facility",
        "customer_no,facility_no,name,city,status\n1042,hus-x,Hus X!,Umeå,closed\n1042,hus-y,Hus Y,,\n\
         1043,hus-z,Hus Z,,closed\n",
    ),
    (
        "object",
        "customer_no,object_no,name,facility_no,parent_no,status\n1042,A,Machine A!,hus-x,,\n\
         1042,B,Machine B,!clear,A,retired\n1042,C,Machine C,hus-x,A,\n1042,D,Machine D,,C,retired\n",
    ),
    (
        "order",
        "customer_no,order_no,external_id,title,status,priority,facility_no,object_no,cost,technicians,contact\n\
         1042,NK-FRO-0001,,Leaks badly,Done,Emergency,hus-x,B,12.5,stig,bo@brf.example\n\
         1042,NK-FRO-0002,,Noise,Planned,,,A,,,\n1042,OLD-1,,From before,,,,,,rita;stig,\n\
         1042,,X9,Drips,,,hus-x,,,,bo@brf.example\n",
    ),
    ("reading", "object_no,value,read_at\nA,150,2026-10-04T08:00\nA,210,2026-10-08T08:00\nB,5,2026-10-04T08:00\n"),
];

#[test]
fn what_each_noun_brought_is_taken_back_and_can_be_imported_again() {
    for (noun, file) in FILES {
        let world = company();
        let before = lists(&world);
        world.file("f.csv", file);
        let import = format!("{noun} import f.csv");
        let said = world.run(&import).well();
        assert!(said.err.contains("(run 1, "), "{noun}: {said:?}");
        let after = lists(&world);
        assert_ne!(after, before, "{noun}");
        let dry = world.run("import undo 1 --dry-run --exit-code");
        assert_eq!((dry.status, lists(&world)), (5, after), "{noun}: {dry:?}");
        world.run("import undo 1").fails(2, "nobody to ask");
        let said = world.run("import undo 1 --yes").well();
        assert!(said.err.contains(&format!("run 1 ({noun} import of 'f.csv' at ")), "{said:?}");
        assert!(said.err.contains("taken back by run 2"), "{said:?}");
        assert_eq!(lists(&world), before, "{noun}");
        let log = world.run("import log --json").well().json();
        assert_eq!((&log[0]["undoes"], &log[1]["undone_by"]), (&1.into(), &2.into()), "{noun}: {log}");
        let again = world.run("import undo 1 --yes --json").well().json();
        assert_eq!((&again["action"], &again["changed"]), (&"unchanged".into(), &false.into()), "{noun}");
        world.run("import undo 2 --yes").fails(4, "run 2 is itself the undo of run 1");
        let again = world.run(&import).well();
        assert!(again.err.contains("(run 3, ") && !again.err.contains("created 0"), "{noun}: {again:?}");
        assert!(world.run("audit verify").well().err.contains("sound") || world.run("audit verify").status == 0);
        assert_eq!(world.run("doctor --json").json()["problems"], serde_json::Value::Null);
    }
}

#[test]
fn what_somebody_touched_since_stays_with_all_the_rest() {
    for (noun, touch, told) in [
        ("customer", "customer set 1050 --phone 1", "customer 1050 was touched since: customer.changed by uid 1000 at"),
        ("customer", "customer delete 2001 --confirm 2001", "customer 2001 was touched since: customer.deleted"),
        (
            "customer",
            "facility add hus-1 --customer 2001 --name Hus",
            "customer 2001 has facility hus-1 (facility.added by uid 1000 at",
        ),
        ("customer", "contact delete nils@brf.example --erase --yes", "was touched since: contact.erased"),
        (
            "contact",
            "user create ida@brf.example --customer 1042",
            "contact ida@brf.example has user ida@brf.example (",
        ),
        ("contact", "contact set id:1 --phone 071", "contact bo@brf.example was touched since: contact.changed"),
        ("contact", "user invite ulf@brf.example", "user ulf@brf.example was touched since: ticket.made by uid 1000"),
        ("facility", "object add M --customer 1042 --name M --facility hus-y", "facility hus-y has object M"),
        ("object", "reading add C 5 --at 2026-10-01T08:00", "object C has reading 'C 5 h' (reading.added by uid 1000"),
        ("object", "object interval add C Yearly --days 300", "object C has interval Yearly"),
        ("order", "order comment OLD-1 'We come'", "order OLD-1 was touched since: order.commented by uid 1000"),
        ("order", "order set NK-FRO-0001 --cost 3", "order NK-FRO-0001 was touched since: order.changed"),
        ("reading", "reading correct 4 220 --reason No --yes", "was touched since: reading.corrected"),
    ] {
        let world = company();
        world.file("f.csv", FILES.iter().find(|(name, _)| *name == noun).expect("a file").1);
        world.run(&format!("{noun} import f.csv")).well();
        world.run(touch).well();
        let (before, audit) = (lists(&world), world.run("audit list --json").well().out);
        for line in ["import undo 1 --yes", "import undo 1 --dry-run"] {
            let said = world.run(line).fails(4, "run 1 cannot be taken back: ");
            assert!(said.err.contains(told), "{touch}: {said:?}");
            assert!(said.err.contains("; nothing was changed [conflict]"), "{touch}: {said:?}");
        }
        assert_eq!((lists(&world), world.run("audit list --json").well().out), (before, audit), "{touch}");
    }
}

#[test]
fn what_was_changed_behind_the_audit_is_seen_all_the_same() {
    let world = company();
    world.file("f.csv", FILES[0].1);
    world.run("customer import f.csv").well();
    let database = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    database.execute("UPDATE customers SET phone = '070' WHERE number = '1050'", ()).expect("a hand in it");
    drop(database);
    let before = lists(&world);
    world.run("import undo 1 --yes").fails(4, "customer 1050 is no longer as the run left it; nothing was changed");
    assert_eq!(lists(&world), before);
}

#[test]
fn a_later_run_is_taken_back_first() {
    let world = company();
    let before = lists(&world);
    world.file("a.csv", "customer_no,name,city\n1050,Brf Eken,Luleå\n2001,Brf Ny,Luleå\n");
    world.file("b.csv", "customer_no,name,city\n1050,Brf Eken,Piteå\n2001,Brf Ny,Piteå\n");
    world.run("customer import a.csv").well();
    world.run("customer import b.csv").well();
    let said = world.run("import undo 1 --yes").fails(4, "customer 1050 was touched since: customer.changed");
    assert!(said.err.contains(", in run 2, and another thing as well"), "{said:?}");
    assert!(said.err.contains("tip: take that run back first: frontdesk import undo 2"), "{said:?}");
    world.run("import undo 2 --yes").well();
    world.run("import undo 1 --yes").well();
    assert_eq!(lists(&world), before);
}

#[test]
fn a_customer_who_writes_in_the_portal_has_touched_it() {
    let world = company();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --all-facilities --unattached");
    world.file("f.csv", "customer_no,external_id,title\n1042,X77,Drips\n");
    world.run("order import f.csv").well();
    let number = world.run("order list --json --where title=Drips").well().json()[0]["order_no"].clone();
    let number = number.as_str().expect("a number").to_owned();
    let mut eva = world.visitor("nordkyl");
    eva.sign_in("eva@brf.example", PASSWORD);
    eva.get(&format!("/orders/{number}")).has_status(200);
    eva.post(&format!("/orders/{number}/comments"), &[("comment", "It drips more now")]).has_status(303);
    let told = format!("order {number} was touched since: order.commented by eva@brf.example at ");
    world.run("import undo 1 --yes").fails(4, &told);
}

#[test]
fn a_run_is_shown_with_old_and_new() {
    let world = company();
    world.file("f.csv", FILES[0].1);
    world.run("customer import f.csv").well();
    let shown = world.run("import show 1 --json").well().json();
    assert_eq!((&shown["run"], &shown["created"], &shown["changed"]), (&1.into(), &1.into(), &2.into()));
    let changes = shown["changes"].as_array().expect("changes");
    let first = &changes[0];
    assert_eq!((&first["subject"], &first["action"]), (&"1050".into(), &"customer.changed".into()));
    assert_eq!(first["differences"], serde_json::json!([{"field": "city", "old": "Umeå", "new": "Luleå"}]));
    assert_eq!(changes[1]["differences"][0], serde_json::json!({"field": "status", "old": "active", "new": "closed"}));
    let nils = changes.iter().find(|one| one["action"] == "contact.added" && one["subject"] == "Nils").expect("Nils");
    assert_eq!(nils["values"], serde_json::json!({"name": "Nils", "email": "nils@brf.example"}));
    assert!(world.run("import show 1").well().out.contains("city 'Umeå' → 'Luleå'"));
    world.run("import show 9").fails(3, "import '9' does not exist");
    world.run("import undo 9 --yes").fails(3, "see the runs with: frontdesk import log");
    world.run("import undo 1 --yes").well();
    let shown = world.run("import show 2 --json").well().json();
    assert_eq!(shown["undoes"], 1);
    let last = shown["changes"].as_array().and_then(|all| all.last()).expect("changes").clone();
    assert_eq!(last["differences"], serde_json::json!([{"field": "city", "old": "Luleå", "new": "Umeå"}]));
}
