//! A mail server in its worst moods, and an account of every mail that was queued: sent once, sent twice the same, dead
//! with what the server said, or waiting with the reason.

use std::time::Duration;

use frontdesk::portal::exchange::Request;

use super::office::{LOGIN, are, fates, invite, patient, sign_in_with, towards};
use crate::support::World;
use crate::support::smtp::{Certificate, Fault, Manner, SmtpServer};

const ALL: [&str; 3] = ["ada", "bo", "cy"];

/// Three invitations, and a server that does to them what was told.
fn three(manner: Manner) -> (World, SmtpServer) {
    let server = SmtpServer::start(manner);
    let world = World::nordkyl();
    towards(&world, &server, server.port(), "");
    invite(&world, &ALL);
    (world, server)
}

fn with(faults: Vec<Fault>) -> (World, SmtpServer) {
    three(Manner { faults, ..Manner::default() })
}

/// After the mood has passed everything leaves, and the check has nothing to say.
fn recovers(world: &World, server: &SmtpServer, wanted: &[(&str, &str, i64, usize)]) {
    world.clock.advance(75);
    world.run("mail send").well();
    are(&fates(world, server), wanted);
    let said = world.run("mail list --check").well();
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
}

fn answer(world: &World, server: &SmtpServer, who: &str) -> String {
    fates(world, server)[who].answer.clone()
}

#[test]
fn connections_refused() {
    let (_taken, nobody) = SmtpServer::nobody();
    let (world, server) = with(Vec::new());
    towards(&world, &server, nobody, "");
    world.run("mail send").fails(69, "does not take connections (connection refused)");
    are(&fates(&world, &server), &[("ada", "queued", 1, 0), ("bo", "queued", 0, 0), ("cy", "queued", 0, 0)]);
    assert!(answer(&world, &server, "ada").contains("connection refused"));
    world.run("mail list --check").fails(1, "no mail can leave since 2026-11-22T08:02:00Z: the mail server");
    world.clock.advance(1_200);
    let said = world.run("mail list --check").fails(1, "should have left, the oldest at 2026-11-22T08:02:00Z");
    assert!(!said.err.contains("it was not tried"), "the reason was said: {said:?}");
    assert!(said.err.contains("frontdesk doctor --mail"), "{said:?}");
    towards(&world, &server, server.port(), "");
    recovers(&world, &server, &[("ada", "sent", 2, 1), ("bo", "sent", 1, 1), ("cy", "sent", 1, 1)]);
}

#[test]
fn not_now_and_then_accepted() {
    let (world, server) = with(vec![Fault::To("451 4.7.1 greylisted")]);
    assert!(world.run("mail send").well().err.starts_with("sent 2 mails, 1 to be tried again, 0 given up"));
    are(&fates(&world, &server), &[("ada", "queued", 1, 0), ("bo", "sent", 1, 1), ("cy", "sent", 1, 1)]);
    assert!(answer(&world, &server, "ada").ends_with("451 4.7.1 greylisted"));
    world.run("mail list --check").well();
    recovers(&world, &server, &[("ada", "sent", 2, 1), ("bo", "sent", 1, 1), ("cy", "sent", 1, 1)]);
}

#[test]
fn one_recipient_refused_for_good() {
    let (world, server) = with(vec![Fault::None, Fault::To("550 5.1.1 no such person"), Fault::None]);
    assert!(world.run("mail send").well().err.starts_with("sent 2 mails, 0 to be tried again, 1 given up"));
    let wanted = [("ada", "sent", 1, 1), ("bo", "dead", 1, 0), ("cy", "sent", 1, 1)];
    are(&fates(&world, &server), &wanted);
    assert!(answer(&world, &server, "bo").ends_with("550 5.1.1 no such person"));
    let said = world.run("mail list --check").fails(1, "1 mail died since 2026-11-21T08:02:00Z");
    assert_eq!(said.err.lines().count(), 3, "one reason, the error and its tip: {said:?}");
    assert!(said.err.contains("look at them with: frontdesk mail list --state dead"), "{said:?}");
    world.clock.advance(86_400 + 60);
    world.run("mail list --check").well();
    world.run("mail send").well();
    are(&fates(&world, &server), &wanted);
}

#[test]
fn cut_before_the_confirmation() {
    let (world, server) = with(vec![Fault::None, Fault::CutAfterData]);
    world.run("mail send").well();
    are(&fates(&world, &server), &[("ada", "sent", 1, 1), ("bo", "queued", 1, 1), ("cy", "sent", 1, 1)]);
    assert!(answer(&world, &server, "bo").ends_with("it goes again under the same Message-ID"));
    recovers(&world, &server, &[("ada", "sent", 1, 1), ("bo", "sent", 2, 2), ("cy", "sent", 1, 1)]);
}

#[test]
fn one_byte_a_second() {
    let (world, server) = with(vec![Fault::Drip(Duration::from_secs(1))]);
    // Each byte comes in time, and the whole does not.
    patient(&world, 2);
    world.run("mail send").fails(69, "did not finish within 6 s");
    are(&fates(&world, &server), &[("ada", "queued", 1, 0), ("bo", "queued", 0, 0), ("cy", "queued", 0, 0)]);
    world.run("mail list --check").fails(1, "did not finish within 6 s");
    recovers(&world, &server, &[("ada", "sent", 2, 1), ("bo", "sent", 1, 1), ("cy", "sent", 1, 1)]);
}

#[test]
fn a_banner_that_never_comes() {
    let silent = SmtpServer::start(Manner { greeting: "", ..Manner::default() });
    let (world, server) = with(Vec::new());
    towards(&world, &server, silent.port(), "");
    world.run("mail send").fails(69, "did not answer within 1 s");
    are(&fates(&world, &server), &[("ada", "queued", 1, 0), ("bo", "queued", 0, 0), ("cy", "queued", 0, 0)]);
    towards(&world, &server, server.port(), "");
    recovers(&world, &server, &[("ada", "sent", 2, 1), ("bo", "sent", 1, 1), ("cy", "sent", 1, 1)]);
}

#[test]
fn closing_in_the_middle() {
    let (world, server) = with(vec![Fault::None, Fault::From("421 4.3.2 closing")]);
    world.run("mail send").well();
    are(&fates(&world, &server), &[("ada", "sent", 1, 1), ("bo", "queued", 1, 0), ("cy", "sent", 1, 1)]);
    assert!(answer(&world, &server, "bo").ends_with("421 4.3.2 closing"));
    recovers(&world, &server, &[("ada", "sent", 1, 1), ("bo", "sent", 2, 1), ("cy", "sent", 1, 1)]);
}

#[test]
fn a_wrong_certificate() {
    let wrong = SmtpServer::start(Manner { certificate: Certificate::OtherAuthority, ..Manner::default() });
    let (world, server) = with(Vec::new());
    towards(&world, &wrong, wrong.port(), "");
    for _ in 0..3 {
        world.run("mail send").fails(69, "is not signed by an authority this machine trusts");
        world.clock.advance(30);
    }
    // The attempts do not count: what is wrong is not the mails.
    are(&fates(&world, &wrong), &[("ada", "queued", 0, 0), ("bo", "queued", 0, 0), ("cy", "queued", 0, 0)]);
    world.run("mail list --check").fails(1, "no mail can leave since 2026-11-22T08:02:00Z: the certificate");
    towards(&world, &server, server.port(), "");
    recovers(&world, &server, &[("ada", "sent", 1, 1), ("bo", "sent", 1, 1), ("cy", "sent", 1, 1)]);
}

#[test]
fn a_wrong_password() {
    let (world, server) = three(Manner { login: Some(LOGIN), ..Manner::default() });
    let secret = world.path().join("smtp-password");
    towards(&world, &server, server.port(), &format!("user = \"portal\"\npassword_file = {secret:?}\n"));
    sign_in_with(&world, "another");
    world.run("mail send").fails(69, "does not accept the login 'portal'");
    are(&fates(&world, &server), &[("ada", "queued", 0, 0), ("bo", "queued", 0, 0), ("cy", "queued", 0, 0)]);
    let said = world.run("mail list --check --json").fails(1, "does not accept the login");
    assert!(!said.err.contains("another") && !said.err.contains(LOGIN.1), "{said:?}");
    let error: serde_json::Value = serde_json::from_str(&said.err).expect("one object");
    let report = &error["error"]["report"];
    assert_eq!((&report["ok"], &report["queued"], &report["dead"]), (&false.into(), &3.into(), &0.into()));
    assert_eq!(report["stop"]["since"], "2026-11-22T08:02:00Z");
    sign_in_with(&world, LOGIN.1);
    recovers(&world, &server, &[("ada", "sent", 1, 1), ("bo", "sent", 1, 1), ("cy", "sent", 1, 1)]);
}

/// Liveness stays, and a second line says how it goes with mail: without the reason, which may name an address.
#[test]
fn health_says_that_mail_waits_and_not_why() {
    let (_taken, nobody) = SmtpServer::nobody();
    let (world, server) = with(Vec::new());
    let mut visitor = world.visitor("nordkyl");
    let mut health = || visitor.send(Request::get("/healthz"));
    assert_eq!(health().has_status(200).text(), "ok 2026-11-22T08:02:00Z\nmail: ok\n");
    towards(&world, &server, nobody, "");
    world.run("mail send").fails(69, "no mail can leave");
    world.clock.advance(600);
    let said = health();
    assert_eq!(said.has_status(200).text(), "ok 2026-11-22T08:12:00Z\nmail: waiting since 2026-11-22T08:02:00Z\n");
    // With nothing left to wait there is nothing to say.
    world.run("mail cancel --all --yes").well();
    assert_eq!(health().text(), "ok 2026-11-22T08:12:00Z\nmail: ok\n");
    world.run("mail list --check").well();
}

/// A mail that nobody carries is late after a while; one that is held back is not.
#[test]
fn mail_that_nobody_carries_is_late() {
    let (world, server) = with(Vec::new());
    world.run("mail list --check").well();
    world.clock.advance(15 * 60 - 1);
    world.run("mail list --check").well();
    world.run("mail list --check --max-age 10m").fails(1, "3 mails should have left");
    world.clock.advance(1);
    world.run("mail list --check").fails(1, "the oldest at 2026-11-22T08:02:00Z; it was not tried");
    world.run("mail list --max-age 10m").fails(2, "--check");
    world.run("mail list --check --state dead").fails(2, "cannot be used with");
    world.run("mail list --check --max-age soon").fails(2, "'soon' is not a length of time such as 15m, 2h, 3d or 1w");
    recovers(&world, &server, &[("ada", "sent", 1, 1), ("bo", "sent", 1, 1), ("cy", "sent", 1, 1)]);
}

/// What is kept of a mail cannot be read: it is set aside with the reason, and the next one goes out.
#[test]
fn a_mail_that_cannot_be_read_stands_in_nobodys_way() {
    let (world, server) = with(Vec::new());
    let database = rusqlite::Connection::open(world.path().join("frontdesk-data/frontdesk.db")).expect("the database");
    database.execute("UPDATE outbox SET letter = '{\"kind\":\"odd\"' WHERE id = 1", ()).expect("spoilt");
    drop(database);
    assert!(world.run("mail list").well().out.contains("ada@brf.example"));
    assert!(world.run("mail send").well().err.starts_with("sent 2 mails, 0 to be tried again, 1 given up"));
    are(&fates(&world, &server), &[("ada", "dead", 0, 0), ("bo", "sent", 1, 1), ("cy", "sent", 1, 1)]);
    assert!(answer(&world, &server, "ada").starts_with("the mail cannot be read: "));
    world.run("mail show 1").well();
    let audit = world.run("audit list --json --where action=mail.given_up").well().json();
    assert_eq!(audit[0]["subject"], "invite to ada@brf.example");
    world.run("mail retry 1").well();
    world.run("mail send").well();
    are(&fates(&world, &server), &[("ada", "dead", 0, 0), ("bo", "sent", 1, 1), ("cy", "sent", 1, 1)]);
}
