//! Days and times of a file become ours when they can be read in only one way.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::TimeZone;

use crate::clock::Moment;
use crate::error::{Error, Kind};
use crate::text::shown;

/// How the days of a file are written, in the letters of strftime: `%d/%m/%Y`, `%d.%m.%Y %H:%M`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateFormat(String);

impl FromStr for DateFormat {
    type Err = Error;

    /// Takes a format that can write a day and read the same day back.
    fn from_str(text: &str) -> Result<Self, Error> {
        let day = date(2026, 11, 22);
        let written = strtime::format(text, day.at(0, 0, 0, 0));
        let read = written.and_then(|written| BrokenDownTime::parse(text, &written)?.to_date());
        if read.is_ok_and(|read| read == day) {
            return Ok(Self(text.to_owned()));
        }
        Err(Error::new(Kind::Usage, format!("'{}' is not the format of a date", shown(text)))
            .at("date-format")
            .tip("such as %d/%m/%Y or '%m/%d/%Y %H:%M'"))
    }
}

/// What a cell says: a day, a time on the wall, or a moment.
enum Said {
    Day(Date),
    Wall(DateTime),
    Moment(Timestamp),
}

/// The day that a cell names; of a moment, the day it is in `zone`.
pub fn day(text: &str, format: Option<&DateFormat>, zone: &TimeZone) -> Result<Date, String> {
    let day = match said(text, format)? {
        Said::Day(day) => day,
        Said::Wall(wall) => wall.date(),
        Said::Moment(stamp) => stamp.to_zoned(zone.clone()).date(),
    };
    likely(text, day)
}

/// The moment that a cell names; a day is its midnight in `zone`.
pub fn moment(text: &str, format: Option<&DateFormat>, zone: &TimeZone) -> Result<Moment, String> {
    let wall = match said(text, format)? {
        Said::Day(day) => day.at(0, 0, 0, 0),
        Said::Wall(wall) => wall,
        Said::Moment(stamp) => {
            likely(text, stamp.to_zoned(zone.clone()).date())?;
            return Ok(Moment::from_unix(stamp.as_second()));
        }
    };
    likely(text, wall.date())?;
    wall.to_zoned(zone.clone())
        .map(|zoned| Moment::from_unix(zoned.timestamp().as_second()))
        .map_err(|_| format!("'{}' is not a time of this calendar", shown(text)))
}

/// A format that begins with the year is taken at its word; beside any other, ISO 8601 remains readable.
fn said(text: &str, format: Option<&DateFormat>) -> Result<Said, String> {
    match format {
        Some(format) if !has_iso_shape(text) || format.0.starts_with("%Y") => formatted(text, format),
        _ => iso(text),
    }
}

fn iso(text: &str) -> Result<Said, String> {
    let said = if !has_iso_shape(text) {
        None
    } else if text.len() == 10 {
        text.parse().ok().map(Said::Day)
    } else if let Ok(stamp) = text.parse() {
        Some(Said::Moment(stamp))
    } else {
        text.parse().ok().map(Said::Wall)
    };
    said.ok_or_else(|| {
        let said = shown(text);
        if is_day_number(text) {
            format!(
                "'{said}' is a day as a spreadsheet counts it: make the column one of dates such as 2026-11-22 there, \
                 and export it again"
            )
        } else if text.contains(|c: char| c.is_ascii_digit()) && !has_iso_shape(text) {
            format!("'{said}' is not a date such as 2026-11-22: --date-format says how it is written, %d/%m/%Y")
        } else {
            format!("'{said}' is not a date such as 2026-11-22")
        }
    })
}

fn formatted(text: &str, format: &DateFormat) -> Result<Said, String> {
    let read = || {
        let parts = BrokenDownTime::parse(&format.0, text)?;
        Ok(if parts.offset().is_some() {
            Said::Moment(parts.to_timestamp()?)
        } else if parts.hour().is_some() {
            Said::Wall(parts.to_datetime()?)
        } else {
            Said::Day(parts.to_date()?)
        })
    };
    read().map_err(|_: jiff::Error| format!("'{}' is not a date of the format {}", shown(text), format.0))
}

/// Days since 1900 as spreadsheets keep them: of the years 1982 to 2119.
fn is_day_number(text: &str) -> bool {
    let days = text.split_once(['.', ',']).map_or(text, |(days, _)| days);
    days.len() == 5 && days.parse().is_ok_and(|days: u32| (30_000..80_000).contains(&days))
}

fn has_iso_shape(text: &str) -> bool {
    text.as_bytes().first_chunk::<10>().is_some_and(|head| {
        head.iter().enumerate().all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
    })
}

/// Programs write year 1 or 1899 where they mean nothing.
fn likely(text: &str, day: Date) -> Result<Date, String> {
    let years = 1900..=2199;
    years.contains(&day.year()).then_some(day).ok_or_else(|| format!("'{}' is not between 1900 and 2199", shown(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stockholm() -> TimeZone {
        TimeZone::get("Europe/Stockholm").expect("a zone")
    }

    #[test]
    fn days_and_moments_are_read_in_one_way() {
        assert_eq!(day("2026-11-22", None, &stockholm()), Ok(date(2026, 11, 22)));
        assert_eq!(day("2026-11-22T23:30:00Z", None, &stockholm()), Ok(date(2026, 11, 23)));
        let at = |text: &str| moment(text, None, &stockholm()).map(|moment| moment.to_string());
        assert_eq!(at("2026-11-22"), Ok("2026-11-21T23:00:00Z".into()));
        assert_eq!(at("2026-11-22T08:02:00+01:00"), Ok("2026-11-22T07:02:00Z".into()));
        assert_eq!(at("2026-11-22 08:02"), Ok("2026-11-22T07:02:00Z".into()));
        assert_eq!(at("2026-11-22T07:02:00Z"), Ok("2026-11-22T07:02:00Z".into()));
    }

    #[test]
    fn what_could_be_two_days_is_refused() {
        let refusal = day("03/04/2026", None, &stockholm()).expect_err("two days");
        assert_eq!(
            refusal,
            "'03/04/2026' is not a date such as 2026-11-22: --date-format says how it is written, %d/%m/%Y"
        );
        assert!(day("45987", None, &stockholm()).expect_err("a number").contains("as a spreadsheet counts it"));
        for text in [
            "2026-02-30",
            "20261122",
            "soon",
            "2026-11-22T25:00",
            "0001-01-01",
            "9999-12-31",
            "2026-11-2",
            "å026-11-22",
        ] {
            assert!(moment(text, None, &stockholm()).is_err(), "{text}");
        }
        assert_eq!(
            day("1899-12-30", None, &stockholm()).expect_err("old"),
            "'1899-12-30' is not between 1900 and 2199"
        );
    }

    #[test]
    fn a_format_says_how_days_are_written() {
        let format: DateFormat = "%d/%m/%Y".parse().expect("a format");
        assert_eq!(day("03/04/2026", Some(&format), &stockholm()), Ok(date(2026, 4, 3)));
        assert_eq!(day("3/4/2026", Some(&format), &stockholm()), Ok(date(2026, 4, 3)));
        assert_eq!(day("2026-04-03", Some(&format), &stockholm()), Ok(date(2026, 4, 3)));
        assert_eq!(
            day("2026/04/03", Some(&format), &stockholm()).expect_err("another"),
            "'2026/04/03' is not a date of the format %d/%m/%Y"
        );
        let format: DateFormat = "%Y-%d-%m".parse().expect("a format");
        assert_eq!(day("2026-03-04", Some(&format), &stockholm()), Ok(date(2026, 4, 3)));
        let format: DateFormat = "%d.%m.%Y %H:%M".parse().expect("a format");
        assert_eq!(
            moment("03.04.2026 10:00", Some(&format), &stockholm()).map(|moment| moment.to_string()),
            Ok("2026-04-03T08:00:00Z".into())
        );
        for text in ["", "%d/%m", "dd/mm/yyyy", "%Q", "%"] {
            assert!(text.parse::<DateFormat>().is_err(), "{text}");
        }
    }
}
