//! A statement about children is asked with their own parent.

use frontdesk::access::Need;
use frontdesk::customers::Customer;
use frontdesk::db::{Below, Reached, Tx, named};
use frontdesk::error::Result;
use frontdesk::facilities::Facility;

const NAMES: Below<Customer> = Below::new(Need::staff(), "SELECT name FROM facilities WHERE customer_id = :parent");

pub fn names(tx: &Tx, customer: &Reached<Customer>, facility: &Reached<Facility>) -> Result<Vec<Reached<String>>> {
    let _ = (customer, facility);
    tx.below(customer, &NAMES, named! {}, |row| row.get(0))
}
