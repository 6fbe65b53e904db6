//! Readings: what the meters of an object showed, whether that can be true, and when the object is due for service.

mod amount;
mod change_store;
mod due_store;
mod interval_store;
pub mod judge;
mod said;
mod service;
mod store;
mod take_back_store;

use serde::Serialize;

pub use amount::{Amount, PLACES};
pub use change_store::{Draft, Judged, add, correct, delete, judge_correction, judge_new, may_change, meter_of};
pub use due_store::{Due, SOON, due, tell_due};
pub use interval_store::{add_interval, delete_interval, interval, intervals, services, set_interval};
pub use judge::{Doubt, Passed, Point, Rate, Refusal, Use};
pub use said::{question, rounded, sentence};
pub use service::{Next, Overdue, Pace};
pub use store::{Row as History, all, before, curve, find, in_object, known, last, list, meters, page, usual, zone};
pub use take_back_store::take_back;

use crate::access::Side;
use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::{CustomerId, IntervalId, ObjectId, ReadingId};
use crate::objects::Object;
use crate::text::{Line, Number, Prose, fold, vocabulary};

vocabulary! {
    /// Whether a reading counts. One that does not is kept, with who said so and why.
    ReadingState, "state of a reading" {
        Valid = "valid",
        /// Another value took its place.
        Corrected = "corrected",
        Deleted = "deleted",
    }
}
crate::db::text_columns!(ReadingState);

/// What a meter of an object showed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// Its row.
    pub id: ReadingId,
    /// The number of the object's customer.
    pub customer_no: Number,
    /// The number of the object.
    pub object_no: Number,
    /// The object.
    #[serde(skip)]
    pub object_id: ObjectId,
    /// Which meter.
    pub meter: Line,
    /// The value.
    pub value: Amount,
    /// In what it counts.
    pub unit: Line,
    /// When it was read.
    pub read_at: Moment,
    /// Of the which meter in a row, from 1; a replaced meter begins the next.
    pub series: i64,
    /// What whoever read it remarked.
    pub note: Option<Prose>,
    /// Who entered it: the company or the customer.
    pub side: Side,
    /// The name of whoever entered it.
    pub author: Line,
    /// When it was entered.
    pub at: Moment,
    /// The reading whose place it took.
    pub corrects: Option<ReadingId>,
    /// Whether it counts.
    pub state: ReadingState,
    /// Since when it does not.
    pub ended_at: Option<Moment>,
    /// The name of whoever corrected or deleted it.
    pub ended_by: Option<Line>,
    /// Why.
    pub ended_why: Option<Prose>,
}

/// A meter of an object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Meter {
    /// What it counts.
    pub name: Line,
    /// In what.
    pub unit: Line,
}

/// After how much an object is due for service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Its row.
    #[serde(skip)]
    pub id: IntervalId,
    /// What is due, unique within the object.
    pub name: Line,
    /// After so many days.
    pub days: Option<i64>,
    /// After so much use of the object's own meter, in whole units.
    pub hours: Option<i64>,
    /// The last service that is no order.
    pub since: Moment,
    /// What the meter showed then.
    pub since_value: Option<Amount>,
    /// Since when the interval is kept.
    pub created_at: Moment,
}

/// What can be said and changed about an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalCard {
    /// After so many days.
    pub days: Option<i64>,
    /// After so much use.
    pub hours: Option<i64>,
    /// The last service.
    pub since: Moment,
    /// What the meter showed then.
    pub since_value: Option<Amount>,
}

/// An interval with the next service that follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// The interval.
    pub interval: Interval,
    /// When the last service was: the interval's own day, or a later service order that is done.
    pub last: Moment,
    /// In what the object's own meter counts.
    pub unit: Line,
    /// When the next one is.
    pub next: Next,
}

impl Meter {
    /// The object's own meter.
    pub fn of(object: &Object) -> Self {
        Self { name: object.card.meter.clone(), unit: object.card.unit.clone() }
    }

    /// Whether it counts hours, of which no more can be counted than pass.
    pub fn counts_hours(&self) -> bool {
        let unit = fold(self.unit.as_str());
        ["h", "hr", "hrs", "hour", "hours", "tim", "timme", "timmar", "hora", "horas"].contains(&unit.as_str())
    }
}

impl Reading {
    /// The reading as a point of its meter's curve.
    pub fn point(&self) -> Point {
        Point { value: self.value, at: self.read_at, series: self.series }
    }

    /// The meter that was read.
    pub fn meter(&self) -> Meter {
        Meter { name: self.meter.clone(), unit: self.unit.clone() }
    }
}

impl Interval {
    /// What can be changed about it.
    pub fn card(&self) -> IntervalCard {
        IntervalCard { days: self.days, hours: self.hours, since: self.since, since_value: self.since_value }
    }
}

impl Subject for Reading {
    const NOUN: &'static str = "reading";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        format!("{} {} {}", self.object_no, self.value, self.unit)
    }
}

impl Subject for Interval {
    const NOUN: &'static str = "interval";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.name.to_string()
    }
}

/// Whose readings a list is about; nothing named means all in reach.
#[derive(Clone, Debug, Default)]
pub struct ReadingFilter {
    /// Of which customer.
    pub customer: Option<CustomerId>,
    /// Of which object.
    pub object: Option<ObjectId>,
    /// Of which meter.
    pub meter: Option<Line>,
    /// Those that were corrected or deleted as well.
    pub all: bool,
}
