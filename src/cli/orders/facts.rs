//! New orders and changed ones: what is said about them, where they are, on which machine.

use clap::Args;
use jiff::tz::TimeZone;

use super::super::answer::Answer;
use super::super::desk::Desk;
use super::super::flags::{Adding, Changing, Telling};
use super::super::given::{Given, over};
use super::super::when::When;
use super::{Which, done, people, spoken};
use crate::cli::{adding, customers as served, named, usage};
use crate::clock::Moment;
use crate::customers::{self, Customer};
use crate::db::{Reached, Tx, WriteTx};
use crate::error::{Error, Result};
use crate::facilities::Facility;
use crate::groups;
use crate::ids::ObjectId;
use crate::objects::{self, Object};
use crate::orders::{self, Cost, Order, OrderCard, OrderDraft, OrderKind, Spot};
use crate::priorities;
use crate::statuses;
use crate::text::{Email, Line, Login, Number, Prose, Ref};

/// What can be said about an order. An empty value takes away what is kept.
#[derive(Args, Debug)]
struct Facts {
    /// What is wanted, in a line; of a longer text the beginning, and all of it becomes the description
    #[arg(long)]
    title: Option<Prose>,
    /// What is wanted, at length; - reads it from standard input
    #[arg(long, value_name = "TEXT")]
    description: Option<Given<Prose>>,
    /// work or service
    #[arg(long)]
    kind: Option<OrderKind>,
    /// How soon it must be done, by the name of the priority
    #[arg(long, value_name = "NAME")]
    priority: Option<Line>,
    /// The status, by its name, if not the group's default
    #[arg(long, value_name = "NAME")]
    status: Option<Line>,
    /// Where the work is; without one it is where the object stands
    #[arg(long, conflicts_with = "unattached")]
    facility: Option<Ref<Number>>,
    /// The work belongs to no facility
    #[arg(long)]
    unattached: bool,
    /// The machine it is about
    #[arg(long)]
    object: Option<Given<Ref<Number>>>,
    /// When somebody comes: a day, or a time such as 2026-11-24T10:00 in the group's zone
    #[arg(long, value_name = "TIME")]
    planned_from: Option<Given<When>>,
    /// When they are done
    #[arg(long, value_name = "TIME")]
    planned_to: Option<Given<When>>,
    /// The customer's own name for it
    #[arg(long, value_name = "TEXT")]
    reference: Option<Given<Line>>,
    /// Whom to ask where the work is
    #[arg(long, value_name = "NAME")]
    site_contact: Option<Given<Line>>,
    /// The telephone number of whom to ask there
    #[arg(long, value_name = "NUMBER")]
    site_phone: Option<Given<Line>>,
    /// What it costs you, such as 1250.50; customers never see it
    #[arg(long, value_name = "AMOUNT")]
    cost: Option<Given<Cost>>,
    /// What another program calls it
    #[arg(long, value_name = "ID")]
    external_id: Option<Given<Line>>,
    #[command(flatten)]
    telling: Telling,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Create {
    /// Whose order it is: the customer's number, or id:123
    #[arg(long)]
    customer: Ref<Number>,
    /// The number it has already; otherwise it gets the customer's next one
    #[arg(long, value_name = "ORDER")]
    number: Option<Number>,
    /// Who does the work; may be given more than once
    #[arg(long, value_name = "LOGIN")]
    to: Vec<Ref<Login>>,
    /// The person at the customer it is assigned to
    #[arg(long, value_name = "EMAIL")]
    contact: Option<Ref<Email>>,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Set {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    changing: Changing,
}

impl Create {
    pub(in crate::cli) fn run(mut self, desk: &Desk) -> Result<Answer> {
        self.facts.hear(desk)?;
        let (action, order) = desk.write(self.adding.changing, |tx| {
            let customer = served::find(tx, &self.customer)?;
            let (action, order) = self.adding.place(
                "order",
                || self.known(tx),
                || self.make(tx, &customer),
                |order| {
                    if order.customer_id != customer.id {
                        let (number, owner) = (&order.number, &order.customer_no);
                        return Err(Error::conflict(format!("order {number} belongs to customer {owner}")));
                    }
                    self.facts.change(tx, order)
                },
            )?;
            Ok((action, order.into_inner()))
        })?;
        Ok(done(action, &order, self.adding.changing)?.into())
    }

    /// The order that is meant, if it was named by its number or by another program's name for it.
    fn known(&self, tx: &Tx) -> Result<Reached<Order>> {
        if let Some(number) = &self.number {
            return orders::named(tx, number);
        }
        let external = over(&self.facts.external_id, &None);
        let found = external.as_ref().map(|id| orders::lookup_external(tx, id)).transpose()?.flatten();
        found.ok_or_else(|| Error::not_found("order", external.as_ref().map_or("", Line::as_str)))
    }

    fn make(&self, tx: &WriteTx, customer: &Reached<Customer>) -> Result<Reached<Order>> {
        let facts = &self.facts;
        let what = facts.title.as_ref();
        let what =
            what.ok_or_else(|| usage("a new order needs a title").tip("add --title \"Compressor 2 leaks oil\""))?;
        let (title, description) = orders::worded(what, over(&facts.description, &None).as_ref())?;
        let card = facts.over(&OrderCard::titled(title), &zone(tx)?)?;
        let card = OrderCard { description, ..card };
        let facility = facts.place(tx, customer)?;
        let object = over(&facts.object, &None);
        let object = object.map(|object| named::object(tx, &object, Some(customer))).transpose()?;
        let contact = self.contact.as_ref().map(|contact| named::contact(tx, contact, Some(customer))).transpose()?;
        let technicians = self.to.iter().map(|login| people::find(tx, login)).collect::<Result<Vec<_>>>()?;
        let status = facts.status.as_ref().map(|name| statuses::find_by_name(tx, name)).transpose()?;
        let priority = facts.priority.as_ref().map(|name| priorities::find_by_name(tx, name)).transpose()?;
        let draft = OrderDraft {
            spot: facts.spot(facility.as_ref()),
            object: object.as_ref(),
            contact: contact.as_ref(),
            technicians: &technicians,
            status: status.as_ref(),
            priority: priority.as_ref(),
            number: self.number.clone(),
            tell: facts.telling.tell(),
            ..OrderDraft::new(card)
        };
        orders::create(tx, &orders::book(tx, customer)?, &draft)
    }
}

impl Set {
    pub(in crate::cli) fn run(mut self, desk: &Desk) -> Result<Answer> {
        self.facts.hear(desk)?;
        let (action, order) =
            adding::change(desk, self.changing, |tx| self.which.find(tx), |tx, order| self.facts.change(tx, order))?;
        Ok(done(action, &order, self.changing)?.into())
    }
}

impl Facts {
    /// Reads the description from standard input if that was asked for.
    fn hear(&mut self, desk: &Desk) -> Result<()> {
        if over(&self.description, &None).is_some_and(|text| text.as_str() == "-") {
            self.description = Some(Given::of(spoken("-", desk)?));
        }
        Ok(())
    }

    /// A card with what was named here, the title excepted, and the rest as it was.
    fn over(&self, card: &OrderCard, zone: &TimeZone) -> Result<OrderCard> {
        let moment = |given: &Option<Given<When>>, kept: Option<Moment>| match given {
            None => Ok(kept),
            Some(_) => over(given, &None).map(|when| when.within(zone)).transpose(),
        };
        Ok(OrderCard {
            title: card.title.clone(),
            kind: self.kind.unwrap_or(card.kind),
            description: over(&self.description, &card.description),
            planned_from: moment(&self.planned_from, card.planned_from)?,
            planned_to: moment(&self.planned_to, card.planned_to)?,
            reference: over(&self.reference, &card.reference),
            site_contact: over(&self.site_contact, &card.site_contact),
            site_phone: over(&self.site_phone, &card.site_phone),
            cost: over(&self.cost, &card.cost),
            external_id: over(&self.external_id, &card.external_id),
        })
    }

    fn place(&self, tx: &Tx, customer: &Reached<Customer>) -> Result<Option<Reached<Facility>>> {
        self.facility.as_ref().map(|facility| named::facility(tx, facility, Some(customer))).transpose()
    }

    fn spot<'a>(&self, facility: Option<&'a Reached<Facility>>) -> Spot<'a> {
        match facility {
            Some(facility) => Spot::At(facility),
            None if self.unattached => Spot::Unattached,
            None => Spot::OfItsObject,
        }
    }

    /// Gives an order what was named here, and says whether that changed anything.
    fn change(&self, tx: &WriteTx, order: &Reached<Order>) -> Result<bool> {
        let title = self.title.as_ref().map(|title| Line::parse(title.as_str()).map_err(|why| why.at("title")));
        let title = title.transpose()?.unwrap_or_else(|| order.card.title.clone());
        let card = OrderCard { title, ..self.over(&order.card, &zone(tx)?)? };
        let mut changed = orders::set(tx, order, &card, self.telling.tell())?;
        if self.facility.is_some() || self.unattached || self.object.is_some() {
            changed |= self.relocate(tx, order)?;
        }
        if let Some(name) = &self.priority {
            changed |= orders::set_priority(tx, order, &priorities::find_by_name(tx, name)?)?;
        }
        if let Some(name) = &self.status {
            changed |= orders::set_status(tx, order, &statuses::find_by_name(tx, name)?, None, self.telling.tell())?;
        }
        Ok(changed)
    }

    /// The place follows a new machine unless it was named too; without a machine it stays as it was.
    fn relocate(&self, tx: &WriteTx, order: &Reached<Order>) -> Result<bool> {
        let customer = customers::find(tx, order.customer_id)?;
        let object: Option<Reached<Object>> = match &self.object {
            None => order.object_id.map(|id: ObjectId| objects::find(tx, id)).transpose()?,
            Some(_) => {
                let object = over(&self.object, &None);
                object.map(|object| named::object(tx, &object, Some(&customer))).transpose()?
            }
        };
        let facility = match (self.place(tx, &customer)?, order.facility_id) {
            (None, Some(id)) if !self.unattached && object.is_none() => Some(crate::facilities::find(tx, id)?),
            (named, _) => named,
        };
        orders::relocate(tx, order, self.spot(facility.as_ref()), object.as_ref())
    }
}

/// The zone in which the group's clocks go.
fn zone(tx: &Tx) -> Result<TimeZone> {
    Ok(groups::list(tx)?.pop().map_or(TimeZone::UTC, |group| group.card.zone.rules()))
}
