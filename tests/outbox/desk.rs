//! A letter to send, a sender to try, and the outcomes taken apart.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use frontdesk::clock::Moment;
use frontdesk::config::{Mail, Tls, Transport};
use frontdesk::outbox::letter::{Brand, Letter, LetterKind, LetterLinks};
use frontdesk::outbox::message::{self, Heads, Message};
use frontdesk::outbox::render::render;
use frontdesk::outbox::sender::{Outcome, Sender};
use frontdesk::text::{Colour, Email, Lang, Line, Slug, Zone};
use tempfile::TempDir;

use crate::support::smtp::SmtpServer;

/// The portal in all of these mails.
pub const BASE: &str = "https://portal.nordkyl.example";
/// The password that is in the password file.
pub const PASSWORD: &str = "canary-password";

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

/// The example letter of a kind as a message.
pub fn written(kind: LetterKind, id: i64) -> Message {
    let now = Moment::from_unix(1_795_334_520);
    let letter = Letter::example(kind, now).expect("an example");
    let links = LetterLinks {
        action: format!("{BASE}/g/nordkyl/orders/NK-FRO-0142"),
        off: Some(format!("{BASE}/off/1")),
        ..LetterLinks::default()
    };
    let brand = brand();
    let thread = letter.order().map(|order| message::thread_id(&brand, order.number.as_str(), BASE));
    let heads = Heads {
        brand: &brand,
        from: Some(&Email::parse("noreply@nordkyl.example").expect("an address")),
        base_url: BASE,
        to: &Email::parse("eva@brf.example").expect("an address"),
        message_id: &message::message_id(&format!("letter-{id}"), BASE),
        reply_to: None,
        thread: thread.as_deref(),
        date: now,
        off: links.off.as_deref(),
    };
    message::compose(&heads, &render(&letter, &brand, Lang::Sv, &links)).expect("a message")
}

/// A sender for a server, with what it needs on disk for as long as the test lasts.
pub struct Desk {
    /// What is tried.
    pub sender: Sender,
    /// Where its files are.
    pub folder: TempDir,
}

impl Desk {
    /// Configured for the server, with changes.
    pub fn towards(server: &SmtpServer, tls: Tls, change: impl FnOnce(&mut Mail)) -> Self {
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

    /// Tries to send an order's mail with this id.
    pub fn sends(&self, id: i64) -> Outcome {
        self.sender.send(&written(LetterKind::OrderStatus, id))
    }
}

/// The sentence, if the outcome is this one.
pub fn later(outcome: Outcome) -> String {
    match outcome {
        Outcome::Later { why, .. } => why,
        other => panic!("not later: {other:?}"),
    }
}

/// The sentence, if the outcome is this one.
pub fn never(outcome: Outcome) -> String {
    match outcome {
        Outcome::Never { why } => why,
        other => panic!("not never: {other:?}"),
    }
}

/// The sentence, if the outcome is this one.
pub fn paused(outcome: Outcome) -> String {
    match outcome {
        Outcome::Paused { why } => why,
        other => panic!("not paused: {other:?}"),
    }
}

/// The sentence, if the outcome is this one.
pub fn sent(outcome: Outcome) -> String {
    match outcome {
        Outcome::Sent { answer } => answer,
        other => panic!("not sent: {other:?}"),
    }
}
