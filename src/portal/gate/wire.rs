//! Reading from and writing to sockets under a deadline that a slow peer cannot move.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// The end of one's patience. Bytes that moved earn more of it, up to a last moment.
pub struct Deadline {
    end: Instant,
    last: Instant,
    slowest: u64,
}

impl Deadline {
    /// So many seconds from now, whatever moves.
    pub fn absolute(seconds: u64) -> Self {
        let end = Instant::now() + Duration::from_secs(seconds);
        Self { end, last: end, slowest: 1 }
    }

    /// So many seconds from now, and a second more for every `slowest` bytes that moved, up to five times as many.
    pub fn earned(seconds: u64, slowest: u64) -> Self {
        let now = Instant::now();
        let last = now + Duration::from_secs(seconds.saturating_mul(5));
        Self { end: now + Duration::from_secs(seconds), last, slowest: slowest.max(1) }
    }

    fn left(&self) -> io::Result<Duration> {
        let left = self.end.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
    }

    fn earn(&mut self, bytes: usize) {
        if self.end < self.last {
            let micros = (bytes as u64).saturating_mul(1_000_000) / self.slowest;
            self.end = (self.end + Duration::from_micros(micros)).min(self.last);
        }
    }
}

/// A socket on which one wait can be bounded.
pub trait Socket {
    /// Waits at most so long for the next bytes.
    fn receive(&self, buffer: &mut [u8], at_most: Duration) -> io::Result<usize>;
    /// Waits at most so long until some bytes are taken.
    fn send(&self, bytes: &[u8], at_most: Duration) -> io::Result<usize>;
}

impl Socket for TcpStream {
    fn receive(&self, buffer: &mut [u8], at_most: Duration) -> io::Result<usize> {
        self.set_read_timeout(Some(at_most))?;
        (&*self).read(buffer)
    }
    fn send(&self, bytes: &[u8], at_most: Duration) -> io::Result<usize> {
        self.set_write_timeout(Some(at_most))?;
        (&*self).write(bytes)
    }
}

impl Socket for UnixStream {
    fn receive(&self, buffer: &mut [u8], at_most: Duration) -> io::Result<usize> {
        self.set_read_timeout(Some(at_most))?;
        (&*self).read(buffer)
    }
    fn send(&self, bytes: &[u8], at_most: Duration) -> io::Result<usize> {
        self.set_write_timeout(Some(at_most))?;
        (&*self).write(bytes)
    }
}

/// The next bytes, none at the end of the stream, `TimedOut` when the deadline has passed.
pub fn read(socket: &impl Socket, buffer: &mut [u8], deadline: &mut Deadline) -> io::Result<usize> {
    loop {
        match socket.receive(buffer, deadline.left()?) {
            Ok(count) => {
                deadline.earn(count);
                return Ok(count);
            }
            Err(error) if again(&error) => {}
            Err(error) => return Err(error),
        }
    }
}

/// All bytes, or an error.
pub fn write_all(socket: &impl Socket, mut bytes: &[u8], deadline: &mut Deadline) -> io::Result<()> {
    while !bytes.is_empty() {
        match socket.send(bytes, deadline.left()?) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => {
                deadline.earn(count);
                bytes = &bytes[count..];
            }
            Err(error) if again(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Interrupted or waited in vain: the deadline says whether there is another try.
fn again(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dripping_peer_does_not_move_an_absolute_deadline() {
        let (ours, theirs) = UnixStream::pair().expect("a pair");
        let dripping = std::thread::spawn(move || {
            for _ in 0..40 {
                if (&theirs).write_all(b"x").is_err() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        });
        let start = Instant::now();
        let mut deadline = Deadline::absolute(1);
        let mut buffer = [0; 8];
        let ended = loop {
            match read(&ours, &mut buffer, &mut deadline) {
                Ok(0) => break None,
                Ok(_) => {}
                Err(error) => break Some(error.kind()),
            }
        };
        assert_eq!(ended, Some(ErrorKind::TimedOut));
        assert!(start.elapsed() < Duration::from_millis(1500));
        drop(ours);
        dripping.join().expect("no panic");
    }

    #[test]
    fn bytes_earn_time_up_to_a_last_moment() {
        let mut deadline = Deadline::earned(1, 1000);
        let before = deadline.end;
        deadline.earn(500);
        assert_eq!(deadline.end - before, Duration::from_millis(500));
        deadline.earn(1_000_000);
        assert_eq!(deadline.end, deadline.last);
    }
}
