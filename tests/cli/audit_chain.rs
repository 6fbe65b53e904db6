//! `audit verify`: whatever is done to the lines past the program is found, and named.

use frontdesk::access::{Actor, Right};
use frontdesk::audit;
use frontdesk::clock::Clock;
use frontdesk::db::Db;
use frontdesk::error::Kind;
use frontdesk::ids::{GroupId, StaffId};
use frontdesk::secret::Key;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::cli::walk::{Does, company, lines};
use crate::support::{World, folder};

/// A group with some members, and so with some lines.
fn world() -> World {
    let world = World::nordkyl();
    for login in ["rita", "stig", "tove", "ulf"] {
        world.run(&format!("staff add {login} --name {login}")).well();
    }
    world
}

/// Does something to the file as somebody does who may write it: the triggers are no hindrance.
fn tamper(world: &World, sql: &str) {
    let file = Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("a database");
    let mut names = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'audit%'");
    let names: Vec<String> = names
        .as_mut()
        .expect("triggers")
        .query_map([], |row| row.get(0))
        .expect("triggers")
        .collect::<Result<_, _>>()
        .expect("names");
    assert_eq!(names.len(), 5, "{names:?}");
    for name in names {
        file.execute_batch(&format!("DROP TRIGGER {name}")).expect("dropped");
    }
    file.execute_batch("PRAGMA ignore_check_constraints = ON").expect("no checks");
    file.execute_batch(sql).expect(sql);
}

fn last(world: &World) -> i64 {
    world.run("audit list --limit 1 --json").well().json()[0]["id"].as_i64().expect("a number")
}

/// What is wrong: the kind of each finding with its line and its last line.
fn found(world: &World) -> Vec<Value> {
    let said = world.run("audit verify --json");
    assert_eq!((said.status, said.out.as_str()), (1, ""), "{said:?}");
    let said: Value = serde_json::from_str(&said.err).expect("JSON");
    assert_eq!(said["error"]["code"], "found");
    let report = &said["error"]["report"];
    assert_eq!(report["head"], Value::Null);
    let all = report["findings"].as_array().expect("findings");
    all.iter().map(|one| json!([one["fault"], one["id"], one["to"]])).collect()
}

#[test]
fn an_untouched_audit_verifies_and_its_head_can_be_noted() {
    let world = world();
    let verdict = world.run("audit verify --json").well().json();
    assert_eq!(verdict["lines"], last(&world));
    assert_eq!((&verdict["wrong"], &verdict["old_lines"]), (&json!(0), &json!(0)));
    assert_eq!((&verdict["first"], &verdict["last"]), (&json!("2026-11-22T08:02:00Z"), &json!("2026-11-22T08:02:00Z")));
    let head = verdict["head"].as_str().expect("a head").to_owned();
    let hash = head.split('@').next().expect("a hash");
    assert_eq!(world.run("audit verify -o id").well().out, format!("{head}\n"));
    world.run("staff add vera --name Vera").well();
    world.run(&format!("audit verify --expect={head}")).well();
    world.run(&format!("audit verify --expect={hash}")).well();
    // A copy of the data is as good as the data.
    world.copy().run(&format!("audit verify --expect={head}")).well();
    let other = format!("{hash}@2");
    let said = world.run(&format!("audit verify --expect={other}"));
    assert!(said.status == 1 && said.err.contains("line 2 is not the one that was noted"), "{said:?}");
    world.run("audit verify --expect=abc").fails(2, "43 letters");
    world.run(&format!("audit verify --expect={hash}@x")).fails(2, "not the number of a line");
}

#[test]
fn a_byte_that_was_changed_in_any_column_names_its_line() {
    let world = world();
    let line = last(&world) - 2;
    for change in [
        "group_id = 7",
        "group_id = NULL",
        "at = '2026-11-22T08:02:01Z'",
        "actor_sort = 'staff'",
        "actor = 'uid 1001'",
        "uid = 1001",
        "uid = NULL",
        "via = 'portal'",
        "client = ''",
        "client = '192.0.2.1'",
        "action = 'staff.adde'",
        "noun = 'stafg'",
        "subject_id = subject_id + 1",
        "subject = subject || ' '",
        "before = ''",
        "after = after || ' '",
        "after = NULL",
        "seal = 'x' || substr(seal, 2)",
        "seal = NULL",
        "hash = '-' || substr(hash, 2)",
        "hash = NULL",
        "seal = NULL, hash = NULL",
        "subject = 'other', seal = NULL, hash = NULL",
        "group_id = NULL, at = '', actor_sort = '', actor = '', uid = NULL, via = '', action = '', noun = '',
         subject_id = 0, subject = '', before = NULL, after = NULL, seal = NULL, hash = NULL",
        "seal = (SELECT seal FROM audit WHERE id = 2), hash = (SELECT hash FROM audit WHERE id = 2)",
        "hash = (SELECT hash FROM audit WHERE id = 2)",
    ] {
        let world = world.copy();
        tamper(&world, &format!("UPDATE audit SET {change} WHERE id = {line}"));
        assert_eq!(found(&world), [json!(["changed", line, null])], "{change}");
        let said = world.run("audit verify");
        assert!(said.err.contains(&format!("line {line} was changed")), "{said:?}");
    }
    let world = world.copy();
    tamper(&world, &format!("UPDATE audit SET id = {line} + 1000 WHERE id = {line}"));
    assert_eq!(found(&world), [json!(["missing", line, null]), json!(["put_in", line + 1000, null])]);
}

#[test]
fn the_last_line_is_watched_like_every_other() {
    let world = world();
    let line = last(&world);
    for change in ["actor = 'uid 1001'", "seal = NULL", "hash = NULL", "after = NULL, seal = NULL, hash = NULL"] {
        let world = world.copy();
        tamper(&world, &format!("UPDATE audit SET {change} WHERE id = {line}"));
        assert_eq!(found(&world), [json!(["changed", line, null])], "{change}");
    }
}

#[test]
fn lines_that_are_gone_moved_or_put_in_are_named() {
    let whole = world();
    let (end, line) = (last(&whole), last(&whole) - 3);
    let after = |sql: &str| {
        let world = whole.copy();
        tamper(&world, sql);
        found(&world)
    };
    assert_eq!(after(&format!("DELETE FROM audit WHERE id = {line}")), [json!(["missing", line, null])]);
    assert_eq!(
        after(&format!("DELETE FROM audit WHERE id IN ({line}, {line} + 1)")),
        [json!(["missing", line, line + 1])]
    );
    assert_eq!(after(&format!("DELETE FROM audit WHERE id = {end}")), [json!(["missing", end, null])]);
    assert_eq!(after("DELETE FROM audit"), [json!(["missing", 1, end])]);
    let swapped = format!(
        "UPDATE audit SET id = -1 WHERE id = {line}; UPDATE audit SET id = {line} WHERE id = {line} + 1;
         UPDATE audit SET id = {line} + 1 WHERE id = -1;"
    );
    assert_eq!(after(&swapped), [json!(["order", line, null]), json!(["order", line + 1, null])]);
    let columns = "group_id, at, actor_sort, actor, uid, via, client, action, noun, subject_id, subject, seal, hash";
    let copied =
        |to: &str| format!("INSERT INTO audit (id, {columns}) SELECT {to}, {columns} FROM audit WHERE id = {line};");
    assert_eq!(after(&copied(&format!("{end} + 1"))), [json!(["put_in", end + 1, null])]);
    assert_eq!(after(&copied("0")), [json!(["put_in", 0, null])]);
    // Between two lines, with the numbers of all later ones put up by one.
    let forged = format!(
        "UPDATE audit SET id = -id WHERE id > {line}; UPDATE audit SET id = 1 - id WHERE id < 0;
         INSERT INTO audit (id, at, actor_sort, actor, via, action, noun, subject_id, subject)
         VALUES ({line} + 1, '2026-11-22T08:02:00Z', 'owner', 'uid 0', 'direct', 'staff.added', 'staff', 1, 'eve');"
    );
    assert_eq!(after(&forged)[0], json!(["put_in", line + 1, null]));
}

#[test]
fn the_head_cannot_be_put_back_in_silence() {
    let world = world();
    let end = last(&world);
    let back = format!(
        "DELETE FROM audit WHERE id = {end};
         UPDATE audit_head SET lines = lines - 1, last = last - 1, hash = (SELECT hash FROM audit WHERE id = {end} - 1);"
    );
    tamper(&world, &back);
    assert_eq!(found(&world), [json!(["head", null, null])]);
    // The next line does not cover it up.
    world.run("staff add vera --name Vera").well();
    assert_eq!(found(&world), [json!(["broken", end, null])]);
    let other = World::nordkyl();
    tamper(&other, "DELETE FROM audit_head");
    assert_eq!(found(&other), [json!(["head", null, null])]);
    other.run("staff add vera --name Vera").fails(74, "the audit has lost its head");
}

#[test]
fn the_lines_stand_behind_triggers() {
    let world = world();
    let file = Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("a database");
    for sql in [
        "UPDATE audit SET subject = 'x' WHERE id = 1",
        "DELETE FROM audit WHERE id = 1",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET lines = lines - 1",
        "UPDATE audit_head SET lines = lines + 1, last = last + 1",
        "UPDATE audit_head SET old_lines = 9",
        "INSERT INTO audit_head SELECT * FROM audit_head",
    ] {
        let error = file.execute_batch(sql).expect_err(sql).to_string();
        assert!(error.contains("the audit"), "{sql}: {error}");
    }
}

#[test]
fn another_key_file_is_said_to_be_one() {
    let world = world();
    let end = last(&world);
    world.file("frontdesk-data/key", format!("{}\n", "0f".repeat(32)));
    assert_eq!(found(&world), [json!(["key", 1, end])]);
    let said = world.run("audit verify");
    assert!(said.err.contains("nothing fits the key file of this installation"), "{said:?}");
    world.run("staff add vera --name Vera").well();
    assert_eq!(found(&world)[0], json!(["key", 1, end]));
}

/// The steps of the schema from before there was a chain.
const BEFORE: [&str; 3] = [
    include_str!("../../src/db/migrations/0001_start.sql"),
    include_str!("../../src/db/migrations/0002_portal.sql"),
    include_str!("../../src/db/migrations/0003_telling.sql"),
];

#[test]
fn lines_from_before_the_chain_are_bound_into_it_as_a_whole() {
    let folder = folder();
    let path = folder.path().join("frontdesk.db");
    let old = Connection::open(&path).expect("a database");
    BEFORE.iter().for_each(|step| old.execute_batch(step).expect("a step"));
    old.execute_batch(
        "INSERT INTO audit (at, actor_sort, actor, via, action, noun, subject_id, subject)
         VALUES ('2026-11-20T08:00:00Z', 'owner', 'uid 1000', 'direct', 'group.added', 'group', 1, 'alpha'),
                ('2026-11-21T08:00:00Z', 'owner', 'uid 1000', 'serve', 'group.deleted', 'group', 1, 'alpha');
         PRAGMA application_id = 0x6664736b;
         PRAGMA user_version = 3;",
    )
    .expect("two lines");
    drop(old);
    let outside = Actor::Owner { group: None, uid: 1000 };
    let key = Key::random().expect("a key");
    let verdict = || {
        let db = Db::open(&path, Clock::system(), key.clone(), std::time::Duration::from_secs(5)).expect("a database");
        db.read(&outside, |tx| audit::verify(tx, None)).expect("a walk")
    };
    let before = verdict();
    assert_eq!((before.old_lines, before.lines, before.wrong), (2, 0, 0), "{before:?}");
    for change in ["UPDATE audit SET via = 'direct' WHERE id = 2", "DELETE FROM audit WHERE id = 1"] {
        let file = Connection::open(&path).expect("a database");
        file.execute_batch(
            "DROP TRIGGER IF EXISTS audit_is_not_rewritten; DROP TRIGGER IF EXISTS audit_is_not_deleted;",
        )
        .expect("dropped");
        file.execute_batch(change).expect(change);
        let after = verdict();
        assert_eq!((after.wrong, after.findings[0].fault), (1, audit::Fault::Old), "{change}: {after:?}");
    }
}

#[test]
fn staff_check_every_line_and_read_their_own() {
    let world = world();
    world.run("group add sur --name Sur").well();
    world.run("staff add ulla --name Ulla -g sur").well();
    let theirs = world.run("audit list --limit 1 --json -g sur").well().json()[0]["id"].as_i64().expect("a number");
    tamper(&world, &format!("UPDATE audit SET actor = 'x' WHERE id IN (3, {theirs})"));
    let db = world.db();
    let staff = |rights: &[Right]| Actor::Staff {
        id: StaffId(1),
        group: GroupId(1),
        login: "rita".into(),
        rights: rights.to_vec(),
    };
    let verdict = db.read(&staff(&[Right::Audit]), |tx| audit::verify(tx, None)).expect("a walk");
    let told: Vec<_> = verdict.findings.iter().map(|one| (one.id, one.actor.as_deref())).collect();
    assert_eq!(told, [(Some(3), Some("x")), (Some(theirs), None)]);
    for _ in 0..30 {
        let refused = db.read(&staff(&[Right::Mail]), |tx| audit::verify(tx, None)).expect_err("refused");
        assert_eq!(refused.kind(), Kind::Denied);
    }
    let lines = world.run("audit list --action refused --who rita --json -g nordkyl").well().json();
    assert_eq!(lines.as_array().map(Vec::len), Some(20), "{lines}");
    assert_eq!(lines[19]["after"], "rita needs the right 'audit' for this");
    assert!(lines[0]["after"].as_str().is_some_and(|why| why.contains("not written down for a minute")), "{lines}");
}

#[test]
fn lines_are_shown_and_exported_with_their_marks() {
    let world = world();
    let line = world.run("audit show 3 --json").well().json();
    assert_eq!(line["hash"].as_str().map(str::len), Some(43), "{line}");
    assert!(line["after"].is_object() || line["after"].is_string() || line["after"].is_array(), "{line}");
    world.run("audit show 99999").fails(3, "audit line '99999' does not exist");
    let groups = world.run("audit list --groups --json").well().json();
    let first = groups[0]["id"].as_i64().expect("a number");
    world.run(&format!("audit show {first}")).fails(3, "does not exist");
    world.run(&format!("audit show {first} --groups")).well();
    let end = last(&world);
    let said = world.run("audit export --all").well();
    let all: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let ids: Vec<_> = all.iter().map(|line| line["id"].as_i64().expect("a number")).collect();
    assert_eq!(ids, (1..=end + 1).collect::<Vec<_>>());
    assert!(all.iter().all(|line| line["seal"].is_string() && line["hash"].is_string()));
    assert_eq!(all.last().expect("lines")["action"], "audit.exported");
    let own = world.run("audit export -o csv").well().out;
    assert!(own.starts_with("id,at,actor_sort,actor,uid,via,client,action,noun,subject,before,after,seal,hash\n"));
    assert!(!own.contains("group.added") && own.contains("staff.added"), "{own}");
    assert_eq!(world.run("audit export --since 2030-01-01").well().out, "");
    assert_eq!(world.run("audit list --action audit.exported --json").well().json().as_array().map(Vec::len), Some(2));
    world.run("audit export --json").fails(2, "JSON lines or CSV");
    world.run("audit export --since yesterday").fails(2, "'yesterday' is neither");
}

#[test]
fn lines_are_picked_by_who_what_and_which_way() {
    let world = world();
    world.run("template add rita order.view").well();
    let count = |line: &str| world.run(line).well().json().as_array().map_or(0, Vec::len);
    assert_eq!(count("audit list --entity staff --json"), 4);
    assert_eq!(count("audit list --entity staff:rita --json"), 1);
    assert_eq!(count("audit list --subject rita --json"), 2);
    assert_eq!(count("audit list --entity staff:nobody --json"), 0);
    assert!(count("audit list --who 'uid 1000' --via direct --json") > 5);
    assert_eq!(count("audit list --who 'uid 1' --json"), 0);
    assert_eq!(count("audit list --via portal --json"), 0);
    assert_eq!(count("audit list --until 2026-11-22T08:02:00Z --json"), 0);
    assert!(count("audit list --until 2026-11-22T08:02:01Z --json") > 5);
    world.run("audit list --via pigeon").fails(2, "pigeon");
    world.run("audit list --until tomorrow").fails(2, "'tomorrow' is neither");
}

/// What makes no row but a file beside the database.
const BESIDE: [&str; 2] = ["init", "mail password"];

#[test]
fn every_command_that_changes_something_says_who_and_how() {
    let whole = company();
    let before = i64::try_from(whole.rows()["audit"].len()).expect("few");
    let mut silent = Vec::new();
    for line in lines(Does::changes) {
        // The configuration for answers names the data itself, not a copy of it.
        let world = if line.contains("reply.toml") { company() } else { whole.copy() };
        world.run(&line).well();
        let file = Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("a database");
        let count = |sql: &str| file.query_row(sql, [before], |row| row.get::<_, i64>(0)).expect("a count");
        let all = count("SELECT count(*) FROM audit WHERE id > ?1");
        let good = count("SELECT count(*) FROM audit WHERE id > ?1 AND actor <> '' AND via IN ('direct', 'mail')");
        assert_eq!(good, all, "`{line}` left a line that does not say who did it and how");
        if all == 0 {
            silent.push(line);
        }
    }
    let excused = |line: &String| BESIDE.iter().any(|beside| line.starts_with(beside));
    assert!(silent.iter().all(excused) && silent.len() == BESIDE.len(), "nothing was written down of {silent:?}");
}
