//! Commands: the places of a customer.

use clap::{Args, Subcommand};

use super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use super::given::{Given, over};
use super::{adding, customers as served, imports, named, objects as machines};
use crate::db::{Reached, Tx};
use crate::documents::On;
use crate::error::Result;
use crate::facilities::{self, Facility, FacilityCard, FacilityStatus};
use crate::objects;
use crate::orders::{self, OrderFilter};
use crate::text::{Line, Number, Prose, Ref, Zone};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a place to a customer
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the places
    #[command(visible_alias = "ls")]
    List(ListFacilities),
    /// Show one place with its objects and open orders
    Show(Show),
    /// Change what is known about a place
    Set(Set),
    /// Use a place no longer; it stays readable
    Close(Switch),
    /// Use a closed place again
    Open(Switch),
    /// Delete a place that has no objects, orders and documents
    #[command(visible_alias = "rm")]
    Delete(Delete),
    /// Take places from a file
    Import(imports::Import),
}

/// What can be said about a place. An empty value takes away what is kept.
#[derive(Args, Debug)]
struct Facts {
    /// Its name
    #[arg(long)]
    name: Option<Line>,
    /// Street and number
    #[arg(long)]
    address: Option<Given<Line>>,
    /// What else belongs to the address
    #[arg(long, value_name = "ADDRESS")]
    address2: Option<Given<Line>>,
    /// Postal code
    #[arg(long, value_name = "CODE")]
    postal_code: Option<Given<Line>>,
    /// City
    #[arg(long)]
    city: Option<Given<Line>>,
    /// State, county or region
    #[arg(long)]
    region: Option<Given<Line>>,
    /// Country
    #[arg(long)]
    country: Option<Given<Line>>,
    /// The zone of its clocks, if not the group's, such as Europe/Stockholm
    #[arg(long, value_name = "ZONE")]
    tz: Option<Given<Zone>>,
    /// What only staff read
    #[arg(long, value_name = "TEXT")]
    note: Option<Given<Prose>>,
    /// What another program calls it
    #[arg(long, value_name = "ID")]
    external_id: Option<Given<Line>>,
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// Its number, unique within the customer
    facility_no: Number,
    /// Whose it is: the customer's number, or id:123
    #[arg(long)]
    customer: Ref<Number>,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListFacilities {
    /// Only those of this customer
    #[arg(long)]
    customer: Option<Ref<Number>>,
    #[command(flatten)]
    listing: Listing,
}

/// Which place is meant.
#[derive(Args, Debug)]
struct Which {
    /// Which place: its number, or id:123
    facility: Ref<Number>,
    /// Whose, where several customers have the number
    #[arg(long)]
    customer: Option<Ref<Number>>,
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
pub(super) struct Switch {
    #[command(flatten)]
    which: Which,
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

const COLUMNS: &[Column] = &[
    shown("facility_no", "FACILITY"),
    shown("customer_no", "CUSTOMER"),
    shown("name", "NAME"),
    shown("address", "ADDRESS"),
    kept("address2"),
    shown("postal_code", "CODE"),
    shown("city", "CITY"),
    kept("region"),
    kept("country"),
    kept("zone"),
    kept("note"),
    kept("external_id"),
    shown("status", "STATUS"),
    kept("created_at"),
];

/// The places on a customer's card.
pub(super) const AT_CUSTOMER: &[Column] = &[
    shown("facility_no", "FACILITY"),
    shown("name", "NAME"),
    shown("address", "ADDRESS"),
    shown("postal_code", "CODE"),
    shown("city", "CITY"),
    shown("status", "STATUS"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(command, desk),
            Self::List(ListFacilities { customer, listing }) => {
                let all = desk.read(|tx| match &customer {
                    Some(customer) => facilities::list(tx, &served::find(tx, customer)?),
                    None => facilities::list_all(tx, None),
                })?;
                List::answer("facilities", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Show(Show { which }) => show(&which, desk),
            Self::Set(Set { which, facts, changing }) => {
                let (action, facility) = adding::change(
                    desk,
                    changing,
                    |tx| which.find(tx),
                    |tx, facility| facilities::set(tx, facility, &facts.over(&facility.card)),
                )?;
                done(action, &facility, changing)
            }
            Self::Close(switch) => turn(&switch, FacilityStatus::Closed, desk),
            Self::Open(switch) => turn(&switch, FacilityStatus::Open, desk),
            Self::Delete(Delete { which, removing }) => adding::delete(
                desk,
                removing,
                &which.facility,
                |tx| which.find(tx),
                |facility: &Facility| {
                    let name = &facility.card.name;
                    desk.confirm(&format!(
                        "Delete facility {} ({name}) of customer {}?",
                        facility.number, facility.customer_no
                    ))
                },
                facilities::delete,
            ),
            Self::Import(command) => command.run(imports::Noun::Facility, desk),
        }
    }
}

fn add(Add { facility_no, customer, facts, adding }: Add, desk: &Desk) -> Result<Answer> {
    let (action, facility) = desk.write(adding.changing, |tx| {
        let customer = served::find(tx, &customer)?;
        let (action, facility) = adding.place(
            "facility",
            || facilities::of(tx, &customer, &facility_no),
            || facilities::add(tx, &customer, &facility_no, &facts.fresh()?),
            |facility| facilities::set(tx, facility, &facts.over(&facility.card)),
        )?;
        Ok((action, facility.into_inner()))
    })?;
    done(action, &facility, adding.changing)
}

fn show(which: &Which, desk: &Desk) -> Result<Answer> {
    desk.read(|tx| {
        let facility = which.find(tx)?;
        let open = OrderFilter {
            customer: Some(facility.customer_id),
            facility: Some(facility.id),
            open: true,
            ..OrderFilter::default()
        };
        let card = Card::new(&record(&*facility)?)?
            .with("objects", machines::ON_A_CARD, objects::at(tx, &facility)?.into_iter().map(Reached::into_inner))?
            .with(
                "open_orders",
                super::orders::ON_A_CARD,
                orders::list(tx, &open)?.into_iter().map(Reached::into_inner),
            )?;
        Ok(card.with_documents(tx, On::Facility(&facility))?.into())
    })
}

fn turn(Switch { which, changing }: &Switch, status: FacilityStatus, desk: &Desk) -> Result<Answer> {
    let (action, facility) = adding::change(
        desk,
        *changing,
        |tx| which.find(tx),
        |tx, facility| facilities::set_status(tx, facility, status),
    )?;
    done(action, &facility, *changing)
}

fn done(action: Action, facility: &Facility, changing: Changing) -> Result<Answer> {
    let closed = if facility.status == FacilityStatus::Closed { ", closed" } else { "" };
    let about =
        format!("facility {} ({}, customer {}{closed})", facility.number, facility.card.name, facility.customer_no);
    Ok(Done::new(action, &facility.number, about, facility, changing)?.into())
}

impl Which {
    fn find(&self, tx: &Tx) -> Result<Reached<Facility>> {
        named::facility(tx, &self.facility, named::customer(tx, self.customer.as_ref())?.as_ref())
    }
}

impl Facts {
    fn fresh(&self) -> Result<FacilityCard> {
        let name = self
            .name
            .clone()
            .ok_or_else(|| super::usage("a new facility needs a name").tip("add --name \"Building B\""))?;
        Ok(self.over(&FacilityCard::named(name)))
    }

    /// A card with what was named here, and the rest as it was.
    fn over(&self, card: &FacilityCard) -> FacilityCard {
        FacilityCard {
            name: self.name.clone().unwrap_or_else(|| card.name.clone()),
            address: over(&self.address, &card.address),
            address2: over(&self.address2, &card.address2),
            postal_code: over(&self.postal_code, &card.postal_code),
            city: over(&self.city, &card.city),
            region: over(&self.region, &card.region),
            country: over(&self.country, &card.country),
            zone: over(&self.tz, &card.zone),
            note: over(&self.note, &card.note),
            external_id: over(&self.external_id, &card.external_id),
        }
    }
}
