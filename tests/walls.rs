//! The ways around the door to the data do not compile; beside each stands the way that does.

mod allowed;

use std::collections::BTreeSet;
use std::path::Path;

// A page that changes something from a `Visit` joins `refused` when the portal has visits; its twin takes a `Submission`.

/// The twins are modules of this binary, so they are compiled already and these cases are only checked. After a change
/// that means to alter what the compiler says: `TRYBUILD=overwrite cargo test walls`.
#[test]
fn the_ways_around_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/walls/refused/*.rs");
}

/// A refused case proves something only if what it differs in is all that is wrong with it.
#[test]
fn every_refused_case_has_a_twin_that_differs_in_one_place() {
    let names = |folder: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the cases");
        let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in UTF-8"));
        names.filter(|name| name.ends_with(".rs") && name != "mod.rs").collect()
    };
    let (refused, allowed) = (names("tests/walls/refused"), names("tests/walls/allowed"));
    assert_eq!(refused, allowed);
    assert!(refused.len() >= 20, "the cases were not found");
    for name in &refused {
        let text = |folder: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/walls").join(folder).join(name);
            std::fs::read_to_string(path).expect("a case")
        };
        let (refused, allowed) = (text("refused"), text("allowed"));
        assert_ne!(refused, allowed, "{name}");
        let (mut refused, mut allowed): (Vec<_>, Vec<_>) = (refused.lines().collect(), allowed.lines().collect());
        while refused.first() == allowed.first() {
            refused.remove(0);
            allowed.remove(0);
        }
        while refused.last() == allowed.last() {
            refused.pop();
            allowed.pop();
        }
        assert!(refused.len() <= 2 && allowed.len() <= 2, "{name}: {refused:?} and {allowed:?}");
    }
}
