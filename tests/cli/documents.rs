//! `document`: added from files and pipes, listed, read back byte for byte, changed, deleted.

use crate::support::World;

fn world() -> World {
    let world = World::nordkyl_with_customers();
    world.run("object add KYL-02 --customer 1042 --facility hus-b --name 'Compressor 2'").well();
    world.run("contact add --email kim@brf.example --customer 1042 --name 'Kim Ek'").well();
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    world.file("drawing.pdf", PDF);
    world
}

const PDF: &[u8] = b"%PDF-1.7\n\xe2\xe3 a drawing\n";

#[test]
fn a_file_lies_on_whatever_was_named_and_comes_back_as_it_was() {
    let world = world();
    for (flag, on) in [
        ("--order NK-FRO-0001", "order NK-FRO-0001"),
        ("--object KYL-02", "object KYL-02"),
        ("--facility hus-a", "facility hus-a"),
        ("--contact kim@brf.example", "contact kim@brf.example"),
        ("--customer 1042", "customer 1042"),
    ] {
        let said = world.run(&format!("document add drawing.pdf {flag}")).well();
        assert!(said.err.contains(&format!("(drawing.pdf, on {on}, internal)")), "{said:?}");
        assert_eq!(said.out, "");
        let again = world.run(&format!("document add drawing.pdf {flag}"));
        again.fails(4, "document 'drawing.pdf' exists already");
        world.run(&format!("document add drawing.pdf {flag} --if-exists skip")).well();
    }
    for (command, count) in [
        ("order show NK-FRO-0001", 1),
        ("object show KYL-02", 1),
        ("facility show hus-a", 1),
        ("contact show kim@brf.example", 1),
        ("customer show 1042", 1),
    ] {
        let card = world.run(&format!("{command} --json")).well().json();
        assert_eq!(card["documents"].as_array().map(Vec::len), Some(count), "{command}: {card}");
    }
    assert_eq!(world.run("document list --json").well().json().as_array().map(Vec::len), Some(5));
    assert_eq!(world.run("document list --customer 1042 --json").well().json().as_array().map(Vec::len), Some(5));
    let one = world.run("document list --object KYL-02 --json").well().json();
    assert_eq!((&one[0]["object_no"], &one[0]["size"]), (&"KYL-02".into(), &PDF.len().into()));
    let said = world.run("document get 1 --to out.pdf").well();
    assert!(said.out.contains("out.pdf"), "{said:?}");
    assert_eq!(std::fs::read(world.path().join("out.pdf")).expect("there"), PDF);
    world.run("document get 1 --to out.pdf").fails(73, "is there already");
    world.run("document get id:1 --to out.pdf --force").well();
    // Its own name, here, is taken by the file it came from.
    world.run("document get 1").fails(73, "drawing.pdf' is there already");
    world.run("document get 99").fails(3, "document '99' does not exist");
    world.run("document get x").fails(2, "'x' is not the number of a document");
}

#[test]
fn standard_input_has_a_name_and_the_same_limits() {
    let world = world();
    world.run_with("document add - --customer 1042", "hello").fails(2, "standard input has no name");
    world.run_with("document add - --name note.txt --customer 1042 --share", "hello").well();
    assert_eq!(world.run("document get 1 --to -").well().out, "hello");
    for (name, bytes, why) in [
        ("a.txt", "", "'a.txt' is empty"),
        ("a.exe", "MZ", "'a.exe' does not end in one of: pdf jpg"),
        ("a.pdf", "hello", "'a.pdf' does not hold what its ending says"),
        ("a.txt", "a\0b", "'a.txt' does not hold"),
    ] {
        let said = world.run_with(&format!("document add - --name {name} --customer 1042"), bytes);
        said.fails(65, why);
    }
    let large = "x".repeat(25_000_001);
    world.run_with("document add - --name a.txt --customer 1042", &large).fails(65, "'a.txt' is larger than 25 MB");
    world.run_with("document add - --name a.txt --customer 1042", &large[1..]).well();
    world.run("document add nowhere.pdf --customer 1042").fails(66, "nowhere.pdf' cannot be read");
    world.run("document add etc --customer 1042").fails(66, "not a regular file");
    world.run("document add drawing.pdf").fails(2, "nothing was named that the document lies on");
    world.run("document add drawing.pdf --order NK-FRO-0001 --object KYL-02").fails(2, "cannot be used with");
    world.run("document add drawing.pdf --order NK-FRO-9").fails(3, "does not exist");
}

#[test]
fn a_document_is_changed_and_deleted_and_a_dry_run_leaves_nothing() {
    let world = world();
    let store = world.path().join("frontdesk-data/files");
    let said = world.run("document add drawing.pdf --customer 1042 --dry-run").well();
    assert!(said.err.contains("nothing was changed"), "{said:?}");
    let left = || {
        let folders = std::fs::read_dir(&store).into_iter().flatten().map(|entry| entry.expect("an entry").path());
        folders
            .filter(|path| path.is_dir())
            .map(|path| std::fs::read_dir(path).expect("a folder").count())
            .sum::<usize>()
    };
    assert_eq!(left(), 0);
    world.run("document add drawing.pdf --customer 1042 --text Plan --purpose reference").well();
    let said = world.run("document set 1 --name ritning.PDF --purpose billing --text '' --share").well();
    assert!(said.err.contains("(ritning.PDF, on customer 1042, shared)"), "{said:?}");
    world.run("document set 1 --share").well();
    world.run("document set 1 --name ritning.exe").fails(2, "the bytes stay what they are");
    let card = world.run("document list --json").well().json();
    assert_eq!((&card[0]["purpose"], &card[0]["text"]), (&"billing".into(), &serde_json::Value::Null));
    world.run("document add drawing.pdf --customer 1042 --ensure --text Again").well();
    world.run("document list --json --where text=Again").well();
    assert_eq!(world.run("document list --json").well().json().as_array().map(Vec::len), Some(1));
    world.run("document delete 1 --yes").well();
    world.run("document delete 1 --yes").fails(3, "does not exist");
    world.run("document delete 1 --yes --missing-ok").well();
    assert!(world.run("audit list --json").well().out.contains("document.deleted"));
}

#[test]
fn bytes_that_were_damaged_are_not_given_out_as_if_they_were_not() {
    let world = world();
    world.run("document add drawing.pdf --customer 1042").well();
    let hash = world.run("document list --json").well().json()[0]["hash"].as_str().expect("a hash").to_owned();
    let path = world.path().join("frontdesk-data/files").join(&hash[..2]).join(&hash);
    std::fs::write(&path, b"%PDF-1.7 something else").expect("written");
    world.run("document get 1 --to out.pdf").fails(74, "are not those that came");
    assert!(!world.path().join("out.pdf").exists());
    std::fs::remove_file(&path).expect("removed");
    world.run("document get 1 --to out.pdf").fails(74, "are missing");
}

#[test]
fn what_a_document_lies_on_is_not_deleted_below_it() {
    let world = world();
    world.run("facility add shed --customer 1042 --name Shed").well();
    world.run("object add FAN-9 --customer 1042 --name Fan").well();
    world.run("document add drawing.pdf --facility shed").well();
    world.run("document add drawing.pdf --object FAN-9").well();
    world.run("facility delete shed --yes").fails(4, "facility shed has objects, orders, documents or contacts");
    world
        .run("object delete FAN-9 --yes")
        .fails(4, "object FAN-9 has orders, readings, self-checks, documents or parts");
    world.run("document delete 1 --yes").well();
    world.run("document delete 2 --yes").well();
    world.run("facility delete shed --yes").well();
    world.run("object delete FAN-9 --yes").well();
}
