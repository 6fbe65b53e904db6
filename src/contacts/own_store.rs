//! The people of a customer as one of them sees the others: no more than a telephone list; and one's own name.

use serde_json::json;

use super::store::{contact, contacts};
use super::{Colleague, Contact, ContactCard};
use crate::access::{Need, Permission};
use crate::db::{Change, Entry, Paged, Reached, Row, RowResult, Scoped, Tx, WriteTx, named};
use crate::error::{Error, Result};
use crate::text::{Line, like};

const SEE: Need = Need::see(Permission::ColleagueView);

const OWN: Scoped =
    Scoped::new(Need::own(), contacts!("k.id = (SELECT a.contact_id FROM accesses a WHERE a.id = :actor)"));

macro_rules! left {
    () => {
        "
      FROM contacts k
     WHERE k.group_id = :group
       AND k.customer_id IN (SELECT r.customer_id FROM reach_customers r WHERE r.actor = :actor)
       AND (:search IS NULL OR k.search LIKE :search ESCAPE '\\')"
    };
}

const COUNT: Scoped = Scoped::new(SEE, concat!("SELECT count(*)", left!()));

const ROWS: Scoped = Scoped::new(
    SEE,
    concat!(
        "
    SELECT k.name, k.email, k.phone, k.title,
           EXISTS (SELECT 1
                     FROM accesses a
                     JOIN users u ON u.id = a.user_id
                    WHERE a.group_id = k.group_id AND a.customer_id = k.customer_id AND a.contact_id = k.id
                      AND (a.until IS NULL OR a.until > :now)
                      AND u.status = 'enabled' AND u.password IS NOT NULL),
           k.id = (SELECT o.contact_id FROM accesses o WHERE o.id = :actor)",
        left!(),
        "
     ORDER BY k.name, k.id
     LIMIT :limit OFFSET :skip"
    ),
);

const RENAME: Change =
    Change::new("UPDATE contacts SET name = :name, search = :search WHERE group_id = :group AND id = :id");

/// The contact of whoever looks.
pub fn own(tx: &Tx) -> Result<Reached<Contact>> {
    let found = tx.one(&OWN, named! {}, contact)?;
    found.ok_or_else(|| Error::not_found("contact", tx.actor().name()))
}

/// A page of the people of one's own customer, by name, or of those in whom some words are found.
pub fn colleagues(tx: &Tx, search: Option<&str>, number: u32) -> Result<Paged<Colleague>> {
    tx.page((&COUNT, &ROWS), named! { ":search": search.map(like) }, number, colleague)
}

/// Changes how oneself is called at the customer of the present access; `false` if it was so already.
pub fn rename(tx: &WriteTx, name: &Line) -> Result<bool> {
    let contact = own(tx)?;
    if contact.card.name == *name {
        return Ok(false);
    }
    let card = ContactCard { name: name.clone(), ..contact.card.clone() };
    tx.change(Need::own(), |w| {
        w.run(&RENAME, named! { ":id": contact.id, ":name": name, ":search": card.search() })?;
        let entry = Entry::on(&contact, "contact.changed").before(&json!({ "name": contact.card.name }));
        Ok((true, entry.after(&json!({ "name": name }))))
    })
}

fn colleague(row: &Row) -> RowResult<Colleague> {
    Ok(Colleague {
        name: row.get(0)?,
        email: row.get(1)?,
        phone: row.get(2)?,
        title: row.get(3)?,
        has_account: row.get(4)?,
        is_own: row.get(5)?,
    })
}
