//! The front door of `serve`: starts gate and workers on a listener, says when they have failed, stops them in order.

use std::fs::{File, Permissions};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Resource, getrlimit};
use tempfile::TempDir;
use tiny_http::Server;

use crate::error::{Error, Kind, Result};

use super::exchange::{IN_MEMORY, Reply, Request};
use super::gate::crowd::Crowd;
use super::gate::life::Life;
use super::gate::refusal::{page, reference};
use super::gate::spool::Spool;
use super::gate::worker::Worker;
use super::gate::{Gate, accept, probe};

pub use super::gate::head::Head;
pub use super::gate::limits::Limits;
pub use super::gate::spool::Room;

/// Who stands behind the front; asked by several threads at once.
pub trait Handler: Send + Sync {
    /// Answers a request. A panic in it is a 500 and nothing worse.
    fn answer(&self, request: Request) -> Reply;

    /// The longest body that a request may have, in bytes. It is asked when the head was read and before the body is, for
    /// every request, so it decides by the head alone and quickly.
    fn longest_body(&self, _head: &Head) -> u64 {
        IN_MEMORY as u64
    }

    /// Answers a request whose body was longer than that. Nothing of the body was read: the request has none.
    fn too_large(&self, _request: Request, most: u64) -> Reply {
        let text = format!("What was sent is too large. The limit is {most} bytes.");
        Reply::new(413, "text/html; charset=utf-8", page(413, "Content Too Large", &text))
    }
}

/// A running front.
pub struct Front {
    gate: Arc<Gate>,
    address: SocketAddr,
    server: Option<Arc<Server>>,
    accepting: Option<JoinHandle<()>>,
    watching: Option<JoinHandle<()>>,
    workers: Vec<JoinHandle<()>>,
    _private: TempDir,
}

impl Front {
    /// Serves on a listener. Believes only `trusted_proxies` about whom they speak for.
    pub fn start(
        listener: TcpListener,
        limits: Limits,
        trusted_proxies: Vec<IpAddr>,
        handler: Arc<dyn Handler>,
    ) -> Result<Self> {
        let limits = limits.within_descriptors(getrlimit(Resource::Nofile).current)?;
        let address = listener.local_addr().map_err(|cause| cannot("the listener has no address", cause))?;
        accept::prepare(&listener).map_err(|cause| cannot("the listener cannot be prepared", cause))?;

        let private = private_directory()?;
        let backend = private.path().join("workers.sock");
        let descriptor =
            File::open(private.path()).map_err(|cause| cannot("the private directory is closed", cause))?;
        let server = Server::http_unix(&backend).map_err(|cause| {
            Error::new(Kind::Unavailable, format!("{} cannot be opened: {cause}", backend.display()))
                .tip("set TMPDIR to a directory with a short name that can be written")
        })?;
        let server = Arc::new(server);
        let life = Arc::new(Life::default());
        let target = format!("/front-{}{}{}", reference(), reference(), reference());

        let gate = Arc::new(Gate {
            crowd: Arc::new(Crowd::new(&limits)),
            trusted_proxies,
            life: Arc::clone(&life),
            backend,
            descriptor,
            handler: Arc::clone(&handler),
            bodies: Arc::new(Spool::new(limits.bodies)),
            answers: Arc::new(Spool::new(limits.answers)),
            probe: std::sync::Mutex::new(None),
            limits,
        });
        let mut front = Self {
            gate: Arc::clone(&gate),
            address,
            server: Some(Arc::clone(&server)),
            accepting: None,
            watching: None,
            workers: Vec::new(),
            _private: private,
        };
        for _ in 0..gate.limits.workers.max(1) {
            let worker = Worker {
                server: Arc::clone(&server),
                handler: Arc::clone(&handler),
                probe: target.clone(),
                spool_directory: gate.limits.spool_directory.clone(),
                life: Arc::clone(&life),
            };
            front.workers.push(spawn("worker", move || worker.work())?);
        }
        let door = Arc::clone(&gate);
        front.accepting = Some(spawn("accept", move || accept::accept(&door, &listener))?);
        front.watching = Some(spawn("probe", move || probe::watch(&gate, address, &target))?);
        Ok(front)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many are connected at the moment.
    pub fn connections(&self) -> usize {
        self.gate.crowd.len()
    }

    /// How many workers are at work.
    pub fn workers(&self) -> usize {
        self.workers.iter().filter(|worker| !worker.is_finished()).count()
    }

    /// What broke for good, if anything did; only a new process mends it.
    pub fn failure(&self) -> Option<Error> {
        self.gate.life.failure()
    }

    /// When it last answered a request of its own through its own door; when it was started, before the first.
    pub fn answered(&self) -> Instant {
        self.gate.life.answered()
    }

    /// Waits until it has failed for good, at most so long.
    pub fn wait(&self, at_most: Duration) -> Option<Error> {
        self.gate.life.wait(at_most)
    }

    /// Stops accepting, lets open requests finish within `drain`, closes what is left and joins its threads.
    pub fn stop(mut self, drain: Duration) {
        self.shut(drain);
    }

    fn shut(&mut self, drain: Duration) {
        let Some(server) = self.server.take() else { return };
        self.gate.life.stop();
        join(self.accepting.take());
        self.gate.crowd.send_home(drain);
        self.gate.life.close();
        self.workers.iter().for_each(|_| server.unblock());
        // A handler that never returns must not keep the process: its worker is left behind.
        let end = Instant::now() + Duration::from_secs(2);
        while self.workers() > 0 && Instant::now() < end {
            thread::sleep(Duration::from_millis(5));
        }
        for worker in self.workers.drain(..).filter(JoinHandle::is_finished) {
            join(Some(worker));
        }
        join(self.watching.take());
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.shut(Duration::ZERO);
    }
}

/// A directory that nobody else may enter, whatever the umask.
fn private_directory() -> Result<TempDir> {
    let directory = tempfile::Builder::new()
        .prefix("frontdesk-")
        .tempdir()
        .map_err(|cause| cannot("no temporary directory can be made", cause))?;
    std::fs::set_permissions(directory.path(), Permissions::from_mode(0o700))
        .map_err(|cause| cannot("the temporary directory cannot be closed to others", cause))?;
    Ok(directory)
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map_err(|cause| cannot("no thread can be started", cause))
}

fn join(thread: Option<JoinHandle<()>>) {
    if thread.is_some_and(|thread| thread.join().is_err()) {
        tracing::error!("a thread of the front had panicked");
    }
}

fn cannot(what: &str, cause: std::io::Error) -> Error {
    Error::new(Kind::Unavailable, format!("{what}: {cause}")).because(cause)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{Ipv4Addr, TcpStream};

    use super::*;

    struct Well;

    impl Handler for Well {
        fn answer(&self, _: Request) -> Reply {
            Reply::new(200, "text/plain", "well")
        }
    }

    fn front(limits: Limits) -> Front {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        Front::start(listener, limits, Vec::new(), Arc::new(Well)).expect("starts")
    }

    fn ask(front: &Front) -> String {
        let mut stream = TcpStream::connect(front.address()).expect("connects");
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("text");
        answer
    }

    #[test]
    fn the_private_directory_is_closed_to_others_and_leaves_nothing_behind() {
        let front = front(Limits::default());
        assert!(ask(&front).ends_with("well"));
        let directory = front._private.path().to_owned();
        let mode = std::fs::metadata(&directory).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        front.stop(Duration::from_secs(1));
        assert!(!directory.exists());
    }

    #[test]
    fn a_front_that_no_longer_answers_itself_has_failed() {
        let front = front(Limits { probe_seconds: 1, ..Limits::default() });
        assert!(front.wait(Duration::from_millis(1500)).is_none());
        std::fs::remove_file(&front.gate.backend).expect("there");
        assert!(ask(&front).starts_with("HTTP/1.1 503 "));
        let failure = front.wait(Duration::from_secs(20)).expect("noticed");
        assert_eq!((failure.kind(), failure.kind().exit()), (Kind::Internal, 70));
    }
}
