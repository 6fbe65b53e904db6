//! Priorities: how soon an order must be done, in a company's own words.

mod store;

use serde::Serialize;

pub use store::{add, add_defaults, default_of, delete, find_by_name, list, orders_in, set};

use crate::clock::Moment;
use crate::db::Subject;
use crate::error::Result;
use crate::ids::PriorityId;
use crate::text::{Lang, Line};

/// A priority of a group's own list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Priority {
    /// Its row.
    #[serde(skip)]
    pub id: PriorityId,
    /// Its name, as staff and customers read it.
    pub name: Line,
    /// After how many hours an order is overdue; without a number never.
    pub hours: Option<u32>,
    /// Whether somebody should call instead of waiting.
    pub emergency: bool,
    /// Its place in the list, from 1.
    pub position: u32,
    /// Whether orders for which nobody chose have it. One priority of every group is the default.
    #[serde(rename = "default")]
    pub is_default: bool,
}

/// What can be said and changed about a priority.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriorityDraft {
    /// Its name; no other priority of the group is spelled the same, case and accents ignored.
    pub name: Line,
    /// After how many hours an order is overdue.
    pub hours: Option<u32>,
    /// Whether somebody should call instead of waiting.
    pub emergency: bool,
    /// Its place in the list, from 1; without one a new priority goes to the end.
    pub position: Option<u32>,
    /// Whether orders for which nobody chose have it.
    #[serde(rename = "default")]
    pub is_default: bool,
}

impl Priority {
    /// The same as a draft, to be changed.
    pub fn draft(&self) -> PriorityDraft {
        PriorityDraft {
            name: self.name.clone(),
            hours: self.hours,
            emergency: self.emergency,
            position: Some(self.position),
            is_default: self.is_default,
        }
    }

    /// When an order that came at some moment is overdue.
    pub fn due_after(&self, received: Moment) -> Option<Moment> {
        self.hours.map(|hours| received.plus(i64::from(hours) * 3600))
    }
}

impl Subject for Priority {
    const NOUN: &'static str = "priority";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.name.to_string()
    }
}

/// The priorities of a new group, in its language.
pub fn defaults(lang: Lang) -> Result<Vec<PriorityDraft>> {
    let names = match lang {
        Lang::En => ["Low", "Normal", "Urgent", "Emergency"],
        Lang::Sv => ["Låg", "Normal", "Brådskande", "Akut"],
        Lang::Es => ["Baja", "Normal", "Urgente", "Emergencia"],
    };
    [240, 120, 24, 4]
        .into_iter()
        .zip(names)
        .map(|(hours, name)| {
            Ok(PriorityDraft {
                name: Line::parse(name)?,
                hours: Some(hours),
                emergency: hours == 4,
                position: None,
                is_default: hours == 120,
            })
        })
        .collect()
}
