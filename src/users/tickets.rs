//! Tickets: the invitations and resets behind mailed links, each good for one password.
//!
//! The token in a link is made from the ticket's nonce and the key of the installation; only its hash is kept.

use serde::Serialize;

use super::letters::{addressee, queue_link};
use super::store::CHANGE;
use super::{User, UserState};
use crate::access::{Machine, Need, Right};
use crate::clock::Moment;
use crate::db::{Below, Change, Entry, Reached, Row, RowResult, Scoped, Subject, Tx, WriteTx, Writer, named};
use crate::error::{Error, Kind, Result};
use crate::ids::{TicketId, UserId};
use crate::outbox;
use crate::secret::{self, Secret};
use crate::text::vocabulary;

vocabulary! {
    /// What a ticket is for.
    Purpose, "purpose of a link" {
        /// Choosing the first password.
        Invite = "invite",
        /// Choosing a new one.
        Reset = "reset",
    }
}

/// How a ticket's link reaches the person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handing {
    /// By mail, to the stored address.
    Mail,
    /// By mail, but not before this moment: many invitations leave one after another.
    MailFrom(Moment),
    /// Printed for whoever made it, to be handed over.
    Print,
}

impl Handing {
    fn word(self) -> &'static str {
        match self {
            Self::Mail | Self::MailFrom(_) => "mail",
            Self::Print => "print",
        }
    }
}

vocabulary! {
    /// Why a ticket ended before its time.
    EndedWhy, "reason" {
        Replaced = "replaced",
        Withdrawn = "withdrawn",
    }
}

crate::db::text_columns!(Purpose, EndedWhy);

/// An invitation or a reset.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Its row.
    pub id: TicketId,
    /// Whose password it chooses.
    pub user_id: UserId,
    /// What it is for.
    pub purpose: Purpose,
    /// When it was made.
    pub created_at: Moment,
    /// From when on it is too late.
    pub expires_at: Moment,
    nonce: String,
    used_at: Option<Moment>,
    ended_why: Option<EndedWhy>,
}

impl Subject for Ticket {
    const NOUN: &'static str = "ticket";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.purpose.to_string()
    }
}

/// What a presented token turned out to be.
#[derive(Clone, Debug)]
pub enum TicketState {
    /// It can be used.
    Good(Box<Reached<Ticket>>),
    /// A password was chosen with it.
    Used,
    /// Its time ran out.
    Expired,
    /// A newer link took its place.
    Replaced,
    /// The account changed, and the link ended with it.
    Withdrawn,
    /// There is none.
    Unknown,
}

impl TicketState {
    /// The stable word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Good(_) => "good",
            Self::Used => "used",
            Self::Expired => "expired",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
            Self::Unknown => "unknown",
        }
    }
}

const BY_HASH: Scoped = Scoped::new(
    Need::machine(Machine::Door),
    "
    SELECT t.id, t.user_id, t.purpose, t.created_at, t.expires_at, t.nonce, t.used_at, t.ended_why
      FROM tickets t
     WHERE t.hash = :hash
       AND t.purpose = :purpose
       AND t.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
);

const OF_USER: Below<User> = Below::new(
    Need::right(Right::Accounts).or_machine(Machine::Door),
    "
    SELECT t.id, t.user_id, t.purpose, t.created_at, t.expires_at, t.nonce, t.used_at, t.ended_why
      FROM tickets t
     WHERE t.group_id = (SELECT u.group_id FROM users u WHERE u.id = :parent)
       AND t.user_id = :parent
       AND t.used_at IS NULL AND t.ended_at IS NULL AND t.expires_at > :now
     ORDER BY t.id",
);

const INSERT: Change = Change::new(
    "
    INSERT INTO tickets (group_id, user_id, purpose, nonce, hash, created_at, expires_at)
    VALUES (:group, :user, :purpose, :nonce, :hash, :now, :expires)",
);

const USE: Change = Change::new(
    "
    UPDATE tickets SET used_at = :now
     WHERE group_id = :group AND id = :id
       AND used_at IS NULL AND ended_at IS NULL AND expires_at > :now
     RETURNING user_id",
);

const END: Change = Change::new(
    "
    UPDATE tickets SET ended_at = :now, ended_why = :why
     WHERE group_id = :group AND user_id = :user
       AND (:purpose IS NULL OR purpose = :purpose)
       AND used_at IS NULL AND ended_at IS NULL",
);

/// Whoever holds a printed link to another password can be that person in the portal: an account that somebody uses
/// already is not for everybody who may change accounts. Mailed, the link reaches the person alone.
const PRINT_RESET: Need = Need::right(Right::Admin);

/// Invites a user to choose a first password, for so many seconds. An older invitation ends.
pub fn invite(tx: &WriteTx, user: &Reached<User>, seconds: i64, handing: Handing) -> Result<Reached<Ticket>> {
    match user.state {
        UserState::Active => Err(Error::conflict(format!("user '{}' has chosen a password already", user.email))
            .tip(format!("for a new one: frontdesk user reset {}", user.email))),
        UserState::Disabled => Err(disabled(user)),
        UserState::New | UserState::Invited | UserState::Expired => issue(tx, user, Purpose::Invite, seconds, handing),
    }
}

/// Lets a user choose a new password, for so many seconds; the old one keeps working until then. An older reset ends.
pub fn reset(tx: &WriteTx, user: &Reached<User>, seconds: i64, handing: Handing) -> Result<Reached<Ticket>> {
    if handing == Handing::Print {
        let printed = tx.actor().require(PRINT_RESET);
        printed.map_err(|error| error.tip("leave --link out: the link then goes to the person by mail"))?;
    }
    match user.state {
        UserState::Active => issue(tx, user, Purpose::Reset, seconds, handing),
        UserState::Disabled => Err(disabled(user)),
        UserState::New | UserState::Invited | UserState::Expired => {
            Err(Error::conflict(format!("user '{}' has not chosen a password yet", user.email))
                .tip(format!("invite again with: frontdesk user invite {}", user.email)))
        }
    }
}

/// Makes a ticket in the place of older ones of its purpose.
pub fn issue(
    tx: &WriteTx,
    user: &Reached<User>,
    purpose: Purpose,
    seconds: i64,
    handing: Handing,
) -> Result<Reached<Ticket>> {
    let nonce = secret::random_token()?;
    let token = token(tx, user.id, purpose, &nonce)?;
    let to = addressee(tx, user)?;
    let (created_at, expires_at) = (tx.now(), tx.now().plus(seconds));
    let need = match (purpose, handing) {
        (Purpose::Reset, Handing::Print) => PRINT_RESET,
        _ => CHANGE.or_machine(Machine::Door),
    };
    let id = tx.change(need, |w| {
        w.run(&END, named! { ":user": user.id, ":purpose": purpose, ":why": EndedWhy::Replaced })?;
        outbox::withdraw(w, user.id, true)?;
        let id = w.insert(
            &INSERT,
            named! {
                ":user": user.id, ":purpose": purpose, ":nonce": nonce, ":hash": secret::hash(token.expose()),
                ":expires": expires_at,
            },
        )?;
        let id = TicketId(id);
        if handing != Handing::Print {
            let ticket = Ticket {
                id,
                user_id: user.id,
                purpose,
                created_at,
                expires_at,
                nonce: nonce.clone(),
                used_at: None,
                ended_why: None,
            };
            let letter = queue_link(tx, w, user, &to, &ticket)?;
            if let Handing::MailFrom(moment) = handing {
                outbox::hold(w, letter, moment)?;
            }
        }
        Ok((id, Entry::on(user, "ticket.made").after(&Facts { purpose, expires_at, by: handing.word() })))
    })?;
    let mut open = open_tickets(tx, user)?;
    open.retain(|ticket| ticket.id == id);
    open.pop().ok_or_else(|| Error::internal(anyhow::anyhow!("a ticket that was just made is gone")))
}

/// Mails the link of an open ticket once more: the same link, so that nobody can end it by asking for new ones.
pub fn mail_again(tx: &WriteTx, user: &Reached<User>, ticket: &Reached<Ticket>) -> Result<()> {
    let to = addressee(tx, user)?;
    tx.change(CHANGE.or_machine(Machine::Door), |w| {
        queue_link(tx, w, user, &to, ticket)?;
        let facts = Facts { purpose: ticket.purpose, expires_at: ticket.expires_at, by: Handing::Mail.word() };
        Ok(((), Entry::on(user, "ticket.mailed_again").after(&facts)))
    })
}

/// The tickets of a user that can be used now.
pub fn open_tickets(tx: &Tx, user: &Reached<User>) -> Result<Vec<Reached<Ticket>>> {
    tx.below(user, &OF_USER, named! {}, ticket)
}

/// The token of a ticket's link, the same each time; none for a ticket that no longer works.
pub fn token_of(tx: &Tx, ticket: &Reached<Ticket>) -> Result<Option<Secret>> {
    match state_of(tx, ticket) {
        TicketState::Good(_) => token(tx, ticket.user_id, ticket.purpose, &ticket.nonce).map(Some),
        _ => Ok(None),
    }
}

/// What a presented token is, in this group and for this purpose. Looking changes nothing.
pub fn open_ticket(tx: &Tx, purpose: Purpose, presented: &str) -> Result<TicketState> {
    let params = named! { ":hash": secret::hash(presented), ":purpose": purpose };
    let Some(ticket) = tx.one(&BY_HASH, params, ticket)? else { return Ok(TicketState::Unknown) };
    Ok(state_of(tx, &ticket))
}

/// Uses a ticket up: once, in time, and not after it ended. `None` if it was too late.
///
/// Runs inside the change that sets the password, so that the two happen together or not at all.
pub fn use_ticket(w: &Writer, ticket: &Reached<Ticket>) -> Result<Option<UserId>> {
    w.returning(&USE, named! { ":id": ticket.id }, |row| row.get(0))
}

/// Ends every open ticket of a user, because the account changed.
pub fn end_tickets(w: &Writer, user: UserId) -> Result<()> {
    w.run(&END, named! { ":user": user, ":purpose": None::<Purpose>, ":why": EndedWhy::Withdrawn })?;
    outbox::withdraw(w, user, true)?;
    Ok(())
}

fn state_of(tx: &Tx, ticket: &Reached<Ticket>) -> TicketState {
    match (ticket.used_at, ticket.ended_why) {
        (Some(_), _) => TicketState::Used,
        (None, Some(EndedWhy::Replaced)) => TicketState::Replaced,
        (None, Some(EndedWhy::Withdrawn)) => TicketState::Withdrawn,
        (None, None) if ticket.expires_at <= tx.now() => TicketState::Expired,
        (None, None) => TicketState::Good(Box::new(ticket.clone())),
    }
}

fn token(tx: &Tx, user: UserId, purpose: Purpose, nonce: &str) -> Result<Secret> {
    Ok(Secret::new(tx.key().ticket(purpose.word(), tx.group()?, user, nonce)))
}

fn disabled(user: &User) -> Error {
    Error::new(Kind::Conflict, format!("user '{}' is disabled", user.email))
        .tip(format!("let them in again with: frontdesk user enable {}", user.email))
}

#[derive(Serialize)]
struct Facts {
    purpose: Purpose,
    expires_at: Moment,
    by: &'static str,
}

fn ticket(row: &Row) -> RowResult<Ticket> {
    Ok(Ticket {
        id: row.get(0)?,
        user_id: row.get(1)?,
        purpose: row.get(2)?,
        created_at: row.get(3)?,
        expires_at: row.get(4)?,
        nonce: row.get(5)?,
        used_at: row.get(6)?,
        ended_why: row.get(7)?,
    })
}
