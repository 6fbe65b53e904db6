//! The mail server in every mood, and what the outbox is told.

use std::time::{Duration, Instant};

use frontdesk::config::{Mail, Tls, Transport};
use frontdesk::outbox::sender::{Outcome, Sender};

use super::desk::{BASE, Desk, PASSWORD, later, never, paused, sent};
use crate::support::mime::Parsed;
use crate::support::smtp::{Certificate, Fault, Manner, SmtpServer, Wire};

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
    let (_taken, port) = SmtpServer::nobody();
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
    server.will(Fault::Drip(Duration::from_millis(200)));
    let begun = Instant::now();
    assert_eq!(later(desk.sends(1)), format!("{name} did not finish within 3 s"));
    assert!(begun.elapsed() < Duration::from_millis(4_500), "{:?}", begun.elapsed());
    sent(desk.sends(2));
    std::thread::sleep(Duration::from_secs(3));
    let ids: Vec<String> =
        server.deliveries().iter().map(|one| Parsed::read(&one.message).head("Message-ID").into()).collect();
    assert_eq!(ids, ["<letter-2@portal.nordkyl.example>"], "the attempt that was given up stopped before the message");
}

#[test]
fn attempts_that_hang_are_counted_and_not_piled_up() {
    let server =
        SmtpServer::start(Manner { faults: vec![Fault::Drip(Duration::from_millis(500)); 4], ..Manner::default() });
    let desk = Desk::towards(&server, Tls::Starttls, |mail| mail.timeout_seconds = 1);
    std::thread::scope(|scope| {
        for id in 1..=4 {
            let desk = &desk;
            scope.spawn(move || assert!(later(desk.sends(id)).ends_with("did not finish within 3 s")));
        }
    });
    let begun = Instant::now();
    assert!(later(desk.sends(5)).ends_with("still holds 4 earlier conversations open"));
    assert!(begun.elapsed() < Duration::from_millis(500));
    server.cut_all();
    let open = (0..100).find(|_| {
        std::thread::sleep(Duration::from_millis(50));
        matches!(desk.sends(5), Outcome::Sent { .. })
    });
    assert!(open.is_some(), "mail goes on when the old conversations have ended");
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
    // A label of 64 letters is known to be wrong without asking a name server.
    let host = format!("{}.example", "m".repeat(64));
    let server = SmtpServer::start(Manner::default());
    let desk = Desk::towards(&server, Tls::Starttls, |mail| mail.host = host.clone());
    let why = paused(desk.sends(1));
    assert!(why.contains(&format!("'{host}:")) && why.contains("cannot be found under that name"), "{why}");
}
