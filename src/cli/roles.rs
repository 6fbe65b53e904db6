//! Commands: the roles of contacts, each a line of the matrix.

mod matrix;
mod sheet;

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::adding;
use super::answer::{Action, Answer, Card, Column, Done, List, record, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use crate::db::{Reached, Tx};
use crate::error::Result;
use crate::roles::{self, Role, RoleCard, Tick};
use crate::text::Line;

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Events: order.created, order.status (every change of status), order.waiting, order.done, order.planned, comment,
document, selfcheck, reading.due.
A contact is told of a change of status if one of their roles ticks order.status, or that very status, or the event of
its stage: order.waiting, order.done, order.planned.")]
pub(super) enum Command {
    /// Add a role
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the roles
    #[command(visible_alias = "ls")]
    List(ListRoles),
    /// Show one role
    Show(Show),
    /// Change a role, for all who carry it
    Set(Set),
    /// Delete a role that no contact carries
    #[command(visible_alias = "rm")]
    Delete(Delete),
    /// Print which role ticks what, or take it from a file that was changed by hand
    Matrix(matrix::Matrix),
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// Its name
    name: Line,
    /// An event or a status it ticks; may be given more than once
    #[arg(long = "tick", value_name = "EVENT|STATUS")]
    ticked: Vec<Line>,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListRoles {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    /// Which role, by its name
    name: Line,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    /// Which role, by its name
    name: Line,
    /// Its new name
    #[arg(long = "name", value_name = "NEW")]
    new: Option<Line>,
    /// An event or a status to tick; may be given more than once
    #[arg(long = "tick", value_name = "EVENT|STATUS")]
    ticked: Vec<Line>,
    /// An event or a status to tick no longer; may be given more than once
    #[arg(long = "untick", value_name = "EVENT|STATUS")]
    unticked: Vec<Line>,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    /// Which role, by its name
    name: Line,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] =
    &[shown("name", "ROLE"), shown("events", "EVENTS"), shown("statuses", "STATUSES"), shown("contacts", "CONTACTS")];

impl Command {
    /// Whether it is the one that prints what it could also take from a file.
    pub(super) fn only_prints(&self) -> bool {
        matches!(self, Self::Matrix(command) if command.only_prints())
    }

    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(command, desk),
            Self::List(ListRoles { listing }) => {
                let rows =
                    desk.read(|tx| roles::list(tx)?.iter().map(|role| facts(tx, role)).collect::<Result<Vec<_>>>())?;
                List::answer("roles", COLUMNS, &listing, rows)
            }
            Self::Show(Show { name }) => {
                let facts = desk.read(|tx| facts(tx, &roles::find_by_name(tx, &name)?))?;
                Ok(Card::new(&facts)?.into())
            }
            Self::Set(command) => set(command, desk),
            Self::Delete(Delete { name, removing }) => adding::delete(
                desk,
                removing,
                &name,
                |tx| roles::find_by_name(tx, &name),
                |role| desk.confirm(&format!("Delete the role {}?", role.card.name)),
                roles::delete,
            ),
            Self::Matrix(command) => command.run(desk),
        }
    }
}

fn add(Add { name, ticked, adding }: Add, desk: &Desk) -> Result<Answer> {
    let (action, role, facts) = desk.write(adding.changing, |tx| {
        let lines = roles::lines(tx)?;
        let fresh = |name: &Line| -> Result<RoleCard> {
            let mut card = RoleCard::new(name.clone(), [], []);
            for tick in &ticked {
                card = card.with(roles::line(&lines, tick.as_str(), None)?, true);
            }
            Ok(card)
        };
        let (action, role) = adding.place(
            "role",
            || roles::find_by_name(tx, &name),
            || roles::add(tx, &fresh(&name)?),
            |role| {
                let kept = role.card.clone();
                let card = if ticked.is_empty() { kept } else { fresh(&kept.name)? };
                roles::set(tx, role, &card)
            },
        )?;
        let facts = facts(tx, &role)?;
        Ok((action, role.into_inner(), facts))
    })?;
    done(action, &role, &facts, adding.changing)
}

fn set(Set { name, new, ticked, unticked, changing }: Set, desk: &Desk) -> Result<Answer> {
    let (changed, role, facts) = desk.write(changing, |tx| {
        let role = roles::find_by_name(tx, &name)?;
        let lines = roles::lines(tx)?;
        let mut card = role.card.clone();
        for (names, tick) in [(&ticked, true), (&unticked, false)] {
            for name in names {
                card = card.with(roles::line(&lines, name.as_str(), None)?, tick);
            }
        }
        card.name = new.clone().unwrap_or(card.name);
        let changed = roles::set(tx, &role, &card)?;
        let role = roles::find_by_name(tx, &card.name)?;
        let facts = facts(tx, &role)?;
        Ok((changed, role.into_inner(), facts))
    })?;
    done(Action::updated(changed), &role, &facts, changing)
}

/// A role with how many carry it.
fn facts(tx: &Tx, role: &Reached<Role>) -> Result<Map<String, Value>> {
    let mut facts = record(&**role)?;
    facts.insert("contacts".into(), json!(roles::contacts_with(tx, role)?));
    Ok(facts)
}

fn done(action: Action, role: &Role, facts: &Map<String, Value>, changing: Changing) -> Result<Answer> {
    let RoleCard { name, events, statuses } = &role.card;
    let mut words: Vec<_> = events.iter().map(|event| event.word()).collect();
    words.extend(statuses.iter().map(Line::as_str));
    let ticks = if words.is_empty() { "ticks nothing".into() } else { words.join(", ") };
    let done = Done::new(action, name, format!("role {name} ({ticks})"), facts, changing)?;
    Ok(if words.is_empty() {
        let warning = format!("the role '{name}' ticks nothing: who carries it is told of nothing");
        done.warn(warning, Some(format!("frontdesk role set '{name}' --tick order.done")))
    } else {
        done
    }
    .into())
}

/// The lines of the matrix in which two cards differ: those ticked now, and those no longer.
fn differences<'l>(lines: &'l [Tick], before: &RoleCard, after: &RoleCard) -> (Vec<&'l str>, Vec<&'l str>) {
    let names = |one: &RoleCard, other: &RoleCard| {
        let only = |line: &&Tick| one.ticks(line) && !other.ticks(line);
        lines.iter().filter(only).map(Tick::name).collect()
    };
    (names(after, before), names(before, after))
}
