//! The accounts of `contact import`: made where a row asks for one, given more and never less, mailed to nobody.

use crate::support::World;

const RITA: u32 = 2001;
const BERT: u32 = 2002;

const FILE: &str = "customer_no,name,email,facilities,unattached,template,invite\n\
    1042,Eva Lind,eva@brf.example,hus-a,yes,standard,yes\n\
    1042,Ola Berg,ola@brf.example,*,,viewer,ja\n\
    1042,Bo Ek,bo@brf.example,,,viewer,no\n";

fn company() -> World {
    World::nordkyl_with_customers()
}

fn user(world: &World, email: &str) -> serde_json::Value {
    world.run(&format!("user list --where email={email} --json")).well().json()[0].clone()
}

#[test]
fn a_row_makes_an_account_that_waits_to_be_invited_and_once() {
    let world = company();
    let plan = world.run_with("contact import - --dry-run", FILE).well().out;
    assert!(plan.contains("+ Eva Lind of 1042: ") && plan.contains("account (empty) → 'new'"), "{plan}");
    let said = world.run_with("contact import -", FILE).well();
    assert!(said.err.contains("created 3, changed 0"), "{said:?}");
    let eva = user(&world, "eva@brf.example");
    assert_eq!((&eva["state"], &eva["mail"], &eva["name"]), (&"new".into(), &"none".into(), &"Eva Lind".into()));
    assert_eq!(eva["scope"], "hus-a, unattached");
    assert!(eva["permissions"].as_array().is_some_and(|all| all.contains(&"comment.write".into())), "{eva}");
    assert_eq!(user(&world, "ola@brf.example")["scope"], "all facilities");
    assert!(user(&world, "bo@brf.example").is_null(), "no account without invite");
    assert_eq!(world.run("mail list --json").well().out, "[]\n");
    let before = world.rows();
    assert!(world.run_with("contact import -", FILE).well().err.contains("created 0, changed 0, unchanged 3"));
    assert_eq!(world.rows(), before);
    let invited = world.run("user invite --pending --yes --json").well().json();
    assert_eq!(invited["emails"], serde_json::json!(["eva@brf.example", "ola@brf.example"]));
}

#[test]
fn an_import_gives_an_account_more_and_never_less() {
    let world = company();
    let create = "user create eva@brf.example --customer 1042 --name 'Eva Lind' --no-invite";
    world.run(&format!("{create} --template full --facility hus-b --until 2027-01-31")).well();
    let before = user(&world, "eva@brf.example");
    let line = |rest: &str| {
        format!("customer_no,name,email,facilities,unattached,template,invite\n1042,Eva Lind,eva@brf.example,{rest}\n")
    };
    // Less than she has, in every way a cell can say it.
    for rest in ["hus-b,no,viewer,no", "hus-b,,,", "hus-b,no,viewer,yes", "!clear,,,"] {
        world.run_with("contact import -", &line(rest)).well();
        assert_eq!(user(&world, "eva@brf.example"), before, "{rest}");
    }
    for (rest, column) in [(",!clear,,", "unattached"), (",,!clear,", "template"), (",,,!clear", "invite")] {
        let said =
            world.run_with("contact import -", &line(rest)).fails(65, "an import takes nothing away from an account");
        assert!(said.err.contains(&format!("column \"{column}\"")), "{said:?}");
    }
    let said = world.run_with("contact import - --dry-run", &line("hus-a,yes,standard,")).well().out;
    assert!(said.contains("account_facilities 'hus-b' → 'hus-a;hus-b', account_unattached 'no' → 'yes'"), "{said}");
    world.run_with("contact import -", &line("hus-a,yes,standard,")).well();
    let after = user(&world, "eva@brf.example");
    assert_eq!((&after["scope"], &after["until"]), (&"hus-a hus-b, unattached".into(), &before["until"]));
    assert_eq!(after["permissions"], before["permissions"]);
}

#[test]
fn whoever_may_not_change_accounts_cannot_do_so_with_a_file() {
    let world = company();
    world.run(&format!("staff add bert --name Bert --uid {BERT} --grant imports")).well();
    world.run(&format!("staff add rita --name Rita --uid {RITA} --grant imports --grant accounts")).well();
    let good: String = (1..=9).map(|n| format!("1042,Person {n},p{n}@brf.example,,,,\n")).collect();
    world.file("c.csv", format!("{FILE}{good}"));
    let said = world.run_as(BERT, "contact import c.csv");
    assert_eq!(said.status, 65, "{said:?}");
    assert!(said.err.contains("! line 2, column \"invite\": bert needs the right 'accounts' for this"), "{said:?}");
    assert!(said.err.contains("tip: without accounts it imports with --map \"invite=\""), "{said:?}");
    assert!(said.err.contains("created 10, changed 0, unchanged 0, rejected 2 of 12"), "{said:?}");
    assert_eq!(world.run("user list --json").well().out, "[]\n");
    let without = world.run_as(BERT, "contact import c.csv --map invite=").well();
    assert!(without.err.contains("created 2"), "{without:?}");
    assert_eq!(world.run("user list --json").well().out, "[]\n");
    let said = world.run_as(RITA, "contact import c.csv").well();
    assert!(said.err.contains("changed 2"), "{said:?}");
    assert_eq!(world.run("user list -o id").well().out, "eva@brf.example\nola@brf.example\n");
    // A file is no way around the right either where the account is there already.
    let more = "customer_no,name,email,unattached,template\n1042,Ola Berg,ola@brf.example,yes,full\n";
    world.file("more.csv", more);
    world.run_as(BERT, "contact import more.csv").fails(65, "bert needs the right 'accounts'");
}

#[test]
fn accounts_that_cannot_be_are_refused_with_the_reason() {
    let world = company();
    world.run("staff add rita --name Rita --email rita@nordkyl.example").well();
    world.run("customer add 1044 --name Closed").well();
    world.run("customer close 1044 --yes").well();
    world.run("user create eva@brf.example --customer 1042 --name Eva --no-invite").well();
    let good: String = (1..=30).map(|n| format!("1042,Person {n},p{n}@brf.example,,,,\n")).collect();
    let rows = "1042,Rita,rita@nordkyl.example,,,viewer,yes\n1042,Nobody,,,,viewer,yes\n1044,Zoe,zoe@brf.example,,,viewer,yes\n\
                1042,Odd,odd@brf.example,,,viwer,yes\n1042,Odd2,odd2@brf.example,,,,maybe\n1042,Odd3,odd3@brf.example,hall,,viewer,yes\n\
                1043,Eva,eva@brf.example,hall,,viewer,yes\n";
    let file = format!("customer_no,name,email,facilities,unattached,template,invite\n{good}{rows}");
    let said = world.run_with("contact import -", &file);
    assert_eq!(said.status, 65, "{said:?}");
    for problem in [
        "! line 32, column \"invite\": ",
        "! line 33, column \"invite\": an account needs the person's e-mail address\n",
        "! line 34, column \"invite\": customer 1044 is closed and gets no new users\n",
        "! line 35, column \"template\": template 'viwer' does not exist\n",
        "! line 36, column \"invite\": 'maybe' is neither yes nor no\n",
        "! line 37, column \"facilities\": customer 1042 has no facility 'hall'\n",
        "created 31, changed 0, unchanged 0, rejected 6 of 37",
    ] {
        assert!(said.err.contains(problem), "{problem:?} is not in {}", said.err);
    }
    let eva = world.run("user list --where email=eva@brf.example --json").well().json();
    assert_eq!(eva.as_array().map(Vec::len), Some(2), "a second access of the same person: {eva}");
}
