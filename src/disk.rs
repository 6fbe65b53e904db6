//! Files that a command names: read as whoever runs it may read them, and written whole or not at all.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The disk of whoever runs a command; at the other end of a socket where that is another process.
pub trait Disk {
    /// Opens a file to be read. A folder reads as nothing, and a pipe or a device could make a command wait for ever: only
    /// a regular file is opened.
    fn read(&self, path: &Path) -> io::Result<Box<dyn Read>>;

    /// Begins a file that is there once it is whole. Without `over` it takes the place of no other.
    fn begin(&self, path: &Path, over: bool) -> io::Result<Box<dyn Whole>>;
}

/// A file that is there once it is whole; dropped before, it leaves nothing behind.
pub trait Whole: Write {
    /// Puts it into its place, safe on the disk.
    fn keep(self: Box<Self>) -> io::Result<()>;
}

/// The disk of this process, seen from a directory.
#[derive(Clone, Debug)]
pub struct Here(PathBuf);

impl Here {
    /// Names are looked up from this directory.
    pub fn at(directory: impl Into<PathBuf>) -> Self {
        Self(directory.into())
    }
}

impl Disk for Here {
    fn read(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        let path = self.0.join(path);
        if !std::fs::metadata(&path)?.is_file() {
            return Err(io::Error::other("it is not a regular file"));
        }
        Ok(Box::new(File::open(&path)?))
    }

    fn begin(&self, path: &Path, over: bool) -> io::Result<Box<dyn Whole>> {
        let place = self.0.join(path);
        if place.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        if !over && place.exists() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is there already"));
        }
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "its folder does not exist"));
        }
        // Beside its place, so that it can be moved there.
        let file = tempfile::Builder::new().prefix(".frontdesk-").tempfile_in(folder)?;
        Ok(Box::new(Beside { file, place, over }))
    }
}

struct Beside {
    file: NamedTempFile,
    place: PathBuf,
    over: bool,
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Whole for Beside {
    fn keep(self: Box<Self>) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        match self.over {
            true => self.file.persist(&self.place).map(drop).map_err(|error| error.error),
            false => self.file.persist_noclobber(&self.place).map(drop).map_err(|error| error.error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Here::at(folder.path());
        let names = || std::fs::read_dir(folder.path()).expect("a folder").count();
        let mut begun = disk.begin(Path::new("a.csv"), false).expect("begun");
        begun.write_all(b"one").expect("written");
        drop(begun);
        assert_eq!(names(), 0);
        let mut begun = disk.begin(Path::new("a.csv"), false).expect("begun");
        begun.write_all(b"one").expect("written");
        begun.keep().expect("kept");
        let mut text = String::new();
        disk.read(Path::new("a.csv")).expect("opened").read_to_string(&mut text).expect("read");
        assert_eq!((text.as_str(), names()), ("one", 1));
        assert!(disk.begin(Path::new("a.csv"), false).is_err());
        assert!(disk.begin(Path::new("a.csv"), true).is_ok());
        assert!(disk.begin(Path::new("nowhere/a.csv"), true).is_err());
        assert!(disk.read(Path::new(".")).is_err() && disk.read(Path::new("b.csv")).is_err());
    }
}
