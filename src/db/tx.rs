//! Transactions of one actor: reading what the actor reaches, and changing it with an audit line.

use std::ops::Deref;

use rusqlite::{CachedStatement, Statement, Transaction};
use serde::Serialize;

use super::chain::{Cell, Told};
use super::row::{Params, Row, RowResult};
use super::statement::{Below, Change, Open, Scoped};
use super::values::fault;
use super::{Db, Origin};
use crate::access::{Actor, Machine, Need, Right};
use crate::clock::Moment;
use crate::error::{Error, Kind, Result};
use crate::ids::GroupId;
use crate::secret::Key;

/// Something its actor was found to reach. Only this module makes one.
#[derive(Clone, Debug)]
pub struct Reached<T>(T);

impl<T> Deref for Reached<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Reached<T> {
    pub(super) fn new(found: T) -> Self {
        Self(found)
    }

    /// The plain value, for showing. What takes a reached one does not take it.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// What an audit line or a child statement is about.
pub trait Subject {
    /// The word for it: `customer`, `order`.
    const NOUN: &'static str;
    /// Its row id.
    fn row(&self) -> i64;
    /// What people call it: a number, a name, an address.
    fn label(&self) -> String;
}

/// One line of the audit log.
pub struct Entry {
    action: &'static str,
    noun: &'static str,
    subject_id: i64,
    subject: String,
    before: Option<String>,
    after: Option<String>,
}

impl Entry {
    /// Something happened to what was reached.
    pub fn on<T: Subject>(subject: &Reached<T>, action: &'static str) -> Self {
        Self::about::<T>(subject.row(), subject.label(), action)
    }

    /// Something happened to what is known by its new id and its name, such as a row just made.
    pub fn about<T: Subject>(id: i64, label: impl Into<String>, action: &'static str) -> Self {
        Self { action, noun: T::NOUN, subject_id: id, subject: label.into(), before: None, after: None }
    }

    /// How it was. Fields that must not be kept are not part of what is passed.
    #[must_use]
    pub fn before(mut self, value: &impl Serialize) -> Self {
        self.before = serde_json::to_string(value).ok();
        self
    }

    /// How it is now.
    #[must_use]
    pub fn after(mut self, value: &impl Serialize) -> Self {
        self.after = serde_json::to_string(value).ok();
        self
    }
}

/// A reading transaction.
pub struct Tx<'c> {
    inner: &'c Transaction<'c>,
    actor: &'c Actor,
    origin: &'c Origin,
    key: &'c Key,
    now: Moment,
}

/// A transaction that can also change things.
pub struct WriteTx<'c>(Tx<'c>);

/// Runs changing statements; lives only inside [`WriteTx::change`].
pub struct Writer<'t>(&'t Tx<'t>);

impl<'c> Tx<'c> {
    pub(super) fn new(inner: &'c Transaction<'c>, actor: &'c Actor, db: &'c Db) -> Self {
        Self { inner, actor, origin: &db.origin, key: db.key(), now: db.now() }
    }

    /// The one moment of this transaction.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// The key of this installation, for tokens.
    pub fn key(&self) -> &Key {
        self.key
    }

    /// In whose name it runs.
    pub fn actor(&self) -> &Actor {
        self.actor
    }

    /// The group it works in.
    pub fn group(&self) -> Result<GroupId> {
        self.actor.group().ok_or_else(|| {
            Error::new(Kind::Usage, "no group was named").tip("name one with -g SLUG, or see: frontdesk group list")
        })
    }

    /// Everything of a kind that the actor reaches.
    ///
    /// `map` is a plain function of the row: a closure that brought a value along could call anything reached.
    pub fn many<T>(&self, sql: &Scoped, params: Params, map: fn(&Row) -> RowResult<T>) -> Result<Vec<Reached<T>>> {
        self.actor.require(sql.need)?;
        Ok(self.collect(sql.sql, &[], params, map)?.into_iter().map(Reached).collect())
    }

    /// The one thing that the actor reaches, if there is one. Of several the first is taken.
    pub fn one<T>(&self, sql: &Scoped, params: Params, map: fn(&Row) -> RowResult<T>) -> Result<Option<Reached<T>>> {
        self.actor.require(sql.need)?;
        let mut statement = self.reading(sql.sql)?;
        Ok(self.first(&mut statement, params, map)?.map(Reached))
    }

    /// The children of something reached.
    pub fn below<P: Subject, T>(
        &self,
        parent: &Reached<P>,
        sql: &Below<P>,
        params: Params,
        map: fn(&Row) -> RowResult<T>,
    ) -> Result<Vec<Reached<T>>> {
        self.actor.require(sql.need)?;
        let rows = self.collect(sql.sql, &[(":parent", &parent.row())], params, map)?;
        Ok(rows.into_iter().map(Reached).collect())
    }

    /// Rows in nobody's name.
    pub fn open<T>(&self, sql: &Open, params: Params, map: impl Fn(&Row) -> RowResult<T>) -> Result<Vec<T>> {
        self.collect(sql.sql, &[], params, map)
    }

    /// Whether the actor meets a need.
    pub fn may(&self, need: Need) -> bool {
        self.actor.may(need)
    }

    fn collect<T>(&self, sql: &str, own: Params, params: Params, map: impl Fn(&Row) -> RowResult<T>) -> Result<Vec<T>> {
        let mut statement = self.reading(sql)?;
        self.bind(&mut statement, own, params)?;
        let mut rows = statement.raw_query();
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(fault)? {
            found.push(map(row).map_err(fault)?);
        }
        Ok(found)
    }

    fn first<T>(
        &self,
        statement: &mut Statement,
        params: Params,
        map: impl Fn(&Row) -> RowResult<T>,
    ) -> Result<Option<T>> {
        self.bind(statement, &[], params)?;
        let mut rows = statement.raw_query();
        let found = rows.next().map_err(fault)?.map(map).transpose();
        found.map_err(fault)
    }

    /// A statement of this transaction, ready to be bound.
    pub(super) fn prepare(&self, sql: &str) -> Result<CachedStatement<'_>> {
        self.stands()?;
        self.inner.prepare_cached(sql).map_err(fault)
    }

    /// A statement that changes nothing: SQLite itself is asked, because a wall of words has gaps.
    pub(super) fn reading(&self, sql: &str) -> Result<CachedStatement<'_>> {
        let statement = self.prepare(sql)?;
        if !statement.readonly() {
            return Err(Error::internal(anyhow::anyhow!("a reading statement writes: {sql}")));
        }
        Ok(statement)
    }

    /// Fails if SQLite has taken the transaction back by itself, as it may on a full or broken disk. What came after
    /// would be written for good, statement by statement.
    pub(super) fn stands(&self) -> Result<()> {
        if self.inner.is_autocommit() {
            return Err(Error::new(Kind::Storage, "the database took everything back after a failure")
                .tip("look at the disk and the system's log"));
        }
        Ok(())
    }

    /// Binds what the caller gives, and what belongs to the transaction: `:actor`, `:group`, `:now`, `:staff_login`,
    /// `:staff_uid`. Every parameter of the statement is bound exactly once: a name left out is an error and never a silent NULL, and a name given twice
    /// (a second `:parent`) never replaces the first.
    ///
    /// The statement is asked for its names, and not for the place of each name: that would copy every one of them.
    pub(super) fn bind(&self, statement: &mut Statement, own: Params, params: Params) -> Result<()> {
        let mut bound = 0;
        for index in 1..=statement.parameter_count() {
            let done = match statement.parameter_name(index).unwrap_or_default() {
                ":actor" => statement.raw_bind_parameter(index, self.actor.key()),
                ":group" => statement.raw_bind_parameter(index, self.group()?),
                ":now" => statement.raw_bind_parameter(index, self.now),
                ":staff_login" => statement.raw_bind_parameter(index, self.actor.login()),
                ":staff_uid" => statement.raw_bind_parameter(index, self.actor.uid()),
                name => match own.iter().chain(params).find(|(given, _)| *given == name) {
                    Some((_, value)) => {
                        bound += 1;
                        statement.raw_bind_parameter(index, value)
                    }
                    None => return Err(misfit(statement, own, params)),
                },
            };
            done.map_err(fault)?;
        }
        if bound == own.len() + params.len() { Ok(()) } else { Err(misfit(statement, own, params)) }
    }
}

/// Why what was given is not what the statement asks for.
fn misfit(statement: &Statement, own: Params, params: Params) -> Error {
    let mut seen = Vec::new();
    for (name, _) in own.iter().chain(params) {
        let why = match *name {
            ":actor" | ":group" | ":now" | ":staff_login" | ":staff_uid" => {
                format!("{name} belongs to the transaction")
            }
            name if seen.contains(&name) => format!("{name} is given twice"),
            name if !matches!(statement.parameter_index(name), Ok(Some(_))) => format!("the statement has no {name}"),
            name => {
                seen.push(name);
                continue;
            }
        };
        return Error::internal(anyhow::anyhow!(why));
    }
    Error::internal(anyhow::anyhow!("a parameter was left out of: {:?}", statement.expanded_sql()))
}

impl<'c> Deref for WriteTx<'c> {
    type Target = Tx<'c>;
    fn deref(&self) -> &Tx<'c> {
        &self.0
    }
}

impl<'c> WriteTx<'c> {
    pub(super) fn new(tx: Tx<'c>) -> Self {
        Self(tx)
    }

    /// Sits down at the desk of a group within the same transaction: so a new group gets its first rows together with
    /// itself. Only the owner who sits at no desk yet can do so.
    pub fn at_desk<G: Subject, T>(&self, group: &Reached<G>, f: impl FnOnce(&WriteTx) -> Result<T>) -> Result<T> {
        if G::NOUN != "group" {
            // The nouns stand to the right of this module, so the type cannot be named here.
            return Err(Error::internal(anyhow::anyhow!("a {} has no desk", G::NOUN)));
        }
        match self.0.actor {
            Actor::Owner { group: None, uid } => {
                let actor = Actor::Owner { group: Some(GroupId(group.row())), uid: *uid };
                let Tx { inner, origin, key, now, .. } = self.0;
                f(&WriteTx(Tx { inner, actor: &actor, origin, key, now }))
            }
            _ => Err(Error::denied(format!("{} sits at a desk already", self.0.actor.name()))),
        }
    }

    /// Takes rows of a file in the name of whoever may import: within it they may do what the rows ask for, and nothing
    /// with accounts. The right `imports` is enough for a whole file, and for nothing else.
    pub fn as_importer<T>(&self, f: impl FnOnce(&WriteTx) -> Result<T>) -> Result<T> {
        self.0.actor.require(Need::right(Right::Imports))?;
        let Actor::Staff { id, group, login, rights } = self.0.actor else { return f(self) };
        let more = [Right::Customers, Right::Orders].into_iter().filter(|right| !rights.contains(right));
        let rights = rights.iter().copied().chain(more).collect();
        let actor = Actor::Staff { id: *id, group: *group, login: login.clone(), rights };
        let Tx { inner, origin, key, now, .. } = self.0;
        f(&WriteTx(Tx { inner, actor: &actor, origin, key, now }))
    }

    /// Goes on in the name of whoever a message by mail is from, within the same transaction: so what they say becomes true
    /// together with the note that it came. Only the postman hands something in for others, and only in his own group.
    pub fn in_name_of<T>(&self, writer: &Actor, f: impl FnOnce(&WriteTx) -> Result<T>) -> Result<T> {
        let is_person = matches!(writer, Actor::User { .. } | Actor::Staff { .. });
        match self.0.actor {
            Actor::Machine { role: Machine::Postman, group } if is_person && *group == writer.group() => {
                let Tx { inner, origin, key, now, .. } = self.0;
                f(&WriteTx(Tx { inner, actor: writer, origin, key, now }))
            }
            _ => Err(Error::denied(format!("{} acts for nobody else", self.0.actor.name()))),
        }
    }

    /// Changes something: asks for the need, runs the change, and leaves the line in the audit log that the change
    /// returns beside its result. Letters are queued through the same writer.
    pub fn change<T>(&self, need: Need, make: impl FnOnce(&Writer) -> Result<(T, Entry)>) -> Result<T> {
        self.0.actor.require(need)?;
        let (made, entry) = make(&Writer(&self.0))?;
        self.record(entry)?;
        Ok(made)
    }

    /// Keeps the program's own books: leases, counters, the time of last sight. Nobody looks for them in the audit, so
    /// they leave no line there; only a part of the program can keep them.
    pub fn keep_books<T>(&self, role: Machine, make: impl FnOnce(&Writer) -> Result<T>) -> Result<T> {
        self.0.actor.require(Need::machine(role))?;
        make(&Writer(&self.0))
    }

    /// Tries something that may fail without failing the whole: what it changed is taken back when it does.
    pub fn attempt<T>(&self, f: impl FnOnce() -> Result<T>) -> Result<T> {
        self.0.stands()?;
        self.step("SAVEPOINT attempt")?;
        let done = f();
        if let Err(gone) = self.0.stands() {
            return done.and(Err(gone));
        }
        if done.is_err() {
            self.step("ROLLBACK TO attempt")?;
        }
        self.step("RELEASE attempt")?;
        done
    }

    fn step(&self, sql: &'static str) -> Result<()> {
        self.0.inner.prepare_cached(sql).and_then(|mut step| step.execute([])).map_err(fault)?;
        Ok(())
    }

    pub(super) fn record(&self, entry: Entry) -> Result<()> {
        let tx = &self.0;
        let number = |number: Option<i64>| number.map_or(Cell::Null, Cell::Number);
        let text = |text: &str| Cell::Text(text.into());
        let maybe = |text: Option<String>| text.map_or(Cell::Null, |text| Cell::Text(text.into()));
        self.hang(&Told([
            number(tx.actor.group().map(|group| group.0)),
            text(&tx.now.to_string()),
            text(tx.actor.sort()),
            text(&tx.actor.name()),
            number(tx.actor.uid().or(tx.origin.uid).map(Into::into)),
            text(tx.origin.via),
            maybe(tx.origin.client.clone()),
            text(entry.action),
            text(entry.noun),
            Cell::Number(entry.subject_id),
            text(&entry.subject),
            maybe(entry.before),
            maybe(entry.after),
        ]))
    }
}

impl Writer<'_> {
    /// Runs a change and says how many rows it touched.
    pub fn run(&self, change: &Change, params: Params) -> Result<usize> {
        let mut statement = self.0.prepare(change.sql)?;
        self.0.bind(&mut statement, &[], params)?;
        statement.raw_execute().map_err(fault)
    }

    /// Runs a change that makes one row and gives its id.
    pub fn insert(&self, change: &Change, params: Params) -> Result<i64> {
        self.run(change, params)?;
        Ok(self.0.inner.last_insert_rowid())
    }

    /// Runs a change that gives a row back (`RETURNING`), if it touched one.
    pub fn returning<T>(
        &self,
        change: &Change,
        params: Params,
        map: impl Fn(&Row) -> RowResult<T>,
    ) -> Result<Option<T>> {
        self.0.first(&mut *self.0.prepare(change.sql)?, params, map)
    }
}
