//! Numbered migrations, forward only, each in one transaction; `user_version` says how far a file has come.

use rusqlite::{Connection, TransactionBehavior};

use super::chain;
use super::connection::APPLICATION_ID;
use super::values::fault;
use crate::error::Result;
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

/// Brings a file up to date.
pub(super) fn run(connection: &mut Connection, key: &Key) -> Result<()> {
    take(connection, STEPS, |tx, step| if step == CHAIN { chain::begin(tx, key) } else { Ok(()) })
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
    run(&mut connection, &Key::random()?)?;
    let mut statement = connection.prepare(WRITTEN).map_err(fault)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(fault)?;
    let mut out = String::new();
    for row in rows {
        out.push_str(&row.map_err(fault)?);
        out.push_str(";\n\n");
    }
    Ok(out)
}

const WRITTEN: &str = "
    SELECT sql
      FROM sqlite_schema
     WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_'
     ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 WHEN 'trigger' THEN 3 ELSE 4 END, name";
