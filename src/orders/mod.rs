//! Orders: the work a customer asks for, from the first word to the last, with everything said about it.

mod assign_store;
mod audience_store;
mod book_store;
mod change_store;
mod comment_store;
mod create_store;
mod export_store;
mod facts;
mod note_store;
mod pipeline;
mod pipeline_store;
mod place_store;
mod status_store;
mod store;
mod take_back_store;
#[cfg(test)]
mod tests;
mod wording;

use serde::{Deserialize, Serialize, Serializer};

pub use assign_store::{assign, assign_contact, unassign};
pub use audience_store::{Listener, audience};
use book_store::book_of;
pub use book_store::{Machine, book, machines, made, may_order, own_book, places, receipt};
pub use change_store::{delete, relocate, set, set_priority};
pub use comment_store::{comment, comment_in, comment_of, comments, may_comment};
pub use create_store::{OrderDraft, Spot, create};
pub use export_store::{EXPORTED, ExportRow, export};
pub use facts::{Cost, Technician};
pub use note_store::{Note, note, notes};
pub use pipeline::{BOARD_DAYS, Choice, Column, PipelineFilter, Sort};
pub use pipeline_store::{board, choice_of, choices, counts, page};
pub use place_store::{OpenAt, OpenOrders, open_at, open_at_places, open_on};
pub use status_store::{Step, cancel, history, reopen, set_status};
pub use store::{find, list, lookup, lookup_external, named};
pub use take_back_store::take_back_status;
pub use wording::worded;

use crate::access::Side;
use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::{AccessId, CommentId, ContactId, CustomerId, FacilityId, ObjectId, OrderId, PriorityId, StatusId};
use crate::stage::Stage;
use crate::text::{Email, Line, Number, Prefix, Prose, Zone, fold, vocabulary};

vocabulary! {
    /// What sort of order it is.
    OrderKind, "kind of order" {
        /// Something is to be done.
        Work = "work",
        /// Something is due, such as a yearly service.
        Service = "service",
    }
}
crate::db::text_columns!(OrderKind);

/// An order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Order {
    /// Its row.
    #[serde(skip)]
    pub id: OrderId,
    /// Its number, which it keeps for ever.
    #[serde(rename = "order_no")]
    pub number: Number,
    /// Whose it is.
    #[serde(skip)]
    pub customer_id: CustomerId,
    /// The number of its customer.
    pub customer_no: Number,
    /// The name of its customer.
    pub customer: Line,
    /// What was said about it.
    #[serde(flatten)]
    pub card: OrderCard,
    /// Where the work is; without a facility the order is unattached.
    #[serde(skip)]
    pub facility_id: Option<FacilityId>,
    /// The number of that facility.
    pub facility_no: Option<Number>,
    /// The name of that facility.
    pub facility: Option<Line>,
    /// The zone of its clocks, if not the group's.
    #[serde(skip)]
    pub facility_zone: Option<Zone>,
    /// The machine it is about, if its reader reaches that.
    #[serde(skip)]
    pub object_id: Option<ObjectId>,
    /// The number of that machine.
    pub object_no: Option<Number>,
    /// The name of that machine.
    pub object: Option<Line>,
    /// The status it has.
    #[serde(skip)]
    pub status_id: StatusId,
    /// The name of that status, in the company's words.
    pub status: Line,
    /// How far it is, as customers see it.
    pub stage: Stage,
    /// The priority it has.
    #[serde(skip)]
    pub priority_id: PriorityId,
    /// The name of that priority.
    pub priority: Line,
    /// Whether somebody should call instead of waiting.
    pub emergency: bool,
    /// When it came.
    pub created_at: Moment,
    /// When something about it changed last.
    pub changed_at: Moment,
    /// When it was done or cancelled.
    pub closed_at: Option<Moment>,
    /// When it is overdue.
    pub due_at: Option<Moment>,
    /// Whether that moment is past and the work is still open.
    pub overdue: bool,
    /// Who does the work, by login.
    pub technicians: Vec<Technician>,
    /// The person at the customer it is assigned to.
    pub contact: Option<Person>,
}

/// What can be said and changed about an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderCard {
    /// What is wanted, in a line.
    pub title: Line,
    /// What sort of order it is.
    pub kind: OrderKind,
    /// What is wanted, at length.
    pub description: Option<Prose>,
    /// When somebody comes.
    pub planned_from: Option<Moment>,
    /// When they are done, as far as one can plan it.
    pub planned_to: Option<Moment>,
    /// The customer's own name for it.
    pub reference: Option<Line>,
    /// Whom to ask where the work is.
    pub site_contact: Option<Line>,
    /// The number under which they answer.
    pub site_phone: Option<Line>,
    /// What it costs the company. Only staff read it: for users it is empty.
    pub cost: Option<Cost>,
    /// What another program calls it.
    pub external_id: Option<Line>,
}

/// A contact as an order names them.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Their row.
    pub id: ContactId,
    /// Their name.
    pub name: Line,
    /// Their address, if they have one.
    pub email: Option<Email>,
}

/// A customer's order book: what is needed to write a new order into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The number of the customer.
    pub customer_no: Number,
    /// The name of the customer.
    pub customer: Line,
    /// What the group's order numbers begin with.
    pub group_prefix: Prefix,
    /// What the customer's order numbers carry after it, once it was chosen.
    pub prefix: Option<Prefix>,
    /// Whether the customer gets no new orders.
    pub is_closed: bool,
    /// Whether its actor reaches what belongs to no facility.
    pub unattached: bool,
}

/// Which orders a list is about; nothing named means all in reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrderFilter {
    /// Whose.
    pub customer: Option<CustomerId>,
    /// Where.
    pub facility: Option<FacilityId>,
    /// On which machine.
    pub object: Option<ObjectId>,
    /// Assigned to which person at the customer.
    pub contact: Option<ContactId>,
    /// How far.
    pub stage: Option<Stage>,
    /// In which status.
    pub status: Option<StatusId>,
    /// Of what sort.
    pub kind: Option<OrderKind>,
    /// Assigned to which member of staff.
    pub assigned: Option<crate::ids::StaffId>,
    /// Only those that are overdue.
    pub overdue: bool,
    /// Only those that are neither done nor cancelled.
    pub open: bool,
    /// Words to be found in number, title, description, reference, facility or object.
    pub search: Option<String>,
    /// At most so many, the newest first.
    pub limit: Option<u32>,
}

/// Something said on an order, which its customer reads.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comment {
    /// Its row.
    pub id: CommentId,
    /// The comment it answers.
    pub answers: Option<CommentId>,
    /// Who speaks: the company or the customer.
    pub side: Side,
    /// The name of whoever wrote it.
    pub author: Line,
    /// With which access, if they are at the customer.
    #[serde(skip)]
    pub access: Option<AccessId>,
    /// What was written.
    pub text: Prose,
    /// When.
    pub at: Moment,
}

impl OrderCard {
    /// Work with nothing but a title.
    pub fn titled(title: Line) -> Self {
        Self {
            title,
            kind: OrderKind::Work,
            description: None,
            planned_from: None,
            planned_to: None,
            reference: None,
            site_contact: None,
            site_phone: None,
            cost: None,
            external_id: None,
        }
    }

    /// What a search looks through, beside the names of facility and object.
    fn search(&self, number: &Number) -> String {
        let words = [number.as_str(), self.title.as_str()].into_iter();
        let description = self.description.as_ref().map(Prose::as_str);
        let reference = self.reference.as_ref().map(Line::as_str);
        fold(&words.chain(description).chain(reference).collect::<Vec<_>>().join(" "))
    }

    /// Nobody leaves before they came.
    fn check(&self) -> crate::error::Result<()> {
        match (self.planned_from, self.planned_to) {
            (Some(from), Some(to)) if to < from => Err(crate::error::Error::invalid(
                "planned_to",
                format!("the work would end at {to}, before it begins at {from}"),
            )),
            _ => Ok(()),
        }
    }
}

impl Subject for Order {
    const NOUN: &'static str = "order";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.number.to_string()
    }
}

impl Subject for Book {
    const NOUN: &'static str = "order book";
    fn row(&self) -> i64 {
        self.customer_id.0
    }
    fn label(&self) -> String {
        self.customer_no.to_string()
    }
}

impl Subject for Comment {
    const NOUN: &'static str = "comment";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.id.to_string()
    }
}

impl Serialize for Person {
    /// The address, by which commands name a person, or the name of one who has none.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.email.as_ref().map_or(self.name.as_str(), Email::as_str))
    }
}
