//! Who an order of a file is assigned to: a person at its customer, and those who do the work.

use crate::contacts::{self, Contact};
use crate::customers::Customer;
use crate::db::{Reached, Tx, WriteTx};
use crate::difference::Difference;
use crate::error::{Error, Result as Outcome};
use crate::imports::cells::Cell;
use crate::imports::objects::value;
use crate::imports::row::Row;
use crate::imports::taken::Refusal;
use crate::orders::{self, Order};
use crate::staff::{self, Staff};
use crate::text::{Email, Line, Login};

/// What a row says about both.
pub(super) struct People {
    /// The person at the customer.
    pub(super) contact: Cell<Reached<Contact>>,
    /// Those who do the work, all of them; nothing leaves them as they are.
    pub(super) technicians: Option<Vec<Reached<Staff>>>,
}

impl People {
    /// Finds the people whom a row names.
    pub(super) fn of(tx: &Tx, row: &Row, customer: &Reached<Customer>) -> Result<Self, Refusal> {
        let contact = row.text("contact").try_map(|text| person(tx, customer, text));
        let technicians = match row.list("technicians") {
            Cell::Absent | Cell::Blank => Ok(None),
            Cell::Clear => Ok(Some(Vec::new())),
            Cell::Value(logins) => {
                let found = logins.into_iter().map(|login| staff::find(tx, &Login::parse(login)?));
                found.collect::<Outcome<Vec<_>>>().map(Some)
            }
        };
        Ok(Self {
            contact: contact.map_err(|error| Refusal::of(row, "contact", error))?,
            technicians: technicians.map_err(|error| Refusal::of(row, "technicians", error))?,
        })
    }

    /// Assigns an order that is known to them, and says what that changed.
    pub(super) fn assign(&self, tx: &WriteTx, row: &Row, order: &Reached<Order>) -> Result<Vec<Difference>, Refusal> {
        let mut changes = Vec::new();
        if self.contact.speaks() {
            let contact = value(&self.contact);
            let assigned = orders::assign_contact(tx, order, contact);
            if assigned.map_err(|error| Refusal::of(row, "contact", error))? {
                let new = contact.map(|contact| &contact.card.name);
                let old = order.contact.as_ref().map(|person| &person.name);
                changes.push(Difference {
                    field: "contact".into(),
                    old: serde_json::json!(old),
                    new: serde_json::json!(new),
                });
            }
        }
        let Some(technicians) = &self.technicians else { return Ok(changes) };
        let gone = order.technicians.iter().filter(|one| !technicians.iter().any(|staff| staff.id == one.id));
        let gone = gone.map(|one| staff::find(tx, &one.login)).collect::<Outcome<Vec<_>>>()?;
        let mut changed = orders::unassign(tx, order, &gone)?;
        // As it is now, so that the audit says who had it in between.
        let now = orders::find(tx, order.id)?;
        changed |= orders::assign(tx, &now, technicians).map_err(|error| Refusal::of(row, "technicians", error))?;
        if changed {
            let new: Vec<_> = technicians.iter().map(|staff| &staff.login).collect();
            changes.push(Difference {
                field: "technicians".into(),
                old: serde_json::json!(order.technicians),
                new: serde_json::json!(new),
            });
        }
        Ok(changes)
    }
}

/// The person of a customer with this address, or the only one of this name.
fn person(tx: &Tx, customer: &Reached<Customer>, text: &str) -> Outcome<Reached<Contact>> {
    if text.contains('@') {
        return contacts::of(tx, customer, &Email::parse(text)?);
    }
    let mut same = contacts::lookup_name(tx, customer, &Line::parse(text)?)?;
    match (same.pop(), same.len()) {
        (Some(only), 0) => Ok(only),
        (Some(_), more) => {
            Err(Error::conflict(format!("customer {} has {} contacts '{text}'", customer.number, more + 1))
                .tip("name the person by e-mail"))
        }
        (None, _) => Err(Error::not_found("contact", text).tip("import the contacts first, or leave the column out")),
    }
}
