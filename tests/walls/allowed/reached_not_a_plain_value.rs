//! A value that was reached once and laid open is plain.

use frontdesk::customers;
use frontdesk::db::WriteTx;
use frontdesk::error::Result;
use frontdesk::ids::CustomerId;

pub fn remove(tx: &WriteTx, id: CustomerId) -> Result<()> {
    let customer = customers::find(tx, id)?;
    customers::delete(tx, &customer)
}
