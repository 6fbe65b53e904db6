//! Templates of self-checks are kept here: found by name, listed, added, changed, deleted.

use super::{MANAGE, PointCard, SelfcheckTemplate, Sheet};
use crate::access::Need;
use crate::db::named;
use crate::db::{Change, Entry, Json, Reached, Row, RowResult, Scoped, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::text::{Line, fold, nearest};

const VISIBLE: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT t.id, t.name, t.title, t.points, t.created_at
      FROM selfcheck_templates t
     WHERE t.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
     ORDER BY t.id",
);

const INSERT: Change = Change::new(
    "
    INSERT INTO selfcheck_templates (group_id, name, title, points, created_at)
    VALUES (:group, :name, :title, :points, :now)",
);

const UPDATE: Change =
    Change::new("UPDATE selfcheck_templates SET title = :title, points = :points WHERE group_id = :group AND id = :id");

const DELETE: Change = Change::new("DELETE FROM selfcheck_templates WHERE group_id = :group AND id = :id");

/// The template with this name, case and accents ignored.
pub fn find_by_name(tx: &Tx, name: &Line) -> Result<Reached<SelfcheckTemplate>> {
    let mut all = list(tx)?;
    match all.iter().position(|template| fold(template.name.as_str()) == fold(name.as_str())) {
        Some(at) => Ok(all.swap_remove(at)),
        None => {
            let error = Error::not_found("self-check template", name);
            let see = "see them all with: frontdesk selfcheck template list";
            Err(match nearest(name.as_str(), all.iter().map(|template| template.name.as_str())) {
                Some(near) => error.tip(format!("did you mean '{near}'? {see}")),
                None => error.tip(see),
            })
        }
    }
}

/// Every template of the group, the oldest first.
pub fn list(tx: &Tx) -> Result<Vec<Reached<SelfcheckTemplate>>> {
    tx.many(&VISIBLE, named! {}, template)
}

/// Makes a template. Its name must be free.
pub fn add(tx: &WriteTx, name: &Line, card: &Sheet) -> Result<Reached<SelfcheckTemplate>> {
    let taken = list(tx)?.into_iter().find(|other| fold(other.name.as_str()) == fold(name.as_str()));
    if let Some(other) = taken {
        return Err(Error::conflict(format!("self-check template '{}' exists already", other.name)));
    }
    tx.change(MANAGE, |w| {
        let id =
            w.insert(&INSERT, named! { ":name": name, ":title": card.title, ":points": Json(card.points.clone()) })?;
        Ok(((), Entry::about::<SelfcheckTemplate>(id, name.as_str(), "selfcheck_template.added").after(card)))
    })?;
    find_by_name(tx, name)
}

/// Gives a template another title or other points; `false` if it was so already. Self-checks that were begun with it
/// keep their own.
pub fn set(tx: &WriteTx, template: &Reached<SelfcheckTemplate>, card: &Sheet) -> Result<bool> {
    if template.card == *card {
        return Ok(false);
    }
    tx.change(MANAGE, |w| {
        w.run(&UPDATE, named! { ":id": template.id, ":title": card.title, ":points": Json(card.points.clone()) })?;
        Ok((true, Entry::on(template, "selfcheck_template.changed").before(&template.card).after(card)))
    })
}

/// Deletes a template. Self-checks that were begun with it stay as they are.
pub fn delete(tx: &WriteTx, template: &Reached<SelfcheckTemplate>) -> Result<()> {
    tx.change(MANAGE, |w| {
        w.run(&DELETE, named! { ":id": template.id })?;
        Ok(((), Entry::on(template, "selfcheck_template.deleted").before(&template.card)))
    })
}

fn template(row: &Row) -> RowResult<SelfcheckTemplate> {
    let Json(points) = row.get::<_, Json<Vec<PointCard>>>(3)?;
    Ok(SelfcheckTemplate {
        id: row.get(0)?,
        name: row.get(1)?,
        card: Sheet { title: row.get(2)?, points },
        created_at: row.get(4)?,
    })
}
