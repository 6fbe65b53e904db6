//! Rows of a reading file: what meters showed, or what was added since the row before.

use std::collections::HashMap;

use crate::clock::Moment;
use crate::customers;
use crate::db::{Reached, WriteTx};
use crate::difference::Difference;
use crate::error::Error;
use crate::imports::cells::Cell;
use crate::imports::problem::Problem;
use crate::imports::reader::Line;
use crate::imports::row::Row;
use crate::imports::taken::{Deed, Refusal, Taken};
use crate::objects::{self, Object};
use crate::readings::{self, Amount, Draft, PLACES, ReadingState};
use crate::text::{Line as Words, Number, Prose};

/// The rows of a file in the order of time, whatever their order in the file: a reading is judged by those before it.
/// What was added at one moment belongs together.
pub(super) fn batches(lines: &[Line], added: bool) -> Vec<Vec<&Line>> {
    let mut order: Vec<(Option<Moment>, &Line)> = lines.iter().map(|line| (moment(line), line)).collect();
    // Stable: rows of one moment stay in the order of the file, and those without one come last.
    order.sort_by_key(|(at, _)| (at.is_none(), *at));
    let mut batches: Vec<Vec<&Line>> = Vec::with_capacity(lines.len());
    let mut places = HashMap::new();
    for (at, line) in order {
        let Some(key) = key(at, line).filter(|_| added) else {
            batches.push(vec![line]);
            continue;
        };
        let place = *places.entry(key).or_insert(batches.len());
        match batches.get_mut(place) {
            Some(batch) => batch.push(line),
            None => batches.push(vec![line]),
        }
    }
    batches
}

fn moment(line: &Line) -> Option<Moment> {
    match line {
        Line::Good(row) => row.moment("read_at").ok()?.value(),
        Line::Bad(..) => None,
    }
}

/// What rows have in common that say something about one reading; nothing for a row that says nothing of use.
fn key(at: Option<Moment>, line: &Line) -> Option<(Moment, [Option<String>; 3])> {
    let Line::Good(row) = line else { return None };
    row.decimal("value", PLACES).ok()?.value()?;
    let text = |column| row.text(column).value().map(str::to_owned);
    Some((at?, [text("customer_no"), text("object_no"), text("meter")]))
}

/// Makes or corrects the reading of a row, found by object, meter and moment.
///
/// A value that was corrected or deleted here since stays so: the file's second run says nothing new.
pub(super) fn take(tx: &WriteTx, row: &Row) -> Result<Taken, Refusal> {
    let (object, draft) = draft(tx, row)?;
    let value = value(row)?;
    put(tx, row, &object, &Draft { value, ..draft })
}

/// The same where the rows say what was added since the reading before; several rows of one moment are added together.
pub(super) fn take_added(tx: &WriteTx, rows: &[&Row]) -> Result<Taken, Refusal> {
    let Some((first, _)) = rows.split_first() else {
        return Err(Error::internal(anyhow::anyhow!("a batch without rows")).into());
    };
    let (object, draft) = draft(tx, first)?;
    let meter = readings::meter_of(tx, &object, &draft).map_err(|error| refuse(first, error))?;
    let mut sum = readings::before(tx, &object, &meter.name, draft.at)?.map_or(Amount(0), |before| before.value);
    for row in rows {
        sum = Amount(sum.0.saturating_add(value(row)?.0));
    }
    put(tx, first, &object, &Draft { value: sum, ..draft })
}

fn draft(tx: &WriteTx, row: &Row) -> Result<(Reached<Object>, Draft), Refusal> {
    let number = row.required("object_no", Number::parse)?;
    let object = match row.parse("customer_no", Number::parse)?.value() {
        None => objects::named(tx, &number).map_err(|error| Refusal::of(row, "object_no", error))?,
        Some(customer) => {
            let customer = customers::named(tx, &customer).map_err(|error| Refusal::of(row, "customer_no", error))?;
            objects::of(tx, &customer, &number).map_err(|error| Refusal::of(row, "object_no", error))?
        }
    };
    let zone = readings::zone(tx, &object)?.rules();
    let at = match row.moment_within("read_at", &zone)? {
        Cell::Value(at) => at,
        _ => return Err(row.problem("read_at", "the row has no read_at").into()),
    };
    let draft = Draft {
        meter: row.parse("meter", Words::parse)?.value(),
        unit: row.parse("unit", Words::parse)?.value(),
        note: row.parse("note", Prose::parse)?.value(),
        ..Draft::new(Amount(0), at)
    };
    Ok((object, draft))
}

fn value(row: &Row) -> Result<Amount, Problem> {
    match row.decimal("value", PLACES)? {
        Cell::Value(value) if value < 0 => Err(row.problem("value", format!("{} is below nothing", Amount(value)))),
        Cell::Value(value) => Ok(Amount(value)),
        _ => Err(row.problem("value", "the row has no value")),
    }
}

fn put(tx: &WriteTx, row: &Row, object: &Reached<Object>, draft: &Draft) -> Result<Taken, Refusal> {
    let meter = readings::meter_of(tx, object, draft).map_err(|error| refuse(row, error))?;
    let known = readings::known(tx, object, &meter.name, draft.at)?;
    let counting = known.first().filter(|reading| reading.state == ReadingState::Valid);
    let mut differences = Vec::new();
    let (deed, id) = if let Some(same) = known.iter().find(|reading| reading.value == draft.value) {
        (Deed::Unchanged, same.id)
    } else if let Some(reading) = counting {
        let why = Prose::parse("an imported file says so")?;
        let corrected = readings::correct(tx, object, reading, draft.value, &why, true);
        let corrected = corrected.map_err(|error| refuse(row, error))?;
        differences.push(Difference {
            field: "value".into(),
            old: serde_json::json!(reading.value),
            new: serde_json::json!(draft.value),
        });
        (Deed::Changed, corrected.map_or(reading.id, |corrected| corrected.id))
    } else {
        let draft = Draft { replaced: is_replaced(tx, row, object, &meter.name, draft.at)?, ..draft.clone() };
        let made = readings::add(tx, object, &draft, true).map_err(|error| refuse(row, error))?;
        (Deed::Created, made.id)
    };
    // The first row of a moment stands for it, whatever was corrected since: so a second row about it is found.
    let id = known.iter().map(|reading| reading.id).min().unwrap_or(id);
    let about = format!("{} {} of {} ({}) at {}", draft.value, meter.unit, object.number, meter.name, draft.at);
    Ok(Taken { deed, id: id.0, key: ("read_at", draft.at.to_string()), about, differences })
}

/// Whether the row is the first of a new meter: its series is later than that of the reading before.
fn is_replaced(tx: &WriteTx, row: &Row, object: &Reached<Object>, meter: &Words, at: Moment) -> Result<bool, Refusal> {
    let Cell::Value(series) = row.decimal("series", 0)? else { return Ok(false) };
    Ok(readings::before(tx, object, meter, at)?.is_some_and(|before| series > before.series))
}

fn refuse(row: &Row, error: Error) -> Refusal {
    let column = match error.field() {
        Some("at") => "read_at",
        Some("unit") => "unit",
        Some("meter") => "meter",
        Some("object") => "object_no",
        _ => "value",
    };
    Refusal::of(row, column, error)
}
