//! `role`: the lines of the matrix, and the matrix as one table.

use crate::support::World;

/// The first words of each line of a text, and the last.
fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

#[test]
fn a_new_group_has_three_roles() {
    let world = World::nordkyl();
    assert_eq!(world.run("role list -o id").well().out, "Site manager\nBoard\nBilling\n");
    let board = world.run("role show board --json").well().json();
    assert_eq!(board["events"].to_string(), r#"["order.waiting","order.done"]"#);
    assert_eq!((&board["statuses"], &board["contacts"]), (&serde_json::json!([]), &0.into()));
    world.run("group add sur --name Sur").well();
    assert_eq!(world.run("role list -o id -g sur").well().out, "Site manager\nBoard\nBilling\n");
}

#[test]
fn a_role_is_added_changed_and_deleted() {
    let world = World::nordkyl();
    let said = world
        .run("role add Caretaker --tick comment --tick order.created --tick comment --tick done --tick PLANNED")
        .well();
    assert_eq!(said.err, "created role Caretaker (order.created, comment, Planned, Done)\n");
    let said = world.run("role set Caretaker --tick document --tick 'in progress' --untick done --json").well().json();
    assert_eq!(said["action"], "updated");
    assert_eq!(said["events"].to_string(), r#"["order.created","comment","document"]"#);
    assert_eq!(said["statuses"].to_string(), r#"["Planned","In progress"]"#);
    let said = world.run("role set caretaker --tick comment").well();
    assert!(said.err.starts_with("unchanged role Caretaker ("), "{said:?}");
    world.run("role set Caretaker --name Janitor").well();
    world.run("role show Caretaker").fails(3, "role 'Caretaker' does not exist");
    world.run("role delete janitor --yes").well();
    assert_eq!(world.run("role list -o id").well().out, "Site manager\nBoard\nBilling\n");
}

#[test]
fn what_is_named_when_it_is_there_already_counts() {
    let world = World::nordkyl();
    world.run("role add board --tick comment").fails(4, "role 'Board' exists already").fails(4, "frontdesk role set");
    let said = world.run("role add board --tick comment --ensure").well();
    assert_eq!(said.err, "updated role Board (comment)\n");
    let said = world.run("role add board --tick comment --tick Done --ensure").well();
    assert_eq!(said.err, "updated role Board (comment, Done)\n");
    assert!(world.run("role add board --ensure").well().err.starts_with("unchanged"));
}

#[test]
fn a_role_that_ticks_nothing_says_so() {
    let world = World::nordkyl();
    let said = world.run("role add Quiet").well();
    assert!(said.err.contains("warning: the role 'Quiet' ticks nothing"), "{said:?}");
    let tip = said.err.lines().last().and_then(|line| line.strip_prefix("  tip: frontdesk ")).expect("a tip");
    let said = world.run(tip).well();
    assert_eq!(said.err, "updated role Quiet (order.done)\n");
}

#[test]
fn a_wrong_word_is_answered_with_the_nearest() {
    let world = World::nordkyl();
    world.run("role add X --tick order.dnoe").fails(3, "did you mean 'order.done'?");
    world.run("role set Board --tick order.dnoe").fails(3, "did you mean 'order.done'?");
    world.run("role set Board --tick planed").fails(3, "did you mean 'Planned'?");
    world.run("role show Bord").fails(3, "did you mean 'Board'?");
}

#[test]
fn who_carries_a_role_keeps_it_from_being_deleted() {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    world.run("contact add --customer 1042 --name 'Eva Lind' --email eva@brf.example --role 'Site manager'").well();
    let said = world.run("role delete 'site manager' --yes").fails(4, "1 contact carries the role 'Site manager'");
    // Both commands of the tip do what they say.
    assert!(said.err.contains("frontdesk contact list --role 'Site manager'"), "{said:?}");
    assert_eq!(world.run("contact list --role 'site manager' -o id").well().out, "id:1\n");
    assert_eq!(world.run("role show 'Site manager' --json").well().json()["contacts"], 1);
    world.run("contact set eva@brf.example --remove-role 'Site manager'").well();
    world.run("role delete 'site manager' --yes").well();
}

#[test]
fn the_matrix_is_printed_as_a_table() {
    let world = World::nordkyl();
    world.run("role set Board --tick Planned").well();
    let table = world.run("role matrix").well().out;
    let table = lines(&table);
    assert_eq!(table[0].split("  ").next(), Some("line"), "{table:?}");
    assert_eq!(table.len(), 1 + 9 + 6, "a heading, nine events and six statuses: {table:?}");
    assert!(table.iter().any(|line| line.starts_with("Planned") && line.ends_with('x')), "{table:?}");
    let csv = world.run("role matrix -o csv").well().out;
    let csv = lines(&csv);
    assert_eq!(csv[0], "line,kind,Site manager,Board,Billing");
    assert_eq!(csv[1], "order.created,event,yes,,");
    assert_eq!(csv[4], "order.done,event,yes,yes,yes");
    assert_eq!(csv[11], "Planned,status,,yes,");
    assert_eq!(world.run("role matrix -o csv --no-header").well().out.lines().count(), 15);
    let json = world.run("role matrix --json").well().json();
    assert_eq!(
        json[3],
        serde_json::json!({
            "line": "order.done", "kind": "event", "roles": ["Site manager", "Board", "Billing"],
        })
    );
    assert_eq!(world.run("role matrix --fields help").well().out, "line\nkind\nroles\n");
    assert_eq!(world.run("role matrix -o id").well().out.lines().next(), Some("order.created"));
    // The company's own names, as they are now.
    world.run("group status set Planned --name Booked").well();
    assert!(world.run("role matrix -o csv").well().out.contains("\nBooked,status,,yes,\n"));
    world.run("group status delete Booked --yes").well();
    assert_eq!(world.run("role matrix -o csv").well().out.lines().count(), 15);
}

#[test]
fn what_is_printed_is_taken_again_and_changes_nothing() {
    let world = World::nordkyl();
    world.run("role add '=1+1' --tick comment --tick Done").well();
    world.run("group status add '+Odd; or not' --stage waiting").well();
    world.run("role set Board --tick '+Odd; or not'").well();
    let before = world.rows();
    let printed = world.run("role matrix -o csv").well().out;
    assert!(printed.contains("\n'+Odd; or not,status,,yes,,\n"), "nothing to reckon for a spreadsheet: {printed}");
    let quoted = printed.replace(',', ";").replace("'+Odd; or not", "\"'+Odd; or not\"");
    let spreadsheet = format!("\u{feff}{quoted}");
    for text in [&printed, &spreadsheet] {
        let said = world.run_with("role matrix -", text).well();
        assert_eq!(said.err, "unchanged matrix (4 roles, 16 lines)\n");
        let json = world.run_with("role matrix - --json", text).well().json();
        assert_eq!(json, serde_json::json!({ "action": "unchanged", "changed": false, "roles": [] }));
    }
    assert_eq!(world.rows(), before);
}

#[test]
fn a_file_changes_the_lines_and_roles_that_it_names() {
    let world = World::nordkyl();
    // Columns in another order, marks as people write them, and what a spreadsheet leaves at the edges.
    let text = "kind;Billing;line;board;\r\n;;;;\r\nstatus;ja;planned;X;\r\nevent;;document;no;\r\n;x;Order.Done;;\r\n;;;;\r\n";
    let before = world.rows();
    let said = world.run_with("role matrix - --dry-run --exit-code", text);
    assert_eq!(
        (said.status, said.err.as_str()),
        (5, "dry run, nothing was changed: updated matrix: Billing +Planned, -document; Board +Planned, -order.done\n")
    );
    assert_eq!(world.rows(), before);
    let json = world.run_with("role matrix - --json", text).well().json();
    assert_eq!(
        json["roles"][1],
        serde_json::json!({
            "name": "Board", "ticked": ["Planned"], "unticked": ["order.done"],
        })
    );
    assert_eq!(world.run("role show Board --json").well().json()["events"].to_string(), r#"["order.waiting"]"#);
    assert_eq!(world.run("role show 'Site manager' --json").well().json()["events"].as_array().map(Vec::len), Some(9));
    assert_eq!(world.run_with("role matrix -", text).well().err, "unchanged matrix (2 roles, 3 lines)\n");
    let lines = world.run("audit list --action role.changed --json").well().json();
    assert_eq!(lines.as_array().map(Vec::len), Some(2));
}

#[test]
fn a_file_that_says_what_there_is_not_changes_nothing() {
    let world = World::nordkyl();
    let before = world.rows();
    for (text, sentence, tip) in [
        (
            "line,kind,Bord\ncomment,event,yes\n",
            "line 1, column \"Bord\": role 'Bord' does not exist",
            "did you mean 'Board'?",
        ),
        (
            "line,kind,Nobody at all\ncomment,event,yes\n",
            "line 1, column \"Nobody at all\": role 'Nobody at all' does not exist",
            "frontdesk role add 'Nobody at all'",
        ),
        (
            "line,kind,Board\ncomment,event,yes\norder.dnoe,event,yes\n",
            "line 3, column \"line\": 'order.dnoe' is no event",
            "did you mean 'order.done'?",
        ),
        (
            "line,Board\ncomment,yes\nPlaned,yes\n",
            "line 3, column \"line\": 'Planed' is neither an event nor a status",
            "did you mean 'Planned'?",
        ),
        ("line,kind,Board\nDone,event,yes\n", "line 2, column \"line\": 'Done' is no event", ""),
        ("line,kind,Board\nDone,stage,yes\n", "line 2, column \"kind\": 'stage' is neither event nor status", ""),
        (
            "line,kind,Board\ncomment,event,yes\nDone,status,perhaps\n",
            "line 3, column \"Board\": 'perhaps' is neither yes nor empty",
            "",
        ),
        (
            "line,Board\ncomment,yes\nDone,yes\nCOMMENT,\n",
            "line 4, column \"line\": 'COMMENT' is the same as on line 2",
            "",
        ),
        ("line,Board,BOARD\ncomment,yes,\n", "line 1, column \"BOARD\": the role 'BOARD' is there twice", ""),
        ("line,Board\ncomment,yes,yes\n", "line 2: 3 cells where the heading line has 2", ""),
        ("line,Board,\ncomment,,yes\n", "line 2: there is a mark in column 3, which has no heading", ""),
        ("event,Board\ncomment,yes\n", "the file has no column \"line\"", "frontdesk role matrix -o csv"),
        ("{\"line\":\"comment\",\"Board\":\"yes\"}\n", "the file has no column \"line\"", ""),
        ("", "the file is empty", ""),
    ] {
        let said = world.run_with("role matrix -", text);
        said.fails(65, sentence).fails(65, tip);
        assert_eq!(world.rows(), before, "{text:?}");
    }
    let windows = [b"line,Board\nKlart \xe5,yes\n".as_slice()].concat();
    std::fs::write(world.path().join("windows.csv"), windows).expect("a file");
    world.run("role matrix windows.csv").fails(65, "--encoding windows-1252");
    world.run("role matrix windows.csv --encoding windows-1252").fails(65, "'Klart å' is neither");
}
