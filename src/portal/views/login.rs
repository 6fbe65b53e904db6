//! Pages: the branded login box, signed out, the forgotten password.

use maud::{Markup, html};

use crate::portal::ui::form::{self, Field, Problem, Target};
use crate::portal::ui::input::{self, Secret};
use crate::portal::ui::layout::{Frame, Sheet, page};
use crate::portal::ui::part;
use crate::words::portal::Words;

/// The name of the field with the address.
pub const EMAIL: &str = "email";
/// The name of the field with the password.
pub const PASSWORD: &str = "password";

/// The login box.
#[derive(Clone, Debug)]
pub struct LoginPage {
    /// Where it is sent.
    pub form: Target,
    /// What is in the address field already.
    pub email: String,
    /// Fields that travel along unseen, such as where to go afterwards.
    pub hidden: Vec<(String, String)>,
    /// The page for a forgotten password.
    pub forgot: String,
    /// Why the last attempt did not work.
    pub refused: Option<LoginRefused>,
    /// Why the visitor is here.
    pub reason: Option<LoginReason>,
}

/// Why signing in did not work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoginRefused {
    /// No address was entered.
    EmailMissing,
    /// No password was entered.
    PasswordMissing,
    /// The one sentence for unknown, wrong, disabled and invited.
    Wrong,
    /// Too many attempts; how many minutes to wait.
    Throttled(u64),
    /// The form token had run out.
    Stale,
}

/// Why somebody meets the login box.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoginReason {
    /// They have just chosen a password.
    PasswordChosen,
    /// Their session ended by itself.
    Ended,
}

/// `GET /` and a refused `POST /login`.
pub fn login(frame: &Frame, data: &LoginPage) -> Markup {
    let words = frame.words();
    let problem = data.refused.map(|refused| login_problem(words, refused));
    let title = (words.login.title)(frame.company_name());
    let body = html! {
        h1 { (title) }
        @match data.reason {
            Some(LoginReason::PasswordChosen) => (part::notice(words.login.chosen)),
            Some(LoginReason::Ended) => (part::notice(words.login.ended)),
            None => {},
        }
        (form::summary(words, problem.as_ref()))
        (form::post(&data.form, html! {
            @for (name, value) in &data.hidden { input type="hidden" name=(name) value=(value); }
            (input::email(&Field::new(EMAIL, words.common.email).refused(problem.as_ref()), &data.email))
            (input::password(words, &Field::new(PASSWORD, words.common.password).refused(problem.as_ref()), Secret::Current))
            (form::submit(words.common.sign_in))
        }))
        p.aside { a href=(data.forgot) { (words.login.forgot) } }
        p.faint { ((words.login.invited)(frame.company_name())) }
    };
    page(frame, &Sheet { refused: problem.is_some(), ..Sheet::boxed(title, body) })
}

fn login_problem(words: &Words, refused: LoginRefused) -> Problem {
    let (field, text) = match refused {
        LoginRefused::EmailMissing => (EMAIL, words.common.email_missing.into()),
        LoginRefused::PasswordMissing => (PASSWORD, words.login.password_missing.into()),
        LoginRefused::Wrong => (PASSWORD, words.login.wrong.into()),
        LoginRefused::Throttled(minutes) => (PASSWORD, (words.login.throttled)(minutes)),
        LoginRefused::Stale => (PASSWORD, words.login.stale.into()),
    };
    Problem::new(field, text)
}

/// The page after signing out.
#[derive(Clone, Debug)]
pub struct SignedOut {
    /// The login box.
    pub login: String,
}

/// `GET /signed-out`
pub fn signed_out(frame: &Frame, data: &SignedOut) -> Markup {
    let words = frame.words();
    let body = html! {
        h1 { (words.login.out_title) }
        p { ((words.login.out_text)(frame.company_name())) }
        p.faint { (words.login.out_shared) }
        p { (part::button(&data.login, words.login.again)) }
    };
    page(frame, &Sheet::boxed(words.login.out_title, body))
}

/// The page that asks for the address of a forgotten password.
#[derive(Clone, Debug)]
pub struct Forgot {
    /// Where it is sent.
    pub form: Target,
    /// What is in the field already.
    pub email: String,
    /// Why it was not accepted.
    pub refused: Option<ForgotRefused>,
    /// The login box.
    pub login: String,
}

/// Why a forgotten password could not be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ForgotRefused {
    /// No address was entered.
    EmailMissing,
    /// What was entered is not an address.
    EmailOdd,
}

/// `GET /forgot` and a refused `POST /forgot`.
pub fn forgot(frame: &Frame, data: &Forgot) -> Markup {
    let words = frame.words();
    let problem = data.refused.map(|refused| Problem {
        field: EMAIL.into(),
        text: match refused {
            ForgotRefused::EmailMissing => words.common.email_missing.into(),
            ForgotRefused::EmailOdd => words.common.email_odd.into(),
        },
    });
    let body = html! {
        h1 { (words.login.forgot_title) }
        (form::summary(words, problem.as_ref()))
        p { (words.login.forgot_text) }
        (form::post(&data.form, html! {
            (input::email(&Field::new(EMAIL, words.common.email).refused(problem.as_ref()), &data.email))
            (form::submit(words.login.forgot_send))
        }))
        p.aside { a href=(data.login) { (words.common.back_to_sign_in) } }
    };
    page(frame, &Sheet { refused: problem.is_some(), ..Sheet::boxed(words.login.forgot_title, body) })
}

/// The one answer to every forgotten password.
#[derive(Clone, Debug)]
pub struct ForgotSent {
    /// The address as it was typed, known here or not.
    pub email: String,
    /// How many hours the link works.
    pub hours: u64,
    /// The login box.
    pub login: String,
    /// The page that asks again.
    pub forgot: String,
}

/// `GET /forgot/sent`
pub fn forgot_sent(frame: &Frame, data: &ForgotSent) -> Markup {
    let words = frame.words();
    let body = html! {
        h1 { (words.login.sent_title) }
        p { ((words.login.sent_text)(&data.email)) " " ((words.login.sent_valid)(data.hours)) }
        p.faint { (words.login.sent_nothing) }
        p.aside { a href=(data.forgot) { (words.login.sent_other) } }
        p.aside { a href=(data.login) { (words.common.back_to_sign_in) } }
    };
    page(frame, &Sheet::boxed(words.login.sent_title, body))
}
