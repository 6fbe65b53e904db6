//! A day or a time on the command line; it becomes a moment on the clocks of a zone.

use jiff::tz::TimeZone;

use crate::clock::Moment;
use crate::error::{Error, Result};
use crate::imports::dates;
use crate::text::shown;

/// A day or a time as it was typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct When(String);

impl std::str::FromStr for When {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let typed = Self(text.trim().into());
        typed.within(&TimeZone::UTC).map(|_| typed)
    }
}

impl When {
    /// The moment it names on the clocks of a zone; a day is its midnight.
    pub(super) fn within(&self, zone: &TimeZone) -> Result<Moment> {
        dates::moment(&self.0, None, zone).map_err(|_| {
            let said = shown(&self.0);
            Error::invalid("time", format!("'{said}' is not a day or a time such as 2026-11-24 or 2026-11-24T10:00"))
        })
    }
}
