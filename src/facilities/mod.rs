//! Facilities: the places of a customer.

mod list_store;
mod store;

use serde::{Deserialize, Serialize};

pub use list_store::{in_scope, page};
pub use store::{add, delete, find, list, list_all, lookup, lookup_external, named, of, set, set_status};

use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::{CustomerId, FacilityId};
use crate::text::{Line, Number, Prose, Zone, fold, vocabulary};

vocabulary! {
    /// Whether a place is in use. A closed one stays readable.
    FacilityStatus, "facility status" {
        Open = "open",
        Closed = "closed",
    }
}
crate::db::text_columns!(FacilityStatus);

/// A place of a customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Facility {
    /// Its row.
    #[serde(skip)]
    pub id: FacilityId,
    /// Whose it is.
    #[serde(skip)]
    pub customer_id: CustomerId,
    /// The number of its customer.
    pub customer_no: Number,
    /// Its number, unique within the customer.
    #[serde(rename = "facility_no")]
    pub number: Number,
    /// What is known about it.
    #[serde(flatten)]
    pub card: FacilityCard,
    /// Whether it is in use.
    pub status: FacilityStatus,
    /// Since when it is here.
    pub created_at: Moment,
}

/// What can be said and changed about a facility.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacilityCard {
    /// Its name.
    pub name: Line,
    /// Street and number.
    pub address: Option<Line>,
    /// What else belongs to the address.
    pub address2: Option<Line>,
    /// Postal code.
    pub postal_code: Option<Line>,
    /// City.
    pub city: Option<Line>,
    /// State, county or region.
    pub region: Option<Line>,
    /// Country.
    pub country: Option<Line>,
    /// The zone of its clocks, if not the group's.
    pub zone: Option<Zone>,
    /// What only staff read.
    pub note: Option<Prose>,
    /// What another program calls it.
    pub external_id: Option<Line>,
}

/// A place as an access names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// Its number.
    pub number: Number,
    /// Its name.
    pub name: Line,
}

impl FacilityCard {
    /// A card with nothing but a name.
    pub fn named(name: Line) -> Self {
        Self {
            name,
            address: None,
            address2: None,
            postal_code: None,
            city: None,
            region: None,
            country: None,
            zone: None,
            note: None,
            external_id: None,
        }
    }

    /// What a search looks through.
    fn search(&self, number: &Number) -> String {
        let more = [&self.address, &self.city].into_iter().flatten().map(Line::as_str);
        fold(&[number.as_str(), self.name.as_str()].into_iter().chain(more).collect::<Vec<_>>().join(" "))
    }
}

impl Subject for Facility {
    const NOUN: &'static str = "facility";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.number.to_string()
    }
}
