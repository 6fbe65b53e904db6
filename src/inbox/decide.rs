//! What is to become of a message, by all that is known of it at this moment. Nothing is changed here.

use super::Outcome;
use super::kind::{self, Kind};
use super::message::Message;
use super::store::since;
use super::writer_store::{colleague, contact};
use crate::access::{Actor, Permission, Right};
use crate::clock::Moment;
use crate::customers::CustomerStatus;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{ContactId, OrderId};
use crate::reply::{Person, Reply};
use crate::staff::StaffStatus;
use crate::text::{Email, Line, Number};
use crate::users::UserStatus;

/// So many messages of one sender are taken in an hour; more are a loop that nothing else gave away.
const AN_HOUR: i64 = 30;

/// What is to become of a message.
#[derive(Debug)]
pub enum Decision {
    /// Nobody needs it.
    Drop(&'static str),
    /// A mail of ours came back: its mark, and the words in which it did.
    Bounce { mark: String, why: String },
    /// The company is to look at it, and why.
    Doubt(String, Option<Number>),
    /// It is an answer of somebody who may give it.
    Take(Writer),
}

/// In whose name an answer is taken, and on which order.
#[derive(Clone, Debug)]
pub struct Writer {
    /// Who.
    pub who: Who,
    /// The order.
    pub order: OrderId,
    /// Its number.
    pub order_no: Number,
    /// Why their files are not taken, if they may send none.
    pub no_files: Option<&'static str>,
}

/// In whose name.
#[derive(Clone, Debug)]
pub enum Who {
    /// Somebody with an account, or a member of staff.
    Actor(Actor),
    /// A contact without an account, for whom the postman writes.
    Contact(ContactId),
}

/// Decides. `reply` is what the address says to which it was sent.
pub fn decide(tx: &Tx, message: &Message, kind: &Kind, reply: Option<&Reply>, sender: &Line) -> Result<Decision> {
    match kind {
        Kind::Automatic(why) => return Ok(Decision::Drop(why)),
        Kind::Bounce { about, why } => {
            return Ok(Decision::Bounce { mark: kind::mark_of(about).to_owned(), why: why.clone() });
        }
        Kind::Answer => {}
    }
    let doubt = |why: &str| Ok(Decision::Doubt(why.to_owned(), None));
    let Some(reply) = reply else {
        return doubt("it was not sent to an address that answers one of our mails");
    };
    if !reply.is_genuine(tx.key()) || reply.group != tx.group()? {
        return doubt("the address that it was sent to is none that we gave to anybody");
    }
    let Some(from) = message.from.as_deref().and_then(|from| Email::parse(from).ok()) else {
        return doubt("it does not say from which one address it comes");
    };
    let decision = match reply.person {
        Person::Contact(id) => of_contact(tx, id, reply.order, &from)?,
        Person::Staff(id) => {
            let Some(staff) = colleague(tx, id, reply.order)? else {
                return doubt("there is no such person or order any more");
            };
            let no = staff.order_no.clone();
            let doubt = |why: &str| Ok(Decision::Doubt(why.to_owned(), Some(no.clone())));
            if staff.email.as_ref() != Some(&from) {
                return doubt("it comes from another address than the mail that it answers was sent to");
            }
            if staff.status != StaffStatus::Active {
                return doubt("the member of staff who answers is disabled");
            }
            if !staff.rights.contains(&Right::Orders) && !staff.rights.contains(&Right::Admin) {
                return doubt("the member of staff who answers does not have the right 'orders'");
            }
            let who = Who::Actor(staff.actor(tx)?);
            Decision::Take(Writer { who, order: reply.order, order_no: no, no_files: None })
        }
    };
    if let Decision::Take(writer) = &decision
        && since(tx, an_hour_before(tx.now()), Outcome::Taken, Some(sender))? >= AN_HOUR
    {
        let why = format!("more than {AN_HOUR} messages of this sender came within an hour");
        return Ok(Decision::Doubt(why, Some(writer.order_no.clone())));
    }
    Ok(decision)
}

/// An hour before a moment.
pub fn an_hour_before(now: Moment) -> Moment {
    now.plus(-3_600)
}

fn of_contact(tx: &Tx, id: ContactId, order: OrderId, from: &Email) -> Result<Decision> {
    let Some(contact) = contact(tx, id, order)? else {
        return Ok(Decision::Doubt("there is no such person or order any more".into(), None));
    };
    let no = contact.order_no.clone();
    let doubt = |why: &str| Ok(Decision::Doubt(why.to_owned(), Some(no.clone())));
    let own = [contact.email.as_ref(), contact.account.as_ref().map(|account| &account.email)];
    if !own.contains(&Some(from)) {
        return doubt("it comes from another address than the mail that it answers was sent to");
    }
    if contact.customer != CustomerStatus::Active {
        return doubt("the customer is closed");
    }
    let Some(account) = &contact.account else {
        if !contact.is_told {
            return doubt("the person who answers has no account and is not told of this order any more");
        }
        let who = Who::Contact(id);
        return Ok(Decision::Take(Writer { who, order, order_no: no.clone(), no_files: None }));
    };
    if account.status != UserStatus::Enabled {
        return doubt("the account of the person who answers is disabled");
    }
    if account.is_over {
        return doubt("the access of the person who answers is over");
    }
    for needed in [Permission::OrderView, Permission::CommentWrite] {
        if !account.may.contains(&needed) {
            return doubt(&format!("the person who answers does not have the permission '{needed}'"));
        }
    }
    let no_files = (!account.may.contains(&Permission::DocumentUpload)).then_some("the person may not send files");
    Ok(Decision::Take(Writer { who: Who::Actor(account.actor(tx)?), order, order_no: no.clone(), no_files }))
}
