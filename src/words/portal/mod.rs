//! The words of the portal's pages: one struct, filled once for each language, so that a missing text does not compile.

mod en;
mod es;
mod sv;

use crate::text::Lang;

/// The words in one language.
pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &en::WORDS,
        Lang::Sv => &sv::WORDS,
        Lang::Es => &es::WORDS,
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

/// Everything the portal says.
pub struct Words {
    /// What stands around every page.
    pub common: Common,
    /// The login box, its ends and the forgotten password.
    pub login: Login,
    /// Choosing and changing a password.
    pub password: Password,
    /// Links that no longer work.
    pub link: Dead,
    /// Stages, kinds and marks of orders.
    pub badge: Badge,
    /// The pipeline.
    pub orders: Orders,
    /// One order.
    pub order: Order,
    /// The person's own page, the choice between customers, and having nothing to see.
    pub account: Account,
    /// Help and privacy.
    pub pages: Pages,
    /// What went wrong, by status.
    pub errors: Errors,
}

/// What stands around every page.
pub struct Common {
    /// Begins the title of a page whose form was refused.
    pub error: &'static str,
    pub skip: &'static str,
    pub menu: &'static str,
    pub orders: &'static str,
    pub account: &'static str,
    pub sign_in: &'static str,
    pub sign_out: &'static str,
    pub switch: &'static str,
    pub signed_in_for: &'static str,
    pub language: &'static str,
    pub need_help: &'static str,
    pub call: &'static str,
    pub write: &'static str,
    pub help: &'static str,
    pub privacy: &'static str,
    /// Heads the summary of what keeps a form from being accepted.
    pub problem: &'static str,
    pub show_password: &'static str,
    pub hide_password: &'static str,
    pub email: &'static str,
    pub email_missing: &'static str,
    pub email_odd: &'static str,
    pub password: &'static str,
    pub back_to_sign_in: &'static str,
    pub cancel: &'static str,
    pub save: &'static str,
}

/// The login box, its ends and the forgotten password.
pub struct Login {
    pub title: About,
    pub password_missing: &'static str,
    pub wrong: &'static str,
    /// How many minutes to wait.
    pub throttled: Counted,
    pub stale: &'static str,
    pub forgot: &'static str,
    pub invited: About,
    pub chosen: &'static str,
    pub ended: &'static str,
    pub out_title: &'static str,
    pub out_text: About,
    pub out_shared: &'static str,
    pub again: &'static str,
    pub forgot_title: &'static str,
    pub forgot_text: &'static str,
    pub forgot_send: &'static str,
    pub sent_title: &'static str,
    pub sent_text: About,
    /// How many hours the link works.
    pub sent_valid: Counted,
    pub sent_nothing: &'static str,
    pub sent_other: &'static str,
}

/// Choosing and changing a password.
pub struct Password {
    pub invite_title: &'static str,
    pub invite_text: fn(company: &str, customer: &str) -> String,
    pub reset_title: &'static str,
    pub reset_text: &'static str,
    pub change_title: &'static str,
    pub change_text: &'static str,
    pub new: &'static str,
    pub current: &'static str,
    /// The least number of characters.
    pub hint: Counted,
    pub until: &'static str,
    pub choose: &'static str,
    pub change: &'static str,
    /// Said once the password is changed.
    pub changed: &'static str,
    pub missing: &'static str,
    pub short: Counted,
    pub long: &'static str,
    pub common: &'static str,
    pub guessable: &'static str,
    pub current_missing: &'static str,
    pub current_wrong: &'static str,
    pub throttled: Counted,
    pub stale: &'static str,
}

/// Links that no longer work.
pub struct Dead {
    pub used: &'static str,
    pub used_text: &'static str,
    pub expired: &'static str,
    pub expired_text: &'static str,
    pub replaced: &'static str,
    pub replaced_text: &'static str,
    pub withdrawn: &'static str,
    pub withdrawn_text: About,
    pub unknown: &'static str,
    pub unknown_text: &'static str,
    pub other: &'static str,
    pub other_text: About,
    pub again: &'static str,
    pub again_text: &'static str,
    pub again_sent: &'static str,
    pub forgot: &'static str,
}

/// Stages, kinds and marks of orders.
pub struct Badge {
    pub received: &'static str,
    pub planned: &'static str,
    pub in_progress: &'static str,
    pub waiting: &'static str,
    pub done: &'static str,
    pub cancelled: &'static str,
    pub work: &'static str,
    pub service: &'static str,
    pub overdue: &'static str,
}

/// The pipeline.
pub struct Orders {
    pub title: &'static str,
    pub new: &'static str,
    pub search: &'static str,
    pub search_label: &'static str,
    pub facility: &'static str,
    pub kind: &'static str,
    pub stage: &'static str,
    pub all: &'static str,
    pub clear: &'static str,
    pub views: &'static str,
    pub board: &'static str,
    pub list: &'static str,
    pub csv: &'static str,
    pub stages: &'static str,
    /// The stage `done` on the board, which shows the last 30 days.
    pub done_lately: &'static str,
    pub nothing_here: &'static str,
    /// How many there are, already written as a number.
    pub show_all: About,
    pub empty_title: &'static str,
    pub empty_text: fn(company: &str, customer: &str) -> String,
    pub none_title: &'static str,
    pub none_text: &'static str,
    pub number: &'static str,
    pub order: &'static str,
    pub place: &'static str,
    pub date: &'static str,
    pub sort: &'static str,
    pub pages: &'static str,
    pub range: fn(first: &str, last: &str, total: &str) -> String,
    pub previous: &'static str,
    pub next: &'static str,
    pub at_received: &'static str,
    pub at_planned: &'static str,
    pub at_asked: &'static str,
    pub at_started: &'static str,
    pub at_done: &'static str,
    pub at_cancelled: &'static str,
    pub at_due: &'static str,
}

/// One order.
pub struct Order {
    pub back: &'static str,
    pub status: &'static str,
    pub waiting: About,
    pub facts: &'static str,
    pub kind: &'static str,
    pub priority: &'static str,
    pub facility: &'static str,
    pub no_facility: &'static str,
    pub object: &'static str,
    pub contact: &'static str,
    pub technicians: &'static str,
    pub received: &'static str,
    pub planned: &'static str,
    pub due: &'static str,
    pub reference: &'static str,
    pub description: &'static str,
    pub history: &'static str,
    pub reason: &'static str,
    pub comments: &'static str,
    pub no_comments: &'static str,
    pub answers: About,
    pub you: &'static str,
}

/// The person's own page, the choice between customers, and having nothing to see.
pub struct Account {
    pub title: &'static str,
    pub name: &'static str,
    pub email_hint: About,
    pub customer: &'static str,
    pub language: &'static str,
    pub language_hint: &'static str,
    /// Said once the language is saved.
    pub saved: &'static str,
    pub password_text: &'static str,
    pub switch_title: &'static str,
    pub switch_text: About,
    pub number: &'static str,
    pub current: &'static str,
    pub closed: &'static str,
    pub nothing_title: &'static str,
    pub nothing_text: About,
    pub nothing_next: About,
    pub nothing_why: &'static str,
}

/// Help and privacy: a title, and headed paragraphs.
pub struct Pages {
    pub help_lead: About,
    pub help: &'static [(&'static str, &'static str)],
    pub stages: &'static str,
    pub received: &'static str,
    pub planned: &'static str,
    pub in_progress: &'static str,
    pub waiting: &'static str,
    pub done: &'static str,
    pub cancelled: &'static str,
    pub privacy_lead: About,
    pub privacy: &'static [(&'static str, &'static str)],
}

/// One thing that went wrong: what happened, and what to do.
pub struct Fault {
    pub title: &'static str,
    pub what: &'static str,
    pub next: &'static str,
}

/// What went wrong, by status.
pub struct Errors {
    pub bad: Fault,
    pub denied: Fault,
    pub missing: Fault,
    pub method: Fault,
    pub gone: Fault,
    pub length: Fault,
    pub large: Fault,
    pub media: Fault,
    pub content: Fault,
    pub throttled: Fault,
    pub ours: Fault,
    pub busy: Fault,
    pub limit: About,
    pub wait: Counted,
    pub reference: &'static str,
    pub reference_hint: &'static str,
    pub home: &'static str,
}
