//! Templates are kept here: found by name, listed, added, changed, deleted.

use super::{Template, TemplateCard, defaults};
use crate::access::{Need, Permission, Right};
use crate::db::named;
use crate::db::{Change, Entry, Json, Reached, Row, RowResult, Scoped, Tx, WriteTx, Writer};
use crate::error::{Error, Result};
use crate::ids::TemplateId;
use crate::text::{Line, fold, nearest};

const VISIBLE: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT t.id, t.name, (SELECT json_group_array(p.permission) FROM template_permissions p
                           WHERE p.group_id = t.group_id AND p.template_id = t.id)
      FROM templates t
     WHERE t.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
     ORDER BY t.id",
);

const INSERT: Change = Change::new("INSERT INTO templates (group_id, name) VALUES (:group, :name)");

const RENAME: Change = Change::new("UPDATE templates SET name = :name WHERE group_id = :group AND id = :id");

const DELETE: Change = Change::new("DELETE FROM templates WHERE group_id = :group AND id = :id");

const GRANT: Change = Change::new(
    "INSERT INTO template_permissions (group_id, template_id, permission) VALUES (:group, :id, :permission)",
);

const REVOKE_ALL: Change =
    Change::new("DELETE FROM template_permissions WHERE group_id = :group AND template_id = :id");

/// The template with this name, case and accents ignored.
pub fn find_by_name(tx: &Tx, name: &Line) -> Result<Reached<Template>> {
    let mut all = list(tx)?;
    match all.iter().position(|template| fold(template.card.name.as_str()) == fold(name.as_str())) {
        Some(at) => Ok(all.swap_remove(at)),
        None => {
            let error = Error::not_found("template", name);
            Err(match nearest(name.as_str(), all.iter().map(|template| template.card.name.as_str())) {
                Some(near) => error.tip(format!("did you mean '{near}'? see them all with: frontdesk template list")),
                None => error.tip("see them all with: frontdesk template list"),
            })
        }
    }
}

/// Every template of the group, the oldest first.
pub fn list(tx: &Tx) -> Result<Vec<Reached<Template>>> {
    tx.many(&VISIBLE, named! {}, template)
}

/// Makes a template. Its name must be free.
pub fn add(tx: &WriteTx, card: &TemplateCard) -> Result<Reached<Template>> {
    is_free(tx, &card.name, None)?;
    tx.change(Need::right(Right::Admin), |w| {
        let id = w.insert(&INSERT, named! { ":name": card.name })?;
        grant(w, TemplateId(id), &card.permissions)?;
        Ok(((), Entry::about::<Template>(id, card.name.as_str(), "template.added").after(card)))
    })?;
    find_by_name(tx, &card.name)
}

/// Changes a template; `false` if it was so already. What was granted with it before stays as it is.
pub fn set(tx: &WriteTx, template: &Reached<Template>, card: &TemplateCard) -> Result<bool> {
    if template.card == *card {
        return Ok(false);
    }
    is_free(tx, &card.name, Some(template.id))?;
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&RENAME, named! { ":id": template.id, ":name": card.name })?;
        w.run(&REVOKE_ALL, named! { ":id": template.id })?;
        grant(w, template.id, &card.permissions)?;
        Ok((true, Entry::on(template, "template.changed").before(&template.card).after(card)))
    })
}

/// Deletes a template. What was granted with it stays as it is.
pub fn delete(tx: &WriteTx, template: &Reached<Template>) -> Result<()> {
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&DELETE, named! { ":id": template.id })?;
        Ok(((), Entry::on(template, "template.deleted").before(&template.card)))
    })
}

/// Gives a new group its first templates.
pub fn add_defaults(tx: &WriteTx) -> Result<()> {
    defaults()?.iter().try_for_each(|card| add(tx, card).map(|_| ()))
}

fn grant(w: &Writer, id: TemplateId, permissions: &[Permission]) -> Result<()> {
    for permission in permissions {
        w.run(&GRANT, named! { ":id": id, ":permission": permission })?;
    }
    Ok(())
}

/// Two names that differ only in case or accents could not be told apart on the command line.
fn is_free(tx: &Tx, name: &Line, own: Option<TemplateId>) -> Result<()> {
    let other = |template: &Reached<Template>| {
        Some(template.id) != own && fold(template.card.name.as_str()) == fold(name.as_str())
    };
    match list(tx)?.into_iter().find(other) {
        Some(other) => Err(Error::conflict(format!("template '{}' exists already", other.card.name))
            .tip("see them all with: frontdesk template list")),
        None => Ok(()),
    }
}

fn template(row: &Row) -> RowResult<Template> {
    let Json(permissions) = row.get::<_, Json<Vec<Permission>>>(2)?;
    Ok(Template { id: row.get(0)?, card: TemplateCard::new(row.get(1)?, permissions) })
}
