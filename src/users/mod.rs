//! Users: who can sign in, at which customers, and what they may see and do there.

mod day;
#[cfg(test)]
pub(crate) mod fixture;
mod grants;
mod letters;
mod standing;
mod store;
#[cfg(test)]
mod tests;
mod things_store;
mod tickets;
mod told_store;
mod why;

use serde::{Deserialize, Serialize};

pub use day::Day;
pub use grants::{Granting, grant, revoke};
pub use letters::{Addressee, addressee, queue_locked, queue_password_changed};
pub use standing::{
    SessionLine, delete, delete_access, disable, enable, end_sessions, sessions_of, set_address, set_lang,
};
pub use store::{
    Created, NewUser, access_at, accesses, create, find, list, list_accesses, lookup, named, of_contact, of_customer,
};
pub use things_store::{document, selfcheck};
pub use tickets::{
    Handing, Purpose, Ticket, TicketState, end_tickets, invite, issue, mail_again, open_ticket, open_tickets, reset,
    token_of, use_ticket,
};
pub use told_store::{last_invitation, tell_of_access};
pub use why::{Spot, Step, Thing, Why, no_access, why};

use crate::clock::Moment;
use crate::customers::CustomerStatus;
use crate::db::Subject;
use crate::ids::{AccessId, ContactId, CustomerId, UserId};
use crate::text::{Email, Lang, Line, Number, Zone, vocabulary};

vocabulary! {
    /// Whether the company lets a user in.
    UserStatus, "user status" {
        Enabled = "enabled",
        Disabled = "disabled",
    }
}

vocabulary! {
    /// Where a user stands.
    UserState, "user state" {
        /// Made without an invitation.
        New = "new",
        /// An invitation is open.
        Invited = "invited",
        /// No password, and no invitation that still works.
        Expired = "expired",
        /// Has chosen a password.
        Active = "active",
        /// Locked out by the company.
        Disabled = "disabled",
    }
}

vocabulary! {
    /// What became of the last invitation by mail.
    InvitationMail, "state of an invitation" {
        None = "none",
        Queued = "queued",
        Sent = "sent",
        Failed = "failed",
    }
}

crate::db::text_columns!(UserStatus, UserState, InvitationMail);

/// A login: one address in one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct User {
    /// Their row.
    #[serde(skip)]
    pub id: UserId,
    /// The address they sign in with, and where their mail goes.
    pub email: Email,
    /// The person, as the contact of their first access is called.
    pub name: Line,
    /// The language they chose, if any.
    pub lang: Option<Lang>,
    /// Where they stand.
    pub state: UserState,
    /// What became of the last invitation by mail.
    pub mail: InvitationMail,
    /// When the open invitation ends.
    pub invited_until: Option<Moment>,
    /// When they last signed in.
    pub signed_in_at: Option<Moment>,
    /// Since when they are here.
    pub created_at: Moment,
}

impl Subject for User {
    const NOUN: &'static str = "user";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.email.to_string()
    }
}

/// One user at one customer, through one contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Access {
    /// Its row.
    #[serde(skip)]
    pub id: AccessId,
    /// Whose it is.
    #[serde(skip)]
    pub user_id: UserId,
    /// The address of the user.
    pub email: Email,
    /// Where the user stands.
    pub state: UserState,
    /// At whom.
    #[serde(skip)]
    pub customer_id: CustomerId,
    /// The number of the customer.
    pub customer_no: Number,
    /// The name of the customer.
    pub customer: Line,
    /// Whether the customer is served.
    pub customer_status: CustomerStatus,
    /// Through which contact.
    #[serde(skip)]
    pub contact_id: ContactId,
    /// The name of the contact.
    pub name: Line,
    /// What it permits, and where.
    #[serde(flatten)]
    pub grant: Grant,
    /// Since when it is here.
    pub created_at: Moment,
    /// The zone of the group, in which its last day ends.
    #[serde(skip)]
    pub zone: Zone,
}

impl Subject for Access {
    const NOUN: &'static str = "access";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.email.to_string()
    }
}

impl Access {
    /// Whether it opens anything now: its last day is not over, and the customer is served.
    pub fn is_open(&self, now: Moment) -> bool {
        self.customer_status == CustomerStatus::Active && !self.has_ended(now)
    }

    /// Whether its last day is over on the clocks of the group.
    pub fn has_ended(&self, now: Moment) -> bool {
        self.grant.until.is_some_and(|until| until < Day::at(now, &self.zone))
    }
}

/// What an access permits, and where. A new one permits nothing and reaches nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Grant {
    /// What the user may do, each permission once, in the order of [`Permission::ALL`](crate::access::Permission::ALL).
    pub permissions: Vec<crate::access::Permission>,
    /// The facilities named, by number; they matter only while not all are in scope.
    pub facilities: Vec<Number>,
    /// Whether every facility of the customer is in scope, also those added later.
    pub all_facilities: bool,
    /// Whether what belongs to no facility is in scope.
    pub unattached: bool,
    /// The last day on which the access holds.
    pub until: Option<Day>,
}

impl Grant {
    /// Whether anything is in scope.
    pub fn reaches_something(&self) -> bool {
        self.all_facilities || self.unattached || !self.facilities.is_empty()
    }

    /// The scope in a few words: `all facilities, unattached`.
    pub fn scope(&self) -> String {
        let mut parts = Vec::new();
        if self.all_facilities {
            parts.push("all facilities".to_owned());
        } else if !self.facilities.is_empty() {
            parts.push(self.facilities.iter().map(Number::as_str).collect::<Vec<_>>().join(" "));
        }
        if self.unattached {
            parts.push("unattached".to_owned());
        }
        if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
    }

    /// What it permits and where, in one line, as `grant` and `revoke` show it before and after.
    pub fn sentence(&self) -> String {
        let permissions: Vec<_> = self.permissions.iter().map(|one| one.word()).collect();
        let permissions = if permissions.is_empty() { "no permissions".to_owned() } else { permissions.join(" ") };
        let until = self.until.map(|day| format!("; until {day}")).unwrap_or_default();
        format!("{permissions}; scope: {}{until}", self.scope())
    }
}
