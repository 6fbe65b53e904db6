//! What is done in a read cannot call what writes.

use frontdesk::access::Actor;
use frontdesk::customers;
use frontdesk::db::Db;
use frontdesk::error::Result;
use frontdesk::ids::CustomerId;

pub fn remove(db: &Db, actor: &Actor, id: CustomerId) -> Result<()> {
    db.read(actor, |tx| customers::delete(tx, &customers::find(tx, id)?))
}
