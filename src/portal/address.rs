//! Addresses of people and places: on an envelope's lines, in one line, and as links to write or call.

use super::ui::Link;
use crate::customers::CustomerCard;
use crate::facilities::FacilityCard;
use crate::text::{Email, Line};

/// The lines of a postal address; the code stands before the city.
pub struct Postal<'a> {
    street: [Option<&'a Line>; 2],
    town: [Option<&'a Line>; 2],
    land: [Option<&'a Line>; 2],
}

impl<'a> Postal<'a> {
    /// Where a facility is.
    pub fn of_facility(card: &'a FacilityCard) -> Self {
        Self {
            street: [card.address.as_ref(), card.address2.as_ref()],
            town: [card.postal_code.as_ref(), card.city.as_ref()],
            land: [card.region.as_ref(), card.country.as_ref()],
        }
    }

    /// Where a customer is.
    pub fn of_customer(card: &'a CustomerCard) -> Self {
        Self {
            street: [card.address.as_ref(), card.address2.as_ref()],
            town: [card.postal_code.as_ref(), card.city.as_ref()],
            land: [card.region.as_ref(), card.country.as_ref()],
        }
    }

    /// Line by line.
    pub fn lines(&self) -> Vec<String> {
        let town: Vec<_> = self.town.iter().flatten().map(|line| line.as_str()).collect();
        let town = (!town.is_empty()).then(|| town.join(" "));
        let of = |lines: &[Option<&Line>]| lines.iter().flatten().map(ToString::to_string).collect::<Vec<_>>();
        of(&self.street).into_iter().chain(town).chain(of(&self.land)).collect()
    }

    /// Street and city, for a list.
    pub fn short(&self) -> Option<String> {
        let [street, _] = self.street;
        let [_, city] = self.town;
        let parts: Vec<_> = [street, city].into_iter().flatten().map(Line::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// A telephone number that can be called.
pub fn call(phone: &Line) -> Link {
    let digits: String = phone.as_str().chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    Link { text: phone.to_string(), href: format!("tel:{digits}") }
}

/// An address that can be written to.
pub fn write(email: &Email) -> Link {
    Link { text: email.to_string(), href: format!("mailto:{email}") }
}
