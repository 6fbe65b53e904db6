//! How a file is read: what its headings mean, how its text, numbers and days are written, which rows are none.

use std::path::PathBuf;

use clap::Args;

use super::super::desk::Desk;
use crate::error::{Error, Kind, Result};
use crate::groups;
use crate::imports::cells::Rules;
use crate::imports::dates::DateFormat;
use crate::imports::headings::Mapping;
use crate::imports::pairs::{parse_map_file, parse_pair, parse_split};
use crate::imports::reader::Options;
use crate::imports::source::Limits;
use crate::text::decimal::DecimalMark;
use crate::text::shown;

/// The largest file of `--map-file`.
const MAP_LIMIT: usize = 1 << 20;

#[derive(Args, Debug)]
pub(super) struct Reading {
    /// What a heading means; without a column the heading is left out; may be given more than once
    #[arg(long, value_name = "HEADING=COLUMN", value_parser = map_pair)]
    map: Vec<(String, String)>,
    /// A file of lines HEADING = COLUMN
    #[arg(long, value_name = "FILE")]
    map_file: Option<PathBuf>,
    /// The same value in every row, in which {HEADING} stands for a cell; may be given more than once
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = set_pair)]
    set: Vec<(String, String)>,
    /// The line of the headings, if something else stands above them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    heading_line: Option<u64>,
    /// What stands between the cells (otherwise found in the heading line): , ; | or tab
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// How the file is written, if not in UTF-8, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The decimal mark, where numbers can be read in two ways: point or comma
    #[arg(long, value_name = "MARK")]
    decimal: Option<DecimalMark>,
    /// How days are written, if not as 2026-11-22, such as %d/%m/%Y
    #[arg(long, value_name = "FORMAT")]
    date_format: Option<DateFormat>,
    /// A whole cell that means blank, such as NULL; may be given more than once
    #[arg(long, value_name = "VALUE")]
    blank: Vec<String>,
    /// The heading whose numbers have decimals that mean nothing: 1042,0 is 1042; may be given more than once
    #[arg(long, value_name = "HEADING")]
    whole: Vec<String>,
    /// The heading whose cells are taken as they stand, also 1042,0 and 1.0E+12; may be given more than once
    #[arg(long, value_name = "HEADING")]
    text: Vec<String>,
    /// The heading in whose cells line breaks mean nothing: a space stands for them; may be given more than once
    #[arg(long, value_name = "HEADING")]
    one_line: Vec<String>,
    /// Leave out rows whose cell under this heading is this, or begins with it (TEXT*); may be given more than once
    #[arg(long, value_name = "HEADING=TEXT", value_parser = unwanted_pair)]
    leave_out: Vec<(String, String)>,
    /// The heading whose cells hold several people, and the sign between them: , ; or newline
    #[arg(long, value_name = "HEADING=SIGN", value_parser = parse_split)]
    split: Option<(String, char)>,
    /// Refuse a file with a heading that means nothing here
    #[arg(long)]
    strict: bool,
    /// The heading whose text holds delimiters without quotes
    #[arg(long, value_name = "HEADING")]
    join: Option<String>,
    /// Make an external_id of these headings, which tell rows apart
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    derive_id: Vec<String>,
}

impl Reading {
    /// The same for the reader, with the zone of the group.
    pub(super) fn options(&self, desk: &Desk) -> Result<Options> {
        let mut map = match &self.map_file {
            Some(file) => {
                let text = String::from_utf8(desk.read_file(file, MAP_LIMIT)?)
                    .map_err(|_| Error::new(Kind::Data, format!("the file '{}' is not UTF-8", file.display())))?;
                parse_map_file(&text)?
            }
            None => Vec::new(),
        };
        map.extend(self.map.iter().cloned());
        let group = desk.read(groups::list)?.into_iter().next();
        let zone = group.map(|group| group.card.zone.rules());
        Ok(Options {
            encoding: self.encoding.clone(),
            delimiter: self.delimiter,
            heading_line: self.heading_line,
            mapping: Mapping {
                map,
                set: self.set.clone(),
                one_line: self.one_line.clone(),
                strict: self.strict,
                derives_id: false,
            },
            derive_id: self.derive_id.clone(),
            join: self.join.clone(),
            split: self.split.clone(),
            leave_out: self.leave_out.clone(),
            whole: self.whole.clone(),
            text: self.text.clone(),
            rules: Rules {
                blanks: self.blank.clone(),
                decimal: self.decimal,
                date_format: self.date_format.clone(),
                zone: zone.unwrap_or(jiff::tz::TimeZone::UTC),
            },
            limits: Limits::default(),
        })
    }
}

fn map_pair(text: &str) -> Result<(String, String)> {
    parse_pair(text, "map")
}

fn set_pair(text: &str) -> Result<(String, String)> {
    parse_pair(text, "set")
}

fn unwanted_pair(text: &str) -> Result<(String, String)> {
    parse_pair(text, "leave-out")
}

/// Reads what stands between the cells of a file.
pub(in crate::cli) fn delimiter(text: &str) -> Result<u8> {
    match text {
        "tab" | "\t" | "\\t" => Ok(b'\t'),
        "," | ";" | "|" => Ok(text.as_bytes()[0]),
        _ => Err(super::super::usage(format!("'{}' is not one of , ; | tab", shown(text)))),
    }
}
