//! One conversation with one client: request after request, strictly one at a time, until either side has enough.

use std::io::{ErrorKind, Read};
use std::net::{IpAddr, Shutdown};
use std::sync::Arc;

use crate::portal::exchange::{IN_MEMORY, Method};

use super::Gate;
use super::body::{self, Sent};
use super::client;
use super::crowd::{Guest, Line};
use super::head::{self, Head};
use super::refusal::Refusal;
use super::relay::{self, Answer};
use super::wire::{self, Deadline};

/// Bytes taken from the socket at once while a head is awaited; what is too much belongs to the next request.
const SIP: usize = 8 * 1024;

/// Why a conversation is over.
pub enum End {
    /// The client left or stayed silent.
    Gone,
    /// The client is told why.
    Refused(Refusal),
}

impl From<Refusal> for End {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What comes after an answer.
enum After {
    /// Perhaps another request.
    More,
    /// Nothing; all that came was read.
    Close,
    /// Nothing, but more may have been sent than was read.
    CloseUnread,
}

/// Talks until the end. `counted` says that the connection itself counts as its client's.
pub fn converse(gate: &Gate, line: &Arc<Line>, counted: bool) {
    let mut buffer = Vec::new();
    let mut first = true;
    loop {
        let mut method = Method::Get;
        match exchange(gate, line, &mut buffer, first, counted, &mut method) {
            Ok(After::More) => first = false,
            Ok(After::Close) if buffer.is_empty() => return,
            // Closing on unread bytes would reset the connection and could take the answer with it.
            Ok(After::Close | After::CloseUnread) => return linger(gate, line),
            Err(End::Gone) => return,
            Err(End::Refused(refusal)) => {
                tracing::debug!(peer = %line.peer, status = refusal.status(), ?refusal, "request refused");
                return refuse(gate, line, &refusal, method != Method::Head);
            }
        }
    }
}

/// One request and its answer.
fn exchange(
    gate: &Gate,
    line: &Line,
    buffer: &mut Vec<u8>,
    first: bool,
    counted: bool,
    method: &mut Method,
) -> Result<After, End> {
    let mut head = listen(gate, line, buffer, first)?;
    *method = head.method;
    let client = client::address(line.peer.ip(), &head.headers, &gate.trusted_proxies);
    let _guest = greet(gate, line, &mut head, client, counted)?;
    // Without a word about whom it speaks for, a proxy stands for many, and has no share of its own.
    let sharing = (!client::is_trusted(client, &gate.trusted_proxies)).then_some(client);
    let most = gate.handler.longest_body(&head);
    if head.length > most {
        tracing::debug!(peer = %line.peer, length = head.length, most, "a body is too large to be read");
        let answer = relay::carry(gate, &head, Sent::TooLarge(most), client, sharing)?;
        tell(gate, line, answer, false)?;
        return Ok(After::CloseUnread);
    }
    if head.waits && head.length > buffer.len() as u64 {
        let mut deadline = Deadline::absolute(gate.limits.head_seconds);
        wire::write_all(&line.stream, b"HTTP/1.1 100 Continue\r\n\r\n", &mut deadline).map_err(|_| End::Gone)?;
    }
    let body = body::receive(gate, &line.stream, buffer, head.length, sharing)?;
    let answer = relay::carry(gate, &head, Sent::Whole(body), client, sharing)?;
    let keep = head.keep_alive && !gate.life.is_stopping() && !gate.crowd.is_tight();
    tell(gate, line, answer, keep)?;
    Ok(if keep { After::More } else { After::Close })
}

/// Waits for a head: the first byte within the idle time, the last one within the head's own.
fn listen(gate: &Gate, line: &Line, buffer: &mut Vec<u8>, first: bool) -> Result<Head, End> {
    let limits = &gate.limits;
    let mut chunk = [0; SIP];
    let mut deadline = Deadline::absolute(limits.head_seconds);
    // Until a head is whole nothing has been promised: the connection may be closed for somebody else's sake.
    line.quiet();
    if buffer.is_empty() {
        if gate.life.is_stopping() {
            return Err(End::Gone);
        }
        let mut idle = Deadline::absolute(if first { limits.head_seconds } else { limits.idle_seconds });
        match wire::read(&line.stream, &mut chunk, &mut idle) {
            Ok(1..) if gate.life.is_stopping() => return Err(End::Gone),
            Ok(count @ 1..) => buffer.extend_from_slice(&chunk[..count]),
            _ => return Err(End::Gone),
        }
        if !first {
            deadline = Deadline::absolute(limits.head_seconds);
        }
    }
    loop {
        if let Some(at) = head::end(buffer, limits)? {
            let head = head::parse(&buffer[..at], limits)?;
            buffer.drain(..at);
            line.busy();
            return Ok(head);
        }
        match wire::read(&line.stream, &mut chunk, &mut deadline) {
            Ok(0) => return Err(End::Gone),
            Ok(count) => buffer.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == ErrorKind::TimedOut => return Err(Refusal::Slow.into()),
            Err(_) => return Err(End::Gone),
        }
    }
}

/// Settles who is asking: a proxy's clients are counted request by request, a stranger's claims are dropped.
fn greet(gate: &Gate, line: &Line, head: &mut Head, client: IpAddr, counted: bool) -> Result<Option<Guest>, Refusal> {
    if !client::is_trusted(line.peer.ip(), &gate.trusted_proxies) {
        client::strip_claims(&mut head.headers);
    }
    if counted || client::is_trusted(client, &gate.trusted_proxies) {
        return Ok(None);
    }
    gate.crowd.count(client).map(Some).ok_or(Refusal::Busy("requests of this client"))
}

/// Writes a whole answer, the head together with the first bytes of the body.
fn tell(gate: &Gate, line: &Line, mut answer: Answer, keep: bool) -> Result<(), End> {
    let mut head = answer.head;
    if let Some(length) = answer.length {
        head.push_str(&format!("Content-Length: {length}\r\n"));
    }
    head.push_str(if keep { "Connection: keep-alive\r\n\r\n" } else { "Connection: close\r\n\r\n" });

    let mut deadline = Deadline::earned(gate.limits.answer_seconds, gate.limits.slowest, answer.body.body.len());
    let mut bytes = head.into_bytes();
    let mut reader = answer.body.body.reader().map_err(|_| End::Gone)?;
    loop {
        (&mut reader).take(IN_MEMORY as u64).read_to_end(&mut bytes).map_err(|_| End::Gone)?;
        if bytes.is_empty() {
            return Ok(());
        }
        wire::write_all(&line.stream, &bytes, &mut deadline).map_err(|_| End::Gone)?;
        bytes.clear();
    }
}

fn refuse(gate: &Gate, line: &Line, refusal: &Refusal, with_body: bool) {
    let mut deadline = Deadline::absolute(gate.limits.linger_seconds.max(1));
    if wire::write_all(&line.stream, &refusal.answer(with_body), &mut deadline).is_ok() {
        linger(gate, line);
    }
}

/// Reads on for a while into nowhere, so that the client can read what it was told before the connection is reset.
fn linger(gate: &Gate, line: &Line) {
    if line.stream.shutdown(Shutdown::Write).is_err() {
        return;
    }
    line.quiet();
    let mut deadline = Deadline::absolute(gate.limits.linger_seconds);
    let mut chunk = [0; SIP];
    while !gate.life.is_stopping() && matches!(wire::read(&line.stream, &mut chunk, &mut deadline), Ok(1..)) {}
}
