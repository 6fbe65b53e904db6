//! How much may be sent where, decided before anything of it is read, and what is said to whoever sends more.

use super::visit::Guest;
use super::{Site, address, to_login};
use crate::error::Result;
use crate::links;
use crate::portal::cookies::Cookie;
use crate::portal::exchange::{Method, Reply, Request};
use crate::portal::front::Head;
use crate::portal::routes::{self, Found, Handler};
use crate::portal::values::{FORM_LIMIT, TEXTS_LIMIT};
use crate::portal::views::errors::{self, ErrorPage};
use crate::portal::{documents, frame, multipart, reply};
use crate::words::portal;

/// The longest body of a request: that of a form with files where one is taken, from somebody who has a session's cookie.
/// Whether the session is good is found out later; that of a small form everywhere else.
pub fn longest_body(site: &Site, head: &Head) -> u64 {
    if site.preview.is_none() && may_carry_files(site, head) {
        site.config.uploads.max_form_bytes()
    } else {
        FORM_LIMIT
    }
}

fn may_carry_files(site: &Site, head: &Head) -> bool {
    let path = head.path();
    let Some((slug, below)) = address(&path) else { return false };
    let cookies = head.header("cookie").unwrap_or_default();
    head.method == Method::Post
        && takes_files(below)
        && multipart::is_multipart(head.header("content-type").unwrap_or_default())
        && Cookie::Session.read(cookies, &slug, site.is_secure()).is_some_and(|token| !token.is_empty())
}

fn takes_files(below: &str) -> bool {
    match routes::find(Method::Post, below) {
        Found::Route(route, _) => matches!(route.handler, Handler::Upload(_)),
        Found::OtherMethod(_) | Found::Nothing => false,
    }
}

/// The answer to a request whose body was not read, because it was longer than `most`. Whom it would have been read from,
/// had they been signed in, is led to sign in, as with every form.
pub fn too_large(guest: &Guest, below: &str, most: u64) -> Result<Reply> {
    if most > FORM_LIMIT {
        return Ok(said(guest, documents::limits(guest)));
    }
    if guest.signed.is_none() && takes_files(below) {
        return to_login(guest);
    }
    Ok(said(guest, texts(guest, FORM_LIMIT)))
}

/// The answer to a form that was read, and whose texts are too long.
pub fn too_long(guest: &Guest) -> Reply {
    let kind = guest.request.header("content-type").unwrap_or_default();
    said(guest, texts(guest, if multipart::is_multipart(kind) { TEXTS_LIMIT } else { FORM_LIMIT }))
}

fn texts(guest: &Guest, limit: u64) -> String {
    let limit = match limit {
        1_000_000.. => format!("{} MB", limit / 1_000_000),
        _ => format!("{} kB", limit / 1_024),
    };
    (portal::of(guest.lang).errors.text_limit)(&limit)
}

fn said(guest: &Guest, limit: String) -> Reply {
    let data = ErrorPage {
        status: 413,
        limit: Some(limit),
        back: page_of_form(guest.request).map(str::to_owned),
        home: Some(links::home(guest.slug())),
        ..Default::default()
    };
    reply::with_status(413, errors::error(&frame::frame(guest), &data))
}

/// The page on which the form stands that was sent to an address: the page there, or the one above it.
pub fn page_of_form(request: &Request) -> Option<&str> {
    let path = request.path.as_str();
    let above = path.rsplit_once('/').map(|(above, _)| above);
    [Some(path), above].into_iter().flatten().find(|path| {
        address(path).is_some_and(|(_, below)| matches!(routes::find(Method::Get, below), Found::Route(..)))
    })
}
