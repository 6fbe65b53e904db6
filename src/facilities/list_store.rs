//! The places of a customer as its users look at them: a page at a time, those in use first.

use super::store::{SEE, facilities, facility};
use super::{Facility, Scope};
use crate::access::Need;
use crate::db::{Paged, Reached, Row, RowResult, Scoped, Tx, named};
use crate::error::Result;
use crate::text::like;

/// The facilities of a customer that are in reach. The plus keeps the engine from taking the places first and sorting them all.
macro_rules! all {
    () => {
        "
           FROM facilities b
          WHERE b.group_id = :group
            AND b.customer_id = (SELECT a.customer_id FROM accesses a WHERE a.id = :actor)
            AND +b.id IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)"
    };
}

/// Those in which some words are found.
macro_rules! found {
    () => {
        "
            AND (:search IS NULL OR b.search LIKE :search ESCAPE '\\')"
    };
}

// Without words to find the index alone is counted.
const COUNT_ALL: Scoped = Scoped::new(SEE, concat!("SELECT count(*)", all!()));
const COUNT_FOUND: Scoped = Scoped::new(SEE, concat!("SELECT count(*)", all!(), found!()));

const ROWS: Scoped = Scoped::new(
    SEE,
    facilities!(
        "f.id IN (
         SELECT b.id",
        all!(),
        found!(),
        "
          ORDER BY b.status DESC, b.name, b.number
          LIMIT :limit OFFSET :skip)
     ORDER BY f.status DESC, f.name, f.number"
    ),
);

const SCOPE: Scoped = Scoped::new(
    Need::own(),
    "
    SELECT f.number, f.name
      FROM access_facilities s
      JOIN facilities f ON f.id = s.facility_id
      JOIN reach_places r ON r.actor = s.access_id AND r.customer_id = f.customer_id AND r.place = f.id
     WHERE s.access_id = :actor
     ORDER BY f.name, f.number",
);

/// A page of the places in reach of a customer's user, or of those in which some words are found.
pub fn page(tx: &Tx, search: Option<&str>, number: u32) -> Result<Paged<Facility>> {
    let words = search.map(like);
    match &words {
        None => tx.page_of(tx.count(&COUNT_ALL, &[])?, (&ROWS, named! { ":search": words }), number, facility),
        Some(_) => tx.page((&COUNT_FOUND, &ROWS), named! { ":search": words }, number, facility),
    }
}

/// The places that are named in the access of whoever looks; where all are in scope, none is named.
pub fn in_scope(tx: &Tx) -> Result<Vec<Reached<Scope>>> {
    tx.many(&SCOPE, named! {}, scope)
}

fn scope(row: &Row) -> RowResult<Scope> {
    Ok(Scope { number: row.get(0)?, name: row.get(1)? })
}
