//! `user set`, `unlock`, `disable`, `enable`, `sign-out` and `delete`: where a user stands.

use clap::Args;
use serde_json::json;

use super::super::adding;
use super::super::answer::{Action, Answer, Done, record};
use super::super::desk::Desk;
use super::super::flags::{Changing, Removing};
use super::invite::hand;
use super::many::{Verb, Whom};
use super::{NoPassword, find, the_access};
use crate::db::{Reached, WriteTx};
use crate::difference::Difference;
use crate::error::{Kind, Result};
use crate::login;
use crate::text::{Email, Lang, Number, Ref};
use crate::users::{self, Access, Handing, User, UserState};

#[derive(Args, Debug)]
pub(in crate::cli) struct Set {
    /// Who: their address, or id:123
    user: Ref<Email>,
    /// The address they sign in with from now on; they choose a password anew behind a link mailed there
    #[arg(long)]
    email: Option<Email>,
    /// Their language: en, sv or es
    #[arg(long)]
    lang: Option<Lang>,
    #[command(flatten)]
    password: NoPassword,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Switch {
    /// Who: their address, or id:123
    user: Ref<Email>,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Turn {
    #[command(flatten)]
    whom: Whom,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Delete {
    /// Who: their address, or id:123
    user: Ref<Email>,
    /// Only the access to this customer, where the user has others
    #[arg(long)]
    customer: Option<Ref<Number>>,
    #[command(flatten)]
    removing: Removing,
}

impl Set {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        self.password.check()?;
        if self.email.is_none() && self.lang.is_none() {
            return Err(super::super::usage("nothing was named to change").tip("add --email or --lang"));
        }
        let (changed, before, user, handed) = desk.write(self.changing, |tx| {
            let before = find(tx, &self.user)?;
            let mut changed = match self.lang {
                Some(lang) => users::set_lang(tx, &before, lang)?,
                None => false,
            };
            let mut handed = None;
            if let Some(email) = self.email.as_ref().filter(|email| **email != before.email) {
                let user = users::set_address(tx, &before, email)?;
                changed = true;
                if user.state != UserState::Disabled {
                    handed = Some(hand(tx, desk, &user, Handing::Mail)?);
                }
            }
            let user = users::find(tx, before.id)?.into_inner();
            Ok((changed, before.into_inner(), user, handed))
        })?;
        let moved = if before.email == user.email { String::new() } else { format!(" (before: {})", before.email) };
        let invited = handed.map(|handed| format!("; {}", handed.sentence(desk))).unwrap_or_default();
        let about = format!("user {}{moved}{invited}", user.email);
        let mut done = Done::new(Action::updated(changed), &user.email, about, &record(&user)?, self.changing)?;
        if before.email != user.email {
            done = done.warn(
                format!("the contact keeps the address {}", before.email),
                Some(format!("frontdesk contact set {} --email {}", before.email, user.email)),
            );
        }
        Ok(done.into())
    }
}

impl Delete {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let Some(customer) = &self.customer else {
            return adding::delete(
                desk,
                self.removing,
                &self.user,
                |tx| find(tx, &self.user),
                |user: &User| desk.confirm(&format!("Delete the user {} ({})?", user.email, user.name)),
                users::delete,
            );
        };
        adding::delete(
            desk,
            self.removing,
            &self.user,
            |tx| the_access(tx, &find(tx, &self.user)?, Some(customer)),
            |access: &Access| {
                desk.confirm(&format!("Delete the access of {} to customer {}?", access.email, access.customer_no))
            },
            |tx, access| {
                let user = users::find(tx, access.user_id)?;
                if users::accesses(tx, &user)?.len() == 1 {
                    return Err(crate::error::Error::new(
                        Kind::Conflict,
                        format!("customer {} is the only one that {} has access to", access.customer_no, access.email),
                    )
                    .tip(format!("delete the user: frontdesk user delete {}", access.email)));
                }
                users::delete_access(tx, access)
            },
        )
    }
}

pub(super) fn unlock(Switch { user, changing }: Switch, desk: &Desk) -> Result<Answer> {
    let (action, user) = adding::change(desk, changing, |tx| find(tx, &user), login::unlock)?;
    let about = format!("failed sign-ins of {}: none", user.email);
    Ok(Done::new(action, &user.email, about, &record(&user)?, changing)?.into())
}

pub(super) fn disable(Turn { whom, changing }: Turn, desk: &Desk) -> Result<Answer> {
    let user = match whom.split() {
        Ok(user) => user,
        Err(several) => {
            let verb = Verb { fits: |_| true, question: "Disable {}?", outcome: "disabled" };
            return several.each_user(desk, changing, &verb, |tx, user, _| turned(tx, user, users::disable));
        }
    };
    let disable = |changing| adding::change(desk, changing, |tx| find(tx, user), users::disable);
    let (action, known) = disable(Changing { dry_run: true, ..changing })?;
    if action != Action::Unchanged && !changing.dry_run {
        desk.confirm(&format!("Disable the user {} ({})?", known.email, known.name))?;
    }
    let (action, user) = disable(changing)?;
    done(action, &user, changing)
}

pub(super) fn enable(Turn { whom, changing }: Turn, desk: &Desk) -> Result<Answer> {
    let user = match whom.split() {
        Ok(user) => user,
        Err(several) => {
            let verb = Verb { fits: |_| true, question: "Let {} in again?", outcome: "enabled" };
            return several.each_user(desk, changing, &verb, |tx, user, _| turned(tx, user, users::enable));
        }
    };
    let (action, user) = adding::change(desk, changing, |tx| find(tx, user), users::enable)?;
    let waits = user.state == UserState::Expired;
    let answer = done(action, &user, changing)?;
    match answer {
        Answer::Done(done) if waits => {
            let warning = format!("{} has no password and no invitation that works", user.email);
            Ok(done.warn(warning, Some(format!("frontdesk user invite {}", user.email))).into())
        }
        answer => Ok(answer),
    }
}

pub(super) fn sign_out(Turn { whom, changing }: Turn, desk: &Desk) -> Result<Answer> {
    let user = match whom.split() {
        Ok(user) => user,
        Err(several) => {
            let verb = Verb { fits: |_| true, question: "End every session of {}?", outcome: "signed out" };
            return several.each_user(desk, changing, &verb, |tx, user, _| {
                let ended = users::end_sessions(tx, user)?;
                let sessions = Difference { field: "sessions".into(), old: json!(ended), new: json!(0) };
                Ok(Some(sessions).filter(|_| ended > 0).into_iter().collect())
            });
        }
    };
    let (ended, user) = desk.write(changing, |tx| {
        let user = find(tx, user)?;
        Ok((users::end_sessions(tx, &user)?, user.into_inner()))
    })?;
    let about = format!("user {}: {ended} sessions ended", user.email);
    let mut facts = record(&user)?;
    facts.insert("sessions_ended".into(), json!(ended));
    Ok(Done::new(Action::updated(ended > 0), &user.email, about, &facts, changing)?.into())
}

/// Where a user stands before and after.
fn turned(
    tx: &WriteTx,
    user: &Reached<User>,
    turn: impl Fn(&WriteTx, &Reached<User>) -> Result<bool>,
) -> Result<Vec<Difference>> {
    if !turn(tx, user)? {
        return Ok(Vec::new());
    }
    let after = users::find(tx, user.id)?.state;
    Ok(vec![Difference { field: "state".into(), old: json!(user.state), new: json!(after) }])
}

fn done(action: Action, user: &User, changing: Changing) -> Result<Answer> {
    let about = format!("user {} ({}, {})", user.email, user.name, user.state);
    Ok(Done::new(action, &user.email, about, user, changing)?.into())
}
