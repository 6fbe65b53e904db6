//! The running server: the portal behind its front, and the mailer beside it.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::config::{Config, Transport};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::outbox::delivery::{self, PAUSE};
use crate::outbox::sender::Sender;
use crate::portal::Site;
use crate::portal::front::{Front, Limits};

/// How long requests in hand may take when the server stops.
const DRAIN: Duration = Duration::from_secs(10);

/// How often the mailer looks for mail, and the server at its signals.
const LOOK: Duration = Duration::from_millis(250);

/// A running server.
pub(super) struct Service {
    front: Front,
    mailer: Option<JoinHandle<()>>,
    stopping: Arc<AtomicBool>,
}

impl Service {
    /// Starts to answer on a listener, and to send mail if that is wanted.
    pub(super) fn start(db: &Db, config: &Config, listener: TcpListener, sends_mail: bool) -> Result<Self> {
        let stopping = Arc::new(AtomicBool::new(false));
        let mailer = match sends_mail {
            true => Some(mailer(db.clone(), config.clone(), Arc::clone(&stopping))?),
            false => None,
        };
        let front = front(Site::new(db, config.clone())?, config, listener)?;
        Ok(Self { front, mailer, stopping })
    }

    /// Starts to answer with a portal of another kind, and sends no mail.
    pub(super) fn answer(site: Site, config: &Config, listener: TcpListener) -> Result<Self> {
        let front = front(site, config, listener)?;
        Ok(Self { front, mailer: None, stopping: Arc::new(AtomicBool::new(false)) })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.front.address()
    }

    /// Answers until `done` says so; fails if the front has failed for good.
    pub(super) fn until(&self, done: impl Fn() -> bool) -> Result<()> {
        while !done() {
            if let Some(error) = self.front.wait(LOOK) {
                return Err(error);
            }
        }
        Ok(())
    }

    /// Finishes what is in hand and ends.
    pub(super) fn stop(self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.front.stop(DRAIN);
        if let Some(mailer) = self.mailer {
            // The mail in hand is finished or tried again later: its lease runs out.
            let _ = mailer.join();
        }
    }
}

fn front(site: Site, config: &Config, listener: TcpListener) -> Result<Front> {
    let portal = &config.portal;
    let limits = Limits {
        workers: portal.workers,
        max_connections: portal.max_connections,
        max_per_client: portal.max_connections_per_client,
        body_bytes: crate::portal::FORM_LIMIT,
        ..Limits::default()
    };
    Front::start(listener, limits, portal.trusted_proxies.clone(), site.handler())
}

/// Sends what is due, for ever. What goes wrong is logged and tried again: the mailer never ends by itself.
fn mailer(db: Db, config: Config, stopping: Arc<AtomicBool>) -> Result<JoinHandle<()>> {
    let sender = Sender::from_config(&config.mail, &config.portal.base_url, &config.data_dir)?;
    let pace = match config.mail.transport {
        Transport::Smtp => Duration::from_secs(60) / config.mail.max_per_minute.max(1),
        Transport::File | Transport::Off => Duration::ZERO,
    };
    let run = move || {
        let stops = || stopping.load(Ordering::SeqCst);
        let rest = |time: Duration| {
            let until = Instant::now() + time;
            while !stops() && Instant::now() < until {
                std::thread::sleep(LOOK.min(until.saturating_duration_since(Instant::now())));
            }
        };
        while !stops() {
            let mut begun = false;
            let go_on = || {
                if std::mem::replace(&mut begun, true) {
                    rest(pace);
                }
                !stops()
            };
            let waits = match delivery::carry(&db, &sender, &config, None, go_on) {
                Ok(round) => match round.paused {
                    Some(why) => {
                        tracing::warn!(why, "no mail can leave");
                        Duration::from_secs(u64::try_from(PAUSE).unwrap_or(60))
                    }
                    None => LOOK,
                },
                Err(error) => {
                    tracing::error!(error = error.message(), "the mailer was interrupted");
                    Duration::from_secs(5)
                }
            };
            rest(waits);
        }
    };
    std::thread::Builder::new().name("mailer".into()).spawn(run).map_err(Error::internal)
}
