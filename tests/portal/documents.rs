//! Files that customers send: what is taken, what is refused and why, and what lies on the disk afterwards.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::support::{PASSWORD, Visitor, World};

const EVA: &str = "eva@brf.example";
const ADD: &str = "/orders/NK-FRO-0001/documents";
const PDF: &[u8] = b"%PDF-1.7 a drawing";

fn town() -> (World, Visitor) {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042 --template full --all-facilities");
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    eva.get(ADD).has_status(200);
    (world, eva)
}

/// Every file of the store, without the lock.
fn stored(world: &World) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![world.path().join("frontdesk-data/files")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.ends_with("lock") => {}
                false => found.push(path),
            }
        }
    }
    found
}

#[test]
fn a_file_is_kept_under_its_hash_and_its_row_says_whose_it_is() {
    let (world, mut eva) = town();
    let files: &[(&str, &str, &[u8])] = &[("document", "../Ritning \"7\"\r\n.PDF", PDF), ("document", "", b"")];
    let answer = eva.post_files(ADD, &[("document-text", "the machine room"), ("document-purpose", "billing")], files);
    assert_eq!(answer.leads(), "/g/nordkyl/orders/NK-FRO-0001?added=1#documents");
    let rows = world.rows()["documents"].clone();
    assert_eq!(rows.len(), 1, "{rows:?}");
    for word in
        ["Text(\"Ritning ", "7\\\".PDF\")", "application/pdf", "billing", "the machine room", "customer", "Pat Lind"]
    {
        assert!(rows[0].contains(word), "{word}: {}", rows[0]);
    }
    let stored = stored(&world);
    assert_eq!(stored.len(), 1, "{stored:?}");
    assert_eq!(std::fs::read(&stored[0]).expect("there"), PDF);
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&stored[0]), 0o600);
    for folder in stored[0].ancestors().skip(1).take(2) {
        assert_eq!(mode(folder), 0o700, "{folder:?}");
    }
    assert!(world.run("audit list --json").well().out.contains("document.added"));
}

#[test]
fn the_same_form_and_the_same_file_twice_are_one() {
    let (world, mut eva) = town();
    let form = [("once", "mark-1")];
    for _ in 0..2 {
        eva.post_files(ADD, &form, &[("document", "a.pdf", PDF)]).leads();
    }
    assert_eq!(world.rows()["documents"].len(), 1);
    eva.post_files(ADD, &[("once", "mark-2")], &[("document", "b.pdf", PDF), ("document", "c.txt", b"hello")]).leads();
    assert_eq!(world.rows()["documents"].len(), 3);
    assert_eq!(stored(&world).len(), 2);
}

#[test]
fn a_refused_file_is_named_with_its_reason_and_what_was_typed_stays() {
    let (world, mut eva) = town();
    let long = format!("{}../x\r\n\"{}.exe", "a".repeat(150), "b".repeat(150));
    let before = world.business();
    for (name, bytes, says) in [
        ("tom.pdf", &b""[..], "“tom.pdf” is empty"),
        (
            "a.exe",
            b"MZ\x90\0",
            "“a.exe” is of a kind that cannot be received. These can: PDF, pictures (JPG, PNG, WEBP, HEIC)",
        ),
        ("bild.png", b"<svg/>", "“bild.png” is not what its ending says"),
        (&long, b"MZ", "b.exe” is of a kind"),
        ("\u{200b}.htaccess", b"x", "“htaccess” is of a kind"),
    ] {
        let page = eva.post_files(
            ADD,
            &[("document-text", "min & rad"), ("document-purpose", "update")],
            &[("document", name, bytes)],
        );
        page.has_status(422).says(says).says("value=\"min &amp; rad\"").says("Choose the files again");
        page.says("<option value=\"update\" selected").says("<title>Error: ");
    }
    eva.post_files(ADD, &[("document-text", "x")], &[("document", "", b"")]).has_status(422).says("Choose a file.");
    eva.post(ADD, &[("document-text", "x")]).has_status(422).says("Choose a file.");
    let six: Vec<_> =
        ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "6.txt"].map(|name| ("document", name, &b"x"[..])).into();
    eva.post_files(ADD, &[], &six).has_status(422).says("“6.txt” is one too many: 5 can be sent");
    assert_eq!(world.business(), before);
    assert_eq!(stored(&world), Vec::<PathBuf>::new());
    eva.post_files(ADD, &[], &six[..5]).leads();
    assert_eq!(world.rows()["documents"].len(), 5);
}

#[test]
fn a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042 --template full --all-facilities");
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    let site = world.site_with(|config| config.uploads.max_file_mb = 1);
    let mut eva = Visitor::new(&site, "nordkyl");
    eva.sign_in(EVA, PASSWORD).leads();
    eva.get(ADD).says("at most 1 MB each");
    let mut bytes = PDF.to_vec();
    bytes.resize(1_000_001, b'x');
    eva.post_files(ADD, &[], &[("document", "a.pdf", &bytes)]).has_status(422).says("is larger than 1 MB");
    assert_eq!(stored(&world), Vec::<PathBuf>::new());
    eva.post_files(ADD, &[], &[("document", "a.pdf", &bytes[..1_000_000])]).leads();
    assert_eq!(std::fs::metadata(&stored(&world)[0]).expect("there").len(), 1_000_000);
}

#[test]
fn a_person_has_so_much_room_and_not_more() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042 --template full --all-facilities");
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    let site = world.site_with(|config| config.uploads.max_files_per_user = 3);
    let mut eva = Visitor::new(&site, "nordkyl");
    eva.sign_in(EVA, PASSWORD).leads();
    eva.get(ADD);
    let two = [("document", "a.txt", &b"a"[..]), ("document", "b.txt", b"b")];
    eva.post_files(ADD, &[], &two).leads();
    eva.post_files(ADD, &[("document-text", "kept")], &two).has_status(422).says("no more room").says("value=\"kept\"");
    eva.post_files(ADD, &[], &two[..1]).leads();
}

#[test]
fn only_who_may_upload_and_reaches_the_order_does() {
    let (world, _) = town();
    world.order("nordkyl", "1042", Some("hus-b"), "Light in the attic");
    world.user(
        "nordkyl",
        "ute@brf.example",
        "--customer 1042 --grant order.view --grant document.view --all-facilities",
    );
    world.user("nordkyl", "one@brf.example", "--customer 1042 --template full --facility hus-a");
    let mut ute = world.signed_in("nordkyl", "ute@brf.example", PASSWORD);
    ute.get("/account");
    let mut one = world.signed_in("nordkyl", "one@brf.example", PASSWORD);
    one.get(ADD).has_status(200);
    let before = world.business();
    let file: &[(&str, &str, &[u8])] = &[("document", "a.pdf", PDF)];
    ute.post_files(ADD, &[], file).has_status(403);
    let behind = one.post_files("/orders/NK-FRO-0002/documents", &[], file);
    let unknown = one.post_files("/orders/NK-FRO-9999/documents", &[], file);
    assert_eq!(behind.has_status(404), &unknown);
    let mut stranger = one.clone();
    stranger.token = "x".repeat(43);
    stranger.post_files(ADD, &[], file).has_status(403);
    assert_eq!(world.business(), before);
    assert_eq!(stored(&world), Vec::<PathBuf>::new());
}
