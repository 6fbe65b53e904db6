//! The facts that letters carry about orders, machines, places, self-checks and accesses; nothing internal.

use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::text::{Line, Number, Prose, vocabulary};

/// Acts that one mail tells at most.
pub const MOST_ACTS: usize = 50;

vocabulary! {
    /// What was done with a customer's account.
    AccountDeed, "deed" {
        Created = "created",
        AccessAdded = "access_added",
        AccessChanged = "access_changed",
        AccessDeleted = "access_deleted",
        AddressChanged = "address_changed",
        Changed = "changed",
        Invited = "invited",
        InvitationPrinted = "invitation_printed",
        Reset = "reset",
        ResetPrinted = "reset_printed",
        Unlocked = "unlocked",
        SignedOut = "signed_out",
        Disabled = "disabled",
        Enabled = "enabled",
        Deleted = "deleted",
        Other = "other",
    }
}

/// One act with a customer's account, by one of the company's people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AccountAct {
    /// When.
    pub at: Moment,
    /// Who did it.
    pub by: Line,
    /// What was done.
    pub deed: AccountDeed,
    /// The address of the account.
    pub on: Line,
    /// The number of the customer whose things it is about.
    pub customer: Option<Line>,
    /// What was given with it: permissions, facilities, an address, as commands name them.
    pub given: Vec<Line>,
    /// What was taken.
    pub taken: Vec<Line>,
    /// By which way it came, as the audit names it.
    pub via: Line,
}

vocabulary! {
    /// Who asked for a new password.
    AskedBy, "asker" {
        Themselves = "themselves",
        Company = "company",
    }
}

vocabulary! {
    /// What a customer did with an order that staff should know.
    News, "news" {
        Placed = "placed",
        Commented = "commented",
        Document = "document",
        Cancelled = "cancelled",
    }
}

vocabulary! {
    /// What happened to a self-check that the customer should know.
    SelfcheckNews, "news of a self-check" {
        /// It waits to be filled in.
        Added = "added",
        Signed = "signed",
        /// It can be filled in again.
        Reopened = "reopened",
    }
}

/// What a mail says about a self-check.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SelfcheckFacts {
    /// What it is called.
    pub title: Line,
    /// Whose it is.
    pub customer: Line,
    /// The order it lies on.
    pub order: Option<Number>,
    /// What that order is about.
    pub about: Option<Line>,
    /// The machine it lies on.
    pub object: Option<Line>,
    /// Where, unless it belongs to no facility.
    pub facility: Option<Line>,
    /// How many points it has.
    pub points: u32,
    /// How many of them are not as they should be.
    pub failed: u32,
    /// What is wrong there, a line for each of them.
    pub text: Option<Prose>,
}

/// What a mail says about an order; nothing internal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderFacts {
    /// `NK-FRO-0142`
    pub number: Number,
    /// What it is about.
    pub title: Line,
    /// Whose order it is.
    pub customer: Line,
    /// Where, unless it belongs to no facility.
    pub facility: Option<Line>,
    /// Which machine.
    pub object: Option<Line>,
    /// When somebody comes.
    pub planned: Option<Moment>,
    /// How soon it must be done, in the company's words.
    #[serde(default)]
    pub priority: Option<Line>,
    /// Whether that is an emergency.
    #[serde(default)]
    pub emergency: bool,
    /// The customer's own name for it.
    #[serde(default)]
    pub reference: Option<Line>,
    /// Whom to ask where the work is.
    #[serde(default)]
    pub site_contact: Option<Line>,
    /// The number under which they answer.
    #[serde(default)]
    pub site_phone: Option<Line>,
}

/// What a mail says about a machine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ObjectFacts {
    /// Its number.
    pub number: Number,
    /// What it is called.
    pub name: Line,
    /// Where, unless it belongs to no facility.
    pub facility: Option<Line>,
    /// Whose it is.
    pub customer: Line,
}

/// What a document lies on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "noun", rename_all = "snake_case")]
pub enum Topic {
    /// An order.
    Order(OrderFacts),
    /// A machine.
    Object(ObjectFacts),
    /// A place.
    Facility {
        /// Its number.
        number: Number,
        /// What it is called.
        name: Line,
        /// Whose it is.
        customer: Line,
    },
    /// The customer itself.
    Customer {
        /// What it is called.
        name: Line,
    },
}

impl Topic {
    /// Whose it is.
    pub fn customer(&self) -> &Line {
        match self {
            Self::Order(order) => &order.customer,
            Self::Object(object) => &object.customer,
            Self::Facility { customer, .. } => customer,
            Self::Customer { name } => name,
        }
    }
}

/// Where an access holds.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Places {
    /// At every facility of the customer, also those added later.
    pub everywhere: bool,
    /// The names of the facilities, while it does not hold at all of them.
    pub facilities: Vec<Line>,
    /// Also for what belongs to no facility.
    pub unattached: bool,
}
