//! Pages: which mails somebody gets, in their account and behind the link in a mail.

use maud::{Markup, html};

use crate::event::Event;
use crate::notices::Choice;
use crate::portal::ui::form::{self, Field, Target};
use crate::portal::ui::input;
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::part;

/// The name of the field that chooses for every event.
pub const ALL: &str = "all";

/// What somebody chose, to be changed.
#[derive(Clone, Debug)]
pub struct Choosing {
    /// Where the form is sent; without a token where the address itself says who sends it.
    pub form: Target,
    /// Where the mails go.
    pub email: String,
    /// Whose matters they are about.
    pub customer: String,
    /// For each event what was chosen; its word is the name of its field.
    pub events: Vec<(Event, Choice)>,
    /// The person's own page, for somebody who is signed in.
    pub account: Option<String>,
}

/// `GET /account/notices` and `GET /mail/off/…`
pub fn choose(frame: &Frame, data: &Choosing) -> Markup {
    let words = frame.words();
    let text = &words.notices;
    let how = |chosen: Choice| {
        [(Choice::Now, text.now), (Choice::Daily, text.daily), (Choice::Off, text.off)]
            .map(|(choice, label)| input::Choice::new(choice.word(), label, choice == chosen))
    };
    let body = html! {
        h1 { (text.title) }
        p { ((text.lead)(&data.email, &data.customer, frame.company_name())) }
        p.hint { (text.daily_hint) }
        (form::post(&data.form, html! {
            @for (event, chosen) in &data.events {
                (input::radios(&Field::new(event.word(), (text.event)(*event)), &how(*chosen)))
            }
            p.hint { (text.account) }
            div.actions {
                (form::submit(words.common.save))
                @if let Some(account) = &data.account { a.button.quiet href=(account) { (words.common.cancel) } }
            }
        }))
        (form::post(&data.form, html! {
            p { (text.all_off_text) }
            input type="hidden" name=(ALL) value=(Choice::Off);
            (form::quiet(text.all_off))
        }))
    };
    let place = data.account.as_ref().map(|_| Place::Account);
    page(frame, &Sheet { title: text.title.into(), refused: false, place, width: Width::Text, body })
}

/// After one click in a mail program.
pub fn turned_off(frame: &Frame, customer: &str, again: &str) -> Markup {
    let text = &frame.words().notices;
    let body = html! {
        h1 { (text.is_off) }
        p { ((text.is_off_text)(frame.company_name(), customer)) }
        p { (text.account) }
        p { (part::button(again, text.change)) }
    };
    page(frame, &Sheet::boxed(text.is_off, body))
}

/// For a person without an address.
pub fn no_address(frame: &Frame) -> Markup {
    let text = &frame.words().notices;
    let body = html! { h1 { (text.title) } p { (text.no_address) } };
    page(
        frame,
        &Sheet { title: text.title.into(), refused: false, place: Some(Place::Account), width: Width::Text, body },
    )
}
