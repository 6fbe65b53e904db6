//! `user list`, `user show` and `user why`: who can sign in, what they see, and why.

use clap::Args;
use serde_json::json;

use super::super::answer::{Answer, Card, Column, List, kept, record, shown};
use super::super::desk::Desk;
use super::super::flags::Listing;
use super::super::{named, orders as work};
use super::many::lines;
use super::{COLUMNS, find, row, the_access};
use crate::access::Permission;
use crate::customers;
use crate::db::{Reached, Tx};
use crate::error::Result;
use crate::ids::{DocumentId, SelfcheckId};
use crate::login;
use crate::text::{Email, Number, Ref};
use crate::users::{self, Spot, Thing};

#[derive(Args, Debug)]
pub(in crate::cli) struct ListUsers {
    /// Only those with access to this customer
    #[arg(long)]
    customer: Option<Ref<Number>>,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Show {
    /// Who: their address, or id:123
    user: Ref<Email>,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Explain {
    /// Who: their address, or id:123
    user: Ref<Email>,
    /// What: a permission such as order.view
    permission: Permission,
    #[command(flatten)]
    about: About,
    /// At which customer, where the user has access to several or several customers have the number
    #[arg(long, conflicts_with_all = ["order", "document", "selfcheck"])]
    customer: Option<Ref<Number>>,
}

/// The thing it is about.
#[derive(Args, Debug)]
#[group(multiple = false)]
struct About {
    /// An order it is about
    #[arg(long)]
    order: Option<Ref<Number>>,
    /// An object it is about
    #[arg(long)]
    object: Option<Ref<Number>>,
    /// A facility it is about
    #[arg(long)]
    facility: Option<Ref<Number>>,
    /// A document it is about
    #[arg(long, value_parser = named::row)]
    document: Option<i64>,
    /// A self-check it is about
    #[arg(long, value_parser = named::row)]
    selfcheck: Option<i64>,
}

const ACCESSES: &[Column] = &[
    shown("customer_no", "CUSTOMER"),
    shown("customer", "NAME"),
    shown("name", "CONTACT"),
    shown("permissions", "PERMISSIONS"),
    shown("scope", "SCOPE"),
    kept("facilities"),
    kept("all_facilities"),
    kept("unattached"),
    shown("until", "UNTIL"),
];

const SESSIONS: &[Column] = &[
    shown("id", "SESSION"),
    shown("created_at", "SINCE"),
    shown("seen_at", "LAST USED"),
    shown("client", "FROM"),
    shown("agent", "BROWSER"),
];

const STEPS: &[Column] = &[shown("passes", "YES"), shown("step", "STEP"), shown("tip", "TIP")];

impl ListUsers {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let (lines, now) = desk.read(|tx| {
            let mut lines = lines(tx)?;
            if let Some(customer) = &self.customer {
                // Whoever lost every access is still a user, and shows where all are listed.
                let customer = super::super::customers::find(tx, customer)?;
                lines.retain(|(_, access)| access.as_ref().is_some_and(|access| access.customer_id == customer.id));
            }
            Ok((lines, tx.now()))
        })?;
        let rows = lines.iter().map(|(user, access)| row(user, access.as_deref(), now));
        List::answer("users", COLUMNS, &self.listing, rows)
    }
}

impl Show {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let (user, lock, accesses, sessions) = desk.read(|tx| {
            let user = find(tx, &self.user)?;
            let (lock, accesses) = (login::lock_of(tx, &user)?, users::accesses(tx, &user)?);
            let sessions = users::sessions_of(tx, &user)?;
            Ok((user, lock, accesses, sessions))
        })?;
        let mut facts = record(&*user)?;
        facts.insert("locked_until".into(), json!(lock.map(|lock| lock.until)));
        let mut rows = Vec::new();
        for access in &accesses {
            let mut line = record(&**access)?;
            line.insert("scope".into(), json!(access.grant.scope()));
            rows.push(line);
        }
        let sessions = sessions.into_iter().map(Reached::into_inner);
        Ok(Card::new(&facts)?.with("accesses", ACCESSES, rows)?.with("sessions", SESSIONS, sessions)?.into())
    }
}

impl Explain {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let why = desk.read(|tx| {
            let user = find(tx, &self.user)?;
            let Some(thing) = self.about.find(tx, self.customer.as_ref())? else {
                let access = the_access(tx, &user, self.customer.as_ref())?;
                return Ok(users::why(&user, &access, self.permission, None, tx.now()));
            };
            let customer = customers::find(tx, thing.customer)?;
            Ok(match users::access_at(tx, &user, &customer)? {
                Some(access) => users::why(&user, &access, self.permission, Some(&thing), tx.now()),
                None => users::no_access(&user, &customer, self.permission),
            })
        })?;
        let mut facts = record(&why)?;
        facts.remove("steps");
        Ok(Card::new(&facts)?.with("steps", STEPS, &why.steps)?.into())
    }
}

impl About {
    /// The thing that was named, if one was, with what decides who sees it.
    fn find(&self, tx: &Tx, customer: Option<&Ref<Number>>) -> Result<Option<Thing>> {
        let customer = named::customer(tx, customer)?;
        if let Some(order) = &self.order {
            let order = work::find(tx, order)?;
            let (label, place) = (format!("order {}", order.number), order.facility_no.as_ref());
            return Ok(Some(Thing::at(label, order.customer_id, place, Permission::OrderView)));
        }
        if let Some(object) = &self.object {
            let object = named::object(tx, object, customer.as_ref())?;
            let (label, place) = (format!("object {}", object.number), object.facility_no.as_ref());
            return Ok(Some(Thing::at(label, object.customer_id, place, Permission::ObjectView)));
        }
        if let Some(facility) = &self.facility {
            let facility = named::facility(tx, facility, customer.as_ref())?;
            let (label, number) = (format!("facility {}", facility.number), &facility.number);
            let thing = Thing::at(label, facility.customer_id, Some(number), Permission::FacilityView);
            return Ok(Some(Thing { spot: Spot::Itself(number.clone()), ..thing }));
        }
        if let Some(id) = self.document {
            return users::document(tx, DocumentId(id)).map(|thing| Some(thing.into_inner()));
        }
        self.selfcheck.map(|id| users::selfcheck(tx, SelfcheckId(id)).map(Reached::into_inner)).transpose()
    }
}
