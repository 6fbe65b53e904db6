//! Telling users what they may see and do once the company has changed it, and when the last who wait are invited.

use super::store::CHANGE;
use super::{Access, Addressee, Grant, User, UserState, addressee, find};
use crate::access::{Need, Right};
use crate::clock::Moment;
use crate::db::{Below, Entry, Json, Reached, Row, RowResult, Scoped, Tx, WriteTx, named};
use crate::error::Result;
use crate::ids::LetterId;
use crate::outbox::letter::{Letter, Places};
use crate::outbox::{self, Mail, Post};
use crate::text::Line;

/// Seconds for which the letter waits: what is changed meanwhile is told in the same one.
const WAIT: i64 = 120;

const PLACES: Below<Access> = Below::new(
    Need::right(Right::Accounts),
    "
    SELECT f.name
      FROM access_facilities s
      JOIN facilities f ON f.id = s.facility_id
     WHERE s.access_id = :parent
     ORDER BY f.number",
);

const WAITING: Below<User> = Below::new(
    Need::right(Right::Accounts),
    "
    SELECT m.id, m.letter
      FROM outbox m
     WHERE m.group_id = (SELECT u.group_id FROM users u WHERE u.id = :parent)
       AND m.user_id = :parent
       AND m.kind = 'access_changed'
       AND m.state = 'queued'
       AND m.next_at > :now",
);

const LAST_INVITATION: Scoped = Scoped::new(
    Need::right(Right::Accounts),
    "
    SELECT max(m.next_at)
      FROM outbox m
     WHERE m.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND m.kind = 'invite'
       AND m.state = 'queued'
       AND m.attempts = 0
       AND m.next_at > :now",
);

/// When the last of the invitations leaves that wait for their turn, if there are any.
pub fn last_invitation(tx: &Tx) -> Result<Option<Moment>> {
    let found = tx.one(&LAST_INVITATION, named! {}, |row| row.get::<_, Option<Moment>>(0))?;
    Ok(found.and_then(Reached::into_inner))
}

/// Queues the news of another access; `false` where there is nothing to tell: nothing changed, the person has never
/// chosen a password, or the access opens nothing before and after.
pub fn tell_of_access(tx: &WriteTx, before: Option<&Grant>, access: &Reached<Access>) -> Result<bool> {
    let was_open = before.is_some_and(|grant| opens(grant, access, tx.now()));
    let is_open = opens(&access.grant, access, tx.now());
    if access.state != UserState::Active || before == Some(&access.grant) || !(was_open || is_open) {
        return Ok(false);
    }
    let user = find(tx, access.user_id)?;
    let Addressee { lang, .. } = addressee(tx, &user)?;
    let letter = letter(tx, access, is_open)?;
    let waiting = waiting(tx, &user, access)?;
    let from = tx.now().plus(WAIT);
    tx.change(CHANGE, |w| {
        let known = match waiting {
            Some(id) if outbox::rewrite(w, id, &letter, from)? => Some(id),
            _ => None,
        };
        let id = match known {
            Some(id) => id,
            None => {
                let post =
                    Post { letter: letter.clone(), to: user.email.clone(), lang, user: Some(user.id), order: None };
                let id = outbox::queue(w, &post)?;
                outbox::hold(w, id, from)?;
                id
            }
        };
        Ok((true, Entry::about::<Mail>(id.0, format!("{} to {}", letter.kind(), user.email), "mail.queued")))
    })
}

/// Whether a grant lets somebody see or do anything.
fn opens(grant: &Grant, access: &Access, now: Moment) -> bool {
    let access = Access { grant: grant.clone(), ..access.clone() };
    access.is_open(now) && !access.grant.permissions.is_empty()
}

fn letter(tx: &Tx, access: &Reached<Access>, is_open: bool) -> Result<Letter> {
    let grant = &access.grant;
    let facilities: Vec<Line> = match grant.all_facilities {
        true => Vec::new(),
        false => tx.below(access, &PLACES, named! {}, |row| row.get(0))?.into_iter().map(Reached::into_inner).collect(),
    };
    Ok(Letter::AccessChanged {
        person: access.name.clone(),
        customer: access.customer.clone(),
        permissions: if is_open { grant.permissions.clone() } else { Vec::new() },
        scope: Places { everywhere: grant.all_facilities, facilities, unattached: grant.unattached },
        until: grant.until.map(super::Day::date),
    })
}

/// The letter about the same access that has not left yet.
fn waiting(tx: &Tx, user: &Reached<User>, access: &Access) -> Result<Option<LetterId>> {
    let all = tx.below(user, &WAITING, named! {}, waiting_row)?;
    let same = |letter: &Letter| {
        matches!(letter, Letter::AccessChanged { customer, person, .. }
                 if *customer == access.customer && *person == access.name)
    };
    Ok(all.into_iter().map(Reached::into_inner).find(|(_, letter)| same(letter)).map(|(id, _)| id))
}

fn waiting_row(row: &Row) -> RowResult<(LetterId, Letter)> {
    Ok((row.get(0)?, row.get::<_, Json<Letter>>(1)?.0))
}
