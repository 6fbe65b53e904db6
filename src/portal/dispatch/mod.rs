//! One request from its address to its answer: whose portal, who asks, which page, and what went wrong.

mod health;
mod noting;
mod preview;
mod site;
mod sizes;
pub mod visit;

use std::cell::Cell;

pub use preview::Preview;
pub use site::Site;

use self::noting::{note_stranger, noted};
use self::visit::{Guest, GuestForm, Handover, Submission, Visit};
use super::cookies::Cookie;
use super::exchange::{Body, Method, POLICY, Reply, Request, policy_framed_by};
use super::frame::{self, Dress};
use super::routes::{self, Found, Handler};
use super::ui::layout::Frame;
use super::values::{FORM_LIMIT, Values};
use super::{assets, multipart, reply, views};
use crate::error::{Error, Kind, Result};
use crate::groups;
use crate::links;
use crate::login::{self, Door, SignedIn};
use crate::portal::ui::form::TOKEN;
use crate::secret;
use crate::text::{Lang, Slug};

/// Seconds for which a browser keeps the language it chose, and the value its forms are bound to.
const YEAR: i64 = 365 * 86_400;

/// Answers a request. If its body was too large to be read, it has none, and `most` says how large it could have been.
pub fn answer(site: &Site, mut request: Request, most: Option<u64>) -> Reply {
    let lang = accepted(&request).unwrap_or(site.config.portal.lang);
    let answered = route(site, &mut request, most).or_else(|error| {
        let (status, reference) = status_of(&error, &request);
        let page = views::errors::ErrorPage { status, reference, ..Default::default() };
        let preview = site.preview.as_ref().map(|preview| preview.banner(lang));
        let frame = Frame { preview, ..frame::bare(lang) };
        finish(Ok(reply::with_status(status, views::errors::error(&frame, &page))), status)
    });
    let mut answered = answered.unwrap_or_else(|_| Reply::new(500, "text/plain; charset=utf-8", Vec::new()));
    answered.headers.push(("X-Robots-Tag".into(), "noindex".into()));
    if site.is_secure() {
        answered.headers.push(("Strict-Transport-Security".into(), "max-age=31536000".into()));
    }
    answered
}

/// The addresses that belong to no group, and the way to those that do.
fn route(site: &Site, request: &mut Request, most: Option<u64>) -> Result<Reply> {
    let path = request.path.clone();
    let place = address(&path);
    if place.is_none() && most.is_some() {
        return Err(Error::new(Kind::NoInput, "the body is too large to be read"));
    }
    if path == "/healthz" {
        return health::answer(site, request);
    }
    if !is_our_host(site, request) {
        let text = format!("This portal is at {}\n", site.config.portal.base_url);
        return Ok(Reply::new(421, "text/plain; charset=utf-8", text.into_bytes()));
    }
    if path == "/robots.txt" {
        return Ok(Reply::new(200, "text/plain; charset=utf-8", b"User-agent: *\nDisallow: /\n".to_vec()));
    }
    if let Some(asset) = assets::find(&path) {
        return reply::kept_for_ever(asset.content_type, asset.body.as_bytes().to_vec());
    }
    let (slug, below) = place.ok_or_else(|| Error::not_found("page", &path))?;
    let door = login::door(&site.db, &slug)?;
    if below.is_empty() && most.is_none() {
        return reply::see_other(&links::home(&slug));
    }
    at_group(site, request, &door, below, most)
}

/// The group that a path names, and what stands below it.
fn address(path: &str) -> Option<(Slug, &str)> {
    let rest = path.strip_prefix("/g/")?;
    let (slug, below) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    Some((Slug::parse(slug).ok()?, below))
}

/// A page of a group: from here on, faults look like the group too.
fn at_group(site: &Site, request: &mut Request, door: &Door, below: &str, most: Option<u64>) -> Result<Reply> {
    let secure = site.is_secure();
    let body = (request.method == Method::Post).then(|| request.body.take());
    let request = &*request;
    if let Some(locked) =
        site.preview.as_ref().map(|preview| preview.locked(request, door, secure)).transpose()?.flatten()
    {
        return Ok(locked);
    }
    let cookies = request.header("cookie").unwrap_or_default();
    let dress = Dress::of(&site.db, door)?;
    let found = routes::find(request.method, below);
    let knows_nobody = matches!(&found, Found::Route(route, _) if route.handler.knows_nobody());
    let token = Cookie::Session.read(cookies, &door.slug, secure).filter(|token| !token.is_empty());
    let signed = match (&site.preview, token) {
        _ if knows_nobody => None,
        (Some(preview), _) => preview.person(&site.db, door)?,
        (None, Some(token)) => login::session(&site.db, &site.guard, door, token)?,
        (None, None) => None,
    };
    let query = Values::parse(request.query.as_bytes());
    let asked: Option<Lang> = query.as_ref().ok().and_then(|query| query.get("lang").parse().ok());
    let kept = Cookie::Language.read(cookies, &door.slug, secure).and_then(|word| word.parse().ok());
    let chosen = match &signed {
        Some(signed) => signed.user.lang.or(kept),
        None => asked.or(kept),
    };
    let lang = chosen.or_else(|| accepted(request)).unwrap_or(dress.group.card.lang);
    let known = Cookie::Guest.read(cookies, &door.slug, secure).filter(|value| value.len() == 43);
    let fresh = secret::random_token()?;
    let bound = Cell::new(false);
    let bond = match &signed {
        Some(signed) => signed.hash.clone(),
        None => known.unwrap_or(&fresh).to_owned(),
    };
    let mut guest = Guest {
        site,
        request,
        door,
        dress: &dress,
        lang,
        has_chosen: chosen.is_some(),
        query: query.as_ref().cloned().unwrap_or_default(),
        signed: signed.as_ref(),
        bond,
        bound: &bound,
        values: Vec::new(),
    };
    let done = query.and_then(|_| match (found, most) {
        (_, Some(most)) => sizes::too_large(&guest, below, most),
        (_, None) if site.preview.is_some() && request.method == Method::Post => Ok(preview::refused(&guest)),
        (Found::Route(route, values), None) => {
            guest.values = values;
            handle(&guest, route.handler, body)
        }
        (Found::OtherMethod(allowed), None) => {
            reply::with_status(405, frame::fault(&guest, 405, None, None)).with("Allow", allowed)
        }
        (Found::Nothing, None) => Err(Error::not_found("page", below)),
    });
    let mut answered = done.or_else(|error| refused(&guest, &error))?;
    // Only a page with a form brings the value that its token is made from: an answer without one, arriving a moment
    // later, would overwrite it and make the form stale.
    if signed.is_none() && known.is_none() && bound.get() {
        answered = answered.with("Set-Cookie", &Cookie::Guest.set(&door.slug, secure, &fresh, YEAR))?;
    }
    // What may be kept for ever sets no cookies: whoever keeps it would hand them to others.
    let keeps = |answered: &Reply| !knows_nobody && signed.is_none() && answered.header("Cache-Control").is_none();
    if let Some(lang) = asked.filter(|_| keeps(&answered)) {
        answered = answered.with("Set-Cookie", &Cookie::Language.set(&door.slug, secure, lang.word(), YEAR))?;
    }
    Ok(answered)
}

fn handle(guest: &Guest, handler: Handler, body: Option<Body>) -> Result<Reply> {
    match (handler, body) {
        (Handler::Open(show), _) => show(guest),
        (Handler::Framed(show), _) => framed(guest, show),
        (Handler::Handover(lead), body) => {
            let form = body.map(|mut body| form_of(guest.request, &mut body)).transpose()?;
            lead(&Handover { slug: guest.slug(), values: form.unwrap_or_else(|| guest.query.clone()) })
        }
        (Handler::Bearer(take), Some(mut body)) => {
            // RFC 8058 lets a mail program choose how it writes its form.
            let kind = guest.request.header("content-type").unwrap_or_default();
            let form = match multipart::is_multipart(kind) {
                true => {
                    let site = guest.site;
                    multipart::read(&mut body, kind, &site.files, &site.config.uploads, |_| Ok(()))?.values
                }
                false => form_of(guest.request, &mut body)?,
            };
            take(&GuestForm { guest: again(guest), form, fresh: true })
        }
        (Handler::OpenForm(take), Some(mut body)) => {
            let form = form_of(guest.request, &mut body)?;
            if !is_our_origin(guest) {
                return stranger(guest, &form);
            }
            let fresh = guest.bound_by(form.get(TOKEN));
            if !fresh {
                note_stranger(guest)?;
            }
            take(&GuestForm { guest: again(guest), form, fresh })
        }
        (Handler::Page(show), _) => match guest.signed {
            Some(signed) => noted(guest, signed, visit(guest, signed, show)),
            None => to_login(guest),
        },
        (Handler::Submit(take) | Handler::Upload(take), Some(mut body)) => {
            let Some(signed) = guest.signed else { return to_login(guest) };
            let own = |form: &Values| match is_our_origin(guest) && guest.bound_by(form.get(TOKEN)) {
                true => Ok(()),
                false => {
                    note_stranger(guest)?;
                    Err(Error::denied("the form did not come from this portal, or it was open for too long"))
                }
            };
            let kind = guest.request.header("content-type").unwrap_or_default();
            let form = if matches!(handler, Handler::Upload(_)) && multipart::is_multipart(kind) {
                let site = guest.site;
                multipart::read(&mut body, kind, &site.files, &site.config.uploads, own)?
            } else {
                let values = form_of(guest.request, &mut body)?;
                own(&values)?;
                multipart::Form { values, files: Vec::new() }
            };
            noted(guest, signed, take(&Submission::new(Visit::new(again(guest), signed), form.values, form.files)))
        }
        (Handler::Bearer(_) | Handler::OpenForm(_) | Handler::Submit(_) | Handler::Upload(_), None) => {
            Err(Error::internal(anyhow::anyhow!("a form without a body")))
        }
    }
}

/// Shows a page that the sites of the group may show in a frame, and no other site.
fn framed(guest: &Guest, show: fn(&Guest) -> Result<Reply>) -> Result<Reply> {
    let origins = guest.read_as_door(|tx| groups::origins_of(tx, &guest.dress.group))?;
    let origins: Vec<_> = origins.iter().map(|site| site.origin.as_str()).collect();
    show(guest)?.with(POLICY, &policy_framed_by(&origins))
}

/// Shows a page, and if it is out of reach, looks whether another access of the same person reaches it: a link in a mail
/// chooses the customer by itself.
fn visit(guest: &Guest, signed: &SignedIn, show: fn(&Visit) -> Result<Reply>) -> Result<Reply> {
    let first = show(&Visit::new(again(guest), signed));
    let Err(error) = &first else { return first };
    let denied = error.kind() == Kind::Denied;
    if !denied && error.kind() != Kind::NotFound {
        return first;
    }
    let nothing = denied && !signed.access.grant.reaches_something();
    let first = match nothing {
        true => reply::see_other(&links::no_access(guest.slug())),
        false => first,
    };
    if guest.values.is_empty() {
        return first;
    }
    let mut others = signed.accesses.iter().filter(|access| access.id != signed.access.id);
    let reached = others.find_map(|access| {
        let other =
            SignedIn { actor: login::actor_of(guest.door.group, access), access: access.clone(), ..signed.clone() };
        let with = Guest { signed: Some(&other), ..again(guest) };
        show(&Visit::new(with, &other)).ok().map(|shown| (access.id, shown))
    });
    match reached {
        Some((access, shown)) => {
            // HEAD only asks about the page, and changes nothing; a preview has no session that would remember.
            if guest.request.method == Method::Get && guest.site.preview.is_none() {
                login::switch(&guest.site.db, guest.door, signed, access)?;
            }
            Ok(shown)
        }
        None => first,
    }
}

fn again<'a>(guest: &Guest<'a>) -> Guest<'a> {
    Guest { query: guest.query.clone(), bond: guest.bond.clone(), values: guest.values.clone(), ..*guest }
}

/// The login box, which leads back to where somebody wanted to go. What a form would have done is not done: it leads
/// back to the page of the form.
fn to_login(guest: &Guest) -> Result<Reply> {
    let query = &guest.request.query;
    let wanted = match guest.request.method {
        Method::Post => sizes::page_of_form(guest.request).unwrap_or_default().to_owned(),
        _ if query.is_empty() => guest.request.path.clone(),
        _ => format!("{}?{query}", guest.request.path),
    };
    reply::see_other(&links::with_query(&links::home(guest.slug()), &[("next", &wanted)]))
}

/// A form from another site. Signing in from there never works; it leads to the login box with the address filled in.
fn stranger(guest: &Guest, form: &Values) -> Result<Reply> {
    note_stranger(guest)?;
    let email = form.get(views::login::EMAIL);
    reply::see_other(&links::with_query(&links::home(guest.slug()), &[("email", email)]))
}

/// The page of a fault, in the group's look.
fn refused(guest: &Guest, error: &Error) -> Result<Reply> {
    let (status, reference) = status_of(error, guest.request);
    if status == 413 {
        return Ok(sizes::too_long(guest));
    }
    finish(Ok(reply::with_status(status, frame::fault(guest, status, reference, None))), status)
}

fn finish(answered: Result<Reply>, status: u16) -> Result<Reply> {
    if status == 503 { answered?.with("Retry-After", "5") } else { answered }
}

/// What an error is on the web. What is our own fault gets a reference that is in the log too.
fn status_of(error: &Error, request: &Request) -> (u16, Option<String>) {
    let status = match error.kind() {
        Kind::NotFound => 404,
        Kind::Denied => 403,
        Kind::Data => 400,
        Kind::NoInput => 413,
        Kind::Invalid | Kind::Usage | Kind::Conflict | Kind::Refused | Kind::Found => 422,
        Kind::Busy | Kind::Unavailable | Kind::Storage => 503,
        Kind::Internal | Kind::CannotWrite | Kind::Config | Kind::Pending => 500,
    };
    if status < 500 {
        return (status, None);
    }
    let reference = secret::random_reference().unwrap_or_else(|_| "none".into());
    let cause = error.cause().map(|cause| format!("{cause:#}")).unwrap_or_default();
    tracing::error!(
        reference,
        method = request.method.as_str(),
        path = crate::text::shown(&request.path),
        error = error.message(),
        cause
    );
    (status, Some(reference))
}

/// The fields of a form. Only small forms without files are taken here.
fn form_of(request: &Request, body: &mut Body) -> Result<Values> {
    if body.len() > FORM_LIMIT {
        return Err(Error::new(Kind::NoInput, format!("the form is longer than {FORM_LIMIT} bytes")));
    }
    let kind = request.header("content-type").unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Error::new(
            Kind::Data,
            format!("a form comes as application/x-www-form-urlencoded, not '{}'", crate::text::shown(kind)),
        ));
    }
    Values::parse(&body.bytes()?)
}

/// Whether the request names the host that links are made with: others could make us send links to them.
fn is_our_host(site: &Site, request: &Request) -> bool {
    let base = &site.config.portal.base_url;
    let host = base.split_once("://").map_or(base.as_str(), |(_, host)| host);
    request.header("host").is_some_and(|given| given.eq_ignore_ascii_case(host.split('/').next().unwrap_or(host)))
}

/// Whether a form was sent from a page of ours, as far as the browser says (Fetch Metadata, `Origin`).
fn is_our_origin(guest: &Guest) -> bool {
    let site = guest.request.header("sec-fetch-site");
    let origin = guest.request.header("origin");
    let base = &guest.site.config.portal.base_url;
    let same_site = site.is_none_or(|site| site == "same-origin");
    let same_origin = match origin {
        None => true,
        Some("null") => site == Some("same-origin"),
        Some(origin) => base == origin || base.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/')),
    };
    same_site && same_origin
}

/// The language that the browser asks for, among those we speak.
fn accepted(request: &Request) -> Option<Lang> {
    let header = request.header("accept-language")?;
    let mut best: Option<(f32, Lang)> = None;
    for entry in header.split(',').take(20) {
        let mut parts = entry.trim().split(';');
        let word = parts.next()?.split('-').next()?.to_ascii_lowercase();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        if let Ok(lang) = word.parse::<Lang>()
            && weight > 0.0
            && best.is_none_or(|(known, _)| weight > known)
        {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}
