//! Page: where somebody is signed in.

use maud::{Markup, html};

use crate::portal::ui::form::{self, Target};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::{When, part};
use crate::words::portal::Words;

/// The name of the button that ends a session; its value is the session, or [`OTHERS`].
pub const SESSION: &str = "session";

/// Every session but the one that asks.
pub const OTHERS: &str = "others";

/// Where somebody is signed in.
#[derive(Clone, Debug)]
pub struct SessionsPage {
    /// The person's own page.
    pub account: String,
    /// Where what is to end is sent.
    pub form: Target,
    /// The browsers, the present one first.
    pub sessions: Vec<Session>,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// What is sent to end it.
    pub value: String,
    /// What the browser calls itself, as far as it is known: its name and what it runs on.
    pub browser: (Option<&'static str>, Option<&'static str>),
    /// When it began.
    pub started: When,
    /// When it was last used.
    pub seen: When,
    /// From where it began.
    pub client: Option<String>,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// `GET /account/sessions`
pub fn sessions(frame: &Frame, data: &SessionsPage) -> Markup {
    let words = frame.words();
    let text = &words.sessions;
    let several = data.sessions.iter().any(|session| !session.here);
    let body = html! {
        (part::back(&data.account, words.account.title))
        h1 { (text.title) }
        p { (text.lead) }
        @for (at, session) in data.sessions.iter().enumerate() { (card(words, data, at, session)) }
        @if several {
            p.faint { (text.hint) }
            (form::post(&data.form, html! {
                button type="submit" name=(SESSION) value=(OTHERS) { (text.end_others) }
            }))
        } @else {
            p.faint { (text.only_here) }
        }
    };
    let title = text.title.to_owned();
    page(frame, &Sheet { title, refused: false, place: Some(Place::Account), width: Width::Text, body })
}

fn card(words: &Words, data: &SessionsPage, at: usize, session: &Session) -> Markup {
    let text = &words.sessions;
    let name = match session.browser {
        (Some(browser), Some(system)) => (text.on)(browser, system),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => text.unknown.to_owned(),
    };
    let id = format!("browser-{at}");
    html! {
        section.card {
            div.with-action {
                h2 id=(id) { (name) }
                @if session.here { span.badge.is-done { (text.here) } }
            }
            dl.facts {
                (part::fact(text.started, Some(part::time(&session.started))))
                (part::fact(text.seen, Some(part::time(&session.seen))))
                (part::fact(text.address, session.client.as_ref().map(|client| html! { (client) })))
            }
            @if !session.here {
                (form::post(&data.form, html! {
                    button.quiet type="submit" name=(SESSION) value=(session.value) aria-describedby=(id) { (text.end) }
                }))
            }
        }
    }
}
