//! The site map: every page of a group's portal, once.

use super::exchange::{Method, Reply};
use super::visit::{Guest, GuestForm, Handover, Submission, Visit};
use super::{
    account, company, documents, facilities, files, labels, link, login, new_order, notices, objects, order, orders,
    outside, pages, readings, selfchecks, sessions,
};
use crate::error::Result;

/// Who answers, and what must be true before they are asked.
#[derive(Clone, Copy)]
pub enum Handler {
    /// Anybody may look.
    Open(fn(&Guest) -> Result<Reply>),
    /// Anybody may look, also in a frame on the sites that the group names. Knows nobody, and sets no cookie.
    Framed(fn(&Guest) -> Result<Reply>),
    /// Anybody may send it, from any site: it only leads on. Knows nobody, and reads and changes nothing.
    Handover(fn(&Handover) -> Result<Reply>),
    /// Who holds its address, which nobody can guess, may send it, from anywhere: a mail program does. Knows nobody.
    Bearer(fn(&GuestForm) -> Result<Reply>),
    /// Anybody may send it, from our own page.
    OpenForm(fn(&GuestForm) -> Result<Reply>),
    /// Only who is signed in may look.
    Page(fn(&Visit) -> Result<Reply>),
    /// Only who is signed in may send it, from our own page.
    Submit(fn(&Submission) -> Result<Reply>),
    /// The same, and the form may carry files.
    Upload(fn(&Submission) -> Result<Reply>),
}

/// One page or one form.
#[derive(Clone, Copy)]
pub struct Route {
    /// Its path below `/g/SLUG`; a part that begins with `:` takes any value.
    pub path: &'static str,
    /// Who answers.
    pub handler: Handler,
}

const fn route(path: &'static str, handler: Handler) -> Route {
    Route { path, handler }
}

/// Every page and every form.
pub const ROUTES: &[Route] = &[
    route("/", Handler::Open(login::show)),
    route("/login", Handler::OpenForm(login::sign_in)),
    route("/logout", Handler::Submit(login::sign_out)),
    route("/signed-out", Handler::Open(login::signed_out)),
    route("/forgot", Handler::Open(login::forgot)),
    route("/forgot", Handler::OpenForm(login::ask)),
    route("/forgot/sent", Handler::Open(login::forgot_sent)),
    route("/invite/:token", Handler::Open(link::open_invite)),
    route("/reset/:token", Handler::Open(link::open_reset)),
    route("/choose-password", Handler::Open(link::show)),
    route("/choose-password", Handler::OpenForm(link::choose)),
    route("/new-link", Handler::OpenForm(link::renew)),
    route("/new-link/sent", Handler::Open(link::renewed)),
    route("/mail/off/:token", Handler::Open(notices::open)),
    route("/mail/off/:token", Handler::Bearer(notices::take)),
    route("/help", Handler::Open(pages::help)),
    route("/privacy", Handler::Open(pages::privacy)),
    route("/accessibility", Handler::Open(pages::accessibility)),
    route("/start", Handler::Handover(outside::start)),
    route("/box", Handler::Framed(outside::framed)),
    route("/logo/:hash", Handler::Open(files::logo)),
    route("/brand/:name", Handler::Open(files::brand)),
    route("/orders", Handler::Page(orders::pipeline)),
    route("/orders.csv", Handler::Page(orders::csv)),
    route("/orders/new", Handler::Page(new_order::show)),
    route("/orders/new", Handler::Upload(new_order::send)),
    route("/orders/:number", Handler::Page(order::show)),
    route("/orders/:number/sent", Handler::Page(new_order::sent)),
    route("/orders/:number/comments", Handler::Upload(order::comment)),
    route("/selfchecks/:id", Handler::Page(selfchecks::show)),
    route("/selfchecks/:id", Handler::Upload(selfchecks::save)),
    route("/selfchecks/:id/sign", Handler::Upload(selfchecks::sign)),
    route("/orders/:number/documents", Handler::Page(documents::add_to_order)),
    route("/orders/:number/documents", Handler::Upload(documents::send_to_order)),
    route("/objects/:number/documents", Handler::Page(documents::add_to_object)),
    route("/objects/:number/documents", Handler::Upload(documents::send_to_object)),
    route("/facilities/:number/documents", Handler::Page(documents::add_to_facility)),
    route("/facilities/:number/documents", Handler::Upload(documents::send_to_facility)),
    route("/company/documents", Handler::Page(documents::add_to_company)),
    route("/company/documents", Handler::Upload(documents::send_to_company)),
    route("/documents", Handler::Page(documents::all)),
    route("/documents/:id/:name", Handler::Page(documents::download)),
    route("/facilities", Handler::Page(facilities::list)),
    route("/facilities/:number", Handler::Page(facilities::show)),
    route("/objects", Handler::Page(objects::list)),
    route("/objects/:number", Handler::Page(objects::show)),
    route("/company", Handler::Page(company::show)),
    route("/company/edit", Handler::Page(company::edit)),
    route("/company/edit", Handler::Submit(company::correct)),
    route("/objects/:number/readings", Handler::Page(readings::list)),
    route("/objects/:number/readings", Handler::Submit(readings::enter)),
    route("/objects/:number/readings.csv", Handler::Page(readings::csv)),
    route("/objects/:number/readings/:id", Handler::Page(readings::edit)),
    route("/objects/:number/readings/:id", Handler::Submit(readings::submit)),
    route("/q/:code", Handler::Page(labels::scan)),
    route("/switch", Handler::Page(account::customers)),
    route("/switch", Handler::Submit(account::switch)),
    route("/account", Handler::Page(account::show)),
    route("/account/language", Handler::Submit(account::set_language)),
    route("/account/name", Handler::Page(account::name)),
    route("/account/name", Handler::Submit(account::change_name)),
    route("/account/sessions", Handler::Page(sessions::show)),
    route("/account/sessions", Handler::Submit(sessions::end)),
    route("/account/notices", Handler::Page(notices::show)),
    route("/account/notices", Handler::Submit(notices::save)),
    route("/account/password", Handler::Page(account::password)),
    route("/account/password", Handler::Submit(account::change_password)),
    route("/no-access", Handler::Page(account::no_access)),
];

impl Handler {
    /// The methods it answers to: for looking, for sending.
    pub fn methods(self) -> (bool, bool) {
        match self {
            Self::Open(_) | Self::Framed(_) | Self::Page(_) => (true, false),
            Self::Bearer(_) | Self::OpenForm(_) | Self::Submit(_) | Self::Upload(_) => (false, true),
            Self::Handover(_) => (true, true),
        }
    }

    /// Who may, in a few words.
    pub fn who(self) -> &'static str {
        match self {
            Self::Open(_) => "anybody",
            Self::Framed(_) => "anybody, also in a frame on the group's own sites",
            Self::Handover(_) => "anybody, from any site; it only leads to the login box",
            Self::Bearer(_) => "who holds the address, which stands in a mail",
            Self::OpenForm(_) => "anybody, from a page of the portal",
            Self::Page(_) => "who is signed in",
            Self::Submit(_) | Self::Upload(_) => "who is signed in, from a page of the portal",
        }
    }

    /// Whether it answers everybody alike, whoever is signed in in the browser that asks.
    pub(super) fn knows_nobody(self) -> bool {
        matches!(self, Self::Framed(_) | Self::Handover(_) | Self::Bearer(_))
    }

    fn takes(self, method: Method) -> bool {
        let (looks, sends) = self.methods();
        if method == Method::Post { sends } else { looks }
    }
}

/// What an address is.
pub enum Found {
    /// A page or form, with the values of the `:` parts in order.
    Route(&'static Route, Vec<String>),
    /// It is there, but not for this method; the methods it has.
    OtherMethod(&'static str),
    /// It is not there.
    Nothing,
}

/// Looks a path up.
pub fn find(method: Method, path: &str) -> Found {
    let mut other = None;
    for route in ROUTES {
        if let Some(values) = values(route.path, path) {
            if route.handler.takes(method) {
                return Found::Route(route, values);
            }
            other = Some(if method == Method::Post { "GET, HEAD" } else { "POST" });
        }
    }
    other.map_or(Found::Nothing, Found::OtherMethod)
}

/// The values of a path's `:` parts if it fits the pattern. Each part is decoded once, after the path was divided.
fn values(pattern: &str, path: &str) -> Option<Vec<String>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut values = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(values),
            (Some(part), Some(value)) if part.starts_with(':') => values.push(decoded(value)?),
            (Some(part), Some(value)) if part == value => {}
            _ => return None,
        }
    }
}

/// A part of a path without its `%XX`; nothing if it is empty, no UTF-8, or holds what no address of ours holds.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty() && !text.contains(['/', '\\', '\0']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_once_and_decoded_once() {
        let number = |path| match find(Method::Get, path) {
            Found::Route(route, values) if route.path == "/orders/:number" => values.first().cloned(),
            _ => None,
        };
        assert_eq!(number("/orders/NK-FR%C3%96-1").as_deref(), Some("NK-FRÖ-1"));
        assert_eq!(number("/orders/%2541").as_deref(), Some("%41"));
        for odd in [
            "/orders/",
            "/orders/a/b",
            "/orders/a%2Fb",
            "/orders/%00",
            "/orders/%ff",
            "/orders/%4",
            "//orders/1",
            "/Orders/1",
        ] {
            assert_eq!(number(odd), None, "{odd}");
        }
        assert!(matches!(find(Method::Post, "/orders"), Found::OtherMethod("GET, HEAD")));
        assert!(matches!(find(Method::Get, "/login"), Found::OtherMethod("POST")));
        assert!(matches!(find(Method::Get, "/none"), Found::Nothing));
    }
}
