//! What can be written to somebody: the kinds of mail and the facts each one carries.
//!
//! A letter is plain data and waits as JSON in the outbox. It holds no link and no secret: a link is made from the
//! ticket's id when the mail leaves.

use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::error::Result;
use crate::ids::TicketId;
use crate::stage::Stage;
use crate::text::{Colour, Email, Lang, Line, Number, Prose, Slug, Zone, vocabulary};

vocabulary! {
    /// The kind of a letter, as `mail list` and `mail preview` name it.
    LetterKind, "kind of mail" {
        Invite = "invite",
        Reset = "reset",
        PasswordChanged = "password_changed",
        OrderReceived = "order_received",
        OrderStatus = "order_status",
        OrderComment = "order_comment",
        OrderToStaff = "order_to_staff",
        SelfcheckToStaff = "selfcheck_to_staff",
        Test = "test",
    }
}

vocabulary! {
    /// Who asked for a new password.
    AskedBy, "asker" {
        Themselves = "themselves",
        Company = "company",
    }
}

vocabulary! {
    /// What a customer did with an order that staff should know.
    News, "news" {
        Placed = "placed",
        Commented = "commented",
        Document = "document",
        Cancelled = "cancelled",
    }
}

/// One mail to one person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// An account is ready; the link chooses its password.
    Invite {
        /// Who is invited.
        person: Line,
        /// The customer whose things they will see.
        customer: Line,
        /// The ticket behind the link.
        ticket: TicketId,
        /// When the link ends.
        expires: Moment,
        /// Who at the company made the account, where that is a person with a name.
        invited_by: Option<Line>,
    },
    /// A new password can be chosen.
    Reset {
        /// Whose password.
        person: Line,
        /// The ticket behind the link.
        ticket: TicketId,
        /// When the link ends.
        expires: Moment,
        /// Who asked for it.
        by: AskedBy,
    },
    /// The password was changed.
    PasswordChanged {
        /// Whose password.
        person: Line,
        /// When.
        at: Moment,
        /// The network address it was changed from, where it is known.
        client: Option<Line>,
    },
    /// To the customer: the order has arrived.
    OrderReceived {
        /// Who placed it or is told of it.
        person: Line,
        /// The order.
        order: OrderFacts,
        /// Whether they can open it in the portal: somebody may be allowed to order and to see nothing.
        #[serde(default = "yes")]
        opens: bool,
    },
    /// To the customer: the order stands elsewhere now.
    OrderStatus {
        /// Who is told.
        person: Line,
        /// The order.
        order: OrderFacts,
        /// The company's name of the status it had, where it had one.
        from: Option<Line>,
        /// The company's name of the status it has.
        to: Line,
        /// The stage of that status.
        stage: Stage,
        /// What the company wrote to the customer about it.
        reason: Option<Prose>,
    },
    /// To the customer: somebody has said something on the order.
    OrderComment {
        /// Who is told.
        person: Line,
        /// The order.
        order: OrderFacts,
        /// Who said it.
        by: Line,
        /// What they said.
        text: Prose,
    },
    /// To staff: a customer did something.
    OrderToStaff {
        /// The staff member, or the group where nobody is assigned.
        person: Line,
        /// The order.
        order: OrderFacts,
        /// What was done.
        news: News,
        /// Who at the customer did it.
        by: Line,
        /// What they wrote: the description, the comment, the line on a document.
        text: Option<Prose>,
    },
    /// To staff: a customer signed a self-check.
    SelfcheckToStaff {
        /// The staff member, or the group where nobody is assigned.
        person: Line,
        /// The self-check.
        selfcheck: SelfcheckFacts,
        /// Who at the customer signed it.
        by: Line,
    },
    /// Proof that mail leaves.
    Test {},
}

/// What a mail says about a self-check.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SelfcheckFacts {
    /// What it is called.
    pub title: Line,
    /// Whose it is.
    pub customer: Line,
    /// The order it lies on.
    pub order: Option<Number>,
    /// What that order is about.
    pub about: Option<Line>,
    /// The machine it lies on.
    pub object: Option<Line>,
    /// Where, unless it belongs to no facility.
    pub facility: Option<Line>,
    /// How many points it has.
    pub points: u32,
    /// How many of them are not as they should be.
    pub failed: u32,
    /// What is wrong there, a line for each of them.
    pub text: Option<Prose>,
}

/// What a mail says about an order; nothing internal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderFacts {
    /// `NK-FRO-0142`
    pub number: Number,
    /// What it is about.
    pub title: Line,
    /// Whose order it is.
    pub customer: Line,
    /// Where, unless it belongs to no facility.
    pub facility: Option<Line>,
    /// Which machine.
    pub object: Option<Line>,
    /// When somebody comes.
    pub planned: Option<Moment>,
    /// How soon it must be done, in the company's words.
    #[serde(default)]
    pub priority: Option<Line>,
    /// Whether that is an emergency.
    #[serde(default)]
    pub emergency: bool,
    /// The customer's own name for it.
    #[serde(default)]
    pub reference: Option<Line>,
    /// Whom to ask where the work is.
    #[serde(default)]
    pub site_contact: Option<Line>,
    /// The number under which they answer.
    #[serde(default)]
    pub site_phone: Option<Line>,
}

/// What was true of every letter that was queued before it was asked.
fn yes() -> bool {
    true
}

/// Who writes: what a mail shows of the group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Brand {
    /// The company's name.
    pub name: Line,
    /// Its short name in addresses.
    pub slug: Slug,
    /// Its colour, for the head and the button.
    pub colour: Colour,
    /// Whom to call.
    pub phone: Option<Line>,
    /// Where answers go.
    pub reply_to: Option<Email>,
    /// Its language, for whoever has none of their own.
    pub lang: Lang,
    /// The zone in which times are told.
    pub zone: Zone,
}

/// The addresses in a mail, made by the caller when it leaves; each begins with `http://` or `https://`.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LetterLinks {
    /// Where the button leads; empty for none.
    pub action: String,
    /// Where the reader turns these mails off; only where they may.
    pub off: Option<String>,
}

impl Letter {
    /// What kind of letter it is.
    pub fn kind(&self) -> LetterKind {
        match self {
            Self::Invite { .. } => LetterKind::Invite,
            Self::Reset { .. } => LetterKind::Reset,
            Self::PasswordChanged { .. } => LetterKind::PasswordChanged,
            Self::OrderReceived { .. } => LetterKind::OrderReceived,
            Self::OrderStatus { .. } => LetterKind::OrderStatus,
            Self::OrderComment { .. } => LetterKind::OrderComment,
            Self::OrderToStaff { .. } => LetterKind::OrderToStaff,
            Self::SelfcheckToStaff { .. } => LetterKind::SelfcheckToStaff,
            Self::Test {} => LetterKind::Test,
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
            | Self::OrderStatus { order, .. }
            | Self::OrderComment { order, .. }
            | Self::OrderToStaff { order, .. } => Some(order),
            _ => None,
        }
    }

    /// A letter of a kind with the example company's facts, as `mail preview` shows it.
    pub fn example(kind: LetterKind, now: Moment) -> Result<Self> {
        let person = Line::parse("Eva Lind")?;
        let customer = Line::parse("Brf Fröjden")?;
        let order = || -> Result<OrderFacts> {
            Ok(OrderFacts {
                number: Number::parse("NK-FRO-0142")?,
                title: Line::parse("Compressor 2 leaks oil")?,
                customer: Line::parse("Brf Fröjden")?,
                facility: Some(Line::parse("Hus B")?),
                object: Some(Line::parse("KYL-02 Compressor 2")?),
                planned: Some(now.plus(2 * 86_400)),
                priority: Some(Line::parse("Emergency")?),
                emergency: true,
                reference: Some(Line::parse("Board 12/2026")?),
                site_contact: Some(Line::parse("Nils, caretaker")?),
                site_phone: Some(Line::parse("+46 70 555 12 34")?),
            })
        };
        Ok(match kind {
            LetterKind::Invite => Self::Invite {
                person,
                customer,
                ticket: TicketId(1),
                expires: now.plus(7 * 86_400),
                invited_by: Some(Line::parse("Rita Berg")?),
            },
            LetterKind::Reset => {
                Self::Reset { person, ticket: TicketId(1), expires: now.plus(2 * 3_600), by: AskedBy::Themselves }
            }
            LetterKind::PasswordChanged => {
                Self::PasswordChanged { person, at: now, client: Some(Line::parse("203.0.113.7")?) }
            }
            LetterKind::OrderReceived => Self::OrderReceived { person, order: order()?, opens: true },
            LetterKind::OrderStatus => Self::OrderStatus {
                person,
                order: order()?,
                from: Some(Line::parse("Planning")?),
                to: Line::parse("Booked")?,
                stage: Stage::Planned,
                reason: Some(Prose::parse("Our technician brings the gasket. Please leave the machine room open.")?),
            },
            LetterKind::OrderComment => Self::OrderComment {
                person,
                order: order()?,
                by: Line::parse("Ola Berg")?,
                text: Prose::parse("The gasket has arrived.\nDoes Thursday at nine suit you?")?,
            },
            LetterKind::OrderToStaff => Self::OrderToStaff {
                person: Line::parse("Ola Berg")?,
                order: order()?,
                news: News::Commented,
                by: person,
                text: Some(Prose::parse("It drips more than yesterday.\nThe key is with the caretaker.")?),
            },
            LetterKind::SelfcheckToStaff => Self::SelfcheckToStaff {
                person: Line::parse("Ola Berg")?,
                selfcheck: SelfcheckFacts {
                    title: Line::parse("Weekly round")?,
                    customer,
                    order: None,
                    about: None,
                    object: Some(Line::parse("KYL-02 Compressor 2")?),
                    facility: Some(Line::parse("Hus B")?),
                    points: 12,
                    failed: 1,
                    text: Some(Prose::parse("4. Door gasket is whole: torn at the lower hinge")?),
                },
                by: person,
            },
            LetterKind::Test => Self::Test {},
        })
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
            assert_eq!(stored["kind"], kind.word());
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
