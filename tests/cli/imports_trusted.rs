//! Imports to trust: a plan that is applied or not, what the file does not name, rejected rows again, a report.

use serde_json::{Value, json};

use crate::support::{Said, World};

const FILE: &str = "customer_no,name,city\n1042,Brf Fröjden,Umeå\n1043,Brf Björken,Luleå\n2001,Brf Ny,\n";

fn company() -> World {
    let world = World::nordkyl_with_customers();
    world.file("c.csv", FILE);
    world
}

fn fingerprint(said: &Said) -> String {
    said.out.lines().last().and_then(|line| line.strip_prefix("fingerprint ")).expect("a fingerprint").to_owned()
}

fn states(world: &World, noun: &str) -> String {
    let all = world.run(&format!("{noun} list --json")).well().json();
    let key = format!("{noun}_no");
    let one = |row: &Value| {
        let status = row["status"].as_str().unwrap_or_default();
        format!("{} {status}", row[&key].as_str().unwrap_or_default())
    };
    all.as_array().expect("rows").iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_plan_is_applied_exactly_or_not_at_all() {
    let world = company();
    let dry = world.run("customer import c.csv --dry-run").well();
    let plan = fingerprint(&dry);
    world.clock.advance(60);
    assert_eq!(fingerprint(&world.run("customer import c.csv --dry-run").well()), plan, "not of the time");
    assert_eq!(world.run("customer import c.csv --dry-run -o id").well().out, format!("{plan}\n"));
    assert_eq!(world.run("customer import c.csv --dry-run --json").well().json()["fingerprint"], plan.as_str());
    let import = format!("customer import c.csv --expect {plan}");
    // Somebody else's change that has nothing to do with it is no obstacle.
    world.run("customer add 9999 --name Other").well();
    assert_eq!(world.run(&format!("{import} --dry-run")).well().plan(), dry.plan());
    // One that the plan would undo is.
    world.run("customer set 1042 --city Piteå").well();
    let before = world.rows();
    let said = world.run(&import).fails(4, &format!("the plan is no longer {plan}, it is "));
    assert!(said.err.contains("look at the plan again with --dry-run"), "{said:?}");
    assert_eq!(world.rows(), before);
    // So is another import, and another file.
    world.run("customer set 1042 --city ''").well();
    world.run(&format!("{import} --dry-run")).well();
    world.file("other.csv", "customer_no,name\n2001,Brf Ny\n");
    world.run("customer import other.csv").well();
    world.run(&import).fails(4, "the plan is no longer");
    let plan = fingerprint(&world.run("customer import c.csv --dry-run").well());
    let import = format!("customer import c.csv --expect {plan}");
    world.file("c.csv", FILE.replace("Luleå", "Kiruna"));
    world.run(&import).fails(4, "the plan is no longer");
    world.file("c.csv", FILE);
    let said = world.run(&import).well();
    assert!(said.err.contains("created 0, changed 2, unchanged 1"), "{said:?}");
    world.run(&import).fails(4, "the plan is no longer");
    world.run("customer import c.csv --expect 12").fails(2, "'12' is not the fingerprint of a plan");
}

#[test]
fn a_plan_changes_with_whatever_would_be_done() {
    let world = company();
    world.run("facility add hus-x --customer 1042 --name 'Hus X'").well();
    let of = |noun: &str, file: &str, more: &str| {
        let said = world.run_with(&format!("{noun} import - --dry-run --max-rejects 50% --json {more}"), file);
        let text = if said.status == 0 { said.out } else { said.err };
        let facts: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let facts = if facts["error"].is_null() { facts } else { facts["error"]["report"].clone() };
        facts["fingerprint"].as_str().unwrap_or_else(|| panic!("no fingerprint: {facts}")).to_owned()
    };
    let object = "customer_no,object_no,name,facility_no\n1042,A,Fan,\n";
    let order = "customer_no,external_id,title,created_at\n1042,X,Fan,02/03/2024\n";
    let fewer = FILE.replace("1043,Brf Björken,Luleå\n", "");
    let all = [
        of("customer", FILE, ""),
        of("customer", &FILE.replace("2001,Brf Ny,", "2001,Brf Ny,Umeå"), ""),
        of("customer", &FILE.replace("2001,Brf Ny", "2001,"), ""),
        of("customer", &fewer, ""),
        of("customer", &fewer, "--missing report"),
        of("customer", &fewer, "--missing close --max-close 100%"),
        of("customer", "customer_no,name,contact_name,contact_phone\n2001,Ny,Eva,1\n", ""),
        of("customer", "customer_no,name,contact_name,contact_phone\n2001,Ny,Eva,2\n", ""),
        of("object", object, ""),
        of("object", &object.replace("Fan,", "Fan,hus-x"), ""),
        of("order", order, "--date-format %d/%m/%Y"),
        of("order", order, "--date-format %m/%d/%Y"),
    ];
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len(), "{all:?}");
    // A row more that changes nothing is the same plan.
    world.run("customer add 1050 --name 'Brf Eken'").well();
    let more = FILE.replace("\n1042", "\n1050,Brf Eken,\n1042");
    assert_eq!(of("customer", &more, ""), of("customer", FILE, ""));
}

#[test]
fn customers_that_are_missing_are_told_or_closed() {
    let world = company();
    for number in 1..=30 {
        world.run(&format!("customer add 3{number:03} --name 'Customer {number}'")).well();
    }
    let full: String = (1..=30).map(|number| format!("3{number:03},Customer {number},\n")).collect();
    let full = format!("{FILE}{full}");
    world.file("full.csv", &full);
    assert!(world.run("customer import full.csv --missing close").well().err.contains(", closed 0, "));
    world.file("short.csv", full.replace("3007,Customer 7,\n", ""));
    let said = world.run("customer import short.csv --missing report").well();
    assert!(said.err.contains("? 3007 (Customer 7): not in the file\n"), "{said:?}");
    assert!(said.err.contains(", missing 1, "), "{said:?}");
    assert_eq!(world.run("customer import short.csv --missing report -q").well().err, "");
    let facts = world.run("customer import short.csv --missing report --json").well().json();
    assert_eq!(facts["missing"][0]["about"], "3007 (Customer 7)");
    assert_eq!((&facts["missing"][0]["closed"], &facts["changed"]), (&false.into(), &false.into()));
    let dry = world.run("customer import short.csv --missing close --dry-run").well();
    assert_eq!(dry.plan(), "~ 3007 (Customer 7): not in the file, status 'active' → 'closed'\n= 32 unchanged\n");
    let plan = fingerprint(&dry);
    let said = world.run(&format!("customer import short.csv --missing close --expect {plan}")).well();
    assert!(said.err.contains("created 0, changed 0, closed 1, unchanged 32"), "{said:?}");
    assert_eq!(world.run("customer show 3007 --json").json()["status"], "closed");
    // Done again, nothing is left to do.
    let before = world.rows();
    world.run("customer import short.csv --missing close -q").well();
    assert_eq!(world.rows(), before);
    // It comes back in the file: only a status opens it.
    world.run("customer import full.csv --missing close").well();
    assert_eq!(world.run("customer show 3007 --json").json()["status"], "closed");
    world.run_with("customer import -", "customer_no,name,status\n3007,Customer 7,active\n").well();
    assert_eq!(world.run("customer show 3007 --json").json()["status"], "active");
    // And a run that closed is taken back as any other.
    world.run("customer import short.csv --missing close").well();
    let run = world.run("import log --json").json()[0]["run"].clone();
    world.run(&format!("import undo {run} --yes")).well();
    assert_eq!(world.run("customer show 3007 --json").json()["status"], "active");
}

#[test]
fn the_fuse_stops_a_file_that_is_not_whole() {
    let world = company();
    world.run("customer import c.csv").well();
    let before = world.rows();
    let close = |file: &str, more: &str| world.run_with(&format!("customer import - --missing close {more}"), file);
    let one = "customer_no,name,city\n1042,Brf Fröjden,Piteå\n";
    let said =
        close(one, "").fails(65, "2 of 3 customers are not in the file, more than --max-close 5%; nothing was changed");
    assert!(said.err.contains("allow it with --max-close 2"), "{said:?}");
    close(one, "--max-close 1").fails(65, "more than --max-close 1;");
    close("customer_no,name,city\n", "--max-close 100%").fails(65, "no row of the file could be taken");
    let rejects = "customer_no,name,line,column,code,reason\n1042,Brf Fröjden,2,name,unacceptable,why\n";
    close(rejects, "--max-close 100%").fails(65, "a file of rejected rows holds only some of them");
    world.run("customer import c.csv --max-close 1").fails(2, "--missing");
    world.run("customer import c.csv --missing report --max-close 1").fails(2, "--max-close goes with --missing close");
    world.run("customer import c.csv --missing close --max-close many").fails(2, "neither a number nor a percentage");
    assert_eq!(world.rows(), before);
    assert!(close(one, "--max-close 2").well().err.contains("changed 1, closed 2, "));
    assert_eq!(states(&world, "customer"), "1042 active, 1043 closed, 2001 closed");
}

#[test]
fn a_broken_row_never_closes_what_it_is_about() {
    let world = company();
    world.run("customer import c.csv").well();
    world.run("customer set 2001 --external-id E1").well();
    let close = |file: &str| {
        let said = world.run_with("customer import - --missing close --max-close 50% --max-rejects 2", file);
        assert_eq!(said.status, 65, "{said:?}");
        (states(&world, "customer"), said.err)
    };
    let head = "customer_no,name,email,external_id\n1042,Brf Fröjden,,\n";
    let all_open = "1042 active, 1043 active, 2001 active";
    assert_eq!(close(&format!("{head}1043,Brf Björken,no address,\n,Brf Ny,no address,E1\n")).0, all_open);
    for unclear in ["!!?,Brf Björken,,\n", ",Brf Björken,,\n", "1043\n"] {
        let (states, said) = close(&format!("{head}{unclear}"));
        assert_eq!(states, all_open, "{unclear}");
        assert!(said.contains("warning: line 3 was rejected and does not say what it is about"), "{said}");
    }
    assert_eq!(close(&format!("{head}1043,Brf Björken,no address,\n")).0, "1042 active, 1043 active, 2001 closed");
}

#[test]
fn below_customers_only_those_of_the_file_are_looked_at() {
    let world = company();
    for line in [
        "facility add a --customer 1042 --name A",
        "facility add b --customer 1042 --name B",
        "facility add c --customer 1043 --name C",
        "object add m --customer 1042 --name M",
        "object add n --customer 1042 --name N",
        "object add o --customer 1043 --name O",
        "contact add --customer 1042 --name Eva --email eva@brf.example",
        "contact add --customer 1042 --name Bo --email bo@brf.example",
        "contact add --customer 1043 --name Ulf",
    ] {
        world.run(line).well();
    }
    let options = "--missing close --max-close 50% --max-rejects 50%";
    // A row that names its customer and nothing else that can be read keeps that customer's others open.
    let unclear = "customer_no,facility_no,name\n1042,a,A\n1042,?!,B\n";
    assert_eq!(world.run_with(&format!("facility import - {options}"), unclear).status, 65);
    assert_eq!(states(&world, "facility"), "a open, b open, hus-a open, hus-b open, c open, hall open");
    let facilities = "customer_no,facility_no,name\n1042,a,A\n1042,hus-a,Hus A\n";
    world.run_with(&format!("facility import - {options}"), facilities).well();
    assert_eq!(states(&world, "facility"), "a open, b closed, hus-a open, hus-b closed, c open, hall open");
    world.run_with(&format!("object import - {options}"), "customer_no,object_no,name\n1042,m,M\n").well();
    assert_eq!(states(&world, "object"), "m active, n retired, o active");
    let contacts = "customer_no,name,email\n1042,Eva,eva@brf.example\n";
    let said = world.run_with("contact import - --missing report", contacts).well();
    assert!(said.err.contains("? Bo of 1042: not in the file\n") && !said.err.contains("Ulf"), "{said:?}");
    world.run_with("contact import - --missing close", contacts).fails(2, "a contact has no status");
    for noun in ["order", "reading"] {
        world.run_with(&format!("{noun} import - --missing report"), "").fails(2, "leave out --missing");
    }
}

#[test]
fn derived_ids_are_found_again_by_what_is_missing_and_by_undo() {
    let world = company();
    let rows = "Site,Unit\nNorth,Fan\nNorth,Fan\nSouth,Pump\n";
    let file = |rows: &str| {
        rows.replace("Unit\n", "Unit,customer_no,object_no,name\n")
            .replace("Fan\n", "Fan,1042,,Fan\n")
            .replace("Pump\n", "Pump,1042,,Pump\n")
    };
    let mut numbered = String::new();
    for (at, line) in file(rows).lines().enumerate() {
        numbered += &format!("{}\n", line.replace(",1042,,", &format!(",1042,M{at},")));
    }
    let before = world.run("object list --json").well().out;
    let import = "object import - --derive-id Site,Unit --missing close --max-close 50%";
    world.run_with(import, &numbered).well();
    assert!(world.run_with(import, &numbered).well().err.contains("closed 0, unchanged 3"));
    // One of the two that are alike is gone: the second of them is closed, and not the first.
    let fewer = numbered.replacen("North,Fan,1042,M2,Fan\n", "", 1);
    assert!(world.run_with(import, &fewer).well().err.contains("closed 1, unchanged 2"));
    assert_eq!(states(&world, "object"), "M1 active, M2 retired, M3 active");
    world.run("import undo 2 --yes").well();
    world.run("import undo 1 --yes").well();
    assert_eq!(world.run("object list --json").well().out, before);
}

#[test]
fn rejected_rows_are_printed_again_and_import_after_repair() {
    let world = company();
    let file = format!("{FILE}2002,,\n");
    world.file("c.csv", &file);
    world.run("customer import c.csv").fails(65, "more than 20 %");
    world.run("customer import c.csv --max-rejects 0").fails(65, "1 of 4 rows cannot be taken, more than 0;");
    let said = world.run("customer import c.csv --max-rejects 25%");
    assert!(said.status == 65 && said.err.contains("(run 1, "), "{said:?}");
    let beside = std::fs::read_to_string(world.path().join("c.csv.rejects.csv")).expect("rejects");
    let printed = world.run("import rejects 1").well().out;
    assert_eq!(printed, beside);
    // The same rows again are nothing new: neither a run nor a line.
    let before = world.rows();
    assert_eq!(world.run("customer import c.csv --max-rejects 1").status, 65);
    assert_eq!(world.rows(), before);
    // Others are, also when nothing was changed.
    world.file("c.csv", format!("{file}2003,,\n"));
    assert_eq!(world.run("customer import c.csv --max-rejects 2").status, 65);
    let log = world.run("import log --json").well().json();
    assert_eq!((&log[0]["run"], &log[0]["rejected"], &log[0]["changed"]), (&2.into(), &2.into(), &0.into()));
    assert!(world.run("import undo 2 --yes").well().err.contains("which changed nothing"));
    let repaired = printed.replace("2002,,", "2002,Brf Lagad,");
    assert!(world.run_with("customer import -", &repaired).well().err.contains("created 1"));
    let none = world.run("import rejects 3").well();
    assert_eq!((none.out.as_str(), none.err.as_str()), ("", "Run 3 rejected no row.\n"));
    // They hold what a company knows about people, and go after a while.
    world.clock.advance(91 * 86_400);
    assert_eq!(world.run_with("customer import - --max-rejects 1", "customer_no,name\n7,Seven\n8,\n").status, 65);
    world.run("import rejects 1").fails(3, "the rejected rows of run 1 are not kept: it is too old");
    assert!(world.run("import rejects 4").well().out.contains("8,"));
}

#[test]
fn the_report_is_there_whatever_happens() {
    let world = company();
    let read = || -> Value {
        let text = std::fs::read_to_string(world.path().join("r.json")).expect("a report");
        std::fs::remove_file(world.path().join("r.json")).expect("taken away");
        serde_json::from_str(&text).expect("JSON")
    };
    let without_seconds = |mut facts: Value| {
        facts["seconds"] = json!(0);
        facts
    };
    let said = world.run("customer import c.csv --report r.json --json").well();
    assert_eq!(without_seconds(read()), without_seconds(said.json()));
    world.file("bad.csv", format!("{FILE}2002,,\n"));
    world.run("customer import bad.csv --report r.json").fails(65, "more than 20 %");
    let report = read();
    assert_eq!(
        (&report["error"]["exit"], &report["changed"], &report["run"]),
        (&65.into(), &false.into(), &Value::Null)
    );
    assert_eq!(report["problems"][0]["line"], 5);
    world.run("customer import nowhere.csv --report r.json").fails(66, "cannot be opened");
    let report = read();
    assert_eq!((&report["file"], &report["error"]["code"]), (&"nowhere.csv".into(), &"no_input".into()));
    let before = world.rows();
    world.file("new.csv", "customer_no,name\n5000,New\n");
    world.run("customer import new.csv --report nowhere/r.json").fails(73, "the report cannot be written");
    world.run("customer import new.csv --report -").fails(2, "--report needs the name of a file");
    assert_eq!(world.rows(), before);
    // What would be done is no outcome.
    world.run("customer import new.csv --report r.json --dry-run").well();
    assert!(!world.path().join("r.json").exists());
}
