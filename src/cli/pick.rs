//! Which rows and which fields of a list are wanted.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::answer::{Column, List};
use super::usage;
use crate::error::{Error, Result};
use crate::text::{fold, nearest, shown};

/// The conditions of `--where FIELD=VALUE`, all of which a row has to meet.
pub(super) struct Conditions<'a>(Vec<(&'static str, &'a str)>);

impl<'a> Conditions<'a> {
    /// Reads them; a field must be one of these columns.
    pub(super) fn of(columns: &'static [Column], wanted: &'a [String]) -> Result<Self> {
        let mut conditions = Vec::new();
        for pair in wanted {
            let (field, value) = pair.split_once('=').ok_or_else(|| {
                usage(format!("--where '{}' is not FIELD=VALUE", shown(pair)))
                    .at("where")
                    .tip("write for example --where name='Brf Fröjden'; --fields help lists the fields")
            })?;
            conditions.push((known(columns, field.trim())?.field, value.trim()));
        }
        Ok(Self(conditions))
    }

    /// Whether a row meets all of them.
    pub(super) fn meet(&self, row: &Map<String, Value>) -> bool {
        self.0.iter().all(|(field, value)| row.get(*field).is_some_and(|cell| plain(cell) == *value))
    }
}

/// The rows that `--search`, `--where`, `--sort` and `--limit` leave, in order.
pub(super) fn rows(list: &List) -> Result<Vec<&Map<String, Value>>> {
    let listing = &list.listing;
    let conditions = Conditions::of(list.columns, &listing.wanted)?;
    let needle = listing.search.as_deref().map(fold);
    let mut rows: Vec<_> = list
        .rows
        .iter()
        .filter(|row| conditions.meet(row))
        .filter(|row| needle.as_ref().is_none_or(|needle| row.values().any(|cell| fold(&plain(cell)).contains(needle))))
        .collect();
    if let Some(sort) = &listing.sort {
        let (field, backwards) = sort.strip_prefix('-').map_or((sort.as_str(), false), |field| (field, true));
        let field = known(list.columns, field)?.field;
        rows.sort_by(|one, other| {
            let (one, other) = (one.get(field), other.get(field));
            // Rows with nothing to go by come last, whichever way the others are sorted.
            let empty = |cell: Option<&Value>| cell.is_none_or(Value::is_null);
            let order = compare(one, other);
            empty(one).cmp(&empty(other)).then(if backwards { order.reverse() } else { order })
        });
    }
    rows.truncate(listing.limit.unwrap_or(usize::MAX));
    Ok(rows)
}

/// The fields that are wanted: those of `--fields`, else those given.
pub(super) fn columns(
    all: &'static [Column],
    fields: &[String],
    otherwise: impl Fn(&Column) -> bool,
) -> Result<Vec<Column>> {
    if fields.is_empty() {
        return Ok(all.iter().copied().filter(otherwise).collect());
    }
    fields.iter().map(|field| known(all, field.trim())).collect()
}

/// A value as it stands in a cell: text as it is, nothing for null, `;` between the values of a list.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(";"),
        Value::Object(_) => value.to_string(),
    }
}

/// The error for a field that is not among those there are.
pub(super) fn no_field<'a>(field: &str, all: impl IntoIterator<Item = &'a str>) -> Error {
    let error = usage(format!("there is no field '{}' here", shown(field)));
    match nearest(field, all) {
        Some(near) => error.tip(format!("did you mean {near}? list them with --fields help")),
        None => error.tip("list them with --fields help"),
    }
}

fn known(all: &'static [Column], field: &str) -> Result<Column> {
    all.iter()
        .copied()
        .find(|column| column.field == field)
        .ok_or_else(|| no_field(field, all.iter().map(|column| column.field)))
}

fn compare(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    match (one, other) {
        (Some(Value::Number(one)), Some(Value::Number(other))) => {
            one.as_f64().partial_cmp(&other.as_f64()).unwrap_or(Ordering::Equal)
        }
        (one, other) => fold(&one.map(plain).unwrap_or_default()).cmp(&fold(&other.map(plain).unwrap_or_default())),
    }
}
