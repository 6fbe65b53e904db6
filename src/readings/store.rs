//! Readings are kept here: found, listed, paged, and what lies around a moment.

use super::judge::{Around, DAY};
use super::{Amount, Meter, Point, Rate, Reading, ReadingFilter};
use crate::access::{Machine, Need, Permission};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Below, Paged, Reached, Row as Record, RowResult, Scoped, Tx};
use crate::error::{Error, Kind, Result};
use crate::ids::{ObjectId, ReadingId};
use crate::objects::Object;
use crate::text::{Line, Zone};

pub(super) const SEE: Need = Need::see(Permission::ReadingView).or_machine(Machine::Planner);

/// The days that show how much an object is used now.
const LATELY: i64 = 90;

macro_rules! columns {
    () => {
        "
    SELECT r.id, c.number, m.number, r.object_id, r.meter, r.value, r.unit, r.read_at, r.series, r.note, r.side, r.author,
           r.at, r.corrects_id, r.state, r.ended_at, r.ended_by, r.ended_why"
    };
}

/// Joined so that the readings come first: an object has few rows beside them.
macro_rules! tables {
    () => {
        "
      FROM readings r
      JOIN objects m ON m.id = r.object_id
      JOIN customers c ON c.id = r.customer_id"
    };
}

macro_rules! reached {
    ($rest:literal) => {
        concat!(
            columns!(),
            tables!(),
            "
     WHERE EXISTS (SELECT 1 FROM reach_places p
                    WHERE p.actor = :actor AND p.customer_id = m.customer_id AND p.place = m.place)
       AND ",
            $rest
        )
    };
}

const BY_ID: Scoped = Scoped::new(SEE, reached!("r.id = :id"));

const LIST: Scoped = Scoped::new(
    SEE,
    reached!(
        "r.group_id = :group
       AND (:customer IS NULL OR r.customer_id = :customer)
       AND (:object IS NULL OR r.object_id = :object)
       AND (:meter IS NULL OR r.meter = :meter)
       AND (:all OR r.state = 'valid')
     ORDER BY c.number, m.number, r.meter, r.read_at, r.id"
    ),
);

const IN_OBJECT: Below<Object> = Below::new(
    SEE,
    concat!(
        columns!(),
        tables!(),
        "
     WHERE r.group_id = :group
       AND r.object_id = :parent
       AND r.id = :id"
    ),
);

/// The value before comes along, for the change since then.
const PAGE: Below<Object> = Below::new(
    SEE,
    concat!(
        columns!(),
        ",
           (SELECT p.value FROM readings p
             WHERE p.object_id = r.object_id AND p.meter = r.meter AND p.state = 'valid' AND p.read_at < r.read_at
               AND p.series = r.series
             ORDER BY p.read_at DESC LIMIT 1)",
        tables!(),
        "
     WHERE r.group_id = :group
       AND r.object_id = :parent
       AND r.meter = :meter
     ORDER BY r.read_at DESC, r.id DESC
     LIMIT :limit OFFSET :skip"
    ),
);

const COUNT: Below<Object> = Below::new(
    SEE,
    "
    SELECT count(*)
      FROM readings r
     WHERE r.object_id = :parent
       AND r.meter = :meter",
);

/// What counts, of all meters, the oldest first.
const ALL: Below<Object> = Below::new(
    SEE,
    concat!(
        columns!(),
        tables!(),
        "
     WHERE r.group_id = :group
       AND r.object_id = :parent
       AND r.state = 'valid'
     ORDER BY r.meter, r.read_at"
    ),
);

/// A row of an object, a meter and a moment that says this value already, whether it counts or not.
const KNOWN: Below<Object> = Below::new(
    SEE,
    concat!(
        columns!(),
        tables!(),
        "
     WHERE r.group_id = :group
       AND r.object_id = :parent
       AND r.meter = :meter
       AND r.read_at = :at
     ORDER BY r.state = 'valid' DESC, r.id DESC"
    ),
);

/// A statement about the points of a meter that count; what follows is the caller's.
macro_rules! points {
    ($rest:literal) => {
        Below::new(
            SEE,
            concat!(
                "
    SELECT r.value, r.read_at, r.series
      FROM readings r
     WHERE r.object_id = :parent
       AND r.meter = :meter
       AND r.state = 'valid'
       AND ",
                $rest
            ),
        )
    };
}

const BEFORE: Below<Object> = points!("r.read_at < :at ORDER BY r.read_at DESC LIMIT 1");
const AT: Below<Object> = points!("r.read_at = :at");
const AFTER: Below<Object> = points!("r.read_at > :at ORDER BY r.read_at LIMIT 1");
const LAST: Below<Object> = points!("1 ORDER BY r.read_at DESC LIMIT 1");
const FIRST_SINCE: Below<Object> = points!("r.read_at >= :from AND r.series = :series ORDER BY r.read_at LIMIT 1");

/// Thinned by SQLite itself: the first and the last of each series stay, and of the others every so-manieth.
const CURVE: Below<Object> = Below::new(
    SEE,
    "
    SELECT value, read_at, series
      FROM (SELECT r.value AS value, r.read_at AS read_at, r.series AS series,
                   row_number() OVER by_time AS place, count(*) OVER () AS total,
                   lag(r.series) OVER by_time AS earlier, lead(r.series) OVER by_time AS later
              FROM readings r
             WHERE r.object_id = :parent
               AND r.meter = :meter
               AND r.state = 'valid'
            WINDOW by_time AS (ORDER BY r.read_at))
     WHERE earlier IS NOT series
        OR later IS NOT series
        OR place % ((total - 1) / :most + 1) = 0
     ORDER BY read_at",
);

/// One look into the index for each meter, however many readings there are.
const METERS: Below<Object> = Below::new(
    SEE,
    "
    WITH RECURSIVE names (name) AS (
      SELECT (SELECT min(meter) FROM readings WHERE object_id = :parent AND state = 'valid')
      UNION ALL
      SELECT (SELECT min(meter) FROM readings WHERE object_id = :parent AND state = 'valid' AND meter > names.name)
        FROM names WHERE names.name IS NOT NULL
    )
    SELECT n.name,
           (SELECT r.unit FROM readings r
             WHERE r.object_id = :parent AND r.meter = n.name AND r.state = 'valid'
             ORDER BY r.read_at DESC LIMIT 1)
      FROM names n
     WHERE n.name IS NOT NULL",
);

const ZONE: Below<Object> = Below::new(
    Need::see(Permission::ObjectView).or_machine(Machine::Planner),
    "
    SELECT coalesce(f.zone, g.zone)
      FROM objects m
      JOIN groups g ON g.id = m.group_id
      LEFT JOIN facilities f ON f.id = m.facility_id
     WHERE m.group_id = :group
       AND m.id = :parent",
);

/// A reading in the history of its meter.
#[derive(Clone, Debug)]
pub struct Row {
    /// The reading.
    pub reading: Reading,
    /// What its meter showed before, if that was the same meter.
    pub before: Option<Amount>,
}

/// The reading in this row.
pub fn find(tx: &Tx, id: ReadingId) -> Result<Reached<Reading>> {
    tx.one(&BY_ID, named! { ":id": id }, reading)?.ok_or_else(|| {
        Error::not_found("reading", id).tip("see their numbers with: frontdesk reading list --object NUMBER")
    })
}

/// The reading of an object in this row.
pub fn in_object(tx: &Tx, object: &Reached<Object>, id: ReadingId) -> Result<Reached<Reading>> {
    let found = tx.below(object, &IN_OBJECT, named! { ":id": id }, reading)?.pop();
    found.ok_or_else(|| Error::new(Kind::NotFound, format!("object {} has no reading {id}", object.number)))
}

/// Readings of all objects in reach, each meter's in the order of time.
pub fn list(tx: &Tx, filter: &ReadingFilter) -> Result<Vec<Reached<Reading>>> {
    let ReadingFilter { customer, object, meter, all } = filter;
    tx.many(&LIST, named! { ":customer": customer, ":object": object, ":meter": meter, ":all": all }, reading)
}

/// Every reading of an object that counts, a meter after the other.
pub fn all(tx: &Tx, object: &Reached<Object>) -> Result<Vec<Reached<Reading>>> {
    tx.below(object, &ALL, named! {}, reading)
}

/// What was read of a meter at a moment, now or once: first what counts.
pub fn known(tx: &Tx, object: &Reached<Object>, meter: &Line, at: Moment) -> Result<Vec<Reached<Reading>>> {
    tx.below(object, &KNOWN, named! { ":meter": meter, ":at": at }, reading)
}

/// A page of the readings of a meter, the newest first, with those that were corrected or deleted.
pub fn page(tx: &Tx, object: &Reached<Object>, meter: &Line, number: u32) -> Result<Paged<Row>> {
    tx.page_below(object, (&COUNT, &PAGE), named! { ":meter": meter }, number, with_before)
}

/// The curve of a meter, thinned to about so many points.
pub fn curve(tx: &Tx, object: &Reached<Object>, meter: &Line, most: u32) -> Result<Vec<Point>> {
    let values = named! { ":meter": meter, ":most": most.max(1) };
    Ok(tx.below(object, &CURVE, values, point)?.into_iter().map(Reached::into_inner).collect())
}

/// The meters of an object: its own first, then those that were read besides.
pub fn meters(tx: &Tx, object: &Reached<Object>) -> Result<Vec<Meter>> {
    let read = tx.below(object, &METERS, named! {}, |row| Ok(Meter { name: row.get(0)?, unit: row.get(1)? }))?;
    let read: Vec<Meter> = read.into_iter().map(Reached::into_inner).collect();
    let own = Meter::of(object);
    // A meter that was read goes on in the unit it was read in.
    let first = read.iter().find(|meter| meter.name == own.name).cloned().unwrap_or(own);
    let others = read.into_iter().filter(|meter| meter.name != first.name);
    Ok(std::iter::once(first.clone()).chain(others.collect::<Vec<_>>()).collect())
}

/// The last reading of a meter.
pub fn last(tx: &Tx, object: &Reached<Object>, meter: &Line) -> Result<Option<Point>> {
    one(tx, object, &LAST, named! { ":meter": meter })
}

/// The reading of a meter before a moment.
pub fn before(tx: &Tx, object: &Reached<Object>, meter: &Line, at: Moment) -> Result<Option<Point>> {
    one(tx, object, &BEFORE, named! { ":meter": meter, ":at": at })
}

/// The reading before a moment, at it, and after it.
pub(super) fn around(tx: &Tx, object: &Reached<Object>, meter: &Line, at: Moment) -> Result<Around> {
    let find = |sql| one(tx, object, sql, named! { ":meter": meter, ":at": at });
    let before = before(tx, object, meter, at)?;
    let usual = before.map(|before| usual(tx, object, meter, before)).transpose()?.flatten();
    Ok(Around { before, same: find(&AT)?, after: find(&AFTER)?, usual })
}

/// How much of a meter is used lately: in the last 90 days before a reading of it, or since its first reading where
/// those say too little.
pub fn usual(tx: &Tx, object: &Reached<Object>, meter: &Line, last: Point) -> Result<Option<Rate>> {
    let since = |from: Moment| {
        let values = named! { ":meter": meter, ":from": from, ":series": last.series };
        one(tx, object, &FIRST_SINCE, values)
    };
    let lately = since(last.at.plus(-LATELY * DAY))?.and_then(|first| Rate::between(first, last));
    match lately {
        Some(rate) => Ok(Some(rate)),
        None => Ok(since(Moment::from_unix(i64::MIN))?.and_then(|first| Rate::between(first, last))),
    }
}

/// The zone of an object's clocks: its facility's, else the group's.
pub fn zone(tx: &Tx, object: &Reached<Object>) -> Result<Zone> {
    let found = tx.below(object, &ZONE, named! {}, |row| row.get(0))?.pop();
    found.map(Reached::into_inner).ok_or_else(|| Error::not_found("object", ObjectId(object.id.0)))
}

fn one(tx: &Tx, object: &Reached<Object>, sql: &Below<Object>, values: crate::db::Params) -> Result<Option<Point>> {
    Ok(tx.below(object, sql, values, point)?.pop().map(Reached::into_inner))
}

fn point(row: &Record) -> RowResult<Point> {
    Ok(Point { value: Amount(row.get(0)?), at: row.get(1)?, series: row.get(2)? })
}

fn with_before(row: &Record) -> RowResult<Row> {
    Ok(Row { reading: reading(row)?, before: row.get::<_, Option<i64>>(18)?.map(Amount) })
}

fn reading(row: &Record) -> RowResult<Reading> {
    Ok(Reading {
        id: row.get(0)?,
        customer_no: row.get(1)?,
        object_no: row.get(2)?,
        object_id: row.get(3)?,
        meter: row.get(4)?,
        value: Amount(row.get(5)?),
        unit: row.get(6)?,
        read_at: row.get(7)?,
        series: row.get(8)?,
        note: row.get(9)?,
        side: row.get(10)?,
        author: row.get(11)?,
        at: row.get(12)?,
        corrects: row.get(13)?,
        state: row.get(14)?,
        ended_at: row.get(15)?,
        ended_by: row.get(16)?,
        ended_why: row.get(17)?,
    })
}
