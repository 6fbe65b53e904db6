//! The chain of the audit: how a line is sealed, and how it hangs on the line before it.
//!
//! A line's seal is a MAC over what it says; its hash is a MAC over the hash of the line before it, its own number and its
//! seal. The head says where the chain ends, with a seal of its own. All of them need the key file: whoever has only the
//! database can neither make a line nor take one away without its being found.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension};

use super::row::{Params, Row, RowResult, named};
use super::statement::Open;
use super::tx::{Tx, WriteTx};
use super::values::fault;
use crate::error::{Error, Kind, Result};
use crate::secret::Key;

/// The action of the line that is written first when the head is not the one that this installation's key sealed.
pub const BROKEN: &str = "audit.broken";

/// A value as it stands in a column, whatever it is: what was tampered with need not be what it should.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A number.
    Number(i64),
    /// A text, which may not be one.
    Text(Vec<u8>),
    /// Neither, which the schema does not allow: its bytes.
    Odd(Vec<u8>),
}

impl Cell {
    /// The text, as far as it is one; empty for everything else.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(bytes) => std::str::from_utf8(bytes).unwrap_or_default(),
            _ => "",
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Adds it to what is sealed, so that no two rows look alike: its kind, its length, its bytes.
    fn put(&self, out: &mut Vec<u8>) {
        let (kind, bytes): (u8, &[u8]) = match self {
            Self::Null => (0, &[]),
            Self::Number(number) => (1, &number.to_be_bytes()),
            Self::Text(bytes) => (2, bytes),
            Self::Odd(bytes) => (3, bytes),
        };
        out.push(kind);
        out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        out.extend_from_slice(bytes);
    }
}

impl FromSql for Cell {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Number(number),
            ValueRef::Text(bytes) => Self::Text(bytes.to_vec()),
            ValueRef::Real(number) => Self::Odd(number.to_bits().to_be_bytes().to_vec()),
            ValueRef::Blob(bytes) => Self::Odd(bytes.to_vec()),
        })
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Number(number) => ValueRef::Integer(*number),
            Self::Text(bytes) => ValueRef::Text(bytes),
            Self::Odd(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// How many columns of a line are sealed: all but its number, its seal and its hash.
pub(super) const COLUMNS: usize = 13;

/// What a line says, in the order of its columns: group, time, sort of actor, actor, uid, way, client, action, noun, id and
/// name of the subject, before, after.
#[derive(Clone, Debug, PartialEq)]
pub struct Told(pub(super) [Cell; COLUMNS]);

impl Told {
    /// In which group it was done.
    pub fn group(&self) -> Option<i64> {
        self.0[0].number()
    }

    /// When, as it is written.
    pub fn at(&self) -> &str {
        self.0[1].text()
    }

    /// Who did it.
    pub fn actor(&self) -> &str {
        self.0[3].text()
    }

    /// What was done.
    pub fn action(&self) -> &str {
        self.0[7].text()
    }

    /// The seal of a line that says this.
    pub fn seal(&self, key: &Key) -> String {
        let mut out = Vec::with_capacity(256);
        self.0.iter().for_each(|cell| cell.put(&mut out));
        key.seal("audit line", &[&out])
    }
}

/// A line as it stands in the table.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its number.
    pub id: i64,
    /// What it says.
    pub told: Told,
    /// Its seal; nothing for a line from before the chain.
    pub seal: Cell,
    /// Its hash.
    pub hash: Cell,
}

impl Link {
    /// A line from a row of [`EVERY_LINE`].
    pub fn of(row: &Row) -> RowResult<Self> {
        let mut told = [const { Cell::Null }; COLUMNS];
        for (at, cell) in (1..).zip(&mut told) {
            *cell = row.get(at)?;
        }
        Ok(Self { id: row.get(0)?, told: Told(told), seal: row.get(COLUMNS + 1)?, hash: row.get(COLUMNS + 2)? })
    }

    /// Whether it says what it said when it was sealed.
    pub fn is_sealed(&self, key: &Key) -> bool {
        crate::secret::same(self.seal.text(), &self.told.seal(key))
    }

    /// The hash it has if it follows a line with that hash.
    pub fn hash_after(&self, key: &Key, before: &str) -> String {
        hash(key, before, self.id, self.seal.text())
    }

    /// The hash over the lines from before the chain, up to this one.
    pub fn old_after(&self, key: &Key, before: &str) -> String {
        key.seal("audit before", &[before.as_bytes(), &self.id.to_be_bytes(), self.told.seal(key).as_bytes()])
    }
}

fn hash(key: &Key, before: &str, id: i64, seal: &str) -> String {
    key.seal("audit chain", &[before.as_bytes(), &id.to_be_bytes(), seal.as_bytes()])
}

/// Where the chain ends.
#[derive(Clone, Debug)]
pub struct Head {
    /// How many lines there were before the chain began.
    pub old_lines: i64,
    /// The number of the last of them.
    pub old_last: i64,
    /// The hash over them.
    pub old_hash: String,
    /// How many lines the chain has.
    pub lines: i64,
    /// The number of the last of them.
    pub last: i64,
    /// Its hash.
    pub hash: String,
    seal: String,
}

impl Head {
    fn of(row: &Row) -> RowResult<Self> {
        let text = |at| row.get::<_, Cell>(at).map(|cell| cell.text().to_owned());
        Ok(Self {
            old_lines: row.get(0)?,
            old_last: row.get(1)?,
            old_hash: text(2)?,
            lines: row.get(3)?,
            last: row.get(4)?,
            hash: text(5)?,
            seal: text(6)?,
        })
    }

    /// The head as it stands; `None` if somebody took it away.
    pub fn read(tx: &Tx) -> Result<Option<Self>> {
        Ok(tx.open(&HEAD, &[], Self::of)?.pop())
    }

    /// Whether this installation's key sealed it.
    pub fn is_sealed(&self, key: &Key) -> bool {
        crate::secret::same(&self.seal, &self.own_seal(key))
    }

    fn own_seal(&self, key: &Key) -> String {
        let numbers = [self.old_lines, self.old_last, self.lines, self.last].map(i64::to_be_bytes);
        key.seal("audit head", &[&numbers.concat(), self.old_hash.as_bytes(), self.hash.as_bytes()])
    }
}

const HEAD: Open = Open::new(
    "the chain of the audit spans the groups",
    "SELECT old_lines, old_last, old_hash, lines, last, hash, seal FROM audit_head WHERE id = 1",
);

/// Every line there is, the oldest first.
pub const EVERY_LINE: Open = Open::new(
    "the chain of the audit spans the groups",
    "
    SELECT id, group_id, at, actor_sort, actor, uid, via, client, action, noun, subject_id, subject, before, after, seal, hash
      FROM audit
     ORDER BY id",
);

/// The head with the last number that is taken, which may be behind its end if somebody put lines in.
const END: &str = "
    SELECT old_lines, old_last, old_hash, lines, last, hash, seal, (SELECT coalesce(max(id), 0) FROM audit)
      FROM audit_head
     WHERE id = 1";

const RECORD: &str = "
    INSERT INTO audit (id, group_id, at, actor_sort, actor, uid, via, client, action, noun, subject_id, subject, before, after,
                       seal, hash)
    VALUES (:id, :group, :at, :sort, :actor, :uid, :via, :client, :action, :noun, :subject_id, :subject, :before, :after,
            :seal, :hash)";

const FOLLOW: &str = "UPDATE audit_head SET lines = :lines, last = :last, hash = :hash, seal = :seal WHERE id = 1";

const BEGIN: &str = "UPDATE audit_head SET old_hash = :hash, hash = :hash, seal = :seal WHERE id = 1";

/// Begins the chain, once, right after the step that makes room for it: binds in what the lines from before say.
pub(super) fn begin(connection: &Connection, key: &Key) -> Result<()> {
    let mut hash = String::new();
    let mut lines = connection.prepare(EVERY_LINE.sql).map_err(fault)?;
    let mut rows = lines.raw_query();
    while let Some(row) = rows.next().map_err(fault)? {
        hash = Link::of(row).map_err(fault)?.old_after(key, &hash);
    }
    let mut head = connection.query_row(HEAD.sql, [], Head::of).map_err(fault)?;
    head.old_hash.clone_from(&hash);
    head.hash.clone_from(&hash);
    connection.execute(BEGIN, named! { ":hash": hash, ":seal": head.own_seal(key) } as Params).map_err(fault)?;
    Ok(())
}

impl WriteTx<'_> {
    /// Hangs a line on the end of the chain.
    ///
    /// A head that this key did not seal is no place to go on from in silence: a line says so first, which nobody can take
    /// away again.
    pub(super) fn hang(&self, told: &Told) -> Result<()> {
        let mut end = self.prepare(END)?;
        let found = end.query_row([], |row| Ok((Head::of(row)?, row.get(7)?))).optional().map_err(fault)?;
        let Some((mut head, taken)) = found else {
            return Err(Error::new(Kind::Storage, "the audit has lost its head; nothing was changed")
                .tip("look with: frontdesk audit verify; and restore a backup"));
        };
        let mut id = i64::max(head.last, taken);
        if !head.is_sealed(self.key()) {
            let mut broken = told.clone();
            let word = |text: &str| Cell::Text(text.into());
            broken.0[7..].clone_from_slice(&[
                word(BROKEN),
                word("audit"),
                Cell::Number(head.last),
                word("the head of the audit"),
                Cell::Null,
                Cell::Null,
            ]);
            id += 1;
            self.add(&mut head, id, &broken)?;
        }
        self.add(&mut head, id + 1, told)
    }

    fn add(&self, head: &mut Head, id: i64, told: &Told) -> Result<()> {
        let seal = told.seal(self.key());
        head.hash = hash(self.key(), &head.hash, id, &seal);
        head.last = id;
        head.lines += 1;
        let Told([group, at, sort, actor, uid, via, client, action, noun, subject_id, subject, before, after]) = told;
        self.prepare(RECORD)?
            .execute(named! {
                ":id": id, ":group": group, ":at": at, ":sort": sort, ":actor": actor, ":uid": uid, ":via": via,
                ":client": client, ":action": action, ":noun": noun, ":subject_id": subject_id, ":subject": subject,
                ":before": before, ":after": after, ":seal": seal, ":hash": head.hash,
            } as Params)
            .map_err(fault)?;
        self.prepare(FOLLOW)?
            .execute(named! {
                ":lines": head.lines, ":last": head.last, ":hash": head.hash, ":seal": head.own_seal(self.key()),
            } as Params)
            .map_err(fault)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(change: impl Fn(&mut [Cell; COLUMNS])) -> Told {
        let mut cells = [const { Cell::Null }; COLUMNS];
        change(&mut cells);
        Told(cells)
    }

    #[test]
    fn no_two_lines_look_alike() {
        let key = Key::random().expect("a key");
        let text = |text: &str| Cell::Text(text.into());
        let lines = [
            told(|_| {}),
            told(|cells| cells[6] = text("")),
            told(|cells| cells[7] = text("")),
            told(|cells| cells[6] = text("ab")),
            told(|cells| (cells[6], cells[7]) = (text("a"), text("b"))),
            told(|cells| (cells[6], cells[7]) = (text(""), text("ab"))),
            told(|cells| cells[4] = Cell::Number(0)),
            told(|cells| cells[4] = text("\0\0\0\0\0\0\0\0")),
            told(|cells| cells[4] = Cell::Odd(vec![0; 8])),
        ];
        let seals: std::collections::BTreeSet<_> = lines.iter().map(|line| line.seal(&key)).collect();
        assert_eq!(seals.len(), lines.len());
        assert!(!seals.contains(&lines[0].seal(&Key::random().expect("another"))));
    }
}
