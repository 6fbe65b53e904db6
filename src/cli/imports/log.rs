//! `import log`, `show`, `rejects`, `undo`: what was taken, what that did, what it left out, and how it is taken back.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::super::desk::Desk;
use super::super::difference;
use super::super::flags::{Changing, Format, Listing};
use super::progress::Progress;
use super::turn;
use crate::access::Right;
use crate::db::Reached;
use crate::error::{Error, Kind, Result};
use crate::ids::RunId;
use crate::imports::trail::{self, Step};
use crate::imports::{runs, undo};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Runs {
    /// List the imports that changed something or rejected rows, the newest first
    Log(Log),
    /// Show what an import did: everything that it made or changed, with old and new values
    Show(Show),
    /// Print the rows that an import rejected, as a file that can be imported after repair
    Rejects(Rejects),
    /// Take back everything that an import did, as long as nothing else has touched it
    Undo(Undo),
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Log {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Show {
    /// The number of the run, from `import log`
    run: i64,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Rejects {
    /// The number of the run, from `import log`
    run: i64,
}

#[derive(Args, Debug)]
#[command(after_help = "\
What the run made is removed, what it changed or closed is as it was. If anybody has changed one of these things since, or
something hangs on one that the run made, all stays as it is and the exit status is 4. A later run that touched them is
taken back first. Numbers of orders are not given again, and a prefix that was made for them stays.")]
pub(in crate::cli) struct Undo {
    /// The number of the run, from `import log`
    run: i64,
    #[command(flatten)]
    changing: Changing,
}

const COLUMNS: &[Column] = &[
    shown("run", "RUN"),
    shown("at", "WHEN"),
    shown("noun", "WHAT"),
    shown("file", "FILE"),
    shown("actor", "BY"),
    shown("created", "CREATED"),
    shown("changed", "CHANGED"),
    shown("closed", "CLOSED"),
    shown("unchanged", "UNCHANGED"),
    shown("rejected", "REJECTED"),
    shown("undoes", "UNDOES"),
    shown("undone_by", "UNDONE BY"),
];

/// What a run did, for people.
const SAID: &[Column] =
    &[shown("noun", "WHAT"), shown("subject", "WHICH"), shown("action", "DONE"), shown("changes", "OLD AND NEW")];

/// The same for programs.
const KEPT: &[Column] =
    &[kept("noun"), kept("subject"), kept("action"), kept("differences"), kept("values"), kept("audit_line")];

impl Runs {
    pub(in crate::cli) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Log(Log { listing }) => {
                let all = desk.read(runs::list)?;
                List::answer("imports", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Show(Show { run }) => show(RunId(run), desk),
            Self::Rejects(Rejects { run }) => rejects(RunId(run), desk),
            Self::Undo(Undo { run, changing }) => take_back(RunId(run), changing, desk),
        }
    }
}

fn show(run: RunId, desk: &Desk) -> Result<Answer> {
    desk.read(|tx| {
        let run = runs::find(tx, run)?;
        // A run can be long: only what the format shows is made of it.
        let for_people = matches!(desk.format(), Format::Table | Format::Csv | Format::Id);
        let mut rows = Vec::new();
        trail::steps(tx, &run, |step| {
            rows.push(told(&step, for_people));
            Ok(())
        })?;
        Ok(Card::new(&*run)?.with("changes", if for_people { SAID } else { KEPT }, rows)?.into())
    })
}

fn told(step: &Step, for_people: bool) -> Value {
    // Of what was made or is gone there is no other side, and a long first import has many such.
    let whole = match (&step.before, &step.after) {
        (Value::Null, Value::Object(values)) | (Value::Object(values), Value::Null) if !for_people => Some(values),
        _ => None,
    };
    if let Some(values) = whole {
        let values: serde_json::Map<_, _> = values
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        return json!({
            "noun": step.noun, "subject": step.subject, "action": step.action, "differences": [], "values": values,
            "audit_line": step.id,
        });
    }
    let differences = trail::differences(step);
    let (noun, subject, action, line) = (&step.noun, &step.subject, &step.action, step.id);
    match for_people {
        true => {
            let said: Vec<String> = differences.iter().map(difference::change).collect();
            json!({ "noun": noun, "subject": subject, "action": action, "changes": said.join(", ") })
        }
        false => json!({
            "noun": noun, "subject": subject, "action": action, "differences": differences, "values": null,
            "audit_line": line,
        }),
    }
}

fn rejects(run: RunId, desk: &Desk) -> Result<Answer> {
    let (run, lines) = desk.read(|tx| {
        let run = runs::find(tx, run)?;
        let lines = runs::rejects(tx, &run)?;
        Ok((run.into_inner(), lines))
    })?;
    if lines.is_empty() && run.counts.rejected > 0 {
        let why = format!("the rejected rows of run {} are not kept: it is too old", run.id);
        let tip = format!("they are kept for {} days", runs::KEPT_DAYS);
        return Err(Error::new(Kind::NotFound, why).tip(tip));
    }
    if lines.is_empty() {
        desk.say(&format!("Run {} rejected no row.", run.id));
    }
    Ok(Answer::Text(lines.concat()))
}

fn take_back(run: RunId, changing: Changing, desk: &Desk) -> Result<Answer> {
    desk.require(Right::Imports)?;
    let before = desk.read(|tx| runs::find(tx, run))?.into_inner();
    let about = format!("run {} ({} import of '{}' at {})", before.id, before.noun, before.file, before.at);
    let facts = |by: Option<RunId>| {
        record(&json!({
            "run": run, "noun": before.noun, "file": before.file, "at": before.at, "counts": before.counts,
            "undone_by": by,
        }))
    };
    if let Some(by) = before.undone_by {
        let facts = facts(before.undone_by)?;
        return Ok(Done::new(
            Action::Unchanged,
            run,
            format!("{about}, taken back already by run {by}"),
            &facts,
            changing,
        )?
        .into());
    }
    let _turn = match changing.dry_run {
        true => None,
        false => Some(turn(desk, &format!("undo of run {run}"))?),
    };
    let bar = Progress::new(desk, 0);
    let go = |changing| {
        let done = desk.write(changing, |tx| {
            tx.as_importer(|tx| undo::undo(tx, &runs::find(tx, run)?, &|done, of| bar.of(done, of)))
        });
        bar.end();
        done
    };
    if !changing.dry_run {
        // Tried before the question is asked, so that nobody confirms what is then refused.
        if go(Changing { dry_run: true, ..changing })?.is_some() {
            let c = before.counts;
            desk.confirm(&format!(
                "This takes back {about}: {} created, {} changed, {} closed. Go on?",
                c.created, c.changed, c.closed
            ))?;
        }
    }
    let by = go(changing)?;
    let Some(by) = by else {
        let done =
            Done::new(Action::Unchanged, run, format!("{about}, which changed nothing"), &facts(None)?, changing)?;
        return Ok(done.into());
    };
    let facts = facts(Some(by).filter(|_| !changing.dry_run))?;
    let taken_back = if changing.dry_run { String::new() } else { format!(", taken back by run {by}") };
    Ok(Done::new(Action::Updated, run, format!("{about}{taken_back}"), &facts, changing)?.into())
}
