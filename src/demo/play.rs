//! The story is played: everything that happened, in the order of time, each in the name of whoever did it.

use std::collections::HashMap;

use super::stories::{self, Act, Place, Story};
use super::when::{Path, When};
use super::{Stage, accounts, customers as served, documents, readings, selfchecks};
use crate::access::Actor;
use crate::clock::Moment;
use crate::customers;
use crate::db::{Reached, WriteTx};
use crate::error::{Error, Result};
use crate::facilities::{self, FacilityStatus};
use crate::ids::OrderId;
use crate::login;
use crate::notices::Tell;
use crate::objects::{self, Object, ObjectStatus};
use crate::orders::{self, Book, Cost, Order, OrderCard, OrderDraft, Spot};
use crate::stage::Stage as Progress;
use crate::statuses;
use crate::text::{Email, Line, Login, Number, Prose};
use crate::users;
use crate::{contacts, priorities, staff};

/// When the facilities that are given up were.
const CLOSED: When = When::Day(-30, 1600);

/// Of older acts nobody is told by mail any more.
const NEWS: When = When::Day(-8, 0);

/// Something that happens.
#[derive(Clone, Copy)]
enum Event {
    /// An order comes.
    Came(&'static Story),
    /// Something happens to it.
    Then(&'static Story, &'static str, Act),
    /// Somebody is invited.
    Invited(&'static str),
    /// Places are given up.
    Closed,
    /// Something happens to a checklist.
    Checked(&'static selfchecks::Act),
    /// Somebody stands at the meter of a customer's machine.
    Metered(&'static str, usize, &'static readings::Reading),
    /// Somebody brings a paper.
    Papered(&'static documents::Paper),
}

/// Plays everything until now.
pub(super) fn all(stage: &Stage) -> Result<()> {
    let mut play = Play { stage, actors: HashMap::new(), numbers: HashMap::new() };
    let news = stage.path.at(NEWS);
    for (at, event) in events(&stage.path) {
        stage.wait_until(at);
        if at > news {
            stage.carry()?;
        }
        play.happens(at, event)?;
    }
    stage.wait_until(stage.path.now());
    Ok(())
}

/// Everything that happens, the first first. What happens at the same time keeps the order of the book.
fn events(path: &Path) -> Vec<(Moment, Event)> {
    let mut events = vec![(path.at(CLOSED), Event::Closed)];
    events.extend(accounts::invitations().map(|(when, email)| (path.at(when), Event::Invited(email))));
    for story in stories::all() {
        events.push((path.at(story.at), Event::Came(story)));
        events.extend(story.then.iter().map(|(when, by, act)| (path.at(*when), Event::Then(story, by, *act))));
    }
    events.extend(selfchecks::ACTS.iter().map(|act| (path.at(act.at), Event::Checked(act))));
    let metered = readings::later(path).into_iter();
    events.extend(metered.map(|(at, customer, place, reading)| (at, Event::Metered(customer, place, reading))));
    events.extend(documents::papers(path).map(|(at, paper)| (at, Event::Papered(paper))));
    events.sort_by_key(|(at, _)| *at);
    events
}

struct Play<'a> {
    stage: &'a Stage<'a>,
    /// Who has acted already, for which customer.
    actors: HashMap<(&'static str, &'static str), Actor>,
    /// The orders that came, by the title of their story.
    numbers: HashMap<&'static str, OrderId>,
}

impl Play<'_> {
    fn happens(&mut self, at: Moment, event: Event) -> Result<()> {
        let (db, path) = (&self.stage.db, &self.stage.path);
        let tell = if at >= path.at(NEWS) { Tell::Everybody } else { Tell::Nobody };
        match event {
            Event::Closed => db.write(&self.stage.owner, close),
            Event::Invited(email) => db.write(&self.stage.owner, |tx| accounts::invite(tx, email)),
            Event::Checked(act) => {
                let actor = self.actor(act.by, selfchecks::CUSTOMER)?;
                db.write(&actor, |tx| selfchecks::play(tx, act, |story| self.order(story)))
            }
            Event::Metered(customer, place, reading) => {
                let actor = self.actor(reading.by, customer)?;
                db.write(&actor, |tx| readings::happens(tx, place, reading, at))
            }
            Event::Papered(paper) => {
                let actor = self.actor(paper.by(), documents::CUSTOMER)?;
                let kept = paper.keep(&self.stage.files)?;
                db.write(&actor, |tx| paper.lay(tx, &kept, |story| self.order(story)))
            }
            Event::Came(story) => {
                let actor = self.actor(story.by, story.customer)?;
                let id = match actor {
                    Actor::User { .. } => db.write(&actor, |tx| wish(tx, story))?,
                    _ => db.write(&actor, |tx| write_down(tx, story, tell))?,
                };
                match self.numbers.insert(story.title, id) {
                    None => Ok(()),
                    Some(_) => Err(Error::internal(anyhow::anyhow!("two stories are called '{}'", story.title))),
                }
            }
            Event::Then(story, by, act) => {
                let id = self.order(story.title)?;
                let actor = self.actor(by, story.customer)?;
                db.write(&actor, |tx| go_on(tx, id, story, act, path, tell))
            }
        }
    }

    /// The order of a story.
    fn order(&self, title: &str) -> Result<OrderId> {
        self.numbers.get(title).copied().ok_or_else(|| Error::not_found("order", title))
    }

    /// Who a name stands for: a login of staff, or the address of a customer's user.
    fn actor(&mut self, by: &'static str, customer: &'static str) -> Result<Actor> {
        if let Some(actor) = self.actors.get(&(by, customer)) {
            return Ok(actor.clone());
        }
        let group = self.stage.group;
        let actor = self.stage.db.read(&self.stage.owner, |tx| {
            if !by.contains('@') {
                let staff = staff::find(tx, &Login::parse(by)?)?.into_inner();
                return Ok(Actor::Staff { id: staff.id, group, login: staff.login.to_string(), rights: staff.rights });
            }
            let user = users::named(tx, &Email::parse(by)?)?;
            let customer = customers::named(tx, &Number::parse(customer)?)?;
            let access = users::access_at(tx, &user, &customer)?;
            Ok(login::actor_of(group, &access.ok_or_else(|| Error::not_found("access", by))?))
        })?;
        self.actors.insert((by, customer), actor.clone());
        Ok(actor)
    }
}

fn close(tx: &WriteTx) -> Result<()> {
    for (customer, facility) in served::CLOSED {
        let customer = customers::named(tx, &Number::parse(customer)?)?;
        let facility = facilities::of(tx, &customer, &Number::parse(facility)?)?;
        facilities::set_status(tx, &facility, FacilityStatus::Closed)?;
    }
    for (customer, machine) in served::RETIRED {
        let customer = customers::named(tx, &Number::parse(customer)?)?;
        let object = objects::of(tx, &customer, &Number::parse(machine)?)?;
        objects::set_status(tx, &object, ObjectStatus::Retired)?;
    }
    Ok(())
}

/// A customer's user orders: says what is wanted and where, as the form in the portal does.
fn wish(tx: &WriteTx, story: &Story) -> Result<OrderId> {
    let choices = orders::places(tx)?;
    let spot = match story.place {
        Place::Nowhere | Place::Loose(_) => Spot::Unattached,
        Place::At(number) | Place::On(number, _) => {
            let choice = choices.iter().find(|choice| choice.number.as_str() == number);
            Spot::Chosen(choice.ok_or_else(|| Error::not_found("facility", number))?)
        }
    };
    let all = priorities::list(tx)?;
    let draft = OrderDraft { spot, priority: all.get(story.urgency as usize), ..OrderDraft::new(card(story)?) };
    Ok(orders::create(tx, &orders::own_book(tx)?, &draft)?.id)
}

/// Somebody at the company writes an order down, for a person at the customer.
fn write_down(tx: &WriteTx, story: &Story, tell: Tell) -> Result<OrderId> {
    let customer = customers::named(tx, &Number::parse(story.customer)?)?;
    let object = machine(tx, &customer, story.place)?;
    let facility = match story.place {
        Place::At(number) => Some(facilities::of(tx, &customer, &Number::parse(number)?)?),
        _ => None,
    };
    let contact = match story.contact {
        "" => None,
        email => Some(contacts::of(tx, &customer, &Email::parse(email)?)?),
    };
    let all = priorities::list(tx)?;
    let draft = OrderDraft {
        spot: facility.as_ref().map_or(Spot::OfItsObject, Spot::At),
        object: object.as_ref(),
        contact: contact.as_ref(),
        priority: all.get(story.urgency as usize),
        tell,
        ..OrderDraft::new(card(story)?)
    };
    let book: Reached<Book> = orders::book(tx, &customer)?;
    Ok(orders::create(tx, &book, &draft)?.id)
}

fn card(story: &Story) -> Result<OrderCard> {
    let text = Some(story.text).filter(|text| !text.is_empty());
    let line = |text: &'static str| Some(text).filter(|text| !text.is_empty()).map(Line::parse).transpose();
    Ok(OrderCard {
        kind: story.kind,
        description: text.map(Prose::parse).transpose()?,
        reference: line(story.reference)?,
        site_contact: line(story.site.0)?,
        site_phone: line(story.site.1)?,
        ..OrderCard::titled(Line::parse(story.title)?)
    })
}

fn machine(tx: &WriteTx, customer: &Reached<customers::Customer>, place: Place) -> Result<Option<Reached<Object>>> {
    match place {
        Place::On(_, number) | Place::Loose(number) => objects::of(tx, customer, &Number::parse(number)?).map(Some),
        Place::Nowhere | Place::At(_) => Ok(None),
    }
}

fn go_on(tx: &WriteTx, id: OrderId, story: &Story, act: Act, path: &Path, tell: Tell) -> Result<()> {
    let order = orders::find(tx, id)?;
    match act {
        Act::Plan => {
            plan(tx, &order, story, path)?;
            put(tx, &order, Progress::Planned, None, tell)
        }
        Act::PlanBecause(why) => {
            plan(tx, &order, story, path)?;
            put(tx, &order, Progress::Planned, Some(why), tell)
        }
        Act::Start => put(tx, &order, Progress::InProgress, None, tell),
        Act::Wait(why) => {
            // Whoever asks the customer knows by now which machine it is about.
            plan(tx, &order, story, path)?;
            put(tx, &order, Progress::Waiting, Some(why), tell)
        }
        Act::Done(what) => {
            if story.cost > 0 {
                orders::set(
                    tx,
                    &order,
                    &OrderCard { cost: Some(Cost(story.cost * 100)), ..order.card.clone() },
                    Tell::Nobody,
                )?;
            }
            put(tx, &order, Progress::Done, Some(what), tell)
        }
        Act::Cancel(why) => orders::cancel(tx, &order, Some(&Prose::parse(why)?), tell).map(|_| ()),
        Act::Say(text) => orders::comment(tx, &order, &Prose::parse(text)?, None).map(|_| ()),
        Act::Note(text) => orders::note(tx, &order, &Prose::parse(text)?).map(|_| ()),
        Act::Answer(text) => {
            let said = orders::comments(tx, &order)?;
            orders::comment(tx, &order, &Prose::parse(text)?, said.last()).map(|_| ())
        }
    }
}

/// Somebody is sent: to the machine, which the customer may not have named, at a time.
fn plan(tx: &WriteTx, order: &Reached<Order>, story: &Story, path: &Path) -> Result<()> {
    let customer = customers::find(tx, order.customer_id)?;
    if let Some(object) = machine(tx, &customer, story.place)? {
        orders::relocate(tx, order, Spot::OfItsObject, Some(&object))?;
    }
    let logins = story.technicians.iter().map(|login| staff::find(tx, &Login::parse(login)?));
    orders::assign(tx, order, &logins.collect::<Result<Vec<_>>>()?)?;
    if let Some((when, minutes)) = story.visit {
        let from = path.planned(when);
        let card =
            OrderCard { planned_from: Some(from), planned_to: Some(from.plus(60 * minutes)), ..order.card.clone() };
        // It is told with the status that follows.
        orders::set(tx, order, &card, Tell::Nobody)?;
    }
    Ok(())
}

/// Gives an order the company's first status of a stage.
fn put(tx: &WriteTx, order: &Reached<Order>, stage: Progress, reason: Option<&str>, tell: Tell) -> Result<()> {
    let status = statuses::list(tx)?.into_iter().find(|status| status.stage == stage);
    let status = status.ok_or_else(|| Error::not_found("status", stage))?;
    let reason = reason.map(Prose::parse).transpose()?;
    // What was set on the card just now is part of the mail.
    let order = orders::find(tx, order.id)?;
    orders::set_status(tx, &order, &status, reason.as_ref(), tell).map(|_| ())
}
