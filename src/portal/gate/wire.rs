//! Reading from and writing to sockets under a deadline that a slow peer cannot move.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// The end of one's patience. Bytes that moved earn more of it, up to a last moment.
pub struct Deadline {
    end: Instant,
    last: Instant,
    /// The most that can be earned in advance: a burst does not pay for silence after it.
    patience: Duration,
    slowest: u64,
}

impl Deadline {
    /// So many seconds from now, whatever moves.
    pub fn absolute(seconds: u64) -> Self {
        let end = Instant::now() + Duration::from_secs(seconds);
        Self { end, last: end, patience: Duration::ZERO, slowest: 1 }
    }

    /// So many seconds from now, and a second more for every `slowest` bytes that moved, until all `bytes` could have
    /// come that slowly: large files over slow lines have their time. Nobody has more than `seconds` left at any moment.
    pub fn earned(seconds: u64, slowest: u64, bytes: u64) -> Self {
        let (now, slowest, patience) = (Instant::now(), slowest.max(1), Duration::from_secs(seconds));
        // A day is more than any limit of bodies comes to, and within what clocks can add.
        let last = now + patience + Duration::from_secs((bytes / slowest).min(86_400));
        Self { end: now + patience, last, patience, slowest }
    }

    fn left(&self) -> io::Result<Duration> {
        let left = self.end.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
    }

    fn earn(&mut self, bytes: usize) {
        if self.end < self.last {
            let micros = (bytes as u64).saturating_mul(1_000_000) / self.slowest;
            let earned = self.end + Duration::from_micros(micros.min(86_400_000_000));
            self.end = earned.min(Instant::now() + self.patience).min(self.last);
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
    fn bytes_earn_time_up_to_a_last_moment_and_none_in_advance() {
        let mut deadline = Deadline::earned(60, 1000, 5_000);
        let begun = deadline.end;
        assert_eq!(deadline.last - begun, Duration::from_secs(5));
        deadline.end -= Duration::from_secs(30);
        deadline.earn(500);
        assert_eq!(begun - deadline.end, Duration::from_millis(29_500));
        deadline.earn(1_000_000);
        assert!(deadline.end >= begun && deadline.end - begun < Duration::from_secs(1), "a burst pays for no silence");
        (deadline.end, deadline.last) = (begun - Duration::from_secs(1), begun);
        deadline.earn(1_000_000);
        assert_eq!(deadline.end, begun);
    }
}
