//! Each check finds what it is there for, and leaves alone what only looks like it.

use super::source::Source;
use super::{Finding, line, rooms, rules};

fn lines_of(findings: &[Finding]) -> Vec<usize> {
    findings.iter().map(|one| one.line).collect()
}

fn source(path: &str, text: &str) -> Source {
    Source::new(path, text)
}

fn modules(words: &str) -> Vec<String> {
    words.split(' ').map(String::from).collect()
}

#[test]
fn comments_strings_and_characters_are_no_code() {
    let text = "/* a /* b */ c */ let d = \"e\\\"f\"; // g\nlet h = r#\"i\"j\"#; let k: &'static str = 'l'; '\\''; b'm' // n\nfor 'o: loop";
    let file = source("src/x.rs", text);
    let words: Vec<&str> = file.code.split(|c: char| !super::source::is_word(c)).filter(|w| !w.is_empty()).collect();
    assert_eq!(words, ["let", "d", "let", "h", "let", "k", "static", "str", "b", "for", "o", "loop"]);
    assert_eq!(file.code.len(), text.len());
    assert_eq!(file.strings.iter().map(|s| &text[s.clone()]).collect::<Vec<_>>(), ["e\\\"f", "i\"j"]);
}

#[test]
fn the_line_is_read_from_the_text_block_alone() {
    let library = "//! Words here.\n//! ```text\n//! clock ids\n//! db main\n//! ```\n//! more words\npub mod db;\n";
    assert_eq!(line::read(library), ["clock", "ids", "db", "main"]);
}

#[test]
fn the_line_names_every_module_once() {
    let files = ["src/lib.rs", "src/main.rs", "src/clock.rs", "src/db/mod.rs", "src/db/row.rs", "src/new.rs"];
    let files = files.map(|path| source(path, ""));
    let said = |words: &str| -> Vec<String> {
        line::complete(&modules(words), &files).into_iter().map(|one| one.what).collect()
    };
    assert!(said("clock db new main").is_empty());
    assert_eq!(said("clock db main"), ["give 'new' its place in the line of modules"]);
    assert_eq!(said("clock db old new main"), ["take 'old' out of the line: src has no such module"]);
    assert_eq!(said("clock db new clock main"), ["'clock' stands in the line twice"]);
}

#[test]
fn imports_to_the_right_are_found() {
    let order = modules("error clock db orders portal main");
    let found = |path: &str, text: &str| lines_of(&line::imports_go_left(&order, &source(path, text)));
    assert_eq!(found("src/clock.rs", "use crate::error::Error;\nuse crate::db::Tx;\n"), [2]);
    assert_eq!(found("src/clock.rs", "fn f() -> crate::orders::Order {}\n"), [1]);
    assert_eq!(found("src/db/row.rs", "use crate::{clock::{Clock, Moment}, error::Error,\n orders};\n"), [1]);
    assert_eq!(found("src/db/mod.rs", "macro_rules! m { () => { $crate::portal::x() } }\n"), [1]);
    assert_eq!(found("src/db/mod.rs", "use crate::Thing;\n"), [1], "an item of lib.rs");
    assert_eq!(found("src/clock.rs", "use super::db::Tx;\n"), [1]);
    assert_eq!(found("src/db/row.rs", "use super::super::orders::Order;\n"), [1]);
    assert_eq!(found("src/orders/mod.rs", "use frontdesk::portal::Page;\n"), [1]);
    // Left, inside the module, in a test, in a comment, in a string.
    let fine = "use crate::db::Tx;\nuse crate::orders::store::X;\npub(crate) use y;\nuse super::store;\n// crate::portal\n\
                const S: &str = \"crate::portal\";\n#[cfg(test)]\nmod tests { use crate::portal::Page; use super::super::x; }\n";
    assert!(found("src/orders/inner.rs", fine).is_empty());
    assert!(found("src/main.rs", "use frontdesk::portal::serve;\n").is_empty());
    assert_eq!(found("src/orders/inner.rs", "#[cfg(test)]\nmod tests { fn f() {} }\nuse crate::portal::Page;\n"), [3]);
}

#[test]
fn a_library_outside_its_room_is_found() {
    let found = |path: &str, text: &str| lines_of(&rooms::kept(&source(path, text)));
    for (path, text) in [
        ("src/orders/mod.rs", "use rusqlite::Row;"),
        ("src/text.rs", "impl ::rusqlite::ToSql for X {}"),
        ("src/error.rs", "use {rusqlite, serde};"),
        ("src/orders/render.rs", "use maud::html;"),
        ("src/outbox/mod.rs", "fn f() -> maud::Markup {}"),
        ("src/cli/orders.rs", "tiny_http::Server::http(x)"),
        ("src/db/mod.rs", "httparse::Request::new(h)"),
        ("src/config/mod.rs", "#[derive(clap::Parser)]"),
        ("src/portal/mod.rs", "use tabled as t;"),
        ("src/login/mod.rs", "use lettre::Message;"),
        ("src/users/mod.rs", "argon2::Argon2::default()"),
        ("src/cli/config.rs", "toml::from_str(x)"),
        ("src/orders/mod.rs", "csv::Reader::from_path(x)"),
        ("src/orders/mod.rs", "#[cfg(test)]\nmod tests { use rusqlite::Connection; }"),
    ] {
        assert_eq!(found(path, text).len(), 1, "{path}: {text}");
    }
    for (path, text) in [
        ("src/db/row.rs", "use rusqlite::Row;"),
        ("src/ids.rs", "use rusqlite::Row;"),
        ("src/orders/store.rs", "use rusqlite::Row;"),
        ("src/outbox/render.rs", "use maud::html;"),
        ("src/portal/ui/form.rs", "use maud::html;"),
        ("src/config/parse.rs", "toml::from_str(x)"),
        ("src/login/hash.rs", "argon2::Argon2::default()"),
        ("src/orders/mod.rs", "let csv = crate::imports::csv::read(x); x.csv(); // csv::Reader"),
        ("tests/cli/orders.rs", "csv::Reader::from_path(x)"),
    ] {
        assert!(found(path, text).is_empty(), "{path}: {text}");
    }
}

#[test]
fn long_and_speechless_files_are_found() {
    assert!(rules::short(&source("src/x.rs", &"\n".repeat(399))).is_empty());
    assert_eq!(lines_of(&rules::short(&source("src/x.rs", &"\n".repeat(400)))), [400]);
    assert!(rules::opens_with_a_sentence(&source("src/x.rs", "//! Orders.\n")).is_empty());
    for text in ["", "use x;\n//! Late.\n", "//!\n", "// Orders.\n", "\n//! Orders.\n"] {
        assert_eq!(rules::opens_with_a_sentence(&source("src/x.rs", text)).len(), 1, "{text:?}");
    }
}

#[test]
fn forbidden_words_are_found_in_code_alone() {
    let found = |path: &str, text: &str| lines_of(&rules::no_forbidden_words(&source(path, text)));
    assert_eq!(found("src/x.rs", "\nPreEscaped(x)\ntodo!()\nx.unwrap();\ndbg!(x)"), [2, 3, 5, 4]);
    let tests = "#[cfg(test)]\nmod tests {\n x.unwrap();\n PreEscaped(x);\n}\n";
    assert_eq!(found("src/x.rs", tests), [4]);
    assert_eq!(found("src/x.rs", "#[cfg(test)]\nuse a;\nx.unwrap();"), [3], "only one item is for tests");
    assert_eq!(found("tests/x.rs", "x.unwrap(); unimplemented!()"), [1]);
    assert!(
        found("src/x.rs", "// todo! .unwrap()\nlet a = \"PreEscaped\"; x.unwrap_or(1); x.expect(\"y\");").is_empty()
    );
}

#[test]
fn glob_imports_are_found() {
    let found = |path: &str, text: &str| lines_of(&rules::no_glob_imports(&source(path, text)));
    assert_eq!(found("src/x.rs", "use a::b;\nuse a::*;\nuse a::{b::*, c};\nuse super::*;"), [2, 3, 4]);
    assert_eq!(found("src/x.rs", "#[cfg(test)]\nmod tests {\n use super::*;\n use crate::db::*;\n}"), [4]);
    assert!(found("tests/x.rs", "use super::*;\nlet a = X::A * 2;").is_empty());
}

#[test]
fn assembled_sql_is_found() {
    let found = |text: &str| lines_of(&rules::no_assembled_sql(&source("src/x.rs", text)));
    assert_eq!(found("let a =\n format!(\"SELECT {x} FROM t\");"), [2]);
    assert_eq!(found("write!(sql, r#\"\n DELETE FROM {t}\"#)"), [1]);
    assert_eq!(found("sql.push_str(\" UPDATE t\");\nsql.replace(\"@\", \"INSERT\")"), [1, 2]);
    assert!(found("const A: &str = \"SELECT 1\"; format!(\"selected {x}, UPDATED\"); f(\"DELETE\");").is_empty());
    assert!(found("#[cfg(test)]\nmod tests { fn f() { format!(\"SELECT {x}\") } }").is_empty());
}

#[test]
fn a_dependency_without_a_reason_is_found() {
    let found = |text: &str| lines_of(&rules::dependencies_say_why(text));
    let text = "[package]\nname = \"x\"\n[dependencies]\n# data\na = \"1\" # because of a\nb = \"1\"\nc = { git = \"x#y\" }\n\
                d = \"1\" # ?\n[dev-dependencies.e]\nversion = \"1\"\n[target.'cfg(unix)'.dependencies]\nf = \"1\"\n[profile.dev]\ng = 1\n";
    assert_eq!(found(text), [6, 7, 8, 9, 12]);
}

#[test]
fn machine_paths_are_found() {
    let found = |text: &str| lines_of(&rules::no_machine_paths("x.md", text));
    let (home, work) = (["", "home", "eva"].join("/"), ["", "work", "x"].join("/"));
    assert_eq!(found(&format!("a\nsee {home}\n`{work}`\n\"file://{home}\"")), [2, 3, 4]);
    assert!(found(&format!("https://x.example{home} and $x{work}")).is_empty());
}

#[test]
fn files_that_nobody_compiles_are_found() {
    let tree = [
        source("src/lib.rs", "pub mod a;\npub mod b;\n// pub mod c;\n"),
        source("src/a.rs", "mod inner;\nmod inline { }\n"),
        source("src/a/inner.rs", ""),
        source("src/b/mod.rs", "#[cfg(test)]\nmod tests;\n"),
        source("src/b/tests.rs", ""),
        source("src/c.rs", ""),
        source("src/a/inline.rs", ""),
        source("tests/main.rs", "mod walls;"),
        source("tests/walls/mod.rs", "fn f() { t.compile_fail(\"tests/walls/bad/*.rs\"); }"),
        source("tests/walls/bad/one.rs", ""),
        source("tests/forgotten.rs", ""),
    ];
    let found: Vec<String> = rules::all_reached(&tree).into_iter().map(|one| one.path).collect();
    assert_eq!(found, ["src/c.rs", "src/a/inline.rs", "tests/forgotten.rs"]);
}
