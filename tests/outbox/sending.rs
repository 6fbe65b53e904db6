//! Mails that leave: over the wire, into files, or not at all.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use frontdesk::config::{Mail, Tls, Transport};
use frontdesk::outbox::letter::LetterKind;
use frontdesk::outbox::sender::Sender;

use super::desk::{BASE, Desk, PASSWORD, paused, sent, written};
use crate::support::mime::Parsed;
use crate::support::smtp::{Fault, Manner, SmtpServer, Wire};

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
    assert_eq!(mail.head("From"), "Nordkyl Kyla & Värme AB <noreply@nordkyl.example>");
    assert_eq!(mail.head("Reply-To"), "service@nordkyl.example");
    assert_eq!(mail.head("To"), "eva@brf.example");
    assert_eq!(mail.head("Subject"), "Ärende NK-FRO-0142 planerat: Compressor 2 leaks oil");
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
    assert!(plain.text.starts_with("Hej Eva Lind!\n\n"), "{}", plain.text);
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
    assert_eq!(sent(sender.send(&letter)), "mail/letter-17.eml");
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
