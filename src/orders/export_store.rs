//! The pipeline as a file: every order in reach that a filter leaves, with what its customer may read.
//!
//! The cost, what other programs call it and what staff write for each other are not among the columns.

use super::pipeline::PipelineFilter;
use super::pipeline_store::{filter, with_filter};
use super::store::SEE;
use crate::clock::Moment;
use crate::db::{Json, Reached, Row, RowResult, Scoped, Tx, Value};
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::OrderKind;
use crate::stage::Stage;
use crate::text::{Line, Number, Prose, like};

/// How many orders are read at a time.
const STEP: u32 = 500;

/// How many orders a file has at most, the newest first.
pub const EXPORTED: usize = 50_000;

// The next ones after the last that was read, in the order of the customer's index.
const NEXT: Scoped = Scoped::new(
    SEE,
    concat!(
        "
    SELECT b.id, b.created_at, b.number, b.title, b.kind, b.stage, s.name, p.name, f.number, f.name, m.number, m.name,
           k.name, b.site_contact, b.site_phone, b.reference, b.planned_from, b.planned_to, b.due_at,
           b.due_at IS NOT NULL AND b.due_at < :now AND b.stage NOT IN ('done', 'cancelled'), b.closed_at, b.description,
           (SELECT json_group_array(t.name ORDER BY t.login)
              FROM order_staff x
              JOIN staff t ON t.group_id = x.group_id AND t.id = x.staff_id
             WHERE x.group_id = b.group_id AND x.order_id = b.id)
      FROM orders b
      JOIN statuses s ON s.id = b.status_id
      JOIN priorities p ON p.id = b.priority_id
      LEFT JOIN facilities f ON f.id = b.facility_id
      LEFT JOIN objects m ON m.id = b.object_id
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = m.customer_id AND r.place = m.place)
      LEFT JOIN contacts k ON k.id = b.contact_id
     WHERE b.group_id = :group
       AND b.customer_id = (SELECT a.customer_id FROM accesses a WHERE a.id = :actor)
       AND +b.place IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)
       AND (:stage IS NULL OR +b.stage = :stage)
       AND b.created_at <= coalesce(:before, '9999')
       AND (:before IS NULL OR b.created_at < :before OR b.id < :before_id)",
        filter!(),
        "
     ORDER BY b.created_at DESC, b.id DESC
     LIMIT :limit"
    ),
);

/// An order as a line of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportRow {
    id: OrderId,
    /// When it came.
    pub created_at: Moment,
    /// Its number.
    pub number: Number,
    /// Its title.
    pub title: Line,
    /// What sort of order it is.
    pub kind: OrderKind,
    /// How far it is.
    pub stage: Stage,
    /// The company's name for that.
    pub status: Line,
    /// How soon it must be done.
    pub priority: Line,
    /// Number and name of where it is.
    pub facility: (Option<Number>, Option<Line>),
    /// Number and name of the machine, if that is in reach.
    pub object: (Option<Number>, Option<Line>),
    /// The person it is assigned to.
    pub contact: Option<Line>,
    /// Whom to ask where the work is.
    pub site_contact: Option<Line>,
    /// The number under which they answer.
    pub site_phone: Option<Line>,
    /// The customer's own name for it.
    pub reference: Option<Line>,
    /// When somebody comes.
    pub planned_from: Option<Moment>,
    /// When they are done.
    pub planned_to: Option<Moment>,
    /// When it is overdue.
    pub due_at: Option<Moment>,
    /// Whether it is.
    pub overdue: bool,
    /// When it was done or cancelled.
    pub closed_at: Option<Moment>,
    /// What is wanted, at length.
    pub description: Option<Prose>,
    /// Who does the work.
    pub technicians: Vec<String>,
}

/// Hands out the orders in reach that a filter leaves, the newest first, a few at a time; says whether that was all of
/// them.
pub fn export(
    tx: &Tx,
    filter: &PipelineFilter,
    most: usize,
    mut each: impl FnMut(&ExportRow) -> Result<()>,
) -> Result<bool> {
    let words = filter.search.as_deref().map(like);
    let (mut last, mut count): (Option<Reached<ExportRow>>, usize) = (None, 0);
    loop {
        let before = last.as_ref().map(|row| (row.created_at, row.id));
        let (before, before_id) = (before.map(|(at, _)| at), before.map(|(_, id)| id));
        let mut params = with_filter(filter, &words);
        params.extend([(":stage", &filter.stage as &dyn Value), (":limit", &STEP)]);
        params.extend([(":before", &before as &dyn Value), (":before_id", &before_id)]);
        let rows = tx.many(&NEXT, &params, exported)?;
        for row in &rows {
            if count == most {
                return Ok(false);
            }
            each(row)?;
            count += 1;
        }
        if rows.len() < STEP as usize {
            return Ok(true);
        }
        last = rows.into_iter().last();
    }
}

fn exported(row: &Row) -> RowResult<ExportRow> {
    let Json(technicians) = row.get(22)?;
    Ok(ExportRow {
        id: row.get(0)?,
        created_at: row.get(1)?,
        number: row.get(2)?,
        title: row.get(3)?,
        kind: row.get(4)?,
        stage: row.get(5)?,
        status: row.get(6)?,
        priority: row.get(7)?,
        facility: (row.get(8)?, row.get(9)?),
        object: (row.get(10)?, row.get(11)?),
        contact: row.get(12)?,
        site_contact: row.get(13)?,
        site_phone: row.get(14)?,
        reference: row.get(15)?,
        planned_from: row.get(16)?,
        planned_to: row.get(17)?,
        due_at: row.get(18)?,
        overdue: row.get(19)?,
        closed_at: row.get(20)?,
        description: row.get(21)?,
        technicians,
    })
}
