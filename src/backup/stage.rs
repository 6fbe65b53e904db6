//! A data directory made of a backup, in a place where nothing is yet.

use std::fs;
use std::path::Path;

use super::manifest::Manifest;
use super::{FILES, KEY, RECEIVED, bytes, unread};
use crate::error::{Error, Kind, Result};

/// Copies what is in a backup into a folder, each file held against its hash once more while it passes. What the folder
/// holds is safe on the disk when this returns, but not the folder itself.
pub(super) fn fill(backup: &Path, manifest: &Manifest, key: &Path, into: &Path) -> Result<()> {
    for folder in [into, &into.join(FILES)] {
        bytes::folder(folder)?;
    }
    if manifest.files.iter().any(|file| file.path.starts_with(RECEIVED)) {
        bytes::folder(&into.join(RECEIVED))?;
    }
    for file in manifest.files.iter().filter(|file| file.path != KEY) {
        let to = into.join(&file.path);
        if let Some(folder) = to.parent() {
            bytes::folder(folder)?;
        }
        let sum = bytes::copy(&backup.join(&file.path), &to)?;
        if sum.sha256 != file.sha256 {
            let message = format!("'{}' is not what it was: its hash differs; nothing was changed", file.path);
            return Err(Error::new(Kind::Data, message).tip("look with: frontdesk backup verify"));
        }
    }
    bytes::copy(key, &into.join(KEY))?;
    for first in bytes::names(&into.join(FILES))? {
        bytes::sync(&into.join(FILES).join(first))?;
    }
    for folder in [into.join(FILES), into.join(RECEIVED)] {
        if bytes::is_folder(&folder) {
            bytes::sync(&folder)?;
        }
    }
    bytes::sync(into)
}

/// Fails where the disk of a folder has not enough room for another copy of a backup.
pub(super) fn has_room(folder: &Path, manifest: &Manifest) -> Result<()> {
    let Ok(disk) = rustix::fs::statvfs(folder) else { return Ok(()) };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    // What the file system itself needs for each file, and the log of the database.
    let needed = manifest.bytes() + 4_096 * manifest.files.len() as u64 + (8 << 20);
    if free >= needed {
        return Ok(());
    }
    let message = format!(
        "the disk of '{}' has {} MB free, and the backup needs {}",
        folder.display(),
        free / 1_000_000,
        needed / 1_000_000
    );
    Err(Error::new(Kind::CannotWrite, message).tip("make room there; nothing was changed"))
}

/// Takes away what a migration or a log left beside the database, which is whole by itself now.
pub(super) fn tidy(folder: &Path) -> Result<()> {
    for name in bytes::names(folder)? {
        if name.starts_with(crate::db::UPGRADE_COPY) {
            let path = folder.join(&name);
            fs::remove_file(&path).map_err(|cause| unread(&path, cause))?;
        }
    }
    bytes::sync(folder)
}
