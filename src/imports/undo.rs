//! A run is taken back, as long as nothing else has touched what it touched: all of it, or nothing.
//!
//! The audit has what each thing was before. Its lines are walked from the last to the first, and each thing is put back by
//! the functions of its noun, so an undo is in the audit as everything is.

use std::collections::{HashMap, HashSet};

use crate::db::{Reached, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::ids::RunId;
use crate::imports::put_back::{put_back, quoted};
use crate::imports::runs::{self, Counts, Record, Run, Span};
use crate::imports::trail_store::{self, Step};

/// What is written about a thing that changes nothing about it.
const TELLS_ONLY: [&str; 1] = ["object.service_due"];

/// Takes a run back and gives the number under which that stands in the log; nothing if the run had changed nothing.
///
/// `step` is told after each thing how many are done, of how many.
pub fn undo(tx: &WriteTx, run: &Reached<Run>, step: &dyn Fn(u64, u64)) -> Result<Option<RunId>> {
    let number = run.id;
    if let Some(undone) = run.undoes {
        return Err(
            Error::conflict(format!("run {number} is itself the undo of run {undone}")).tip("import the file again")
        );
    }
    if let Some(by) = run.undone_by {
        return Err(Error::conflict(format!("run {number} was taken back already, by run {by}")));
    }
    let Some(span) = run.span else {
        return Err(Error::conflict(format!(
            "run {number} was taken by an older frontdesk, which did not note what it did"
        ))
        .tip(format!("look for it in the audit around {}", run.at)));
    };
    let steps: Vec<Step> = trail_store::steps(tx, span)?.into_iter().filter(is_of_things).collect();
    if steps.is_empty() {
        return Ok(None);
    }
    let touched = touched(&steps);
    untouched_since(tx, number, span, &touched)?;
    let begun = Span::begin(tx)?;
    let count = steps.len() as u64;
    for (done, one) in (1..).zip(steps.iter().rev()) {
        put_back(tx, one).map_err(|error| within(number, error))?;
        step(done, count);
    }
    let counts = Counts { changed: touched.len() as u64, ..Counts::default() };
    let record = Record {
        noun: &run.noun,
        file: &run.file,
        counts: &counts,
        span: begun.until_now(tx)?,
        undoes: Some(number),
        rejects: &[],
    };
    runs::record(tx, &record).map(Some)
}

/// Whether a line tells of a thing, and not of the run or of the audit itself.
pub(super) fn is_of_things(step: &Step) -> bool {
    !["import", "audit"].contains(&step.noun.as_str())
}

/// Each thing that the steps touched, with what people call it.
fn touched(steps: &[Step]) -> HashMap<(String, i64), String> {
    let mut all = HashMap::new();
    for step in steps {
        all.insert((step.noun.clone(), step.subject_id), step.subject.clone());
        // A correction makes a new reading.
        if let Some(made) = step.after.get(0).and_then(|made| made["id"].as_i64()).filter(|_| step.noun == "reading") {
            all.insert((step.noun.clone(), made), step.subject.clone());
        }
    }
    all
}

/// Fails if anybody touched one of the things after the run. What was itself taken back since does not count.
fn untouched_since(tx: &WriteTx, number: RunId, span: Span, touched: &HashMap<(String, i64), String>) -> Result<()> {
    let all = runs::list(tx)?;
    let passed: Vec<Span> =
        all.iter().filter(|run| run.undoes.is_some() || run.undone_by.is_some()).filter_map(|run| run.span).collect();
    let mut first: Option<Step> = None;
    let mut others = HashSet::new();
    trail_store::since(tx, span.last, |step| {
        let thing = (step.noun.clone(), step.subject_id);
        let counts = touched.contains_key(&thing)
            && !TELLS_ONLY.contains(&step.action.as_str())
            && !passed.iter().any(|span| span.holds(step.id));
        if counts {
            others.insert(thing);
            first.get_or_insert(step);
        }
        Ok(())
    })?;
    let Some(step) = first else { return Ok(()) };
    let by_run = all.iter().find(|run| run.span.is_some_and(|span| span.holds(step.id)));
    let whose = by_run.map_or_else(String::new, |run| format!(", in run {}", run.id));
    let more = match others.len() - 1 {
        0 => String::new(),
        1 => ", and another thing as well".into(),
        more => format!(", and {more} other things as well"),
    };
    let why = format!(
        "{} {} was touched since: {} by {} at {}{whose}{more}",
        step.noun, step.subject, step.action, step.actor, step.at
    );
    let tip = match by_run {
        Some(run) => format!("take that run back first: frontdesk import undo {}", run.id),
        None => format!("look at it with: frontdesk audit list --subject {}", quoted(&step.subject)),
    };
    Err(within(number, Error::conflict(why).tip(tip)))
}

fn within(number: RunId, error: Error) -> Error {
    if error.kind() != Kind::Conflict {
        return error;
    }
    let made = Error::conflict(format!("run {number} cannot be taken back: {}; nothing was changed", error.message()));
    match error.tip_text() {
        Some(tip) => made.tip(tip),
        None => made,
    }
}
