//! The pipeline is read here: counts by stage, the board, a page of the list, the places to choose from.
//!
//! These statements are for a customer's users, whose pages are made of them: about a millisecond each where the
//! customer has twenty thousand orders. Staff list orders with [`super::list`].

use super::Order;
use super::pipeline::{BOARD_DAYS, Choice, Column, PipelineFilter, Sort};
use super::store::{SEE, order, orders};
use crate::db::named;
use crate::db::{Paged, Reached, Row, RowResult, Scoped, Tx, Value};
use crate::error::Result;
use crate::stage::Stage;
use crate::text::{Number, like};

/// What a filter leaves, except for the stage.
macro_rules! filter {
    () => {
        "
            AND (:facility IS NULL OR b.place = :facility)
            AND (:kind IS NULL OR b.kind = :kind)
            AND (NOT :mine OR b.contact_id = (SELECT a.contact_id FROM accesses a WHERE a.id = :actor))
            AND (:search IS NULL
                 OR b.search LIKE :search ESCAPE '\\'
                 OR b.facility_id IN (SELECT f.id FROM facilities f
                                       WHERE f.id IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)
                                         AND f.search LIKE :search ESCAPE '\\')
                 OR b.object_id IN (SELECT m.id FROM objects m
                                     WHERE m.place IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)
                                       AND m.search LIKE :search ESCAPE '\\'))"
    };
}

pub(super) use filter;

// Read from the counts that are kept by place; only what was closed lately is counted anew, and that is little.
const COUNTS: Scoped = Scoped::new(
    SEE,
    "
    SELECT n.stage, sum(n.orders),
           sum(CASE WHEN n.stage IN ('done', 'cancelled')
                    THEN (SELECT count(*) FROM orders b
                           WHERE b.place = n.place AND b.stage = n.stage AND b.closed_at >= :since AND b.kind = n.kind)
                       + (SELECT count(*) FROM orders b
                           WHERE b.place = n.place AND b.stage = n.stage AND b.closed_at IS NULL AND b.kind = n.kind)
                    ELSE n.orders
                       - (SELECT count(*) FROM orders b
                           WHERE b.place = n.place AND b.stage = n.stage AND b.closed_at < :since AND b.kind = n.kind)
               END)
      FROM order_counts n
     WHERE n.group_id = :group
       AND n.place IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)
       AND (:facility IS NULL OR n.place = :facility)
       AND (:kind IS NULL OR n.kind = :kind)
     GROUP BY n.stage",
);

// Counted by place first, in the order of the index, so that nothing is sorted but the sums.
const FOUND_COUNTS: Scoped = Scoped::new(
    SEE,
    concat!(
        "
    SELECT n.stage, sum(n.orders), sum(n.recent)
      FROM (
         SELECT b.place, b.stage, count(*) AS orders,
                count(CASE WHEN b.closed_at IS NULL OR b.closed_at >= :since THEN 1 END) AS recent
           FROM orders b
          WHERE b.place IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)",
        filter!(),
        "
          GROUP BY b.place, b.stage) n
     GROUP BY n.stage"
    ),
);

const CHOICES: Scoped = Scoped::new(
    SEE,
    "
    SELECT f.id, f.customer_id, f.number, f.name, f.status = 'open'
      FROM facilities f
     WHERE f.id IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)
     ORDER BY f.name, f.number
     LIMIT :limit",
);

const CHOICE: Scoped = Scoped::new(
    SEE,
    "
    SELECT f.id, f.customer_id, f.number, f.name, f.status = 'open'
      FROM facilities f
     WHERE f.group_id = :group
       AND f.number = :number
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = f.customer_id AND r.place = f.id)",
);

/// The orders of one stage by their places: few, where the stage is an open one.
macro_rules! by_place {
    ($sort:literal, $outer:literal) => {
        Scoped::new(
            SEE,
            orders!(
                "o.id IN (
         SELECT b.id
           FROM orders b
          WHERE b.place IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)
            AND b.stage = :stage
            AND (:since IS NULL OR b.closed_at >= :since)",
                filter!(),
                "
          ORDER BY ",
                $sort,
                "
          LIMIT :limit OFFSET :skip)
     ORDER BY ",
                $outer
            ),
        )
    };
}

/// The customer's orders one after another in their order, until there are enough in reach. The plus keeps the engine
/// from taking the places first and sorting them all.
macro_rules! by_customer {
    ($sort:literal, $outer:literal) => {
        Scoped::new(
            SEE,
            orders!(
                "o.id IN (
         SELECT b.id
           FROM orders b
          WHERE b.group_id = :group
            AND b.customer_id = (SELECT a.customer_id FROM accesses a WHERE a.id = :actor)
            AND +b.place IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)
            AND (:stage IS NULL OR +b.stage = :stage)",
                filter!(),
                "
          ORDER BY ",
                $sort,
                "
          LIMIT :limit OFFSET :skip)
     ORDER BY ",
                $outer
            ),
        )
    };
}

const DONE: Scoped = by_place!("b.closed_at DESC, b.id DESC", "o.closed_at DESC, o.id DESC");

macro_rules! lists {
    ($which:ident) => {
        [
            $which!("b.created_at DESC, b.id DESC", "o.created_at DESC, o.id DESC"),
            $which!("b.created_at, b.id", "o.created_at, o.id"),
            $which!("b.planned_from NULLS LAST, b.id", "o.planned_from NULLS LAST, o.id"),
            $which!("b.planned_from DESC, b.id DESC", "o.planned_from DESC, o.id DESC"),
            $which!("b.number", "o.number"),
            $which!("b.number DESC", "o.number DESC"),
            $which!("b.title, b.id", "o.title, o.id"),
            $which!("b.title DESC, b.id DESC", "o.title DESC, o.id DESC"),
        ]
    };
}

// In the order of Sort::ALL.
const BY_PLACE: [Scoped; 8] = lists!(by_place);
const BY_CUSTOMER: [Scoped; 8] = lists!(by_customer);

/// How many orders there are in each stage, whichever stage the filter names.
pub fn counts(tx: &Tx, filter: &PipelineFilter) -> Result<Vec<Column>> {
    let since = tx.now().plus(-BOARD_DAYS * 86_400);
    let found = if filter.search.is_none() && !filter.mine {
        tx.many(&COUNTS, named! { ":facility": filter.facility, ":kind": filter.kind, ":since": since }, column)?
    } else {
        let words = filter.search.as_deref().map(like);
        let mut params = with_filter(filter, &words);
        params.push((":since", &since));
        tx.many(&FOUND_COUNTS, &params, column)?
    };
    Ok(Stage::ALL
        .iter()
        .map(|stage| {
            let column = found.iter().find(|column| column.stage == *stage).map(|column| **column);
            column.unwrap_or(Column { stage: *stage, all: 0, recent: 0 })
        })
        .collect())
}

/// The orders of one stage that the board shows, at most so many: the newest first, of closed ones those that were
/// closed last.
pub fn board(tx: &Tx, stage: Stage, filter: &PipelineFilter, limit: u32) -> Result<Vec<Reached<Order>>> {
    let words = filter.search.as_deref().map(like);
    let since = stage.is_closed().then(|| tx.now().plus(-BOARD_DAYS * 86_400));
    let mut params = with_filter(filter, &words);
    params.extend([(":stage", &stage as &dyn Value), (":since", &since), (":limit", &limit), (":skip", &0)]);
    tx.many(if stage.is_closed() { &DONE } else { &BY_PLACE[Sort::Newest as usize] }, &params, order)
}

/// A page of the list. How many orders there are is known from the counts, which are kept.
pub fn page(tx: &Tx, filter: &PipelineFilter, sort: Sort, number: u32) -> Result<Paged<Order>> {
    let columns = counts(tx, filter)?;
    let wanted = columns.iter().filter(|column| filter.stage.is_none_or(|stage| stage == column.stage));
    let total = wanted.map(|column| column.all).sum();
    let words = filter.search.as_deref().map(like);
    let mut params = with_filter(filter, &words);
    params.push((":stage", &filter.stage));
    match filter.stage {
        Some(stage) if !stage.is_closed() => {
            params.push((":since", &None::<crate::clock::Moment>));
            tx.page_of(total, (&BY_PLACE[sort as usize], &params), number, order)
        }
        _ => tx.page_of(total, (&BY_CUSTOMER[sort as usize], &params), number, order),
    }
}

/// The facilities in reach, by name, at most so many.
pub fn choices(tx: &Tx, most: u32) -> Result<Vec<Reached<Choice>>> {
    tx.many(&CHOICES, named! { ":limit": most }, choice)
}

/// The facility in reach that has this number, for a user, who is at one customer.
pub fn choice_of(tx: &Tx, number: &Number) -> Result<Option<Reached<Choice>>> {
    tx.one(&CHOICE, named! { ":number": number }, choice)
}

pub(super) fn with_filter<'a>(
    filter: &'a PipelineFilter,
    words: &'a Option<String>,
) -> Vec<(&'static str, &'a dyn Value)> {
    vec![(":facility", &filter.facility), (":kind", &filter.kind), (":mine", &filter.mine), (":search", words)]
}

fn column(row: &Row) -> RowResult<Column> {
    Ok(Column { stage: row.get(0)?, all: row.get(1)?, recent: row.get(2)? })
}

pub(super) fn choice(row: &Row) -> RowResult<Choice> {
    Ok(Choice {
        id: row.get(0)?,
        customer_id: row.get(1)?,
        number: row.get(2)?,
        name: row.get(3)?,
        is_open: row.get(4)?,
    })
}
