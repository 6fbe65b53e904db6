//! The sites that may show a group's login box are kept here.

use super::{Group, Origin, SiteOrigin};
use crate::access::{Machine, Need, Right};
use crate::db::named;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Scoped, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::text::nearest;

const OF: Below<Group> = Below::new(
    Need::own().or_machine(Machine::Door),
    "SELECT id, origin FROM group_origins WHERE group_id = :parent ORDER BY origin",
);

const VISIBLE: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT o.id, o.origin
      FROM group_origins o
     WHERE o.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
     ORDER BY o.origin",
);

const INSERT: Change = Change::new("INSERT INTO group_origins (group_id, origin) VALUES (:group, :origin)");

const DELETE: Change = Change::new("DELETE FROM group_origins WHERE group_id = :group AND id = :id");

/// The sites of a group that was found, for its login box.
pub fn origins_of(tx: &Tx, group: &Reached<Group>) -> Result<Vec<Reached<SiteOrigin>>> {
    tx.below(group, &OF, named! {}, site)
}

/// The sites of the group at whose desk somebody sits.
pub fn origins(tx: &Tx) -> Result<Vec<Reached<SiteOrigin>>> {
    tx.many(&VISIBLE, named! {}, site)
}

/// The site with this origin.
pub fn origin(tx: &Tx, origin: &Origin) -> Result<Reached<SiteOrigin>> {
    let mut all = origins(tx)?;
    match all.iter().position(|site| site.origin == *origin) {
        Some(at) => Ok(all.swap_remove(at)),
        None => {
            let error = Error::not_found("origin", origin);
            Err(match nearest(origin.as_str(), all.iter().map(|site| site.origin.as_str())) {
                Some(near) => error.tip(format!("did you mean {near}? see them all with: frontdesk group origin list")),
                None => error.tip("see them all with: frontdesk group origin list"),
            })
        }
    }
}

/// All of them stand in one header, which proxies take up to some length.
const MOST: usize = 20;

/// Lets one more site show the login box.
pub fn add_origin(tx: &WriteTx, origin: &Origin) -> Result<Reached<SiteOrigin>> {
    if origins(tx)?.len() >= MOST {
        return Err(Error::conflict(format!("{MOST} sites show the login box already, and no more can"))
            .tip("see them with: frontdesk group origin list, and delete one that is no longer used"));
    }
    tx.change(Need::right(Right::Admin), |w| {
        let id = w.insert(&INSERT, named! { ":origin": origin })?;
        Ok(((), Entry::about::<SiteOrigin>(id, origin.as_str(), "group.origin_added").after(origin)))
    })?;
    self::origin(tx, origin)
}

/// Lets a site show the login box no longer.
pub fn delete_origin(tx: &WriteTx, site: &Reached<SiteOrigin>) -> Result<()> {
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&DELETE, named! { ":id": site.id })?;
        Ok(((), Entry::on(site, "group.origin_deleted").before(&site.origin)))
    })
}

fn site(row: &Row) -> RowResult<SiteOrigin> {
    Ok(SiteOrigin { id: row.get(0)?, origin: row.get(1)? })
}
