//! The one door to SQLite: a transaction in somebody's name, running statements that say what they are anchored on.

mod author;
mod chain;
mod connection;
#[cfg(test)]
pub(crate) mod fixture;
mod migrate;
mod once;
mod paged;
mod place;
mod refusal;
mod row;
mod snapshot;
mod statement;
mod stream;
#[cfg(test)]
mod tests;
mod tx;
mod values;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};

pub(crate) use author::author;
pub use chain::{BROKEN, Cell, EVERY_LINE, Head, Link, Told};
pub use migrate::{UPGRADE_COPY, schema, version};
pub use paged::{PAGE, Paged};
pub use place::{Alone, DECIDED, RESTORING, is_whole};
pub use row::{Params, Row, RowResult, Value, named};
pub use snapshot::Copy;
pub use statement::{Below, Change, Open, Scoped};
pub use tx::{Entry, Reached, Subject, Tx, WriteTx, Writer};
pub use values::Json;
pub(crate) use values::text_columns;

use crate::access::Actor;
use crate::clock::{Clock, Moment};
use crate::error::{Error, Kind, Result};
use crate::secret::Key;

/// Where a request came from, for the audit.
#[derive(Clone, Debug)]
pub struct Origin {
    /// `direct`, `socket`, `portal`, `mail` or `worker`.
    pub via: &'static str,
    /// The operating-system user who asks, from the kernel, where the actor does not say it.
    pub uid: Option<u32>,
    /// The client's network address, if there is one.
    pub client: Option<String>,
    /// The words of the command that asks, without its values, if it is one.
    pub command: Option<String>,
}

impl Origin {
    /// What comes this way, and no more is known of it.
    pub fn by(via: &'static str) -> Self {
        Self { via, uid: None, client: None, command: None }
    }
}

/// The database of one installation, with its clock and its key. Clones share it.
#[derive(Clone)]
pub struct Db {
    house: Arc<House>,
    origin: Origin,
    rehearsal: bool,
}

struct House {
    path: PathBuf,
    clock: Clock,
    key: Key,
    wait: Duration,
    idle: Mutex<Vec<Connection>>,
    /// Keeps another database from being put in the place of this one. It goes last, after the connections.
    _beside_others: Option<File>,
}

/// How often a transaction is run again when another writer came first in spite of waiting.
const TRIES: u32 = 5;

impl Db {
    /// Opens the database file, making it if there is none, and brings its schema up to date.
    ///
    /// A file of another program or of a newer version is refused and left as it is. `wait` is how long a writer
    /// waits for another one before it is told that the database is busy.
    pub fn open(path: &Path, clock: Clock, key: Key, wait: Duration) -> Result<Self> {
        let lock = place::enter(path, wait)?;
        Self::open_there(path, clock, key, wait, lock)
    }

    /// The same for whoever holds the folder alone.
    pub fn open_alone(alone: &Alone, path: &Path, clock: Clock, key: Key, wait: Duration) -> Result<Self> {
        if !alone.holds(path) {
            return Err(Error::internal(anyhow::anyhow!("another folder is held alone")));
        }
        Self::open_there(path, clock, key, wait, None)
    }

    fn open_there(path: &Path, clock: Clock, key: Key, wait: Duration, lock: Option<File>) -> Result<Self> {
        let mut connection = connection::open_or_create(path, wait)?;
        migrate::run(&mut connection, path, &key)?;
        let idle = Mutex::new(vec![connection]);
        let house = House { path: path.into(), clock, key, wait, idle, _beside_others: lock };
        Ok(Self { house: Arc::new(house), origin: Origin::by("direct"), rehearsal: false })
    }

    /// The same database, with another origin in the audit.
    #[must_use]
    pub fn from(&self, origin: Origin) -> Self {
        Self { origin, ..self.clone() }
    }

    /// The same database, in which every change is made and then taken back: a dry run of the real code.
    #[must_use]
    pub fn rehearsal(&self) -> Self {
        Self { rehearsal: true, ..self.clone() }
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        self.house.clock.now()
    }

    /// The key of this installation.
    pub fn key(&self) -> &Key {
        &self.house.key
    }

    /// Where a file of this name lies beside the database.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.house.path.with_file_name(name)
    }

    /// Reads in an actor's name.
    pub fn read<T>(&self, actor: &Actor, f: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.seen(actor, self.read_in_name_of(actor, f))
    }

    fn read_in_name_of<T>(&self, actor: &Actor, f: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        let mut lent = self.lend()?;
        let inner =
            lent.connection()?.transaction_with_behavior(TransactionBehavior::Deferred).map_err(values::fault)?;
        f(&Tx::new(&inner, actor, self))
    }

    /// Reads and changes in an actor's name: all of it, or nothing.
    ///
    /// The closure may run more than once if another writer came first, so it does nothing but read and write here.
    pub fn write<T>(&self, actor: &Actor, f: impl Fn(&WriteTx) -> Result<T>) -> Result<T> {
        self.seen(actor, self.write_in_name_of(actor, &f))
    }

    fn write_in_name_of<T>(&self, actor: &Actor, f: &impl Fn(&WriteTx) -> Result<T>) -> Result<T> {
        let begun = Instant::now();
        let mut tries = 0;
        loop {
            tries += 1;
            match self.write_once(actor, f) {
                // SQLite has waited already when the time is over; waiting that long again and again was not asked for.
                Err(error) if error.kind() == Kind::Busy && tries < TRIES && begun.elapsed() < self.house.wait => {}
                done => return done,
            }
        }
    }

    fn write_once<T>(&self, actor: &Actor, f: &impl Fn(&WriteTx) -> Result<T>) -> Result<T> {
        let mut lent = self.lend()?;
        let inner =
            lent.connection()?.transaction_with_behavior(TransactionBehavior::Immediate).map_err(values::fault)?;
        let tx = WriteTx::new(Tx::new(&inner, actor, self));
        let made = f(&tx)?;
        tx.stands()?;
        let end = if self.rehearsal { inner.rollback() } else { inner.commit() };
        end.map_err(values::fault)?;
        Ok(made)
    }

    /// Whether the file is sound: SQLite's own quick check and the references. The answer lists what is wrong.
    pub fn check(&self) -> Result<Vec<String>> {
        connection::check(self.lend()?.connection()?, "PRAGMA quick_check")
    }

    /// The settings of a connection that are not as they should be, as SQLite tells them.
    pub fn settings(&self) -> Result<Vec<(&'static str, String)>> {
        connection::settings(self.lend()?.connection()?)
    }

    fn lend(&self) -> Result<Lent<'_>> {
        let idle = self.house.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connection::open(&self.house.path, self.house.wait)?,
        };
        Ok(Lent { connection: Some(connection), house: &self.house })
    }
}

/// A connection on loan: it goes back when the transaction is over, also after a panic.
struct Lent<'h> {
    connection: Option<Connection>,
    house: &'h House,
}

impl Lent<'_> {
    fn connection(&mut self) -> Result<&mut Connection> {
        self.connection.as_mut().ok_or_else(|| Error::internal(anyhow::anyhow!("a lent connection is gone")))
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        // A connection that is still inside a transaction is broken and not worth keeping.
        if let Some(connection) = self.connection.take().filter(Connection::is_autocommit) {
            self.house.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}

/// The error for a data directory that has no database yet.
pub fn not_there(path: &Path) -> Error {
    Error::new(Kind::Config, format!("there is no frontdesk database at '{}'", path.display()))
        .tip("make one with: frontdesk init")
}
