//! Statuses are kept here: found by name, listed, added, changed, deleted.

use super::{Status, StatusDraft, defaults};
use crate::access::{Need, Right};
use crate::db::named;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Scoped, Tx, WriteTx, Writer};
use crate::error::{Error, Result};
use crate::ids::StatusId;
use crate::text::{Lang, Line, fold, nearest};

const VISIBLE: Scoped = Scoped::new(
    Need::own(),
    "
    SELECT s.id, s.name, s.stage, s.position, s.is_default
      FROM statuses s
     WHERE s.group_id IN (SELECT group_id FROM reach_groups WHERE actor = :actor)
       AND s.group_id = :group
     ORDER BY s.position, s.id",
);

const ORDERS: Below<Status> = Below::new(Need::staff(), "SELECT count(*) FROM orders WHERE status_id = :parent");

const INSERT: Change = Change::new(
    "
    INSERT INTO statuses (group_id, name, stage, position, is_default)
    VALUES (:group, :name, :stage, :position, :is_default)",
);

const UPDATE: Change = Change::new(
    "
    UPDATE statuses
       SET name = :name, stage = :stage, is_default = :is_default
     WHERE group_id = :group AND id = :id",
);

const MOVE: Change = Change::new("UPDATE statuses SET position = :position WHERE group_id = :group AND id = :id");

const NO_DEFAULT: Change = Change::new("UPDATE statuses SET is_default = 0 WHERE group_id = :group AND is_default = 1");

const DELETE: Change = Change::new("DELETE FROM statuses WHERE group_id = :group AND id = :id");

const CLOSE_ORDERS: Change =
    Change::new("UPDATE orders SET closed_at = coalesce(closed_at, :now) WHERE group_id = :group AND status_id = :id");

const OPEN_ORDERS: Change =
    Change::new("UPDATE orders SET closed_at = NULL WHERE group_id = :group AND status_id = :id");

/// The status with this name, case and accents ignored.
pub fn find_by_name(tx: &Tx, name: &Line) -> Result<Reached<Status>> {
    let mut all = list(tx)?;
    match all.iter().position(|status| fold(status.name.as_str()) == fold(name.as_str())) {
        Some(at) => Ok(all.swap_remove(at)),
        None => {
            let error = Error::not_found("status", name);
            Err(match nearest(name.as_str(), all.iter().map(|status| status.name.as_str())) {
                Some(near) => {
                    error.tip(format!("did you mean '{near}'? see them all with: frontdesk group status list"))
                }
                None => error.tip("see them all with: frontdesk group status list"),
            })
        }
    }
}

/// Every status of the group, in its order.
pub fn list(tx: &Tx) -> Result<Vec<Reached<Status>>> {
    tx.many(&VISIBLE, named! {}, status)
}

/// The status in which new orders begin.
pub fn default_of(tx: &Tx) -> Result<Reached<Status>> {
    list(tx)?.into_iter().find(|status| status.is_default).ok_or_else(|| {
        Error::conflict("this group has no default status")
            .tip("choose one with: frontdesk group status set NAME --default")
    })
}

/// How many orders have this status.
pub fn orders_in(tx: &Tx, status: &Reached<Status>) -> Result<i64> {
    Ok(tx.below(status, &ORDERS, named! {}, |row| row.get(0))?.pop().map_or(0, Reached::into_inner))
}

/// Makes a status. Its name must be free.
pub fn add(tx: &WriteTx, draft: &StatusDraft) -> Result<Reached<Status>> {
    draft.check()?;
    let all = list(tx)?;
    is_free(&all, &draft.name, None)?;
    tx.change(Need::right(Right::Admin), |w| {
        if draft.is_default {
            w.run(&NO_DEFAULT, named! {})?;
        }
        let last = all.last().map_or(0, |status| status.position);
        let id = w.insert(
            &INSERT,
            named! {
                ":name": draft.name, ":stage": draft.stage, ":position": last + 1, ":is_default": draft.is_default,
            },
        )?;
        put_at(w, &all, StatusId(id), draft.position)?;
        Ok(((), Entry::about::<Status>(id, draft.name.as_str(), "status.added").after(draft)))
    })?;
    find_by_name(tx, &draft.name)
}

/// Changes a status; `false` if it was so already. Its orders move to its new stage with it.
pub fn set(tx: &WriteTx, status: &Reached<Status>, draft: &StatusDraft) -> Result<bool> {
    let all = list(tx)?;
    let last = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let position = draft.position.unwrap_or(status.position).clamp(1, last.max(1));
    let draft = &StatusDraft { position: Some(position), ..draft.clone() };
    if status.draft() == *draft {
        return Ok(false);
    }
    if status.is_default && !draft.is_default {
        return Err(Error::conflict(format!("'{}' is the default status", status.name))
            .tip("choose another one with: frontdesk group status set NAME --default"));
    }
    draft.check()?;
    is_free(&all, &draft.name, Some(status.id))?;
    tx.change(Need::right(Right::Admin), |w| {
        if draft.is_default && !status.is_default {
            w.run(&NO_DEFAULT, named! {})?;
        }
        w.run(
            &UPDATE,
            named! {
                ":id": status.id, ":name": draft.name, ":stage": draft.stage, ":is_default": draft.is_default,
            },
        )?;
        match (status.stage.is_closed(), draft.stage.is_closed()) {
            (false, true) => w.run(&CLOSE_ORDERS, named! { ":id": status.id })?,
            (true, false) => w.run(&OPEN_ORDERS, named! { ":id": status.id })?,
            _ => 0,
        };
        put_at(w, &all, status.id, draft.position)?;
        Ok((true, Entry::on(status, "status.changed").before(&status.draft()).after(draft)))
    })
}

/// Deletes a status that no order has and that is not the default.
pub fn delete(tx: &WriteTx, status: &Reached<Status>) -> Result<()> {
    if status.is_default {
        return Err(Error::conflict(format!("'{}' is the default status, in which new orders begin", status.name))
            .tip("choose another one first with: frontdesk group status set NAME --default"));
    }
    let orders = orders_in(tx, status)?;
    if orders > 0 {
        let word = if orders == 1 { "order has" } else { "orders have" };
        return Err(Error::conflict(format!("{orders} {word} the status '{}'", status.name)).tip(
            "give them another status first, or rename this one with: frontdesk group status set NAME --name NEW",
        ));
    }
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&DELETE, named! { ":id": status.id })?;
        Ok(((), Entry::on(status, "status.deleted").before(&status.draft())))
    })
}

/// Gives a new group its first statuses, named in its language.
pub fn add_defaults(tx: &WriteTx, lang: Lang) -> Result<()> {
    defaults(lang)?.iter().try_for_each(|draft| add(tx, draft).map(|_| ()))
}

/// Two names that differ only in case or accents could not be told apart on the command line.
fn is_free(all: &[Reached<Status>], name: &Line, own: Option<StatusId>) -> Result<()> {
    let other = |status: &&Reached<Status>| Some(status.id) != own && fold(status.name.as_str()) == fold(name.as_str());
    match all.iter().find(other) {
        Some(other) => Err(Error::conflict(format!("status '{}' exists already", other.name))
            .tip("see them all with: frontdesk group status list")),
        None => Ok(()),
    }
}

/// Puts one status at a place in the list and numbers the list anew.
fn put_at(w: &Writer, all: &[Reached<Status>], own: StatusId, place: Option<u32>) -> Result<()> {
    let mut ids: Vec<_> = all.iter().map(|status| status.id).filter(|id| *id != own).collect();
    let place = place.map_or(ids.len(), |place| (place.max(1) as usize - 1).min(ids.len()));
    ids.insert(place, own);
    for (id, position) in ids.into_iter().zip(1_i64..) {
        w.run(&MOVE, named! { ":id": id, ":position": position })?;
    }
    Ok(())
}

fn status(row: &Row) -> RowResult<Status> {
    Ok(Status {
        id: row.get(0)?,
        name: row.get(1)?,
        stage: row.get(2)?,
        position: row.get(3)?,
        is_default: row.get(4)?,
    })
}
