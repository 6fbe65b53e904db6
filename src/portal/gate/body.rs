//! The body of a request: read to its declared end under a deadline, in memory while small, on disk within a budget.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::portal::exchange::{Body, IN_MEMORY};

use super::Gate;
use super::refusal::Refusal;
use super::talk::End;
use super::wire::{self, Deadline, Socket};

/// A body, and its share of the disk that is given back when it is dropped.
pub struct Spooled {
    /// The bytes.
    pub body: Body,
    share: Share,
}

/// Reads a body of a length: what has come already is in `buffer`, what is left over there belongs to the next request.
pub fn receive(gate: &Gate, socket: &impl Socket, buffer: &mut Vec<u8>, length: u64) -> Result<Spooled, End> {
    let limits = &gate.limits;
    let mut spooled = Spooled::new(gate);
    let ready = buffer.len().min(usize::try_from(length).unwrap_or(usize::MAX));
    let first: Vec<u8> = buffer.drain(..ready).collect();
    spooled.push(gate, &first)?;

    let mut deadline = Deadline::earned(limits.body_seconds, limits.slowest, length);
    let mut left = length - ready as u64;
    let mut chunk = vec![0; IN_MEMORY.min(usize::try_from(left).unwrap_or(IN_MEMORY))];
    while left > 0 {
        let room = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        match wire::read(socket, &mut chunk[..room], &mut deadline) {
            Ok(0) => return Err(End::Gone),
            Ok(count) => {
                spooled.push(gate, &chunk[..count])?;
                left -= count as u64;
            }
            Err(error) if error.kind() == std::io::ErrorKind::TimedOut => return Err(Refusal::Slow.into()),
            Err(_) => return Err(End::Gone),
        }
    }
    Ok(spooled)
}

impl Spooled {
    /// No bytes yet.
    pub fn new(gate: &Gate) -> Self {
        Self {
            body: Body::spooling_in(&gate.limits.spool_directory),
            share: Share { all: Arc::clone(&gate.spooled), mine: 0 },
        }
    }

    /// Adds bytes, as long as the disk and all bodies together allow it.
    pub fn push(&mut self, gate: &Gate, bytes: &[u8]) -> Result<(), Refusal> {
        let length = self.body.len() + bytes.len() as u64;
        if length > IN_MEMORY as u64 {
            self.share.grow(length, gate.limits.spool_bytes)?;
        }
        self.body.push(bytes).map_err(|cause| {
            tracing::error!(%cause, "a temporary file cannot be written");
            Refusal::Busy("temporary files")
        })
    }
}

struct Share {
    all: Arc<AtomicU64>,
    mine: u64,
}

impl Share {
    fn grow(&mut self, length: u64, limit: u64) -> Result<(), Refusal> {
        let more = length - self.mine;
        let before = self.all.fetch_add(more, Ordering::SeqCst);
        self.mine = length;
        if before + more > limit { Err(Refusal::Busy("bytes on disk")) } else { Ok(()) }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.all.fetch_sub(self.mine, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_the_disk_are_bounded_and_come_back() {
        let all = Arc::new(AtomicU64::new(0));
        let mut one = Share { all: Arc::clone(&all), mine: 0 };
        let mut two = Share { all: Arc::clone(&all), mine: 0 };
        one.grow(60, 100).expect("room");
        assert_eq!(two.grow(60, 100).expect_err("full").status(), 503);
        drop(two);
        one.grow(100, 100).expect("room again");
        drop(one);
        assert_eq!(all.load(Ordering::SeqCst), 0);
    }
}
