//! New orders: numbered, placed, given their first status, told of.

use super::book_store::{made, places};
use super::{Book, Order, OrderCard};
use crate::access::{Need, Permission, Right, Side};
use crate::clock::Moment;
use crate::contacts::Contact;
use crate::db::named;
use crate::db::{Change, Entry, Reached, WriteTx, Writer};
use crate::error::{Error, Kind, Result};
use crate::facilities::Facility;
use crate::groups::prefix_of;
use crate::ids::{ContactId, FacilityId, OrderId};
use crate::notices::{self, Doer, Happening, Tell};
use crate::objects::{Object, ObjectStatus};
use crate::orders::Choice;
use crate::outbox::notice::About;
use crate::priorities::{self, Priority};
use crate::staff::Staff;
use crate::statuses::{self, Status};
use crate::text::{Number, Prefix};

/// The last part of the address of the form for new orders, which hides an order of that number.
const NEW: &str = "new";

/// Who may write a new order.
pub(super) const CREATE: Need = Need::either(Permission::OrderCreate, Right::Orders);

/// Takes a prefix for a customer that has none, unless another customer of the group has it.
const CLAIM: Change = Change::new(
    "
    UPDATE customers
       SET prefix = :prefix
     WHERE group_id = :group
       AND id = :customer
       AND NOT EXISTS (SELECT 1 FROM customers other WHERE other.group_id = :group AND other.prefix = :prefix)",
);

const COUNT: Change = Change::new(
    "UPDATE customers SET last_order = last_order + 1 WHERE group_id = :group AND id = :customer RETURNING last_order",
);

// A number that is taken already leaves nothing behind, and the next one is tried.
const INSERT: Change = Change::new(
    "
    INSERT INTO orders
       (group_id, customer_id, facility_id, object_id, contact_id, number, kind, title, description, status_id, stage,
        priority_id, planned_from, planned_to, due_at, reference, site_contact, site_phone, cost, external_id, access_id,
        search, created_at, changed_at, closed_at)
    VALUES
       (:group, :customer, :facility, :object,
        coalesce(:contact, (SELECT a.contact_id FROM accesses a WHERE a.id = :actor)),
        :number, :kind, :title, :description, :status, :stage, :priority, :planned_from, :planned_to, :due_at, :reference,
        :site_contact, :site_phone, :cost, :external_id, CASE WHEN :actor > 0 THEN :actor END, :search, :created_at, :now,
        :closed_at)
    ON CONFLICT (group_id, number) DO NOTHING
    RETURNING id",
);

pub(super) const ASSIGN: Change =
    Change::new("INSERT INTO order_staff (group_id, order_id, staff_id) VALUES (:group, :order, :staff)");

/// Where an order is to be done.
#[derive(Clone, Copy, Debug, Default)]
pub enum Spot<'a> {
    /// Where its object stands, or at no facility if it has none.
    #[default]
    OfItsObject,
    /// At no facility.
    Unattached,
    /// At this facility.
    At(&'a Reached<Facility>),
    /// At this one of the places that somebody was offered.
    Chosen(&'a Reached<Choice>),
}

/// A new order, before it has a number.
#[derive(Clone, Debug)]
pub struct OrderDraft<'a> {
    /// What is said about it.
    pub card: OrderCard,
    /// Where it is to be done.
    pub spot: Spot<'a>,
    /// On which machine.
    pub object: Option<&'a Reached<Object>>,
    /// The person it is assigned to. An order that a user writes is assigned to that user's contact.
    pub contact: Option<&'a Reached<Contact>>,
    /// Who does the work.
    pub technicians: &'a [Reached<Staff>],
    /// In which status it begins, if not in the group's default.
    pub status: Option<&'a Reached<Status>>,
    /// How soon it must be done, if not as soon as the group's default says.
    pub priority: Option<&'a Reached<Priority>>,
    /// The number that another program gave it.
    pub number: Option<Number>,
    /// When it came, if not now.
    pub created_at: Option<Moment>,
    /// When it was closed, if it is closed and that was not now.
    pub closed_at: Option<Moment>,
    /// Whether anybody hears of it by mail.
    pub tell: Tell,
}

impl OrderDraft<'_> {
    /// An order with what is said about it, and the group's defaults for the rest.
    pub fn new(card: OrderCard) -> Self {
        Self {
            card,
            spot: Spot::default(),
            object: None,
            contact: None,
            technicians: &[],
            status: None,
            priority: None,
            number: None,
            created_at: None,
            closed_at: None,
            tell: Tell::Everybody,
        }
    }
}

/// Writes a new order into a customer's book.
///
/// A facility that is not the object's is refused, and so is a closed customer. What only staff decide (status,
/// contact, technicians, cost, plans, numbers and dates) is refused from a user, and so is work at a place or on a machine
/// that is in use no more.
pub fn create(tx: &WriteTx, book: &Reached<Book>, draft: &OrderDraft) -> Result<Reached<Order>> {
    if book.is_closed {
        return Err(Error::conflict(format!("customer {} is closed and gets no new orders", book.customer_no))
            .tip(format!("open it again with: frontdesk customer open {}", book.customer_no)));
    }
    draft.card.check()?;
    if draft.number.as_ref().is_some_and(|number| number.as_str() == NEW) {
        return Err(Error::invalid(
            "number",
            format!("'{NEW}' cannot be the number of an order: its page would be the form"),
        )
        .tip("give another number, or none and it gets the next one"));
    }
    let is_customers = tx.actor().side() == Side::Customer;
    if is_customers && draft.is_more_than_a_wish() {
        return Err(Error::denied("a customer's order says what is wanted, not how it is done"));
    }
    let facility = place(book, draft.spot, draft.object)?;
    if facility.is_none() && !book.unattached {
        return Err(Error::invalid(
            "facility",
            "an order needs a facility here: those without one are not shared with you",
        )
        .tip("choose one of the facilities"));
    }
    if is_customers {
        in_use(tx, facility, draft.object)?;
    }
    if let Some(contact) = draft.contact {
        same_customer("contact", &contact.card.name, contact.customer_id == book.customer_id, &book.customer_no)?;
    }
    draft.technicians.iter().try_for_each(|technician| technician.takes_work())?;
    let default;
    let status = match draft.status {
        Some(status) => status,
        None => {
            default = statuses::default_of(tx)?;
            &default
        }
    };
    let usual;
    let priority = match draft.priority {
        Some(priority) => priority,
        None => {
            usual = priorities::default_of(tx)?;
            &usual
        }
    };
    tx.change(CREATE, |w| {
        let created_at = draft.created_at.unwrap_or(tx.now());
        let new = New {
            book,
            draft,
            facility,
            status,
            priority,
            created_at,
            closed_at: status.stage.is_closed().then(|| draft.closed_at.unwrap_or(tx.now())),
        };
        let (id, number) = new.write(w)?;
        for technician in draft.technicians {
            w.run(&ASSIGN, named! { ":order": id, ":staff": technician.id })?;
        }
        super::status_store::remember(w, id, status, None, Some(created_at))?;
        let order = made(tx, id)?;
        if draft.tell == Tell::Everybody {
            let happening = Happening::Created { text: order.card.description.clone() };
            notices::tell(tx, w, About::Order(id), &happening, Doer::Actor)?;
        }
        Ok((order, Entry::about::<Order>(id.0, number.as_str(), "order.created").after(&draft.card)))
    })
}

impl OrderDraft<'_> {
    fn is_more_than_a_wish(&self) -> bool {
        let card = &self.card;
        self.status.is_some()
            || self.contact.is_some()
            || self.number.is_some()
            || self.created_at.is_some()
            || self.closed_at.is_some()
            || self.tell == Tell::Nobody
            || !self.technicians.is_empty()
            || card.cost.is_some()
            || card.planned_from.is_some()
            || card.planned_to.is_some()
            || card.external_id.is_some()
    }
}

/// Whether work can be ordered there by a customer. Staff may still write down what is left to do.
fn in_use(tx: &WriteTx, facility: Option<FacilityId>, object: Option<&Reached<Object>>) -> Result<()> {
    if let Some(object) = object.filter(|object| object.status == ObjectStatus::Retired) {
        return Err(Error::conflict(format!("object {} is retired and gets no new orders", object.number)).at("object"));
    }
    match facility {
        Some(id) if !places(tx)?.iter().any(|place| place.id == id) => {
            Err(Error::conflict("this facility is closed and gets no new orders").at("facility"))
        }
        _ => Ok(()),
    }
}

/// Everything that is decided about an order when its row is written.
struct New<'a> {
    book: &'a Reached<Book>,
    draft: &'a OrderDraft<'a>,
    facility: Option<FacilityId>,
    status: &'a Reached<Status>,
    priority: &'a Reached<Priority>,
    created_at: Moment,
    closed_at: Option<Moment>,
}

impl New<'_> {
    /// Writes the row under the number it came with, or under the customer's next free one.
    fn write(&self, w: &Writer) -> Result<(OrderId, Number)> {
        if let Some(number) = &self.draft.number {
            return match self.insert(w, number)? {
                Some(id) => Ok((id, number.clone())),
                None => Err(Error::conflict(format!("order '{number}' exists already"))),
            };
        }
        let prefix = self.prefix(w)?;
        loop {
            let count =
                w.returning(&COUNT, named! { ":customer": self.book.customer_id }, |row| row.get::<_, i64>(0))?;
            let count = count.ok_or_else(|| Error::not_found("customer", &self.book.customer_no))?;
            let number = Number::parse(&format!("{}-{prefix}-{count:04}", self.book.group_prefix))?;
            if let Some(id) = self.insert(w, &number)? {
                return Ok((id, number));
            }
        }
    }

    /// The customer's prefix. One that nobody chose is made from the name when the first order is written, unlike
    /// those of all other customers, and stays.
    fn prefix(&self, w: &Writer) -> Result<Prefix> {
        if let Some(prefix) = &self.book.prefix {
            return Ok(prefix.clone());
        }
        let stem = prefix_of(self.book.customer.as_str());
        let mut turn = 1;
        loop {
            let candidate = if turn == 1 { stem.clone() } else { Prefix::parse(&format!("{stem}{turn}"))? };
            if w.run(&CLAIM, named! { ":customer": self.book.customer_id, ":prefix": candidate })? > 0 {
                return Ok(candidate);
            }
            turn += 1;
        }
    }

    fn insert(&self, w: &Writer, number: &Number) -> Result<Option<OrderId>> {
        let card = &self.draft.card;
        let contact: Option<ContactId> = self.draft.contact.map(|contact| contact.id);
        let written = w.returning(
            &INSERT,
            named! {
                ":customer": self.book.customer_id, ":facility": self.facility,
                ":object": self.draft.object.map(|object| object.id), ":contact": contact, ":number": number,
                ":kind": card.kind, ":title": card.title, ":description": card.description, ":status": self.status.id,
                ":stage": self.status.stage, ":priority": self.priority.id, ":planned_from": card.planned_from,
                ":planned_to": card.planned_to, ":due_at": self.priority.due_after(self.created_at),
                ":reference": card.reference, ":site_contact": card.site_contact, ":site_phone": card.site_phone,
                ":cost": card.cost.map(|cost| cost.0), ":external_id": card.external_id, ":search": card.search(number),
                ":created_at": self.created_at, ":closed_at": self.closed_at,
            },
            |row| row.get(0),
        );
        written.map_err(|error| taken(error, card))
    }
}

/// The facility of an order: the one that was named, or the object's. The two must not differ.
pub(super) fn place(book: &Reached<Book>, spot: Spot, object: Option<&Reached<Object>>) -> Result<Option<FacilityId>> {
    if let Some(object) = object {
        same_customer("object", &object.number, object.customer_id == book.customer_id, &book.customer_no)?;
    }
    let named = match spot {
        Spot::OfItsObject => return Ok(object.and_then(|object| object.facility_id)),
        Spot::Unattached => None,
        Spot::At(facility) => {
            same_customer("facility", &facility.number, facility.customer_id == book.customer_id, &book.customer_no)?;
            Some((facility.id, &facility.number))
        }
        Spot::Chosen(choice) => {
            same_customer("facility", &choice.number, choice.customer_id == book.customer_id, &book.customer_no)?;
            Some((choice.id, &choice.number))
        }
    };
    match object {
        Some(object) if object.facility_id != named.map(|(id, _)| id) => {
            Err(elsewhere(object, named.map(|(_, no)| no)))
        }
        _ => Ok(named.map(|(id, _)| id)),
    }
}

fn elsewhere(object: &Object, named: Option<&Number>) -> Error {
    let stands = match &object.facility_no {
        Some(number) => format!("object {} stands at facility {number}", object.number),
        None => format!("object {} belongs to no facility", object.number),
    };
    let wanted = named.map_or_else(|| "at none".to_owned(), |number| format!("at {number}"));
    Error::conflict(format!("{stands}, so its order cannot be {wanted}"))
        .at("facility")
        .tip(format!("leave the facility out, or move the object with: frontdesk object move {}", object.number))
}

pub(super) fn same_customer(noun: &str, label: impl std::fmt::Display, is_same: bool, customer: &Number) -> Result<()> {
    if is_same {
        Ok(())
    } else {
        Err(Error::conflict(format!("{noun} {label} is not one of customer {customer}")).at(noun))
    }
}

pub(super) fn taken(error: Error, card: &OrderCard) -> Error {
    match (error.kind(), &card.external_id) {
        (Kind::Conflict, Some(external)) => {
            Error::conflict(format!("another order has the external id '{external}'")).at("external_id")
        }
        _ => error,
    }
}
