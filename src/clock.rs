//! Time comes from here, never from the air, so that a test can say what day it is.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A point in time with the precision of a second, written as RFC 3339 in UTC (`2026-11-22T08:02:00Z`).
///
/// All moments have the same width as text, so their order as text is their order in time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(i64);

impl Moment {
    /// The moment so many seconds after 1970-01-01T00:00:00Z.
    pub fn from_unix(seconds: i64) -> Self {
        Self(seconds.clamp(-62_135_596_800, 253_402_207_200))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// This moment moved by so many seconds, backwards when negative.
    pub fn plus(self, seconds: i64) -> Self {
        Self::from_unix(self.0.saturating_add(seconds))
    }

    /// This moment as the clocks on the wall of a zone show it.
    pub fn within(self, zone: &TimeZone) -> jiff::Zoned {
        self.timestamp().to_zoned(zone.clone())
    }

    /// Midnight at the start of a day in a zone.
    pub fn start_of(day: Date, zone: &TimeZone) -> Result<Self> {
        day.to_zoned(zone.clone())
            .map(|zoned| Self::from_unix(zoned.timestamp().as_second()))
            .map_err(|_| Error::invalid("date", format!("{day} is not a day of this calendar")))
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_second(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ"))
    }
}

impl FromStr for Moment {
    type Err = Error;

    /// Reads RFC 3339 with any offset; fractions of a second are dropped.
    fn from_str(text: &str) -> Result<Self> {
        text.parse::<Timestamp>()
            .map(|stamp| Self::from_unix(stamp.as_second()))
            .map_err(|_| Error::invalid("time", format!("'{text}' is not a time such as 2026-11-22T08:02:00Z")))
    }
}

impl TryFrom<String> for Moment {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> String {
        moment.to_string()
    }
}

/// What tells the time: the machine's clock, or one that a test sets.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still until it is moved.
    pub fn standing_at(moment: Moment) -> Self {
        Self(Some(Arc::new(AtomicI64::new(moment.0))))
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        match &self.0 {
            None => Moment::from_unix(Timestamp::now().as_second()),
            Some(hands) => Moment::from_unix(hands.load(Ordering::SeqCst)),
        }
    }

    /// Lets so many seconds pass: really on the machine's clock; a standing one is moved on.
    pub fn wait(&self, seconds: i64) {
        match &self.0 {
            None => std::thread::sleep(Duration::from_secs(u64::try_from(seconds).unwrap_or(0))),
            Some(_) => self.advance(seconds),
        }
    }

    /// Moves a standing clock by so many seconds; the machine's clock is left alone.
    pub fn advance(&self, seconds: i64) {
        if let Some(hands) = &self.0 {
            hands.fetch_add(seconds, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_what_it_writes() {
        let moment: Moment = "2026-11-22T09:02:00+01:00".parse().expect("a time");
        assert_eq!(moment.to_string(), "2026-11-22T08:02:00Z");
        assert_eq!(moment.to_string().parse::<Moment>().expect("a time"), moment);
        assert!("yesterday".parse::<Moment>().is_err());
    }

    #[test]
    fn a_standing_clock_moves_only_when_told() {
        let clock = Clock::standing_at(Moment::from_unix(60));
        assert_eq!(clock.now(), Moment::from_unix(60));
        clock.advance(5);
        assert_eq!(clock.now().unix(), 65);
    }
}
