//! The configuration file: what it may say, what holds when it says nothing, and where each value came from.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, Result};
use crate::text::{Email, Lang, Zone};

/// Everything that can be configured; `Config::default()` is enough to run on one machine with mail written to files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the database, the files and the key live.
    pub data_dir: PathBuf,
    /// The group that commands mean when they name none.
    pub group: String,
    /// The web.
    pub portal: Portal,
    /// What customers may upload.
    pub uploads: Uploads,
    /// Passwords, sessions, links.
    pub security: Security,
    /// How mail leaves.
    pub mail: Mail,
    /// Files of customers, objects and orders.
    pub import: Import,
}

/// `[portal]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Portal {
    /// The address customers type, without a slash at the end; every link in a mail begins with it.
    pub base_url: String,
    /// Where `serve` listens.
    pub listen: SocketAddr,
    /// Listening anywhere but on loopback needs this line.
    pub listen_publicly: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// The language of a new group.
    pub lang: Lang,
    /// The zone of a new group.
    pub zone: Zone,
    /// Threads that answer requests.
    pub workers: usize,
    /// Open connections at once.
    pub max_connections: usize,
    /// Open connections of one client at once.
    pub max_connections_per_client: usize,
}

/// `[uploads]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Uploads {
    /// The largest file, in megabytes of 1,000,000 bytes.
    pub max_file_mb: u64,
    /// Files in one form.
    pub max_files: usize,
    /// File name endings that are taken.
    pub types: Vec<String>,
}

/// `[security]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Security {
    /// Characters of a new password; never below 8.
    pub password_min_length: usize,
    /// Hours without a request after which a session ends.
    pub session_idle_hours: u32,
    /// Days after which a session ends in any case.
    pub session_max_days: u32,
    /// Days an invitation can be used.
    pub invite_valid_days: u32,
    /// Hours a reset link can be used.
    pub reset_valid_hours: u32,
    /// Argon2id memory in KiB.
    pub argon2_memory_kib: u32,
    /// Argon2id passes.
    pub argon2_passes: u32,
    /// Argon2id lanes.
    pub argon2_lanes: u32,
}

/// How mail leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// A mail server.
    Smtp,
    /// One `.eml` file a mail, in the folder `mail` of the data directory.
    File,
    /// Nowhere: mails wait in the outbox.
    Off,
}

/// How the way to the mail server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Begin in the clear and insist on STARTTLS.
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// No encryption; only towards this machine itself.
    None,
}

/// `[mail]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// smtp, file or off.
    pub transport: Transport,
    /// The mail server's name, which its certificate must bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// starttls, tls or none.
    pub tls: Tls,
    /// The login at the mail server; empty for none.
    pub user: String,
    /// A file of mode 0600 that holds the password; a credential `smtp-password` of the service manager comes first.
    pub password_file: PathBuf,
    /// A PEM file of authorities to trust beside the system's own; empty for none.
    pub ca_file: PathBuf,
    /// The sender's address.
    pub from: Option<Email>,
    /// Mails a minute at most.
    pub max_per_minute: u32,
    /// Hours after which a mail that cannot be delivered is given up.
    pub give_up_hours: u32,
    /// Seconds to wait for the mail server.
    pub timeout_seconds: u64,
}

/// `[import]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Import {
    /// More bad rows than this, in percent, mean that it is the wrong file: nothing is taken.
    pub max_rejected_percent: u8,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: "frontdesk-data".into(),
            group: String::new(),
            portal: Portal::default(),
            uploads: Uploads::default(),
            security: Security::default(),
            mail: Mail::default(),
            import: Import::default(),
        }
    }
}

impl Default for Portal {
    fn default() -> Self {
        Self {
            base_url: "http://localhost:8780".into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8780)),
            listen_publicly: false,
            trusted_proxies: Vec::new(),
            lang: Lang::En,
            zone: Zone::default(),
            workers: 8,
            max_connections: 512,
            max_connections_per_client: 64,
        }
    }
}

impl Default for Uploads {
    fn default() -> Self {
        let types = ["pdf", "jpg", "jpeg", "png", "webp", "heic", "txt", "csv", "docx", "xlsx", "odt", "ods"];
        Self { max_file_mb: 25, max_files: 5, types: types.map(String::from).to_vec() }
    }
}

impl Default for Security {
    fn default() -> Self {
        Self {
            password_min_length: 12,
            session_idle_hours: 7 * 24,
            session_max_days: 30,
            invite_valid_days: 7,
            reset_valid_hours: 2,
            argon2_memory_kib: 19_456,
            argon2_passes: 2,
            argon2_lanes: 1,
        }
    }
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            transport: Transport::File,
            host: String::new(),
            port: 587,
            tls: Tls::Starttls,
            user: String::new(),
            password_file: PathBuf::new(),
            ca_file: PathBuf::new(),
            from: None,
            max_per_minute: 60,
            give_up_hours: 48,
            timeout_seconds: 20,
        }
    }
}

impl Default for Import {
    fn default() -> Self {
        Self { max_rejected_percent: 20 }
    }
}

impl Config {
    /// Reads a configuration file. Mistakes come with the file, the line and the nearest known key.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|cause| {
            Error::new(Kind::NoInput, format!("the configuration file '{}' cannot be read: {cause}", path.display()))
        })?;
        Self::parse(&text, &path.display().to_string())
    }

    /// Reads the text of a configuration file that is known by a name.
    pub fn parse(text: &str, name: &str) -> Result<Self> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text[..at.min(text.len())].matches('\n').count() + 1;
            Error::new(Kind::Config, format!("{name}, line {line}: {}", error.message().trim()))
                .tip("see every key with: frontdesk config example")
        })?;
        config.check().map_err(|error| error.as_kind(Kind::Config))?;
        Ok(config)
    }

    /// What the types alone cannot say: bounds, and values that need each other.
    pub fn check(&self) -> Result<()> {
        let wrong = |field: &str, why: String| Err(Error::invalid(field, why));
        let (portal, security, mail) = (&self.portal, &self.security, &self.mail);
        if !(portal.base_url.starts_with("http://") || portal.base_url.starts_with("https://")) {
            return wrong(
                "portal.base_url",
                format!("portal.base_url '{}' does not begin with https://", portal.base_url),
            );
        }
        if portal.base_url.ends_with('/') || portal.base_url.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return wrong(
                "portal.base_url",
                format!("portal.base_url '{}' ends with a slash or holds a space", portal.base_url),
            );
        }
        if !portal.listen.ip().is_loopback() && !portal.listen_publicly {
            return wrong(
                "portal.listen",
                format!(
                    "portal.listen {} is not on loopback; TLS is the work of a proxy on this machine. To listen there all the same, set portal.listen_publicly = true",
                    portal.listen
                ),
            );
        }
        if portal.workers == 0 || portal.workers > 32 {
            return wrong("portal.workers", format!("portal.workers {} is not between 1 and 32", portal.workers));
        }
        if security.password_min_length < 8 || security.password_min_length > 64 {
            return wrong(
                "security.password_min_length",
                format!("security.password_min_length {} is not between 8 and 64", security.password_min_length),
            );
        }
        if security.argon2_memory_kib < 19_456 || security.argon2_passes < 2 || security.argon2_lanes < 1 {
            return wrong("security.argon2_memory_kib", "argon2 is set below 19456 KiB, 2 passes, 1 lane".into());
        }
        for (field, value) in [
            ("security.session_idle_hours", security.session_idle_hours),
            ("security.session_max_days", security.session_max_days),
            ("security.invite_valid_days", security.invite_valid_days),
            ("security.reset_valid_hours", security.reset_valid_hours),
            ("mail.max_per_minute", mail.max_per_minute),
        ] {
            if value == 0 {
                return wrong(field, format!("{field} is 0"));
            }
        }
        if mail.transport == Transport::Smtp {
            if mail.host.is_empty() {
                return wrong("mail.host", "mail.transport is smtp, but mail.host is empty".into());
            }
            if mail.from.is_none() {
                return wrong("mail.from", "mail.transport is smtp, but mail.from is not set".into());
            }
            if mail.tls == Tls::None && !matches!(mail.host.as_str(), "localhost" | "127.0.0.1" | "::1") {
                return wrong("mail.tls", format!("mail.tls is none, but '{}' is not this machine", mail.host));
            }
        }
        if self.import.max_rejected_percent > 100 {
            return wrong(
                "import.max_rejected_percent",
                format!("import.max_rejected_percent {} is more than 100", self.import.max_rejected_percent),
            );
        }
        Ok(())
    }
}
