//! One connection: how the file is opened, and which settings hold in it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::values::fault;
use crate::error::{Error, Kind, Result};

/// `fdsk` in the file's head says that it is ours.
pub(super) const APPLICATION_ID: i32 = 0x6664_736b;

/// Prepared statements kept by a connection; about as many as the program has.
const STATEMENTS: usize = 256;

/// What is set in every connection, and how SQLite tells it afterwards.
const SETTINGS: [(&str, &str, &str); 9] = [
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    // Without it INSERT OR REPLACE would take a line out of the audit behind its triggers' back.
    ("recursive_triggers", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("journal_size_limit", "67108864", "67108864"),
    ("temp_store", "MEMORY", "2"),
    // In KiB: room for the indexes of a large customer, so that a page does not read them anew from the file.
    ("cache_size", "-16384", "-16384"),
];

/// The settings that are not as they should be, as SQLite tells them.
pub(super) fn settings(connection: &Connection) -> Result<Vec<(&'static str, String)>> {
    let mut odd = Vec::new();
    for (name, _, wanted) in SETTINGS {
        let is: rusqlite::types::Value = connection.pragma_query_value(None, name, |row| row.get(0)).map_err(fault)?;
        let is = match is {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => format!("{other:?}"),
        };
        if is != wanted {
            odd.push((name, is));
        }
    }
    Ok(odd)
}

/// Opens the file, making it if there is none.
pub(super) fn open_or_create(path: &Path, wait: Duration) -> Result<Connection> {
    with_flags(path, wait, OpenFlags::SQLITE_OPEN_CREATE)
}

/// Opens one more connection to a file that was opened before. One that has gone since is not made anew.
pub(super) fn open(path: &Path, wait: Duration) -> Result<Connection> {
    with_flags(path, wait, OpenFlags::empty())
}

/// Opens a copy that nobody writes to, without making or changing a file.
pub(super) fn open_copy(path: &Path) -> Result<Connection> {
    let cannot = |cause: rusqlite::Error| {
        Error::new(Kind::Storage, format!("the database '{}' cannot be opened", path.display())).because(cause)
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(immutable(path), flags).map_err(cannot)?;
    // Whoever made the file may have meant us harm.
    for (name, value) in [("trusted_schema", "OFF"), ("cell_size_check", "ON"), ("temp_store", "MEMORY")] {
        connection.pragma_update(None, name, value).map_err(fault)?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(fault)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).map_err(fault)?;
    if refuse_strangers(&connection, path)? {
        return Err(Error::new(Kind::Data, format!("'{}' is an empty database", path.display())));
    }
    Ok(connection)
}

/// The name of a file that does not change while it is read, as SQLite takes it.
fn immutable(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let mut name = String::from("file:");
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => name.push(char::from(*byte)),
            other => name.push_str(&format!("%{other:02X}")),
        }
    }
    name + "?immutable=1"
}

/// Sets what must hold for every connection (SQLite's `security.html` and `wal.html`).
fn with_flags(path: &Path, wait: Duration, flags: OpenFlags) -> Result<Connection> {
    let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|cause| {
        Error::new(Kind::Storage, format!("the database '{}' cannot be opened", path.display())).because(cause)
    })?;
    connection.busy_timeout(wait).map_err(fault)?;
    // Closing the last connection would tidy up what another program or a newer frontdesk left in its log.
    let log_left = std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, log_left).map_err(fault)?;
    let empty = refuse_strangers(&connection, path)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(fault)?;
    if empty {
        // The program's umask already says so; this holds for a library user too. Only names, no descriptor of ours.
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(|cause| {
            Error::new(Kind::CannotWrite, format!("'{}' cannot be made private: {cause}", path.display()))
        })?;
    }
    for (name, value, _) in SETTINGS {
        patiently(wait, || connection.pragma_update(None, name, value))?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(fault)?;
    // A plan is made once and does not depend on values: otherwise a statement is prepared anew for each value bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fault)?;
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

/// Tries again while somebody else holds the file. SQLite itself does not wait when two connections want to turn a new
/// file to WAL at once: each would wait for the other.
fn patiently(wait: Duration, mut set: impl FnMut() -> rusqlite::Result<()>) -> Result<()> {
    let until = Instant::now() + wait;
    loop {
        match set().map_err(fault) {
            Err(error) if error.kind() == Kind::Busy && Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(2))
            }
            done => return done,
        }
    }
}

/// The file that SQLite keeps beside the database under this ending.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Looks whether the file is ours or empty, before anything is written to it. The answer is whether it is empty.
fn refuse_strangers(connection: &Connection, path: &Path) -> Result<bool> {
    let read = || -> rusqlite::Result<_> {
        // One transaction: another process may be making the file just now.
        let tx = connection.unchecked_transaction()?;
        let number = |name| tx.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        Ok((number("application_id")?, number("user_version")?, number("schema_version")?))
    };
    let refuse = |why: &str| Err(Error::new(Kind::Data, format!("'{}' {why}", path.display())));
    match read() {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            refuse("is not a database; it was left as it is")
        }
        Err(error) => Err(fault(error)),
        Ok((0, 0, 0)) => Ok(true),
        Ok((APPLICATION_ID, version, _)) if (1..=super::migrate::version()).contains(&version) => Ok(false),
        Ok((APPLICATION_ID, 1.., _)) => refuse("was made by a newer frontdesk; it was left as it is"),
        Ok(_) => refuse("is a database of another program; it was left as it is"),
    }
}

/// What SQLite finds wrong with the file by one of its checks, and in the references; empty when it is sound.
pub(super) fn check(connection: &Connection, by: &str) -> Result<Vec<String>> {
    let list = |sql: &str| -> rusqlite::Result<Vec<String>> {
        let mut statement = connection.prepare(sql)?;
        statement.query_map([], |row| row.get::<_, String>(0))?.collect()
    };
    let mut found = list(by).map_err(fault)?;
    found.retain(|line| line != "ok");
    found.extend(
        list("SELECT DISTINCT 'a reference is broken in ' || \"table\" FROM pragma_foreign_key_check")
            .map_err(fault)?,
    );
    Ok(found)
}
