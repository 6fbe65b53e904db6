//! The documents of a self-check, each with the point that it belongs to.

use super::store::{SEE, document, documents};
use super::{Document, FileName};
use crate::db::named;
use crate::db::{Below, Reached, Row, RowResult, Tx};
use crate::error::Result;
use crate::ids::DocumentId;
use crate::selfchecks::{Point, Selfcheck};

const OF: Below<Selfcheck> = Below::new(
    SEE,
    "
    SELECT d.id, d.name, p.position
      FROM documents d
      LEFT JOIN selfcheck_points p ON p.id = d.point_id
     WHERE d.group_id = :group
       AND d.customer_id = (SELECT s.customer_id FROM selfchecks s WHERE s.id = :parent)
       AND d.selfcheck_id = :parent
       AND EXISTS (SELECT 1 FROM reach_documents r WHERE r.actor = :actor AND r.document_id = d.id)
     ORDER BY d.id",
);

const OF_WHOLE: Below<Selfcheck> = Below::new(
    SEE,
    documents!(
        "d.group_id = :group
       AND d.selfcheck_id = :parent
       AND d.point_id IS NULL
     ORDER BY d.at DESC, d.id DESC"
    ),
);

const OF_POINT: Below<Point> = Below::new(
    SEE,
    documents!(
        "d.group_id = :group
       AND d.point_id = :parent
     ORDER BY d.at DESC, d.id DESC"
    ),
);

/// What lies on a point, or on the self-check as a whole; the newest first.
pub(super) fn on(
    tx: &Tx,
    check: &Reached<Selfcheck>,
    point: Option<&Reached<Point>>,
) -> Result<Vec<Reached<Document>>> {
    match point {
        Some(point) => tx.below(point, &OF_POINT, named! {}, document),
        None => tx.below(check, &OF_WHOLE, named! {}, document),
    }
}

/// A document of a self-check.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Attached {
    /// Its row.
    pub id: DocumentId,
    /// What it is called.
    pub name: FileName,
    /// The place of its point; without one it belongs to the self-check as a whole.
    pub point: Option<u32>,
}

/// The documents of a self-check that its reader may see; none if they may see none.
pub fn attached(tx: &Tx, check: &Reached<Selfcheck>) -> Result<Vec<Reached<Attached>>> {
    if tx.may(SEE) { tx.below(check, &OF, named! {}, row) } else { Ok(Vec::new()) }
}

fn row(row: &Row) -> RowResult<Attached> {
    Ok(Attached { id: row.get(0)?, name: row.get(1)?, point: row.get(2)? })
}
