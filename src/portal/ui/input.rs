//! The only makers of inputs: each with its label, its hint, and the message if what was typed cannot be taken.

use maud::{Markup, html};

use crate::portal::ui::form::Field;
use crate::words::portal::Words;

/// What a browser may fill in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Secret {
    /// The password of an account that exists.
    Current,
    /// A password that is being chosen.
    New,
}

/// Asks for an e-mail address.
pub fn email(field: &Field, value: &str) -> Markup {
    field.around(html! {
        input id=(field.name) name=(field.name) type="email" value=(value) autocomplete="username"
            autocapitalize="none" spellcheck="false" required
            aria-describedby=[field.described_by()] aria-invalid=[field.problem.map(|_| "true")];
    })
}

/// Shows an address that cannot be changed here, for password managers; it is not sent.
pub fn known_email(field: &Field, value: &str) -> Markup {
    field.around(html! {
        input id=(field.name) type="email" value=(value) autocomplete="username" readonly
            aria-describedby=[field.described_by()];
    })
}

/// Asks for a password. It is never shown again.
pub fn password(words: &Words, field: &Field, secret: Secret) -> Markup {
    let autocomplete = match secret {
        Secret::Current => "current-password",
        Secret::New => "new-password",
    };
    field.around(html! {
        div.secret {
            input id=(field.name) name=(field.name) type="password" autocomplete=(autocomplete)
                autocapitalize="none" spellcheck="false" required
                data-show=(words.common.show_password) data-hide=(words.common.hide_password)
                aria-describedby=[field.described_by()] aria-invalid=[field.problem.map(|_| "true")];
        }
    })
}

/// One answer of several.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Its language, if it is not the page's.
    pub lang: Option<&'static str>,
    /// Whether it is the present answer.
    pub chosen: bool,
}

impl Choice {
    /// A choice in the language of the page.
    pub fn new(value: impl Into<String>, text: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.into(), text: text.into(), lang: None, chosen }
    }
}

/// Asks for one of several answers.
pub fn select(field: &Field, choices: &[Choice]) -> Markup {
    field.around(html! {
        select id=(field.name) name=(field.name) aria-describedby=[field.described_by()] {
            @for choice in choices {
                option value=(choice.value) lang=[choice.lang] selected[choice.chosen] { (choice.text) }
            }
        }
    })
}

/// Asks for words to search with.
pub fn words_to_find(field: &Field, value: &str) -> Markup {
    field.around(html! {
        input id=(field.name) name=(field.name) type="search" value=(value) autocomplete="off" spellcheck="false"
            aria-describedby=[field.described_by()];
    })
}

/// Asks for a line of text; `complete` is what a browser may fill in, `off` for nothing.
pub fn line(field: &Field, value: &str, complete: &str, required: bool) -> Markup {
    field.around(html! {
        input id=(field.name) name=(field.name) type="text" value=(value) autocomplete=(complete) required[required]
            aria-describedby=[field.described_by()] aria-invalid=[field.problem.map(|_| "true")];
    })
}

/// Asks for a number, which people write with spaces, commas and points: the keyboard has digits, the rest is read here.
pub fn number(field: &Field, value: &str, required: bool) -> Markup {
    field.around(html! {
        input id=(field.name) name=(field.name) type="text" inputmode="decimal" value=(value) autocomplete="off"
            required[required]
            aria-describedby=[field.described_by()] aria-invalid=[field.problem.map(|_| "true")];
    })
}

/// Asks for a day and a time on the clocks of the place, as `2026-11-22T08:02`.
pub fn date_time(field: &Field, value: &str) -> Markup {
    field.around(html! {
        input id=(field.name) name=(field.name) type="datetime-local" value=(value) required
            aria-describedby=[field.described_by()] aria-invalid=[field.problem.map(|_| "true")];
    })
}

/// Asks for as much text as somebody wants to write.
pub fn prose(field: &Field, value: &str, rows: u8, required: bool) -> Markup {
    field.around(html! {
        textarea id=(field.name) name=(field.name) rows=(rows) required[required]
            aria-describedby=[field.described_by()] aria-invalid=[field.problem.map(|_| "true")] { (value) }
    })
}

/// Asks for files. The hint says what may be sent before anything is chosen; `accept` lists endings such as `.pdf,.jpg`.
pub fn files(field: &Field, accept: &str, several: bool) -> Markup {
    field.around(html! {
        input id=(field.name) name=(field.name) type="file" accept=(accept) multiple[several]
            aria-describedby=[field.described_by()] aria-invalid=[field.problem.map(|_| "true")];
    })
}

/// Asks for yes or no.
pub fn check(field: &Field, checked: bool) -> Markup {
    html! {
        div.field.refused[field.problem.is_some()] {
            @if let Some(problem) = field.problem { p.problem id={ (field.name) "-problem" } { (problem) } }
            div.tick {
                input id=(field.name) name=(field.name) type="checkbox" value="yes" checked[checked]
                    aria-describedby=[field.described_by()] aria-invalid=[field.problem.map(|_| "true")];
                label for=(field.name) { (field.label) }
            }
            @if let Some(hint) = field.hint { p.hint id={ (field.name) "-hint" } { (hint) } }
        }
    }
}

/// Asks for one of a few answers, all of them in view. The first answer's id is the field's name, so that the summary
/// leads to it.
pub fn radios(field: &Field, choices: &[Choice]) -> Markup {
    html! {
        fieldset.field.refused[field.problem.is_some()] aria-describedby=[field.described_by()] {
            legend { (field.label) }
            @if let Some(hint) = field.hint { p.hint id={ (field.name) "-hint" } { (hint) } }
            @if let Some(problem) = field.problem { p.problem id={ (field.name) "-problem" } { (problem) } }
            div.ticks {
                @for (at, choice) in choices.iter().enumerate() {
                    @let id = if at == 0 { field.name.to_owned() } else { format!("{}-{}", field.name, choice.value) };
                    div.tick {
                        input id=(id) name=(field.name) type="radio" value=(choice.value) checked[choice.chosen]
                            aria-invalid=[field.problem.filter(|_| at == 0).map(|_| "true")];
                        label for=(id) { (choice.text) }
                    }
                }
            }
        }
    }
}
