//! The codes of labels are kept here: made when a label is first printed, and the same for ever.

use super::{Object, find};
use crate::access::{Need, Permission, Right};
use crate::db::named;
use crate::db::{Below, Change, Entry, Reached, Scoped, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::ids::ObjectId;
use crate::secret;

const CODE: Below<Object> = Below::new(
    Need::staff(),
    "
    SELECT l.code
      FROM objects m
      JOIN object_labels l ON l.group_id = m.group_id AND l.customer_id = m.customer_id AND l.object_id = m.id
     WHERE m.id = :parent",
);

const BY_CODE: Scoped = Scoped::new(
    Need::see(Permission::ObjectView),
    "
    SELECT m.id
      FROM object_labels l
      JOIN objects m ON m.id = l.object_id
     WHERE l.group_id = :group
       AND l.code = :code
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = m.customer_id AND r.place = m.place)",
);

const INSERT: Change = Change::new(
    "
    INSERT INTO object_labels (group_id, customer_id, object_id, code, created_at)
    VALUES (:group, :customer, :object, :code, :now)",
);

/// The code on an object's label, and whether it was made just now.
pub fn label(tx: &WriteTx, object: &Reached<Object>) -> Result<(String, bool)> {
    if let Some(code) = tx.below(object, &CODE, named! {}, |row| row.get::<_, String>(0))?.pop() {
        return Ok((code.into_inner(), false));
    }
    tx.change(Need::right(Right::Customers), |w| {
        let code = secret::random_code()?;
        w.run(&INSERT, named! { ":customer": object.customer_id, ":object": object.id, ":code": code })?;
        Ok(((code.clone(), true), Entry::on(object, "object.labelled").after(&code)))
    })
}

/// The object on which a label with this code hangs. Renumbered or moved, it is found all the same.
pub fn labelled(tx: &Tx, code: &str) -> Result<Reached<Object>> {
    match tx.one(&BY_CODE, named! { ":code": code }, |row| row.get::<_, ObjectId>(0))? {
        Some(id) => find(tx, *id),
        None => Err(Error::not_found("label", code)),
    }
}
