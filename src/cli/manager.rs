//! The service manager that started the server, if one did: systemd, or whatever speaks its protocol (`sd_notify(3)`,
//! `sd_listen_fds(3)`).

use std::cell::Cell;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use listenfd::ListenFd;
use sd_notify::NotifyState;

use super::io::Io;
use crate::error::{Error, Kind, Result};

/// What is said to the manager, and how often it wants to hear from us.
pub(super) struct Manager {
    listens: bool,
    /// The time after which it takes a silent server for dead.
    watchdog: Option<Duration>,
    /// When it was last told that all is well.
    last: Cell<Option<Instant>>,
}

impl Manager {
    /// The one that this process has, as its environment says.
    pub(super) fn of(io: &Io) -> Self {
        // Asked of the caller's environment first, which in tests is not the one of the process.
        let speaks = |name| io.variable(name).is_some();
        Self {
            listens: speaks("NOTIFY_SOCKET"),
            watchdog: speaks("WATCHDOG_USEC").then(sd_notify::watchdog_enabled).flatten(),
            last: Cell::new(None),
        }
    }

    /// The socket that it opened for us: it stays open while the server starts again, and nobody is refused meanwhile.
    pub(super) fn listener(io: &Io) -> Result<Option<TcpListener>> {
        if io.variable("LISTEN_FDS").is_none() {
            return Ok(None);
        }
        let mut handed = ListenFd::from_env();
        if handed.len() > 1 {
            return Err(Error::new(
                Kind::Config,
                format!("{} sockets were handed over, and one is used", handed.len()),
            )
            .tip("let the socket unit have one ListenStream="));
        }
        handed.take_tcp_listener(0).map_err(|cause| {
            Error::new(Kind::Config, format!("the socket that was handed over is none for TCP: {cause}"))
                .tip("let the socket unit say ListenStream=127.0.0.1:8780")
        })
    }

    /// The portal answers from now on.
    pub(super) fn ready(&self, status: &str) {
        self.say(&[NotifyState::Ready, NotifyState::Status(status)]);
    }

    /// The server finishes what is in hand and ends.
    pub(super) fn stopping(&self) {
        self.say(&[NotifyState::Stopping, NotifyState::Status("finishing the requests in hand")]);
    }

    /// Keeps the watchdog quiet when it is called often, as long as `answered` is not too old: when the portal last answered
    /// a request of its own through its own door. So it barks also when nothing has failed and nothing moves.
    pub(super) fn beat(&self, answered: Instant) {
        let Some(most) = self.watchdog else { return };
        if is_due(most, self.last.get().map(|last| last.elapsed()), answered.elapsed()) {
            self.say(&[NotifyState::Watchdog]);
            self.last.set(Some(Instant::now()));
        }
    }

    fn say(&self, states: &[NotifyState]) {
        if (self.listens || self.watchdog.is_some())
            && let Err(cause) = sd_notify::notify(states)
        {
            tracing::warn!(%cause, "the service manager cannot be told");
        }
    }
}

/// Whether the watchdog is to be told now: three times as often as it wants to hear from us, and only while the last answer
/// is younger than two thirds of that time.
fn is_due(most: Duration, since_told: Option<Duration>, since_answered: Duration) -> bool {
    since_told.is_none_or(|since| since >= most / 3) && since_answered < most / 3 * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portal_that_no_longer_answers_is_not_said_to_live() {
        let seconds = Duration::from_secs;
        for (since_told, since_answered, due) in [
            (None, 0, true),
            (Some(29), 1, false),
            (Some(30), 1, true),
            (Some(30), 59, true),
            (Some(30), 60, false),
            (None, 3_600, false),
        ] {
            let told = since_told.map(seconds);
            assert_eq!(is_due(seconds(90), told, seconds(since_answered)), due, "{since_told:?} {since_answered}");
        }
    }
}
