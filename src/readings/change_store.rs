//! Readings are entered, corrected and deleted. No row is rewritten: what no longer counts stays, with who said so and why.

use super::judge::{self, Claim};
use super::said::{question, sentence};
use super::store::{around, in_object, meters, zone};
use super::{Amount, Doubt, Meter, Reading, ReadingState, Refusal};
use crate::access::{Actor, Need, Permission, Right, Side};
use crate::clock::Moment;
use crate::db::{Change, Entry, Reached, Tx, WriteTx};
use crate::db::{author, named};
use crate::error::{Error, Kind, Result};
use crate::ids::ReadingId;
use crate::objects::{Object, ObjectStatus};
use crate::text::{Line, Prose};

/// What entering and correcting asks for. Whoever enters a reading also sees those around it: a refusal tells of them.
pub(super) const ENTER: Need = Need::either(Permission::ReadingAdd, Right::Orders);

const INSERT: Change = Change::new(concat!(
    "
    INSERT INTO readings
       (group_id, customer_id, object_id, meter, unit, series, value, read_at, note, side, author, at, corrects_id)
    VALUES
       (:group, :customer, :object, :meter, :unit, :series, :value, :read_at, :note, :side, ",
    author!(),
    ", :now, :corrects)"
));

const END: Change = Change::new(concat!(
    "
    UPDATE readings
       SET state = :state, ended_at = :now, ended_why = :why, ended_by = ",
    author!(),
    "
     WHERE group_id = :group AND id = :id AND state = 'valid'"
));

/// A reading as somebody enters it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What the meter showed.
    pub value: Amount,
    /// When.
    pub at: Moment,
    /// Which meter, if not the object's own.
    pub meter: Option<Line>,
    /// In what it counts, which a meter that was never read needs.
    pub unit: Option<Line>,
    /// What whoever read it remarked.
    pub note: Option<Prose>,
    /// Whether a new meter begins with it.
    pub replaced: bool,
}

impl Draft {
    /// A value of the object's own meter at a moment.
    pub fn new(value: Amount, at: Moment) -> Self {
        Self { value, at, meter: None, unit: None, note: None, replaced: false }
    }
}

/// What the rules say about a reading before it is entered.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Which meter it is of.
    pub meter: Meter,
    /// The series it belongs to, or why it cannot be true.
    pub series: Result<i64, Refusal>,
    /// Why it is unlikely.
    pub doubt: Option<Doubt>,
}

/// What the rules say about a new reading.
pub fn judge_new(tx: &Tx, object: &Reached<Object>, draft: &Draft) -> Result<Judged> {
    if object.status == ObjectStatus::Retired {
        return Err(Error::conflict(format!("object {} is retired and takes no new readings", object.number))
            .at("object")
            .tip(format!("put it to use again with: frontdesk object retire {} --undo", object.number)));
    }
    let meter = meter_of(tx, object, draft)?;
    let known = around(tx, object, &meter.name, draft.at)?;
    let claim = Claim { value: draft.value, at: draft.at, hours: meter.counts_hours(), replaced: draft.replaced };
    let series = judge::judge(&claim, &known, tx.now());
    let likely = judge::Around {
        before: known.before.filter(|before| series.is_ok_and(|series| series == before.series)),
        ..known
    };
    let doubt = if series.is_ok() { judge::doubt(&claim, &likely) } else { None };
    Ok(Judged { meter, series, doubt })
}

/// What the rules say about another value for a reading.
pub fn judge_correction(
    tx: &Tx,
    object: &Reached<Object>,
    reading: &Reached<Reading>,
    value: Amount,
) -> Result<Judged> {
    let meter = reading.meter();
    let known = around(tx, object, &meter.name, reading.read_at)?;
    let own = |point: &judge::Point| point.series == reading.series;
    let near = judge::Around { before: known.before.filter(own), after: known.after.filter(own), ..known };
    let claim = Claim { value, at: reading.read_at, hours: meter.counts_hours(), replaced: false };
    let series = judge::fits(&claim, near.before, near.after).map(|()| reading.series);
    let doubt = if series.is_ok() { judge::doubt(&claim, &near) } else { None };
    Ok(Judged { meter, series, doubt })
}

/// Enters a reading that can be true. An unlikely one is taken only from somebody who is sure.
pub fn add(tx: &WriteTx, object: &Reached<Object>, draft: &Draft, sure: bool) -> Result<Reached<Reading>> {
    let judged = judge_new(tx, object, draft)?;
    let series = settled(tx, object, &judged, draft.value, draft.at, sure)?;
    let id = tx.change(ENTER, |w| {
        let values = named! {
            ":customer": object.customer_id, ":object": object.id, ":meter": judged.meter.name,
            ":unit": judged.meter.unit, ":series": series, ":value": draft.value.0, ":read_at": draft.at,
            ":note": draft.note, ":side": tx.actor().side(),
            ":corrects": None::<ReadingId>,
        };
        let id = ReadingId(w.insert(&INSERT, values)?);
        let made = in_object(tx, object, id)?;
        Ok((id, Entry::on(&made, "reading.added").after(&*made)))
    })?;
    in_object(tx, object, id)
}

/// Puts another value in a reading's place; nothing if it says that already. The old one stays visible with the reason.
pub fn correct(
    tx: &WriteTx,
    object: &Reached<Object>,
    reading: &Reached<Reading>,
    value: Amount,
    reason: &Prose,
    sure: bool,
) -> Result<Option<Reached<Reading>>> {
    permitted(tx, reading)?;
    if reading.value == value {
        return Ok(None);
    }
    let judged = judge_correction(tx, object, reading, value)?;
    let series = settled(tx, object, &judged, value, reading.read_at, sure)?;
    let id = tx.change(ENTER, |w| {
        end(w, reading, ReadingState::Corrected, reason)?;
        let values = named! {
            ":customer": object.customer_id, ":object": object.id, ":meter": reading.meter, ":unit": reading.unit,
            ":series": series, ":value": value.0, ":read_at": reading.read_at, ":note": reading.note,
            ":side": tx.actor().side(), ":corrects": reading.id,
        };
        let id = ReadingId(w.insert(&INSERT, values)?);
        let made = in_object(tx, object, id)?;
        Ok((id, Entry::on(reading, "reading.corrected").before(&**reading).after(&(&*made, reason))))
    })?;
    in_object(tx, object, id).map(Some)
}

/// Takes a reading out of the count, with the reason. It stays visible.
pub fn delete(tx: &WriteTx, reading: &Reached<Reading>, reason: &Prose) -> Result<()> {
    permitted(tx, reading)?;
    tx.change(ENTER, |w| {
        end(w, reading, ReadingState::Deleted, reason)?;
        Ok(((), Entry::on(reading, "reading.deleted").before(&**reading).after(reason)))
    })
}

/// Whether whoever acts may correct and delete a reading: staff all of them, customers what customers entered.
pub fn may_change(actor: &Actor, reading: &Reading) -> bool {
    let own_side = actor.side() == Side::Staff || reading.side == Side::Customer;
    actor.may(ENTER) && own_side && reading.state == ReadingState::Valid
}

fn permitted(tx: &Tx, reading: &Reading) -> Result<()> {
    tx.actor().require(ENTER)?;
    if reading.state != ReadingState::Valid {
        let (state, value, unit) = (reading.state, reading.value, &reading.unit);
        return Err(Error::conflict(format!("reading {} ({value} {unit}) was {state} already", reading.id))
            .tip(format!("see what counts with: frontdesk reading list --object {}", reading.object_no)));
    }
    if !may_change(tx.actor(), reading) {
        return Err(Error::denied("what the company entered is corrected by the company"));
    }
    Ok(())
}

fn end(w: &crate::db::Writer, reading: &Reading, state: ReadingState, reason: &Prose) -> Result<()> {
    match w.run(&END, named! { ":id": reading.id, ":state": state, ":why": reason })? {
        1 => Ok(()),
        _ => Err(Error::conflict(format!("reading {} does not count any more", reading.id))),
    }
}

/// The series of a reading that is taken, or the sentence that refuses it.
fn settled(tx: &Tx, object: &Reached<Object>, judged: &Judged, value: Amount, at: Moment, sure: bool) -> Result<i64> {
    let series = match judged.series {
        Ok(series) => series,
        Err(refusal) => {
            let words = sentence(&refusal, value, at, &judged.meter.unit, &zone(tx, object)?.rules());
            return Err(match refusal {
                Refusal::Same(_) => Error::conflict(words).at("at"),
                Refusal::Future { .. } => Error::invalid("at", words),
                _ => Error::invalid("value", words),
            });
        }
    };
    match judged.doubt.filter(|_| !sure) {
        None => Ok(series),
        Some(doubt) => {
            let words = question(&doubt, value, at, &judged.meter.unit, &zone(tx, object)?.rules());
            Err(Error::new(Kind::Usage, words).at("value").tip("if it is right, add --yes"))
        }
    }
}

/// The meter that a reading is of: the object's own, or the one it names.
pub fn meter_of(tx: &Tx, object: &Reached<Object>, draft: &Draft) -> Result<Meter> {
    let known = meters(tx, object)?;
    let found = match &draft.meter {
        None => known.first().cloned(),
        Some(name) => known.iter().find(|meter| meter.name == *name).cloned(),
    };
    match (found, &draft.meter, &draft.unit) {
        (Some(meter), _, Some(unit)) if meter.unit != *unit => Err(Error::invalid(
            "unit",
            format!("meter '{}' of object {} counts in {}, not in {unit}", meter.name, object.number, meter.unit),
        )),
        (Some(meter), ..) => Ok(meter),
        (None, Some(name), Some(unit)) => Ok(Meter { name: name.clone(), unit: unit.clone() }),
        (None, name, None) | (None, name @ None, Some(_)) => {
            let name = name.as_ref().map_or("", Line::as_str);
            let names: Vec<_> = known.iter().map(|meter| meter.name.as_str()).collect();
            Err(Error::invalid("meter", format!("object {} has no meter '{name}' yet", object.number))
                .tip(format!("it has: {}; a new one is told by its unit as well", names.join(", "))))
        }
    }
}
