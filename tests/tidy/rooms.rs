//! One library, one room: a library is used where it belongs and nowhere else.

use super::Finding;
use super::source::{Source, is_word};

/// Libraries and their rooms: a module (`portal`), a file (`outbox/render.rs`), or a file of every module (`*/store.rs`).
const ROOMS: &[(&[&str], &[&str])] = &[
    (&["rusqlite"], &["db", "ids.rs", "*/store.rs"]),
    (&["tiny_http", "httparse", "multer", "futures_core"], &["portal"]),
    (&["maud"], &["portal", "outbox/render.rs"]),
    (&["fast_qr", "rqrr"], &["portal"]),
    (&["clap", "clap_complete", "clap_mangen", "tabled", "rpassword", "indicatif"], &["cli"]),
    (&["sd_notify", "listenfd"], &["cli/manager.rs"]),
    (&["lettre"], &["outbox"]),
    (&["mail_parser"], &["inbox"]),
    (&["argon2"], &["login"]),
    // The files of a template and of a customer are TOML too, and what they may hold is no meaning of the configuration.
    (&["toml"], &["config", "selfchecks/sheet.rs", "apply/page.rs"]),
    (&["csv"], &["imports", "cli", "portal/spreadsheet.rs"]),
];

/// Uses of a library outside its room. Tests keep to the rooms as well.
pub fn kept(file: &Source) -> Vec<Finding> {
    let Some(inside) = file.path.strip_prefix("src/") else { return Vec::new() };
    let mut out = Vec::new();
    for (libraries, rooms) in ROOMS {
        if rooms.iter().any(|room| is_in(inside, room)) {
            continue;
        }
        for library in *libraries {
            for at in file.places(library).into_iter().filter(|at| is_use(&file.code, *at, library)) {
                let what = format!("{library} belongs in {}: call what that room offers", rooms.join(", "));
                out.push(Finding::new(&file.path, file.line(at), what));
            }
        }
    }
    out
}

fn is_in(inside: &str, room: &str) -> bool {
    match room.strip_prefix("*/") {
        Some(file) => inside.split_once('/').is_some_and(|(_, rest)| rest == file),
        None if room.ends_with(".rs") => inside == room,
        None => inside.split('/').next().is_some_and(|first| first.trim_end_matches(".rs") == room),
    }
}

/// `name::…` at the beginning of a path, or `use name` as a whole.
fn is_use(code: &str, at: usize, name: &str) -> bool {
    let before = &code[..at];
    // `crate::csv::…` and `x.csv` are something else that bears the same name; `::csv::…` is the library.
    let inner = before.ends_with('.')
        || before.strip_suffix("::").is_some_and(|path| path.ends_with('>') || path.ends_with(is_word));
    let after = code[at + name.len()..].trim_start();
    let in_use = code[..at].rfind([';', '}']).map_or(&code[..at], |start| &code[start + 1..at]).trim_start();
    !inner && (after.starts_with("::") || in_use.starts_with("use ") || in_use.starts_with("extern crate "))
}
