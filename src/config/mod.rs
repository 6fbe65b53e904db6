//! The configuration file: what it may say, what holds when it says nothing, and where each value came from.

mod bounds;
mod load;
mod parse;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::text::{Email, Lang, Zone, vocabulary};

pub use load::{Loaded, MACHINE, Origin, Setting};

/// The file `config.example.toml`: every key with its default and what it is for.
pub const EXAMPLE: &str = include_str!("../../config.example.toml");

/// Everything that can be configured; `Config::default()` is enough to run on one machine with mail written to files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the database, the files and the key live; relative to the current directory unless it begins with `/`.
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
    /// The company's own people.
    pub admin: Admin,
    /// Copies of everything.
    pub backup: Backup,
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
    /// Files of one user at one customer, in all.
    pub max_files_per_user: u64,
    /// Their bytes together, in megabytes.
    pub max_total_mb_per_user: u64,
}

impl Uploads {
    /// The largest file, in bytes.
    pub fn max_file_bytes(&self) -> u64 {
        self.max_file_mb.saturating_mul(1_000_000)
    }

    /// The largest form, in bytes: as many files as it may carry, and what stands around them.
    pub fn max_form_bytes(&self) -> u64 {
        self.max_file_bytes().saturating_mul(self.max_files as u64).saturating_add(AROUND_FILES)
    }
}

/// Bytes of a form beside its files: its texts, and the lines between the parts.
const AROUND_FILES: u64 = 2_500_000;

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

vocabulary! {
    /// How mail leaves.
    Transport, "mail transport" {
        /// A mail server.
        Smtp = "smtp",
        /// One `.eml` file a mail, in the folder `mail` of the data directory.
        File = "file",
        /// Nowhere: mails wait in the outbox.
        Off = "off",
    }
}

vocabulary! {
    /// How the way to the mail server is kept private.
    Tls, "kind of encryption" {
        /// Begin in the clear and insist on STARTTLS.
        Starttls = "starttls",
        /// TLS from the first byte.
        Tls = "tls",
        /// No encryption; only towards this machine itself.
        None = "none",
    }
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
    /// The address below which answers come back.
    pub reply_address: Option<Email>,
    /// Mails a minute at most, for each group.
    pub max_per_minute: u32,
    /// Hours after which a mail that cannot be delivered is given up.
    pub give_up_hours: u32,
    /// Seconds to wait for the mail server.
    pub timeout_seconds: u64,
}

/// `[admin]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Admin {
    /// Where the server takes commands of those who do not own the data.
    pub socket: PathBuf,
}

/// `[import]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Import {
    /// More bad rows than this, in percent, mean that it is the wrong file: nothing is taken.
    pub max_rejected_percent: u8,
}

/// `[backup]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Backup {
    /// Where backups lie; empty for `backups` in the data directory, and relative to that directory unless it begins with `/`.
    pub dir: PathBuf,
    /// So many complete backups are kept; 0 keeps all.
    pub keep: usize,
    /// Days after which `doctor` misses a new one; 0 for never.
    pub warn_after_days: u32,
}

impl Backup {
    /// The folder of backups of a data directory.
    pub fn folder(&self, data_dir: &Path) -> PathBuf {
        if self.dir.as_os_str().is_empty() { data_dir.join("backups") } else { data_dir.join(&self.dir) }
    }
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
            admin: Admin::default(),
            backup: Backup::default(),
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
        Self {
            max_file_mb: 25,
            max_files: 5,
            types: types.map(String::from).to_vec(),
            max_files_per_user: 200,
            max_total_mb_per_user: 1_000,
        }
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
            reply_address: None,
            max_per_minute: 60,
            give_up_hours: 48,
            timeout_seconds: 20,
        }
    }
}

impl Default for Admin {
    fn default() -> Self {
        Self { socket: "/run/frontdesk/admin.sock".into() }
    }
}

impl Default for Backup {
    fn default() -> Self {
        Self { dir: PathBuf::new(), keep: 14, warn_after_days: 2 }
    }
}

impl Default for Import {
    fn default() -> Self {
        Self { max_rejected_percent: 20 }
    }
}
