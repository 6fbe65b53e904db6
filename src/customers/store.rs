//! Customers are kept here: found, listed, added, changed, closed.

use super::{Customer, CustomerCard, CustomerStatus};
use crate::access::{Need, Permission, Right};
use crate::db::named;
use crate::db::{Change, Entry, Reached, Row, RowResult, Scoped, Tx, Value, WriteTx};
use crate::error::{Error, Result};
use crate::ids::CustomerId;
use crate::text::{Line, Number, like, nearest};

const SEE: Need = Need::see(Permission::CompanyView);
const CHANGE: Need = Need::right(Right::Customers);

/// A statement that reads customers; what follows WHERE is the caller's. The note is for staff, whose :actor is negative.
macro_rules! customers {
    ($rest:literal) => {
        concat!(
            "
    SELECT c.id, c.number, c.name, c.org_no, c.email, c.phone, c.fax, c.address, c.address2, c.postal_code, c.city, c.region,
           c.country, c.lang, c.prefix, CASE WHEN :actor < 0 THEN c.note END, c.external_id, c.status,
           c.created_at
      FROM customers c
     WHERE EXISTS (SELECT 1 FROM reach_customers r WHERE r.actor = :actor AND r.customer_id = c.id)
       AND ",
            $rest
        )
    };
}

const BY_ID: Scoped = Scoped::new(SEE, customers!("c.id = :id"));

const BY_NUMBER: Scoped = Scoped::new(
    SEE,
    customers!(
        "c.group_id = :group
       AND c.number = :number"
    ),
);

const BY_EXTERNAL_ID: Scoped = Scoped::new(
    SEE,
    customers!(
        "c.group_id = :group
       AND c.external_id = :external_id"
    ),
);

const ALL: Scoped = Scoped::new(
    SEE,
    customers!(
        "c.group_id = :group
       AND (:search IS NULL OR c.search LIKE :search ESCAPE '\\')
     ORDER BY c.number"
    ),
);

const INSERT: Change = Change::new(
    "
    INSERT INTO customers
       (group_id, number, name, org_no, email, phone, fax, address, address2, postal_code, city, region, country, lang, prefix,
        note, external_id, search, created_at)
    VALUES
       (:group, :number, :name, :org_no, :email, :phone, :fax, :address, :address2, :postal_code, :city, :region, :country,
        :lang, :prefix, :note, :external_id, :search, :now)",
);

const UPDATE: Change = Change::new(
    "
    UPDATE customers
       SET name = :name, org_no = :org_no, email = :email, phone = :phone, fax = :fax, address = :address,
           address2 = :address2, postal_code = :postal_code, city = :city, region = :region,
           country = :country, lang = :lang, prefix = :prefix, note = :note, external_id = :external_id,
           search = :search
     WHERE group_id = :group AND id = :id",
);

const SET_STATUS: Change = Change::new("UPDATE customers SET status = :status WHERE group_id = :group AND id = :id");

const DELETE: Change = Change::new("DELETE FROM customers WHERE group_id = :group AND id = :id");

/// The customer in this row.
pub fn find(tx: &Tx, id: CustomerId) -> Result<Reached<Customer>> {
    let found = tx.one(&BY_ID, named! { ":id": id }, customer)?;
    found.ok_or_else(|| Error::not_found("customer", format!("id:{id}")))
}

/// The customer with this number; if there is none, the error names one that was perhaps meant.
pub fn named(tx: &Tx, number: &Number) -> Result<Reached<Customer>> {
    if let Some(found) = lookup(tx, number)? {
        return Ok(found);
    }
    let all = list(tx, None)?;
    let error = Error::not_found("customer", number);
    let near = nearest(number.as_str(), all.iter().map(|customer| customer.number.as_str()));
    Err(match all.iter().find(|customer| Some(customer.number.as_str()) == near) {
        Some(near) => error.tip(format!(
            "did you mean {} ({})? find customers with: frontdesk customer list --search NAME",
            near.number, near.card.name
        )),
        None => error.tip("find customers with: frontdesk customer list --search NAME"),
    })
}

/// The customer with this number, if there is one.
pub fn lookup(tx: &Tx, number: &Number) -> Result<Option<Reached<Customer>>> {
    tx.one(&BY_NUMBER, named! { ":number": number }, customer)
}

/// The customer that another program calls so, if there is one.
pub fn lookup_external(tx: &Tx, external_id: &Line) -> Result<Option<Reached<Customer>>> {
    tx.one(&BY_EXTERNAL_ID, named! { ":external_id": external_id }, customer)
}

/// The customers in reach by number, or those in which some words are found.
pub fn list(tx: &Tx, search: Option<&str>) -> Result<Vec<Reached<Customer>>> {
    tx.many(&ALL, named! { ":search": search.map(like) }, customer)
}

/// Makes a customer. Its number must be free.
pub fn add(tx: &WriteTx, number: &Number, card: &CustomerCard) -> Result<Reached<Customer>> {
    let id = tx.change(CHANGE, |w| {
        let search = card.search(number);
        let id = w.insert(&INSERT, &with_card(card, &search, (":number", number)))?;
        Ok((CustomerId(id), Entry::about::<Customer>(id, number.as_str(), "customer.added").after(card)))
    })?;
    find(tx, id)
}

/// Changes a customer's card; `false` if it was so already, and nothing was written.
pub fn set(tx: &WriteTx, customer: &Reached<Customer>, card: &CustomerCard) -> Result<bool> {
    if customer.card == *card {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        let search = card.search(&customer.number);
        w.run(&UPDATE, &with_card(card, &search, (":id", &customer.id)))?;
        Ok((true, Entry::on(customer, "customer.changed").before(&customer.card).after(card)))
    })
}

/// Closes a customer or opens it again; `false` if it was so already.
pub fn set_status(tx: &WriteTx, customer: &Reached<Customer>, status: CustomerStatus) -> Result<bool> {
    if customer.status == status {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        w.run(&SET_STATUS, named! { ":id": customer.id, ":status": status })?;
        let action = if status == CustomerStatus::Closed { "customer.closed" } else { "customer.opened" };
        Ok((true, Entry::on(customer, action).before(&customer.status).after(&status)))
    })
}

/// Deletes a customer with its people, places, machines and orders; the audit stays.
pub fn delete(tx: &WriteTx, customer: &Reached<Customer>) -> Result<()> {
    tx.change(CHANGE, |w| {
        w.run(&DELETE, named! { ":id": customer.id })?;
        Ok(((), Entry::on(customer, "customer.deleted").before(&**customer)))
    })
}

/// A card's values by name, beside the key of its row.
fn with_card<'a>(
    card: &'a CustomerCard,
    search: &'a dyn Value,
    key: (&'static str, &'a dyn Value),
) -> Vec<(&'static str, &'a dyn Value)> {
    vec![
        key,
        (":name", &card.name),
        (":org_no", &card.org_no),
        (":email", &card.email),
        (":phone", &card.phone),
        (":fax", &card.fax),
        (":address", &card.address),
        (":address2", &card.address2),
        (":postal_code", &card.postal_code),
        (":city", &card.city),
        (":region", &card.region),
        (":country", &card.country),
        (":lang", &card.lang),
        (":prefix", &card.prefix),
        (":note", &card.note),
        (":external_id", &card.external_id),
        (":search", search),
    ]
}

fn customer(row: &Row) -> RowResult<Customer> {
    Ok(Customer {
        id: row.get(0)?,
        number: row.get(1)?,
        card: CustomerCard {
            name: row.get(2)?,
            org_no: row.get(3)?,
            email: row.get(4)?,
            phone: row.get(5)?,
            fax: row.get(6)?,
            address: row.get(7)?,
            address2: row.get(8)?,
            postal_code: row.get(9)?,
            city: row.get(10)?,
            region: row.get(11)?,
            country: row.get(12)?,
            lang: row.get(13)?,
            prefix: row.get(14)?,
            note: row.get(15)?,
            external_id: row.get(16)?,
        },
        status: row.get(17)?,
        created_at: row.get(18)?,
    })
}
