//! A writer does not outlive its change.

use frontdesk::access::{Need, Right};
use frontdesk::customers::Customer;
use frontdesk::db::{Entry, Reached, WriteTx, Writer};
use frontdesk::error::Result;

pub fn keep(tx: &WriteTx, customer: &Reached<Customer>) -> Result<()> {
    let mut kept: Option<&Writer> = None;
    tx.change(Need::right(Right::Customers), |w| {
        let _ = (w, &mut kept);
        Ok(((), Entry::on(customer, "customer.touched")))
    })?;
    kept.take();
    Ok(())
}
