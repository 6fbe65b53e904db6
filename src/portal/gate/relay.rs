//! The way to the worker side and back: a clean request as HTTP/1.0 over a private socket, the whole answer spooled.

use std::io::Read;
use std::net::IpAddr;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use crate::portal::exchange::{IN_MEMORY, Method, header};

use super::Gate;
use super::body::{Sent, Spooled};
use super::head::{Head, PEER, TOO_LARGE};
use super::refusal::{Refusal, reference};
use super::spool::Share;
use super::wire::{self, Deadline};

/// The most that an answer's head may take: a page sets a few headers, not a book.
const ANSWER_HEAD: usize = 32 * 1024;

/// Both ends of the socket, the library's copy of one, its next accept, and some for those who look at the same time.
const ON_THE_WAY: usize = 8;

/// What the log says when a request does not get through.
const NOT_TAKEN: &str = "the workers did not take the request";

/// What the gate writes by itself, or what nobody needs to know.
const FRAMING: [&str; 5] = ["connection", "content-length", "keep-alive", "server", "transfer-encoding"];

/// A whole answer.
pub struct Answer {
    /// Status line and headers, without framing and without the empty line.
    pub head: String,
    /// The body; empty for HEAD.
    pub body: Spooled,
    /// What to say about the length: for HEAD not that of the body; none where there can be no body.
    pub length: Option<u64>,
}

/// Carries a request to the workers and its answer back. The answer is counted as that of `counted`.
pub fn carry(gate: &Gate, head: &Head, sent: Sent, client: IpAddr, counted: Option<IpAddr>) -> Result<Answer, Refusal> {
    let patience = Duration::from_secs(gate.limits.slot_seconds);
    let _slot = gate.crowd.slot(patience).ok_or(Refusal::Busy("requests at once"))?;
    if !has_room(gate) {
        tracing::error!("too few open files are left to serve a request");
        return Err(Refusal::Busy("open files"));
    }
    let socket = UnixStream::connect(&gate.backend).map_err(|cause| {
        tracing::error!(%cause, "the worker side cannot be reached");
        Refusal::Busy("open files")
    })?;
    let mut deadline = Deadline::absolute(gate.limits.handler_seconds);
    // The bytes now lie with the worker, until it has answered: their share is given back when they are gone.
    let _share = send(&socket, head, sent, client, &mut deadline)?;
    receive(gate, &socket, head.method, counted, &mut deadline)
}

/// Whether there are descriptors for the whole way: the HTTP library stops for ever when it finds none, so look first.
fn has_room(gate: &Gate) -> bool {
    let copies: [_; ON_THE_WAY] = std::array::from_fn(|_| gate.descriptor.try_clone());
    copies.iter().all(Result::is_ok)
}

fn send(
    socket: &UnixStream,
    head: &Head,
    sent: Sent,
    client: IpAddr,
    deadline: &mut Deadline,
) -> Result<Option<Share>, Refusal> {
    let mut bytes = format!("{} {} HTTP/1.0\r\n{PEER}: {client}\r\n", head.method.as_str(), head.target);
    for (name, value) in &head.headers {
        bytes.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut spooled = match sent {
        Sent::Whole(spooled) => spooled,
        Sent::TooLarge(most) => {
            bytes.push_str(&format!("{TOO_LARGE}: {most}\r\n\r\n"));
            wire::write_all(socket, bytes.as_bytes(), deadline).map_err(|_| broken(NOT_TAKEN))?;
            return Ok(None);
        }
    };
    if !spooled.body.is_empty() {
        bytes.push_str(&format!("content-length: {}\r\n", spooled.body.len()));
    }
    bytes.push_str("\r\n");
    let mut bytes = bytes.into_bytes();

    let mut reader = spooled.body.reader().map_err(|_| broken("the spooled body cannot be read back"))?;
    loop {
        // The head travels together with the first bytes of the body.
        (&mut reader)
            .take(IN_MEMORY as u64)
            .read_to_end(&mut bytes)
            .map_err(|_| broken("the spooled body cannot be read back"))?;
        if bytes.is_empty() {
            break;
        }
        wire::write_all(socket, &bytes, deadline).map_err(|_| broken(NOT_TAKEN))?;
        bytes.clear();
    }
    drop(reader);
    Ok(Some(spooled.share))
}

fn receive(
    gate: &Gate,
    socket: &UnixStream,
    method: Method,
    client: Option<IpAddr>,
    deadline: &mut Deadline,
) -> Result<Answer, Refusal> {
    let mut start = Vec::with_capacity(8 * 1024);
    let mut chunk = vec![0; 16 * 1024];
    let mut read = |chunk: &mut [u8]| {
        wire::read(socket, chunk, deadline).map_err(|_| broken("the workers did not answer in time"))
    };
    let (head, length, at) = loop {
        let count = read(&mut chunk)?;
        start.extend_from_slice(&chunk[..count]);
        match parse(&start)? {
            Some(parsed) => break parsed,
            None if count == 0 || start.len() > ANSWER_HEAD => return Err(broken("the workers gave no answer")),
            None => {}
        }
    };
    let empty = || Spooled::new(gate, &gate.answers, client);
    let mut body = empty();
    body.push(&start[at..])?;
    loop {
        match read(&mut chunk)? {
            0 => break,
            count => body.push(&chunk[..count])?,
        }
    }
    let bodiless = matches!(head.1, 100..=199 | 204 | 304);
    if bodiless || method == Method::Head {
        body = empty();
    } else if body.body.len() != length {
        return Err(broken("the answer ended before its end"));
    }
    Ok(Answer { head: head.0, body, length: (!bodiless).then_some(length) })
}

type Parsed = ((String, u16), u64, usize);

/// Status line and headers of an answer as the client gets them, its length, and where the body begins.
fn parse(bytes: &[u8]) -> Result<Option<Parsed>, Refusal> {
    let mut lines = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut lines);
    let at = match response.parse(bytes) {
        Ok(httparse::Status::Complete(at)) => at,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(_) => return Err(broken("the workers' answer cannot be read")),
    };
    let status = response.code.unwrap_or(500);
    let mut head = format!("HTTP/1.1 {status} {}\r\n", response.reason.unwrap_or_default());
    let mut length = 0;
    for line in response.headers.iter() {
        let text = std::str::from_utf8(line.value).map_err(|_| broken("an answer's header is not text"))?;
        if line.name.eq_ignore_ascii_case("content-length") {
            length = text.parse().map_err(|_| broken("the answer's length is no number"))?;
        }
        if !FRAMING.iter().any(|name| line.name.eq_ignore_ascii_case(name)) {
            let (name, value) = header(line.name, text).map_err(|_| broken("an answer's header is not clean"))?;
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    Ok(Some(((head, status), length, at)))
}

/// A 500 whose reference stands in the log beside what happened.
fn broken(what: &str) -> Refusal {
    let reference = reference();
    tracing::error!(reference, "{what}");
    Refusal::Broken(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_loses_its_framing_and_the_servers_name() {
        let bytes =
            b"HTTP/1.0 200 OK\r\nServer: x\r\nDate: today\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi";
        let ((head, status), length, at) = parse(bytes).expect("readable").expect("whole");
        assert_eq!(head, "HTTP/1.1 200 OK\r\nDate: today\r\nContent-Type: text/html\r\n");
        assert_eq!((status, length, &bytes[at..]), (200, 2, &b"hi"[..]));
        assert_eq!(parse(&bytes[..40]).expect("readable"), None);
        assert_eq!(parse(b"nonsense\r\n\r\n").expect_err("unreadable").status(), 500);
    }
}
