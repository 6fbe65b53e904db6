//! What an old state must not bring back: sessions, links, mails that have left already, and people who were shut out.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::manifest::Manifest;
use super::settle_store as store;
use crate::access::{Actor, Need, Right};
use crate::audit;
use crate::clock::Moment;
use crate::db::{Db, Entry, Subject, Tx, WriteTx};
use crate::error::Result;
use crate::groups;
use crate::staff::{self, StaffStatus};
use crate::text::Email;
use crate::users;

/// What was done about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Settled {
    /// The backup.
    pub backup: String,
    /// The moment it shows.
    pub made_at: Option<Moment>,
    /// Sessions that were ended.
    pub sessions: usize,
    /// Invitations and resets that are void.
    pub links: usize,
    /// Mails that are held.
    pub mails: usize,
    /// Users and staff who are disabled, because they were shut out or gone when the restore was made.
    pub disabled: Vec<String>,
    /// Users whose password was another one since: the one in the backup is void.
    pub passwords: Vec<String>,
    /// The end of the audit that was put aside.
    pub audit_before: Option<String>,
}

/// Who got in before the restore, by group: address or login, and for users the hash of the password.
#[derive(Clone, Debug, Default)]
pub(super) struct Then {
    groups: BTreeMap<String, Inside>,
    audit: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Inside {
    users: BTreeMap<String, Option<String>>,
    staff: Vec<String>,
}

/// What the audit line of a restore is about.
struct Backup;

impl Subject for Backup {
    const NOUN: &'static str = "backup";
    fn row(&self) -> i64 {
        0
    }
    fn label(&self) -> String {
        String::new()
    }
}

impl Then {
    /// Looks who gets in now.
    pub(super) fn read(db: &Db, uid: u32) -> Result<Self> {
        let owner = Actor::Owner { group: None, uid };
        let mut then = Self { groups: BTreeMap::new(), audit: db.read(&owner, end_of_audit)? };
        for group in db.read(&owner, groups::list)? {
            let desk = Actor::Owner { group: Some(group.id), uid };
            let inside = db.read(&desk, |tx| {
                let users = store::doors(tx)?.into_iter().filter(|door| door.enabled);
                let users = users.map(|door| (door.email, door.password)).collect();
                let staff = staff::list(tx)?.into_iter().filter(|staff| staff.status == StaffStatus::Active);
                Ok(Inside { users, staff: staff.map(|staff| staff.login.to_string()).collect() })
            })?;
            then.groups.insert(group.slug.to_string(), inside);
        }
        Ok(then)
    }
}

fn end_of_audit(tx: &Tx) -> Result<Option<String>> {
    Ok(crate::db::Head::read(tx)?.map(|head| format!("{}@{}", head.hash, head.last)))
}

/// Writes down that a backup was made: data that left its place.
pub fn note_made(db: &Db, manifest: &Manifest, path: &std::path::Path, uid: u32) -> Result<()> {
    let after = json!({ "path": path, "bytes": manifest.bytes(), "key": manifest.has_key() });
    db.write(&Actor::Owner { group: None, uid }, |tx| {
        tx.change(Need::owner(), |_| {
            Ok(((), Entry::about::<Backup>(0, manifest.name.clone(), "backup.made").after(&after)))
        })
    })
}

/// Settles a database that was made of a backup, in one change with its lines in the audit.
pub(super) fn settle(db: &Db, manifest: &Manifest, then: Option<&Then>, uid: u32) -> Result<Settled> {
    let owner = Actor::Owner { group: None, uid };
    db.write(&owner, |tx| {
        let mut all = Settled {
            backup: manifest.name.clone(),
            made_at: Some(manifest.made_at),
            audit_before: then.and_then(|then| then.audit.clone()),
            ..Settled::default()
        };
        for group in groups::list(tx)? {
            // A group that is gone had nobody who got in.
            let inside = then.map(|then| then.groups.get(group.slug.as_str()).cloned().unwrap_or_default());
            tx.at_desk(&group, |tx| {
                if let Some(inside) = &inside {
                    shut_out(tx, inside, &mut all)?;
                }
                tx.change(Need::right(Right::Admin), |w| {
                    let (sessions, links, mails) =
                        (store::end_sessions(w)?, store::end_tickets(w)?, store::hold_mails(w)?);
                    all.sessions += sessions;
                    all.links += links;
                    all.mails += mails;
                    let after =
                        json!({ "backup": manifest.name, "sessions": sessions, "links": links, "mails": mails });
                    Ok(((), Entry::on(&group, "backup.restored").after(&after)))
                })
            })?;
        }
        tx.change(Need::owner(), |_| {
            Ok(((), Entry::about::<Backup>(0, manifest.name.clone(), "backup.restored").after(&all)))
        })?;
        Ok(all)
    })
}

/// Nobody gets in by a restore who did not get in before it, and nobody by a password that was changed since.
fn shut_out(tx: &WriteTx, inside: &Inside, all: &mut Settled) -> Result<()> {
    for door in store::doors(tx)?.into_iter().filter(|door| door.enabled) {
        let user = users::named(tx, &door.email.parse::<Email>()?)?;
        match inside.users.get(&door.email) {
            None => {
                users::disable(tx, &user)?;
                all.disabled.push(door.email);
            }
            Some(password) if *password != door.password && door.password.is_some() => {
                tx.change(Need::right(Right::Admin), |w| {
                    store::void_password(w, &door.email)?;
                    Ok(((), Entry::on(&user, "password.voided")))
                })?;
                all.passwords.push(door.email);
            }
            Some(_) => {}
        }
    }
    for member in staff::list(tx)?.into_iter().filter(|member| member.status == StaffStatus::Active) {
        if inside.staff.iter().any(|login| login.as_str() == member.login.as_str()) {
            continue;
        }
        // The last administrator of a group stays one: without any, nobody of the group could let the others in.
        if tx.attempt(|| staff::disable(tx, &member)).is_ok() {
            all.disabled.push(member.login.to_string());
        }
    }
    Ok(())
}

/// Whether the chain of the audit holds.
pub(super) fn audit_holds(db: &Db, uid: u32) -> Result<bool> {
    let owner = Actor::Owner { group: None, uid };
    Ok(db.read(&owner, |tx| audit::verify(tx, None))?.wrong == 0)
}
