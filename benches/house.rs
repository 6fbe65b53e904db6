//! A fresh installation in a folder of its own, in which commands are run inside this process.

use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, ensure};
use frontdesk::cli::{self, Io};
use frontdesk::clock::Clock;
use frontdesk::db::Db;
use frontdesk::disk::Here;
use frontdesk::secret::Key;
use tempfile::TempDir;

/// The address that the portal's customers type.
pub const HOST: &str = "portal.bench";

/// An installation with the group `nordkyl`; it goes when it is dropped.
pub struct House {
    folder: TempDir,
    clock: Clock,
}

impl House {
    /// A company without customers. It stands on the disk that the program is built on, not in memory.
    pub fn new() -> Result<Self> {
        let clock = Clock::standing_at("2026-11-22T08:02:00Z".parse()?);
        let house = Self { folder: tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?, clock };
        house.run(&["init", "--base-url", &format!("https://{HOST}")])?;
        house.run(&["group", "add", "nordkyl", "--name", "Nordkyl AB", "--prefix", "NK", "--lang", "en"])?;
        Ok(house)
    }

    /// A file of the installation's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.path("frontdesk-data").join("frontdesk.db")
    }

    /// The database as the program opens it.
    pub fn db(&self) -> Result<Db> {
        let key = Key::read(&self.path("frontdesk-data").join("key"))?;
        Ok(Db::open(&self.database(), self.clock.clone(), key, Duration::from_secs(5))?)
    }

    /// What every command finds in its environment.
    pub fn environment(&self) -> [(String, String); 1] {
        [("XDG_CONFIG_HOME".to_owned(), self.path("etc").display().to_string())]
    }

    /// Runs a command, which must end well, and gives its answer.
    pub fn run(&self, words: &[&str]) -> Result<String> {
        let (out, err) = (Heard::default(), Heard::default());
        let mut io = Io {
            stdin: RefCell::new(Box::new(Cursor::new(Vec::new()))),
            stdout: RefCell::new(Box::new(out.clone())),
            stderr: RefCell::new(Box::new(err.clone())),
            stdin_is_terminal: false,
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            draws_progress: false,
            width: None,
            environment: self.environment().into(),
            directory: self.folder.path().into(),
            disk: Box::new(Here::at(self.folder.path())),
            machine_config: "/nowhere/config.toml".into(),
            clock: self.clock.clone(),
            uid: 1000,
        };
        let status = cli::run(std::iter::once("frontdesk").chain(words.iter().copied()).map(OsString::from), &mut io);
        ensure!(status == 0, "frontdesk {} ended with {status}: {}", words.join(" "), err.text());
        Ok(out.text())
    }
}

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Heard {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
