//! `user grant` and `user revoke`: permissions and scope, each the exact inverse of the other.

use clap::Args;
use serde_json::json;

use super::super::answer::{Action, Answer, Done, record};
use super::super::desk::Desk;
use super::super::flags::Changing;
use super::{Scope, Telling, find, row, the_access, warn_of_dead_end};
use crate::access::Permission;
use crate::db::{Reached, WriteTx};
use crate::error::Result;
use crate::text::{Email, Number, Ref};
use crate::users::{self, Access, Granting};

/// Whose, where and what.
#[derive(Args, Debug)]
struct What {
    /// Who: their address, or id:123
    user: Ref<Email>,
    /// Permissions, such as order.view
    #[arg(value_name = "PERMISSION")]
    permissions: Vec<Permission>,
    /// At which customer, where the user has access to several
    #[arg(long)]
    customer: Option<Ref<Number>>,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Grants {
    #[command(flatten)]
    what: What,
    /// Exactly what is named here: what was granted before and is not named goes
    #[arg(long)]
    replace: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Revokes {
    #[command(flatten)]
    what: What,
}

impl Grants {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        change(&self.what, desk, |tx, access, what| users::grant(tx, access, what, self.replace))
    }
}

impl Revokes {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        change(&self.what, desk, users::revoke)
    }
}

fn change(
    what: &What,
    desk: &Desk,
    act: impl Fn(&WriteTx, &Reached<Access>, &Granting) -> Result<Reached<Access>>,
) -> Result<Answer> {
    let done = desk.write(what.changing, |tx| {
        let user = find(tx, &what.user)?;
        let before = the_access(tx, &user, what.customer.as_ref())?;
        let granting = what.scope.granting(tx, &before, &what.permissions)?;
        if granting.is_empty() {
            return Err(super::super::usage("nothing was named to grant or to revoke").tip(
                "name permissions (order.view), --template, --facility, --all-facilities, --unattached or --until",
            ));
        }
        let after = act(tx, &before, &granting)?;
        let told = what.telling.tell(tx, Some(&before.grant), &after)?;
        let sentence = format!(
            "access of {} to customer {}: {} (before: {}){told}",
            user.email,
            after.customer_no,
            after.grant.sentence(),
            before.grant.sentence()
        );
        let mut facts = record(&row(&user, Some(&after)))?;
        facts.insert("before".into(), json!(before.grant));
        let action = Action::updated(before.grant != after.grant);
        warn_of_dead_end(tx, Done::new(action, &user.email, sentence, &facts, what.changing)?, &after)
    })?;
    Ok(done.into())
}
