//! Contacts are kept here: found, listed, added, changed, erased.

use super::role_store::{TAKE_FACILITIES, TAKE_ROLES};
use super::{Contact, ContactCard};
use crate::access::{Machine, Need, Permission, Right};
use crate::customers::Customer;
use crate::db::named;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Scoped, Tx, Value, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::ids::ContactId;
use crate::text::{Email, Line, like};

const SEE: Need = Need::see(Permission::ColleagueView).or_machine(Machine::Postman);
pub(super) const CHANGE: Need = Need::right(Right::Customers);

/// A statement that reads contacts; what follows WHERE is the caller's.
macro_rules! contacts {
    ($rest:literal) => {
        concat!(
            "
    SELECT k.id, k.customer_id, c.number, k.name, k.email, k.phone, k.title, k.location, k.lang, k.external_id,
           k.created_at
      FROM contacts k
      JOIN customers c ON c.id = k.customer_id
     WHERE EXISTS (SELECT 1 FROM reach_customers r WHERE r.actor = :actor AND r.customer_id = k.customer_id)
       AND ",
            $rest
        )
    };
}
pub(super) use contacts;

const BY_ID: Scoped = Scoped::new(SEE, contacts!("k.id = :id"));

const BY_EMAIL: Scoped = Scoped::new(
    SEE,
    contacts!(
        "k.group_id = :group
       AND k.email = :email
     ORDER BY c.number"
    ),
);

const BY_EXTERNAL_ID: Scoped = Scoped::new(
    SEE,
    contacts!(
        "k.group_id = :group
       AND k.external_id = :external_id"
    ),
);

const ALL: Scoped = Scoped::new(
    SEE,
    contacts!(
        "k.group_id = :group
       AND (:search IS NULL OR k.search LIKE :search ESCAPE '\\')
     ORDER BY c.number, k.name"
    ),
);

const OF: Below<Customer> = Below::new(
    SEE,
    contacts!(
        "k.group_id = :group
       AND k.customer_id = :parent
       AND (:email IS NULL OR k.email = :email)
       AND (:name IS NULL OR k.name = :name)
     ORDER BY k.name, k.id"
    ),
);

const INSERT: Change = Change::new(
    "
    INSERT INTO contacts
       (group_id, customer_id, name, email, phone, title, location, lang, external_id, search, created_at)
    VALUES
       (:group, :customer, :name, :email, :phone, :title, :location, :lang, :external_id, :search, :now)",
);

const UPDATE: Change = Change::new(
    "
    UPDATE contacts
       SET name = :name, email = :email, phone = :phone, title = :title, location = :location, lang = :lang,
           external_id = :external_id, search = :search
     WHERE group_id = :group AND id = :id",
);

const FORGET_CHOICES: Change =
    Change::new("DELETE FROM notice_choices WHERE group_id = :group AND contact_id = :contact");

const DELETE: Change = Change::new("DELETE FROM contacts WHERE group_id = :group AND id = :id");

/// The contact in this row.
pub fn find(tx: &Tx, id: ContactId) -> Result<Reached<Contact>> {
    let found = tx.one(&BY_ID, named! { ":id": id }, contact)?;
    found.ok_or_else(|| Error::not_found("contact", format!("id:{id}")))
}

/// The contact with this address, at whichever customer; at two of them it is a conflict.
pub fn named(tx: &Tx, email: &Email) -> Result<Reached<Contact>> {
    let mut found = tx.many(&BY_EMAIL, named! { ":email": email }, contact)?;
    match (found.pop(), found.len()) {
        (None, _) => {
            Err(Error::not_found("contact", email).tip("find contacts with: frontdesk contact list --search NAME"))
        }
        (Some(only), 0) => Ok(only),
        (Some(last), _) => {
            let all = found.iter().chain(std::iter::once(&last));
            let candidates: Vec<_> = all.map(|one| format!("id:{} (customer {})", one.id, one.customer_no)).collect();
            Err(Error::conflict(format!("contact '{email}' is ambiguous")).tip(candidates.join(", ")))
        }
    }
}

/// The contact of a customer with this address.
pub fn of(tx: &Tx, customer: &Reached<Customer>, email: &Email) -> Result<Reached<Contact>> {
    lookup(tx, customer, email)?.ok_or_else(|| {
        Error::new(Kind::NotFound, format!("customer {} has no contact '{email}'", customer.number))
            .tip(format!("see them with: frontdesk contact list --customer {}", customer.number))
    })
}

/// The contact of a customer with this address, if there is one.
pub fn lookup(tx: &Tx, customer: &Reached<Customer>, email: &Email) -> Result<Option<Reached<Contact>>> {
    Ok(tx.below(customer, &OF, named! { ":email": email, ":name": None::<Line> }, contact)?.pop())
}

/// The contacts of a customer with this name.
pub fn lookup_name(tx: &Tx, customer: &Reached<Customer>, name: &Line) -> Result<Vec<Reached<Contact>>> {
    tx.below(customer, &OF, named! { ":email": None::<Email>, ":name": name }, contact)
}

/// The contact that another program calls so, if there is one.
pub fn lookup_external(tx: &Tx, external_id: &Line) -> Result<Option<Reached<Contact>>> {
    tx.one(&BY_EXTERNAL_ID, named! { ":external_id": external_id }, contact)
}

/// The contacts of a customer, by name.
pub fn list(tx: &Tx, customer: &Reached<Customer>) -> Result<Vec<Reached<Contact>>> {
    tx.below(customer, &OF, named! { ":email": None::<Email>, ":name": None::<Line> }, contact)
}

/// The contacts of all customers in reach, or those in which some words are found.
pub fn list_all(tx: &Tx, search: Option<&str>) -> Result<Vec<Reached<Contact>>> {
    tx.many(&ALL, named! { ":search": search.map(like) }, contact)
}

/// Makes a contact at a customer. An address can be there once.
pub fn add(tx: &WriteTx, customer: &Reached<Customer>, card: &ContactCard) -> Result<Reached<Contact>> {
    make(tx, CHANGE, customer, card)
}

/// Makes the contact that a new user needs: a name and an address. Whoever may make the user may make it too.
pub fn add_for_user(
    tx: &WriteTx,
    customer: &Reached<Customer>,
    name: &Line,
    email: &Email,
) -> Result<Reached<Contact>> {
    let card = ContactCard { email: Some(email.clone()), ..ContactCard::named(name.clone()) };
    make(tx, CHANGE.or(Right::Accounts), customer, &card)
}

fn make(tx: &WriteTx, need: Need, customer: &Reached<Customer>, card: &ContactCard) -> Result<Reached<Contact>> {
    let id = tx.change(need, |w| {
        let search = card.search();
        let mut values = with_card(card, &search);
        values.push((":customer", &customer.id));
        let id = w.insert(&INSERT, &values).map_err(|error| taken(error, card))?;
        Ok((ContactId(id), Entry::about::<Contact>(id, card.name.as_str(), "contact.added").after(card)))
    })?;
    find(tx, id)
}

/// Changes a contact's card; `false` if it was so already, and nothing was written.
pub fn set(tx: &WriteTx, contact: &Reached<Contact>, card: &ContactCard) -> Result<bool> {
    if contact.card == *card {
        return Ok(false);
    }
    tx.change(CHANGE, |w| {
        let search = card.search();
        let mut values = with_card(card, &search);
        values.push((":id", &contact.id));
        w.run(&UPDATE, &values).map_err(|error| taken(error, card))?;
        Ok((true, Entry::on(contact, "contact.changed").before(&contact.card).after(card)))
    })
}

/// Deletes a contact that nothing refers to: no user, no order.
pub fn delete(tx: &WriteTx, contact: &Reached<Contact>) -> Result<()> {
    tx.change(CHANGE, |w| {
        w.run(&DELETE, named! { ":id": contact.id }).map_err(|error| match error.kind() {
            Kind::Conflict => {
                Error::conflict(format!("contact {} has a user or orders", contact.card.name)).tip(format!(
                    "replace the personal data and keep the history: frontdesk contact delete id:{} --erase",
                    contact.id
                ))
            }
            _ => error,
        })?;
        Ok(((), Entry::on(contact, "contact.deleted")))
    })
}

/// Replaces what is known about a person and keeps the history. What they were told of, and how, goes as well.
pub fn erase(tx: &WriteTx, contact: &Reached<Contact>) -> Result<()> {
    let nobody = ContactCard::named(Line::parse(&format!("(erased {})", contact.id))?);
    tx.change(CHANGE, |w| {
        let search = nobody.search();
        let mut values = with_card(&nobody, &search);
        values.push((":id", &contact.id));
        w.run(&UPDATE, &values)?;
        for change in [&TAKE_ROLES, &TAKE_FACILITIES, &FORGET_CHOICES] {
            w.run(change, named! { ":contact": contact.id })?;
        }
        Ok(((), Entry::about::<Contact>(contact.id.0, nobody.name.as_str(), "contact.erased")))
    })
}

fn taken(error: Error, card: &ContactCard) -> Error {
    match (error.kind(), &card.email) {
        (Kind::Conflict, Some(email)) => {
            Error::conflict(format!("the customer has a contact '{email}' already")).at("email")
        }
        _ => error,
    }
}

/// A card's values by name.
fn with_card<'a>(card: &'a ContactCard, search: &'a dyn Value) -> Vec<(&'static str, &'a dyn Value)> {
    vec![
        (":name", &card.name),
        (":email", &card.email),
        (":phone", &card.phone),
        (":title", &card.title),
        (":location", &card.location),
        (":lang", &card.lang),
        (":external_id", &card.external_id),
        (":search", search),
    ]
}

pub(super) fn contact(row: &Row) -> RowResult<Contact> {
    Ok(Contact {
        id: row.get(0)?,
        customer_id: row.get(1)?,
        customer_no: row.get(2)?,
        card: ContactCard {
            name: row.get(3)?,
            email: row.get(4)?,
            phone: row.get(5)?,
            title: row.get(6)?,
            location: row.get(7)?,
            lang: row.get(8)?,
            external_id: row.get(9)?,
        },
        created_at: row.get(10)?,
    })
}
