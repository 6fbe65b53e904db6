//! Stages: where an order stands, in the six words that customers see whatever the company calls its statuses.

use crate::text::vocabulary;

vocabulary! {
    /// Where an order stands, as customers see it.
    Stage, "stage" {
        Received = "received",
        Planned = "planned",
        InProgress = "in_progress",
        /// For the customer.
        Waiting = "waiting",
        Done = "done",
        Cancelled = "cancelled",
    }
}

impl Stage {
    /// Whether nothing more happens to an order here.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}
