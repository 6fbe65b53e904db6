//! Nothing is written without an audit line.

use frontdesk::access::{Need, Right};
use frontdesk::customers::Customer;
use frontdesk::db::{Change, Entry, Reached, Tx, WriteTx, Writer, named};
use frontdesk::error::Result;

const CLEAR: Change = Change::new("UPDATE customers SET note = NULL WHERE group_id = :group");

pub fn clear(tx: &WriteTx, customer: &Reached<Customer>) -> Result<usize> {
    let within = |w: &Writer, _: &Tx| w.run(&CLEAR, named! {});
    tx.change(Need::right(Right::Customers), |w| {
        within(&Writer(tx), tx)?;
        Ok((within(w, tx)?, Entry::on(customer, "customer.cleared")))
    })
}
