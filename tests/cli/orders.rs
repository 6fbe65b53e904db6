//! `order`: written, moved through its statuses, assigned, discussed, deleted.

use crate::support::World;

/// Brf Fröjden with two buildings, a compressor, Eva, and Ola who works for Nordkyl.
fn world() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    world.run("facility add hus-a --customer 1042 --name 'Hus A'").well();
    world.run("facility add hus-b --customer 1042 --name 'Hus B'").well();
    world.run("object add KYL-02 --customer 1042 --facility hus-b --name 'Compressor 2'").well();
    world.run("contact add --email eva@brf.example --customer 1042 --name 'Eva Lind'").well();
    world.run("staff add ola --name 'Ola Berg' --email ola@nordkyl.example").well();
    world
}

const LEAK: &str = "order create --customer 1042 --title 'Compressor 2 leaks oil' --object KYL-02";

fn mails(world: &World) -> Vec<String> {
    let list = world.run("mail list --json").well().json();
    let one = |mail: &serde_json::Value| {
        format!("{} {}", mail["kind"].as_str().unwrap_or(""), mail["to"].as_str().unwrap_or(""))
    };
    list.as_array().expect("a list").iter().rev().map(one).collect()
}

#[test]
fn an_order_is_written_listed_and_shown() {
    let world = world();
    let plan = "--planned-from 2026-11-24T10:00 --planned-to 2026-11-24T12:00:00+01:00 --cost 1250.50 --to ola";
    let said = world.run(&format!("{LEAK} {plan} --contact eva@brf.example")).well();
    assert_eq!(
        said.err,
        "created order NK-BRF-0001 (Compressor 2 leaks oil, customer 1042, facility hus-b, Planning)\n"
    );
    assert_eq!(said.out, "");
    assert_eq!(mails(&world), ["order_received eva@brf.example"]);
    let order = &world.run("order list --json").well().json()[0];
    let field = |name: &str| order[name].as_str().unwrap_or("").to_owned();
    assert_eq!(
        ["order_no", "customer_no", "facility_no", "object_no", "kind", "stage", "priority", "contact"].map(field),
        ["NK-BRF-0001", "1042", "hus-b", "KYL-02", "work", "received", "Normal", "eva@brf.example"]
    );
    // Ten o'clock in Stockholm; due five days after it came.
    let times = ["planned_from", "planned_to", "created_at", "due_at"].map(field);
    assert_eq!(times, ["2026-11-24T09:00:00Z", "2026-11-24T11:00:00Z", "2026-11-22T08:02:00Z", "2026-11-27T08:02:00Z"]);
    assert_eq!((&order["cost"], &order["overdue"]), (&1250.5.into(), &false.into()));
    assert_eq!(order["technicians"], serde_json::json!(["ola"]));
    let shown = world.run("order show NK-BRF-0001").well().out;
    assert!(shown.contains("history (1)") && shown.contains("comments (0)"), "{shown}");
    assert!(world.run("object show KYL-02").well().out.contains("NK-BRF-0001"));
    assert_eq!(world.run("order list -o id").well().out, "NK-BRF-0001\n");
}

#[test]
fn lists_are_narrowed_by_what_is_named() {
    let world = world();
    world.run(&format!("{LEAK} --to ola")).well();
    world.run("order create --customer 1042 --title 'Yearly service' --kind service --facility hus-a --priority Emergency").well();
    world.run("order status NK-BRF-0001 'in progress'").well();
    let list = |flags: &str| world.run(&format!("order list -o id {flags}")).well().out.replace('\n', " ");
    assert_eq!(list(""), "NK-BRF-0002 NK-BRF-0001 ");
    assert_eq!(list("--limit 1"), "NK-BRF-0002 ");
    assert_eq!(list("--limit 1 --sort order_no"), "NK-BRF-0001 ");
    assert_eq!(list("--facility hus-b"), "NK-BRF-0001 ");
    assert_eq!(list("--customer 1042 --stage received"), "NK-BRF-0002 ");
    assert_eq!(list("--status 'In progress'"), "NK-BRF-0001 ");
    assert_eq!(list("--kind service"), "NK-BRF-0002 ");
    assert_eq!(list("--assigned ola"), "NK-BRF-0001 ");
    assert_eq!(list("--search YEARLY"), "NK-BRF-0002 ");
    assert_eq!(list("--overdue"), "");
    world.clock.advance(5 * 3600);
    assert_eq!(list("--overdue"), "NK-BRF-0002 ");
    world.run("order list --stage finished").fails(2, "'finished' is not a stage");
    world.run("order list --assigned olga").fails(3, "did you mean ola?");
}

#[test]
fn a_status_is_told_with_its_reason_unless_mail_is_not_wanted() {
    let world = world();
    world.run(&format!("{LEAK} --contact eva@brf.example --no-mail")).well();
    let status = "order status NK-BRF-0001 Planned --reason 'Tuesday at ten.'";
    assert_eq!(world.run(&format!("{status} --dry-run --exit-code")).status, 5);
    assert!(mails(&world).is_empty());
    assert!(world.run(status).well().err.contains("facility hus-b, Planned)"));
    assert_eq!(mails(&world), ["order_status eva@brf.example"]);
    world.run("order status NK-BRF-0001 Done --no-mail").well();
    assert!(world.run("order status NK-BRF-0001 Done").well().err.starts_with("unchanged"));
    assert_eq!(mails(&world).len(), 1);
    world.run("order status NK-BRF-0001 Dnoe").fails(3, "did you mean 'Done'?");
    let order = world.run("order show NK-BRF-0001 --json").well().json();
    assert_eq!(order["closed_at"], "2026-11-22T08:02:00Z");
    assert_eq!(order["history"][1]["reason"], "Tuesday at ten.");
    assert_eq!(order["history"][1]["author"], "Nordkyl AB");
}

#[test]
fn an_order_is_cancelled_after_a_question_and_reopened_without_one() {
    let world = world();
    world.run(LEAK).well();
    world.run("order cancel NK-BRF-0001").fails(2, "needs to be confirmed");
    assert!(world.run("order cancel NK-BRF-0001 --yes --reason 'Not needed.'").well().err.contains("Cancelled"));
    assert!(world.run("order cancel NK-BRF-0001").well().err.starts_with("unchanged"));
    assert!(world.run("order reopen NK-BRF-0001").well().err.contains("Planning"));
    assert!(world.run("order reopen NK-BRF-0001").well().err.starts_with("unchanged"));
    world.run("order status NK-BRF-0001 Done").well();
    world
        .run("order cancel NK-BRF-0001 --yes")
        .fails(4, "order NK-BRF-0001 is done")
        .fails(4, "order reopen NK-BRF-0001");
    world.run("order reopen NK-BRF-0001 --status Cancelled").fails(4, "an order in status 'Cancelled' is not open");
    assert!(world.run("order reopen NK-BRF-0001 --status Planned").well().err.contains("Planned"));
}

#[test]
fn an_order_moves_with_its_object_or_not_at_all() {
    let world = world();
    world
        .run(&format!("{LEAK} --facility hus-a"))
        .fails(4, "object KYL-02 stands at facility hus-b")
        .fails(4, "object move");
    world.run(LEAK).well();
    world.run("order set NK-BRF-0001 --facility hus-a").fails(4, "so its order cannot be at hus-a");
    assert!(world.run("order set NK-BRF-0001 --facility hus-a --object ''").well().err.contains("facility hus-a"));
    assert!(world.run("order set NK-BRF-0001 --unattached").well().err.contains("unattached"));
    assert!(world.run("order set NK-BRF-0001 --object KYL-02").well().err.contains("facility hus-b"));
    assert!(world.run("order set NK-BRF-0001 --object KYL-02").well().err.starts_with("unchanged"));
}

#[test]
fn an_order_is_changed_and_its_plan_is_possible() {
    let world = world();
    world.run(LEAK).well();
    let set = "order set NK-BRF-0001 --title 'Oil' --priority Urgent --reference 'PO 7' --planned-from 2026-11-24";
    let order = world.run(&format!("{set} --json")).well().json();
    assert_eq!((order["due_at"].as_str(), order["reference"].as_str()), (Some("2026-11-23T08:02:00Z"), Some("PO 7")));
    assert_eq!(order["planned_from"], "2026-11-23T23:00:00Z");
    assert!(world.run(set).well().err.starts_with("unchanged"));
    world.run("order set NK-BRF-0001 --planned-to 2026-11-23").fails(2, "the work would end at");
    world.run("order set NK-BRF-0001 --planned-to tomorrow").fails(2, "'tomorrow' is not a day or a time");
    world.run("order set NK-BRF-0001 --cost 12,50").fails(2, "'12,50' is not an amount such as 1250.50");
    world.run("order set NK-BRF-0009 --title X").fails(3, "order 'NK-BRF-0009' does not exist");
}

#[test]
fn another_programs_order_is_written_once() {
    let world = world();
    let add = "order add --customer 1042 --title Leak --external-id E-7 --no-mail";
    world.run(add).well();
    world.run(add).fails(4, "exists already");
    assert!(world.run(&format!("{add} --ensure")).well().err.starts_with("unchanged order NK-BRF-0001"));
    world.run("order add --customer 1042 --title Old --number OLD-1").well();
    world.run("order add --customer 1042 --title Old --number OLD-1").fails(4, "order 'OLD-1' exists already");
    world.run("order add --customer 1042").fails(2, "a new order needs a title");
}

#[test]
fn a_closed_customer_gets_no_new_orders() {
    let world = world();
    world.run("customer close 1042 --yes").well();
    world.run(LEAK).fails(4, "customer 1042 is closed").fails(4, "frontdesk customer open 1042");
    assert_eq!(world.run("order list --json").well().out, "[]\n");
}

#[test]
fn people_are_assigned_and_the_audience_says_so() {
    let world = world();
    world.run(LEAK).well();
    let said = world.run("order assign NK-BRF-0001 --to ola --contact eva@brf.example").well();
    assert!(said.err.ends_with("technicians: ola; contact: Eva Lind\n"), "{said:?}");
    assert!(world.run("order assign NK-BRF-0001 --to ola").well().err.starts_with("unchanged"));
    let all = world.run("order audience NK-BRF-0001 --json").well().json();
    assert_eq!((&all[0]["name"], &all[0]["told"][0]), (&"Ola Berg".into(), &"order.created".into()));
    assert_eq!((&all[1]["email"], &all[1]["sees"]), (&"eva@brf.example".into(), &false.into()));
    world.run("order assign NK-BRF-0001 --remove ola --no-contact").well();
    // Nobody is left who could hear of it, and that is said.
    let all = world.run("order audience NK-BRF-0001 --json").well().json();
    assert_eq!(
        (&all[0]["told"], &all[0]["why_not"]),
        (&serde_json::json!([]), &"the company has no reply address".into())
    );
    assert_eq!(all[1], serde_json::Value::Null);
    world.run("order assign NK-BRF-0001").fails(2, "nobody was named");
    world.run("order assign NK-BRF-0001 --contact ola@nordkyl.example").fails(3, "has no contact");
}

#[test]
fn comments_are_read_from_the_line_or_from_standard_input() {
    let world = world();
    world.run(LEAK).well();
    let said = world.run("order comment NK-BRF-0001 'We come today.'").well();
    assert_eq!(said.err, "created comment 1 on order NK-BRF-0001 (Compressor 2 leaks oil)\n");
    world.run_with("order comment NK-BRF-0001 - --answers 1", "Two lines,\nno less.\n").well();
    let order = world.run("order show NK-BRF-0001 --json").well().json();
    assert_eq!(
        (&order["comments"][1]["text"], &order["comments"][1]["answers"]),
        (&"Two lines,\nno less.".into(), &1.into())
    );
    assert_eq!(order["comments"][1]["side"], "staff");
    world.run_with("order comment NK-BRF-0001 -", "  \n").fails(2, "it is empty");
    world.run("order comment NK-BRF-0001 X --answers 9").fails(3, "order NK-BRF-0001 has no comment 9");
}

#[test]
fn deleting_needs_the_number() {
    let world = world();
    world.run(LEAK).well();
    world.run("order delete NK-BRF-0001").fails(2, "needs to be confirmed");
    world.run("order delete NK-BRF-0001 --confirm NK-BRF-0002").fails(2, "is not 'NK-BRF-0001'");
    world.run("object delete KYL-02 --yes").fails(4, "has orders, readings, self-checks, documents or parts");
    world.run("order delete NK-BRF-0001 --confirm NK-BRF-0001").well();
    assert!(world.run("order delete NK-BRF-0001 --missing-ok").well().err.starts_with("unchanged"));
    assert!(world.run(LEAK).well().err.contains("NK-BRF-0002"));
}

#[test]
fn notes_are_written_and_shown_apart_from_comments() {
    let world = world();
    world.run(&format!("{LEAK} --contact eva@brf.example --no-mail")).well();
    let said = world.run("order note NK-BRF-0001 'Pays late.'").well();
    assert_eq!(said.err, "created note 1 on order NK-BRF-0001 (Compressor 2 leaks oil)\n");
    world.run_with("order note NK-BRF-0001 -", "Ask Rita,\nshe knows.\n").well();
    assert_eq!(world.run("order note NK-BRF-0001 X --dry-run --exit-code").status, 5);
    world.run("order comment NK-BRF-0001 'We come today.' --dry-run").well();
    let order = world.run("order show NK-BRF-0001 --json").well().json();
    let texts: Vec<_> = order["notes"].as_array().expect("notes").iter().map(|note| note["text"].clone()).collect();
    assert_eq!(texts, ["Pays late.", "Ask Rita,\nshe knows."]);
    assert_eq!(
        (order["notes"][0]["author"].as_str(), order["comments"].as_array().map(Vec::len)),
        (Some("Nordkyl AB"), Some(0))
    );
    let shown = world.run("order show NK-BRF-0001").well().out;
    assert!(shown.contains("notes (2)") && shown.contains("comments (0)"), "{shown}");
    assert!(mails(&world).is_empty(), "nobody is told");
    world.run_with("order note NK-BRF-0001 -", " \n").fails(2, "it is empty");
    world.run("order note NK-BRF-0009 X").fails(3, "order 'NK-BRF-0009' does not exist");
    assert!(world.run("audit list --json").well().out.contains("order.noted"));
    world.run("order delete NK-BRF-0001 --confirm NK-BRF-0001").well();
}

#[test]
fn an_order_says_whom_to_ask_and_a_long_title_becomes_its_description() {
    let world = world();
    let site = "--site-contact 'Nils, caretaker' --site-phone '070 555 12 34' --reference 'PO 7' --priority Emergency";
    world.run_with(&format!("{LEAK} --to ola {site} --description -"), "It drips.\nA tray stands under it.\n").well();
    let order = world.run("order show NK-BRF-0001 --json").well().json();
    let field = |name: &str| order[name].as_str().unwrap_or("").to_owned();
    assert_eq!(
        ["site_contact", "site_phone", "reference", "description"].map(field),
        ["Nils, caretaker", "070 555 12 34", "PO 7", "It drips.\nA tray stands under it."]
    );
    world.run("order set NK-BRF-0001 --site-contact '' --site-phone 071").well();
    let set = world.run("order show NK-BRF-0001 --json").well().json();
    assert_eq!((&set["site_contact"], &set["site_phone"]), (&serde_json::Value::Null, &"071".into()));
    world.run_with("order set NK-BRF-0001 --description -", "Dry again.\n").well();
    assert_eq!(world.run("order show NK-BRF-0001 --json").well().json()["description"], "Dry again.");

    let long = format!("Nobody has heat in the west wing. {}", "It began on Sunday. ".repeat(12));
    let words = ["order", "create", "--customer", "1042", "--title", &long, "--description", "Call first."];
    world.run_in(&words, "", |_| {}).well();
    let order = world.run("order show NK-BRF-0002 --json").well().json();
    assert_eq!(order["title"], "Nobody has heat in the west wing");
    assert_eq!(order["description"], format!("{}\n\nCall first.", long.trim()));
    let words = ["order", "set", "NK-BRF-0002", "--title", &long];
    world.run_in(&words, "", |_| {}).fails(2, "is longer than 200 characters");
    world.run("order create --customer 1042 --title ''").fails(2, "it is empty");

    // What the list gives is taken back as it is.
    let list = world.run("order list -o csv").well().out;
    assert!(list.lines().next().is_some_and(|heading| heading.contains("site_contact,site_phone")), "{list}");
    let before = world.run("order list --json").well().json();
    let file = world.file("orders.csv", list);
    world.run(&format!("order import {}", file.display())).well();
    assert_eq!(world.run("order list --json").well().json(), before);
}

#[test]
fn no_order_hides_behind_the_form_for_new_ones() {
    let world = world();
    let refused = "'new' cannot be the number of an order";
    world.run(&format!("{LEAK} --number new")).fails(2, refused).fails(2, "another number");
    world.file("orders.csv", "order_no,customer_no,title\nnew,1042,A leak\n");
    let said = world.run("order import orders.csv");
    assert!(said.err.contains(&format!("line 2, column \"order_no\": {refused}")), "{said:?}");
}
