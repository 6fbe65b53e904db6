//! Everybody who can see an order, and everybody who is told of it.

use serde::Serialize;

use super::Order;
use crate::access::Need;
use crate::db::named;
use crate::db::{Below, Reached, Row, RowResult, Tx};
use crate::error::Result;
use crate::ids::ContactId;
use crate::notices::Reading;
use crate::text::{Email, Line};

const USERS: Below<Order> = Below::new(
    Need::staff(),
    "
    SELECT k.name, u.email, a.contact_id,
           CASE WHEN u.password IS NULL THEN 'invited' ELSE 'active' END,
           CASE WHEN o.facility_id IS NULL THEN 'unattached' WHEN a.all_facilities = 1 THEN 'all facilities'
                ELSE 'facility ' || f.number END
      FROM orders o
      JOIN accesses a ON a.group_id = o.group_id AND a.customer_id = o.customer_id
      JOIN customers c ON c.id = o.customer_id
      JOIN users u ON u.id = a.user_id
      JOIN contacts k ON k.id = a.contact_id
      LEFT JOIN facilities f ON f.id = o.facility_id
     WHERE o.id = :parent
       AND c.status = 'active'
       AND u.status = 'enabled'
       AND (a.until IS NULL OR a.until > :now)
       AND EXISTS (SELECT 1 FROM access_permissions p
                    WHERE p.group_id = a.group_id AND p.access_id = a.id AND p.permission = 'order.view')
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = a.id AND r.customer_id = o.customer_id AND r.place = o.place)
     ORDER BY k.name, u.email",
);

const ACCOUNTS: Below<Order> = Below::new(
    Need::staff(),
    "
    SELECT a.id
      FROM orders o
      JOIN accesses a ON a.group_id = o.group_id AND a.customer_id = o.customer_id AND a.contact_id = o.contact_id
     WHERE o.id = :parent",
);

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

/// Somebody who can see an order or is told of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listener {
    /// Who.
    pub name: Line,
    /// Where mail for them goes.
    pub email: Option<Email>,
    /// On which side they are.
    pub side: Reading,
    /// Why they are here.
    pub why: String,
    /// Whether they can see the order in the portal; staff see every order of their group.
    pub sees: bool,
    /// The events they are told of. Nobody is told of their own act.
    pub told: &'static [&'static str],
}

/// What the contact of an order is told of.
const CONTACT_HEARS: &[&str] = &["order.created", "order.status", "comment"];

/// What they are told of when they have an account that cannot open the order.
const CONTACT_HEARS_UNSEEN: &[&str] = &["order.created", "order.status"];

/// What the company is told of when a customer does it.
const STAFF_HEAR: &[&str] = &["order.created", "comment"];

/// Everybody who can see an order, with why; and everybody who is told of it, with what. Technicians first.
pub fn audience(tx: &Tx, order: &Reached<Order>) -> Result<Vec<Listener>> {
    let mut all = at_work(tx, order)?;
    let users = tx.below(order, &USERS, named! {}, user)?;
    let assigned = order.contact.as_ref();
    if let Some(person) = assigned {
        let sees = users.iter().any(|user| user.contact == person.id);
        all.push(Listener {
            name: person.name.clone(),
            email: person.email.clone(),
            side: Reading::Customer,
            why: if sees { "assigned contact, with an account that sees it" } else { "assigned contact" }.into(),
            sees,
            told: match person.email {
                None => &[],
                Some(_) if sees || !has_account(tx, order)? => CONTACT_HEARS,
                Some(_) => CONTACT_HEARS_UNSEEN,
            },
        });
    }
    let others = users.into_iter().map(Reached::into_inner);
    all.extend(others.filter(|user| Some(user.contact) != assigned.map(|person| person.id)).map(|user| Listener {
        name: user.name,
        email: Some(user.email),
        side: Reading::Customer,
        why: format!("{} account with order.view and {}", user.state, user.scope),
        sees: true,
        told: &[],
    }));
    Ok(all)
}

/// Whether the contact of an order has an account at all.
fn has_account(tx: &Tx, order: &Reached<Order>) -> Result<bool> {
    Ok(!tx.below(order, &ACCOUNTS, named! {}, |row| row.get::<_, i64>(0))?.is_empty())
}

/// The technicians, or the office where nobody who can be written to is assigned.
fn at_work(tx: &Tx, order: &Reached<Order>) -> Result<Vec<Listener>> {
    let hears = |email: &Option<Email>, can: bool| if email.is_some() && can { STAFF_HEAR } else { &[] };
    let technicians = tx.below(order, &TECHNICIANS, named! {}, |row| {
        Ok((row.get::<_, Line>(0)?, row.get::<_, Option<Email>>(1)?, row.get::<_, bool>(2)?))
    })?;
    let mut all: Vec<_> = technicians
        .into_iter()
        .map(Reached::into_inner)
        .map(|(name, email, active)| Listener {
            told: hears(&email, active),
            name,
            email,
            side: Reading::Staff,
            why: if active { "assigned technician" } else { "assigned technician, disabled" }.into(),
            sees: active,
        })
        .collect();
    if all.iter().all(|listener| listener.told.is_empty()) {
        let office =
            tx.below(order, &OFFICE, named! {}, |row| Ok((row.get::<_, Line>(0)?, row.get::<_, Option<Email>>(1)?)))?;
        all.extend(office.into_iter().map(Reached::into_inner).filter(|(_, email)| email.is_some()).map(
            |(name, email)| Listener {
                told: hears(&email, true),
                name,
                email,
                side: Reading::Staff,
                why: "the company's address, while no technician with mail is assigned".into(),
                sees: true,
            },
        ));
    }
    Ok(all)
}

struct User {
    name: Line,
    email: Email,
    contact: ContactId,
    state: String,
    scope: String,
}

fn user(row: &Row) -> RowResult<User> {
    Ok(User { name: row.get(0)?, email: row.get(1)?, contact: row.get(2)?, state: row.get(3)?, scope: row.get(4)? })
}
