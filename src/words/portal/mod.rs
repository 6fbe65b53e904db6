//! The words of the portal's pages: a file for each topic, in it a struct, filled once for each language, so that a missing
//! text does not compile and the languages stand beside each other.

mod account;
mod badge;
mod comment;
mod common;
mod company;
mod documents;
mod errors;
mod facilities;
mod link;
mod login;
mod new_order;
mod notices;
mod objects;
mod order;
mod orders;
mod outside;
mod pages;
mod password;
mod readings;
mod selfcheck;
mod sessions;
mod sight;

use crate::text::Lang;

pub use account::Account;
pub use badge::Badge;
pub use comment::Comment;
pub use common::Common;
pub use company::Company;
pub use documents::Documents;
pub use errors::{Errors, Fault};
pub use facilities::Facilities;
pub use link::Dead;
pub use login::Login;
pub use new_order::NewOrder;
pub use notices::Notices;
pub use objects::Objects;
pub use order::Order;
pub use orders::Orders;
pub use outside::Outside;
pub use pages::Pages;
pub use password::Password;
pub use readings::Readings;
pub use selfcheck::Selfcheck;
pub use sessions::Sessions;
pub use sight::Sight;

/// The words in one language.
pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Sv => &SV,
        Lang::Es => &ES,
    }
}

/// A language's name in itself.
pub fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "English",
        Lang::Sv => "Svenska",
        Lang::Es => "Español",
    }
}

/// A sentence about one name, such as the company's.
pub type About = fn(&str) -> String;

/// A sentence about a number of things.
pub type Counted = fn(u64) -> String;

/// Makes [`Words`] and fills it for each language: a topic is its module and the name of its struct.
macro_rules! topics {
    ($($(#[$doc:meta])* $topic:ident: $name:ident,)*) => {
        /// Everything the portal says.
        pub struct Words {
            $($(#[$doc])* pub $topic: &'static $name,)*
        }

        static EN: Words = Words { $($topic: &$topic::EN,)* };
        static SV: Words = Words { $($topic: &$topic::SV,)* };
        static ES: Words = Words { $($topic: &$topic::ES,)* };
    };
}

topics! {
    /// What stands around every page.
    common: Common,
    /// The login box, its ends and the forgotten password.
    login: Login,
    /// Choosing and changing a password.
    password: Password,
    /// Links that no longer work.
    link: Dead,
    /// Stages, kinds and marks of orders.
    badge: Badge,
    /// The pipeline.
    orders: Orders,
    /// One order.
    order: Order,
    /// Ordering something, and what is said once it is sent.
    new_order: NewOrder,
    /// Saying something on an order.
    comment: Comment,
    /// Self-checks.
    selfcheck: Selfcheck,
    /// Documents: the field that takes files, the list, the page of all.
    documents: Documents,
    /// The places.
    facilities: Facilities,
    /// The machines.
    objects: Objects,
    /// The customer itself and its people.
    company: Company,
    /// Readings of meters, their curve, and the next service.
    readings: Readings,
    /// The person's own page, the choice between customers, and having nothing to see.
    account: Account,
    /// What somebody may see and do.
    sight: Sight,
    /// Which mails somebody gets.
    notices: Notices,
    /// Where somebody is signed in.
    sessions: Sessions,
    /// What is read on other sites and on things.
    outside: Outside,
    /// Help and privacy.
    pages: Pages,
    /// What went wrong, by status.
    errors: Errors,
}
