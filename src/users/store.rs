//! Users and their accesses are kept here: found, listed, made.

use serde::Serialize;

use super::{Access, Day, Grant, User};
use crate::access::{Machine, Need, Right};
use crate::clock::Moment;
use crate::contacts::{self, Contact};
use crate::customers::{Customer, CustomerStatus};
use crate::db::{Below, Change, Entry, Json, Reached, Row, RowResult, Scoped, Tx, WriteTx, named};
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::staff;
use crate::text::{Email, Lang, Line, Zone, like, nearest};

const SEE: Need = Need::staff().or_machine(Machine::Door);
pub(super) const CHANGE: Need = Need::right(Right::Accounts);

macro_rules! users {
    ($where:literal) => {
        concat!(
            "
    SELECT u.id, u.email,
           coalesce((SELECT k.name FROM accesses a JOIN contacts k ON k.id = a.contact_id
                      WHERE a.group_id = u.group_id AND a.user_id = u.id ORDER BY a.id LIMIT 1), u.email),
           u.lang,
           CASE WHEN u.status = 'disabled' THEN 'disabled'
                WHEN u.password IS NOT NULL THEN 'active'
                WHEN t.id IS NOT NULL THEN 'invited'
                WHEN EXISTS (SELECT 1 FROM tickets o
                              WHERE o.group_id = u.group_id AND o.user_id = u.id AND o.purpose = 'invite') THEN 'expired'
                ELSE 'new' END,
           coalesce((SELECT CASE m.state WHEN 'queued' THEN 'queued' WHEN 'sent' THEN 'sent'
                                         WHEN 'dead' THEN 'failed' ELSE 'none' END
                       FROM outbox m
                      WHERE m.group_id = u.group_id AND m.user_id = u.id AND m.kind = 'invite'
                      ORDER BY m.id DESC LIMIT 1), 'none'),
           t.expires_at, u.signed_in_at, u.created_at
      FROM users u
      LEFT JOIN tickets t ON t.group_id = u.group_id AND t.user_id = u.id AND t.purpose = 'invite'
                         AND t.used_at IS NULL AND t.ended_at IS NULL AND t.expires_at > :now
     WHERE u.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND ",
            $where,
            "
     ORDER BY u.email"
        )
    };
}

const BY_ID: Scoped = Scoped::new(SEE, users!("u.id = :id"));

const BY_EMAIL: Scoped = Scoped::new(SEE, users!("u.email = :email"));

const ALL: Scoped = Scoped::new(
    SEE,
    users!(
        "(:search IS NULL OR u.email LIKE :search ESCAPE '\\' OR EXISTS
            (SELECT 1 FROM accesses a JOIN contacts k ON k.id = a.contact_id
              WHERE a.group_id = u.group_id AND a.user_id = u.id AND k.search LIKE :search ESCAPE '\\'))"
    ),
);

macro_rules! accesses {
    ($where:literal) => {
        concat!(
            "
    SELECT a.id, a.user_id, u.email,
           CASE WHEN u.status = 'disabled' THEN 'disabled'
                WHEN u.password IS NOT NULL THEN 'active'
                WHEN EXISTS (SELECT 1 FROM tickets t
                              WHERE t.group_id = u.group_id AND t.user_id = u.id AND t.purpose = 'invite'
                                AND t.used_at IS NULL AND t.ended_at IS NULL AND t.expires_at > :now) THEN 'invited'
                WHEN EXISTS (SELECT 1 FROM tickets o
                              WHERE o.group_id = u.group_id AND o.user_id = u.id AND o.purpose = 'invite') THEN 'expired'
                ELSE 'new' END,
           a.customer_id, c.number, c.name, c.status, a.contact_id, k.name,
           (SELECT json_group_array(p.permission) FROM access_permissions p
             WHERE p.group_id = a.group_id AND p.access_id = a.id),
           (SELECT json_group_array(f.number) FROM access_facilities s JOIN facilities f ON f.id = s.facility_id
             WHERE s.access_id = a.id),
           a.all_facilities, a.unattached, a.until, a.created_at, g.zone
      FROM accesses a
      JOIN groups g ON g.id = a.group_id
      JOIN users u ON u.id = a.user_id
      JOIN customers c ON c.id = a.customer_id
      JOIN contacts k ON k.id = a.contact_id
     WHERE a.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND ",
            $where,
            "
     ORDER BY c.number, u.email"
        )
    };
}

const OF_USER: Below<User> =
    Below::new(SEE, accesses!("a.user_id = :parent AND (:customer IS NULL OR a.customer_id = :customer)"));

const OF_CUSTOMER: Below<Customer> = Below::new(SEE, accesses!("a.customer_id = :parent"));

const OF_CONTACT: Below<Contact> = Below::new(
    SEE,
    accesses!("a.customer_id = (SELECT o.customer_id FROM contacts o WHERE o.id = :parent) AND a.contact_id = :parent"),
);

const ALL_ACCESSES: Scoped = Scoped::new(SEE, accesses!("a.id IS NOT NULL"));

const INSERT: Change =
    Change::new("INSERT INTO users (group_id, email, lang, created_at) VALUES (:group, :email, :lang, :now)");

const INSERT_ACCESS: Change = Change::new(
    "
    INSERT INTO accesses (group_id, user_id, customer_id, contact_id, created_at)
    VALUES (:group, :user, :customer, :contact, :now)",
);

/// Who is to become a user.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The address they sign in with.
    pub email: Email,
    /// The person's name, needed when the customer has no contact with this address yet.
    pub name: Option<Line>,
    /// Their language, if not the customer's.
    pub lang: Option<Lang>,
}

/// What [`create`] made.
#[derive(Clone, Debug)]
pub struct Created {
    /// The user.
    pub user: Reached<User>,
    /// Their access to the customer, with no permission and no scope.
    pub access: Reached<Access>,
    /// Whether the address was a user of the group before, and got one more access.
    pub was_user: bool,
}

/// The user in this row.
pub fn find(tx: &Tx, id: UserId) -> Result<Reached<User>> {
    let found = tx.one(&BY_ID, named! { ":id": id }, user)?;
    found.ok_or_else(|| Error::not_found("user", format!("id:{id}")))
}

/// The user with this address; if there is none, the error says how to make one, or names one that was perhaps meant.
pub fn named(tx: &Tx, email: &Email) -> Result<Reached<User>> {
    if let Some(found) = lookup(tx, email)? {
        return Ok(found);
    }
    let error = Error::not_found("user", email);
    if let Ok(contact) = contacts::named(tx, email) {
        let tip = format!(
            "{email} is a contact without a user; make one with: frontdesk user create {email} --customer {}",
            contact.customer_no
        );
        return Err(error.tip(tip));
    }
    let all = list(tx, None)?;
    Err(match nearest(email.as_str(), all.iter().map(|user| user.email.as_str())) {
        Some(near) => error.tip(format!("did you mean {near}?")),
        None => error.tip("find users with: frontdesk user list --search NAME"),
    })
}

/// The user with this address, if there is one.
pub fn lookup(tx: &Tx, email: &Email) -> Result<Option<Reached<User>>> {
    tx.one(&BY_EMAIL, named! { ":email": email }, user)
}

/// The users of the group by address, or those in whose address or person some words are found.
pub fn list(tx: &Tx, search: Option<&str>) -> Result<Vec<Reached<User>>> {
    tx.many(&ALL, named! { ":search": search.map(like) }, user)
}

/// The accesses of a user, by customer number.
pub fn accesses(tx: &Tx, user: &Reached<User>) -> Result<Vec<Reached<Access>>> {
    tx.below(user, &OF_USER, named! { ":customer": None::<i64> }, access)
}

/// Every access of the group, by customer number.
pub fn list_accesses(tx: &Tx) -> Result<Vec<Reached<Access>>> {
    tx.many(&ALL_ACCESSES, named! {}, access)
}

/// The access of a user to a customer, if there is one.
pub fn access_at(tx: &Tx, user: &Reached<User>, customer: &Reached<Customer>) -> Result<Option<Reached<Access>>> {
    Ok(tx.below(user, &OF_USER, named! { ":customer": customer.id }, access)?.pop())
}

/// The accesses to a customer, by address.
pub fn of_customer(tx: &Tx, customer: &Reached<Customer>) -> Result<Vec<Reached<Access>>> {
    tx.below(customer, &OF_CUSTOMER, named! {}, access)
}

/// The access through a contact, if that person has a user.
pub fn of_contact(tx: &Tx, contact: &Reached<Contact>) -> Result<Option<Reached<Access>>> {
    Ok(tx.below(contact, &OF_CONTACT, named! {}, access)?.pop())
}

/// Makes a user of a person at a customer, and the contact too if there is none with this address.
///
/// An address that is a user of the group already gets one more access. The access permits nothing and reaches nothing.
pub fn create(tx: &WriteTx, customer: &Reached<Customer>, new: &NewUser) -> Result<Created> {
    tx.actor().require(CHANGE)?;
    if customer.status == CustomerStatus::Closed {
        return Err(Error::conflict(format!("customer {} is closed and gets no new users", customer.number))
            .tip(format!("open it again with: frontdesk customer open {}", customer.number)));
    }
    staff::is_no_staffs(tx, &new.email)?;
    let before = lookup(tx, &new.email)?;
    if let Some(user) = &before
        && access_at(tx, user, customer)?.is_some()
    {
        return Err(Error::conflict(format!(
            "user '{}' has an access to customer {} already",
            new.email, customer.number
        ))
        .tip(format!("see it with: frontdesk user show {}", new.email)));
    }
    let contact = the_contact(tx, customer, new)?;
    let id = match &before {
        Some(user) => user.id,
        None => tx.change(CHANGE, |w| {
            let id = w.insert(&INSERT, named! { ":email": new.email, ":lang": new.lang })?;
            let facts = Facts { email: &new.email, lang: new.lang };
            Ok((UserId(id), Entry::about::<User>(id, new.email.as_str(), "user.added").after(&facts)))
        })?,
    };
    tx.change(CHANGE, |w| {
        w.insert(&INSERT_ACCESS, named! { ":user": id, ":customer": customer.id, ":contact": contact.id })?;
        let facts = AccessFacts { customer_no: customer.number.as_str(), contact: contact.card.name.as_str() };
        Ok(((), Entry::about::<User>(id.0, new.email.as_str(), "access.added").after(&facts)))
    })?;
    let user = find(tx, id)?;
    let access = access_at(tx, &user, customer)?;
    let access = access.ok_or_else(|| Error::internal(anyhow::anyhow!("an access that was just made is gone")))?;
    Ok(Created { user, access, was_user: before.is_some() })
}

#[derive(Serialize)]
struct Facts<'a> {
    email: &'a Email,
    lang: Option<Lang>,
}

#[derive(Serialize)]
struct AccessFacts<'a> {
    customer_no: &'a str,
    contact: &'a str,
}

/// The customer's contact with the address, or a new one.
fn the_contact(tx: &WriteTx, customer: &Reached<Customer>, new: &NewUser) -> Result<Reached<Contact>> {
    if let Some(known) = contacts::lookup(tx, customer, &new.email)? {
        return Ok(known);
    }
    let Some(name) = &new.name else {
        return Err(Error::new(
            crate::error::Kind::Usage,
            format!(
                "customer {} has no contact with the address '{}', and no name was given",
                customer.number, new.email
            ),
        )
        .at("name")
        .tip("add --name \"Eva Lind\""));
    };
    let namesakes = contacts::lookup_name(tx, customer, name)?;
    if let Some(known) = namesakes.iter().find(|contact| contact.card.email.is_none()) {
        // Two records of one person would each get half of the mail.
        return Err(Error::conflict(format!("customer {} has a contact '{name}' without an address", customer.number))
            .tip(format!(
                "if it is the same person, first: frontdesk contact set id:{} --email {}",
                known.id, new.email
            )));
    }
    contacts::add_for_user(tx, customer, name, &new.email)
}

fn user(row: &Row) -> RowResult<User> {
    Ok(User {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        lang: row.get(3)?,
        state: row.get(4)?,
        mail: row.get(5)?,
        invited_until: row.get(6)?,
        signed_in_at: row.get(7)?,
        created_at: row.get(8)?,
    })
}

fn access(row: &Row) -> RowResult<Access> {
    let Json(mut permissions) = row.get::<_, Json<Vec<_>>>(10)?;
    let Json(mut facilities) = row.get::<_, Json<Vec<_>>>(11)?;
    permissions.sort_unstable();
    facilities.sort_unstable();
    let (until, zone): (Option<Moment>, Zone) = (row.get(14)?, row.get(16)?);
    Ok(Access {
        id: row.get(0)?,
        user_id: row.get(1)?,
        email: row.get(2)?,
        state: row.get(3)?,
        customer_id: row.get(4)?,
        customer_no: row.get(5)?,
        customer: row.get(6)?,
        customer_status: row.get(7)?,
        contact_id: row.get(8)?,
        name: row.get(9)?,
        grant: Grant {
            permissions,
            facilities,
            all_facilities: row.get(12)?,
            unattached: row.get(13)?,
            // Kept is the moment at which the access ends; people speak of its last day.
            until: until.map(|end| Day::at(end.plus(-1), &zone)),
        },
        created_at: row.get(15)?,
        zone,
    })
}
