//! Documents are found and listed here.

use super::Document;
use crate::access::{Need, Permission};
use crate::db::named;
use crate::db::{Reached, Row, RowResult, Scoped, Tx};
use crate::error::{Error, Result};
use crate::ids::DocumentId;

pub(super) const SEE: Need = Need::see(Permission::DocumentView);

/// A statement that reads documents in reach; what follows AND is the caller's. Whoever reaches a document reaches what
/// it lies on, so that can be named.
macro_rules! documents {
    ($($rest:tt)+) => {
        concat!(
            "
    SELECT d.id, d.name, d.media_type, d.size, d.hash, d.purpose, d.text, d.shared, d.side, d.author, d.at, d.comment_id,
           c.number, c.name, o.number, m.number, m.name, f.number, f.name, coalesce(k.email, k.name), k.name,
           d.selfcheck_id, s.title
      FROM documents d
      JOIN customers c ON c.id = d.customer_id
      LEFT JOIN orders o ON o.id = d.order_id
      LEFT JOIN objects m ON m.id = d.object_id
      LEFT JOIN facilities f ON f.id = d.facility_id
      LEFT JOIN contacts k ON k.id = d.contact_id
      LEFT JOIN selfchecks s ON s.id = d.selfcheck_id
     WHERE EXISTS (SELECT 1 FROM reach_documents r WHERE r.actor = :actor AND r.document_id = d.id)
       AND ",
            $($rest)+
        )
    };
}

const BY_ID: Scoped = Scoped::new(SEE, documents!("d.group_id = :group AND d.id = :id"));

/// What was just sent is shown to whoever may send it.
const ADDED: Scoped =
    Scoped::new(Need::see(Permission::DocumentUpload), documents!("d.group_id = :group AND d.id = :id"));

/// The document in this row.
pub fn find(tx: &Tx, id: DocumentId) -> Result<Reached<Document>> {
    let found = tx.one(&BY_ID, named! { ":id": id }, document)?;
    found.ok_or_else(|| Error::not_found("document", id).tip("find documents with: frontdesk document list"))
}

/// A document that was just made.
pub(super) fn added(tx: &Tx, id: DocumentId) -> Result<Reached<Document>> {
    tx.one(&ADDED, named! { ":id": id }, document)?.ok_or_else(|| Error::not_found("document", id))
}

pub(super) fn document(row: &Row) -> RowResult<Document> {
    Ok(Document {
        id: row.get(0)?,
        name: row.get(1)?,
        media_type: row.get(2)?,
        size: row.get(3)?,
        hash: row.get(4)?,
        purpose: row.get(5)?,
        text: row.get(6)?,
        shared: row.get(7)?,
        side: row.get(8)?,
        author: row.get(9)?,
        at: row.get(10)?,
        comment: row.get(11)?,
        customer_no: row.get(12)?,
        customer: row.get(13)?,
        order_no: row.get(14)?,
        object_no: row.get(15)?,
        object: row.get(16)?,
        facility_no: row.get(17)?,
        facility: row.get(18)?,
        contact: row.get(19)?,
        contact_name: row.get(20)?,
        selfcheck_id: row.get(21)?,
        selfcheck: row.get(22)?,
    })
}
