//! Mails that left and came back.

use super::{Mail, MailState};
use crate::access::{Machine, Need};
use crate::db::named;
use crate::db::{Change, Entry, Open, Tx, WriteTx};
use crate::error::Result;
use crate::ids::{GroupId, LetterId};
use crate::text::Email;

const BY_MARK: Open = Open::new(
    "a mail that comes back is known by its mark alone, which tells whose it was",
    "
    SELECT id, group_id, kind, recipient, state
      FROM outbox
     WHERE message_id = :mark",
);

const RETURNED: Change = Change::new(
    "
    UPDATE outbox
       SET state = 'dead', answer = :answer, leased_until = NULL, done_at = :now
     WHERE group_id = :group AND id = :id",
);

/// A mail as it is known when it comes back.
#[derive(Clone, Debug)]
pub struct Marked {
    /// Its row.
    pub id: LetterId,
    /// Whose it is.
    pub group: GroupId,
    /// Its kind.
    pub kind: String,
    /// Where it went.
    pub to: Email,
    /// What became of it so far.
    pub state: MailState,
}

/// The mail with this mark, of whichever group.
pub fn by_mark(tx: &Tx, mark: &str) -> Result<Option<Marked>> {
    let found = tx.open(&BY_MARK, named! { ":mark": mark }, |row| {
        Ok(Marked { id: row.get(0)?, group: row.get(1)?, kind: row.get(2)?, to: row.get(3)?, state: row.get(4)? })
    })?;
    Ok(found.into_iter().next())
}

/// Writes down that a mail came back, with the words in which it did: it is as dead as one that was refused at once. One
/// that was taken back stays so.
pub fn returned(tx: &WriteTx, mail: &Marked, answer: &str) -> Result<()> {
    if !matches!(mail.state, MailState::Sent | MailState::Queued) {
        return Ok(());
    }
    tx.change(Need::machine(Machine::Postman), |w| {
        w.run(&RETURNED, named! { ":id": mail.id, ":answer": answer })?;
        let label = format!("{} to {}", mail.kind, mail.to);
        Ok(((), Entry::about::<Mail>(mail.id.0, label, "mail.returned").before(&mail.state).after(&answer)))
    })
}
