//! The inbox: an answer by mail becomes what its writer says on the order; all else is dropped, or put before the company.
//!
//! Nothing that comes in is ever answered: its sender hears of it only as others do, from the order.

mod arrive;
mod bounce_store;
mod coding;
mod decide;
mod html;
mod kept;
mod kind;
mod message;
mod quote;
mod quote_words;
mod said;
#[cfg(test)]
mod shapes;
mod store;
mod take;
mod writer_store;

use serde::Serialize;

pub use arrive::{Delivered, most_bytes, receive};
pub use bounce_store::{Bounce, bounce, bounces, clear};
pub use kept::open;
pub use store::{find, list, named};

use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::ReceivedId;
use crate::text::{Line, Number, vocabulary};

vocabulary! {
    /// What became of a message that came in.
    Outcome, "fate of a message" {
        /// What it says stands on the order.
        Taken = "taken",
        /// It told that a mail of ours came back.
        Bounce = "bounce",
        /// Nobody needs it.
        Dropped = "dropped",
        /// The company is to look at it.
        Doubtful = "doubtful",
    }
}
crate::db::text_columns!(Outcome);

/// A message that came in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Received {
    /// Its row.
    pub id: ReceivedId,
    /// When it came.
    pub at: Moment,
    /// The address it says it is from.
    pub sender: Line,
    /// Its subject.
    pub subject: Line,
    /// What became of it.
    pub outcome: Outcome,
    /// Why that became of it, or which part of it was not taken.
    pub why: Option<Line>,
    /// The order it is about.
    pub order_no: Option<Number>,
    /// The name under which it is kept for the company to look at.
    pub kept: Option<Line>,
}

impl Subject for Received {
    const NOUN: &'static str = "received mail";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.kept.as_ref().map_or_else(|| format!("id:{}", self.id), Line::to_string)
    }
}
