//! The matrix: what can be ticked, line by line, and what a role ticks of it.

use super::RoleCard;
use crate::db::Tx;
use crate::error::{Error, Kind, Result};
use crate::event::Event;
use crate::statuses;
use crate::text::{Line, fold, nearest, shown};

/// A line of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub enum Tick {
    /// Something that happens.
    Event(Event),
    /// An order comes to this status of the company's own list.
    Status(Line),
}

impl Tick {
    /// What the line is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Event(event) => event.word(),
            Self::Status(name) => name.as_str(),
        }
    }

    /// Of which kind it is: `event` or `status`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Event(_) => "event",
            Self::Status(_) => "status",
        }
    }
}

impl RoleCard {
    /// Whether this very line is ticked. What else a tick covers is said at [`Role`](super::Role).
    pub fn ticks(&self, line: &Tick) -> bool {
        match line {
            Tick::Event(event) => self.events.contains(event),
            Tick::Status(name) => self.statuses.contains(name),
        }
    }

    /// The same card with a line ticked, or no longer.
    #[must_use]
    pub fn with(mut self, line: &Tick, ticked: bool) -> Self {
        match line {
            Tick::Event(event) => self.events.retain(|one| one != event),
            Tick::Status(name) => self.statuses.retain(|one| one != name),
        }
        match (line, ticked) {
            (Tick::Event(event), true) => self.events.push(*event),
            (Tick::Status(name), true) => self.statuses.push(name.clone()),
            (_, false) => {}
        }
        Self::new(self.name, self.events, self.statuses)
    }
}

/// Every line of the matrix: the events, then the company's statuses in their order.
pub fn lines(tx: &Tx) -> Result<Vec<Tick>> {
    let statuses = statuses::list(tx)?;
    let events = Event::ALL.iter().copied().map(Tick::Event);
    Ok(events.chain(statuses.iter().map(|status| Tick::Status(status.name.clone()))).collect())
}

/// The line of this name among others, case and accents ignored. An event goes before a status that is called like it,
/// unless `kind` says which is meant.
pub fn line<'l>(lines: &'l [Tick], name: &str, kind: Option<&str>) -> Result<&'l Tick> {
    let fitting = || lines.iter().filter(|line| kind.is_none_or(|kind| line.kind() == kind));
    fitting().find(|line| fold(line.name()) == fold(name)).ok_or_else(|| {
        let what = match kind {
            Some("event") => "no event",
            Some(_) => "no status",
            None => "neither an event nor a status",
        };
        let error = Error::new(Kind::NotFound, format!("'{}' is {what}", shown(name)));
        match nearest(name, fitting().map(Tick::name)) {
            Some(near) => error.tip(format!("did you mean '{near}'? see them all with: frontdesk role matrix")),
            None => error.tip("see them all with: frontdesk role matrix"),
        }
    })
}
