//! What a document lies on.

use crate::contacts::Contact;
use crate::customers::Customer;
use crate::db::{Reached, Subject};
use crate::facilities::Facility;
use crate::ids::{CommentId, ContactId, CustomerId, FacilityId, ObjectId, PointId};
use crate::objects::Object;
use crate::orders::{Comment, Order};
use crate::outbox::notice::About;
use crate::selfchecks::{Point, Selfcheck};

/// What a document lies on; each was reached by whoever adds to it.
#[derive(Clone, Copy, Debug)]
pub enum On<'a> {
    /// An order.
    Order(&'a Reached<Order>),
    /// A comment of an order.
    Comment(&'a Reached<Order>, &'a Reached<Comment>),
    /// An object.
    Object(&'a Reached<Object>),
    /// A facility.
    Facility(&'a Reached<Facility>),
    /// A person at a customer.
    Contact(&'a Reached<Contact>),
    /// The customer itself.
    Customer(&'a Reached<Customer>),
    /// A self-check, or one point of it.
    Selfcheck(&'a Reached<Selfcheck>, Option<&'a Reached<Point>>),
}

impl<'a> On<'a> {
    pub(super) fn customer(&self) -> CustomerId {
        match self {
            Self::Order(order) | Self::Comment(order, _) => order.customer_id,
            Self::Object(object) => object.customer_id,
            Self::Facility(facility) => facility.customer_id,
            Self::Contact(contact) => contact.customer_id,
            Self::Customer(customer) => customer.id,
            Self::Selfcheck(check, _) => check.customer_id,
        }
    }

    pub(super) fn order(&self) -> Option<&'a Reached<Order>> {
        match self {
            Self::Order(order) | Self::Comment(order, _) => Some(order),
            _ => None,
        }
    }

    pub(super) fn comment(&self) -> Option<CommentId> {
        match self {
            Self::Comment(_, comment) => Some(comment.id),
            _ => None,
        }
    }

    pub(super) fn object(&self) -> Option<ObjectId> {
        match self {
            Self::Object(object) => Some(object.id),
            _ => None,
        }
    }

    pub(super) fn facility(&self) -> Option<FacilityId> {
        match self {
            Self::Facility(facility) => Some(facility.id),
            _ => None,
        }
    }

    pub(super) fn contact(&self) -> Option<ContactId> {
        match self {
            Self::Contact(contact) => Some(contact.id),
            _ => None,
        }
    }

    pub(super) fn selfcheck(&self) -> Option<&'a Reached<Selfcheck>> {
        match self {
            Self::Selfcheck(check, _) => Some(check),
            _ => None,
        }
    }

    pub(super) fn point(&self) -> Option<PointId> {
        match self {
            Self::Selfcheck(_, point) => point.map(|point| point.id),
            _ => None,
        }
    }

    /// What people are told of when something new lies on it; nothing where it is told of otherwise, or concerns one
    /// person.
    pub(super) fn about(&self) -> Option<About> {
        match self {
            Self::Order(order) => Some(About::Order(order.id)),
            Self::Object(object) => Some(About::Object(object.id)),
            Self::Facility(facility) => Some(About::Facility(facility.id)),
            Self::Customer(customer) => Some(About::Customer(customer.id)),
            Self::Comment(..) | Self::Contact(_) | Self::Selfcheck(..) => None,
        }
    }

    /// The noun and the name, as the audit keeps them.
    pub(super) fn said(&self) -> String {
        fn named<T: Subject>(subject: &Reached<T>) -> String {
            format!("{} {}", T::NOUN, subject.label())
        }
        match self {
            Self::Order(order) => named(order),
            Self::Comment(order, comment) => format!("{}, {}", named(order), named(comment)),
            Self::Object(object) => named(object),
            Self::Facility(facility) => named(facility),
            Self::Contact(contact) => named(contact),
            Self::Customer(customer) => named(customer),
            Self::Selfcheck(check, None) => named(check),
            Self::Selfcheck(check, Some(point)) => format!("{}, {}", named(check), named(point)),
        }
    }
}
