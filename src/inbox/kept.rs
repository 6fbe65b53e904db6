//! Messages that the company is to look at, as they came: one file each, `received/<name>.eml` in the data directory.

use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};
use crate::secret::random_reference;
use crate::text::Line;

const FOLDER: &str = "received";

/// Writes a message down for good, readable for its owner alone; gives the name under which it is kept.
pub(super) fn keep(data_dir: &Path, message: &[u8]) -> Result<Line> {
    let folder = data_dir.join(FOLDER);
    if !folder.is_dir() {
        DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(|cause| cannot(&folder, cause))?;
    }
    let name = random_reference()?;
    let path = place(data_dir, &name);
    let written = File::options().write(true).create_new(true).mode(0o600).open(&path).and_then(|mut file| {
        file.write_all(message)?;
        file.sync_all()?;
        File::open(&folder)?.sync_all()
    });
    if let Err(cause) = written {
        // What is there of it is no message; the mail server still has it.
        let _ = fs::remove_file(&path);
        return Err(cannot(&path, cause));
    }
    Line::parse(&name)
}

/// Takes a message away that no row names after all.
pub(super) fn forget(data_dir: &Path, name: &Line) {
    // A file that stays is in nobody's way.
    let _ = fs::remove_file(place(data_dir, name.as_str()));
}

/// The bytes of a message that is kept.
pub fn open(data_dir: &Path, name: &Line) -> Result<File> {
    let path = place(data_dir, name.as_str());
    match File::open(&path) {
        Ok(file) => Ok(file),
        Err(cause) if cause.kind() == ErrorKind::NotFound => {
            Err(Error::new(Kind::NotFound, format!("the message {name} is no longer there")))
        }
        Err(cause) => Err(Error::new(Kind::Storage, format!("the message {name} cannot be read: {cause}"))),
    }
}

fn place(data_dir: &Path, name: &str) -> PathBuf {
    // The name comes from our own table; it is still not let out of the folder.
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    data_dir.join(FOLDER).join(format!("{name}.eml"))
}

fn cannot(path: &Path, cause: std::io::Error) -> Error {
    Error::new(Kind::CannotWrite, format!("'{}' cannot be written: {cause}", path.display())).because(cause)
}
