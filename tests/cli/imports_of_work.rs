//! `contact import`, `facility import`, `object import`, `order import`: rows that hang on others.

use crate::support::World;

/// A company with two customers, a facility and two machines.
fn company() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden' --prefix FRO").well();
    world.run("customer add 1043 --name 'Brf Björken'").well();
    world.run("facility add hus-b --customer 1042 --name 'Building B'").well();
    world.file("objects.csv", "customer_no,object_no,name,facility_no\n1042,A,Lift A,hus-b\n1042,B,Lift B,\n");
    world.run("object import objects.csv").well();
    world
}

/// What a table of the database holds, as one text. Orders and objects have their own commands elsewhere.
fn rows(world: &World, sql: &str) -> String {
    let data = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    data.query_row(sql, [], |row| row.get::<_, Option<String>>(0)).expect(sql).unwrap_or_default()
}

const ORDERS: &str = "SELECT group_concat(o.number || ' ' || o.title || ' ' || o.stage || ' ' || coalesce(f.number, '-') || ' '
    || coalesce(m.number, '-') || ' ' || coalesce(o.cost, '-') || ' ' || o.created_at || ' ' || coalesce(o.closed_at, '-'), char(10))
    FROM (SELECT * FROM orders ORDER BY id) o LEFT JOIN facilities f ON f.id = o.facility_id LEFT JOIN objects m ON m.id = o.object_id";

#[test]
fn contacts_are_found_by_address_then_by_id_then_by_name() {
    let world = company();
    world.file("a.csv", "customer_no,name,email,phone,external_id\n1042,Eva Lind,eva@brf.example,1,\n1042,Ola Berg,,2,X1\n1043,Eva Lind,,3,\n");
    assert!(world.run("contact import a.csv").well().err.contains("created 3, changed 0"));
    assert!(world.run("contact import a.csv").well().err.contains("unchanged 3"));
    world.file("b.csv", "customer_no,name,email,phone,external_id\n1042,Eva Lindh,Eva@brf.example,,\n1042,Olle Berg,ola@brf.example,,X1\n1043,Eva Lind,eva@b.example,,\n");
    let said = world.run("contact import b.csv --dry-run").well();
    assert_eq!(
        said.plan(),
        "~ Eva Lindh of 1042: name 'Eva Lind' → 'Eva Lindh'\n\
         ~ Olle Berg of 1042: name 'Ola Berg' → 'Olle Berg', email (empty) → 'ola@brf.example'\n\
         ~ Eva Lind of 1043: email (empty) → 'eva@b.example'\n= 0 unchanged\n"
    );
    assert!(world.run("contact import b.csv").well().err.contains("created 0, changed 3"));
    world.file("c.csv", "customer_no,name,email\n1043,Eva Lind,other@b.example\n");
    assert!(world.run("contact import c.csv").well().err.contains("created 1"), "another address is another person");
}

#[test]
fn contacts_of_nobody_and_of_others_are_rejected() {
    let world = company();
    let good: String = (1..=12).map(|n| format!("1042,Person {n},p{n}@brf.example,E{n}\n")).collect();
    world.file(
        "c.csv",
        format!("customer_no,name,email,external_id\n{good}1402,Bo,bo@brf.example,\n1043,Eva,eva@brf.example,E1\n"),
    );
    let said = world.run("contact import c.csv");
    assert_eq!(said.status, 65, "{said:?}");
    assert!(said.err.contains("! line 14, column \"customer_no\": customer '1402' does not exist\n"), "{said:?}");
    assert!(
        said.err.contains("! line 15, column \"external_id\": 'E1' belongs to a contact of customer 1042 already\n"),
        "{said:?}"
    );
    assert!(said.err.contains("created 12, changed 0, unchanged 0, rejected 2 of 14"), "{said:?}");
    world
        .run_with("contact import -", "customer_no,name\n1042,Eva\n")
        .fails(65, "a second run would make every contact again");
}

#[test]
fn facilities_are_found_within_their_customer() {
    let world = company();
    world.file("f.csv", "Kundnr;Anläggningsnr;Namn;Ort;Tidszon;status\n1042;hus-b;Building B;Umeå;;closed\n1043;hus-b;Other B;;Europe/Madrid;\n");
    assert!(world.run("facility import f.csv").well().err.contains("created 1, changed 1, unchanged 0"));
    assert!(world.run("facility import f.csv").well().err.contains("created 0, changed 0, unchanged 2"));
    let b = world.run("facility show hus-b --customer 1042 --json").well().json();
    assert_eq!((&b["city"], &b["status"]), (&"Umeå".into(), &"closed".into()));
    let list = world.run("facility list -o csv").well().out;
    assert!(world.run_with("facility import -", &list).well().err.contains("unchanged 2"));
}

#[test]
fn objects_stand_at_facilities_that_exist() {
    let world = company();
    assert!(world.run("object import objects.csv").well().err.contains("unchanged 2"));
    let good: String = (1..=8).map(|n| format!("1042,M{n},Machine {n},hus-b,A,2020-05-0{n},S{n}\n")).collect();
    world.file("o.csv", format!("customer_no,object_no,name,facility_no,parent_no,installed_on,serial_no\n{good}1042,M9,Machine 9,hus-c,,,\n"));
    let said = world.run("object import o.csv");
    assert_eq!(said.status, 65, "{said:?}");
    assert!(
        said.err.contains(
            "! line 10, column \"facility_no\": customer 1042 has no facility 'hus-c'\n  tip: did you mean hus-b?\n"
        ),
        "{said:?}"
    );
    assert!(said.err.contains("created 8"), "{said:?}");
    world.file(
        "p.csv",
        "customer_no,object_no,name,serial_no,facility_no,parent_no,status\n1042,,Renamed,S1,!clear,!clear,retired\n",
    );
    assert_eq!(
        world.run("object import p.csv --dry-run").well().plan(),
        "~ M1 of 1042 (Renamed): name 'Machine 1' → 'Renamed', facility_no 'hus-b' → (empty), parent_no 'A' → (empty), status 'active' → 'retired'\n= 0 unchanged\n"
    );
    assert!(world.run("object import p.csv").well().err.contains("changed 1"));
    assert!(world.run("object import p.csv").well().err.contains("unchanged 1"));
}

#[test]
fn orders_come_in_with_their_history_and_nobody_is_mailed() {
    let world = company();
    world.run("contact add --customer 1042 --name 'Eva Lind' --email eva@brf.example").well();
    world.file(
        "o.csv",
        "customer_no,external_id,title,object_no,status,cost,created_at,closed_at\n\
         1042,X1,Lift stands still,A,Done,183.05,2024-07-01,2024-07-03\n\
         1042,X2,Noise,B,,NA,2024-08-01T10:00:00Z,\n",
    );
    let said = world.run("order import o.csv --blank NA").well();
    assert!(said.err.contains("created 2"), "{said:?}");
    assert_eq!(
        rows(&world, ORDERS),
        "NK-FRO-0001 Lift stands still done hus-b A 18305 2024-06-30T22:00:00Z 2024-07-02T22:00:00Z\n\
         NK-FRO-0002 Noise received - B - 2024-08-01T10:00:00Z -"
    );
    let before = rows(&world, "SELECT group_concat(id) FROM audit");
    assert!(world.run("order import o.csv --blank NA").well().err.contains("created 0, changed 0, unchanged 2"));
    assert_eq!(rows(&world, "SELECT group_concat(id) FROM audit"), before);
    world.file("p.csv", "customer_no,order_no,title,status,object_no,priority\n1042,NK-FRO-0002,Noise,In progress,A,\n1042,OLD-7,From before,,,\n");
    assert_eq!(
        world.run("order import p.csv --dry-run").well().plan(),
        "~ NK-FRO-0002 of 1042 (Noise): facility_no (empty) → 'hus-b', object_no 'B' → 'A', status 'Planning' → 'In progress'\n\
         + OLD-7 of 1042 (From before)\n= 0 unchanged\n"
    );
    world.run("order import p.csv").well();
    assert!(world.run("order import p.csv").well().err.contains("unchanged 2"));
    assert_eq!(rows(&world, "SELECT CAST(count(*) AS TEXT) FROM outbox"), "0");
    let card = world.run("customer show 1042 --json").well().json();
    let open = card["open_orders"].as_array().expect("orders").len();
    assert_eq!((open, &card["objects"][0]["object_no"]), (2, &"A".into()), "what is done is not shown");
}

#[test]
fn orders_with_wrong_ends_are_rejected_by_what_they_say() {
    let world = company();
    let good: String = (1..=40).map(|n| format!("1042,N{n},Order {n},,,,,\n")).collect();
    let bad = "1042,B1,X,hus-c,,,,\n1042,B2,X,hus-b,B,,,\n1042,B3,X,,,Dune,,\n1042,B4,X,,,,Urgnt,\n1402,B5,X,,,,,\n\
               1043,N1,X,,,,,\n1042,,X,,,,,\n1042,B8,X,,,Planning,,2024-01-01\n";
    world.file(
        "o.csv",
        format!("customer_no,order_no,title,facility_no,object_no,status,priority,closed_at\n{good}{bad}"),
    );
    let said = world.run("order import o.csv");
    assert_eq!(said.status, 65, "{said:?}");
    for problem in [
        "! line 42, column \"facility_no\": customer 1042 has no facility 'hus-c'\n",
        "! line 43, column \"facility_no\": object B belongs to no facility, so its order cannot be at hus-b\n",
        "! line 44, column \"status\": status 'Dune' does not exist\n  tip: did you mean 'Done'?",
        "! line 45, column \"priority\": priority 'Urgnt' does not exist\n",
        "! line 46, column \"customer_no\": customer '1402' does not exist\n",
        "! line 47, column \"customer_no\": order N1 belongs to customer 1042\n",
        "! line 48, column \"order_no\": the row has neither order_no nor external_id",
        "! line 49, column \"closed_at\": an order in status 'Planning' was not closed at 2023-12-31T23:00:00Z\n",
        "created 40, changed 0, unchanged 0, rejected 8 of 48",
    ] {
        assert!(said.err.contains(problem), "{problem:?} is not in {}", said.err);
    }
    assert!(!rows(&world, "SELECT group_concat(number) FROM orders").contains('B'));
}

#[test]
fn a_list_without_order_numbers_gets_ids_and_its_shifted_row_is_named() {
    let world = company();
    let mut text = String::from("BscStartDate,Asset,OriginalShorttext,PMType,Cost,RunningTime\n");
    for n in 1..=9 {
        text.push_str(&format!(
            "2004-07-0{n},A,BUCKET WON'T OPEN,PM01,183.05,NA\n2004-07-0{n},A,BUCKET WON'T OPEN,PM02,0,NA\n"
        ));
    }
    text.push_str("2003-12-31,B,won,t swing,PM01,94.63\n");
    world.file("orders.csv", text);
    let options = "--derive-id BscStartDate,Asset,OriginalShorttext --set customer_no=1042 --map Asset=object_no \
                   --map OriginalShorttext=title --map BscStartDate=created_at --blank NA";
    let said = world.run(&format!("order import orders.csv {options}"));
    assert_eq!(said.status, 65, "{said:?}");
    assert!(said.err.contains("! line 20, column \"Cost\": 'PM01' is no cost"), "{said:?}");
    assert!(said.err.contains("created 18, changed 0, unchanged 0, rejected 1 of 19"), "{said:?}");
    let again = world.run(&format!("order import orders.csv {options}"));
    assert!(again.err.contains("created 0, changed 0, unchanged 18, rejected 1 of 19"), "{again:?}");
    let path = world.path().join("orders.csv.rejects.csv");
    let rejects = std::fs::read_to_string(&path).expect("rejects");
    std::fs::write(&path, rejects.replace("won,t swing,PM01,94.63,", "won't swing,PM01,94.63,NA,")).expect("repaired");
    let repaired = world.run(&format!("order import orders.csv.rejects.csv {options}")).well();
    assert!(repaired.err.contains("created 1, changed 0"), "{repaired:?}");
    assert!(world.run(&format!("order import orders.csv.rejects.csv {options}")).well().err.contains("unchanged 1"));
}
