//! Staff: the people at a service company, what they may change, and which operating-system user they are.

mod store;
mod told_store;

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

pub use store::{
    Bound, add, assigned_orders, bind, bound, delete, disable, enable, find, find_by_uid, grant, is_no_staffs, list,
    revoke, set, unbind,
};
pub use told_store::{tell_accounts, untold_accounts};

use crate::access::Right;
use crate::clock::Moment;
use crate::db::Subject;
use crate::error::{Error, Result};
use crate::ids::StaffId;
use crate::text::{Email, Line, Login, shown, vocabulary};

vocabulary! {
    /// Whether somebody still works here.
    StaffStatus, "staff status" {
        Active = "active",
        Disabled = "disabled",
    }
}

vocabulary! {
    /// What a member of staff is.
    StaffKind, "kind of staff" {
        Person = "person",
        /// A program that runs by itself, such as a line of cron: no mail and no order reaches it.
        Service = "service",
    }
}

/// A member of staff of the service company.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Staff {
    /// Their row.
    #[serde(skip)]
    pub id: StaffId,
    /// The name they are known by in commands.
    pub login: Login,
    /// Who they are.
    #[serde(flatten)]
    pub card: StaffCard,
    /// The operating-system user they are.
    pub uid: Option<Uid>,
    /// What they may change, each right once, in the order of [`Right::ALL`].
    pub rights: Vec<Right>,
    /// Whether they still work here.
    pub status: StaffStatus,
    /// Since when they are here.
    pub created_at: Moment,
    /// Whether it is a person.
    pub kind: StaffKind,
}

/// What can be said and changed about a person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StaffCard {
    /// Their name, as customers read it.
    pub name: Line,
    /// Where mail for them goes.
    pub email: Option<Email>,
}

impl Staff {
    /// Whether they may do everything.
    pub fn is_active_admin(&self) -> bool {
        self.status == StaffStatus::Active && self.rights.contains(&Right::Admin)
    }

    /// Fails unless orders can be assigned to them.
    pub fn takes_work(&self) -> Result<()> {
        if self.kind == StaffKind::Service {
            return Err(Error::conflict(format!("{} is a service and does no work on orders", self.login))
                .tip("assign a person; see them with: frontdesk staff list --where kind=person"));
        }
        if self.status == StaffStatus::Disabled {
            return Err(Error::conflict(format!("{} is disabled and gets no work", self.login))
                .tip(format!("let them in again with: frontdesk staff enable {}", self.login)));
        }
        Ok(())
    }
}

impl Subject for Staff {
    const NOUN: &'static str = "staff";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.login.to_string()
    }
}

/// A number of an operating-system user that can stand for one person.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(transparent)]
pub struct Uid(u32);

impl Uid {
    /// Takes a number, unless it can be anybody's: 65534 is `nobody`, into which kernels fold users they do not know,
    /// and 4294967295 means no user at all.
    pub fn new(number: u32) -> Result<Self> {
        match number {
            65534 => Err(Error::invalid("uid", "65534 is the user 'nobody': it can be anybody and is no one person")),
            u32::MAX => Err(Error::invalid("uid", "4294967295 means no user at all")),
            number => Ok(Self(number)),
        }
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Uid {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let number = text
            .parse()
            .map_err(|_| Error::invalid("uid", format!("'{}' is not a user number such as 1000", shown(text))))?;
        Self::new(number)
    }
}
