//! Looking through a backup: its list, the hash of every file, and the database as SQLite and the program see it.
//!
//! Nothing is opened but to be read, and nothing is made beside it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;

use super::manifest::{Manifest, is_hash};
use super::place::{held, note};
use super::{COMPLETE, DATABASE, FILES, KEY, MANIFEST, RECEIVED, bytes, store};
use crate::clock::Moment;
use crate::db::{self, Copy};
use crate::error::{Error, Kind, Result};

/// Something that is wrong with a backup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Flaw {
    /// With which file.
    pub file: String,
    /// What, in words.
    pub why: String,
}

/// What was found in a backup.
#[derive(Debug)]
pub struct Verdict {
    /// What it is called.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What is in it, if that can be read.
    pub manifest: Option<Manifest>,
    /// What is wrong.
    pub flaws: Vec<Flaw>,
    /// Keeps it where it is, as long as somebody goes on to read it.
    _lock: Option<File>,
}

/// Looks through a backup.
pub fn verify(backup: &Path, wait: Duration) -> Result<Verdict> {
    let name = backup.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !bytes::is_folder(backup) {
        return Err(Error::new(Kind::NotFound, format!("there is no backup '{}'", backup.display()))
            .tip("see them with: frontdesk backup list"));
    }
    let lock = held(backup, wait, File::try_lock_shared)?;
    let mut verdict = Verdict { name, path: backup.to_owned(), manifest: None, flaws: Vec::new(), _lock: lock };
    match Manifest::read(backup) {
        Err((file, why)) => verdict.find(&file, why),
        Ok(manifest) => {
            verdict.files(&manifest)?;
            verdict.database(&manifest);
            verdict.manifest = Some(manifest);
        }
    }
    Ok(verdict)
}

/// Notes beside a backup what was found in it, for `backup list` and the doctor.
pub fn note_checked(verdict: &Verdict, now: Moment) {
    note(&verdict.path, now, verdict.flaws.is_empty());
}

impl Verdict {
    /// What is in it, if nothing is wrong.
    pub fn sound(&self) -> Result<&Manifest> {
        match (&self.manifest, self.flaws.first()) {
            (Some(manifest), None) => Ok(manifest),
            (_, first) => {
                let first = first.map(|flaw| format!(": {} {}", flaw.file, flaw.why)).unwrap_or_default();
                let more =
                    if self.flaws.len() > 1 { format!(" ({} things in all)", self.flaws.len()) } else { String::new() };
                Err(Error::new(Kind::Data, format!("backup '{}' is damaged{first}{more}", self.name))
                    .tip("take another one: frontdesk backup list"))
            }
        }
    }

    fn find(&mut self, file: &str, why: impl Into<String>) {
        self.flaws.push(Flaw { file: file.to_owned(), why: why.into() });
    }

    /// Every file that is listed is there as it was, and there is no other.
    fn files(&mut self, manifest: &Manifest) -> Result<()> {
        for file in &manifest.files {
            match self.sum_of(&file.path) {
                Err(why) => self.find(&file.path, why),
                Ok(sum) if sum.size != file.size => {
                    self.find(&file.path, format!("has {} bytes instead of {}", sum.size, file.size));
                }
                Ok(sum) if sum.sha256 != file.sha256 => self.find(&file.path, "is not what it was: its hash differs"),
                Ok(sum) if file.path.starts_with(FILES) && !file.path.ends_with(&sum.sha256) => {
                    self.find(&file.path, "is not the document that its name says");
                }
                Ok(_) => {}
            }
        }
        for path in there(&self.path)? {
            if path != MANIFEST && path != COMPLETE && manifest.file(&path).is_none() {
                self.find(&path, "is not in the manifest");
            }
        }
        Ok(())
    }

    /// Looks through a file; no folder on the way to it may lead elsewhere.
    fn sum_of(&self, path: &str) -> std::result::Result<bytes::Sum, String> {
        let (mut place, mut parts) = (self.path.clone(), path.split('/').peekable());
        while let Some(part) = parts.next() {
            place.push(part);
            if parts.peek().is_some() && !bytes::is_folder(&place) {
                return Err("is missing: its folder is not there".into());
            }
        }
        bytes::sum(&place).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound => "is missing".into(),
            _ if std::fs::symlink_metadata(&place).is_ok_and(|meta| meta.is_symlink()) => {
                "is a link to another place".into()
            }
            _ => format!("cannot be read: {cause}"),
        })
    }

    /// The database itself, if its bytes are those that were backed up.
    fn database(&mut self, manifest: &Manifest) {
        if manifest.schema > db::version() {
            let why = format!("has schema {}, and this frontdesk knows {} and older", manifest.schema, db::version());
            return self.find(DATABASE, why);
        }
        if self.flaws.iter().any(|flaw| flaw.file == DATABASE) {
            return;
        }
        match self.inside(manifest) {
            Ok(found) => found.into_iter().for_each(|why| self.find(DATABASE, why)),
            Err(error) => self.find(DATABASE, format!("cannot be used: {}", error.message())),
        }
    }

    fn inside(&self, manifest: &Manifest) -> Result<Vec<String>> {
        let copy = Copy::open(&self.path.join(DATABASE))?;
        let mut found = copy.check()?;
        if !found.is_empty() {
            return Ok(found);
        }
        if copy.version() != manifest.schema {
            found.push(format!("has schema {}, and the manifest says {}", copy.version(), manifest.schema));
        }
        if store::audit_end(&copy)? != manifest.audit {
            found.push("ends its audit elsewhere than the manifest says".into());
        }
        for hash in store::hashes(&copy)?.iter().filter(|hash| is_hash(hash)) {
            let path = format!("{FILES}/{}/{hash}", &hash[..2]);
            if manifest.file(&path).is_none() && !manifest.missing.contains(hash) {
                found.push(format!("names the document {hash}, which is not in the backup"));
            }
        }
        Ok(found)
    }
}

/// Every file in a backup, by its path; what is neither a file nor one of the folders of a backup is told as it is.
fn there(backup: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for name in bytes::names(backup)? {
        if ![FILES, RECEIVED].contains(&name.as_str()) || !bytes::is_folder(&backup.join(&name)) {
            found.push(name);
            continue;
        }
        let folder = backup.join(&name);
        for inner in bytes::names(&folder)? {
            let path = format!("{name}/{inner}");
            if name == FILES && bytes::is_folder(&backup.join(&path)) {
                let below = bytes::names(&backup.join(&path))?;
                found.extend(below.into_iter().map(|file| format!("{path}/{file}")));
            } else {
                found.push(path);
            }
        }
    }
    Ok(found)
}

/// Whether a key file is the one of the installation that a backup is of.
pub(super) fn is_key_of(key: &Path, manifest: &Manifest) -> bool {
    crate::secret::Key::read(key).is_ok_and(|key| super::mark_of(&key) == manifest.installation)
}

/// The key file in a backup.
pub(super) fn key_in(backup: &Path) -> PathBuf {
    backup.join(KEY)
}
