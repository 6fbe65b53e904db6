//! A form with a new reading: taken, asked about, or shown again with what is wrong.

use std::cell::RefCell;

use super::said::Voice;
use super::{Desk, ENTERED, OBJECT, OF, minute, object_number, page_of, views};
use crate::clock::Moment;
use crate::db::{Tx, WriteTx};
use crate::error::{Error, Result};
use crate::ids::ReadingId;
use crate::imports::dates;
use crate::links;
use crate::objects;
use crate::portal::exchange::Reply;
use crate::portal::frame::frame;
use crate::portal::reply;
use crate::portal::ui::form::{ONCE, Problem};
use crate::portal::visit::Submission;
use crate::readings::{self, Draft, Judged};
use crate::text::Prose;
use views::readings::{ASKED, AT, FROM, Form, METER, NOTE, Question, REPLACED, SURE, VALUE};

/// Why a reading was not taken yet.
enum Stop {
    Problems(Vec<Problem>),
    Question(Question),
}

/// Enters a reading.
pub fn enter(submission: &Submission) -> Result<Reply> {
    let number = object_number(submission)?;
    // Set where the transaction is taken back, which hands nothing out.
    let stopped = RefCell::new(None);
    let taken = submission.write(|tx| {
        stopped.take();
        let id = tx.once(submission.field(ONCE), || match attempt(submission, tx, objects::named(tx, &number)?)? {
            Ok(id) => Ok(id.0),
            Err(stop) => {
                stopped.replace(Some(stop));
                Err(Error::conflict("the reading was not taken"))
            }
        })?;
        Ok(ReadingId(id))
    });
    match (taken, stopped.into_inner()) {
        (_, Some(stop)) => again(submission, stop),
        (Ok(id), None) => {
            let id = id.to_string();
            let slug = submission.slug();
            reply::see_other(&match submission.field(FROM) {
                OBJECT => format!("{}#reading", links::with_query(&links::object(slug, &number), &[(ENTERED, &id)])),
                _ => {
                    links::with_query(&links::readings(slug, &number), &[(OF, submission.field(METER)), (ENTERED, &id)])
                }
            })
        }
        (Err(error), None) => Err(error),
    }
}

fn attempt(
    submission: &Submission,
    tx: &WriteTx,
    object: crate::db::Reached<objects::Object>,
) -> Result<std::result::Result<ReadingId, Stop>> {
    let desk = Desk::of(submission, tx, object, submission.field(METER))?;
    let draft = match typed(submission, tx, &desk) {
        Ok(draft) => draft,
        Err(problems) => return Ok(Err(Stop::Problems(problems))),
    };
    let judged = readings::judge_new(tx, &desk.object, &draft)?;
    Ok(match stop(submission, &desk.voice, &judged, draft.value, draft.at) {
        Some(stop) => Err(stop),
        None => Ok(readings::add(tx, &desk.object, &draft, true)?.id),
    })
}

/// What keeps a reading that the rules have judged: a refusal, or a question that was not answered yet.
fn stop(submission: &Submission, voice: &Voice, judged: &Judged, value: readings::Amount, at: Moment) -> Option<Stop> {
    let unit = judged.meter.unit.as_str();
    if let Err(refusal) = &judged.series {
        return Some(Stop::Problems(vec![voice.refusal(refusal, value, at, unit)]));
    }
    let doubt = judged.doubt.as_ref()?;
    let asked = format!("{value} {at} {}", judged.meter.name);
    if submission.field(SURE) == "yes" && submission.field(ASKED) == asked {
        return None;
    }
    Some(Stop::Question(Question { text: voice.doubt(doubt, value, at, unit), asked }))
}

/// The fields of the form as a reading, or everything that is wrong with them.
fn typed(submission: &Submission, tx: &Tx, desk: &Desk) -> std::result::Result<Draft, Vec<Problem>> {
    let said = desk.voice.words();
    let value = desk.voice.value(submission.field(VALUE));
    let at = match submission.field(AT) {
        // The short form beside the object asks for no time.
        "" if submission.field(FROM) == OBJECT => Ok(minute(tx.now())),
        text => dates::moment(text, None, &desk.voice.zone.rules()).map_err(|_| Problem::new(AT, said.at_odd)),
    };
    let note = match submission.field(NOTE).trim() {
        "" => Ok(None),
        text => Prose::parse(text).map(Some).map_err(|_| Problem::new(NOTE, said.note_odd)),
    };
    match (value, at, note) {
        (Ok(value), Ok(at), Ok(note)) => Ok(Draft {
            meter: Some(desk.meter.name.clone()),
            note,
            replaced: submission.field(REPLACED) == "yes",
            ..Draft::new(value, at)
        }),
        (value, at, note) => Err([value.err(), at.err(), note.err()].into_iter().flatten().collect()),
    }
}

/// The page with the whole form: what was typed, and what is wrong or asked.
fn again(submission: &Submission, stop: Stop) -> Result<Reply> {
    let number = object_number(submission)?;
    let data = submission.read(|tx| {
        let desk = Desk::of(submission, tx, objects::named(tx, &number)?, submission.field(METER))?;
        let empty = desk.form(submission, tx, submission.field(FROM))?;
        let field = |name| submission.field(name).to_owned();
        let at = if submission.field(AT).is_empty() && submission.field(FROM) == OBJECT { empty.at } else { field(AT) };
        let (problems, question) = match stop {
            Stop::Problems(problems) => (problems, None),
            Stop::Question(question) => (Vec::new(), Some(question)),
        };
        let form = Form {
            value: field(VALUE),
            at,
            note: field(NOTE),
            replaced: submission.field(REPLACED) == "yes",
            // The same form, which is taken once it is right.
            once: field(ONCE),
            problems,
            question,
            ..empty
        };
        page_of(submission, tx, &desk, Some(form))
    })?;
    Ok(reply::with_status(422, views::readings::list(&frame(submission), &data)))
}
