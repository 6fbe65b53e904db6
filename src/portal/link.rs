//! Pages: behind the link of an invitation or a reset.
//!
//! Opening a link uses nothing up: mail scanners open links. The token leaves the address at once, for a cookie, so that
//! it stands in no history and in no `Referer`; only the form with a new password uses it.

use super::cookies::Cookie;
use super::exchange::Reply;
use super::frame::{frame, when};
use super::login::{minutes, too_many};
use super::visit::{Guest, GuestForm};
use super::{reply, views};
use crate::error::Result;
use crate::links;
use crate::login::{self, Choice, Forgot, Holder, Link, PasswordFlaw};
use crate::portal::ui::form::Target;
use crate::secret::Secret;
use crate::users::Purpose;
use views::link::{DeadLink, Why};
use views::password::{ChoosePassword, PASSWORD, PasswordRefused};

/// Seconds for which the token stays in the cookie after its link was opened.
const HALF_AN_HOUR: i64 = 1_800;

/// The link of an invitation.
pub fn open_invite(guest: &Guest) -> Result<Reply> {
    keep(guest, Purpose::Invite)
}

/// The link of a reset.
pub fn open_reset(guest: &Guest) -> Result<Reply> {
    keep(guest, Purpose::Reset)
}

/// The form for a new password, or why the link does not work.
pub fn show(guest: &Guest) -> Result<Reply> {
    let Some((purpose, token)) = kept(guest) else { return Ok(dead(guest, "unknown")) };
    match login::open_link(&guest.site.db, guest.door, purpose, &token, &guest.client())? {
        Link::Good(holder) if is_other(guest, &holder) => Ok(dead(guest, "other")),
        Link::Good(holder) => Ok(reply::page(choice(guest, purpose, &holder, None))),
        Link::Dead(why) => Ok(dead(guest, why)),
        Link::Wait { until } => too_many(guest, until),
    }
}

/// Takes the new password. Nobody is signed in by it.
pub fn choose(form: &GuestForm) -> Result<Reply> {
    let Some((purpose, token)) = kept(form) else { return Ok(dead(form, "unknown")) };
    let password = form.field(PASSWORD);
    let early = match () {
        () if !form.fresh => Some(PasswordRefused::Stale),
        () if password.is_empty() => Some(PasswordRefused::Missing),
        () => None,
    };
    if let Some(refused) = early {
        let status = if refused == PasswordRefused::Stale { 403 } else { 422 };
        return again(form, purpose, &token, refused, status);
    }
    let (site, client) = (form.site, form.client());
    if form.signed.is_some()
        && let Link::Good(holder) = login::open_link(&site.db, form.door, purpose, &token, &client)?
        && is_other(form, &holder)
    {
        return Ok(dead(form, "other"));
    }
    match login::choose_password(&site.db, &site.guard, form.door, (purpose, &token), &Secret::new(password), &client)?
    {
        Choice::Done { email } => {
            let to = links::with_query(&links::home(form.slug()), &[("after", "choice"), ("email", email.as_str())]);
            reply::see_other(&to)?.with("Set-Cookie", &Cookie::Link.clear(form.slug(), site.is_secure()))
        }
        Choice::Flawed(flaw) => again(form, purpose, &token, refusal(&flaw), 422),
        Choice::Dead(why) => Ok(dead(form, why)),
        Choice::Wait { until } => too_many(form, until),
    }
}

/// Sends a new link in the place of a dead one, to the same address.
pub fn renew(form: &GuestForm) -> Result<Reply> {
    let Some((_, token)) = kept(form).filter(|_| form.fresh) else {
        return reply::see_other(&links::forgot(form.slug()));
    };
    match login::renew(&form.site.db, &form.site.guard, form.door, &token, &form.client())? {
        Forgot::Heard => reply::see_other(&links::new_link_sent(form.slug())),
        Forgot::Wait { until } => too_many(form, until),
    }
}

/// After asking for a new link.
pub fn renewed(guest: &Guest) -> Result<Reply> {
    let data = views::link::LinkSent { login: links::home(guest.slug()) };
    Ok(reply::page(views::link::sent(&frame(guest), &data)))
}

/// What a flaw is on a page.
pub(super) fn refusal(flaw: &PasswordFlaw) -> PasswordRefused {
    match flaw {
        PasswordFlaw::TooShort { .. } => PasswordRefused::TooShort,
        PasswordFlaw::TooLong { .. } => PasswordRefused::TooLong,
        PasswordFlaw::Common => PasswordRefused::Common,
        PasswordFlaw::Guessable { .. } => PasswordRefused::Guessable,
    }
}

/// What is no token of ours is kept as none, so that every link that does not work ends at the same page.
fn keep(guest: &Guest, purpose: Purpose) -> Result<Reply> {
    let given = guest.value(0)?;
    let is_token = given.len() <= 64 && given.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let token = if is_token { given } else { "" };
    let value = format!("{}.{token}", purpose.word());
    reply::see_other(&links::choose_password(guest.slug()))?
        .with("Set-Cookie", &Cookie::Link.set(guest.slug(), guest.site.is_secure(), &value, HALF_AN_HOUR))
}

/// Somebody else is signed in in this browser: nothing is mixed up, they sign out first. One's own link just works.
fn is_other(guest: &Guest, holder: &Holder) -> bool {
    guest.signed.is_some_and(|signed| signed.user.email != holder.email)
}

fn kept(guest: &Guest) -> Option<(Purpose, String)> {
    let cookies = guest.request.header("cookie").unwrap_or_default();
    let (purpose, token) = Cookie::Link.read(cookies, guest.slug(), guest.site.is_secure())?.split_once('.')?;
    Some((purpose.parse().ok()?, token.to_owned()))
}

fn choice(guest: &Guest, purpose: Purpose, holder: &Holder, refused: Option<PasswordRefused>) -> maud::Markup {
    let zone = &guest.dress.group.card.zone;
    let data = ChoosePassword {
        purpose: match purpose {
            Purpose::Invite => views::password::Purpose::Invite { customer: holder.customer.to_string() },
            Purpose::Reset => views::password::Purpose::Reset,
        },
        form: Target { action: links::choose_password(guest.slug()), token: guest.token() },
        email: holder.email.to_string(),
        least: guest.site.config.security.password_min_length as u64,
        until: when(holder.until, zone, guest.lang),
        refused,
    };
    views::password::choose(&frame(guest), &data)
}

fn again(form: &GuestForm, purpose: Purpose, token: &str, refused: PasswordRefused, status: u16) -> Result<Reply> {
    match login::open_link(&form.site.db, form.door, purpose, token, &form.client())? {
        Link::Good(holder) if is_other(form, &holder) => Ok(dead(form, "other")),
        Link::Good(holder) => Ok(reply::with_status(status, choice(form, purpose, &holder, Some(refused)))),
        Link::Dead(why) => Ok(dead(form, why)),
        Link::Wait { until } => {
            Ok(reply::with_status(429, super::frame::fault(form, 429, None, Some(minutes(form, until)))))
        }
    }
}

fn dead(guest: &Guest, why: &str) -> Reply {
    let target = |action| Target { action, token: guest.token() };
    let slug = guest.slug();
    let why = match why {
        "used" => Why::Used,
        "expired" => Why::Expired,
        "replaced" => Why::Replaced,
        "withdrawn" => Why::Withdrawn,
        "other" => Why::Other { name: guest.signed.map(|signed| signed.user.email.to_string()).unwrap_or_default() },
        _ => Why::Unknown,
    };
    let other = matches!(why, Why::Other { .. });
    let renewable = matches!(why, Why::Expired | Why::Replaced | Why::Used);
    let data = DeadLink {
        again: (renewable && guest.signed.is_none()).then(|| target(links::new_link(slug))),
        forgot: (!renewable && !other).then(|| links::forgot(slug)),
        sign_out: other.then(|| target(links::logout(slug))),
        login: links::home(slug),
        why,
    };
    reply::with_status(410, views::link::dead(&frame(guest), &data))
}
