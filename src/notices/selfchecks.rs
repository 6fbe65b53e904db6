//! Who is told that a customer signed a self-check: the technicians of its order, else the company's own address.

use super::store::{by, staff};
use crate::access::Side;
use crate::db::{Tx, Writer};
use crate::error::Result;
use crate::ids::OrderId;
use crate::outbox::letter::{Letter, SelfcheckFacts};
use crate::outbox::{self, Post};

/// Tells those at the company that a customer signed a self-check; of what staff sign nobody is told. `order` is the
/// order it lies on, if it lies on one.
pub fn selfcheck_signed(tx: &Tx, w: &Writer, order: Option<OrderId>, facts: &SelfcheckFacts) -> Result<()> {
    if tx.actor().side() == Side::Staff {
        return Ok(());
    }
    let by = by(tx)?;
    for reader in staff(tx, order)? {
        let letter = Letter::SelfcheckToStaff { person: reader.name, selfcheck: facts.clone(), by: by.clone() };
        outbox::queue(w, &Post { letter, to: reader.email, lang: reader.lang, user: reader.user, order })?;
    }
    Ok(())
}
