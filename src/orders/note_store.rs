//! Notes: what staff write for staff on an order.
//!
//! A table of their own, and this is the one file that names it: nobody but staff meets what is asked here.

use serde::Serialize;

use super::Order;
use super::status_store::CHANGE;
use crate::access::Need;
use crate::clock::Moment;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Subject, Tx, WriteTx};
use crate::db::{author, named};
use crate::error::{Error, Result};
use crate::ids::NoteId;
use crate::text::{Line, Prose};

const NOTES: Below<Order> = Below::new(
    Need::staff(),
    "
    SELECT n.id, n.author, n.text, n.at
      FROM notes n
     WHERE n.group_id = :group
       AND n.order_id = :parent
       AND (:id IS NULL OR n.id = :id)
     ORDER BY n.id",
);

const INSERT: Change = Change::new(concat!(
    "
    INSERT INTO notes (group_id, order_id, author, text, at)
    VALUES (:group, :order, ",
    author!(),
    ", :text, :now)",
));

/// Something written on an order that its customer never reads.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    /// Its row.
    pub id: NoteId,
    /// The name of whoever wrote it.
    pub author: Line,
    /// What was written.
    pub text: Prose,
    /// When.
    pub at: Moment,
}

/// What staff wrote for each other on an order, the first word first.
pub fn notes(tx: &Tx, order: &Reached<Order>) -> Result<Vec<Reached<Note>>> {
    tx.below(order, &NOTES, named! { ":id": None::<NoteId> }, note_row)
}

/// Writes something on an order for staff alone. Nobody is told.
pub fn note(tx: &WriteTx, order: &Reached<Order>, text: &Prose) -> Result<Reached<Note>> {
    let id = tx.change(CHANGE, |w| {
        let id = w.insert(&INSERT, named! { ":order": order.id, ":text": text })?;
        Ok((NoteId(id), Entry::on(order, "order.noted").after(text)))
    })?;
    let found = tx.below(order, &NOTES, named! { ":id": id }, note_row)?.pop();
    found.ok_or_else(|| Error::not_found("note", id))
}

fn note_row(row: &Row) -> RowResult<Note> {
    Ok(Note { id: row.get(0)?, author: row.get(1)?, text: row.get(2)?, at: row.get(3)? })
}

impl Subject for Note {
    const NOUN: &'static str = "note";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.id.to_string()
    }
}
