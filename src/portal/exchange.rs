//! One request and its answer as plain data, free of any HTTP library.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use tempfile::SpooledTempFile;

use crate::error::{Error, Kind, Result};

/// What every answer says about itself unless the handler said otherwise under the same name.
pub const SECURITY_HEADERS: [(&str, &str); 7] = [
    ("Cache-Control", "no-store"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// Bytes of a body that stay in memory; longer ones go to a temporary file.
pub const IN_MEMORY: usize = 64 * 1024;

/// What is to be done at an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Show it.
    Get,
    /// Show what would be said about it.
    Head,
    /// Do it.
    Post,
}

impl Method {
    /// The method's name on the wire, none when this house does not speak it.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "GET" => Some(Self::Get),
            "HEAD" => Some(Self::Head),
            "POST" => Some(Self::Post),
            _ => None,
        }
    }

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
        }
    }
}

/// The bytes that came with a request: up to [`IN_MEMORY`] in memory, beyond in a file without a name.
pub struct Body {
    spool: SpooledTempFile,
    length: u64,
}

impl Body {
    /// No bytes yet, and the directory that takes them when they are many.
    pub fn spooling_in(directory: &Path) -> Self {
        Self { spool: tempfile::spooled_tempfile_in(IN_MEMORY, directory), length: 0 }
    }

    /// Adds bytes at the end.
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.spool.seek(io::SeekFrom::End(0))?;
        self.spool.write_all(bytes)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// The bytes, taken away from where they are.
    pub fn take(&mut self) -> Self {
        std::mem::replace(self, Self::from(Vec::new()))
    }

    /// How many bytes there are.
    pub fn len(&self) -> u64 {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// All bytes, in memory.
    pub fn bytes(&mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.length).unwrap_or(0).min(IN_MEMORY));
        self.reader()?.read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }

    /// Reads from the first byte on, each time it is called.
    pub fn reader(&mut self) -> Result<impl Read + Send + Unpin + '_> {
        self.spool.rewind().map_err(unreadable)?;
        Ok(&mut self.spool)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        let mut body = Self::spooling_in(&std::env::temp_dir());
        match body.push(&bytes) {
            Ok(()) => body,
            // The disk would not take it: memory already did.
            Err(_) => {
                let length = bytes.len();
                let mut spool = SpooledTempFile::new(usize::MAX);
                let taken = spool.write_all(&bytes).is_ok();
                Self { spool, length: if taken { length as u64 } else { 0 } }
            }
        }
    }
}

fn unreadable(cause: io::Error) -> Error {
    Error::new(Kind::Storage, "the request's own bytes cannot be read back").because(cause)
}

/// One request, whole.
pub struct Request {
    /// What is to be done.
    pub method: Method,
    /// The path as it came: still percent-encoded, without the query.
    pub path: String,
    /// What came behind the first question mark, still encoded.
    pub query: String,
    /// Names in lower case, values in ASCII, in the order they came; hop-by-hop headers are gone.
    pub headers: Vec<(String, String)>,
    /// What was sent along.
    pub body: Body,
    /// The client: behind a trusted proxy, the one that the proxy named.
    pub peer: IpAddr,
}

impl Request {
    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A GET of a target, which may have a query, from this machine.
    pub fn get(target: &str) -> Self {
        let (path, query) = split(target);
        Self {
            method: Method::Get,
            path,
            query,
            headers: Vec::new(),
            body: Body::from(Vec::new()),
            peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
        }
    }

    /// A form sent to a target, from this machine.
    pub fn post(target: &str, form: &[(&str, &str)]) -> Self {
        let encoded = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        Self {
            method: Method::Post,
            headers: vec![("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())],
            body: Body::from(encoded.into_bytes()),
            ..Self::get(target)
        }
    }
}

impl fmt::Debug for Request {
    /// Headers and body hold secrets and stay out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} from {}, {} bytes", self.method.as_str(), self.path, self.peer, self.body.len())
    }
}

/// A target's path and query.
pub fn split(target: &str) -> (String, String) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    (path.to_owned(), query.to_owned())
}

/// What an answer carries.
#[derive(Debug)]
pub enum Content {
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// So many bytes of a file, which are read only on the way out.
    File(File, u64),
}

impl Content {
    /// How many bytes there are.
    pub fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(_, length) => *length,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes, one after the other.
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        match self {
            Self::Bytes(bytes) => Box::new(Cursor::new(bytes)),
            Self::File(file, length) => Box::new(file.take(length)),
        }
    }
}

/// One answer, whole.
#[derive(Debug)]
pub struct Reply {
    /// The status, 200 to 599.
    pub status: u16,
    /// Checked once more by [`header`] on the way out; framing headers are the front's own work and are left out.
    pub headers: Vec<(String, String)>,
    /// What the browser gets; for HEAD only its length is told.
    pub body: Content,
}

impl Reply {
    /// A body of a type, with a status.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::carrying(status, content_type, Content::Bytes(body.into()))
    }

    /// A content of a type, with a status.
    pub fn carrying(status: u16, content_type: &str, body: Content) -> Self {
        Self { status, headers: vec![("Content-Type".to_owned(), content_type.to_owned())], body }
    }

    /// The same reply with one more header.
    pub fn with(mut self, name: &str, value: &str) -> Result<Self> {
        self.headers.push(header(name, value)?);
        Ok(self)
    }

    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// The one gate through which every header of an answer passes: a token and printable ASCII, or an error.
///
/// A line end in a value would let whoever chose the value write the rest of the answer.
pub fn header(name: &str, value: &str) -> Result<(String, String)> {
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(Error::new(Kind::Internal, format!("{name:?} cannot be the name of a header")));
    }
    if !value.bytes().all(|byte| (0x20..=0x7e).contains(&byte)) {
        let message = format!("the header {name} would hold a character that headers cannot carry");
        return Err(Error::new(Kind::Internal, message));
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// The value of `Content-Disposition` that saves a download under a name, whatever script it is written in (RFC 5987).
pub fn attachment(name: &str) -> String {
    let name: String = name.chars().filter(|character| !character.is_control()).collect();
    let plain: String = name
        .chars()
        .map(|character| match character {
            '"' | '\\' | '/' | '%' => '_',
            plain if plain.is_ascii() => plain,
            _ => '_',
        })
        .collect();
    let mut value = format!("attachment; filename=\"{plain}\"");
    if plain != name {
        value.push_str("; filename*=UTF-8''");
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
                value.push(char::from(byte));
            } else {
                value.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    value
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_cannot_write_the_next_line() {
        for value in ["a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\0b", "\u{7f}", "\tb", "Hörnla"] {
            assert!(header("Location", value).is_err(), "{value:?}");
        }
        for name in ["", "a b", "a:b", "a\r\nb", "ä"] {
            assert!(header(name, "x").is_err(), "{name:?}");
        }
        assert_eq!(
            header("Location", "/orders?q=a b").expect("plain"),
            ("Location".to_owned(), "/orders?q=a b".to_owned())
        );
    }

    #[test]
    fn a_download_keeps_its_name_in_any_script() {
        assert_eq!(attachment("invoice 7.pdf"), "attachment; filename=\"invoice 7.pdf\"");
        assert_eq!(
            attachment("räkning \"7\"\r\n.pdf"),
            "attachment; filename=\"r_kning _7_.pdf\"; filename*=UTF-8''r%C3%A4kning%20%227%22.pdf"
        );
        for name in ["a\r\nb", "\u{202e}fdp.exe", "\"; x=y", "日本.pdf"] {
            assert!(header("Content-Disposition", &attachment(name)).is_ok(), "{name:?}");
        }
    }

    #[test]
    fn a_body_reads_the_same_from_memory_and_from_disk() {
        for size in [0, 1, IN_MEMORY, IN_MEMORY + 1, 3 * IN_MEMORY] {
            let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
            let mut body = Body::from(bytes.clone());
            assert_eq!(body.len(), size as u64);
            assert_eq!(body.bytes().expect("readable"), bytes);
            assert_eq!(body.bytes().expect("readable twice"), bytes);
        }
    }

    #[test]
    fn a_request_for_a_test_looks_like_one_from_the_wire() {
        let mut request = Request::post("/login?next=%2Forders", &[("email", "a@b.example"), ("text", "å&b")]);
        assert_eq!((request.path.as_str(), request.query.as_str()), ("/login", "next=%2Forders"));
        assert_eq!(request.header("Content-Type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(request.body.bytes().expect("readable"), b"email=a%40b.example&text=%C3%A5%26b");
        assert!(!format!("{request:?}").contains("example"));
    }
}
