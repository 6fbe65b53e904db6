//! Every sentence of the mails, once in each language.
//!
//! A sentence with a gap is a function, so that a gap cannot be forgotten and a missing text does not compile.

mod account;
mod accounts;
mod doubtful;
mod en;
mod es;
mod selfcheck;
mod several;
mod sv;
mod things;

use crate::outbox::letter::News;
use crate::stage::Stage;
use crate::text::Lang;

/// The texts of a language.
pub fn of(lang: Lang) -> &'static Texts {
    match lang {
        Lang::En => &en::EN,
        Lang::Sv => &sv::SV,
        Lang::Es => &es::ES,
    }
}

/// The line of each language above which an answer is written: what comes after it is not the answer.
pub fn reply_marks() -> [&'static str; 3] {
    [Lang::En, Lang::Sv, Lang::Es].map(|lang| of(lang).replies.mark)
}

/// All texts of one language. `group` is the company's name; dates come already written in the language.
pub struct Texts {
    /// What every mail shares.
    pub frame: Frame,
    /// An account is ready.
    pub invite: Invite,
    /// A new password.
    pub reset: Reset,
    /// The password was changed.
    pub changed: Changed,
    /// The account has another address.
    pub address: &'static account::Address,
    /// The account waits.
    pub locked: &'static account::Locked,
    /// Another access.
    pub access: &'static account::Access,
    /// Orders, to customers.
    pub order: Order,
    /// Planned work, documents, self-checks and service, to customers.
    pub things: &'static things::Things,
    /// Several news in one mail.
    pub several: &'static several::Several,
    /// Answers by mail.
    pub replies: &'static several::Reply,
    /// Orders, to staff.
    pub staff: Staff,
    /// Self-checks, to staff.
    pub selfcheck: &'static selfcheck::Selfcheck,
    /// A mail that could not be taken as an answer, to staff.
    pub doubtful: &'static doubtful::Doubtful,
    /// What was done with customer accounts, to administrators.
    pub accounts: &'static accounts::Accounts,
    /// Proof that mail leaves.
    pub test: Test,
}

/// What every mail shares.
pub struct Frame {
    /// Takes the person's name.
    pub hello: fn(&str) -> String,
    /// Takes the group's name; stands under the letter in the plain part.
    pub regards: fn(&str) -> String,
    /// Takes the telephone number.
    pub call: fn(&str) -> String,
    /// Answers to this mail are read.
    pub reply: &'static str,
    /// Stands over the link in full.
    pub copy_link: &'static str,
    /// Stands over the link that turns mails off.
    pub off: &'static str,
    /// Labels of facts, each without a colon.
    pub order: &'static str,
    /// What the order is about.
    pub about: &'static str,
    /// Whose it is.
    pub customer: &'static str,
    /// Where.
    pub facility: &'static str,
    /// Which machine.
    pub object: &'static str,
    /// When somebody comes.
    pub planned: &'static str,
    /// The company's own word for where the order stands.
    pub status: &'static str,
    /// How soon it must be done.
    pub priority: &'static str,
    /// Whom to ask where the work is.
    pub site: &'static str,
    /// The customer's own name for it.
    pub reference: &'static str,
}

/// An account is ready.
pub struct Invite {
    /// Takes the group.
    pub subject: fn(&str) -> String,
    /// Takes the group and the customer.
    pub opening: fn(&str, &str) -> String,
    /// Takes the group, the customer and who made the account.
    pub opening_by: fn(&str, &str, &str) -> String,
    /// What to do.
    pub what: &'static str,
    /// On the button.
    pub button: &'static str,
    /// Takes the moment the link ends.
    pub expires: fn(&str) -> String,
    /// Takes the group: why you get it and what to do if you should not.
    pub why: fn(&str) -> String,
}

/// A new password.
pub struct Reset {
    /// Takes the group.
    pub subject: fn(&str) -> String,
    /// Takes the group: somebody, probably you, asked on the page.
    pub opening_themselves: fn(&str) -> String,
    /// Takes the group: the company asked.
    pub opening_company: fn(&str) -> String,
    /// On the button.
    pub button: &'static str,
    /// Takes the moment the link ends.
    pub expires: fn(&str) -> String,
    /// Why, and what to do if it was not you.
    pub why_themselves: &'static str,
    /// Takes the group: why, and what to do if you did not expect it.
    pub why_company: fn(&str) -> String,
}

/// The password was changed.
pub struct Changed {
    /// Takes the group.
    pub subject: fn(&str) -> String,
    /// Takes the group and the moment.
    pub opening: fn(&str, &str) -> String,
    /// Takes the network address.
    pub client: fn(&str) -> String,
    /// All other devices are signed out, and nothing is left to do if it was you.
    pub fine: &'static str,
    /// What to do if it was not you.
    pub not_you: &'static str,
    /// On the button.
    pub button: &'static str,
    /// Why you get it.
    pub why: &'static str,
}

/// Orders, to customers.
pub struct Order {
    /// Takes the number and the title.
    pub subject_received: fn(&str, &str) -> String,
    /// Takes the number, the stage's words and the title.
    pub subject_status: fn(&str, &str, &str) -> String,
    /// Takes the number and the title.
    pub subject_comment: fn(&str, &str) -> String,
    /// Takes who wrote it and the number.
    pub opening_comment: fn(&str, &str) -> String,
    /// Takes the telephone number: in an emergency one calls.
    pub emergency: fn(&str) -> String,
    /// To whoever placed it; takes the group and the number.
    pub opening_received: fn(&str, &str) -> String,
    /// To others who are told of it; takes the group and the number.
    pub opening_new: fn(&str, &str) -> String,
    /// Takes the number, the status before and the status now.
    pub opening_moved: fn(&str, &str, &str) -> String,
    /// Takes the number and the status now.
    pub opening_now: fn(&str, &str) -> String,
    /// What happens next, by stage; takes the group.
    pub next: fn(Stage, &str) -> String,
    /// Takes the group; stands over what the company wrote.
    pub reason: fn(&str) -> String,
    /// On the button.
    pub button: &'static str,
    /// Takes the group and the customer.
    pub why: fn(&str, &str) -> String,
    /// To whoever placed it.
    pub why_own: &'static str,
    /// The stage in a subject or a badge.
    pub stage: fn(Stage) -> &'static str,
}

/// Orders, to staff.
pub struct Staff {
    /// Begins the subject of what cannot wait.
    pub emergency: &'static str,
    /// Takes the news, the number and the title.
    pub subject: fn(News, &str, &str) -> String,
    /// Takes the news, who did it and the customer.
    pub opening: fn(News, &str, &str) -> String,
    /// On the button.
    pub button: &'static str,
    /// Takes the group.
    pub why: fn(&str) -> String,
    /// Of what is on no order; takes the group.
    pub why_office: fn(&str) -> String,
}

/// Proof that mail leaves.
pub struct Test {
    /// Takes the group.
    pub subject: fn(&str) -> String,
    /// Takes the group.
    pub opening: fn(&str) -> String,
    /// Why you get it.
    pub why: &'static str,
}
