//! What contacts are told of is kept here: the roles they carry, and the facilities that they are told about.

use std::collections::HashMap;

use serde_json::json;

use super::store::CHANGE;
use super::{Contact, Telling};
use crate::access::Need;
use crate::customers::Customer;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Scoped, Tx, WriteTx, named};
use crate::error::{Error, Result};
use crate::facilities::Facility;
use crate::ids::{ContactId, CustomerId};
use crate::roles::Role;
use crate::text::{Line, Number};

const ROLES: Below<Contact> = Below::new(
    Need::staff(),
    "
    SELECT r.name
      FROM contact_roles cr
      JOIN roles r ON r.group_id = cr.group_id AND r.id = cr.role_id
     WHERE cr.group_id = :group AND cr.contact_id = :parent
     ORDER BY r.id",
);

const FACILITIES: Below<Contact> = Below::new(
    Need::staff(),
    "
    SELECT f.number
      FROM contact_facilities cf
      JOIN facilities f ON f.id = cf.facility_id
     WHERE cf.group_id = :group AND cf.contact_id = :parent
     ORDER BY f.number",
);

const ALL_ROLES: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT cr.contact_id, r.name
      FROM contact_roles cr
      JOIN roles r ON r.group_id = cr.group_id AND r.id = cr.role_id
     WHERE cr.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND (:customer IS NULL OR cr.customer_id = :customer)
     ORDER BY cr.contact_id, r.id",
);

const ALL_FACILITIES: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT cf.contact_id, f.number
      FROM contact_facilities cf
      JOIN facilities f ON f.id = cf.facility_id
     WHERE cf.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND (:customer IS NULL OR cf.customer_id = :customer)
     ORDER BY cf.contact_id, f.number",
);

const GIVE: Change = Change::new(
    "
    INSERT INTO contact_roles (group_id, customer_id, contact_id, role_id)
    VALUES (:group, :customer, :contact, :role)",
);

const NAME: Change = Change::new(
    "
    INSERT INTO contact_facilities (group_id, customer_id, contact_id, facility_id)
    VALUES (:group, :customer, :contact, :facility)",
);

pub(super) const TAKE_ROLES: Change =
    Change::new("DELETE FROM contact_roles WHERE group_id = :group AND contact_id = :contact");

pub(super) const TAKE_FACILITIES: Change =
    Change::new("DELETE FROM contact_facilities WHERE group_id = :group AND contact_id = :contact");

/// What a contact is told of.
pub fn telling(tx: &Tx, contact: &Reached<Contact>) -> Result<Telling> {
    let roles = tx.below(contact, &ROLES, named! {}, |row| row.get(0))?;
    let facilities = tx.below(contact, &FACILITIES, named! {}, |row| row.get(0))?;
    Ok(Telling {
        roles: roles.into_iter().map(Reached::into_inner).collect(),
        facilities: facilities.into_iter().map(Reached::into_inner).collect(),
    })
}

/// The same for all contacts, or for those of a customer: those of whom there is nothing to say are left out.
pub fn tellings(tx: &Tx, customer: Option<&Reached<Customer>>) -> Result<HashMap<ContactId, Telling>> {
    let customer = customer.map(|customer| customer.id);
    let mut found: HashMap<ContactId, Telling> = HashMap::new();
    for pair in of_all::<Line>(tx, &ALL_ROLES, customer, |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (contact, role) = pair.into_inner();
        found.entry(contact).or_default().roles.push(role);
    }
    for pair in of_all::<Number>(tx, &ALL_FACILITIES, customer, |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (contact, facility) = pair.into_inner();
        found.entry(contact).or_default().facilities.push(facility);
    }
    Ok(found)
}

/// Gives a contact exactly these roles; `false` if they carried them already, and nothing was written.
pub fn set_roles(tx: &WriteTx, contact: &Reached<Contact>, roles: &[Reached<Role>]) -> Result<bool> {
    tx.actor().require(CHANGE)?;
    let mut roles: Vec<_> = roles.iter().collect();
    roles.sort_by_key(|role| role.id);
    roles.dedup_by_key(|role| role.id);
    let before = telling(tx, contact)?.roles;
    let after: Vec<_> = roles.iter().map(|role| &role.card.name).collect();
    if before.iter().eq(after.iter().copied()) {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        w.run(&TAKE_ROLES, named! { ":contact": contact.id })?;
        for role in &roles {
            w.run(&GIVE, named! { ":customer": contact.customer_id, ":contact": contact.id, ":role": role.id })?;
        }
        let entry = Entry::on(contact, "contact.changed").before(&json!({ "roles": before }));
        Ok((true, entry.after(&json!({ "roles": after }))))
    })
}

/// Names exactly these facilities for a contact, none of them for the whole customer; `false` if it was so already.
///
/// They must be their own customer's.
pub fn set_facilities(tx: &WriteTx, contact: &Reached<Contact>, facilities: &[Reached<Facility>]) -> Result<bool> {
    tx.actor().require(CHANGE)?;
    if let Some(other) = facilities.iter().find(|facility| facility.customer_id != contact.customer_id) {
        return Err(Error::denied(format!(
            "facility '{}' belongs to customer {}, not to {}",
            other.number, other.customer_no, contact.customer_no
        ))
        .at("facility"));
    }
    let mut facilities: Vec<_> = facilities.iter().collect();
    facilities.sort_by(|one, other| one.number.cmp(&other.number));
    facilities.dedup_by_key(|facility| facility.id);
    let before = telling(tx, contact)?.facilities;
    let after: Vec<_> = facilities.iter().map(|facility| &facility.number).collect();
    if before.iter().eq(after.iter().copied()) {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        w.run(&TAKE_FACILITIES, named! { ":contact": contact.id })?;
        for facility in &facilities {
            let values = named! { ":customer": contact.customer_id, ":contact": contact.id, ":facility": facility.id };
            w.run(&NAME, values)?;
        }
        let entry = Entry::on(contact, "contact.changed").before(&json!({ "facilities": before }));
        Ok((true, entry.after(&json!({ "facilities": after }))))
    })
}

fn of_all<T>(
    tx: &Tx,
    statement: &Scoped,
    customer: Option<CustomerId>,
    pair: fn(&Row) -> RowResult<(ContactId, T)>,
) -> Result<Vec<Reached<(ContactId, T)>>> {
    tx.many(statement, named! { ":customer": customer }, pair)
}
