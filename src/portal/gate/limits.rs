//! How much of everything the front takes, and for how long.

use std::path::PathBuf;

use super::spool::Room;
use crate::error::{Error, Kind, Result};

/// Counts, sizes in bytes and times in seconds; the defaults are those of a service company's only machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Open connections at once.
    pub max_connections: usize,
    /// Open connections of one client at once; an IPv6 client is its /64 network.
    pub max_per_client: usize,
    /// Requests between the gate and the workers at once.
    pub slots: usize,
    /// Threads that answer.
    pub workers: usize,
    /// Request line and headers together.
    pub head_bytes: usize,
    /// Header lines.
    pub head_lines: usize,
    /// Path and query.
    pub target_bytes: usize,
    /// From the first byte of a request to the end of its headers.
    pub head_seconds: u64,
    /// Time for a body; bytes that came earn more at [`Self::slowest`], until the whole body could have come so. Nobody is
    /// silent for longer.
    pub body_seconds: u64,
    /// Time for the client to take an answer; bytes that went earn more, as above.
    pub answer_seconds: u64,
    /// From one answer to the next request on the same connection.
    pub idle_seconds: u64,
    /// Waiting for a slot.
    pub slot_seconds: u64,
    /// From handing a request over to the last byte of its answer.
    pub handler_seconds: u64,
    /// After a refusal, reading on so that the client gets to see it.
    pub linger_seconds: u64,
    /// Between two looks of the front at itself.
    pub probe_seconds: u64,
    /// Bytes a second below which body and answer time is not extended.
    pub slowest: u64,
    /// Bodies of requests that may lie in temporary files, until they are answered.
    pub bodies: Room,
    /// Answers that may.
    pub answers: Room,
    /// Where they lie.
    pub spool_directory: PathBuf,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_connections: 512,
            max_per_client: 64,
            slots: 32,
            workers: 8,
            head_bytes: 16 * 1024,
            head_lines: 64,
            target_bytes: 2 * 1024,
            head_seconds: 10,
            body_seconds: 60,
            answer_seconds: 60,
            idle_seconds: 15,
            slot_seconds: 10,
            handler_seconds: 60,
            linger_seconds: 5,
            probe_seconds: 10,
            slowest: 16 * 1024,
            bodies: Room::of(2 * 1000 * 1000 * 1000),
            answers: Room::of(2 * 1000 * 1000 * 1000),
            spool_directory: std::env::temp_dir(),
        }
    }
}

/// Descriptors that are not the front's: database, files, log, mail.
const OTHERS: usize = 48;
/// The worker side holds three ends of a private socket and perhaps two temporary files for each slot.
const PER_SLOT: usize = 4;
/// A connection and perhaps its body in a temporary file.
const PER_CONNECTION: usize = 2;

impl Limits {
    /// The same limits with no more connections than so many file descriptors can carry.
    ///
    /// A front that runs out of descriptors in the middle cannot answer those it let in.
    pub fn within_descriptors(mut self, descriptors: Option<u64>) -> Result<Self> {
        let Some(descriptors) = descriptors else { return Ok(self) };
        let descriptors = usize::try_from(descriptors).unwrap_or(usize::MAX);
        let room = descriptors.saturating_sub(OTHERS + PER_SLOT * self.slots) / PER_CONNECTION;
        if room < 8 {
            return Err(Error::new(
                Kind::Unavailable,
                format!("{descriptors} open files are too few to serve {} requests at once", self.slots),
            )
            .tip("raise the limit of open files (LimitNOFILE in the service unit, ulimit -n in a shell)"));
        }
        if room < self.max_connections {
            tracing::warn!(descriptors, connections = room, "the limit of open files lowers the limit of connections");
            self.max_connections = room;
            self.max_per_client = self.max_per_client.min(room / 2);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_descriptors_mean_few_connections() {
        let roomy = Limits::default().within_descriptors(Some(4096)).expect("enough");
        assert_eq!(roomy, Limits::default());
        let tight = Limits::default().within_descriptors(Some(256)).expect("enough");
        assert_eq!((tight.max_connections, tight.max_per_client), (40, 20));
        assert_eq!(Limits::default().within_descriptors(Some(100)).expect_err("too few").kind(), Kind::Unavailable);
    }
}
