//! Tables and cards for people: times in their zone, nothing that acts on a terminal.

use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use tabled::builder::Builder;
use tabled::settings::object::Rows;
use tabled::settings::peaker::Priority;
use tabled::settings::{Padding, Remove, Style, Width};

use super::answer::{Card, Column};
use super::pick::plain;
use crate::clock::Moment;
use crate::text::is_unprintable;

/// How tables look here.
pub(super) struct Look {
    /// Columns of the terminal, if there is one.
    pub(super) width: Option<usize>,
    /// The zone in which times are shown.
    pub(super) zone: TimeZone,
    /// Whether there is a heading line.
    pub(super) header: bool,
}

/// Rows as a table.
pub(super) fn rows(columns: &[Column], rows: &[&Map<String, Value>], look: &Look) -> String {
    let mut builder = Builder::default();
    builder.push_record(columns.iter().map(|column| match column.heading {
        Some(heading) => heading.to_owned(),
        None => column.field.to_uppercase(),
    }));
    for row in rows {
        builder
            .push_record(columns.iter().map(|column| cell(row.get(column.field).unwrap_or(&Value::Null), &look.zone)));
    }
    draw(builder, look)
}

/// Cells under headings that are known only now.
pub(super) fn grid(headings: &[&str], rows: &[Vec<&str>], look: &Look) -> String {
    let mut builder = Builder::default();
    builder.push_record(headings.iter().map(|heading| tame(heading)));
    for row in rows {
        builder.push_record(row.iter().map(|cell| tame(cell)));
    }
    draw(builder, look)
}

/// One thing: its fields under each other, then what belongs to it.
pub(super) fn card(card: &Card, look: &Look) -> String {
    let mut builder = Builder::default();
    builder.push_record(["", ""]);
    for (field, value) in card.record.iter().filter(|(_, value)| !matches!(value, Value::Null)) {
        builder.push_record([field.replace('_', " "), cell(value, &look.zone)]);
    }
    let mut out = draw(builder, &Look { header: false, zone: look.zone.clone(), ..*look });
    for (title, list) in &card.parts {
        let all: Vec<_> = list.rows.iter().collect();
        let columns: Vec<_> = list.columns.iter().copied().filter(|column| column.heading.is_some()).collect();
        out.push_str(&format!("\n{} ({})\n", title.replace('_', " "), all.len()));
        if !all.is_empty() {
            out.push_str(&rows(&columns, &all, look));
        }
    }
    out
}

/// Text without anything that acts on a terminal.
pub(super) fn tame(text: &str) -> String {
    text.chars().map(|c| if is_unprintable(c) && c != '\n' { '\u{fffd}' } else { c }).collect()
}

fn cell(value: &Value, zone: &TimeZone) -> String {
    if let Value::Object(fields) = value {
        let said = fields.iter().filter(|(_, value)| !value.is_null());
        let said = said.map(|(field, value)| format!("{}: {}", field.replace('_', " "), cell(value, zone)));
        return said.collect::<Vec<_>>().join("; ");
    }
    if let Value::Array(list) = value {
        // With spaces, so that a narrow table breaks between the values and not in them.
        return list.iter().map(|one| cell(one, zone)).collect::<Vec<_>>().join(", ");
    }
    let text = plain(value);
    if text.len() == 20
        && text.ends_with('Z')
        && let Ok(moment) = text.parse::<Moment>()
    {
        return moment.within(zone).strftime("%Y-%m-%d %H:%M").to_string();
    }
    tame(&text)
}

fn draw(builder: Builder, look: &Look) -> String {
    let mut table = builder.build();
    table.with(Style::blank()).with(Padding::new(0, 1, 0, 0));
    if !look.header {
        table.with(Remove::row(Rows::first()));
    }
    if let Some(width) = look.width {
        table.with(Width::wrap(width).priority(Priority::max(true)).keep_words(true));
    }
    let mut out = String::new();
    for line in table.to_string().lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
