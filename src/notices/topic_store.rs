//! What a letter shows of an order, a machine, a place or a customer; nothing internal.

use crate::db::{Open, Row, RowResult, Tx, named};
use crate::error::{Error, Result};
use crate::outbox::letter::{ObjectFacts, OrderFacts, Topic};
use crate::outbox::notice::About;
use crate::text::{Line, Number};

const ORDER: Open = Open::new(
    "a letter shows its reader what an order is about, whoever changed it",
    "
    SELECT o.number, o.title, c.name, f.name, m.number, m.name, o.planned_from, p.name, p.emergency, o.reference,
           o.site_contact, o.site_phone
      FROM orders o
      JOIN customers c ON c.id = o.customer_id
      JOIN priorities p ON p.id = o.priority_id
      LEFT JOIN facilities f ON f.id = o.facility_id
      LEFT JOIN objects m ON m.id = o.object_id
     WHERE o.group_id = :group
       AND o.id = :id",
);

const OBJECT: Open = Open::new(
    "a letter shows its reader which machine it is about, whoever changed it",
    "
    SELECT m.number, m.name, f.name, c.name
      FROM objects m
      JOIN customers c ON c.id = m.customer_id
      LEFT JOIN facilities f ON f.id = m.facility_id
     WHERE m.group_id = :group
       AND m.id = :id",
);

const FACILITY: Open = Open::new(
    "a letter shows its reader which place it is about, whoever changed it",
    "
    SELECT f.number, f.name, c.name
      FROM facilities f
      JOIN customers c ON c.id = f.customer_id
     WHERE f.group_id = :group
       AND f.id = :id",
);

const CUSTOMER: Open = Open::new(
    "a letter shows its reader which customer it is about, whoever changed it",
    "SELECT c.name FROM customers c WHERE c.group_id = :group AND c.id = :id",
);

/// What a letter shows of something.
pub(super) fn topic(tx: &Tx, about: About) -> Result<Topic> {
    let found = match about {
        About::Order(id) => tx.open(&ORDER, named! { ":id": id }, |row| Ok(Topic::Order(order(row)?)))?,
        About::Object(id) => tx.open(&OBJECT, named! { ":id": id }, |row| Ok(Topic::Object(object(row)?)))?,
        About::Facility(id) => tx.open(&FACILITY, named! { ":id": id }, |row| {
            Ok(Topic::Facility { number: row.get(0)?, name: row.get(1)?, customer: row.get(2)? })
        })?,
        About::Customer(id) => {
            tx.open(&CUSTOMER, named! { ":id": id }, |row| Ok(Topic::Customer { name: row.get(0)? }))?
        }
    };
    let gone = || Error::internal(anyhow::anyhow!("what a notice is about is gone: {about:?}"));
    found.into_iter().next().ok_or_else(gone)
}

fn order(row: &Row) -> RowResult<OrderFacts> {
    let (number, name): (Option<Number>, Option<Line>) = (row.get(4)?, row.get(5)?);
    let object = number.zip(name).and_then(|(number, name)| Line::parse(&format!("{number} {name}")).ok());
    Ok(OrderFacts {
        number: row.get(0)?,
        title: row.get(1)?,
        customer: row.get(2)?,
        facility: row.get(3)?,
        object,
        planned: row.get(6)?,
        priority: Some(row.get(7)?),
        emergency: row.get(8)?,
        reference: row.get(9)?,
        site_contact: row.get(10)?,
        site_phone: row.get(11)?,
    })
}

fn object(row: &Row) -> RowResult<ObjectFacts> {
    Ok(ObjectFacts { number: row.get(0)?, name: row.get(1)?, facility: row.get(2)?, customer: row.get(3)? })
}
