//! What was typed about a point, how it is read in the visitor's language, and what is said when it cannot be.

use crate::portal::views::selfchecks::{answer_field, not_applicable_field, note_field, verdict_name};
use crate::portal::visit::Submission;
use crate::selfchecks::{Flaw, Point, PointKind, Said, Verdict};
use crate::text::decimal::DecimalMark;
use crate::text::{Lang, Prose};
use crate::words::numbers;
use crate::words::portal::{self, Selfcheck};

/// What was typed about a point.
pub struct Typed {
    /// Which point.
    pub position: u32,
    /// The answer, as it was typed.
    pub answer: String,
    /// Whether it was said that a value does not apply.
    pub not_applicable: bool,
    /// The note, as it was typed.
    pub note: String,
    /// The mark of what the form was made from.
    pub seen: String,
    /// What it means.
    pub read: Result<Said, Flaw>,
}

impl Typed {
    /// Reads the fields of a point.
    pub fn read(submission: &Submission, point: &Point, seen: String) -> Self {
        let position = point.position;
        let mut answer = submission.field(&answer_field(position)).trim().to_owned();
        let note = submission.field(&note_field(position)).to_owned();
        let not_applicable = submission.field(&not_applicable_field(position)) == "yes";
        if point.card.kind == PointKind::Check && answer.is_empty() && seen == point.said.mark() {
            // A browser cannot take a choice back, so that a missing one leaves what is kept.
            answer = point.said.answer.map_or_else(String::new, |answer| answer.word().into());
        }
        let mark = has_comma(submission.lang).then_some(DecimalMark::Comma);
        let read = match (point.card.kind, not_applicable, answer.as_str()) {
            (PointKind::Check, _, answer) => Said::read(&point.card, answer, &note, mark),
            (_, true, "") => Said::read(&point.card, Verdict::NotApplicable.word(), &note, mark),
            (_, true, _) => Err(Flaw::Both),
            // The word for it is a text like any other here.
            (PointKind::Text, false, answer) if answer == Verdict::NotApplicable.word() => {
                Said::read(&point.card, "", &note, mark).map(|said| Said { value: Prose::parse(answer).ok(), ..said })
            }
            (_, false, answer) => Said::read(&point.card, answer, &note, mark),
        };
        Self { position, answer, not_applicable, note, seen, read }
    }

    /// The field that a flaw is about.
    pub fn field(&self, flaw: &Flaw) -> String {
        if flaw.is_about_note() { note_field(self.position) } else { answer_field(self.position) }
    }

    /// What was said, in words.
    pub fn shown(&self, lang: Lang, point: &Point) -> String {
        match &self.read {
            Ok(read) => whole(lang, point, read),
            Err(_) => [self.answer.as_str(), self.note.as_str()].join(" ").trim().to_owned(),
        }
    }
}

/// What was said about a point, in words: the answer or the value with its unit, and the note behind it.
pub fn whole(lang: Lang, point: &Point, all: &Said) -> String {
    let answer = said(lang, point, all);
    all.note.as_ref().map_or(answer.clone(), |note| format!("{answer} – {note}"))
}

/// The answer to a point in words, or its value with its unit.
pub fn said(lang: Lang, point: &Point, said: &Said) -> String {
    let words = portal::of(lang);
    match (said.answer, &said.value) {
        (Some(answer), _) => verdict_name(words, answer).to_owned(),
        (None, Some(value)) => match said.thousandths().filter(|_| point.card.kind == PointKind::Number) {
            Some(number) => {
                let unit = point.card.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
                format!("{}{unit}", numbers::thousandths(number, lang))
            }
            None => value.to_string(),
        },
        (None, None) => words.selfcheck.unanswered.to_owned(),
    }
}

/// What stands in the field of a point: its word or its value, a number with the mark of the language.
pub fn field_of(lang: Lang, point: &Point) -> String {
    match (point.card.kind, &point.said.answer, &point.said.value) {
        (PointKind::Check, Some(answer), _) => answer.word().to_owned(),
        (PointKind::Number, _, Some(value)) if has_comma(lang) => value.as_str().replace('.', ","),
        (_, _, Some(value)) => value.to_string(),
        _ => String::new(),
    }
}

/// Whether people of a language write a comma before a fraction.
fn has_comma(lang: Lang) -> bool {
    match lang {
        Lang::En => false,
        Lang::Sv | Lang::Es => true,
    }
}

/// Why what was typed cannot be taken.
pub fn sentence(text: &Selfcheck, point: &Point, flaw: &Flaw) -> String {
    let unit = point.card.unit.as_ref().map_or("", |unit| unit.as_str());
    match flaw {
        Flaw::Answer => text.flaw_answer.into(),
        Flaw::Number => (text.flaw_number)(unit),
        Flaw::Unit if unit.is_empty() => (text.flaw_number)(unit),
        Flaw::Unit => (text.flaw_unit)(unit),
        Flaw::TwoWays => text.flaw_two_ways.into(),
        Flaw::Size => text.flaw_size.into(),
        Flaw::Both => text.flaw_both.into(),
        Flaw::Long | Flaw::NoteLong => text.flaw_long.into(),
        Flaw::Character | Flaw::NoteCharacter => text.flaw_character.into(),
        Flaw::NoteMissing => text.flaw_note.into(),
    }
}
