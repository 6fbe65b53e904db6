//! The rule of who is told (product.md, 2.5): a plain function of what is known about a person.

use std::fmt;

use crate::clock::Moment;
use crate::event::Event;
use crate::ids::{ContactId, CustomerId, StaffId, UserId};
use crate::notices::Choice;
use crate::text::{Email, Lang, Line, vocabulary};

vocabulary! {
    /// What the account of a contact lets them open.
    Account, "state of an account" {
        /// There is none; a contact needs no account to be told things.
        Missing = "missing",
        /// It is disabled, its access has ended, or the customer is closed; then it does not matter whether there is one.
        Off = "off",
        /// It opens what this is about.
        Opens = "opens",
        /// It does not.
        Closed = "closed",
    }
}
crate::db::text_columns!(Account);

/// Everything about a person at the customer that decides whether they are told of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Who.
    pub contact: ContactId,
    /// At whom.
    pub customer: CustomerId,
    /// Their name.
    pub name: Line,
    /// Where mail for them goes.
    pub email: Option<Email>,
    /// In which language.
    pub lang: Lang,
    /// Their login, if they have one.
    pub user: Option<UserId>,
    /// Whether the order is assigned to them.
    pub is_assigned: bool,
    /// Those of their roles that tick the event.
    pub roles: Vec<Line>,
    /// Whether it lies in the facilities they named, or they named none.
    pub in_place: bool,
    /// What their account opens.
    pub account: Account,
    /// Whether they may answer it with a comment.
    pub may_comment: bool,
    /// Whether they did it themselves.
    pub is_own: bool,
    /// How they want to be told of the event.
    pub choice: Choice,
    /// Since when mail to their address comes back.
    pub came_back: Option<Moment>,
}

/// Everything about a person at the company that decides whether they are told of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Colleague {
    /// Who; nobody in particular is the company's own address.
    pub staff: Option<StaffId>,
    /// Their name, or the company's.
    pub name: Line,
    /// Where mail for them goes.
    pub email: Option<Email>,
    /// In which language.
    pub lang: Lang,
    /// Whether they are here no longer.
    pub is_disabled: bool,
    /// Whether they did it themselves.
    pub is_own: bool,
    /// Whether they may answer it with a comment.
    pub may_comment: bool,
    /// Since when mail to their address comes back.
    pub came_back: Option<Moment>,
}

/// Why somebody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// They ordered it themselves, and get a receipt.
    Receipt,
    /// The order is assigned to them.
    Assigned,
    /// Their roles tick the event.
    Roles(Vec<Line>),
    /// They do the work.
    Technician,
    /// It is the company's address, and nobody who can be told does the work.
    Office,
}

/// Why somebody is not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// They did it themselves.
    OwnAct,
    /// It is not assigned to them, and no role of theirs ticks the event.
    NoRole,
    /// Their roles tick the event, but it lies in another facility than those they named.
    Elsewhere(Vec<Line>),
    /// Their account is disabled or has ended, or the customer is closed.
    AccountOff,
    /// Their account does not open it, and it is not assigned to them.
    CannotOpen,
    /// They have no address.
    NoAddress,
    /// Mail to their address comes back, since this moment.
    CameBack(Moment),
    /// They turned it off.
    TurnedOff,
    /// Only what customers do is told to the company.
    StaffAct,
    /// They are here no longer.
    Disabled,
    /// A technician is told instead.
    TechnicianTold,
}

/// Whether somebody is told, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are.
    Told {
        /// Why.
        why: Why,
        /// Whether it waits for the mail of the day.
        daily: bool,
    },
    /// They are not.
    Not(WhyNot),
}

/// Whether a person at the customer is told of an event.
///
/// They are if the order is assigned to them, or one of their roles ticks the event and it lies in their facilities; never
/// of their own act, but of an order they get a receipt; never of what their account does not open, except orders assigned
/// to them; and not if they turned it off.
pub fn customer_is_told(person: &Person, event: Event) -> Verdict {
    let why = match (person.is_own, event) {
        (true, Event::OrderCreated) => Why::Receipt,
        (true, _) => return Verdict::Not(WhyNot::OwnAct),
        (false, _) if person.is_assigned => Why::Assigned,
        (false, _) if person.roles.is_empty() => return Verdict::Not(WhyNot::NoRole),
        (false, _) if !person.in_place => return Verdict::Not(WhyNot::Elsewhere(person.roles.clone())),
        (false, _) => Why::Roles(person.roles.clone()),
    };
    match (person.account, &why) {
        (Account::Off, _) => return Verdict::Not(WhyNot::AccountOff),
        (Account::Closed, Why::Roles(_)) => return Verdict::Not(WhyNot::CannotOpen),
        _ => {}
    }
    if person.email.is_none() {
        return Verdict::Not(WhyNot::NoAddress);
    }
    if let Some(since) = person.came_back {
        return Verdict::Not(WhyNot::CameBack(since));
    }
    match person.choice {
        Choice::Off => Verdict::Not(WhyNot::TurnedOff),
        // A receipt that comes tomorrow is none.
        Choice::Daily => Verdict::Told { daily: why != Why::Receipt, why },
        Choice::Now => Verdict::Told { why, daily: false },
    }
}

/// Whether somebody who does the work is told of what a customer did.
pub fn technician_is_told(person: &Colleague) -> Verdict {
    if person.is_own {
        Verdict::Not(WhyNot::OwnAct)
    } else if person.is_disabled {
        Verdict::Not(WhyNot::Disabled)
    } else {
        reached(person, Why::Technician)
    }
}

/// Whether the company's own address is told: if nobody who does the work can be.
pub fn office_is_told(office: &Colleague, technicians: &[Verdict]) -> Verdict {
    // Who did it himself needs no other to be told of it.
    let known = |verdict: &Verdict| matches!(verdict, Verdict::Told { .. } | Verdict::Not(WhyNot::OwnAct));
    if technicians.iter().any(known) { Verdict::Not(WhyNot::TechnicianTold) } else { reached(office, Why::Office) }
}

fn reached(person: &Colleague, why: Why) -> Verdict {
    match (&person.email, person.came_back) {
        (None, _) => Verdict::Not(WhyNot::NoAddress),
        (_, Some(since)) => Verdict::Not(WhyNot::CameBack(since)),
        (Some(_), None) => Verdict::Told { why, daily: false },
    }
}

impl Verdict {
    /// Whether it is yes.
    pub fn is_told(&self) -> bool {
        matches!(self, Self::Told { .. })
    }

    /// By which way they are told.
    pub fn channel(&self) -> &'static str {
        match self {
            Self::Told { daily: true, .. } => "daily mail",
            Self::Told { why: Why::Receipt, .. } => "receipt by mail",
            Self::Told { .. } => "mail",
            Self::Not(_) => "none",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Told { why, .. } => why.fmt(f),
            Self::Not(why_not) => why_not.fmt(f),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Receipt => f.write_str("ordered it themselves"),
            Self::Assigned => f.write_str("the order is assigned to them"),
            Self::Roles(roles) => write!(f, "role {}", joined(roles)),
            Self::Technician => f.write_str("assigned technician"),
            Self::Office => f.write_str("the company's address, while no technician can be told"),
        }
    }
}

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OwnAct => f.write_str("their own act"),
            Self::NoRole => f.write_str("not assigned to them, and no role of theirs ticks it"),
            Self::Elsewhere(roles) => write!(f, "role {}, but for other facilities", joined(roles)),
            Self::AccountOff => f.write_str("their account is disabled or has ended, or the customer is closed"),
            Self::CannotOpen => f.write_str("their account does not open it"),
            Self::NoAddress => f.write_str("no mail address"),
            Self::CameBack(_) => f.write_str("mail to the address comes back"),
            Self::TurnedOff => f.write_str("turned it off"),
            Self::StaffAct => f.write_str("only what customers do is told to the company"),
            Self::Disabled => f.write_str("disabled"),
            Self::TechnicianTold => f.write_str("a technician is told"),
        }
    }
}

fn joined(roles: &[Line]) -> String {
    roles.iter().map(Line::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
