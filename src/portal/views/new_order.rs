//! Pages: ordering something, and what is said once it is sent.

use maud::{Markup, html};

use crate::portal::ui::badge;
use crate::portal::ui::form::{self, Field, Problem, Target};
use crate::portal::ui::input::{self, Choice};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::part;
use crate::portal::views::documents::{self, Rules};

/// The name of the field with what is wanted.
pub const WHAT: &str = "what";
/// The name of the field with the facility's number.
pub const FACILITY: &str = "facility";
/// The name of the field with the object's number.
pub const OBJECT: &str = "object";
/// The name of the field with everything else there is to say.
pub const DETAILS: &str = "details";
/// The name of the field with the priority.
pub const URGENCY: &str = "urgency";
/// The name of the field with whom to ask.
pub const SITE_CONTACT: &str = "site_contact";
/// The name of the field with the number to call there.
pub const SITE_PHONE: &str = "site_phone";
/// The name of the field with the customer's own name for it.
pub const REFERENCE: &str = "reference";

/// One thing of those that are offered.
#[derive(Clone, Debug)]
pub enum Pick {
    /// Chosen from a list: some that stand alone, then groups with their names.
    Listed(Vec<Choice>, Vec<(String, Vec<Choice>)>),
    /// Typed as a number, where a list would be too long to read.
    Typed(String),
}

/// The form, as it was filled in so far.
#[derive(Clone, Debug)]
pub struct OrderForm {
    /// The pipeline, for those who may see it.
    pub orders: Option<String>,
    /// Where the form is sent.
    pub form: Target,
    /// The mark by which it is taken once.
    pub once: String,
    /// What is wanted.
    pub what: String,
    /// Where; nothing where there is no choice.
    pub facility: Option<Pick>,
    /// On which machine; nothing for those who may see none.
    pub object: Option<Pick>,
    /// Everything else there is to say.
    pub details: String,
    /// How soon.
    pub urgency: Vec<Choice>,
    /// What may be sent along, for those who may.
    pub files: Option<Rules>,
    /// Whom to ask.
    pub site_contact: String,
    /// The number to call there.
    pub site_phone: String,
    /// The customer's own name for it.
    pub reference: String,
    /// What keeps the form from being taken.
    pub problems: Vec<Problem>,
}

/// Why nothing can be ordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Nothing {
    /// The customer is served no more.
    Closed,
    /// No place is open to this person.
    Nowhere,
}

/// `GET /orders/new`
pub fn ask(frame: &Frame, data: &OrderForm) -> Markup {
    let words = frame.words();
    let text = words.new_order;
    let field = |name, label| Field::new(name, label).refused(&data.problems);
    let body = html! {
        @if let Some(orders) = &data.orders { (part::back(orders, words.order.back)) }
        h1 { (words.orders.new) }
        (form::summary(words, &data.problems))
        (form::post_with_files(&data.form, html! {
            (form::once(&data.once))
            (input::prose(&field(WHAT, text.what).hint(text.what_hint), &data.what, 2, true))
            @if let Some(facility) = &data.facility {
                @let hint = data.object.as_ref().map(|_| text.facility_hint);
                (pick(Field { hint, ..field(FACILITY, match facility {
                    Pick::Listed(..) => text.facility,
                    Pick::Typed(_) => text.facility_number,
                }) }, facility, true))
            }
            @if let Some(object) = &data.object {
                (pick(match object {
                    Pick::Listed(..) => field(OBJECT, text.object),
                    Pick::Typed(_) => field(OBJECT, text.object_number).hint(text.object_number_hint),
                }, object, false))
            }
            (input::prose(&field(DETAILS, text.details).hint(text.details_hint), &data.details, 5, false))
            (input::radios(&field(URGENCY, text.urgency), &data.urgency))
            @if let Some(files) = &data.files { (documents::field(frame, files, &data.problems)) }
            (input::line(&field(SITE_CONTACT, text.site_contact).hint(text.site_contact_hint), &data.site_contact, "off", false))
            (input::phone(&field(SITE_PHONE, text.site_phone), &data.site_phone))
            (input::line(&field(REFERENCE, text.reference).hint(text.reference_hint), &data.reference, "off", false))
            (form::submit(text.send))
        }))
    };
    let refused = !data.problems.is_empty();
    page(
        frame,
        &Sheet { title: words.orders.new.into(), refused, place: Some(Place::Orders), width: Width::Text, body },
    )
}

fn pick(field: Field, pick: &Pick, required: bool) -> Markup {
    match pick {
        Pick::Listed(alone, groups) => input::grouped(&field, alone, groups),
        Pick::Typed(number) => input::line(&field, number, "off", required),
    }
}

/// `GET /orders/new` where nothing can be ordered.
pub fn nothing(frame: &Frame, why: Nothing) -> Markup {
    let words = frame.words();
    let text = words.new_order;
    let (title, sentence) = match why {
        Nothing::Closed => (text.closed_title, text.closed_text),
        Nothing::Nowhere => (text.nowhere_title, text.nowhere_text),
    };
    let body = html! {
        h1 { (words.orders.new) }
        (part::empty(title, html! {
            p { (sentence(frame.company_name(), frame.customer_name())) }
            (ways(frame))
        }))
    };
    let title = words.orders.new.into();
    page(frame, &Sheet { title, refused: false, place: Some(Place::Orders), width: Width::Text, body })
}

/// What is said once an order is sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Where it is, and on which machine.
    pub place: Option<String>,
    /// The name of its priority.
    pub priority: String,
    /// Whether that is an emergency.
    pub urgent: bool,
    /// Where mail about it goes.
    pub email: Option<String>,
    /// Its page, for those who may see it.
    pub order: Option<String>,
    /// The form for another one.
    pub again: String,
}

/// `GET /orders/N/sent`
pub fn sent(frame: &Frame, data: &Sent) -> Markup {
    let words = frame.words();
    let text = words.new_order;
    let mail = if data.order.is_some() { text.next_mail } else { text.next_mail_blind };
    let body = html! {
        div.heading {
            h1 { (text.sent_title) }
            @if data.urgent { p.badges { (badge::urgent(&data.priority)) } }
        }
        @if data.urgent { (call(frame, text.emergency_title, text.emergency_text)) }
        section.card {
            dl.facts {
                (part::fact(text.sent_number, Some(html! { strong { (data.number) } })))
                (part::fact(words.orders.order, Some(html! { (data.title) })))
                (part::fact(words.orders.place, data.place.as_ref().map(|place| html! { (place) })))
                (part::fact(words.order.priority, Some(html! { (data.priority) })))
            }
        }
        section.card {
            h2 { (text.next_title) }
            p { ((text.next_company)(frame.company_name())) }
            @if let Some(email) = &data.email { p { (mail(email)) } }
            p { (text.next_number) }
        }
        @if !data.urgent { (call(frame, text.urgent_title, text.urgent_text)) }
        p.actions {
            @if let Some(order) = &data.order { (part::button(order, text.open)) " " }
            a.button.quiet href=(data.again) { (text.again) }
        }
    };
    let title = format!("{}: {}", text.sent_title, data.number);
    page(frame, &Sheet { title, refused: false, place: Some(Place::Orders), width: Width::Text, body })
}

/// Whom to call, where the company can be reached at all.
fn call(frame: &Frame, title: &str, text: &str) -> Markup {
    let reached = frame.company.as_ref().is_some_and(|company| company.phone.is_some() || company.email.is_some());
    html! { @if reached { section.call { h2 { (title) } p { (text) } (ways(frame)) } } }
}

fn ways(frame: &Frame) -> Markup {
    let (words, company) = (frame.words(), frame.company.as_ref());
    html! {
        p.ways {
            @if let Some(phone) = company.and_then(|company| company.phone.as_ref()) {
                span { (words.common.call) " " (part::link(phone)) }
            } @else if let Some(email) = company.and_then(|company| company.email.as_ref()) {
                span { (words.common.write) " " (part::link(email)) }
            }
        }
    }
}
