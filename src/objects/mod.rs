//! Objects: the machines of a customer, at a facility or unattached.

mod label_store;
mod list;
mod list_store;
mod store;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use label_store::{label, labelled};
pub use list::{AtPlaces, ObjectFilter, Place, Spot};
pub use list_store::{at_places, page, parts, place, places};
pub use store::{
    add, at, delete, find, list, list_all, lookup, lookup_external, lookup_serial, move_to, named, of, part_of, set,
    set_status,
};

use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::{CustomerId, FacilityId, ObjectId};
use crate::text::{Line, Number, fold, vocabulary};

vocabulary! {
    /// Whether a machine is in use. A retired one stays readable.
    ObjectStatus, "object status" {
        Active = "active",
        Retired = "retired",
    }
}
crate::db::text_columns!(ObjectStatus);

/// What a machine counts when nobody said otherwise.
pub const METER: &str = "operating hours";

/// In what a machine counts when nobody said otherwise.
pub const UNIT: &str = "h";

/// A machine of a customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Object {
    /// Its row.
    #[serde(skip)]
    pub id: ObjectId,
    /// Whose it is.
    #[serde(skip)]
    pub customer_id: CustomerId,
    /// The number of its customer.
    pub customer_no: Number,
    /// Its number, unique within the customer.
    #[serde(rename = "object_no")]
    pub number: Number,
    /// Where it stands; without a facility it is unattached.
    #[serde(skip)]
    pub facility_id: Option<FacilityId>,
    /// The number of that facility.
    pub facility_no: Option<Number>,
    /// The name of that facility.
    pub facility: Option<Line>,
    /// What is known about it.
    #[serde(flatten)]
    pub card: ObjectCard,
    /// The object it is a part of.
    #[serde(skip)]
    pub parent_id: Option<ObjectId>,
    /// The number of that object.
    pub parent_no: Option<Number>,
    /// Whether it is in use.
    pub status: ObjectStatus,
    /// Since when it is here.
    pub created_at: Moment,
}

/// What can be said and changed about an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectCard {
    /// Its name.
    pub name: Line,
    /// Who made it.
    pub maker: Option<Line>,
    /// What its maker calls it.
    pub model: Option<Line>,
    /// Its number at its maker.
    pub serial_no: Option<Line>,
    /// Since when it stands there.
    pub installed_on: Option<Date>,
    /// What its readings count.
    pub meter: Line,
    /// In what they count.
    pub unit: Line,
    /// What another program calls it.
    pub external_id: Option<Line>,
}

impl ObjectCard {
    /// A card with nothing but a name; the machine counts operating hours.
    pub fn named(name: Line) -> Self {
        let usual = |word| Line::parse(word).unwrap_or_else(|_| unreachable!("{word} is a line"));
        Self {
            name,
            maker: None,
            model: None,
            serial_no: None,
            installed_on: None,
            meter: usual(METER),
            unit: usual(UNIT),
            external_id: None,
        }
    }

    /// What a search looks through.
    fn search(&self, number: &Number) -> String {
        let more = [&self.maker, &self.model, &self.serial_no].into_iter().flatten().map(Line::as_str);
        fold(&[number.as_str(), self.name.as_str()].into_iter().chain(more).collect::<Vec<_>>().join(" "))
    }
}

impl Subject for Object {
    const NOUN: &'static str = "object";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.number.to_string()
    }
}
