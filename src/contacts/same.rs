//! Who a record from elsewhere is about: one of the people that are known at a customer, or somebody new.

use super::{Contact, lookup, lookup_external, lookup_name};
use crate::customers::Customer;
use crate::db::{Reached, Tx};
use crate::error::{Error, Result};
use crate::text::{Email, Line};

/// The contact of a customer that a record means: found by address, else by external id, else by the exact name.
///
/// By name only a person whose address or external id does not say that it is somebody else.
pub fn recognise(
    tx: &Tx,
    customer: &Reached<Customer>,
    email: Option<&Email>,
    external_id: Option<&Line>,
    name: Option<&Line>,
) -> Result<Option<Reached<Contact>>> {
    if let Some(email) = email
        && let Some(contact) = lookup(tx, customer, email)?
    {
        return Ok(Some(contact));
    }
    if let Some(id) = external_id
        && let Some(contact) = lookup_external(tx, id)?
    {
        if contact.customer_id != customer.id {
            let message = format!("'{id}' belongs to a contact of customer {} already", contact.customer_no);
            return Err(Error::conflict(message).at("external_id"));
        }
        return Ok(Some(contact));
    }
    let Some(name) = name else { return Ok(None) };
    let mut same = lookup_name(tx, customer, name)?;
    same.retain(|contact| {
        (email.is_none() || contact.card.email.is_none())
            && (external_id.is_none() || contact.card.external_id.is_none())
    });
    if same.len() > 1 {
        let error = Error::conflict(format!("customer {} has {} contacts '{name}'", customer.number, same.len()));
        return Err(error.at("name").tip("tell them apart by e-mail or external_id"));
    }
    Ok(same.pop())
}
