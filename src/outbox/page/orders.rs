//! Letters to customers about an order.

use super::{Page, Part, Writing, facts, name, quoted, title, told};
use crate::outbox::letter::{Letter, OrderFacts};
use crate::text::Line;
use crate::words::dates;

pub(super) fn page(letter: &Letter, w: Writing) -> Page {
    let (group, words) = (w.group, &w.texts.order);
    match letter {
        Letter::OrderReceived { person, order, is_own, .. } => {
            let (page, number) = (about(person, order, w), order.number.as_str());
            let (paragraphs, why) = match is_own {
                true => (received(order, w), words.why_own.into()),
                false => (vec![(words.opening_new)(group, number)], page.why),
            };
            Page {
                subject: (words.subject_received)(number, &title(&order.title)),
                parts: told(paragraphs),
                facts: [facts::order(order, None, w), facts::wishes(order, w)].concat(),
                why,
                ..page
            }
        }
        Letter::OrderPlanned { person, order } => {
            let (things, number, title) = (w.texts.things, order.number.as_str(), title(&order.title));
            let (subject, opening) = match order.planned {
                Some(at) => (
                    (things.subject_planned)(number, &dates::short_date(at, &w.brand.zone, w.lang), &title),
                    (things.planned)(number, &w.said(at)),
                ),
                None => ((things.subject_unplanned)(number, &title), (things.unplanned)(number, group)),
            };
            Page { subject, parts: told(vec![opening]), ..about(person, order, w) }
        }
        Letter::OrderStatus { person, order, from, to, stage, reason } => {
            let (number, to) = (order.number.as_str(), name(to));
            let opening = match from {
                Some(from) => (words.opening_moved)(number, &name(from), &to),
                None => (words.opening_now)(number, &to),
            };
            Page {
                subject: (words.subject_status)(number, (words.stage)(*stage), &title(&order.title)),
                parts: vec![Part {
                    paragraphs: vec![opening, (words.next)(*stage, group)],
                    quote: reason.as_ref().map(|reason| (Some((words.reason)(group)), quoted(reason))),
                    ..Part::default()
                }],
                facts: facts::order(order, Some(&to), w),
                ..about(person, order, w)
            }
        }
        Letter::OrderComment { person, order, by, text } => {
            let number = order.number.as_str();
            Page {
                subject: (words.subject_comment)(number, &title(&order.title)),
                parts: vec![Part {
                    paragraphs: vec![(words.opening_comment)(&name(by), number)],
                    quote: Some((None, quoted(text))),
                    ..Part::default()
                }],
                ..about(person, order, w)
            }
        }
        _ => Page::default(),
    }
}

/// What every letter about an order shares.
pub(super) fn about(person: &Line, order: &OrderFacts, w: Writing) -> Page {
    let customer = name(&order.customer);
    Page {
        hello: w.hello(person),
        facts: facts::order(order, None, w),
        button: w.texts.order.button,
        why: (w.texts.order.why)(w.group, &customer),
        customer,
        ..Page::default()
    }
}

/// That the order has come; and of an emergency, that nobody should wait for an answer by mail.
fn received(order: &OrderFacts, w: Writing) -> Vec<String> {
    let opening = (w.texts.order.opening_received)(w.group, order.number.as_str());
    let phone = w.brand.phone.as_ref().filter(|_| order.emergency);
    let call = phone.map(|phone| (w.texts.order.emergency)(&name(phone)));
    std::iter::once(opening).chain(call).collect()
}
