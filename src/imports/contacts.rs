//! Rows of a contact file, and the one contact in a row of a customer file.

use crate::contacts::{self, Contact, ContactCard};
use crate::customers::Customer;
use crate::db::{Reached, WriteTx};
use crate::difference::{Difference, differences};
use crate::error::Error;
use crate::facilities;
use crate::ids::ContactId;
use crate::imports::accounts;
use crate::imports::cells::Cell;
use crate::imports::problem::Problem;
use crate::imports::row::Row;
use crate::imports::taken::{Deed, Refusal, Taken};
use crate::imports::upsert::{customer, lang, must, over};
use crate::roles;
use crate::text::{Email, Line, Number};

/// What the columns of a contact are called in a file; an empty name is a column that the file cannot have.
pub(super) struct Columns {
    name: &'static str,
    email: &'static str,
    phone: &'static str,
    title: &'static str,
    location: &'static str,
    lang: &'static str,
    external_id: &'static str,
    roles: &'static str,
    facilities: &'static str,
    /// What stands before the names of the fields, when what changed is told.
    prefix: &'static str,
}

/// In a file of contacts.
const CONTACT_ROW: Columns = Columns {
    name: "name",
    email: "email",
    phone: "phone",
    title: "title",
    location: "location",
    lang: "lang",
    external_id: "external_id",
    roles: "roles",
    facilities: "facilities",
    prefix: "",
};

/// In a file of customers.
pub(super) const CUSTOMER_ROW: Columns = Columns {
    name: "contact_name",
    email: "contact_email",
    phone: "contact_phone",
    title: "contact_title",
    location: "",
    lang: "",
    external_id: "",
    roles: "contact_roles",
    facilities: "",
    prefix: "contact_",
};

/// Makes or changes the contact of a row, and its account where the row asks for one.
pub(super) fn take(tx: &WriteTx, row: &Row) -> Result<Taken, Refusal> {
    let customer = customer(tx, row)?;
    let mut taken = upsert(tx, row, &customer, &CONTACT_ROW)?;
    let changes = accounts::give(tx, row, &customer, ContactId(taken.id))?;
    if !changes.is_empty() {
        taken.deed = taken.deed.and(Deed::Changed);
        taken.differences.extend(changes);
    }
    Ok(taken)
}

/// Whether a row says anything about a contact.
pub(super) fn speaks(row: &Row, columns: &Columns) -> bool {
    [columns.name, columns.email, columns.phone, columns.title].iter().any(|column| row.text(column).speaks())
}

/// Makes or changes a contact of a customer: found by address, else by external id, else by the exact name.
pub(super) fn upsert(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
    columns: &Columns,
) -> Result<Taken, Refusal> {
    let email = row.parse(columns.email, Email::parse)?.value();
    let external_id = row.parse(columns.external_id, Line::parse)?.value();
    let name = row.parse(columns.name, Line::parse)?.value();
    let known = contacts::recognise(tx, customer, email.as_ref(), external_id.as_ref(), name.as_ref());
    let known = known.map_err(|error| {
        let column = if error.field() == Some("name") { columns.name } else { columns.external_id };
        Refusal::of(row, column, error)
    })?;
    let after = card(row, columns, known.as_ref().map(|contact| &contact.card))?;
    let (mut deed, contact, mut changes) = match known {
        Some(contact) => {
            let changed = contacts::set(tx, &contact, &after).map_err(|e| Refusal::of(row, columns.email, e))?;
            let changes = if changed { differences(columns.prefix, &contact.card, &after) } else { Vec::new() };
            (Deed::changed(changed), contact, changes)
        }
        None => {
            let made = contacts::add(tx, customer, &after).map_err(|e| Refusal::of(row, columns.email, e))?;
            let changes = vec![Difference {
                field: columns.name.into(),
                old: serde_json::Value::Null,
                new: after.name.as_str().into(),
            }];
            (Deed::Created, made, changes)
        }
    };
    let told = told_of(tx, row, customer, columns, &contact)?;
    if !told.is_empty() {
        deed = deed.and(Deed::Changed);
        // Of a new contact it is enough to say that there is one.
        if deed != Deed::Created {
            changes.extend(told);
        }
    }
    let key = match (email, external_id) {
        (Some(email), _) => (columns.email, email.to_string()),
        (None, Some(id)) => (columns.external_id, id.to_string()),
        (None, None) => (columns.name, after.name.to_string()),
    };
    let about = format!("{} of {}", after.name, customer.number);
    Ok(Taken { deed, id: contact.id.0, key, about, differences: changes })
}

/// Gives a contact the roles and facilities of its row, and says what that changed.
fn told_of(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
    columns: &Columns,
    contact: &Reached<Contact>,
) -> Result<Vec<Difference>, Refusal> {
    let refuse = |column: &'static str| move |error| Refusal::of(row, column, error);
    let roles = listed(row, columns.roles, |name| roles::find_by_name(tx, &Line::parse(name)?))?;
    let facilities = match row.text(columns.facilities) {
        // All of them, also those that are still to come, is none named.
        Cell::Value("*") => Some(Vec::new()),
        _ => listed(row, columns.facilities, |number| facilities::of(tx, customer, &Number::parse(number)?))?,
    };
    if roles.is_none() && facilities.is_none() {
        return Ok(Vec::new());
    }
    let before = contacts::telling(tx, contact)?;
    if let Some(roles) = roles {
        contacts::set_roles(tx, contact, &roles).map_err(refuse(columns.roles))?;
    }
    if let Some(facilities) = facilities {
        contacts::set_facilities(tx, contact, &facilities).map_err(refuse(columns.facilities))?;
    }
    Ok(differences(columns.prefix, &before, &contacts::telling(tx, contact)?))
}

/// The things that a cell lists between `;`; nothing when it leaves alone what is kept.
fn listed<T>(
    row: &Row,
    column: &'static str,
    find: impl Fn(&str) -> Result<T, Error>,
) -> Result<Option<Vec<T>>, Refusal> {
    match row.list(column) {
        Cell::Absent | Cell::Blank => Ok(None),
        Cell::Clear => Ok(Some(Vec::new())),
        Cell::Value(words) => {
            let found = words.into_iter().map(find).collect::<Result<_, Error>>();
            found.map(Some).map_err(|error| Refusal::of(row, column, error))
        }
    }
}

fn card(row: &Row, columns: &Columns, kept: Option<&ContactCard>) -> Result<ContactCard, Problem> {
    let name = must(row, columns.name, kept.map(|card| card.name.clone()))?;
    let kept = kept.cloned().unwrap_or_else(|| ContactCard::named(name.clone()));
    Ok(ContactCard {
        name,
        email: over(row, columns.email, kept.email)?,
        phone: over(row, columns.phone, kept.phone)?,
        title: over(row, columns.title, kept.title)?,
        location: over(row, columns.location, kept.location)?,
        lang: lang(row, columns.lang, kept.lang)?,
        external_id: over(row, columns.external_id, kept.external_id)?,
    })
}
