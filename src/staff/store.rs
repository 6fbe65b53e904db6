//! Staff are kept here: found, listed, added, changed, bound to operating-system users.

use super::{Staff, StaffCard, StaffKind, StaffStatus, Uid};
use crate::access::{Actor, Need, Right};
use crate::db::{Below, Change, Entry, Json, Open, Reached, Row, RowResult, Scoped, Tx, WriteTx};
use crate::db::{named, text_columns};
use crate::error::{Error, Result};
use crate::text::{Email, Login, Slug, nearest};

text_columns!(StaffKind, StaffStatus);

const VISIBLE: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT s.id, s.login, s.name, s.email, s.uid, s.status, s.created_at,
           (SELECT json_group_array(r.name) FROM staff_rights r WHERE r.group_id = s.group_id AND r.staff_id = s.id),
           s.kind
      FROM staff s
     WHERE s.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND (:login IS NULL OR s.login = :login)
       AND (:uid IS NULL OR s.uid = :uid)
     ORDER BY s.login",
);

const AT_SOCKET: Open = Open::new(
    "who asks at the admin socket is found by what the kernel says of them, before anybody acts",
    "
    SELECT s.group_id, g.slug, s.id, s.login, s.status,
           (SELECT json_group_array(r.name) FROM staff_rights r WHERE r.group_id = s.group_id AND r.staff_id = s.id)
      FROM staff s
      JOIN groups g ON g.id = s.group_id
     WHERE s.uid = :uid
     ORDER BY g.slug",
);

const BY_EMAIL: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT s.login
      FROM staff s
     WHERE s.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND s.email = :email
     ORDER BY s.login",
);

const IS_USER: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT u.id
      FROM users u
     WHERE u.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)
       AND u.email = :email",
);

const ORDERS: Below<Staff> = Below::new(Need::staff(), "SELECT count(*) FROM order_staff WHERE staff_id = :parent");

const INSERT: Change = Change::new(
    "
    INSERT INTO staff (group_id, login, kind, name, email, uid, created_at)
    VALUES (:group, :login, :kind, :name, :email, :uid, :now)",
);

const UPDATE: Change =
    Change::new("UPDATE staff SET name = :name, email = :email WHERE group_id = :group AND id = :id");

const SET_UID: Change = Change::new("UPDATE staff SET uid = :uid WHERE group_id = :group AND id = :id");

const SET_STATUS: Change = Change::new("UPDATE staff SET status = :status WHERE group_id = :group AND id = :id");

const DELETE: Change = Change::new("DELETE FROM staff WHERE group_id = :group AND id = :id");

const GRANT: Change = Change::new("INSERT INTO staff_rights (group_id, staff_id, name) VALUES (:group, :id, :right)");

const REVOKE: Change =
    Change::new("DELETE FROM staff_rights WHERE group_id = :group AND staff_id = :id AND name = :right");

/// The person with this login.
pub fn find(tx: &Tx, login: &Login) -> Result<Reached<Staff>> {
    match tx.one(&VISIBLE, named! { ":login": login, ":uid": None::<u32> }, staff)? {
        Some(found) => Ok(found),
        None => {
            let known = list(tx)?;
            let error = Error::not_found("staff", login);
            Err(match nearest(login.as_str(), known.iter().map(|staff| staff.login.as_str())) {
                Some(near) => error.tip(format!("did you mean {near}? see them all with: frontdesk staff list")),
                None => error.tip("see them all with: frontdesk staff list"),
            })
        }
    }
}

/// The person who is this operating-system user, if somebody is.
pub fn find_by_uid(tx: &Tx, uid: Uid) -> Result<Option<Reached<Staff>>> {
    tx.one(&VISIBLE, named! { ":login": None::<Login>, ":uid": uid.0 }, staff)
}

/// An operating-system user as somebody's member of staff.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The short name of the group.
    pub group: Slug,
    /// Whether they are here no longer.
    pub is_disabled: bool,
    /// In whose name their commands run.
    pub actor: Actor,
}

/// Whose member of staff an operating-system user is: in several groups at most once in each.
pub fn bound(tx: &Tx, uid: u32) -> Result<Vec<Bound>> {
    tx.open(&AT_SOCKET, named! { ":uid": uid }, |row| {
        let (login, status): (Login, StaffStatus) = (row.get(3)?, row.get(4)?);
        let Json(rights) = row.get(5)?;
        let actor = Actor::Staff { id: row.get(2)?, group: row.get(0)?, login: login.to_string(), rights };
        Ok(Bound { group: row.get(1)?, is_disabled: status != StaffStatus::Active, actor })
    })
}

/// Everybody at the company, by login.
pub fn list(tx: &Tx) -> Result<Vec<Reached<Staff>>> {
    tx.many(&VISIBLE, named! { ":login": None::<Login>, ":uid": None::<u32> }, staff)
}

/// To how many orders somebody is assigned.
pub fn assigned_orders(tx: &Tx, staff: &Reached<Staff>) -> Result<i64> {
    Ok(tx.below(staff, &ORDERS, named! {}, |row| row.get(0))?.pop().map_or(0, Reached::into_inner))
}

/// Adds a member of staff with rights, perhaps bound to an operating-system user. The login must be free.
pub fn add(
    tx: &WriteTx,
    login: &Login,
    kind: StaffKind,
    card: &StaffCard,
    uid: Option<Uid>,
    rights: &[Right],
) -> Result<Reached<Staff>> {
    if let Some(uid) = uid {
        is_free(tx, uid)?;
    }
    can_read_mail(login, kind, card)?;
    is_no_customers(tx, card)?;
    let rights = once_each(rights.iter().copied());
    tx.change(Need::right(Right::Admin), |w| {
        let number = uid.map(|uid| uid.0);
        let values = named! {
            ":login": login, ":kind": kind, ":name": card.name, ":email": card.email, ":uid": number,
        };
        let id = w.insert(&INSERT, values)?;
        for right in &rights {
            w.run(&GRANT, named! { ":id": id, ":right": right })?;
        }
        let after = serde_json::json!({
            "kind": kind, "name": card.name, "email": card.email, "uid": uid, "rights": rights,
        });
        Ok(((), Entry::about::<Staff>(id, login.as_str(), "staff.added").after(&after)))
    })?;
    find(tx, login)
}

/// Changes name and address; `false` if they were so already.
pub fn set(tx: &WriteTx, staff: &Reached<Staff>, card: &StaffCard) -> Result<bool> {
    if staff.card == *card {
        return Ok(false);
    }
    can_read_mail(&staff.login, staff.kind, card)?;
    if staff.card.email != card.email {
        is_no_customers(tx, card)?;
    }
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&UPDATE, named! { ":id": staff.id, ":name": card.name, ":email": card.email })?;
        Ok((true, Entry::on(staff, "staff.changed").before(&staff.card).after(card)))
    })
}

/// Gives somebody rights; `false` if they had them all.
pub fn grant(tx: &WriteTx, staff: &Reached<Staff>, rights: &[Right]) -> Result<bool> {
    let after = once_each(staff.rights.iter().chain(rights).copied());
    if after == staff.rights {
        return Ok(false);
    }
    tx.change(Need::right(Right::Admin), |w| {
        for right in after.iter().filter(|right| !staff.rights.contains(right)) {
            w.run(&GRANT, named! { ":id": staff.id, ":right": right })?;
        }
        Ok((true, Entry::on(staff, "staff.granted").before(&staff.rights).after(&after)))
    })
}

/// Takes rights away; `false` if none of them was there. The last administrator keeps theirs.
pub fn revoke(tx: &WriteTx, staff: &Reached<Staff>, rights: &[Right]) -> Result<bool> {
    let after: Vec<_> = staff.rights.iter().copied().filter(|right| !rights.contains(right)).collect();
    if after == staff.rights {
        return Ok(false);
    }
    if !after.contains(&Right::Admin) {
        another_admin_remains(tx, staff)?;
    }
    tx.change(Need::right(Right::Admin), |w| {
        for right in staff.rights.iter().filter(|right| !after.contains(right)) {
            w.run(&REVOKE, named! { ":id": staff.id, ":right": right })?;
        }
        Ok((true, Entry::on(staff, "staff.revoked").before(&staff.rights).after(&after)))
    })
}

/// Says which operating-system user somebody is; `false` if that was known. Neither of the two may be taken.
pub fn bind(tx: &WriteTx, staff: &Reached<Staff>, uid: Uid) -> Result<bool> {
    match staff.uid {
        Some(bound) if bound == uid => return Ok(false),
        Some(bound) => {
            return Err(Error::conflict(format!("{} is bound to uid {bound} already", staff.login))
                .tip(format!("first end that with: frontdesk staff bind {} --none", staff.login)));
        }
        None => is_free(tx, uid)?,
    }
    set_uid(tx, staff, Some(uid))
}

/// Ends the bond between a person and an operating-system user; `false` if there was none.
pub fn unbind(tx: &WriteTx, staff: &Reached<Staff>) -> Result<bool> {
    if staff.uid.is_none() {
        return Ok(false);
    }
    set_uid(tx, staff, None)
}

/// Lets somebody in no longer; `false` if it was so already. The last administrator stays.
pub fn disable(tx: &WriteTx, staff: &Reached<Staff>) -> Result<bool> {
    if staff.status == StaffStatus::Disabled {
        return Ok(false);
    }
    another_admin_remains(tx, staff)?;
    set_status(tx, staff, StaffStatus::Disabled, "staff.disabled")
}

/// Lets somebody in again; `false` if it was so already.
pub fn enable(tx: &WriteTx, staff: &Reached<Staff>) -> Result<bool> {
    if staff.status == StaffStatus::Active {
        return Ok(false);
    }
    set_status(tx, staff, StaffStatus::Active, "staff.enabled")
}

/// Deletes somebody who is assigned to no order. The last administrator stays.
pub fn delete(tx: &WriteTx, staff: &Reached<Staff>) -> Result<()> {
    let orders = assigned_orders(tx, staff)?;
    if orders > 0 {
        let word = if orders == 1 { "order" } else { "orders" };
        return Err(Error::conflict(format!("{} is assigned to {orders} {word}", staff.login))
            .tip(format!("keep the history and end the work with: frontdesk staff disable {}", staff.login)));
    }
    another_admin_remains(tx, staff)?;
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&DELETE, named! { ":id": staff.id })?;
        Ok(((), Entry::on(staff, "staff.deleted").before(&**staff)))
    })
}

/// A group that has an administrator among its staff keeps one. One that has none is administered by the owner of the
/// data directory alone, who can always make the first.
fn another_admin_remains(tx: &Tx, leaving: &Reached<Staff>) -> Result<()> {
    let others =
        || -> Result<bool> { Ok(list(tx)?.iter().any(|staff| staff.id != leaving.id && staff.is_active_admin())) };
    if leaving.is_active_admin() && !others()? {
        return Err(Error::conflict(format!("{} is the last active administrator of this group", leaving.login))
            .tip("make somebody else one first with: frontdesk staff grant LOGIN admin"));
    }
    Ok(())
}

/// A program reads no mail: an address would be somebody's who is not meant.
fn can_read_mail(login: &Login, kind: StaffKind, card: &StaffCard) -> Result<()> {
    match (&card.email, kind) {
        (Some(_), StaffKind::Service) => Err(Error::conflict(format!("{login} is a service and reads no mail"))
            .at("email")
            .tip("leave the address out; mail is for the persons among the staff")),
        _ => Ok(()),
    }
}

/// Nobody is staff and customer under one address: what is meant for one of them would be read by the other.
fn is_no_customers(tx: &Tx, card: &StaffCard) -> Result<()> {
    let Some(email) = &card.email else { return Ok(()) };
    match tx.one(&IS_USER, named! { ":email": email }, |row| row.get::<_, i64>(0))? {
        Some(_) => Err(Error::conflict(format!("'{email}' is a customer's user"))
            .at("email")
            .tip(format!("name another address, or first: frontdesk user delete {email}"))),
        None => Ok(()),
    }
}

/// Fails if an address is that of a member of staff, who cannot be a customer's user as well.
pub fn is_no_staffs(tx: &Tx, email: &Email) -> Result<()> {
    match tx.one(&BY_EMAIL, named! { ":email": email }, |row| row.get::<_, Login>(0))? {
        Some(login) => Err(Error::conflict(format!("'{email}' is the address of {} of the staff", *login))
            .at("email")
            .tip(format!("name another address, or first: frontdesk staff set {} --no-email", *login))),
        None => Ok(()),
    }
}

fn is_free(tx: &Tx, uid: Uid) -> Result<()> {
    match find_by_uid(tx, uid)? {
        Some(other) => Err(Error::conflict(format!("uid {uid} is {} already", other.login))
            .tip(format!("first end that with: frontdesk staff bind {} --none", other.login))),
        None => Ok(()),
    }
}

fn set_uid(tx: &WriteTx, staff: &Reached<Staff>, uid: Option<Uid>) -> Result<bool> {
    let action = if uid.is_some() { "staff.bound" } else { "staff.unbound" };
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&SET_UID, named! { ":id": staff.id, ":uid": uid.map(|uid| uid.0) })?;
        Ok((true, Entry::on(staff, action).before(&staff.uid).after(&uid)))
    })
}

fn set_status(tx: &WriteTx, staff: &Reached<Staff>, status: StaffStatus, action: &'static str) -> Result<bool> {
    tx.change(Need::right(Right::Admin), |w| {
        w.run(&SET_STATUS, named! { ":id": staff.id, ":status": status })?;
        Ok((true, Entry::on(staff, action).before(&staff.status).after(&status)))
    })
}

fn once_each(rights: impl IntoIterator<Item = Right>) -> Vec<Right> {
    let mut rights: Vec<_> = rights.into_iter().collect();
    rights.sort_unstable();
    rights.dedup();
    rights
}

fn staff(row: &Row) -> RowResult<Staff> {
    let Json(rights) = row.get::<_, Json<Vec<Right>>>(7)?;
    Ok(Staff {
        id: row.get(0)?,
        login: row.get(1)?,
        card: StaffCard { name: row.get(2)?, email: row.get(3)? },
        uid: row.get::<_, Option<u32>>(4)?.map(Uid),
        status: row.get(5)?,
        created_at: row.get(6)?,
        rights: once_each(rights),
        kind: row.get(8)?,
    })
}
