//! Takes connections, and never stops doing so because one of them went wrong.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use socket2::SockRef;

use super::Gate;
use super::client;
use super::crowd::{Guest, Line, Place};
use super::hold;
use super::refusal::Refusal;
use super::talk;

/// How often the loop looks whether it should end.
const TICK: Duration = Duration::from_millis(100);
/// How long it waits when the machine has nothing left to give.
const BREATH: Duration = Duration::from_millis(50);
/// How often it says so in the log.
const QUIET: Duration = Duration::from_secs(10);
/// A conversation keeps its buffers on the heap.
const STACK: usize = 256 * 1024;

/// Accepts until the front stops. The listener's port closes when this returns.
pub fn accept(gate: &Arc<Gate>, listener: &TcpListener) {
    let mut complained: Option<Instant> = None;
    while !gate.life.is_stopping() {
        match listener.accept() {
            Ok((stream, peer)) => {
                if let Err(cause) = welcome(gate, stream, peer) {
                    tracing::warn!(%cause, "a connection could not be served");
                    thread::sleep(BREATH);
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionAborted) => {}
            Err(cause) => {
                if complained.is_none_or(|time| time.elapsed() > QUIET) {
                    tracing::warn!(%cause, "no connection can be accepted at the moment");
                    complained = Some(Instant::now());
                }
                thread::sleep(BREATH);
            }
        }
    }
}

/// Makes `accept` return every tick, so that the loop notices when it should end.
pub fn prepare(listener: &TcpListener) -> io::Result<()> {
    listener.set_nonblocking(false)?;
    SockRef::from(listener).set_read_timeout(Some(TICK))
}

fn welcome(gate: &Arc<Gate>, stream: TcpStream, peer: SocketAddr) -> io::Result<()> {
    // Without it the last piece of an answer waits 40 ms for an acknowledgement.
    if stream.set_nodelay(true).is_err() {
        return Ok(());
    }
    let line = Arc::new(Line::new(stream, peer));
    let (place, guest) = match admit(gate, &line) {
        Ok(admitted) => admitted,
        Err(many) => {
            tracing::debug!(%peer, "too many {many}");
            turn_away(&line.stream, &Refusal::Busy(many));
            return Ok(());
        }
    };
    let gate = Arc::clone(gate);
    thread::Builder::new().name("conversation".to_owned()).stack_size(STACK).spawn(move || {
        talk::converse(&gate, &line, guest.is_some() || is_probe(&gate, peer));
        // The place holds the last handle: giving it back closes the descriptor.
        drop(line);
        drop((place, guest));
    })?;
    Ok(())
}

fn admit(gate: &Gate, line: &Arc<Line>) -> Result<(Place, Option<Guest>), &'static str> {
    if is_probe(gate, line.peer) {
        return Ok((gate.crowd.enter_always(line), None));
    }
    let guest = if client::is_trusted(line.peer.ip(), &gate.trusted_proxies) {
        None
    } else {
        Some(gate.crowd.count(line.peer.ip()).ok_or("connections of this client")?)
    };
    Ok((gate.crowd.enter(line)?, guest))
}

fn is_probe(gate: &Gate, peer: SocketAddr) -> bool {
    *hold(&gate.probe) == Some(peer)
}

/// Says a few words without waiting for anything: the send buffer of a new connection is empty.
fn turn_away(stream: &TcpStream, refusal: &Refusal) {
    use std::io::Write;
    if stream.set_nonblocking(true).is_ok() {
        let mut stream = stream;
        // Whoever comes too often need not hear it.
        let _ = stream.write(&refusal.answer(true));
        let _ = stream.shutdown(std::net::Shutdown::Write);
    }
}
