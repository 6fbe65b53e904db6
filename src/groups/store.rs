//! Groups are kept here: found, listed, added, changed, with their logos.

use super::{Group, GroupCard, Logo, LogoFacts, zone_store};
use crate::access::{Machine, Need, Right};
use crate::db::named;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Scoped, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::ids::GroupId;
use crate::text::{Slug, nearest};

const VISIBLE: Scoped = Scoped::new(
    Need::own().or_machine(Machine::Door),
    "
    SELECT g.id, g.slug, g.name, g.colour, g.lang, g.zone, g.reply_to, g.phone, g.prefix, g.created_at
      FROM groups g
     WHERE g.id IN (SELECT group_id FROM reach_groups WHERE actor = :actor)
       AND (:slug IS NULL OR g.slug = :slug)
     ORDER BY g.slug",
);

const LOGO: Below<Group> = Below::new(
    Need::own().or_machine(Machine::Door),
    "SELECT media_type, hash, width, height, bytes FROM logos WHERE group_id = :parent",
);

const LOGO_FACTS: Below<Group> =
    Below::new(Need::own().or_machine(Machine::Door), "SELECT hash, width, height FROM logos WHERE group_id = :parent");

const INSERT: Change = Change::open(
    "a new group is in no group yet",
    "
    INSERT INTO groups (slug, name, colour, lang, zone, reply_to, phone, prefix, created_at)
    VALUES (:slug, :name, :colour, :lang, :zone, :reply_to, :phone, :prefix, :now)",
);

const UPDATE: Change = Change::open(
    "the owner changes a group from outside of it",
    "
    UPDATE groups
       SET name = :name, colour = :colour, lang = :lang, zone = :zone, reply_to = :reply_to, phone = :phone, prefix = :prefix
     WHERE id = :id",
);

const DELETE: Change =
    Change::open("the owner deletes a group from outside of it", "DELETE FROM groups WHERE id = :id");

const SET_LOGO: Change = Change::open(
    "the owner changes a group from outside of it",
    "
    INSERT INTO logos (group_id, media_type, hash, width, height, bytes)
    VALUES (:id, :media_type, :hash, :width, :height, :bytes)
    ON CONFLICT (group_id) DO UPDATE
       SET media_type = excluded.media_type, hash = excluded.hash, width = excluded.width, height = excluded.height,
           bytes = excluded.bytes",
);

/// The group with this slug.
pub fn find(tx: &Tx, slug: &Slug) -> Result<Reached<Group>> {
    match tx.one(&VISIBLE, named! { ":slug": slug }, group)? {
        Some(found) => Ok(found),
        None => {
            let known = list(tx)?;
            let error = Error::not_found("group", slug);
            Err(match nearest(slug.as_str(), known.iter().map(|group| group.slug.as_str())) {
                Some(near) => error.tip(format!("did you mean {near}? see them all with: frontdesk group list")),
                None => error.tip("see them all with: frontdesk group list"),
            })
        }
    }
}

/// Every group in reach, by slug.
pub fn list(tx: &Tx) -> Result<Vec<Reached<Group>>> {
    tx.many(&VISIBLE, named! { ":slug": None::<Slug> }, group)
}

/// Makes a group. Its slug must be free.
pub fn add(tx: &WriteTx, slug: &Slug, card: &GroupCard) -> Result<Reached<Group>> {
    tx.change(Need::owner(), |w| {
        let id = w.insert(
            &INSERT,
            named! {
                ":slug": slug, ":name": card.name, ":colour": card.colour, ":lang": card.lang, ":zone": card.zone,
                ":reply_to": card.reply_to, ":phone": card.phone, ":prefix": card.prefix,
            },
        )?;
        Ok(((), Entry::about::<Group>(id, slug.as_str(), "group.added").after(card)))
    })?;
    find(tx, slug)
}

/// Changes a group's card; `false` if it was so already, and nothing was written.
pub fn set(tx: &WriteTx, group: &Reached<Group>, card: &GroupCard) -> Result<bool> {
    if group.card == *card {
        return Ok(false);
    }
    tx.change(Need::right(Right::Admin), |w| {
        w.run(
            &UPDATE,
            named! {
                ":id": group.id, ":name": card.name, ":colour": card.colour, ":lang": card.lang, ":zone": card.zone,
                ":reply_to": card.reply_to, ":phone": card.phone, ":prefix": card.prefix,
            },
        )?;
        zone_store::keep_days(tx, w, group, &card.zone)?;
        Ok((true, Entry::on(group, "group.changed").before(&group.card).after(card)))
    })
}

/// Deletes a group with everything in it; the audit stays.
pub fn delete(tx: &WriteTx, group: &Reached<Group>) -> Result<()> {
    tx.change(Need::owner(), |w| {
        w.run(&DELETE, named! { ":id": group.id })?;
        Ok(((), Entry::on(group, "group.deleted").before(&**group)))
    })
}

/// The group's logo, if it has one.
pub fn logo_of(tx: &Tx, group: &Reached<Group>) -> Result<Option<Logo>> {
    Ok(tx.below(group, &LOGO, &[], logo)?.pop().map(Reached::into_inner))
}

/// What a page says of the group's logo, if it has one.
pub fn logo_facts(tx: &Tx, group: &Reached<Group>) -> Result<Option<LogoFacts>> {
    let found = tx.below(group, &LOGO_FACTS, &[], |row| {
        Ok(LogoFacts { hash: row.get(0)?, width: row.get(1)?, height: row.get(2)? })
    })?;
    Ok(found.into_iter().next().map(Reached::into_inner))
}

/// Gives a group its logo; `false` if it was that one already.
pub fn set_logo(tx: &WriteTx, group: &Reached<Group>, logo: &Logo) -> Result<bool> {
    let before = logo_of(tx, group)?.map(|before| before.hash);
    if before.as_ref() == Some(&logo.hash) {
        return Ok(false);
    }
    tx.change(Need::right(Right::Admin), |w| {
        w.run(
            &SET_LOGO,
            named! {
                ":id": group.id, ":media_type": logo.media_type, ":hash": logo.hash, ":width": logo.width,
                ":height": logo.height, ":bytes": logo.bytes,
            },
        )?;
        Ok((true, Entry::on(group, "group.logo").before(&before).after(&logo.hash)))
    })
}

fn group(row: &Row) -> RowResult<Group> {
    Ok(Group {
        id: row.get::<_, GroupId>(0)?,
        slug: row.get(1)?,
        card: GroupCard {
            name: row.get(2)?,
            colour: row.get(3)?,
            lang: row.get(4)?,
            zone: row.get(5)?,
            reply_to: row.get(6)?,
            phone: row.get(7)?,
            prefix: row.get(8)?,
        },
        created_at: row.get(9)?,
    })
}

fn logo(row: &Row) -> RowResult<Logo> {
    Ok(Logo { media_type: row.get(0)?, hash: row.get(1)?, width: row.get(2)?, height: row.get(3)?, bytes: row.get(4)? })
}
