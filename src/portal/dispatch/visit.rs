//! A request that has come through the door: by anybody, by somebody, to look or to change.
//!
//! The database is out of reach of pages: only a form that was sent can get at it to change something, and this is the
//! reason why these types live beside the dispatcher and not beside the pages.

use std::cell::Cell;
use std::ops::Deref;

use super::site::Site;
use crate::access::{Need, Permission};
use crate::clock::Moment;
use crate::db::{Db, Entry, Subject, Tx, WriteTx};
use crate::documents::Sent;
use crate::error::{Error, Result};
use crate::links;
use crate::login::{self, Door, Link, SignedIn};
use crate::portal::exchange::{Method, Request};
use crate::portal::frame::Dress;
use crate::portal::values::Values;
use crate::secret;
use crate::text::{Lang, Slug};
use crate::users::Purpose;

/// A request of anybody at a group's portal.
pub struct Guest<'a> {
    /// What the whole portal shares: what is configured, who guards the door.
    pub site: &'a Site,
    /// The request itself.
    pub request: &'a Request,
    /// The group's door.
    pub door: &'a Door,
    /// How the group looks.
    pub dress: &'a Dress,
    /// The language of the answer.
    pub lang: Lang,
    /// Whether the visitor chose that language, and not their browser or the company.
    pub has_chosen: bool,
    /// What the address asks.
    pub query: Values,
    /// Who is signed in at this group in this browser.
    pub signed: Option<&'a SignedIn>,
    /// To what the tokens of forms on the answer are bound.
    pub(super) bond: String,
    /// Whether the answer holds such a token.
    pub(super) bound: &'a Cell<bool>,
    pub(super) values: Vec<String>,
}

/// A form that anybody sent from our own page.
pub struct GuestForm<'a> {
    pub(super) guest: Guest<'a>,
    pub(super) form: Values,
    /// Whether its token was good. A form that says why it was not taken may be shown again; nothing else is done.
    pub fresh: bool,
}

/// What was sent from another site, or came with an address there. Nothing can be read or changed with it.
pub struct Handover<'a> {
    pub(super) slug: &'a Slug,
    pub(super) values: Values,
}

/// A request of somebody who is signed in; can read.
pub struct Visit<'a> {
    guest: Guest<'a>,
    signed: &'a SignedIn,
}

/// A form whose token was checked, of somebody who is signed in; can also change.
pub struct Submission<'a> {
    visit: Visit<'a>,
    form: Values,
    files: Vec<(String, Sent)>,
}

impl Guest<'_> {
    /// The group's short name, for addresses.
    pub fn slug(&self) -> &Slug {
        &self.door.slug
    }

    /// The value of a `:` part of the address.
    pub fn value(&self, at: usize) -> Result<&str> {
        self.values.get(at).map(String::as_str).ok_or_else(|| Error::not_found("page", &self.request.path))
    }

    /// The address of this page with some values of its query changed; after a form, which has no page, the first page.
    pub fn here(&self, changes: &[(&str, &str)]) -> String {
        match self.request.method {
            Method::Post => links::with_query(&links::home(self.slug()), changes),
            Method::Get | Method::Head => self.query.address(&self.request.path, changes),
        }
    }

    /// The token for the forms of this visitor.
    pub fn token(&self) -> String {
        self.bound.set(true);
        self.good_token()
    }

    /// Whether a form came with the token of this visitor.
    pub(super) fn bound_by(&self, token: &str) -> bool {
        secret::same(token, &self.good_token())
    }

    fn good_token(&self) -> String {
        self.site.db.key().token("form", &[&self.bond, self.door.slug.as_str()])
    }

    /// Reads in the name of the group's door, which sees how the group looks and no business of anybody.
    pub fn read_as_door<T>(&self, f: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.site.db.read(self.door.actor(), f)
    }

    /// What a link turned out to be. Looking at it uses nothing up; only guesses are counted.
    pub fn open_link(&self, purpose: Purpose, token: &str) -> Result<Link> {
        login::open_link(&self.site.db, self.door, purpose, token, &self.client())
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        self.site.db.now()
    }

    /// The client's network address.
    pub fn client(&self) -> String {
        self.request.peer.to_string()
    }
}

impl<'a> GuestForm<'a> {
    /// The database, for what the door does.
    pub fn db(&self) -> &'a Db {
        &self.site.db
    }

    /// A field of the form, as it was typed.
    pub fn field(&self, name: &str) -> &str {
        self.form.get(name)
    }
}

impl Handover<'_> {
    /// The group's short name, for addresses.
    pub fn slug(&self) -> &Slug {
        self.slug
    }

    /// A field, as it was typed.
    pub fn field(&self, name: &str) -> &str {
        self.values.get(name)
    }
}

impl<'a> Deref for GuestForm<'a> {
    type Target = Guest<'a>;
    fn deref(&self) -> &Guest<'a> {
        &self.guest
    }
}

impl<'a> Visit<'a> {
    pub(super) fn new(guest: Guest<'a>, signed: &'a SignedIn) -> Self {
        Self { guest, signed }
    }

    /// Who is signed in, with the access they chose.
    pub fn signed(&self) -> &'a SignedIn {
        self.signed
    }

    /// Whether they may see or do something.
    pub fn may(&self, permission: Permission) -> bool {
        self.signed.actor.may(Need::see(permission))
    }

    /// Writes down that they take data away as a file, before they get it.
    pub fn note_export<T: Subject>(&self, id: i64, label: &str, action: &'static str) -> Result<()> {
        // HEAD takes nothing away.
        if self.request.method == Method::Head {
            return Ok(());
        }
        self.site
            .db
            .write(&self.signed.actor, |tx| tx.change(Need::own(), |_| Ok(((), Entry::about::<T>(id, label, action)))))
    }

    /// Reads in their name.
    pub fn read<T>(&self, f: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.site.db.read(&self.signed.actor, f)
    }
}

impl<'a> Deref for Visit<'a> {
    type Target = Guest<'a>;
    fn deref(&self) -> &Guest<'a> {
        &self.guest
    }
}

impl<'a> Submission<'a> {
    pub(super) fn new(visit: Visit<'a>, form: Values, files: Vec<(String, Sent)>) -> Self {
        Self { visit, form, files }
    }

    /// The database, for what people do with their own session and password.
    pub fn db(&self) -> &'a Db {
        &self.site.db
    }

    /// A field of the form, as it was typed.
    pub fn field(&self, name: &str) -> &str {
        self.form.get(name)
    }

    /// What came in a field for files, in the order it was chosen: each file, or why it was not taken. Empty if nothing
    /// was chosen, and for a form of another kind.
    pub fn files(&self, name: &str) -> impl Iterator<Item = &Sent> {
        self.files.iter().filter(move |(field, _)| field == name).map(|(_, sent)| sent)
    }

    /// Changes in their name.
    pub fn write<T>(&self, f: impl Fn(&WriteTx) -> Result<T>) -> Result<T> {
        self.site.db.write(&self.signed.actor, f)
    }
}

impl<'a> Deref for Submission<'a> {
    type Target = Visit<'a>;
    fn deref(&self) -> &Visit<'a> {
        &self.visit
    }
}
