//! Contacts: the people at a customer. They can be told things, and need no account for it.

mod address_store;
mod own_store;
mod role_store;
mod same;
mod store;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use address_store::follow;
pub use own_store::{colleagues, own, rename};
pub use role_store::{set_facilities, set_roles, telling, tellings};
pub use same::recognise;
pub use store::{
    add, add_for_user, delete, erase, find, list, list_all, lookup, lookup_external, lookup_name, named, of, set,
};

use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::{ContactId, CustomerId};
use crate::text::{Email, Lang, Line, Number, fold};

/// A person at a customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contact {
    /// Its row, by which a person without an address is named: `id:123`.
    pub id: ContactId,
    /// At whom.
    #[serde(skip)]
    pub customer_id: CustomerId,
    /// The number of the customer.
    pub customer_no: Number,
    /// What is known about them.
    #[serde(flatten)]
    pub card: ContactCard,
    /// Since when they are here.
    pub created_at: Moment,
}

/// What can be said and changed about a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactCard {
    /// Their name.
    pub name: Line,
    /// Their address for mail.
    pub email: Option<Email>,
    /// Their telephone.
    pub phone: Option<Line>,
    /// What they are there.
    pub title: Option<Line>,
    /// Where they sit.
    pub location: Option<Line>,
    /// Their language, if not the customer's.
    pub lang: Option<Lang>,
    /// What another program calls them.
    pub external_id: Option<Line>,
}

/// What a contact is told of, beside the orders that are assigned to them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Telling {
    /// The names of the roles they carry, the oldest role first.
    pub roles: Vec<Line>,
    /// The numbers of the facilities they are told about; none named is the whole customer.
    pub facilities: Vec<Number>,
}

/// A person at a customer as the others there see them.
#[derive(Clone, Debug, PartialEq)]
pub struct Colleague {
    /// Their name.
    pub name: Line,
    /// Their address for mail.
    pub email: Option<Email>,
    /// Their telephone.
    pub phone: Option<Line>,
    /// What they are there.
    pub title: Option<Line>,
    /// Whether they can sign in for this customer.
    pub has_account: bool,
    /// Whether it is whoever looks.
    pub is_own: bool,
}

impl ContactCard {
    /// A card with nothing but a name.
    pub fn named(name: Line) -> Self {
        Self { name, email: None, phone: None, title: None, location: None, lang: None, external_id: None }
    }

    /// What a search looks through.
    fn search(&self) -> String {
        let more = [&self.title, &self.location].into_iter().flatten().map(Line::as_str);
        let email = self.email.iter().map(Email::as_str);
        fold(&std::iter::once(self.name.as_str()).chain(email).chain(more).collect::<Vec<_>>().join(" "))
    }
}

impl Subject for Contact {
    const NOUN: &'static str = "contact";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.card.email.as_ref().map_or_else(|| self.card.name.to_string(), Email::to_string)
    }
}
