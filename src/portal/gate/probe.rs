//! The front asks itself for a page now and then, through its own door, and reports when no answer comes.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use socket2::{Domain, Socket, Type};

use super::Gate;
use super::hold;
use super::wire::{self, Deadline};

/// So many failures in a row mean that it is not just a busy moment.
const PATIENCE: u32 = 3;
/// Seconds that one look may take.
const AT_MOST: u64 = 10;

/// Looks at the front every `probe_seconds` until it stops or has failed.
pub fn watch(gate: &Gate, address: SocketAddr, target: &str) {
    let mut failures = 0;
    let pause = Duration::from_secs(gate.limits.probe_seconds.max(1));
    while gate.life.wait(pause).is_none() && !gate.life.is_stopping() {
        let outcome = ask(gate, reachable(address), target);
        *hold(&gate.probe) = None;
        match outcome {
            Ok(()) => {
                failures = 0;
                gate.life.answers();
            }
            Err(cause) => {
                failures += 1;
                tracing::warn!(%cause, failures, "the front does not answer itself");
                if failures >= PATIENCE && !gate.life.is_stopping() {
                    gate.life.fail(format!("it did not answer itself {failures} times: {cause}"));
                }
            }
        }
    }
}

/// One request of our own. Its address is known before it connects, so that the crowd at the door lets it through.
fn ask(gate: &Gate, address: SocketAddr, target: &str) -> io::Result<()> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.bind(&SocketAddr::new(address.ip(), 0).into())?;
    *hold(&gate.probe) = socket.local_addr()?.as_socket();
    socket.connect_timeout(&address.into(), Duration::from_secs(AT_MOST))?;

    let stream = TcpStream::from(socket);
    let mut deadline = Deadline::absolute(AT_MOST);
    let request = format!("GET {target} HTTP/1.1\r\nHost: front\r\nConnection: close\r\n\r\n");
    wire::write_all(&stream, request.as_bytes(), &mut deadline)?;
    let mut answer = Vec::new();
    let mut chunk = [0; 1024];
    loop {
        match wire::read(&stream, &mut chunk, &mut deadline)? {
            0 => break,
            count => answer.extend_from_slice(&chunk[..count]),
        }
    }
    if answer.starts_with(b"HTTP/1.1 200 ") {
        Ok(())
    } else {
        Err(io::Error::other(String::from_utf8_lossy(answer.get(..40).unwrap_or(&answer)).into_owned()))
    }
}

/// Where a listener on all addresses can be reached from here.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(four) if four.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(six) if six.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        other => other,
    };
    SocketAddr::new(ip, address.port())
}
