//! Everybody who can see an order, and everybody who is told of it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Order;
use crate::access::{Permission, Side};
use crate::customers;
use crate::db::{Reached, Tx};
use crate::error::Result;
use crate::event::Event;
use crate::ids::ContactId;
use crate::notices::{self, Colleague, Doer, Person, Verdict, WhyNot};
use crate::outbox::notice::About;
use crate::statuses;
use crate::text::{Email, Line};
use crate::users::{self, Thing};

/// Somebody who can see an order, or could hear of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listener {
    /// Who.
    pub name: Line,
    /// Where mail for them goes.
    pub email: Option<Email>,
    /// On which side they are.
    pub side: Side,
    /// Why they are here.
    pub why: String,
    /// Whether they can see the order in the portal; staff see every order of their group.
    pub sees: bool,
    /// The events they are told of. Nobody is told of their own act.
    pub told: Vec<&'static str>,
    /// Why they are told of nothing.
    pub why_not: Option<String>,
}

/// Everybody who has to do with an order: who can see it and who cannot, who is told of what and why others are not.
/// Those at the company first; at the customer the contact of the order, then who sees it, then the others.
pub fn audience(tx: &Tx, order: &Reached<Order>) -> Result<Vec<Listener>> {
    let about = About::Order(order.id);
    let mut company: Vec<Heard<Colleague>> = Vec::new();
    let mut customer: Vec<Heard<Person>> = Vec::new();
    for (event, status) in moments(tx)? {
        let asked = notices::at_company(tx, about, event, Doer::Anybody(Side::Customer))?;
        gather(&mut company, event, asked, |one, other| one.staff == other.staff);
        let asked = notices::at_customer(tx, about, event, status.as_ref(), Doer::Anybody(Side::Staff))?;
        gather(&mut customer, event, asked, |one, other| one.contact == other.contact);
    }
    let users = users_of(tx, order)?;
    let mut all: Vec<_> = customer.into_iter().filter_map(|heard| at_customer(heard, &users)).collect();
    all.sort_by(|one, other| (!one.0, !one.1.sees, &one.1.name).cmp(&(!other.0, !other.1.sees, &other.1.name)));
    // The office is one of them only while it hears of something: a technician hears in its place.
    let at_company = company.into_iter().filter(|heard| heard.person.staff.is_some() || !is_stood_in_for(heard));
    Ok(at_company.map(at_work).chain(all.into_iter().map(|(_, listener)| listener)).collect())
}

/// Everything that can happen to an order, with the status it gets by it.
fn moments(tx: &Tx) -> Result<Vec<(Event, Option<Line>)>> {
    let mut all = vec![(Event::OrderCreated, None)];
    all.extend(statuses::list(tx)?.iter().map(|status| (Event::of_stage(status.stage), Some(status.name.clone()))));
    all.extend([Event::OrderPlanned, Event::Comment, Event::Document, Event::Selfcheck].map(|event| (event, None)));
    Ok(all)
}

/// Somebody, with what they are told of and why they are not told of the rest.
struct Heard<P> {
    person: P,
    told: BTreeSet<Event>,
    /// Why they are told, where they are.
    why: Option<String>,
    why_not: Option<WhyNot>,
}

fn gather<P>(all: &mut Vec<Heard<P>>, event: Event, asked: Vec<(P, Verdict)>, same: fn(&P, &P) -> bool) {
    for (person, verdict) in asked {
        let at = match all.iter().position(|heard| same(&heard.person, &person)) {
            Some(at) => at,
            None => {
                all.push(Heard { person, told: BTreeSet::new(), why: None, why_not: None });
                all.len() - 1
            }
        };
        let heard = &mut all[at];
        match verdict {
            Verdict::Told { why, .. } => {
                heard.told.insert(event);
                heard.why.get_or_insert(why.to_string());
            }
            // What is in the way of a role says more than that another event has none.
            Verdict::Not(WhyNot::NoRole) => {
                heard.why_not.get_or_insert(WhyNot::NoRole);
            }
            Verdict::Not(why_not) => heard.why_not = Some(why_not),
        }
    }
}

impl<P> Heard<P> {
    fn words(&self) -> Vec<&'static str> {
        self.told.iter().map(|event| event.word()).collect()
    }

    fn why_not(&self) -> Option<String> {
        self.why_not.as_ref().filter(|_| self.told.is_empty()).map(WhyNot::to_string)
    }
}

fn is_stood_in_for(heard: &Heard<Colleague>) -> bool {
    heard.told.is_empty() && heard.why_not != Some(WhyNot::NoAddress)
}

fn at_work(heard: Heard<Colleague>) -> Listener {
    let (told, is_office) = (heard.words(), heard.person.staff.is_none());
    let why_not = match heard.why_not() {
        Some(_) if is_office && heard.person.email.is_none() => Some("the company has no reply address".into()),
        why_not => why_not,
    };
    let why = if is_office { "the company's address, while no technician can be told" } else { "assigned technician" };
    Listener {
        why: why.into(),
        sees: is_office || !heard.person.is_disabled,
        name: heard.person.name,
        email: heard.person.email,
        side: Side::Staff,
        told,
        why_not,
    }
}

/// A contact, and whether the order is assigned to them; nothing about one who neither sees it nor hears of it.
fn at_customer(heard: Heard<Person>, users: &[User]) -> Option<(bool, Listener)> {
    let (told, mut why_not) = (heard.words(), heard.why_not());
    let person = heard.person;
    let user = users.iter().find(|user| user.contact == person.contact);
    if user.is_none() && told.is_empty() && !person.is_assigned && why_not == Some(WhyNot::NoRole.to_string()) {
        return None;
    }
    let sees = user.is_some_and(|user| user.hindrance.is_none());
    let why = match (person.is_assigned, user, heard.why) {
        (true, _, _) if sees => "assigned contact, with an account that sees it".into(),
        (true, _, _) => "assigned contact".into(),
        (false, Some(user), None) => user.why.clone(),
        (false, Some(user), Some(why)) => format!("{why}; {}", user.why),
        (false, None, Some(why)) => why,
        (false, None, None) => "contact without an account".into(),
    };
    // What is in the way is said as `user why` says it.
    if let Some(hindrance) = user.and_then(|user| user.hindrance.as_ref()).filter(|_| told.is_empty()) {
        why_not = Some(hindrance.clone());
    }
    let listener = Listener { name: person.name, email: person.email, side: Side::Customer, why, sees, told, why_not };
    Some((person.is_assigned, listener))
}

/// Somebody with an account at the customer of an order.
struct User {
    contact: ContactId,
    why: String,
    /// Why they do not see the order; nothing if they do.
    hindrance: Option<String>,
}

/// Everybody with an account at the customer of an order, by the same explanation that `user why` gives.
fn users_of(tx: &Tx, order: &Reached<Order>) -> Result<Vec<User>> {
    let customer = customers::find(tx, order.customer_id)?;
    let (label, may) = (format!("order {}", order.number), Permission::OrderView);
    let thing = Thing::at(label, order.customer_id, order.facility_no.as_ref(), may);
    let mut all = Vec::new();
    for access in users::of_customer(tx, &customer)? {
        let user = users::find(tx, access.user_id)?;
        let explained = users::why(&user, &access, may, Some(&thing), tx.now());
        let hindrance = explained.steps.into_iter().find(|step| !step.passes).map(|step| step.step);
        all.push(User {
            contact: access.contact_id,
            why: match hindrance {
                None => format!("{} account with {may} and {}", user.state, access.grant.scope()),
                Some(_) => "account at the customer".into(),
            },
            hindrance,
        });
    }
    Ok(all)
}
