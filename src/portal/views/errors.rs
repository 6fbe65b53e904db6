//! Pages: what went wrong, what to do, and whom to call.

use maud::{Markup, html};

use crate::portal::ui::layout::{Frame, Sheet, page};
use crate::portal::ui::part;
use crate::words::portal::{Fault, Words};

/// An answer that is not what was asked for.
#[derive(Clone, Debug, Default)]
pub struct ErrorPage {
    /// The status it is sent with.
    pub status: u16,
    /// What the log calls it.
    pub reference: Option<String>,
    /// The limit that was passed, as a sentence.
    pub limit: Option<String>,
    /// How many minutes to wait.
    pub minutes: Option<u64>,
    /// The page that led here.
    pub back: Option<String>,
    /// Where to start again.
    pub home: Option<String>,
}

/// Every status from 400 on.
pub fn error(frame: &Frame, data: &ErrorPage) -> Markup {
    let words = frame.words();
    let fault = fault(words, data.status);
    let body = html! {
        p.code { (data.status) }
        h1 { (fault.title) }
        p {
            (fault.what)
            @if let Some(limit) = &data.limit { " " (limit) }
        }
        p {
            @match data.minutes {
                Some(minutes) => ((words.errors.wait)(minutes)),
                None => (fault.next),
            }
        }
        @if let Some(reference) = &data.reference {
            dl.facts { (part::fact(words.errors.reference, Some(html! { code { (reference) } }))) }
            p.faint { (words.errors.reference_hint) }
        }
        @if let Some(back) = &data.back { p { (part::button(back, words.errors.back)) } }
        @if let Some(home) = &data.home {
            @if data.back.is_none() { p { (part::button(home, words.errors.home)) } }
            @else { p.aside { a href=(home) { (words.errors.home) } } }
        }
    };
    page(frame, &Sheet::boxed(fault.title, body))
}

fn fault(words: &Words, status: u16) -> &Fault {
    let errors = &words.errors;
    match status {
        401 | 403 => &errors.denied,
        404 => &errors.missing,
        405 => &errors.method,
        410 => &errors.gone,
        411 => &errors.length,
        413 => &errors.large,
        415 => &errors.media,
        422 => &errors.content,
        429 => &errors.throttled,
        503 => &errors.busy,
        500.. => &errors.ours,
        _ => &errors.bad,
    }
}
