//! The body of a request: read to its declared end under a deadline, in memory while small, on disk within a budget.

use std::net::IpAddr;
use std::sync::Arc;

use crate::portal::exchange::{Body, IN_MEMORY};

use super::Gate;
use super::refusal::Refusal;
use super::spool::{Share, Spool};
use super::talk::End;
use super::wire::{self, Deadline, Socket};

/// What came after a head.
pub enum Sent {
    /// The whole body.
    Whole(Spooled),
    /// Nothing of it was read: it is longer than this many bytes, the most that this request may have.
    TooLarge(u64),
}

/// A body, and its share of the disk that is given back when it is dropped.
pub struct Spooled {
    /// The bytes.
    pub body: Body,
    /// Its share, which may outlive it.
    pub share: Share,
}

/// Reads a body of a length: what has come already is in `buffer`, what is left over there belongs to the next request.
pub fn receive(
    gate: &Gate,
    socket: &impl Socket,
    buffer: &mut Vec<u8>,
    length: u64,
    client: Option<IpAddr>,
) -> Result<Spooled, End> {
    let limits = &gate.limits;
    let mut spooled = Spooled::new(gate, &gate.bodies, client);
    let ready = buffer.len().min(usize::try_from(length).unwrap_or(usize::MAX));
    let first: Vec<u8> = buffer.drain(..ready).collect();
    spooled.push(&first)?;

    let mut deadline = Deadline::earned(limits.body_seconds, limits.slowest, length);
    let mut left = length - ready as u64;
    let mut chunk = vec![0; IN_MEMORY.min(usize::try_from(left).unwrap_or(IN_MEMORY))];
    while left > 0 {
        let room = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        match wire::read(socket, &mut chunk[..room], &mut deadline) {
            Ok(0) => return Err(End::Gone),
            Ok(count) => {
                spooled.push(&chunk[..count])?;
                left -= count as u64;
            }
            Err(error) if error.kind() == std::io::ErrorKind::TimedOut => return Err(Refusal::Slow.into()),
            Err(_) => return Err(End::Gone),
        }
    }
    Ok(spooled)
}

impl Spooled {
    /// No bytes yet of a client, which will be counted in one of the two spools.
    pub fn new(gate: &Gate, spool: &Arc<Spool>, client: Option<IpAddr>) -> Self {
        Self { body: Body::spooling_in(&gate.limits.spool_directory), share: spool.share(client) }
    }

    /// Adds bytes, as long as the disk, the client's share and all bodies together allow it.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let length = self.body.len() + bytes.len() as u64;
        if length > IN_MEMORY as u64 {
            self.share.grow(length)?;
        }
        self.body.push(bytes).map_err(|cause| {
            tracing::error!(%cause, "a temporary file cannot be written");
            Refusal::Busy("temporary files")
        })
    }
}
