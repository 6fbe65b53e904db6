//! Answers: a page, a way elsewhere, a file.

use maud::Markup;

use super::exchange::Reply;
use crate::error::Result;

/// A page.
pub fn page(markup: Markup) -> Reply {
    with_status(200, markup)
}

/// A page that is not what was asked for.
pub fn with_status(status: u16, markup: Markup) -> Reply {
    Reply::new(status, "text/html; charset=utf-8", markup.into_string().into_bytes())
}

/// A way elsewhere after a form, or to the address that counts. The address is one of ours.
pub fn see_other(address: &str) -> Result<Reply> {
    Reply::new(303, "text/plain; charset=utf-8", Vec::new()).with("Location", address)
}

/// A file whose address changes with its content.
pub fn kept_for_ever(content_type: &str, body: Vec<u8>) -> Result<Reply> {
    Reply::new(200, content_type, body).with("Cache-Control", super::assets::CACHE)
}
