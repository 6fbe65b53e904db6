//! How a difference is shown: `~ 1042 (Brf Fröjden): city 'Umeå' → 'Luleå'`.

use serde_json::Value;

use super::pick::plain;
use crate::difference::Difference;
use crate::text::{Lang, shown};
use crate::words::numbers::integer;

/// One thing with what is different, under a sign: `+` made, `~` changed, `-` withdrawn, `=` as it was.
pub(super) fn line(sign: char, about: &str, differences: &[Difference]) -> String {
    let changes: Vec<String> = differences.iter().map(change).collect();
    let colon = if changes.is_empty() { "" } else { ": " };
    format!("{sign} {about}{colon}{}", changes.join(", "))
}

/// `= 1 191 unchanged`, which ends such lines.
pub(super) fn rest(unchanged: u64) -> String {
    format!("= {} unchanged", number(unchanged))
}

/// A count as talk shows it.
pub(super) fn number(value: u64) -> String {
    integer(i64::try_from(value).unwrap_or(i64::MAX), Lang::Sv).replace('\u{202f}', " ")
}

/// `city 'Umeå' → 'Piteå'`.
pub(super) fn change(difference: &Difference) -> String {
    let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let said =
        |value: &Value| if is_empty(value) { "(empty)".to_owned() } else { format!("'{}'", shown(&plain(value))) };
    format!("{} {} → {}", difference.field, said(&difference.old), said(&difference.new))
}
