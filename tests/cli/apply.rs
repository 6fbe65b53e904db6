//! `customer apply` and `customer export`: a customer as one file.

use super::walk;
use crate::support::World;

const FILE: &str = r#"customer_no = "1050"
name = "Brf Solen"
city = "Umeå"
lang = "sv"

[[facility]]
facility_no = "a"
name = "Hus A"

[[facility]]
facility_no = "b"
name = "Hus B"

[[object]]
object_no = "FAN-1"
name = "Fan"
parent_no = "VP-1"

[[object]]
object_no = "VP-1"
name = "Heat pump"
facility_no = "a"
installed_on = 2020-05-01

[[object.interval]]
name = "Yearly"
days = 365
since = 2026-03-01

[[contact]]
name = "Sol Ek"
email = "sol@brf.example"
roles = ["Board"]
facilities = ["a"]

[[contact]]
name = "Per Ask"
email = "per@brf.example"

[[user]]
email = "sol@brf.example"
invite = true
template = "viewer"
permissions = ["company.edit"]
facilities = ["a"]
until = 2026-12-31

[[user]]
email = "per@brf.example"
lang = "en"
template = "viewer"
all_facilities = true
"#;

fn count(world: &World, list: &str) -> usize {
    world.run(&format!("{list} --json")).well().json().as_array().map_or(0, Vec::len)
}

fn applied() -> World {
    let world = World::nordkyl();
    world.file("solen.toml", FILE);
    world.run("customer apply solen.toml").well();
    world
}

#[test]
fn a_customer_is_made_of_one_file_and_its_second_run_writes_and_mails_nothing() {
    let world = World::nordkyl();
    world.file("solen.toml", FILE);
    let dry = world.run("customer apply solen.toml --dry-run --exit-code");
    assert_eq!(dry.status, 5, "{dry:?}");
    assert!(
        dry.out.starts_with("+ customer 1050 (Brf Solen)\n+ facility a (Hus A)\n+ facility b (Hus B)\n"),
        "{dry:?}"
    );
    assert!(dry.out.contains("+ user sol@brf.example: permissions (empty) → 'order.view;"), "{dry:?}");
    assert!(
        dry.err.ends_with("dry run, nothing was changed: created 9, changed 0, withdrawn 0, unchanged 0\n"),
        "{dry:?}"
    );
    world.run("customer show 1050").fails(3, "does not exist");

    let said = world.run("customer apply solen.toml").well();
    assert!(said.out.is_empty() && said.err.ends_with("created 9, changed 0, withdrawn 0, unchanged 0\n"), "{said:?}");
    let users = world.run("user list --customer 1050 --json").well().json();
    assert_eq!((users[0]["email"].as_str(), users[0]["state"].as_str()), (Some("per@brf.example"), Some("new")));
    assert_eq!((users[1]["state"].as_str(), users[1]["until"].as_str()), (Some("invited"), Some("2026-12-31")));
    let fan = world.run("object show FAN-1 --json").well().json();
    assert_eq!((fan["parent_no"].as_str(), fan["facility_no"].as_str()), (Some("VP-1"), None));
    assert_eq!(world.run("object interval list VP-1 --json").well().json()[0]["days"], 365);
    assert_eq!(world.run("contact show sol@brf.example --json").well().json()["roles"][0], "Board");
    let mails = world.run("mail list --json").well().json();
    assert_eq!((mails.as_array().map(Vec::len), mails[0]["to"].as_str()), (Some(1), Some("sol@brf.example")));

    let (audit, mail) = (count(&world, "audit list"), count(&world, "mail list"));
    let again = world.run("customer apply solen.toml").well();
    assert_eq!(again.err, "unchanged 9\n");
    assert_eq!(world.run("customer apply solen.toml --json").well().json()["changed"], false);
    let quiet = world.run("customer apply solen.toml -q --prune").well();
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    world.run("customer apply solen.toml --dry-run --exit-code").well();
    assert_eq!((count(&world, "audit list"), count(&world, "mail list")), (audit, mail));
}

#[test]
fn what_is_different_is_shown_with_old_and_new_and_only_that_is_changed() {
    let world = applied();
    let audit = count(&world, "audit list");
    world.file(
        "solen.toml",
        FILE.replace("facility_no = \"a\"\ninstalled", "facility_no = \"b\"\ninstalled").replace("Umeå", "Luleå"),
    );
    let said = world.run("customer apply solen.toml").well();
    assert_eq!(
        said.err,
        "~ customer 1050 (Brf Solen): city 'Umeå' → 'Luleå'\n~ object VP-1 (Heat pump): facility_no 'a' → 'b'\n= 7 unchanged\ncreated 0, changed 2, withdrawn 0, unchanged 7\n"
    );
    assert_eq!(count(&world, "audit list"), audit + 2);
    world.file(
        "solen.toml",
        "customer_no = \"1050\"\ncity = \"\"\n[[user]]\nemail = \"sol@brf.example\"\nuntil = \"\"\n",
    );
    let json = world.run("customer apply solen.toml --json").well().json();
    assert_eq!(json["steps"][0]["differences"][0], serde_json::json!({"field": "city", "old": "Luleå", "new": null}));
    assert_eq!(
        json["steps"][1]["differences"],
        serde_json::json!([{"field": "until", "old": "2026-12-31", "new": null}])
    );
    assert_eq!(json["kept"], serde_json::json!(["user per@brf.example"]));
    assert!(world.run("user show sol@brf.example").well().out.contains("order.view"));
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_nothing_is_taken() {
    let world = applied();
    let audit = count(&world, "audit list");
    world.file("bad.toml", "customer_no = \"1050\"\nnmae = \"X\"\ncity = 7\n[[facilty]]\n[[user]]\nemail = \"a@b.example\"\npassword = \"x\"\n");
    let said = world.run("customer apply bad.toml").fails(65, "4 problems in 'bad.toml'; nothing was changed");
    for line in [
        "! bad.toml, line 2, nmae: the customer has no key 'nmae'\n  tip: did you mean name?",
        "! bad.toml, line 3, city: city takes a text in quotes, not a whole number\n  tip: write it like city = \"…\"",
        "! bad.toml, line 4, facilty: there is no table 'facilty'\n  tip: did you mean [[facility]]?",
        "! bad.toml, line 7, password: 'password' looks like a secret",
    ] {
        assert!(said.err.contains(line), "{line}: {said:?}");
    }
    world.file(
        "bad.toml",
        FILE.replace("\"Board\"", "\"Bord\"")
            .replace(
                "\"viewer\"\npermissions = [\"company.edit\"]",
                "\"viewr\"\npermissions = [\n\"order.view\",\n\"company.edti\"]",
            )
            .replace("lang = \"sv\"", "lang = \"se\"")
            .replace("parent_no = \"VP-1\"", "parent_no = \"VP-2\"")
            .replace("[[contact]]\nname = \"Per Ask\"\nemail = \"per@brf.example\"", "")
            .replace("email = \"per@", "email = \"par@")
            .replace("since = 2026-03-01", "days = \"many\"")
            .replace("days = 365\n", ""),
    );
    let said = world.run("customer apply bad.toml").fails(65, "7 problems in 'bad.toml'");
    for line in [
        "! bad.toml, line 4, lang: 'se' is not a language",
        "line 17, parent_no: customer 1050 has no object 'VP-2'\n  tip: did you mean VP-1?",
        "days: 'many' is not a whole number above 0",
        "roles: role 'Bord' does not exist\n  tip: did you mean 'Board'?",
        "template: template 'viewr' does not exist\n  tip: did you mean 'viewer'?",
        "permissions: 'company.edti' is not a permission",
        "email: customer 1050 has no contact with the address 'par@brf.example'",
    ] {
        assert!(said.err.contains(line), "{line}: {said:?}");
    }
    let json = world.run("customer apply bad.toml --json").fails(65, "7 problems");
    let report: serde_json::Value = serde_json::from_str(&json.err).expect("one object");
    assert_eq!(report["error"]["report"]["problems"].as_array().map(Vec::len), Some(7));
    assert_eq!(report["error"]["report"]["changed"], false);
    assert_eq!(count(&world, "audit list"), audit);
    world.file("bad.toml", "customer_no = \n");
    world.run("customer apply bad.toml").fails(65, "bad.toml, line 1");
    world.run("customer apply nowhere.toml").fails(66, "'nowhere.toml' cannot be read");
    world.file("twice.toml", format!("{FILE}\n[[facility]]\nfacility_no = \"a\"\nname = \"A\"\n"));
    world.run("customer apply twice.toml").fails(65, "this is the same as on line 7");
    world.file("other.toml", "customer_no = \"1050\"\n");
    world.run("customer apply other.toml solen.toml").fails(65, "customer 1050 is in 'other.toml' already");
    world.run_with("customer apply -", "customer_no = \"1051\"\nname = \"Ny\"\n").well();
    world.run("customer set 1050 --external-id X1").well();
    world
        .run_with("customer apply -", "customer_no = \"1051\"\nexternal_id = \"X1\"\n")
        .fails(65, "'X1' is customer 1050");
}

#[test]
fn pruning_closes_retires_and_withdraws_after_asking_and_deletes_nothing() {
    let world = applied();
    world.run("customer add 1060 --name Annan").well();
    world.run("user create per@brf.example --customer 1060 --name 'Per Ask' --template viewer --unattached").well();
    let less = FILE
        .replace("[[facility]]\nfacility_no = \"b\"\nname = \"Hus B\"\n", "")
        .replace("[[object]]\nobject_no = \"FAN-1\"\nname = \"Fan\"\nparent_no = \"VP-1\"\n", "")
        .replace("permissions = [\"company.edit\"]", "");
    let less = &less[..less.rfind("[[user]]").expect("a user")];
    world.file("less.toml", less);
    let kept = world.run("customer apply less.toml").well();
    assert!(kept.err.contains("kept, though not in the file: what user sol@brf.example may do beyond the file, facility b (Hus B), object FAN-1 (Fan), user per@brf.example\n"), "{kept:?}");
    world.run("customer apply less.toml --prune").fails(2, "needs to be confirmed");
    let dry = world.run("customer apply less.toml --prune --dry-run").well();
    assert_eq!(dry.out.lines().count(), 5, "{dry:?}");
    let said = world.run("customer apply less.toml --prune --yes").well();
    for line in [
        "~ user sol@brf.example: permissions 'order.view;",
        "- facility b (Hus B): status 'open' → 'closed'",
        "- object FAN-1 (Fan): status 'active' → 'retired'",
        "- user per@brf.example: permissions 'order.view;",
        "created 0, changed 1, withdrawn 3, unchanged 5",
    ] {
        assert!(said.err.contains(line), "{line}: {said:?}");
    }
    assert_eq!(
        world.run("user list --customer 1050 --where email=per@brf.example --json").json()[0]["scope"],
        "nothing"
    );
    assert_eq!(world.run("user list --customer 1060 --json").json()[0]["scope"], "unattached");
    world.run("customer apply less.toml --prune").well();
    // Who has no other access is locked out, and nothing of a kind that is not named is touched.
    world.file("none.toml", "customer_no = \"1050\"\nuser = []\n");
    world.run("customer apply none.toml --prune --yes").well();
    assert_eq!(world.run("user show sol@brf.example --json").json()["state"], "disabled");
    assert_eq!(world.run("facility show a --json").json()["status"], "open");
    assert_eq!(world.run("customer apply none.toml --prune").well().err, "unchanged 1\n");
    let named = "customer_no = \"1050\"\n[[user]]\nemail = \"sol@brf.example\"\n";
    let said = world.run_with("customer apply -", named).well();
    assert!(said.err.contains("warning: sol@brf.example is disabled, though the file names them"), "{said:?}");
    assert!(said.err.ends_with("unchanged 2\n"), "{said:?}");
    let named = format!("{named}status = \"enabled\"\n");
    let said = world.run_with("customer apply -", &named).well();
    assert!(said.err.contains("~ user sol@brf.example: status 'disabled' → 'enabled'"), "{said:?}");
    assert_eq!((count(&world, "facility list"), count(&world, "object list"), count(&world, "user list")), (2, 2, 3));
}

#[test]
fn it_asks_for_the_rights_of_what_it_does_and_reaches_nothing_of_others() {
    let world = applied();
    world.run("staff add ann --name Ann --uid 4711 --grant accounts").well();
    world.run("staff add kim --name Kim --uid 4712 --grant customers").well();
    world.run("staff add leo --name Leo --uid 4713").well();
    world.file(
        "grant.toml",
        "customer_no = \"1050\"\n[[user]]\nemail = \"sol@brf.example\"\npermissions = [\"order.create\"]\n",
    );
    world.file("city.toml", "customer_no = \"1050\"\ncity = \"Boden\"\n");
    world.run_as(4713, "customer apply solen.toml").fails(77, "needs the right 'customers'");
    world.run_as(4713, "customer apply grant.toml").fails(77, "needs the right 'accounts'");
    world.run_as(4711, "customer apply city.toml").fails(77, "needs the right 'customers'");
    world.run_as(4712, "customer apply grant.toml").fails(77, "needs the right 'accounts'");
    world.run_as(4711, "customer apply grant.toml").well();
    world.run_as(4712, "customer apply city.toml").well();
    world.run_as(4713, "customer apply city.toml grant.toml").fails(65, "customer 1050 is in 'city.toml' already");
    assert!(world.run_as(4713, "customer export 1050").well().out.contains("Boden"));
}

#[test]
fn a_file_reaches_nothing_of_another_customer_or_company() {
    let world = applied();
    world.run("customer add 1060 --name Annan --external-id OTHER").well();
    world.run("facility add far --customer 1060 --name Far --external-id FAR").well();
    world.run("contact add --customer 1060 --name Fara --email fara@brf.example").well();
    let fara = world.run("contact show fara@brf.example --json").well().json()["id"].to_string();
    for (rest, said) in [
        ("external_id = \"OTHER\"", "'OTHER' is customer 1060"),
        ("[[object]]\nobject_no = \"VP-1\"\nfacility_no = \"far\"", "customer 1050 has no facility 'far'"),
        ("[[facility]]\nfacility_no = \"a\"\nexternal_id = \"FAR\"", "'FAR' belongs to facility far of customer 1060"),
        (&format!("[[contact]]\nid = {fara}\nname = \"Fara\""), "does not exist"),
        ("[[user]]\nemail = \"fara@brf.example\"", "customer 1050 has no contact with the address"),
        ("[[user]]\nemail = \"sol@brf.example\"\nfacilities = [\"far\"]", "customer 1050 has no facility 'far'"),
        ("[[contact]]\nname = \"Sol Ek\"\nemail = \"sol@brf.example\"\nfacilities = [\"far\"]", "no facility 'far'"),
    ] {
        let file = format!("customer_no = \"1050\"\n{rest}\n");
        world.run_with("customer apply -", &file).fails(65, "1 problem in 'stdin'").fails(65, said);
    }
    world.run("group add sur --name Sur").well();
    let there = world.run("customer export 1050 -g nordkyl").well().out;
    world.run_with("customer apply - -g sur", &there).well();
    assert_eq!(world.run("user list -g sur --where state=new --json").well().json().as_array().map(Vec::len), Some(2));
    assert_eq!(world.run("customer apply solen.toml -g nordkyl").well().err, "unchanged 9\n");
}

#[test]
fn invitations_and_news_go_out_once() {
    let world = applied();
    assert_eq!(count(&world, "mail list"), 1);
    let said = world.run("customer apply solen.toml --invite").well();
    assert!(said.err.contains("~ user per@brf.example: invitation (empty) → 'queued'"), "{said:?}");
    assert_eq!(world.run("customer apply solen.toml --invite").well().err, "unchanged 9\n");
    assert_eq!(count(&world, "mail list"), 2);
    world.user("nordkyl", "ada@brf.example", "--customer 1050 --template viewer --unattached");
    let mails = count(&world, "mail list");
    let file = "customer_no = \"1050\"\n[[user]]\nemail = \"ada@brf.example\"\npermissions = [\"company.edit\"]\n";
    world.run_with("customer apply -", file).well();
    world.run_with("customer apply -", file).well();
    assert_eq!(count(&world, "mail list"), mails + 1);
    world.run_with("customer apply - --no-notice", &file.replace("company.edit", "order.create")).well();
    assert_eq!(count(&world, "mail list"), mails + 1);
}

#[test]
fn what_is_exported_is_unchanged_when_it_is_applied() {
    let world = walk::company();
    world.run("contact add --customer 1042 --name Twin --phone 1").well();
    world.run("contact add --customer 1042 --name Twin --email twin@brf.example --phone 2").well();
    world.run("contact set twin@brf.example --email ''").well();
    world.run("customer set 1042 --note 'Two\nlines, \"quotes\" and a \\\\ back'").well();
    world.run("user grant ola@brf.example --facility hus-a --until 2026-12-31").well();
    for customer in ["1042", "1999"] {
        let file = world.run(&format!("customer export {customer}")).well().out;
        let audit = count(&world, "audit list --limit 10000");
        for how in ["customer apply -", "customer apply - --prune"] {
            let said = world.run_with(how, &file).well();
            assert!(said.err.starts_with("unchanged"), "{said:?}\n{file}");
        }
        assert_eq!(count(&world, "audit list --limit 10000"), audit);
    }
    // In another company it makes the same customer, with users who wait.
    let file = world.run("customer export 1042").well().out;
    let other = World::nordkyl();
    let file: String = file.lines().filter(|line| !line.starts_with("id = ")).map(|line| format!("{line}\n")).collect();
    let file = file.replacen("name = \"Twin\"", "name = \"Tvin\"", 1);
    other.run_with("customer apply -", &file).well();
    let said = other.run_with("customer apply -", &file).well();
    assert!(said.err.starts_with("unchanged"), "{said:?}");
    assert_eq!(count(&other, "mail list"), 0);
}

#[test]
fn the_example_in_the_help_is_a_file() {
    let world = World::nordkyl();
    let help = world.run("customer apply --help").well().out;
    let example: String = help
        .lines()
        .skip_while(|line| !line.trim_start().starts_with("customer_no = "))
        .take_while(|line| line.is_empty() || line.starts_with("  "))
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    assert!(example.contains("[[object.interval]]") && example.contains("until = 2026-12-31"), "{example}");
    let said = world.run_with("customer apply -", &example).well();
    assert!(said.err.ends_with("created 5, changed 0, withdrawn 0, unchanged 0\n"), "{said:?}");
    assert_eq!(world.run_with("customer apply -", &example).well().err, "unchanged 5\n");
    assert_eq!(world.run("mail list --json").well().json()[0]["to"], "eva@brf.example");
}

#[test]
fn the_help_names_every_key() {
    let world = World::nordkyl();
    let help = world.run("customer apply --help").well().out;
    let keys = help.split("All keys:").nth(1).expect("the keys");
    let file = "zzzzzzzzzz = 1\n[[facility]]\nzzzzzzzzzz = 1\n[[object]]\nzzzzzzzzzz = 1\n[[object.interval]]\nzzzzzzzzzz = 1\n\
                [[contact]]\nzzzzzzzzzz = 1\n[[user]]\nzzzzzzzzzz = 1\n";
    let said = world.run_with("customer apply -", file).fails(65, "6 problems in 'stdin'");
    let mut known = 0;
    for key in said.err.lines().filter_map(|line| line.split_once("there are: ")).flat_map(|(_, keys)| keys.split(' '))
    {
        assert!(keys.split([' ', '\n', '[', ']', '.', ',']).any(|word| word == key), "the help does not name {key}");
        known += 1;
    }
    assert!(known > 60, "{said:?}");
}
