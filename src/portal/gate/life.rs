//! Whether the front runs, is stopping, or has failed for good, for every thread to see and to wait on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, Kind};

use super::hold;

/// The state of one front.
pub struct Life {
    stopping: AtomicBool,
    closed: AtomicBool,
    fault: Mutex<Option<String>>,
    changed: Condvar,
    answered: Mutex<Instant>,
}

impl Default for Life {
    fn default() -> Self {
        Self {
            stopping: AtomicBool::default(),
            closed: AtomicBool::default(),
            fault: Mutex::default(),
            changed: Condvar::default(),
            answered: Mutex::new(Instant::now()),
        }
    }
}

impl Life {
    /// No new connections from now on; those that are open finish their request.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Whoever is just about to wait has seen the flag or hears the call.
        drop(hold(&self.fault));
        self.changed.notify_all();
    }

    /// Whether it is stopping.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    /// The workers go home.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    /// Whether the workers have been sent home.
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// The front has answered itself.
    pub fn answers(&self) {
        *hold(&self.answered) = Instant::now();
    }

    /// When it last did, or when it began.
    pub fn answered(&self) -> Instant {
        *hold(&self.answered)
    }

    /// Something broke that only a new process mends; the first report stays.
    pub fn fail(&self, why: impl Into<String>) {
        let why = why.into();
        tracing::error!(why, "the front has failed");
        hold(&self.fault).get_or_insert(why);
        self.changed.notify_all();
    }

    /// What broke, if anything did.
    pub fn failure(&self) -> Option<Error> {
        hold(&self.fault).as_ref().map(|why| Error::new(Kind::Internal, format!("the web front has failed: {why}")))
    }

    /// Waits until it fails or stops, or until so much time has passed.
    pub fn wait(&self, at_most: Duration) -> Option<Error> {
        let end = Instant::now() + at_most;
        let mut fault = hold(&self.fault);
        while fault.is_none() && !self.is_stopping() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            fault = self.changed.wait_timeout(fault, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(fault);
        self.failure()
    }
}
