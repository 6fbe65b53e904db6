//! Orders are changed here: their card, their place, their priority; and deleted.

use super::create_store::{place, taken};
use super::status_store::CHANGE;
use super::{Order, OrderCard, Spot, book_of};
use crate::db::named;
use crate::db::{Change, Entry, Reached, WriteTx};
use crate::error::Result;
use crate::notices::{self, Doer, Happening, Tell};
use crate::objects::Object;
use crate::outbox::notice::About;
use crate::priorities::Priority;

const UPDATE: Change = Change::new(
    "
    UPDATE orders
       SET kind = :kind, title = :title, description = :description, planned_from = :planned_from,
           planned_to = :planned_to, reference = :reference, site_contact = :site_contact, site_phone = :site_phone,
           cost = :cost, external_id = :external_id, search = :search, changed_at = :now
     WHERE group_id = :group AND id = :id",
);

const RELOCATE: Change = Change::new(
    "
    UPDATE orders
       SET facility_id = :facility, object_id = :object, changed_at = :now
     WHERE group_id = :group AND id = :id",
);

const SET_PRIORITY: Change = Change::new(
    "
    UPDATE orders
       SET priority_id = :priority, due_at = :due_at, changed_at = :now
     WHERE group_id = :group AND id = :id",
);

const DELETE: Change = Change::new("DELETE FROM orders WHERE group_id = :group AND id = :id");

/// Changes an order's card; `false` if it was so already, and nothing was written. That somebody comes, or comes at another
/// time, is told.
pub fn set(tx: &WriteTx, order: &Reached<Order>, card: &OrderCard, tell: Tell) -> Result<bool> {
    if order.card == *card {
        return Ok(false);
    }
    card.check()?;
    tx.change(CHANGE, |w| {
        w.run(
            &UPDATE,
            named! {
                ":id": order.id, ":kind": card.kind, ":title": card.title, ":description": card.description,
                ":planned_from": card.planned_from, ":planned_to": card.planned_to, ":reference": card.reference,
                ":site_contact": card.site_contact, ":site_phone": card.site_phone, ":cost": card.cost.map(|cost| cost.0),
                ":external_id": card.external_id, ":search": card.search(&order.number),
            },
        )
        .map_err(|error| taken(error, card))?;
        if tell == Tell::Everybody && card.planned_from.is_some() && card.planned_from != order.card.planned_from {
            notices::tell(tx, w, About::Order(order.id), &Happening::Planned, Doer::Actor)?;
        }
        Ok((true, Entry::on(order, "order.changed").before(&order.card).after(card)))
    })
}

/// Puts an order at a place and on a machine, or on none; `false` if both were so already. The two must agree.
///
/// Whoever reaches the new place sees the order from the next look on, and whoever reached only the old one no longer.
pub fn relocate(tx: &WriteTx, order: &Reached<Order>, spot: Spot, object: Option<&Reached<Object>>) -> Result<bool> {
    let facility = place(&book_of(tx, order)?, spot, object)?;
    let machine = object.map(|object| object.id);
    if (order.facility_id, order.object_id) == (facility, machine) {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        w.run(&RELOCATE, named! { ":id": order.id, ":facility": facility, ":object": machine })?;
        let after = super::find(tx, order.id)?;
        let entry = Entry::on(order, "order.moved");
        let entry =
            entry.before(&(&order.facility_no, &order.object_no)).after(&(&after.facility_no, &after.object_no));
        Ok((true, entry))
    })
}

/// Gives an order a priority, and the moment it is overdue with it; `false` if it was so already.
pub fn set_priority(tx: &WriteTx, order: &Reached<Order>, priority: &Reached<Priority>) -> Result<bool> {
    if order.priority_id == priority.id {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        let due_at = priority.due_after(order.created_at);
        w.run(&SET_PRIORITY, named! { ":id": order.id, ":priority": priority.id, ":due_at": due_at })?;
        Ok((true, Entry::on(order, "order.priority").before(&order.priority).after(&priority.name)))
    })
}

/// Deletes an order with its history, its comments and its notes; the audit stays, and the number is not given again.
pub fn delete(tx: &WriteTx, order: &Reached<Order>) -> Result<()> {
    tx.change(CHANGE, |w| {
        w.run(&DELETE, named! { ":id": order.id })?;
        Ok(((), Entry::on(order, "order.deleted").before(&**order)))
    })
}
