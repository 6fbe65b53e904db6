//! One connection: how the file is opened, and which settings hold in it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::values::fault;
use crate::error::{Error, Kind, Result};

/// `fdsk` in the file's head says that it is ours.
pub(super) const APPLICATION_ID: i32 = 0x6664_736b;

/// Prepared statements kept by a connection; about as many as the program has.
const STATEMENTS: usize = 256;

/// Opens the file and sets what must hold for every connection (SQLite's `security.html` and `wal.html`).
pub(super) fn open(path: &Path, wait: Duration) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let fresh = !path.exists();
    let connection = Connection::open_with_flags(path, flags).map_err(|cause| {
        Error::new(Kind::Storage, format!("the database '{}' cannot be opened", path.display())).because(cause)
    })?;
    if fresh {
        // The program's umask already says so; this holds for a library user too. Only names, no descriptor of ours.
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(|cause| {
            Error::new(Kind::CannotWrite, format!("'{}' cannot be made private: {cause}", path.display()))
        })?;
    }
    connection.busy_timeout(wait).map_err(fault)?;
    refuse_strangers(&connection, path)?;
    for (name, value) in [
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        ("trusted_schema", "OFF"),
        ("cell_size_check", "ON"),
        ("journal_size_limit", "67108864"),
        ("temp_store", "MEMORY"),
    ] {
        connection.pragma_update(None, name, value).map_err(fault)?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(fault)?;
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LENGTH, 64 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
    ] {
        connection.set_limit(limit, value).map_err(fault)?;
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Looks whether the file is ours or empty, before anything is written to it.
fn refuse_strangers(connection: &Connection, path: &Path) -> Result<()> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let read = || -> rusqlite::Result<_> {
        Ok((number("application_id")?, number("user_version")?, number("schema_version")?))
    };
    let refuse = |why: &str| Err(Error::new(Kind::Data, format!("'{}' {why}", path.display())));
    match read() {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            refuse("is not a database; it was left as it is")
        }
        Err(error) => Err(fault(error)),
        Ok((0, 0, 0)) => Ok(()),
        Ok((APPLICATION_ID, version, _)) if version <= super::migrate::version() => Ok(()),
        Ok((APPLICATION_ID, _, _)) => refuse("was made by a newer frontdesk; it was left as it is"),
        Ok(_) => refuse("is a database of another program; it was left as it is"),
    }
}

/// What SQLite finds wrong with the file; empty when it is sound.
pub(super) fn check(connection: &Connection) -> Result<Vec<String>> {
    let list = |sql: &str| -> rusqlite::Result<Vec<String>> {
        let mut statement = connection.prepare(sql)?;
        statement.query_map([], |row| row.get::<_, String>(0))?.collect()
    };
    let mut found = list("PRAGMA quick_check").map_err(fault)?;
    found.retain(|line| line != "ok");
    found.extend(
        list("SELECT DISTINCT 'a reference is broken in ' || \"table\" FROM pragma_foreign_key_check")
            .map_err(fault)?,
    );
    Ok(found)
}
