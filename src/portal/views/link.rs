//! Pages: a link that no longer works says why, and offers the next step.

use maud::{Markup, html};

use crate::portal::ui::form::{self, Target};
use crate::portal::ui::layout::{Frame, Sheet, page};
use crate::portal::ui::part;

/// Why a link does not work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// A password was chosen with it.
    Used,
    /// Its time is over.
    Expired,
    /// A newer one was sent.
    Replaced,
    /// The account was disabled, deleted or got another address.
    Withdrawn,
    /// It was cut on the way, or was never ours.
    Unknown,
    /// Another person is signed in in this browser.
    Other {
        /// Who is signed in.
        name: String,
    },
}

/// The page of a link that does not work.
#[derive(Clone, Debug)]
pub struct DeadLink {
    /// Why.
    pub why: Why,
    /// Sends a new link to the same address, where that is possible.
    pub again: Option<Target>,
    /// Asks for the address, where a new link cannot be sent by itself.
    pub forgot: Option<String>,
    /// Ends the session of the other person.
    pub sign_out: Option<Target>,
    /// The login box.
    pub login: String,
}

/// `GET /invite/…` and `GET /reset/…` when the link does not work.
pub fn dead(frame: &Frame, data: &DeadLink) -> Markup {
    let words = frame.words();
    let link = &words.link;
    let (title, text) = match &data.why {
        Why::Used => (link.used, link.used_text.to_owned()),
        Why::Expired => (link.expired, link.expired_text.to_owned()),
        Why::Replaced => (link.replaced, link.replaced_text.to_owned()),
        Why::Withdrawn => (link.withdrawn, (link.withdrawn_text)(frame.company_name())),
        Why::Unknown => (link.unknown, link.unknown_text.to_owned()),
        Why::Other { name } => (link.other, (link.other_text)(name)),
    };
    let body = html! {
        h1 { (title) }
        p { (text) }
        @if let Some(again) = &data.again {
            (form::post(again, html! {
                p { (link.again_text) }
                (form::submit(link.again))
            }))
        }
        @if let Some(sign_out) = &data.sign_out { (form::post(sign_out, form::submit(words.common.sign_out))) }
        @if let Some(forgot) = &data.forgot { p { (part::button(forgot, link.forgot)) } }
        p.aside { a href=(data.login) { (words.common.back_to_sign_in) } }
    };
    page(frame, &Sheet::boxed(title, body))
}

/// The page after asking for a new link.
#[derive(Clone, Debug)]
pub struct LinkSent {
    /// The login box.
    pub login: String,
}

/// After a new link was asked for. The address is not shown: whoever holds an old link need not know it.
pub fn sent(frame: &Frame, data: &LinkSent) -> Markup {
    let words = frame.words();
    let body = html! {
        h1 { (words.login.sent_title) }
        p { (words.link.again_sent) }
        p.aside { a href=(data.login) { (words.common.back_to_sign_in) } }
    };
    page(frame, &Sheet::boxed(words.login.sent_title, body))
}
