//! Commands: the machines of a customer.

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use super::given::{Given, over};
use super::{adding, customers as served, imports, intervals, named, readings};
use crate::customers;
use crate::db::{Reached, Tx, WriteTx};
use crate::documents::On;
use crate::error::{Error, Result};
use crate::objects::{self, Object, ObjectCard, ObjectStatus};
use crate::orders::{self, OrderFilter};
use crate::selfchecks;
use crate::text::{Line, Number, Ref, shown as quoted};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a machine to a customer
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the machines
    #[command(visible_alias = "ls")]
    List(ListObjects),
    /// Show one machine with its parts and open orders
    Show(Show),
    /// Change what is known about a machine
    Set(Set),
    /// Move a machine to another facility, or to none; its orders stay where the work was done
    Move(Move),
    /// Use a machine no longer; it stays readable
    Retire(Retire),
    /// Delete a machine that has no orders, readings, self-checks, documents and parts
    #[command(visible_alias = "rm")]
    Delete(Delete),
    /// Print labels with codes that lead to the pages of machines
    Label(super::labels::Print),
    /// Take machines from a file
    Import(imports::Import),
    /// After how much a machine is due for service
    #[command(subcommand)]
    Interval(intervals::Command),
}

/// What can be said about a machine. An empty value takes away what is kept.
#[derive(Args, Debug)]
struct Facts {
    /// Its name
    #[arg(long)]
    name: Option<Line>,
    /// Who made it
    #[arg(long)]
    maker: Option<Given<Line>>,
    /// What its maker calls it
    #[arg(long)]
    model: Option<Given<Line>>,
    /// Its number at its maker
    #[arg(long, value_name = "NO")]
    serial_no: Option<Given<Line>>,
    /// Since when it stands there, such as 2026-11-22
    #[arg(long, value_name = "DATE")]
    installed_on: Option<Given<Day>>,
    /// What its readings count, if not operating hours
    #[arg(long)]
    meter: Option<Line>,
    /// In what they count, if not in h
    #[arg(long)]
    unit: Option<Line>,
    /// The machine it is a part of, by its number
    #[arg(long, value_name = "OBJECT")]
    parent: Option<Given<Number>>,
    /// What another program calls it
    #[arg(long, value_name = "ID")]
    external_id: Option<Given<Line>>,
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// Its number, unique within the customer
    object_no: Number,
    /// Whose it is: the customer's number, or id:123
    #[arg(long)]
    customer: Ref<Number>,
    /// Where it stands; without one it is unattached
    #[arg(long)]
    facility: Option<Ref<Number>>,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListObjects {
    /// Only those of this customer
    #[arg(long)]
    customer: Option<Ref<Number>>,
    /// Only those at this facility
    #[arg(long)]
    facility: Option<Ref<Number>>,
    #[command(flatten)]
    listing: Listing,
}

/// Which machine is meant.
#[derive(Args, Debug)]
pub(super) struct Which {
    /// Which machine: its number, or id:123
    pub(super) object: Ref<Number>,
    /// Whose, where several customers have the number
    #[arg(long)]
    pub(super) customer: Option<Ref<Number>>,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    #[command(flatten)]
    which: Which,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Move {
    #[command(flatten)]
    which: Which,
    /// The facility where it stands now
    #[arg(long, required_unless_present = "unattached", conflicts_with = "unattached")]
    facility: Option<Ref<Number>>,
    /// It belongs to no facility now
    #[arg(long)]
    unattached: bool,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Retire {
    #[command(flatten)]
    which: Which,
    /// Put it to use again instead
    #[arg(long)]
    undo: bool,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    removing: Removing,
}

/// A day on the command line.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Day(Date);

impl std::str::FromStr for Day {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let refuse = |_| Error::invalid("installed_on", format!("'{}' is not a day such as 2026-11-22", quoted(text)));
        text.trim().parse().map(Self).map_err(refuse)
    }
}

const COLUMNS: &[Column] = &[
    shown("object_no", "OBJECT"),
    shown("customer_no", "CUSTOMER"),
    shown("facility_no", "FACILITY"),
    shown("name", "NAME"),
    shown("maker", "MAKER"),
    shown("model", "MODEL"),
    shown("serial_no", "SERIAL"),
    kept("installed_on"),
    kept("meter"),
    kept("unit"),
    kept("parent_no"),
    shown("status", "STATUS"),
    kept("external_id"),
    kept("created_at"),
];

/// The machines on the card of something else.
pub(super) const ON_A_CARD: &[Column] = &[
    shown("object_no", "OBJECT"),
    shown("name", "NAME"),
    shown("facility_no", "FACILITY"),
    shown("maker", "MAKER"),
    shown("model", "MODEL"),
    shown("serial_no", "SERIAL"),
    shown("status", "STATUS"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(command, desk),
            Self::List(command) => list(command, desk),
            Self::Show(Show { which }) => show(&which, desk),
            Self::Set(Set { which, facts, changing }) => {
                let (action, object) = adding::change(
                    desk,
                    changing,
                    |tx| which.find(tx),
                    |tx, object| {
                        let changed = objects::set(tx, object, &facts.over(&object.card))?;
                        Ok(facts.place(tx, object)? || changed)
                    },
                )?;
                done(action, &object, changing)
            }
            Self::Move(Move { which, facility, changing, .. }) => {
                let (action, object) = adding::change(
                    desk,
                    changing,
                    |tx| which.find(tx),
                    |tx, object| {
                        let facility = match &facility {
                            Some(facility) => {
                                let customer = customers::find(tx, object.customer_id)?;
                                Some(named::facility(tx, facility, Some(&customer))?)
                            }
                            None => None,
                        };
                        objects::move_to(tx, object, facility.as_ref())
                    },
                )?;
                done(action, &object, changing)
            }
            Self::Retire(Retire { which, undo, changing }) => {
                let status = if undo { ObjectStatus::Active } else { ObjectStatus::Retired };
                let (action, object) = adding::change(
                    desk,
                    changing,
                    |tx| which.find(tx),
                    |tx, object| objects::set_status(tx, object, status),
                )?;
                done(action, &object, changing)
            }
            Self::Delete(Delete { which, removing }) => adding::delete(
                desk,
                removing,
                &which.object,
                |tx| which.find(tx),
                |object: &Object| {
                    let (number, name, customer) = (&object.number, &object.card.name, &object.customer_no);
                    desk.confirm(&format!("Delete object {number} ({name}) of customer {customer}?"))
                },
                objects::delete,
            ),
            Self::Label(command) => command.run(desk),
            Self::Import(command) => command.run(imports::Noun::Object, desk),
            Self::Interval(command) => command.run(desk),
        }
    }
}

fn add(Add { object_no, customer, facility, facts, adding }: Add, desk: &Desk) -> Result<Answer> {
    let (action, object) = desk.write(adding.changing, |tx| {
        let customer = served::find(tx, &customer)?;
        let facility = facility.as_ref().map(|facility| named::facility(tx, facility, Some(&customer))).transpose()?;
        let find = || objects::of(tx, &customer, &object_no);
        let (action, object) = adding.place(
            "object",
            find,
            || {
                let object = objects::add(tx, &customer, facility.as_ref(), &object_no, &facts.fresh()?)?;
                facts.place(tx, &object)?;
                find()
            },
            |object| {
                let changed = objects::set(tx, object, &facts.over(&object.card))?;
                let moved = facility.is_some() && objects::move_to(tx, object, facility.as_ref())?;
                Ok(facts.place(tx, object)? || changed || moved)
            },
        )?;
        Ok((action, object.into_inner()))
    })?;
    done(action, &object, adding.changing)
}

fn list(ListObjects { customer, facility, listing }: ListObjects, desk: &Desk) -> Result<Answer> {
    let all = desk.read(|tx| {
        let customer = named::customer(tx, customer.as_ref())?;
        match (&customer, &facility) {
            (customer, Some(facility)) => objects::at(tx, &named::facility(tx, facility, customer.as_ref())?),
            (Some(customer), None) => objects::list(tx, customer),
            (None, None) => objects::list_all(tx, None),
        }
    })?;
    List::answer("objects", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
}

fn show(which: &Which, desk: &Desk) -> Result<Answer> {
    desk.read(|tx| {
        let object = which.find(tx)?;
        let open = OrderFilter {
            customer: Some(object.customer_id),
            object: Some(object.id),
            open: true,
            ..OrderFilter::default()
        };
        let meter = readings::on_a_card(tx, &object)?;
        let mut fields = record(&*object)?;
        fields.extend(meter.fields);
        let card = Card::new(&fields)?
            .with("intervals", intervals::ON_A_CARD, meter.services)?
            .with("parts", ON_A_CARD, objects::parts(tx, &object)?.into_iter().map(Reached::into_inner))?
            .with(
                "open_orders",
                super::orders::ON_A_CARD,
                orders::list(tx, &open)?.into_iter().map(Reached::into_inner),
            )?
            .with(
                "selfchecks",
                super::selfchecks::ON_A_CARD,
                selfchecks::of(tx, selfchecks::On::Object(&object))?.into_iter().map(Reached::into_inner),
            )?;
        Ok(card.with_documents(tx, On::Object(&object))?.into())
    })
}

fn done(action: Action, object: &Object, changing: Changing) -> Result<Answer> {
    let retired = if object.status == ObjectStatus::Retired { ", retired" } else { "" };
    let place = object.facility_no.as_ref().map_or("unattached".into(), |number| format!("facility {number}"));
    let about =
        format!("object {} ({}, customer {}, {place}{retired})", object.number, object.card.name, object.customer_no);
    Ok(Done::new(action, &object.number, about, object, changing)?.into())
}

impl Which {
    pub(super) fn find(&self, tx: &Tx) -> Result<Reached<Object>> {
        named::object(tx, &self.object, named::customer(tx, self.customer.as_ref())?.as_ref())
    }
}

impl Facts {
    fn fresh(&self) -> Result<ObjectCard> {
        let name = self
            .name
            .clone()
            .ok_or_else(|| super::usage("a new object needs a name").tip("add --name \"Compressor 2\""))?;
        Ok(self.over(&ObjectCard::named(name)))
    }

    /// A card with what was named here, and the rest as it was.
    fn over(&self, card: &ObjectCard) -> ObjectCard {
        ObjectCard {
            name: self.name.clone().unwrap_or_else(|| card.name.clone()),
            maker: over(&self.maker, &card.maker),
            model: over(&self.model, &card.model),
            serial_no: over(&self.serial_no, &card.serial_no),
            installed_on: over(&self.installed_on, &card.installed_on.map(Day)).map(|Day(date)| date),
            meter: self.meter.clone().unwrap_or_else(|| card.meter.clone()),
            unit: self.unit.clone().unwrap_or_else(|| card.unit.clone()),
            external_id: over(&self.external_id, &card.external_id),
        }
    }

    /// Makes a machine a part of another one, if that was asked for.
    fn place(&self, tx: &WriteTx, object: &Reached<Object>) -> Result<bool> {
        if self.parent.is_none() {
            return Ok(false);
        }
        let customer = customers::find(tx, object.customer_id)?;
        let parent = over(&self.parent, &None).map(|number| objects::of(tx, &customer, &number)).transpose()?;
        objects::part_of(tx, object, parent.as_ref())
    }
}
