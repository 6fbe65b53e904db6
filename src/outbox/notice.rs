//! Notices: mails that tell somebody of what happened, and what is remembered of each until it leaves.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::event::Event;
use crate::ids::{ContactId, CustomerId, DocumentId, FacilityId, ObjectId, OrderId, StaffId};
use crate::outbox::Post;
use crate::outbox::letter::{Letter, OrderFacts};
use crate::text::Line;

/// Seconds in which everything that happens to one order becomes one mail (product.md, 2.5).
pub const GATHER: i64 = 120;

/// So many pieces of news a mail takes; what comes after them begins another.
pub(super) const MOST: usize = 50;

/// Who reads a notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reader {
    /// A person at a customer.
    Contact {
        /// At which.
        customer: CustomerId,
        /// Who.
        id: ContactId,
    },
    /// A person at the company.
    Staff(StaffId),
    /// The company's own address.
    Office,
}

/// On what something happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// An order.
    Order(OrderId),
    /// A machine.
    Object(ObjectId),
    /// A place.
    Facility(FacilityId),
    /// A customer itself.
    Customer(CustomerId),
}

/// What a part of a notice tells of: enough to ask again, before it leaves, whether its reader may be told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Trace {
    /// What happened.
    pub event: Event,
    /// The company's name of the status that an order got, if that is what happened.
    pub status: Option<Line>,
    /// On what.
    pub about: About,
    /// The files it tells of.
    pub documents: Vec<DocumentId>,
    /// Whether it is the receipt of its reader's own act.
    pub is_own: bool,
    /// Whether its reader could open it when it happened.
    pub opens: bool,
}

/// With what a notice leaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bundle {
    /// Alone and at once.
    Alone,
    /// With all that happens to an order within [`GATHER`] seconds.
    Order {
        /// The order.
        id: OrderId,
        /// What the mail says of it.
        facts: Box<OrderFacts>,
    },
    /// With all of the day at one customer.
    Daily {
        /// When the day's mail leaves.
        at: Moment,
        /// The day by which it is called.
        day: Date,
        /// The customer.
        customer: Line,
    },
}

/// A letter that tells somebody of what happened.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Who reads it.
    pub reader: Reader,
    /// How they are called.
    pub person: Line,
    /// The letter.
    pub post: Post,
    /// What it tells of.
    pub trace: Trace,
    /// With what it leaves.
    pub bundle: Bundle,
}

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contact { id, .. } => write!(f, "contact {id}"),
            Self::Staff(id) => write!(f, "staff {id}"),
            Self::Office => f.write_str("office"),
        }
    }
}

impl Notice {
    /// The name under which more may be put into the same mail; nothing where it leaves alone.
    pub(super) fn key(&self) -> Option<String> {
        match &self.bundle {
            Bundle::Alone => None,
            Bundle::Order { id, .. } => Some(format!("{} order {id}", self.reader)),
            Bundle::Daily { .. } => Some(format!("{} daily", self.reader)),
        }
    }

    /// The letter of the mail that begins with it.
    pub(super) fn first(&self) -> Letter {
        match &self.bundle {
            Bundle::Alone | Bundle::Order { .. } => self.post.letter.clone(),
            Bundle::Daily { .. } => self.several(Vec::new()),
        }
    }

    /// The letter of a mail in which others stand before it.
    pub(super) fn after(&self, before: Letter) -> Letter {
        match before {
            Letter::OrderNews { letters, .. } | Letter::Digest { letters, .. } => self.several(letters),
            single => self.several(vec![single]),
        }
    }

    fn several(&self, mut letters: Vec<Letter>) -> Letter {
        letters.push(self.post.letter.clone());
        let person = self.person.clone();
        match &self.bundle {
            Bundle::Alone => self.post.letter.clone(),
            Bundle::Order { facts, .. } => Letter::OrderNews { person, order: OrderFacts::clone(facts), letters },
            Bundle::Daily { day, customer, .. } => {
                Letter::Digest { person, customer: customer.clone(), day: *day, letters }
            }
        }
    }
}
