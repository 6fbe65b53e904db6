//! Numbered migrations, forward only, each in one transaction; `user_version` says how far a file has come.

use std::fs::{self, File};
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::connection::APPLICATION_ID;
use super::values::fault;
use super::{chain, snapshot};
use crate::error::{Error, Kind, Result};
use crate::secret::Key;

/// The steps, oldest first. A step that has been released is never edited.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_start.sql"),
    include_str!("migrations/0002_portal.sql"),
    include_str!("migrations/0003_telling.sql"),
    include_str!("migrations/0004_audit.sql"),
    include_str!("migrations/0005_staff.sql"),
    include_str!("migrations/0006_runs.sql"),
];

/// The step after which the chain of the audit begins.
const CHAIN: usize = 3;

/// The schema version that this program works with.
pub fn version() -> i32 {
    i32::try_from(STEPS.len()).unwrap_or(i32::MAX)
}

/// What the copies of a database from before an upgrade are called; the version of their schema and `.db` follow.
pub const UPGRADE_COPY: &str = "before-upgrade-from-schema-";

/// Brings a file up to date. One in which there is something already is first copied beside itself.
pub(super) fn run(connection: &mut Connection, path: &Path, key: &Key) -> Result<()> {
    if (1..version()).contains(&current(connection)?) {
        keep_copy(connection, path)?;
    }
    all(connection, key)
}

/// Copies the database as it is before the first step: one copy for each version, safe on the disk before anything is
/// changed. It is for whoever wants to go back, and nothing takes it away.
fn keep_copy(connection: &mut Connection, path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot = |cause: std::io::Error| {
        Error::new(
            Kind::CannotWrite,
            format!("no copy can be made in '{}' before the upgrade: {cause}", folder.display()),
        )
        .because(cause)
    };
    let fresh = tempfile::Builder::new().prefix(".upgrade-").suffix(".db").tempfile_in(folder).map_err(cannot)?;
    snapshot::copy(connection, fresh.path())
        .map_err(|error| error.tip("make room on the disk of the data directory; the database was left as it is"))?;
    // Another process may have taken the step while this one waited: then the copy is of what came after.
    let made = snapshot::Copy::open(fresh.path())?.version();
    if made < version() {
        fs::rename(fresh.path(), folder.join(format!("{UPGRADE_COPY}{made}.db"))).map_err(cannot)?;
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(cannot)?;
    }
    Ok(())
}

fn all(connection: &mut Connection, key: &Key) -> Result<()> {
    up_to(connection, key, version())
}

/// The steps up to a version.
pub(super) fn up_to(connection: &mut Connection, key: &Key, version: i32) -> Result<()> {
    let steps = usize::try_from(version).ok().and_then(|count| STEPS.get(..count)).unwrap_or_default();
    take(connection, steps, |tx, step| if step == CHAIN { chain::begin(tx, key) } else { Ok(()) })
}

/// Takes the steps that a file has not taken yet, each together with what has to be done after it.
pub(super) fn take(
    connection: &mut Connection,
    steps: &[&str],
    after: impl Fn(&Connection, usize) -> Result<()>,
) -> Result<()> {
    while usize::try_from(current(connection)?).is_ok_and(|done| done < steps.len()) {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        // Read again inside: another process may have taken the step while this one waited.
        let done = current(&tx)?;
        let at = usize::try_from(done).unwrap_or(usize::MAX);
        if let Some(step) = steps.get(at) {
            tx.execute_batch(step).map_err(fault)?;
            after(&tx, at)?;
            tx.pragma_update(None, "application_id", APPLICATION_ID).map_err(fault)?;
            tx.pragma_update(None, "user_version", done + 1).map_err(fault)?;
        }
        tx.commit().map_err(fault)?;
    }
    Ok(())
}

fn current(connection: &Connection) -> Result<i32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(fault)
}

/// The whole schema as it was written, for the golden file: it can be run as it stands.
pub fn schema() -> Result<String> {
    let mut connection = Connection::open_in_memory().map_err(fault)?;
    all(&mut connection, &Key::random()?)?;
    written(&connection)
}

fn written(connection: &Connection) -> Result<String> {
    let mut statement = connection.prepare(WRITTEN).map_err(fault)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(fault)?;
    let mut out = String::new();
    for row in rows {
        out.push_str(&row.map_err(fault)?);
        out.push_str(";\n\n");
    }
    Ok(out)
}

/// Whether a file has exactly the tables, indexes, views and triggers that the steps up to its version make.
pub(super) fn is_as_written(connection: &Connection, version: i32) -> Result<bool> {
    let steps = usize::try_from(version).ok().and_then(|count| STEPS.get(..count)).unwrap_or_default();
    let mut fresh = Connection::open_in_memory().map_err(fault)?;
    take(&mut fresh, steps, |_, _| Ok(()))?;
    Ok(written(connection)? == written(&fresh)?)
}

const WRITTEN: &str = "
    SELECT sql
      FROM sqlite_schema
     WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_'
     ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 WHEN 'trigger' THEN 3 ELSE 4 END, name";
