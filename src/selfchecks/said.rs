//! What a person says about a point: an answer, a value, a note; read as people write it, or refused with the reason.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{PointCard, PointKind};
use crate::error::Error;
use crate::text::decimal::{self, DecimalMark};
use crate::text::{Line, Prose, fold, shown, vocabulary};

vocabulary! {
    /// The answer to a point.
    Verdict, "answer" {
        Ok = "ok",
        Fail = "fail",
        /// There is nothing there to look at.
        NotApplicable = "na",
    }
}
crate::db::text_columns!(Verdict);

/// What was said about a point; nothing at all before anybody was there.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Said {
    /// Of a check whether it is as it should be; of any point that it does not apply.
    pub answer: Option<Verdict>,
    /// What was measured (digits with a point before the fraction) or written down.
    pub value: Option<Prose>,
    /// What there is to say besides; of what is not as it should be, what is wrong.
    pub note: Option<Prose>,
}

/// The most characters of a value or a note.
pub const LONGEST: usize = 1_000;

/// How many decimals of a measured number are kept.
const DECIMALS: u32 = 3;

/// Why what was said cannot be taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Flaw {
    /// A check is answered with a word that is none of the answers.
    Answer,
    /// A value is no number.
    Number,
    /// A number can be read in two ways.
    TwoWays,
    /// A number has more decimals than are kept, or more digits.
    Size,
    /// A number is in another unit.
    Unit,
    /// There is a value, and that the point does not apply.
    Both,
    /// A text is too long.
    Long,
    /// A text holds a character that acts on what shows it.
    Character,
    /// A note is too long.
    NoteLong,
    /// A note holds a character that acts on what shows it.
    NoteCharacter,
    /// Something is not as it should be, and nobody said what is wrong.
    NoteMissing,
}

impl Flaw {
    /// Whether it is about the note and not about the answer.
    pub fn is_about_note(&self) -> bool {
        matches!(self, Self::NoteLong | Self::NoteCharacter | Self::NoteMissing)
    }

    /// The sentence for the command line and for files.
    pub fn sentence(&self, point: &PointCard, position: u32, typed: &str) -> Error {
        let (said, unit) = (shown(typed), point.unit.as_ref().map_or("", Line::as_str));
        let field = if self.is_about_note() { "note" } else { "answer" };
        let error = Error::invalid(
            field,
            match self {
                Self::Answer => format!("'{said}' is no answer to point {position} ({})", point.text),
                Self::Number => format!("point {position} ({}) is a number, and '{said}' is none", point.text),
                Self::TwoWays => format!("'{said}' at point {position} can be read in two ways"),
                Self::Size => format!("'{said}' at point {position} has more digits than are kept"),
                Self::Unit => format!("'{said}' is in another unit than point {position} ({})", point.text),
                Self::Both => format!("point {position} ({}) has a value and does not apply", point.text),
                Self::Long => format!("the answer to point {position} is longer than {LONGEST} characters"),
                Self::Character => format!("the answer to point {position} holds a control character"),
                Self::NoteLong => format!("the note on point {position} is longer than {LONGEST} characters"),
                Self::NoteCharacter => format!("the note on point {position} holds a control character"),
                Self::NoteMissing => format!("point {position} ({}) fails, and nobody says what is wrong", point.text),
            },
        );
        match self {
            Self::Answer => error.tip("the answers are: ok, fail, na"),
            Self::Number if unit.is_empty() => error.tip("write a number such as 12.5, or na if it does not apply"),
            Self::Number | Self::Unit => {
                error.tip(format!("write a number such as 12.5 or '12.5 {unit}', or na if it does not apply"))
            }
            Self::TwoWays => error.tip("write it without what divides the thousands: 12459, or 12.459 with a point"),
            Self::Size => error.tip(format!("up to {DECIMALS} decimals are kept")),
            Self::NoteMissing => error.tip("say it with --note TEXT"),
            _ => error,
        }
    }
}

impl Said {
    /// Reads an answer and a note; an empty answer takes away what is kept. `mark` is the decimal mark of whoever
    /// writes, where their language has one.
    pub fn read(point: &PointCard, answer: &str, note: &str, mark: Option<DecimalMark>) -> Result<Self, Flaw> {
        let answer = answer.trim();
        let mut said = Self { note: prose(note, Flaw::NoteLong, Flaw::NoteCharacter)?, ..Self::default() };
        match (point.kind, answer) {
            (_, "") => {}
            (_, "na") => said.answer = Some(Verdict::NotApplicable),
            (PointKind::Check, word) => said.answer = Some(word.parse().map_err(|_| Flaw::Answer)?),
            (PointKind::Number, text) => {
                let number = measured(text, point.unit.as_ref(), mark)?;
                said.value = Some(Prose::parse(&number).map_err(|_| Flaw::Number)?);
            }
            (PointKind::Text, text) => said.value = prose(text, Flaw::Long, Flaw::Character)?,
        }
        if said.answer == Some(Verdict::Fail) && said.note.is_none() {
            return Err(Flaw::NoteMissing);
        }
        Ok(said)
    }

    /// The number that was measured, in thousandths.
    pub fn thousandths(&self) -> Option<i64> {
        decimal::read(self.value.as_ref()?.as_str(), Some(DecimalMark::Point), DECIMALS).ok()
    }

    /// A mark of what was said, by which a form knows what it was made from.
    pub fn mark(&self) -> String {
        let part = |text: Option<&str>| text.map_or_else(|| "-".to_owned(), |text| format!("+{}:{text}", text.len()));
        let value = self.value.as_ref().map(Prose::as_str);
        let whole = [self.answer.map(Verdict::word), value, self.note.as_ref().map(Prose::as_str)].map(part).concat();
        BASE64URL_NOPAD.encode(&Sha256::digest(whole.as_bytes())[..6])
    }
}

fn prose(text: &str, long: Flaw, odd: Flaw) -> Result<Option<Prose>, Flaw> {
    let text = text.trim();
    match text.chars().count() {
        0 => Ok(None),
        count if count > LONGEST => Err(long),
        _ => Prose::parse(text).map(Some).map_err(|_| odd),
    }
}

/// A number with or without its unit, as digits with a point before the fraction: `−18,5 °C` is `-18.5`.
fn measured(text: &str, unit: Option<&Line>, mark: Option<DecimalMark>) -> Result<String, Flaw> {
    let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let mut number = text.to_lowercase();
    if let Some(unit) = unit {
        let unit = unit.as_str().to_lowercase();
        let ending = [unit.as_str(), unit.trim_start_matches('°')].into_iter().find(|unit| number.ends_with(unit));
        if let Some(ending) = ending.filter(|ending| !ending.is_empty()) {
            number.truncate(number.len() - ending.len());
        }
    }
    let number = number.trim();
    let last = number.rfind(|c: char| c.is_ascii_digit()).ok_or(Flaw::Number)?;
    let rest = &number[last + 1..];
    if !rest.is_empty() && !rest.starts_with(['.', ',']) && !digits(rest) && number.starts_with(is_of_number) {
        return Err(Flaw::Unit);
    }
    let unclear = match mark {
        // `12.459` in a language whose thousands have points.
        Some(DecimalMark::Comma) => number.replace('.', ","),
        _ => number.to_owned(),
    };
    let scaled = match (mark, decimal::read(number, None, DECIMALS)) {
        (Some(DecimalMark::Comma), Err(decimal::Flaw::TwoWays)) => {
            decimal::read(number, Some(DecimalMark::Comma), DECIMALS)
        }
        (Some(DecimalMark::Comma), Ok(_)) if unclear != number && is_two_ways(&unclear) => Err(decimal::Flaw::TwoWays),
        (_, read) => read,
    };
    let scaled = scaled.map_err(|flaw| match flaw {
        decimal::Flaw::TwoWays => Flaw::TwoWays,
        decimal::Flaw::TooFine | decimal::Flaw::TooLarge => Flaw::Size,
        decimal::Flaw::NoNumber | decimal::Flaw::Ends => Flaw::Number,
    })?;
    let (whole, part) = (scaled.unsigned_abs() / 1_000, scaled.unsigned_abs() % 1_000);
    let sign = if scaled < 0 { "-" } else { "" };
    let text = format!("{sign}{whole}.{part:03}");
    Ok(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

fn is_two_ways(text: &str) -> bool {
    decimal::read(text, None, DECIMALS) == Err(decimal::Flaw::TwoWays)
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '+' | '\u{2212}' | '.' | ',')
}

/// Whether a unit can be told from the number before it.
pub(super) fn is_unit(unit: &Line) -> bool {
    !unit.as_str().starts_with(is_of_number) && !fold(unit.as_str()).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(kind: PointKind, unit: &str) -> PointCard {
        let line = |text: &str| Line::parse(text).expect(text);
        let unit = Some(unit).filter(|unit| !unit.is_empty()).map(line);
        PointCard { text: line("Suction pressure"), kind, unit, required: true }
    }

    fn number(text: &str, unit: &str, mark: Option<DecimalMark>) -> Result<String, Flaw> {
        let said = Said::read(&point(PointKind::Number, unit), text, "", mark)?;
        Ok(said.value.expect("a value").as_str().to_owned())
    }

    #[test]
    fn numbers_are_read_with_or_without_their_unit() {
        for (text, unit, value) in [
            ("-18,5 °C", "°C", "-18.5"),
            ("\u{2212}18.5c", "°C", "-18.5"),
            ("4", "bar", "4"),
            (" 4.20 BAR ", "bar", "4.2"),
            ("3 m3", "m3", "3"),
            ("12 459,5", "h", "12459.5"),
            ("0", "", "0"),
            ("-0,5%", "%", "-0.5"),
            ("0.001", "", "0.001"),
        ] {
            assert_eq!(number(text, unit, None).as_deref(), Ok(value), "{text}");
        }
        for (text, unit, flaw) in [
            ("4 psi", "bar", Flaw::Unit),
            ("4 bar", "", Flaw::Unit),
            ("warm", "°C", Flaw::Number),
            ("bar", "bar", Flaw::Number),
            ("4.", "bar", Flaw::Number),
            ("4 bar 5", "bar", Flaw::Number),
            ("0.0001", "", Flaw::Size),
            ("99999999999999999", "", Flaw::Size),
            ("12,459", "h", Flaw::TwoWays),
        ] {
            assert_eq!(number(text, unit, None), Err(flaw), "{text}");
        }
    }

    #[test]
    fn a_comma_is_what_it_is_in_the_language_of_whoever_writes() {
        let comma = Some(DecimalMark::Comma);
        assert_eq!(number("12,459", "h", comma).as_deref(), Ok("12.459"));
        assert_eq!(number("1.5", "bar", comma).as_deref(), Ok("1.5"));
        assert_eq!(number("12.459", "h", comma), Err(Flaw::TwoWays));
        assert_eq!(number("12.459,5", "h", comma).as_deref(), Ok("12459.5"));
    }

    #[test]
    fn a_point_that_fails_says_what_is_wrong_and_any_point_may_not_apply() {
        let check = point(PointKind::Check, "");
        assert_eq!(Said::read(&check, "fail", "  ", None), Err(Flaw::NoteMissing));
        let said = Said::read(&check, "fail", "Torn at the hinge", None).expect("taken");
        assert_eq!((said.answer, said.note.is_some()), (Some(Verdict::Fail), true));
        assert_eq!(Said::read(&check, "yes", "", None), Err(Flaw::Answer));
        assert_eq!(Said::read(&check, "", "", None), Ok(Said::default()));
        for kind in PointKind::ALL {
            let said = Said::read(&point(*kind, ""), "na", "", None).expect("taken");
            assert_eq!((said.answer, said.value), (Some(Verdict::NotApplicable), None), "{kind}");
        }
        let text = point(PointKind::Text, "");
        assert_eq!(Said::read(&text, &"x".repeat(LONGEST + 1), "", None), Err(Flaw::Long));
        assert_eq!(Said::read(&text, "a\u{202e}b", "", None), Err(Flaw::Character));
        assert_eq!(Said::read(&text, "ok", "\u{7}", None), Err(Flaw::NoteCharacter));
    }

    #[test]
    fn whatever_is_said_differently_has_another_mark() {
        let text = |text: &str| Prose::parse(text).ok();
        let all = [
            Said::default(),
            Said { answer: Some(Verdict::Ok), ..Said::default() },
            Said { value: text("ok"), ..Said::default() },
            Said { note: text("ok"), ..Said::default() },
            Said { value: text("a"), note: text("b"), ..Said::default() },
            Said { value: text("a+1:b"), ..Said::default() },
        ];
        let marks: std::collections::BTreeSet<_> = all.iter().map(Said::mark).collect();
        assert_eq!(marks.len(), all.len());
        assert!(marks.iter().all(|mark| mark.len() == 8));
    }
}
