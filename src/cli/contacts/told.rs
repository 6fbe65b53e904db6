//! What a person is told of: the roles and facilities that a command names.

use clap::Args;
use serde_json::{Map, Value, json};

use super::super::answer::Done;
use super::super::named;
use crate::contacts::{self, Contact, Telling};
use crate::customers;
use crate::db::{Reached, Subject, Tx, WriteTx};
use crate::error::Result;
use crate::facilities::Facility;
use crate::roles::{self, Role};
use crate::text::{Line, Number, Ref};

/// What a person is told of, instead of what they are told of now.
#[derive(Args, Debug)]
pub(super) struct Told {
    /// A role they carry, by its name; may be given more than once
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<Line>,
    /// A facility they are told about, none being the whole customer; may be given more than once
    #[arg(long = "facility", value_name = "FACILITY")]
    facilities: Vec<Ref<Number>>,
}

/// What of it is changed.
#[derive(Args, Debug)]
pub(super) struct Retold {
    #[command(flatten)]
    told: Told,
    /// A role to give them besides
    #[arg(long = "add-role", value_name = "ROLE", conflicts_with = "roles")]
    more_roles: Vec<Line>,
    /// A role to take from them
    #[arg(long = "remove-role", value_name = "ROLE", conflicts_with = "roles")]
    fewer_roles: Vec<Line>,
    /// Take every role from them
    #[arg(long, conflicts_with_all = ["roles", "more_roles", "fewer_roles"])]
    no_roles: bool,
    /// A facility to tell them about besides
    #[arg(long = "add-facility", value_name = "FACILITY", conflicts_with = "facilities")]
    more_facilities: Vec<Ref<Number>>,
    /// A facility to tell them about no longer
    #[arg(long = "remove-facility", value_name = "FACILITY", conflicts_with = "facilities")]
    fewer_facilities: Vec<Ref<Number>>,
    /// Tell them about the whole customer
    #[arg(long, conflicts_with_all = ["facilities", "more_facilities", "fewer_facilities"])]
    no_facilities: bool,
}

impl Told {
    /// Gives a person what is named here, and leaves alone what is not; `false` if they had it already.
    pub(super) fn give(&self, tx: &WriteTx, contact: &Reached<Contact>) -> Result<bool> {
        let mut changed = false;
        if !self.roles.is_empty() {
            changed |= contacts::set_roles(tx, contact, &find_roles(tx, &self.roles)?)?;
        }
        if !self.facilities.is_empty() {
            changed |= contacts::set_facilities(tx, contact, &find_facilities(tx, contact, &self.facilities)?)?;
        }
        Ok(changed)
    }
}

impl Retold {
    /// Changes what a person is told of; `false` if it was so already.
    pub(super) fn apply(&self, tx: &WriteTx, contact: &Reached<Contact>) -> Result<bool> {
        let mut changed = self.told.give(tx, contact)?;
        let now = contacts::telling(tx, contact)?;
        if self.no_roles {
            changed |= contacts::set_roles(tx, contact, &[])?;
        } else if !self.more_roles.is_empty() || !self.fewer_roles.is_empty() {
            let kept = find_roles(tx, &now.roles)?.into_iter().chain(find_roles(tx, &self.more_roles)?);
            let left = without(kept, &find_roles(tx, &self.fewer_roles)?);
            changed |= contacts::set_roles(tx, contact, &left)?;
        }
        if self.no_facilities {
            changed |= contacts::set_facilities(tx, contact, &[])?;
        } else if !self.more_facilities.is_empty() || !self.fewer_facilities.is_empty() {
            let own: Vec<_> = now.facilities.into_iter().map(Ref::Name).collect();
            let find = |named| find_facilities(tx, contact, named);
            let kept = find(&own)?.into_iter().chain(find(&self.more_facilities)?);
            changed |= contacts::set_facilities(tx, contact, &without(kept, &find(&self.fewer_facilities)?))?;
        }
        Ok(changed)
    }
}

/// Puts what a person is told of beside what is known about them.
pub(super) fn insert(facts: &mut Map<String, Value>, telling: &Telling) {
    facts.insert("roles".into(), json!(telling.roles));
    facts.insert("facilities".into(), json!(telling.facilities));
}

/// The same in a sentence: nothing where there is nothing to say.
pub(super) fn words(telling: &Telling) -> String {
    let mut out = String::new();
    if !telling.roles.is_empty() {
        let roles: Vec<_> = telling.roles.iter().map(Line::as_str).collect();
        out.push_str(&format!("; roles: {}", roles.join(", ")));
    }
    if !telling.facilities.is_empty() {
        let facilities: Vec<_> = telling.facilities.iter().map(Number::as_str).collect();
        out.push_str(&format!("; facilities: {}", facilities.join(", ")));
    }
    out
}

/// The answer with a warning where roles lead nowhere.
pub(super) fn warn(done: Done, contact: &Contact, telling: &Telling) -> Done {
    if telling.roles.is_empty() || contact.card.email.is_some() {
        return done;
    }
    let warning = format!("{} has roles and no address: nothing of it reaches them", contact.card.name);
    done.warn(warning, Some(format!("frontdesk contact set id:{} --email EMAIL", contact.id)))
}

fn find_roles(tx: &Tx, names: &[Line]) -> Result<Vec<Reached<Role>>> {
    names.iter().map(|name| roles::find_by_name(tx, name)).collect()
}

fn find_facilities(tx: &Tx, contact: &Reached<Contact>, named: &[Ref<Number>]) -> Result<Vec<Reached<Facility>>> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let customer = customers::find(tx, contact.customer_id)?;
    named.iter().map(|facility| named::facility(tx, facility, Some(&customer))).collect()
}

fn without<T: Subject>(kept: impl Iterator<Item = Reached<T>>, gone: &[Reached<T>]) -> Vec<Reached<T>> {
    kept.filter(|one| gone.iter().all(|other| other.row() != one.row())).collect()
}
