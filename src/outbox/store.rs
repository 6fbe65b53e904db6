//! Mails wait here: queued with the change that they tell of, leased for one attempt at a time, settled.

use super::letter::{Brand, Letter};
use super::{Fate, Leased, MINUTE, Mail, MailState, Post};
use crate::access::{Machine, Need, Right};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Change, Entry, Json, Open, Row, RowResult, WriteTx, Writer};
use crate::error::{Error, Kind, Result};
use crate::ids::{LetterId, TicketId, UserId};
use crate::secret::random_reference;

const LEASE: Change = Change::new(
    "
    UPDATE outbox
       SET attempts = attempts + 1, leased_until = :until, tried_at = :now
     WHERE group_id = :group
       AND id = :id
       AND state = 'queued'
       AND (leased_until IS NULL OR leased_until <= :now)
       AND (SELECT count(*) FROM outbox t WHERE t.group_id = :group AND t.tried_at > :since) < :most
    RETURNING message_id, letter, recipient, lang, attempts, queued_at, ticket_id",
);

const BRAND: Open = Open::new(
    "the mailer writes in the name of the group whose mail it carries",
    "
    SELECT name, slug, colour, phone, reply_to, lang, zone
      FROM groups
     WHERE id = :group",
);

const TICKET: Open = Open::new(
    "the mailer makes the link of a letter when it leaves, if the link is still good",
    "
    SELECT purpose, user_id, nonce
      FROM tickets
     WHERE group_id = :group
       AND id = :ticket
       AND used_at IS NULL
       AND ended_at IS NULL
       AND expires_at > :now",
);

const INSERT: Change = Change::new(
    "
    INSERT INTO outbox
       (group_id, message_id, kind, letter, recipient, lang, user_id, ticket_id, order_id, queued_at, next_at, not_after)
    VALUES
       (:group, :mark, :kind, :letter, :to, :lang, :user, :ticket, :order, :now, :now, :not_after)",
);

const SETTLE: Change = Change::new(
    "
    UPDATE outbox
       SET state = :state, answer = :answer, leased_until = NULL, next_at = coalesce(:next_at, next_at),
           attempts = attempts - :uncounted, done_at = CASE WHEN :state = 'queued' THEN NULL ELSE :now END
     WHERE group_id = :group AND id = :id AND state = 'queued'",
);

const SPOIL: Change = Change::new(
    "
    UPDATE outbox
       SET state = 'dead', answer = :answer, done_at = :now, leased_until = NULL
     WHERE group_id = :group AND id = :id AND state = 'queued'
    RETURNING kind, recipient",
);

const HOLD: Change =
    Change::new("UPDATE outbox SET next_at = :from WHERE group_id = :group AND id = :id AND state = 'queued'");

const WITHDRAW: Change = Change::new(
    "
    UPDATE outbox
       SET state = 'cancelled', done_at = :now, leased_until = NULL, answer = 'withdrawn with the link or the user'
     WHERE group_id = :group
       AND user_id = :user
       AND state = 'queued'
       AND (:only_links = 0 OR ticket_id IS NOT NULL)",
);

/// Queues a letter within the change that it tells of: both become true together, or neither.
pub fn queue(w: &Writer, post: &Post) -> Result<LetterId> {
    let mark = format!("{}{}", random_reference()?, random_reference()?);
    let id = w.insert(
        &INSERT,
        named! {
            ":mark": mark, ":kind": post.letter.kind().word(), ":letter": Json(&post.letter), ":to": post.to,
            ":lang": post.lang, ":user": post.user, ":ticket": post.letter.ticket(), ":order": post.order,
            ":not_after": post.letter.expires(),
        },
    )?;
    Ok(LetterId(id))
}

/// Lets a letter that was just queued leave at a later moment.
pub fn hold(w: &Writer, id: LetterId, from: Moment) -> Result<()> {
    w.run(&HOLD, named! { ":id": id, ":from": from })?;
    Ok(())
}

/// Queues a letter for its own sake, as an act of its own.
pub fn add(tx: &WriteTx, post: &Post) -> Result<LetterId> {
    tx.change(Need::right(Right::Mail), |w| {
        let id = queue(w, post)?;
        let label = format!("{} to {}", post.letter.kind(), post.to);
        Ok((id, Entry::about::<Mail>(id.0, label, "mail.queued")))
    })
}

/// Takes back what waits for a user: all of it, or only the mails with links.
pub fn withdraw(w: &Writer, user: UserId, only_links: bool) -> Result<usize> {
    w.run(&WITHDRAW, named! { ":user": user, ":only_links": only_links })
}

/// Takes a mail out for one attempt of at most so many seconds; nothing if somebody else has it, or if its group has
/// tried as many mails in the last minute as it may. Fails with `Kind::Data` if what is kept of it cannot be read.
pub fn lease(tx: &WriteTx, id: LetterId, seconds: i64, most: i64) -> Result<Option<Leased>> {
    let until = tx.now().plus(seconds);
    let read = tx.keep_books(Machine::Mailer, |w| {
        let terms = named! { ":id": id, ":until": until, ":since": tx.now().plus(-MINUTE), ":most": most };
        w.returning(&LEASE, terms, |row| {
            let letter: Json<Letter> = row.get(1)?;
            let ticket: Option<TicketId> = row.get(6)?;
            Ok((row.get(0)?, letter.0, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, ticket))
        })
    });
    // What is kept of this mail cannot be read; what is wrong elsewhere is no fault of the mail.
    let taken = read.map_err(|error| if error.kind() == Kind::Internal { error.as_kind(Kind::Data) } else { error })?;
    let Some((mark, letter, to, lang, attempts, queued_at, ticket)) = taken else { return Ok(None) };
    let group = tx.group()?;
    let brand = tx.open(&BRAND, &[], brand)?.pop().ok_or_else(|| Error::not_found("group", group))?;
    let token = match ticket {
        None => None,
        Some(ticket) => {
            let good = tx.open(&TICKET, named! { ":ticket": ticket }, |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, UserId>(1)?, row.get::<_, String>(2)?))
            })?;
            good.into_iter().next().map(|(purpose, user, nonce)| tx.key().ticket(&purpose, group, user, &nonce))
        }
    };
    let noted = super::notice_store::noted(tx, id)?;
    Ok(Some(Leased { id, group, mark, letter, to, lang, attempts, queued_at, brand, token, noted }))
}

/// Writes down what became of an attempt. What is over leaves a line in the audit, without the letter's text.
pub fn settle(tx: &WriteTx, mail: &Leased, fate: &Fate, answer: &str) -> Result<()> {
    let (state, next_at, uncounted) = match fate {
        Fate::Sent => (MailState::Sent, None, 0),
        Fate::Dead => (MailState::Dead, None, 0),
        Fate::Withdrawn => (MailState::Cancelled, None, 1),
        Fate::Again(at) => (MailState::Queued, Some(*at), 0),
        Fate::Unheard(at) => (MailState::Queued, Some(*at), 1),
    };
    let run = |w: &Writer| {
        w.run(
            &SETTLE,
            named! { ":id": mail.id, ":state": state, ":answer": answer, ":next_at": next_at, ":uncounted": uncounted },
        )
    };
    if state == MailState::Queued {
        tx.keep_books(Machine::Mailer, run)?;
        return Ok(());
    }
    tx.change(Need::machine(Machine::Mailer), |w| {
        run(w)?;
        let action = match fate {
            Fate::Sent => "mail.sent",
            Fate::Withdrawn => "mail.withdrawn",
            Fate::Again(_) | Fate::Unheard(_) | Fate::Dead => "mail.given_up",
        };
        let label = format!("{} to {}", mail.letter.kind(), mail.to);
        Ok(((), Entry::about::<Mail>(mail.id.0, label, action).after(&answer)))
    })
}

/// Sets a mail aside that cannot be read, so that it does not stand in the way of the others; `false` if it is over.
pub fn set_aside(tx: &WriteTx, id: LetterId, why: &str) -> Result<bool> {
    let spoil = |w: &Writer| {
        w.returning(&SPOIL, named! { ":id": id, ":answer": why }, |row| {
            Ok(format!("{} to {}", row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })
    };
    tx.attempt(|| {
        tx.change(Need::machine(Machine::Mailer), |w| match spoil(w)? {
            Some(label) => Ok((true, Entry::about::<Mail>(id.0, label, "mail.given_up").after(&why))),
            None => Err(Error::not_found("mail", id)),
        })
    })
    .or_else(|error| if error.kind() == Kind::NotFound { Ok(false) } else { Err(error) })
}

fn brand(row: &Row) -> RowResult<Brand> {
    Ok(Brand {
        name: row.get(0)?,
        slug: row.get(1)?,
        colour: row.get(2)?,
        phone: row.get(3)?,
        reply_to: row.get(4)?,
        lang: row.get(5)?,
        zone: row.get(6)?,
    })
}
