//! The bytes of a message become what matters of it: who writes, what about, the words, the files.
//!
//! The parts are walked here, with a limit on how deep and how many, because strangers write them; a library reads the
//! heads and knows the character sets.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{HeaderName, HeaderValue, MessageParser, MimeHeaders};

use super::coding::{decoded, unfolded, written};
use super::html;

/// How deep parts may lie in each other.
const DEEPEST: usize = 16;

/// How many parts are looked at.
const PARTS: usize = 400;

/// So many bytes of a head are read; nobody's real head is longer.
const LONGEST_HEAD: usize = 256 * 1024;

/// Pictures up to so many bytes that a text shows within itself are taken for the logo of a signature.
const SMALL_PICTURE: usize = 32 * 1024;

/// What matters of a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// Its heads: the name in lower case, and the value in one line.
    pub heads: Vec<(String, String)>,
    /// Who writes, in lower case; `None` when nobody or more than one is named.
    pub from: Option<String>,
    /// Its `Message-ID`, without brackets.
    pub id: Option<String>,
    /// What it is about.
    pub subject: String,
    /// The addresses it was delivered or written to, in the order in which they are believed.
    pub to: Vec<String>,
    /// Its words, those it quotes included.
    pub text: String,
    /// Its files.
    pub files: Vec<File>,
    /// What a mail server says about the delivery of another message.
    pub report: Option<Report>,
    /// Whether not all of it could be read.
    pub broken: bool,
}

/// A file that came with a message.
#[derive(Clone, PartialEq)]
pub struct File {
    /// What the sender's machine calls it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "File({}, {} bytes)", self.name, self.bytes.len())
    }
}

/// A report on the delivery of another message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Its fields: the name in lower case, and the value in one line.
    pub fields: Vec<(String, String)>,
    /// The `Message-ID` of the message it is about, without brackets.
    pub about: Option<String>,
}

impl Message {
    /// The first head of this name, given in lower case.
    pub fn head(&self, name: &str) -> Option<&str> {
        self.heads.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a whole message. Whatever the bytes are, something comes of it.
pub fn read(raw: &[u8]) -> Message {
    guarded(raw, false)
}

/// Reads the head of a message alone.
pub fn read_head(raw: &[u8]) -> Message {
    guarded(raw, true)
}

fn guarded(raw: &[u8], head_only: bool) -> Message {
    // A library that stumbles over somebody's bytes must not make the mail server bring them again for days.
    catch_unwind(AssertUnwindSafe(|| whole(raw, head_only))).unwrap_or_else(|_| Message {
        heads: fields(split(raw).0),
        broken: true,
        ..Message::default()
    })
}

fn whole(raw: &[u8], head_only: bool) -> Message {
    // Mailbox files begin with a line that is no head.
    let raw = match raw.starts_with(b"From ") {
        true => raw.iter().position(|byte| *byte == b'\n').map_or(raw, |end| &raw[end + 1..]),
        false => raw,
    };
    let (head, _) = split(raw);
    let head = &head[..head.len().min(LONGEST_HEAD)];
    let mut message = Message { heads: fields(head), ..Message::default() };
    if let Some(parsed) = MessageParser::default().parse_headers(&closed(head)) {
        message.subject = parsed.subject().unwrap_or_default().to_owned();
        message.id = parsed.message_id().map(str::to_owned);
        let mut from: Vec<String> = addresses(parsed.header_values(HeaderName::From));
        from.dedup();
        message.from = from.pop().filter(|_| from.is_empty());
        for name in ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to"] {
            let named = message.heads.iter().filter(|(known, _)| known == name);
            message.to.extend(named.map(|(_, value)| value.trim().to_ascii_lowercase()));
        }
        for name in [HeaderName::To, HeaderName::Cc] {
            message.to.extend(addresses(parsed.header_values(name)));
        }
    }
    if head_only {
        return message;
    }
    let mut walk = Walk::default();
    let text = walk.part(raw, 0, false);
    message.broken = walk.stopped;
    message.text = text.map(Words::into_text).unwrap_or_default();
    message.report = walk.report;
    let shown = walk.shown;
    let is_logo = |found: &Found| {
        found.picture
            && found.file.bytes.len() <= SMALL_PICTURE
            && found.id.as_ref().is_some_and(|id| shown.contains(id))
    };
    message.files = walk.files.into_iter().filter(|found| !is_logo(found)).map(|found| found.file).collect();
    message
}

/// The addresses of heads, in lower case.
fn addresses<'x>(values: impl Iterator<Item = &'x HeaderValue<'x>>) -> Vec<String> {
    let lists = values.filter_map(HeaderValue::as_address);
    lists.flat_map(|list| list.iter()).filter_map(|one| one.address()).map(|one| one.trim().to_lowercase()).collect()
}

/// The words of a part, from a plain text or from HTML.
enum Words {
    Plain(String),
    Html(String),
}

impl Words {
    fn into_text(self) -> String {
        match self {
            Self::Plain(text) | Self::Html(text) => text,
        }
    }

    fn is_blank(&self) -> bool {
        let (Self::Plain(text) | Self::Html(text)) = self;
        text.trim().is_empty()
    }
}

/// A file with what decides whether it belongs to a signature.
struct Found {
    file: File,
    picture: bool,
    id: Option<String>,
}

#[derive(Default)]
struct Walk {
    parts: usize,
    files: Vec<Found>,
    /// The ids of the pictures that a text shows within itself.
    shown: Vec<String>,
    report: Option<Report>,
    stopped: bool,
}

impl Walk {
    /// Looks at a part and what lies in it; gives its words.
    fn part(&mut self, raw: &[u8], depth: usize, beside_text: bool) -> Option<Words> {
        self.parts += 1;
        if depth > DEEPEST || self.parts > PARTS {
            self.stopped = true;
            return None;
        }
        let (head, body) = split(raw);
        let closed_head = closed(&head[..head.len().min(LONGEST_HEAD)]);
        let parsed = MessageParser::default().parse_headers(&closed_head);
        let part = parsed.as_ref().and_then(|parsed| parsed.parts.first());
        let kind = part.and_then(|part| part.content_type());
        let (main, sub) = kind.map_or(("text".into(), "plain".into()), |kind| {
            (kind.ctype().to_ascii_lowercase(), kind.subtype().unwrap_or_default().to_ascii_lowercase())
        });
        if main == "multipart"
            && let Some(boundary) = kind.and_then(|kind| kind.attribute("boundary"))
        {
            let parts = between(body, boundary.as_bytes());
            return self.parts_of(&sub, &parts, depth);
        }
        let name = part.and_then(|part| part.attachment_name()).map(str::to_owned);
        let attached = part
            .and_then(|part| part.content_disposition())
            .is_some_and(|disposition| disposition.ctype().eq_ignore_ascii_case("attachment"));
        let encoding = part.and_then(|part| part.content_transfer_encoding()).unwrap_or_default().trim().to_lowercase();
        let bytes = decoded(body, &encoding);
        let charset = kind.and_then(|kind| kind.attribute("charset"));
        let is = |name: &str| kind.and_then(|kind| kind.attribute(name)).unwrap_or_default().to_lowercase();
        match (main.as_str(), sub.as_str()) {
            ("text", "plain") if !attached && name.is_none() => {
                let text = written(&bytes, charset);
                let text = if is("format") == "flowed" { unfolded(&text, is("delsp") == "yes") } else { text };
                Some(Words::Plain(text))
            }
            ("text", "html") if !attached && name.is_none() => {
                let page = written(&bytes, charset);
                self.shown.extend(shown_in(&page));
                Some(Words::Html(html::text(&page)))
            }
            ("message", "delivery-status" | "global-delivery-status") => {
                self.report.get_or_insert_default().fields.extend(fields(&bytes));
                None
            }
            ("text", "rfc822-headers") | ("message", "rfc822" | "global" | "rfc822-headers" | "global-headers")
                if self.report.is_some() =>
            {
                let about = id_of(&bytes);
                self.report.get_or_insert_default().about = about;
                None
            }
            ("message", "disposition-notification") => None,
            // What signs or encrypts a message is no file that somebody wants to send.
            ("application", "pgp-signature" | "pkcs7-signature" | "x-pkcs7-signature") => None,
            _ => {
                let name = name.unwrap_or_else(|| nameless(&main, &sub, beside_text));
                let id = part.and_then(|part| part.content_id()).map(str::to_lowercase);
                let file = File { name, bytes: bytes.into_owned() };
                self.files.push(Found { file, picture: main == "image", id });
                None
            }
        }
    }

    fn parts_of(&mut self, sub: &str, parts: &[&[u8]], depth: usize) -> Option<Words> {
        let mut words: Vec<Words> = Vec::new();
        for part in parts {
            words.extend(self.part(part, depth + 1, !words.is_empty()));
            if self.stopped {
                break;
            }
        }
        words.retain(|words| !words.is_blank());
        if sub == "alternative" {
            // The same words twice: the plain ones need no guessing.
            let plain = words.iter().position(|words| matches!(words, Words::Plain(_)));
            return match plain {
                Some(at) => Some(words.swap_remove(at)),
                None => words.pop(),
            };
        }
        let mut words = words.into_iter();
        let first = words.next()?;
        let rest: Vec<String> = words.map(Words::into_text).collect();
        if rest.is_empty() {
            return Some(first);
        }
        Some(Words::Plain(format!("{}\n\n{}", first.into_text().trim_end(), rest.join("\n\n"))))
    }
}

/// What a file is called that came without a name.
fn nameless(main: &str, sub: &str, beside_text: bool) -> String {
    let ending = match (main, sub) {
        ("message", _) => "eml",
        ("text", "plain") => "txt",
        ("image", "jpeg") => "jpg",
        (_, other) => other,
    };
    format!("{}.{ending}", if beside_text { "attachment" } else { "message" })
}

/// The head and the body: what stands before and after the first empty line.
fn split(raw: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while at < raw.len() {
        let end = raw[at..].iter().position(|byte| *byte == b'\n').map_or(raw.len(), |end| at + end + 1);
        if matches!(&raw[at..end], b"\n" | b"\r\n") {
            return (&raw[..at], &raw[end..]);
        }
        at = end;
    }
    (raw, &[])
}

/// A head with the empty line that ends it, as the library wants it.
fn closed(head: &[u8]) -> Vec<u8> {
    [head, b"\r\n\r\n"].concat()
}

/// The fields of a head, each in one line. Bytes that are no UTF-8 are replaced.
fn fields(head: &[u8]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for line in String::from_utf8_lossy(&head[..head.len().min(LONGEST_HEAD)]).lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = out.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            out.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    out
}

/// The `Message-ID` of a message that lies in another.
fn id_of(raw: &[u8]) -> Option<String> {
    let (head, _) = split(raw);
    let value = fields(head).into_iter().find(|(name, _)| name == "message-id")?.1;
    let bare = value.trim().trim_start_matches('<').trim_end_matches('>').trim();
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// What stands between the lines of a boundary. What comes before the first and after the last is no part.
fn between<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut out = Vec::new();
    let (mut start, mut at) = (None, 0);
    while at < body.len() {
        let end = body[at..].iter().position(|byte| *byte == b'\n').map_or(body.len(), |end| at + end + 1);
        let line = body[at..end].trim_ascii_end();
        let after = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary));
        if let Some(after) = after.filter(|after| after.is_empty() || *after == b"--") {
            if let Some(start) = start {
                out.push(without_line_end(&body[start..at]));
            }
            start = after.is_empty().then_some(end);
            if start.is_none() || out.len() > PARTS {
                return out;
            }
        }
        at = end;
    }
    // A message that was cut short: its last part counts.
    out.extend(start.map(|start| &body[start..]));
    out
}

/// The end of line before a boundary belongs to the boundary.
fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

/// The ids of the pictures that a page shows within itself.
fn shown_in(page: &str) -> Vec<String> {
    let lower = page.to_ascii_lowercase();
    let named = lower.match_indices("cid:").take(PARTS).map(|(at, word)| &lower[at + word.len()..]);
    named.map(|rest| rest.split(['"', '\'', '>', ' ', ')']).next().unwrap_or_default().to_owned()).collect()
}
