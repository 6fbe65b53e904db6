//! Self-checks: checklists on an order or an object, answered point by point and signed by a person at a time.

mod answer_store;
mod change_store;
mod said;
mod sheet;
mod store;
mod template_store;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use answer_store::{Answered, Given, answer};
pub use change_store::{begin, delete, missing, reopen, sign, still_open};
pub use said::{Flaw, LONGEST, Said, Verdict};
pub use sheet::{LARGEST, MOST_POINTS};
pub use store::{find, list, no_point, of, point, points, steps};
pub use template_store::{add, delete as delete_template, find_by_name, list as templates, set};

use crate::access::{Need, Permission, Right};
use crate::clock::Moment;
use crate::db::{Reached, Subject};
use crate::ids::{CustomerId, ObjectId, OrderId, PointId, SelfcheckId, SelfcheckTemplateId};
use crate::objects::Object;
use crate::orders::Order;
use crate::text::{Line, Number, Prose, vocabulary};

/// Looking at a self-check.
pub const SEE: Need = Need::see(Permission::SelfcheckView);
/// Answering its points and signing it.
pub const FILL: Need = Need::either(Permission::SelfcheckFill, Right::Orders);
/// Beginning one, taking a signed one up again, deleting one; and the templates.
const MANAGE: Need = Need::right(Right::Orders);

vocabulary! {
    /// What a point asks for.
    PointKind, "kind of point" {
        /// Whether something is as it should be.
        Check = "check",
        /// Something that is measured.
        Number = "number",
        /// Something that is written down.
        Text = "text",
    }
}
crate::db::text_columns!(PointKind);

vocabulary! {
    /// Whether it can still be filled in.
    SelfcheckState, "state of a self-check" {
        Open = "open",
        Signed = "signed",
    }
}
crate::db::text_columns!(SelfcheckState);

vocabulary! {
    /// What happened to a self-check as a whole.
    StepKind, "step" {
        Begun = "begun",
        Signed = "signed",
        Reopened = "reopened",
    }
}
crate::db::text_columns!(StepKind);

/// A checklist that is ready to be filled in, on one thing after another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SelfcheckTemplate {
    /// Its row.
    #[serde(skip)]
    pub id: SelfcheckTemplateId,
    /// The name it is known by in commands.
    pub name: Line,
    /// What it holds.
    #[serde(flatten)]
    pub card: Sheet,
    /// Since when it is here.
    pub created_at: Moment,
}

/// What a template holds, as its file says it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// What a self-check from it is called.
    pub title: Line,
    /// Its points, in order.
    pub points: Vec<PointCard>,
}

/// What a point asks.
#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize)]
pub struct PointCard {
    /// What is looked at, measured or written down.
    pub text: Line,
    /// What is wanted as an answer.
    pub kind: PointKind,
    /// In what a number is measured.
    pub unit: Option<Line>,
    /// Whether it must be answered before anybody can sign.
    pub required: bool,
}

/// A checklist on an order or an object, with its own copy of the points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Selfcheck {
    /// Its row, by which people name it.
    pub id: SelfcheckId,
    /// What it is called.
    pub title: Line,
    /// Whether it can still be filled in.
    pub state: SelfcheckState,
    /// Whose it is.
    #[serde(skip)]
    pub customer_id: CustomerId,
    /// The number of its customer.
    pub customer_no: Number,
    /// The name of its customer.
    #[serde(skip)]
    pub customer: Line,
    /// The order it lies on.
    #[serde(skip)]
    pub order_id: Option<OrderId>,
    /// The number of that order.
    pub order_no: Option<Number>,
    /// The object it lies on.
    #[serde(skip)]
    pub object_id: Option<ObjectId>,
    /// The number of that object.
    pub object_no: Option<Number>,
    /// The title of the order, or the name of the object.
    #[serde(skip)]
    pub about: Option<Line>,
    /// The name of the facility of either.
    #[serde(skip)]
    pub facility: Option<Line>,
    /// The name of the template it was made from.
    pub template: Line,
    /// How many points it has.
    pub points: u32,
    /// How many of them are answered.
    pub answered: u32,
    /// How many must still be answered before anybody can sign.
    pub missing: u32,
    /// How many are not as they should be.
    pub failed: u32,
    /// Who began it.
    pub author: Line,
    /// When.
    pub created_at: Moment,
    /// Who signed it, if it is signed.
    pub signed_by: Option<Line>,
    /// When.
    pub signed_at: Option<Moment>,
}

/// A point of a self-check with what was said about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Its place, from 1, by which people name it.
    pub position: u32,
    /// Its row.
    #[serde(skip)]
    pub id: PointId,
    /// What it asks.
    #[serde(flatten)]
    pub card: PointCard,
    /// What was said about it.
    #[serde(flatten)]
    pub said: Said,
    /// Who said it last.
    pub author: Option<Line>,
    /// When.
    pub at: Option<Moment>,
}

/// Something that happened to a self-check as a whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What.
    pub step: StepKind,
    /// Why, when it was taken up again.
    pub reason: Option<Prose>,
    /// Who did it.
    pub author: Line,
    /// When.
    pub at: Moment,
}

/// What a self-check lies on.
#[derive(Clone, Copy, Debug)]
pub enum On<'a> {
    /// An order.
    Order(&'a Reached<Order>),
    /// A machine.
    Object(&'a Reached<Object>),
}

/// Which self-checks a list is about; nothing named means all in reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SelfcheckFilter {
    /// Whose.
    pub customer: Option<CustomerId>,
    /// On which order.
    pub order: Option<OrderId>,
    /// On which machine.
    pub object: Option<ObjectId>,
    /// Open or signed ones.
    pub state: Option<SelfcheckState>,
}

impl Point {
    /// Whether it has an answer, be it that it does not apply.
    pub fn is_answered(&self) -> bool {
        self.said.answer.is_some() || self.said.value.is_some()
    }

    /// Whether nobody can sign as long as it is as it is.
    pub fn is_missing(&self) -> bool {
        self.card.required && !self.is_answered()
    }
}

impl Selfcheck {
    /// Whether it can be filled in.
    pub fn is_open(&self) -> bool {
        self.state == SelfcheckState::Open
    }
}

impl Subject for SelfcheckTemplate {
    const NOUN: &'static str = "self-check template";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.name.to_string()
    }
}

impl Subject for Selfcheck {
    const NOUN: &'static str = "self-check";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.id.to_string()
    }
}

impl Subject for Point {
    const NOUN: &'static str = "point";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.position.to_string()
    }
}
