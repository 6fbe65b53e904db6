//! Who is told is looked up here, and their letters are queued with the change that they tell of.

use super::{Event, Reader};
use crate::access::{Actor, Side};
use crate::contacts::Contact;
use crate::db::named;
use crate::db::{Open, Row, RowResult, Tx, Writer};
use crate::error::Result;
use crate::ids::OrderId;
use crate::outbox::letter::{Letter, OrderFacts};
use crate::outbox::{self, Post};
use crate::text::{Line, Login};

const CONTACT: Open = Open::new(
    "who hears of an order is decided by the order, not by whoever changed it",
    "
    SELECT k.name, k.email, coalesce(u.lang, k.lang, c.lang, g.lang), u.id, a.id IS :actor,
           a.id IS NULL
           OR EXISTS (SELECT 1
                        FROM accesses x
                        JOIN users y ON y.id = x.user_id AND y.status = 'enabled'
                        JOIN access_permissions p
                          ON p.group_id = x.group_id AND p.access_id = x.id AND p.permission = 'order.view'
                       WHERE x.group_id = k.group_id
                         AND x.customer_id = k.customer_id
                         AND x.contact_id = k.id
                         AND c.status = 'active'
                         AND (x.until IS NULL OR x.until > :now)
                         AND EXISTS (SELECT 1 FROM reach_places r
                                      WHERE r.actor = x.id AND r.customer_id = o.customer_id AND r.place = o.place))
      FROM orders o
      JOIN contacts k ON k.id = o.contact_id
      JOIN customers c ON c.id = o.customer_id
      JOIN groups g ON g.id = o.group_id
      LEFT JOIN accesses a ON a.group_id = k.group_id AND a.customer_id = k.customer_id AND a.contact_id = k.id
      LEFT JOIN users u ON u.id = a.user_id
     WHERE o.group_id = :group
       AND o.id = :order
       AND k.email IS NOT NULL
     ORDER BY a.id IS :actor DESC
     LIMIT 1",
);

const TECHNICIANS: Open = Open::new(
    "a customer's words reach the technicians, whom the customer does not",
    "
    SELECT t.name, t.email, g.lang, NULL, t.login IS :login, 1
      FROM order_staff x
      JOIN staff t ON t.group_id = x.group_id AND t.id = x.staff_id
      JOIN groups g ON g.id = x.group_id
     WHERE x.group_id = :group
       AND x.order_id = :order
       AND t.status = 'active'
       AND t.email IS NOT NULL
     ORDER BY t.login",
);

const OFFICE: Open = Open::new(
    "a customer's words reach the company's own address when nobody is assigned",
    "
    SELECT g.name, g.reply_to, g.lang, NULL, 0, 1
      FROM groups g
     WHERE g.id = :group
       AND g.reply_to IS NOT NULL",
);

const BY: Open = Open::new(
    "a letter to staff names the person at the customer who acted",
    "
    SELECT k.name
      FROM accesses a
      JOIN contacts k ON k.id = a.contact_id
     WHERE a.group_id = :group
       AND a.id = :actor",
);

/// Who is told of an event on an order. Only a customer's own act reaches staff; a customer who ordered something gets
/// a receipt, and hears of nothing else that they did.
pub fn told(tx: &Tx, order: OrderId, event: &Event) -> Result<Vec<Reader>> {
    told_by(tx, order, event, tx.actor().side())
}

/// Who would get a letter if somebody on that side did this to an order: the rules of [`tell`], and nothing is queued.
pub fn would_hear(tx: &Tx, order: OrderId, facts: &OrderFacts, event: &Event, by: Side) -> Result<Vec<Reader>> {
    let mut readers = Vec::new();
    for reader in told_by(tx, order, event, by)? {
        if letter(tx, &reader, facts, event)?.is_some() {
            readers.push(reader);
        }
    }
    Ok(readers)
}

fn told_by(tx: &Tx, order: OrderId, event: &Event, by: Side) -> Result<Vec<Reader>> {
    let mut readers = Vec::new();
    for (reader, is_own_act) in tx.open(&CONTACT, named! { ":order": order }, reader(Side::Customer))? {
        let hears = match event {
            Event::Created { .. } => true,
            Event::Status { .. } | Event::Documented { .. } => !is_own_act,
            Event::Commented { .. } => !is_own_act && reader.opens,
        };
        if hears {
            readers.push(reader);
        }
    }
    if by == Side::Customer && event.news().is_some() {
        readers.extend(staff(tx, Some(order))?);
    }
    Ok(readers)
}

/// Tells everybody who should hear of an event: queues their letters within its change.
pub fn tell(tx: &Tx, w: &Writer, order: OrderId, facts: &OrderFacts, event: &Event) -> Result<()> {
    for reader in told(tx, order, event)? {
        let Some(letter) = letter(tx, &reader, facts, event)? else { continue };
        outbox::queue(w, &Post { letter, to: reader.email, lang: reader.lang, user: reader.user, order: Some(order) })?;
    }
    Ok(())
}

/// Tells everybody who should hear what a contact without an account did, for whom the postman writes; not the contact.
pub fn tell_of(tx: &Tx, w: &Writer, by: &Contact, order: OrderId, facts: &OrderFacts, event: &Event) -> Result<()> {
    for reader in told_by(tx, order, event, Side::Customer)? {
        if reader.side == Side::Customer && Some(&reader.email) == by.card.email.as_ref() {
            continue;
        }
        let mut letter = letter(tx, &reader, facts, event)?;
        if let Some(Letter::OrderToStaff { by: name, .. }) = &mut letter {
            *name = by.card.name.clone();
        }
        let Some(letter) = letter else { continue };
        outbox::queue(w, &Post { letter, to: reader.email, lang: reader.lang, user: reader.user, order: Some(order) })?;
    }
    Ok(())
}

/// Those at the company who hear what a customer did: the technicians of an order, else the office.
pub(super) fn staff(tx: &Tx, order: Option<OrderId>) -> Result<Vec<Reader>> {
    let login = match tx.actor() {
        Actor::Staff { login, .. } => Login::parse(login).ok(),
        _ => None,
    };
    let mut found = tx.open(&TECHNICIANS, named! { ":order": order, ":login": login }, reader(Side::Staff))?;
    if found.is_empty() {
        found = tx.open(&OFFICE, named! {}, reader(Side::Staff))?;
    }
    Ok(found.into_iter().filter(|(_, is_own_act)| !is_own_act).map(|(reader, _)| reader).collect())
}

fn letter(tx: &Tx, reader: &Reader, facts: &OrderFacts, event: &Event) -> Result<Option<Letter>> {
    let (person, order) = (reader.name.clone(), facts.clone());
    Ok(match (reader.side, event) {
        (Side::Customer, Event::Created { .. }) => Some(Letter::OrderReceived { person, order, opens: reader.opens }),
        (Side::Customer, Event::Status { from, to, stage, reason }) => Some(Letter::OrderStatus {
            person,
            order,
            from: Some(from.clone()),
            to: to.clone(),
            stage: *stage,
            reason: reason.clone(),
        }),
        (Side::Customer, Event::Commented { by, text }) => {
            Some(Letter::OrderComment { person, order, by: by.clone(), text: text.clone() })
        }
        (Side::Customer, Event::Documented { .. }) => None,
        (Side::Staff, _) => match event.news() {
            Some(news) => Some(Letter::OrderToStaff { person, order, news, by: by(tx)?, text: event.text() }),
            None => None,
        },
    })
}

/// The person at the customer who acts, by name.
pub(super) fn by(tx: &Tx) -> Result<Line> {
    match tx.open(&BY, named! {}, |row| row.get(0))?.pop() {
        Some(name) => Ok(name),
        None => Line::parse(&tx.actor().name()),
    }
}

fn reader(side: Side) -> impl Fn(&Row) -> RowResult<(Reader, bool)> {
    move |row| {
        let reader = Reader {
            name: row.get(0)?,
            email: row.get(1)?,
            lang: row.get(2)?,
            user: row.get(3)?,
            side,
            opens: row.get(5)?,
        };
        Ok((reader, row.get(4)?))
    }
}
