//! What somebody who orders can choose from: places, machines, how soon.

use super::typed::Typed;
use crate::access::{Need, Permission};
use crate::db::{Reached, Tx};
use crate::error::Result;
use crate::orders::{self, Choice, Machine};
use crate::portal::ui::input;
use crate::portal::views::new_order::{Nothing, Pick};
use crate::priorities::{self, Priority};
use crate::text::{Line, Number};
use crate::words::portal::Words;

/// More things than this make no list that anybody could choose from.
const MOST_CHOICES: usize = 200;

/// What is sent for no facility; no number begins so.
const NO_PLACE: &str = "-";

/// What somebody can choose from.
pub(super) struct Offer {
    is_closed: bool,
    /// Whether work at no facility can be ordered.
    pub(super) unattached: bool,
    pub(super) places: Vec<Reached<Choice>>,
    /// The machines, one more than can be listed if there are too many; nothing for those who may see none.
    pub(super) machines: Option<Vec<Reached<Machine>>>,
    pub(super) priorities: Vec<Reached<Priority>>,
}

impl Offer {
    pub(super) fn of(tx: &Tx) -> Result<Self> {
        let book = orders::own_book(tx)?;
        let most = u32::try_from(MOST_CHOICES + 1).unwrap_or(u32::MAX);
        let sees_machines = tx.may(Need::see(Permission::ObjectView));
        Ok(Self {
            is_closed: book.is_closed,
            unattached: book.unattached,
            places: orders::places(tx)?,
            machines: sees_machines.then(|| orders::machines(tx, most)).transpose()?,
            priorities: priorities::list(tx)?,
        })
    }

    /// Why nothing can be ordered, if so.
    pub(super) fn nothing(&self) -> Option<Nothing> {
        match (self.is_closed, self.unattached || !self.places.is_empty()) {
            (true, _) => Some(Nothing::Closed),
            (false, false) => Some(Nothing::Nowhere),
            (false, true) => None,
        }
    }

    /// The one place there is, if there is one only.
    pub(super) fn only_place(&self) -> Option<&str> {
        match (&self.places[..], self.unattached) {
            ([only], false) => Some(only.number.as_str()),
            ([], true) => Some(NO_PLACE),
            _ => None,
        }
    }

    /// Where to choose a place, and the one that was chosen. A machine brings its own.
    pub(super) fn facility(&self, words: &Words, typed: &Typed) -> Option<Pick> {
        let machine = self.machines.iter().flatten().find(|machine| machine.number.as_str() == typed.object);
        let of_machine =
            machine.map(|machine| machine.facility.as_ref().map_or(NO_PLACE, |(number, _)| number.as_str()));
        let chosen = of_machine.or(self.only_place()).unwrap_or(&typed.facility);
        let choice = |value: &str, text: &str| input::Choice::new(value, text, value == chosen);
        if self.places.is_empty() {
            return None;
        }
        if self.places.len() > MOST_CHOICES {
            return Some(Pick::Typed(if chosen == NO_PLACE { String::new() } else { chosen.to_owned() }));
        }
        let text = words.new_order;
        let first = self.only_place().is_none().then(|| choice("", text.facility_choose));
        let places = self.places.iter().map(|place| choice(place.number.as_str(), place.name.as_str()));
        let none = self.unattached.then(|| choice(NO_PLACE, text.facility_none));
        Some(Pick::Listed(first.into_iter().chain(places).chain(none).collect(), Vec::new()))
    }

    /// Where to choose a machine, and the one that was chosen.
    pub(super) fn object(&self, words: &Words, typed: &Typed) -> Option<Pick> {
        let machines = self.machines.as_ref().filter(|machines| !machines.is_empty())?;
        if machines.len() > MOST_CHOICES {
            return Some(Pick::Typed(typed.object.clone()));
        }
        let text = words.new_order;
        let mut groups: Vec<(String, Vec<input::Choice>)> = Vec::new();
        let mut last: Option<&Option<(Number, _)>> = None;
        for machine in machines {
            if last != Some(&machine.facility) {
                let name = machine.facility.as_ref().map_or(text.object_loose, |(_, name)| name.as_str());
                groups.push((name.to_owned(), Vec::new()));
                last = Some(&machine.facility);
            }
            let number = machine.number.as_str();
            let choice = input::Choice::new(number, format!("{number} {}", machine.name), number == typed.object);
            groups.last_mut().map(|(_, choices)| choices.push(choice)).unwrap_or_default();
        }
        Some(Pick::Listed(vec![input::Choice::new("", text.object_none, typed.object.is_empty())], groups))
    }

    /// How soon it must be done; of what cannot wait it is said that one calls.
    pub(super) fn urgency(&self, words: &Words, typed: &Typed, phone: Option<&Line>) -> Vec<input::Choice> {
        let chosen = self.priorities.iter().find(|priority| priority.id.to_string() == typed.urgency);
        let name = |priority: &Priority| match phone {
            Some(phone) if priority.emergency => (words.new_order.emergency)(priority.name.as_str(), phone.as_str()),
            _ => priority.name.to_string(),
        };
        self.priorities
            .iter()
            .map(|priority| {
                let is_chosen = chosen.map_or(priority.is_default, |chosen| chosen.id == priority.id);
                input::Choice::new(priority.id.to_string(), name(priority), is_chosen)
            })
            .collect()
    }

    /// Whether no facility is meant: said so, or left empty where it is typed.
    pub(super) fn is_no_place(&self, wanted: &str) -> bool {
        self.unattached && (wanted == NO_PLACE || (wanted.is_empty() && self.places.len() > MOST_CHOICES))
    }
}
