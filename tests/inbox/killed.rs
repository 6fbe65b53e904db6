//! The program as a mail server runs it: through a pipe, killed at any moment, and run again.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::office::{Office, filled};

const EVA: &str = "eva@brf.example";

/// Starts the program with a message on its standard input, as Postfix does.
fn handed_over(office: &Office, to: &str, message: &[u8]) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .args(["-q", "mail", "receive", "--to", to])
        .env_clear()
        .env("XDG_CONFIG_HOME", office.world.path().join("etc"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a child");
    // It may be dead before it has read everything.
    let _ = child.stdin.take().expect("its input").write_all(message);
    child
}

#[test]
fn a_mail_server_hears_nothing_when_all_is_well() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    let message = filled("plain", &[("from", EVA), ("reply", "hidden@x.example"), ("id", "pipe")]);
    let done = handed_over(&office, &reply, &message).wait_with_output().expect("ended");
    assert!(done.status.success() && done.stdout.is_empty() && done.stderr.is_empty(), "{done:?}");
    assert_eq!(office.state().comments.len(), 1);
}

#[test]
fn killed_at_any_moment_and_brought_again_it_is_taken_once() {
    let office = Office::new();
    let reply = office.reply(EVA, "NK-FRO-0001");
    for round in 0..16 {
        let text = String::from_utf8(filled("path_in_name", &[("reply", &reply)])).expect("text");
        let message = text.replace("<path-1@", &format!("<killed-{round}@"));
        let before = office.state();
        let mut child = handed_over(&office, &reply, message.as_bytes());
        std::thread::sleep(Duration::from_micros(RandomState::new().build_hasher().finish() % 120_000));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let done = handed_over(&office, &reply, message.as_bytes()).wait_with_output().expect("ended");
        assert!(done.status.success(), "{done:?}");
        let after = office.state();
        let more = (after.comments.len() - before.comments.len(), after.documents.len() - before.documents.len());
        assert_eq!(more, (1, 2), "round {round}");
        assert_eq!(after.received.len(), before.received.len() + 1, "round {round}");
        let letters = |to: &str| after.outbox[before.outbox.len()..].iter().filter(|[_, one]| one == to).count();
        assert!(letters("rita@nordkyl.example") <= 1 && letters(EVA) == 0, "round {round}: {after:?}");
    }
}
