//! `customer import` and the rules of every import.

use crate::support::{Said, World};

const KUNDER: &str = "\u{feff}Kundnr;Namn;E-post;Ort;Säljare\r\n\
    1042;Brf Fröjden;info@frojden.example;Umeå;Bo\r\n\
    1043;Brf Björken;;Luleå;Bo\r\n\
    1044;\"Bostads AB; Söder\";post@soder.example;;Bo\r\n";

/// From the Northwind sample: a comma outside quotes in the second address, `NULL` where there is nothing.
const NORTHWIND: &str = "customerID,companyName,contactName,contactTitle,address,city,region,postalCode,country,phone,fax\n\
    ANTON,Antonio Moreno Taquería,Antonio Moreno,Owner,Mataderos  2312,México D.F.,NULL,05023,Mexico,(5) 555-3932,NULL\n\
    BLONP,Blondesddsl père et fils,Frédérique Citeaux,Marketing Manager,24, place Kléber,Strasbourg,NULL,67000,France,88.60.15.31,88.60.15.32\n";

/// What must be the same after a command that writes nothing. The database is read by another process: one that opened
/// and closed it in this one would end SQLite's locks.
fn database(world: &World) -> Vec<u8> {
    let file = world.path().join("frontdesk-data/frontdesk.db");
    let sum = std::process::Command::new("cksum").arg(file).output().expect("cksum");
    assert!(sum.status.success(), "{sum:?}");
    sum.stdout
}

fn with(name: &str, text: &str) -> World {
    let world = World::nordkyl();
    world.file(name, text);
    world
}

/// Ten good rows with two more, which say what a test wants.
fn ten_and(rows: &str) -> World {
    let good: String = (1..=10).map(|n| format!("{n},Customer {n},\n")).collect();
    with("c.csv", &format!("customer_no,name,email\n{good}{rows}"))
}

fn partly(said: Said) -> Said {
    assert_eq!(said.status, 65, "{said:?}");
    said
}

#[test]
fn a_file_is_taken_and_its_second_run_writes_nothing() {
    let world = with("kunder.csv", KUNDER);
    let said = world.run("customer import kunder.csv").well();
    assert_eq!(said.out, "");
    let mut lines = said.err.lines();
    assert_eq!(lines.next(), Some("kunder.csv: 3 rows, ';', UTF-8 with BOM"));
    let headings = lines.next().expect("headings");
    assert!(headings.contains("customer_no <- \"Kundnr\"    name <- \"Namn\""), "{headings}");
    assert!(headings.ends_with("ignored: \"Säljare\""), "{headings}");
    assert!(lines.next().expect("counts").starts_with("created 3, changed 0, unchanged 0, rejected 0 of 3 (run 1, "));
    let before = database(&world);
    let audit = world.run("audit list --json").well().out;
    let again = world.run("customer import kunder.csv").well();
    assert!(again.err.contains("created 0, changed 0, unchanged 3, rejected 0 of 3 ("), "{again:?}");
    assert!(!again.err.contains("run "), "{again:?}");
    assert_eq!(database(&world), before);
    assert_eq!(world.run("audit list --json").well().out, audit);
    assert!(!world.path().join("kunder.csv.rejects.csv").exists());
    assert_eq!(world.run("customer show 1044 --json").well().json()["name"], "Bostads AB; Söder");
}

#[test]
fn the_run_is_in_the_log_and_in_the_audit() {
    let world = with("kunder.csv", KUNDER);
    world.run("customer import kunder.csv").well();
    let log = world.run("import log --json").well().json();
    assert_eq!(
        (&log[0]["run"], &log[0]["noun"], &log[0]["file"]),
        (&1.into(), &"customer".into(), &"kunder.csv".into())
    );
    assert_eq!((&log[0]["created"], log.as_array().map(Vec::len)), (&3.into(), Some(1)));
    let audit = world.run("audit list --json").well().json();
    assert_eq!((&audit[0]["action"], &audit[0]["subject"]), (&"import.taken".into(), &"1".into()));
    assert_eq!(audit[0]["after"]["counts"]["created"], 3);
    assert_eq!(audit.as_array().expect("lines").iter().filter(|line| line["action"] == "customer.added").count(), 3);
}

#[test]
fn a_real_export_comes_in_with_its_contacts_and_accents() {
    let world = with("northwind.csv", NORTHWIND);
    let import = "customer import northwind.csv --map customerID=customer_no --join address --blank NULL";
    let said = world.run(import).well();
    assert!(said.err.contains("created 2, changed 0"), "{said:?}");
    let blonp = world.run("customer show BLONP --json").well().json();
    assert_eq!(blonp["address"], "24, place Kléber");
    assert_eq!(blonp["contacts"][0]["name"], "Frédérique Citeaux");
    assert!(blonp["region"].is_null());
    assert!(world.run("customer list").well().out.contains("Antonio Moreno Taquería"));
    assert!(world.run(import).well().err.contains("unchanged 2"));
    assert_eq!(world.run("contact list --json").json().as_array().map(Vec::len), Some(2));
    let without =
        world.run("customer import northwind.csv --map customerID=customer_no").fails(65, "nothing was changed");
    assert!(without.err.contains("! line 3: "), "{without:?}");
}

#[test]
fn changes_are_planned_with_old_and_new_and_then_made() {
    let world = with("kunder.csv", KUNDER);
    world.run("customer import kunder.csv").well();
    world.file(
        "new.csv",
        "customer_no,name,city,email,status\n1042,Brf Fröjden,Piteå,!clear,closed\n1043,Brf Björken,,,\n1045,Ny,,,\n",
    );
    let before = database(&world);
    let plan = world.run("customer import new.csv --dry-run --exit-code");
    assert_eq!(plan.status, 5);
    assert_eq!(
        plan.plan(),
        "~ 1042 (Brf Fröjden): email 'info@frojden.example' → (empty), city 'Umeå' → 'Piteå', status 'active' → 'closed'\n\
         + 1045 (Ny)\n= 1 unchanged\n"
    );
    assert_eq!(database(&world), before);
    let said = world.run("customer import new.csv").well();
    assert!(said.err.contains("created 1, changed 1, unchanged 1, rejected 0 of 3 (run 2, "), "{said:?}");
    let card = world.run("customer show 1042 --json").json();
    assert!(card["city"] == "Piteå" && card["email"].is_null() && card["status"] == "closed", "{card}");
    assert_eq!(world.run("customer show 1043 --json").json()["city"], "Luleå", "a blank cell leaves alone");
    assert_eq!(world.run("customer import new.csv --dry-run --exit-code").well().plan(), "= 3 unchanged\n");
}

#[test]
fn bad_rows_go_to_a_file_that_imports_after_repair() {
    let world = ten_and("11,Customer 11,info@åkes\n12,Customer 12,a@b.example\n");
    let said = partly(world.run("customer import c.csv"));
    assert!(said.err.contains("! line 12, column \"email\": 'info@åkes' has no dot after the @\n"), "{said:?}");
    assert!(said.err.contains("created 11, changed 0, unchanged 0, rejected 1 of 12 (run 1, "), "{said:?}");
    assert!(said.err.contains("error: 1 of 12 rows were not taken [bad_data]\n  tip: repair '"), "{said:?}");
    let path = world.path().join("c.csv.rejects.csv");
    let rejects = std::fs::read_to_string(&path).expect("rejects");
    let mut lines = rejects.lines();
    assert_eq!(lines.next(), Some("\u{feff}customer_no,name,email,line,column,code,reason"));
    assert!(lines.next().expect("a row").starts_with("11,Customer 11,info@åkes,12,email,unacceptable,"), "{rejects}");
    assert_eq!(lines.next(), None);
    std::fs::write(&path, rejects.replace("info@åkes,", "info@akes.example,")).expect("repaired");
    let repaired = world.run("customer import c.csv.rejects.csv").well();
    assert!(repaired.err.contains("created 1, changed 0, unchanged 0, rejected 0 of 1 (run 2"), "{repaired:?}");
    assert_eq!(world.run("customer show 11 --json").json()["email"], "info@akes.example");
}

#[test]
fn more_than_a_fifth_bad_is_the_wrong_file() {
    let world = ten_and("11,,\n12,,\n13,,\n");
    let before = database(&world);
    let said = world
        .run("customer import c.csv")
        .fails(65, "3 of 13 rows cannot be taken, more than 20 %; nothing was changed");
    assert!(said.err.contains("! line 14, column \"name\": the row has no name"), "{said:?}");
    assert_eq!(database(&world), before);
    assert!(!world.path().join("c.csv.rejects.csv").exists());
}

#[test]
fn abort_takes_all_or_nothing() {
    let world = ten_and("11,,\n12,Customer 12,\n");
    world
        .run("customer import c.csv --on-error abort")
        .fails(65, "line 12 cannot be taken; nothing was changed")
        .fails(65, "the row has no name");
    assert_eq!(world.run("customer list --json").well().out, "[]\n");
    world.run("customer import c.csv --on-error sometimes").fails(2, "sometimes");
}

#[test]
fn the_same_customer_twice_names_the_first_line() {
    let world = ten_and("3,Another name,\n");
    let said = partly(world.run("customer import c.csv"));
    assert!(said.err.contains("! line 12, column \"customer_no\": '3' is the same as on line 4\n"), "{said:?}");
    assert_eq!(world.run("customer show 3 --json").json()["name"], "Customer 3", "what the row changed is taken back");
}

#[test]
fn standard_input_is_a_file_too() {
    let world = World::nordkyl();
    let said = partly(world.run_with("customer import -", "customer_no,name\n1,A\n2,B\n3,C\n4,D\n5,\n"));
    assert!(said.err.starts_with("stdin: 5 rows, ',', UTF-8\n"), "{said:?}");
    assert!(world.path().join("stdin.rejects.csv").exists());
    let json = "{\"customer_no\":\"7\",\"name\":\"Åsa & Söner\",\"fax\":null}\n";
    world.run_with("customer import -", json).well();
    assert_eq!(world.run("customer show 7 --json").json()["name"], "Åsa & Söner");
}

#[test]
fn what_a_list_prints_is_valid_input() {
    let world = with("kunder.csv", KUNDER);
    world.run("customer import kunder.csv").well();
    for format in ["csv", "jsonl"] {
        let list = world.run(&format!("customer list -o {format}")).well().out;
        let said = world.run_with("customer import -", &list).well();
        assert!(said.err.contains("created 0, changed 0, unchanged 3"), "{said:?}");
    }
}

#[test]
fn encodings_and_delimiters_are_told_never_guessed() {
    let world = World::nordkyl();
    world.file("old.txt", b"Kundnr\tNamn\r\n1042\tBrf Fr\xf6jden\r\n");
    world.run("customer import old.txt").fails(65, "--encoding windows-1252");
    world.run("customer import old.txt --encoding windows-1252").well();
    assert_eq!(world.run("customer show 1042 --json").json()["name"], "Brf Fröjden");
    world.file("pipe.csv", "customer_no|name\n1043|A, B; C\n");
    world.run("customer import pipe.csv --delimiter '|'").well();
    assert_eq!(world.run("customer show 1043 --json").json()["name"], "A, B; C");
    world.run("customer import pipe.csv --delimiter :").fails(2, "':' is not one of , ; | tab");
    world.run("customer import pipe.csv --encoding klingon").fails(2, "klingon");
}

#[test]
fn headings_get_their_meaning_from_flags_or_a_file() {
    let world = with("odd.csv", "Nr,Firma,Zeug\n1042,Fröjden,x\n");
    world.run("customer import odd.csv").fails(65, "the file has no column for customer_no, name");
    world.run("customer import odd.csv --map Nr=customer_no --map Firma=nime").fails(2, "did you mean name?");
    world.run("customer import odd.csv --map Nr").fails(2, "'Nr' is not HEADING=COLUMN");
    let mapped = "customer import odd.csv --map Nr=customer_no --map Firma=name";
    world.run(&format!("{mapped} --strict")).fails(65, "the heading \"Zeug\" means no column");
    world.run(&format!("{mapped} --set country=Sweden")).well();
    assert_eq!(world.run("customer show 1042 --json").json()["country"], "Sweden");
    world.file("map.txt", "# the old program\nNr = customer_no\nFirma = name\nZeug = city\n");
    world.run("customer import odd.csv --map-file map.txt").well();
    assert_eq!(world.run("customer show 1042 --json").json()["city"], "x");
    world.run("customer import odd.csv --map-file nowhere.txt").fails(66, "'");
}

#[test]
fn files_that_are_none_are_refused() {
    let world = World::nordkyl();
    world.run("customer import nowhere.csv").fails(66, "the file 'nowhere.csv' cannot be opened");
    world.run("customer import .").fails(66, "it is not a regular file");
    world.file("empty.csv", "");
    assert_eq!(world.run("customer import empty.csv").status, 65);
    world.file("secret.csv", "customer_no,name,password\n1,A,x\n");
    world.run("customer import secret.csv").fails(65, "holds passwords, which no import takes");
    world.run("customer import").fails(2, "FILE");
    assert_eq!(world.run("customer list --json").well().out, "[]\n");
}

#[test]
fn a_quiet_clean_run_says_nothing_and_a_bad_one_speaks() {
    let world = ten_and("11,Customer 11,\n");
    let said = world.run("customer import c.csv -q").well();
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
    world.file("d.csv", "customer_no,name\n1,A\n2,B\n3,C\n4,D\n50,\n");
    let said = partly(world.run("customer import d.csv -q"));
    assert!(said.err.starts_with("! line 6, column \"name\": the row has no name\nerror: 1 of 5 rows"), "{said:?}");
}

#[test]
fn json_tells_everything() {
    let world = ten_and("11,,\n");
    let said =
        world.run("customer import c.csv --json --rejects bad.csv").fails(65, "{\"error\":{\"code\":\"bad_data\"");
    let error: serde_json::Value = serde_json::from_str(&said.err).expect("one object and nothing else");
    let json = &error["error"]["report"];
    assert_eq!((&json["action"], &json["changed"], &json["run"]), (&"updated".into(), &true.into(), &1.into()));
    assert_eq!(
        (&json["rows"], &json["counts"]["created"], &json["counts"]["rejected"]),
        (&11.into(), &10.into(), &1.into())
    );
    assert_eq!((&json["problems"][0]["line"], &json["problems"][0]["column"]), (&12.into(), &"name".into()));
    assert_eq!(json["columns"]["customer_no"], "customer_no");
    assert_eq!(error["error"]["exit"], 65);
    assert!(world.path().join("bad.csv").exists());
    let plan = world.run("customer import c.csv --json --dry-run --map email=city").fails(65, "\"dry_run\":true");
    let plan: serde_json::Value = serde_json::from_str(&plan.err).expect("one object and nothing else");
    let plan = &plan["error"]["report"];
    assert_eq!(
        (&plan["dry_run"], &plan["run"], &plan["changed"]),
        (&true.into(), &serde_json::Value::Null, &false.into())
    );
}

#[test]
fn two_at_once_are_told_to_wait() {
    let world = with("kunder.csv", KUNDER);
    let other = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    other.execute_batch("BEGIN IMMEDIATE").expect("a writer");
    world.run("customer import kunder.csv --wait 0").fails(75, "somebody else is writing");
    other.execute_batch("ROLLBACK").expect("an end");
    world.run("customer import kunder.csv").well();
}
