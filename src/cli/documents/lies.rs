//! What a document lies on, as flags name it.

use clap::Args;

use crate::cli::selfchecks::Id;
use crate::cli::{named, orders as work, usage};
use crate::contacts::Contact;
use crate::customers::Customer;
use crate::db::{Reached, Tx};
use crate::documents::{Document, DocumentFilter, On};
use crate::error::Result;
use crate::facilities::Facility;
use crate::objects::Object;
use crate::orders::Order;
use crate::selfchecks::{self, Point, Selfcheck};
use crate::text::{Email, Number, Ref};

/// What documents lie on.
#[derive(Args, Debug)]
pub(super) struct Lies {
    /// On this order
    #[arg(long, group = "thing")]
    order: Option<Ref<Number>>,
    /// On this object
    #[arg(long, group = "thing")]
    object: Option<Ref<Number>>,
    /// On this facility
    #[arg(long, group = "thing")]
    facility: Option<Ref<Number>>,
    /// On this person, by address
    #[arg(long, group = "thing", value_name = "EMAIL")]
    contact: Option<Ref<Email>>,
    /// On this self-check, by its number in `selfcheck list`
    #[arg(long, group = "thing")]
    selfcheck: Option<Id>,
    /// On this customer; with another of these flags: whose that is
    #[arg(long)]
    customer: Option<Ref<Number>>,
}

/// What was found by the flags.
pub(super) enum Found {
    Order(Box<Reached<Order>>),
    Object(Reached<Object>),
    Facility(Reached<Facility>),
    Contact(Reached<Contact>),
    Customer(Reached<Customer>),
    Selfcheck(Box<Reached<Selfcheck>>, Option<Reached<Point>>),
}

impl Lies {
    /// The one thing that was named.
    pub(super) fn find(&self, tx: &Tx) -> Result<Found> {
        let customer = named::customer(tx, self.customer.as_ref())?;
        match self.narrow(tx, customer.as_ref())? {
            Some(found) => Ok(found),
            None => customer.map(Found::Customer).ok_or_else(|| {
                usage("nothing was named that the document lies on")
                    .tip("add one of --order, --object, --facility, --contact, --selfcheck, --customer")
            }),
        }
    }

    /// The documents that lie there; a customer's are all of theirs.
    pub(super) fn filter(&self, tx: &Tx) -> Result<DocumentFilter> {
        let customer = named::customer(tx, self.customer.as_ref())?;
        let mut filter =
            DocumentFilter { customer: customer.as_ref().map(|customer| customer.id), ..DocumentFilter::default() };
        match self.narrow(tx, customer.as_ref())? {
            Some(Found::Order(order)) => filter.order = Some(order.id),
            Some(Found::Object(object)) => filter.object = Some(object.id),
            Some(Found::Facility(facility)) => filter.facility = Some(facility.id),
            Some(Found::Contact(contact)) => filter.contact = Some(contact.id),
            Some(Found::Selfcheck(check, _)) => filter.selfcheck = Some(check.id),
            Some(Found::Customer(_)) | None => {}
        }
        Ok(filter)
    }

    fn narrow(&self, tx: &Tx, customer: Option<&Reached<Customer>>) -> Result<Option<Found>> {
        if let Some(order) = &self.order {
            return work::find(tx, order).map(|order| Some(Found::Order(Box::new(order))));
        }
        if let Some(object) = &self.object {
            return named::object(tx, object, customer).map(|object| Some(Found::Object(object)));
        }
        if let Some(facility) = &self.facility {
            return named::facility(tx, facility, customer).map(|facility| Some(Found::Facility(facility)));
        }
        if let Some(Id(id)) = self.selfcheck {
            return Ok(Some(Found::Selfcheck(Box::new(selfchecks::find(tx, id)?), None)));
        }
        let Some(contact) = &self.contact else { return Ok(None) };
        named::contact(tx, contact, customer).map(|contact| Some(Found::Contact(contact)))
    }
}

impl Found {
    pub(super) fn on(&self) -> On<'_> {
        match self {
            Self::Order(order) => On::Order(order),
            Self::Object(object) => On::Object(object),
            Self::Facility(facility) => On::Facility(facility),
            Self::Contact(contact) => On::Contact(contact),
            Self::Customer(customer) => On::Customer(customer),
            Self::Selfcheck(check, point) => On::Selfcheck(check, point.as_ref()),
        }
    }

    /// A self-check narrowed to one of its points; anything else as it is.
    pub(super) fn at(self, tx: &Tx, position: Option<u32>) -> Result<Self> {
        match (self, position) {
            (Self::Selfcheck(check, _), Some(position)) => {
                let point = selfchecks::point(tx, &check, position)?;
                Ok(Self::Selfcheck(check, Some(point)))
            }
            (found, None) => Ok(found),
            (_, Some(position)) => {
                Err(usage(format!("--point {position} says where on a self-check, and none was named"))
                    .tip("add --selfcheck NUMBER"))
            }
        }
    }
}

/// What a document lies on, in a few words.
pub(super) fn said(document: &Document) -> String {
    let of = |noun: &str, name: &dyn std::fmt::Display| format!("{noun} {name}");
    if let Some(number) = &document.order_no {
        of("order", number)
    } else if let Some(number) = &document.object_no {
        of("object", number)
    } else if let Some(number) = &document.facility_no {
        of("facility", number)
    } else if let Some(contact) = &document.contact {
        of("contact", contact)
    } else if let Some(id) = document.selfcheck_id {
        of("self-check", &id)
    } else {
        of("customer", &document.customer_no)
    }
}
