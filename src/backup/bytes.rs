//! Bytes on their way from file to file: hashed while they pass, written for their owner alone, safe on the disk.

use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use data_encoding::HEXLOWER;
use rustix::fs::OFlags;
use sha2::{Digest, Sha256};

use super::{unread, unwritten};
use crate::error::{Error, Kind, Result};

/// Bytes that are read at once.
const CHUNK: usize = 256 * 1024;

/// A file by what is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sum {
    /// How many bytes.
    pub(super) size: u64,
    /// Their SHA-256.
    pub(super) sha256: String,
}

/// Opens a file to read it, if it is one: neither a link to another place nor anything that could make us wait.
pub(super) fn open(path: &Path) -> std::io::Result<File> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    let flags = i32::try_from(flags).map_err(std::io::Error::other)?;
    let file = File::options().read(true).custom_flags(flags).open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(std::io::Error::new(ErrorKind::InvalidInput, "it is not a regular file")),
    }
}

/// Looks through a file.
pub(super) fn sum(path: &Path) -> std::io::Result<Sum> {
    pass(open(path)?, |_| Ok(()))
}

/// The beginning of a file, as far as a limit that it does not pass.
pub(super) fn read(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(std::io::Error::new(ErrorKind::FileTooLarge, "it is too large")),
        false => Ok(bytes),
    }
}

/// Copies a file to a place where there is none, and tells what passed. The copy is safe on the disk.
pub(super) fn copy(from: &Path, to: &Path) -> Result<Sum> {
    let source = open(from).map_err(|cause| unread(from, cause))?;
    let mut target = fresh(to)?;
    // What goes wrong with the source is not what goes wrong with the copy.
    let mut spoiled = None;
    let sum = pass(source, |bytes| {
        target.write_all(bytes).inspect_err(|cause| spoiled = Some(std::io::Error::from(cause.kind())))
    });
    match (sum, spoiled) {
        (Ok(sum), _) => {
            target.sync_all().map_err(|cause| unwritten(to, cause))?;
            Ok(sum)
        }
        (Err(cause), Some(_)) => Err(unwritten(to, cause)),
        (Err(cause), None) => Err(unread(from, cause)),
    }
}

/// Writes a new file, safe on the disk.
pub(super) fn write(to: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = fresh(to)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|cause| unwritten(to, cause))
}

/// Makes a folder that only its owner enters, where there is none yet.
pub(super) fn folder(path: &Path) -> Result<()> {
    match DirBuilder::new().mode(0o700).create(path) {
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists && is_folder(path) => Ok(()),
        done => done.map_err(|cause| unwritten(path, cause)),
    }
}

/// Whether it is a folder, and not a link to one.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir())
}

/// Makes what was made or renamed in a folder safe on the disk.
pub(super) fn sync(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|cause| unwritten(folder, cause))
}

/// The names in a folder, sorted; none where there is no folder.
pub(super) fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|cause| unread(folder, cause))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|cause| unread(folder, cause))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Takes a folder away with all that is in it.
pub(super) fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(()),
        done => done.map_err(|cause| {
            Error::new(Kind::CannotWrite, format!("'{}' cannot be removed: {cause}", folder.display())).because(cause)
        }),
    }
}

fn fresh(to: &Path) -> Result<File> {
    File::options().write(true).create_new(true).mode(0o600).open(to).map_err(|cause| unwritten(to, cause))
}

fn pass(mut from: File, mut take: impl FnMut(&[u8]) -> std::io::Result<()>) -> std::io::Result<Sum> {
    let (mut hash, mut size, mut chunk) = (Sha256::new(), 0, vec![0; CHUNK]);
    loop {
        let count = match from.read(&mut chunk) {
            Ok(0) => return Ok(Sum { size, sha256: HEXLOWER.encode(&hash.finalize()) }),
            Ok(count) => count,
            Err(cause) if cause.kind() == ErrorKind::Interrupted => continue,
            Err(cause) => return Err(cause),
        };
        hash.update(&chunk[..count]);
        take(&chunk[..count])?;
        size += count as u64;
    }
}
