//! What the types of the configuration cannot say: bounds, and values that need each other.

use super::{Config, Mail, Portal, Security, Tls, Transport, Uploads};
use crate::error::{Error, Result};
use crate::text::{Slug, shown};

impl Config {
    /// Checks bounds, and values that need each other. The error names the key.
    pub fn check(&self) -> Result<()> {
        if self.data_dir.as_os_str().is_empty() {
            return wrong("data_dir", "data_dir is empty");
        }
        group(&self.group)?;
        self.portal.check()?;
        self.uploads.check()?;
        self.security.check()?;
        self.mail.check()?;
        within("backup.keep", self.backup.keep as u64, 0, 10_000)?;
        within("backup.warn_after_days", self.backup.warn_after_days.into(), 0, 3_660)?;
        within("import.max_rejected_percent", self.import.max_rejected_percent.into(), 0, 100)
    }
}

impl Portal {
    fn check(&self) -> Result<()> {
        let url = &self.base_url;
        if !(url.starts_with("http://") || url.starts_with("https://")) {
            return wrong("portal.base_url", format!("portal.base_url '{}' does not begin with https://", shown(url)));
        }
        if url.ends_with('/') || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return wrong(
                "portal.base_url",
                format!("portal.base_url '{}' ends with a slash or holds a space", shown(url)),
            );
        }
        if !self.listen.ip().is_loopback() && !self.listen_publicly {
            let message = format!("portal.listen {} is not on loopback; TLS is the work of a proxy", self.listen);
            return Err(Error::invalid("portal.listen", message).tip(
                "let a proxy on this machine listen there; to do without one, set portal.listen_publicly = true",
            ));
        }
        within("portal.workers", self.workers as u64, 1, 32)?;
        within("portal.max_connections", self.max_connections as u64, 1, 10_000)?;
        within(
            "portal.max_connections_per_client",
            self.max_connections_per_client as u64,
            1,
            self.max_connections as u64,
        )
    }
}

impl Uploads {
    fn check(&self) -> Result<()> {
        within("uploads.max_file_mb", self.max_file_mb, 1, 1_000)?;
        within("uploads.max_files", self.max_files as u64, 1, 100)?;
        within("uploads.max_files_per_user", self.max_files_per_user, 1, 1_000_000)?;
        within("uploads.max_total_mb_per_user", self.max_total_mb_per_user, 1, 1_000_000)?;
        match self.types.iter().find(|ending| !is_ending(ending)) {
            Some(odd) => Err(Error::invalid(
                "uploads.types",
                format!("uploads.types holds '{}', which is no ending of a file name", shown(odd)),
            )
            .tip("write endings in lower case and without a dot, such as \"pdf\"")),
            None => Ok(()),
        }
    }
}

impl Security {
    fn check(&self) -> Result<()> {
        within("security.password_min_length", self.password_min_length as u64, 8, 64)?;
        within("security.session_idle_hours", self.session_idle_hours.into(), 1, 24 * 366)?;
        within("security.session_max_days", self.session_max_days.into(), 1, 366)?;
        within("security.invite_valid_days", self.invite_valid_days.into(), 1, 366)?;
        within("security.reset_valid_hours", self.reset_valid_hours.into(), 1, 24 * 31)?;
        // The lower bounds are those that OWASP gives for Argon2id; the upper ones keep a login from stopping the machine.
        within("security.argon2_memory_kib", self.argon2_memory_kib.into(), 19_456, 1_048_576)?;
        within("security.argon2_passes", self.argon2_passes.into(), 2, 64)?;
        within("security.argon2_lanes", self.argon2_lanes.into(), 1, 16)
    }
}

impl Mail {
    fn check(&self) -> Result<()> {
        within("mail.port", self.port.into(), 1, 65_535)?;
        within("mail.max_per_minute", self.max_per_minute.into(), 1, 100_000)?;
        within("mail.give_up_hours", self.give_up_hours.into(), 1, 24 * 31)?;
        within("mail.timeout_seconds", self.timeout_seconds, 1, 600)?;
        if let Some(base) = &self.reply_address
            && !leaves_room(base.as_str())
        {
            let message = format!("mail.reply_address '{base}' leaves no room for what is put before its @");
            return Err(Error::invalid("mail.reply_address", message)
                .tip("take an address with a short first part without +, such as reply@portal.example.com"));
        }
        // The value is not shown: an address in this place often carries the password with it.
        if self.host.contains(['/', '@']) || self.host.chars().any(char::is_whitespace) {
            return Err(Error::invalid("mail.host", "mail.host is not the plain name of a mail server").tip(
                "write the name alone, such as smtp.example.com; port, user and password_file have keys of their own",
            ));
        }
        if self.transport != Transport::Smtp {
            return Ok(());
        }
        if self.host.is_empty() {
            return wrong("mail.host", "mail.transport is smtp, but mail.host is empty");
        }
        if self.from.is_none() {
            return wrong("mail.from", "mail.transport is smtp, but mail.from is not set");
        }
        if self.tls == Tls::None && !matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1") {
            return wrong("mail.tls", format!("mail.tls is none, but '{}' is not this machine", shown(&self.host)));
        }
        Ok(())
    }
}

/// Whether the first part of an address can be followed by who answers and on what, and stays one that mail is sent to: so
/// there is room for numbers of 10 digits.
fn leaves_room(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    local.len() <= 15 && !local.contains('+')
}

/// A group is named by its slug or by `id:7`; an empty text names none.
fn group(name: &str) -> Result<()> {
    let by_id = name.strip_prefix("id:").is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
    if name.is_empty() || by_id {
        return Ok(());
    }
    Slug::parse(name).map(drop).map_err(|error| error.at("group"))
}

fn is_ending(text: &str) -> bool {
    (1..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

fn within(key: &str, value: u64, least: u64, most: u64) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    wrong(key, format!("{key} {value} is not between {least} and {most}"))
}

fn wrong(key: &str, why: impl Into<String>) -> Result<()> {
    Err(Error::invalid(key, why))
}
