//! The conversation with the mail server, step by step, so that each refusal is known for what it is.
//!
//! A timeout of the connection holds for one read, and a server that sends one byte a second never meets it. So each
//! attempt runs on a thread of its own and is given up as a whole when its time is over.

use std::fmt;
use std::net::ToSocketAddrs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;

use super::Outcome;
use super::credentials::Login;
use super::verdict::{Failure, Server, Step};
use crate::config::{self, Tls};
use crate::error::{Error, Kind, Result};
use crate::outbox::message::{Message, domain};

/// How many attempts that were given up may still hang before no new one is begun.
const MOST_HANGING: usize = 4;
/// A connection that rested longer is not used again.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// A mail server, and the connection to it that is kept between messages.
pub(super) struct Smtp {
    route: Arc<Route>,
    kept: Mutex<Option<Kept>>,
    talking: Arc<AtomicUsize>,
}

struct Route {
    server: Server,
    wire: Wire,
    login: Option<Login>,
    hello: ClientId,
}

enum Wire {
    Clear,
    Starttls(TlsParameters),
    Tls(TlsParameters),
}

struct Kept {
    connection: SmtpConnection,
    since: Instant,
}

impl Smtp {
    pub(super) fn new(mail: &config::Mail, base_url: &str, login: Option<Login>) -> Result<Self> {
        let wrong = |key: &str, why: String| Error::new(Kind::Config, why).at(key);
        if mail.host.is_empty() {
            return Err(wrong("mail.host", "mail.transport is smtp, but mail.host is empty".into()));
        }
        if mail.tls == Tls::None && !matches!(mail.host.as_str(), "localhost" | "127.0.0.1" | "::1") {
            return Err(wrong("mail.tls", format!("mail.tls is none, but '{}' is not this machine", mail.host)));
        }
        let wire = match mail.tls {
            Tls::None => Wire::Clear,
            Tls::Starttls => Wire::Starttls(trust(mail)?),
            Tls::Tls => Wire::Tls(trust(mail)?),
        };
        let name = domain(base_url);
        let hello = if name.contains('.') && name.contains(|c: char| c.is_ascii_alphabetic()) {
            ClientId::Domain(name)
        } else {
            ClientId::default()
        };
        let server = Server {
            host: mail.host.clone(),
            port: mail.port,
            timeout: Duration::from_secs(mail.timeout_seconds.max(1)),
            user: login.as_ref().map(|login| login.user.clone()),
            secrets: login.as_ref().map(Login::spellings).unwrap_or_default(),
        };
        Ok(Self {
            route: Arc::new(Route { server, wire, login, hello }),
            kept: Mutex::new(None),
            talking: Arc::new(AtomicUsize::new(0)),
        })
    }

    /// Hands a message over, or only signs in and asks whether the server is there.
    pub(super) fn send(&self, message: Option<&Message>) -> Outcome {
        let server = &self.route.server;
        if self.talking.load(Ordering::SeqCst) >= MOST_HANGING {
            let why = format!("{server} still holds {MOST_HANGING} earlier conversations open");
            return Outcome::Later { why, heard: false };
        }
        let given_up = Arc::new(AtomicBool::new(false));
        let attempt =
            Attempt { route: Arc::clone(&self.route), message: message.cloned(), given_up: Arc::clone(&given_up) };
        let mut kept = self.kept().take();
        let (report, outcome) = mpsc::sync_channel(1);
        let counted = Counted::one_more(&self.talking);
        let spawned = thread::Builder::new().name("mail".into()).spawn(move || {
            let counted = counted;
            let outcome = attempt.run(&mut kept);
            drop(counted);
            // Nobody listens any more when the attempt was given up; the connection then closes here.
            let _ = report.send((outcome, kept));
        });
        if let Err(cause) = spawned {
            return Outcome::Later { why: format!("no thread could be started for the mail: {cause}"), heard: false };
        }
        match outcome.recv_timeout(server.patience()) {
            Ok((outcome, kept)) => {
                *self.kept() = kept;
                outcome
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                given_up.store(true, Ordering::SeqCst);
                let why = format!("{server} did not finish within {} s", server.patience().as_secs());
                Outcome::Later { why, heard: false }
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                Outcome::Later { why: format!("the conversation with {server} broke on our side"), heard: true }
            }
        }
    }

    /// Says goodbye to a kept connection without waiting for the answer.
    pub(super) fn hang_up(&self) {
        let Some(mut kept) = self.kept().take() else {
            return;
        };
        let counted = Counted::one_more(&self.talking);
        // Without a thread the connection just closes.
        let _ = thread::Builder::new().name("mail".into()).spawn(move || {
            let _counted = counted;
            let _ = kept.connection.set_timeout(Some(Duration::from_secs(2)));
            kept.connection.abort();
        });
    }

    fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Smtp({}:{})", self.route.server.host, self.route.server.port)
    }
}

struct Attempt {
    route: Arc<Route>,
    message: Option<Message>,
    given_up: Arc<AtomicBool>,
}

impl Attempt {
    fn run(&self, kept: &mut Option<Kept>) -> Outcome {
        let server = &self.route.server;
        let (connection, said) = match self.connection(kept.take()) {
            Ok(mut connection) => {
                let said = self.hand_over(&mut connection);
                (connection, said)
            }
            Err(failure) => return server.judge(failure),
        };
        match said {
            Ok(response) => {
                *kept = Some(Kept { connection, since: Instant::now() });
                Outcome::Sent { answer: server.clean(&spoken(&response)) }
            }
            Err(failure) => {
                *kept = after_refusal(connection, &failure);
                server.judge(failure)
            }
        }
    }

    fn connection(&self, kept: Option<Kept>) -> Result<SmtpConnection, Failure> {
        if let Some(mut kept) = kept.filter(|kept| kept.since.elapsed() < LONGEST_REST)
            && kept.connection.test_connected()
        {
            return Ok(kept.connection);
        }
        let (route, server) = (&self.route, &self.route.server);
        let place = (server.host.as_str(), server.port);
        place.to_socket_addrs().map_err(Failure::Unknown)?;
        let wrapped = match &route.wire {
            Wire::Tls(parameters) => Some(parameters),
            Wire::Clear | Wire::Starttls(_) => None,
        };
        let mut connection = SmtpConnection::connect(place, Some(server.timeout), &route.hello, wrapped, None)
            .map_err(Failure::at(Step::Reach))?;
        if let Wire::Starttls(parameters) = &route.wire {
            connection.starttls(parameters, &route.hello).map_err(Failure::at(Step::Encrypt))?;
        }
        if let Some(login) = &route.login {
            self.still_wanted()?;
            let credentials = Credentials::new(login.user.clone(), login.password.to_string());
            connection.auth(DEFAULT_MECHANISMS, &credentials).map_err(Failure::at(Step::SignIn))?;
        }
        Ok(connection)
    }

    fn hand_over(&self, connection: &mut SmtpConnection) -> Result<Response, Failure> {
        let Some(message) = &self.message else {
            return connection.command(Noop).map_err(Failure::at(Step::Reach));
        };
        self.still_wanted()?;
        let from = Mail::new(Some(message.from().clone()), Vec::new());
        connection.command(from).map_err(Failure::at(Step::From(message.from().to_string())))?;
        self.still_wanted()?;
        let to = Rcpt::new(message.to().clone(), Vec::new());
        connection.command(to).map_err(Failure::at(Step::To(message.to().to_string())))?;
        self.still_wanted()?;
        connection.command(Data).map_err(Failure::at(Step::Announce))?;
        self.still_wanted()?;
        connection.message(message.bytes()).map_err(Failure::at(Step::Content))
    }

    /// An attempt that was given up stops before its next step, so that it does not send what is tried again elsewhere.
    fn still_wanted(&self) -> Result<(), Failure> {
        if self.given_up.load(Ordering::SeqCst) { Err(Failure::GivenUp) } else { Ok(()) }
    }
}

/// A server that refused in an orderly way is asked to forget the message, and the connection stays.
fn after_refusal(mut connection: SmtpConnection, failure: &Failure) -> Option<Kept> {
    let orderly = failure.code().is_some_and(|code| code != "421");
    (orderly && connection.command(Rset).is_ok()).then(|| Kept { connection, since: Instant::now() })
}

fn spoken(response: &Response) -> String {
    format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "))
}

/// Whom to believe: the system's authorities, and those of `mail.ca_file`; the name on the certificate is checked.
fn trust(mail: &config::Mail) -> Result<TlsParameters> {
    let mut builder = TlsParameters::builder(mail.host.clone());
    if !mail.ca_file.as_os_str().is_empty() {
        builder = builder.add_root_certificate(authority(&mail.ca_file)?);
    }
    builder.build().map_err(|cause| {
        Error::new(Kind::Config, format!("no encrypted way to '{}' can be prepared", mail.host))
            .because(anyhow::Error::from(cause))
    })
}

fn authority(path: &Path) -> Result<Certificate> {
    let wrong = |why: String| {
        Error::new(Kind::Config, format!("the file of authorities '{}' {why}", path.display())).at("mail.ca_file")
    };
    let pem = std::fs::read(path).map_err(|cause| wrong(format!("cannot be read: {cause}")))?;
    if !pem.windows(27).any(|piece| piece == b"-----BEGIN CERTIFICATE-----") {
        return Err(wrong("holds no certificate in PEM".into()));
    }
    Certificate::from_pem(&pem).map_err(|_| wrong("holds a certificate that cannot be read".into()))
}

/// Counts a conversation for as long as it lives.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn one_more(counter: &Arc<AtomicUsize>) -> Self {
        counter.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(counter))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
