//! What a failure means for the mail: later, never, or nothing goes until somebody looks; and the sentence that says why.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;

use super::Outcome;
use crate::text::is_unprintable;

/// The mail server as sentences name it.
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    /// For one answer.
    pub(super) timeout: Duration,
    pub(super) user: Option<String>,
    /// What must not appear in a sentence, in every spelling it is sent in.
    pub(super) secrets: Vec<String>,
}

/// Where in the conversation it was.
pub(super) enum Step {
    /// Connecting, TLS from the first byte, greeting.
    Reach,
    /// STARTTLS.
    Encrypt,
    /// AUTH.
    SignIn,
    /// MAIL FROM, with the address.
    From(String),
    /// RCPT TO, with the address.
    To(String),
    /// DATA.
    Announce,
    /// The message itself, and the answer that confirms it.
    Content,
}

impl Step {
    /// Whether it belongs to one message, so that another one may fare better.
    fn is_of_a_message(&self) -> bool {
        match self {
            Self::Reach | Self::Encrypt | Self::SignIn => false,
            Self::From(_) | Self::To(_) | Self::Announce | Self::Content => true,
        }
    }
}

/// What went wrong.
pub(super) enum Failure {
    /// The host's name leads nowhere.
    Unknown(io::Error),
    /// The whole attempt took too long and nobody waits for it.
    GivenUp,
    /// A step failed.
    Step(Step, SmtpError),
}

impl Failure {
    pub(super) fn at(step: Step) -> impl FnOnce(SmtpError) -> Self {
        move |error| Self::Step(step, error)
    }

    /// The code of the server's answer, if it was one.
    pub(super) fn code(&self) -> Option<String> {
        match self {
            Self::Step(_, error) => error.status().map(|code| code.to_string()),
            Self::Unknown(_) | Self::GivenUp => None,
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the mail server '{}:{}'", self.host, self.port)
    }
}

impl Server {
    /// The time for one whole attempt.
    pub(super) fn patience(&self) -> Duration {
        self.timeout * 3
    }

    /// What a failure means.
    pub(super) fn judge(&self, failure: Failure) -> Outcome {
        let (step, error) = match failure {
            Failure::Unknown(cause) => {
                return Outcome::Paused {
                    why: self.clean(&format!("{self} cannot be found under that name: {cause}")),
                };
            }
            Failure::GivenUp => return Outcome::Later { why: format!("{self} took too long"), heard: false },
            Failure::Step(step, error) => (step, error),
        };
        let outcome = match error.status() {
            Some(code) => self.answered(&step, &code.to_string(), &error),
            None => self.broken(&step, &error),
        };
        match outcome {
            Outcome::Later { why, heard } => Outcome::Later { why: self.clean(&why), heard },
            Outcome::Never { why } => Outcome::Never { why: self.clean(&why) },
            Outcome::Paused { why } => Outcome::Paused { why: self.clean(&why) },
            Outcome::Sent { answer } => Outcome::Sent { answer: self.clean(&answer) },
        }
    }

    /// One line of at most 300 characters without control characters and without the password.
    pub(super) fn clean(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.secrets {
            text = text.replace(secret.as_str(), "***");
        }
        let spaced: String = text.chars().map(|c| if is_unprintable(c) { ' ' } else { c }).collect();
        let joined = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
        match joined.char_indices().nth(300) {
            Some((end, _)) => format!("{}…", &joined[..end]),
            None => joined,
        }
    }

    /// The server said no.
    fn answered(&self, step: &Step, code: &str, error: &SmtpError) -> Outcome {
        let text = error.source().map(ToString::to_string).unwrap_or_default();
        let answer = format!("{code} {text}");
        if matches!(code, "530" | "534" | "535" | "538") || (error.is_permanent() && matches!(step, Step::SignIn)) {
            let why = match &self.user {
                Some(user) => format!("{self} does not accept the login '{user}': {answer}"),
                None => format!("{self} wants a login, and mail.user is empty: {answer}"),
            };
            return Outcome::Paused { why };
        }
        if error.is_transient() {
            let about = match step {
                Step::To(address) => format!(" for '{address}'"),
                _ => String::new(),
            };
            let why = format!("{self} asks to try again later{about}: {answer}");
            return Outcome::Later { why, heard: step.is_of_a_message() };
        }
        match step {
            Step::Reach | Step::Encrypt | Step::SignIn => {
                Outcome::Paused { why: format!("{self} turns us away: {answer}") }
            }
            Step::From(address) => {
                Outcome::Paused { why: format!("{self} does not accept the sender '{address}': {answer}") }
            }
            // A server that relays for nobody unknown says so for each recipient; it means all of them.
            Step::To(_) if text.to_lowercase().contains("relay") => {
                Outcome::Paused { why: format!("{self} does not pass mail on for us: {answer}") }
            }
            Step::To(address) => {
                Outcome::Never { why: format!("{self} does not accept the recipient '{address}': {answer}") }
            }
            Step::Announce | Step::Content => {
                Outcome::Never { why: format!("{self} does not accept the message: {answer}") }
            }
        }
    }

    /// No answer, or none that can be understood.
    fn broken(&self, step: &Step, error: &SmtpError) -> Outcome {
        if let Some(cause) = io_cause(error) {
            return self.cut(step, cause);
        }
        match step {
            Step::Encrypt if error.is_client() => {
                Outcome::Paused { why: format!("{self} does not offer STARTTLS, and mail never goes in the clear") }
            }
            Step::SignIn if error.is_client() => {
                Outcome::Paused { why: format!("{self} offers no way to sign in that we know (PLAIN, LOGIN)") }
            }
            // lettre knows the end of the stream only by these words.
            _ if error.source().is_some_and(|cause| cause.to_string() == "incomplete response") => self.closed(step),
            Step::Reach => Outcome::Paused { why: format!("{self} does not speak SMTP on that port") },
            _ => Outcome::Later { why: format!("{self} answered in a way that is not SMTP"), heard: true },
        }
    }

    fn cut(&self, step: &Step, cause: &io::Error) -> Outcome {
        // A fault found by TLS travels inside an input/output error; text that is not UTF-8 has nothing inside.
        if let (io::ErrorKind::InvalidData, Some(fault)) = (cause.kind(), cause.get_ref()) {
            return Outcome::Paused { why: self.distrust(fault) };
        }
        match cause.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Outcome::Later {
                why: format!("{self} did not answer within {} s", self.timeout.as_secs()),
                // The sender's address is the same in every mail.
                heard: step.is_of_a_message() && !matches!(step, Step::From(_)),
            },
            io::ErrorKind::ConnectionRefused => {
                let why = format!("{self} does not take connections (connection refused)");
                Outcome::Later { why, heard: false }
            }
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
                self.closed(step)
            }
            _ => Outcome::Later {
                why: format!("the connection to {self} failed: {cause}"),
                heard: step.is_of_a_message(),
            },
        }
    }

    fn closed(&self, step: &Step) -> Outcome {
        let why = match step {
            Step::Content => format!(
                "{self} closed the connection before it confirmed the message; it goes again under the same Message-ID"
            ),
            _ => format!("{self} closed the connection"),
        };
        Outcome::Later { why, heard: step.is_of_a_message() }
    }

    /// Why TLS did not come about. The name of the fault is read from its debug form; an unknown one is shown as it is.
    fn distrust(&self, fault: &(dyn std::error::Error + Send + Sync)) -> String {
        let name = format!("{fault:?}");
        let certificate = format!("the certificate of {self}");
        if name.contains("NotValidForName") {
            format!("{certificate} does not bear the name '{}'", self.host)
        } else if name.contains("UnknownIssuer") {
            format!(
                "{certificate} is not signed by an authority this machine trusts; a private one goes into mail.ca_file"
            )
        } else if name.contains("Expired") {
            format!("{certificate} has expired")
        } else if name.contains("NotValidYet") {
            format!("{certificate} is not valid yet; is this machine's clock right?")
        } else if name.contains("InvalidCertificate") {
            let shown = fault.to_string();
            format!("{certificate} is not accepted: {}", shown.trim_start_matches("invalid peer certificate: "))
        } else if name.contains("InvalidMessage") {
            format!("{self} does not speak TLS on that port; is mail.tls right?")
        } else {
            format!("no encryption could be agreed on with {self}: {fault}")
        }
    }
}

fn io_cause(error: &SmtpError) -> Option<&io::Error> {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(found) = inner.downcast_ref::<io::Error>() {
            return Some(found);
        }
        cause = inner.source();
    }
    None
}
