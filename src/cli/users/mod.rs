//! Commands: customer accounts, from the first invitation to the last sign-out.

mod create;
mod grant;
mod invite;
mod look;
mod many;
mod standing;

use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use serde::Serialize;

use super::answer::{Answer, Column, Done, kept, shown};
use super::desk::Desk;
use super::named;
use crate::access::Permission;
use crate::clock::Moment;
use crate::customers;
use crate::db::{Reached, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::facilities;
use crate::ids::UserId;
use crate::templates;
use crate::text::{Email, Line, Number, Ref};
use crate::users::{self, Access, Day, Grant, Granting, InvitationMail, User, UserState};

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Permissions: order.view order.create comment.write document.view document.upload object.view reading.view reading.add
selfcheck.view selfcheck.fill facility.view company.view company.edit colleague.view
A new access permits nothing and reaches nothing. The person chooses the password behind the mailed link.")]
pub(super) enum Command {
    /// Make a user for a person at a customer, and invite them by mail
    #[command(visible_alias = "add")]
    Create(create::Create),
    /// List the users, one line for each customer they have access to
    #[command(visible_alias = "ls")]
    List(look::ListUsers),
    /// Show one user with accesses and sessions
    Show(look::Show),
    /// Change a user's address or language
    Set(standing::Set),
    /// Give permissions and scope
    Grant(grant::Grants),
    /// Take away permissions and scope
    Revoke(grant::Revokes),
    /// Invite again, or everybody who was not invited or whose invitation ran out
    Invite(invite::Invite),
    /// Re-establish passwords: mail a link; the old password works until a new one is chosen
    Reset(invite::Reset),
    /// Forget failed sign-ins, so that the person need not wait
    Unlock(standing::Switch),
    /// Let users in no longer: sessions and links end at once
    Disable(standing::Turn),
    /// Let users in again
    Enable(standing::Turn),
    /// End every session of users
    SignOut(standing::Turn),
    /// Delete a user; the contact stays, and everything the person wrote
    #[command(visible_alias = "rm")]
    Delete(standing::Delete),
    /// Explain why a user may do something or not
    Why(look::Explain),
}

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Create(command) => command.run(desk),
            Self::List(command) => command.run(desk),
            Self::Show(command) => command.run(desk),
            Self::Set(command) => command.run(desk),
            Self::Grant(command) => command.run(desk),
            Self::Revoke(command) => command.run(desk),
            Self::Invite(command) => command.run(desk),
            Self::Reset(command) => command.run(desk),
            Self::Unlock(command) => standing::unlock(command, desk),
            Self::Disable(command) => standing::disable(command, desk),
            Self::Enable(command) => standing::enable(command, desk),
            Self::SignOut(command) => standing::sign_out(command, desk),
            Self::Delete(command) => command.run(desk),
            Self::Why(command) => command.run(desk),
        }
    }
}

/// `--password` is there to be refused: a secret on a command line is read by others.
#[derive(Args, Debug)]
struct NoPassword {
    #[arg(long, hide = true, num_args = 0..=1, value_name = "NEVER")]
    password: Option<Option<String>>,
}

impl NoPassword {
    fn check(&self) -> Result<()> {
        match self.password {
            None => Ok(()),
            Some(_) => Err(super::usage("a password is never given on the command line, where others can read it")
                .at("password")
                .tip("leave --password out: the person chooses one behind the mailed link (or a printed one: --link)")),
        }
    }
}

/// Whether the person is told of another access.
#[derive(Args, Debug)]
struct Telling {
    /// Do not tell the person by mail what they may see and do now
    #[arg(long)]
    no_notice: bool,
}

impl Telling {
    /// Queues the mail, unless it is not wanted, and says so.
    fn tell(&self, tx: &WriteTx, before: Option<&Grant>, access: &Reached<Access>) -> Result<&'static str> {
        let told = !self.no_notice && users::tell_of_access(tx, before, access)?;
        Ok(if told { "; told by mail" } else { "" })
    }
}

/// Which facilities, and what belongs to none.
#[derive(Args, Debug)]
struct Scope {
    /// A facility in scope: its number; may be given more than once
    #[arg(long = "facility", value_name = "FACILITY")]
    facilities: Vec<Ref<Number>>,
    /// All facilities of the customer, also those added later
    #[arg(long)]
    all_facilities: bool,
    /// What belongs to no facility
    #[arg(long)]
    unattached: bool,
    /// The last day on which the access holds, such as 2026-12-31
    #[arg(long, value_name = "DATE")]
    until: Option<Day>,
    /// The permissions of this template
    #[arg(long)]
    template: Option<Line>,
}

impl Scope {
    /// What the flags name, with permissions that were named besides.
    fn granting(&self, tx: &Tx, access: &Access, permissions: &[Permission]) -> Result<Granting> {
        let mut permissions = permissions.to_vec();
        if let Some(name) = &self.template {
            permissions.extend(&templates::find_by_name(tx, name)?.card.permissions);
        }
        let mut facilities = Vec::new();
        if !self.facilities.is_empty() {
            let customer = customers::find(tx, access.customer_id)?;
            for facility in &self.facilities {
                facilities.push(named::facility(tx, facility, Some(&customer))?);
            }
        }
        Ok(Granting {
            permissions,
            facilities,
            all_facilities: self.all_facilities,
            unattached: self.unattached,
            until: self.until,
        })
    }
}

const COLUMNS: &[Column] = &[
    shown("email", "EMAIL"),
    shown("customer_no", "CUSTOMER"),
    shown("name", "NAME"),
    shown("state", "STATE"),
    shown("mail", "MAIL"),
    shown("signed_in_at", "LAST SIGN-IN"),
    shown("permission_count", "PERMISSIONS"),
    shown("scope", "SCOPE"),
    kept("permissions"),
    kept("facilities"),
    kept("all_facilities"),
    kept("unattached"),
    shown("until", "UNTIL"),
    kept("ended"),
    kept("customer"),
    kept("lang"),
    kept("invited_until"),
    kept("created_at"),
];

/// A user with one access, as lists and changes show it.
#[derive(Serialize)]
struct Row<'a> {
    email: &'a Email,
    customer_no: Option<&'a Number>,
    name: &'a Line,
    state: UserState,
    mail: InvitationMail,
    signed_in_at: Option<Moment>,
    permission_count: usize,
    scope: String,
    #[serde(flatten)]
    grant: Grant,
    /// Whether its last day is over.
    ended: bool,
    customer: Option<&'a Line>,
    lang: Option<crate::text::Lang>,
    invited_until: Option<Moment>,
    created_at: Moment,
}

fn row<'a>(user: &'a User, access: Option<&'a Access>, now: Moment) -> Row<'a> {
    let grant = access.map(|access| access.grant.clone()).unwrap_or_default();
    Row {
        email: &user.email,
        customer_no: access.map(|access| &access.customer_no),
        name: access.map_or(&user.name, |access| &access.name),
        state: user.state,
        mail: user.mail,
        signed_in_at: user.signed_in_at,
        permission_count: grant.permissions.len(),
        scope: grant.scope(),
        grant,
        ended: access.is_some_and(|access| access.has_ended(now)),
        customer: access.map(|access| &access.customer),
        lang: user.lang,
        invited_until: user.invited_until,
        created_at: user.created_at,
    }
}

/// The user that a command names.
pub(super) fn find(tx: &Tx, user: &Ref<Email>) -> Result<Reached<User>> {
    match user {
        Ref::Id(id) => users::find(tx, UserId(*id)),
        Ref::Name(email) => users::named(tx, email),
    }
}

/// The access that a command means: the one to the customer named, or the only one.
pub(super) fn the_access(tx: &Tx, user: &Reached<User>, customer: Option<&Ref<Number>>) -> Result<Reached<Access>> {
    if let Some(customer) = customer {
        let customer = super::customers::find(tx, customer)?;
        return users::access_at(tx, user, &customer)?.ok_or_else(|| {
            Error::not_found("access", format!("{} at customer {}", user.email, customer.number))
                .tip(format!("give it with: frontdesk user create {} --customer {}", user.email, customer.number))
        });
    }
    let mut all = users::accesses(tx, user)?;
    match (all.pop(), all.len()) {
        (Some(only), 0) => Ok(only),
        (None, _) => Err(Error::conflict(format!("user '{}' has no access to any customer", user.email))
            .tip(format!("give one with: frontdesk user create {} --customer NUMBER", user.email))),
        (Some(last), _) => {
            let all = all.iter().chain(std::iter::once(&last));
            let candidates: Vec<_> = all.map(|one| format!("{} ({})", one.customer_no, one.customer)).collect();
            Err(Error::conflict(format!(
                "user '{}' has access to {} customers and none was named",
                user.email,
                candidates.len()
            ))
            .tip(format!("name one with --customer: {}", candidates.join(", "))))
        }
    }
}

/// Says it when somebody can sign in and sees nothing, with the command that changes it.
fn warn_of_dead_end(tx: &Tx, done: Done, access: &Access) -> Result<Done> {
    let (permits, reaches) = (!access.grant.permissions.is_empty(), access.grant.reaches_something());
    let (lack, mut flags) = match (permits, reaches) {
        (true, true) => return Ok(done),
        (false, false) => ("no permissions and no scope", " --template standard".to_owned()),
        (false, true) => ("no permissions", " --template standard".to_owned()),
        (true, false) => ("no scope", String::new()),
    };
    if !reaches {
        let places = facilities::list(tx, &customers::find(tx, access.customer_id)?)?;
        match places.as_slice() {
            [] => flags.push_str(" --unattached"),
            [only] => flags.push_str(&format!(" --facility {}", only.number)),
            _ => flags.push_str(" --all-facilities"),
        }
    }
    let email = &access.email;
    let several = users::accesses(tx, &users::find(tx, access.user_id)?)?.len() > 1;
    let (place, mut command) =
        (format!(" at customer {}", access.customer_no), format!("frontdesk user grant {email}"));
    if several {
        command.push_str(&format!(" --customer {}", access.customer_no));
    }
    let place = if several { place.as_str() } else { "" };
    let warning = format!("{email} has {lack} yet{place}: can sign in but sees nothing");
    Ok(done.warn(warning, Some(format!("{command}{flags}"))))
}

/// A moment as tables show it: in the operator's zone, or in UTC if asked for.
fn when(desk: &Desk, moment: Moment) -> String {
    let zone = if desk.globals.utc { TimeZone::UTC } else { TimeZone::try_system().unwrap_or(TimeZone::UTC) };
    moment.within(&zone).strftime("%Y-%m-%d %H:%M").to_string()
}
