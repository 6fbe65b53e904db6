//! One thing that a run did is put back as it was, through the same functions by which staff change things.

use std::collections::HashSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::clock::Moment;
use crate::contacts;
use crate::customers;
use crate::db::{Reached, Tx, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::facilities;
use crate::ids::{ContactId, CustomerId, FacilityId, ObjectId, OrderId, ReadingId, UserId};
use crate::imports::hanging_store::{self, Bears};
use crate::imports::trail_store::{Step, last_about};
use crate::notices::Tell;
use crate::objects;
use crate::orders::{self, Spot};
use crate::priorities;
use crate::readings;
use crate::roles;
use crate::staff;
use crate::statuses;
use crate::text::{Line, Login, Number};
use crate::users::{self, Grant, Granting};

/// Puts back what one step did. Everything later of the same run was put back before.
///
/// A thing that is not as the step left it is a conflict, also when nobody knows who touched it.
pub(super) fn put_back(tx: &WriteTx, step: &Step) -> Result<()> {
    let done = match step.noun.as_str() {
        "customer" => customer(tx, step),
        "contact" => contact(tx, step),
        "facility" => facility(tx, step),
        "object" => object(tx, step),
        "order" => order(tx, step),
        "user" => account(tx, step),
        "reading" => reading(tx, step),
        _ => Err(unknown(step)),
    };
    done.map_err(|error| match error.kind() {
        // What the run left there is gone, or something it needs is.
        Kind::NotFound | Kind::Invalid => {
            Error::conflict(format!("{} {} cannot be put back: {}", step.noun, step.subject, error.message()))
        }
        _ => error,
    })
}

fn customer(tx: &WriteTx, step: &Step) -> Result<()> {
    let customer = customers::find(tx, CustomerId(step.subject_id))?;
    match step.action.as_str() {
        "customer.added" => free(tx, &customer).and_then(|()| customers::delete(tx, &customer)),
        "customer.changed" => {
            as_left(step, &customer.card)?;
            customers::set(tx, &customer, &kept(step)?).map(drop)
        }
        "customer.closed" | "customer.opened" => {
            as_left(step, &customer.status)?;
            customers::set_status(tx, &customer, kept(step)?).map(drop)
        }
        _ => Err(unknown(step)),
    }
}

fn contact(tx: &WriteTx, step: &Step) -> Result<()> {
    let contact = contacts::find(tx, ContactId(step.subject_id))?;
    match step.action.as_str() {
        "contact.added" => free(tx, &contact).and_then(|()| contacts::delete(tx, &contact)),
        "contact.changed" if step.before.get("roles").is_some() => {
            same(step, &step.after["roles"], &contacts::telling(tx, &contact)?.roles)?;
            let names: Vec<Line> = read(&step.before["roles"])?;
            let roles = names.iter().map(|name| roles::find_by_name(tx, name)).collect::<Result<Vec<_>>>()?;
            contacts::set_roles(tx, &contact, &roles).map(drop)
        }
        "contact.changed" if step.before.get("facilities").is_some() => {
            same(step, &step.after["facilities"], &contacts::telling(tx, &contact)?.facilities)?;
            let customer = customers::find(tx, contact.customer_id)?;
            let numbers: Vec<Number> = read(&step.before["facilities"])?;
            let facilities =
                numbers.iter().map(|number| facilities::of(tx, &customer, number)).collect::<Result<Vec<_>>>()?;
            contacts::set_facilities(tx, &contact, &facilities).map(drop)
        }
        "contact.changed" => {
            as_left(step, &contact.card)?;
            contacts::set(tx, &contact, &kept(step)?).map(drop)
        }
        _ => Err(unknown(step)),
    }
}

fn facility(tx: &WriteTx, step: &Step) -> Result<()> {
    let facility = facilities::find(tx, FacilityId(step.subject_id))?;
    match step.action.as_str() {
        "facility.added" => free(tx, &facility).and_then(|()| facilities::delete(tx, &facility)),
        "facility.changed" => {
            as_left(step, &facility.card)?;
            facilities::set(tx, &facility, &kept(step)?).map(drop)
        }
        "facility.closed" | "facility.opened" => {
            as_left(step, &facility.status)?;
            facilities::set_status(tx, &facility, kept(step)?).map(drop)
        }
        _ => Err(unknown(step)),
    }
}

fn object(tx: &WriteTx, step: &Step) -> Result<()> {
    let object = objects::find(tx, ObjectId(step.subject_id))?;
    match step.action.as_str() {
        "object.added" => free(tx, &object).and_then(|()| objects::delete(tx, &object)),
        "object.changed" => {
            as_left(step, &object.card)?;
            objects::set(tx, &object, &kept(step)?).map(drop)
        }
        "object.moved" => {
            as_left(step, &object.facility_no)?;
            let facility = named_facility(tx, object.customer_id, kept(step)?)?;
            objects::move_to(tx, &object, facility.as_ref()).map(drop)
        }
        "object.parent" => {
            as_left(step, &object.parent_no)?;
            let parent = named_object(tx, object.customer_id, kept(step)?)?;
            objects::part_of(tx, &object, parent.as_ref()).map(drop)
        }
        "object.retired" | "object.activated" => {
            as_left(step, &object.status)?;
            objects::set_status(tx, &object, kept(step)?).map(drop)
        }
        _ => Err(unknown(step)),
    }
}

fn order(tx: &WriteTx, step: &Step) -> Result<()> {
    let order = orders::find(tx, OrderId(step.subject_id))?;
    match step.action.as_str() {
        "order.created" => free(tx, &order).and_then(|()| orders::delete(tx, &order)),
        "order.changed" => {
            as_left(step, &order.card)?;
            orders::set(tx, &order, &kept(step)?, Tell::Nobody).map(drop)
        }
        "order.moved" => {
            as_left(step, &(&order.facility_no, &order.object_no))?;
            let (facility, object): (Option<Number>, Option<Number>) = kept(step)?;
            let facility = named_facility(tx, order.customer_id, facility)?;
            let object = named_object(tx, order.customer_id, object)?;
            let spot = facility.as_ref().map_or(Spot::Unattached, Spot::At);
            orders::relocate(tx, &order, spot, object.as_ref()).map(drop)
        }
        "order.status" => {
            same(step, &step.after[0], &order.status)?;
            let (status, closed_at): (Line, Option<Moment>) = kept(step)?;
            orders::take_back_status(tx, &order, &statuses::find_by_name(tx, &status)?, closed_at)
        }
        "order.priority" => {
            as_left(step, &order.priority)?;
            orders::set_priority(tx, &order, &priorities::find_by_name(tx, &kept(step)?)?).map(drop)
        }
        "order.assigned" | "order.unassigned" => {
            let left: HashSet<Login> = read(&step.after)?;
            let now: HashSet<Login> = order.technicians.iter().map(|one| one.login.clone()).collect();
            still(step, left == now)?;
            let kept: HashSet<Login> = read(&step.before)?;
            let of = |logins: &HashSet<Login>, others: &HashSet<Login>| {
                logins.difference(others).map(|login| staff::find(tx, login)).collect::<Result<Vec<_>>>()
            };
            orders::unassign(tx, &order, &of(&left, &kept)?)?;
            orders::assign(tx, &orders::find(tx, order.id)?, &of(&kept, &left)?).map(drop)
        }
        "order.contact" => {
            same(step, &step.after, &order.contact.as_ref().map(|person| &person.name))?;
            let before: Option<ContactId> = read(&step.before["id"])?;
            let contact = before.map(|id| contacts::find(tx, id)).transpose()?;
            orders::assign_contact(tx, &order, contact.as_ref()).map(drop)
        }
        _ => Err(unknown(step)),
    }
}

/// What was granted is granted no longer; a user who was made goes. Whoever was invited since was touched.
fn account(tx: &WriteTx, step: &Step) -> Result<()> {
    let user = users::find(tx, UserId(step.subject_id))?;
    if step.action == "user.added" {
        return users::delete(tx, &user);
    }
    let customer = customers::named(tx, &read(&step.after["customer_no"])?)?;
    let access = users::access_at(tx, &user, &customer)?
        .ok_or_else(|| Error::not_found("access", format!("{} to customer {}", user.email, customer.number)))?;
    match step.action.as_str() {
        "access.added" => users::delete_access(tx, &access),
        "access.changed" => {
            still(step, read::<Grant>(&step.after)? == access.grant)?;
            let Grant { permissions, facilities, all_facilities, unattached, until } = kept(step)?;
            let facilities =
                facilities.iter().map(|number| facilities::of(tx, &customer, number)).collect::<Result<Vec<_>>>()?;
            let what = Granting { permissions, facilities, all_facilities, unattached, until };
            users::grant(tx, &access, &what, true).map(drop)
        }
        _ => Err(unknown(step)),
    }
}

fn reading(tx: &WriteTx, step: &Step) -> Result<()> {
    let made = match step.action.as_str() {
        "reading.added" => &step.after,
        "reading.corrected" => &step.after[0],
        _ => return Err(unknown(step)),
    };
    let id: ReadingId = read(&made["id"])?;
    readings::take_back(tx, &readings::find(tx, id)?)
}

fn named_facility(
    tx: &Tx,
    customer: CustomerId,
    number: Option<Number>,
) -> Result<Option<Reached<facilities::Facility>>> {
    number.map(|number| facilities::of(tx, &customers::find(tx, customer)?, &number)).transpose()
}

fn named_object(tx: &Tx, customer: CustomerId, number: Option<Number>) -> Result<Option<Reached<objects::Object>>> {
    number.map(|number| objects::of(tx, &customers::find(tx, customer)?, &number)).transpose()
}

/// What was there before the step.
fn kept<T: DeserializeOwned>(step: &Step) -> Result<T> {
    read(&step.before)
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T> {
    T::deserialize(value).map_err(|cause| {
        Error::conflict("the audit holds something there that this frontdesk does not take").because(cause)
    })
}

/// Fails unless a thing is still as the step left it.
fn as_left(step: &Step, now: &impl Serialize) -> Result<()> {
    same(step, &step.after, now)
}

fn same(step: &Step, left: &Value, now: &impl Serialize) -> Result<()> {
    still(step, serde_json::to_value(now).is_ok_and(|now| now == *left))
}

fn still(step: &Step, is_as_left: bool) -> Result<()> {
    if is_as_left {
        return Ok(());
    }
    Err(Error::conflict(format!("{} {} is no longer as the run left it", step.noun, step.subject))
        .tip(format!("look at it with: frontdesk audit list --subject {}", quoted(&step.subject))))
}

/// Fails if anything hangs on a thing that is to go.
fn free<T: Bears>(tx: &Tx, thing: &Reached<T>) -> Result<()> {
    let Some(hanging) = hanging_store::on(tx, thing)? else { return Ok(()) };
    let since = match last_about(tx, &hanging.noun, hanging.id, &hanging.label)? {
        Some(last) => format!(" ({} by {} at {})", last.action, last.actor, last.at),
        None => String::new(),
    };
    let label = if hanging.label.contains(' ') { format!("'{}'", hanging.label) } else { hanging.label };
    Err(Error::conflict(format!("{} {} has {} {label}{since}", T::NOUN, thing.label(), hanging.noun))
        .tip("what hangs on it would go with it; remove that first, or repair the file and import it again"))
}

fn unknown(step: &Step) -> Error {
    Error::conflict(format!("what line {} of the audit tells ({}) cannot be put back", step.id, step.action))
}

/// A word as it is written in a command.
pub(super) fn quoted(word: &str) -> String {
    if word.contains([' ', '\'', '"']) { format!("'{}'", word.replace('\'', "'\\''")) } else { word.to_owned() }
}
