//! Commands: the priorities that a company gives its orders.

use clap::{Args, Subcommand};

use super::adding;
use super::answer::{Action, Answer, Column, Done, List, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use crate::db::Reached;
use crate::error::Result;
use crate::priorities::{self, Priority, PriorityDraft};
use crate::text::Line;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a priority to the group's list
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the priorities in their order
    #[command(visible_alias = "ls")]
    List(ListPriorities),
    /// Change a priority
    Set(Set),
    /// Delete a priority that no order has
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

/// What can be said about a priority.
#[derive(Args, Debug)]
struct Facts {
    /// After how many hours an order is overdue
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=87_600))]
    hours: Option<u32>,
    /// Orders of this priority are never overdue
    #[arg(long, conflicts_with = "hours")]
    no_hours: bool,
    /// Tell customers to call as well
    #[arg(long)]
    emergency: bool,
    /// Do not tell customers to call
    #[arg(long, conflicts_with = "emergency")]
    no_emergency: bool,
    /// Its place in the list, from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    position: Option<u32>,
    /// Give it to orders for which nobody chose
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
pub(super) struct ListPriorities {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    /// Which priority, by its name
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
    /// Which priority, by its name
    name: Line,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] = &[
    shown("name", "PRIORITY"),
    shown("hours", "HOURS"),
    shown("emergency", "EMERGENCY"),
    shown("position", "POSITION"),
    shown("default", "DEFAULT"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(command, desk),
            Self::List(ListPriorities { listing }) => {
                let all = desk.read(priorities::list)?;
                List::answer("priorities", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Set(command) => set(command, desk),
            Self::Delete(Delete { name, removing }) => adding::delete(
                desk,
                removing,
                &name,
                |tx| priorities::find_by_name(tx, &name),
                |priority| desk.confirm(&format!("Delete the priority {}?", priority.name)),
                priorities::delete,
            ),
        }
    }
}

fn add(Add { name, facts, adding }: Add, desk: &Desk) -> Result<Answer> {
    let fresh = PriorityDraft {
        name: name.clone(),
        hours: facts.hours,
        emergency: facts.emergency,
        position: facts.position,
        is_default: facts.default,
    };
    let (action, priority) = desk.write(adding.changing, |tx| {
        let (action, priority) = adding.place(
            "group priority",
            || priorities::find_by_name(tx, &name),
            || priorities::add(tx, &fresh),
            |priority| priorities::set(tx, priority, &facts.over(priority)),
        )?;
        Ok((action, priority.into_inner()))
    })?;
    done(action, &priority, adding.changing)
}

fn set(Set { name, new, facts, changing }: Set, desk: &Desk) -> Result<Answer> {
    let (changed, priority) = desk.write(changing, |tx| {
        let priority = priorities::find_by_name(tx, &name)?;
        let draft =
            PriorityDraft { name: new.clone().unwrap_or_else(|| priority.name.clone()), ..facts.over(&priority) };
        let changed = priorities::set(tx, &priority, &draft)?;
        Ok((changed, priorities::find_by_name(tx, &draft.name)?.into_inner()))
    })?;
    done(Action::updated(changed), &priority, changing)
}

fn done(action: Action, priority: &Priority, changing: Changing) -> Result<Answer> {
    let overdue = match priority.hours {
        None => "never overdue".into(),
        Some(1) => "overdue after 1 hour".into(),
        Some(hours) => format!("overdue after {hours} hours"),
    };
    let emergency = if priority.emergency { ", emergency" } else { "" };
    let default = if priority.is_default { ", default" } else { "" };
    let about = format!("priority {} ({overdue}{emergency}, position {}{default})", priority.name, priority.position);
    Ok(Done::new(action, &priority.name, about, priority, changing)?.into())
}

impl Facts {
    /// A draft with what was named here, and the rest as it was.
    fn over(&self, priority: &Priority) -> PriorityDraft {
        let was = priority.draft();
        PriorityDraft {
            name: was.name,
            hours: self.hours.or(was.hours).filter(|_| !self.no_hours),
            emergency: (self.emergency || was.emergency) && !self.no_emergency,
            position: self.position.or(was.position),
            is_default: self.default || was.is_default,
        }
    }
}
