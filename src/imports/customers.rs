//! Rows of a customer file, each with perhaps one contact.

use crate::customers::{self, Customer, CustomerCard, CustomerStatus};
use crate::db::{Reached, WriteTx};
use crate::difference::{Difference, differences};
use crate::imports::contacts::{self, CUSTOMER_ROW};
use crate::imports::problem::Problem;
use crate::imports::row::Row;
use crate::imports::taken::{Deed, Refusal, Taken};
use crate::imports::upsert::{external_id, lang, must, over, status, taken_id};
use crate::text::{Line, Number};

/// Makes or changes the customer of a row, found by its number, else by its external id.
pub(super) fn take(tx: &WriteTx, row: &Row) -> Result<Taken, Refusal> {
    let number = row.parse("customer_no", Number::parse)?.value();
    let external_id = external_id(row)?;
    let known = find(tx, row, number.as_ref(), external_id.as_ref())?;
    let wanted = status::<CustomerStatus>(row, "status")?;
    let after = card(row, known.as_ref().map(|customer| &customer.card))?;
    let (mut deed, customer, mut changes) = match known {
        Some(customer) => {
            let changed = customers::set(tx, &customer, &after).map_err(|e| Refusal::of(row, "external_id", e))?;
            let changes = if changed { differences("", &customer.card, &after) } else { Vec::new() };
            (Deed::changed(changed), customer, changes)
        }
        None => {
            let number = row.required("customer_no", Number::parse)?;
            let made = customers::add(tx, &number, &after);
            (Deed::Created, made.map_err(|e| Refusal::of(row, "customer_no", e))?, Vec::new())
        }
    };
    if let Some(status) = wanted
        && customers::set_status(tx, &customer, status)?
    {
        deed = deed.and(Deed::Changed);
        changes.push(Difference {
            field: "status".into(),
            old: customer.status.word().into(),
            new: status.word().into(),
        });
    }
    if contacts::speaks(row, &CUSTOMER_ROW) {
        let contact = contacts::upsert(tx, row, &customer, &CUSTOMER_ROW)?;
        deed = deed.and(contact.deed);
        changes.extend(contact.differences);
    }
    let key = match number {
        Some(number) => ("customer_no", number.to_string()),
        None => ("external_id", external_id.map(String::from).unwrap_or_default()),
    };
    if deed == Deed::Created {
        changes.clear();
    }
    let about = format!("{} ({})", customer.number, after.name);
    Ok(Taken { deed, id: customer.id.0, key, about, differences: changes })
}

fn find(
    tx: &WriteTx,
    row: &Row,
    number: Option<&Number>,
    external_id: Option<&Line>,
) -> Result<Option<Reached<Customer>>, Refusal> {
    let by_number = number.map(|number| customers::lookup(tx, number)).transpose()?.flatten();
    let Some(id) = external_id else { return Ok(by_number) };
    if by_number.as_ref().is_some_and(|customer| customer.card.external_id.as_ref() == Some(id)) {
        return Ok(by_number);
    }
    match (by_number, customers::lookup_external(tx, id)?) {
        // Only a row without a number is found by its external id alone: numbers do not change.
        (None, Some(other)) if number.is_none() => Ok(Some(other)),
        (_, Some(other)) => Err(taken_id(row, id, "customer", &other.number)),
        (known, None) => Ok(known),
    }
}

fn card(row: &Row, kept: Option<&CustomerCard>) -> Result<CustomerCard, Problem> {
    let name = must(row, "name", kept.map(|card| card.name.clone()))?;
    let kept = kept.cloned().unwrap_or_else(|| CustomerCard::named(name.clone()));
    Ok(CustomerCard {
        name,
        org_no: over(row, "org_no", kept.org_no)?,
        email: over(row, "email", kept.email)?,
        phone: over(row, "phone", kept.phone)?,
        fax: over(row, "fax", kept.fax)?,
        address: over(row, "address", kept.address)?,
        address2: over(row, "address2", kept.address2)?,
        postal_code: over(row, "postal_code", kept.postal_code)?,
        city: over(row, "city", kept.city)?,
        region: over(row, "region", kept.region)?,
        country: over(row, "country", kept.country)?,
        lang: lang(row, "lang", kept.lang)?,
        prefix: over(row, "prefix", kept.prefix)?,
        note: over(row, "note", kept.note)?,
        external_id: over(row, "external_id", kept.external_id)?,
    })
}
