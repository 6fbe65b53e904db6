//! What is needed to order something: the book to write it into, the places and machines to choose from, the receipt.
//!
//! Nothing here asks for `order.view`: somebody who may only report faults orders, reads the receipt of what they ordered,
//! and sees no order besides.

use super::store::{order, orders};
use super::{Book, Choice, Order};
use crate::access::{Need, Permission};
use crate::customers::Customer;
use crate::db::named;
use crate::db::{Reached, Row, RowResult, Scoped, Tx};
use crate::error::{Error, Kind, Result};
use crate::ids::{CustomerId, OrderId};
use crate::text::{Line, Number};

/// Whoever may order.
const ORDER: Need = Need::see(Permission::OrderCreate);

const BOOK: Scoped = Scoped::new(
    ORDER,
    "
    SELECT c.id, c.number, c.name, g.prefix, c.prefix, c.status = 'closed',
           EXISTS (SELECT 1 FROM reach_places p WHERE p.actor = :actor AND p.customer_id = c.id AND p.place = -c.id)
      FROM customers c
      JOIN groups g ON g.id = c.group_id
      JOIN reach_customers r ON r.actor = :actor AND r.customer_id = c.id
     WHERE :id IS NULL OR c.id = :id",
);

const PLACES: Scoped = Scoped::new(
    ORDER,
    "
    SELECT f.id, f.customer_id, f.number, f.name, 1
      FROM facilities f
     WHERE f.id IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)
       AND f.status = 'open'
     ORDER BY f.name, f.number",
);

const MACHINES: Scoped = Scoped::new(
    Need::see(Permission::ObjectView),
    "
    SELECT m.number, m.name, f.number, f.name
      FROM objects m
      LEFT JOIN facilities f ON f.id = m.facility_id
     WHERE m.place IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)
       AND m.status = 'active'
       AND (f.id IS NULL OR f.status = 'open')
     ORDER BY f.name NULLS LAST, f.number, m.number
     LIMIT :limit",
);

/// An order read back by whoever wrote it.
macro_rules! own {
    ($which:literal) => {
        Scoped::new(
            ORDER,
            orders!(
                $which,
                "
       AND (:actor < 0 OR o.access_id = :actor)
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = o.customer_id AND r.place = o.place)"
            ),
        )
    };
}

const MADE: Scoped = own!("o.id = :id");

const RECEIPT: Scoped = own!("o.group_id = :group AND o.number = :number");

/// A machine that work can be ordered for.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// Its number.
    pub number: Number,
    /// Its name.
    pub name: Line,
    /// Number and name of the facility it stands at.
    pub facility: Option<(Number, Line)>,
}

/// Whether the actor may order something.
pub fn may_order(tx: &Tx) -> bool {
    tx.may(super::create_store::CREATE)
}

/// The order book of a customer.
pub fn book(tx: &Tx, customer: &Reached<Customer>) -> Result<Reached<Book>> {
    let found = tx.one(&BOOK, named! { ":id": customer.id }, book_row)?;
    found.ok_or_else(|| Error::not_found("customer", &customer.number))
}

/// The order book that an order stands in.
pub(super) fn book_of(tx: &Tx, order: &Reached<Order>) -> Result<Reached<Book>> {
    let found = tx.one(&BOOK, named! { ":id": order.customer_id }, book_row)?;
    found.ok_or_else(|| Error::not_found("customer", &order.customer_no))
}

/// The order book of the customer whose user acts.
pub fn own_book(tx: &Tx) -> Result<Reached<Book>> {
    if tx.actor().sort() != "user" {
        return Err(Error::new(Kind::Denied, format!("{} is at no customer", tx.actor().name())));
    }
    let found = tx.one(&BOOK, named! { ":id": None::<CustomerId> }, book_row)?;
    found.ok_or_else(|| Error::not_found("customer", tx.actor().name()))
}

/// The facilities at which the actor can order work, by name: those in reach that are in use.
pub fn places(tx: &Tx) -> Result<Vec<Reached<Choice>>> {
    tx.many(&PLACES, named! {}, super::pipeline_store::choice)
}

/// The machines for which the actor can order work, by facility and number, at most so many: those in reach that are in
/// use, at a facility that is.
pub fn machines(tx: &Tx, limit: u32) -> Result<Vec<Reached<Machine>>> {
    tx.many(&MACHINES, named! { ":limit": limit }, |row| {
        let facility = row.get::<_, Option<Number>>(2)?.zip(row.get::<_, Option<Line>>(3)?);
        Ok(Machine { number: row.get(0)?, name: row.get(1)?, facility })
    })
}

/// The order in this row, which the actor wrote and still reaches.
pub fn made(tx: &Tx, id: OrderId) -> Result<Reached<Order>> {
    let found = tx.one(&MADE, named! { ":id": id }, order)?;
    found.ok_or_else(|| Error::not_found("order", format!("id:{id}")))
}

/// An order with this number that the actor wrote and still reaches.
pub fn receipt(tx: &Tx, number: &Number) -> Result<Reached<Order>> {
    let found = tx.one(&RECEIPT, named! { ":number": number }, order)?;
    found.ok_or_else(|| Error::not_found("order", number))
}

fn book_row(row: &Row) -> RowResult<Book> {
    Ok(Book {
        customer_id: row.get(0)?,
        customer_no: row.get(1)?,
        customer: row.get(2)?,
        group_prefix: row.get(3)?,
        prefix: row.get(4)?,
        is_closed: row.get(5)?,
        unattached: row.get(6)?,
    })
}
