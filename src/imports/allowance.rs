//! How much of something is allowed: so many, or so many of a hundred.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Kind, Result};
use crate::text::shown;

/// Up to how many; above it something is wrong as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Allowance {
    /// So many.
    Count(u64),
    /// So many of a hundred.
    Percent(u8),
}

impl Allowance {
    /// Whether so many out of all of them are allowed.
    pub fn allows(self, some: u64, all: u64) -> bool {
        match self {
            Self::Count(most) => some <= most,
            Self::Percent(percent) => some.saturating_mul(100) <= all.saturating_mul(percent.into()),
        }
    }
}

impl fmt::Display for Allowance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(most) => write!(f, "{most}"),
            Self::Percent(percent) => write!(f, "{percent} %"),
        }
    }
}

impl FromStr for Allowance {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let read = match text.trim().strip_suffix('%') {
            Some(percent) => percent.trim_end().parse().ok().filter(|percent| *percent <= 100).map(Self::Percent),
            None => text.trim().parse().ok().map(Self::Count),
        };
        read.ok_or_else(|| {
            Error::new(Kind::Usage, format!("'{}' is neither a number nor a percentage such as 5%", shown(text)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_or_a_percentage() {
        let read = |text: &str| text.parse::<Allowance>().ok();
        assert_eq!(read("12"), Some(Allowance::Count(12)));
        assert_eq!(read("5%"), Some(Allowance::Percent(5)));
        assert_eq!(read(" 100 % "), Some(Allowance::Percent(100)));
        for wrong in ["", "%", "-1", "101%", "5.5%", "many"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        let five = Allowance::Percent(5);
        assert!(five.allows(5, 100) && !five.allows(6, 100) && !five.allows(1, 19) && five.allows(1, 20));
        assert!(five.allows(0, 0) && Allowance::Count(2).allows(2, 2) && !Allowance::Count(0).allows(1, 1000));
    }
}
