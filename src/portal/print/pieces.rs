//! What a company puts on its own website: a link, a button, a form, a frame, a code.

use maud::{Markup, html};
use serde::Serialize;

use super::Code;
use crate::error::Result;
use crate::groups::Group;
use crate::links;
use crate::portal::views::login::EMAIL;
use crate::portal::views::outside::LANG;
use crate::text::Lang;
use crate::words::portal;

/// Pieces of HTML and one drawing, each complete by itself.
#[derive(Clone, Debug, Serialize)]
pub struct Pieces {
    /// A plain link to the login box.
    pub link: String,
    /// The same as a button in the company's colour.
    pub button: String,
    /// A form for the e-mail address, which leads to the login box.
    pub form: String,
    /// The login box in a frame.
    pub iframe: String,
    /// A code that leads to the login box, as SVG.
    pub qr: String,
}

/// The size of the frame: as high as the box is with the longest name on the narrowest telephone.
const FRAME: (u16, u16) = (340, 420);

impl Pieces {
    /// The pieces for a group whose portal is at an address; with a language, the portal is opened in it.
    pub fn of(base_url: &str, group: &Group, lang: Option<Lang>) -> Result<Self> {
        let words = portal::of(lang.unwrap_or(group.card.lang));
        let (slug, name) = (&group.slug, group.card.name.as_str());
        let at =
            |path: String| format!("{base_url}{}", links::with_query(&path, &[(LANG, lang.map_or("", Lang::word))]));
        let (home, framed, start) = (at(links::home(slug)), at(links::embedded(slug)), links::start(slug));
        let sign_in = (words.login.title)(name);
        let look = format!(
            "display:inline-block;padding:.7em 1.4em;border:0;border-radius:.5em;background:{};color:{};\
             font:600 1rem/1.3 system-ui,sans-serif;text-decoration:none;cursor:pointer",
            group.card.colour,
            group.card.colour.ink()
        );
        let field = format!("{slug}-email");
        let (width, height) = FRAME;
        let pieces = [
            html! { a href=(home) { ((words.outside.link)(name)) } },
            html! { a href=(home) style=(look) { (sign_in) } },
            html! {
                form method="post" action={ (base_url) (start) } {
                    label for=(field) { (words.common.email) }
                    " "
                    input id=(field) name=(EMAIL) type="email" autocomplete="username" required;
                    @if let Some(lang) = lang { input type="hidden" name=(LANG) value=(lang); }
                    " "
                    button type="submit" style=(look) { (sign_in) }
                }
            },
            html! {
                iframe src=(framed) title=(sign_in) width=(width) height=(height) style="border:0;max-width:100%"
                    loading="lazy" {}
            },
            Code::of(&home)?.svg(&format!("{}: {home}", words.outside.code)),
        ];
        let [link, button, form, iframe, qr] = pieces.map(Markup::into_string);
        Ok(Self { link, button, form, iframe, qr })
    }
}
