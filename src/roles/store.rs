//! Roles are kept here: found by name, listed, added, changed, deleted.

use super::{Role, RoleCard, defaults};
use crate::access::{Need, Right};
use crate::db::named;
use crate::db::{Below, Change, Entry, Json, Reached, Row, RowResult, Scoped, Tx, WriteTx, Writer};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::RoleId;
use crate::statuses;
use crate::text::{Line, fold, nearest};

const VISIBLE: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT r.id, r.name,
           (SELECT json_group_array(e.event) FROM role_events e
             WHERE e.group_id = r.group_id AND e.role_id = r.id),
           (SELECT json_group_array(t.name)
              FROM (SELECT s.name
                      FROM role_statuses rs
                      JOIN statuses s ON s.group_id = rs.group_id AND s.id = rs.status_id
                     WHERE rs.group_id = r.group_id AND rs.role_id = r.id
                     ORDER BY s.position, s.id) t)
      FROM roles r
     WHERE r.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
     ORDER BY r.id",
);

const CONTACTS: Below<Role> = Below::new(Need::staff(), "SELECT count(*) FROM contact_roles WHERE role_id = :parent");

const INSERT: Change = Change::new("INSERT INTO roles (group_id, name) VALUES (:group, :name)");

const RENAME: Change = Change::new("UPDATE roles SET name = :name WHERE group_id = :group AND id = :id");

const DELETE: Change = Change::new("DELETE FROM roles WHERE group_id = :group AND id = :id");

const TICK_EVENT: Change =
    Change::new("INSERT INTO role_events (group_id, role_id, event) VALUES (:group, :id, :event)");

const TICK_STATUS: Change = Change::new(
    "
    INSERT INTO role_statuses (group_id, role_id, status_id)
    SELECT s.group_id, :id, s.id FROM statuses s WHERE s.group_id = :group AND s.name = :status",
);

const UNTICK_EVENTS: Change = Change::new("DELETE FROM role_events WHERE group_id = :group AND role_id = :id");

const UNTICK_STATUSES: Change = Change::new("DELETE FROM role_statuses WHERE group_id = :group AND role_id = :id");

/// The role with this name, case and accents ignored.
pub fn find_by_name(tx: &Tx, name: &Line) -> Result<Reached<Role>> {
    let mut all = list(tx)?;
    match all.iter().position(|role| fold(role.card.name.as_str()) == fold(name.as_str())) {
        Some(at) => Ok(all.swap_remove(at)),
        None => {
            let error = Error::not_found("role", name);
            Err(match nearest(name.as_str(), all.iter().map(|role| role.card.name.as_str())) {
                Some(near) => error.tip(format!("did you mean '{near}'? see them all with: frontdesk role list")),
                None => error.tip("see them all with: frontdesk role list"),
            })
        }
    }
}

/// Every role of the group, the oldest first.
pub fn list(tx: &Tx) -> Result<Vec<Reached<Role>>> {
    tx.many(&VISIBLE, named! {}, role)
}

/// How many contacts carry this role.
pub fn contacts_with(tx: &Tx, role: &Reached<Role>) -> Result<i64> {
    Ok(tx.below(role, &CONTACTS, named! {}, |row| row.get(0))?.pop().map_or(0, Reached::into_inner))
}

/// Makes a role. Its name must be free, and its statuses must be in the group's list.
pub fn add(tx: &WriteTx, card: &RoleCard) -> Result<Reached<Role>> {
    let card = fitting(tx, card)?;
    is_free(tx, &card.name, None)?;
    tx.change(Need::right(Right::Admin), |w| {
        let id = w.insert(&INSERT, named! { ":name": card.name })?;
        tick(w, RoleId(id), &card)?;
        Ok(((), Entry::about::<Role>(id, card.name.as_str(), "role.added").after(&card)))
    })?;
    find_by_name(tx, &card.name)
}

/// Changes a role; `false` if it was so already, and nothing was written. It counts from now on for all who carry it.
pub fn set(tx: &WriteTx, role: &Reached<Role>, card: &RoleCard) -> Result<bool> {
    let card = fitting(tx, card)?;
    if role.card == card {
        return Ok(false);
    }
    is_free(tx, &card.name, Some(role.id))?;
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&RENAME, named! { ":id": role.id, ":name": card.name })?;
        w.run(&UNTICK_EVENTS, named! { ":id": role.id })?;
        w.run(&UNTICK_STATUSES, named! { ":id": role.id })?;
        tick(w, role.id, &card)?;
        Ok((true, Entry::on(role, "role.changed").before(&role.card).after(&card)))
    })
}

/// Deletes a role that no contact carries.
pub fn delete(tx: &WriteTx, role: &Reached<Role>) -> Result<()> {
    let contacts = contacts_with(tx, role)?;
    if contacts > 0 {
        let word = if contacts == 1 { "contact carries" } else { "contacts carry" };
        let name = &role.card.name;
        return Err(Error::conflict(format!("{contacts} {word} the role '{name}'")).tip(format!(
            "see who with: frontdesk contact list --role '{name}'; take it from each with: frontdesk contact set CONTACT --remove-role '{name}'"
        )));
    }
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&DELETE, named! { ":id": role.id })?;
        Ok(((), Entry::on(role, "role.deleted").before(&role.card)))
    })
}

/// Gives a new group its first roles.
pub fn add_defaults(tx: &WriteTx) -> Result<()> {
    defaults()?.iter().try_for_each(|card| add(tx, card).map(|_| ()))
}

/// The card with its statuses as the group's own list spells and orders them, each once.
fn fitting(tx: &Tx, card: &RoleCard) -> Result<RoleCard> {
    if card.name.as_str().contains(';') {
        return Err(Error::invalid(
            "name",
            format!("'{}' has a ;, which stands between the roles of a contact", card.name),
        )
        .tip("leave it out of the name"));
    }
    let ticked = card.statuses.iter().map(|name| statuses::find_by_name(tx, name));
    let mut ticked = ticked.collect::<Result<Vec<_>>>()?;
    ticked.sort_by_key(|status| (status.position, status.id));
    ticked.dedup_by_key(|status| status.id);
    let names = ticked.iter().map(|status| status.name.clone());
    Ok(RoleCard::new(card.name.clone(), card.events.iter().copied(), names))
}

fn tick(w: &Writer, id: RoleId, card: &RoleCard) -> Result<()> {
    for event in &card.events {
        w.run(&TICK_EVENT, named! { ":id": id, ":event": event })?;
    }
    for status in &card.statuses {
        w.run(&TICK_STATUS, named! { ":id": id, ":status": status })?;
    }
    Ok(())
}

/// Two names that differ only in case or accents could not be told apart on the command line.
fn is_free(tx: &Tx, name: &Line, own: Option<RoleId>) -> Result<()> {
    let other = |role: &Reached<Role>| Some(role.id) != own && fold(role.card.name.as_str()) == fold(name.as_str());
    match list(tx)?.into_iter().find(other) {
        Some(other) => Err(Error::conflict(format!("role '{}' exists already", other.card.name))
            .tip("see them all with: frontdesk role list")),
        None => Ok(()),
    }
}

fn role(row: &Row) -> RowResult<Role> {
    let Json(events) = row.get::<_, Json<Vec<Event>>>(2)?;
    let Json(statuses) = row.get::<_, Json<Vec<Line>>>(3)?;
    Ok(Role { id: row.get(0)?, card: RoleCard::new(row.get(1)?, events, statuses) })
}
