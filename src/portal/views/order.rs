//! Page: one order, with its facts, what has happened, and what was said.

use maud::{Markup, html};

use crate::portal::ui::badge::{self, Kind, Stage};
use crate::portal::ui::form::{self, Field, Problem, Target};
use crate::portal::ui::input;
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::{Link, Named, When, part};
use crate::portal::views::documents::{self, Rules};
use crate::words::portal::Words;

/// The name of the field with a comment.
pub const TEXT: &str = "comment";
/// The name of the field with its files. The form for documents of the order itself may stand on the same page.
pub const FILES: &str = "comment_files";
/// The name of the field with the comment that is answered, in the form and in the address.
pub const ANSWERS: &str = "answers";
/// The name of the value of an address that asks for the form that answers a comment.
pub const ANSWER: &str = "answer";
/// The id of the form for a comment.
pub const WRITE: &str = "write";

/// One order.
#[derive(Clone, Debug)]
pub struct OrderPage {
    /// The pipeline.
    pub orders: String,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub stage: Stage,
    /// The company's own name for where it stands.
    pub status: String,
    /// Why it stands there, as customers may read it.
    pub reason: Option<String>,
    /// Its priority.
    pub priority: Option<String>,
    /// Whether the priority is an emergency.
    pub urgent: bool,
    /// Whether its time has passed.
    pub overdue: bool,
    /// What is to be done.
    pub description: Option<String>,
    /// Its facility.
    pub facility: Option<Named>,
    /// The machine it is about.
    pub object: Option<Named>,
    /// Whom to ask at the customer.
    pub contact: Option<String>,
    /// Who comes.
    pub technicians: Vec<String>,
    /// When it was received.
    pub received: When,
    /// When it is planned: from, and until.
    pub planned: Option<(When, Option<When>)>,
    /// When its time is over.
    pub due: Option<When>,
    /// Whom to ask where the work is, and the number to call there.
    pub site: Option<String>,
    /// The customer's own reference.
    pub reference: Option<String>,
    /// Its statuses, oldest first.
    pub history: Vec<Change>,
    /// What lies on it, and what else hangs on it: sections of other nouns, each with its heading.
    pub parts: Vec<Markup>,
    /// What was said, oldest first, with answers.
    pub comments: Vec<Comment>,
    /// Where to say something, for those who may.
    pub write: Option<Write>,
}

/// The form for a comment.
#[derive(Clone, Debug)]
pub struct Write {
    /// Where it is sent.
    pub form: Target,
    /// The mark by which it is taken once.
    pub once: String,
    /// The comment it answers.
    pub answers: Option<Answered>,
    /// What was typed so far.
    pub text: String,
    /// How many characters there may be, as people read it.
    pub most: String,
    /// What may be sent along, for those who may.
    pub files: Option<Rules>,
    /// Why it was not taken.
    pub problems: Vec<Problem>,
}

/// A comment that is being answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What is sent for it.
    pub value: String,
    /// Who wrote it.
    pub author: String,
    /// How it begins.
    pub text: String,
    /// The form that answers nobody.
    pub none: String,
}

/// A change of status.
#[derive(Clone, Debug)]
pub struct Change {
    /// The stage it led to.
    pub stage: Stage,
    /// The company's own name for it.
    pub status: String,
    /// When.
    pub when: When,
    /// Who made it, if customers are told.
    pub by: Option<String>,
    /// Why, as customers may read it.
    pub reason: Option<String>,
}

/// Something said on an order.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Its id on the page, such as `comment-12`.
    pub anchor: String,
    /// Who wrote it.
    pub author: String,
    /// Who that is.
    pub side: Side,
    /// When.
    pub when: When,
    /// What; lines are kept.
    pub text: String,
    /// The files that came with it.
    pub files: Vec<Link>,
    /// The form that answers it, for those who may.
    pub answer: Option<String>,
    /// What was answered, oldest first.
    pub answers: Vec<Comment>,
}

/// From which side a comment comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The service company.
    Company,
    /// Somebody else at the customer.
    Customer,
    /// The visitor.
    Own,
}

/// `GET /orders/N`
pub fn show(frame: &Frame, order: &OrderPage) -> Markup {
    let words = frame.words();
    let body = html! {
        (part::back(&order.orders, words.order.back))
        div.heading {
            p.number { (order.number) }
            h1 { (order.title) }
            p.badges {
                (badge::status(words, order.stage))
                @if order.urgent { (badge::urgent(order.priority.as_deref().unwrap_or_default())) }
                @if order.overdue { (badge::overdue(words)) }
            }
        }
        @if let Some(write) = &order.write { (form::summary(words, &write.problems)) }
        @if order.stage == Stage::Waiting { (waiting(frame, order.reason.as_deref())) }
        div.split {
            @if let Some(description) = &order.description {
                section { h2 { (words.order.description) } p.prose { (description) } }
            }
            section.card { h2 { (words.order.facts) } (facts(words, order)) }
            (history(words, &order.history))
            @for part in &order.parts { (part) }
            (comments(frame, order))
        }
    };
    let title = format!("{} {}", order.number, order.title);
    let refused = order.write.as_ref().is_some_and(|write| !write.problems.is_empty());
    page(frame, &Sheet { title, refused, place: Some(Place::Orders), width: Width::Wide, body })
}

fn waiting(frame: &Frame, reason: Option<&str>) -> Markup {
    let words = frame.words();
    let company = frame.company.as_ref();
    html! {
        section.call {
            h2 { ((words.order.waiting)(frame.company_name())) }
            @if let Some(reason) = reason { p.prose { (reason) } }
            p.ways {
                @if let Some(phone) = company.and_then(|company| company.phone.as_ref()) {
                    span { (words.common.call) " " (part::link(phone)) }
                }
                @if let Some(email) = company.and_then(|company| company.email.as_ref()) {
                    span { (words.common.write) " " (part::link(email)) }
                }
            }
        }
    }
}

fn facts(words: &Words, order: &OrderPage) -> Markup {
    let text = |value: &Option<String>| value.as_ref().map(|value| html! { (value) });
    let technicians = (!order.technicians.is_empty()).then(|| html! { (order.technicians.join(", ")) });
    let planned = order.planned.as_ref().map(|(from, to)| {
        html! {
            (part::time(from))
            @if let Some(to) = to { " – " (part::time(to)) }
        }
    });
    let facility = match &order.facility {
        Some(facility) => part::named(facility),
        None => html! { span.faint { (words.order.no_facility) } },
    };
    html! {
        dl.facts {
            (part::fact(words.order.status, Some(html! { (order.status) })))
            (part::fact(words.order.facility, Some(facility)))
            (part::fact(words.order.object, order.object.as_ref().map(part::named)))
            (part::fact(words.order.kind, Some(html! { (badge::kind_name(words, order.kind)) })))
            (part::fact(words.order.priority, text(&order.priority)))
            (part::fact(words.order.received, Some(part::time(&order.received))))
            (part::fact(words.order.planned, planned))
            (part::fact(words.order.due, order.due.as_ref().map(part::time)))
            (part::fact(words.order.technicians, technicians))
            (part::fact(words.order.contact, text(&order.contact)))
            (part::fact(words.order.site, text(&order.site)))
            (part::fact(words.order.reference, text(&order.reference)))
        }
    }
}

fn history(words: &Words, changes: &[Change]) -> Markup {
    html! {
        @if !changes.is_empty() {
            section {
                h2 { (words.order.history) }
                ol.history {
                    @for change in changes {
                        li class=(badge::tone(change.stage)) {
                            strong { (change.status) }
                            p.faint {
                                (part::time(&change.when))
                                @if let Some(by) = &change.by { " · " (by) }
                            }
                            @if let Some(reason) = &change.reason {
                                p.prose { span.unseen { (words.order.reason) ": " } (reason) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn comments(frame: &Frame, order: &OrderPage) -> Markup {
    let (words, comments) = (frame.words(), &order.comments);
    html! {
        section {
            h2 { (words.order.comments) }
            @if comments.is_empty() { p.faint { (words.order.no_comments) } } @else { (thread(frame, comments, None)) }
            @if let Some(write) = &order.write { (writing(frame, write)) }
        }
    }
}

fn writing(frame: &Frame, write: &Write) -> Markup {
    let text = frame.words().comment;
    let hint = (text.text_hint)(&write.most);
    html! {
        div.titled id=(WRITE) {
            h3 {
                @match &write.answers {
                    Some(answered) => { ((text.answer_to)(&answered.author)) },
                    None => { (text.write) },
                }
            }
            @if let Some(answered) = &write.answers {
                p.prose.faint { (answered.text) }
                p.aside { a href=(answered.none) { (text.no_answer) } }
            }
        }
        (form::post_with_files(&write.form, html! {
            (form::once(&write.once))
            @if let Some(answered) = &write.answers { input type="hidden" name=(ANSWERS) value=(answered.value); }
            (input::prose(&Field::new(TEXT, text.text).hint(&hint).refused(&write.problems), &write.text, 4, true))
            @if let Some(files) = &write.files { (documents::field(frame, files, &write.problems)) }
            (form::submit(text.send))
        }))
    }
}

fn thread(frame: &Frame, comments: &[Comment], answered: Option<&str>) -> Markup {
    let words = frame.words();
    html! {
        ol.comments aria-label=[answered.map(words.order.answers)] {
            @for comment in comments {
                li id=(comment.anchor) {
                    article.own[comment.side == Side::Own].company[comment.side == Side::Company] {
                        p.author {
                            strong { (comment.author) }
                            @match comment.side {
                                Side::Company => span { ", " (frame.company_name()) },
                                Side::Own => span { " (" (words.order.you) ")" },
                                Side::Customer => {},
                            }
                            " "
                            span.faint { (part::time(&comment.when)) }
                        }
                        p.prose { (comment.text) }
                        @if !comment.files.is_empty() {
                            ul.links { @for file in &comment.files { li { (part::link(file)) } } }
                        }
                        @if let Some(answer) = &comment.answer {
                            p.aside { a href=(answer) aria-label={ (words.comment.answer) ": " (comment.author) ", " (comment.when.text) } { (words.comment.answer) } }
                        }
                    }
                    @if !comment.answers.is_empty() { (thread(frame, &comment.answers, Some(&comment.author))) }
                }
            }
        }
    }
}
