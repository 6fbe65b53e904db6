//! Events: what can happen that people are told of, as the matrix of roles and each person's own choice name it.

use crate::stage::Stage;
use crate::text::vocabulary;

vocabulary! {
    /// Something that people are told of.
    Event, "event" {
        /// An order came.
        OrderCreated = "order.created",
        /// It stands elsewhere now.
        OrderStatus = "order.status",
        /// It waits for the customer.
        OrderWaiting = "order.waiting",
        /// It is done.
        OrderDone = "order.done",
        /// It is planned, or planned for another time.
        OrderPlanned = "order.planned",
        /// Somebody said something on it.
        Comment = "comment",
        /// There is a new document.
        Document = "document",
        /// There is a self-check to fill in, or one was signed or reopened.
        Selfcheck = "selfcheck",
        /// A machine is due for service.
        ReadingDue = "reading.due",
    }
}

impl Event {
    /// What it is when an order reaches a stage: the narrowest event there is for it.
    pub fn of_stage(stage: Stage) -> Self {
        match stage {
            Stage::Waiting => Self::OrderWaiting,
            Stage::Done => Self::OrderDone,
            Stage::Planned => Self::OrderPlanned,
            Stage::Received | Stage::InProgress | Stage::Cancelled => Self::OrderStatus,
        }
    }
}
