//! Roles: the named lines of the matrix, by which a company says of what the people at its customers are told.

mod matrix;
mod store;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use matrix::{Tick, line, lines};
pub use store::{add, add_defaults, contacts_with, delete, find_by_name, list, set};

use crate::db::Subject;
use crate::error::Result;
use crate::event::Event;
use crate::ids::RoleId;
use crate::text::Line;

/// A named line of the matrix.
///
/// The contacts that carry it are told of every event that it ticks. A change of status is told of if the role ticks
/// `order.status` (every status), that very status, or the event of its stage (`order.waiting`, `order.done`,
/// `order.planned`): one tick is enough.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Role {
    /// Its row.
    #[serde(skip)]
    pub id: RoleId,
    /// What it is, to those who give it.
    #[serde(flatten)]
    pub card: RoleCard,
}

/// What can be said and changed about a role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoleCard {
    /// Its name; no other role of the group is spelled the same, case and accents ignored. It holds no `;`, which stands
    /// between the roles of a contact in files.
    pub name: Line,
    /// The events it ticks, each once, in the order of [`Event::ALL`].
    pub events: Vec<Event>,
    /// The names of the statuses it ticks, each once; as kept, in the order of the company's own list.
    pub statuses: Vec<Line>,
}

impl RoleCard {
    /// A card with each event once and in order.
    pub fn new(name: Line, events: impl IntoIterator<Item = Event>, statuses: impl IntoIterator<Item = Line>) -> Self {
        let mut events: Vec<_> = events.into_iter().collect();
        events.sort_unstable();
        events.dedup();
        Self { name, events, statuses: statuses.into_iter().collect() }
    }
}

impl Subject for Role {
    const NOUN: &'static str = "role";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.card.name.to_string()
    }
}

/// The roles of a new group: the same that `0003_telling.sql` gives the groups from before there were roles.
pub fn defaults() -> Result<Vec<RoleCard>> {
    let role = |name, events: &[Event]| -> Result<RoleCard> {
        Ok(RoleCard::new(Line::parse(name)?, events.iter().copied(), []))
    };
    Ok(vec![
        role("Site manager", Event::ALL)?,
        role("Board", &[Event::OrderWaiting, Event::OrderDone])?,
        role("Billing", &[Event::OrderDone, Event::Document])?,
    ])
}
