//! What arrives of a form with files, what is refused of it, and what ends it.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::documents::Flaw;

const KIND: &str = "multipart/form-data; boundary=----b";

struct Desk {
    store: Files,
    rules: Uploads,
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let rules = Uploads { max_file_mb: 1, max_files: 2, ..Uploads::default() };
        Self { store: Files::below(folder.path()), rules, folder }
    }

    fn read(&self, bytes: &[u8]) -> Result<Form> {
        read(&mut Body::from(bytes.to_vec()), KIND, &self.store, &self.rules, |_| Ok(()))
    }

    /// Temporary files that are there.
    fn temporary(&self) -> usize {
        fs::read_dir(self.folder.path().join("files/incoming")).map_or(0, Iterator::count)
    }
}

fn text(name: &str, value: &str) -> Vec<u8> {
    format!("------b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes()
}

fn file(name: &str, file_name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "------b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
         Content-Type: image/svg+xml\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n"].concat()
}

fn form(parts: &[Vec<u8>]) -> Vec<u8> {
    [parts.concat(), b"------b--\r\n".to_vec()].concat()
}

fn came(form: &Form) -> Vec<(String, Result<i64, Flaw>)> {
    let one = |(_, sent): &(String, Sent)| {
        (sent.name.to_string(), sent.file.as_ref().map(|file| file.size()).map_err(|flaw| *flaw))
    };
    form.files.iter().map(one).collect()
}

#[test]
fn texts_and_files_arrive_each_in_its_place() {
    let desk = Desk::new();
    let pdf = [b"%PDF-1.7\r\n------\r\n-----b\r\n".as_slice(), &[0x2d; 40_000]].concat();
    let bytes = form(&[
        text("csrf", "t"),
        text("text", "två\r\nrader"),
        file("files", "räkning %22 7.PDF", &pdf),
        file("files", "", b""),
        file("photo", "a.txt", b"a"),
    ]);
    let form = desk.read(&bytes).expect("a form");
    assert_eq!((form.values.get("csrf"), form.values.get("text")), ("t", "två\r\nrader"));
    assert_eq!(form.files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["files", "photo"]);
    assert_eq!(
        came(&form),
        [("räkning \" 7.PDF".to_owned(), Ok(i64::try_from(pdf.len()).expect("few"))), ("a.txt".to_owned(), Ok(1))]
    );
    let received = form.files[0].1.file.as_ref().expect("taken");
    let kept = desk.store.keep(received).expect("kept");
    let (mut found, size) = desk.store.open(&kept.hash).expect("readable").expect("there");
    let mut back = Vec::new();
    found.read_to_end(&mut back).expect("read");
    assert_eq!((back, size), (pdf.clone(), pdf.len() as u64));
    drop(form);
    assert_eq!(desk.temporary(), 0);
}

#[test]
fn a_file_that_cannot_be_taken_leaves_the_form_alive() {
    let desk = Desk::new();
    let most = [b"%PDF-".as_slice(), &vec![b'x'; 1_000_000 - 5]].concat();
    let over = [most.as_slice(), b"x"].concat();
    for (name, bytes, expected) in [
        ("a.pdf", &most[..], Ok(1_000_000)),
        ("a.pdf", &over, Err(Flaw::TooLarge)),
        ("a.pdf", b"", Err(Flaw::Empty)),
        ("a.exe", b"MZ", Err(Flaw::Ending)),
        ("a.pdf.exe", b"%PDF-", Err(Flaw::Ending)),
        ("", b"%PDF-", Err(Flaw::Ending)),
        ("a.png", b"<svg onload=alert(1)>", Err(Flaw::Content)),
    ] {
        let bytes = form(&[file("files", name, bytes), text("text", "kept"), text("csrf", "t")]);
        let form = desk.read(&bytes).expect("a form");
        assert_eq!(came(&form).pop().map(|(_, file)| file), Some(expected), "{name}");
        assert_eq!(form.values.get("text"), "kept");
    }
    let four = ["1.txt", "2.txt", "3.txt", "4.txt"].map(|name| file("files", name, b"x"));
    let form = desk.read(&form(&four)).expect("a form");
    let flaws: Vec<_> = came(&form).into_iter().map(|(_, file)| file).collect();
    assert_eq!(flaws, [Ok(1), Ok(1), Err(Flaw::TooMany), Err(Flaw::TooMany)]);
    assert_eq!(desk.temporary(), 2);
    drop(form);
    assert_eq!(desk.temporary(), 0);
}

#[test]
fn what_no_browser_sends_is_refused_and_leaves_nothing() {
    let desk = Desk::new();
    let long = "x".repeat(1_200_000);
    let header = format!("------b\r\nX: {}\r\n\r\nx\r\n", "y".repeat(5_000_000)).into_bytes();
    let no_name = b"------b\r\nContent-Disposition: form-data\r\n\r\nx\r\n".to_vec();
    let whole = form(&[file("files", "a.pdf", b"%PDF-1.7 and more"), text("a", "b")]);
    for (what, bytes, kind) in [
        ("a field twice", form(&[text("a", "1"), text("a", "2")]), Kind::Data),
        ("long texts", form(&[text("a", &long), text("b", &long)]), Kind::NoInput),
        (
            "no UTF-8",
            form(&[[b"------b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n".to_vec()].concat()]),
            Kind::Data,
        ),
        ("10,000 texts", form(&(0..10_000).map(|at| text(&format!("n{at}"), "x")).collect::<Vec<_>>()), Kind::Data),
        ("10,000 files", form(&vec![file("files", "a.txt", b"x"); 10_000]), Kind::Data),
        ("a long head", form(&[header]), Kind::Data),
        ("a long way to the first part", [vec![b'-'; 5_000_000], form(&[])].concat(), Kind::Data),
        ("no name", form(&[no_name]), Kind::Data),
        ("no last line", whole[..whole.len() - 6].to_vec(), Kind::Data),
        ("cut in a file", whole[..120].to_vec(), Kind::Data),
        ("cut in a head", whole[..30].to_vec(), Kind::Data),
        ("nothing", Vec::new(), Kind::Data),
        ("another divider", b"--x--\r\n".to_vec(), Kind::Data),
    ] {
        let error = desk.read(&bytes).expect_err(what);
        assert_eq!(error.kind(), kind, "{what}: {error}");
        assert_eq!(desk.temporary(), 0, "{what}");
    }
    for odd in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x"] {
        let read = read(&mut Body::from(whole.clone()), odd, &desk.store, &desk.rules, |_| Ok(()));
        assert_eq!(read.expect_err(odd).kind(), Kind::Data);
    }
}

#[test]
fn the_longest_texts_arrive_and_the_gate_lets_them_through() {
    let desk = Desk::new();
    let one = "ö".repeat(1_000);
    let texts: Vec<_> = (0..500).map(|at| text(&format!("p{at}"), &one)).collect();
    let read = desk.read(&form(&texts)).expect("a form");
    assert_eq!(read.values.get("p499"), one);
    let heads = MOST_PARTS as u64 * text("a-name-of-a-field", "").len() as u64;
    let none = Uploads { max_files: 0, ..Uploads::default() };
    assert!(TEXTS_LIMIT + heads < none.max_form_bytes());
}

#[test]
fn a_stranger_is_sent_away_before_a_file_is_looked_at() {
    let desk = Desk::new();
    let check = |form: &Values| if form.get("csrf") == "t" { Ok(()) } else { Err(Error::denied("a stranger")) };
    let ask = |parts: &[Vec<u8>]| read(&mut Body::from(form(parts)), KIND, &desk.store, &desk.rules, check);
    let pdf = file("files", "a.pdf", b"%PDF-");
    assert!(ask(&[text("csrf", "t"), pdf.clone()]).is_ok());
    assert!(ask(&[text("csrf", "t")]).is_ok());
    fs::remove_dir_all(desk.folder.path().join("files")).expect("removed");
    for parts in [&[text("csrf", "x"), pdf.clone()][..], &[pdf.clone(), text("csrf", "t")], &[text("csrf", "x")], &[]] {
        assert_eq!(ask(parts).expect_err("refused").kind(), Kind::Denied);
    }
    assert!(!desk.folder.path().join("files").exists());
}

#[test]
fn a_large_body_passes_through_a_small_memory() {
    // What the source has given when the first part is out: a chunk or two, not the body.
    let bytes = form(&[file("files", "a.pdf", &vec![b'x'; 8_000_000])]);
    let mut parts = Parts::new(&bytes[..], "----b".into());
    let mut part = parts.next().expect("well formed").expect("a part");
    assert!(parts.given.load(Ordering::Relaxed) <= 2 * CHUNK as u64);
    let mut before = parts.given.load(Ordering::Relaxed);
    while let Some(bytes) = next(&mut part).expect("well formed") {
        let given = parts.given.load(Ordering::Relaxed);
        assert!(given - before <= 2 * CHUNK as u64 && bytes.len() <= 3 * CHUNK);
        before = given;
    }
}
