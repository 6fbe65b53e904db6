//! How each route is walked: an address of it, and what its form would carry.

use frontdesk::portal::routes::Route;

use crate::support::PASSWORD;

/// What a form carries.
pub type Fields = &'static [(&'static str, &'static str)];

/// An address of each route, and what its form would carry. A route that is not here fails.
pub const SAMPLES: &[(&str, &str, Fields)] = &[
    ("/", "/", &[]),
    ("/login", "/login", &[("email", "eva@brf.example"), ("password", PASSWORD)]),
    ("/logout", "/logout", &[]),
    ("/signed-out", "/signed-out", &[]),
    ("/forgot", "/forgot", &[("email", "eva@brf.example")]),
    ("/forgot/sent", "/forgot/sent?email=eva%40brf.example", &[]),
    ("/invite/:token", "/invite/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &[]),
    ("/reset/:token", "/reset/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &[]),
    ("/choose-password", "/choose-password", &[("password", "seven brown boats drift")]),
    ("/new-link", "/new-link", &[]),
    ("/new-link/sent", "/new-link/sent", &[]),
    ("/help", "/help", &[]),
    ("/privacy", "/privacy", &[]),
    ("/accessibility", "/accessibility", &[]),
    ("/start", "/start?email=eva%40brf.example", &[("email", "eva@brf.example"), ("password", PASSWORD)]),
    ("/box", "/box?lang=sv", &[]),
    ("/logo/:hash", "/logo/0123456789abcdef", &[]),
    ("/brand/:name", "/brand/brand.0123456789abcdef.css", &[]),
    ("/orders", "/orders?view=list", &[]),
    ("/orders.csv", "/orders.csv", &[]),
    ("/orders/new", "/orders/new", &[("what", "It leaks"), ("facility", "hus-a"), ("once", "a-mark")]),
    ("/orders/:number", "/orders/NK-FRO-0001", &[]),
    ("/selfchecks/:id", "/selfchecks/1", &[("answer-1", "ok")]),
    ("/selfchecks/:id/sign", "/selfchecks/1/sign", &[("answer-1", "ok")]),
    ("/orders/:number/documents", "/orders/NK-FRO-0001/documents", &[("document-text", "a drawing")]),
    ("/objects/:number/documents", "/objects/KYL-02/documents", &[("document-text", "a drawing")]),
    ("/facilities/:number/documents", "/facilities/hus-a/documents", &[("document-text", "a drawing")]),
    ("/company/documents", "/company/documents", &[("document-text", "a drawing")]),
    ("/documents", "/documents?q=drawing", &[]),
    ("/documents/:id/:name", "/documents/1/drawing.pdf", &[]),
    ("/orders/:number/sent", "/orders/NK-FRO-0001/sent", &[]),
    ("/orders/:number/comments", "/orders/NK-FRO-0001/comments", &[("comment", "It leaks"), ("once", "a-mark")]),
    ("/facilities", "/facilities?q=hus", &[]),
    ("/facilities/:number", "/facilities/hus-a", &[]),
    ("/objects", "/objects?facility=hus-a", &[]),
    ("/objects/:number", "/objects/KYL-02", &[]),
    ("/company", "/company", &[]),
    ("/company/edit", "/company/edit", &[("phone", "+46 8 555 99 99"), ("city", "cold room")]),
    ("/objects/:number/readings", "/objects/KYL-01/readings", &[("value", "130"), ("at", "2026-11-20T08:00")]),
    ("/objects/:number/readings.csv", "/objects/KYL-01/readings.csv", &[]),
    (
        "/objects/:number/readings/:id",
        "/objects/KYL-01/readings/2",
        &[("act", "correct"), ("value", "121"), ("why", "Misread")],
    ),
    ("/q/:code", "/q/0123456789abcdef", &[]),
    ("/switch", "/switch", &[("access", "1")]),
    ("/account", "/account", &[]),
    ("/account/language", "/account/language", &[("lang", "es")]),
    ("/account/name", "/account/name", &[("name", "Somebody Else")]),
    ("/account/sessions", "/account/sessions", &[("session", "others")]),
    ("/account/password", "/account/password", &[("current", PASSWORD), ("password", "seven brown boats drift")]),
    ("/account/notices", "/account/notices", &[("comment", "off"), ("document", "daily")]),
    (
        "/mail/off/:token",
        "/mail/off/1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        &[("List-Unsubscribe", "One-Click"), ("comment", "off")],
    ),
    ("/no-access", "/no-access", &[]),
];

#[track_caller]
pub fn sample(route: &Route) -> (&'static str, Fields) {
    let found = SAMPLES.iter().find(|(path, ..)| *path == route.path);
    let (_, path, fields) = found.unwrap_or_else(|| panic!("say in SAMPLES how {} is walked", route.path));
    (path, fields)
}
