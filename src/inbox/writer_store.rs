//! Who answers: what is known of the person whom the address names, and what they may do at this moment.

use crate::access::{Actor, Permission, Right};
use crate::customers::CustomerStatus;
use crate::db::named;
use crate::db::{Json, Open, Tx};
use crate::error::Result;
use crate::ids::{AccessId, ContactId, OrderId, StaffId, UserId};
use crate::staff::StaffStatus;
use crate::text::{Email, Number};
use crate::users::UserStatus;

const CONTACT: Open = Open::new(
    "who answers is said by the address they were given, before anybody acts",
    "
    SELECT k.email, c.status, o.number,
           o.contact_id IS k.id
           OR (EXISTS (SELECT 1 FROM contact_roles r WHERE r.group_id = k.group_id AND r.contact_id = k.id)
               AND (NOT EXISTS (SELECT 1 FROM contact_facilities f WHERE f.group_id = k.group_id AND f.contact_id = k.id)
                    OR EXISTS (SELECT 1 FROM contact_facilities f
                                WHERE f.group_id = k.group_id AND f.contact_id = k.id AND f.facility_id = o.facility_id))),
           a.id, a.until IS NOT NULL AND a.until <= :now, u.id, u.email, u.status,
           (SELECT json_group_array(p.permission) FROM access_permissions p
             WHERE p.group_id = a.group_id AND p.access_id = a.id)
      FROM contacts k
      JOIN customers c ON c.id = k.customer_id
      JOIN orders o ON o.group_id = k.group_id AND o.customer_id = k.customer_id AND o.id = :order
      LEFT JOIN accesses a ON a.group_id = k.group_id AND a.customer_id = k.customer_id AND a.contact_id = k.id
      LEFT JOIN users u ON u.id = a.user_id
     WHERE k.group_id = :group
       AND k.id = :contact
     ORDER BY a.id
     LIMIT 1",
);

const STAFF: Open = Open::new(
    "who answers is said by the address they were given, before anybody acts",
    "
    SELECT t.login, t.email, t.status, o.number,
           (SELECT json_group_array(r.name) FROM staff_rights r WHERE r.group_id = t.group_id AND r.staff_id = t.id)
      FROM staff t
      JOIN orders o ON o.group_id = t.group_id AND o.id = :order
     WHERE t.group_id = :group
       AND t.id = :staff",
);

/// A contact as the postman sees them.
pub(super) struct Correspondent {
    pub(super) email: Option<Email>,
    pub(super) customer: CustomerStatus,
    pub(super) order_no: Number,
    /// Whether they are told of the order without an account: it is assigned to them, or they have a role
    /// and it lies in their facilities.
    pub(super) is_told: bool,
    pub(super) account: Option<Account>,
}

/// Their account.
pub(super) struct Account {
    pub(super) email: Email,
    pub(super) status: UserStatus,
    /// Whether the last day of the access is over.
    pub(super) is_over: bool,
    pub(super) may: Vec<Permission>,
    access: AccessId,
    user: UserId,
}

/// A member of staff as the postman sees them.
pub(super) struct Colleague {
    pub(super) email: Option<Email>,
    pub(super) status: StaffStatus,
    pub(super) order_no: Number,
    pub(super) rights: Vec<Right>,
    login: String,
    id: StaffId,
}

impl Account {
    /// In whose name they act.
    pub(super) fn actor(&self, tx: &Tx) -> Result<Actor> {
        Ok(Actor::User {
            id: self.user,
            access: self.access,
            group: tx.group()?,
            email: self.email.to_string(),
            may: self.may.clone(),
        })
    }
}

impl Colleague {
    /// In whose name they act.
    pub(super) fn actor(&self, tx: &Tx) -> Result<Actor> {
        Ok(Actor::Staff { id: self.id, group: tx.group()?, login: self.login.clone(), rights: self.rights.clone() })
    }
}

/// The contact, if they and the order are of one customer.
pub(super) fn contact(tx: &Tx, id: ContactId, order: OrderId) -> Result<Option<Correspondent>> {
    let found = tx.open(&CONTACT, named! { ":contact": id, ":order": order }, |row| {
        let access: Option<AccessId> = row.get(4)?;
        let account = match (access, row.get(6)?, row.get(7)?) {
            (Some(access), Some(user), Some(email)) => Some(Account {
                email,
                status: row.get(8)?,
                is_over: row.get(5)?,
                may: row.get::<_, Json<Vec<Permission>>>(9)?.0,
                access,
                user,
            }),
            _ => None,
        };
        Ok(Correspondent {
            email: row.get(0)?,
            customer: row.get(1)?,
            order_no: row.get(2)?,
            is_told: row.get(3)?,
            account,
        })
    })?;
    Ok(found.into_iter().next())
}

/// The member of staff, if there is such an order.
pub(super) fn colleague(tx: &Tx, id: StaffId, order: OrderId) -> Result<Option<Colleague>> {
    let found = tx.open(&STAFF, named! { ":staff": id, ":order": order }, |row| {
        Ok(Colleague {
            login: row.get(0)?,
            email: row.get(1)?,
            status: row.get(2)?,
            order_no: row.get(3)?,
            rights: row.get::<_, Json<Vec<Right>>>(4)?.0,
            id,
        })
    })?;
    Ok(found.into_iter().next())
}
