//! Page: one order, with its facts, what has happened, and what was said.

use maud::{Markup, html};

use crate::portal::ui::badge::{self, Kind, Stage};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::{Named, When, part};
use crate::portal::views::{self, selfchecks};
use crate::words::portal::Words;

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
    /// The customer's own reference.
    pub reference: Option<String>,
    /// Its statuses, oldest first.
    pub history: Vec<Change>,
    /// What was said, oldest first, with answers.
    pub comments: Vec<Comment>,
    /// Its self-checks.
    pub checks: Option<selfchecks::Part>,
    /// Its documents.
    pub documents: Option<views::documents::Part>,
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
        @if order.stage == Stage::Waiting { (waiting(frame, order.reason.as_deref())) }
        div.split {
            @if let Some(description) = &order.description {
                section { h2 { (words.order.description) } p.prose { (description) } }
            }
            section.card { h2 { (words.order.facts) } (facts(words, order)) }
            (history(words, &order.history))
            @if let Some(checks) = &order.checks { (selfchecks::part(frame, checks)) }
            (comments(frame, &order.comments))
            @if let Some(documents) = &order.documents { (views::documents::part(frame, documents)) }
        }
    };
    let title = format!("{} {}", order.number, order.title);
    page(frame, &Sheet { title, refused: false, place: Some(Place::Orders), width: Width::Wide, body })
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

fn comments(frame: &Frame, comments: &[Comment]) -> Markup {
    let words = frame.words();
    html! {
        section {
            h2 { (words.order.comments) }
            @if comments.is_empty() { p.faint { (words.order.no_comments) } } @else { (thread(frame, comments, None)) }
        }
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
                    }
                    @if !comment.answers.is_empty() { (thread(frame, &comment.answers, Some(&comment.author))) }
                }
            }
        }
    }
}
