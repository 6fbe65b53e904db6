//! Notices: who is told by mail of what happens to an order, and who is not.
//!
//! A customer's own act reaches the assigned technicians, else the company's reply address. The company's act reaches
//! the contact the order is assigned to; so does what a colleague says on it. Nobody is told of their own act; whoever
//! orders something gets a receipt. A contact whose account cannot open the order hears of no comment.

mod selfchecks;
mod store;

pub use selfchecks::selfcheck_signed;
pub use store::{tell, tell_of, told, would_hear};

use crate::access::Side;
use crate::ids::UserId;
use crate::outbox::letter::News;
use crate::stage::Stage;
use crate::text::{Email, Lang, Line, Prose};

/// Whether an act is told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tell {
    /// Everybody who should hear of it.
    #[default]
    Everybody,
    /// Nobody: a script puts something right.
    Nobody,
}

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// It came.
    Created {
        /// What is wanted, at length.
        text: Option<Prose>,
    },
    /// It stands elsewhere now.
    Status {
        /// The status it had.
        from: Line,
        /// The status it has.
        to: Line,
        /// What that means to customers.
        stage: Stage,
        /// What the company says about it.
        reason: Option<Prose>,
    },
    /// Files were added to it.
    Documented {
        /// Their names, and a line about them.
        text: Prose,
    },
    /// Something was said on it.
    Commented {
        /// Who said it, as the comment is signed.
        by: Line,
        /// What.
        text: Prose,
    },
}

/// Somebody who is told of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Reader {
    /// Who, as the letter names them.
    pub name: Line,
    /// Where the letter goes.
    pub email: Email,
    /// In which language.
    pub lang: Lang,
    /// Their login, if they have one.
    pub user: Option<UserId>,
    /// On which side they are.
    pub side: Side,
    /// Whether a link to the order leads them anywhere: false for somebody whose account cannot open it.
    pub opens: bool,
}

impl Event {
    /// What staff are told that a customer did; `None` for what only staff do.
    fn news(&self) -> Option<News> {
        match self {
            Self::Created { .. } => Some(News::Placed),
            Self::Commented { .. } => Some(News::Commented),
            Self::Documented { .. } => Some(News::Document),
            Self::Status { .. } => None,
        }
    }

    /// The customer's own words.
    fn text(&self) -> Option<Prose> {
        match self {
            Self::Created { text } => text.clone(),
            Self::Commented { text, .. } | Self::Documented { text } => Some(text.clone()),
            Self::Status { .. } => None,
        }
    }
}
