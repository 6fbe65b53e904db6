//! The login box as other sites show it, in a frame.

use maud::{Markup, html};

use super::login::EMAIL;
use crate::portal::ui::form::{self, Field};
use crate::portal::ui::layout::{Frame, Sheet, inset, page, picture};
use crate::portal::ui::{input, part};
use crate::text::Lang;

/// The name of the field that carries the language.
pub const LANG: &str = "lang";

/// The login box in a frame.
#[derive(Clone, Debug)]
pub struct LoginFrame {
    /// Where the address is sent.
    pub start: String,
    /// The language that the other site asked for, which the portal speaks then too.
    pub lang: Option<Lang>,
}

/// `GET /box`
pub fn framed(frame: &Frame, data: &LoginFrame) -> Markup {
    let words = frame.words();
    let title = (words.login.title)(frame.company_name());
    let body = html! {
        @if let Some(logo) = frame.company.as_ref().and_then(|company| company.logo.as_ref()) {
            p.mark { (picture(logo)) }
        }
        h1 { (title) }
        (form::to_top(&data.start, html! {
            (input::email(&Field::new(EMAIL, words.common.email), ""))
            @if let Some(lang) = data.lang { input type="hidden" name=(LANG) value=(lang); }
            (form::submit(words.outside.go_on))
        }))
        p.faint { (words.outside.password_later) }
    };
    inset(frame, &Sheet::boxed(title, body))
}

/// What a form is told in a preview.
pub fn preview_refused(frame: &Frame, home: &str) -> Markup {
    let words = frame.words();
    let title = words.outside.preview_title;
    let body = html! {
        h1 { (title) }
        p { (words.outside.preview_form) }
        p { (part::button(home, words.errors.home)) }
    };
    page(frame, &Sheet::boxed(title, body))
}
