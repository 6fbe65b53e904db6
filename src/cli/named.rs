//! What a command names: by its number or address, with the customer where several have it, or by its row as `id:123`.

use super::customers as served;
use crate::contacts::{self, Contact};
use crate::customers::Customer;
use crate::db::{Reached, Tx};
use crate::error::{Error, Result};
use crate::facilities::{self, Facility};
use crate::ids::{ContactId, FacilityId, ObjectId};
use crate::objects::{self, Object};
use crate::text::{Email, Number, Ref, shown};

/// Reads the number of a row that has no other name, with or without `id:` before it.
pub(super) fn row(text: &str) -> Result<i64> {
    let digits = text.strip_prefix("id:").unwrap_or(text);
    digits.parse().map_err(|_| Error::invalid("id", format!("'{}' is not a number such as 7", shown(text))))
}

/// The customer that was named, if one was.
pub(super) fn customer(tx: &Tx, customer: Option<&Ref<Number>>) -> Result<Option<Reached<Customer>>> {
    customer.map(|customer| served::find(tx, customer)).transpose()
}

/// A machine, of a customer if one is known.
pub(super) fn object(tx: &Tx, object: &Ref<Number>, customer: Option<&Reached<Customer>>) -> Result<Reached<Object>> {
    match (object, customer) {
        (Ref::Id(id), _) => objects::find(tx, ObjectId(*id)),
        (Ref::Name(number), None) => objects::named(tx, number),
        (Ref::Name(number), Some(customer)) => objects::of(tx, customer, number),
    }
}

/// A place, of a customer if one is known.
pub(super) fn facility(
    tx: &Tx,
    facility: &Ref<Number>,
    customer: Option<&Reached<Customer>>,
) -> Result<Reached<Facility>> {
    match (facility, customer) {
        (Ref::Id(id), _) => facilities::find(tx, FacilityId(*id)),
        (Ref::Name(number), None) => facilities::named(tx, number),
        (Ref::Name(number), Some(customer)) => facilities::of(tx, customer, number),
    }
}

/// A person, of a customer if one is known.
pub(super) fn contact(tx: &Tx, contact: &Ref<Email>, customer: Option<&Reached<Customer>>) -> Result<Reached<Contact>> {
    match (contact, customer) {
        (Ref::Id(id), _) => contacts::find(tx, ContactId(*id)),
        (Ref::Name(email), None) => contacts::named(tx, email),
        (Ref::Name(email), Some(customer)) => contacts::of(tx, customer, email),
    }
}
