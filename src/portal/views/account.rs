//! Pages: the person's own account, the choice between customers, and having nothing to see.

use maud::{Markup, html};

use crate::portal::ui::form::{self, Field, Target};
use crate::portal::ui::input::{self, Choice};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::part;
use crate::text::Lang;
use crate::words::portal;

/// The name of the field with the language.
pub const LANGUAGE: &str = "lang";
/// The name of the button that chooses a customer.
pub const ACCESS: &str = "access";

/// The person's own page.
#[derive(Clone, Debug)]
pub struct AccountPage {
    /// Their name.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// Their language.
    pub lang: Lang,
    /// Changes the language.
    pub language: Target,
    /// The page that changes the password.
    pub password: String,
    /// Ends the session.
    pub sign_out: Target,
}

/// `GET /account`
pub fn account(frame: &Frame, data: &AccountPage) -> Markup {
    let words = frame.words();
    let text = &words.account;
    let languages: Vec<_> = Lang::ALL
        .iter()
        .map(|lang| Choice {
            value: lang.word().into(),
            text: portal::own_name(*lang).into(),
            lang: (*lang != frame.lang).then(|| lang.word()),
            chosen: *lang == data.lang,
        })
        .collect();
    let body = html! {
        h1 { (text.title) }
        section.card {
            dl.facts {
                (part::fact(text.name, Some(html! { (data.name) })))
                (part::fact(words.common.email, Some(html! {
                    (data.email)
                    p.hint { ((text.email_hint)(frame.company_name())) }
                })))
                @if let Some(visitor) = &frame.visitor {
                    (part::fact(text.customer, Some(html! { (visitor.customer) })))
                }
            }
        }
        section.card {
            (form::post(&data.language, html! {
                (input::select(&Field::new(LANGUAGE, text.language).hint(text.language_hint), &languages))
                (form::submit(words.common.save))
            }))
        }
        section.card {
            h2 { (words.common.password) }
            p { (text.password_text) }
            p { a.button.quiet href=(data.password) { (words.password.change_title) } }
        }
        (form::post(&data.sign_out, form::quiet(words.common.sign_out)))
    };
    page(
        frame,
        &Sheet { title: text.title.into(), refused: false, place: Some(Place::Account), width: Width::Text, body },
    )
}

/// The choice between customers.
#[derive(Clone, Debug)]
pub struct Switch {
    /// Where the choice is sent, as the field `access`.
    pub form: Target,
    /// What there is to choose from.
    pub customers: Vec<Customer>,
}

/// A customer somebody may be signed in for.
#[derive(Clone, Debug)]
pub struct Customer {
    /// What is sent.
    pub value: String,
    /// The customer's name.
    pub name: String,
    /// The customer's number.
    pub number: String,
    /// Whether it is the present one.
    pub current: bool,
    /// Whether the customer is closed, so that it cannot be chosen.
    pub closed: bool,
}

/// `GET /switch`
pub fn switch(frame: &Frame, data: &Switch) -> Markup {
    let words = frame.words();
    let text = &words.account;
    let body = html! {
        h1 { (text.switch_title) }
        p { ((text.switch_text)(frame.company_name())) }
        (form::post(&data.form, html! {
            ul.choices {
                @for customer in &data.customers {
                    li {
                        button.choice type="submit" name=(ACCESS) value=(customer.value) disabled[customer.closed]
                            aria-current=[customer.current.then_some("true")] {
                            strong { (customer.name) }
                            span { (text.number) " " (customer.number) }
                            @if customer.current { span.badge { (text.current) } }
                            @if customer.closed { span.badge { (text.closed) } }
                        }
                    }
                }
            }
        }))
    };
    page(frame, &Sheet { title: text.switch_title.into(), refused: false, place: None, width: Width::Text, body })
}

/// `GET /no-access`: signing in works, and nothing has been opened yet.
pub fn no_access(frame: &Frame) -> Markup {
    let words = frame.words();
    let text = &words.account;
    let company = frame.company.as_ref();
    let body = html! {
        h1 { (text.nothing_title) }
        p { ((text.nothing_text)(frame.customer_name())) }
        p { ((text.nothing_next)(frame.company_name())) }
        @if let Some(phone) = company.and_then(|company| company.phone.as_ref()) {
            p { a.button href=(phone.href) { (words.common.call) " " (phone.text) } }
        } @else if let Some(email) = company.and_then(|company| company.email.as_ref()) {
            p { a.button href=(email.href) { (words.common.write) " " (email.text) } }
        }
        p.faint { (text.nothing_why) }
    };
    page(frame, &Sheet::boxed(text.nothing_title, body))
}
