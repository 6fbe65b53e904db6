//! Who does the work, and whose work it is at the customer.

use super::Order;
use super::create_store::{ASSIGN, same_customer};
use super::status_store::CHANGE;
use crate::contacts::Contact;
use crate::db::named;
use crate::db::{Change, Entry, Reached, WriteTx};
use crate::error::Result;
use crate::staff::Staff;

const UNASSIGN: Change =
    Change::new("DELETE FROM order_staff WHERE group_id = :group AND order_id = :order AND staff_id = :staff");

const SET_CONTACT: Change =
    Change::new("UPDATE orders SET contact_id = :contact, changed_at = :now WHERE group_id = :group AND id = :id");

/// Assigns an order to technicians, beside those who have it; `false` if they all had it already.
pub fn assign(tx: &WriteTx, order: &Reached<Order>, staff: &[Reached<Staff>]) -> Result<bool> {
    let has = |one: &Staff| order.technicians.iter().any(|technician| technician.id == one.id);
    let mut new: Vec<_> = staff.iter().filter(|one| !has(one)).collect();
    new.sort_by_key(|one| one.id);
    new.dedup_by_key(|one| one.id);
    new.iter().try_for_each(|one| one.takes_work())?;
    if new.is_empty() {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        for one in &new {
            w.run(&ASSIGN, named! { ":order": order.id, ":staff": one.id })?;
        }
        let after: Vec<_> =
            order.technicians.iter().map(|one| &one.login).chain(new.iter().map(|one| &one.login)).collect();
        Ok((true, Entry::on(order, "order.assigned").before(&order.technicians).after(&after)))
    })
}

/// Takes an order from technicians; `false` if none of them had it.
pub fn unassign(tx: &WriteTx, order: &Reached<Order>, staff: &[Reached<Staff>]) -> Result<bool> {
    let goes = |id| staff.iter().any(|one| one.id == id);
    if !order.technicians.iter().any(|technician| goes(technician.id)) {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        for one in staff {
            w.run(&UNASSIGN, named! { ":order": order.id, ":staff": one.id })?;
        }
        let after: Vec<_> = order.technicians.iter().filter(|one| !goes(one.id)).collect();
        Ok((true, Entry::on(order, "order.unassigned").before(&order.technicians).after(&after)))
    })
}

/// Assigns an order to a person at its customer, or to none; `false` if it was so already.
pub fn assign_contact(tx: &WriteTx, order: &Reached<Order>, contact: Option<&Reached<Contact>>) -> Result<bool> {
    if order.contact.as_ref().map(|person| person.id) == contact.map(|contact| contact.id) {
        return Ok(false);
    }
    if let Some(contact) = contact {
        same_customer("contact", &contact.card.name, contact.customer_id == order.customer_id, &order.customer_no)?;
    }
    tx.change(CHANGE, |w| {
        w.run(&SET_CONTACT, named! { ":id": order.id, ":contact": contact.map(|contact| contact.id) })?;
        let after = contact.map(|contact| &contact.card.name);
        Ok((true, Entry::on(order, "order.contact").before(&order.contact).after(&after)))
    })
}
