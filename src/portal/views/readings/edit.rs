//! Page: one reading, to correct or to delete.

use maud::{Markup, html};

use super::form::{Question, sure};
use super::{ACT, VALUE, WHY, WHY_DELETED};
use crate::portal::ui::When;
use crate::portal::ui::form::{self, Field, Problem, Target};
use crate::portal::ui::input;
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::part as parts;

/// What is to be done with a reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// Another value takes its place.
    Correct,
    /// It counts no more.
    Delete,
}

impl Act {
    /// The word that is sent.
    pub fn word(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Delete => "delete",
        }
    }
}

/// A reading to correct or to delete.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The object, and the page of its readings.
    pub object: (String, String),
    /// The value with its unit.
    pub reading: String,
    /// When it was read.
    pub when: When,
    /// Who entered it.
    pub by: String,
    /// In what the meter counts.
    pub unit: String,
    /// Where both forms are sent.
    pub target: Target,
    /// The value that was typed, or the one it has.
    pub value: String,
    /// The reason that was typed, for each of the two.
    pub why: (String, String),
    /// What keeps it from being taken.
    pub problems: Vec<Problem>,
    /// What is asked before it is taken.
    pub question: Option<Question>,
}

/// `GET /objects/N/readings/ID`
pub fn edit(frame: &Frame, data: &Edit) -> Markup {
    let words = frame.words();
    let said = words.readings;
    let (object, back) = &data.object;
    let named = (said.named)(&data.reading, &data.when.text);
    let body = html! {
        (parts::back(back, &(said.title)(object)))
        h1 { ((said.edit_title)(&named)) }
        (form::summary(words, &data.problems))
        p { ((said.edit_lead)(&data.by)) }
        (form::post(&data.target, html! {
            input type="hidden" name=(ACT) value=(Act::Correct.word());
            @if let Some(question) = &data.question { (heading(words)) (sure(words, question)) }
            (input::number(&Field::new(VALUE, &(said.right_value)(&data.unit)).refused(&data.problems), &data.value, true))
            (input::line(&Field::new(WHY, said.why).hint(said.why_hint).refused(&data.problems), &data.why.0, "off", true))
            @if data.question.is_none() { (form::submit(said.save_correction)) } @else { (form::quiet(said.save_correction)) }
        }))
        section.card {
            h2 { (said.delete_title) }
            p { (said.delete_text) }
            (form::post(&data.target, html! {
                input type="hidden" name=(ACT) value=(Act::Delete.word());
                (input::line(&Field::new(WHY_DELETED, said.delete_why).refused(&data.problems), &data.why.1, "off", true))
                (form::quiet(said.delete))
            }))
        }
    };
    let title = (said.edit_title)(&named);
    let refused = !data.problems.is_empty();
    page(frame, &Sheet { title, refused, place: Some(Place::Objects), width: Width::Text, body })
}

/// The question is a heading of the third level everywhere; here no second one stands above it.
fn heading(words: &crate::words::portal::Words) -> Markup {
    html! { h2.unseen { (words.readings.edit) } }
}
