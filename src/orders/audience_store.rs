//! Everybody who can see an order, and everybody who is told of it.

use serde::Serialize;

use super::Order;
use crate::access::{Need, Permission, Side};
use crate::customers;
use crate::db::named;
use crate::db::{Below, Reached, Tx};
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::notices::{self, Event, Reader};
use crate::text::{Email, Line, Prose};
use crate::users::{self, Thing};

const TECHNICIANS: Below<Order> = Below::new(
    Need::staff(),
    "
    SELECT t.name, t.email, t.status = 'active'
      FROM order_staff x
      JOIN staff t ON t.group_id = x.group_id AND t.id = x.staff_id
     WHERE x.group_id = :group
       AND x.order_id = :parent
     ORDER BY t.login",
);

const OFFICE: Below<Order> = Below::new(
    Need::staff(),
    "
    SELECT g.name, g.reply_to
      FROM orders o
      JOIN groups g ON g.id = o.group_id
     WHERE o.id = :parent",
);

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
/// Technicians first, then the contact of the order, then those with an account at its customer.
pub fn audience(tx: &Tx, order: &Reached<Order>) -> Result<Vec<Listener>> {
    let heard = heard(tx, order)?;
    let mut all = at_work(tx, order, &heard)?;
    let users = users_of(tx, order)?;
    let assigned = order.contact.as_ref();
    if let Some(person) = assigned {
        let sees = users.iter().any(|user| user.contact == person.id && user.hindrance.is_none());
        let why = if sees { "assigned contact, with an account that sees it" } else { "assigned contact" };
        all.push(Listener {
            why_not: person.email.is_none().then(|| NO_ADDRESS.into()),
            told: told(&heard, Side::Customer, person.email.as_ref()),
            name: person.name.clone(),
            email: person.email.clone(),
            side: Side::Customer,
            why: why.into(),
            sees,
        });
    }
    let others = users.into_iter().filter(|user| Some(user.contact) != assigned.map(|person| person.id));
    all.extend(others.map(|user| Listener {
        name: user.name,
        email: Some(user.email),
        side: Side::Customer,
        why: user.why,
        sees: user.hindrance.is_none(),
        told: Vec::new(),
        why_not: Some(user.hindrance.unwrap_or_else(|| "not the contact of this order".into())),
    }));
    Ok(all)
}

/// Why nothing reaches somebody.
const NO_ADDRESS: &str = "no mail address";

/// Every event that is told of today, with the side on which it happens, and who hears of it then.
fn heard(tx: &Tx, order: &Reached<Order>) -> Result<Vec<(&'static str, Reader)>> {
    let text = || Prose::parse("…");
    let comment = || Ok::<_, Error>(Event::Commented { by: Line::parse("…")?, text: text()? });
    let created = || Event::Created { text: None };
    let status =
        Event::Status { from: order.status.clone(), to: order.status.clone(), stage: order.stage, reason: None };
    let events = [
        ("order.created", created(), Side::Customer),
        ("order.created", created(), Side::Staff),
        ("order.status", status, Side::Staff),
        ("comment", comment()?, Side::Customer),
        ("comment", comment()?, Side::Staff),
        ("document", Event::Documented { text: text()? }, Side::Customer),
    ];
    let (facts, mut all) = (order.facts(), Vec::new());
    for (name, event, by) in events {
        let readers = notices::would_hear(tx, order.id, &facts, &event, by)?;
        all.extend(readers.into_iter().map(|reader| (name, reader)));
    }
    Ok(all)
}

/// The events that somebody on a side is told of, each once.
fn told(heard: &[(&'static str, Reader)], side: Side, email: Option<&Email>) -> Vec<&'static str> {
    let own = heard.iter().filter(|(_, reader)| reader.side == side && Some(&reader.email) == email);
    let mut names: Vec<_> = own.map(|(name, _)| *name).collect();
    names.dedup();
    names
}

/// The technicians, or the office where nobody who can be written to is assigned.
fn at_work(tx: &Tx, order: &Reached<Order>, heard: &[(&'static str, Reader)]) -> Result<Vec<Listener>> {
    let technicians = tx.below(order, &TECHNICIANS, named! {}, |row| {
        Ok((row.get::<_, Line>(0)?, row.get::<_, Option<Email>>(1)?, row.get::<_, bool>(2)?))
    })?;
    let mut all: Vec<_> = technicians
        .into_iter()
        .map(Reached::into_inner)
        .map(|(name, email, active)| Listener {
            told: if active { told(heard, Side::Staff, email.as_ref()) } else { Vec::new() },
            why_not: match (active, &email) {
                (false, _) => Some("disabled".into()),
                (true, None) => Some(NO_ADDRESS.into()),
                (true, Some(_)) => None,
            },
            name,
            email,
            side: Side::Staff,
            why: "assigned technician".into(),
            sees: active,
        })
        .collect();
    if all.iter().all(|listener| listener.told.is_empty()) {
        let office =
            tx.below(order, &OFFICE, named! {}, |row| Ok((row.get::<_, Line>(0)?, row.get::<_, Option<Email>>(1)?)))?;
        all.extend(office.into_iter().map(Reached::into_inner).map(|(name, email)| Listener {
            told: told(heard, Side::Staff, email.as_ref()),
            why_not: email.is_none().then(|| "the company has no reply address".into()),
            name,
            email,
            side: Side::Staff,
            why: "the company's address, while no technician with mail is assigned".into(),
            sees: true,
        }));
    }
    Ok(all)
}

/// Somebody with an account at the customer of an order.
struct User {
    name: Line,
    email: Email,
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
            name: access.name.clone(),
            email: access.email.clone(),
            contact: access.contact_id,
            why: match hindrance {
                None => format!("{} account with {may} and {}", user.state, access.grant.scope()),
                Some(_) => "account at the customer".into(),
            },
            hindrance,
        });
    }
    // Who sees the order stands before who does not.
    all.sort_by(|one, other| {
        (one.hindrance.is_some(), &one.name, &one.email).cmp(&(other.hindrance.is_some(), &other.name, &other.email))
    });
    Ok(all)
}
