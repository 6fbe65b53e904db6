//! Putting another state into the place of the one that is there, so that whoever is killed on the way leaves the one or
//! the other, or a note of what is still to be done.
//!
//! The new state lies ready in `restoring/new` of the data directory. Once `restoring/decided.json` is there it is put
//! into place, name by name, and what lay there goes into a folder of its own. While the note is there nobody opens the
//! database; whoever comes next does what is left.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{DATABASE, FILES, KEY, RECEIVED, bytes, unwritten};
use crate::db::{DECIDED, RESTORING};
use crate::error::{Error, Kind, Result};

/// What a state before a restore is called; its moment follows.
pub(super) const KEPT: &str = "before-restore-";

/// The new state, below [`RESTORING`].
const NEW: &str = "new";

/// What lies in a data directory and belongs to one state. The log of the database goes before it.
const PARTS: [&str; 6] = ["frontdesk.db-wal", "frontdesk.db-shm", DATABASE, KEY, FILES, RECEIVED];

/// What was decided.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Decided {
    /// The backup that is being put into place.
    pub(super) backup: String,
    /// Where what lay there goes.
    pub(super) kept: String,
    /// What the new state has.
    parts: Vec<String>,
}

/// The folder of a state that is being prepared, empty.
pub(super) fn prepare(data_dir: &Path) -> Result<PathBuf> {
    let folder = data_dir.join(RESTORING);
    crate::db::is_whole(data_dir)?;
    bytes::remove(&folder)?;
    bytes::folder(&folder)?;
    Ok(folder.join(NEW))
}

/// Takes away what a restore left that was killed before anything was decided.
pub(super) fn give_up(data_dir: &Path) -> Result<()> {
    crate::db::is_whole(data_dir)?;
    bytes::remove(&data_dir.join(RESTORING))
}

/// Decides, and puts the new state into place; gives the folder of the old one, if there was one.
pub(super) fn swap(data_dir: &Path, backup: &str, kept: String) -> Result<Option<PathBuf>> {
    let folder = data_dir.join(RESTORING);
    let parts = bytes::names(&folder.join(NEW))?;
    if let Some(odd) = parts.iter().find(|part| !PARTS.contains(&part.as_str())) {
        return Err(Error::internal(anyhow::anyhow!("'{odd}' is no part of a state")));
    }
    let decided = Decided { backup: backup.to_owned(), kept, parts };
    bytes::sync(&folder)?;
    let text = serde_json::to_vec_pretty(&decided).map_err(Error::internal)?;
    let draft = folder.join("draft");
    bytes::write(&draft, &text)?;
    let place = folder.join(DECIDED);
    fs::rename(&draft, &place).map_err(|cause| unwritten(&place, cause))?;
    bytes::sync(&folder)?;
    bytes::sync(data_dir)?;
    go_on(data_dir, &decided)
}

/// What was decided in a data directory and is not done yet.
pub(super) fn decided(data_dir: &Path) -> Result<Option<Decided>> {
    let path = data_dir.join(RESTORING).join(DECIDED);
    match bytes::read(&path, 1 << 16) {
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(super::unread(&path, cause)),
        Ok(text) => {
            let decided: Decided = serde_json::from_slice(&text).map_err(|cause| {
                Error::new(Kind::Storage, format!("'{}' cannot be understood", path.display())).because(cause)
            })?;
            let odd = || Error::new(Kind::Storage, format!("'{}' names an odd place", path.display()));
            let moment = decided.kept.strip_prefix(KEPT).ok_or_else(odd)?;
            if super::place::is_name(moment) { Ok(Some(decided)) } else { Err(odd()) }
        }
    }
}

/// Does what is left to be done; may be begun again at any place.
pub(super) fn go_on(data_dir: &Path, decided: &Decided) -> Result<Option<PathBuf>> {
    let (new, kept) = (data_dir.join(RESTORING).join(NEW), data_dir.join(&decided.kept));
    bytes::folder(&kept)?;
    for part in PARTS {
        let (place, aside, ready) = (data_dir.join(part), kept.join(part), new.join(part));
        let is = |path: &Path| fs::symlink_metadata(path).is_ok();
        let is_ready = is(&ready);
        // What the new state has lies in its place once it is no longer ready; what it does not have is the old one's.
        let is_old = is_ready || !decided.parts.iter().any(|one| one == part);
        if is_old && is(&place) {
            fs::rename(&place, &aside).map_err(|cause| unwritten(&aside, cause))?;
        }
        if is_ready {
            bytes::sync(&kept)?;
            fs::rename(&ready, &place).map_err(|cause| unwritten(&place, cause))?;
            bytes::sync(data_dir)?;
        }
    }
    bytes::sync(&kept)?;
    bytes::sync(data_dir)?;
    let folder = data_dir.join(RESTORING);
    // Nothing lay there before.
    let was_empty = bytes::names(&kept)?.is_empty();
    if was_empty {
        fs::remove_dir(&kept).map_err(|cause| unwritten(&kept, cause))?;
    }
    let note = folder.join(DECIDED);
    fs::remove_file(&note).map_err(|cause| unwritten(&note, cause))?;
    bytes::sync(&folder)?;
    bytes::remove(&folder)?;
    bytes::sync(data_dir)?;
    Ok(Some(kept).filter(|_| !was_empty))
}
