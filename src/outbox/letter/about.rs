//! What is asked of a letter without reading it to anybody: its kind, its event, its order, when it ends, what it holds.

use super::{Letter, LetterKind, News, OrderFacts, Topic};
use crate::clock::Moment;
use crate::event::Event;
use crate::ids::TicketId;
use crate::stage::Stage;
use crate::text::Line;

impl Letter {
    /// Several news of one order as one mail, oldest first.
    pub fn bundle(person: Line, order: OrderFacts, letters: Vec<Letter>) -> Self {
        Self::OrderNews { person, order, letters }
    }

    /// What kind of letter it is.
    pub fn kind(&self) -> LetterKind {
        match self {
            Self::Invite { .. } => LetterKind::Invite,
            Self::Reset { .. } => LetterKind::Reset,
            Self::PasswordChanged { .. } => LetterKind::PasswordChanged,
            Self::AddressChanged { .. } => LetterKind::AddressChanged,
            Self::Locked { .. } => LetterKind::Locked,
            Self::AccessChanged { .. } => LetterKind::AccessChanged,
            Self::OrderReceived { .. } => LetterKind::OrderReceived,
            Self::OrderPlanned { .. } => LetterKind::OrderPlanned,
            Self::OrderStatus { stage: Stage::Waiting, .. } => LetterKind::OrderWaiting,
            Self::OrderStatus { stage: Stage::Done, .. } => LetterKind::OrderDone,
            Self::OrderStatus { .. } => LetterKind::OrderStatus,
            Self::OrderComment { .. } => LetterKind::OrderComment,
            Self::Document { .. } => LetterKind::Document,
            Self::Selfcheck { .. } => LetterKind::Selfcheck,
            Self::ServiceDue { .. } => LetterKind::ServiceDue,
            Self::OrderNews { .. } => LetterKind::OrderNews,
            Self::Digest { .. } => LetterKind::Digest,
            Self::OrderToStaff { news: News::Commented, .. } => LetterKind::CommentToStaff,
            Self::OrderToStaff { .. } => LetterKind::OrderToStaff,
            Self::SelfcheckToStaff { .. } => LetterKind::SelfcheckToStaff,
            Self::DocumentToStaff { .. } => LetterKind::DocumentToStaff,
            Self::Doubtful { .. } => LetterKind::Doubtful,
            Self::Accounts { .. } => LetterKind::Accounts,
            Self::Test {} => LetterKind::Test,
        }
    }

    /// What it tells a customer of, as each person chooses it; nothing for letters to staff, letters about an account,
    /// and those that hold others.
    pub fn event(&self) -> Option<Event> {
        match self {
            Self::OrderReceived { .. } => Some(Event::OrderCreated),
            Self::OrderStatus { stage, .. } => Some(Event::of_stage(*stage)),
            Self::OrderPlanned { .. } => Some(Event::OrderPlanned),
            Self::OrderComment { .. } => Some(Event::Comment),
            Self::Document { .. } => Some(Event::Document),
            Self::Selfcheck { .. } => Some(Event::Selfcheck),
            Self::ServiceDue { .. } => Some(Event::ReadingDue),
            Self::Invite { .. }
            | Self::Reset { .. }
            | Self::PasswordChanged { .. }
            | Self::AddressChanged { .. }
            | Self::Locked { .. }
            | Self::AccessChanged { .. }
            | Self::OrderNews { .. }
            | Self::Digest { .. }
            | Self::OrderToStaff { .. }
            | Self::SelfcheckToStaff { .. }
            | Self::DocumentToStaff { .. }
            | Self::Doubtful { .. }
            | Self::Accounts { .. }
            | Self::Test {} => None,
        }
    }

    /// The letters it holds, oldest first; none unless it tells of several things.
    pub fn letters(&self) -> &[Letter] {
        match self {
            Self::OrderNews { letters, .. } | Self::Digest { letters, .. } => letters,
            _ => &[],
        }
    }

    /// The same with other letters in it; a letter that holds none stays as it is.
    pub fn with_letters(mut self, now: Vec<Letter>) -> Self {
        if let Self::OrderNews { letters, .. } | Self::Digest { letters, .. } = &mut self {
            *letters = now;
        }
        self
    }

    /// Whether it goes to the company's own people.
    pub fn is_for_staff(&self) -> bool {
        match self {
            Self::OrderToStaff { .. }
            | Self::SelfcheckToStaff { .. }
            | Self::DocumentToStaff { .. }
            | Self::Doubtful { .. }
            | Self::Accounts { .. } => true,
            Self::OrderNews { letters, .. } => letters.iter().any(Self::is_for_staff),
            _ => false,
        }
    }

    /// Whether the reader can open in the portal what it is about.
    pub fn opens(&self) -> bool {
        match self {
            Self::OrderReceived { opens, .. }
            | Self::Document { opens, .. }
            | Self::Selfcheck { opens, .. }
            | Self::ServiceDue { opens, .. } => *opens,
            Self::OrderNews { letters, .. } | Self::Digest { letters, .. } => letters.iter().any(Self::opens),
            Self::AddressChanged { to_new, .. } => *to_new,
            Self::OrderToStaff { .. }
            | Self::SelfcheckToStaff { .. }
            | Self::DocumentToStaff { .. }
            | Self::Doubtful { .. }
            | Self::Accounts { .. } => false,
            _ => true,
        }
    }

    /// The ticket from which its link is made.
    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Invite { ticket, .. } | Self::Reset { ticket, .. } => Some(*ticket),
            _ => None,
        }
    }

    /// When it is too late to send it.
    pub fn expires(&self) -> Option<Moment> {
        match self {
            Self::Invite { expires, .. } | Self::Reset { expires, .. } => Some(*expires),
            _ => None,
        }
    }

    /// The order it is about, whose mails belong to one thread.
    pub fn order(&self) -> Option<&OrderFacts> {
        match self {
            Self::OrderReceived { order, .. }
            | Self::OrderPlanned { order, .. }
            | Self::OrderStatus { order, .. }
            | Self::OrderComment { order, .. }
            | Self::OrderNews { order, .. }
            | Self::OrderToStaff { order, .. }
            | Self::Document { on: Topic::Order(order), .. } => Some(order),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_survives_the_outbox_and_names_its_kind_alike() {
        for kind in LetterKind::ALL {
            let letter = Letter::example(*kind, Moment::from_unix(1_795_334_520)).expect("an example");
            assert_eq!(letter.kind(), *kind);
            let stored = serde_json::to_value(&letter).expect("plain data");
            assert_eq!(serde_json::from_value::<Letter>(stored).expect("the same letter"), letter);
        }
    }

    #[test]
    fn a_stored_letter_with_a_line_break_in_a_name_is_refused() {
        let stored = r#"{"kind":"password_changed","person":"Eva\r\nBcc: x@y.example","at":"2026-11-22T08:02:00Z"}"#;
        assert!(serde_json::from_str::<Letter>(stored).is_err());
    }

    #[test]
    fn only_letters_with_links_end() {
        let now = Moment::from_unix(1_795_334_520);
        for kind in LetterKind::ALL {
            let letter = Letter::example(*kind, now).expect("an example");
            let ends = matches!(kind, LetterKind::Invite | LetterKind::Reset);
            assert_eq!((letter.expires().is_some(), letter.ticket().is_some()), (ends, ends), "{kind}");
        }
    }
}
