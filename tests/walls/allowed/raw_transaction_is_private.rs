//! The raw transaction stays inside db.

use frontdesk::db::Tx;

pub fn peek(tx: &Tx) {
    let _ = tx.actor();
}
