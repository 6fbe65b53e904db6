//! Notices: who is told by mail of what happens, and who is not.
//!
//! A customer's own act reaches the technicians of the order, else the company's own address. At the customer a contact is
//! told of what is assigned to them, and of what one of their roles ticks in their facilities; a contact with an account
//! never of what that account does not open, except orders assigned to them. Nobody is told of their own act; whoever
//! orders something gets a receipt. Each of them can turn each event off, or to one mail a day.
//!
//! The rule is a plain function, in `rule.rs`. It is asked when something happens, and again when a mail leaves.

mod audience_store;
mod choice_store;
mod choices;
mod happening;
mod people_store;
mod rule;
mod still_store;
mod tell_store;
mod topic_store;

pub use audience_store::{Doer, at_company, at_customer};
pub use choice_store::{behind, choose, own_choices, token};
pub use choices::{Choice, Chooser};
pub use happening::{Happening, of_files};
pub use rule::{Account, Colleague, Person, Verdict, Why, WhyNot};
pub use still_store::{Standing, standing};
pub use tell_store::tell;

/// Whether an act is told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tell {
    /// Everybody who should hear of it.
    #[default]
    Everybody,
    /// Nobody: a script puts something right.
    Nobody,
}
