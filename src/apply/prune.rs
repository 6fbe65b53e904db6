//! What is kept although the file does not name it: closed, retired and withdrawn where that is wished, never deleted.

use super::take::{Taker, difference};
use super::{Noun, Sign, Step};
use crate::customers::Customer;
use crate::db::Reached;
use crate::error::Result;
use crate::facilities::{self, FacilityStatus};
use crate::objects::{self, ObjectStatus};
use crate::users;

impl Taker<'_, '_> {
    /// Goes through what the file does not name, kind by kind; a kind of which it says nothing is left alone.
    pub(super) fn prune(&self, customer: &Reached<Customer>) -> Result<()> {
        let (tx, keep) = (self.tx, !self.wish.prune);
        if self.speaks_of(Noun::Facility) {
            for facility in facilities::list(tx, customer)? {
                if facility.status == FacilityStatus::Closed || self.is_named(Noun::Facility, facility.id.0) {
                    continue;
                }
                let about = format!("facility {} ({})", facility.number, facility.card.name);
                if keep {
                    self.kept(about);
                } else {
                    facilities::set_status(tx, &facility, FacilityStatus::Closed)?;
                    self.withdrawn(about, FacilityStatus::Open.word(), FacilityStatus::Closed.word());
                }
            }
        }
        if self.speaks_of(Noun::Object) {
            for object in objects::list(tx, customer)? {
                if object.status == ObjectStatus::Retired || self.is_named(Noun::Object, object.id.0) {
                    continue;
                }
                let about = format!("object {} ({})", object.number, object.card.name);
                if keep {
                    self.kept(about);
                } else {
                    objects::set_status(tx, &object, ObjectStatus::Retired)?;
                    self.withdrawn(about, ObjectStatus::Active.word(), ObjectStatus::Retired.word());
                }
            }
        }
        if self.speaks_of(Noun::User) {
            for access in users::of_customer(tx, customer)? {
                if !self.is_named(Noun::User, access.id.0) {
                    self.withdraw(tx, &access, keep)?;
                }
            }
        }
        Ok(())
    }

    fn withdrawn(&self, about: String, old: &str, new: &str) {
        let differences = difference("status", old, new).into_iter().collect();
        self.step(Step { deed: Sign::Withdrawn, about, differences, takes_away: true });
    }
}
