//! What a person wants to be told of, and when: at once, once a day, or not at all. Each contact chooses for themselves, on
//! the page behind the link in their mails or in their account.

use crate::event::Event;
use crate::ids::{ContactId, CustomerId};
use crate::text::{Email, Lang, Line, vocabulary};

vocabulary! {
    /// How somebody wants to be told of an event.
    Choice, "choice" {
        /// At once; so it is until they choose.
        Now = "now",
        /// In one mail a day.
        Daily = "daily",
        /// Not at all.
        Off = "off",
    }
}
crate::db::text_columns!(Choice);

/// A person who chooses, with what they chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Chooser {
    /// Who.
    pub contact: ContactId,
    /// At whom.
    pub customer_id: CustomerId,
    /// Their name.
    pub name: Line,
    /// Where their mails go.
    pub email: Email,
    /// In which language.
    pub lang: Lang,
    /// The customer whose matters these are.
    pub customer: Line,
    /// What they chose, for each event.
    pub choices: Vec<(Event, Choice)>,
}
