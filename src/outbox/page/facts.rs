//! The table of facts under what is told.

use super::{Writing, name};
use crate::outbox::letter::{ObjectFacts, OrderFacts, SelfcheckFacts};

pub(super) type Facts = Vec<(&'static str, String)>;

/// An order, with the company's own word for where it stands.
pub(super) fn order(order: &OrderFacts, status: Option<&str>, w: Writing) -> Facts {
    let frame = &w.texts.frame;
    let mut facts = vec![
        (frame.order, order.number.to_string()),
        (frame.about, name(&order.title)),
        (frame.customer, name(&order.customer)),
    ];
    facts.extend(order.facility.as_ref().map(|facility| (frame.facility, name(facility))));
    facts.extend(order.object.as_ref().map(|object| (frame.object, name(object))));
    facts.extend(order.planned.map(|when| (frame.planned, w.said(when))));
    facts.extend(status.map(|status| (frame.status, status.to_owned())));
    facts
}

/// What the customer wants to be known about an order.
pub(super) fn wishes(order: &OrderFacts, w: Writing) -> Facts {
    let frame = &w.texts.frame;
    let site: Vec<_> = [&order.site_contact, &order.site_phone].into_iter().flatten().map(name).collect();
    let mut facts = Vec::new();
    facts.extend(order.priority.as_ref().map(|priority| (frame.priority, name(priority))));
    facts.extend((!site.is_empty()).then(|| (frame.site, site.join(", "))));
    facts.extend(order.reference.as_ref().map(|text| (frame.reference, name(text))));
    facts
}

/// A machine.
pub(super) fn object(object: &ObjectFacts, w: Writing) -> Facts {
    let frame = &w.texts.frame;
    let mut facts = vec![(frame.object, numbered(object))];
    facts.extend(object.facility.as_ref().map(|facility| (frame.facility, name(facility))));
    facts.push((frame.customer, name(&object.customer)));
    facts
}

/// A self-check.
pub(super) fn selfcheck(selfcheck: &SelfcheckFacts, w: Writing) -> Facts {
    let frame = &w.texts.frame;
    let mut facts = vec![(w.texts.selfcheck.selfcheck, name(&selfcheck.title))];
    facts.extend(selfcheck.order.as_ref().map(|number| (frame.order, number.to_string())));
    let more =
        [(frame.about, &selfcheck.about), (frame.object, &selfcheck.object), (frame.facility, &selfcheck.facility)];
    facts.extend(more.into_iter().filter_map(|(label, value)| Some((label, name(value.as_ref()?)))));
    facts.push((frame.customer, name(&selfcheck.customer)));
    facts
}

/// A machine as people know it: by its number and its name.
pub(super) fn numbered(object: &ObjectFacts) -> String {
    format!("{} {}", object.number, name(&object.name))
}
