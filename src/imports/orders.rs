//! Rows of an order file. Nobody is mailed about any of them.

use crate::customers::Customer;
use crate::db::{Reached, Tx, WriteTx};
use crate::difference::{Difference, differences};
use crate::error::Error;
use crate::facilities::{self, Facility};
use crate::imports::cells::Cell;
use crate::imports::objects::{facility, object, value};
use crate::imports::people::People;
use crate::imports::problem::Problem;
use crate::imports::row::Row;
use crate::imports::taken::{Deed, Refusal, Taken};
use crate::imports::upsert::{customer, external_id, must, over, status, taken_id};
use crate::notices::Tell;
use crate::objects::{self, Object};
use crate::orders::{self, Cost, Order, OrderCard, OrderDraft, Spot};
use crate::priorities::{self, Priority};
use crate::stage::Stage;
use crate::statuses::{self, Status};
use crate::text::{Line, Number};

/// Makes or changes the order of a row, found by its number, else by its external id.
///
/// When it came and when it was closed are read for a new order only; both are history for one that is known.
pub(super) fn take(tx: &WriteTx, row: &Row) -> Result<Taken, Refusal> {
    let customer = customer(tx, row)?;
    let number = row.parse("order_no", Number::parse)?.value();
    let known = find(tx, row, &customer, number.as_ref())?;
    let ends = Ends {
        facility: facility(tx, row, &customer)?,
        object: object(tx, row, &customer, "object_no")?,
        status: its_status(tx, row)?,
        priority: priority(tx, row)?,
        people: People::of(tx, row, &customer)?,
    };
    let card = card(row, known.as_ref().map(|order| &order.card))?;
    let about = |order: &Order| format!("{} of {} ({})", order.number, customer.number, order.card.title);
    let key = match (&number, external_id(row)?) {
        (Some(number), _) => ("order_no", number.to_string()),
        (None, Some(id)) => ("external_id", id.to_string()),
        (None, None) => {
            let error = Error::invalid(
                "order_no",
                "the row has neither order_no nor external_id, so a second run would make it again",
            );
            return Err(Refusal::of(row, "order_no", error));
        }
    };
    let (deed, order, differences) = match known {
        Some(order) => {
            let differences = change(tx, row, &customer, &order, &card, &ends)?;
            (Deed::changed(!differences.is_empty()), order, differences)
        }
        None => (Deed::Created, create(tx, row, &customer, number, card, &ends)?, Vec::new()),
    };
    Ok(Taken { deed, id: order.id.0, key, about: about(&order), differences })
}

/// What a row says about the things that an order hangs on.
struct Ends {
    facility: Cell<Reached<Facility>>,
    object: Cell<Reached<Object>>,
    status: Option<Reached<Status>>,
    priority: Option<Reached<Priority>>,
    people: People,
}

fn create(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
    number: Option<Number>,
    card: OrderCard,
    ends: &Ends,
) -> Result<Reached<Order>, Refusal> {
    let (created_at, closed_at) = (row.moment("created_at")?.value(), row.moment("closed_at")?.value());
    let done;
    let status = match (&ends.status, closed_at) {
        (Some(status), Some(at)) if !status.stage.is_closed() => {
            return Err(row
                .problem("closed_at", format!("an order in status '{}' was not closed at {at}", status.name))
                .into());
        }
        (Some(status), _) => Some(status),
        (None, Some(_)) => {
            done = statuses::list(tx)?.into_iter().find(|status| status.stage == Stage::Done);
            done.as_ref()
        }
        (None, None) => None,
    };
    if let (Some(from), Some(to)) = (created_at, closed_at)
        && to < from
    {
        return Err(row.problem("closed_at", format!("it would be closed at {to}, before it came at {from}")).into());
    }
    let draft = OrderDraft {
        spot: value(&ends.facility).map_or(Spot::OfItsObject, Spot::At),
        object: value(&ends.object),
        status,
        priority: ends.priority.as_ref(),
        number,
        created_at,
        closed_at,
        contact: value(&ends.people.contact),
        technicians: ends.people.technicians.as_deref().unwrap_or_default(),
        tell: Tell::Nobody,
        ..OrderDraft::new(card)
    };
    let book = orders::book(tx, customer)?;
    orders::create(tx, &book, &draft).map_err(|error| refused(row, error))
}

fn change(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
    order: &Reached<Order>,
    card: &OrderCard,
    ends: &Ends,
) -> Result<Vec<Difference>, Refusal> {
    let mut changes = Vec::new();
    if orders::set(tx, order, card, Tell::Nobody).map_err(|error| refused(row, error))? {
        changes.extend(differences("", &order.card, card));
    }
    let mut change = |field: &str, old: Option<&str>, new: Option<&str>| {
        changes.push(Difference { field: field.into(), old: old.into(), new: new.into() });
    };
    if relocate(tx, row, customer, order, ends)? {
        let moved = orders::find(tx, order.id)?;
        for (field, old, new) in
            [("facility_no", &order.facility_no, &moved.facility_no), ("object_no", &order.object_no, &moved.object_no)]
        {
            if old != new {
                change(field, old.as_ref().map(Number::as_str), new.as_ref().map(Number::as_str));
            }
        }
    }
    if let Some(status) = &ends.status
        && orders::set_status(tx, order, status, None, Tell::Nobody)?
    {
        change("status", Some(order.status.as_str()), Some(status.name.as_str()));
    }
    if let Some(priority) = &ends.priority
        && orders::set_priority(tx, order, priority)?
    {
        change("priority", Some(order.priority.as_str()), Some(priority.name.as_str()));
    }
    changes.extend(ends.people.assign(tx, row, order)?);
    Ok(changes)
}

/// Moves an order where its row says; one that says what is so already leaves it, also when its object has moved since.
fn relocate(
    tx: &WriteTx,
    row: &Row,
    customer: &Reached<Customer>,
    order: &Reached<Order>,
    ends: &Ends,
) -> Result<bool, Refusal> {
    let same_object = match &ends.object {
        Cell::Value(object) => order.object_id == Some(object.id),
        Cell::Clear => order.object_id.is_none(),
        Cell::Absent | Cell::Blank => true,
    };
    let same_facility = match &ends.facility {
        Cell::Value(facility) => order.facility_id == Some(facility.id),
        Cell::Clear => order.facility_id.is_none(),
        Cell::Absent | Cell::Blank => same_object,
    };
    if same_object && same_facility {
        return Ok(false);
    }
    let kept_object = order.object_id.map(|id| objects::find(tx, id)).transpose()?;
    let kept_facility = match &order.facility_no {
        Some(number) => Some(facilities::of(tx, customer, number)?),
        None => None,
    };
    let object = match &ends.object {
        Cell::Value(object) => Some(object),
        Cell::Clear => None,
        Cell::Absent | Cell::Blank => kept_object.as_ref(),
    };
    let spot = match (&ends.facility, object, &kept_facility) {
        (Cell::Value(facility), _, _) => Spot::At(facility),
        (Cell::Clear, _, _) => Spot::Unattached,
        (_, Some(_), _) => Spot::OfItsObject,
        (_, None, Some(facility)) => Spot::At(facility),
        (_, None, None) => Spot::Unattached,
    };
    orders::relocate(tx, order, spot, object).map_err(|error| refused(row, error))
}

fn find(
    tx: &Tx,
    row: &Row,
    customer: &Reached<Customer>,
    number: Option<&Number>,
) -> Result<Option<Reached<Order>>, Refusal> {
    let by_number = number.map(|number| orders::lookup(tx, number)).transpose()?.flatten();
    let mut known = by_number;
    if let Some(id) = external_id(row)?
        && known.as_ref().is_none_or(|order| order.card.external_id.as_ref() != Some(&id))
        && let Some(other) = orders::lookup_external(tx, &id)?
    {
        // Only a row without a number is found by its external id alone: numbers do not change.
        if number.is_some() {
            return Err(taken_id(row, &id, "order", &other.number));
        }
        known = Some(other);
    }
    match known {
        Some(order) if order.customer_id != customer.id => {
            let why = format!("order {} belongs to customer {}", order.number, order.customer_no);
            Err(Refusal::of(row, "customer_no", Error::conflict(why)))
        }
        known => Ok(known),
    }
}

fn its_status(tx: &Tx, row: &Row) -> Result<Option<Reached<Status>>, Refusal> {
    named(row, "status", |name| statuses::find_by_name(tx, name))
}

fn priority(tx: &Tx, row: &Row) -> Result<Option<Reached<Priority>>, Refusal> {
    named(row, "priority", |name| priorities::find_by_name(tx, name))
}

/// Something of the group's own list, named in a column that cannot be emptied.
fn named<T>(
    row: &Row,
    column: &str,
    find: impl FnOnce(&Line) -> crate::error::Result<T>,
) -> Result<Option<T>, Refusal> {
    match row.text(column) {
        Cell::Absent | Cell::Blank => Ok(None),
        _ => {
            let name = row.required(column, Line::parse)?;
            find(&name).map(Some).map_err(|error| Refusal::of(row, column, error))
        }
    }
}

/// An order is refused for what it says, or for its customer.
fn refused(row: &Row, error: Error) -> Refusal {
    let column = match error.field() {
        Some("number") => "order_no",
        Some("facility") => "facility_no",
        Some("object") => "object_no",
        Some("planned_to") => "planned_to",
        Some("external_id") => "external_id",
        _ => "customer_no",
    };
    Refusal::of(row, column, error)
}

fn card(row: &Row, kept: Option<&OrderCard>) -> Result<OrderCard, Problem> {
    let title = must(row, "title", kept.map(|card| card.title.clone()))?;
    let kept = kept.cloned().unwrap_or_else(|| OrderCard::titled(title.clone()));
    Ok(OrderCard {
        title,
        kind: status(row, "kind")?.unwrap_or(kept.kind),
        description: over(row, "description", kept.description)?,
        planned_from: row.moment("planned_from")?.over(kept.planned_from),
        planned_to: row.moment("planned_to")?.over(kept.planned_to),
        reference: over(row, "reference", kept.reference)?,
        site_contact: over(row, "site_contact", kept.site_contact)?,
        site_phone: over(row, "site_phone", kept.site_phone)?,
        cost: row.amount("cost")?.map(Cost).over(kept.cost),
        external_id: over(row, "external_id", kept.external_id)?,
    })
}
