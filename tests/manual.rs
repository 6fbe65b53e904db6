//! The manual pages in `man/` are those that the definitions make.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use frontdesk::cli::examples;
use frontdesk::config::{Config, EXAMPLE};

use crate::cli::walk::leaves;
use crate::support::{World, skipped};

const AGAIN: &str = "make them again with: UPDATE_GOLDEN=1 cargo test manual";

#[test]
fn the_pages_in_man_are_those_of_the_definitions() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
    let made: BTreeMap<_, _> = frontdesk::cli::manual_pages().into_iter().collect();
    let shipped = || -> BTreeMap<String, String> {
        let entries = std::fs::read_dir(&dir).map(|entries| entries.collect::<Vec<_>>()).unwrap_or_default();
        let name = |entry: std::fs::DirEntry| entry.file_name().into_string().expect("a name in UTF-8");
        let names = entries.into_iter().map(|entry| name(entry.expect("an entry")));
        names.map(|name| (name.clone(), std::fs::read_to_string(dir.join(&name)).expect("a page"))).collect()
    };
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(&dir).expect("the folder man");
        for name in shipped().keys().filter(|name| !made.contains_key(*name)) {
            std::fs::remove_file(dir.join(name)).expect("a page that is gone");
        }
        for (name, page) in &made {
            std::fs::write(dir.join(name), page).expect("a page");
        }
    }
    let shipped = shipped();
    assert!(made.keys().eq(shipped.keys()), "man/ holds {:?}, not {:?}; {AGAIN}", shipped.keys(), made.keys());
    for (name, page) in &made {
        assert!(shipped[name] == *page, "man/{name} is out of date; {AGAIN}");
    }
}

/// A page as `man` shows it, without the marks for bold and the like.
fn read(page: &str) -> String {
    let plain = page.replace("\\-", "-").replace("\\(aq", "'").replace("\\&", "");
    ["\\fB", "\\fI", "\\fR"].iter().fold(plain, |text, font| text.replace(font, ""))
}

#[test]
fn every_command_has_its_place_in_the_manual() {
    let pages: BTreeMap<_, _> = frontdesk::cli::manual_pages().into_iter().collect();
    let root = frontdesk::cli::definition();
    for noun in root.get_subcommands().filter(|noun| !noun.is_hide_set()) {
        let page = &pages[&format!("frontdesk-{}.1", noun.get_name())];
        assert!(
            read(&pages["frontdesk.1"]).contains(&format!("frontdesk-{}(1)", noun.get_name())),
            "{}",
            noun.get_name()
        );
        // What is the same everywhere is said once.
        assert!(!read(page).contains("--no-header\nLeave"), "{}", noun.get_name());
    }
    for leaf in leaves().iter().filter(|leaf| !leaf.command.is_hide_set()) {
        let noun = leaf.name.split(' ').next().expect("a word");
        let page = read(&pages[&format!("frontdesk-{noun}.1")]);
        if leaf.name.contains(' ') {
            let heading = format!(".SS \"frontdesk {}\"\n", leaf.name);
            assert!(page.contains(&heading), "{heading} is missing in the page of {noun}");
        }
        for argument in leaf.command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            let Some(flag) = argument.get_long().filter(|_| !argument.is_global_set()) else { continue };
            assert!(page.contains(&format!("--{flag}")), "--{flag} of `{}` is not in the manual", leaf.name);
        }
        let (_, examples) = examples::all().find(|(name, _)| *name == leaf.name).expect("examples");
        let (_, shown) = page.split_once(".SH EXAMPLES\n").expect("a section");
        for (does, _) in *examples {
            assert!(shown.contains(&does.replace('`', "").replace('ö', "\\[u00F6]")), "{does:?} is not in {noun}");
        }
    }
}

#[test]
fn the_pages_have_the_usual_sections_in_their_usual_order() {
    const ORDER: [&str; 20] = [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "COMMANDS",
        "KEYS",
        "HEADINGS",
        "CELLS",
        "\"ROWS THAT ARE NONE\"",
        "COLUMNS",
        "\"WHAT COMES OF IT\"",
        "PERMISSIONS",
        "SCOPE",
        "QUESTIONS",
        "\"THE LOGIN BOX ON OTHER SITES\"",
        "PAGES",
        "OPTIONS",
        "\"EXIT STATUS\"",
        "ENVIRONMENT",
        "FILES",
        "EXAMPLES",
    ];
    for (name, page) in frontdesk::cli::manual_pages() {
        let sections: Vec<_> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
        assert_eq!(sections.last(), Some(&"\"SEE ALSO\""), "{name}");
        let places: Vec<_> =
            sections.iter().filter_map(|section| ORDER.iter().position(|one| one == section)).collect();
        assert!(places.is_sorted() && places.len() + 1 == sections.len(), "{name}: {sections:?}");
        if name.ends_with(".1") {
            for section in ["SYNOPSIS", "\"EXIT STATUS\"", "ENVIRONMENT", "FILES", "EXAMPLES"] {
                assert!(sections.contains(&section), "{name} has no {section}");
            }
        }
    }
}

#[test]
fn the_exit_statuses_are_in_the_manual() {
    let pages: BTreeMap<_, _> = frontdesk::cli::manual_pages().into_iter().collect();
    for (name, page) in pages.iter().filter(|(name, _)| name.ends_with(".1")) {
        for status in [0, 1, 2, 3, 4, 5, 65, 66, 69, 70, 73, 74, 75, 77, 78] {
            assert!(page.contains(&format!("\n\\fB{status}\\fR\n")), "{status} is not in {name}");
        }
    }
}

/// Every key of the example has its place, and whole numbers are taken exactly within the bounds that its comment names.
#[test]
fn the_page_of_the_configuration_has_every_key_and_the_bounds_hold() {
    let pages: BTreeMap<_, _> = frontdesk::cli::manual_pages().into_iter().collect();
    let page = read(&pages["frontdesk.toml.5"]);
    let (mut table, mut seen) = (String::new(), 0);
    for block in EXAMPLE.split("\n\n") {
        let comment: String = block.lines().filter_map(|line| line.strip_prefix("# ")).collect::<Vec<_>>().join(" ");
        let mut bounds = bounds(&comment).into_iter();
        for line in block.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                name.clone_into(&mut table);
                assert!(page.contains(&format!(".SS [{name}]")), "[{name}] is not in the manual");
            }
            let Some((key, default)) = line.split_once(" = ").filter(|(key, _)| !key.starts_with('#')) else {
                continue;
            };
            assert!(page.contains(&format!("{key} = {default}\n")), "{key} is not in the manual");
            if default.parse::<u64>().is_err() || key == "max_connections_per_client" {
                continue;
            }
            let last = bounds.len() == 1;
            let (least, most) = bounds.next().unwrap_or_else(|| panic!("the comment of {key} names no bounds"));
            seen += 1;
            let with = |value: u64| {
                Config::parse(
                    &format!(
                        "[{table}]\n{key} = {value}\n{}",
                        if key == "max_connections" { "max_connections_per_client = 1" } else { "" }
                    ),
                    "desk.toml",
                )
            };
            assert!(with(least).is_ok() && with(most).is_ok(), "{key} is not taken from {least} to {most}");
            assert!(with(most + 1).is_err(), "{key} is taken above {most}");
            assert!(least == 0 || with(least - 1).is_err(), "{key} is taken below {least}");
            if last {
                // Several keys may share the bounds that were named last.
                bounds = vec![(least, most)].into_iter();
            }
        }
    }
    assert!(seen >= 17, "{seen}");
}

/// Every "1 to 10,000" of a text.
fn bounds(text: &str) -> Vec<(u64, u64)> {
    let words: Vec<_> = text.split(' ').collect();
    let number = |word: &str| word.trim_matches(['(', ')', '.', ',', ';']).replace(',', "").parse::<u64>().ok();
    let found = words.windows(3).filter(|three| three[1] == "to");
    found.filter_map(|three| Some((number(three[0])?, number(three[2])?))).collect()
}

/// Whichever programs for manual pages are installed find nothing to complain about.
#[test]
fn programs_for_manual_pages_have_no_complaint() {
    let world = World::empty();
    world.run("man --dir pages").well();
    let dir = world.path().join("pages");
    let pages: Vec<_> = frontdesk::cli::manual_pages().into_iter().map(|(name, _)| name).collect();
    let checks: [(&str, &[&str], bool); 3] = [
        ("mandoc", &["-T", "lint", "-W", "warning"], true),
        ("groff", &["-man", "-ww", "-z"], true),
        ("man", &["--warnings=w", "-l"], false),
    ];
    for (program, arguments, all_at_once) in checks {
        if Command::new(program).arg("--version").output().is_err() {
            skipped(program);
            continue;
        }
        let groups: Vec<&[String]> = if all_at_once { vec![&pages] } else { pages.chunks(1).collect() };
        for group in groups {
            let said = Command::new(program).args(arguments).args(group).current_dir(&dir).output().expect("it runs");
            let complaint = String::from_utf8_lossy(&said.stderr).into_owned();
            let complaint =
                if program == "mandoc" { complaint + &String::from_utf8_lossy(&said.stdout) } else { complaint };
            assert!(complaint.is_empty(), "{program} about {group:?}: {complaint}");
        }
    }
}

#[test]
fn the_pages_are_written_where_asked() {
    let world = World::empty();
    world.run("man --dir share/man1").well();
    let page = std::fs::read_to_string(world.path().join("share/man1/frontdesk.1")).expect("the page");
    assert!(page.contains(".TH FRONTDESK 1"), "{page}");
    world.file("taken", "");
    world.run("man --dir taken").fails(73, "'taken' cannot be written to");
}
