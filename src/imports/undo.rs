//! A run is taken back, as long as nothing else has touched what it touched: all of it, or nothing.
//!
//! The audit has what each thing was before. Its lines are walked from the last to the first, and each thing is put back by
//! the functions of its noun, so an undo is in the audit as everything is.

use std::collections::HashSet;

use crate::db::{Reached, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::ids::RunId;
use crate::imports::put_back::{put_back, quoted};
use crate::imports::runs::{self, Counts, Record, Run, Span};
use crate::imports::trail_store::{self, Line};

/// A thing: its noun and its row.
type Thing = (String, i64);

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
    let mut lines = trail_store::lines(tx, span)?;
    if lines.is_empty() {
        return Ok(None);
    }
    let touched = touched(&lines)?;
    untouched_since(tx, number, span, &touched)?;
    let begun = Span::begin(tx)?;
    let (count, mut done) = (lines.len() as u64, 0);
    while let Some(line) = lines.pop() {
        put_back(tx, &line.open()?).map_err(|error| within(number, error))?;
        done += 1;
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

/// Each thing that the lines tell of.
fn touched(lines: &[Line]) -> Result<HashSet<Thing>> {
    let mut all = HashSet::with_capacity(lines.len());
    for line in lines {
        all.insert((line.noun.clone(), line.subject_id));
        // A correction makes a new reading.
        if line.action == "reading.corrected"
            && let Some(made) = line.clone().open()?.after[0]["id"].as_i64()
        {
            all.insert((line.noun.clone(), made));
        }
    }
    Ok(all)
}

/// Fails if anybody touched one of the things after the run. What was itself taken back since does not count.
fn untouched_since(tx: &WriteTx, number: RunId, span: Span, touched: &HashSet<Thing>) -> Result<()> {
    let all = runs::list(tx)?;
    let passed: Vec<Span> =
        all.iter().filter(|run| run.undoes.is_some() || run.undone_by.is_some()).filter_map(|run| run.span).collect();
    let mut first: Option<Line> = None;
    let mut others = HashSet::new();
    trail_store::since(tx, span.last, |step| {
        let thing = (step.noun.clone(), step.subject_id);
        let counts = touched.contains(&thing)
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
