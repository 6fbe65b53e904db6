//! `user grant` and `user revoke`: permissions and scope, each the exact inverse of the other.

use std::str::FromStr;

use clap::Args;
use serde_json::json;

use super::super::answer::{Action, Answer, Done, record};
use super::super::desk::Desk;
use super::super::flags::Changing;
use super::super::usage;
use super::many::{Several, Verb};
use super::{Scope, Telling, find, row, the_access, warn_of_dead_end};
use crate::access::Permission;
use crate::db::{Reached, Tx, WriteTx};
use crate::difference::differences;
use crate::error::{Error, Result};
use crate::text::{Email, Number, Ref};
use crate::users::{self, Access, Granting};

/// Whose, where and what.
#[derive(Args, Debug)]
struct What {
    /// Whose, unless --where or --all says so; then permissions such as order.view
    #[arg(value_name = "USER")]
    first: Option<First>,
    /// Permissions, such as order.view
    #[arg(value_name = "PERMISSION")]
    permissions: Vec<Permission>,
    /// Instead of a user: every access in whose line of `user list` this field has this value; may be given more than once
    #[arg(long = "where", value_name = "FIELD=VALUE", conflicts_with = "all")]
    wanted: Vec<String>,
    /// Instead of a user: every access there is
    #[arg(long)]
    all: bool,
    /// At which customer, where the user has access to several
    #[arg(long, conflicts_with_all = ["wanted", "all"])]
    customer: Option<Ref<Number>>,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    changing: Changing,
}

/// The first word: a user, or where several are meant already the first permission.
#[derive(Clone, Debug)]
enum First {
    User(Ref<Email>),
    Permission(Permission),
}

impl FromStr for First {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match text.parse() {
            Ok(permission) => Ok(Self::Permission(permission)),
            // Neither of the two was perhaps meant to be the other: an address has an @.
            Err(error) if text.contains('.') && !text.contains('@') => Err(error),
            Err(_) => text.parse().map(Self::User),
        }
    }
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
        let verb = Verb { fits: |_| true, question: "Grant this to {}?", outcome: "granted" };
        self.what.change(desk, &verb, |tx, access, what| users::grant(tx, access, what, self.replace))
    }
}

impl Revokes {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let verb = Verb { fits: |_| true, question: "Take this from {}?", outcome: "revoked" };
        self.what.change(desk, &verb, users::revoke)
    }
}

impl What {
    fn change(
        &self,
        desk: &Desk,
        verb: &Verb,
        act: impl Fn(&WriteTx, &Reached<Access>, &Granting) -> Result<Reached<Access>>,
    ) -> Result<Answer> {
        let several = self.all || !self.wanted.is_empty();
        match &self.first {
            Some(First::User(user)) if several => {
                let email = match user {
                    Ref::Id(id) => format!("id:{id}"),
                    Ref::Name(email) => email.to_string(),
                };
                Err(usage(format!("'{email}' is one user, and --where or --all means several"))
                    .tip("leave one of the two out"))
            }
            Some(First::Permission(permission)) if !several => {
                Err(usage(format!("'{permission}' stands where the user is named"))
                    .tip("name the user first, or say --where FIELD=VALUE or --all"))
            }
            None if !several => {
                Err(usage("nobody was named").tip("name a user, or several with --where FIELD=VALUE or --all"))
            }
            Some(First::User(user)) => self.of_one(desk, user, act),
            Some(First::Permission(_)) | None => self.of_several(desk, verb, act),
        }
    }

    /// What the flags name at the customer of an access; naming nothing at all is an error.
    fn granting(&self, tx: &Tx, access: &Access) -> Result<Granting> {
        let first = match self.first {
            Some(First::Permission(permission)) => Some(permission),
            _ => None,
        };
        let permissions: Vec<_> = first.into_iter().chain(self.permissions.iter().copied()).collect();
        let granting = self.scope.granting(tx, access, &permissions)?;
        if granting.is_empty() {
            return Err(usage("nothing was named to grant or to revoke").tip(
                "name permissions (order.view), --template, --facility, --all-facilities, --unattached or --until",
            ));
        }
        Ok(granting)
    }

    fn of_several(
        &self,
        desk: &Desk,
        verb: &Verb,
        act: impl Fn(&WriteTx, &Reached<Access>, &Granting) -> Result<Reached<Access>>,
    ) -> Result<Answer> {
        Several(&self.wanted).each_access(desk, self.changing, verb, |tx, before| {
            let after = act(tx, before, &self.granting(tx, before)?)?;
            self.telling.tell(tx, Some(&before.grant), &after)?;
            Ok(differences("", &before.grant, &after.grant))
        })
    }

    fn of_one(
        &self,
        desk: &Desk,
        user: &Ref<Email>,
        act: impl Fn(&WriteTx, &Reached<Access>, &Granting) -> Result<Reached<Access>>,
    ) -> Result<Answer> {
        let done = desk.write(self.changing, |tx| {
            let user = find(tx, user)?;
            let before = the_access(tx, &user, self.customer.as_ref())?;
            let after = act(tx, &before, &self.granting(tx, &before)?)?;
            let told = self.telling.tell(tx, Some(&before.grant), &after)?;
            let sentence = format!(
                "access of {} to customer {}: {} (before: {}){told}",
                user.email,
                after.customer_no,
                after.grant.sentence(),
                before.grant.sentence()
            );
            let mut facts = record(&row(&user, Some(&after), tx.now()))?;
            facts.insert("before".into(), json!(before.grant));
            let action = Action::updated(before.grant != after.grant);
            warn_of_dead_end(tx, Done::new(action, &user.email, sentence, &facts, self.changing)?, &after)
        })?;
        Ok(done.into())
    }
}
