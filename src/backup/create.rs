//! Making a backup: the database first, as it is at one moment, and after it the files that it names.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::manifest::{Listed, Manifest, is_hash, is_message};
use super::place::{MAKING, Place, list};
use super::{DATABASE, FILES, KEY, RECEIVED, bytes, store, unwritten};
use crate::db::{Copy, Db};
use crate::documents::Files;
use crate::error::{Error, Kind, Result};

/// What is to be made a backup of, and where.
pub struct Making<'a> {
    /// The database, open.
    pub db: &'a Db,
    /// Its data directory.
    pub data_dir: &'a Path,
    /// The folder of backups.
    pub folder: &'a Path,
    /// So many complete backups stay, the new one counted; 0 keeps all.
    pub keep: usize,
    /// Whether the key file goes with it.
    pub with_key: bool,
    /// Everything is done and taken back.
    pub dry: bool,
    /// How long to wait for another backup to end.
    pub wait: Duration,
}

/// A backup that was made.
pub struct Made {
    /// What is in it.
    pub manifest: Manifest,
    /// Where it lies.
    pub path: PathBuf,
    /// The older ones that were taken away for it.
    pub removed: Vec<String>,
}

/// The folder of a backup that is being made; it goes with the value unless it was kept.
struct Fresh {
    folder: PathBuf,
    kept: bool,
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed now is removed by the next backup.
            let _ = bytes::remove(&self.folder);
        }
    }
}

/// Makes a backup. It is there whole, or it is not there; older ones go only once it is.
pub fn create(making: &Making) -> Result<Made> {
    let place = Place::enter(making.folder, making.wait)?;
    let made = make(making, &place);
    if making.dry || made.is_err() {
        place.undo();
    }
    made
}

fn make(making: &Making, place: &Place) -> Result<Made> {
    if !making.dry {
        place.clear()?;
    }
    let now = making.db.now();
    let name = place.name(now);
    // From before the copy of the database until the files are copied none of them is swept away.
    let _held = Files::below(making.data_dir).hold()?;
    let mut fresh = Fresh { folder: place.folder.join(format!("{MAKING}{name}")), kept: false };
    bytes::folder(&fresh.folder)?;
    let mut filling =
        Filling::new(making, place, &fresh.folder, Manifest::new(&name, super::mark_of(making.db.key()), now))?;
    filling.database()?;
    filling.documents()?;
    filling.messages()?;
    filling.key()?;
    let manifest = filling.end()?;
    let path = place.folder.join(&name);
    if making.dry {
        return Ok(Made { manifest, path, removed: Vec::new() });
    }
    fs::rename(&fresh.folder, &path).map_err(|cause| unwritten(&path, cause))?;
    fresh.kept = true;
    bytes::sync(&place.folder)?;
    let removed = if making.keep == 0 { Vec::new() } else { place.thin(&manifest.installation, making.keep, &name)? };
    Ok(Made { manifest, path, removed })
}

/// A backup that is being filled.
struct Filling<'a> {
    data_dir: &'a Path,
    db: &'a Db,
    with_key: bool,
    folder: &'a Path,
    /// The newest one of the same installation, whose files can be shared.
    before: Option<(PathBuf, Manifest)>,
    manifest: Manifest,
    hashes: Vec<String>,
    kept: Vec<String>,
}

impl<'a> Filling<'a> {
    fn new(making: &'a Making, place: &Place, folder: &'a Path, manifest: Manifest) -> Result<Self> {
        let own = list(&place.folder)?.into_iter().rev();
        let mut own = own.filter(|found| found.complete && found.installation.as_ref() == Some(&manifest.installation));
        let before =
            own.next().and_then(|found| Manifest::read(&found.path).ok().map(|manifest| (found.path, manifest)));
        let (data_dir, db, with_key) = (making.data_dir, making.db, making.with_key);
        Ok(Self { data_dir, db, with_key, folder, before, manifest, hashes: Vec::new(), kept: Vec::new() })
    }

    fn database(&mut self) -> Result<()> {
        let path = self.folder.join(DATABASE);
        self.db.snapshot(&path)?;
        let copy = Copy::open(&path)?;
        if let Some(first) = copy.check()?.first() {
            return Err(Error::new(
                Kind::Storage,
                format!("the database is damaged, and no backup was made of it: {first}"),
            )
            .tip("look with: frontdesk doctor; the backups from before are still there"));
        }
        self.hashes = store::hashes(&copy)?;
        self.kept = store::kept(&copy)?;
        self.manifest.groups = store::groups(&copy)?;
        self.manifest.audit = store::audit_end(&copy)?;
        drop(copy);
        let sum = bytes::sum(&path).map_err(|cause| super::unread(&path, cause))?;
        self.take(DATABASE.into(), sum, true);
        Ok(())
    }

    fn documents(&mut self) -> Result<()> {
        let hashes = std::mem::take(&mut self.hashes);
        if !hashes.is_empty() {
            bytes::folder(&self.folder.join(FILES))?;
        }
        let mut last = "";
        for hash in hashes.iter().filter(|hash| is_hash(hash)) {
            let (first, _) = hash.split_at(2);
            if first != last {
                bytes::folder(&self.folder.join(FILES).join(first))?;
                last = first;
            }
            let path = format!("{FILES}/{first}/{hash}");
            if !self.share(&path, hash)? && !self.copy(&path, Some(hash))? {
                self.manifest.missing.push(hash.clone());
            }
        }
        Ok(())
    }

    fn messages(&mut self) -> Result<()> {
        let kept = std::mem::take(&mut self.kept);
        let names: Vec<_> = kept.iter().map(|name| format!("{name}.eml")).filter(|name| is_message(name)).collect();
        if !names.is_empty() {
            bytes::folder(&self.folder.join(RECEIVED))?;
        }
        for path in names.iter().map(|name| format!("{RECEIVED}/{name}")) {
            // A message is never changed either; the one before has it by the same name.
            let known = self.before.as_ref().and_then(|(_, before)| before.file(&path)).map(|file| file.sha256.clone());
            let shared = match known {
                Some(hash) => self.share(&path, &hash)?,
                None => false,
            };
            // One that is gone is missed by `mail received show`, and is no document.
            let _ = shared || self.copy(&path, None)?;
        }
        Ok(())
    }

    fn key(&mut self) -> Result<()> {
        if self.with_key && !self.copy(KEY, None)? {
            return Err(Error::new(Kind::Config, "the key file is gone").tip("look with: frontdesk doctor"));
        }
        Ok(())
    }

    /// Shares a file with the backup before, if it is there and still what it was: each is read, so that nothing spoiled
    /// is handed on.
    fn share(&mut self, path: &str, hash: &str) -> Result<bool> {
        let Some((before, manifest)) = &self.before else { return Ok(false) };
        if manifest.file(path).is_none() {
            return Ok(false);
        }
        let theirs = before.join(path);
        let Ok(sum) = bytes::sum(&theirs) else { return Ok(false) };
        // A file system without links, or too many of them: then it is copied.
        if sum.sha256 != hash || fs::hard_link(&theirs, self.folder.join(path)).is_err() {
            return Ok(false);
        }
        self.take(path.to_owned(), sum, false);
        Ok(true)
    }

    /// Copies a file out of the data directory; `false` if it is not there, or not what its hash says.
    fn copy(&mut self, path: &str, hash: Option<&str>) -> Result<bool> {
        let (from, to) = (self.data_dir.join(path), self.folder.join(path));
        if let Err(cause) = bytes::open(&from)
            && matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::InvalidInput)
        {
            return Ok(false);
        }
        let sum = bytes::copy(&from, &to)?;
        if hash.is_some_and(|hash| hash != sum.sha256) {
            fs::remove_file(&to).map_err(|cause| unwritten(&to, cause))?;
            return Ok(false);
        }
        self.take(path.to_owned(), sum, true);
        Ok(true)
    }

    fn take(&mut self, path: String, sum: bytes::Sum, new: bool) {
        if new {
            self.manifest.new_bytes += sum.size;
        }
        self.manifest.files.push(Listed { path, size: sum.size, sha256: sum.sha256 });
    }

    /// Writes what is in it, and makes all of it safe on the disk.
    fn end(mut self) -> Result<Manifest> {
        self.manifest.files.sort_by(|one, other| one.path.cmp(&other.path));
        let files = self.folder.join(FILES);
        for first in bytes::names(&files)? {
            bytes::sync(&files.join(first))?;
        }
        for folder in [&files, &self.folder.join(RECEIVED)] {
            if bytes::is_folder(folder) {
                bytes::sync(folder)?;
            }
        }
        bytes::sync(self.folder)?;
        self.manifest.write(self.folder)?;
        bytes::sync(self.folder)?;
        Ok(self.manifest)
    }
}
