//! Command: the portal, until it is told to stop.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use rustix::fs::{Access, access};
use serde_json::json;
use signal_hook::consts::{SIGINT, SIGTERM};
use tracing_subscriber::EnvFilter;

use super::answer::{Action, Answer, Done};
use super::desk::Desk;
use super::flags::Changing;
use super::io::Io;
use super::manager::Manager;
use super::service::Service;
use super::socket::{Counter, Door};
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::groups;
use crate::links;

#[derive(Args, Debug)]
#[command(after_help = "\
The log goes to standard error: for people on a terminal, as JSON lines elsewhere. FRONTDESK_LOG says how much of it:
error, warn, info (the default), debug or trace, also for single parts, such as info,frontdesk::outbox=debug.
SIGTERM and SIGINT end the server; requests in hand are finished first.

Under systemd it listens at the socket that a socket unit hands over, whatever portal.listen says, tells when it is
ready, and feeds the watchdog as long as the portal answers itself (Type=notify, WatchdogSec=).")]
pub(super) struct Serve {
    /// Listen here instead of where the configuration says
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Leave the mails in the outbox
    #[arg(long)]
    no_mail: bool,
    /// Look whether everything is in place, and end
    #[arg(long)]
    check: bool,
}

impl Serve {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let mut config = desk.config.clone();
        let handed = Manager::listener(desk.io)?;
        let handed_at = handed.as_ref().map(TcpListener::local_addr).transpose().map_err(Error::internal)?;
        config.portal.listen = self.listen.or(handed_at).unwrap_or(config.portal.listen);
        config.check().map_err(|error| error.as_kind(Kind::Config))?;
        let db = desk.db()?;
        let found = db.check()?;
        if let Some(first) = found.first() {
            return Err(Error::new(Kind::Storage, format!("the database is damaged: {first}"))
                .tip("restore it from a backup; nothing was changed"));
        }
        if self.check {
            let facts = json!({ "data_dir": config.data_dir, "listen": config.portal.listen });
            let sentence =
                format!("portal {} on {}: everything is in place", config.portal.base_url, config.portal.listen);
            return Ok(Done::new(Action::Unchanged, "", sentence, &facts, Changing::default())?.into());
        }
        let _lock = lock(desk)?;
        let listener = match handed {
            Some(handed) if self.listen.is_none() => handed,
            _ => listen(config.portal.listen)?,
        };
        log(desk.io);
        let stop = signals()?;
        let service = Service::start(db, &config, listener, !self.no_mail)?;
        let _door = door(desk, db)?;
        for group in desk.read_outside(groups::list)? {
            desk.say(&format!("{}: {}{}", group.card.name, config.portal.base_url, links::home(&group.slug)));
        }
        desk.say(&format!("listening on {}", service.address()));
        if !config.portal.listen.ip().is_loopback() {
            desk.say("warning: this address can be reached from other machines, and there is no TLS here");
        }
        warn_of_other_links(desk, service.address());
        let manager = Manager::of(desk.io);
        manager.ready(&format!("answers at {}", service.address()));
        let ended = service.until(|| {
            manager.beat(service.answered());
            stop.load(Ordering::SeqCst)
        });
        manager.stopping();
        service.stop();
        ended?;
        Ok(Answer::Text(String::new()))
    }
}

/// Nobody said what the links in mails begin with, and the portal is not there.
fn warn_of_other_links(desk: &Desk, address: SocketAddr) {
    let base = &desk.config.portal.base_url;
    if desk.loaded.is_default("portal.base_url") && !base.ends_with(&format!(":{}", address.port())) {
        desk.say(&format!("warning: links begin with {base}, and the portal is not there"));
        desk.say("  tip: say where customers find it: base_url in [portal] of the configuration");
    }
}

/// Opens the admin socket, where its folder is there for it.
fn door(desk: &Desk, db: &Db) -> Result<Option<Door>> {
    let socket = &desk.config.admin.socket;
    // One that is another's is not ours to open.
    let is_ours = |folder: &Path| access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok();
    if !socket.parent().is_some_and(is_ours) {
        if desk.globals.verbose > 0 {
            desk.say(&format!("no admin socket: '{}' has no folder that can be written", socket.display()));
        }
        return Ok(None);
    }
    let mut loaded = desk.loaded.clone();
    loaded.config = desk.config.clone();
    let counter = Counter { db: db.clone(), loaded, clock: desk.io.clock.clone() };
    let door = Door::open(socket, counter)?;
    desk.say(&format!("staff give their commands at {}", socket.display()));
    Ok(Some(door))
}

/// Takes the place of the one server of a data directory. The lock goes with the process, however it ends.
pub(super) fn lock(desk: &Desk) -> Result<File> {
    let path = desk.config.data_dir.join("serve.lock");
    let cannot = |cause: std::io::Error| {
        Error::new(Kind::CannotWrite, format!("'{}' cannot be written: {cause}", path.display()))
    };
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => {
            Err(Error::new(Kind::Busy, format!("another server runs on '{}'", desk.config.data_dir.display())))
        }
        Err(std::fs::TryLockError::Error(cause)) => Err(cannot(cause)),
    }
}

/// Opens the port.
pub(super) fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).map_err(|cause| {
        Error::new(Kind::Unavailable, format!("cannot listen on {address}: {cause}"))
            .tip("see who does with: ss -ltnp, or choose another port with --listen")
    })
}

/// Becomes true when the process is told to end.
pub(super) fn signals() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stop)).map_err(Error::internal)?;
    }
    Ok(stop)
}

/// The log goes to standard error: for people on a terminal, as JSON lines elsewhere. `FRONTDESK_LOG` chooses how much.
pub(super) fn log(io: &Io) {
    let wanted = io.variable("FRONTDESK_LOG").unwrap_or_else(|| "info".into());
    let filter = EnvFilter::try_new(&wanted).unwrap_or_else(|_| EnvFilter::new("info"));
    let writer = tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter);
    // A second server in the same process, as in tests, keeps the first one's log.
    let _ = if io.stderr_is_terminal { writer.try_init() } else { writer.json().try_init() };
}
