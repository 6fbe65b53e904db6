//! A reading that is wrong: its page, and the two forms on it.

use std::cell::RefCell;

use super::{Desk, ENTERED, OF, object_number, reading_id, views};
use crate::db::{Reached, Tx};
use crate::error::{Error, Result};
use crate::links;
use crate::objects;
use crate::portal::exchange::Reply;
use crate::portal::frame::frame;
use crate::portal::reply;
use crate::portal::ui::form::{Problem, Target};
use crate::portal::visit::{Submission, Visit};
use crate::readings::{self, Amount, Reading};
use crate::text::Prose;
use views::readings::{ACT, ASKED, Act, Edit, Question, SURE, VALUE, WHY, WHY_DELETED};

/// What was typed, and what became of it.
#[derive(Default)]
struct Typed {
    value: Option<String>,
    why: (String, String),
    problems: Vec<Problem>,
    question: Option<Question>,
}

/// One reading, to correct or to delete, for whoever may.
pub fn edit(visit: &Visit) -> Result<Reply> {
    Ok(reply::page(page(visit, Typed::default())?))
}

fn page(visit: &Visit, typed: Typed) -> Result<maud::Markup> {
    let (number, id) = (object_number(visit)?, reading_id(visit)?);
    let data = visit.read(|tx| {
        let object = objects::named(tx, &number)?;
        let reading = changeable(tx, &object, id)?;
        let desk = Desk::of(visit, tx, object, reading.meter.as_str())?;
        let unit = reading.unit.as_str();
        Ok(Edit {
            object: (desk.name(), back(visit, &desk, &reading, &[])),
            reading: desk.voice.amount(reading.value, unit),
            when: desk.voice.when(reading.read_at),
            by: reading.author.to_string(),
            unit: unit.into(),
            target: Target { action: links::reading(visit.slug(), &number, id), token: visit.token() },
            value: typed.value.unwrap_or_else(|| reading.value.to_string()),
            why: typed.why,
            problems: typed.problems,
            question: typed.question,
        })
    })?;
    Ok(views::readings::edit(&frame(visit), &data))
}

/// Corrects or deletes a reading.
pub fn submit(submission: &Submission) -> Result<Reply> {
    match submission.field(ACT) {
        word if word == Act::Delete.word() => delete(submission),
        word if word == Act::Correct.word() => correct(submission),
        _ => Err(Error::invalid(ACT, "the form does not say what to do")),
    }
}

fn correct(submission: &Submission) -> Result<Reply> {
    let (number, id) = (object_number(submission)?, reading_id(submission)?);
    let (value, why) = (submission.field(VALUE), submission.field(WHY));
    let again = |problems, question| {
        let typed = Typed { value: Some(value.into()), why: (why.into(), String::new()), problems, question };
        Ok(reply::with_status(422, page(submission, typed)?))
    };
    let stopped = RefCell::new(None);
    let done = submission.write(|tx| {
        stopped.take();
        let object = objects::named(tx, &number)?;
        let reading = changeable(tx, &object, id)?;
        let desk = Desk::of(submission, tx, object, reading.meter.as_str())?;
        let stop = |problems, question| {
            stopped.replace(Some((problems, question)));
            Err(Error::conflict("the reading was not corrected"))
        };
        let reason = reason(why, WHY, desk.voice.words().why_missing);
        let (value, reason) = match (desk.voice.value(value), reason) {
            (Ok(value), Ok(reason)) => (value, reason),
            (value, reason) => return stop([value.err(), reason.err()].into_iter().flatten().collect(), None),
        };
        if value != reading.value
            && let Some((problems, question)) = judged(submission, tx, &desk, &reading, value)?
        {
            return stop(problems, question);
        }
        let corrected = readings::correct(tx, &desk.object, &reading, value, &reason, true)?;
        let id = corrected.map_or(reading.id, |corrected| corrected.id).to_string();
        Ok(back(submission, &desk, &reading, &[("after", "corrected"), (ENTERED, &id)]))
    });
    match (done, stopped.into_inner()) {
        (_, Some((problems, question))) => again(problems, question),
        (done, None) => reply::see_other(&done?),
    }
}

type Stopped = Option<(Vec<Problem>, Option<Question>)>;

fn judged(submission: &Submission, tx: &Tx, desk: &Desk, reading: &Reached<Reading>, value: Amount) -> Result<Stopped> {
    let judged = readings::judge_correction(tx, &desk.object, reading, value)?;
    let (at, unit) = (reading.read_at, reading.unit.as_str());
    if let Err(refusal) = &judged.series {
        return Ok(Some((vec![desk.voice.refusal(refusal, value, at, unit)], None)));
    }
    let asked = format!("{value} {at} {}", reading.meter);
    let answered = submission.field(SURE) == "yes" && submission.field(ASKED) == asked;
    Ok(judged
        .doubt
        .filter(|_| !answered)
        .map(|doubt| (Vec::new(), Some(Question { text: desk.voice.doubt(&doubt, value, at, unit), asked }))))
}

fn delete(submission: &Submission) -> Result<Reply> {
    let (number, id) = (object_number(submission)?, reading_id(submission)?);
    let typed = submission.field(WHY_DELETED);
    let missing = crate::words::portal::of(submission.lang).readings.why_missing;
    let reason = match reason(typed, WHY_DELETED, missing) {
        Ok(reason) => reason,
        Err(problem) => {
            let typed = Typed { why: (String::new(), typed.into()), problems: vec![problem], ..Typed::default() };
            return Ok(reply::with_status(422, page(submission, typed)?));
        }
    };
    let led = submission.write(|tx| {
        let object = objects::named(tx, &number)?;
        let reading = changeable(tx, &object, id)?;
        readings::delete(tx, &reading, &reason)?;
        let desk = Desk::of(submission, tx, object, reading.meter.as_str())?;
        Ok(back(submission, &desk, &reading, &[("after", "deleted")]))
    })?;
    reply::see_other(&led)
}

/// A reading that this visitor may change; what they may not is not there for them.
fn changeable(tx: &Tx, object: &Reached<objects::Object>, id: crate::ids::ReadingId) -> Result<Reached<Reading>> {
    let reading = readings::in_object(tx, object, id)?;
    match readings::may_change(tx.actor(), &reading) {
        true => Ok(reading),
        false => Err(Error::not_found("reading", id)),
    }
}

fn reason(typed: &str, field: &'static str, missing: &str) -> std::result::Result<Prose, Problem> {
    Prose::parse(typed).map_err(|_| Problem::new(field, missing))
}

/// The page of the meter's readings.
fn back(visit: &Visit, desk: &Desk, reading: &Reading, more: &[(&str, &str)]) -> String {
    let own = desk.meters.first().is_some_and(|meter| meter.name == reading.meter);
    let of = if own { "" } else { reading.meter.as_str() };
    let values: Vec<_> = [(OF, of)].into_iter().chain(more.iter().copied()).collect();
    links::with_query(&links::readings(visit.slug(), &desk.object.number), &values)
}
