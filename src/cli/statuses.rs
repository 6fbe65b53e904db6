//! Commands: the statuses that a company gives its orders.

use clap::{Args, Subcommand};
use serde_json::json;

use super::adding;
use super::answer::{Action, Answer, Column, Done, List, record, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use crate::db::Reached;
use crate::error::Result;
use crate::stage::Stage;
use crate::statuses::{self, Status, StatusDraft};
use crate::text::Line;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a status to the group's list
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the statuses in their order
    #[command(visible_alias = "ls")]
    List(ListStatuses),
    /// Change a status; its orders follow it to another stage
    Set(Set),
    /// Delete a status that no order has
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

/// What can be said about a status.
#[derive(Args, Debug)]
struct Facts {
    /// What it means to customers: received, planned, in_progress, waiting, done or cancelled
    #[arg(long)]
    stage: Option<Stage>,
    /// Its place in the list, from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    position: Option<u32>,
    /// Let new orders begin here; its stage is received
    #[arg(long)]
    default: bool,
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// Its name, as staff and customers read it
    name: Line,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListStatuses {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    /// Which status, by its name
    name: Line,
    /// Its new name
    #[arg(long = "name", value_name = "NEW")]
    new: Option<Line>,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    /// Which status, by its name
    name: Line,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] =
    &[shown("name", "STATUS"), shown("stage", "STAGE"), shown("position", "POSITION"), shown("default", "DEFAULT")];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(command, desk),
            Self::List(ListStatuses { listing }) => {
                let all = desk.read(statuses::list)?;
                List::answer("statuses", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Set(command) => set(command, desk),
            Self::Delete(Delete { name, removing }) => adding::delete(
                desk,
                removing,
                &name,
                |tx| statuses::find_by_name(tx, &name),
                |status| desk.confirm(&format!("Delete the status {}?", status.name)),
                statuses::delete,
            ),
        }
    }
}

fn add(Add { name, facts, adding }: Add, desk: &Desk) -> Result<Answer> {
    let (action, status, orders) = desk.write(adding.changing, |tx| {
        let (action, status) = adding.place(
            "group status",
            || statuses::find_by_name(tx, &name),
            || statuses::add(tx, &facts.fresh(&name)?),
            |status| statuses::set(tx, status, &facts.over(status)),
        )?;
        let orders = statuses::orders_in(tx, &status)?;
        Ok((action, status.into_inner(), orders))
    })?;
    done(action, &status, orders, adding.changing)
}

fn set(Set { name, new, facts, changing }: Set, desk: &Desk) -> Result<Answer> {
    let (changed, status, orders) = desk.write(changing, |tx| {
        let status = statuses::find_by_name(tx, &name)?;
        let draft = StatusDraft { name: new.clone().unwrap_or_else(|| status.name.clone()), ..facts.over(&status) };
        let changed = statuses::set(tx, &status, &draft)?;
        let status = statuses::find_by_name(tx, &draft.name)?;
        let orders = statuses::orders_in(tx, &status)?;
        Ok((changed, status.into_inner(), orders))
    })?;
    done(Action::updated(changed), &status, orders, changing)
}

fn done(action: Action, status: &Status, orders: i64, changing: Changing) -> Result<Answer> {
    let default = if status.is_default { ", default" } else { "" };
    let count = match orders {
        0 => String::new(),
        1 => ", 1 order".into(),
        many => format!(", {many} orders"),
    };
    let about = format!("status {} ({}, position {}{default}{count})", status.name, status.stage, status.position);
    let mut facts = record(status)?;
    facts.insert("orders".into(), json!(orders));
    Ok(Done::new(action, &status.name, about, &facts, changing)?.into())
}

impl Facts {
    fn fresh(&self, name: &Line) -> Result<StatusDraft> {
        let stage = match (self.stage, self.default) {
            (Some(stage), _) => stage,
            (None, true) => Stage::Received,
            (None, false) => {
                let words = Stage::ALL.iter().map(|stage| stage.word()).collect::<Vec<_>>().join(" ");
                return Err(super::usage(format!("a new status needs a stage: '{name}' has none"))
                    .tip(format!("add --stage with one of: {words}")));
            }
        };
        Ok(StatusDraft { name: name.clone(), stage, position: self.position, is_default: self.default })
    }

    /// A draft with what was named here, and the rest as it was.
    fn over(&self, status: &Status) -> StatusDraft {
        let was = status.draft();
        StatusDraft {
            name: was.name,
            stage: self.stage.unwrap_or(was.stage),
            position: self.position.or(was.position),
            is_default: self.default || was.is_default,
        }
    }
}
