//! Self-checks are found and listed here, with their points and what happened to them.

use super::{On, Point, PointCard, SEE, Said, Selfcheck, SelfcheckFilter, Step};
use crate::db::named;
use crate::db::{Below, Reached, Row, RowResult, Scoped, Tx};
use crate::error::{Error, Kind, Result};
use crate::ids::SelfcheckId;
use crate::objects::Object;
use crate::orders::Order;

/// A statement that reads self-checks in reach; what follows is the caller's.
macro_rules! selfchecks {
    ($rest:literal) => {
        concat!(
            "
    SELECT s.id, s.customer_id, c.number, c.name, s.order_id, o.number, s.object_id, m.number, coalesce(o.title, m.name),
           f.name, s.template, s.title, s.state, s.author, s.created_at, s.signed_by, s.signed_at,
           (SELECT count(*)
              FROM selfcheck_points p
             WHERE p.group_id = s.group_id AND p.customer_id = s.customer_id AND p.selfcheck_id = s.id),
           (SELECT count(*)
              FROM selfcheck_points p
             WHERE p.group_id = s.group_id AND p.customer_id = s.customer_id AND p.selfcheck_id = s.id
               AND (p.answer IS NOT NULL OR p.value IS NOT NULL)),
           (SELECT count(*)
              FROM selfcheck_points p
             WHERE p.group_id = s.group_id AND p.customer_id = s.customer_id AND p.selfcheck_id = s.id
               AND p.required = 1 AND p.answer IS NULL AND p.value IS NULL),
           (SELECT count(*)
              FROM selfcheck_points p
             WHERE p.group_id = s.group_id AND p.customer_id = s.customer_id AND p.selfcheck_id = s.id
               AND p.answer = 'fail')
      FROM selfchecks s
      JOIN customers c ON c.id = s.customer_id
      LEFT JOIN orders o ON o.id = s.order_id
      LEFT JOIN objects m ON m.id = s.object_id
      LEFT JOIN facilities f ON f.id = coalesce(o.facility_id, m.facility_id)
     WHERE EXISTS (SELECT 1 FROM reach_selfchecks r WHERE r.actor = :actor AND r.selfcheck_id = s.id)
       AND ",
            $rest
        )
    };
}

const BY_ID: Scoped = Scoped::new(SEE, selfchecks!("s.id = :id"));

const ALL: Scoped = Scoped::new(
    SEE,
    selfchecks!(
        "s.group_id = :group
       AND (:customer IS NULL OR s.customer_id = :customer)
       AND (:order IS NULL OR s.order_id = :order)
       AND (:object IS NULL OR s.object_id = :object)
       AND (:state IS NULL OR s.state = :state)
     ORDER BY s.id DESC"
    ),
);

const OF_ORDER: Below<Order> = Below::new(
    SEE,
    selfchecks!(
        "s.group_id = :group
       AND s.customer_id = (SELECT p.customer_id FROM orders p WHERE p.id = :parent)
       AND s.order_id = :parent
     ORDER BY s.id"
    ),
);

const OF_OBJECT: Below<Object> = Below::new(
    SEE,
    selfchecks!(
        "s.group_id = :group
       AND s.customer_id = (SELECT p.customer_id FROM objects p WHERE p.id = :parent)
       AND s.object_id = :parent
     ORDER BY s.id DESC"
    ),
);

const POINTS: Below<Selfcheck> = Below::new(
    SEE,
    "
    SELECT p.id, p.position, p.text, p.kind, p.unit, p.required, p.answer, p.value, p.note, p.author, p.at
      FROM selfcheck_points p
     WHERE p.group_id = :group
       AND p.customer_id = (SELECT s.customer_id FROM selfchecks s WHERE s.id = :parent)
       AND p.selfcheck_id = :parent
     ORDER BY p.position",
);

const STEPS: Below<Selfcheck> = Below::new(
    SEE,
    "
    SELECT t.step, t.reason, t.author, t.at
      FROM selfcheck_steps t
     WHERE t.group_id = :group
       AND t.customer_id = (SELECT s.customer_id FROM selfchecks s WHERE s.id = :parent)
       AND t.selfcheck_id = :parent
     ORDER BY t.id",
);

/// The self-check in this row.
pub fn find(tx: &Tx, id: SelfcheckId) -> Result<Reached<Selfcheck>> {
    let found = tx.one(&BY_ID, named! { ":id": id }, selfcheck)?;
    found.ok_or_else(|| Error::not_found("self-check", id).tip("see them with: frontdesk selfcheck list"))
}

/// The self-checks in reach that a filter leaves, the newest first.
pub fn list(tx: &Tx, filter: &SelfcheckFilter) -> Result<Vec<Reached<Selfcheck>>> {
    let values = named! {
        ":customer": filter.customer, ":order": filter.order, ":object": filter.object, ":state": filter.state,
    };
    tx.many(&ALL, values, selfcheck)
}

/// The self-checks on an order, in the order they were begun; on a machine, the newest first.
pub fn of(tx: &Tx, on: On) -> Result<Vec<Reached<Selfcheck>>> {
    match on {
        On::Order(order) => tx.below(order, &OF_ORDER, named! {}, selfcheck),
        On::Object(object) => tx.below(object, &OF_OBJECT, named! {}, selfcheck),
    }
}

/// The points of a self-check, in order.
pub fn points(tx: &Tx, check: &Reached<Selfcheck>) -> Result<Vec<Reached<Point>>> {
    tx.below(check, &POINTS, named! {}, point_row)
}

/// The point of a self-check at this place.
pub fn point(tx: &Tx, check: &Reached<Selfcheck>, position: u32) -> Result<Reached<Point>> {
    let mut all = points(tx, check)?;
    match all.iter().position(|point| point.position == position) {
        Some(at) => Ok(all.swap_remove(at)),
        None => Err(no_point(check, position, all.len())),
    }
}

/// That a self-check has no point at a place.
pub fn no_point(check: &Selfcheck, position: u32, points: usize) -> Error {
    Error::new(Kind::NotFound, format!("self-check {} has no point {position}: they are 1 to {points}", check.id))
        .at("point")
        .tip(format!("see them with: frontdesk selfcheck show {}", check.id))
}

/// What happened to a self-check as a whole, the oldest first.
pub fn steps(tx: &Tx, check: &Reached<Selfcheck>) -> Result<Vec<Reached<Step>>> {
    tx.below(check, &STEPS, named! {}, step)
}

fn selfcheck(row: &Row) -> RowResult<Selfcheck> {
    Ok(Selfcheck {
        id: row.get(0)?,
        customer_id: row.get(1)?,
        customer_no: row.get(2)?,
        customer: row.get(3)?,
        order_id: row.get(4)?,
        order_no: row.get(5)?,
        object_id: row.get(6)?,
        object_no: row.get(7)?,
        about: row.get(8)?,
        facility: row.get(9)?,
        template: row.get(10)?,
        title: row.get(11)?,
        state: row.get(12)?,
        author: row.get(13)?,
        created_at: row.get(14)?,
        signed_by: row.get(15)?,
        signed_at: row.get(16)?,
        points: row.get(17)?,
        answered: row.get(18)?,
        missing: row.get(19)?,
        failed: row.get(20)?,
    })
}

fn point_row(row: &Row) -> RowResult<Point> {
    Ok(Point {
        id: row.get(0)?,
        position: row.get(1)?,
        card: PointCard { text: row.get(2)?, kind: row.get(3)?, unit: row.get(4)?, required: row.get(5)? },
        said: Said { answer: row.get(6)?, value: row.get(7)?, note: row.get(8)? },
        author: row.get(9)?,
        at: row.get(10)?,
    })
}

fn step(row: &Row) -> RowResult<Step> {
    Ok(Step { step: row.get(0)?, reason: row.get(1)?, author: row.get(2)?, at: row.get(3)? })
}
