//! Commands: the people at the service company.

use clap::{Args, Subcommand};
use serde_json::json;

use super::adding;
use super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use crate::access::Right;
use crate::db::{Reached, Tx};
use crate::error::{Error, Result};
use crate::staff::{self, Staff, StaffCard, StaffKind, Uid};
use crate::text::{Email, Line, Login, Ref};

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Rights: admin (all of the following), customers, accounts (customer users and their permissions), orders, imports,
mail, audit. Only administrators change staff.
Whoever works at the machine by themselves is bound to their operating-system user (staff bind) and then gives commands
under it, through the socket of `frontdesk serve`. A program that runs by itself gets a user and a member of staff of
its own, a service, with only the rights that it needs:
  frontdesk staff add nightly --service --name 'Nightly import' --grant imports --uid 990
The owner of the data directory is always an administrator. As soon as somebody of the staff is one as well, the last
of them can be neither deleted nor disabled nor lose the right.")]
pub(super) enum Command {
    /// Add a person
    #[command(visible_alias = "create")]
    Add(Add),
    /// List everybody
    #[command(visible_alias = "ls")]
    List(ListStaff),
    /// Show one person
    Show(One),
    /// Change a person's name or address
    Set(Set),
    /// Let a person in no longer, at once
    Disable(Switch),
    /// Let a person in again
    Enable(Switch),
    /// Delete a person who is assigned to no order
    #[command(visible_alias = "rm")]
    Delete(Delete),
    /// Give a person rights
    Grant(Rights),
    /// Take rights away from a person
    Revoke(Rights),
    /// Say which operating-system user a person is
    Bind(Bind),
}

/// What can be said about a person.
#[derive(Args, Debug)]
struct Facts {
    /// Their name, as customers read it
    #[arg(long)]
    name: Option<Line>,
    /// Where mail for them goes
    #[arg(long)]
    email: Option<Email>,
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// The name they are known by in commands, such as rita
    login: Login,
    #[command(flatten)]
    facts: Facts,
    /// A right they have: admin, customers, accounts, orders, imports, mail or audit; may be given more than once
    #[arg(long = "grant", value_name = "RIGHT")]
    rights: Vec<Right>,
    /// The number of the operating-system user they are
    #[arg(long)]
    uid: Option<Uid>,
    /// It is no person but a program that runs by itself, such as a line of cron: no order and no mail reaches it
    #[arg(long, conflicts_with = "email")]
    service: bool,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListStaff {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct One {
    /// Who: their login, or id:123
    login: Ref<Login>,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    /// Who: their login, or id:123
    login: Ref<Login>,
    #[command(flatten)]
    facts: Facts,
    /// Forget their address
    #[arg(long, conflicts_with = "email")]
    no_email: bool,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Switch {
    /// Who: their login, or id:123
    login: Ref<Login>,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    /// Who: their login, or id:123
    login: Ref<Login>,
    #[command(flatten)]
    removing: Removing,
}

#[derive(Args, Debug)]
pub(super) struct Rights {
    /// Who: their login, or id:123
    login: Ref<Login>,
    /// Which: admin, customers, accounts, orders, imports, mail or audit
    #[arg(value_name = "RIGHT", required = true)]
    rights: Vec<Right>,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
#[command(after_help = "\
A member of staff who is bound gives commands under their own operating-system user: the program hands them to
`frontdesk serve` at its socket, the kernel says whose they are, and no flag, variable or file can say otherwise. It is
the same over ssh. One user is one member of staff of a group; a service gets a user of its own:
  frontdesk staff bind rita --uid $(id -u rita)
  sudo -u rita frontdesk user list")]
pub(super) struct Bind {
    /// Who: their login, or id:123
    login: Ref<Login>,
    /// The number of the operating-system user, as `id -u` prints it
    #[arg(long, required_unless_present = "none")]
    uid: Option<Uid>,
    /// End the bond there is
    #[arg(long, conflicts_with = "uid")]
    none: bool,
    #[command(flatten)]
    changing: Changing,
}

const COLUMNS: &[Column] = &[
    shown("login", "LOGIN"),
    shown("name", "NAME"),
    shown("email", "EMAIL"),
    shown("uid", "UID"),
    shown("rights", "RIGHTS"),
    shown("status", "STATUS"),
    kept("created_at"),
    shown("kind", "KIND"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(command, desk),
            Self::List(ListStaff { listing }) => {
                let all = desk.read(staff::list)?;
                List::answer("staff", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Show(One { login }) => show(&login, desk),
            Self::Set(command) => set(command, desk),
            Self::Disable(Switch { login, changing }) => disable(&login, changing, desk),
            Self::Enable(Switch { login, changing }) => {
                let (action, staff) = adding::change(desk, changing, |tx| find(tx, &login), staff::enable)?;
                done(action, &staff, changing)
            }
            Self::Delete(Delete { login, removing }) => adding::delete(
                desk,
                removing,
                &login,
                |tx| find(tx, &login),
                |staff| desk.confirm(&format!("Delete {} ({}) from the staff?", staff.login, staff.card.name)),
                staff::delete,
            ),
            Self::Grant(command) => rights(command, desk, true),
            Self::Revoke(command) => rights(command, desk, false),
            Self::Bind(Bind { login, uid, none: _, changing }) => {
                let (action, staff) = adding::change(
                    desk,
                    changing,
                    |tx| find(tx, &login),
                    |tx, staff| match uid {
                        Some(uid) => staff::bind(tx, staff, uid),
                        None => staff::unbind(tx, staff),
                    },
                )?;
                done(action, &staff, changing)
            }
        }
    }
}

fn add(Add { login, facts, rights, uid, service, adding }: Add, desk: &Desk) -> Result<Answer> {
    let kind = if service { StaffKind::Service } else { StaffKind::Person };
    let (action, staff) = desk.write(adding.changing, |tx| {
        let (action, staff) = adding.place(
            "staff",
            || staff::find(tx, &login),
            || {
                let name = facts.name.clone().ok_or_else(|| {
                    super::usage(format!("a new person needs a name: '{login}' has none")).tip("add --name \"Rita Ek\"")
                })?;
                staff::add(tx, &login, kind, &StaffCard { name, email: facts.email.clone() }, uid, &rights)
            },
            |staff| {
                if service && staff.kind != kind {
                    return Err(Error::conflict(format!("{login} is a person and not a service")).at("service"));
                }
                let mut changed = staff::set(tx, staff, &facts.over(&staff.card))? | staff::grant(tx, staff, &rights)?;
                if let Some(uid) = uid {
                    changed |= staff::bind(tx, staff, uid)?;
                }
                Ok(changed)
            },
        )?;
        Ok((action, staff.into_inner()))
    })?;
    done(action, &staff, adding.changing)
}

/// The person that a command names.
pub(super) fn find(tx: &Tx, login: &Ref<Login>) -> Result<Reached<Staff>> {
    match login {
        Ref::Name(login) => staff::find(tx, login),
        Ref::Id(id) => staff::list(tx)?
            .into_iter()
            .find(|staff| staff.id.0 == *id)
            .ok_or_else(|| Error::not_found("staff", login).tip("see them all with: frontdesk staff list")),
    }
}

fn show(login: &Ref<Login>, desk: &Desk) -> Result<Answer> {
    let (staff, orders) = desk.read(|tx| {
        let staff = find(tx, login)?;
        let orders = staff::assigned_orders(tx, &staff)?;
        Ok((staff, orders))
    })?;
    let mut facts = record(&*staff)?;
    facts.insert("orders".into(), json!(orders));
    Ok(Card::new(&facts)?.into())
}

fn set(Set { login, facts, no_email, changing }: Set, desk: &Desk) -> Result<Answer> {
    let (action, staff) = adding::change(
        desk,
        changing,
        |tx| find(tx, &login),
        |tx, staff| {
            let mut card = facts.over(&staff.card);
            if no_email {
                card.email = None;
            }
            staff::set(tx, staff, &card)
        },
    )?;
    done(action, &staff, changing)
}

fn disable(login: &Ref<Login>, changing: Changing, desk: &Desk) -> Result<Answer> {
    let disable = |changing| adding::change(desk, changing, |tx| find(tx, login), staff::disable);
    let (action, staff) = disable(Changing { dry_run: true, ..changing })?;
    if action != Action::Unchanged && !changing.dry_run {
        desk.confirm(&format!("Disable {} ({})?", staff.login, staff.card.name))?;
    }
    let (action, staff) = disable(changing)?;
    done(action, &staff, changing)
}

fn rights(Rights { login, rights, changing }: Rights, desk: &Desk, given: bool) -> Result<Answer> {
    let before = std::cell::RefCell::new(Vec::new());
    let (action, staff) = adding::change(
        desk,
        changing,
        |tx| find(tx, &login),
        |tx, staff| {
            before.replace(staff.rights.clone());
            if given { staff::grant(tx, staff, &rights) } else { staff::revoke(tx, staff, &rights) }
        },
    )?;
    let before = before.into_inner();
    let about = format!("rights of {}: {} (before: {})", staff.login, words(&staff.rights), words(&before));
    let mut facts = record(&staff)?;
    facts.insert("rights_before".into(), json!(before));
    Ok(Done::new(action, &staff.login, about, &facts, changing)?.into())
}

fn done(action: Action, staff: &Staff, changing: Changing) -> Result<Answer> {
    let uid = staff.uid.map(|uid| format!(", uid {uid}")).unwrap_or_default();
    let kind = if staff.kind == StaffKind::Service { "service, " } else { "" };
    let (name, status) = (&staff.card.name, staff.status);
    let about = format!("staff {} ({kind}{name}, {status}, rights: {}{uid})", staff.login, words(&staff.rights));
    Ok(Done::new(action, &staff.login, about, staff, changing)?.into())
}

fn words(rights: &[Right]) -> String {
    if rights.is_empty() {
        return "none".into();
    }
    rights.iter().map(|right| right.word()).collect::<Vec<_>>().join(" ")
}

impl Facts {
    /// A card with what was named here, and the rest as it was.
    fn over(&self, card: &StaffCard) -> StaffCard {
        StaffCard {
            name: self.name.clone().unwrap_or_else(|| card.name.clone()),
            email: self.email.clone().or_else(|| card.email.clone()),
        }
    }
}
