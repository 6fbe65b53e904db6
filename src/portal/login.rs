//! Pages: the login box, signing in and out, the forgotten password.

use super::cookies::Cookie;
use super::exchange::Reply;
use super::frame::{first_page, frame};
use super::visit::{Guest, GuestForm, Submission};
use super::{reply, views};
use crate::clock::Moment;
use crate::error::Result;
use crate::links;
use crate::login::{self, Attempt, Ended, Forgot, Outcome};
use crate::portal::ui::form::Target;
use crate::secret::Secret;
use crate::text::{Email, Slug};
use crate::words::dates;
use views::login::{EMAIL, ForgotRefused, LoginPage, LoginReason, LoginRefused, PASSWORD};

/// The name of the field that says where somebody wanted to go.
const NEXT: &str = "next";

/// The login box; who is signed in already goes on.
pub fn show(guest: &Guest) -> Result<Reply> {
    let next = local(guest.slug(), guest.query.get(NEXT));
    if let Some(signed) = guest.signed {
        return reply::see_other(&next.unwrap_or_else(|| first_page(guest.slug(), &signed.access.grant.permissions)));
    }
    let reason = match guest.query.get("after") {
        "choice" => Some(LoginReason::PasswordChosen),
        _ if next.is_some() && had_session(guest) => Some(LoginReason::Ended),
        _ => None,
    };
    let data = login_box(guest, guest.query.get(EMAIL), next.as_deref().unwrap_or_default());
    Ok(reply::page(views::login::login(&frame(guest), &LoginPage { reason, ..data })))
}

/// Signs in, or shows the box again with the one sentence that fits all failures.
pub fn sign_in(form: &GuestForm) -> Result<Reply> {
    let (email, password) = (form.field(EMAIL).trim(), form.field(PASSWORD));
    let next = local(form.slug(), form.field(NEXT));
    let again = |status, refused| {
        let data = login_box(form, email, next.as_deref().unwrap_or_default());
        Ok(reply::with_status(status, views::login::login(&frame(form), &LoginPage { refused: Some(refused), ..data })))
    };
    if !form.fresh {
        return again(403, LoginRefused::Stale);
    }
    if email.is_empty() {
        return again(422, LoginRefused::EmailMissing);
    }
    if password.is_empty() {
        return again(422, LoginRefused::PasswordMissing);
    }
    let attempt = Attempt {
        email,
        password: &Secret::new(password),
        client: &form.client(),
        agent: form.request.header("user-agent"),
    };
    match login::sign_in(form.db(), &form.site.guard, form.door, &attempt)? {
        Outcome::In { token, accesses } => {
            // A browser has one session here: whoever was signed in in it no longer is.
            if let Some(before) = form.signed {
                login::sign_out(form.db(), before)?;
            }
            let secure = form.site.is_secure();
            let days = i64::from(form.site.config.security.session_max_days);
            let begun = login::session(form.db(), &form.site.guard, form.door, token.expose())?;
            let first = match begun {
                Some(signed) if accesses == 1 => first_page(form.slug(), &signed.access.grant.permissions),
                _ if accesses > 1 => links::switch(form.slug()),
                _ => links::orders(form.slug()),
            };
            reply::see_other(&next.unwrap_or(first))?
                .with("Set-Cookie", &Cookie::Session.set(form.slug(), secure, token.expose(), days * 86_400))?
                .with("Set-Cookie", &Cookie::Guest.clear(form.slug(), secure))
        }
        // Only who knows the password learns that the account is there and opens nothing.
        Outcome::NoAccess { ended } => {
            let day = |one: &Ended| (one.customer.to_string(), dates::day(one.until.date(), form.lang));
            let ended: Vec<_> = ended.iter().map(day).collect();
            Ok(reply::page(views::account::ended(&frame(form), &ended)))
        }
        Outcome::Refused => again(422, LoginRefused::Wrong),
        Outcome::Wait { until } => {
            again(429, LoginRefused::Throttled(minutes(form, until)))?.with("Retry-After", &seconds(form, until))
        }
    }
}

/// Ends the session. The cookies that belong to it go one by one: `Clear-Site-Data: "cookies"` would take those of the
/// other companies too at which the same person is signed in, and the language.
pub fn sign_out(submission: &Submission) -> Result<Reply> {
    login::sign_out(submission.db(), submission.signed())?;
    let (slug, secure) = (submission.slug(), submission.site.is_secure());
    reply::see_other(&links::signed_out(slug))?
        .with("Set-Cookie", &Cookie::Session.clear(slug, secure))?
        .with("Set-Cookie", &Cookie::Link.clear(slug, secure))?
        .with("Clear-Site-Data", "\"cache\"")
}

/// After signing out.
pub fn signed_out(guest: &Guest) -> Result<Reply> {
    let data = views::login::SignedOut { login: links::home(guest.slug()) };
    Ok(reply::page(views::login::signed_out(&frame(guest), &data)))
}

/// Asks for the address of a forgotten password.
pub fn forgot(guest: &Guest) -> Result<Reply> {
    Ok(reply::page(forgot_page(guest, guest.query.get(EMAIL), None)))
}

/// Sends a link if there is such a user; says the same in any case.
pub fn ask(form: &GuestForm) -> Result<Reply> {
    let email = form.field(EMAIL).trim();
    let refused = match email {
        "" => Some(ForgotRefused::EmailMissing),
        _ if Email::parse(email).is_err() => Some(ForgotRefused::EmailOdd),
        _ => None,
    };
    if let Some(refused) = refused {
        return Ok(reply::with_status(422, forgot_page(form, email, Some(refused))));
    }
    if !form.fresh {
        return Ok(reply::with_status(403, forgot_page(form, email, None)));
    }
    match login::forgot(form.db(), &form.site.guard, form.door, email, &form.client())? {
        Forgot::Heard => reply::see_other(&links::with_query(&links::forgot_sent(form.slug()), &[(EMAIL, email)])),
        Forgot::Wait { until } => too_many(form, until),
    }
}

/// What was done, if there was anybody to do it for.
pub fn forgot_sent(guest: &Guest) -> Result<Reply> {
    let data = views::login::ForgotSent {
        email: Email::parse(guest.query.get(EMAIL)).map(String::from).unwrap_or_default(),
        hours: guest.site.config.security.reset_valid_hours.into(),
        login: links::home(guest.slug()),
        forgot: links::forgot(guest.slug()),
    };
    Ok(reply::page(views::login::forgot_sent(&frame(guest), &data)))
}

/// "Too many attempts", with the minutes to wait.
pub(super) fn too_many(guest: &Guest, until: Moment) -> Result<Reply> {
    let page = super::frame::fault(guest, 429, None, Some(minutes(guest, until)));
    reply::with_status(429, page).with("Retry-After", &seconds(guest, until))
}

pub(super) fn minutes(guest: &Guest, until: Moment) -> u64 {
    u64::try_from(until.unix() - guest.now().unix()).unwrap_or(0).div_ceil(60).max(1)
}

fn seconds(guest: &Guest, until: Moment) -> String {
    (until.unix() - guest.now().unix()).max(1).to_string()
}

fn login_box(guest: &Guest, email: &str, next: &str) -> LoginPage {
    let hidden = if next.is_empty() { Vec::new() } else { vec![(NEXT.to_owned(), next.to_owned())] };
    LoginPage {
        form: Target { action: links::login(guest.slug()), token: guest.token() },
        email: typed(email),
        hidden,
        forgot: links::forgot(guest.slug()),
        refused: None,
        reason: None,
    }
}

fn forgot_page(guest: &Guest, email: &str, refused: Option<ForgotRefused>) -> maud::Markup {
    let data = views::login::Forgot {
        form: Target { action: links::forgot(guest.slug()), token: guest.token() },
        email: typed(email),
        refused,
        login: links::home(guest.slug()),
    };
    views::login::forgot(&frame(guest), &data)
}

/// What somebody typed as their address, as far as a field shows it again.
pub(super) fn typed(email: &str) -> String {
    email.trim().chars().filter(|c| !c.is_control()).take(254).collect()
}

fn had_session(guest: &Guest) -> bool {
    let cookies = guest.request.header("cookie").unwrap_or_default();
    Cookie::Session.read(cookies, guest.slug(), guest.site.is_secure()).is_some_and(|token| !token.is_empty())
}

/// An address of this group's own portal, or nothing: no other address is ever gone to.
fn local(slug: &Slug, address: &str) -> Option<String> {
    let home = links::home(slug);
    let odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\' || !c.is_ascii();
    let inside = address.strip_prefix(&home)?;
    let path = inside.split('?').next().unwrap_or_default();
    (!address.contains(odd)
        && !path.split('/').any(|part| matches!(part, "" | "." | "..") || part.contains("%2e") || part.contains("%2E")))
    .then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_own_portal_are_gone_to() {
        let slug = Slug::parse("acme").expect("a slug");
        for good in ["/g/acme/orders", "/g/acme/orders/NK-1?x=1"] {
            assert_eq!(local(&slug, good).as_deref(), Some(good));
        }
        for bad in [
            "",
            "//evil.test",
            "/\\evil.test",
            "https:evil",
            "/%09/evil",
            "javascript:alert(1)",
            "/g/acme/../..//evil",
            "/g/beta/orders",
            "/g/acme/%2e%2e/beta",
            "/g/acme/a\r\nSet-Cookie: x",
            "/g/acme//evil",
            "/g/acme/",
        ] {
            assert_eq!(local(&slug, bad), None, "{bad}");
        }
    }
}
