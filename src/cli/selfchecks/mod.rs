//! Commands: checklists on orders and objects.

mod fill;
mod templates;

use clap::{Args, Subcommand};

use self::fill::{Answer as Fill, Reopen, Sign};
use super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing, Telling};
use super::{adding, named, orders as work};
use crate::db::{Reached, Tx};
use crate::documents;
use crate::error::{Error, Result};
use crate::ids::SelfcheckId;
use crate::objects::Object;
use crate::orders::Order;
use crate::selfchecks::{self, On, Selfcheck, SelfcheckFilter, SelfcheckState};
use crate::text::{Line, Number, Ref, shown as quoted};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Checklists that are ready to be filled in
    #[command(subcommand)]
    Template(templates::Command),
    /// Put a self-check from a template on an order or on an object
    #[command(visible_alias = "create")]
    Add(Add),
    /// List self-checks, the newest first
    #[command(visible_alias = "ls")]
    List(ListSelfchecks),
    /// Show one self-check with its points and its steps
    Show(Which),
    /// Write down the answer to a point, or to several from a file
    Answer(Fill),
    /// Give a self-check a signature, after which nothing in it changes
    Sign(Sign),
    /// Take a signed self-check up again, with a reason
    Reopen(Reopen),
    /// Delete a self-check with its answers
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

/// Which self-check is meant.
#[derive(Args, Debug)]
pub(super) struct Which {
    /// Which self-check, by its number in `selfcheck list`
    selfcheck: Id,
}

/// The number of a self-check, with or without `id:` before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Id(pub(super) SelfcheckId);

impl std::str::FromStr for Id {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let digits = text.strip_prefix("id:").unwrap_or(text);
        digits.parse().map(|id| Self(SelfcheckId(id))).map_err(|_| {
            Error::invalid("selfcheck", format!("'{}' is not the number of a self-check such as 7", quoted(text)))
        })
    }
}

/// What a self-check lies on.
#[derive(Args, Debug)]
struct Spot {
    /// The order: its number, or id:123
    #[arg(long, conflicts_with = "object")]
    order: Option<Ref<Number>>,
    /// The object: its number, or id:123
    #[arg(long)]
    object: Option<Ref<Number>>,
    /// Whose object it is, where several customers have the number
    #[arg(long)]
    customer: Option<Ref<Number>>,
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// From which template, by its name
    template: Line,
    #[command(flatten)]
    spot: Spot,
    /// What it is called, if not as the template is
    #[arg(long)]
    title: Option<Line>,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListSelfchecks {
    #[command(flatten)]
    spot: Spot,
    /// Only those that are not signed
    #[arg(long, conflicts_with = "signed")]
    open: bool,
    /// Only those that are signed
    #[arg(long)]
    signed: bool,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] = &[
    shown("id", "SELF-CHECK"),
    shown("title", "TITLE"),
    shown("state", "STATE"),
    shown("customer_no", "CUSTOMER"),
    shown("order_no", "ORDER"),
    shown("object_no", "OBJECT"),
    kept("template"),
    shown("points", "POINTS"),
    shown("answered", "ANSWERED"),
    shown("missing", "MISSING"),
    shown("failed", "FAILED"),
    kept("author"),
    kept("created_at"),
    shown("signed_by", "SIGNED BY"),
    shown("signed_at", "SIGNED"),
];

/// The self-checks on another thing's card.
pub(super) const ON_A_CARD: &[Column] = &[
    shown("id", "SELF-CHECK"),
    shown("title", "TITLE"),
    shown("state", "STATE"),
    shown("points", "POINTS"),
    shown("answered", "ANSWERED"),
    shown("failed", "FAILED"),
    shown("signed_by", "SIGNED BY"),
    shown("signed_at", "SIGNED"),
];

const POINTS: &[Column] = &[
    shown("position", "POINT"),
    shown("text", "TEXT"),
    kept("kind"),
    shown("answer", "ANSWER"),
    shown("value", "VALUE"),
    shown("unit", "UNIT"),
    kept("required"),
    shown("note", "NOTE"),
    shown("author", "BY"),
    shown("at", "AT"),
];

const FILES: &[Column] = &[shown("id", "DOCUMENT"), shown("name", "NAME"), shown("point", "POINT")];

const STEPS: &[Column] = &[shown("at", "AT"), shown("step", "STEP"), shown("reason", "REASON"), shown("author", "BY")];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Template(command) => command.run(desk),
            Self::Add(command) => command.run(desk),
            Self::List(command) => command.run(desk),
            Self::Show(which) => show(&which, desk),
            Self::Answer(command) => command.run(desk),
            Self::Sign(command) => command.run(desk),
            Self::Reopen(command) => command.run(desk),
            Self::Delete(Delete { which, removing }) => adding::delete(
                desk,
                removing,
                which.selfcheck.0,
                |tx| which.find(tx),
                |check: &Selfcheck| {
                    let (signed, answers) =
                        if check.is_open() { ("", check.answered) } else { ("signed ", check.points) };
                    desk.confirm(&format!(
                        "Delete the {signed}self-check {} ({}) with {answers} answers?",
                        check.id, check.title
                    ))
                },
                selfchecks::delete,
            ),
        }
    }
}

impl Add {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let Self { template, spot, title, telling, adding } = &self;
        let (action, check) = desk.write(adding.changing, |tx| {
            let template = selfchecks::find_by_name(tx, template)?;
            let place = spot.find(tx)?;
            let on = place.as_ref().map(Place::on).ok_or_else(|| {
                super::usage("a self-check lies on an order or on an object, and none was named")
                    .tip("add --order NUMBER, or --object NUMBER")
            })?;
            let called = title.as_ref().unwrap_or(&template.card.title);
            // An open one of the same name is the one that somebody who says it twice means.
            let known = || {
                let mut all = selfchecks::of(tx, on)?.into_iter();
                let same = all.find(|one| one.is_open() && one.template == template.name && one.title == *called);
                same.ok_or_else(|| Error::not_found("self-check", called))
            };
            let make = || selfchecks::begin(tx, &template, on, title.as_ref(), telling.tell());
            let placed = adding.place("selfcheck", known, make, |_| Ok(false)).map_err(|error| match error.kind() {
                crate::error::Kind::Conflict => {
                    error.tip("go on with it: frontdesk selfcheck answer, or begin another one with its own --title")
                }
                _ => error,
            });
            let (action, check) = placed?;
            Ok((action, check.into_inner()))
        })?;
        Ok(done(action, &check, adding.changing)?.into())
    }
}

impl ListSelfchecks {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let Self { spot, open, signed, listing } = &self;
        let all = desk.read(|tx| {
            let customer = named::customer(tx, spot.customer.as_ref())?;
            let place = spot.find(tx)?;
            let (order, object) = match &place {
                Some(Place::Order(order)) => (Some(order.id), None),
                Some(Place::Object(object)) => (None, Some(object.id)),
                None => (None, None),
            };
            let state = match (open, signed) {
                (true, _) => Some(SelfcheckState::Open),
                (_, true) => Some(SelfcheckState::Signed),
                _ => None,
            };
            let customer = customer.map(|customer| customer.id);
            selfchecks::list(tx, &SelfcheckFilter { customer, order, object, state })
        })?;
        List::answer("selfchecks", COLUMNS, listing, all.into_iter().map(Reached::into_inner))
    }
}

/// An order or an object that a command named.
enum Place {
    Order(Box<Reached<Order>>),
    Object(Box<Reached<Object>>),
}

impl Place {
    fn on(&self) -> On<'_> {
        match self {
            Self::Order(order) => On::Order(order),
            Self::Object(object) => On::Object(object),
        }
    }
}

impl Spot {
    fn find(&self, tx: &Tx) -> Result<Option<Place>> {
        match (&self.order, &self.object) {
            (Some(order), _) => work::find(tx, order).map(|order| Some(Place::Order(Box::new(order)))),
            (None, Some(object)) => {
                let customer = named::customer(tx, self.customer.as_ref())?;
                let object = named::object(tx, object, customer.as_ref())?;
                Ok(Some(Place::Object(Box::new(object))))
            }
            (None, None) => Ok(None),
        }
    }
}

fn show(which: &Which, desk: &Desk) -> Result<Answer> {
    let (check, points, files, steps) = desk.read(|tx| {
        let check = which.find(tx)?;
        let (points, steps) = (selfchecks::points(tx, &check)?, selfchecks::steps(tx, &check)?);
        let files = documents::attached(tx, &check)?;
        Ok((check, points, files, steps))
    })?;
    let mut fields = record(&*check)?;
    // The points themselves follow under the same name.
    fields.shift_remove("points");
    let card = Card::new(&fields)?;
    let card = card.with("points", POINTS, points.into_iter().map(Reached::into_inner))?;
    let card = card.with("files", FILES, files.into_iter().map(Reached::into_inner))?;
    Ok(card.with("steps", STEPS, steps.into_iter().map(Reached::into_inner))?.into())
}

fn done(action: Action, check: &Selfcheck, changing: Changing) -> Result<Done> {
    let on = match (&check.order_no, &check.object_no) {
        (Some(order), _) => format!("order {order}"),
        (_, Some(object)) => format!("object {object}"),
        _ => String::new(),
    };
    let state = match &check.signed_by {
        Some(by) => format!("signed by {by}"),
        None => format!("{} of {} points answered", check.answered, check.points),
    };
    let about = format!("self-check {} ({}, customer {}, {on}, {state})", check.id, check.title, check.customer_no);
    Done::new(action, check.id, about, check, changing)
}

impl Which {
    fn find(&self, tx: &Tx) -> Result<Reached<Selfcheck>> {
        selfchecks::find(tx, self.selfcheck.0)
    }
}
