//! Facilities are kept here: found, listed, added, changed, closed.

use super::{Facility, FacilityCard, FacilityStatus};
use crate::access::{Need, Permission, Right};
use crate::customers::Customer;
use crate::db::named;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Scoped, Tx, Value, WriteTx};
use crate::error::{Error, Result};
use crate::ids::FacilityId;
use crate::text::{Line, Number, like, nearest};

pub(super) const SEE: Need = Need::see(Permission::FacilityView);
const CHANGE: Need = Need::right(Right::Customers);

/// A statement that reads facilities; what follows WHERE is the caller's. The note is for staff, whose :actor is negative.
macro_rules! facilities {
    ($($rest:tt)+) => {
        concat!(
            "
    SELECT f.id, f.customer_id, c.number, f.number, f.name, f.address, f.address2, f.postal_code, f.city,
           f.region, f.country, f.zone, CASE WHEN :actor < 0 THEN f.note END, f.external_id, f.status,
           f.created_at
      FROM facilities f
      JOIN customers c ON c.id = f.customer_id
     WHERE EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = f.customer_id AND r.place = f.id)
       AND ",
            $($rest)+
        )
    };
}
pub(super) use facilities;

const BY_ID: Scoped = Scoped::new(SEE, facilities!("f.id = :id"));

const BY_NUMBER: Scoped = Scoped::new(
    SEE,
    facilities!(
        "f.group_id = :group
       AND f.number = :number
     ORDER BY c.number"
    ),
);

const BY_EXTERNAL_ID: Scoped = Scoped::new(
    SEE,
    facilities!(
        "f.group_id = :group
       AND f.external_id = :external_id"
    ),
);

const ALL: Scoped = Scoped::new(
    SEE,
    facilities!(
        "f.group_id = :group
       AND f.customer_id IN (SELECT customer_id FROM reach_customers WHERE actor = :actor)
       AND (:search IS NULL OR f.search LIKE :search ESCAPE '\\')
     ORDER BY c.number, f.number"
    ),
);

const OF: Below<Customer> = Below::new(
    SEE,
    facilities!(
        "f.group_id = :group
       AND f.customer_id = :parent
       AND (:number IS NULL OR f.number = :number)
     ORDER BY f.number"
    ),
);

const INSERT: Change = Change::new(
    "
    INSERT INTO facilities
       (group_id, customer_id, number, name, address, address2, postal_code, city, region, country, zone, note, external_id, search,
        created_at)
    VALUES
       (:group, :customer, :number, :name, :address, :address2, :postal_code, :city, :region, :country, :zone, :note, :external_id,
        :search, :now)",
);

const UPDATE: Change = Change::new(
    "
    UPDATE facilities
       SET name = :name, address = :address, address2 = :address2, postal_code = :postal_code, city = :city,
           region = :region, country = :country, zone = :zone, note = :note, external_id = :external_id,
           search = :search
     WHERE group_id = :group AND id = :id",
);

const SET_STATUS: Change = Change::new("UPDATE facilities SET status = :status WHERE group_id = :group AND id = :id");

const DELETE: Change = Change::new("DELETE FROM facilities WHERE group_id = :group AND id = :id");

/// The facility in this row.
pub fn find(tx: &Tx, id: FacilityId) -> Result<Reached<Facility>> {
    let found = tx.one(&BY_ID, named! { ":id": id }, facility)?;
    found.ok_or_else(|| Error::not_found("facility", format!("id:{id}")))
}

/// The facility with this number, whoever's it is; two customers with the same one are a conflict.
pub fn named(tx: &Tx, number: &Number) -> Result<Reached<Facility>> {
    let mut found = tx.many(&BY_NUMBER, named! { ":number": number }, facility)?;
    match (found.pop(), found.len()) {
        (None, _) => {
            Err(Error::not_found("facility", number).tip("find facilities with: frontdesk facility list --search NAME"))
        }
        (Some(only), 0) => Ok(only),
        (Some(last), _) => {
            let all = found.iter().chain(std::iter::once(&last));
            let candidates: Vec<_> = all.map(|one| format!("id:{} (customer {})", one.id, one.customer_no)).collect();
            Err(Error::conflict(format!("facility '{number}' is ambiguous")).tip(candidates.join(", ")))
        }
    }
}

/// The facility of a customer with this number; if there is none, the error names one that was perhaps meant.
pub fn of(tx: &Tx, customer: &Reached<Customer>, number: &Number) -> Result<Reached<Facility>> {
    if let Some(found) = lookup(tx, customer, number)? {
        return Ok(found);
    }
    let all = list(tx, customer)?;
    let error =
        Error::new(crate::error::Kind::NotFound, format!("customer {} has no facility '{number}'", customer.number))
            .at("facility");
    Err(match nearest(number.as_str(), all.iter().map(|facility| facility.number.as_str())) {
        Some(near) => error.tip(format!("did you mean {near}?")),
        None => error.tip(format!("see them with: frontdesk facility list --customer {}", customer.number)),
    })
}

/// The facility of a customer with this number, if there is one.
pub fn lookup(tx: &Tx, customer: &Reached<Customer>, number: &Number) -> Result<Option<Reached<Facility>>> {
    Ok(tx.below(customer, &OF, named! { ":number": number }, facility)?.pop())
}

/// The facility that another program calls so, if there is one.
pub fn lookup_external(tx: &Tx, external_id: &Line) -> Result<Option<Reached<Facility>>> {
    tx.one(&BY_EXTERNAL_ID, named! { ":external_id": external_id }, facility)
}

/// The facilities of a customer, by number.
pub fn list(tx: &Tx, customer: &Reached<Customer>) -> Result<Vec<Reached<Facility>>> {
    tx.below(customer, &OF, named! { ":number": None::<Number> }, facility)
}

/// The facilities of all customers in reach, or those in which some words are found.
pub fn list_all(tx: &Tx, search: Option<&str>) -> Result<Vec<Reached<Facility>>> {
    tx.many(&ALL, named! { ":search": search.map(like) }, facility)
}

/// Makes a facility of a customer. Its number must be free there.
pub fn add(
    tx: &WriteTx,
    customer: &Reached<Customer>,
    number: &Number,
    card: &FacilityCard,
) -> Result<Reached<Facility>> {
    let id = tx.change(CHANGE, |w| {
        let search = card.search(number);
        let mut values = with_card(card, &search);
        values.extend([(":customer", &customer.id as &dyn Value), (":number", number)]);
        let id = w.insert(&INSERT, &values)?;
        Ok((FacilityId(id), Entry::about::<Facility>(id, number.as_str(), "facility.added").after(card)))
    })?;
    find(tx, id)
}

/// Changes a facility's card; `false` if it was so already, and nothing was written.
pub fn set(tx: &WriteTx, facility: &Reached<Facility>, card: &FacilityCard) -> Result<bool> {
    if facility.card == *card {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        let search = card.search(&facility.number);
        let mut values = with_card(card, &search);
        values.push((":id", &facility.id));
        w.run(&UPDATE, &values)?;
        Ok((true, Entry::on(facility, "facility.changed").before(&facility.card).after(card)))
    })
}

/// Closes a facility or opens it again; `false` if it was so already.
pub fn set_status(tx: &WriteTx, facility: &Reached<Facility>, status: FacilityStatus) -> Result<bool> {
    if facility.status == status {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        w.run(&SET_STATUS, named! { ":id": facility.id, ":status": status })?;
        let action = if status == FacilityStatus::Closed { "facility.closed" } else { "facility.opened" };
        Ok((true, Entry::on(facility, action).before(&facility.status).after(&status)))
    })
}

/// Deletes a facility that nothing refers to.
pub fn delete(tx: &WriteTx, facility: &Reached<Facility>) -> Result<()> {
    tx.change(CHANGE, |w| {
        w.run(&DELETE, named! { ":id": facility.id }).map_err(|error| match error.kind() {
            crate::error::Kind::Conflict => Error::conflict(format!(
                "facility {} has objects, orders, documents or contacts who are told about it",
                facility.number
            ))
            .tip(format!("close it instead: frontdesk facility close {}", facility.number)),
            _ => error,
        })?;
        Ok(((), Entry::on(facility, "facility.deleted").before(&**facility)))
    })
}

/// A card's values by name.
fn with_card<'a>(card: &'a FacilityCard, search: &'a dyn Value) -> Vec<(&'static str, &'a dyn Value)> {
    vec![
        (":name", &card.name),
        (":address", &card.address),
        (":address2", &card.address2),
        (":postal_code", &card.postal_code),
        (":city", &card.city),
        (":region", &card.region),
        (":country", &card.country),
        (":zone", &card.zone),
        (":note", &card.note),
        (":external_id", &card.external_id),
        (":search", search),
    ]
}

pub(super) fn facility(row: &Row) -> RowResult<Facility> {
    Ok(Facility {
        id: row.get(0)?,
        customer_id: row.get(1)?,
        customer_no: row.get(2)?,
        number: row.get(3)?,
        card: FacilityCard {
            name: row.get(4)?,
            address: row.get(5)?,
            address2: row.get(6)?,
            postal_code: row.get(7)?,
            city: row.get(8)?,
            region: row.get(9)?,
            country: row.get(10)?,
            zone: row.get(11)?,
            note: row.get(12)?,
            external_id: row.get(13)?,
        },
        status: row.get(14)?,
        created_at: row.get(15)?,
    })
}
