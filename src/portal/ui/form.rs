//! The only makers of forms: every post carries its token, and whatever was wrong with it stands first.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::portal::ui::layout::PROBLEMS;
use crate::words::portal::Words;

/// The name of the field that carries the form token.
pub const TOKEN: &str = "csrf";

/// The name of the field that carries the mark of a form that is taken once.
pub const ONCE: &str = "once";

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

/// A form that changes something and may carry files.
pub fn post_with_files(target: &Target, body: Markup) -> Markup {
    html! {
        form method="post" action=(target.action) enctype="multipart/form-data" novalidate {
            input type="hidden" name=(TOKEN) value=(target.token);
            (body)
        }
    }
}

/// The mark by which a form that is sent twice is taken once; see `WriteTx::once`.
pub fn once(mark: &str) -> Markup {
    html! { input type="hidden" name=(ONCE) value=(mark); }
}

/// A form that only asks: its fields become a plain address.
pub fn search(action: &str, label: &str, body: Markup) -> Markup {
    html! { form.filter method="get" action=(action) role="search" aria-label=(label) { (body) } }
}

/// A form in a frame that only asks: its answer takes the place of the page around the frame.
pub fn to_top(action: &str, body: Markup) -> Markup {
    html! { form method="get" action=(action) target="_top" novalidate { (body) } }
}

/// The button that sends a form.
pub fn submit(text: &str) -> Markup {
    html! { button type="submit" { (text) } }
}

/// A button that sends a form together with a value of its own.
pub fn submit_with(name: &str, value: &str, text: &str) -> Markup {
    html! { button type="submit" name=(name) value=(value) { (text) } }
}

/// A button that sends a form and is not the first thing to do on the page.
pub fn quiet(text: &str) -> Markup {
    html! { button.quiet type="submit" { (text) } }
}

/// A button that sends the form it stands in to another address.
pub fn submit_to(action: &str, text: &str) -> Markup {
    html! { button type="submit" formaction=(action) { (text) } }
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
    pub fn refused(self, problems: impl IntoIterator<Item = &'a Problem>) -> Self {
        let own = problems.into_iter().find(|one| one.field == self.name);
        Self { problem: own.map(|one| one.text.as_str()), ..self }
    }

    pub(super) fn described_by(&self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.name));
        let problem = self.problem.map(|_| format!("{}-problem", self.name));
        match (hint, problem) {
            (Some(hint), Some(problem)) => Some(format!("{hint} {problem}")),
            (hint, problem) => hint.or(problem),
        }
    }

    pub(super) fn around(&self, input: Markup) -> Markup {
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

/// Why a form was not accepted.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The field to go back to.
    pub field: Cow<'static, str>,
    /// A sentence that says what to do.
    pub text: String,
}

impl Problem {
    /// What is wrong with a field.
    pub fn new(field: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Self { field: field.into(), text: text.into() }
    }
}

/// The summary of what is wrong. It takes the focus, so that it is read first.
pub fn summary<'a>(words: &Words, problems: impl IntoIterator<Item = &'a Problem>) -> Markup {
    let mut problems = problems.into_iter().peekable();
    html! {
        @if problems.peek().is_some() {
            div.summary id=(PROBLEMS) role="group" aria-labelledby="problems-title" tabindex="-1" autofocus {
                h2 id="problems-title" { (words.common.problem) }
                @for problem in problems { p { a href={ "#" (problem.field) } { (problem.text) } } }
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
        let problem = Problem::new("password", "Enter your password.");
        assert_eq!(Field::new("email", "E-mail").refused(Some(&problem)).problem, None);
        let field = Field::new("password", "Password").hint("Twelve characters.").refused(Some(&problem));
        assert_eq!(field.described_by().as_deref(), Some("password-hint password-problem"));
    }
}
