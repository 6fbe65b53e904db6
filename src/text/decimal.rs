//! Numbers as people and programs write them become whole numbers of a smallest unit, without floats.

use std::str::FromStr;

use crate::error::Error;
use crate::text::shown;

/// What stands between the whole and the fraction, where a file's numbers can be read in two ways.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecimalMark {
    /// `12459.5`.
    Point,
    /// `12459,5`.
    Comma,
}

impl DecimalMark {
    fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

impl FromStr for DecimalMark {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "." | "point" => Ok(Self::Point),
            "," | "comma" => Ok(Self::Comma),
            _ => Err(Error::new(crate::error::Kind::Usage, format!("'{}' is not a decimal mark", shown(text)))
                .at("decimal")
                .tip("point or comma")),
        }
    }
}

/// Why a text is not taken as a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// It is none.
    NoNumber,
    /// Nothing comes after its decimal mark.
    Ends,
    /// It means one thing with a decimal mark and another with a mark of thousands: `12,459`.
    TwoWays,
    /// It has more decimals than are kept.
    TooFine,
    /// It is larger than anything that is kept.
    TooLarge,
}

impl Flaw {
    /// The sentence for the command line; `noun` is what the number is called.
    pub fn sentence(self, text: &str, places: u32, noun: &str) -> String {
        let said = shown(text);
        match self {
            Self::NoNumber => format!("'{said}' is no {noun}: a number such as 12459.5 or 12 459,5 is due"),
            Self::Ends => format!("'{said}' ends after {}", said.trim_end_matches(['.', ','])),
            Self::TwoWays => {
                format!("'{said}' can be read in two ways: --decimal comma or --decimal point says which")
            }
            Self::TooFine => format!("'{said}' has more than {places} decimals"),
            Self::TooLarge => format!("'{said}' is too large"),
        }
    }
}

/// Reads a number as so many of the unit that is `10^-places`: `183,05` with two places is 18305.
///
/// `noun` is what the number is called in the sentence that refuses it.
pub fn scaled(text: &str, mark: Option<DecimalMark>, places: u32, noun: &str) -> Result<i64, String> {
    read(text, mark, places).map_err(|flaw| flaw.sentence(text, places, noun))
}

/// The same for callers with sentences of their own.
pub fn read(text: &str, mark: Option<DecimalMark>, places: u32) -> Result<i64, Flaw> {
    let (negative, body) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !body.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',' || is_space(c)) {
        return Err(Flaw::NoNumber);
    }
    let sign = mark.map(DecimalMark::sign).or_else(|| apparent_mark(body));
    let (whole, fraction) = match sign.and_then(|sign| body.split_once(sign)) {
        Some((_, "")) => return Err(Flaw::Ends),
        Some(parts) => parts,
        None => (body, ""),
    };
    if mark.is_none() && sign == Some(',') && could_be_thousands(whole, fraction) && !body.contains('.') {
        return Err(Flaw::TwoWays);
    }
    if !fraction.chars().all(|c| c.is_ascii_digit()) || !is_grouped(whole) {
        return Err(Flaw::NoNumber);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places as usize {
        return Err(Flaw::TooFine);
    }
    let digits = whole.chars().filter(char::is_ascii_digit).chain(fraction.chars());
    let zeros = std::iter::repeat_n('0', places as usize - fraction.len());
    if whole.is_empty() && fraction.is_empty() && !body.ends_with('0') {
        return Err(Flaw::NoNumber);
    }
    digits
        .chain(zeros)
        .filter_map(|c| c.to_digit(10))
        .try_fold(0_i64, |sum, digit| sum.checked_mul(10)?.checked_add(i64::from(digit)))
        .map(|amount| if negative { -amount } else { amount })
        .ok_or(Flaw::TooLarge)
}

/// The mark of a number that stands once and last; a mark that stands several times groups thousands.
fn apparent_mark(body: &str) -> Option<char> {
    let count = |mark: char| body.matches(mark).count();
    match (count('.'), count(',')) {
        (0, 0) => None,
        (_, 0) => (count('.') == 1).then_some('.'),
        (0, _) => (count(',') == 1).then_some(','),
        _ => body.rfind(['.', ',']).and_then(|at| body[at..].chars().next()),
    }
}

fn could_be_thousands(whole: &str, fraction: &str) -> bool {
    fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
}

/// Digits, alone or in threes behind one kind of separator.
fn is_grouped(whole: &str) -> bool {
    let mut separators = whole.chars().filter(|c| !c.is_ascii_digit());
    let Some(separator) = separators.next() else { return true };
    if separators.any(|c| c != separator) {
        return false;
    }
    let mut groups = whole.split(separator);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(text: &str) -> Result<i64, String> {
        scaled(text, None, 2, "cost")
    }

    #[test]
    fn numbers_of_both_kinds_are_read() {
        for (text, value) in [
            ("0", 0),
            ("183.05", 18_305),
            ("183,05", 18_305),
            ("12459.5", 1_245_950),
            ("12 459,5", 1_245_950),
            ("12\u{a0}459,5", 1_245_950),
            ("12\u{202f}459,5", 1_245_950),
            ("1,234,567", 123_456_700),
            ("12,459.50", 1_245_950),
            ("12.459,50", 1_245_950),
            ("-12,5", -1_250),
            ("\u{2212}12", -1_200),
            ("+4", 400),
            (".5", 50),
            ("7.1000", 710),
            ("0,100", 10),
        ] {
            assert_eq!(two(text), Ok(value), "{text}");
        }
        assert_eq!(scaled("12 459", None, 0, "value"), Ok(12_459));
        assert_eq!(scaled("12.459", None, 3, "value"), Ok(12_459));
    }

    #[test]
    fn numbers_that_can_be_read_in_two_ways_wait_for_a_word() {
        assert_eq!(
            two("12,459").expect_err("two ways"),
            "'12,459' can be read in two ways: --decimal comma or --decimal point says which"
        );
        assert_eq!(scaled("12,459", Some(DecimalMark::Point), 2, "cost"), Ok(1_245_900));
        assert_eq!(scaled("12,459", Some(DecimalMark::Comma), 3, "cost"), Ok(12_459));
        assert_eq!(scaled("12.459", Some(DecimalMark::Comma), 2, "cost"), Ok(1_245_900));
        assert_eq!("comma".parse::<DecimalMark>().ok(), Some(DecimalMark::Comma));
        assert!("dot".parse::<DecimalMark>().is_err());
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert!(two("PM01").expect_err("no cost").starts_with("'PM01' is no cost"));
        for text in ["", " ", "-", ",", "1 2", "12 45,5", "1,23.4,5", "12.", "12 kr", "1e5", "1.234 567", "--1", "１２"]
        {
            assert!(two(text).is_err(), "{text:?} was taken");
        }
        assert_eq!(two("183.055").expect_err("too fine"), "'183.055' has more than 2 decimals");
        assert_eq!(two("99999999999999999999").expect_err("too large"), "'99999999999999999999' is too large");
    }
}
