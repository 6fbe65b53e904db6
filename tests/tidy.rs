//! The checks of the house: what the style asks for, read from the files themselves.

mod line;
mod rooms;
mod rules;
mod samples;
mod source;

use std::fmt;
use std::path::Path;

use source::Source;

/// Something that is not as it should be: where, and what to do about it.
#[derive(Debug, PartialEq)]
pub struct Finding {
    path: String,
    line: usize,
    what: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: String) -> Self {
        Self { path: path.into(), line, what }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// Every text file of the repository with its path; what `.gitignore` names and what git keeps is left out.
fn texts() -> Vec<(String, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ignored = std::fs::read_to_string(top.join(".gitignore")).expect(".gitignore");
    let ignored: Vec<&str> = ignored.lines().map(|line| line.trim_matches('/')).chain([".git"]).collect();
    let mut out = Vec::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository") {
            let path = entry.expect("an entry of the repository").path();
            let name = path.strip_prefix(top).expect("below the top").to_string_lossy().replace('\\', "/");
            if ignored.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                out.push((name, text));
            }
        }
    }
    out.sort();
    out
}

fn sources() -> Vec<Source> {
    let ours = |name: &str| name.ends_with(".rs") && ["src/", "tests/", "benches/"].iter().any(|d| name.starts_with(d));
    let out: Vec<_> =
        texts().iter().filter(|(name, _)| ours(name)).map(|(name, text)| Source::new(name, text)).collect();
    assert!(out.iter().any(|file| file.path == "src/lib.rs"), "the sources were not found");
    out
}

fn passes(findings: Vec<Finding>) {
    let list: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "\n{}\n", list.join("\n"));
}

fn each(check: fn(&Source) -> Vec<Finding>) {
    passes(sources().iter().flat_map(check).collect());
}

#[test]
fn imports_go_left_along_the_line() {
    let files = sources();
    let library = files.iter().find(|file| file.path == "src/lib.rs").expect("src/lib.rs");
    let line = line::read(&library.text);
    assert!(!line.is_empty(), "src/lib.rs: write the line of modules into a ```text block of its //! comment");
    let mut findings = line::complete(&line, &files);
    findings.extend(files.iter().flat_map(|file| line::imports_go_left(&line, file)));
    passes(findings);
}

#[test]
fn one_library_has_one_room() {
    each(rooms::kept);
}

#[test]
fn files_are_short() {
    each(rules::short);
}

#[test]
fn files_open_with_a_sentence() {
    each(rules::opens_with_a_sentence);
}

#[test]
fn every_file_is_compiled() {
    passes(rules::all_reached(&sources()).into_iter().filter(|one| !one.path.starts_with("benches/")).collect());
}

#[test]
fn no_forbidden_words() {
    each(rules::no_forbidden_words);
}

#[test]
fn no_glob_imports() {
    each(rules::no_glob_imports);
}

#[test]
fn sql_is_static() {
    each(rules::no_assembled_sql);
}

#[test]
fn every_dependency_says_why() {
    let manifest = texts().into_iter().find(|(name, _)| name == "Cargo.toml").expect("Cargo.toml").1;
    passes(rules::dependencies_say_why(&manifest));
}

#[test]
fn no_machine_paths() {
    passes(texts().iter().flat_map(|(name, text)| rules::no_machine_paths(name, text)).collect());
}
