//! Rows of an object file.

use std::collections::HashMap;

use crate::customers::Customer;
use crate::db::{Reached, WriteTx};
use crate::difference::{Difference, differences};
use crate::error::Error;
use crate::facilities::{self, Facility};
use crate::imports::cells::Cell;
use crate::imports::problem::Problem;
use crate::imports::reader::Line;
use crate::imports::row::Row;
use crate::imports::taken::{Deed, Refusal, Taken};
use crate::imports::upsert::{customer, external_id, must, over, status, taken_id};
use crate::objects::{self, Object, ObjectCard, ObjectStatus};
use crate::text::{Line as Words, Number};

/// The rows of a file with each machine after the one it is part of, whatever their order in the file.
pub(super) fn batches(lines: &[Line]) -> Vec<Vec<&Line>> {
    let named = |line: &Line, column: &str| {
        let Line::Good(row) = line else { return None };
        let word = |column| row.text(column).value().map(str::to_owned);
        Some((word("customer_no")?, word(column)?))
    };
    let places: HashMap<_, _> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((named(line, "object_no")?, at))).collect();
    let (mut done, mut batches) = (vec![false; lines.len()], Vec::with_capacity(lines.len()));
    for from in 0..lines.len() {
        let (mut next, mut above) = (Some(from), Vec::new());
        while let Some(at) = next.filter(|at| !done[*at]) {
            // Marked before its parent is looked for, so that a circle ends; it is refused when it is taken.
            done[at] = true;
            above.push(at);
            next = named(&lines[at], "parent_no").and_then(|parent| places.get(&parent).copied());
        }
        batches.extend(above.into_iter().rev().map(|at| vec![&lines[at]]));
    }
    batches
}

/// Makes or changes the object of a row, found by its customer and number, else by external id, else by serial number.
pub(super) fn take(tx: &WriteTx, row: &Row) -> Result<Taken, Refusal> {
    let customer = customer(tx, row)?;
    let number = row.parse("object_no", Number::parse)?.value();
    let known = find(tx, row, &customer, number.as_ref())?;
    let wanted = status::<ObjectStatus>(row, "status")?;
    let place = facility(tx, row, &customer)?;
    let parent = object(tx, row, &customer, "parent_no")?;
    let after = card(row, known.as_ref().map(|object| &object.card))?;
    let (mut deed, object, mut changes) = match known {
        Some(object) => {
            let changed = objects::set(tx, &object, &after).map_err(|e| Refusal::of(row, "external_id", e))?;
            let changes = if changed { differences("", &object.card, &after) } else { Vec::new() };
            (Deed::changed(changed), object, changes)
        }
        None => {
            let number = row.required("object_no", Number::parse)?;
            let made = objects::add(tx, &customer, value(&place), &number, &after);
            (Deed::Created, made.map_err(|e| Refusal::of(row, "object_no", e))?, Vec::new())
        }
    };
    let mut change = |changed: bool, field: &str, old: Option<&str>, new: Option<&str>| {
        if changed && deed != Deed::Created {
            deed = Deed::Changed;
            changes.push(Difference { field: field.into(), old: old.into(), new: new.into() });
        }
    };
    if place.speaks() {
        let moved = objects::move_to(tx, &object, value(&place)).map_err(|e| Refusal::of(row, "facility_no", e))?;
        let new = value(&place).map(|facility| facility.number.as_str());
        change(moved, "facility_no", object.facility_no.as_ref().map(Number::as_str), new);
    }
    if parent.speaks() {
        let moved = objects::part_of(tx, &object, value(&parent)).map_err(|e| Refusal::of(row, "parent_no", e))?;
        let new = value(&parent).map(|parent| parent.number.as_str());
        change(moved, "parent_no", object.parent_no.as_ref().map(Number::as_str), new);
    }
    if let Some(status) = wanted {
        let turned = objects::set_status(tx, &object, status)?;
        change(turned, "status", Some(object.status.word()), Some(status.word()));
    }
    let key = match &number {
        Some(number) => ("object_no", number.to_string()),
        None if row.text("external_id").speaks() => ("external_id", object.number.to_string()),
        None => ("serial_no", object.number.to_string()),
    };
    let about = format!("{} of {} ({})", object.number, customer.number, after.name);
    Ok(Taken { deed, id: object.id.0, key, about, differences: changes })
}

/// The facility that a row names within its customer; an unknown one is refused.
pub(super) fn facility(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
) -> Result<Cell<Reached<Facility>>, Refusal> {
    row.parse("facility_no", Number::parse)?
        .try_map(|number| facilities::of(tx, customer, &number).map_err(|e| Refusal::of(row, "facility_no", e)))
}

/// The object that a column names within the row's customer; an unknown one is refused.
pub(super) fn object(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
    column: &str,
) -> Result<Cell<Reached<Object>>, Refusal> {
    row.parse(column, Number::parse)?
        .try_map(|number| objects::of(tx, customer, &number).map_err(|e| Refusal::of(row, column, e)))
}

/// What a cell says, if it says anything.
pub(super) fn value<T>(cell: &Cell<T>) -> Option<&T> {
    match cell {
        Cell::Value(value) => Some(value),
        _ => None,
    }
}

fn find(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
    number: Option<&Number>,
) -> Result<Option<Reached<Object>>, Refusal> {
    let by_number = number.map(|number| objects::lookup(tx, customer, number)).transpose()?.flatten();
    if let Some(id) = external_id(row)?
        && by_number.as_ref().is_none_or(|object| object.card.external_id.as_ref() != Some(&id))
        && let Some(other) = objects::lookup_external(tx, &id)?
    {
        // Only a row without a number is found by its external id alone: numbers do not change.
        return match number {
            None if other.customer_id == customer.id => Ok(Some(other)),
            _ => Err(taken_id(row, &id, "object", &other.number)),
        };
    }
    let serial = row.parse("serial_no", Words::parse)?.value();
    let (None, Some(serial)) = (number, serial) else { return Ok(by_number) };
    let mut same = objects::lookup_serial(tx, customer, &serial)?;
    if same.len() > 1 {
        let why = format!("customer {} has {} objects with serial number '{serial}'", customer.number, same.len());
        return Err(Refusal::of(row, "serial_no", Error::conflict(why).tip("tell them apart by object_no")));
    }
    Ok(same.pop())
}

fn card(row: &Row, kept: Option<&ObjectCard>) -> Result<ObjectCard, Problem> {
    let name = must(row, "name", kept.map(|card| card.name.clone()))?;
    let kept = kept.cloned().unwrap_or_else(|| ObjectCard::named(name.clone()));
    Ok(ObjectCard {
        name,
        maker: over(row, "maker", kept.maker)?,
        model: over(row, "model", kept.model)?,
        serial_no: over(row, "serial_no", kept.serial_no)?,
        installed_on: row.date("installed_on")?.over(kept.installed_on),
        meter: must(row, "meter", Some(kept.meter))?,
        unit: must(row, "unit", Some(kept.unit))?,
        external_id: over(row, "external_id", kept.external_id)?,
    })
}
