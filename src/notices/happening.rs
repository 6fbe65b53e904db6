//! What happens, with the words in which people are told of it.

use jiff::civil::Date;

use crate::error::Result;
use crate::event::Event;
use crate::ids::{DocumentId, SelfcheckId};
use crate::outbox::letter::{News, SelfcheckFacts, SelfcheckNews};
use crate::stage::Stage;
use crate::text::{Line, Prose};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// An order came.
    Created {
        /// What is wanted, at length.
        text: Option<Prose>,
    },
    /// An order stands elsewhere now.
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
    /// It is said when somebody comes, or that it is at another time.
    Planned,
    /// Something was said on an order.
    Commented {
        /// Who said it, as the comment is signed.
        by: Line,
        /// What.
        text: Prose,
    },
    /// Files were shared.
    Documented {
        /// Which.
        documents: Vec<DocumentId>,
        /// Their names, and a line about them.
        text: Prose,
    },
    /// A self-check was begun, signed or reopened.
    Selfcheck {
        /// Which.
        id: SelfcheckId,
        /// What a letter says of it.
        facts: SelfcheckFacts,
        /// What became of it.
        news: SelfcheckNews,
        /// Why, where somebody said so.
        reason: Option<Prose>,
    },
    /// A machine is due for service.
    ServiceDue {
        /// Which service.
        service: Line,
        /// By which day.
        due: Date,
        /// Whether that day is over, or the use is used up.
        overdue: bool,
    },
}

/// What a mail says of files: their names, and the line about them.
pub fn of_files<'a>(names: impl Iterator<Item = &'a str>, about: Option<&'a Line>) -> Result<Prose> {
    let mut lines: Vec<&str> = names.collect();
    if let Some(text) = about {
        lines.extend(["", text.as_str()]);
    }
    Prose::parse(&lines.join("\n"))
}

impl Happening {
    /// The event that roles and people choose it by.
    pub fn event(&self) -> Event {
        match self {
            Self::Created { .. } => Event::OrderCreated,
            Self::Status { stage, .. } => Event::of_stage(*stage),
            Self::Planned => Event::OrderPlanned,
            Self::Commented { .. } => Event::Comment,
            Self::Documented { .. } => Event::Document,
            Self::Selfcheck { .. } => Event::Selfcheck,
            Self::ServiceDue { .. } => Event::ReadingDue,
        }
    }

    /// The status that an order got, if that is what happened.
    pub(super) fn status(&self) -> Option<&Line> {
        match self {
            Self::Status { to, .. } => Some(to),
            _ => None,
        }
    }

    pub(super) fn documents(&self) -> &[DocumentId] {
        match self {
            Self::Documented { documents, .. } => documents,
            _ => &[],
        }
    }

    /// What staff are told that a customer did with an order; nothing for what only staff do.
    pub(super) fn news(&self) -> Option<News> {
        match self {
            Self::Created { .. } => Some(News::Placed),
            Self::Commented { .. } => Some(News::Commented),
            Self::Documented { .. } => Some(News::Document),
            Self::Status { .. } | Self::Planned | Self::Selfcheck { .. } | Self::ServiceDue { .. } => None,
        }
    }

    /// The words of whoever did it.
    pub(super) fn text(&self) -> Option<Prose> {
        match self {
            Self::Created { text } => text.clone(),
            Self::Commented { text, .. } | Self::Documented { text, .. } => Some(text.clone()),
            Self::Status { .. } | Self::Planned | Self::Selfcheck { .. } | Self::ServiceDue { .. } => None,
        }
    }
}
