//! Statuses: a company's own list for its orders, each mapped to one stage that customers see.

mod store;

use serde::Serialize;

pub use store::{add, add_defaults, default_of, delete, find_by_name, list, orders_in, set};

use crate::db::Subject;
use crate::error::{Error, Result};
use crate::ids::StatusId;
use crate::stage::Stage;
use crate::text::{Lang, Line};

/// A status of a group's own list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Status {
    /// Its row.
    #[serde(skip)]
    pub id: StatusId,
    /// Its name, as staff and customers read it.
    pub name: Line,
    /// What it means to customers.
    pub stage: Stage,
    /// Its place in the list, from 1.
    pub position: u32,
    /// Whether new orders begin here. One status of every group is the default.
    #[serde(rename = "default")]
    pub is_default: bool,
}

/// What can be said and changed about a status.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatusDraft {
    /// Its name; no other status of the group is spelled the same, case and accents ignored.
    pub name: Line,
    /// What it means to customers.
    pub stage: Stage,
    /// Its place in the list, from 1; without one a new status goes to the end.
    pub position: Option<u32>,
    /// Whether new orders begin here.
    #[serde(rename = "default")]
    pub is_default: bool,
}

impl Status {
    /// The same as a draft, to be changed.
    pub fn draft(&self) -> StatusDraft {
        StatusDraft {
            name: self.name.clone(),
            stage: self.stage,
            position: Some(self.position),
            is_default: self.is_default,
        }
    }
}

impl Subject for Status {
    const NOUN: &'static str = "status";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.name.to_string()
    }
}

impl StatusDraft {
    /// New orders are received, so the default status cannot say anything else.
    fn check(&self) -> Result<()> {
        if self.is_default && self.stage != Stage::Received {
            return Err(Error::conflict(format!(
                "the default status is where new orders begin: its stage is received, not {}",
                self.stage
            ))
            .tip("choose another default first with: frontdesk group status set NAME --default"));
        }
        Ok(())
    }
}

/// The statuses of a new group, in its language. The first is the default.
pub fn defaults(lang: Lang) -> Result<Vec<StatusDraft>> {
    let names = match lang {
        Lang::En => ["Planning", "Planned", "In progress", "Waiting for customer", "Done", "Cancelled"],
        Lang::Sv => ["Planering", "Planerat", "Pågår", "Väntar på kund", "Klart", "Avbrutet"],
        Lang::Es => ["Planificación", "Planificada", "En curso", "Esperando al cliente", "Terminada", "Cancelada"],
    };
    Stage::ALL
        .iter()
        .zip(names)
        .map(|(stage, name)| {
            let name = Line::parse(name)?;
            Ok(StatusDraft { name, stage: *stage, position: None, is_default: *stage == Stage::Received })
        })
        .collect()
}
