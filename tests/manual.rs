//! The manual pages in `man/` are those that the definitions make.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::World;

const AGAIN: &str = "make them again with: UPDATE_GOLDEN=1 cargo test manual";

#[test]
fn the_pages_in_man_are_those_of_the_definitions() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
    let made: BTreeMap<_, _> = frontdesk::cli::manual_pages().expect("pages").into_iter().collect();
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

#[test]
fn every_command_has_its_place_in_the_manual() {
    let pages: BTreeMap<_, _> = frontdesk::cli::manual_pages().expect("pages").into_iter().collect();
    let root = frontdesk::cli::definition();
    assert!(pages["frontdesk.1"].contains("Exit status:\n"));
    for noun in root.get_subcommands().filter(|noun| !noun.is_hide_set()) {
        let page = &pages[&format!("frontdesk-{}.1", noun.get_name())];
        assert!(pages["frontdesk.1"].contains(&format!("frontdesk\\-{}(1)", noun.get_name())), "{}", noun.get_name());
        for verb in noun.get_subcommands().filter(|verb| !verb.is_hide_set()) {
            for leaf in if verb.has_subcommands() { verb.get_subcommands().collect() } else { vec![verb] } {
                let below = if verb.has_subcommands() { format!("{} ", verb.get_name()) } else { String::new() };
                let heading = format!(".SS \"frontdesk {} {below}{}\"\n", noun.get_name(), leaf.get_name());
                assert!(page.contains(&heading), "{heading} is missing in the page of {}", noun.get_name());
            }
        }
        // What is the same everywhere is said once.
        assert!(!page.contains("\\-\\-no\\-header"), "{}", noun.get_name());
    }
}

#[test]
fn the_pages_are_written_where_asked() {
    let world = World::empty();
    world.run("man --dir share/man1").well();
    let page = std::fs::read_to_string(world.path().join("share/man1/frontdesk.1")).expect("the page");
    assert!(page.contains(".TH frontdesk 1"), "{page}");
    world.file("taken", "");
    world.run("man --dir taken").fails(73, "'taken' cannot be written to");
    assert!(!world.run("--help").well().out.contains("man "), "a command for packagers is not shown");
}
