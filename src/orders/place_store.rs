//! The open orders at a place or on a machine are read here: how many there are, and the newest of them.

use super::Order;
use super::store::{SEE, order, orders};
use crate::db::{Below, Json, Reached, Scoped, Tx, named};
use crate::error::Result;
use crate::facilities::Facility;
use crate::ids::FacilityId;
use crate::objects::Object;

/// Open orders: the newest of them, and how many there are.
#[derive(Clone, Debug)]
pub struct OpenOrders {
    /// The newest, at most as many as were asked for.
    pub newest: Vec<Reached<Order>>,
    /// How many there are.
    pub total: u32,
}

/// How many open orders a facility has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenAt {
    /// The facility.
    pub facility: FacilityId,
    /// How many.
    pub orders: u32,
}

/// Whether an order is at the facility that is the parent.
macro_rules! at {
    () => {
        "
           FROM orders b
          WHERE b.place = :parent
            AND b.stage IN ('received', 'planned', 'in_progress', 'waiting')"
    };
}

/// Whether an order is on the object that is the parent, and in reach: an object moves, its orders stay.
macro_rules! on {
    () => {
        "
           FROM orders b
          WHERE b.group_id = :group
            AND b.customer_id = (SELECT m.customer_id FROM objects m WHERE m.id = :parent)
            AND b.object_id = :parent
            AND b.stage IN ('received', 'planned', 'in_progress', 'waiting')
            AND EXISTS (SELECT 1 FROM reach_places r
                         WHERE r.actor = :actor AND r.customer_id = b.customer_id AND r.place = b.place)"
    };
}

/// The newest of them. The plus keeps the engine from walking all orders of the customer because they are in that order.
macro_rules! newest {
    ($which:ident) => {
        orders!(
            "o.id IN (
         SELECT b.id",
            $which!(),
            "
          ORDER BY +b.created_at DESC, +b.id DESC
          LIMIT :limit)
     ORDER BY o.created_at DESC, o.id DESC"
        )
    };
}

const COUNT_AT: Below<Facility> = Below::new(SEE, concat!("SELECT count(*)", at!()));
const NEWEST_AT: Below<Facility> = Below::new(SEE, newest!(at));
const COUNT_ON: Below<Object> = Below::new(SEE, concat!("SELECT count(*)", on!()));
const NEWEST_ON: Below<Object> = Below::new(SEE, newest!(on));

const OPEN_AT_PLACES: Scoped = Scoped::new(
    SEE,
    "
    SELECT n.place, sum(n.orders)
      FROM order_counts n
     WHERE n.group_id = :group
       AND n.place IN (SELECT e.value FROM json_each(:places) e)
       AND n.stage IN ('received', 'planned', 'in_progress', 'waiting')
       AND n.orders > 0
       AND EXISTS (SELECT 1 FROM reach_places r WHERE r.actor = :actor AND r.place = n.place)
     GROUP BY n.place",
);

/// The open orders at a facility.
pub fn open_at(tx: &Tx, facility: &Reached<Facility>, limit: u32) -> Result<OpenOrders> {
    let total = tx.below(facility, &COUNT_AT, named! {}, |row| row.get::<_, u32>(0))?;
    let newest = tx.below(facility, &NEWEST_AT, named! { ":limit": limit }, order)?;
    Ok(OpenOrders { newest, total: total.first().map_or(0, |total| **total) })
}

/// The open orders on a machine, as far as they are in reach.
pub fn open_on(tx: &Tx, object: &Reached<Object>, limit: u32) -> Result<OpenOrders> {
    let total = tx.below(object, &COUNT_ON, named! {}, |row| row.get::<_, u32>(0))?;
    let newest = tx.below(object, &NEWEST_ON, named! { ":limit": limit }, order)?;
    Ok(OpenOrders { newest, total: total.first().map_or(0, |total| **total) })
}

/// How many open orders these facilities have, where there are any.
pub fn open_at_places(tx: &Tx, facilities: &[FacilityId]) -> Result<Vec<OpenAt>> {
    let places = Json(facilities.to_vec());
    let found = tx.many(&OPEN_AT_PLACES, named! { ":places": places }, |row| {
        Ok(OpenAt { facility: row.get(0)?, orders: row.get(1)? })
    })?;
    Ok(found.into_iter().map(Reached::into_inner).collect())
}
