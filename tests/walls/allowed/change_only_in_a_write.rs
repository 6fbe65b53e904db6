//! A reading transaction changes nothing.

use frontdesk::access::{Need, Right};
use frontdesk::customers::Customer;
use frontdesk::db::{Entry, Reached, Tx, WriteTx};
use frontdesk::error::Result;

pub fn touch(reading: &Tx, writing: &WriteTx, customer: &Reached<Customer>) -> Result<()> {
    let _ = (reading, writing);
    writing.change(Need::right(Right::Customers), |_| Ok(((), Entry::on(customer, "customer.touched"))))
}
