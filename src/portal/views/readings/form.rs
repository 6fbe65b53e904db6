//! The form for a new reading: short beside the object, whole on the page of readings.

use maud::{Markup, html};

use super::{ASKED, AT, FROM, METER, NOTE, REPLACED, SURE, VALUE};
use crate::portal::ui::When;
use crate::portal::ui::form::{self, Field, Problem, Target};
use crate::portal::ui::input::{self, Choice};
use crate::portal::ui::part as parts;
use crate::words::portal::Words;

/// The form for a new reading.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it is sent.
    pub target: Target,
    /// By which it is taken once.
    pub once: String,
    /// From which page it comes; empty for the page of readings.
    pub from: String,
    /// In what the meter counts.
    pub unit: String,
    /// The last reading.
    pub last: Option<Last>,
    /// What was typed.
    pub value: String,
    /// When it was read, as `2026-11-22T08:02`.
    pub at: String,
    /// The zone of that time.
    pub zone: String,
    /// What was remarked.
    pub note: String,
    /// The meters to choose from; with fewer than two there is no choice.
    pub meters: Vec<Choice>,
    /// Whether the meter was said to be replaced.
    pub replaced: bool,
    /// What keeps it from being taken.
    pub problems: Vec<Problem>,
    /// What is asked before it is taken.
    pub question: Option<Question>,
}

/// The last reading, which helps to type the next.
#[derive(Clone, Debug)]
pub struct Last {
    /// The value with its unit.
    pub value: String,
    /// When.
    pub when: When,
}

/// What is asked about an unlikely reading.
#[derive(Clone, Debug)]
pub struct Question {
    /// Why it is unlikely.
    pub text: String,
    /// The reading that is asked about, so that another one is asked about anew.
    pub asked: String,
}

impl Last {
    fn said(&self, words: &Words) -> String {
        (words.readings.last)(&self.value, &self.when.text)
    }
}

/// Value and button: what the meter shows at this moment.
pub(super) fn short(words: &Words, data: &Form) -> Markup {
    let said = words.readings;
    form::post(
        &data.target,
        html! {
            (form::once(&data.once))
            input type="hidden" name=(FROM) value=(data.from);
            (value(words, data))
            (form::submit(said.save))
        },
    )
}

/// Everything that can be said about a reading.
pub(super) fn whole(words: &Words, data: &Form) -> Markup {
    let said = words.readings;
    let field = |name, label| Field::new(name, label).refused(&data.problems);
    html! {
        (form::summary(words, &data.problems))
        section.card id="reading" {
            h2 { ((said.new)(&data.unit)) }
            (form::post(&data.target, html! {
                (form::once(&data.once))
                input type="hidden" name=(FROM) value=(data.from);
                @if let Some(question) = &data.question { (sure(words, question)) }
                @if data.meters.len() > 1 { (input::select(&field(METER, said.meter), &data.meters)) }
                (value(words, data))
                (input::date_time(&field(AT, said.at).hint(&(said.at_hint)(&data.zone)), &data.at))
                (input::prose(&field(NOTE, said.note), &data.note, 2, false))
                (input::check(&field(REPLACED, said.replaced).hint(said.replaced_hint), data.replaced))
                @if data.question.is_none() { (form::submit(said.save)) } @else { (form::quiet(said.save)) }
            }))
        }
    }
}

fn value(words: &Words, data: &Form) -> Markup {
    let said = words.readings;
    let hint = data.last.as_ref().map_or(said.no_last.to_owned(), |last| last.said(words));
    let label = (said.new)(&data.unit);
    input::number(&Field::new(VALUE, &label).hint(&hint).refused(&data.problems), &data.value, true)
}

/// The question with the button that answers it. It stands inside the form: what was typed goes along.
pub(super) fn sure(words: &Words, question: &Question) -> Markup {
    html! {
        div.call role="group" aria-labelledby="sure" {
            h3 id="sure" { (words.readings.sure) }
            p { (question.text) }
            input type="hidden" name=(ASKED) value=(question.asked);
            p.ways { (form::submit_with(SURE, "yes", words.readings.yes)) }
        }
    }
}

/// The way to the whole form.
pub(super) fn more(words: &Words, href: &str) -> Markup {
    html! { p.aside { (parts::link(&crate::portal::ui::Link { text: words.readings.more_fields.into(), href: href.into() })) } }
}
