//! Small facts of an order: what it costs, and who does the work.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::ids::StaffId;
use crate::text::{Line, Login, shown};

/// An amount of the company's own money, kept in hundredths.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Cost(pub i64);

/// A member of staff as an order names them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Technician {
    /// Their row.
    pub id: StaffId,
    /// The name they are known by in commands.
    pub login: Login,
    /// Their name, as customers read it.
    pub name: Line,
}

impl FromStr for Cost {
    type Err = Error;

    /// Reads `1250`, `1250.5` and `1250.50`.
    fn from_str(text: &str) -> Result<Self> {
        let refuse = || Error::invalid("cost", format!("'{}' is not an amount such as 1250.50", shown(text)));
        let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 12 {
            return Err(refuse());
        }
        let part = format!("{part:0<2}");
        let both = whole.parse::<i64>().ok().zip(part.parse::<i64>().ok());
        both.map(|(whole, part)| Self(whole * 100 + part)).ok_or_else(refuse)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Serialize for Cost {
    /// As a number with up to two digits after the point.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Twelve digits before the point and two after it fit into an f64 without loss.
        serializer.serialize_f64(self.0 as f64 / 100.0)
    }
}

impl<'de> Deserialize<'de> for Cost {
    /// From the number that it is written as.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(|amount| Self((amount * 100.0).round() as i64))
    }
}

impl Serialize for Technician {
    /// The login, by which commands name a person.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.login.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_read_to_the_hundredth_or_refused() {
        for (text, hundredths) in [("1250", 125_000), ("1250.5", 125_050), ("0.07", 7), (" 3.10 ", 310)] {
            assert_eq!(text.parse::<Cost>().expect(text), Cost(hundredths));
        }
        assert_eq!(Cost(125_007).to_string(), "1250.07");
        for bad in ["", "1,250", "1.234", "-3", "1e3", ".5", "5.", "9999999999999"] {
            assert!(bad.parse::<Cost>().is_err(), "{bad:?} was taken");
        }
    }
}
