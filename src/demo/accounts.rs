//! The people at the customers who can sign in, who could, and who could but would see nothing.

use super::when::When::{self, Day};
use super::{Stage, passwords};
use crate::config::Security;
use crate::customers;
use crate::db::{Reached, WriteTx};
use crate::error::{Error, Result};
use crate::facilities;
use crate::login::{self, Choice, Guard};
use crate::secret::Secret;
use crate::templates;
use crate::text::{Email, Line, Number, Slug};
use crate::users::{self, Granting, Handing, NewUser, Purpose, User};

const DAY: i64 = 86_400;

/// Somebody who can sign in.
pub struct Account {
    /// The address.
    pub email: Email,
    /// Their name.
    pub name: Line,
    /// The password, drawn for this one company.
    pub password: Secret,
    /// What they are there to show, in a line.
    pub sees: &'static str,
}

/// One access of one person.
struct Entry {
    email: &'static str,
    customer: &'static str,
    /// Without one nothing is granted.
    template: Option<&'static str>,
    facilities: &'static [&'static str],
    all_facilities: bool,
    unattached: bool,
    at: When,
    password: Password,
}

enum Password {
    /// Chosen, and shown to whoever looks at the demonstration, with what there is to see.
    Shown(&'static str),
    /// Chosen, and known to nobody: a colleague who is only read about.
    Unknown,
    /// The invitation was mailed and waits to be opened.
    NotYet,
    /// Chosen already, with another access.
    HasOne,
}

const NOTHING: Entry = Entry {
    email: "",
    customer: "",
    template: None,
    facilities: &[],
    all_facilities: false,
    unattached: false,
    at: Day(-50, 900),
    password: Password::NotYet,
};

const ENTRIES: &[Entry] = &[
    Entry {
        email: "eva@brf.example",
        customer: "1042",
        template: Some("full"),
        all_facilities: true,
        unattached: true,
        at: Day(-50, 905),
        password: Password::Shown("everything of Brf Fröjden, and Hotell Aurora to switch to"),
        ..NOTHING
    },
    Entry {
        email: "eva@brf.example",
        customer: "3015",
        template: Some("full"),
        all_facilities: true,
        unattached: true,
        at: Day(-50, 930),
        password: Password::HasOne,
        ..NOTHING
    },
    Entry {
        email: "petra@ica.example",
        customer: "2071",
        template: Some("standard"),
        all_facilities: true,
        unattached: true,
        at: Day(-50, 1015),
        password: Password::Unknown,
        ..NOTHING
    },
    Entry {
        email: "ola@brf.example",
        customer: "1042",
        template: Some("standard"),
        facilities: &["hus-b"],
        at: Day(-49, 1120),
        password: Password::Shown("only Hus B of Brf Fröjden; can order and comment"),
        ..NOTHING
    },
    Entry {
        email: "sam@ica.example",
        customer: "2071",
        template: Some("viewer"),
        facilities: &["butik"],
        at: Day(-44, 1405),
        password: Password::Shown("only the store of ICA Kvarnen; can look, not touch"),
        ..NOTHING
    },
    Entry {
        email: "birgitta@brf.example",
        customer: "1042",
        template: Some("standard"),
        unattached: true,
        at: Day(-43, 850),
        password: Password::Shown("only what stands outside the facilities of Brf Fröjden; can order and comment"),
        ..NOTHING
    },
    // Their invitations are from the last days, so that the links in the mails still work.
    Entry {
        email: "lena@aurora.example",
        customer: "3015",
        template: Some("standard"),
        all_facilities: true,
        at: Day(-2, 1310),
        ..NOTHING
    },
    Entry { email: "nils@brf.example", customer: "1042", at: Day(-1, 1545), ..NOTHING },
];

/// Opens the accounts of those who were there from the beginning, and gives those that can be shown.
pub(super) fn open(stage: &Stage, slug: &Slug, security: &Security) -> Result<Vec<Account>> {
    let guard = Guard::new(security)?;
    let door = login::door(&stage.db, slug)?;
    let mut shown = Vec::new();
    for entry in ENTRIES.iter().filter(|entry| !matches!(entry.password, Password::NotYet)) {
        stage.wait_until(stage.path.at(entry.at));
        let user = stage.db.write(&stage.owner, |tx| admit(tx, entry))?;
        if matches!(entry.password, Password::HasOne) {
            continue;
        }
        let token = stage.db.write(&stage.owner, |tx| {
            let ticket = users::invite(tx, &users::find(tx, user.id)?, 7 * DAY, Handing::Print)?;
            users::token_of(tx, &ticket)
        })?;
        let token = token.ok_or_else(|| Error::internal(anyhow::anyhow!("a new invitation does not work")))?;
        let password = passwords::draw()?;
        let link = (Purpose::Invite, token.expose());
        match login::choose_password(&stage.db, &guard, &door, link, &password, "127.0.0.1")? {
            Choice::Done { .. } => {}
            other => return Err(Error::internal(anyhow::anyhow!("a drawn password was not taken: {other:?}"))),
        }
        if let Password::Shown(sees) = entry.password {
            shown.push(Account { email: user.email.clone(), name: user.name.clone(), password, sees });
        }
    }
    Ok(shown)
}

/// Those who are invited while the story is told: when, and who.
pub(super) fn invitations() -> impl Iterator<Item = (When, &'static str)> {
    ENTRIES.iter().filter(|entry| matches!(entry.password, Password::NotYet)).map(|entry| (entry.at, entry.email))
}

/// Makes one of those users and mails the invitation.
pub(super) fn invite(tx: &WriteTx, email: &str) -> Result<()> {
    let entry = ENTRIES.iter().find(|entry| entry.email == email);
    let entry = entry.ok_or_else(|| Error::not_found("user", email))?;
    let user = admit(tx, entry)?;
    users::invite(tx, &user, 7 * DAY, Handing::Mail).map(|_| ())
}

/// Makes the user, or one more access of theirs, with what is granted.
fn admit(tx: &WriteTx, entry: &Entry) -> Result<Reached<User>> {
    let customer = customers::named(tx, &Number::parse(entry.customer)?)?;
    let new = NewUser { email: Email::parse(entry.email)?, name: None, lang: None };
    let made = users::create(tx, &customer, &new)?;
    if let Some(template) = entry.template {
        let template = templates::find_by_name(tx, &Line::parse(template)?)?;
        let facilities = entry.facilities.iter().map(|number| facilities::of(tx, &customer, &Number::parse(number)?));
        let what = Granting {
            permissions: template.card.permissions.clone(),
            facilities: facilities.collect::<Result<_>>()?,
            all_facilities: entry.all_facilities,
            unattached: entry.unattached,
            until: None,
        };
        users::grant(tx, &made.access, &what, false)?;
    }
    Ok(made.user)
}
