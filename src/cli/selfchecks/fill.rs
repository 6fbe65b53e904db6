//! A self-check on its way: answered, signed, taken up again.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

use super::super::answer::{Action, Answer as Said};
use super::super::desk::Desk;
use super::super::flags::{Changing, Telling};
use super::{Which, done};
use crate::cli::{adding, usage};
use crate::db::Reached;
use crate::error::{Error, Kind, Result};
use crate::selfchecks::{self, Given, Point, Selfcheck};
use crate::text::Prose;

/// The largest file of answers, in bytes: more than every point with texts as long as they may be.
const LARGEST: usize = 4 << 20;

#[derive(Args, Debug)]
#[command(after_help = "\
A file of answers is CSV with the headings position, answer and note:
  position,answer,note
  1,ok,
  2,fail,Torn at the lower hinge
  3,-18.5 °C,")]
pub(in crate::cli) struct Answer {
    #[command(flatten)]
    which: Which,
    /// Which point, by its place
    #[arg(required_unless_present = "file")]
    point: Option<u32>,
    /// ok, fail, na, a number or a text, as the point asks; '' takes the answer away
    #[arg(requires = "point", required_unless_present = "file", allow_hyphen_values = true)]
    answer: Option<String>,
    /// What there is to say about it; what fails needs one
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Take the answers from a CSV file instead; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["point", "answer", "note"])]
    file: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Sign {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Reopen {
    #[command(flatten)]
    which: Which,
    /// Why, which its readers see
    #[arg(long, value_name = "TEXT")]
    reason: Prose,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    changing: Changing,
}

/// A line of a file of answers.
#[derive(Deserialize)]
struct Row {
    position: u32,
    answer: String,
    #[serde(default)]
    note: Option<String>,
}

/// An answer as it was typed, and where.
struct Typed {
    position: u32,
    answer: String,
    /// Without one the note that is kept stays.
    note: Option<String>,
    line: Option<u64>,
}

impl Answer {
    pub(in crate::cli) fn run(&self, desk: &Desk) -> Result<Said> {
        let (name, typed) = self.typed(desk)?;
        let (action, check) = adding::change(
            desk,
            self.changing,
            |tx| self.which.find(tx),
            |tx, check| {
                let points = selfchecks::points(tx, check)?;
                let given = typed.iter().map(|one| {
                    read(one, &points, check).map_err(|error| match one.line {
                        Some(line) => located(&error, &format!("{name}, line {line}")),
                        None => error,
                    })
                });
                let given = given.collect::<Result<Vec<_>>>()?;
                Ok(!selfchecks::answer(tx, check, &given)?.changed.is_empty())
            },
        )?;
        Ok(done(action, &check, self.changing)?.into())
    }

    fn typed(&self, desk: &Desk) -> Result<(String, Vec<Typed>)> {
        match (&self.file, self.point, &self.answer) {
            (Some(file), _, _) => {
                let name = if file.as_os_str() == "-" { "standard input".into() } else { file.display().to_string() };
                let rows = rows(desk, file, &name)?;
                Ok((name, rows))
            }
            (None, Some(position), Some(answer)) => {
                let typed = Typed { position, answer: answer.clone(), note: self.note.clone(), line: None };
                Ok((String::new(), vec![typed]))
            }
            _ => Err(usage("no answer was named").tip("name a point and its answer, or --file FILE")),
        }
    }
}

fn rows(desk: &Desk, file: &Path, name: &str) -> Result<Vec<Typed>> {
    let bytes = desk.read_file(file, LARGEST + 1)?;
    if bytes.len() > LARGEST {
        return Err(Error::new(Kind::Data, format!("{name} is larger than {LARGEST} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|_| Error::new(Kind::Data, format!("{name} is not UTF-8")))?;
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().map_err(|error| odd(name, &error))?.clone();
    for wanted in ["position", "answer"] {
        if !headings.iter().any(|heading| heading == wanted) {
            return Err(Error::new(Kind::Data, format!("{name}, line 1: there is no column '{wanted}'"))
                .tip("begin with a line: position,answer,note"));
        }
    }
    let mut typed: Vec<Typed> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| odd(name, &error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let row: Row = record.deserialize(Some(&headings)).map_err(|_| {
            let found = record.iter().next().unwrap_or_default();
            let what = format!("{name}, line {line}: '{}' is not the place of a point", crate::text::shown(found));
            Error::new(Kind::Data, what).at("position")
        })?;
        if let Some(other) = typed.iter().find(|other| other.position == row.position) {
            let first = other.line.unwrap_or_default();
            let what = format!("{name}, line {line}: point {} is answered in line {first} already", row.position);
            return Err(Error::new(Kind::Data, what).at("position"));
        }
        typed.push(Typed { position: row.position, answer: row.answer, note: row.note, line: Some(line) });
    }
    if typed.is_empty() {
        return Err(Error::new(Kind::Data, format!("{name} holds no answers")));
    }
    Ok(typed)
}

fn odd(name: &str, error: &csv::Error) -> Error {
    let line = error.position().map_or(1, csv::Position::line);
    Error::new(Kind::Data, format!("{name}, line {line}: the line has another number of columns than the first"))
}

/// What was typed about a point. A note that was not typed stays as it is.
fn read(typed: &Typed, points: &[Reached<Point>], check: &Selfcheck) -> Result<Given> {
    let point = points.iter().find(|point| point.position == typed.position);
    let point = point.ok_or_else(|| selfchecks::no_point(check, typed.position, points.len()))?;
    let kept = point.said.note.as_ref().map_or("", Prose::as_str);
    let note = typed.note.as_deref().unwrap_or(kept);
    let said = selfchecks::Said::read(&point.card, &typed.answer, note, None).map_err(|flaw| {
        let shown = if flaw.is_about_note() { note } else { &typed.answer };
        flaw.sentence(&point.card, point.position, shown)
    })?;
    Ok(Given { position: point.position, said, seen: None })
}

/// The same error as one of a file, with the place in front of its sentence.
fn located(error: &Error, place: &str) -> Error {
    let out = Error::new(Kind::Data, format!("{place}: {}", error.message()));
    match error.tip_text() {
        Some(tip) => out.tip(tip),
        None => out,
    }
}

impl Sign {
    pub(in crate::cli) fn run(&self, desk: &Desk) -> Result<Said> {
        let (action, check) = adding::change(
            desk,
            self.changing,
            |tx| self.which.find(tx),
            |tx, check| selfchecks::sign(tx, check, self.telling.tell()).map(|_| true),
        )?;
        Ok(done(action, &check, self.changing)?.into())
    }
}

impl Reopen {
    pub(in crate::cli) fn run(&self, desk: &Desk) -> Result<Said> {
        let (action, check): (Action, _) = adding::change(
            desk,
            self.changing,
            |tx| self.which.find(tx),
            |tx, check| selfchecks::reopen(tx, check, &self.reason, self.telling.tell()),
        )?;
        Ok(done(action, &check, self.changing)?.into())
    }
}
