//! Every reading command in every format: readable by programs, stable in its fields, harmless to a terminal.

use std::collections::BTreeMap;

use frontdesk::clock::Moment;
use serde_json::Value;

use crate::cli::walk::{Does, company, is_civil, lines};
use crate::support::World;

fn lists() -> Vec<String> {
    lines(|does| does == Does::List)
}

fn readers() -> Vec<String> {
    lines(|does| matches!(does, Does::List | Does::Show))
}

/// The heading line and the rows of a CSV answer.
fn csv(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let head = cells(reader.headers().expect("a heading line"));
    (head, reader.records().map(|record| cells(&record.expect("a row"))).collect())
}

#[test]
fn every_answer_is_readable_in_every_format() {
    let world = company();
    for line in readers() {
        let json = world.run(&format!("{line} -o json")).well();
        is_civil(&json);
        assert!(json.err.is_empty() && json.out.ends_with('\n'), "`{line}`: {json:?}");
        let rows: Vec<Value> = match json.json() {
            Value::Array(rows) => rows,
            one => vec![one],
        };
        assert!(!rows.is_empty(), "`{line}` shows nothing");
        let fields: Vec<_> = rows[0].as_object().expect("an object").keys().cloned().collect();

        let jsonl = world.run(&format!("{line} -o jsonl")).well().out;
        let again: Vec<Value> =
            jsonl.lines().map(|row| serde_json::from_str(row).expect("an object on each line")).collect();
        assert_eq!(again, rows, "`{line}`");

        let (head, records) = csv(&world.run(&format!("{line} -o csv")).well().out);
        assert_eq!((head, records.len()), (fields.clone(), rows.len()), "`{line}`");
        let bare = world.run(&format!("{line} -o csv --no-header")).well().out;
        let mut bare = csv::ReaderBuilder::new().has_headers(false).from_reader(bare.as_bytes());
        assert_eq!(bare.records().count(), rows.len(), "`{line}` --no-header");

        let first = |value: &Value| match &value[&fields[0]] {
            Value::String(text) => text.clone(),
            Value::Bool(yes) => if *yes { "yes" } else { "no" }.into(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let ids = world.run(&format!("{line} -o id")).well().out;
        assert_eq!(ids.lines().collect::<Vec<_>>(), rows.iter().map(first).collect::<Vec<_>>(), "`{line}` -o id");

        let table = world.run(&line).well();
        assert!(!table.out.is_empty() && table.err.is_empty(), "`{line}`: {table:?}");
        is_civil(&table);
    }
}

#[test]
fn fields_are_listed_picked_and_ordered() {
    let world = company();
    for line in readers() {
        let named = world.run(&format!("{line} --fields help")).well().out;
        let named: Vec<_> = named.lines().collect();
        assert_eq!(named.iter().collect::<std::collections::BTreeSet<_>>().len(), named.len(), "`{line}`: twice");
        let (one, two) = (named[named.len() - 1], named[0]);
        let picked = world.run(&format!("{line} --fields {one},{two} -o csv")).well().out;
        assert_eq!(csv(&picked).0, [one, two], "`{line}`");
        world.run(&format!("{line} --fields {one},{two}")).well();
        let wrong = format!("{two}x");
        let said = world.run(&format!("{line} --fields {wrong}"));
        let said = said.fails(2, &format!("there is no field '{wrong}' here [usage]"));
        assert!(said.err.contains(&format!("did you mean {two}? list them with --fields help")), "`{line}`: {said:?}");
        for format in ["json", "csv", "id", "jsonl"] {
            assert_eq!(world.run(&format!("{line} --fields nonsense -o {format}")).status, 2, "`{line}` -o {format}");
        }
    }
}

#[test]
fn lists_are_filtered_sorted_and_cut() {
    let world = company();
    for line in lists() {
        let rows = world.run(&format!("{line} --json")).well().json();
        let rows = rows.as_array().expect("rows").clone();
        assert_eq!(
            world.run(&format!("{line} --limit 1 --json")).well().json().as_array().map(Vec::len),
            Some(1),
            "`{line}`"
        );
        let field = rows[0].as_object().expect("an object").keys().next().expect("a field").clone();
        let forth = world.run(&format!("{line} --sort {field} --json")).well().json();
        let mut back = world.run(&format!("{line} --sort -{field} --json")).well().json();
        let back = back.as_array_mut().expect("rows");
        back.reverse();
        let keys = |rows: &[Value]| rows.iter().map(|row| row[&field].to_string()).collect::<Vec<_>>();
        assert_eq!(keys(forth.as_array().expect("rows")), keys(back), "`{line}`");
        for flag in ["--sort nowhere", "--where nowhere=1", "--where nowhere"] {
            world.run(&format!("{line} {flag}")).fails(2, "nowhere");
        }
        world.run(&format!("{line} --limit x")).fails(2, "it is not a whole number");
    }
}

#[test]
fn an_empty_list_is_an_answer() {
    let world = company();
    for line in lists() {
        let none = format!("{line} --search 'nobody is called so'");
        assert_eq!(world.run(&format!("{none} --json")).well().out, "[]\n", "`{line}`");
        assert_eq!(world.run(&format!("{none} -o jsonl")).well().out, "", "`{line}`");
        assert_eq!(world.run(&format!("{none} -o id")).well().out, "", "`{line}`");
        let head = world.run(&format!("{none} -o csv")).well().out;
        assert_eq!(head.lines().count(), 1, "`{line}`: {head}");
        assert_eq!(csv(&head).0, csv(&world.run(&format!("{line} -o csv")).well().out).0, "`{line}`");
        assert_eq!(world.run(&format!("{none} -o csv --no-header")).well().out, "", "`{line}`");
        let said = world.run(&none).well();
        assert!(
            said.out.is_empty() && said.err.starts_with("No ") && said.err.ends_with(" match.\n"),
            "`{line}`: {said:?}"
        );
        assert_eq!(world.run(&format!("{none} -q")).well().err, "", "`{line}`");
    }
}

/// Fails unless every value of a field whose name ends as names of times do is one, in UTC.
fn times(value: &Value, seen: &mut BTreeMap<String, usize>, line: &str) {
    match value {
        Value::Object(map) => {
            for (field, value) in map {
                let is_time = field == "at" || field.ends_with("_at") || field.starts_with("planned_");
                if let (true, Value::String(text)) = (is_time, value) {
                    let moment: Moment = text.parse().unwrap_or_else(|_| panic!("`{line}`: {field} is {text:?}"));
                    assert_eq!(moment.to_string(), *text, "`{line}`: {field}");
                    assert!(text.ends_with('Z'), "`{line}`: {field} is {text:?}");
                    *seen.entry(field.clone()).or_default() += 1;
                }
                times(value, seen, line);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| times(value, seen, line)),
        _ => {}
    }
}

#[test]
fn times_are_in_utc_for_programs_and_in_a_zone_for_people() {
    let world = company();
    let mut seen = BTreeMap::new();
    for line in readers() {
        times(&world.run(&format!("{line} --json")).well().json(), &mut seen, &line);
        let (head, records) = csv(&world.run(&format!("{line} -o csv")).well().out);
        for record in records {
            let cells = head.iter().cloned().zip(record.into_iter().map(Value::from));
            let row = cells.filter(|(_, cell)| *cell != "").collect();
            times(&Value::Object(row), &mut seen, &line);
        }
        let table = world.run(&format!("{line} --utc")).well().out;
        assert!(!table.contains("T08:02:00Z"), "`{line}` shows a time for programs: {table}");
    }
    for field in ["created_at", "at", "queued_at", "planned_from", "signed_in_at", "seen_at"] {
        assert!(seen.contains_key(field), "no {field} was seen in {seen:?}");
    }
    let table = world.run("order list --utc").well().out;
    assert!(table.contains("2026-11-23 23:00"), "midnight in Stockholm, in UTC: {table}");
}

#[test]
fn what_a_list_prints_imports_again_unchanged() {
    let world = company();
    world.run("customer set 1042 --note 'Two\nlines, \"quoted\"' --phone '+46 8 555' --org-no '=1+1'").well();
    world.run("contact set eva@brf.example --title=-x --lang sv").well();
    world.run("object set KYL-02 --parent KYL-01 --installed-on 2020-05-01 --meter hours --unit h").well();
    let before = world.rows();
    for noun in ["customer", "contact", "facility", "object", "order"] {
        for format in ["csv", "jsonl"] {
            let list = world.run(&format!("{noun} list -o {format}")).well().out;
            let rows = world.run(&format!("{noun} list -o id")).well().out.lines().count();
            let said = world.run_with(&format!("{noun} import - --json"), &list).well().json();
            assert_eq!(said["counts"]["unchanged"], rows, "{noun} {format}: {said}");
            assert_eq!(said["changed"], false, "{noun} {format}: {said}");
        }
    }
    assert_eq!(world.rows(), before);
}

#[test]
fn nothing_that_is_shown_acts_on_a_terminal() {
    let world = company();
    // Names cannot hold such a character, but a mail server's answer and a browser's name are not ours to refuse.
    let past = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    let odd = "\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}";
    let changed = past.execute("UPDATE outbox SET answer = ?1", [odd]).expect("answers")
        + past.execute("UPDATE sessions SET agent = ?1", [odd]).expect("browsers");
    assert!(changed >= 3, "{changed}");
    drop(past);
    let acts = |text: &str| text.chars().any(|c| frontdesk::text::is_unprintable(c) && c != '\n');
    for line in readers() {
        for format in ["table", "id", "csv", "json", "jsonl"] {
            let words = crate::support::split(&format!("{line} -o {format}"));
            let said = world.run_in(&words, "", |io| io.stdout_is_terminal = true).well();
            assert!(!acts(&said.out) && !acts(&said.err), "`{line}` -o {format}: {said:?}");
        }
    }
    let exact = world.run("mail list --json").well().json();
    assert_eq!(exact[0]["answer"], odd, "programs get it as it is");
}

#[test]
fn control_characters_are_refused_where_they_are_typed() {
    let world = World::nordkyl_with_customers();
    let order = world.order("nordkyl", "1042", None, "Noise");
    let before = world.rows();
    for words in [
        vec!["customer", "set", "1042", "--note", "a\u{1b}[2Jb"],
        vec!["order", "set", &order, "--description", "a\u{9b}b"],
        vec!["order", "comment", &order, "a\u{202e}b"],
        vec!["order", "status", &order, "Done", "--reason", "a\u{7}b"],
    ] {
        let said = world.run_in(&words, "", |_| {}).fails(2, "holds the control character U+");
        assert!(!said.err.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']), "{said:?}");
    }
    assert_eq!(world.rows(), before);
}
