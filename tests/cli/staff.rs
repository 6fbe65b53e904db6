//! `staff`: the people at the service company.

use crate::support::World;

fn rita() -> World {
    let world = World::nordkyl();
    world.run("staff add rita --name 'Rita Ek' --email rita@nordkyl.example --grant admin --uid 1001").well();
    world
}

#[test]
fn somebody_is_added_listed_shown_and_changed() {
    let world = World::nordkyl();
    let said = world.run("staff add rita --name 'Rita Ek' --grant orders --grant accounts").well();
    assert_eq!(said.err, "created staff rita (Rita Ek, active, rights: accounts orders)\n");
    let list = world.run("staff list --json").well().json();
    assert_eq!(
        list[0].to_string(),
        r#"{"login":"rita","name":"Rita Ek","email":null,"uid":null,"rights":["accounts","orders"],"status":"active","created_at":"2026-11-22T08:02:00Z","kind":"person"}"#
    );
    let said = world.run("staff set rita --email rita@nordkyl.example --json").well().json();
    assert_eq!((said["action"].as_str(), said["email"].as_str()), (Some("updated"), Some("rita@nordkyl.example")));
    assert!(world.run("staff set rita --email rita@nordkyl.example").well().err.starts_with("unchanged"));
    assert_eq!(world.run("staff set rita --no-email --json").well().json()["email"], serde_json::Value::Null);
    assert_eq!(world.run("staff show rita --json").well().json()["orders"], 0);
}

#[test]
fn adding_twice_is_a_conflict_unless_told_otherwise() {
    let world = rita();
    world.run("staff add rita --name Other").fails(4, "staff 'rita' exists already");
    assert!(world.run("staff add rita --name Other --if-exists skip").well().err.starts_with("unchanged"));
    assert!(world.run("staff add rita --name Other --grant mail --ensure").well().err.starts_with("updated"));
    assert!(world.run("staff add rita --name Other --grant mail --ensure").well().err.starts_with("unchanged"));
    assert_eq!(world.run("staff show rita --json").well().json()["rights"].to_string(), r#"["admin","mail"]"#);
}

#[test]
fn rights_are_granted_and_revoked_with_before_and_after() {
    let world = rita();
    world.run("staff add ola --name 'Ola Berg'").well();
    let said = world.run("staff grant ola orders mail").well();
    assert_eq!(said.err, "updated rights of ola: orders mail (before: none)\n");
    assert!(world.run("staff grant ola orders").well().err.starts_with("unchanged"));
    let said = world.run("staff revoke ola orders --json").well().json();
    assert_eq!(said["rights"].to_string(), r#"["mail"]"#);
    assert_eq!(said["rights_before"].to_string(), r#"["orders","mail"]"#);
    world.run("staff grant ola everything").fails(2, "'everything' is not a right");
    world.run("staff grant ola").fails(2, "RIGHT");
}

#[test]
fn the_last_administrator_stays() {
    let world = rita();
    for line in ["staff delete rita --yes", "staff disable rita --yes", "staff revoke rita admin"] {
        world.run(line).fails(4, "rita is the last active administrator").fails(4, "staff grant LOGIN admin");
    }
    world.run("staff add ola --name 'Ola Berg' --grant admin").well();
    world.run("staff disable rita --yes").well();
    world.run("staff revoke ola admin").fails(4, "ola is the last active administrator");
    world.run("staff enable rita").well();
    world.run("staff delete ola --yes").well();
    assert_eq!(world.run("staff list -o id").well().out, "rita\n");
}

#[test]
fn a_user_number_is_bound_once_and_never_to_nobody() {
    let world = rita();
    world.run("staff add ola --name 'Ola Berg'").well();
    world.run("staff bind ola --uid 65534").fails(2, "65534 is the user 'nobody'");
    world.run("staff bind ola --uid -1").fails(2, "'-1'");
    world.run("staff bind ola").fails(2, "--uid");
    world.run("staff bind ola --uid 1001").fails(4, "uid 1001 is rita already");
    world.run("staff add eve --name Eve --uid 1001").fails(4, "uid 1001 is rita already");
    assert!(world.run("staff bind ola --uid 1002").well().err.contains("uid 1002"));
    assert!(world.run("staff bind ola --uid 1002").well().err.starts_with("unchanged"));
    world.run("staff bind ola --uid 1003").fails(4, "ola is bound to uid 1002 already");
    world.run("staff bind ola --none").well();
    assert!(world.run("staff bind ola --none").well().err.starts_with("unchanged"));
    assert_eq!(world.run("staff bind ola --uid 1003 --json").well().json()["uid"], 1003);
}

#[test]
fn disabling_asks_and_dry_runs_change_nothing() {
    let world = rita();
    world.run("staff add ola --name 'Ola Berg'").well();
    world.run("staff disable ola").fails(2, "needs to be confirmed");
    assert_eq!(world.run("staff disable ola --dry-run --exit-code").status, 5);
    assert_eq!(world.run("staff delete ola --dry-run --exit-code").status, 5);
    assert_eq!(world.run("staff show ola --json").well().json()["status"], "active");
    assert!(world.run("staff disable ola --yes").well().err.starts_with("updated staff ola (Ola Berg, disabled"));
    assert!(world.run("staff disable ola").well().err.starts_with("unchanged"));
    assert!(world.run("staff enable ola").well().err.starts_with("updated staff ola (Ola Berg, active"));
    world.run("staff delete ola").fails(2, "needs to be confirmed");
    world.run("staff delete ola --yes").well();
    world.run("staff delete ola --yes").fails(3, "staff 'ola' does not exist");
    assert!(world.run("staff rm ola --missing-ok").well().err.starts_with("unchanged"));
}

#[test]
fn wrong_words_get_a_sentence_and_change_nothing() {
    let world = World::nordkyl();
    world.run("staff add Rita --name R").fails(2, "'Rita' is not a login");
    world.run("staff add rita").fails(2, "a new person needs a name");
    world.run("staff add rita --name R --email rita").fails(2, "'rita' has no @");
    world.run("staff show rita").fails(3, "staff 'rita' does not exist");
    assert_eq!(world.run("staff list --json").well().out, "[]\n");
    assert!(world.run("staff list").well().err.contains("No staff match."));
}

#[test]
fn a_service_is_staff_that_no_mail_and_no_order_reaches() {
    let world = rita();
    let said = world.run("staff add nightly --service --name 'Nightly import' --grant imports --uid 990").well();
    assert_eq!(said.err, "created staff nightly (service, Nightly import, active, rights: imports, uid 990)\n");
    assert_eq!(
        world.run("staff list -o csv --fields login,kind --no-header").well().out,
        "nightly,service\nrita,person\n"
    );
    assert_eq!(world.run("staff show nightly --json").well().json()["kind"], "service");
    assert!(world.run("staff add nightly --service --ensure").well().err.starts_with("unchanged"));
    world.run("staff add rita --service --ensure").fails(4, "rita is a person and not a service");
    world.run("staff set nightly --email n@nordkyl.example").fails(4, "nightly is a service and reads no mail");
    world.run("staff add other --service --name Other --email o@nordkyl.example").fails(2, "--email");
    world.run("customer add 1042 --name Brf").well();
    let create = "order create --customer 1042 --title Leak";
    world.run(&format!("{create} --to nightly")).fails(4, "nightly is a service and does no work on orders");
    world.run(create).well();
    let assign = "order assign 1042-0001 --to nightly";
    let number = world.run("order list -o id").well().out;
    let assign = assign.replace("1042-0001", number.trim());
    world.run(&assign).fails(4, "nightly is a service and does no work on orders");
    // With its right it takes a file, and nothing else.
    world.file("customers.csv", "customer_no,name\n2001,Ny\n");
    world.run_as(990, "customer import customers.csv").well();
    world.run_as(990, "customer add 2002 --name Ny").fails(77, "nightly needs the right 'customers'");
    world.run_as(990, "user list").well();
    assert_eq!(world.run("audit list --json --where actor=nightly --limit 1").well().json()[0]["uid"], 990);
    world.run("staff delete nightly --yes").well();
}
