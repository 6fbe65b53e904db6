//! The only listener: it reads whole requests under deadlines, refuses everything odd, and hands on what is clean.
//!
//! `accept` takes connections, `crowd` counts them, `talk` leads one conversation with the help of `head` and `body`,
//! `spool` counts what lies on the disk, `relay` carries the clean request to the worker side and the whole answer back, `worker` answers, `probe` looks
//! whether all of that still works. `refusal` is what the gate says by itself.

pub mod accept;
pub mod body;
pub mod client;
pub mod crowd;
pub mod head;
pub mod life;
pub mod limits;
pub mod probe;
pub mod refusal;
pub mod relay;
pub mod spool;
pub mod talk;
pub mod wire;
pub mod worker;

use std::fs::File;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crowd::Crowd;
use life::Life;
use limits::Limits;
use spool::Spool;

use super::front::Handler;

/// What every part of one front shares.
pub struct Gate {
    /// Sizes, counts and deadlines.
    pub limits: Limits,
    /// Proxies whose word about the client is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Who is connected.
    pub crowd: Arc<Crowd>,
    /// Whether it runs, stops or has failed.
    pub life: Arc<Life>,
    /// The private socket of the worker side.
    pub backend: PathBuf,
    /// Something open, to be copied when it must be known how many descriptors are left.
    pub descriptor: File,
    /// Who answers, and says before a body is read how long it may be.
    pub handler: Arc<dyn Handler>,
    /// Bodies of requests that lie in temporary files just now.
    pub bodies: Arc<Spool>,
    /// Answers that do. Whoever fills the one leaves the other as it is.
    pub answers: Arc<Spool>,
    /// Where the front's own probe comes from, so that no crowd keeps it out.
    pub probe: Mutex<Option<SocketAddr>>,
}

/// The lock, also after a thread panicked while it held it: the counts below are never left half changed.
fn hold<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
