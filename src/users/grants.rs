//! Permissions and scope: granted and taken away again, one the exact inverse of the other.

use serde::Serialize;

use super::store::{CHANGE, access_at};
use super::{Access, Day, Grant, User, find};
use crate::access::Permission;
use crate::customers;
use crate::db::{Change, Entry, Reached, WriteTx, Writer, named};
use crate::error::{Error, Result};
use crate::facilities::Facility;
use crate::text::Number;

const SET: Change = Change::new(
    "
    UPDATE accesses SET all_facilities = :all_facilities, unattached = :unattached, until = :until
     WHERE group_id = :group AND id = :id",
);

const PERMIT: Change =
    Change::new("INSERT INTO access_permissions (group_id, access_id, permission) VALUES (:group, :id, :permission)");

const FORBID: Change = Change::new(
    "DELETE FROM access_permissions WHERE group_id = :group AND access_id = :id AND permission = :permission",
);

const OPEN: Change = Change::new(
    "
    INSERT INTO access_facilities (group_id, customer_id, access_id, facility_id)
    SELECT f.group_id, f.customer_id, :id, f.id
      FROM facilities f
     WHERE f.group_id = :group AND f.customer_id = :customer AND f.number = :number",
);

const SHUT: Change = Change::new(
    "
    DELETE FROM access_facilities
     WHERE group_id = :group AND access_id = :id
       AND facility_id IN (SELECT f.id FROM facilities f WHERE f.customer_id = :customer AND f.number = :number)",
);

/// What is granted or taken away.
#[derive(Clone, Debug, Default)]
pub struct Granting {
    /// Permissions, in any order.
    pub permissions: Vec<Permission>,
    /// Facilities of the customer.
    pub facilities: Vec<Reached<Facility>>,
    /// All facilities of the customer.
    pub all_facilities: bool,
    /// What belongs to no facility.
    pub unattached: bool,
    /// The last day on which the access holds.
    pub until: Option<Day>,
}

impl Granting {
    /// Whether nothing at all is named.
    pub fn is_empty(&self) -> bool {
        self.permissions.is_empty()
            && self.facilities.is_empty()
            && !self.all_facilities
            && !self.unattached
            && self.until.is_none()
    }

    fn numbers(&self, access: &Access) -> Result<Vec<Number>> {
        if let Some(other) = self.facilities.iter().find(|facility| facility.customer_id != access.customer_id) {
            return Err(Error::denied(format!(
                "facility '{}' belongs to customer {}, not to {}",
                other.number, other.customer_no, access.customer_no
            ))
            .at("facility"));
        }
        Ok(self.facilities.iter().map(|facility| facility.number.clone()).collect())
    }
}

/// Grants what is named; with `replace` the access holds exactly that afterwards. Gives the access as it is then.
pub fn grant(tx: &WriteTx, access: &Reached<Access>, what: &Granting, replace: bool) -> Result<Reached<Access>> {
    tx.actor().require(CHANGE)?;
    let base = if replace { Grant::default() } else { access.grant.clone() };
    let mut after = Grant {
        all_facilities: base.all_facilities || what.all_facilities,
        unattached: base.unattached || what.unattached,
        until: what.until.or(base.until),
        ..base
    };
    after.permissions.extend(&what.permissions);
    after.facilities.extend(what.numbers(access)?);
    keep(tx, access, after)
}

/// Takes away what is named; what was not there stays away. Gives the access as it is then.
pub fn revoke(tx: &WriteTx, access: &Reached<Access>, what: &Granting) -> Result<Reached<Access>> {
    tx.actor().require(CHANGE)?;
    let numbers = what.numbers(access)?;
    let mut after = access.grant.clone();
    after.permissions.retain(|permission| !what.permissions.contains(permission));
    after.facilities.retain(|number| !numbers.contains(number));
    after.all_facilities &= !what.all_facilities;
    after.unattached &= !what.unattached;
    after.until = after.until.filter(|until| Some(*until) != what.until);
    keep(tx, access, after)
}

fn keep(tx: &WriteTx, access: &Reached<Access>, mut after: Grant) -> Result<Reached<Access>> {
    after.permissions.sort_unstable();
    after.permissions.dedup();
    after.facilities.sort_unstable();
    after.facilities.dedup();
    let before = &access.grant;
    if *before == after {
        return Ok(access.clone());
    }
    let until = after.until.map(|day| day.end(&access.zone)).transpose()?;
    tx.change(CHANGE, |w| {
        let set = named! {
            ":id": access.id, ":all_facilities": after.all_facilities, ":unattached": after.unattached, ":until": until,
        };
        w.run(&SET, set)?;
        for permission in after.permissions.iter().filter(|one| !before.permissions.contains(one)) {
            w.run(&PERMIT, named! { ":id": access.id, ":permission": permission })?;
        }
        for permission in before.permissions.iter().filter(|one| !after.permissions.contains(one)) {
            w.run(&FORBID, named! { ":id": access.id, ":permission": permission })?;
        }
        for number in after.facilities.iter().filter(|one| !before.facilities.contains(one)) {
            place(w, &OPEN, access, number)?;
        }
        for number in before.facilities.iter().filter(|one| !after.facilities.contains(one)) {
            place(w, &SHUT, access, number)?;
        }
        let at = |grant| At { customer_no: &access.customer_no, grant };
        let entry = Entry::about::<User>(access.user_id.0, access.email.as_str(), "access.changed");
        Ok(((), entry.before(&at(before)).after(&at(&after))))
    })?;
    let user = find(tx, access.user_id)?;
    let customer = customers::find(tx, access.customer_id)?;
    let found = access_at(tx, &user, &customer)?;
    found.ok_or_else(|| Error::internal(anyhow::anyhow!("an access that was just changed is gone")))
}

fn place(w: &Writer, change: &Change, access: &Access, number: &Number) -> Result<()> {
    w.run(change, named! { ":id": access.id, ":customer": access.customer_id, ":number": number })?;
    Ok(())
}

/// A grant with the customer it holds at, for the audit.
#[derive(Serialize)]
struct At<'a> {
    customer_no: &'a Number,
    #[serde(flatten)]
    grant: &'a Grant,
}
