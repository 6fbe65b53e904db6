//! What came in is written down here, and found again.

use super::{Outcome, Received};
use crate::access::{Machine, Need, Right};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Change, Open, Reached, Row, RowResult, Scoped, Tx, Writer};
use crate::error::{Error, Result};
use crate::ids::{GroupId, OrderId, ReceivedId};
use crate::text::{Email, Lang, Line, shown};

const RECEIVED: Scoped = Scoped::new(
    Need::right(Right::Mail).or_machine(Machine::Postman),
    "
    SELECT m.id, m.at, m.sender, m.subject, m.outcome, m.why, o.number, m.kept
      FROM received m
      LEFT JOIN orders o ON o.group_id = m.group_id AND o.id = m.order_id
     WHERE m.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND (:id IS NULL OR m.id = :id)
       AND (:kept IS NULL OR m.kept = :kept)
       AND (:outcome IS NULL OR m.outcome = :outcome)
       AND (:fingerprint IS NULL OR m.fingerprint = :fingerprint)
     ORDER BY m.id DESC",
);

const SINCE: Open = Open::new(
    "how much came by mail lately keeps a loop from going on",
    "
    SELECT count(*)
      FROM received m
     WHERE m.group_id = :group
       AND m.at > :since
       AND m.outcome = :outcome
       AND (:sender IS NULL OR m.sender = :sender)",
);

const IS_GROUP: Open = Open::new(
    "which company a message is for is said by the address it was sent to",
    "
    SELECT id
      FROM groups
     WHERE id = :id",
);

const OFFICE: Open = Open::new(
    "what could not be taken reaches the company's own address",
    "
    SELECT reply_to, lang
      FROM groups
     WHERE id = :group
       AND reply_to IS NOT NULL",
);

const INSERT: Change = Change::new(
    "
    INSERT INTO received (group_id, fingerprint, sender, subject, outcome, why, order_id, kept, at)
    VALUES (:group, :fingerprint, :sender, :subject, :outcome, :why, :order, :kept, :now)",
);

/// A message that is to be written down.
pub(super) struct Note<'a> {
    pub(super) fingerprint: &'a str,
    pub(super) sender: &'a Line,
    pub(super) subject: &'a Line,
    pub(super) outcome: Outcome,
    pub(super) why: Option<&'a Line>,
    pub(super) order: Option<OrderId>,
    pub(super) kept: Option<&'a Line>,
}

/// The message in this row.
pub fn find(tx: &Tx, id: ReceivedId) -> Result<Reached<Received>> {
    let nothing = (None::<Line>, None::<Outcome>, None::<&str>);
    let found = tx.one(
        &RECEIVED,
        named! { ":id": id, ":kept": nothing.0, ":outcome": nothing.1, ":fingerprint": nothing.2 },
        received,
    )?;
    found.ok_or_else(|| missing(format!("id:{id}")))
}

/// The message that is kept under this name.
pub fn named(tx: &Tx, name: &Line) -> Result<Reached<Received>> {
    let nothing = (None::<ReceivedId>, None::<Outcome>, None::<&str>);
    let found = tx.one(
        &RECEIVED,
        named! { ":id": nothing.0, ":kept": name, ":outcome": nothing.1, ":fingerprint": nothing.2 },
        received,
    )?;
    found.ok_or_else(|| missing(shown(name.as_str())))
}

/// What came in, the newest first: all of it, or of what the same became.
pub fn list(tx: &Tx, outcome: Option<Outcome>) -> Result<Vec<Reached<Received>>> {
    let nothing = (None::<ReceivedId>, None::<Line>, None::<&str>);
    tx.many(
        &RECEIVED,
        named! { ":id": nothing.0, ":kept": nothing.1, ":outcome": outcome, ":fingerprint": nothing.2 },
        received,
    )
}

/// The message with this fingerprint, if it came before.
pub(super) fn known(tx: &Tx, fingerprint: &str) -> Result<Option<Reached<Received>>> {
    let nothing = (None::<ReceivedId>, None::<Line>, None::<Outcome>);
    tx.one(
        &RECEIVED,
        named! { ":id": nothing.0, ":kept": nothing.1, ":outcome": nothing.2, ":fingerprint": fingerprint },
        received,
    )
}

/// Of how many messages the same became since then, from one sender or from all.
pub(super) fn since(tx: &Tx, since: Moment, outcome: Outcome, sender: Option<&Line>) -> Result<i64> {
    let values = named! { ":since": since, ":outcome": outcome, ":sender": sender };
    Ok(tx.open(&SINCE, values, |row| row.get(0))?.pop().unwrap_or_default())
}

/// Whether there is such a group.
pub(super) fn is_group(tx: &Tx, id: GroupId) -> Result<bool> {
    Ok(!tx.open(&IS_GROUP, named! { ":id": id }, |row| row.get::<_, GroupId>(0))?.is_empty())
}

/// The company's own address, if it has one, and its language.
pub(super) fn office(tx: &Tx) -> Result<Option<(Email, Lang)>> {
    Ok(tx.open(&OFFICE, &[], |row| Ok((row.get(0)?, row.get(1)?)))?.pop())
}

/// Writes a message down.
pub(super) fn note(w: &Writer, note: &Note) -> Result<ReceivedId> {
    let id = w.insert(
        &INSERT,
        named! {
            ":fingerprint": note.fingerprint, ":sender": note.sender, ":subject": note.subject,
            ":outcome": note.outcome, ":why": note.why, ":order": note.order, ":kept": note.kept,
        },
    )?;
    Ok(ReceivedId(id))
}

fn missing(name: String) -> Error {
    Error::not_found("received mail", name).tip("see them with: frontdesk mail received list")
}

fn received(row: &Row) -> RowResult<Received> {
    Ok(Received {
        id: row.get(0)?,
        at: row.get(1)?,
        sender: row.get(2)?,
        subject: row.get(3)?,
        outcome: row.get(4)?,
        why: row.get(5)?,
        order_no: row.get(6)?,
        kept: row.get(7)?,
    })
}
