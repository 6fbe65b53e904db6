//! Who may do what, and which statements run in nobody's name: two lists that people edit, compared with the code.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use frontdesk::access::{Actor, Machine, Need, Permission, Right};
use frontdesk::ids::{AccessId, GroupId, StaffId, UserId};

fn golden(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    std::fs::read_to_string(path).unwrap_or_default()
}

/// Fails with the lines that differ. No switch writes these files: what changes in them is decided by a person.
#[track_caller]
fn equals_golden(name: &str, made: &str) {
    let golden = golden(name);
    let only = |one: &str, other: &str, mark: &str| -> String {
        one.lines().filter(|line| !other.lines().any(|known| known == *line)).fold(String::new(), |mut out, line| {
            let _ = writeln!(out, "{mark} {line}");
            out
        })
    };
    assert!(
        golden == made,
        "tests/golden/{name} does not say what the code does. Think about each line, then edit the file by hand: take out \
         what is marked -, put in what is marked +, in the order of the code.\n{}{}",
        only(&golden, made, "-"),
        only(made, &golden, "+"),
    );
}

fn staff(rights: &[Right]) -> Actor {
    Actor::Staff { id: StaffId(1), group: GroupId(1), login: "rita".into(), rights: rights.to_vec() }
}

fn user(may: &[Permission]) -> Actor {
    Actor::User {
        id: UserId(1),
        access: AccessId(7),
        group: GroupId(1),
        email: "eva@brf.example".into(),
        may: may.to_vec(),
    }
}

/// Everybody there is, by what they were given: nothing or one thing.
fn actors() -> Vec<(&'static str, String, Actor)> {
    let group = Some(GroupId(1));
    let mut out = vec![("owner", "owner".to_owned(), Actor::Owner { group, uid: 1000 })];
    out.push(("staff", "nothing".into(), staff(&[])));
    out.extend(Right::ALL.iter().map(|right| ("staff", right.to_string(), staff(&[*right]))));
    out.push(("user", "nothing".into(), user(&[])));
    out.extend(Permission::ALL.iter().map(|one| ("user", one.to_string(), user(&[*one]))));
    out.extend(Machine::ALL.iter().map(|role| ("machine", role.to_string(), Actor::Machine { role: *role, group })));
    out
}

/// Every need with one thing in it, by what makes it.
fn needs() -> Vec<(String, Need)> {
    let mut out = vec![("own".to_owned(), Need::own()), ("staff".to_owned(), Need::staff())];
    out.extend(Permission::ALL.iter().map(|one| (format!("see {one}"), Need::see(*one))));
    out.extend(Right::ALL.iter().map(|right| (format!("right {right}"), Need::right(*right))));
    out.extend(Machine::ALL.iter().map(|role| (format!("machine {role}"), Need::machine(*role))));
    out
}

/// Who meets a need, a sort at a time: `any`, or by what they were given.
fn who(need: Need) -> String {
    let mut out = Vec::new();
    for sort in ["owner", "staff", "user", "machine"] {
        let all: Vec<_> = actors().into_iter().filter(|(of, _, _)| *of == sort).collect();
        let met: Vec<_> =
            all.iter().filter(|(_, _, actor)| actor.may(need)).map(|(_, name, _)| name.as_str()).collect();
        match met.len() {
            0 => {}
            _ if sort == "owner" => out.push("owner".to_owned()),
            count if count == all.len() => out.push(format!("any {sort}")),
            _ => out.push(format!("{sort} with {}", met.join(" or "))),
        }
    }
    out.join(", ")
}

#[test]
fn policy_is_what_the_golden_file_says() {
    let mut made = String::from(
        "# What is asked for, and who meets it. Edited by hand; tests/policy.rs compares it with the code.\n\n",
    );
    for (name, need) in needs() {
        let _ = writeln!(made, "{name:<22} {}", who(need));
    }
    equals_golden("policy.txt", &made);
}

/// Needs that ask for one of several things are met by whoever meets one of them, and by nobody else.
#[test]
fn wider_needs_are_the_sum_of_the_narrow_ones() {
    for (sort, name, actor) in actors() {
        for right in Right::ALL {
            for permission in Permission::ALL {
                let met = actor.may(Need::either(*permission, *right));
                let narrow = match sort {
                    "user" => actor.may(Need::see(*permission)),
                    _ => actor.may(Need::right(*right)),
                };
                assert_eq!(met, narrow, "{sort} {name}: either {permission} or {right}");
            }
            for other in Right::ALL {
                let met = actor.may(Need::right(*right).or(*other));
                let narrow = actor.may(Need::right(*right)) || actor.may(Need::right(*other));
                assert_eq!(met, narrow, "{sort} {name}: {right} or {other}");
            }
            for role in Machine::ALL {
                let met = actor.may(Need::right(*right).or_machine(*role));
                let narrow = actor.may(Need::right(*right)) || actor.may(Need::machine(*role));
                assert_eq!(met, narrow, "{sort} {name}: {right} or {role}");
            }
        }
    }
}

/// What a number of rights or permissions allows is what each of them allows: none takes another away.
#[test]
fn more_never_allows_less() {
    for (name, need) in needs() {
        for one in Right::ALL {
            for other in Right::ALL {
                let alone = staff(&[*one]).may(need) || staff(&[*other]).may(need);
                assert_eq!(staff(&[*one, *other]).may(need), alone, "{name}: {one} and {other}");
            }
        }
        for one in Permission::ALL {
            for other in Permission::ALL {
                let alone = user(&[*one]).may(need) || user(&[*other]).may(need);
                assert_eq!(user(&[*one, *other]).may(need), alone, "{name}: {one} and {other}");
            }
        }
    }
}

/// The files of the program itself, without its tests.
fn sources() -> Vec<(String, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut folders, mut out) = (vec![top.join("src")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            let name = path.strip_prefix(top).expect("below the top").to_string_lossy().into_owned();
            if path.is_dir() && !name.ends_with("/tests") {
                folders.push(path);
            } else if name.ends_with(".rs") && !name.ends_with("/tests.rs") {
                let text = std::fs::read_to_string(&path).expect("a file");
                let own = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
                out.push((name, own));
            }
        }
    }
    out.sort();
    out
}

/// Every open statement of a file: its name and its reason.
fn open_statements(path: &str, text: &str) -> Vec<(String, String)> {
    let mut places: Vec<_> = ["Open::new", "Change::open"].iter().flat_map(|word| text.match_indices(word)).collect();
    places.sort_unstable();
    let mut out = Vec::new();
    for (at, maker) in places {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        if text[line..at].trim_start().starts_with("//") {
            continue;
        }
        let sort = maker.split(':').next().expect("a word");
        let (_, name) =
            text[..at].rsplit_once("const ").unwrap_or_else(|| panic!("{path}: {maker} stands in no const"));
        let (name, rest) = name.split_once(':').unwrap_or_else(|| panic!("{path}: {maker} stands in no const"));
        assert_eq!(rest.trim(), format!("{sort} ="), "{path}: write {maker} as `const {name}: {sort} = {maker}(…)`");
        let after = text[at + maker.len()..].trim_start_matches(['(', ' ', '\n']);
        let reason = after.strip_prefix('"').and_then(|rest| rest.split_once('"'));
        let (reason, _) = reason.unwrap_or_else(|| panic!("{path}: the reason of {name} is a plain text in quotes"));
        assert!(!reason.contains('\\'), "{path}: the reason of {name} is a plain text in one line");
        assert!(reason.split(' ').count() >= 4, "{path}: the reason of {name} is a sentence: {reason:?}");
        out.push((name.to_owned(), reason.to_owned()));
    }
    out
}

#[test]
fn open_statements_are_those_of_the_golden_file() {
    let mut made = String::from(
        "# Every statement that reads or changes rows in nobody's name, with its reason. Edited by hand; tests/policy.rs\n\
         # compares it with the code.\n",
    );
    for (path, text) in sources() {
        for alias in ["Open as ", "Change as ", "= Open;", "= Change;"] {
            assert!(!text.contains(alias), "{path}: open statements are found by their name, so it stays as it is");
        }
        let found = open_statements(&path, &text);
        if !found.is_empty() {
            let _ = writeln!(made, "\n{path}");
        }
        for (name, reason) in found {
            let _ = writeln!(made, "  {name}: {reason}");
        }
    }
    equals_golden("open_statements.txt", &made);
}

#[test]
fn open_statements_are_found_however_they_are_written() {
    let found = open_statements(
        "x.rs",
        "const A: Open = Open::new(\"the door knows nobody yet\", \"SELECT 1\");\n\
         pub(super) const B: Change =\n    Change::open(\n    \"a group is in no group\", \"DELETE\");\n\
         // A comment may speak of Open::new( without being one.\n",
    );
    let found: Vec<_> = found.iter().map(|(name, reason)| (name.as_str(), reason.as_str())).collect();
    assert_eq!(found, [("A", "the door knows nobody yet"), ("B", "a group is in no group")]);
    let hidden = "fn f() { tx.open(&Open::new(\"because I say so now\", \"SELECT 1\")) }";
    assert!(std::panic::catch_unwind(|| open_statements("x.rs", hidden)).is_err());
}

/// Words of a text, as SQL has them.
fn sql_words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

/// Whether a text is a statement that names a table.
fn names_table(text: &str, table: &str) -> bool {
    let words = sql_words(text);
    let verbs = ["FROM", "JOIN", "INTO", "UPDATE", "TABLE"];
    words.windows(2).any(|two| verbs.contains(&two[0].to_ascii_uppercase().as_str()) && two[1] == table)
}

#[test]
fn what_staff_write_for_each_other_is_read_by_statements_of_theirs_alone() {
    let mut here = Vec::new();
    for (path, text) in sources() {
        // Texts are at the odd places between the quotation marks; a mark inside of one only makes more of them.
        if text.split('"').any(|piece| names_table(piece, "notes")) {
            here.push(path);
        }
    }
    assert_eq!(here, ["src/orders/note_store.rs"]);
    let (_, text) = sources().into_iter().find(|(path, _)| *path == here[0]).expect("the file");
    let needs: Vec<_> = text.match_indices("Below::new(").chain(text.match_indices("Scoped::new(")).collect();
    assert!(!needs.is_empty());
    for (at, maker) in needs {
        let need = text[at + maker.len()..].trim_start();
        assert!(need.starts_with("Need::staff(),"), "{}", &need[..40]);
    }
    for (at, _) in text.match_indices("tx.change(") {
        assert!(text[at..].starts_with("tx.change(CHANGE,"), "{}", &text[at..at + 40]);
    }
    assert!(text.contains("use super::status_store::CHANGE;"));
    assert_eq!(who(Need::right(Right::Orders)), "owner, staff with admin or orders");
    assert_eq!(who(Need::staff()), "owner, any staff");
    let views =
        [include_str!("../src/db/migrations/0001_start.sql"), include_str!("../src/db/migrations/0002_portal.sql")];
    for view in views.iter().flat_map(|file| file.split("CREATE VIEW").skip(1)) {
        assert!(!names_table(view.split(';').next().expect("a view"), "notes"), "a view reads notes");
    }
}

#[test]
fn a_table_is_found_in_a_statement_and_not_in_a_sentence() {
    for sql in ["SELECT 1 FROM notes n", "insert into notes (x)", "JOIN\n notes ON", "UPDATE notes SET"] {
        assert!(names_table(sql, "notes"), "{sql}");
    }
    for other in ["with its history, its comments and its notes.", "FROM notes_of n", "SELECT notes FROM x"] {
        assert!(!names_table(other, "notes"), "{other}");
    }
}
