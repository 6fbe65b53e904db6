//! The bytes of documents on disk, each under its own hash: `files/ab/<sha256>` in the data directory.
//!
//! A row is made only after its file is safe: written to a temporary file, synced, renamed to its place, the directory
//! synced. What is left of a crash between the two is a file without a row, which the sweep removes.

use std::fs::{self, DirBuilder, File};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::NamedTempFile;

use super::incoming::Received;
use super::name::FileName;
use crate::error::{Error, Kind, Result};

/// The folder of temporary files, beside those of the hashes.
const INCOMING: &str = "incoming";

/// The file by which keeping and sweeping exclude each other, also between processes.
const LOCK: &str = "lock";

/// While it lives, nothing is swept out of the store.
#[derive(Debug)]
pub struct Hold {
    _lock: File,
}

/// The store.
#[derive(Clone, Debug)]
pub struct Files {
    root: PathBuf,
}

/// A file that lies safely in its place and waits for its row: for an hour, then the sweep takes it away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Kept {
    /// What it is called.
    pub name: FileName,
    /// Under which type it is given out.
    pub media_type: &'static str,
    /// How many bytes it has.
    pub size: i64,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub hash: String,
    #[serde(skip)]
    path: PathBuf,
}

impl Files {
    /// The store of a data directory; its folders are made when the first file comes.
    pub fn below(data_dir: &Path) -> Self {
        Self { root: data_dir.join("files") }
    }

    /// The folder of the store, made if it is not there yet: also a place for what arrives and is not a file yet.
    pub fn folder(&self) -> Result<PathBuf> {
        directory(&self.root)?;
        Ok(self.root.clone())
    }

    /// Moves a received file to its place, for good: when this returns, the bytes outlive a crash. A file of the same
    /// content that lies there already is replaced by its equal, so that its age begins anew.
    pub fn keep(&self, received: &Received) -> Result<Kept> {
        let (first, _) = received.hash.split_at(2);
        let folder = self.root.join(first);
        let path = folder.join(&received.hash);
        received.temporary.as_file().sync_all().map_err(|cause| cannot_write(&path, cause))?;
        let lock = self.lock()?;
        lock.lock_shared().map_err(|cause| cannot_write(&path, cause))?;
        directory(&folder)?;
        fs::rename(received.temporary.path(), &path).map_err(|cause| cannot_write(&path, cause))?;
        for changed in [&folder, &self.root] {
            File::open(changed).and_then(|folder| folder.sync_all()).map_err(|cause| cannot_write(changed, cause))?;
        }
        Ok(received.kept_at(path))
    }

    /// What [`Self::keep`] would give, with nothing moved: for a dry run, as long as the received file lives.
    pub fn rehearse(&self, received: &Received) -> Kept {
        received.kept_at(received.temporary.path().to_owned())
    }

    /// The bytes under a hash, if they are there, and how many they are.
    pub fn open(&self, hash: &str) -> Result<Option<(File, u64)>> {
        let Some(path) = self.place(hash) else { return Ok(None) };
        let cannot = |cause: std::io::Error| {
            Error::new(Kind::Storage, "the bytes of a document cannot be read from the disk").because(cause)
        };
        match File::open(path) {
            Ok(file) => {
                let size = file.metadata().map_err(cannot)?.len();
                Ok(Some((file, size)))
            }
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(cannot(cause)),
        }
    }

    /// The folder of the store.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of temporary files.
    pub(super) fn incoming(&self) -> PathBuf {
        self.root.join(INCOMING)
    }

    /// Where the bytes under a hash lie; nothing for a text that is no hash.
    pub(super) fn place(&self, hash: &str) -> Option<PathBuf> {
        is_hash(hash).then(|| self.root.join(&hash[..2]).join(hash))
    }

    /// An empty temporary file of mode 0600 in the store's own file system.
    pub(super) fn temporary(&self) -> Result<NamedTempFile> {
        let folder = self.incoming();
        directory(&folder)?;
        NamedTempFile::new_in(&folder).map_err(|cause| cannot_write(&folder, cause))
    }

    /// Keeps every file where it is, also one whose last row goes: a backup copies what its rows name. A sweep that is
    /// under way is waited for; the next one finds nothing to do.
    pub fn hold(&self) -> Result<Hold> {
        let lock = self.itself()?;
        lock.lock_shared().map_err(|cause| cannot_write(&self.root, cause))?;
        Ok(Hold { _lock: lock })
    }

    /// The place of whoever sweeps; nothing while somebody holds the store.
    pub(super) fn to_be_swept(&self) -> Result<Option<Hold>> {
        let lock = self.itself()?;
        Ok(lock.try_lock().is_ok().then_some(Hold { _lock: lock }))
    }

    /// The folder, to be locked as it is: so no file is made for it.
    fn itself(&self) -> Result<File> {
        directory(&self.root)?;
        File::open(&self.root).map_err(|cause| cannot_write(&self.root, cause))
    }

    /// The file to lock: shared by who keeps, alone by who sweeps.
    pub(super) fn lock(&self) -> Result<File> {
        directory(&self.root)?;
        let path = self.root.join(LOCK);
        let opened = File::options().create(true).truncate(false).write(true).mode(0o600).open(&path);
        opened.map_err(|cause| cannot_write(&path, cause))
    }
}

impl Received {
    fn kept_at(&self, path: PathBuf) -> Kept {
        Kept { name: self.name.clone(), media_type: self.media_type, size: self.size, hash: self.hash.clone(), path }
    }
}

impl Kept {
    /// Fails if the file is gone: a row must never be made for it then. Called in the transaction that makes the row,
    /// which excludes the sweep.
    pub(super) fn check(&self) -> Result<()> {
        match fs::metadata(&self.path) {
            Ok(meta) if i64::try_from(meta.len()) == Ok(self.size) => Ok(()),
            _ => Err(Error::new(Kind::Storage, format!("the bytes of '{}' are no longer there", self.name))
                .tip("send the file again")),
        }
    }
}

/// Whether a text is a SHA-256 in hexadecimal digits.
pub(super) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Makes a folder that only its owner enters, with those above it.
fn directory(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|cause| cannot_write(path, cause))
}

fn cannot_write(path: &Path, cause: std::io::Error) -> Error {
    Error::new(Kind::CannotWrite, format!("'{}' cannot be written: {cause}", path.display())).because(cause)
}
