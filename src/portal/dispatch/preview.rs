//! A preview: the portal as somebody sees it, for the company to look at. Nobody signs in, and nothing changes.

use super::visit::Guest;
use crate::db::{Db, Reached};
use crate::error::{Error, Result};
use crate::ids::{AccessId, UserId};
use crate::links;
use crate::login::{self, Door, SignedIn};
use crate::portal::cookies::Cookie;
use crate::portal::exchange::{Method, Reply, Request};
use crate::portal::values::Values;
use crate::portal::{frame, reply, views};
use crate::secret;
use crate::text::{Lang, Line, Slug};
use crate::users::Access;
use crate::words::portal;

/// The name of the value in the printed address that opens the preview in one browser.
const KEY: &str = "preview";

/// Whose view is shown, and to whom: other people of the same machine do not have the key.
pub struct Preview {
    slug: Slug,
    user: UserId,
    access: AccessId,
    name: Line,
    customer: Line,
    key: String,
}

impl Preview {
    /// The view of a user with one access.
    pub fn of(slug: &Slug, access: &Reached<Access>) -> Result<Self> {
        Ok(Self {
            slug: slug.clone(),
            user: access.user_id,
            access: access.id,
            name: access.name.clone(),
            customer: access.customer.clone(),
            key: secret::random_token()?,
        })
    }

    /// The address that opens it, below the portal's own.
    pub fn address(&self) -> String {
        links::with_query(&links::home(&self.slug), &[(KEY, &self.key)])
    }

    /// What stands on every page.
    pub(in crate::portal) fn banner(&self, lang: Lang) -> String {
        (portal::of(lang).outside.preview)(self.name.as_str(), self.customer.as_str())
    }

    /// The person whose view it is, with what they may do at this moment; none while they could not sign in.
    pub(super) fn person(&self, db: &Db, door: &Door) -> Result<Option<SignedIn>> {
        login::in_place_of(db, door, self.user, self.access)
    }

    /// The answer to whoever has not opened the printed address: the way in for who does so now, and nothing for others.
    pub(super) fn locked(&self, request: &Request, door: &Door, secure: bool) -> Result<Option<Reply>> {
        let cookies = request.header("cookie").unwrap_or_default();
        if door.slug != self.slug {
            return Err(Error::not_found("page", &request.path));
        }
        if Cookie::Preview.read(cookies, &self.slug, secure).is_some_and(|key| secret::same(key, &self.key)) {
            return Ok(None);
        }
        let query = Values::parse(request.query.as_bytes())?;
        if request.method == Method::Get && secret::same(query.get(KEY), &self.key) {
            let cookie = Cookie::Preview.set(&self.slug, secure, &self.key, DAY);
            return reply::see_other(&links::home(&self.slug))?.with("Set-Cookie", &cookie).map(Some);
        }
        let text = "This is a preview. Open it by the address that was printed where it was started.\n";
        Ok(Some(Reply::new(403, "text/plain; charset=utf-8", text.as_bytes().to_vec())))
    }
}

/// Seconds for which a browser may come back to a preview that still runs.
const DAY: i64 = 86_400;

/// What is said to every form, read or not.
pub(super) fn refused(guest: &Guest) -> Reply {
    let page = views::outside::preview_refused(&frame::frame(guest), &links::home(guest.slug()));
    reply::with_status(403, page)
}
