//! The account of a contact in a file: made where its row asks for one, given more and never less. Nobody is mailed.

use crate::access::{Need, Right};
use crate::contacts;
use crate::customers::Customer;
use crate::db::{Reached, WriteTx};
use crate::difference::{Difference, differences};
use crate::error::Error;
use crate::facilities::{self, Facility};
use crate::ids::ContactId;
use crate::imports::cells::Cell;
use crate::imports::problem::Problem;
use crate::imports::row::Row;
use crate::imports::taken::Refusal;
use crate::templates;
use crate::text::{Line, Number};
use crate::users::{self, Access, Granting, NewUser};

/// Makes the account of a contact, or gives it what the row names beside what it has, and says what that changed.
///
/// A person without an account gets one only from a row with `invite`, and is then waiting for `user invite --pending`.
/// Whoever may not change accounts cannot do so with a file either.
pub(super) fn give(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
    contact: ContactId,
) -> Result<Vec<Difference>, Refusal> {
    let (invite, unattached) = (said(row, "invite")?, said(row, "unattached")?);
    let permissions = match row.text("template") {
        Cell::Absent | Cell::Blank => None,
        Cell::Clear => return Err(never_less(row, "template").into()),
        Cell::Value(_) => {
            let name = row.required("template", Line::parse)?;
            let found = templates::find_by_name(tx, &name);
            Some(found.map_err(|error| Refusal::of(row, "template", error))?.card.permissions.clone())
        }
    };
    if !invite && !unattached && permissions.is_none() {
        return Ok(Vec::new());
    }
    let contact = contacts::find(tx, contact)?;
    let known = users::of_contact(tx, &contact)?;
    if known.is_none() && !invite {
        return Ok(Vec::new());
    }
    let column = if invite { "invite" } else { "template" };
    tx.actor().require(Need::right(Right::Accounts)).map_err(|error| {
        let called = row.called(column);
        row.refuse(column, &error.tip(format!("without accounts it imports with --map \"{called}=\"")))
    })?;
    let (facilities, all_facilities) = places(tx, row, customer)?;
    let what =
        Granting { permissions: permissions.unwrap_or_default(), facilities, all_facilities, unattached, until: None };
    let mut changes = Vec::new();
    let before = match known {
        Some(access) => access,
        None => {
            changes.push(Difference { field: "account".into(), old: serde_json::Value::Null, new: "new".into() });
            create(tx, row, customer, &contact)?
        }
    };
    let after = users::grant(tx, &before, &what, false).map_err(|error| Refusal::of(row, column, error))?;
    changes.extend(differences("account_", &before.grant, &after.grant));
    Ok(changes)
}

fn create(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
    contact: &Reached<contacts::Contact>,
) -> Result<Reached<Access>, Refusal> {
    let Some(email) = contact.card.email.clone() else {
        return Err(row.problem("invite", "an account needs the person's e-mail address").into());
    };
    let new = NewUser { email, name: Some(contact.card.name.clone()), lang: contact.card.lang };
    Ok(users::create(tx, customer, &new).map_err(|error| Refusal::of(row, "invite", error))?.access)
}

/// The facilities that the row names, and whether it names all.
fn places(tx: &WriteTx, row: &Row, customer: &Reached<Customer>) -> Result<(Vec<Reached<Facility>>, bool), Refusal> {
    let numbers = match row.list("facilities") {
        Cell::Value(numbers) if numbers == ["*"] => return Ok((Vec::new(), true)),
        Cell::Value(numbers) => numbers,
        Cell::Absent | Cell::Blank | Cell::Clear => Vec::new(),
    };
    let found = numbers.into_iter().map(|number| facilities::of(tx, customer, &Number::parse(number)?));
    let found = found.collect::<Result<Vec<_>, Error>>();
    Ok((found.map_err(|error| Refusal::of(row, "facilities", error))?, false))
}

/// Whether a cell says yes.
fn said(row: &Row, column: &str) -> Result<bool, Problem> {
    match row.flag(column)? {
        Cell::Value(said) => Ok(said),
        Cell::Absent | Cell::Blank => Ok(false),
        Cell::Clear => Err(never_less(row, column)),
    }
}

fn never_less(row: &Row, column: &str) -> Problem {
    row.problem(column, "an import takes nothing away from an account").tip("frontdesk user revoke does")
}
