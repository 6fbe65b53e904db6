//! Letters to customers about documents, self-checks and machines that are due for service.

use super::{Page, Part, Writing, facts, name, orders, quoted, title};
use crate::outbox::letter::{Letter, SelfcheckFacts, SelfcheckNews, Topic};
use crate::text::Number;
use crate::words::dates;

pub(super) fn page(letter: &Letter, w: Writing) -> Page {
    let (group, words) = (w.group, w.texts.things);
    let why = |customer: &str| (words.why)(group, customer);
    match letter {
        Letter::Document { person, on, by, text, .. } => {
            let by = &name(by);
            let part =
                |opening| Part { paragraphs: vec![opening], quote: Some((None, quoted(text))), ..Part::default() };
            if let Topic::Order(order) = on {
                return Page {
                    subject: (words.subject_order_document)(order.number.as_str(), &title(&order.title)),
                    parts: vec![part((words.order_document)(by, order.number.as_str()))],
                    ..orders::about(person, order, w)
                };
            }
            let on_what = thing(on);
            Page {
                subject: (words.subject_document)(&on_what),
                hello: w.hello(person),
                parts: vec![part((words.document)(by, &on_what))],
                facts: topic(on, w),
                button: words.open_documents,
                why: why(&name(on.customer())),
                ..Page::default()
            }
        }
        Letter::Selfcheck { person, selfcheck, news, by, reason, .. } => {
            let (by, customer) = (&name(by), name(&selfcheck.customer));
            let on = match (&selfcheck.order, &selfcheck.object) {
                (Some(number), _) => number.as_str().to_owned(),
                (None, Some(object)) => title(object),
                (None, None) => customer.clone(),
            };
            let mut paragraphs = vec![(words.selfcheck)(*news, by, &name(&selfcheck.title))];
            if *news == SelfcheckNews::Signed {
                paragraphs.push((w.texts.selfcheck.failed)(selfcheck.failed, selfcheck.points));
            }
            let quote = match reason {
                Some(reason) => Some((Some((words.reason)(by)), quoted(reason))),
                None => failures(*news, selfcheck).map(|text| (None, text)),
            };
            Page {
                subject: (words.subject_selfcheck)(*news, &title(&selfcheck.title), &on),
                hello: w.hello(person),
                parts: vec![Part { paragraphs, quote, ..Part::default() }],
                facts: facts::selfcheck(selfcheck, w),
                button: w.texts.selfcheck.button,
                why: why(&customer),
                ..Page::default()
            }
        }
        Letter::ServiceDue { person, object, service, due, overdue, .. } => {
            let (day, on) = (dates::day(*due, w.lang), facts::numbered(object));
            let mut told = vec![(words.service_label, name(service)), (words.due_label, day.clone())];
            told.extend(facts::object(object, w));
            Page {
                subject: (words.subject_service)(*overdue, &title(service), &on),
                hello: w.hello(person),
                parts: super::told(vec![
                    (words.service)(*overdue, &name(service), &on, &day),
                    (words.service_next)(group),
                ]),
                facts: told,
                button: words.open_object,
                why: why(&name(&object.customer)),
                ..Page::default()
            }
        }
        _ => Page::default(),
    }
}

/// What is wrong there, once it is signed.
fn failures(news: SelfcheckNews, selfcheck: &SelfcheckFacts) -> Option<String> {
    selfcheck.text.as_ref().filter(|_| news == SelfcheckNews::Signed).map(quoted)
}

/// What documents lie on, as people know it.
pub(super) fn thing(on: &Topic) -> String {
    match on {
        Topic::Order(order) => with_name(&order.number, &name(&order.title)),
        Topic::Object(object) => facts::numbered(object),
        Topic::Facility { number, name: facility, .. } => with_name(number, &name(facility)),
        Topic::Customer { name: customer } => name(customer),
    }
}

fn topic(on: &Topic, w: Writing) -> facts::Facts {
    let frame = &w.texts.frame;
    match on {
        Topic::Order(order) => facts::order(order, None, w),
        Topic::Object(object) => facts::object(object, w),
        Topic::Facility { customer, .. } => vec![(frame.facility, thing(on)), (frame.customer, name(customer))],
        Topic::Customer { name: customer } => vec![(frame.customer, name(customer))],
    }
}

fn with_name(number: &Number, name: &str) -> String {
    format!("{number} {name}")
}
