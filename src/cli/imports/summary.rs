//! What is said after an import: how the file was read, what is wrong with which rows, what was done.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::super::answer::{Action, Report, record};
use super::super::desk::Desk;
use super::super::difference::{self, number};
use super::super::flags::{Changing, Format};
use super::super::table::tame;
use crate::error::{Error, Kind, Result};
use crate::ids::RunId;
use crate::imports::headings::{Headings, Origin};
use crate::imports::missing::{Absent, Missing, Search};
use crate::imports::reader::Reader;
use crate::imports::take::Outcome;
use crate::imports::taken::{Deed, Taken};
use crate::text::shown;

/// So many problems are shown; all of them are in the file of rejected rows.
const PROBLEMS: usize = 20;

/// Everything there is to say.
pub(super) struct Summary<'a> {
    pub(super) name: String,
    pub(super) reader: &'a Reader,
    pub(super) outcome: Outcome<'a>,
    pub(super) run: Option<RunId>,
    pub(super) rejects: Option<PathBuf>,
    /// Why nothing was kept, if so.
    pub(super) stop: Option<Error>,
    pub(super) seconds: f64,
    pub(super) search: Search,
    pub(super) changing: Changing,
}

impl Summary<'_> {
    /// Says it on standard error and gives the facts for standard output.
    pub(super) fn answer(mut self, desk: &Desk) -> Result<Report> {
        let counts = self.outcome.counts;
        let (is_stopped, error) = match self.stop.take() {
            Some(stop) => (true, Some(stop)),
            None => (false, self.error()),
        };
        if is_stopped {
            // Nothing of it was kept.
            self.outcome.plan.clear();
        }
        if error.is_some() && matches!(desk.format(), Format::Json | Format::Jsonl) {
            // The error is one object and carries the facts; a line beside it would be in a program's way.
            return Ok(Report { record: self.facts(is_stopped)?, id: None, text: String::new(), error, status: 0 });
        }
        desk.say(&tame(&self.head()));
        for line in self.problems() {
            // Errors are never silenced.
            let _ = writeln!(desk.io.stderr.borrow_mut(), "{}", tame(&line));
        }
        for tip in self.reader.tips() {
            desk.say(&tame(&format!("  tip: {tip}")));
        }
        if is_stopped {
            // Nothing is said on standard output when nothing was done.
            return Ok(Report { record: self.facts(is_stopped)?, id: None, text: String::new(), error, status: 0 });
        }
        self.say_absent(desk);
        desk.say(&tame(&self.tail()));
        let pending = self.changing.exit_code && counts.is_change();
        Ok(Report {
            record: self.facts(false)?,
            id: match &self.outcome.fingerprint {
                Some(fingerprint) if self.changing.dry_run => Some(fingerprint.to_string()),
                _ => self.run.map(|run| run.to_string()),
            },
            text: if self.changing.dry_run { self.plan() } else { String::new() },
            error,
            status: if pending { Kind::Pending.exit() } else { 0 },
        })
    }

    /// `customers.csv: 1 204 rows, ';', UTF-8 with BOM`, and what the headings mean.
    fn head(&self) -> String {
        let headings = self.reader.headings();
        let mut words: Vec<String> = columns(headings)
            .into_iter()
            .map(|(column, origin)| format!("{column} <- {}", origin.unwrap_or("--derive-id".into())))
            .collect();
        if !headings.ignored().is_empty() {
            let ignored: Vec<String> = headings.ignored().iter().map(|name| format!("\"{}\"", shown(name))).collect();
            words.push(format!("ignored: {}", ignored.join(", ")));
        }
        format!("{}: {} rows, {}\n  {}", self.name, number(self.reader.rows()), self.reader.about(), words.join("    "))
    }

    fn problems(&self) -> Vec<String> {
        let rejected = &self.outcome.rejected;
        let mut lines = Vec::new();
        for (_, problem) in rejected.iter().take(PROBLEMS) {
            lines.push(format!("! {problem}"));
            lines.extend(problem.tip.iter().map(|tip| format!("  tip: {tip}")));
        }
        if rejected.len() > PROBLEMS {
            lines.push(format!("! and {} more", number((rejected.len() - PROBLEMS) as u64)));
        }
        lines
    }

    /// `created 3, changed 8, unchanged 1 191, rejected 2 of 1 204 (run 41, 0.4 s)`.
    fn tail(&self) -> String {
        let counts = &self.outcome.counts;
        let note = if self.changing.dry_run { "dry run, nothing was changed: " } else { "" };
        let run = self.run.map(|run| format!("run {run}, ")).unwrap_or_default();
        let closed = match self.search.missing {
            Missing::Keep => String::new(),
            Missing::Report => format!(", missing {}", number(self.outcome.absent.len() as u64)),
            Missing::Close => format!(", closed {}", number(counts.closed)),
        };
        format!(
            "{note}created {}, changed {}{closed}, unchanged {}, rejected {} of {} ({run}{:.1} s)",
            number(counts.created),
            number(counts.changed),
            number(counts.unchanged),
            number(counts.rejected),
            number(counts.rows()),
            self.seconds
        )
    }

    /// What the file does not name, when it was asked for.
    fn say_absent(&self, desk: &Desk) {
        let absent = &self.outcome.absent;
        if !self.changing.dry_run {
            absent.iter().take(PROBLEMS).for_each(|one| desk.say(&tame(&lacking(one))));
            if absent.len() > PROBLEMS {
                let more = number((absent.len() - PROBLEMS) as u64);
                desk.say(&format!("? and {more} more; all of them: -o json or --report FILE"));
            }
        }
        if let Some(line) = self.outcome.unknown {
            let why = "does not say what it is about, so nothing was closed: it may mean anything that is missing";
            // Never silenced: something was asked for and is not done.
            let _ = writeln!(desk.io.stderr.borrow_mut(), "warning: line {line} was rejected and {why}");
        }
    }

    /// What would be done, a line each: `+` made, `~` changed, `!` not taken, `?` not in the file; `=` counts the rest.
    /// Last comes the fingerprint of it.
    fn plan(&self) -> String {
        let mut lines: Vec<(u64, String)> =
            self.outcome.plan.iter().map(|(line, taken)| (*line, planned(taken))).collect();
        lines.extend(self.outcome.rejected.iter().map(|(record, problem)| (record.line, format!("! {problem}"))));
        lines.sort_by_key(|(line, _)| *line);
        let mut text: String = lines.into_iter().map(|(_, line)| line + "\n").collect();
        text.extend(self.outcome.absent.iter().map(|one| lacking(one) + "\n"));
        text.push_str(&(difference::rest(self.outcome.counts.unchanged) + "\n"));
        if let Some(fingerprint) = &self.outcome.fingerprint {
            text.push_str(&format!("fingerprint {fingerprint}\n"));
        }
        text
    }

    fn facts(&self, is_stopped: bool) -> Result<Map<String, Value>> {
        let counts = &self.outcome.counts;
        let changed = counts.is_change() && !is_stopped;
        let columns: Map<String, Value> = columns(self.reader.headings())
            .into_iter()
            .map(|(column, origin)| (column.to_owned(), origin.map_or(Value::Null, |said| unquoted(&said))))
            .collect();
        let problems = self.outcome.rejected.iter().map(|(_, problem)| {
            json!({ "line": problem.line, "column": problem.column, "code": problem.code,
                    "reason": problem.reason, "tip": problem.tip })
        });
        let mut facts = record(&json!({
            "action": Action::updated(changed).word(), "changed": changed, "file": self.name,
            "run": self.run, "rows": counts.rows(), "counts": counts, "rejects": self.rejects,
            "seconds": (self.seconds * 1000.0).round() / 1000.0, "columns": columns,
            "ignored": self.reader.headings().ignored(), "problems": problems.collect::<Vec<_>>(),
        }))?;
        if self.search.missing != Missing::Keep {
            let missing = self.outcome.absent.iter();
            let missing =
                missing.map(|one| json!({ "about": one.about, "id": one.id, "closed": one.closed.is_some() }));
            facts.insert("missing".into(), missing.collect());
        }
        if let Some(fingerprint) = &self.outcome.fingerprint {
            facts.insert("fingerprint".into(), json!(fingerprint.to_string()));
        }
        if self.changing.dry_run {
            let plan = self.outcome.plan.iter().map(|(line, taken)| {
                json!({ "line": line, "deed": taken.deed, "about": taken.about, "differences": taken.differences })
            });
            facts.insert("dry_run".into(), json!(true));
            facts.insert("plan".into(), plan.collect());
        }
        Ok(facts)
    }

    /// The rows that were not taken are an error even though the others were.
    fn error(&self) -> Option<Error> {
        let counts = &self.outcome.counts;
        if counts.rejected == 0 {
            return None;
        }
        let message = format!("{} of {} rows were not taken", number(counts.rejected), number(counts.rows()));
        let error = Error::new(Kind::Data, message);
        Some(match &self.rejects {
            Some(path) => error.tip(format!("repair '{}' and import it with the same options", path.display())),
            None => error.tip("repair them in the file; or import it, and repair the file of rejected rows"),
        })
    }
}

/// Each column with what it comes from: a heading or a constant in quotes, or nothing where it is derived.
fn columns(headings: &Headings) -> Vec<(&'static str, Option<String>)> {
    headings
        .origins()
        .iter()
        .map(|(column, origin)| {
            let said = match origin {
                Origin::Cell(at) => Some(format!("\"{}\"", shown(&headings.written()[*at]))),
                Origin::Set(value) => Some(format!("'{}'", shown(value))),
                Origin::Derived => None,
            };
            (*column, said)
        })
        .collect()
}

fn unquoted(said: &str) -> Value {
    json!(said.get(1..said.len() - 1).unwrap_or(said))
}

fn planned(taken: &Taken) -> String {
    let sign = match taken.deed {
        Deed::Created => '+',
        Deed::Changed => '~',
        Deed::Unchanged => '=',
    };
    difference::line(sign, &taken.about, &taken.differences)
}

fn lacking(absent: &Absent) -> String {
    match absent.closed {
        Some((old, new)) => format!("~ {}: not in the file, status '{old}' → '{new}'", absent.about),
        None => format!("? {}: not in the file", absent.about),
    }
}
