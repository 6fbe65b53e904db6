//! Pages: the customer itself with its people, and the form that corrects its facts.

use maud::{Markup, html};

use super::facilities::address;
use crate::portal::ui::form::{self, Field, Problem, Target};
use crate::portal::ui::input;
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::list::{self, Pager, Search};
use crate::portal::ui::{Link, part};
use crate::words::portal::Words;

/// The fields that a customer may correct, in the order of the form, with what a browser may fill in.
pub const FIELDS: [(&str, &str); 8] = [
    ("email", "email"),
    ("phone", "tel"),
    ("address", "address-line1"),
    ("address2", "address-line2"),
    ("postal_code", "postal-code"),
    ("city", "address-level2"),
    ("region", "address-level1"),
    ("country", "country-name"),
];

/// The customer and its people.
#[derive(Clone, Debug)]
pub struct CompanyPage {
    /// The customer's name.
    pub name: String,
    /// What is known about it, for those who see that.
    pub facts: Option<Facts>,
    /// How the visitor themselves is reached.
    pub own: Option<Person>,
    /// The people, for those who see them.
    pub people: Option<People>,
    /// What other nouns show here, below that.
    pub parts: Vec<Markup>,
}

/// What is known about the customer.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Its number.
    pub number: String,
    /// Its number in a public register.
    pub org_no: Option<String>,
    /// How it is written to.
    pub email: Option<Link>,
    /// How it is called.
    pub phone: Option<Link>,
    /// Where it is, line by line.
    pub address: Vec<String>,
    /// The form that corrects this, if the visitor may.
    pub edit: Option<String>,
}

/// The people of the customer.
#[derive(Clone, Debug)]
pub struct People {
    /// The search, where there are many.
    pub search: Option<Search>,
    /// A page of them.
    pub rows: Vec<Person>,
    /// Which of all of them these are, if not all.
    pub pager: Option<Pager>,
}

/// Somebody at the customer.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// What they are there.
    pub title: Option<String>,
    /// How they are called.
    pub phone: Option<Link>,
    /// How they are written to.
    pub email: Option<Link>,
    /// Whether they can sign in.
    pub has_account: bool,
    /// Whether it is the visitor.
    pub own: bool,
}

/// `GET /company`
pub fn show(frame: &Frame, data: &CompanyPage) -> Markup {
    let words = frame.words();
    let text = &words.company;
    let body = html! {
        h1 { (data.name) }
        div.split {
            @if let Some(known) = &data.facts { section.card { h2 { (text.facts) } (facts(words, known)) } }
            div.stack {
                @if let Some(own) = &data.own { section { h2 { (text.own) } (person(words, own)) } }
                @if let Some(all) = &data.people { section { h2 { (text.people) } (people(words, all)) } }
                @for part in &data.parts { (part) }
            }
        }
    };
    let title = words.common.company.to_owned();
    page(frame, &Sheet { title, refused: false, place: Some(Place::Company), width: Width::Wide, body })
}

fn facts(words: &Words, known: &Facts) -> Markup {
    let text = &words.company;
    let or_unknown = |value: Option<Markup>| Some(value.unwrap_or_else(|| html! { span.faint { (text.unknown) } }));
    html! {
        dl.facts {
            (part::fact(text.number, Some(html! { (known.number) })))
            (part::fact(text.org_no, known.org_no.as_ref().map(|number| html! { (number) })))
            (part::fact(text.phone, or_unknown(known.phone.as_ref().map(part::link))))
            (part::fact(words.common.email, or_unknown(known.email.as_ref().map(part::link))))
            (part::fact(text.address, Some(address(&known.address, text.unknown))))
        }
        @if let Some(edit) = &known.edit { p { a.button.quiet href=(edit) { (text.edit) } } }
    }
}

fn person(words: &Words, own: &Person) -> Markup {
    let text = &words.company;
    html! {
        dl.facts {
            (part::fact(text.person, Some(html! { (own.name) })))
            (part::fact(text.title, own.title.as_ref().map(|title| html! { (title) })))
            (part::fact(text.phone, own.phone.as_ref().map(part::link)))
            (part::fact(words.common.email, own.email.as_ref().map(part::link)))
        }
    }
}

fn people(words: &Words, people: &People) -> Markup {
    let text = &words.company;
    let rows: Vec<_> = people
        .rows
        .iter()
        .map(|one| {
            let name = html! { (one.name) @if one.own { " (" (text.you) ")" } };
            let cells = [
                html! { (one.title.as_deref().unwrap_or_default()) },
                html! {
                    @if one.phone.is_some() || one.email.is_some() {
                        div.ways { @for way in [&one.phone, &one.email].into_iter().flatten() { (part::link(way)) } }
                    }
                },
                html! { @if one.has_account { (text.has_account) } },
            ];
            list::row(None, name, &cells)
        })
        .collect();
    let headings = [text.person, text.title, text.reach, text.account];
    let searched = people.search.as_ref().and_then(|search| search.clear.as_ref());
    html! {
        @if let Some(search) = &people.search { (list::search(words, search, text.search_label, None)) }
        @if let (true, Some(clear)) = (rows.is_empty(), searched) {
            (list::nothing_found(words, text.none_title, text.none_text, clear))
        } @else {
            (list::table(text.people, &headings, &rows))
            @if let Some(pager) = &people.pager { (list::pager(words, pager)) }
        }
    }
}

/// The form that corrects what is known about the customer.
#[derive(Clone, Debug)]
pub struct EditPage {
    /// Where it is sent.
    pub form: Target,
    /// The page it comes from.
    pub company: String,
    /// What stands in the fields, in the order of [`FIELDS`].
    pub values: Vec<String>,
    /// Why it was not taken.
    pub problems: Vec<Problem>,
}

/// `GET /company/edit`
pub fn edit(frame: &Frame, data: &EditPage) -> Markup {
    let words = frame.words();
    let text = &words.company;
    let labels = [
        words.common.email,
        text.phone,
        text.address,
        text.address2,
        text.postal_code,
        text.city,
        text.region,
        text.country,
    ];
    let body = html! {
        (part::back(&data.company, words.common.company))
        h1 { (text.edit_title) }
        (form::summary(words, &data.problems))
        p { ((text.edit_hint)(frame.company_name())) }
        (form::post(&data.form, html! {
            @for (((name, complete), label), value) in FIELDS.iter().zip(labels).zip(&data.values) {
                @let label = (text.optional)(label);
                (input::line(&Field::new(name, &label).refused(&data.problems), value, complete, false))
            }
            div.actions {
                (form::submit(words.common.save))
                a.button.quiet href=(data.company) { (words.common.cancel) }
            }
        }))
    };
    let (title, refused) = (text.edit_title.to_owned(), !data.problems.is_empty());
    page(frame, &Sheet { title, refused, place: Some(Place::Company), width: Width::Text, body })
}
