//! Request line and headers, read strictly: one meaning, or a refusal.

use crate::portal::exchange::{Method, split};

use super::limits::Limits;
use super::refusal::Refusal;

/// The private header by which the worker side learns the client's address.
pub const PEER: &str = "x-frontdesk-peer";

/// The private header by which it learns that a body was too long to be read, and how long it could have been.
pub const TOO_LARGE: &str = "x-frontdesk-too-large";

/// What concerns one connection only, and what the gate has settled by itself: the worker side never sees it.
const SETTLED: [&str; 14] = [
    "connection",
    "content-length",
    "expect",
    "http2-settings",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    PEER,
    TOO_LARGE,
];

/// Headers that mean something only once.
const ONCE: [&str; 4] = ["content-length", "content-type", "host", "origin"];

/// A head that may be handed on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// What is to be done.
    pub method: Method,
    /// Path and query as they came.
    pub target: String,
    /// Lower-case names; no framing, no hop-by-hop headers.
    pub headers: Vec<(String, String)>,
    /// Bytes of the body, as it says.
    pub length: u64,
    /// Whether the connection may live on.
    pub keep_alive: bool,
    /// Whether the client waits for `100 Continue` before it sends the body.
    pub waits: bool,
}

impl Head {
    /// The path, still percent-encoded.
    pub fn path(&self) -> String {
        split(&self.target).0
    }

    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Looks for the end of a head in what has come so far: its place, none if more must come, or what is odd about it.
///
/// Only CRLF ends a line, so that nobody in front of the gate can see lines elsewhere than the gate does.
pub fn end(bytes: &[u8], limits: &Limits) -> Result<Option<usize>, Refusal> {
    let seen = &bytes[..bytes.len().min(limits.head_bytes)];
    if seen.starts_with(b"\r") || seen.starts_with(b"\n") {
        return Err(Refusal::Odd("a line end where a method should be"));
    }
    let mut first_line = None;
    for (at, byte) in seen.iter().enumerate() {
        match byte {
            0 => return Err(Refusal::Odd("a NUL in the head")),
            b'\n' if at == 0 || seen[at - 1] != b'\r' => return Err(Refusal::Odd("a bare line feed")),
            b'\r' if seen.get(at + 1).is_some_and(|next| *next != b'\n') => {
                return Err(Refusal::Odd("a bare carriage return"));
            }
            b'\n' => {
                first_line.get_or_insert(at);
                if at >= 3 && &seen[at - 3..at] == b"\r\n\r" {
                    return Ok(Some(at + 1));
                }
            }
            _ => {}
        }
    }
    // The longest method and version around a target that is still allowed.
    if first_line.unwrap_or(seen.len()) > limits.target_bytes + 32 {
        return Err(Refusal::TargetTooLong);
    }
    if bytes.len() >= limits.head_bytes { Err(Refusal::HeadTooLarge) } else { Ok(None) }
}

/// Reads a head, all of it and no more.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Head, Refusal> {
    let mut lines = vec![httparse::EMPTY_HEADER; limits.head_lines];
    let mut request = httparse::Request::new(&mut lines);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(count)) if count == bytes.len() => {}
        Ok(_) => return Err(Refusal::Odd("a head without its end")),
        Err(httparse::Error::TooManyHeaders) => return Err(Refusal::HeadTooLarge),
        Err(httparse::Error::Version) => return Err(Refusal::Version),
        Err(_) => return Err(Refusal::Odd("a head that is not HTTP")),
    }
    let (Some(method), Some(target), Some(minor)) = (request.method, request.path, request.version) else {
        return Err(Refusal::Odd("a request line that is too short"));
    };
    let method = Method::parse(method).ok_or(Refusal::Method)?;
    check_target(target, limits)?;

    let mut headers = Vec::with_capacity(request.headers.len());
    for line in request.headers.iter() {
        headers.push((line.name.to_ascii_lowercase(), value(line.value)?));
    }
    settle(method, target, minor, headers)
}

fn settle(method: Method, target: &str, minor: u8, mut headers: Vec<(String, String)>) -> Result<Head, Refusal> {
    let all = |name: &str| -> Vec<&str> {
        headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    };
    if !all("transfer-encoding").is_empty() {
        return Err(Refusal::LengthMissing);
    }
    if ONCE.iter().any(|name| all(name).len() > 1) {
        return Err(Refusal::Odd("a header twice that means something once"));
    }
    match all("host").as_slice() {
        [host] if is_authority(host) => {}
        _ => return Err(Refusal::Odd("no host, or one that is none")),
    }
    let length = match all("content-length").first() {
        Some(digits) => Some(body_length(digits)?),
        None => None,
    };
    match (method, length) {
        (Method::Post, None) => return Err(Refusal::LengthMissing),
        (Method::Get | Method::Head, Some(1..)) => return Err(Refusal::Odd("a body where none is expected")),
        _ => {}
    }
    if all("content-encoding").iter().any(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return Err(Refusal::Encoded);
    }
    let waits = match all("expect").as_slice() {
        [] => false,
        [expected] if expected.eq_ignore_ascii_case("100-continue") => minor == 1,
        _ => return Err(Refusal::Expectation),
    };
    let closes = all("connection")
        .iter()
        .flat_map(|value| value.split(','))
        .any(|option| option.trim().eq_ignore_ascii_case("close"));

    headers.retain(|(name, _)| !SETTLED.contains(&name.as_str()));
    Ok(Head {
        method,
        target: target.to_owned(),
        headers,
        length: length.unwrap_or(0),
        keep_alive: minor == 1 && !closes,
        waits,
    })
}

/// Origin form only: a path of printable ASCII, without anything that ends a string elsewhere.
fn check_target(target: &str, limits: &Limits) -> Result<(), Refusal> {
    if target.len() > limits.target_bytes {
        return Err(Refusal::TargetTooLong);
    }
    if !target.starts_with('/') {
        return Err(Refusal::Odd("a target that is not a path"));
    }
    if !target.bytes().all(|byte| (0x21..=0x7e).contains(&byte) && byte != b'#') {
        return Err(Refusal::Odd("a character in the target that has no place there"));
    }
    if target.contains("%00") {
        return Err(Refusal::Odd("a NUL in the target"));
    }
    Ok(())
}

/// A header's value in ASCII. Cookies of neighbouring sites may hold other bytes: those become question marks.
fn value(bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.iter().any(|byte| (*byte < 0x20 && *byte != b'\t') || *byte == 0x7f) {
        return Err(Refusal::Odd("a control character in a header"));
    }
    let ascii = bytes.iter().map(|byte| match byte {
        b'\t' => ' ',
        0x80.. => '?',
        plain => char::from(*plain),
    });
    Ok(ascii.collect::<String>().trim().to_owned())
}

/// Digits and nothing else. More of them than fit are too many bytes, whatever they say.
fn body_length(digits: &str) -> Result<u64, Refusal> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::Odd("a length that is not a number"));
    }
    Ok(digits.parse().unwrap_or(u64::MAX))
}

/// The shape of a host name or address with an optional port; whether it is ours, the dispatcher knows.
fn is_authority(host: &str) -> bool {
    !host.is_empty()
        && host.len() <= 255
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte))
}

#[cfg(test)]
mod tests;
