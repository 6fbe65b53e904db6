//! Who may give which command: each of them, tried by a member of staff with each right alone, and by the owner.

use std::fmt::Write;
use std::path::Path;

use frontdesk::access::Right;

use crate::cli::walk::{LEAVES, company, leaves};
use crate::support::{Said, World};

/// Words that ask for another right than the command does by itself, or that could.
const MORE: &[(&str, &str)] = &[
    ("user create --link", "ny@brf.example --customer 1042 --name Ny --template viewer --unattached --link"),
    ("user invite --link", "ola@brf.example --link"),
    ("user reset --link", "eva@brf.example --link"),
    ("user set --email", "eva@brf.example --email eva.lind@brf.example"),
    ("user grant --all-facilities", "ola@brf.example --all-facilities --template full"),
    ("contact delete --erase", "lone@brf.example --erase --yes"),
    ("contact set --role", "lone@brf.example --role Billing"),
    ("document get --internal", "1 --to drawing-out.pdf --force"),
    ("object interval delete", "KYL-01 Yearly --yes"),
    ("audit list --groups", "--groups"),
];

/// Words for commands that the walk does not run.
const RUN: &[(&str, &str)] = &[("portal preview", "eva@brf.example"), ("man", "--dir pages")];

/// The operating-system user of whoever has nothing; the others come after it.
const NOBODY: u32 = 2000;

fn rights() -> Vec<(u32, Option<Right>)> {
    let each = std::iter::once(None).chain(Right::ALL.iter().copied().map(Some));
    (NOBODY..).zip(each).collect()
}

/// The company with a member of staff for each right.
fn staffed() -> World {
    let world = company();
    for (uid, right) in rights() {
        let (login, grant) = match right {
            Some(right) => (format!("has-{right}"), format!("--grant {right}")),
            None => ("has-nothing".into(), String::new()),
        };
        world.run(&format!("staff add {login} --name '{login}' --uid {uid} {grant}")).well();
    }
    world
}

/// Whether somebody may; whoever may gets it done, and whoever may not leaves no trace.
fn may(said: &Said) -> Result<bool, String> {
    match said.status {
        0 => Ok(true),
        77 if said.out.is_empty() && said.err.contains("[denied]") => Ok(false),
        _ => Err(format!("neither done nor denied: {said:?}")),
    }
}

fn who(world: &World, name: &str, rest: &str) -> String {
    let leaf = leaves().into_iter().filter(|leaf| name.starts_with(&leaf.name)).max_by_key(|leaf| leaf.name.len());
    let leaf = leaf.unwrap_or_else(|| panic!("there is no command `{name}`"));
    let dry = if leaf.has("dry-run") { " --dry-run" } else { "" };
    let rest = RUN.iter().find(|(runs, _)| *runs == name).map_or(rest, |(_, rest)| *rest);
    let line = format!("{} {rest}{dry}", leaf.name);
    let mut met = Vec::new();
    let mut refusal = String::new();
    for (uid, right) in rights() {
        let said = world.run_as(uid, &line);
        let name = right.map_or("nothing", |right| right.word());
        match may(&said) {
            Ok(true) => met.push(name),
            Ok(false) => refusal = said.err,
            Err(odd) => return format!("{name}: {odd}"),
        }
    }
    if refusal.contains("is for the owner of the data directory alone") {
        return "at the machine only".into();
    }
    // What runs until it is told to stop is no matter of rights: it is refused above, or a bug.
    if may(&world.run(&line)) != Ok(true) {
        return format!("the owner: {:?}", world.run(&line));
    }
    match (met.len(), met.contains(&"nothing")) {
        (0, _) => "owner only".into(),
        (count, true) if count == rights().len() => "any staff".into(),
        _ => format!("staff with {}", met.join(" or ")),
    }
}

#[test]
fn the_table_of_rights_is_the_golden_file() {
    let world = staffed();
    let mut made = String::from(
        "# Who may give which command at the socket; the owner of the data directory may give all of them. Edited by hand;\n\
         # tests/cli/rights_table.rs compares it with the code.\n\n",
    );
    let before = world.business();
    let rows = LEAVES.iter().map(|(name, _, rest)| (*name, *rest)).chain(MORE.iter().copied());
    for (name, rest) in rows {
        let _ = writeln!(made, "{name:<28} {}", who(&world, name, rest));
    }
    // That somebody was refused is in the audit, and nowhere else.
    assert_eq!(world.business(), before, "somebody changed something in a dry run");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/rights.txt");
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    let only = |one: &str, other: &str, mark: &str| -> String {
        let lines = one.lines().filter(|line| !other.lines().any(|known| known == *line));
        lines.map(|line| format!("{mark} {line}\n")).collect()
    };
    assert!(
        golden == made,
        "tests/golden/rights.txt does not say what the program does. Think about each line, then edit the file by hand: \
         take out what is marked -, put in what is marked +, in the order of tests/cli/walk.rs.\n{}{}",
        only(&golden, &made, "-"),
        only(&made, &golden, "+"),
    );
}

#[test]
fn accounts_is_enough_for_customers_accounts_and_for_nothing_else() {
    let world = staffed();
    let uid = rights().into_iter().find(|(_, right)| *right == Some(Right::Accounts)).expect("a right").0;
    let well = |line: &str| world.run_as(uid, line).well();
    // A whole life of an account, by somebody with this right alone: also the contact that it needs.
    well("user create new@brf.example --customer 1042 --name New --template viewer --facility hus-a");
    well("user grant new@brf.example order.create --all-facilities");
    well("user revoke new@brf.example order.create");
    well("user set new@brf.example --lang sv --email newer@brf.example");
    well("user invite newer@brf.example");
    well("user disable newer@brf.example --yes");
    well("user enable newer@brf.example");
    well("user reset eva@brf.example");
    well("user sign-out eva@brf.example");
    well("user delete newer@brf.example --yes");
    let audit = world.run("audit list --json --where actor=has-accounts --limit 1000").well().json();
    let lines = audit.as_array().expect("lines");
    assert!(lines.iter().all(|line| line["via"] == "socket" && line["uid"] == uid), "{audit}");
    assert!(lines.iter().any(|line| line["action"] == "user.deleted"), "{audit}");
    // A contact comes with its user; one without is the work of others.
    let contact = "contact add --customer 1042 --email b@brf.example --name B";
    drop(world.run_as(uid, contact).fails(77, "needs the right 'customers'"));
    // Outside of the list, of the group, of the customer.
    let not = |line: &str, status, sentence: &str| drop(world.run_as(uid, line).fails(status, sentence));
    not("user grant eva@brf.example staff.admin", 2, "staff.admin");
    not("user grant eva@brf.example admin", 2, "admin");
    not("user create a@brf.example --customer 9999 --name A", 3, "9999");
    not("user grant eva@brf.example --facility nowhere", 3, "nowhere");
    world.run("group add sur --name Sur").well();
    world.run("customer add 7 --name Theirs -g sur").well();
    world.run("facility add theirs --customer 7 --name Theirs -g sur").well();
    world.run("user create their@sur.example --customer 7 --name Their --no-invite -g sur").well();
    let id = world.run("user list -g sur --json").well().json();
    not("user show their@sur.example", 3, "their@sur.example");
    not("user create a@brf.example --customer 7 --name A", 3, "7");
    not("user grant eva@brf.example --facility theirs", 3, "theirs");
    not("user list -g sur", 77, "is no member of staff of group 'sur'");
    assert_eq!(id.as_array().map(Vec::len), Some(1), "{id}");
    for number in 1..50 {
        let said = world.run_as(uid, &format!("user show id:{number}"));
        assert!(!said.out.contains("sur.example") && !said.err.contains("sur.example"), "{said:?}");
    }
    // Whose login is said by the kernel alone.
    let said = world.run_as(4711, "user list");
    said.fails(77, "uid 4711 is no member of staff");
}

#[test]
fn nobody_is_staff_and_customer_under_one_address() {
    let world = staffed();
    let admin = rights().into_iter().find(|(_, right)| *right == Some(Right::Admin)).expect("a right").0;
    let accounts = rights().into_iter().find(|(_, right)| *right == Some(Right::Accounts)).expect("a right").0;
    world.run("staff add left --name Left --email left@nordkyl.example").well();
    world.run("staff disable left --yes").well();
    let before = world.rows();
    for email in ["rita@nordkyl.example", "RITA@nordkyl.example", "left@nordkyl.example"] {
        let create = format!("user create {email} --customer 1042 --name Rita");
        let set = format!("user set eva@brf.example --email {email}");
        for line in [create.as_str(), set.as_str()] {
            for said in [world.run(line), world.run_as(admin, line), world.run_as(accounts, line)] {
                let said = said.fails(4, "is the address of");
                assert!(said.err.contains("tip: name another address, or first: frontdesk staff set"), "{said:?}");
            }
        }
    }
    for line in ["staff add eva --name Eva --email eva@brf.example", "staff set rita --email eva@brf.example"] {
        let said = world.run(line).fails(4, "'eva@brf.example' is a customer's user");
        assert!(said.err.contains("frontdesk user delete eva@brf.example"), "{said:?}");
    }
    assert_eq!(world.rows(), before);
}

#[test]
fn the_link_to_another_password_is_printed_for_administrators_alone() {
    let world = staffed();
    let line = "user reset eva@brf.example --link";
    for (uid, right) in rights() {
        let said = world.run_as(uid, line);
        match right {
            Some(Right::Admin) => assert!(said.well().out.contains("/reset/")),
            Some(Right::Accounts) => {
                let said = said.fails(77, "needs the right 'admin'");
                assert!(said.err.contains("leave --link out"), "{said:?}");
            }
            _ => drop(said.fails(77, "[denied]")),
        }
    }
}
