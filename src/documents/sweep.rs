//! The sweep: takes away bytes that no document names and temporary files that were left, and tells of bytes that are gone.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::files::{Files, is_hash};
use super::sweep_store::{is_named, named_after};
use crate::access::{Actor, Machine};
use crate::db::Db;
use crate::error::{Error, Kind, Result};

/// For how long a file may wait for its row: far longer than any form takes.
const GRACE: Duration = Duration::from_secs(3_600);

/// What a sweep did and found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files without a row that are gone now.
    pub removed: usize,
    /// Temporary files that were left behind and are gone now.
    pub temporary: usize,
    /// Hashes that documents name and no file bears.
    pub missing: Vec<String>,
}

/// Sweeps a store at a moment.
///
/// A file whose form is still under way is safe three times: it is younger than the grace; keeping it begins its age anew,
/// never while its place is swept; and its row is made in a transaction, which a sweep excludes and which fails if the
/// file has gone before it.
pub fn sweep(db: &Db, files: &Files, now: SystemTime) -> Result<Swept> {
    let keeper = Actor::Machine { role: Machine::Keeper, group: None };
    let mut swept = Swept { temporary: leftovers(files, now)?, ..Swept::default() };
    // While a backup copies the store, whatever could go waits for the next sweep.
    let free = files.to_be_swept()?;
    let old = stored(files)?.into_iter().filter(|path| free.is_some() && is_old(path, now));
    for path in old {
        let Some(hash) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if db.read(&keeper, |tx| is_named(tx, hash))? {
            continue;
        }
        let gone = db.write(&keeper, |tx| {
            tx.keep_books(Machine::Keeper, |_| {
                let lock = files.lock()?;
                lock.lock().map_err(|cause| cannot(&path, cause))?;
                if is_named(tx, hash)? || !is_old(&path, now) {
                    return Ok(false);
                }
                fs::remove_file(&path).map_err(|cause| cannot(&path, cause))?;
                Ok(true)
            })
        })?;
        swept.removed += usize::from(gone);
    }
    swept.missing = missing(db, files)?;
    Ok(swept)
}

/// Hashes that documents of any group name and no file bears. Nothing is changed.
pub fn missing(db: &Db, files: &Files) -> Result<Vec<String>> {
    let keeper = Actor::Machine { role: Machine::Keeper, group: None };
    let (mut missing, mut after) = (Vec::new(), String::new());
    loop {
        let batch = db.read(&keeper, |tx| named_after(tx, &after))?;
        let Some(last) = batch.last() else { return Ok(missing) };
        after = last.clone();
        missing.extend(batch.into_iter().filter(|hash| !files.place(hash).is_some_and(|path| path.is_file())));
    }
}

/// Removes what was being received when a process ended.
fn leftovers(files: &Files, now: SystemTime) -> Result<usize> {
    let mut removed = 0;
    for path in entries(&files.incoming())?.into_iter().filter(|path| is_old(path, now)) {
        fs::remove_file(&path).map_err(|cause| cannot(&path, cause))?;
        removed += 1;
    }
    Ok(removed)
}

/// Every file that lies under its hash. What lies elsewhere is not ours to judge.
fn stored(files: &Files) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in entries(files.root())?.into_iter().filter(|path| path.is_dir()) {
        let inside = entries(&folder)?.into_iter();
        found.extend(inside.filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(is_hash)));
    }
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry.map_err(|cause| cannot(folder, cause))?.path())).collect(),
        // Nothing was ever received.
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(cause) => Err(cannot(folder, cause)),
    }
}

/// Whether a file has waited for longer than the grace. One that has just gone is not old.
fn is_old(path: &Path, now: SystemTime) -> bool {
    let changed = fs::metadata(path).and_then(|meta| meta.modified());
    changed.is_ok_and(|changed| now.duration_since(changed).is_ok_and(|age| age > GRACE))
}

fn cannot(path: &Path, cause: std::io::Error) -> Error {
    Error::new(Kind::Storage, format!("'{}' cannot be swept: {cause}", path.display())).because(cause)
}
