//! Rules about one file at a time.

use super::Finding;
use super::source::{Source, closing};

/// Files stay short: one idea a file.
pub fn short(file: &Source) -> Vec<Finding> {
    let lines = file.text.lines().count();
    if lines < 400 {
        return Vec::new();
    }
    vec![Finding::new(&file.path, lines, format!("{lines} lines: split it below 400, one idea a file"))]
}

/// A file opens with a sentence that says what the room is for.
pub fn opens_with_a_sentence(file: &Source) -> Vec<Finding> {
    let first = file.text.lines().next().unwrap_or_default();
    if first.strip_prefix("//! ").is_some_and(|rest| !rest.trim().is_empty()) {
        return Vec::new();
    }
    vec![Finding::new(&file.path, 1, "open the file with one sentence: //! what this room is for".into())]
}

/// Words that do not belong into the code.
pub fn no_forbidden_words(file: &Source) -> Vec<Finding> {
    let forbidden: [(&str, bool, &str); 7] = [
        ("PreEscaped", true, "let maud escape; markup from a function is maud::Markup already"),
        ("todo!", true, "finish it, or leave it out"),
        ("unimplemented!", true, "finish it, or leave it out"),
        ("dbg!", true, "take the trace out"),
        (".unwrap()", false, "return an error with `?`, or make the state impossible"),
        ("#[path", true, "let the file stand where its name says"),
        ("include!", true, "write it as a module"),
    ];
    let mut out = Vec::new();
    for (word, in_tests_too, advice) in forbidden {
        for at in file.places(word).into_iter().filter(|at| in_tests_too || !file.is_test(*at)) {
            out.push(Finding::new(&file.path, file.line(at), format!("{word} does not belong here: {advice}")));
        }
    }
    out
}

/// Names are imported one by one; only the tests of a module take all of it.
pub fn no_glob_imports(file: &Source) -> Vec<Finding> {
    let mut out = Vec::new();
    for at in file.places("::*") {
        let after = file.code[at + 3..].trim_start();
        let in_use = after.starts_with([';', ',', '}']);
        let of_module = file.is_test(at) && file.code[..at].ends_with("use super") && after.starts_with(';');
        if in_use && !of_module {
            out.push(Finding::new(&file.path, file.line(at), "import the names one by one instead of *".into()));
        }
    }
    out
}

/// SQL is static text with named parameters; nothing is put into it.
pub fn no_assembled_sql(file: &Source) -> Vec<Finding> {
    if !file.path.starts_with("src/") {
        return Vec::new();
    }
    let mut out = Vec::new();
    for maker in ["format!", "format_args!", "write!", "writeln!", ".push_str", ".replace"] {
        for at in file.places(maker).into_iter().filter(|at| !file.is_test(*at)) {
            let open = at + maker.len();
            let end = if file.code[open..].starts_with(['(', '[', '{']) { closing(&file.code, open) } else { open };
            for string in file.strings.iter().filter(|string| open < string.start && string.end < end) {
                if is_sql(&file.text[string.clone()]) {
                    let what = "SQL is put together here: make it a const with :named parameters";
                    out.push(Finding::new(&file.path, file.line(string.start), what.into()));
                }
            }
        }
    }
    out
}

fn is_sql(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "SELECT" | "INSERT" | "UPDATE" | "DELETE"))
}

/// Every dependency says in the same line why it is there.
pub fn dependencies_say_why(manifest: &str) -> Vec<Finding> {
    let mut section = "";
    let mut out = Vec::new();
    for (number, line) in (1..).zip(manifest.lines()) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
            if section.contains("dependencies.") {
                out.push(Finding::new("Cargo.toml", number, "write the dependency in one line with its reason".into()));
            }
        }
        let is_dependency = section.ends_with("dependencies") && line.contains('=') && !line.starts_with('#');
        let reason = comment(line).map(str::trim).unwrap_or_default();
        if is_dependency && reason.len() < 5 {
            let name = line.split('=').next().unwrap_or_default().trim();
            out.push(Finding::new("Cargo.toml", number, format!("say behind # why '{name}' is needed")));
        }
    }
    out
}

/// What stands behind the first `#` outside of quotes.
fn comment(line: &str) -> Option<&str> {
    let mut quoted = false;
    line.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == '#' && !quoted).then(|| &line[at + 1..])
    })
}

/// No text of the repository names a place on somebody's machine.
pub fn no_machine_paths(path: &str, text: &str) -> Vec<Finding> {
    // Put together, so that this file does not find itself.
    let places = ["work", "home", "root", "Users"].map(|name| format!("/{name}/"));
    let mut out = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for place in places.iter().filter(|place| starts_path(line, place)) {
            out.push(Finding::new(path, number, format!("take out {place}: it exists on one machine only")));
        }
    }
    out
}

/// The place stands at the beginning of a path, not in the middle of an address such as `https://x.example/home/`.
fn starts_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '}'))
}

/// Every file is compiled: a `mod` line names it, or the compile-fail tests do.
pub fn all_reached(files: &[Source]) -> Vec<Finding> {
    let mut reached: Vec<String> = ["src/lib.rs", "src/main.rs", "tests/main.rs"].map(String::from).to_vec();
    let mut next = 0;
    while let Some(path) = reached.get(next).cloned() {
        next += 1;
        let Some(file) = files.iter().find(|file| file.path == path) else { continue };
        for child in file.children().into_iter().flatten() {
            if !reached.contains(&child) {
                reached.push(child);
            }
        }
        // trybuild is given paths, or a folder with `*.rs`.
        for named in file.strings.iter().map(|string| &file.text[string.clone()]).filter(|s| s.starts_with("tests/")) {
            let folder = named.strip_suffix("*.rs").unwrap_or("\0");
            let hits = files.iter().filter(|one| one.path == named || one.path.starts_with(folder));
            let fresh: Vec<_> = hits.map(|one| one.path.clone()).filter(|one| !reached.contains(one)).collect();
            reached.extend(fresh);
        }
    }
    files
        .iter()
        .filter(|file| !reached.contains(&file.path))
        .map(|file| Finding::new(&file.path, 1, "no `mod` line names this file: it is never compiled".into()))
        .collect()
}
