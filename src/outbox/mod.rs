//! Mails: what they say, how they look, how they wait, and how they leave.

pub mod action;
mod again_store;
mod desk_store;
pub mod letter;
pub mod message;
pub mod notice;
mod notice_store;
mod pace_store;
mod page;
pub mod render;
mod returned_store;
pub mod sender;
mod state_store;
mod stop_store;
mod store;
pub mod texts;

use serde::Serialize;

pub use again_store::rewrite;
pub use desk_store::{MailFilter, cancel, drop, filtered, find, letter, list, retry};
pub use notice_store::{Noted, queue_notice};
pub use pace_store::next;
pub use returned_store::{Marked, by_mark, returned};
pub use state_store::{MailHealth, health};
pub use stop_store::{Stop, flows, stop, stopped};
pub use store::{add, hold, lease, queue, set_aside, settle, withdraw};

use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::{GroupId, LetterId, OrderId, UserId};
use crate::outbox::letter::{Brand, Letter};
use crate::text::{Email, Lang, vocabulary};

/// Seconds of a minute, in which a group may try so many mails.
const MINUTE: i64 = 60;

/// What the mailer does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It carries this mail of this group.
    Mail(LetterId, GroupId),
    /// What is due may not be tried before this moment.
    NotBefore(Moment),
    /// Nothing is due.
    Nothing,
}

vocabulary! {
    /// What became of a mail so far.
    MailState, "mail state" {
        Queued = "queued",
        Sent = "sent",
        /// Refused for good, or given up.
        Dead = "dead",
        Cancelled = "cancelled",
    }
}
crate::db::text_columns!(MailState);

/// A letter to be queued, with the one address it goes to.
#[derive(Clone, Debug)]
pub struct Post {
    /// What it says.
    pub letter: Letter,
    /// Where it goes.
    pub to: Email,
    /// In which language.
    pub lang: Lang,
    /// The user it is for: withdrawing the user withdraws it.
    pub user: Option<UserId>,
    /// The order it is about.
    pub order: Option<OrderId>,
}

/// A mail in the outbox.
#[derive(Clone, Debug, Serialize)]
pub struct Mail {
    /// Its row.
    pub id: LetterId,
    /// Its kind.
    pub kind: String,
    /// Where it goes.
    pub to: Email,
    /// In which language.
    pub lang: Lang,
    /// What became of it so far.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was queued.
    pub queued_at: Moment,
    /// When it is tried next, while it waits.
    pub next_at: Option<Moment>,
    /// When it was sent, given up or cancelled.
    pub done_at: Option<Moment>,
    /// The last answer of the mail server, or why it waits.
    pub answer: Option<String>,
}

impl Subject for Mail {
    const NOUN: &'static str = "mail";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        format!("{} to {}", self.kind, self.to)
    }
}

/// A mail taken out for one attempt, with everything that is needed to make the message.
#[derive(Clone, Debug)]
pub struct Leased {
    /// Its row.
    pub id: LetterId,
    /// Whose it is.
    pub group: GroupId,
    /// Its mark, from which its `Message-ID` is made.
    pub mark: String,
    /// Its facts.
    pub letter: Letter,
    /// Where it goes.
    pub to: Email,
    /// In which language.
    pub lang: Lang,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// When it was queued.
    pub queued_at: Moment,
    /// Who writes.
    pub brand: Brand,
    /// The token of its link, if it has one.
    pub token: Option<String>,
    /// Who reads it and what it tells of, if it is a notice.
    pub noted: Option<Noted>,
}

/// What became of one attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It left.
    Sent,
    /// It is tried again at this moment.
    Again(Moment),
    /// Nothing could leave; it is tried again at this moment, and this attempt does not count.
    Unheard(Moment),
    /// It is not tried again.
    Dead,
    /// It was not tried: its reader may no longer be told.
    Withdrawn,
}
