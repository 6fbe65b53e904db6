//! Each exit status with one way to it, and each error in its one shape, as text and as JSON.

use std::io::Write;

use frontdesk::cli::Io;

use crate::cli::walk::{company, is_civil};
use crate::support::{Said, World, split};

/// Runs the same line for people and for programs, in surroundings that are a little different, and compares the two.
#[track_caller]
fn fails_in(world: &World, line: &str, status: u8, code: &str, differ: impl Fn(&mut Io)) -> Said {
    let text = world.run_in(&split(line), "no\n", &differ);
    assert_eq!((text.status, text.out.as_str()), (status, ""), "`{line}`: {text:?}");
    is_civil(&text);
    // A question ends in the line on which the person answers.
    let at = text.err.rfind("error: ").unwrap_or_else(|| panic!("no error in {text:?}"));
    let last: Vec<_> = text.err[at..].lines().filter(|line| !line.starts_with("  cause: ")).collect();
    let sentence = last[0].strip_prefix("error: ").and_then(|line| line.strip_suffix(&format!(" [{code}]")));
    let sentence = sentence.unwrap_or_else(|| panic!("`{line}` is not [{code}]: {text:?}"));
    assert!(!sentence.ends_with('.') && !sentence.is_empty(), "{text:?}");
    let tip = last.get(1).map(|line| line.strip_prefix("  tip: ").unwrap_or_else(|| panic!("{text:?}")));
    assert!(last.len() <= 2, "there is more after the tip: {text:?}");

    let json = world.run_in(&split(&format!("{line} --json -q")), "no\n", &differ);
    assert_eq!((json.status, json.out.as_str()), (status, ""), "`{line}`: {json:?}");
    let line_of_json = json.err.find("{\"error\"").map_or("", |at| &json.err[at..]);
    let object: serde_json::Value = serde_json::from_str(line_of_json).unwrap_or_else(|e| panic!("{e} in {json:?}"));
    let error = &object["error"];
    let fields: Vec<_> = error.as_object().expect("an object").keys().take(5).map(String::as_str).collect();
    assert_eq!(fields, ["code", "exit", "message", "tip", "field"], "{json:?}");
    assert_eq!((error["code"].as_str(), error["exit"].as_u64()), (Some(code), Some(status.into())), "{json:?}");
    assert_eq!(error["message"].as_str(), Some(sentence), "{json:?}");
    // The usage of a command repeats the flags that were given.
    let same = |tip: Option<&str>| tip.map(|tip| tip.replace(" --json --quiet", ""));
    assert_eq!(same(error["tip"].as_str()), tip.map(str::to_owned), "{json:?}");
    text
}

#[track_caller]
fn fails(world: &World, line: &str, status: u8, code: &str) -> Said {
    fails_in(world, line, status, code, |_| {})
}

#[test]
fn done_and_nothing_to_do_are_0() {
    let world = World::nordkyl();
    world.run("customer add 1042 --name Brf").well();
    world.run("customer set 1042 --name Brf").well();
    world.run("customer list --where customer_no=nobody").well();
}

#[test]
fn a_no_is_1() {
    let said = fails_in(&company(), "order cancel NK-FRO-0001", 1, "refused", |io| io.stdin_is_terminal = true);
    assert!(said.err.contains("Cancel order NK-FRO-0001 (Leaks oil)? [y/N] "), "{said:?}");
}

#[test]
fn what_a_check_found_is_1_too() {
    let world = company();
    world.clock.advance(-86_400);
    fails(&world, "doctor", 1, "found");
    world.clock.advance(2 * 86_400);
    fails(&world, "mail list --check", 1, "found");
}

#[test]
fn a_command_that_cannot_be_read_is_2() {
    let world = company();
    for line in [
        "customer add",
        "customer add 1050",
        "customer add 1050 --name ''",
        "customer list --limit many",
        "customer list --where city",
        "customer list --fields nmae",
        "customer show 1042 --fields nmae",
        "nobody",
        "customer list --nowhere",
        "customer list -o xml",
        "order create --customer 1042 --title T --planned-from soon",
        "mail show x",
        "customer list --wait x",
        "serve --listen here --check",
        "order cancel NK-FRO-0001",
    ] {
        let said = fails(&world, line, 2, "usage");
        assert!(said.err.contains("  tip: "), "`{line}`: {said:?}");
    }
    fails(&world, "audit list --since yesterday", 2, "unacceptable");
}

#[test]
fn what_is_not_there_is_3() {
    let world = company();
    for line in [
        "customer show 9999",
        "customer show id:99999",
        "staff show nobody",
        "staff show id:99",
        "mail show 99",
        "group show nordkil",
        "customer list -g nordkil",
        "customer list -g id:77",
        "template show standrad",
    ] {
        fails(&world, line, 3, "not_found");
    }
    fails(&World::new(), "customer list", 3, "not_found");
}

#[test]
fn what_is_in_the_way_is_4() {
    let world = company();
    fails(&world, "customer add 1042 --name Brf", 4, "conflict");
    fails(&world, "user invite gone@brf.example", 4, "conflict");
    world.run("facility add hus-a --customer 1043 --name 'Hus A'").well();
    fails(&world, "facility show hus-a", 4, "conflict");
}

#[test]
fn changes_to_come_are_5() {
    let world = company();
    let said = world.run("customer set 1042 --city Umeå --dry-run --exit-code");
    assert_eq!((said.status, said.out.as_str()), (5, ""), "{said:?}");
    assert_eq!(world.run("customer import customers.csv --dry-run --exit-code").status, 5);
    world.run("customer set 1042 --city Umeå --exit-code").fails(2, "--dry-run");
}

#[test]
fn bad_rows_are_65_and_what_was_done_goes_with_the_error() {
    let world = World::nordkyl();
    let good: String = (1..=9).map(|n| format!("{n},Customer {n}\n")).collect();
    world.file("c.csv", format!("customer_no,name\n{good}10,\n"));
    let plan = world.run("customer import c.csv --dry-run").fails(65, "! line 11, column \"name\"");
    assert!(plan.err.contains("+ 1 (Customer 1)"), "{plan:?}");
    fails(&world, "customer import c.csv", 65, "bad_data");
    let said = world.run("customer import c.csv --json").fails(65, "bad_data");
    let error: serde_json::Value = serde_json::from_str(&said.err).expect("one object and nothing else");
    let report = &error["error"]["report"];
    assert_eq!((&report["counts"]["unchanged"], &report["counts"]["rejected"]), (&9.into(), &1.into()), "{said:?}");
    assert_eq!(report["problems"][0]["line"], 11);
    assert!(world.run("customer import --help").well().out.contains("\"report\""));
    world.file("logo.png", "no picture");
    fails(&world, "group logo nordkyl logo.png", 65, "bad_data");
}

#[test]
fn a_file_that_cannot_be_opened_is_66() {
    let world = company();
    for line in [
        "customer import nowhere.csv",
        "customer import .",
        "config check nowhere.toml",
        "group logo nordkyl no.png",
        "customer import customers.csv --map-file nowhere.txt",
        "group list --config nowhere.toml",
    ] {
        fails(&world, line, 66, "no_input");
    }
}

#[test]
fn what_does_not_answer_is_69() {
    let world = company();
    world.run("mail send --config off.toml").fails(69, "mail is switched off").fails(69, "[unavailable]");
    world.clock.advance(600);
    world.run("mail send --config off.toml --json").fails(69, "{\"error\":{\"code\":\"unavailable\",\"exit\":69,");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address");
    fails(&world, &format!("serve --listen {address}"), 69, "unavailable");
}

/// A pipe or a disk that takes nothing.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::Error::from(std::io::ErrorKind::StorageFull))
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_answer_that_cannot_be_written_is_73() {
    let world = company();
    for line in ["customer list", "customer show 1042", "config example", "--help"] {
        let said = world.run_in(&split(line), "", |io| io.stdout.replace(Box::new(Full)).flush().expect("no stream"));
        said.fails(73, "the answer cannot be written");
    }
    world.file("taken", "");
    fails(&world, "man --dir taken", 73, "cannot_write");
    fails(&World::empty(), "init --data-dir /dev/null/x", 73, "cannot_write");
}

#[test]
fn a_database_that_cannot_be_opened_is_74() {
    let world = World::empty();
    world.run("init --data-dir data").well();
    std::fs::remove_file(world.path().join("data/frontdesk.db")).expect("no database");
    std::fs::create_dir(world.path().join("data/frontdesk.db")).expect("a folder in its place");
    fails(&world, "group list --data-dir data", 74, "storage");
}

#[test]
fn a_writer_in_the_way_is_75() {
    let world = World::nordkyl();
    let other = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    other.execute_batch("BEGIN IMMEDIATE").expect("a writer");
    fails(&world, "customer add 1 --name One --wait 0", 75, "busy");
    other.execute_batch("ROLLBACK").expect("an end");
    world.run("customer add 1 --name One --wait 86400").well();
    world.run("customer add 1 --name One --wait 18446744073709551615").fails(2, "--wait");
}

/// What is denied on this side of the portal: a facility of one customer in the scope of another's access.
#[test]
fn what_may_not_be_is_77() {
    let world = company();
    let said = fails(&world, "user grant eva@brf.example --facility id:3", 77, "denied");
    assert!(said.err.contains("facility 'hall' belongs to customer 1043, not to 1042"), "{said:?}");
}

#[test]
fn a_configuration_that_cannot_be_used_is_78() {
    let world = company();
    world.file("bad.toml", "[portal]\nbaseurl = 'x'\n");
    fails(&world, "customer list --config bad.toml", 78, "config");
    fails(&world, "customer list --data-dir nowhere", 78, "config");
    fails_in(&world, "customer list", 78, "config", |io| {
        io.environment.insert("FRONTDESK_GROUP".into(), "Nord Kyl".into());
    });
}
