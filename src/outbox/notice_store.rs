//! Notices wait in the outbox like every letter; until one is first tried, more news for its reader can be put into it.

use super::Post;
use super::letter::Letter;
use super::notice::{About, Bundle, GATHER, MOST, Notice, Reader, Trace};
use super::store::{hold, queue};
use crate::access::Machine;
use crate::db::named;
use crate::db::{Change, Json, Open, Tx, WriteTx, Writer};
use crate::error::Result;
use crate::ids::{ContactId, CustomerId, LetterId, OrderId, StaffId};

const WAITING: Open = Open::new(
    "what happens to one order is put into the mail that waits for its reader",
    "
    SELECT m.id, m.letter, n.traces
      FROM notices n
      JOIN outbox m ON m.group_id = n.group_id AND m.id = n.mail_id
     WHERE n.group_id = :group
       AND n.bundle = :bundle
       AND m.state = 'queued'
       AND m.attempts = 0
       AND m.recipient = :to",
);

const INSERT: Change = Change::new(
    "
    INSERT INTO notices (group_id, mail_id, customer_id, contact_id, staff_id, traces, bundle)
    VALUES (:group, :mail, :customer, :contact, :staff, :traces, :bundle)",
);

const PUT_IN: Change = Change::new(
    "
    UPDATE outbox
       SET letter = :letter, kind = :kind, lang = :lang
     WHERE group_id = :group AND id = :id AND state = 'queued'",
);

const TRACE: Change = Change::new("UPDATE notices SET traces = :traces WHERE group_id = :group AND mail_id = :id");

const CLOSE: Change = Change::new("UPDATE notices SET bundle = NULL WHERE group_id = :group AND bundle = :bundle");

const CLOSE_MAIL: Change =
    Change::new("UPDATE notices SET bundle = NULL WHERE group_id = :group AND mail_id = :id AND bundle IS NOT NULL");

const NOTED: Open = Open::new(
    "the mailer asks again whether the reader of a notice may be told",
    "
    SELECT n.customer_id, n.contact_id, n.staff_id, n.traces
      FROM notices n
     WHERE n.group_id = :group
       AND n.mail_id = :id",
);

/// What is remembered of a notice until it leaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Noted {
    /// Who reads it.
    pub reader: Reader,
    /// What each part of it tells of, in the order of the parts.
    pub traces: Vec<Trace>,
}

impl Noted {
    /// The one order that all of it is about, if there is one.
    pub fn order(&self) -> Option<OrderId> {
        let order = |trace: &Trace| match trace.about {
            About::Order(id) => Some(id),
            About::Object(_) | About::Facility(_) | About::Customer(_) => None,
        };
        let first = self.traces.first().and_then(order)?;
        self.traces.iter().all(|trace| order(trace) == Some(first)).then_some(first)
    }
}

/// Queues a notice within the change that it tells of, or puts it into the mail that waits for its reader with more of
/// the same. Gives the mail.
pub fn queue_notice(tx: &Tx, w: &Writer, notice: &Notice) -> Result<LetterId> {
    let Some(bundle) = notice.key() else { return begin(tx, w, notice, None) };
    let waiting = tx.open(&WAITING, named! { ":bundle": bundle, ":to": notice.post.to }, |row| {
        let (letter, traces): (Json<Letter>, Json<Vec<Trace>>) = (row.get(1)?, row.get(2)?);
        Ok((row.get::<_, LetterId>(0)?, letter.0, traces.0))
    })?;
    match waiting.into_iter().next() {
        Some((id, letter, mut traces)) if traces.len() < MOST => {
            traces.push(notice.trace.clone());
            let letter = notice.after(letter);
            let values = named! {
                ":id": id, ":letter": Json(&letter), ":kind": letter.kind().word(), ":lang": notice.post.lang,
            };
            w.run(&PUT_IN, values)?;
            w.run(&TRACE, named! { ":id": id, ":traces": Json(&traces) })?;
            Ok(id)
        }
        _ => {
            w.run(&CLOSE, named! { ":bundle": bundle })?;
            begin(tx, w, notice, Some(&bundle))
        }
    }
}

/// Begins a mail, which waits for more where it has a bundle.
fn begin(tx: &Tx, w: &Writer, notice: &Notice, bundle: Option<&str>) -> Result<LetterId> {
    let id = queue(w, &Post { letter: notice.first(), ..notice.post.clone() })?;
    let (mut customer, mut contact, mut staff) = (None::<CustomerId>, None::<ContactId>, None::<StaffId>);
    match notice.reader {
        Reader::Contact { customer: of, id } => (customer, contact) = (Some(of), Some(id)),
        Reader::Staff(id) => staff = Some(id),
        Reader::Office => {}
    }
    let values = named! {
        ":mail": id, ":customer": customer, ":contact": contact, ":staff": staff, ":traces": Json([&notice.trace]),
        ":bundle": bundle,
    };
    w.run(&INSERT, values)?;
    match notice.bundle {
        Bundle::Alone => {}
        Bundle::Order { .. } => hold(w, id, tx.now().plus(GATHER))?,
        Bundle::Daily { at, .. } => hold(w, id, at)?,
    }
    Ok(id)
}

/// What is remembered of a mail that was just taken out for an attempt, if it is a notice. From now on nothing more is
/// put into it: each attempt sends the same.
pub(super) fn noted(tx: &WriteTx, id: LetterId) -> Result<Option<Noted>> {
    tx.keep_books(Machine::Mailer, |w| w.run(&CLOSE_MAIL, named! { ":id": id }))?;
    let found = tx.open(&NOTED, named! { ":id": id }, |row| {
        let (customer, contact): (Option<CustomerId>, Option<ContactId>) = (row.get(0)?, row.get(1)?);
        let staff: Option<StaffId> = row.get(2)?;
        let reader = match (customer.zip(contact), staff) {
            (Some((customer, id)), _) => Reader::Contact { customer, id },
            (None, Some(id)) => Reader::Staff(id),
            (None, None) => Reader::Office,
        };
        Ok(Noted { reader, traces: row.get::<_, Json<Vec<Trace>>>(3)?.0 })
    })?;
    Ok(found.into_iter().next())
}
