//! The line of imports: a module imports only from modules to its left.

use super::Finding;
use super::source::{Source, closing, word};

/// The modules of the line in the text block of `src/lib.rs`.
pub fn read(library: &str) -> Vec<String> {
    let mut inside = false;
    let mut out = Vec::new();
    for line in library.lines().filter_map(|line| line.strip_prefix("//!")) {
        match line.trim() {
            "```text" => inside = true,
            "```" => inside = false,
            words if inside => out.extend(words.split_whitespace().map(String::from)),
            _ => {}
        }
    }
    out
}

/// The line and the folder `src` name the same modules, each once.
pub fn complete(line: &[String], files: &[Source]) -> Vec<Finding> {
    let mut out = Vec::new();
    for module in files.iter().filter_map(|file| top(&file.path)) {
        if !line.iter().any(|one| one == module) {
            out.push(Finding::new("src/lib.rs", 1, format!("give '{module}' its place in the line of modules")));
        }
    }
    for (at, module) in line.iter().enumerate() {
        if !files.iter().any(|file| top(&file.path) == Some(module)) {
            out.push(Finding::new("src/lib.rs", 1, format!("take '{module}' out of the line: src has no such module")));
        }
        if line[..at].contains(module) {
            out.push(Finding::new("src/lib.rs", 1, format!("'{module}' stands in the line twice")));
        }
    }
    out.dedup_by(|one, other| one.what == other.what);
    out
}

/// No import goes to the right. Tests may: they set up a world.
pub fn imports_go_left(line: &[String], file: &Source) -> Vec<Finding> {
    let place = |module: &str| line.iter().position(|one| one == module);
    let Some((own, here)) = top(&file.path).and_then(|own| place(own).map(|here| (own, here))) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (at, module) in imports(file, own) {
        let problem = match place(&module) {
            _ if module == own => continue,
            Some(there) if there < here => continue,
            Some(_) => {
                format!("'{own}' imports from '{module}', which stands to its right: move the verb to the later module")
            }
            // An item of lib.rs or a macro, not a module: there are none in this house.
            None => format!("'{module}' is no module of the line: import it from the module that holds it"),
        };
        out.push(Finding::new(&file.path, file.line(at), problem));
    }
    // As many `super` as the file is deep reach the top of the crate, past the names this check reads.
    let depth = depth(&file.path);
    for at in file.places("super").into_iter().filter(|at| !file.is_test(*at)) {
        let first = !file.code[..at].ends_with("super::");
        let supers = file.code[at..].split("::").take_while(|part| *part == "super").count();
        if first && supers >= depth {
            let what = "write crate:: instead of super:: for another module, so that the line can be checked";
            out.push(Finding::new(&file.path, file.line(at), what.into()));
        }
    }
    out
}

/// What stands behind each `crate::`, and behind `frontdesk::` in main.rs.
fn imports(file: &Source, own: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let roots: &[&str] = if own == "main" { &["frontdesk"] } else { &["crate", "frontdesk"] };
    for root in roots {
        for at in file.places(root).into_iter().filter(|at| !file.is_test(*at)) {
            let Some(rest) = file.code[at + root.len()..].strip_prefix("::") else { continue };
            if rest.starts_with('{') {
                let inner = &rest[1..closing(rest, 0)];
                out.extend(group(inner).into_iter().map(|name| (at, name)));
            } else {
                out.push((at, word(rest).to_owned()));
            }
        }
    }
    out
}

/// The first names of a list such as `clock::Clock, text::{Line, Slug}`.
fn group(inner: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut depth = 0i32;
    let mut start = 0;
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let name = word(inner[start..at].trim_start());
                if !name.is_empty() {
                    out.push(name.to_owned());
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    out
}

/// The top-level module a file belongs to; `lib.rs` is the map and belongs to none.
fn top(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let first = inside.split('/').next()?.trim_end_matches(".rs");
    (first != "lib").then_some(first)
}

/// How many modules deep a file is: 1 for `src/text.rs`, 2 for `src/config/load.rs`.
fn depth(path: &str) -> usize {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split('/').filter(|part| *part != "mod.rs").count()
}
