//! Customers: who is served, with their addresses and whether they are still served.

mod own_store;
mod store;

use serde::{Deserialize, Serialize};

pub use own_store::{Reachable, correct};
pub use store::{add, delete, find, list, lookup, lookup_external, named, set, set_status};

use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::CustomerId;
use crate::text::{Email, Lang, Line, Number, Prefix, Prose, fold, vocabulary};

vocabulary! {
    /// Whether a customer is served.
    CustomerStatus, "customer status" {
        Active = "active",
        /// Its users cannot sign in to it, and it gets no new orders.
        Closed = "closed",
    }
}

/// Who is served.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Customer {
    /// Its row.
    #[serde(skip)]
    pub id: CustomerId,
    /// Its number, by which the company knows it.
    #[serde(rename = "customer_no")]
    pub number: Number,
    /// What is known about it.
    #[serde(flatten)]
    pub card: CustomerCard,
    /// Whether it is served.
    pub status: CustomerStatus,
    /// Since when it is here.
    pub created_at: Moment,
}

/// What can be said and changed about a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerCard {
    /// Its name.
    pub name: Line,
    /// Its number in a public register.
    pub org_no: Option<Line>,
    /// Its general address for mail.
    pub email: Option<Email>,
    /// Its telephone.
    pub phone: Option<Line>,
    /// Its fax.
    pub fax: Option<Line>,
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
    /// The language of its people who chose none.
    pub lang: Option<Lang>,
    /// What its order numbers carry after the group's prefix.
    pub prefix: Option<Prefix>,
    /// What only staff read.
    pub note: Option<Prose>,
    /// What another program calls it.
    pub external_id: Option<Line>,
}

impl CustomerCard {
    /// A card with nothing but a name.
    pub fn named(name: Line) -> Self {
        Self {
            name,
            org_no: None,
            email: None,
            phone: None,
            fax: None,
            address: None,
            address2: None,
            postal_code: None,
            city: None,
            region: None,
            country: None,
            lang: None,
            prefix: None,
            note: None,
            external_id: None,
        }
    }

    /// What a search looks through.
    fn search(&self, number: &Number) -> String {
        let more = [&self.city, &self.address, &self.org_no, &self.external_id];
        let words = [number.as_str(), self.name.as_str()].into_iter();
        fold(&words.chain(more.into_iter().flatten().map(Line::as_str)).collect::<Vec<_>>().join(" "))
    }
}

crate::db::text_columns!(CustomerStatus);

impl Subject for Customer {
    const NOUN: &'static str = "customer";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.number.to_string()
    }
}
