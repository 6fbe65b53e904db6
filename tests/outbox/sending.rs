//! The mail server in every mood, and what the outbox is told.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use frontdesk::clock::Moment;
use frontdesk::config::{Mail, Tls, Transport};
use frontdesk::outbox::letter::{Brand, Letter, LetterKind, LetterLinks};
use frontdesk::outbox::message::{self, Heads, Message};
use frontdesk::outbox::render::render;
use frontdesk::outbox::sender::{Outcome, Sender};
use frontdesk::text::{Colour, Email, Lang, Line, Slug, Zone};
use tempfile::TempDir;

use crate::support::mime::Parsed;
use crate::support::smtp::{Certificate, Fault, Manner, SmtpServer, Wire};

const BASE: &str = "https://portal.nordkyl.example";
const PASSWORD: &str = "canary-password";

fn brand() -> Brand {
    Brand {
        name: Line::parse("Nordkyl Kyla & Värme AB").expect("a name"),
        slug: Slug::parse("nordkyl").expect("a slug"),
        colour: Colour::parse("#0a5c3a").expect("a colour"),
        phone: None,
        reply_to: Some(Email::parse("service@nordkyl.example").expect("an address")),
        lang: Lang::Sv,
        zone: Zone::parse("Europe/Stockholm").expect("a zone"),
    }
}

fn written(kind: LetterKind, id: i64) -> Message {
    let now = Moment::from_unix(1_795_334_520);
    let letter = Letter::example(kind, now).expect("an example");
    let links =
        LetterLinks { action: format!("{BASE}/g/nordkyl/orders/NK-FRO-0142"), off: Some(format!("{BASE}/off/1")) };
    let brand = brand();
    let thread = letter.order().map(|order| message::thread_id(&brand, order.number.as_str(), BASE));
    let heads = Heads {
        brand: &brand,
        from: Some(&Email::parse("noreply@nordkyl.example").expect("an address")),
        base_url: BASE,
        to: &Email::parse("eva@brf.example").expect("an address"),
        message_id: &message::message_id(&format!("letter-{id}"), BASE),
        thread: thread.as_deref(),
        date: now,
        off: links.off.as_deref(),
    };
    message::compose(&heads, &render(&letter, &brand, Lang::Sv, &links)).expect("a message")
}

/// A sender for a server, with what it needs on disk for as long as the test lasts.
struct Desk {
    sender: Sender,
    folder: TempDir,
}

impl Desk {
    fn towards(server: &SmtpServer, tls: Tls, change: impl FnOnce(&mut Mail)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let ca_file = folder.path().join("authority.pem");
        fs::write(&ca_file, server.authority()).expect("a file");
        let mut mail = Mail {
            transport: Transport::Smtp,
            host: "localhost".into(),
            port: server.port(),
            tls,
            ca_file,
            timeout_seconds: 5,
            ..Mail::default()
        };
        change(&mut mail);
        if !mail.user.is_empty() {
            mail.password_file = folder.path().join("password");
            fs::write(&mail.password_file, format!("{PASSWORD}\n")).expect("a file");
            fs::set_permissions(&mail.password_file, fs::Permissions::from_mode(0o600)).expect("a mode");
        }
        let sender = Sender::from_config(&mail, BASE, folder.path()).expect("a sender");
        Self { sender, folder }
    }

    fn sends(&self, id: i64) -> Outcome {
        self.sender.send(&written(LetterKind::OrderStatus, id))
    }
}

fn later(outcome: Outcome) -> String {
    match outcome {
        Outcome::Later { why } => why,
        other => panic!("not later: {other:?}"),
    }
}

fn never(outcome: Outcome) -> String {
    match outcome {
        Outcome::Never { why } => why,
        other => panic!("not never: {other:?}"),
    }
}

fn paused(outcome: Outcome) -> String {
    match outcome {
        Outcome::Paused { why } => why,
        other => panic!("not paused: {other:?}"),
    }
}

fn sent(outcome: Outcome) -> String {
    match outcome {
        Outcome::Sent { answer } => answer,
        other => panic!("not sent: {other:?}"),
    }
}

#[test]
fn a_message_arrives_encrypted_signed_in_and_whole() {
    for (wire, tls) in [(Wire::Starttls, Tls::Starttls), (Wire::Tls, Tls::Tls)] {
        for mechanisms in ["PLAIN LOGIN", "LOGIN"] {
            let login = Some(("nordkyl", PASSWORD));
            let server = SmtpServer::start(Manner { wire, login, mechanisms, ..Manner::default() });
            let desk = Desk::towards(&server, tls, |mail| mail.user = "nordkyl".into());
            assert_eq!(sent(desk.sends(17)), "250 2.0.0 queued as [31m1");
            let deliveries = server.deliveries();
            let [delivery] = &deliveries[..] else { panic!("{} deliveries", deliveries.len()) };
            assert_eq!(delivery.from, "noreply@nordkyl.example");
            assert_eq!(delivery.to, ["eva@brf.example"]);
            assert_eq!(delivery.user.as_deref(), Some("nordkyl"));
            assert!(delivery.encrypted);
            assert_eq!(
                delivery.message.trim_ascii_end(),
                written(LetterKind::OrderStatus, 17).bytes().trim_ascii_end()
            );
        }
    }
}

#[test]
fn a_reader_finds_the_heads_and_both_parts() {
    let server = SmtpServer::start(Manner::default());
    sent(Desk::towards(&server, Tls::Starttls, |_| ()).sends(17));
    let mail = Parsed::read(&server.deliveries()[0].message);
    assert_eq!(mail.head("From"), "\"Nordkyl Kyla & Värme AB\" <noreply@nordkyl.example>");
    assert_eq!(mail.head("Reply-To"), "service@nordkyl.example");
    assert_eq!(mail.head("To"), "eva@brf.example");
    assert_eq!(mail.head("Subject"), "Order NK-FRO-0142 planerad: Compressor 2 leaks oil");
    assert_eq!(mail.head("Message-ID"), "<letter-17@portal.nordkyl.example>");
    assert_eq!(mail.head("References"), "<order-nordkyl-NK-FRO-0142@portal.nordkyl.example>");
    assert_eq!(mail.head("In-Reply-To"), mail.head("References"));
    assert_eq!(mail.head("Auto-Submitted"), "auto-generated");
    assert_eq!(mail.head("Date"), "Sun, 22 Nov 2026 08:02:00 +0000");
    assert_eq!(mail.head("List-Unsubscribe"), format!("<{BASE}/off/1>"));
    assert_eq!(mail.head("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert!(!mail.has("Cc") && !mail.has("Bcc"));
    assert!(mail.head("Content-Type").starts_with("multipart/alternative"));
    let [plain, html] = &mail.parts[..] else { panic!("{} parts", mail.parts.len()) };
    assert!(plain.head("Content-Type").starts_with("text/plain; charset=utf-8"));
    assert!(html.head("Content-Type").starts_with("text/html; charset=utf-8"));
    for part in [plain, html] {
        assert!(part.text.contains("Anläggning") && part.text.contains("Hus B"), "{}", part.text);
        assert!(part.text.contains(&format!("{BASE}/g/nordkyl/orders/NK-FRO-0142")), "{}", part.text);
        assert!(part.text.contains("Brf Fröjden"), "{}", part.text);
    }
    assert!(plain.text.starts_with("Hej Eva Lind,\n\n"), "{}", plain.text);
    assert!(html.text.starts_with("<!DOCTYPE html>") && html.text.trim_end().ends_with("</html>"), "{}", html.text);
}

#[test]
fn one_connection_serves_many_messages_and_a_cut_one_is_replaced() {
    let server = SmtpServer::start(Manner::default());
    let desk = Desk::towards(&server, Tls::Starttls, |_| ());
    for id in 1..=5 {
        sent(desk.sends(id));
    }
    assert_eq!(server.connections(), 1);
    server.cut_all();
    sent(desk.sends(6));
    assert_eq!((server.connections(), server.deliveries().len()), (2, 6));
    desk.sender.hang_up();
    sent(desk.sends(7));
    assert_eq!((server.connections(), server.deliveries().len()), (3, 7));
}

#[test]
fn refusals_of_a_moment_come_again_later() {
    let faults = vec![
        Fault::To("451 4.7.1 greylisted,\u{7} try again"),
        Fault::None,
        Fault::Content("452 4.3.1 no room"),
        Fault::From("421 4.3.2 closing"),
    ];
    let server = SmtpServer::start(Manner { faults, ..Manner::default() });
    let desk = Desk::towards(&server, Tls::Starttls, |_| ());
    let name = format!("the mail server 'localhost:{}'", server.port());
    let why = later(desk.sends(1));
    assert_eq!(why, format!("{name} asks to try again later for 'eva@brf.example': 451 4.7.1 greylisted, try again"));
    assert_eq!(sent(desk.sends(1)), "250 2.0.0 queued as [31m1");
    assert_eq!(later(desk.sends(2)), format!("{name} asks to try again later: 452 4.3.1 no room"));
    assert_eq!(server.connections(), 1, "a refusal leaves the connection");
    assert_eq!(later(desk.sends(2)), format!("{name} asks to try again later: 421 4.3.2 closing"));
    sent(desk.sends(2));
    assert_eq!((server.connections(), server.deliveries().len()), (2, 2));
}

#[test]
fn refusals_for_good_end_this_mail_and_not_the_next() {
    let faults = vec![Fault::To("550 5.1.1 no such person"), Fault::Content("554 5.6.0 not wanted"), Fault::None];
    let server = SmtpServer::start(Manner { faults, ..Manner::default() });
    let desk = Desk::towards(&server, Tls::Starttls, |_| ());
    let name = format!("the mail server 'localhost:{}'", server.port());
    let why = never(desk.sends(1));
    assert_eq!(why, format!("{name} does not accept the recipient 'eva@brf.example': 550 5.1.1 no such person"));
    assert_eq!(never(desk.sends(2)), format!("{name} does not accept the message: 554 5.6.0 not wanted"));
    sent(desk.sends(3));
    assert_eq!((server.connections(), server.deliveries().len()), (1, 1));
}

#[test]
fn refusals_that_mean_every_mail_make_all_of_them_wait() {
    let faults = vec![
        Fault::From("550 5.7.1 sender not yours"),
        Fault::To("554 5.7.1 Relay access denied"),
        Fault::To("530 5.7.0 sign in first"),
    ];
    let server = SmtpServer::start(Manner { faults, ..Manner::default() });
    let desk = Desk::towards(&server, Tls::Starttls, |_| ());
    let name = format!("the mail server 'localhost:{}'", server.port());
    let why = paused(desk.sends(1));
    assert_eq!(why, format!("{name} does not accept the sender 'noreply@nordkyl.example': 550 5.7.1 sender not yours"));
    assert_eq!(paused(desk.sends(1)), format!("{name} does not pass mail on for us: 554 5.7.1 Relay access denied"));
    assert_eq!(paused(desk.sends(1)), format!("{name} wants a login, and mail.user is empty: 530 5.7.0 sign in first"));
    server.will(Fault::None);
    sent(desk.sends(1));

    let closed = SmtpServer::start(Manner { greeting: "554 5.3.2 no service here", ..Manner::default() });
    let why = paused(Desk::towards(&closed, Tls::Starttls, |_| ()).sends(1));
    assert_eq!(why, format!("the mail server 'localhost:{}' turns us away: 554 5.3.2 no service here", closed.port()));
    let other = SmtpServer::start(Manner { greeting: "SSH-2.0-OpenSSH_9.9", ..Manner::default() });
    let why = paused(Desk::towards(&other, Tls::Starttls, |_| ()).sends(1));
    assert_eq!(why, format!("the mail server 'localhost:{}' does not speak SMTP on that port", other.port()));
}

#[test]
fn a_cut_before_the_confirmation_sends_the_same_message_again() {
    for (wire, tls) in [(Wire::Starttls, Tls::Starttls), (Wire::Clear, Tls::None)] {
        let server = SmtpServer::start(Manner { wire, faults: vec![Fault::CutAfterData], ..Manner::default() });
        let desk = Desk::towards(&server, tls, |_| ());
        let why = later(desk.sends(9));
        assert!(why.ends_with("before it confirmed the message; it goes again under the same Message-ID"), "{why}");
        sent(desk.sends(9));
        let deliveries = server.deliveries();
        assert_eq!(deliveries.len(), 2);
        assert_eq!(deliveries[0].message, deliveries[1].message);
    }
}

#[test]
fn a_server_that_is_away_silent_or_slow_does_not_hold_the_worker() {
    let port = SmtpServer::nobody();
    let server = SmtpServer::start(Manner::default());
    let away = Desk::towards(&server, Tls::Starttls, |mail| mail.port = port);
    assert_eq!(
        later(away.sends(1)),
        format!("the mail server 'localhost:{port}' does not take connections (connection refused)")
    );

    let name = format!("the mail server 'localhost:{}'", server.port());
    let desk = Desk::towards(&server, Tls::Starttls, |mail| mail.timeout_seconds = 1);
    server.will(Fault::Silence);
    let begun = Instant::now();
    assert_eq!(later(desk.sends(1)), format!("{name} did not answer within 1 s"));
    assert!(begun.elapsed() < Duration::from_millis(2_500), "{:?}", begun.elapsed());

    // Each byte comes in time, so only the time of the whole attempt can end it.
    server.will(Fault::Drip(Duration::from_millis(300)));
    let begun = Instant::now();
    assert_eq!(later(desk.sends(1)), format!("{name} did not finish within 3 s"));
    assert!(begun.elapsed() < Duration::from_millis(4_500), "{:?}", begun.elapsed());
    sent(desk.sends(2));
    assert_eq!(server.deliveries().len(), 1, "the attempt that was given up sent nothing");
}

#[test]
fn a_certificate_that_cannot_be_trusted_makes_all_mail_wait() {
    for (wire, tls) in [(Wire::Starttls, Tls::Starttls), (Wire::Tls, Tls::Tls)] {
        for (certificate, end) in [
            (Certificate::OtherName, "does not bear the name 'localhost'"),
            (
                Certificate::OtherAuthority,
                "is not signed by an authority this machine trusts; a private one goes into mail.ca_file",
            ),
            (Certificate::Expired, "has expired"),
        ] {
            let login = Some(("nordkyl", PASSWORD));
            let server = SmtpServer::start(Manner { wire, certificate, login, ..Manner::default() });
            let desk = Desk::towards(&server, tls, |mail| mail.user = "nordkyl".into());
            let name = format!("the certificate of the mail server 'localhost:{}'", server.port());
            assert_eq!(paused(desk.sends(1)), format!("{name} {end}"));
            assert!(server.deliveries().is_empty());
        }
    }
    // Without the extra authority the right certificate is not enough either.
    let server = SmtpServer::start(Manner::default());
    let desk = Desk::towards(&server, Tls::Starttls, |mail| mail.ca_file.clear());
    assert!(paused(desk.sends(1)).contains("is not signed by an authority this machine trusts"));
}

#[test]
fn mail_never_goes_in_the_clear_unless_to_this_machine_itself() {
    let server = SmtpServer::start(Manner { wire: Wire::Clear, ..Manner::default() });
    let name = format!("the mail server 'localhost:{}'", server.port());
    let desk = Desk::towards(&server, Tls::Starttls, |_| ());
    assert_eq!(paused(desk.sends(1)), format!("{name} does not offer STARTTLS, and mail never goes in the clear"));
    let desk = Desk::towards(&server, Tls::Tls, |_| ());
    assert_eq!(paused(desk.sends(1)), format!("{name} does not speak TLS on that port; is mail.tls right?"));
    assert!(server.deliveries().is_empty());
    sent(Desk::towards(&server, Tls::None, |_| ()).sends(1));
    let mail =
        Mail { transport: Transport::Smtp, host: "mail.nordkyl.example".into(), tls: Tls::None, ..Mail::default() };
    let error = Sender::from_config(&mail, BASE, desk.folder.path()).expect_err("not this machine");
    assert_eq!(error.message(), "mail.tls is none, but 'mail.nordkyl.example' is not this machine");
}

#[test]
fn a_wrong_password_makes_all_mail_wait_and_is_shown_nowhere() {
    let login = Some(("nordkyl", "another-password"));
    for mechanisms in ["PLAIN", "LOGIN"] {
        let server = SmtpServer::start(Manner { login, mechanisms, ..Manner::default() });
        let desk = Desk::towards(&server, Tls::Starttls, |mail| mail.user = "nordkyl".into());
        let why = paused(desk.sends(1));
        let begin = format!(
            "the mail server 'localhost:{}' does not accept the login 'nordkyl': 535 5.7.8 wrong: AUTH {mechanisms}",
            server.port()
        );
        assert!(why.starts_with(&begin), "{why}");
        let coded = data_encoding::BASE64.encode(format!("\0nordkyl\0{PASSWORD}").as_bytes());
        assert!(!why.contains(PASSWORD) && !why.contains(&coded), "{why}");
        assert!(!format!("{:?}", desk.sender).contains(PASSWORD));
    }
    let server = SmtpServer::start(Manner { login, mechanisms: "XOAUTH9", ..Manner::default() });
    let desk = Desk::towards(&server, Tls::Starttls, |mail| mail.user = "nordkyl".into());
    assert!(paused(desk.sends(1)).ends_with("offers no way to sign in that we know (PLAIN, LOGIN)"));
    let server = SmtpServer::start(Manner { login, ..Manner::default() });
    let desk = Desk::towards(&server, Tls::Starttls, |_| ());
    assert!(paused(desk.sends(1)).ends_with("wants a login, and mail.user is empty: 530 5.7.0 sign in first"));
}

#[test]
fn a_host_that_does_not_exist_makes_all_mail_wait() {
    let server = SmtpServer::start(Manner::default());
    let desk = Desk::towards(&server, Tls::Starttls, |mail| mail.host = "mail.nordkyl.invalid".into());
    let why = paused(desk.sends(1));
    assert!(why.contains("'mail.nordkyl.invalid:") && why.contains("cannot be found under that name"), "{why}");
}

#[test]
fn probing_signs_in_and_sends_nothing() {
    let server = SmtpServer::start(Manner { login: Some(("nordkyl", PASSWORD)), ..Manner::default() });
    let desk = Desk::towards(&server, Tls::Starttls, |mail| mail.user = "nordkyl".into());
    assert_eq!(sent(desk.sender.probe()), "250 2.0.0 ok");
    assert_eq!((server.connections(), server.deliveries().len()), (1, 0));
    let server = SmtpServer::start(Manner { faults: vec![Fault::Hello("550 5.0.0 go away")], ..Manner::default() });
    let desk = Desk::towards(&server, Tls::Starttls, |_| ());
    assert!(paused(desk.sender.probe()).ends_with("turns us away: 550 5.0.0 go away"));
}

#[test]
fn a_missing_or_empty_authority_is_said_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("authority.pem");
    let mail = Mail { transport: Transport::Smtp, host: "localhost".into(), ca_file: file.clone(), ..Mail::default() };
    let refused = || Sender::from_config(&mail, BASE, folder.path()).expect_err("no authority").message().to_owned();
    assert!(refused().contains("cannot be read"), "{}", refused());
    fs::write(&file, "not a certificate").expect("a file");
    assert!(refused().ends_with("holds no certificate in PEM"), "{}", refused());
}

#[test]
fn files_are_whole_private_and_one_for_each_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let sender = Sender::from_config(&Mail::default(), BASE, folder.path()).expect("a sender");
    let letter = written(LetterKind::Invite, 17);
    let path = folder.path().join("mail/letter-17.eml");
    assert_eq!(sent(sender.send(&letter)), path.display().to_string());
    sent(sender.send(&letter));
    assert_eq!(fs::read(&path).expect("a file"), letter.bytes());
    let mode = |path: &std::path::Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(&folder.path().join("mail"))), (0o600, 0o700));
    assert_eq!(fs::read_dir(folder.path().join("mail")).expect("a folder").count(), 1);
    let mail = Parsed::read(&fs::read(&path).expect("a file"));
    assert_eq!(mail.head("Subject"), "Ditt konto hos Nordkyl Kyla & Värme AB: välj ett lösenord");

    let blocked = folder.path().join("blocked");
    fs::write(&blocked, "a file where the folder should be").expect("a file");
    let sender = Sender::from_config(&Mail::default(), BASE, &blocked).expect("a sender");
    assert!(paused(sender.send(&letter)).contains("mail cannot be written into the folder"));
}

#[test]
fn switched_off_mail_waits() {
    let folder = tempfile::tempdir().expect("a folder");
    let mail = Mail { transport: Transport::Off, ..Mail::default() };
    let sender = Sender::from_config(&mail, BASE, folder.path()).expect("a sender");
    assert!(paused(sender.send(&written(LetterKind::Test, 1))).starts_with("mail is switched off"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
