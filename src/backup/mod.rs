//! Backups: the database and the files of an installation as they were at one moment, in a folder that is whole or not
//! there.
//!
//! A backup is a folder named after its moment. `manifest.json` lists what is in it, each file with its size and SHA-256,
//! and `complete` holds the hash of the manifest: it is written last. The folder is made under another name and renamed
//! once everything in it is safe on the disk. Files that the backup before has already are shared with it by hard links,
//! and never with the data directory: a disk that spoils a live file spoils no backup.

mod bytes;
mod create;
mod manifest;
mod place;
mod restore;
mod settle;
mod settle_store;
mod stage;
mod store;
mod swap;
mod verify;

use std::path::Path;

pub use create::{Made, Making, create};
pub use manifest::{Listed, Manifest};
pub use place::{Found, is_busy, leftovers, list, remove_leftovers};
pub use restore::{Plan, Ready, Restored, finish, kept_states, leftover, prepare, remove_leftover};
pub use settle::{Settled, note_made};
pub use verify::{Flaw, Verdict, note_checked, verify};

use crate::error::{Error, Kind};

/// The names of what is in a backup, and in a data directory.
const DATABASE: &str = "frontdesk.db";
const KEY: &str = "key";
const FILES: &str = "files";
const RECEIVED: &str = "received";

/// The list of what is in a backup.
const MANIFEST: &str = "manifest.json";

/// The mark that a backup is whole.
const COMPLETE: &str = "complete";

/// The mark by which an installation knows its own backups: made with its key, which it does not betray.
pub fn mark_of(key: &crate::secret::Key) -> String {
    key.code("installation", &[])
}

/// What cannot be written, and why: a full disk is the usual reason.
fn unwritten(path: &Path, cause: std::io::Error) -> Error {
    let error = Error::new(Kind::CannotWrite, format!("'{}' cannot be written: {cause}", path.display()));
    let full = cause.kind() == std::io::ErrorKind::StorageFull;
    let error = error.because(cause);
    if full { error.tip("make room there, or name another place") } else { error }
}

/// What cannot be read, and why.
fn unread(path: &Path, cause: std::io::Error) -> Error {
    Error::new(Kind::Storage, format!("'{}' cannot be read: {cause}", path.display())).because(cause)
}
