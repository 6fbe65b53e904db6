//! `user create`: a login for a person at a customer, and the contact too if there is none.

use clap::Args;

use super::super::answer::{Action, Answer, Done, record};
use super::super::desk::Desk;
use super::super::flags::{Adding, Format, IfExists};
use super::invite::{self, Handed};
use super::{NoPassword, Scope, Telling, row, warn_of_dead_end};
use crate::access::Permission;
use crate::db::{Reached, WriteTx};
use crate::error::Result;
use crate::text::{Email, Lang, Line, Number, Ref};
use crate::users::{self, Access, Handing, NewUser, User, UserState};

#[derive(Args, Debug)]
pub(in crate::cli) struct Create {
    /// The address they will sign in with
    email: Email,
    /// Where they belong: the customer's number, or id:123
    #[arg(long)]
    customer: Ref<Number>,
    /// The person's name, where the customer has no contact with this address yet
    #[arg(long)]
    name: Option<Line>,
    /// A permission to give; may be given more than once
    #[arg(long = "grant", value_name = "PERMISSION")]
    permissions: Vec<Permission>,
    #[command(flatten)]
    scope: Scope,
    /// Their language: en, sv or es
    #[arg(long)]
    lang: Option<Lang>,
    /// Print the link instead of mailing it; that is audited
    #[arg(long, conflicts_with = "no_invite")]
    link: bool,
    /// Send no invitation yet
    #[arg(long)]
    no_invite: bool,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    password: NoPassword,
    #[command(flatten)]
    adding: Adding,
}

/// What became of it inside the transaction.
struct Made {
    action: Action,
    user: User,
    access: Access,
    was_user: bool,
    handed: Option<Handed>,
    /// That the person is told of another access, in words.
    told: &'static str,
    done: Done,
}

impl Create {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        self.password.check()?;
        let made = desk.write(self.adding.changing, |tx| self.make(tx, desk))?;
        let mut sentence = if made.was_user {
            format!(
                "access of user {} to customer {} (contact {}); the address was a user already",
                made.user.email, made.access.customer_no, made.access.name
            )
        } else {
            format!("user {} (contact {}, customer {})", made.user.email, made.access.name, made.access.customer_no)
        };
        if let Some(handed) = &made.handed {
            sentence.push_str(&format!("; {}", handed.sentence(desk)));
        }
        sentence.push_str(made.told);
        let mut done = Done { sentence, ..made.done };
        if let Some(link) = made.handed.and_then(|handed| handed.link) {
            give_link(&mut done, link, desk);
        }
        Ok(Done { action: made.action, ..done }.into())
    }

    fn make(&self, tx: &WriteTx, desk: &Desk) -> Result<Made> {
        let customer = super::super::customers::find(tx, &self.customer)?;
        let known = match users::lookup(tx, &self.email)? {
            Some(user) => users::access_at(tx, &user, &customer)?.map(|access| (user, access)),
            None => None,
        };
        let mut before = None;
        let (action, user, access, was_user) = match (known, self.adding.if_exists()) {
            (Some((user, access)), IfExists::Skip) => {
                before = Some(access.grant.clone());
                (Action::Unchanged, user, access, false)
            }
            (Some((user, access)), IfExists::Update) => {
                before = Some(access.grant.clone());
                let (changed, user, access) = self.update(tx, &user, &access)?;
                (Action::updated(changed), user, access, false)
            }
            // An access that is there already is refused by the making itself.
            (_, _) => {
                let new = NewUser { email: self.email.clone(), name: self.name.clone(), lang: self.lang };
                let made = users::create(tx, &customer, &new)?;
                let what = self.scope.granting(tx, &made.access, &self.permissions)?;
                let access = users::grant(tx, &made.access, &what, false)?;
                (Action::Created, made.user, access, made.was_user)
            }
        };
        let told = self.telling.tell(tx, before.as_ref(), &access)?;
        let wanted = action == Action::Created && !self.no_invite;
        let waits = matches!(user.state, UserState::New | UserState::Expired);
        let handing = if self.link { Handing::Print } else { Handing::Mail };
        let handed = match wanted && (waits || (self.link && user.state == UserState::Invited)) {
            true => Some(invite::hand(tx, desk, &user, handing)?),
            false => None,
        };
        let (user, access) = (users::find(tx, user.id)?.into_inner(), access.into_inner());
        let done =
            Done::new(action, &user.email, "", &record(&row(&user, Some(&access), tx.now()))?, self.adding.changing)?;
        let done = warn_of_dead_end(tx, done, &access)?;
        Ok(Made { action, user, access, was_user, handed, told, done })
    }

    /// Gives a user who is there already what was named here.
    fn update(
        &self,
        tx: &WriteTx,
        user: &Reached<User>,
        access: &Reached<Access>,
    ) -> Result<(bool, Reached<User>, Reached<Access>)> {
        let mut changed = match self.lang {
            Some(lang) => users::set_lang(tx, user, lang)?,
            None => false,
        };
        let what = self.scope.granting(tx, access, &self.permissions)?;
        let after = users::grant(tx, access, &what, false)?;
        changed |= after.grant != access.grant;
        Ok((changed, users::find(tx, user.id)?, after))
    }
}

/// A link is the answer where text is wanted, and a field where JSON or CSV is. That of a dry run is not given away: what it
/// stands for is taken back, and somebody would be sent to a closed door.
pub(super) fn give_link(done: &mut Done, link: String, desk: &Desk) {
    if done.changing.dry_run {
        return;
    }
    match desk.format() {
        Format::Json | Format::Jsonl | Format::Csv => drop(done.record.insert("link".into(), link.into())),
        Format::Table | Format::Id => done.data = Some(link),
    }
}
