//! A day of the calendar, such as the last one on which an access holds.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::error::{Error, Result};
use crate::text::{Zone, shown};

/// A day of the calendar, written `2026-11-22`; as text its order is its order in time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

crate::db::text_columns!(Day);

impl Day {
    /// The day that the clocks of a zone show at a moment.
    pub fn at(moment: Moment, zone: &Zone) -> Self {
        Self(moment.within(&zone.rules()).date())
    }

    /// The day itself.
    pub fn date(self) -> Date {
        self.0
    }

    /// The moment at which the day is over in a zone.
    pub fn end(self, zone: &Zone) -> Result<Moment> {
        Moment::start_of(self.0.saturating_add(jiff::Span::new().days(1)), &zone.rules())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let fits = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let day = Some(text).filter(|_| fits).and_then(|text| text.parse().ok());
        day.map(Self)
            .ok_or_else(|| Error::invalid("date", format!("'{}' is not a day such as 2026-11-22", shown(text))))
    }
}

impl TryFrom<String> for Day {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_one_way() {
        assert_eq!("2026-11-22".parse::<Day>().expect("a day").to_string(), "2026-11-22");
        for bad in ["22.11.2026", "2026-02-30", "2026-11-22T08:02:00Z", "", "20261122", "åååååååå", "å26-11-222"]
        {
            assert!(bad.parse::<Day>().is_err(), "{bad:?} was taken");
        }
    }

    #[test]
    fn the_day_is_that_of_the_zone() {
        let late: Moment = "2026-11-22T23:30:00Z".parse().expect("a time");
        let stockholm = Zone::parse("Europe/Stockholm").expect("a zone");
        assert_eq!(Day::at(late, &stockholm).to_string(), "2026-11-23");
        assert_eq!(Day::at(late, &Zone::default()).to_string(), "2026-11-22");
        let end = Day::at(late, &stockholm).end(&stockholm).expect("an end");
        assert_eq!(end.to_string(), "2026-11-23T23:00:00Z");
        assert_eq!(Day::at(end.plus(-1), &stockholm).to_string(), "2026-11-23");
    }
}
