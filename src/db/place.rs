//! The folder of a database: who works in it, and whether it is whole.
//!
//! Everybody who opens the database holds its folder's lock together with the others; whoever puts another database into
//! its place holds it alone. It is a lock on the folder itself, so no file comes and goes for it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, Kind, Result};
use crate::lock::{self, Take};

/// The folder in which another state waits to be put into its place, inside of the data directory.
pub const RESTORING: &str = "restoring";

/// The file in it from which on there is no way back: what it names is being put into its place.
pub const DECIDED: &str = "decided.json";

/// A data directory in which nobody else has the database open, until the value goes.
#[derive(Debug)]
pub struct Alone {
    folder: PathBuf,
    _lock: Option<File>,
}

impl Alone {
    /// Waits so long until nobody else has the database open.
    pub fn in_folder(folder: &Path, wait: Duration) -> Result<Self> {
        let lock = taken(folder, wait, File::try_lock)?;
        Ok(Self { folder: folder.to_owned(), _lock: lock })
    }

    /// Whether it is about the folder of this database.
    pub(super) fn holds(&self, database: &Path) -> bool {
        database.parent() == Some(&self.folder)
    }
}

/// Comes in beside the others who have the database open; nothing where the file system knows no locks.
pub(super) fn enter(database: &Path, wait: Duration) -> Result<Option<File>> {
    let Some(folder) = folder_of(database) else { return Ok(None) };
    let lock = taken(folder, wait, File::try_lock_shared)?;
    is_whole(folder)?;
    Ok(lock)
}

/// Fails while another state is half put into its place: what lies there belongs to two of them.
pub fn is_whole(data_dir: &Path) -> Result<()> {
    let decided = data_dir.join(RESTORING).join(DECIDED);
    if !decided.exists() {
        return Ok(());
    }
    let message = format!("a restore was interrupted in '{}', and nothing is lost by it", data_dir.display());
    Err(Error::new(Kind::Config, message).tip("finish it with: frontdesk backup restore --finish"))
}

/// The folder in which a database lies; nothing for one in memory.
fn folder_of(database: &Path) -> Option<&Path> {
    match database.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Some(Path::new(".")),
        other => other,
    }
}

fn taken(folder: &Path, wait: Duration, take: Take) -> Result<Option<File>> {
    // What is wrong with the folder is told by whoever opens the database in it.
    let Ok(file) = File::open(folder) else { return Ok(None) };
    lock::within(file, wait, take, || {
        Error::new(Kind::Busy, format!("another program has the database in '{}' open", folder.display()))
            .tip("stop the server, wait for other commands to end, or wait longer with --wait SECONDS")
    })
}
