//! The outbox as the desk sees it: what waits, what became of the rest, and what the office does about it.

use super::letter::{Letter, LetterKind};
use super::{Mail, MailState};
use crate::access::{Need, Right};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Change, Entry, Reached, Row, RowResult, Scoped, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::ids::{LetterId, OrderId};
use crate::text::Email;

/// Which mails are meant; what is not said does not count.
#[derive(Clone, Debug, Default)]
pub struct MailFilter {
    /// In this state.
    pub state: Option<MailState>,
    /// Of this kind.
    pub kind: Option<LetterKind>,
    /// To this address.
    pub to: Option<Email>,
    /// About this order.
    pub order: Option<OrderId>,
    /// Queued at this moment or before.
    pub queued_by: Option<Moment>,
}

const MAIL: Scoped = Scoped::new(
    Need::right(Right::Mail),
    "
    SELECT m.id, m.kind, m.recipient, m.lang, m.state, m.attempts, m.queued_at, m.next_at, m.done_at, m.answer
      FROM outbox m
     WHERE m.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND m.id = :id",
);

const MAILS: Scoped = Scoped::new(
    Need::right(Right::Mail),
    "
    SELECT m.id, m.kind, m.recipient, m.lang, m.state, m.attempts, m.queued_at, m.next_at, m.done_at, m.answer
      FROM outbox m
     WHERE m.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND (:state IS NULL OR m.state = :state)
       AND (:kind IS NULL OR m.kind = :kind)
       AND (:to IS NULL OR m.recipient = :to)
       AND (:order_id IS NULL OR m.order_id = :order_id)
       AND (:queued_by IS NULL OR m.queued_at <= :queued_by)
     ORDER BY m.id DESC",
);

const LETTER: Scoped = Scoped::new(
    Need::right(Right::Mail),
    "
    SELECT m.letter
      FROM outbox m
     WHERE m.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND m.id = :id",
);

const RETRY: Change = Change::new(
    "
    UPDATE outbox
       SET state = 'queued', next_at = :now, leased_until = NULL, done_at = NULL
     WHERE group_id = :group AND id = :id AND state <> 'sent'",
);

const CANCEL: Change = Change::new(
    "
    UPDATE outbox
       SET state = 'cancelled', done_at = :now, leased_until = NULL
     WHERE group_id = :group AND id = :id AND state = 'queued'",
);

const DROP: Change = Change::new("DELETE FROM outbox WHERE group_id = :group AND id = :id AND state <> 'queued'");

/// The mail in this row.
pub fn find(tx: &Tx, id: LetterId) -> Result<Reached<Mail>> {
    tx.one(&MAIL, named! { ":id": id }, mail)?
        .ok_or_else(|| Error::not_found("mail", id).tip("see them with: frontdesk mail list"))
}

/// The facts of a mail; nothing if what is kept of them cannot be read, which the mailer sets aside.
pub fn letter(tx: &Tx, mail: &Reached<Mail>) -> Result<Option<Letter>> {
    let kept = tx.one(&LETTER, named! { ":id": mail.id }, |row| row.get::<_, String>(0))?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
}

/// The mails of the group in a state, or all of them, newest first.
pub fn list(tx: &Tx, state: Option<MailState>) -> Result<Vec<Reached<Mail>>> {
    filtered(tx, &MailFilter { state, ..MailFilter::default() })
}

/// The mails of the group that are meant, newest first.
pub fn filtered(tx: &Tx, filter: &MailFilter) -> Result<Vec<Reached<Mail>>> {
    let kind = filter.kind.map(LetterKind::word);
    tx.many(
        &MAILS,
        named! {
            ":state": filter.state, ":kind": kind, ":to": filter.to, ":order_id": filter.order,
            ":queued_by": filter.queued_by,
        },
        mail,
    )
}

/// Puts a mail back to the front of the queue; `false` if it is there already.
pub fn retry(tx: &WriteTx, mail: &Reached<Mail>) -> Result<bool> {
    match mail.state {
        MailState::Sent => return Err(Error::conflict(format!("mail {} was sent already", mail.id))),
        MailState::Queued if mail.next_at.is_some_and(|at| at <= tx.now()) => return Ok(false),
        _ => {}
    }
    tx.change(Need::right(Right::Mail), |w| {
        w.run(&RETRY, named! { ":id": mail.id })?;
        Ok((true, Entry::on(mail, "mail.retried").before(&mail.state).after(&MailState::Queued)))
    })
}

/// Takes a waiting mail back; `false` if it was taken back already.
pub fn cancel(tx: &WriteTx, mail: &Reached<Mail>) -> Result<bool> {
    match mail.state {
        MailState::Cancelled => return Ok(false),
        MailState::Queued => {}
        state => {
            return Err(Error::conflict(format!("mail {} is {state}; only a queued one can be cancelled", mail.id)));
        }
    }
    // What watches over `accounts` is not taken back by somebody who also has `mail`.
    let watches = mail.kind == LetterKind::Accounts.word();
    tx.change(Need::right(if watches { Right::Admin } else { Right::Mail }), |w| {
        w.run(&CANCEL, named! { ":id": mail.id })?;
        Ok((true, Entry::on(mail, "mail.cancelled").before(&mail.state).after(&MailState::Cancelled)))
    })
}

/// Forgets a mail that is over. Each one leaves its own line in the audit: afterwards nothing else tells to whom it was
/// and what became of it.
pub fn drop(tx: &WriteTx, mail: &Reached<Mail>) -> Result<()> {
    if mail.state == MailState::Queued {
        return Err(Error::conflict(format!("mail {} still waits", mail.id))
            .tip(format!("take it back first: frontdesk mail cancel {}", mail.id)));
    }
    tx.change(Need::right(Right::Mail), |w| {
        w.run(&DROP, named! { ":id": mail.id })?;
        Ok(((), Entry::on(mail, "mail.dropped").before(&mail.state)))
    })
}

fn mail(row: &Row) -> RowResult<Mail> {
    let state: MailState = row.get(4)?;
    Ok(Mail {
        id: row.get(0)?,
        kind: row.get(1)?,
        to: row.get(2)?,
        lang: row.get(3)?,
        state,
        attempts: row.get(5)?,
        queued_at: row.get(6)?,
        next_at: if state == MailState::Queued { Some(row.get(7)?) } else { None },
        done_at: row.get(8)?,
        answer: row.get(9)?,
    })
}
