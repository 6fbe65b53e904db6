//! What options and map files say in pairs: a heading with its column, a column with its value.

use crate::error::{Error, Kind, Result};
use crate::text::shown;

/// Reads one `HEADING=COLUMN`, `COLUMN=VALUE` or `HEADING=TEXT`; `flag` is the option that gave it.
///
/// A heading may hold `=` itself, a column cannot: a map is split at its last one, a constant at its first.
pub fn parse_pair(text: &str, flag: &str) -> Result<(String, String)> {
    let split = if flag == "set" { text.split_once('=') } else { text.rsplit_once('=') };
    match split.map(|(left, right)| (left.trim(), right.trim())) {
        Some((left, right)) if !left.is_empty() => Ok((left.into(), right.into())),
        _ => {
            let shape = match flag {
                "set" => "COLUMN=VALUE",
                "leave-out" => "HEADING=TEXT",
                "split" => "HEADING=SIGN",
                _ => "HEADING=COLUMN",
            };
            Err(Error::new(Kind::Usage, format!("'{}' is not {shape}", shown(text))).at(flag))
        }
    }
}

/// Reads the lines `heading = column` of a map file; either side may stand in quotes, `#` begins a comment line.
pub fn parse_map_file(text: &str) -> Result<Vec<(String, String)>> {
    let unquoted = |side: &str| {
        side.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(side.trim()).to_owned()
    };
    text.trim_start_matches('\u{feff}')
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .map(|(at, line)| {
            let (heading, column) = parse_pair(line, "map-file")
                .map_err(|error| Error::new(Kind::Data, format!("line {} of the map: {error}", at + 1)))?;
            Ok((unquoted(&heading), unquoted(&column)))
        })
        .collect()
}

/// Reads what `--split` was given: a heading, and the sign between the people of its cells.
pub fn parse_split(text: &str) -> Result<(String, char)> {
    let (heading, sign) = parse_pair(text, "split")?;
    let mut letters = sign.chars();
    let sign = match (sign.as_str(), letters.next(), letters.next()) {
        ("newline" | "\\n", ..) => '\n',
        ("tab" | "\\t", ..) => '\t',
        (_, Some(sign), None) if !sign.is_alphanumeric() && !"\"<>@.".contains(sign) => sign,
        _ => {
            return Err(Error::new(Kind::Usage, format!("'{}' is no sign between people", shown(&sign)))
                .at("split")
                .tip("such as , ; / or newline"));
        }
    };
    Ok((heading, sign))
}
