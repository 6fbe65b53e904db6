//! The only makers of forms: every post carries its token, every input its label, hint and message.

use maud::{Markup, html};

use crate::portal::ui::layout::PROBLEMS;
use crate::words::portal::Words;

/// The name of the field that carries the form token.
pub const TOKEN: &str = "csrf";

/// Where a form is sent, and the token that shows it came from our own page.
#[derive(Clone, Debug)]
pub struct Target {
    /// The address.
    pub action: String,
    /// The form token of this visitor.
    pub token: String,
}

/// A form that changes something.
pub fn post(target: &Target, body: Markup) -> Markup {
    html! {
        form method="post" action=(target.action) novalidate {
            input type="hidden" name=(TOKEN) value=(target.token);
            (body)
        }
    }
}

/// A form that only asks: its fields become a plain address.
pub fn search(action: &str, label: &str, body: Markup) -> Markup {
    html! { form.filter method="get" action=(action) role="search" aria-label=(label) { (body) } }
}

/// The button that sends a form.
pub fn submit(text: &str) -> Markup {
    html! { button type="submit" { (text) } }
}

/// A button that sends a form and is not the first thing to do on the page.
pub fn quiet(text: &str) -> Markup {
    html! { button.quiet type="submit" { (text) } }
}

/// What a browser may fill in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Secret {
    /// The password of an account that exists.
    Current,
    /// A password that is being chosen.
    New,
}

/// What stands around an input.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The name it is sent under, which is also its id.
    pub name: &'a str,
    /// What it asks for.
    pub label: &'a str,
    /// What helps to answer.
    pub hint: Option<&'a str>,
    /// Why the last answer was not accepted.
    pub problem: Option<&'a str>,
}

impl<'a> Field<'a> {
    /// A field that needs no hint and was not refused.
    pub fn new(name: &'a str, label: &'a str) -> Self {
        Self { name, label, hint: None, problem: None }
    }

    /// The same field with its hint.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// The same field with what was wrong, if that was about this field.
    #[must_use]
    pub fn refused(self, problem: Option<&'a Problem>) -> Self {
        Self { problem: problem.filter(|one| one.field == self.name).map(|one| one.text.as_str()), ..self }
    }

    fn described_by(&self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.name));
        let problem = self.problem.map(|_| format!("{}-problem", self.name));
        match (hint, problem) {
            (Some(hint), Some(problem)) => Some(format!("{hint} {problem}")),
            (hint, problem) => hint.or(problem),
        }
    }

    fn around(&self, input: Markup) -> Markup {
        html! {
            div.field.refused[self.problem.is_some()] {
                label for=(self.name) { (self.label) }
                @if let Some(hint) = self.hint {
                    p.hint id={ (self.name) "-hint" } { (hint) }
                }
                @if let Some(problem) = self.problem {
                    p.problem id={ (self.name) "-problem" } { (problem) }
                }
                (input)
            }
        }
    }
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

/// Why a form was not accepted.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The field to go back to.
    pub field: &'static str,
    /// A sentence that says what to do.
    pub text: String,
}

/// The summary of what is wrong. It takes the focus, so that it is read first.
pub fn summary(words: &Words, problem: Option<&Problem>) -> Markup {
    html! {
        @if let Some(problem) = problem {
            div.summary id=(PROBLEMS) role="group" aria-labelledby="problems-title" tabindex="-1" autofocus {
                h2 id="problems-title" { (words.common.problem) }
                p { a href={ "#" (problem.field) } { (problem.text) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_carries_its_token_and_escapes_it() {
        let target = Target { action: "/g/nordkyl/login".into(), token: "a\"><b".into() };
        let form = post(&target, html! {}).into_string();
        assert!(form.contains(r#"name="csrf" value="a&quot;&gt;&lt;b""#), "{form}");
    }

    #[test]
    fn a_message_belongs_to_its_own_field_only() {
        let problem = Problem { field: "password", text: "Enter your password.".into() };
        assert_eq!(Field::new("email", "E-mail").refused(Some(&problem)).problem, None);
        let field = Field::new("password", "Password").hint("Twelve characters.").refused(Some(&problem));
        assert_eq!(field.described_by().as_deref(), Some("password-hint password-problem"));
    }
}
