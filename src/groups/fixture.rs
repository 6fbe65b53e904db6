//! Companies for the tests of every noun.

use super::GroupCard;
use crate::access::Actor;
use crate::db::{Db, WriteTx};
use crate::error::Result;
use crate::text::{Colour, Lang, Line, Prefix, Slug, Zone};

/// A company of this name: green, in UTC, with orders NK-1 and on.
pub(crate) fn card(name: &str, lang: Lang) -> GroupCard {
    GroupCard {
        name: Line::parse(name).expect("a name"),
        colour: Colour::parse("#0a5c3a").expect("a colour"),
        lang,
        zone: Zone::default(),
        reply_to: None,
        phone: None,
        prefix: Prefix::parse("NK").expect("a prefix"),
    }
}

/// Founds a company with what it begins with, and gives the owner at its desk.
pub(crate) fn found(db: &Db, slug: &str, card: &GroupCard, begin: impl Fn(&WriteTx) -> Result<()>) -> Actor {
    let slug = Slug::parse(slug).expect("a slug");
    let found = db.write(&Actor::Owner { group: None, uid: 1000 }, |tx| {
        let group = super::add(tx, &slug, card)?;
        tx.at_desk(&group, &begin)?;
        Ok(group.id)
    });
    Actor::Owner { group: Some(found.expect("a group")), uid: 1000 }
}
