//! Pages: the login box in a frame on the company's own site, and the way from there to the portal.

use super::exchange::Reply;
use super::frame::frame;
use super::login::typed;
use super::visit::{Guest, Handover};
use super::{reply, views};
use crate::error::Result;
use crate::links;
use crate::text::Lang;
use views::login::EMAIL;
use views::outside::{LANG, LoginFrame};

/// Leads a form, or a link, of another site to the login box with the address filled in. Whatever else was sent is not
/// looked at: a password that another site asked for is worth nothing here.
pub fn start(handover: &Handover) -> Result<Reply> {
    let email = typed(handover.field(EMAIL));
    let lang = spoken(handover.field(LANG)).map_or("", Lang::word);
    reply::see_other(&links::with_query(&links::home(handover.slug()), &[(EMAIL, &email), (LANG, lang)]))
}

/// The box in the frame: an address, and a button that leads the whole window on.
pub fn framed(guest: &Guest) -> Result<Reply> {
    let data = LoginFrame { start: links::start(guest.slug()), lang: spoken(guest.query.get(LANG)) };
    Ok(reply::page(views::outside::framed(&frame(guest), &data)))
}

fn spoken(word: &str) -> Option<Lang> {
    word.parse().ok()
}
