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

/// A length of time as it was typed: `15m`, `2h`, `3d`, `1w`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Age(i64);

impl std::str::FromStr for Age {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let wrong =
            || Error::invalid("time", format!("'{}' is not a length of time such as 15m, 2h, 3d or 1w", shown(text)));
        let text_of = text.trim();
        let unit = match text_of.chars().last() {
            Some('m') => 60,
            Some('h') => 3_600,
            Some('d') => 86_400,
            Some('w') => 7 * 86_400,
            _ => return Err(wrong()),
        };
        let digits = &text_of[..text_of.len() - 1];
        // Ten thousand days are longer than anything is kept.
        match digits.parse::<u32>() {
            Ok(count) if i64::from(count) * unit <= 864_000_000 && !digits.starts_with('+') => {
                Ok(Self(i64::from(count) * unit))
            }
            _ => Err(wrong()),
        }
    }
}

impl Age {
    /// The moment that lies so long before another.
    pub(super) fn before(self, now: Moment) -> Moment {
        now.plus(-self.0)
    }
}
