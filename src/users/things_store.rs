//! What decides who sees a document or a self-check, looked up for an explanation.

use super::{Spot, Thing};
use crate::access::{Need, Permission};
use crate::db::named;
use crate::db::{Reached, Row, RowResult, Scoped, Tx};
use crate::error::{Error, Result};
use crate::ids::{ContactId, CustomerId, DocumentId, SelfcheckId};
use crate::text::Number;

const DOCUMENT: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT 'document ' || d.id || ' (' || d.name || ')', d.customer_id, f.number, d.contact_id, d.shared,
           CASE WHEN d.order_id IS NOT NULL THEN 'order' WHEN d.object_id IS NOT NULL THEN 'object'
                WHEN d.facility_id IS NOT NULL THEN 'facility' WHEN d.selfcheck_id IS NOT NULL THEN 'selfcheck'
                WHEN d.contact_id IS NOT NULL THEN 'contact' ELSE 'customer' END,
           s.id IS NOT NULL AND s.order_id IS NULL AND s.object_id IS NULL, d.id
      FROM documents d
      LEFT JOIN selfchecks s ON s.id = d.selfcheck_id
      LEFT JOIN orders o ON o.id = coalesce(d.order_id, s.order_id)
      LEFT JOIN objects m ON m.id = coalesce(d.object_id, s.object_id)
      LEFT JOIN facilities f ON f.id = coalesce(d.facility_id, o.facility_id, m.facility_id)
     WHERE d.id = :id
       AND EXISTS (SELECT 1 FROM reach_documents r WHERE r.actor = :actor AND r.document_id = d.id)",
);

const SELFCHECK: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT 'self-check ' || s.id || ' (' || s.title || ')', s.customer_id, f.number, NULL, 1, 'selfcheck',
           s.order_id IS NULL AND s.object_id IS NULL
      FROM selfchecks s
      LEFT JOIN orders o ON o.id = s.order_id
      LEFT JOIN objects m ON m.id = s.object_id
      LEFT JOIN facilities f ON f.id = coalesce(o.facility_id, m.facility_id)
     WHERE s.id = :id
       AND EXISTS (SELECT 1 FROM reach_selfchecks r WHERE r.actor = :actor AND r.selfcheck_id = s.id)",
);

/// A document: it is seen by whoever sees what it lies on, if it is shared.
pub fn document(tx: &Tx, id: DocumentId) -> Result<Reached<Thing>> {
    let found = tx.one(&DOCUMENT, named! { ":id": id }, |row| {
        let shared = (row.get(4)?, format!("frontdesk document set {} --share", row.get::<_, DocumentId>(7)?));
        Ok(Thing { shared: Some(shared), ..thing(row)? })
    })?;
    found.ok_or_else(|| Error::not_found("document", id))
}

/// A self-check: it is seen by whoever reaches its order or object.
pub fn selfcheck(tx: &Tx, id: SelfcheckId) -> Result<Reached<Thing>> {
    let found = tx.one(&SELFCHECK, named! { ":id": id }, thing)?;
    found.ok_or_else(|| Error::not_found("self-check", id))
}

fn thing(row: &Row) -> RowResult<Thing> {
    let (facility, contact) = (row.get::<_, Option<Number>>(2)?, row.get::<_, Option<ContactId>>(3)?);
    let (lies_on, nowhere) = (row.get::<_, String>(5)?, row.get::<_, bool>(6)?);
    let found_with = match lies_on.as_str() {
        "order" => Some(Permission::OrderView),
        "object" => Some(Permission::ObjectView),
        "facility" => Some(Permission::FacilityView),
        "selfcheck" => Some(Permission::SelfcheckView),
        "customer" => Some(Permission::CompanyView),
        _ => None,
    };
    let spot = match (contact, lies_on.as_str()) {
        (Some(contact), _) => Spot::Person(contact),
        (None, "customer") => Spot::Customer,
        _ if nowhere => Spot::Nowhere,
        _ => Spot::at(facility.as_ref()),
    };
    Ok(Thing { label: row.get(0)?, customer: row.get::<_, CustomerId>(1)?, spot, found_with, shared: None })
}
