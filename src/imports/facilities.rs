//! Rows of a facility file.

use crate::customers::Customer;
use crate::db::{Reached, WriteTx};
use crate::difference::{Difference, differences};
use crate::facilities::{self, Facility, FacilityCard, FacilityStatus};
use crate::imports::problem::Problem;
use crate::imports::row::Row;
use crate::imports::taken::{Deed, Refusal, Taken};
use crate::imports::upsert::{customer, external_id, must, over, status, taken_id};
use crate::text::{Line, Number};

/// Makes or changes the facility of a row, found by its customer and number, else by its external id.
pub(super) fn take(tx: &WriteTx, row: &Row) -> Result<Taken, Refusal> {
    let customer = customer(tx, row)?;
    let number = row.parse("facility_no", Number::parse)?.value();
    let external_id = external_id(row)?;
    let known = find(tx, row, &customer, number.as_ref(), external_id.as_ref())?;
    let wanted = status::<FacilityStatus>(row, "status")?;
    let after = card(row, known.as_ref().map(|facility| &facility.card))?;
    let (mut deed, facility, mut changes) = match known {
        Some(facility) => {
            let changed = facilities::set(tx, &facility, &after).map_err(|e| Refusal::of(row, "external_id", e))?;
            let changes = if changed { differences("", &facility.card, &after) } else { Vec::new() };
            (Deed::changed(changed), facility, changes)
        }
        None => {
            let number = row.required("facility_no", Number::parse)?;
            let made = facilities::add(tx, &customer, &number, &after);
            (Deed::Created, made.map_err(|e| Refusal::of(row, "facility_no", e))?, Vec::new())
        }
    };
    if let Some(status) = wanted
        && facilities::set_status(tx, &facility, status)?
        && deed != Deed::Created
    {
        deed = Deed::Changed;
        changes.push(Difference {
            field: "status".into(),
            old: facility.status.word().into(),
            new: status.word().into(),
        });
    }
    let key = match number {
        Some(number) => ("facility_no", number.to_string()),
        None => ("external_id", external_id.map(String::from).unwrap_or_default()),
    };
    let about = format!("{} of {} ({})", facility.number, customer.number, after.name);
    Ok(Taken { deed, id: facility.id.0, key, about, differences: changes })
}

fn find(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
    number: Option<&Number>,
    external_id: Option<&Line>,
) -> Result<Option<Reached<Facility>>, Refusal> {
    let by_number = number.map(|number| facilities::lookup(tx, customer, number)).transpose()?.flatten();
    let Some(id) = external_id else { return Ok(by_number) };
    if by_number.as_ref().is_some_and(|facility| facility.card.external_id.as_ref() == Some(id)) {
        return Ok(by_number);
    }
    match (by_number, facilities::lookup_external(tx, id)?) {
        // Only a row without a number is found by its external id alone: numbers do not change.
        (None, Some(other)) if number.is_none() && other.customer_id == customer.id => Ok(Some(other)),
        (_, Some(other)) => Err(taken_id(row, id, "facility", &other.number)),
        (known, None) => Ok(known),
    }
}

fn card(row: &Row, kept: Option<&FacilityCard>) -> Result<FacilityCard, Problem> {
    let name = must(row, "name", kept.map(|card| card.name.clone()))?;
    let kept = kept.cloned().unwrap_or_else(|| FacilityCard::named(name.clone()));
    Ok(FacilityCard {
        name,
        address: over(row, "address", kept.address)?,
        address2: over(row, "address2", kept.address2)?,
        postal_code: over(row, "postal_code", kept.postal_code)?,
        city: over(row, "city", kept.city)?,
        region: over(row, "region", kept.region)?,
        country: over(row, "country", kept.country)?,
        zone: over(row, "zone", kept.zone)?,
        note: over(row, "note", kept.note)?,
        external_id: over(row, "external_id", kept.external_id)?,
    })
}
