//! Letters to users: invitations, resets, and the news that a password or address was changed or the account waits.

use super::{Purpose, Ticket, User};
use crate::access::{Actor, Machine, Need, Right};
use crate::clock::Moment;
use crate::db::{Below, Reached, Row, RowResult, Tx, Writer, named};
use crate::error::{Error, Result};
use crate::ids::{LetterId, StaffId};
use crate::outbox::letter::{AskedBy, Letter};
use crate::outbox::{self, Post};
use crate::text::{Email, Lang, Line};

const ADDRESSEE: Below<User> = Below::new(
    Need::right(Right::Accounts).or_machine(Machine::Door),
    "
    SELECT k.name, c.name, coalesce(u.lang, k.lang, c.lang, g.lang), (SELECT s.name FROM staff s WHERE s.id = :staff)
      FROM users u
      JOIN groups g ON g.id = u.group_id
      JOIN accesses a ON a.group_id = u.group_id AND a.user_id = u.id
      JOIN contacts k ON k.id = a.contact_id
      JOIN customers c ON c.id = a.customer_id
     WHERE u.id = :parent
     ORDER BY a.id
     LIMIT 1",
);

/// Whom a letter addresses, and in which language.
#[derive(Clone, Debug)]
pub struct Addressee {
    /// The person, as the contact of their first access is called.
    pub person: Line,
    /// The customer of that access.
    pub customer: Line,
    /// The language: the user's own, else the contact's, the customer's, the group's.
    pub lang: Lang,
    /// The staff member in whose name this runs.
    pub staff: Option<Line>,
}

/// Whom letters to a user address.
pub fn addressee(tx: &Tx, user: &Reached<User>) -> Result<Addressee> {
    let staff = match tx.actor() {
        Actor::Staff { id, .. } => Some(*id),
        _ => None::<StaffId>,
    };
    let found = tx.below(user, &ADDRESSEE, named! { ":staff": staff }, addressee_row)?.pop();
    found.map(Reached::into_inner).ok_or_else(|| {
        Error::conflict(format!("user '{}' has no access to any customer", user.email))
            .tip(format!("give one with: frontdesk user create {} --customer NUMBER", user.email))
    })
}

/// Queues the mail that carries a ticket's link.
pub(super) fn queue_link(tx: &Tx, w: &Writer, user: &User, to: &Addressee, ticket: &Ticket) -> Result<LetterId> {
    let Addressee { person, customer, staff, .. } = to.clone();
    let (ticket_id, expires) = (ticket.id, ticket.expires_at);
    let letter = match ticket.purpose {
        Purpose::Invite => Letter::Invite { person, customer, ticket: ticket_id, expires, invited_by: staff },
        Purpose::Reset => {
            let by = match tx.actor() {
                Actor::Machine { .. } => AskedBy::Themselves,
                _ => AskedBy::Company,
            };
            Letter::Reset { person, ticket: ticket_id, expires, by }
        }
    };
    post(w, user, to.lang, letter)
}

/// Queues the news that a password was changed, and from where.
pub fn queue_password_changed(w: &Writer, user: &User, to: &Addressee, at: Moment, client: Option<&str>) -> Result<()> {
    let client = client.and_then(|client| Line::parse(client).ok());
    post(w, user, to.lang, Letter::PasswordChanged { person: to.person.clone(), at, client }).map(drop)
}

/// Queues the news that the account has another address: once to the old one and once to the new one.
pub(super) fn queue_address_changed(w: &Writer, user: &User, to: &Addressee, new: &Email, at: Moment) -> Result<()> {
    for to_new in [false, true] {
        let (person, old, new) = (to.person.clone(), user.email.clone(), new.clone());
        let address = if to_new { new.clone() } else { old.clone() };
        let letter = Letter::AddressChanged { person, at, old, new, to_new };
        outbox::queue(w, &Post { letter, to: address, lang: to.lang, user: Some(user.id), order: None })?;
    }
    Ok(())
}

/// Queues the news that the account waits after too many failed sign-ins.
pub fn queue_locked(w: &Writer, user: &User, to: &Addressee, at: Moment, until: Moment) -> Result<()> {
    post(w, user, to.lang, Letter::Locked { person: to.person.clone(), at, until }).map(drop)
}

fn post(w: &Writer, user: &User, lang: Lang, letter: Letter) -> Result<LetterId> {
    // Always to the stored address, never to one that somebody typed.
    outbox::queue(w, &Post { letter, to: user.email.clone(), lang, user: Some(user.id), order: None })
}

fn addressee_row(row: &Row) -> RowResult<Addressee> {
    Ok(Addressee { person: row.get(0)?, customer: row.get(1)?, lang: row.get(2)?, staff: row.get(3)? })
}
