//! Priorities are kept here: found by name, listed, added, changed, deleted.

use super::{Priority, PriorityDraft, defaults};
use crate::access::{Need, Right};
use crate::db::named;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Scoped, Tx, WriteTx, Writer};
use crate::error::{Error, Result};
use crate::ids::PriorityId;
use crate::text::{Lang, Line, fold, nearest};

const VISIBLE: Scoped = Scoped::new(
    Need::own(),
    "
    SELECT p.id, p.name, p.hours, p.emergency, p.position, p.is_default
      FROM priorities p
     WHERE p.group_id IN (SELECT group_id FROM reach_groups WHERE actor = :actor)
       AND p.group_id = :group
     ORDER BY p.position, p.id",
);

const ORDERS: Below<Priority> = Below::new(Need::staff(), "SELECT count(*) FROM orders WHERE priority_id = :parent");

const INSERT: Change = Change::new(
    "
    INSERT INTO priorities (group_id, name, hours, emergency, position, is_default)
    VALUES (:group, :name, :hours, :emergency, :position, :is_default)",
);

const UPDATE: Change = Change::new(
    "
    UPDATE priorities
       SET name = :name, hours = :hours, emergency = :emergency, is_default = :is_default
     WHERE group_id = :group AND id = :id",
);

const MOVE: Change = Change::new("UPDATE priorities SET position = :position WHERE group_id = :group AND id = :id");

const NO_DEFAULT: Change =
    Change::new("UPDATE priorities SET is_default = 0 WHERE group_id = :group AND is_default = 1");

const DELETE: Change = Change::new("DELETE FROM priorities WHERE group_id = :group AND id = :id");

/// The priority with this name, case and accents ignored.
pub fn find_by_name(tx: &Tx, name: &Line) -> Result<Reached<Priority>> {
    let mut all = list(tx)?;
    match all.iter().position(|priority| fold(priority.name.as_str()) == fold(name.as_str())) {
        Some(at) => Ok(all.swap_remove(at)),
        None => {
            let error = Error::not_found("priority", name);
            Err(match nearest(name.as_str(), all.iter().map(|priority| priority.name.as_str())) {
                Some(near) => {
                    error.tip(format!("did you mean '{near}'? see them all with: frontdesk group priority list"))
                }
                None => error.tip("see them all with: frontdesk group priority list"),
            })
        }
    }
}

/// Every priority of the group, in its order.
pub fn list(tx: &Tx) -> Result<Vec<Reached<Priority>>> {
    tx.many(&VISIBLE, named! {}, priority)
}

/// The priority of orders for which nobody chose one.
pub fn default_of(tx: &Tx) -> Result<Reached<Priority>> {
    list(tx)?.into_iter().find(|priority| priority.is_default).ok_or_else(|| {
        Error::conflict("this group has no default priority")
            .tip("choose one with: frontdesk group priority set NAME --default")
    })
}

/// How many orders have this priority.
pub fn orders_in(tx: &Tx, priority: &Reached<Priority>) -> Result<i64> {
    Ok(tx.below(priority, &ORDERS, named! {}, |row| row.get(0))?.pop().map_or(0, Reached::into_inner))
}

/// Makes a priority. Its name must be free.
pub fn add(tx: &WriteTx, draft: &PriorityDraft) -> Result<Reached<Priority>> {
    let all = list(tx)?;
    is_free(&all, &draft.name, None)?;
    tx.change(Need::right(Right::Admin), |w| {
        if draft.is_default {
            w.run(&NO_DEFAULT, named! {})?;
        }
        let last = all.last().map_or(0, |priority| priority.position);
        let id = w.insert(
            &INSERT,
            named! {
                ":name": draft.name, ":hours": draft.hours, ":emergency": draft.emergency, ":position": last + 1, ":is_default": draft.is_default,
            },
        )?;
        put_at(w, &all, PriorityId(id), draft.position)?;
        Ok(((), Entry::about::<Priority>(id, draft.name.as_str(), "priority.added").after(draft)))
    })?;
    find_by_name(tx, &draft.name)
}

/// Changes a priority; `false` if it was so already. Orders keep the time at which they are due.
pub fn set(tx: &WriteTx, priority: &Reached<Priority>, draft: &PriorityDraft) -> Result<bool> {
    let all = list(tx)?;
    let last = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let position = draft.position.unwrap_or(priority.position).clamp(1, last.max(1));
    let draft = &PriorityDraft { position: Some(position), ..draft.clone() };
    if priority.draft() == *draft {
        return Ok(false);
    }
    if priority.is_default && !draft.is_default {
        return Err(Error::conflict(format!("'{}' is the default priority", priority.name))
            .tip("choose another one with: frontdesk group priority set NAME --default"));
    }
    is_free(&all, &draft.name, Some(priority.id))?;
    tx.change(Need::right(Right::Admin), |w| {
        if draft.is_default && !priority.is_default {
            w.run(&NO_DEFAULT, named! {})?;
        }
        w.run(
            &UPDATE,
            named! {
                ":id": priority.id, ":name": draft.name, ":hours": draft.hours, ":emergency": draft.emergency, ":is_default": draft.is_default,
            },
        )?;
        put_at(w, &all, priority.id, draft.position)?;
        Ok((true, Entry::on(priority, "priority.changed").before(&priority.draft()).after(draft)))
    })
}

/// Deletes a priority that no order has and that is not the default.
pub fn delete(tx: &WriteTx, priority: &Reached<Priority>) -> Result<()> {
    if priority.is_default {
        return Err(Error::conflict(format!("'{}' is the default priority", priority.name))
            .tip("choose another one first with: frontdesk group priority set NAME --default"));
    }
    let orders = orders_in(tx, priority)?;
    if orders > 0 {
        let word = if orders == 1 { "order has" } else { "orders have" };
        return Err(Error::conflict(format!("{orders} {word} the priority '{}'", priority.name)).tip(
            "give them another priority first, or rename this one with: frontdesk group priority set NAME --name NEW",
        ));
    }
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&DELETE, named! { ":id": priority.id })?;
        Ok(((), Entry::on(priority, "priority.deleted").before(&priority.draft())))
    })
}

/// Gives a new group its first priorities, named in its language.
pub fn add_defaults(tx: &WriteTx, lang: Lang) -> Result<()> {
    defaults(lang)?.iter().try_for_each(|draft| add(tx, draft).map(|_| ()))
}

/// Two names that differ only in case or accents could not be told apart on the command line.
fn is_free(all: &[Reached<Priority>], name: &Line, own: Option<PriorityId>) -> Result<()> {
    let other =
        |priority: &&Reached<Priority>| Some(priority.id) != own && fold(priority.name.as_str()) == fold(name.as_str());
    match all.iter().find(other) {
        Some(other) => Err(Error::conflict(format!("priority '{}' exists already", other.name))
            .tip("see them all with: frontdesk group priority list")),
        None => Ok(()),
    }
}

/// Puts one priority at a place in the list and numbers the list anew.
fn put_at(w: &Writer, all: &[Reached<Priority>], own: PriorityId, place: Option<u32>) -> Result<()> {
    let mut ids: Vec<_> = all.iter().map(|priority| priority.id).filter(|id| *id != own).collect();
    let place = place.map_or(ids.len(), |place| (place.max(1) as usize - 1).min(ids.len()));
    ids.insert(place, own);
    for (id, position) in ids.into_iter().zip(1_i64..) {
        w.run(&MOVE, named! { ":id": id, ":position": position })?;
    }
    Ok(())
}

fn priority(row: &Row) -> RowResult<Priority> {
    Ok(Priority {
        id: row.get(0)?,
        name: row.get(1)?,
        hours: row.get(2)?,
        emergency: row.get(3)?,
        position: row.get(4)?,
        is_default: row.get(5)?,
    })
}
