//! A copy of the database as it is at one moment, made while others write to it.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::values::fault;
use super::{Db, connection};
use crate::error::{Error, Kind, Result};

/// Pages that are copied before the disk is left to the others for a moment.
const PAGES: i32 = 1_000;

/// That moment.
const PAUSE: Duration = Duration::from_millis(2);

/// How often a copy that is in somebody's way is tried again.
const TRIES: u32 = 2_000;

impl Db {
    /// Copies the database into a new file: all that was committed before, nothing of what comes after. Nobody who reads
    /// or writes meanwhile is held up.
    ///
    /// The copy is whole and safe on the disk when this returns: one file, without a log beside it.
    pub fn snapshot(&self, to: &Path) -> Result<()> {
        copy(self.lend()?.connection()?, to)
    }

    /// Ends the log of the database, so that it is one file; fails if somebody else has it open, whatever program it is.
    pub fn fold(self) -> Result<()> {
        let mut lent = self.lend()?;
        let connection = lent.connection()?;
        // In WAL mode everybody who has the file open holds a lock on it, so this succeeds for the only one.
        connection.busy_timeout(Duration::from_millis(100)).map_err(fault)?;
        let mode = connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0));
        match mode.map_err(fault) {
            Ok(mode) if mode == "delete" => Ok(()),
            Err(error) if error.kind() != Kind::Busy => Err(error),
            _ => Err(Error::new(Kind::Busy, "another program has the database open; nothing was changed")
                .tip("see which with: fuser -v, on the file frontdesk.db of the data directory")),
        }
    }

    /// Moves what is in the log into the database, as far as nobody who reads is in the way.
    pub fn shorten_log(&self) -> Result<()> {
        let mut lent = self.lend()?;
        lent.connection()?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(fault)
    }
}

/// The same on a connection of our own.
pub(super) fn copy(source: &mut Connection, to: &Path) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let cannot = |cause: rusqlite::Error| cannot(to, cause);
    let unwritten = |cause: std::io::Error| {
        Error::new(Kind::CannotWrite, format!("'{}' cannot be written: {cause}", to.display())).because(cause)
    };
    // For its owner alone from its first byte on.
    File::options().create(true).truncate(false).write(true).mode(0o600).open(to).map_err(unwritten)?;
    let mut target = Connection::open_with_flags(to, flags).map_err(cannot)?;
    // It is synced once, when it is whole, and what is left of one that is not is thrown away.
    target.pragma_update(None, "journal_mode", "MEMORY").map_err(cannot)?;
    target.pragma_update(None, "synchronous", "OFF").map_err(cannot)?;
    {
        // One reading transaction for the whole copy: it is not begun anew with each page that somebody writes.
        let moment = source.transaction_with_behavior(TransactionBehavior::Deferred).map_err(fault)?;
        moment.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(fault)?;
        let copying = Backup::new(&moment, &mut target).map_err(cannot)?;
        let mut tries = 0;
        loop {
            match copying.step(PAGES).map_err(cannot)? {
                StepResult::Done => break,
                StepResult::More => {}
                _ if tries < TRIES => tries += 1,
                _ => {
                    return Err(Error::new(Kind::Busy, "the database is held by another program and cannot be copied"));
                }
            }
            std::thread::sleep(PAUSE);
        }
    }
    // So that it can be looked at without a file beside it.
    target.pragma_update(None, "journal_mode", "DELETE").map_err(cannot)?;
    target.close().map_err(|(_, cause)| cannot(cause))?;
    File::options().write(true).open(to).and_then(|file| file.sync_all()).map_err(unwritten)
}

/// What a failure while copying means: a page that cannot be read is the database's, all else the new file's.
fn cannot(to: &Path, cause: rusqlite::Error) -> Error {
    match cause.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => fault(cause),
        Some(ErrorCode::DiskFull) => Error::new(Kind::CannotWrite, format!("the disk of '{}' is full", to.display()))
            .because(cause)
            .tip("make room there, or name another place"),
        _ => Error::new(Kind::CannotWrite, format!("'{}' cannot be written", to.display())).because(cause),
    }
}

/// A file that holds a copy, looked at without changing it or anything beside it.
pub struct Copy {
    connection: Connection,
    version: i32,
}

impl Copy {
    /// Opens a copy. What is not ours, or was made by a newer frontdesk, is refused.
    pub fn open(path: &Path) -> Result<Self> {
        let connection = connection::open_copy(path)?;
        let version = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(fault)?;
        Ok(Self { connection, version })
    }

    /// The version of its schema.
    pub fn version(&self) -> i32 {
        self.version
    }

    /// What is wrong with it: SQLite's whole check, the references, and a schema that is not what the program makes.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut found = connection::check(&self.connection, "PRAGMA integrity_check")?;
        if found.is_empty() && !super::migrate::is_as_written(&self.connection, self.version)? {
            found.push("its tables, views or triggers are not those that frontdesk makes".into());
        }
        Ok(found)
    }

    /// Rows of it, in nobody's name.
    pub fn rows<T>(&self, sql: &super::Open, map: impl FnMut(&super::Row) -> super::RowResult<T>) -> Result<Vec<T>> {
        let mut statement = self.connection.prepare(sql.sql).map_err(fault)?;
        statement.query_map([], map).and_then(Iterator::collect).map_err(fault)
    }
}
