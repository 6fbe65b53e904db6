//! Files that are meant to do harm, or do it by accident: refused with their line, nothing taken, and soon.

use std::cell::RefCell;
use std::io::Read;
use std::rc::Rc;

use crate::support::{Said, World};

/// A file that never ends, and how much of it was read.
struct Endless {
    head: &'static [u8],
    body: &'static [u8],
    at: usize,
    read: Rc<RefCell<u64>>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for (byte, place) in buffer.iter_mut().zip(self.at..) {
            *byte = match place.checked_sub(self.head.len()) {
                None => self.head[place],
                Some(place) => self.body[place % self.body.len()],
            };
        }
        self.at += buffer.len();
        *self.read.borrow_mut() += buffer.len() as u64;
        Ok(buffer.len())
    }
}

/// What is said about an endless file, and how many bytes of it were read for that.
fn endless(head: &'static [u8], body: &'static [u8]) -> (Said, u64) {
    let (world, read) = (World::nordkyl(), Rc::new(RefCell::new(0)));
    let file = Endless { head, body, at: 0, read: Rc::clone(&read) };
    let before = world.business();
    let said = world.run_in(&["customer", "import", "-"], "", |io| io.stdin = RefCell::new(Box::new(file)));
    assert_eq!(world.business(), before);
    let read = *read.borrow();
    (said, read)
}

#[test]
fn a_line_without_end_is_refused_after_a_mebibyte() {
    for (head, body, sentence) in [
        (&b""[..], &b"a"[..], "line 1 is longer than 1 MiB"),
        (b"customer_no,name\n1,", b"a", "line 2 is longer than 1 MiB"),
        (b"customer_no,name\n1,\"", b"a\n,", "the quote that opens on line 2 is never closed"),
        (b"customer_no,name\n1", b",", "line 2 has more than 1000 cells"),
        (b"", b",a", "line 1 has more than 1000 cells"),
        (b"{\"customer_no\":\"", b"a", "line 1 is longer than 1 MiB"),
        (b"customer_no,name\n1,", b"\xff", "line 2 is not UTF-8"),
        (b"", b"\0", "holds zero bytes, so it is not text"),
    ] {
        let (said, read) = endless(head, body);
        let said = said.fails(65, sentence);
        assert!(read < 4 << 20, "{read} bytes were read: {said:?}");
    }
}

#[test]
fn a_file_without_end_is_refused_when_it_has_too_many_rows() {
    let (said, read) = endless(b"customer_no,name\n", b"1\n");
    said.fails(65, "line 1000002: the file has more than 1000000 rows");
    assert!(read < 8 << 20, "{read}");
}

#[test]
fn nothing_is_taken_of_a_file_that_breaks_off() {
    let good: String = (1..=50).map(|n| format!("{n},Customer {n}\n")).collect();
    for (rest, sentence) in [
        (&b"51,\"Brf\n"[..], "the quote that opens on line 52 is never closed"),
        (b"51,\"Brf\" Fr\n", "line 52 has a quote inside a quoted cell"),
        (b"51,Brf Fr\xf6jden\n", "line 52 is not UTF-8: the byte 0xF6 cannot stand there"),
        (b"51,\xe2\x82", "line 52 is not UTF-8"),
    ] {
        let world = World::nordkyl();
        world.file("c.csv", [b"\xef\xbb\xbfcustomer_no,name\n", good.as_bytes(), rest].concat());
        world.run("customer import c.csv").fails(65, sentence);
        assert_eq!(world.run("customer list --json").well().out, "[]\n");
        assert!(!world.path().join("c.csv.rejects.csv").exists());
    }
}

#[test]
fn markup_and_what_acts_on_a_terminal_stay_text() {
    let world = World::nordkyl();
    let good: String = (1..=20).map(|n| format!("{n},Customer {n},,\n")).collect();
    let rows = "30,<script>alert(1)</script>,<img src=x onerror=alert(1)>@b.example,\n\
                31,\u{1b}[2JBrf,,\n32,Brf\u{202e}nedjörF,,\n33,<b>Bold & 'quick'</b>,,=1+1\n";
    world.file("c.csv", format!("customer_no,name,email,note\n{good}{rows}"));
    let said = world.run("customer import c.csv");
    assert_eq!(said.status, 65, "{said:?}");
    for problem in [
        "! line 22, column \"email\": '<img src=x onerror=alert(1)>@b.example' holds '<' before the @\n",
        "! line 23, column \"name\": '\u{fffd}[2JBrf' holds the control character U+001B\n",
        "! line 24, column \"name\": 'Brf\u{fffd}nedjörF' holds the control character U+202E\n",
        "created 21, changed 0, unchanged 0, rejected 3 of 24",
    ] {
        assert!(said.err.contains(problem), "{problem:?} is not in {}", said.err);
    }
    assert!(!said.err.contains(['\u{1b}', '\u{202e}']), "{said:?}");
    assert_eq!(world.run("customer show 33 --json").json()["note"], "=1+1");
    let csv = world.run("customer list -o csv --fields customer_no,name,note --where customer_no=33").well().out;
    assert_eq!(csv, "customer_no,name,note\n33,<b>Bold & 'quick'</b>,'=1+1\n");
}

#[test]
fn a_file_reaches_only_the_group_at_whose_desk_it_is_imported() {
    let world = World::nordkyl();
    world.run("group add other --name Other --prefix OT").well();
    world.run("customer add 1042 --name 'Theirs' --group other --external-id X1").well();
    world.run("contact add --customer 1042 --name Theirs --email eva@brf.example --group other").well();
    world.run("facility add hus-a --customer 1042 --name Theirs --group other").well();
    let rows = |world: &World| {
        let list = |noun: &str| world.run(&format!("{noun} list --json --group other")).well().out;
        (list("customer"), list("contact"), list("facility"))
    };
    let before = rows(&world);
    let import = |noun: &str, file: &str| world.run_with(&format!("{noun} import - --group nordkyl"), file);
    import("facility", "customer_no,facility_no,name\n1042,hus-a,Ours\n").fails(65, "customer '1042' does not exist");
    let said = import("customer", "customer_no,name,group,external_id\n1042,Ours,other,X1\n").well();
    assert!(said.err.contains("created 1") && said.err.contains("ignored: \"group\""), "{said:?}");
    import("contact", "customer_no,name,email\n1042,Ours,eva@brf.example\n").well();
    import("contact", "customer_no,name,email,facilities\n1042,Ours,eva@brf.example,hus-a\n")
        .fails(65, "customer 1042 has no facility 'hus-a'");
    assert_eq!(rows(&world), before);
}
