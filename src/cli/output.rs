//! Answers and errors are written here, in the format that was asked for.

use std::io::{ErrorKind, Write};

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::answer::{Action, Answer, Card, Done, List, Report};
use super::desk::Desk;
use super::flags::{Colours, Format, Globals};
use super::io::Io;
use super::pick::{self, plain};
use super::table::{self, Look};
use crate::error::{Error, Kind, Result};
use crate::text::cell::{harmless, harmless_text};
use crate::text::is_unprintable;

/// Writes an answer and gives the exit status.
pub(super) fn give(answer: &Answer, desk: &Desk) -> Result<u8> {
    match answer {
        Answer::List(list) => give_list(list, desk)?,
        Answer::Card(card) => give_card(card, desk)?,
        Answer::Text(text) => write(desk.io, text)?,
        Answer::Done(done) => return give_done(done, desk),
        Answer::Report(report) => return give_report(report, desk),
    }
    Ok(0)
}

fn give_list(list: &List, desk: &Desk) -> Result<()> {
    let fields = &desk.globals.fields;
    if fields.iter().any(|field| field == "help") {
        let names: Vec<_> = list.columns.iter().map(|column| column.field).collect();
        return write(desk.io, &format!("{}\n", names.join("\n")));
    }
    let rows = pick::rows(list)?;
    let format = desk.format();
    let columns = pick::columns(list.columns, fields, |column| format != Format::Table || column.heading.is_some())?;
    let narrowed = |row: &Map<String, Value>| -> Value {
        columns.iter().map(|c| (c.field.to_owned(), row.get(c.field).cloned().unwrap_or(Value::Null))).collect()
    };
    let text = match format {
        Format::Table if rows.is_empty() => {
            desk.say(&format!("No {} match.", list.noun));
            String::new()
        }
        Format::Table => table::rows(&columns, &rows, &look(desk)),
        Format::Json => pretty(&rows.iter().map(|row| narrowed(row)).collect())?,
        Format::Jsonl => rows.iter().map(|row| one_line(&narrowed(row))).collect(),
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            if !desk.globals.no_header {
                writer.write_record(columns.iter().map(|column| column.field)).map_err(Error::internal)?;
            }
            for row in &rows {
                let values = columns.iter().map(|column| row.get(column.field).cloned().unwrap_or(Value::Null));
                writer.write_record(cells(values, desk)).map_err(Error::internal)?;
            }
            String::from_utf8(writer.into_inner().map_err(|error| Error::internal(error.into_error()))?)
                .map_err(Error::internal)?
        }
        Format::Id => {
            let key = list.columns.first().map_or("", |column| column.field);
            rows.iter().map(|row| format!("{}\n", table::tame(&plain(row.get(key).unwrap_or(&Value::Null))))).collect()
        }
    };
    write(desk.io, &text)
}

fn give_card(card: &Card, desk: &Desk) -> Result<()> {
    let fields = &desk.globals.fields;
    if fields.iter().any(|field| field == "help") {
        let names: Vec<_> =
            card.record.keys().map(String::as_str).chain(card.parts.iter().map(|part| part.0)).collect();
        return write(desk.io, &format!("{}\n", names.join("\n")));
    }
    let mut whole = card.record.clone();
    for (title, list) in &card.parts {
        whole.insert((*title).to_owned(), list.rows.iter().cloned().map(Value::Object).collect());
    }
    if let Some(unknown) = fields.iter().find(|field| !whole.contains_key(field.as_str())) {
        return Err(pick::no_field(unknown, whole.keys().map(String::as_str)));
    }
    if !fields.is_empty() {
        whole = fields.iter().map(|field| (field.clone(), whole.get(field).cloned().unwrap_or(Value::Null))).collect();
    }
    let text = match desk.format() {
        Format::Table if fields.is_empty() => table::card(card, &look(desk)),
        Format::Table => table::card(&Card { record: whole, parts: Vec::new() }, &look(desk)),
        Format::Json | Format::Jsonl | Format::Csv => alone(whole, desk)?,
        Format::Id => format!("{}\n", table::tame(&whole.values().next().map(plain).unwrap_or_default())),
    };
    write(desk.io, &text)
}

/// One record by itself, for a program.
fn alone(record: Map<String, Value>, desk: &Desk) -> Result<String> {
    match desk.format() {
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            if !desk.globals.no_header {
                writer.write_record(record.keys()).map_err(Error::internal)?;
            }
            writer.write_record(cells(record.values().cloned(), desk)).map_err(Error::internal)?;
            let bytes = writer.into_inner().map_err(|error| Error::internal(error.into_error()))?;
            String::from_utf8(bytes).map_err(Error::internal)
        }
        Format::Jsonl => Ok(one_line(&Value::Object(record))),
        _ => pretty(&Value::Object(record)),
    }
}

/// What a change is told with: the fields that were asked for, or their names. It is done already, so one that there is
/// not is no error any more.
fn give_facts(mut facts: Map<String, Value>, desk: &Desk) -> Result<()> {
    let fields = &desk.globals.fields;
    if fields.iter().any(|field| field == "help") {
        return write(desk.io, &format!("{}\n", facts.keys().map(String::as_str).collect::<Vec<_>>().join("\n")));
    }
    if let Some(unknown) = fields.iter().find(|field| !facts.contains_key(field.as_str())) {
        let error = pick::no_field(unknown, facts.keys().map(String::as_str));
        desk.say(&format!("warning: {}", sentence(error.message())));
    }
    if !fields.is_empty() {
        facts = fields.iter().map(|field| (field.clone(), facts.get(field).cloned().unwrap_or(Value::Null))).collect();
    }
    let text = alone(facts, desk)?;
    write(desk.io, &text)
}

fn give_done(done: &Done, desk: &Desk) -> Result<u8> {
    let changed = done.action != Action::Unchanged;
    let dry = done.changing.dry_run;
    if let Some(data) = &done.data {
        write(desk.io, &format!("{data}\n"))?;
    }
    let names_fields = desk.globals.fields.iter().any(|field| field == "help");
    match desk.format() {
        Format::Id => write(desk.io, &format!("{}\n", table::tame(&done.id)))?,
        Format::Table if !names_fields => {}
        _ => {
            let mut whole = Map::new();
            whole.insert("action".into(), json!(done.action.word()));
            whole.insert("changed".into(), json!(changed));
            if dry {
                whole.insert("dry_run".into(), json!(true));
            }
            whole.extend(done.record.clone());
            if !done.warnings.is_empty() {
                whole.insert("warnings".into(), done.warnings.iter().map(|(warning, _)| json!(warning)).collect());
            }
            give_facts(whole, desk)?;
        }
    }
    let note = if dry { "dry run, nothing was changed: " } else { "" };
    desk.say(&table::tame(&format!("{note}{} {}", done.action.word(), done.sentence)));
    for (warning, tip) in &done.warnings {
        desk.say(&table::tame(&format!("warning: {warning}")));
        if let Some(tip) = tip {
            desk.say(&table::tame(&format!("  tip: {tip}")));
        }
    }
    if let Some(next) = done.next.as_ref().filter(|_| desk.io.stderr_is_terminal) {
        desk.say(&format!("  next: {next}"));
    }
    Ok(if dry && done.changing.exit_code && changed { Kind::Pending.exit() } else { 0 })
}

/// Standard output has the facts when everything was done, and nothing when not: then they go with the error.
fn give_report(report: &Report, desk: &Desk) -> Result<u8> {
    if let Some(error) = &report.error {
        if matches!(desk.format(), Format::Table | Format::Csv) && !report.text.is_empty() {
            desk.say(table::tame(&report.text).trim_end());
        }
        return Ok(fail_with(error, Some(&report.record), &desk.globals, desk.io));
    }
    let names_fields = desk.globals.fields.iter().any(|field| field == "help");
    match desk.format() {
        Format::Id => write(desk.io, &report.id.iter().map(|id| format!("{id}\n")).collect::<String>())?,
        Format::Table if !names_fields => write(desk.io, &table::tame(&report.text))?,
        _ => give_facts(report.record.clone(), desk)?,
    }
    Ok(report.status)
}

/// Writes an error in its one shape and gives the exit status.
pub(super) fn fail(error: &Error, globals: &Globals, io: &Io) -> u8 {
    fail_with(error, None, globals, io)
}

/// The same with the facts about what was done all the same, which only JSON has room for.
fn fail_with(error: &Error, facts: Option<&Map<String, Value>>, globals: &Globals, io: &Io) -> u8 {
    let json = globals.json || matches!(globals.output, Some(Format::Json | Format::Jsonl));
    let text = if json {
        let mut inner = as_json(error);
        if let Some(facts) = facts {
            inner["report"] = json!(facts);
        }
        one_line(&json!({ "error": inner }))
    } else {
        let word = if coloured(globals, io) { "\u{1b}[31merror:\u{1b}[0m" } else { "error:" };
        let mut text = format!("{word} {} [{}]\n", sentence(error.message()), error.kind().code());
        if let Some(tip) = error.tip_text() {
            text.push_str(&format!("  tip: {}\n", sentence(tip)));
        }
        text
    };
    let mut stderr = io.stderr.borrow_mut();
    let _ = stderr.write_all(text.as_bytes());
    if let Some(cause) = error.cause().filter(|_| globals.verbose > 0 || error.kind() == Kind::Internal) {
        let _ = writeln!(stderr, "  cause: {}", table::tame(&format!("{cause:#}")));
    }
    error.kind().exit()
}

/// An error as programs read it.
pub(super) fn as_json(error: &Error) -> Value {
    json!({
        "code": error.kind().code(), "exit": error.kind().exit(), "message": error.message(), "tip": error.tip_text(),
        "field": error.field(),
    })
}

/// A sentence on one line, however odd the value is that it names.
fn sentence(text: &str) -> String {
    let mut out: String = table::tame(text).replace('\n', "\u{fffd}").chars().take(1_000).collect();
    if text.chars().nth(1_000).is_some() {
        out.push('…');
    }
    out
}

/// How tables look on this desk.
pub(super) fn look(desk: &Desk) -> Look {
    Look {
        width: desk.io.width.filter(|_| desk.io.stdout_is_terminal),
        zone: if desk.globals.utc { TimeZone::UTC } else { TimeZone::try_system().unwrap_or(TimeZone::UTC) },
        header: !desk.globals.no_header,
    }
}

fn coloured(globals: &Globals, io: &Io) -> bool {
    match globals.color {
        Colours::Always => true,
        Colours::Never => false,
        Colours::Auto => io.stderr_is_terminal && io.variable("NO_COLOR").is_none(),
    }
}

/// The cells of a line of CSV. A program gets every character; a terminal none that it would obey.
fn cells(values: impl Iterator<Item = Value>, desk: &Desk) -> Vec<String> {
    let cells = values.map(|value| match value {
        Value::String(text) => harmless_text(text),
        other => harmless(plain(&other)),
    });
    if desk.io.stdout_is_terminal { cells.map(|cell| table::tame(&cell)).collect() } else { cells.collect() }
}

fn pretty(value: &Value) -> Result<String> {
    serde_json::to_string_pretty(value).map(|text| escaped(&text) + "\n").map_err(Error::internal)
}

pub(super) fn one_line(value: &Value) -> String {
    escaped(&value.to_string()) + "\n"
}

/// JSON in which every character that a terminal would obey is written as its number, which means the same.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unprintable(c) && c != '\n' {
            // All of them lie in the first plane, so that one number is enough.
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Writes the answer. A reader who has had enough (`| head`) is no error.
pub(super) fn write(io: &Io, text: &str) -> Result<()> {
    let mut stdout = io.stdout.borrow_mut();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Error::new(Kind::CannotWrite, format!("the answer cannot be written: {error}"))),
        Ok(()) => Ok(()),
    }
}
