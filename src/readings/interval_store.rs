//! Service intervals are kept here; the next service is derived from them, from service orders and from readings.

use super::service::{self, Since};
use super::store::{SEE, usual, zone};
use super::{Amount, Interval, IntervalCard, Meter, Pace, Point, Service, last};
use crate::access::{Machine, Need, Permission, Right};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Tx, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::objects::Object;
use crate::text::{Line, nearest};

/// No interval is longer.
const MOST: i64 = 1_000_000;

const CHANGE: Need = Need::right(Right::Customers).or(Right::Orders);

const OF: Below<Object> = Below::new(
    Need::see(Permission::ObjectView).or_machine(Machine::Planner),
    "
    SELECT i.id, i.name, i.days, i.hours, i.since, i.since_value, i.created_at
      FROM object_intervals i
     WHERE i.group_id = :group
       AND i.customer_id = :customer
       AND i.object_id = :parent
     ORDER BY i.name",
);

/// The last service order of an object that is done.
const SERVED: Below<Object> = Below::new(
    SEE,
    "
    SELECT max(o.closed_at)
      FROM orders o
     WHERE o.group_id = :group
       AND o.customer_id = :customer
       AND o.object_id = :parent
       AND o.kind = 'service'
       AND o.stage = 'done'",
);

const UNTIL: Below<Object> = Below::new(
    SEE,
    "
    SELECT r.value, r.read_at, r.series
      FROM readings r
     WHERE r.object_id = :parent
       AND r.meter = :meter
       AND r.state = 'valid'
       AND r.read_at <= :at
     ORDER BY r.read_at DESC LIMIT 1",
);

const FROM: Below<Object> = Below::new(
    SEE,
    "
    SELECT r.value, r.read_at, r.series
      FROM readings r
     WHERE r.object_id = :parent
       AND r.meter = :meter
       AND r.state = 'valid'
       AND r.read_at > :at
     ORDER BY r.read_at LIMIT 1",
);

/// What each of the meters counted that followed each other since.
const COUNTED: Below<Object> = Below::new(
    SEE,
    "
    SELECT r.series, min(r.value), max(r.value)
      FROM readings r
     WHERE r.object_id = :parent
       AND r.meter = :meter
       AND r.state = 'valid'
       AND r.read_at > :at
     GROUP BY r.series
     ORDER BY r.series",
);

const INSERT: Change = Change::new(
    "
    INSERT INTO object_intervals (group_id, customer_id, object_id, name, days, hours, since, since_value, created_at)
    VALUES (:group, :customer, :object, :name, :days, :hours, :since, :value, :now)",
);

const UPDATE: Change = Change::new(
    "
    UPDATE object_intervals
       SET days = :days, hours = :hours, since = :since, since_value = :value
     WHERE group_id = :group AND id = :id",
);

const DELETE: Change = Change::new("DELETE FROM object_intervals WHERE group_id = :group AND id = :id");

/// The intervals of an object, by name.
pub fn intervals(tx: &Tx, object: &Reached<Object>) -> Result<Vec<Reached<Interval>>> {
    tx.below(object, &OF, named! { ":customer": object.customer_id }, row)
}

/// The interval of an object with this name.
pub fn interval(tx: &Tx, object: &Reached<Object>, name: &Line) -> Result<Reached<Interval>> {
    let all = intervals(tx, object)?;
    if let Some(found) = all.iter().find(|one| one.name == *name) {
        return Ok(found.clone());
    }
    let message = format!("object {} has no interval '{name}'", object.number);
    let error = Error::new(Kind::NotFound, message).at("interval");
    Err(match nearest(name.as_str(), all.iter().map(|one| one.name.as_str())) {
        Some(near) => error.tip(format!("did you mean '{near}'?")),
        None => error.tip(format!("see them with: frontdesk object interval list {}", object.number)),
    })
}

/// Gives an object an interval. Its name must be free there.
pub fn add_interval(
    tx: &WriteTx,
    object: &Reached<Object>,
    name: &Line,
    card: &IntervalCard,
) -> Result<Reached<Interval>> {
    card.check()?;
    tx.change(CHANGE, |w| {
        let values = named! {
            ":customer": object.customer_id, ":object": object.id, ":name": name, ":days": card.days,
            ":hours": card.hours, ":since": card.since, ":value": card.since_value.map(|value| value.0),
        };
        let id = w.insert(&INSERT, values).map_err(|error| match error.kind() {
            Kind::Conflict => Error::conflict(format!("object {} has an interval '{name}' already", object.number)),
            _ => error,
        })?;
        let label = format!("{} {name}", object.number);
        let made = interval(tx, object, name)?;
        Ok(((), Entry::about::<Interval>(id, label, "interval.added").after(&*made)))
    })?;
    interval(tx, object, name)
}

/// Changes an interval; `false` if it was so already.
pub fn set_interval(
    tx: &WriteTx,
    object: &Reached<Object>,
    interval: &Reached<Interval>,
    card: &IntervalCard,
) -> Result<bool> {
    let before = interval.card();
    if before == *card {
        return Ok(false);
    }
    card.check()?;
    tx.change(CHANGE, |w| {
        w.run(
            &UPDATE,
            named! {
                ":id": interval.id, ":days": card.days, ":hours": card.hours, ":since": card.since,
                ":value": card.since_value.map(|value| value.0),
            },
        )?;
        let label = format!("{} {}", object.number, interval.name);
        let entry = Entry::about::<Interval>(interval.id.0, label, "interval.changed");
        let after = Interval {
            days: card.days,
            hours: card.hours,
            since: card.since,
            since_value: card.since_value,
            ..Interval::clone(interval)
        };
        Ok((true, entry.before(&**interval).after(&after)))
    })
}

/// Takes an interval away.
pub fn delete_interval(tx: &WriteTx, object: &Reached<Object>, interval: &Reached<Interval>) -> Result<()> {
    tx.change(CHANGE, |w| {
        w.run(&DELETE, named! { ":id": interval.id })?;
        let label = format!("{} {}", object.number, interval.name);
        Ok(((), Entry::about::<Interval>(interval.id.0, label, "interval.deleted").before(&**interval)))
    })
}

/// The next services of an object, the soonest first.
pub fn services(tx: &Tx, object: &Reached<Object>) -> Result<Vec<Service>> {
    let intervals = intervals(tx, object)?;
    if intervals.is_empty() {
        return Ok(Vec::new());
    }
    let served =
        tx.below(object, &SERVED, named! { ":customer": object.customer_id }, |row| row.get::<_, Option<Moment>>(0))?;
    let served = served.into_iter().next().and_then(Reached::into_inner);
    let meter = super::meters(tx, object)?.into_iter().next().unwrap_or_else(|| Meter::of(object));
    let newest = last(tx, object, &meter.name)?;
    let rate = newest.map(|newest| usual(tx, object, &meter.name, newest)).transpose()?.flatten();
    let rules = zone(tx, object)?.rules();
    let mut found = Vec::new();
    for interval in intervals {
        let interval = interval.into_inner();
        let own = interval.since_value.map(|value| (interval.since, value));
        // A later order tells of a later service; what the meter showed then is found among the readings.
        let (at, told) = match served.filter(|served| *served > interval.since) {
            Some(served) => (served, None),
            None => (interval.since, own.map(|(_, value)| value)),
        };
        let (value, used) = counted(tx, object, &meter.name, at, told, newest)?;
        let since = Since { at, value, used, last: newest, rate };
        let pace = Pace { days: interval.days, hours: interval.hours };
        let next = service::next(pace, &since, tx.now(), &rules);
        found.push(Service { interval, last: at, unit: meter.unit.clone(), next });
    }
    found.sort_by_key(|service| {
        let Service { next, .. } = service;
        (next.overdue.is_none(), next.soonest().is_none(), next.soonest())
    });
    Ok(found)
}

/// What the meter showed at a moment, and what was counted since, on however many meters.
fn counted(
    tx: &Tx,
    object: &Reached<Object>,
    meter: &Line,
    at: Moment,
    told: Option<Amount>,
    newest: Option<Point>,
) -> Result<(Option<Amount>, Option<Amount>)> {
    let near = |sql| -> Result<Option<Point>> {
        let found = tx.below(object, sql, named! { ":meter": meter, ":at": at }, point)?;
        Ok(found.into_iter().next().map(Reached::into_inner))
    };
    let begun = service::value_at(at, near(&UNTIL)?, near(&FROM)?);
    let Some((seen, series)) = begun else { return Ok((told, None)) };
    let value = told.unwrap_or(seen);
    let Some(newest) = newest.filter(|newest| newest.at > at) else {
        return Ok((Some(value), Some(Amount(0)).filter(|_| newest.is_some_and(|last| last.value >= value))));
    };
    if newest.series == series {
        return Ok((Some(value), Some(Amount((newest.value.0 - value.0).max(0)))));
    }
    let all = tx.below(object, &COUNTED, named! { ":meter": meter, ":at": at }, |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
    })?;
    let used = all.iter().map(|counted| {
        let (of, least, most) = **counted;
        // The old meter goes on from what it showed at the service; a new one counts from its first reading.
        if of == series { most - value.0.min(most) } else { most - least }
    });
    Ok((Some(value), Some(Amount(used.sum()))))
}

impl IntervalCard {
    fn check(&self) -> Result<()> {
        for (field, number) in [("days", self.days), ("hours", self.hours)] {
            if let Some(odd) = number.filter(|number| !(1..=MOST).contains(number)) {
                return Err(Error::invalid(field, format!("an interval of {odd} {field} is not from 1 to {MOST}")));
            }
        }
        if self.days.is_none() && self.hours.is_none() {
            return Err(
                Error::invalid("days", "an interval counts days, use, or both").tip("add --days 365 or --hours 2000")
            );
        }
        Ok(())
    }
}

fn row(row: &Row) -> RowResult<Interval> {
    Ok(Interval {
        id: row.get(0)?,
        name: row.get(1)?,
        days: row.get(2)?,
        hours: row.get(3)?,
        since: row.get(4)?,
        since_value: row.get::<_, Option<i64>>(5)?.map(Amount),
        created_at: row.get(6)?,
    })
}

fn point(row: &Row) -> RowResult<Point> {
    Ok(Point { value: Amount(row.get(0)?), at: row.get(1)?, series: row.get(2)? })
}
