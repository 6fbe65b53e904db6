//! Pages: the person's own account, the choice between customers, and having nothing to see.

use maud::{Markup, html};

use crate::access::Permission;
use crate::portal::ui::form::{self, Field, Problem, Target};
use crate::portal::ui::input::{self, Choice};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::{When, part};
use crate::text::Lang;
use crate::words::portal;

/// The name of the field with the language.
pub const LANGUAGE: &str = "lang";
/// The name of the button that chooses a customer.
pub const ACCESS: &str = "access";
/// The name of the field with the person's name.
pub const NAME: &str = "name";

/// The person's own page.
#[derive(Clone, Debug)]
pub struct AccountPage {
    /// Their name.
    pub name: String,
    /// The page that changes it.
    pub change_name: String,
    /// What they sign in with.
    pub email: String,
    /// Their language.
    pub lang: Lang,
    /// Changes the language.
    pub language: Target,
    /// The page that changes the password.
    pub password: String,
    /// The page with the browsers in which they are signed in.
    pub sessions: String,
    /// The page with the mails that they get.
    pub notices: String,
    /// What they may see and do.
    pub sight: Sight,
    /// Ends the session.
    pub sign_out: Target,
}

/// What somebody may see and do, and where.
#[derive(Clone, Debug)]
pub struct Sight {
    /// What they may do.
    pub may: Vec<Permission>,
    /// Where.
    pub scope: Scope,
    /// Whether what belongs to no facility is part of it.
    pub unattached: bool,
    /// The last day on which the access holds.
    pub until: Option<When>,
}

/// At which facilities something may be seen.
#[derive(Clone, Debug)]
pub enum Scope {
    /// At all of them.
    All,
    /// At these.
    Named(Vec<String>),
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
                (part::fact(text.name, Some(html! {
                    (data.name) " " a href=(data.change_name) { (text.change_name) }
                })))
                (part::fact(words.common.email, Some(html! {
                    (data.email)
                    p.hint { ((text.email_hint)(frame.company_name())) }
                })))
                @if let Some(visitor) = &frame.visitor {
                    (part::fact(text.customer, Some(html! { (visitor.customer) })))
                }
            }
        }
        (sight(frame, &data.sight))
        section.card {
            (form::post(&data.language, html! {
                (input::select(&Field::new(LANGUAGE, text.language).hint(text.language_hint), &languages))
                (form::submit(words.common.save))
            }))
        }
        section.card {
            h2 { (words.notices.title) }
            p { (words.notices.card_text) }
            p { a.button.quiet href=(data.notices) { (words.notices.title) } }
        }
        section.card {
            h2 { (words.common.password) }
            p { (text.password_text) }
            p { a.button.quiet href=(data.password) { (words.password.change_title) } }
        }
        section.card {
            h2 { (words.sessions.title) }
            p { (text.sessions_text) }
            p { a.button.quiet href=(data.sessions) { (words.sessions.title) } }
        }
        (form::post(&data.sign_out, form::quiet(words.common.sign_out)))
    };
    page(
        frame,
        &Sheet { title: text.title.into(), refused: false, place: Some(Place::Account), width: Width::Text, body },
    )
}

fn sight(frame: &Frame, sight: &Sight) -> Markup {
    let text = &frame.words().sight;
    let nowhere = matches!(&sight.scope, Scope::Named(names) if names.is_empty()) && !sight.unattached;
    html! {
        section.card {
            h2 { (text.title) }
            @if sight.may.is_empty() {
                p { (text.nothing) }
            } @else {
                p { ((text.opened)(frame.company_name(), frame.customer_name())) }
                ul.bullets { @for one in &sight.may { li { ((text.may)(*one)) } } }
                h3 { (text.place) }
                ul.bullets {
                    @match &sight.scope {
                        Scope::All => li { (text.everywhere) },
                        Scope::Named(names) => @if !names.is_empty() { li { ((text.at)(&names.join(", "))) } },
                    }
                    @if sight.unattached { li { (text.unattached) } }
                    @if nowhere { li { (text.nowhere) } }
                }
                @if let Some(until) = &sight.until { p { ((text.until)(&until.text)) } }
            }
            p.hint { ((text.more)(frame.company_name())) }
        }
    }
}

/// The form for another name.
#[derive(Clone, Debug)]
pub struct ChangeName {
    /// Where it is sent.
    pub form: Target,
    /// The name, as it is or as it was typed.
    pub name: String,
    /// Why it was not taken.
    pub problem: Option<Problem>,
    /// The person's own page.
    pub account: String,
}

/// `GET /account/name`
pub fn name(frame: &Frame, data: &ChangeName) -> Markup {
    let words = frame.words();
    let text = &words.account;
    let hint = (text.name_hint)(frame.company_name(), frame.customer_name());
    let field = Field::new(NAME, text.name).hint(&hint).refused(&data.problem);
    let body = html! {
        h1 { (text.name_title) }
        (form::summary(words, &data.problem))
        (form::post(&data.form, html! {
            (input::line(&field, &data.name, "name", true))
            div.actions {
                (form::submit(words.common.save))
                a.button.quiet href=(data.account) { (words.common.cancel) }
            }
        }))
    };
    let (title, refused) = (text.name_title.to_owned(), data.problem.is_some());
    page(frame, &Sheet { title, refused, place: Some(Place::Account), width: Width::Text, body })
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
    let text = &frame.words().account;
    let body = html! {
        h1 { (text.nothing_title) }
        p { ((text.nothing_text)(frame.customer_name())) }
        p { ((text.nothing_next)(frame.company_name())) }
        (ask(frame))
        p.faint { (text.nothing_why) }
    };
    page(frame, &Sheet::boxed(text.nothing_title, body))
}

/// The page for whoever knows the password and has no access that is open: which ended, each with its last day.
pub fn ended(frame: &Frame, accesses: &[(String, String)]) -> Markup {
    let text = &frame.words().account;
    let title = if accesses.is_empty() { text.shut_title } else { text.ended_title };
    let body = html! {
        h1 { (title) }
        @for (customer, day) in accesses { p { ((text.ended_text)(customer, day)) } }
        @if accesses.is_empty() { p { ((text.shut_text)(frame.company_name())) } }
        @else { p { ((text.ended_next)(frame.company_name())) } }
        (ask(frame))
    };
    page(frame, &Sheet::boxed(title, body))
}

/// How to ask the company, if it can be called or written to.
fn ask(frame: &Frame) -> Markup {
    let (words, company) = (frame.words(), frame.company.as_ref());
    html! {
        @if let Some(phone) = company.and_then(|company| company.phone.as_ref()) {
            p { a.button href=(phone.href) { (words.common.call) " " (phone.text) } }
        } @else if let Some(email) = company.and_then(|company| company.email.as_ref()) {
            p { a.button href=(email.href) { (words.common.write) " " (email.text) } }
        }
    }
}
