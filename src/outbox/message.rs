//! A rendered letter becomes a message as mail servers carry it: one recipient, own `Message-ID`, the same bytes each time.

use std::net::IpAddr;
use std::time::{Duration, UNIX_EPOCH};

use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use crate::clock::Moment;
use crate::error::{Error, Result};
use crate::outbox::letter::Brand;
use crate::outbox::render::Rendered;
use crate::text::{Email, is_unprintable};

/// Everything on the envelope and in the heads of a message.
#[derive(Clone, Debug)]
pub struct Heads<'a> {
    /// Who writes: the name people see, and where answers go if nothing else is said.
    pub brand: &'a Brand,
    /// The configured sender; without one it is `frontdesk@` and the host of `base_url`.
    pub from: Option<&'a Email>,
    /// The configured address of the portal.
    pub base_url: &'a str,
    /// The one recipient.
    pub to: &'a Email,
    /// See [`message_id`]; without angle brackets.
    pub message_id: &'a str,
    /// Where answers go; without one, to the reply address of the group.
    pub reply_to: Option<&'a Email>,
    /// The id of the thread this belongs to, see [`thread_id`]; without angle brackets.
    pub thread: Option<&'a str>,
    /// When the letter was written; the same at each attempt.
    pub date: Moment,
    /// Where one request turns these mails off.
    pub off: Option<&'a str>,
}

/// A message ready to leave.
#[derive(Clone, Debug)]
pub struct Message {
    id: String,
    from: Address,
    to: Address,
    bytes: Vec<u8>,
}

impl Message {
    /// Its `Message-ID`, without angle brackets.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The message as it is sent and stored, lines ending in CR LF.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn from(&self) -> &Address {
        &self.from
    }

    pub(super) fn to(&self) -> &Address {
        &self.to
    }
}

/// The stable id of a letter's message, from the mark it got when it was queued: `20261122-080200-8f3a…@portal.nordkyl.example`.
pub fn message_id(mark: &str, base_url: &str) -> String {
    format!("{mark}@{}", domain(base_url))
}

/// The id that all mails about one order refer to; no message needs to bear it.
pub fn thread_id(brand: &Brand, order: &str, base_url: &str) -> String {
    let order: String = order.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    format!("order-{}-{order}@{}", brand.slug, domain(base_url))
}

/// The host of an address such as `https://portal.nordkyl.example:8443/x`.
pub fn host(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    match place.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((inner, _)) => inner,
        None => place.split(':').next().unwrap_or(place),
    }
}

/// Puts a message together. The same heads and texts give the same bytes.
pub fn compose(heads: &Heads<'_>, rendered: &Rendered) -> Result<Message> {
    let from = sender(heads)?;
    let to = address(heads.to)?;
    let id = head_word(heads.message_id);
    let name = one_line(heads.brand.name.as_str());
    let date = UNIX_EPOCH + Duration::from_secs(u64::try_from(heads.date.unix()).unwrap_or(0));
    let mut builder = lettre::Message::builder()
        .from(Mailbox::new((!name.is_empty()).then_some(name), from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(one_line(&rendered.subject))
        .date(date)
        .message_id(Some(format!("<{id}>")))
        .raw_header(head("Auto-Submitted", "auto-generated"));
    if let Some(reply_to) = heads.reply_to.or(heads.brand.reply_to.as_ref()) {
        builder = builder.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    if let Some(thread) = heads.thread {
        let thread = format!("<{}>", head_word(thread));
        builder = builder.in_reply_to(thread.clone()).references(thread);
    }
    if let Some(off) = heads.off {
        builder = builder
            .raw_header(head("List-Unsubscribe", &format!("<{}>", head_word(off))))
            .raw_header(head("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let envelope = Envelope::new(Some(from.clone()), vec![to.clone()]).map_err(Error::internal)?;
    let parts = MultiPart::alternative()
        .boundary(boundary(&id, rendered))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(rendered.plain.clone()))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(rendered.html.clone()));
    let message = builder.envelope(envelope).multipart(parts).map_err(Error::internal)?;
    Ok(Message { id, from, to, bytes: message.formatted() })
}

/// The host as mail servers spell it.
pub fn domain(base_url: &str) -> String {
    let host = host(base_url);
    idna::domain_to_ascii(host).unwrap_or_else(|_| host.to_owned())
}

fn sender(heads: &Heads<'_>) -> Result<Address> {
    match heads.from {
        Some(from) => address(from),
        None => {
            // A bare number as a domain is no sender that lettre takes; such a portal only writes to files anyway.
            let host = domain(heads.base_url);
            let domain = if host.parse::<IpAddr>().is_ok() { "localhost".into() } else { host };
            Address::new("frontdesk", &domain).map_err(|cause| {
                Error::invalid("mail.from", format!("mail cannot come from 'frontdesk@{domain}'"))
                    .tip("set mail.from in the configuration")
                    .because(cause)
            })
        }
    }
}

fn address(email: &Email) -> Result<Address> {
    email.as_str().parse().map_err(|cause| {
        Error::invalid("email", format!("mail cannot be sent to or from '{email}'")).because(anyhow::Error::from(cause))
    })
}

fn head(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Between the parts: a digest of what is sent, so that it is the same at each attempt and nobody can write it into a text.
fn boundary(id: &str, rendered: &Rendered) -> String {
    let mut digest = Sha256::new();
    for piece in [id, &rendered.plain, &rendered.html] {
        digest.update(piece.len().to_be_bytes());
        digest.update(piece);
    }
    format!("=_{}", data_encoding::HEXLOWER.encode(&digest.finalize()[..16]))
}

/// Text in a head: whatever could end the line or turn the reading direction becomes a space.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if is_unprintable(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An id or address in a head: ASCII without spaces and brackets.
fn head_word(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>')).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, proptest};

    use super::*;
    use crate::text::{Colour, Lang, Line, Slug, Zone};

    fn brand(name: &str) -> Brand {
        Brand {
            name: Line::parse(name).expect("a name"),
            slug: Slug::parse("nordkyl").expect("a slug"),
            colour: Colour::parse("#0a5c3a").expect("a colour"),
            phone: None,
            reply_to: Some(Email::parse("service@nordkyl.example").expect("an address")),
            lang: Lang::Sv,
            zone: Zone::default(),
        }
    }

    fn heads<'a>(brand: &'a Brand, to: &'a Email) -> Heads<'a> {
        Heads {
            brand,
            from: None,
            base_url: "https://portal.nordkyl.example:8443/x",
            to,
            message_id: "letter-17@portal.nordkyl.example",
            reply_to: None,
            thread: None,
            date: Moment::from_unix(1_795_334_520),
            off: None,
        }
    }

    fn mail(subject: &str) -> Rendered {
        Rendered { subject: subject.into(), plain: "Hello\n".into(), html: "<p>Hello</p>".into() }
    }

    fn eva() -> Email {
        Email::parse("eva@brf.example").expect("an address")
    }

    fn text(message: &Message) -> String {
        String::from_utf8(message.bytes().to_vec()).expect("ASCII")
    }

    #[test]
    fn the_same_letter_gives_the_same_bytes() {
        let (brand, eva) = (brand("Nordkyl AB"), eva());
        let once = compose(&heads(&brand, &eva), &mail("Test")).expect("a message");
        let again = compose(&heads(&brand, &eva), &mail("Test")).expect("a message");
        assert_eq!(text(&once), text(&again));
        let other = compose(&heads(&brand, &eva), &mail("Test 2")).expect("a message");
        assert_ne!(once.bytes(), other.bytes());
    }

    #[test]
    fn the_sender_comes_from_the_configuration_and_never_from_data() {
        let (brand, eva) = (brand("\"Åkes\" <root@evil.example>, Kyl & Värme"), eva());
        let message = compose(&heads(&brand, &eva), &mail("Test")).expect("a message");
        assert_eq!(message.from().to_string(), "frontdesk@portal.nordkyl.example");
        assert_eq!(text(&message).matches("\r\nFrom: ").count() + usize::from(text(&message).starts_with("From: ")), 1);
        let from = Email::parse("noreply@nordkyl.example").expect("an address");
        let message = compose(&Heads { from: Some(&from), ..heads(&brand, &eva) }, &mail("Test")).expect("a message");
        assert_eq!((message.from().to_string(), message.to().to_string()), (from.to_string(), eva.to_string()));
        for (base_url, host) in [
            ("http://localhost:8780", "frontdesk@localhost"),
            ("http://127.0.0.1:8780", "frontdesk@localhost"),
            ("https://åkes.example", "frontdesk@xn--kes-tla.example"),
        ] {
            let message = compose(&Heads { base_url, ..heads(&brand, &eva) }, &mail("Test")).expect(base_url);
            assert_eq!(message.from().to_string(), host);
        }
    }

    #[test]
    fn answers_go_where_the_letter_says_else_to_the_group() {
        let (brand, eva) = (brand("Nordkyl AB"), eva());
        let message = compose(&heads(&brand, &eva), &mail("Test")).expect("a message");
        assert!(text(&message).contains("\r\nReply-To: service@nordkyl.example\r\n"), "{}", text(&message));
        let own = Email::parse("reply+c12.345.g1.abcdefghijklmnop@portal.example").expect("an address");
        let message =
            compose(&Heads { reply_to: Some(&own), ..heads(&brand, &eva) }, &mail("Test")).expect("a message");
        assert!(text(&message).contains(&format!("\r\nReply-To: {own}\r\n")), "{}", text(&message));
        assert_eq!(text(&message).matches("\r\nReply-To: ").count(), 1);
    }

    #[test]
    fn nothing_in_a_head_begins_another() {
        let (brand, eva) = (brand("Nordkyl AB"), eva());
        let heads = Heads {
            message_id: "letter-17@x\r\nBcc: evil@evil.example",
            thread: Some("order-1@x>\r\nBcc: evil@evil.example"),
            off: Some("https://x.example/\r\nBcc: evil@evil.example"),
            ..heads(&brand, &eva)
        };
        let message = compose(&heads, &mail("Order\r\nBcc: evil@evil.example\r\n\r\nbody")).expect("a message");
        let text = text(&message);
        let (head, _) = text.split_once("\r\n\r\n").expect("a head");
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        assert!(head.contains("Subject: Order Bcc: evil@evil.example body\r\n"), "{head}");
    }

    #[test]
    fn ids_are_made_from_the_outbox_and_the_configured_host() {
        assert_eq!(message_id("letter-17", "https://portal.nordkyl.example/x"), "letter-17@portal.nordkyl.example");
        let brand = brand("Nordkyl AB");
        let thread = thread_id(&brand, "NK-FRO-0142:a(b)", "http://u:p@localhost:8780");
        assert_eq!(thread, "order-nordkyl-NK-FRO-0142_a_b_@localhost");
        assert_eq!(host("http://[::1]:8780"), "::1");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_name_or_subject_breaks_the_message(name in any::<String>(), subject in any::<String>()) {
            let eva = eva();
            let name = one_line(&name);
            if let Ok(name) = Line::parse(&name) {
                let brand = Brand { name, ..brand("x") };
                let message = compose(&heads(&brand, &eva), &mail(&subject)).expect("a message");
                assert!(message.bytes().is_ascii());
                let text = text(&message);
                let (head, _) = text.split_once("\r\n\r\n").expect("a head");
                let names: Vec<&str> = head
                    .lines()
                    .filter(|line| !line.starts_with([' ', '\t']))
                    .filter_map(|line| line.split_once(':').map(|(name, _)| name))
                    .collect();
                assert_eq!(
                    names,
                    ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Reply-To", "MIME-Version", "Content-Type"]
                );
            }
        }
    }
}
