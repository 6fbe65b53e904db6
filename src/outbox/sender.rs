//! How a message leaves: to a mail server, into a file, or not at all; and what became of it.

mod conversation;
mod credentials;
mod verdict;

use std::fs;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::config::{self, Transport};
use crate::error::Result;
use crate::outbox::message::Message;
use crate::outbox::sender::conversation::Smtp;

/// What became of one attempt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It left; the answer is the mail server's own, or the file's path.
    Sent {
        /// One line, cleaned.
        answer: String,
    },
    /// Not now: try this message again.
    Later {
        /// A sentence for the office.
        why: String,
        /// Whether the mail server was there and spoke of this message; where not, it would take no other one either.
        heard: bool,
    },
    /// Refused for good: this message, or its recipient.
    Never {
        /// A sentence for the office.
        why: String,
    },
    /// No message can leave until somebody or something changes: all of them wait.
    Paused {
        /// A sentence for the office.
        why: String,
    },
}

/// The way out, made once and kept: it holds the connection to the mail server between messages.
#[derive(Debug)]
pub struct Sender(Way);

#[derive(Debug)]
enum Way {
    Smtp(Box<Smtp>),
    Folder(PathBuf),
    Nowhere,
}

impl Sender {
    /// Reads what the configured transport needs, the password included, and says what is missing; connects to nothing.
    ///
    /// `data_dir` is where the transport `file` makes its folder `mail`.
    pub fn from_config(mail: &config::Mail, base_url: &str, data_dir: &Path) -> Result<Self> {
        Ok(Self(match mail.transport {
            Transport::Smtp => {
                let credentials = credentials::of(mail, std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from))?;
                Way::Smtp(Box::new(Smtp::new(mail, base_url, credentials)?))
            }
            Transport::File => Way::Folder(data_dir.join("mail")),
            Transport::Off => Way::Nowhere,
        }))
    }

    /// Tries to hand a message over. Never takes longer than three times the configured timeout.
    pub fn send(&self, message: &Message) -> Outcome {
        match &self.0 {
            Way::Smtp(smtp) => smtp.send(Some(message)),
            Way::Folder(folder) => match store(folder, message) {
                Ok(path) => {
                    // Within the data directory, which whoever asks knows: a list of mails is narrow.
                    let place = folder.parent().and_then(|data| path.strip_prefix(data).ok()).unwrap_or(&path);
                    Outcome::Sent { answer: place.display().to_string() }
                }
                Err(cause) => Outcome::Paused {
                    why: format!("mail cannot be written into the folder '{}': {cause}", folder.display()),
                },
            },
            Way::Nowhere => off(),
        }
    }

    /// Tries the way without a message: connects, encrypts and signs in.
    pub fn probe(&self) -> Outcome {
        match &self.0 {
            Way::Smtp(smtp) => smtp.send(None),
            Way::Folder(folder) => match make(folder) {
                Ok(()) => Outcome::Sent { answer: folder.display().to_string() },
                Err(cause) => {
                    Outcome::Paused { why: format!("the folder '{}' cannot be made: {cause}", folder.display()) }
                }
            },
            Way::Nowhere => off(),
        }
    }

    /// Lets go of the connection, so that none stays open while nothing is to be sent.
    pub fn hang_up(&self) {
        if let Way::Smtp(smtp) = &self.0 {
            smtp.hang_up();
        }
    }
}

fn off() -> Outcome {
    Outcome::Paused { why: "mail is switched off (mail.transport is off): mails wait in the outbox".into() }
}

/// Writes `<id before the @>.eml`, whole or not at all; the same message again takes the place of the first.
fn store(folder: &Path, message: &Message) -> std::io::Result<PathBuf> {
    make(folder)?;
    let stem = message.id().split('@').next().unwrap_or_default();
    let mut stem: String =
        stem.chars().take(100).map(|c| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' }).collect();
    if stem.is_empty() {
        stem.push('_');
    }
    let path = folder.join(format!("{stem}.eml"));
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
    file.write_all(message.bytes())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|failed| failed.error)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(path)
}

fn make(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}
