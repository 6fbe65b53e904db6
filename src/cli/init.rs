//! Command: from nothing to an empty installation; safe to run twice.

use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::answer::{Action, Answer, Done};
use super::desk::{Desk, refuse_root_elsewhere};
use super::flags::Changing;
use crate::error::{Error, Kind, Result};
use crate::secret::Key;

#[derive(Args, Debug)]
pub(super) struct Init {
    /// The address customers will type, such as https://portal.example.com
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    changing: Changing,
}

impl Init {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let dir = &desk.config.data_dir;
        refuse_root_elsewhere(dir)?;
        crate::db::is_whole(dir)?;
        let fresh = !dir.join("frontdesk.db").exists();
        let written = self.configure(desk)?;
        if !self.changing.dry_run {
            private_directory(dir)?;
            private_directory(&dir.join("files"))?;
            Key::read_or_create(&dir.join("key"))?;
            desk.make()?;
        }
        let action = match (fresh, &written) {
            (true, _) => Action::Created,
            (false, Some(_)) => Action::Updated,
            (false, None) => Action::Unchanged,
        };
        let sentence = match &written {
            Some(file) => format!("frontdesk in {}, configured by {}", dir.display(), file.display()),
            None => format!("frontdesk in {}", dir.display()),
        };
        let facts = json!({ "data_dir": dir, "config": written });
        let done = Done::new(action, dir.display(), sentence, &facts, self.changing)?;
        Ok(Answer::Done(Done { next: Some("frontdesk group add SLUG --name NAME".into()), ..done }))
    }

    /// Writes a configuration file if there is none yet; one that exists is the owner's and is left alone.
    fn configure(&self, desk: &Desk) -> Result<Option<PathBuf>> {
        let asked = self.base_url.as_deref().map(|url| url.trim_end_matches('/'));
        if let Some(file) = &desk.loaded.file {
            return match asked {
                Some(url) if url != desk.config.portal.base_url => Err(Error::conflict(format!(
                    "'{}' exists already and says portal.base_url = \"{}\"",
                    file.display(),
                    desk.config.portal.base_url
                ))
                .tip("change the line base_url there, or name another file with --config")),
                _ => Ok(None),
            };
        }
        let Some(url) = asked else { return Ok(None) };
        let mut config = desk.config.clone();
        config.portal.base_url = url.to_owned();
        config.check()?;
        let file = home_of_config(desk)?;
        let text = format!(
            "# Everything that can be set, with its default: frontdesk config example\n\ndata_dir = {}\n\n[portal]\nbase_url = {}\n",
            json!(desk.config.data_dir),
            json!(url)
        );
        if self.changing.dry_run {
            return Ok(Some(file));
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        let cannot = |cause: std::io::Error| {
            Error::new(Kind::CannotWrite, format!("'{}' cannot be written: {cause}", file.display()))
        };
        std::fs::create_dir_all(folder).map_err(cannot)?;
        let mut whole = tempfile::NamedTempFile::new_in(folder).map_err(cannot)?;
        whole.write_all(text.as_bytes()).and_then(|()| whole.as_file().sync_all()).map_err(cannot)?;
        whole.persist_noclobber(&file).map_err(|error| cannot(error.error))?;
        Ok(Some(file))
    }
}

/// Where a new configuration file goes: where it was named, else where it will be looked for first.
fn home_of_config(desk: &Desk) -> Result<PathBuf> {
    if let Some(named) = desk.globals.config.clone().or_else(|| desk.io.variable("FRONTDESK_CONFIG").map(PathBuf::from))
    {
        return Ok(desk.io.directory.join(named));
    }
    if desk.io.uid == 0 && desk.io.variable("XDG_CONFIG_HOME").is_none() {
        return Ok(desk.io.machine_config.clone());
    }
    let base = desk.io.variable("XDG_CONFIG_HOME").map(PathBuf::from);
    let base = base.or_else(|| desk.io.variable("HOME").map(|home| Path::new(&home).join(".config")));
    base.map(|base| base.join("frontdesk/config.toml")).ok_or_else(|| {
        Error::new(Kind::CannotWrite, "there is no HOME to write the configuration file to")
            .tip("name a place with --config FILE")
    })
}

/// Makes a directory that only its owner can enter, or makes sure that it is one.
fn private_directory(path: &Path) -> Result<()> {
    let cannot =
        |cause: std::io::Error| Error::new(Kind::CannotWrite, format!("'{}' cannot be made: {cause}", path.display()));
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(cannot)?;
    let mode = std::fs::metadata(path).map_err(cannot)?.permissions().mode();
    if mode & 0o077 != 0 {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).map_err(cannot)?;
    }
    Ok(())
}
