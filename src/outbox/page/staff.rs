//! Letters to the company's own people.

use super::{NAME, Page, Part, TITLE, Writing, clip, facts, name, quoted, things, title, told};
use crate::outbox::letter::{Letter, News, OrderFacts, Topic};
use crate::text::{Line, Number};

pub(super) fn page(letter: &Letter, w: Writing) -> Page {
    let group = w.group;
    match letter {
        Letter::OrderToStaff { person, order, news, by, text } => {
            let (words, customer) = (&w.texts.staff, name(&order.customer));
            let subject = (words.subject)(*news, order.number.as_str(), &title(&order.title));
            Page {
                subject: urgent(order, subject, w),
                parts: vec![Part {
                    heading: order.emergency.then(|| words.emergency.to_owned()),
                    paragraphs: vec![(words.opening)(*news, &name(by), &customer)],
                    quote: text.as_ref().map(|text| (None, quoted(text))),
                    ..Part::default()
                }],
                ..about(person, order, w)
            }
        }
        Letter::SelfcheckToStaff { person, selfcheck, by } => {
            let (words, customer) = (w.texts.selfcheck, name(&selfcheck.customer));
            let failed = (words.failed)(selfcheck.failed, selfcheck.points);
            let on = selfcheck.order.as_ref().map_or(customer.as_str(), Number::as_str);
            Page {
                subject: (words.subject)(&title(&selfcheck.title), on),
                hello: w.hello(person),
                parts: vec![Part {
                    paragraphs: vec![(words.opening)(&name(by), &customer), failed],
                    quote: selfcheck.text.as_ref().map(|text| (None, quoted(text))),
                    ..Part::default()
                }],
                facts: facts::selfcheck(selfcheck, w),
                button: words.button,
                why: match selfcheck.order {
                    Some(_) => (w.texts.staff.why)(group),
                    None => (w.texts.staff.why_office)(group),
                },
                is_for_staff: true,
                ..Page::default()
            }
        }
        Letter::DocumentToStaff { person, on, by, text } => {
            let words = &w.texts.staff;
            Page {
                subject: (w.texts.things.subject_document)(&things::thing(on)),
                hello: w.hello(person),
                parts: vec![Part {
                    paragraphs: vec![(words.opening)(News::Document, &name(by), &name(on.customer()))],
                    quote: Some((None, quoted(text))),
                    ..Part::default()
                }],
                facts: things::topic(on, w),
                why: match on {
                    Topic::Order(_) => (words.why)(group),
                    Topic::Object(_) | Topic::Facility { .. } | Topic::Customer { .. } => (words.why_office)(group),
                },
                is_for_staff: true,
                ..Page::default()
            }
        }
        Letter::Doubtful { sender, subject, reason, text, order, kept } => {
            let words = w.texts.doubtful;
            let mut facts = vec![
                (words.from, name(sender)),
                (words.about, name(subject)),
                (words.reason, clip(reason.as_str(), 2 * NAME)),
            ];
            facts.extend(order.as_ref().map(|number| (w.texts.frame.order, number.to_string())));
            let mut parts = told(vec![(words.opening)(&name(sender))]);
            parts[0].quote = text.as_ref().map(|text| (None, quoted(text)));
            Page {
                subject: (words.subject)(&clip(subject.as_str(), TITLE)),
                parts,
                facts,
                after: Some((words.look)(&name(kept))),
                why: (words.why)(group),
                is_for_staff: true,
                ..Page::default()
            }
        }
        _ => Page::default(),
    }
}

/// What every letter to staff about an order shares.
pub(super) fn about(person: &Line, order: &OrderFacts, w: Writing) -> Page {
    Page {
        hello: w.hello(person),
        facts: [facts::order(order, None, w), facts::wishes(order, w)].concat(),
        button: w.texts.staff.button,
        why: (w.texts.staff.why)(w.group),
        is_for_staff: true,
        customer: name(&order.customer),
        ..Page::default()
    }
}

/// What cannot wait is seen in a list of subjects, however narrow.
pub(super) fn urgent(order: &OrderFacts, subject: String, w: Writing) -> String {
    if order.emergency { format!("{}: {subject}", w.texts.staff.emergency) } else { subject }
}
