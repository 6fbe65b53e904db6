//! The machines of a customer as its users look at them: a page at a time, those in use first, and where they stand.

use super::store::{SEE, object, objects};
use super::{AtPlaces, Object, ObjectFilter, Place, Spot};
use crate::db::{Below, Json, Paged, Reached, Row, RowResult, Scoped, Tx, named};
use crate::error::Result;
use crate::ids::FacilityId;
use crate::text::{Number, like};

/// The objects of a customer that are in reach. The plus keeps the engine from taking the places first and sorting them
/// all.
macro_rules! all {
    () => {
        "
           FROM objects b
          WHERE b.group_id = :group
            AND b.customer_id = (SELECT a.customer_id FROM accesses a WHERE a.id = :actor)
            AND +b.place IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)"
    };
}

/// The objects at one place, which is a facility or none, if it is in reach.
macro_rules! here {
    () => {
        "
           FROM objects b
          WHERE b.place = coalesce(:facility, -(SELECT a.customer_id FROM accesses a WHERE a.id = :actor))
            AND EXISTS (SELECT 1 FROM reach_places r
                         WHERE r.actor = :actor AND r.customer_id = b.customer_id AND r.place = b.place)"
    };
}

/// Those in which some words are found.
macro_rules! found {
    () => {
        "
            AND (:search IS NULL
                 OR b.search LIKE :search ESCAPE '\\'
                 OR b.facility_id IN (SELECT f.id FROM facilities f
                                       WHERE f.id IN (SELECT r.place FROM reach_places r WHERE r.actor = :actor)
                                         AND f.search LIKE :search ESCAPE '\\'))"
    };
}

/// A page of them.
macro_rules! rows {
    ($which:ident) => {
        objects!(
            "m.id IN (
         SELECT b.id",
            $which!(),
            found!(),
            "
          ORDER BY b.status, b.number
          LIMIT :limit OFFSET :skip)
     ORDER BY m.status, m.number"
        )
    };
}

// Without words to find the index alone is counted.
const COUNT_ALL: Scoped = Scoped::new(SEE, concat!("SELECT count(*)", all!()));
const COUNT_FOUND: Scoped = Scoped::new(SEE, concat!("SELECT count(*)", all!(), found!()));
const COUNT_HERE: Scoped = Scoped::new(SEE, concat!("SELECT count(*)", here!(), found!()));
const ALL: Scoped = Scoped::new(SEE, rows!(all));
const HERE: Scoped = Scoped::new(SEE, rows!(here));

const PARTS: Below<Object> = Below::new(
    SEE,
    objects!(
        "m.group_id = :group
       AND m.customer_id = (SELECT w.customer_id FROM objects w WHERE w.id = :parent)
       AND m.parent_id = :parent
     ORDER BY +m.status, +m.number"
    ),
);

// More than can be shown are not looked for, so they are sorted afterwards.
const PLACES: Scoped = Scoped::new(
    SEE,
    "
    SELECT f.id, f.number, f.name
      FROM reach_places r
      JOIN facilities f ON f.id = r.place
     WHERE r.actor = :actor
       AND EXISTS (SELECT 1 FROM objects m WHERE m.place = r.place)
     LIMIT :limit",
);

const PLACE: Scoped = Scoped::new(
    SEE,
    "
    SELECT f.id, f.number, f.name
      FROM facilities f
     WHERE f.group_id = :group
       AND f.number = :number
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = f.customer_id AND r.place = f.id)",
);

const UNATTACHED: Scoped = Scoped::new(
    SEE,
    "
    SELECT 1
      FROM reach_places r
     WHERE r.actor = :actor
       AND r.place < 0
       AND EXISTS (SELECT 1 FROM objects m WHERE m.place = r.place)
     LIMIT 1",
);

const AT_PLACES: Scoped = Scoped::new(
    SEE,
    "
    SELECT m.place, count(*)
      FROM objects m
     WHERE m.place IN (SELECT e.value FROM json_each(:places) e)
       AND m.status = 'active'
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = m.customer_id AND r.place = m.place)
     GROUP BY m.place",
);

/// A page of the machines in reach of a customer's user that a filter leaves.
pub fn page(tx: &Tx, filter: &ObjectFilter, number: u32) -> Result<Paged<Object>> {
    let words = filter.search.as_deref().map(like);
    let facility = match filter.spot {
        None if words.is_none() => {
            let total = tx.count(&COUNT_ALL, &[])?;
            return tx.page_of(total, (&ALL, named! { ":search": words }), number, object);
        }
        None => return tx.page((&COUNT_FOUND, &ALL), named! { ":search": words }, number, object),
        Some(Spot::At(facility)) => Some(facility),
        Some(Spot::Unattached) => None,
    };
    tx.page((&COUNT_HERE, &HERE), named! { ":facility": facility, ":search": words }, number, object)
}

/// The machines that are parts of this one, as far as they are in reach; those in use first.
pub fn parts(tx: &Tx, object: &Reached<Object>) -> Result<Vec<Reached<Object>>> {
    tx.below(object, &PARTS, named! {}, self::object)
}

/// Where the machines in reach stand: facilities by name, at most so many, and then nowhere, if any does.
pub fn places(tx: &Tx, limit: u32) -> Result<Vec<Reached<Place>>> {
    let mut found = tx.many(&PLACES, named! { ":limit": limit }, place_row)?;
    found.sort_by_cached_key(|place| place.facility.as_ref().map(|(_, number, name)| (name.clone(), number.clone())));
    found.extend(tx.one(&UNATTACHED, named! {}, |_| Ok(Place { facility: None }))?);
    Ok(found)
}

/// The facility in reach with this number, as a place where machines may stand.
pub fn place(tx: &Tx, number: &Number) -> Result<Option<Reached<Place>>> {
    tx.one(&PLACE, named! { ":number": number }, place_row)
}

/// How many machines in use stand at these facilities, where there are any.
pub fn at_places(tx: &Tx, facilities: &[FacilityId]) -> Result<Vec<AtPlaces>> {
    let places = Json(facilities.to_vec());
    let found = tx.many(&AT_PLACES, named! { ":places": places }, |row| {
        Ok(AtPlaces { facility: row.get(0)?, objects: row.get(1)? })
    })?;
    Ok(found.into_iter().map(Reached::into_inner).collect())
}

fn place_row(row: &Row) -> RowResult<Place> {
    Ok(Place { facility: Some((row.get(0)?, row.get(1)?, row.get(2)?)) })
}
