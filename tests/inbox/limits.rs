//! Limits: of size, of number, of patience; and what a mail server does that brings the same again.

use std::io::Read;
use std::os::unix::fs::PermissionsExt;

use data_encoding::BASE64;

use super::office::{Office, filled};
use crate::support::split;

const EVA: &str = "eva@brf.example";

/// A message with a PDF of so many bytes.
fn with_file(reply: &str, id: &str, size: usize) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    pdf.resize(size, b'x');
    let mut lines = BASE64.encode(&pdf);
    let mut at = 76;
    while at < lines.len() {
        lines.insert(at, '\n');
        // Long lines are read as well, and are written faster.
        at += 760_001;
    }
    format!(
        "From: {EVA}\nTo: {reply}\nSubject: Large\nMessage-ID: <{id}@brf.example>\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=mix\n\n--mix\nContent-Type: text/plain\n\nA large drawing.\n--mix\n\
         Content-Type: application/pdf; name=large.pdf\nContent-Transfer-Encoding: base64\n\n{lines}\n--mix--\n"
    )
    .into_bytes()
}

#[test]
fn thirty_megabytes_are_taken_or_put_before_the_company() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    let message = with_file(&reply, "large", 22_000_000);
    assert!(message.len() > 29_000_000, "{}", message.len());
    let (_, state) = office.deliver(&message, "");
    assert_eq!((state.comments.len(), state.documents.len()), (1, 1), "{state:?}");
    // Above the limit of one file the words are taken, and the file is told of.
    let (_, state) = office.deliver(&with_file(&reply, "larger", 26_000_000), "");
    assert_eq!((state.comments.len(), state.documents.len()), (1, 0), "{state:?}");
    assert!(state.received[0][1].contains("large.pdf (it is larger than 25 MB)"), "{state:?}");
    assert!(office.kept(&state.received[0][2]).len() > 30_000_000);
}

/// A message that goes on and on.
struct Endless {
    head: std::io::Cursor<Vec<u8>>,
    left: u64,
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.head.read(into)?;
        if count > 0 {
            return Ok(count);
        }
        let count = usize::try_from(self.left.min(into.len() as u64)).expect("small");
        into[..count].fill(b'x');
        self.left -= count as u64;
        Ok(count)
    }
}

#[test]
fn more_than_any_mail_server_carries_is_heard_out_and_cut() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    let head = filled("plain", &[("from", EVA), ("reply", &reply), ("id", "endless")]);
    let before = office.state().received.len();
    let said = office.world.run_in(&split("mail receive --json"), "", |io| {
        io.stdin = std::cell::RefCell::new(Box::new(Endless { head: std::io::Cursor::new(head), left: 70_000_000 }));
    });
    let json = said.well().json();
    assert_eq!((&json["outcome"], &json["order_no"]), (&"doubtful".into(), &"NK-FRO-0001".into()), "{json}");
    assert_eq!(json["why"], "it is larger than 64 MB, and only its beginning is kept");
    assert_eq!(office.state().received.len(), before + 1);
    assert_eq!(office.kept(json["kept"].as_str().expect("a name")).len(), 1_000_000);
}

#[test]
fn the_same_message_is_taken_once() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    let message = filled("two_files", &[("reply", &reply)]);
    let (_, state) = office.deliver(&message, "");
    assert_eq!((state.comments.len(), state.documents.len()), (1, 1));
    let (said, state) = office.deliver(&message, "--json");
    assert_eq!((said.json()["action"].as_str(), said.json()["changed"].as_bool()), (Some("unchanged"), Some(false)));
    assert_eq!(state, Default::default());
    // Also when a server on the way wrote more heads above it.
    let again = [b"Received: from elsewhere\n".as_slice(), &message].concat();
    assert_eq!(office.deliver(&again, "").1, Default::default());
    // Without an id, its bytes tell.
    let nameless = format!("From: {EVA}\nTo: {reply}\n\nOnce.\n");
    assert_eq!(office.deliver(nameless.as_bytes(), "").1.comments.len(), 1);
    assert_eq!(office.deliver(nameless.as_bytes(), "").1, Default::default());
    let other = format!("From: {EVA}\nTo: {reply}\n\nTwice.\n");
    assert_eq!(office.deliver(other.as_bytes(), "").1.comments.len(), 1);
}

#[test]
fn of_two_deliveries_at_once_one_is_taken() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    for round in 0..4 {
        let id = format!("race-{round}");
        office.world.file("message.eml", filled("plain", &[("from", EVA), ("reply", &reply), ("id", &id)]));
        let before = office.state().comments.len();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| office.world.run("mail receive message.eml --wait 30").well());
            }
        });
        assert_eq!(office.state().comments.len(), before + 1);
    }
}

#[test]
fn more_than_thirty_in_an_hour_are_a_loop() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    let send = |id: &str| {
        let (_, state) = office.deliver_file("plain", &[("from", EVA), ("reply", &reply), ("id", id)]);
        state.received[0][0].clone()
    };
    for number in 0..30 {
        assert_eq!(send(&format!("many-{number}")), "taken", "{number}");
    }
    assert_eq!(send("one-more"), "doubtful");
    office.world.clock.advance(3_601);
    assert_eq!(send("later"), "taken");
}

#[test]
fn doubtful_messages_do_not_flood_the_company() {
    let office = Office::new();
    let mut letters = 0;
    for number in 0..40 {
        let id = format!("doubt-{number}");
        let places = [("from", "x@y.example"), ("reply", "reply@portal.test"), ("id", id.as_str())];
        letters += office.deliver_file("plain", &places).1.outbox.len();
    }
    assert_eq!(letters, 30);
    let list = office.world.run("mail received list --outcome doubtful -o id").well().out;
    assert_eq!(list.lines().count(), 40);
}

#[test]
fn what_is_kept_is_for_its_owner_alone() {
    let office = Office::new();
    let places = [("from", "x@y.example"), ("reply", "reply@portal.test"), ("id", "kept")];
    let (_, state) = office.deliver_file("plain", &places);
    let folder = office.world.path().join("frontdesk-data/received");
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join(format!("{}.eml", state.received[0][2]))), 0o600);
    assert_eq!(office.kept(&state.received[0][2]), filled("plain", &places));
    assert_eq!(std::fs::read_dir(folder).expect("a folder").count(), 1);
}

#[test]
fn a_mail_server_is_told_to_come_again_and_nothing_is_lost() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    let message =
        String::from_utf8(filled("plain", &[("from", EVA), ("reply", &reply), ("id", "again")])).expect("text");
    let receive = |flags: &str| office.world.run_with(&format!("mail receive {flags}"), &message);
    let database = office.world.path().join("frontdesk-data/frontdesk.db");
    let other = rusqlite::Connection::open(database).expect("the database");
    other.execute_batch("BEGIN IMMEDIATE").expect("a writer");
    receive("--wait 0").fails(75, "[busy]");
    other.execute_batch("ROLLBACK").expect("an end");
    // Whatever else is wrong with the house, the message waits where it is.
    receive("--data-dir nowhere").fails(75, "there is no frontdesk database");
    office.world.file("bad.toml", "[mail]\nreply_adress = 'x'\n");
    receive("--config bad.toml").fails(75, "there is no key 'mail.reply_adress'");
    office.world.file("none.toml", format!("data_dir = '{}'\n", office.world.path().join("frontdesk-data").display()));
    receive("--config none.toml").fails(75, "mail.reply_address is not set");
    let places = [("from", "x@y.example"), ("reply", reply.as_str()), ("id", "full")];
    let folder = office.world.path().join("frontdesk-data/received");
    std::fs::write(&folder, "in the way").expect("written");
    let doubtful = String::from_utf8(filled("plain", &places)).expect("text");
    office.world.run_with("mail receive", &doubtful).fails(75, "cannot be written");
    std::fs::remove_file(folder).expect("removed");
    assert!(office.state().received.is_empty() && office.state().comments.is_empty());
    assert!(receive("").well().err.contains("taken"));
    assert!(office.world.run_with("mail receive", &doubtful).well().err.contains("doubtful"));
    // Only a group that is not there is no reason to wait.
    office.world.run("group add other --name Other").well();
    let nobodys = message.replace(&reply, "x@portal.test").replace("again", "nobodys");
    let said = office.world.run_with("mail receive", &nobodys).fails(2, "the message names no group");
    assert!(
        !said.err.contains("other") && !said.err.contains("nordkyl"),
        "a mail server tells it to the sender: {said:?}"
    );
    office.world.run_with("mail receive -g nowhere", &nobodys).fails(3, "nowhere");
    office.world.run_with("mail receive -g nordkyl", &nobodys).well();
}

#[test]
fn the_address_of_the_envelope_comes_before_the_heads() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    let message = filled("plain", &[("from", EVA), ("reply", "hidden@lists.example"), ("id", "envelope")]);
    let (_, state) = office.deliver(&message, &format!("--to {reply}"));
    assert_eq!(state.comments.len(), 1, "{state:?}");
    let delivered = [
        format!("Delivered-To: {reply}\n").as_bytes(),
        &filled("plain", &[("from", EVA), ("reply", "a@b.example"), ("id", "head")]),
    ]
    .concat();
    assert_eq!(office.deliver(&delivered, "").1.comments.len(), 1);
}

#[test]
fn a_dry_run_says_what_would_become_of_it() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    let message = filled("two_files", &[("reply", &reply)]);
    let (said, state) = office.deliver(&message, "--dry-run");
    assert!(said.err.contains("dry run, nothing was changed: received mail from eva@brf.example: taken"), "{said:?}");
    assert_eq!(state, Default::default());
    assert!(!office.world.path().join("frontdesk-data/received").exists());
}
