//! The mailer is killed between the server's confirmation and its own mark: the mail goes once more, the same to the byte.

use std::sync::{Arc, Barrier};
use std::time::Duration;

use super::office::{are, fates, invite, patient, towards};
use crate::support::World;
use crate::support::program::Program;
use crate::support::smtp::{Fault, Manner, SmtpServer};

#[test]
fn a_mailer_killed_before_its_mark_sends_one_duplicate_at_most() {
    let meeting = Arc::new(Barrier::new(2));
    let server = SmtpServer::start(Manner { faults: vec![Fault::Meet(Arc::clone(&meeting))], ..Manner::default() });
    let world = World::nordkyl_today();
    towards(&world, &server, server.port(), "");
    patient(&world, 30);
    invite(&world, &["ada"]);
    // It waits for the database longer than the test needs to kill it.
    let mut mailer = Program::in_world(&world, &["mail", "send", "--wait", "60"]);
    // The server has the message and has not confirmed it. From here on the mailer cannot write its mark.
    meeting.wait();
    let other = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    other.execute_batch("BEGIN IMMEDIATE").expect("a writer");
    meeting.wait();
    // It is confirmed.
    meeting.wait();
    std::thread::sleep(Duration::from_millis(300));
    assert!(mailer.try_wait().expect("a process").is_none(), "the mailer ended by itself");
    mailer.kill().expect("killed");
    mailer.wait().expect("ended");
    other.execute_batch("ROLLBACK").expect("an end");
    drop(other);

    are(&fates(&world, &server), &[("ada", "queued", 1, 1)]);
    // The lease still holds: nobody else takes the mail.
    assert!(world.run("mail send").well().err.starts_with("unchanged 0 mails"));
    are(&fates(&world, &server), &[("ada", "queued", 1, 1)]);
    // It lasts for three times the timeout and a minute more.
    world.clock.advance(3 * 30 + 60 + 60);
    assert!(world.run("mail send").well().err.starts_with("sent 1 mails"));
    are(&fates(&world, &server), &[("ada", "sent", 2, 2)]);
    world.clock.advance(3_600);
    world.run("mail send").well();
    are(&fates(&world, &server), &[("ada", "sent", 2, 2)]);
}
