//! Addresses from which mail came back for good.

use serde::Serialize;

use crate::access::{Machine, Need, Right};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Change, Entry, Reached, Row, RowResult, Scoped, Subject, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::text::{Email, Line};

const BOUNCES: Scoped = Scoped::new(
    Need::right(Right::Mail),
    "
    SELECT b.email, b.at, b.why
      FROM bounces b
     WHERE b.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND (:email IS NULL OR b.email = :email)
     ORDER BY b.at DESC, b.email",
);

const MARK: Change = Change::new(
    "
    INSERT INTO bounces (group_id, email, at, why)
    VALUES (:group, :email, :now, :why)
    ON CONFLICT (group_id, email) DO UPDATE SET at = excluded.at, why = excluded.why",
);

const CLEAR: Change = Change::new("DELETE FROM bounces WHERE group_id = :group AND email = :email");

/// An address from which mail came back for good.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bounce {
    /// The address.
    pub email: Email,
    /// When mail came back last.
    pub at: Moment,
    /// In which words.
    pub why: Line,
}

impl Subject for Bounce {
    const NOUN: &'static str = "bounce";
    fn row(&self) -> i64 {
        0
    }
    fn label(&self) -> String {
        self.email.to_string()
    }
}

/// The addresses from which mail came back, the newest first.
pub fn bounces(tx: &Tx) -> Result<Vec<Reached<Bounce>>> {
    tx.many(&BOUNCES, named! { ":email": None::<Email> }, row)
}

/// That mail to this address came back.
pub fn bounce(tx: &Tx, email: &Email) -> Result<Reached<Bounce>> {
    tx.one(&BOUNCES, named! { ":email": email }, row)?
        .ok_or_else(|| Error::not_found("bounce", email).tip("see them with: frontdesk mail bounce list"))
}

/// Forgets that mail to an address came back: it is written to again.
pub fn clear(tx: &WriteTx, bounce: &Reached<Bounce>) -> Result<()> {
    tx.change(Need::right(Right::Mail), |w| {
        w.run(&CLEAR, named! { ":email": bounce.email })?;
        Ok(((), Entry::on(bounce, "bounce.cleared").before(&**bounce)))
    })
}

/// Writes down that mail to an address came back.
pub(super) fn mark(tx: &WriteTx, email: &Email, why: &Line) -> Result<()> {
    tx.change(Need::machine(Machine::Postman), |w| {
        w.run(&MARK, named! { ":email": email, ":why": why })?;
        Ok(((), Entry::about::<Bounce>(0, email.to_string(), "bounce.marked").after(why)))
    })
}

fn row(row: &Row) -> RowResult<Bounce> {
    Ok(Bounce { email: row.get(0)?, at: row.get(1)?, why: row.get(2)? })
}
