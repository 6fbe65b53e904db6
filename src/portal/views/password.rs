//! Pages: choosing a password behind a link, changing it when signed in.

use maud::{Markup, html};

use crate::portal::ui::form::{self, Field, Problem, Target};
use crate::portal::ui::input::{self, Secret};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::{When, part};
use crate::words::portal::Words;

/// The name of the field with the new password.
pub const PASSWORD: &str = "password";
/// The name of the field with the current password.
pub const CURRENT: &str = "current";
/// The id of the address, which is shown and not sent.
const EMAIL: &str = "email";

/// Why a password was not accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PasswordRefused {
    /// None was entered.
    Missing,
    /// It has fewer characters than the least number.
    TooShort,
    /// It has more than 1,024 bytes.
    TooLong,
    /// It is on the list of common ones.
    Common,
    /// It holds a name or an address.
    Guessable,
    /// The current one was not entered.
    CurrentMissing,
    /// The current one is another.
    CurrentWrong,
    /// Too many attempts; how many minutes to wait.
    Throttled(u64),
    /// The form token had run out.
    Stale,
}

/// What a link was sent for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// The first password of a new account.
    Invite {
        /// The customer it is for.
        customer: String,
    },
    /// A new password instead of a forgotten one.
    Reset,
}

/// The page behind a link that works.
#[derive(Clone, Debug)]
pub struct ChoosePassword {
    /// What the link is for.
    pub purpose: Purpose,
    /// Where the form is sent.
    pub form: Target,
    /// Whose account it is.
    pub email: String,
    /// The least number of characters.
    pub least: u64,
    /// When the link stops working.
    pub until: When,
    /// Why the last one was not accepted.
    pub refused: Option<PasswordRefused>,
}

/// `GET /invite/…`, `GET /reset/…` and their refused forms.
pub fn choose(frame: &Frame, data: &ChoosePassword) -> Markup {
    let words = frame.words();
    let problem = data.refused.map(|refused| problem(words, refused, data.least));
    let hint = (words.password.hint)(data.least);
    let (title, text) = match &data.purpose {
        Purpose::Invite { customer } => {
            (words.password.invite_title, (words.password.invite_text)(frame.company_name(), customer))
        }
        Purpose::Reset => (words.password.reset_title, words.password.reset_text.to_owned()),
    };
    let body = html! {
        h1 { (title) }
        (form::summary(words, problem.as_ref()))
        p { (text) }
        (form::post(&data.form, html! {
            (input::known_email(&Field::new(EMAIL, words.common.email), &data.email))
            (input::password(words, &Field::new(PASSWORD, words.password.new).hint(&hint).refused(problem.as_ref()), Secret::New))
            (form::submit(words.password.choose))
        }))
        p.faint { (words.password.until) " " (part::time(&data.until)) "." }
    };
    page(frame, &Sheet { refused: problem.is_some(), ..Sheet::boxed(title, body) })
}

/// The page that changes the password of somebody who is signed in.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    /// Where the form is sent.
    pub form: Target,
    /// Whose account it is.
    pub email: String,
    /// The least number of characters.
    pub least: u64,
    /// Why it was not accepted.
    pub refused: Option<PasswordRefused>,
    /// The account page.
    pub account: String,
}

/// `GET /account/password` and its refused form.
pub fn change(frame: &Frame, data: &ChangePassword) -> Markup {
    let words = frame.words();
    let problem = data.refused.map(|refused| problem(words, refused, data.least));
    let hint = (words.password.hint)(data.least);
    let body = html! {
        (part::back(&data.account, words.account.title))
        h1 { (words.password.change_title) }
        (form::summary(words, problem.as_ref()))
        p { (words.password.change_text) }
        (form::post(&data.form, html! {
            (input::known_email(&Field::new(EMAIL, words.common.email), &data.email))
            (input::password(words, &Field::new(CURRENT, words.password.current).refused(problem.as_ref()), Secret::Current))
            (input::password(words, &Field::new(PASSWORD, words.password.new).hint(&hint).refused(problem.as_ref()), Secret::New))
            div.actions {
                (form::submit(words.password.change))
                a.button.quiet href=(data.account) { (words.common.cancel) }
            }
        }))
    };
    let title = words.password.change_title.to_owned();
    page(frame, &Sheet { title, refused: problem.is_some(), place: Some(Place::Account), width: Width::Text, body })
}

fn problem(words: &Words, refused: PasswordRefused, least: u64) -> Problem {
    let (field, text) = match refused {
        PasswordRefused::Missing => (PASSWORD, words.password.missing.into()),
        PasswordRefused::TooShort => (PASSWORD, (words.password.short)(least)),
        PasswordRefused::TooLong => (PASSWORD, words.password.long.into()),
        PasswordRefused::Common => (PASSWORD, words.password.common.into()),
        PasswordRefused::Guessable => (PASSWORD, words.password.guessable.into()),
        PasswordRefused::CurrentMissing => (CURRENT, words.password.current_missing.into()),
        PasswordRefused::CurrentWrong => (CURRENT, words.password.current_wrong.into()),
        PasswordRefused::Throttled(minutes) => (PASSWORD, (words.password.throttled)(minutes)),
        PasswordRefused::Stale => (PASSWORD, words.password.stale.into()),
    };
    Problem::new(field, text)
}
