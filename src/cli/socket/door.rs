//! The server's door for the company's own people: who asks is said by the kernel, and by nothing else.

use std::collections::HashMap;
use std::fs::Permissions;
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::super::io::Io;
use super::frame::{self, Hello, Sort, VARIABLES};
use super::line::Line;
use crate::clock::Clock;
use crate::config::Loaded;
use crate::db::Db;
use crate::error::{Error, Kind, Result};

/// How long to rest when no caller can be taken, and to wait for one who is turned away.
const LOOK: Duration = Duration::from_millis(50);

/// How long a caller may take to say what he wants.
const GREETING: Duration = Duration::from_secs(10);

/// So many commands run at once, and so many of one operating-system user.
const MOST: usize = 32;
const MOST_OF_ONE: usize = 8;

/// The uid of nobody, to which users are mapped whom this machine does not know.
const NOBODY: u32 = 65_534;

/// On what commands that come through the socket are run.
#[derive(Clone)]
pub(in crate::cli) struct Counter {
    /// The data.
    pub(in crate::cli) db: Db,
    /// The server's own configuration.
    pub(in crate::cli) loaded: Loaded,
    /// What tells the time.
    pub(in crate::cli) clock: Clock,
}

/// A socket that is listened to; it goes with the door.
pub(in crate::cli) struct Door {
    path: PathBuf,
    stopping: Arc<AtomicBool>,
    listening: JoinHandle<()>,
}

type Callers = Arc<Mutex<HashMap<u32, usize>>>;

impl Door {
    /// Opens the door. A socket that was left behind is replaced; one that another server listens on is not.
    pub(in crate::cli) fn open(path: &Path, counter: Counter) -> Result<Self> {
        let cannot = |cause: io::Error| {
            Error::new(Kind::Unavailable, format!("the admin socket '{}' cannot be opened: {cause}", path.display()))
                .because(cause)
                .tip("make its folder, for whoever runs the server, or set admin.socket in the configuration")
        };
        match UnixStream::connect(path) {
            Ok(_) => {
                return Err(Error::new(Kind::Busy, format!("another server listens at '{}'", path.display())));
            }
            Err(cause) if cause.kind() == ErrorKind::NotFound => {}
            Err(_) => std::fs::remove_file(path).map_err(cannot)?,
        }
        let listener = UnixListener::bind(path).map_err(cannot)?;
        // Everybody may knock: the kernel says who it is.
        std::fs::set_permissions(path, Permissions::from_mode(0o666)).map_err(cannot)?;
        let stopping = Arc::new(AtomicBool::new(false));
        let stops = Arc::clone(&stopping);
        let run = move || listen(&listener, &counter, &stops);
        let listening = thread::Builder::new().name("admin".into()).spawn(run).map_err(cannot)?;
        Ok(Self { path: path.to_owned(), stopping, listening })
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // A last caller wakes whoever listens. Where another's socket has taken the place of ours he is
        // not reached, and sleeps until the process ends.
        let _ = UnixStream::connect(&self.path);
        let _ = std::fs::remove_file(&self.path);
        let patience = Instant::now() + LOOK * 20;
        while !self.listening.is_finished() && Instant::now() < patience {
            thread::sleep(LOOK / 50);
        }
    }
}

fn listen(listener: &UnixListener, counter: &Counter, stopping: &AtomicBool) {
    let callers = Callers::default();
    while !stopping.load(Ordering::SeqCst) {
        match listener.accept() {
            Ok(_) if stopping.load(Ordering::SeqCst) => {}
            Ok((stream, _)) => admit(stream, counter, &callers),
            Err(cause) => {
                tracing::warn!(%cause, "a caller at the admin socket could not be taken");
                thread::sleep(LOOK);
            }
        }
    }
}

/// Lets a caller in, unless too many are there already.
fn admit(stream: UnixStream, counter: &Counter, callers: &Callers) {
    let Ok(uid) = rustix::net::sockopt::socket_peercred(&stream).map(|peer| peer.uid.as_raw()) else { return };
    let Some(place) = Place::take(callers, uid) else {
        turn_away(stream, 75, "error: too many commands run at this moment [busy]\n  tip: try again in a moment\n");
        return;
    };
    let counter = counter.clone();
    let run = move || {
        let _place = place;
        if let Err(cause) = attend(stream, uid, &counter) {
            tracing::info!(uid, %cause, "a caller at the admin socket went away");
        }
    };
    if let Err(cause) = thread::Builder::new().name("command".into()).spawn(run) {
        tracing::warn!(%cause, "a command of the admin socket could not be begun");
    }
}

/// One caller's place among those that are let in.
struct Place(Callers, u32);

impl Place {
    fn take(callers: &Callers, uid: u32) -> Option<Self> {
        let mut all = callers.lock().unwrap_or_else(PoisonError::into_inner);
        let there: usize = all.values().sum();
        let own = all.entry(uid).or_default();
        if there >= MOST || *own >= MOST_OF_ONE {
            return None;
        }
        *own += 1;
        Some(Self(Arc::clone(callers), uid))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = all.get_mut(&self.1) {
            *own -= 1;
            if *own == 0 {
                all.remove(&self.1);
            }
        }
    }
}

fn turn_away(mut stream: UnixStream, status: u8, why: &str) {
    let _ = stream.set_write_timeout(Some(LOOK));
    let _ = frame::send(&mut stream, Sort::Talk, why.as_bytes());
    let _ = frame::send(&mut stream, Sort::Exit, &[status]);
}

/// Runs one command for whoever the kernel says asks.
fn attend(mut stream: UnixStream, uid: u32, counter: &Counter) -> io::Result<()> {
    stream.set_read_timeout(Some(GREETING))?;
    let greeting = frame::receive(&mut stream)?;
    if greeting.sort != Sort::Hello {
        return Err(io::Error::new(ErrorKind::InvalidData, "it does not say what it wants"));
    }
    let hello: Hello = greeting.json()?;
    let (own, theirs) = (env!("CARGO_PKG_VERSION"), &hello.version);
    if own != theirs {
        let theirs = crate::text::shown(theirs);
        turn_away(
            stream,
            69,
            &format!(
                "error: the server is version {own}, and this program {theirs} [unavailable]\n  tip: restart the server, or use its program\n"
            ),
        );
        return Ok(());
    }
    if uid == NOBODY {
        turn_away(stream, 77, &format!("error: uid {NOBODY} is nobody in particular [denied]\n"));
        return Ok(());
    }
    let line = Line::new(stream)?;
    let mut io = Io::of_caller(&line, hello.environment, hello.terminals, hello.width, hello.directory.into(), uid);
    io.clock = counter.clock.clone();
    let words = hello.words.into_iter().map(Into::into);
    let status =
        catch_unwind(AssertUnwindSafe(|| super::super::run_at(words, &mut io, Some(counter)))).unwrap_or_else(|_| {
            tracing::error!(uid, "a command of the admin socket panicked");
            70
        });
    line.end(status)
}

impl Io {
    /// The streams and surroundings of a caller at the socket.
    fn of_caller(
        line: &Line,
        environment: Vec<(String, String)>,
        terminals: [bool; 3],
        width: Option<usize>,
        directory: PathBuf,
        uid: u32,
    ) -> Self {
        use std::cell::RefCell;
        Self {
            stdin: RefCell::new(line.input()),
            stdout: RefCell::new(line.output()),
            stderr: RefCell::new(line.talk()),
            stdin_is_terminal: terminals[0],
            stdout_is_terminal: terminals[1],
            stderr_is_terminal: terminals[2],
            draws_progress: false,
            width,
            environment: environment.into_iter().filter(|(name, _)| VARIABLES.contains(&name.as_str())).collect(),
            disk: line.disk(),
            directory,
            machine_config: PathBuf::new(),
            clock: Clock::system(),
            uid,
        }
    }
}
