//! Commands: the work a customer asks for.

mod facts;
mod steps;

use std::path::Path;

use clap::{Args, Subcommand};

use self::facts::{Create, Set};
use self::steps::{Assign, Cancel, Comment, Note, Reopen, Status};
use super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::desk::Desk;
use super::flags::{Changing, Listing, Removing};
use super::selfchecks::ON_A_CARD as CHECKS;
use super::{adding, imports, named, staff as people};
use crate::db::{Reached, Tx};
use crate::documents::On;
use crate::error::{Error, Kind, Result};
use crate::ids::OrderId;
use crate::orders::{self, Order, OrderFilter, OrderKind};
use crate::selfchecks;
use crate::stage::Stage;
use crate::statuses;
use crate::text::{Line, Login, Number, Prose, Ref};

/// The largest text that is read from standard input, in bytes: more than any text that is taken.
const TEXT_LIMIT: usize = 1 << 16;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a new order
    #[command(visible_alias = "add")]
    Create(Box<Create>),
    /// List orders, the newest first
    #[command(visible_alias = "ls")]
    List(Box<ListOrders>),
    /// Show one order with its history, its comments and your own notes
    Show(Which),
    /// Change what is known about an order, where it is and on which machine
    Set(Box<Set>),
    /// Give an order a status, with a reason that its customer reads
    Status(Status),
    /// Assign an order to technicians and to a person at its customer
    Assign(Assign),
    /// Cancel an order
    Cancel(Cancel),
    /// Take a closed order up again
    Reopen(Reopen),
    /// Say something on an order, which its customer reads
    Comment(Comment),
    /// Write something on an order that only staff read
    Note(Note),
    /// List everybody who can see an order, and who is told of what
    Audience(Audience),
    /// Delete an order with its history, its comments and its notes
    #[command(visible_alias = "rm")]
    Delete(Delete),
    /// Take orders from a file
    Import(imports::Import),
}

/// Which order is meant.
#[derive(Args, Debug)]
pub(super) struct Which {
    /// Which order: its number, or id:123
    order: Ref<Number>,
}

#[derive(Args, Debug)]
pub(super) struct ListOrders {
    /// Only those of this customer
    #[arg(long)]
    customer: Option<Ref<Number>>,
    /// Only those at this facility
    #[arg(long)]
    facility: Option<Ref<Number>>,
    /// Only those in this stage: received, planned, in_progress, waiting, done or cancelled
    #[arg(long)]
    stage: Option<Stage>,
    /// Only those in this status of your own list
    #[arg(long, value_name = "NAME")]
    status: Option<Line>,
    /// Only work, or only service
    #[arg(long)]
    kind: Option<OrderKind>,
    /// Only those that are overdue
    #[arg(long)]
    overdue: bool,
    /// Only those that are neither done nor cancelled
    #[arg(long)]
    open: bool,
    /// Only those assigned to this technician
    #[arg(long, value_name = "LOGIN")]
    assigned: Option<Ref<Login>>,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Audience {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    #[command(flatten)]
    which: Which,
    /// The order's number once more, instead of being asked for it
    #[arg(long, value_name = "ORDER")]
    confirm: Option<String>,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] = &[
    shown("order_no", "ORDER"),
    shown("customer_no", "CUSTOMER"),
    shown("title", "TITLE"),
    kept("external_id"),
    kept("kind"),
    shown("facility_no", "FACILITY"),
    shown("object_no", "OBJECT"),
    kept("description"),
    shown("status", "STATUS"),
    kept("stage"),
    shown("priority", "PRIORITY"),
    shown("planned_from", "PLANNED"),
    kept("planned_to"),
    kept("reference"),
    kept("site_contact"),
    kept("site_phone"),
    kept("cost"),
    kept("created_at"),
    kept("closed_at"),
    shown("due_at", "DUE"),
    shown("overdue", "OVERDUE"),
    shown("technicians", "TECHNICIANS"),
    kept("contact"),
];

/// The orders on another thing's card.
pub(super) const ON_A_CARD: &[Column] = &[
    shown("order_no", "ORDER"),
    shown("title", "TITLE"),
    shown("status", "STATUS"),
    shown("priority", "PRIORITY"),
    shown("planned_from", "PLANNED"),
    shown("overdue", "OVERDUE"),
];

const STEPS: &[Column] =
    &[shown("at", "AT"), shown("status", "STATUS"), kept("stage"), shown("reason", "REASON"), shown("author", "BY")];

const COMMENTS: &[Column] = &[
    shown("id", "COMMENT"),
    shown("at", "AT"),
    shown("author", "BY"),
    kept("side"),
    shown("answers", "ANSWERS"),
    shown("text", "TEXT"),
];

const NOTES: &[Column] = &[shown("id", "NOTE"), shown("at", "AT"), shown("author", "BY"), shown("text", "TEXT")];

const LISTENERS: &[Column] = &[
    shown("name", "NAME"),
    shown("email", "EMAIL"),
    shown("side", "SIDE"),
    shown("sees", "SEES"),
    shown("told", "TOLD OF"),
    shown("why", "WHY"),
    shown("why_not", "NOT TOLD BECAUSE"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Create(command) => command.run(desk),
            Self::List(command) => command.run(desk),
            Self::Show(which) => show(&which, desk),
            Self::Set(command) => command.run(desk),
            Self::Status(command) => command.run(desk),
            Self::Assign(command) => command.run(desk),
            Self::Cancel(command) => command.run(desk),
            Self::Reopen(command) => command.run(desk),
            Self::Comment(command) => command.run(desk),
            Self::Note(command) => command.run(desk),
            Self::Audience(Audience { which, listing }) => {
                let all = desk.read(|tx| orders::audience(tx, &which.find(tx)?))?;
                List::answer("people", LISTENERS, &listing, all)
            }
            Self::Delete(Delete { which, confirm, removing }) => adding::delete(
                desk,
                removing,
                &which.order,
                |tx| which.find(tx),
                |order: &Order| {
                    let question = format!(
                        "This deletes order {} ({}) of customer {} with its history, its comments and its notes.",
                        order.number, order.card.title, order.customer_no
                    );
                    desk.confirm_by_name(&question, order.number.as_str(), confirm.as_deref())
                },
                orders::delete,
            ),
            Self::Import(command) => command.run(imports::Noun::Order, desk),
        }
    }
}

impl ListOrders {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let Self { listing, .. } = &self;
        let all = desk.read(|tx| orders::list(tx, &self.filter(tx)?))?;
        List::answer("orders", COLUMNS, listing, all.into_iter().map(Reached::into_inner))
    }

    fn filter(&self, tx: &Tx) -> Result<OrderFilter> {
        let customer = named::customer(tx, self.customer.as_ref())?;
        let find = |facility| named::facility(tx, facility, customer.as_ref());
        let facility = self.facility.as_ref().map(find).transpose()?;
        let status = self.status.as_ref().map(|name| statuses::find_by_name(tx, name)).transpose()?;
        let assigned = self.assigned.as_ref().map(|login| people::find(tx, login)).transpose()?;
        let listing = &self.listing;
        // The newest are enough where nothing else picks or sorts them.
        let whole = listing.search.is_some() || !listing.wanted.is_empty() || listing.sort.is_some();
        Ok(OrderFilter {
            customer: customer.map(|customer| customer.id).or(facility.as_ref().map(|facility| facility.customer_id)),
            facility: facility.map(|facility| facility.id),
            stage: self.stage,
            status: status.map(|status| status.id),
            kind: self.kind,
            assigned: assigned.map(|staff| staff.id),
            overdue: self.overdue,
            open: self.open,
            limit: listing.limit.filter(|_| !whole).and_then(|limit| u32::try_from(limit).ok()),
            ..OrderFilter::default()
        })
    }
}

fn show(which: &Which, desk: &Desk) -> Result<Answer> {
    desk.read(|tx| {
        let order = which.find(tx)?;
        let steps = orders::history(tx, &order)?;
        let comments = orders::comments(tx, &order)?;
        let notes = orders::notes(tx, &order)?;
        let card = Card::new(&record(&*order)?)?;
        let card = card.with("history", STEPS, steps.into_iter().map(Reached::into_inner))?;
        let card = card.with("comments", COMMENTS, comments.into_iter().map(Reached::into_inner))?;
        let card = card.with("notes", NOTES, notes.into_iter().map(Reached::into_inner))?;
        let checks = selfchecks::of(tx, selfchecks::On::Order(&order))?;
        let card = card.with("selfchecks", CHECKS, checks.into_iter().map(Reached::into_inner))?;
        Ok(card.with_documents(tx, On::Order(&order))?.into())
    })
}

/// A text as it was written on the line, or from standard input where `-` was.
fn spoken(text: &str, desk: &Desk) -> Result<Prose> {
    if text != "-" {
        return Prose::parse(text);
    }
    let bytes = desk.read_file(Path::new("-"), TEXT_LIMIT)?;
    let text = String::from_utf8(bytes);
    Prose::parse(&text.map_err(|_| Error::new(Kind::Data, "the text on standard input is not UTF-8"))?)
}

fn done(action: Action, order: &Order, changing: Changing) -> Result<Done> {
    let place = order.facility_no.as_ref().map_or("unattached".into(), |number| format!("facility {number}"));
    let about = format!(
        "order {} ({}, customer {}, {place}, {})",
        order.number, order.card.title, order.customer_no, order.status
    );
    Done::new(action, &order.number, about, order, changing)
}

impl Which {
    fn find(&self, tx: &Tx) -> Result<Reached<Order>> {
        find(tx, &self.order)
    }
}

/// The order that a command names.
pub(super) fn find(tx: &Tx, order: &Ref<Number>) -> Result<Reached<Order>> {
    match order {
        Ref::Id(id) => orders::find(tx, OrderId(*id)),
        Ref::Name(number) => orders::named(tx, number),
    }
}
