//! What people want to be told of is kept here; whoever holds the link in a mail may choose for its reader.

use serde::Serialize;

use super::choices::{Choice, Chooser};
use crate::access::{Machine, Need};
use crate::contacts::Contact;
use crate::db::{Change, Entry, Json, Reached, Row, RowResult, Scoped, Tx, WriteTx, named};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::ids::{ContactId, GroupId};
use crate::secret::{Key, same};
use crate::text::Email;

/// A statement that reads somebody who chooses; what follows WHERE is the caller's.
macro_rules! choosers {
    ($rest:literal) => {
        concat!(
            "
    SELECT k.id, k.customer_id, k.name, k.email, coalesce(u.lang, k.lang, c.lang, g.lang), c.name,
           (SELECT json_group_array(json_array(n.event, n.choice))
              FROM notice_choices n
             WHERE n.group_id = k.group_id AND n.contact_id = k.id)
      FROM contacts k
      JOIN customers c ON c.id = k.customer_id
      JOIN groups g ON g.id = k.group_id
      LEFT JOIN accesses a ON a.group_id = k.group_id AND a.customer_id = k.customer_id AND a.contact_id = k.id
      LEFT JOIN users u ON u.id = a.user_id
     WHERE k.group_id = :group
       AND k.email IS NOT NULL
       AND ",
            $rest
        )
    };
}

const OWN: Scoped = Scoped::new(
    Need::own(),
    choosers!(
        "k.id = (SELECT o.contact_id FROM accesses o WHERE o.id = :actor)
       AND EXISTS (SELECT 1 FROM reach_customers r WHERE r.actor = :actor AND r.customer_id = k.customer_id)"
    ),
);

/// The door has no reach of its own but its group: the token says whose mail it was.
const BEHIND_LINK: Scoped = Scoped::new(
    Need::machine(Machine::Door),
    choosers!(
        "k.id = :contact
       AND EXISTS (SELECT 1 FROM reach_customers r WHERE r.actor = :actor AND r.customer_id = k.customer_id)"
    ),
);

const CHOOSE: Change = Change::new(
    "
    INSERT INTO notice_choices (group_id, customer_id, contact_id, event, choice)
    VALUES (:group, :customer, :contact, :event, :choice)
    ON CONFLICT (group_id, contact_id, event) DO UPDATE SET choice = excluded.choice",
);

const CHOOSE_NOW: Change =
    Change::new("DELETE FROM notice_choices WHERE group_id = :group AND contact_id = :contact AND event = :event");

/// The token in the links of a contact's mails. A new address has new links.
pub fn token(key: &Key, group: GroupId, contact: ContactId, email: &Email) -> String {
    let mac = key.token("notices", &[&group.to_string(), &contact.to_string(), email.as_str()]);
    format!("{contact}.{mac}")
}

/// Whoever looks, with what they chose. Somebody without an address has nothing to choose.
pub fn own_choices(tx: &Tx) -> Result<Option<Reached<Chooser>>> {
    tx.one(&OWN, named! {}, chooser)
}

/// The reader of a mail with a link that bears this token.
pub fn behind(tx: &Tx, token: &str) -> Result<Reached<Chooser>> {
    let unknown = || Error::not_found("link", "to these mails");
    let contact = token.split_once('.').and_then(|(id, _)| id.parse().ok()).map(ContactId).ok_or_else(unknown)?;
    let found = tx.one(&BEHIND_LINK, named! { ":contact": contact }, chooser)?.ok_or_else(unknown)?;
    let right = self::token(tx.key(), tx.group()?, found.contact, &found.email);
    if same(&right, token) { Ok(found) } else { Err(unknown()) }
}

/// Keeps what somebody chose; `false` if they had chosen so already.
pub fn choose(tx: &WriteTx, chooser: &Reached<Chooser>, wanted: &[(Event, Choice)]) -> Result<bool> {
    let changed: Vec<_> = wanted.iter().filter(|choice| !chooser.choices.contains(choice)).collect();
    if changed.is_empty() {
        return Ok(false);
    }
    tx.change(Need::own().or_machine(Machine::Door), |w| {
        for (event, choice) in &changed {
            match choice {
                Choice::Now => w.run(&CHOOSE_NOW, named! { ":contact": chooser.contact, ":event": event })?,
                Choice::Daily | Choice::Off => w.run(
                    &CHOOSE,
                    named! {
                        ":customer": chooser.customer_id, ":contact": chooser.contact, ":event": event, ":choice": choice,
                    },
                )?,
            };
        }
        let before: Vec<_> = chooser.choices.iter().filter(|(event, _)| changed.iter().any(|(one, _)| one == event)).collect();
        let entry = Entry::about::<Contact>(chooser.contact.0, chooser.email.as_str(), "contact.notices");
        Ok((true, entry.before(&said(before)).after(&said(changed.clone()))))
    })
}

/// Choices as the audit has them.
fn said<'a>(choices: impl IntoIterator<Item = &'a (Event, Choice)>) -> impl Serialize {
    choices
        .into_iter()
        .map(|(event, choice)| (event.word(), choice.word()))
        .collect::<std::collections::BTreeMap<_, _>>()
}

fn chooser(row: &Row) -> RowResult<Chooser> {
    let Json(chosen) = row.get::<_, Json<Vec<(Event, Choice)>>>(6)?;
    let of = |event: Event| chosen.iter().find(|(one, _)| *one == event).map_or(Choice::Now, |(_, choice)| *choice);
    Ok(Chooser {
        contact: row.get(0)?,
        customer_id: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
        lang: row.get(4)?,
        customer: row.get(5)?,
        choices: Event::ALL.iter().map(|event| (*event, of(*event))).collect(),
    })
}
