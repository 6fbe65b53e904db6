//! Only a transaction says that something is reached.

use frontdesk::customers::{self, Customer};
use frontdesk::db::{Reached, Tx};
use frontdesk::error::Result;

pub fn reach(tx: &Tx, customer: Customer) -> Result<Reached<Customer>> {
    customers::find(tx, customer.id)
}
