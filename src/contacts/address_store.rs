//! A person's address where it was the one they sign in with: it follows when that becomes another.

use super::ContactCard;
use crate::db::{Change, Open, Tx, Writer, named};
use crate::error::Result;
use crate::ids::{ContactId, UserId};
use crate::text::Email;

const SAME: Open = Open::new(
    "a contact with the address of its user is the same person, and is written to where that person is",
    "
    SELECT k.id, k.name, k.title, k.location
      FROM accesses a
      JOIN contacts k ON k.group_id = a.group_id AND k.customer_id = a.customer_id AND k.id = a.contact_id
     WHERE a.group_id = :group
       AND a.user_id = :user
       AND k.email = :old
       AND NOT EXISTS (SELECT 1 FROM contacts o
                        WHERE o.group_id = k.group_id AND o.customer_id = k.customer_id AND o.email = :new)",
);

const FOLLOW: Change =
    Change::new("UPDATE contacts SET email = :new, search = :search WHERE group_id = :group AND id = :id");

/// Gives the contacts of a user the user's new address where they had the old one, unless another contact there has it.
pub fn follow(tx: &Tx, w: &Writer, user: UserId, old: &Email, new: &Email) -> Result<()> {
    let found: Vec<(ContactId, ContactCard)> =
        tx.open(&SAME, named! { ":user": user, ":old": old, ":new": new }, |row| {
            let named = ContactCard::named(row.get(1)?);
            let card = ContactCard { email: Some(new.clone()), title: row.get(2)?, location: row.get(3)?, ..named };
            Ok((row.get(0)?, card))
        })?;
    for (id, card) in found {
        w.run(&FOLLOW, named! { ":id": id, ":new": new, ":search": card.search() })?;
    }
    Ok(())
}
