//! The company itself: its card, its logo, and the people who work there.

use super::when::When::{self, Day};
use crate::access::Right;
use crate::db::WriteTx;
use crate::error::Result;
use crate::groups::{GroupCard, Logo};
use crate::priorities::{self, PriorityDraft};
use crate::staff::{self, StaffCard, StaffKind};
use crate::text::{Colour, Email, Lang, Line, Login, Prefix, Slug, Zone};

/// When the company began to use frontdesk.
pub(super) const FOUNDED: When = Day(-51, 810);

/// Login, name, address, rights.
const STAFF: &[(&str, &str, &str, &[Right])] = &[
    ("rita", "Rita Ek", "rita@nordkyl.example", &[Right::Admin]),
    ("karin", "Karin Wallin", "karin@nordkyl.example", &[Right::Orders]),
    ("peder", "Peder Holm", "peder@nordkyl.example", &[Right::Accounts]),
    ("jonas", "Jonas Berg", "jonas@nordkyl.example", &[Right::Orders]),
    ("amina", "Amina Yusuf", "amina@nordkyl.example", &[Right::Orders]),
    ("lars", "Lars Nyström", "lars@nordkyl.example", &[Right::Orders]),
];

/// The zone of its clocks.
pub(super) fn zone() -> Result<Zone> {
    Zone::parse("Europe/Stockholm")
}

/// Its short name, and what its customers know of it.
pub(super) fn card(lang: Lang) -> Result<(Slug, GroupCard)> {
    let card = GroupCard {
        name: Line::parse("Nordkyl AB")?,
        colour: Colour::parse("#0a5c3a")?,
        lang,
        zone: zone()?,
        reply_to: Some(Email::parse("service@nordkyl.example")?),
        phone: Some(Line::parse("+46 8 555 123 00")?),
        prefix: Prefix::parse("NK")?,
    };
    Ok((Slug::parse("nordkyl")?, card))
}

/// Its mark: a snow crystal.
pub(super) fn logo() -> Result<Logo> {
    Logo::parse(include_bytes!("logo.png").to_vec(), "logo.png")
}

/// Everybody who works there, and the priority of work that has no haste because it is in the calendar anyway.
pub(super) fn hire(tx: &WriteTx, lang: Lang) -> Result<()> {
    for (login, name, email, rights) in STAFF {
        let card = StaffCard { name: Line::parse(name)?, email: Some(Email::parse(email)?) };
        staff::add(tx, &Login::parse(login)?, StaffKind::Person, &card, None, rights)?;
    }
    let name = match lang {
        Lang::En => "Scheduled",
        Lang::Sv => "Enligt plan",
        Lang::Es => "Programada",
    };
    let draft =
        PriorityDraft { name: Line::parse(name)?, hours: None, emergency: false, position: None, is_default: false };
    priorities::add(tx, &draft).map(|_| ())
}
