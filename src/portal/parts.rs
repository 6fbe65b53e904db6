//! What the nouns show on each other's pages: sections, each with its heading, in the order in which they are read.

use maud::Markup;

use super::ui::layout::Frame;
use super::visit::Visit;
use super::{documents, readings, selfchecks, views};
use crate::customers::Customer;
use crate::db::{Reached, Tx};
use crate::documents::On;
use crate::error::Result;
use crate::facilities::Facility;
use crate::objects::Object;
use crate::orders::Order;
use crate::selfchecks::On as Checked;

/// On an order.
pub(super) fn of_order(visit: &Visit, tx: &Tx, order: &Reached<Order>, frame: &Frame) -> Result<Vec<Markup>> {
    let checks = selfchecks(visit, tx, Checked::Order(order), frame)?;
    gather([checks, documents(visit, tx, On::Order(order), frame)?])
}

/// On an object, above what it is made of: what one comes for with a reading in one's hand.
pub(super) fn first_of_object(visit: &Visit, tx: &Tx, object: &Reached<Object>, frame: &Frame) -> Result<Vec<Markup>> {
    let readings = readings::part(visit, tx, object)?;
    gather([readings.map(|part| views::readings::part(frame, &part))])
}

/// On an object, below everything else.
pub(super) fn of_object(visit: &Visit, tx: &Tx, object: &Reached<Object>, frame: &Frame) -> Result<Vec<Markup>> {
    let checks = selfchecks(visit, tx, Checked::Object(object), frame)?;
    gather([checks, documents(visit, tx, On::Object(object), frame)?])
}

/// On a facility.
pub(super) fn of_facility(visit: &Visit, tx: &Tx, facility: &Reached<Facility>, frame: &Frame) -> Result<Vec<Markup>> {
    gather([documents(visit, tx, On::Facility(facility), frame)?])
}

/// On the customer itself.
pub(super) fn of_customer(visit: &Visit, tx: &Tx, customer: &Reached<Customer>, frame: &Frame) -> Result<Vec<Markup>> {
    gather([documents(visit, tx, On::Customer(customer), frame)?])
}

fn documents(visit: &Visit, tx: &Tx, on: On, frame: &Frame) -> Result<Option<Markup>> {
    Ok(documents::part(visit, tx, on)?.map(|part| views::documents::part(frame, &part)))
}

fn selfchecks(visit: &Visit, tx: &Tx, on: Checked, frame: &Frame) -> Result<Option<Markup>> {
    Ok(selfchecks::part(visit, tx, on)?.map(|part| views::selfchecks::part(frame, &part)))
}

fn gather<const N: usize>(parts: [Option<Markup>; N]) -> Result<Vec<Markup>> {
    Ok(parts.into_iter().flatten().collect())
}
