//! The running server: the portal behind its front, with the mailer and the keeper beside it.

use std::net::{SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

use crate::clock::Moment;
use crate::config::Config;
use crate::db::{Db, Origin};
use crate::delivery::{self, PAUSE};
use crate::documents::{self, Files};
use crate::error::{Error, Result};
use crate::outbox::sender::Sender;
use crate::portal::Site;
use crate::portal::front::{Front, Limits};
use crate::readings;
use crate::staff;

/// How long requests in hand may take when the server stops.
const DRAIN: Duration = Duration::from_secs(10);

/// How often the mailer looks for mail, and the server at its signals.
const LOOK: Duration = Duration::from_millis(250);

/// A running server.
pub(super) struct Service {
    front: Front,
    /// The mailer and the keeper, where it has them.
    helpers: Vec<JoinHandle<()>>,
    stopping: Arc<AtomicBool>,
}

impl Service {
    /// Starts to answer on a listener, and to send mail if that is wanted.
    pub(super) fn start(db: &Db, config: &Config, listener: TcpListener, sends_mail: bool) -> Result<Self> {
        let stopping = Arc::new(AtomicBool::new(false));
        let front = front(Site::new(db, config.clone())?, config, listener)?;
        let by_itself = db.from(Origin::by("worker"));
        let mut helpers = vec![keeper(by_itself.clone(), Files::below(&config.data_dir), Arc::clone(&stopping))?];
        if sends_mail {
            helpers.push(mailer(by_itself, config.clone(), Arc::clone(&stopping))?);
        }
        Ok(Self { front, helpers, stopping })
    }

    /// Starts to answer with a portal of another kind, and sends no mail.
    pub(super) fn answer(site: Site, config: &Config, listener: TcpListener) -> Result<Self> {
        let front = front(site, config, listener)?;
        Ok(Self { front, helpers: Vec::new(), stopping: Arc::new(AtomicBool::new(false)) })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.front.address()
    }

    /// When it last answered a request of its own.
    pub(super) fn answered(&self) -> Instant {
        self.front.answered()
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
        for helper in self.helpers {
            // The mail in hand is finished or tried again later: its lease runs out.
            let _ = helper.join();
        }
    }
}

fn front(site: Site, config: &Config, listener: TcpListener) -> Result<Front> {
    let portal = &config.portal;
    let usual = Limits::default();
    let limits = Limits {
        workers: portal.workers,
        max_connections: portal.max_connections,
        max_per_client: portal.max_connections_per_client,
        bodies: usual.bodies.holding(config.uploads.max_form_bytes()),
        answers: usual.answers.holding(config.uploads.max_file_bytes()),
        // Beside the files that they become: a folder for temporary files is memory on many machines.
        spool_directory: Files::below(&config.data_dir).folder()?,
        ..usual
    };
    Front::start(listener, limits, portal.trusted_proxies.clone(), Arc::new(site))
}

/// Sends what is due, for ever. What goes wrong is logged and tried again: the mailer never ends by itself.
fn mailer(db: Db, config: Config, stopping: Arc<AtomicBool>) -> Result<JoinHandle<()>> {
    let sender = Sender::from_config(&config.mail, &config.portal.base_url, &config.data_dir)?;
    let run = move || {
        let stops = || stopping.load(Ordering::SeqCst);
        // What was said last of the way out: it is said again only when it changes.
        let mut said: Option<String> = None;
        while !stops() {
            // Mails that must wait for their minute are looked for again soon, like those that come meanwhile.
            let go_on = |not_before: Option<Moment>| not_before.is_none() && !stops();
            let carried = catch_unwind(AssertUnwindSafe(|| delivery::carry(&db, &sender, &config, None, go_on)));
            let waits = match carried {
                Ok(Ok(round)) => {
                    let left = round.sent + round.dead > 0;
                    match round.paused {
                        Some(why) => {
                            match &said {
                                None => tracing::warn!(why, "no mail can leave"),
                                Some(before) if *before != why => tracing::info!(why, "still no mail can leave"),
                                Some(_) => {}
                            }
                            said = Some(why);
                            Duration::from_secs(u64::try_from(PAUSE).unwrap_or(60))
                        }
                        None => {
                            if left && said.take().is_some() {
                                tracing::info!("mail leaves again");
                            }
                            LOOK
                        }
                    }
                }
                Ok(Err(error)) => {
                    tracing::error!(error = error.message(), "the mailer was interrupted");
                    Duration::from_secs(5)
                }
                Err(_) => {
                    tracing::error!("the mailer panicked and goes on with the next mail");
                    Duration::from_secs(5)
                }
            };
            rest(waits, &stopping);
        }
    };
    std::thread::Builder::new().name("mailer".into()).spawn(run).map_err(Error::internal)
}

/// Sweeps the files of documents, tells of machines that are due for service, and tells administrators daily of what others
/// did with customer accounts: at once and then at every full hour. What goes wrong is logged, and tried again then.
fn keeper(db: Db, files: Files, stopping: Arc<AtomicBool>) -> Result<JoinHandle<()>> {
    let run = move || {
        while !stopping.load(Ordering::SeqCst) {
            match documents::sweep(&db, &files, SystemTime::now()) {
                Ok(swept) => {
                    for hash in &swept.missing {
                        tracing::error!(hash, "the bytes of a document are missing");
                    }
                    if swept.removed + swept.temporary > 0 {
                        tracing::info!(removed = swept.removed, temporary = swept.temporary, "files were swept");
                    }
                }
                Err(error) => tracing::error!(error = error.message(), "the files could not be swept"),
            }
            match readings::tell_due(&db, None) {
                Ok(0) => {}
                Ok(told) => tracing::info!(told, "services that are due were told of"),
                Err(error) => tracing::error!(error = error.message(), "it could not be told which services are due"),
            }
            match staff::tell_accounts(&db, None) {
                Ok(0) => {}
                Ok(told) => tracing::info!(told, "administrators were told of changes to customer accounts"),
                Err(error) => tracing::error!(error = error.message(), "nobody could be told of changes to accounts"),
            }
            rest(to_full_hour(db.now()), &stopping);
        }
    };
    std::thread::Builder::new().name("keeper".into()).spawn(run).map_err(Error::internal)
}

/// How long it is to the next full hour.
fn to_full_hour(now: Moment) -> Duration {
    Duration::from_secs(u64::try_from(3_600 - now.unix().rem_euclid(3_600)).unwrap_or(3_600))
}

/// Rests, but not beyond the end of the server.
fn rest(time: Duration, stopping: &AtomicBool) {
    let until = Instant::now() + time;
    while !stopping.load(Ordering::SeqCst) && Instant::now() < until {
        std::thread::sleep(LOOK.min(until.saturating_duration_since(Instant::now())));
    }
}
