//! A transaction does not outlive its closure.

use frontdesk::access::Actor;
use frontdesk::db::Db;
use frontdesk::error::Result;

pub fn keep(db: &Db, actor: &Actor) -> Result<()> {
    let _ = db.read(actor, |tx| Ok(tx.now()))?;
    Ok(())
}
