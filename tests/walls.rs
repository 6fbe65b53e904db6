//! The ways around the door to the data do not compile; beside each stands the way that does.

mod allowed;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

// A page that changes something from a `Visit` joins `refused` when the portal has visits; its twin takes a `Submission`.

const REFUSED: &str = "tests/walls/refused/*.rs";
const ALLOWED: &str = "tests/walls/allowed/*.rs";

/// A file among the cases.
fn file(cases: &str, name: &str) -> String {
    cases.replace("*.rs", name)
}

/// The cases in a folder, by name.
fn cases(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(file(folder, ""))).expect("the cases");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in UTF-8"));
    let cases: BTreeSet<_> =
        names.filter_map(|name| Some(name.strip_suffix(".rs")?.to_owned())).filter(|name| name != "mod").collect();
    assert!(cases.len() >= 20, "the cases of {folder} were not found");
    cases
}

fn text(folder: &str, name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file(folder, name));
    std::fs::read_to_string(path).unwrap_or_default()
}

/// The library that this very binary was linked with: cargo keeps it in the same folder.
fn library() -> (PathBuf, PathBuf) {
    let folder = std::env::current_exe().expect("this binary").parent().expect("its folder").to_owned();
    let entries = std::fs::read_dir(&folder).expect("its folder").map(|entry| entry.expect("an entry").path());
    let ours = entries.filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("libfrontdesk-") && name.ends_with(".rlib")
    });
    let newest = ours.max_by_key(|path| std::fs::metadata(path).and_then(|meta| meta.modified()).expect("a time"));
    (newest.expect("the library beside the tests"), folder)
}

/// What the compiler of this toolchain says about a case: each error's first line and where it stands. The rest of its
/// words change with every release.
fn errors(name: &str, library: &Path, dependencies: &Path) -> String {
    let mut dependency = OsString::from("dependency=");
    dependency.push(dependencies);
    let mut frontdesk = OsString::from("frontdesk=");
    frontdesk.push(library);
    let done = Command::new(Path::new(env!("CARGO")).with_file_name("rustc"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "--edition=2024",
            "--crate-type=lib",
            "--emit=metadata",
            "-o",
            "-",
            "--cap-lints=allow",
            "--color=never",
        ])
        .arg("-L")
        .arg(dependency)
        .arg("--extern")
        .arg(frontdesk)
        .arg(file(REFUSED, &format!("{name}.rs")))
        .output()
        .expect("the compiler");
    let said = String::from_utf8(done.stderr).expect("text");
    let mut out = String::new();
    let mut lines = said.lines().filter(|line| !line.starts_with("error: aborting"));
    while let Some(line) = lines.find(|line| line.starts_with("error")) {
        let place = lines.next().unwrap_or_default().trim();
        out.push_str(&format!("{line}\n  {place}\n"));
    }
    assert_eq!(done.status.success(), out.is_empty(), "{name}: {said}");
    out
}

/// The library is compiled already, so the compiler is asked directly: a fraction of a second a case, without cargo, a
/// network or a second build of every dependency.
#[test]
fn the_ways_around_do_not_compile() {
    let (library, dependencies) = library();
    let names: Vec<_> = cases(REFUSED).into_iter().collect();
    for some in names.chunks(4) {
        std::thread::scope(|scope| {
            let asked: Vec<_> =
                some.iter().map(|name| (name, scope.spawn(|| errors(name, &library, &dependencies)))).collect();
            for (name, said) in asked {
                let said = said.join().expect("the compiler was asked");
                assert!(!said.is_empty(), "the case {name} compiles: there is a way around the door");
                if std::env::var_os("UPDATE_GOLDEN").is_some() {
                    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file(REFUSED, &format!("{name}.stderr")));
                    std::fs::write(path, &said).expect("a golden file");
                }
                assert!(
                    said == text(REFUSED, &format!("{name}.stderr")),
                    "the case {name} is refused for another reason; if that is meant: UPDATE_GOLDEN=1 cargo test walls\n\
                     {said}"
                );
            }
        });
    }
}

/// A refused case proves something only if what it differs in is all that is wrong with it: its twin is a module of this
/// binary, and so it compiles.
#[test]
fn every_refused_case_has_a_twin_that_differs_in_one_place() {
    assert_eq!(cases(REFUSED), cases(ALLOWED));
    for name in cases(REFUSED) {
        let case = format!("{name}.rs");
        let (refused, allowed) = (text(REFUSED, &case), text(ALLOWED, &case));
        assert!(text(ALLOWED, "mod.rs").contains(&format!("\nmod {name};\n")), "the twin {name} is not compiled");
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
