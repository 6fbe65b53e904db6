//! The folder in which backups lie: their names, who makes one just now, and which of them are kept.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::manifest::Manifest;
use super::{bytes, unwritten};
use crate::clock::Moment;
use crate::error::{Error, Kind, Result};
use crate::lock::{self, Take};

/// What the folder of a backup is called while it is made, and while it is taken away.
pub(super) const MAKING: &str = ".making-";
const REMOVING: &str = ".removing-";

/// What was found when backups were looked at last.
const CHECKED: &str = ".checked.json";

/// A folder of backups in which nobody else makes one, until the value goes.
pub struct Place {
    pub(super) folder: PathBuf,
    made: bool,
    _lock: Option<File>,
}

/// A backup as it lies in its folder.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Found {
    /// Its name: its moment.
    pub name: String,
    /// Whether it is complete, as far as its own list and mark say so.
    pub complete: bool,
    /// Why it is not.
    pub why: Option<String>,
    /// The moment it shows.
    pub made_at: Option<Moment>,
    /// How many bytes are in it.
    pub bytes: Option<u64>,
    /// How many of them the one before did not have.
    pub new_bytes: Option<u64>,
    /// How many documents.
    pub documents: Option<usize>,
    /// How many groups.
    pub groups: Option<u64>,
    /// The version of its schema.
    pub schema: Option<i32>,
    /// The version of frontdesk that made it.
    pub version: Option<String>,
    /// Whether the key of the installation is in it.
    pub key: Option<bool>,
    /// When it was looked through last: when it was made, or by `backup verify`.
    pub checked_at: Option<Moment>,
    /// What came of it.
    pub state: &'static str,
    /// Where it lies.
    pub path: PathBuf,
    /// The installation it is of.
    #[serde(skip)]
    pub(super) installation: Option<String>,
}

/// What came of looking through a backup.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Checked {
    at: Moment,
    well: bool,
}

impl Place {
    /// Waits so long until nobody else makes a backup there. The folder is made if it is not there yet.
    pub(super) fn enter(folder: &Path, wait: Duration) -> Result<Self> {
        let made = !folder.exists();
        if made {
            let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
            made.map_err(|cause| unwritten(folder, cause))?;
        }
        let lock = held(folder, wait, File::try_lock)?;
        Ok(Self { folder: folder.to_owned(), made, _lock: lock })
    }

    /// A name for a backup of a moment that no other has.
    pub(super) fn name(&self, at: Moment) -> String {
        let plain: String = at.to_string().chars().filter(|c| !matches!(c, '-' | ':')).collect();
        let names = std::iter::once(plain.clone()).chain((2..).map(|number| format!("{plain}-{number}")));
        let mut free = names.filter(|name| fs::symlink_metadata(self.folder.join(name)).is_err());
        free.next().unwrap_or(plain)
    }

    /// Takes away what a backup left that was killed; nobody makes one now.
    pub(super) fn clear(&self) -> Result<usize> {
        let left = leftovers(&self.folder)?;
        left.iter().try_for_each(|path| bytes::remove(path))?;
        Ok(left.len())
    }

    /// Takes the oldest complete backups of an installation away, but for so many, of which the new one is one whatever
    /// the clock said when the others were made. One that somebody reads stays.
    pub(super) fn thin(&self, installation: &str, keep: usize, new: &str) -> Result<Vec<String>> {
        let own =
            |found: &Found| found.complete && found.installation.as_deref() == Some(installation) && found.name != new;
        let all: Vec<_> = list(&self.folder)?.into_iter().filter(own).collect();
        let mut removed = Vec::new();
        for old in all.iter().take((all.len() + 1).saturating_sub(keep)) {
            let Ok(_alone) = held(&old.path, Duration::ZERO, File::try_lock) else { continue };
            // Under another name first: one that is half gone must not look like a backup.
            let going = self.folder.join(format!("{REMOVING}{}", old.name));
            fs::rename(&old.path, &going).map_err(|cause| unwritten(&old.path, cause))?;
            bytes::sync(&self.folder)?;
            bytes::remove(&going)?;
            removed.push(old.name.clone());
        }
        Ok(removed)
    }

    /// Leaves as if nothing had been: a folder that was made for this and is empty goes.
    pub(super) fn undo(self) {
        if self.made {
            // One that is not empty stays, and so do the folders above it.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// The lock of a folder: of backups while one is made, of a backup while it is read or taken away.
pub(super) fn held(folder: &Path, wait: Duration, take: Take) -> Result<Option<File>> {
    let file = File::open(folder).map_err(|cause| super::unread(folder, cause))?;
    lock::within(file, wait, take, || {
        Error::new(Kind::Busy, format!("another backup is being made or read in '{}'", folder.display()))
            .tip("try again when it is done, or wait longer with --wait SECONDS")
    })
}

/// Whether a name is one that a backup has: `20261128T003015Z`, and `-2` behind it for a second one of that moment.
pub(super) fn is_name(name: &str) -> bool {
    let (moment, number) = name.split_once('-').map_or((name, None), |(moment, number)| (moment, Some(number)));
    let shape = moment.len() == 16
        && moment.bytes().enumerate().all(|(at, byte)| match at {
            8 => byte == b'T',
            15 => byte == b'Z',
            _ => byte.is_ascii_digit(),
        });
    shape && number.is_none_or(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What killed backups left in a folder.
pub fn leftovers(folder: &Path) -> Result<Vec<PathBuf>> {
    let left = |name: &String| [MAKING, REMOVING].iter().any(|mark| name.strip_prefix(mark).is_some_and(is_name));
    let names = bytes::names(folder)?.into_iter().filter(left).map(|name| folder.join(name));
    Ok(names.filter(|path| bytes::is_folder(path)).collect())
}

/// Whether somebody makes a backup in a folder just now.
pub fn is_busy(folder: &Path) -> bool {
    held(folder, Duration::ZERO, File::try_lock).is_err_and(|error| error.kind() == Kind::Busy)
}

/// Takes away what killed backups left, if nobody makes one now.
pub fn remove_leftovers(folder: &Path) -> Result<usize> {
    Place::enter(folder, Duration::ZERO)?.clear()
}

/// The backups in a folder, the oldest first; what has no name of a backup is not looked at.
pub fn list(folder: &Path) -> Result<Vec<Found>> {
    let checked = checked(folder);
    let mut names: Vec<_> = bytes::names(folder)?.into_iter().filter(|name| is_name(name)).collect();
    names.sort_by_key(|name| order(name));
    let folders = names.into_iter().filter(|name| bytes::is_folder(&folder.join(name)));
    Ok(folders.map(|name| look(folder, &name, checked.get(&name).copied())).collect())
}

/// By moment, and then by number: `-10` comes after `-9`.
fn order(name: &str) -> (String, u64) {
    let (moment, number) = name.split_once('-').unwrap_or((name, "1"));
    (moment.to_owned(), number.parse().unwrap_or(u64::MAX))
}

fn look(folder: &Path, name: &str, checked: Option<Checked>) -> Found {
    let path = folder.join(name);
    let found = Found {
        name: name.into(),
        complete: false,
        why: None,
        made_at: None,
        bytes: None,
        new_bytes: None,
        documents: None,
        groups: None,
        schema: None,
        version: None,
        key: None,
        checked_at: None,
        state: "incomplete",
        path: path.clone(),
        installation: None,
    };
    match Manifest::read(&path) {
        Err((file, why)) => Found { why: Some(format!("{file} {why}")), ..found },
        Ok(manifest) => Found {
            complete: true,
            made_at: Some(manifest.made_at),
            bytes: Some(manifest.bytes()),
            new_bytes: Some(manifest.new_bytes),
            documents: Some(manifest.documents()),
            groups: Some(manifest.groups),
            schema: Some(manifest.schema),
            version: Some(manifest.version.clone()),
            key: Some(manifest.has_key()),
            checked_at: Some(checked.map_or(manifest.made_at, |checked| checked.at)),
            state: if checked.is_none_or(|checked| checked.well) { "well" } else { "damaged" },
            installation: Some(manifest.installation),
            ..found
        },
    }
}

fn checked(folder: &Path) -> BTreeMap<String, Checked> {
    let text = bytes::read(&folder.join(CHECKED), 1 << 20).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

/// Notes what came of looking through a backup, beside it and not in it. Where nothing can be written, nothing is noted.
pub(super) fn note(backup: &Path, at: Moment, well: bool) {
    let Some((folder, name)) = backup.parent().zip(backup.file_name().and_then(|name| name.to_str())) else { return };
    let mut all = checked(folder);
    all.retain(|name, _| folder.join(name).exists());
    all.insert(name.to_owned(), Checked { at, well });
    let Ok(text) = serde_json::to_vec(&all) else { return };
    let fresh = tempfile::Builder::new().prefix(".checked-").tempfile_in(folder);
    let _ = fresh.and_then(|file| {
        std::io::Write::write_all(&mut file.as_file(), &text)?;
        file.persist(folder.join(CHECKED)).map_err(|error| error.error)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_their_moment() {
        for name in ["20261128T003015Z", "20261128T003015Z-2", "20261128T003015Z-10"] {
            assert!(is_name(name), "{name}");
        }
        for name in
            ["", "backup", "2026-11-28T00:30:15Z", "20261128T003015Z-", "20261128T003015Z-x", "20261128t003015Z"]
        {
            assert!(!is_name(name), "{name}");
        }
        assert!(order("20261128T003015Z") < order("20261128T003015Z-2"));
        assert!(order("20261128T003015Z-9") < order("20261128T003015Z-10"));
        assert!(order("20261128T003015Z-10") < order("20261128T003016Z"));
    }
}
