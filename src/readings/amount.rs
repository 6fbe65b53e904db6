//! What a meter shows, in thousandths of its unit.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::error::{Error, Result};
use crate::text::decimal::{self, DecimalMark, Flaw};

/// Decimals that are kept.
pub const PLACES: u32 = 3;

/// Nothing counts further; up to here a program's floating numbers are exact.
const MOST: i64 = 1_000_000_000_000_000;

/// So many thousandths of a unit: `12459.5` is 12,459,500 of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Amount(pub i64);

impl Amount {
    /// So many whole units.
    pub fn whole(units: i64) -> Self {
        Self(units.saturating_mul(1000))
    }

    /// Reads what a person wrote, `12 459,5` as well as `12459.5`; `mark` tells what cannot be known from `12,459`.
    pub fn read(text: &str, mark: Option<DecimalMark>) -> Result<Self, Flaw> {
        match decimal::read(text.trim(), mark, PLACES)? {
            value if value < 0 => Err(Flaw::NoNumber),
            value if value > MOST => Err(Flaw::TooLarge),
            value => Ok(Self(value)),
        }
    }

    /// Whether there is nothing behind the decimal mark.
    pub fn is_whole(self) -> bool {
        self.0 % 1000 == 0
    }
}

impl FromStr for Amount {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::read(text, None).map_err(|flaw| {
            let error = Error::invalid("value", flaw.sentence(text.trim(), PLACES, "reading"));
            match flaw {
                Flaw::NoNumber if text.trim().starts_with(['-', '\u{2212}']) => {
                    Error::invalid("value", format!("'{}' is below nothing", crate::text::shown(text)))
                }
                _ => error,
            }
        })
    }
}

impl fmt::Display for Amount {
    /// For programs: `12459.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        let part = format!("{part:03}");
        match part.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            part => write!(f, "{sign}{whole}.{part}"),
        }
    }
}

impl Serialize for Amount {
    /// As a number, whole where it is.
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        if self.is_whole() {
            serializer.serialize_i64(self.0 / 1000)
        } else {
            // Below `MOST` every thousandth has a floating number of its own.
            serializer.serialize_f64(self.0 as f64 / 1000.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_people_write_it_and_written_plainly() {
        for (text, plain) in [
            ("12 459,5", "12459.5"),
            ("12459.5", "12459.5"),
            (" 7 ", "7"),
            ("0,005", "0.005"),
            ("12.459,50", "12459.5"),
        ] {
            assert_eq!(Amount::read(text, None).map(|value| value.to_string()), Ok(plain.into()), "{text}");
        }
        assert_eq!(Amount(-250).to_string(), "-0.25");
        assert_eq!(serde_json::to_string(&Amount(12_459_500)).expect("a number"), "12459.5");
        assert_eq!(serde_json::to_string(&Amount::whole(12)).expect("a number"), "12");
    }

    #[test]
    fn what_can_be_read_in_two_ways_waits_for_a_word() {
        assert_eq!(Amount::read("12,459", None), Err(Flaw::TwoWays));
        assert_eq!(Amount::read("12,459", Some(DecimalMark::Comma)), Ok(Amount(12_459)));
        assert_eq!(Amount::read("12,459", Some(DecimalMark::Point)), Ok(Amount::whole(12_459)));
        for (text, flaw) in [
            ("-5", Flaw::NoNumber),
            ("", Flaw::NoNumber),
            ("5 h", Flaw::NoNumber),
            ("1.2345", Flaw::TooFine),
            ("5,", Flaw::Ends),
            ("1000000000001", Flaw::TooLarge),
        ] {
            assert_eq!(Amount::read(text, None), Err(flaw), "{text}");
        }
        assert_eq!("-5".parse::<Amount>().expect_err("below").message(), "'-5' is below nothing");
    }
}
