//! Pages: ordering something, and what is said once it is sent.

mod typed;

use std::cell::RefCell;

use self::typed::Typed;
use super::exchange::Reply;
use super::frame::frame;
use super::visit::{Submission, Visit};
use super::{reply, views};
use crate::access::{Need, Permission};
use crate::db::{Reached, Tx, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::ids::OrderId;
use crate::links;
use crate::objects;
use crate::orders::{self, Choice, Machine, OrderCard, OrderDraft, Spot};
use crate::portal::ui::form::{ONCE, Problem, Target};
use crate::portal::ui::input;
use crate::priorities::{self, Priority};
use crate::secret;
use crate::text::{Number, fold, shown};
use crate::words::portal::Words;
use views::new_order::{FACILITY, Nothing, OBJECT, OrderForm, Pick, Sent, URGENCY};

/// More things than this make no list that anybody could choose from.
const MOST_CHOICES: usize = 200;

/// What is sent for no facility; no number begins so.
const NO_PLACE: &str = "-";

/// The form for an order.
pub fn show(visit: &Visit) -> Result<Reply> {
    let typed = Typed::of(|name| visit.query.get(name));
    let offer = visit.read(|tx| Offer::of(tx))?;
    let page = match offer.nothing() {
        Some(why) => views::new_order::nothing(&frame(visit), why),
        None => form_page(visit, &offer, &typed, Vec::new())?,
    };
    Ok(reply::page(page))
}

/// Takes an order.
pub fn send(submission: &Submission) -> Result<Reply> {
    let typed = Typed::of(|name| submission.field(name));
    let problems = RefCell::new(Vec::new());
    let sent = submission.write(|tx| {
        let id = tx.once(submission.field(ONCE), || match make(tx, &typed, submission) {
            Ok(made) => made.map(|id| id.0).map_err(|found| {
                problems.replace(found);
                Error::new(Kind::Refused, "the form is not complete")
            }),
            Err(error) => Err(error),
        })?;
        orders::made(tx, OrderId(id)).map(|order| order.number.clone())
    });
    match sent {
        Ok(number) => reply::see_other(&links::order_sent(submission.slug(), &number)),
        Err(error) if error.kind() == Kind::Refused => {
            let offer = submission.read(|tx| Offer::of(tx))?;
            let page = match offer.nothing() {
                Some(why) => views::new_order::nothing(&frame(submission), why),
                None => form_page(submission, &offer, &typed, problems.into_inner())?,
            };
            Ok(reply::with_status(422, page))
        }
        Err(error) => Err(error),
    }
}

/// What is said about an order that was sent, to whoever sent it.
pub fn sent(visit: &Visit) -> Result<Reply> {
    let number = Number::parse(visit.value(0)?).map_err(|_| Error::not_found("order", "?"))?;
    let order = visit.read(|tx| orders::receipt(tx, &number))?;
    let object = order.object_no.as_ref().zip(order.object.as_ref()).map(|(number, name)| format!("{number} {name}"));
    let place: Vec<_> = order.facility.as_ref().map(ToString::to_string).into_iter().chain(object).collect();
    let sees = visit.signed().actor.may(Need::see(Permission::OrderView));
    let data = Sent {
        number: order.number.to_string(),
        title: order.card.title.to_string(),
        place: (!place.is_empty()).then(|| place.join(" · ")),
        priority: order.priority.to_string(),
        urgent: order.emergency,
        email: order.contact.as_ref().and_then(|contact| contact.email.as_ref()).map(ToString::to_string),
        order: sees.then(|| links::order(visit.slug(), &order.number)),
        again: links::new_order(visit.slug()),
    };
    Ok(reply::page(views::new_order::sent(&frame(visit), &data)))
}

/// What somebody can choose from.
struct Offer {
    is_closed: bool,
    /// Whether work at no facility can be ordered.
    unattached: bool,
    places: Vec<Reached<Choice>>,
    /// The machines, one more than can be listed if there are too many; nothing for those who may see none.
    machines: Option<Vec<Reached<Machine>>>,
    priorities: Vec<Reached<Priority>>,
}

impl Offer {
    fn of(tx: &Tx) -> Result<Self> {
        let book = orders::own_book(tx)?;
        let most = u32::try_from(MOST_CHOICES + 1).unwrap_or(u32::MAX);
        let sees_machines = tx.may(Need::see(Permission::ObjectView));
        Ok(Self {
            is_closed: book.is_closed,
            unattached: book.unattached,
            places: orders::places(tx)?,
            machines: sees_machines.then(|| orders::machines(tx, most)).transpose()?,
            priorities: priorities::list(tx)?,
        })
    }

    /// Why nothing can be ordered, if so.
    fn nothing(&self) -> Option<Nothing> {
        match (self.is_closed, self.unattached || !self.places.is_empty()) {
            (true, _) => Some(Nothing::Closed),
            (false, false) => Some(Nothing::Nowhere),
            (false, true) => None,
        }
    }

    /// The one place there is, if there is one only.
    fn only_place(&self) -> Option<&str> {
        match (&self.places[..], self.unattached) {
            ([only], false) => Some(only.number.as_str()),
            ([], true) => Some(NO_PLACE),
            _ => None,
        }
    }

    /// Where to choose a place, and the one that was chosen. A machine brings its own.
    fn facility(&self, words: &Words, typed: &Typed) -> Option<Pick> {
        let machine = self.machines.iter().flatten().find(|machine| machine.number.as_str() == typed.object);
        let of_machine =
            machine.map(|machine| machine.facility.as_ref().map_or(NO_PLACE, |(number, _)| number.as_str()));
        let chosen = of_machine.or(self.only_place()).unwrap_or(&typed.facility);
        let choice = |value: &str, text: &str| input::Choice::new(value, text, value == chosen);
        if self.places.is_empty() {
            return None;
        }
        if self.places.len() > MOST_CHOICES {
            return Some(Pick::Typed(if chosen == NO_PLACE { String::new() } else { chosen.to_owned() }));
        }
        let text = words.new_order;
        let first = self.only_place().is_none().then(|| choice("", text.facility_choose));
        let places = self.places.iter().map(|place| choice(place.number.as_str(), place.name.as_str()));
        let none = self.unattached.then(|| choice(NO_PLACE, text.facility_none));
        Some(Pick::Listed(first.into_iter().chain(places).chain(none).collect(), Vec::new()))
    }

    /// Where to choose a machine, and the one that was chosen.
    fn object(&self, words: &Words, typed: &Typed) -> Option<Pick> {
        let machines = self.machines.as_ref().filter(|machines| !machines.is_empty())?;
        if machines.len() > MOST_CHOICES {
            return Some(Pick::Typed(typed.object.clone()));
        }
        let text = words.new_order;
        let mut groups: Vec<(String, Vec<input::Choice>)> = Vec::new();
        let mut last: Option<&Option<(Number, _)>> = None;
        for machine in machines {
            if last != Some(&machine.facility) {
                let name = machine.facility.as_ref().map_or(text.object_loose, |(_, name)| name.as_str());
                groups.push((name.to_owned(), Vec::new()));
                last = Some(&machine.facility);
            }
            let number = machine.number.as_str();
            let choice = input::Choice::new(number, format!("{number} {}", machine.name), number == typed.object);
            groups.last_mut().map(|(_, choices)| choices.push(choice)).unwrap_or_default();
        }
        Some(Pick::Listed(vec![input::Choice::new("", text.object_none, typed.object.is_empty())], groups))
    }

    /// How soon it must be done; of what cannot wait it is said that one calls.
    fn urgency(&self, visit: &Visit, words: &Words, typed: &Typed) -> Vec<input::Choice> {
        let chosen = self.priorities.iter().find(|priority| priority.id.to_string() == typed.urgency);
        let phone = visit.dress.group.card.phone.as_ref();
        let name = |priority: &Priority| match phone {
            Some(phone) if priority.emergency => (words.new_order.emergency)(priority.name.as_str(), phone.as_str()),
            _ => priority.name.to_string(),
        };
        self.priorities
            .iter()
            .map(|priority| {
                let is_chosen = chosen.map_or(priority.is_default, |chosen| chosen.id == priority.id);
                input::Choice::new(priority.id.to_string(), name(priority), is_chosen)
            })
            .collect()
    }
}

fn form_page(visit: &Visit, offer: &Offer, typed: &Typed, problems: Vec<Problem>) -> Result<maud::Markup> {
    let frame = frame(visit);
    let words = frame.words();
    let slug = visit.slug();
    let sees = visit.signed().actor.may(Need::see(Permission::OrderView));
    let data = OrderForm {
        orders: sees.then(|| links::orders(slug)),
        form: Target { action: links::new_order(slug), token: visit.token() },
        once: secret::random_token()?,
        what: typed.what.clone(),
        facility: offer.facility(words, typed),
        object: offer.object(words, typed),
        details: typed.details.clone(),
        urgency: offer.urgency(visit, words, typed),
        site_contact: typed.site_contact.clone(),
        site_phone: typed.site_phone.clone(),
        reference: typed.reference.clone(),
        problems,
    };
    Ok(views::new_order::ask(&frame, &data))
}

/// Makes the order that was asked for, or says what is missing.
fn make(tx: &WriteTx, typed: &Typed, visit: &Visit) -> Result<Result<OrderId, Vec<Problem>>> {
    let words = crate::words::portal::of(visit.lang);
    let text = words.new_order;
    let offer = Offer::of(tx)?;
    if offer.nothing().is_some() {
        return Ok(Err(Vec::new()));
    }
    let mut problems = Vec::new();
    let wording = typed.wording(visit.lang, &mut problems);
    let unknown = || Problem::new(OBJECT, (text.object_unknown)(&shown(&typed.object)));
    let object = match (typed.object.is_empty() || offer.machines.is_none(), Number::parse(&typed.object)) {
        (true, _) => None,
        (false, Ok(number)) => match objects::named(tx, &number) {
            Ok(object) => Some(object),
            Err(error) if error.kind() == Kind::NotFound => {
                problems.push(unknown());
                None
            }
            Err(error) => return Err(error),
        },
        (false, Err(_)) => {
            problems.push(unknown());
            None
        }
    };
    let wanted = offer.only_place().unwrap_or(&typed.facility);
    let place = offer.places.iter().find(|place| fold(place.number.as_str()) == fold(wanted));
    let spot = match (&object, place) {
        (Some(_), _) => Spot::OfItsObject,
        (None, Some(place)) => Spot::Chosen(place),
        (None, None) if offer.unattached && is_no_place(wanted, &offer) => Spot::Unattached,
        (None, None) => {
            // An object that is not there has been told of; its place cannot be asked for as well.
            if problems.iter().all(|problem| problem.field != OBJECT) {
                let sentence = match wanted {
                    "" => text.facility_missing.to_owned(),
                    _ => (text.facility_unknown)(&shown(wanted)),
                };
                problems.push(Problem::new(FACILITY, sentence));
            }
            Spot::Unattached
        }
    };
    let priority = offer.priorities.iter().find(|priority| priority.id.to_string() == typed.urgency);
    if priority.is_none() && !typed.urgency.is_empty() {
        problems.push(Problem::new(URGENCY, text.urgency_missing));
    }
    let (Some(wording), true) = (wording, problems.is_empty()) else { return Ok(Err(typed::in_order(problems))) };
    let card = OrderCard {
        description: wording.description,
        reference: wording.reference,
        site_contact: wording.site_contact,
        site_phone: wording.site_phone,
        ..OrderCard::titled(wording.title)
    };
    let draft = OrderDraft { spot, object: object.as_ref(), priority, ..OrderDraft::new(card) };
    match orders::create(tx, &orders::own_book(tx)?, &draft) {
        Ok(order) => Ok(Ok(order.id)),
        // In reach, but retired, or where nothing is in use any more.
        Err(error) if error.kind() == Kind::Conflict && object.is_some() => Ok(Err(vec![unknown()])),
        Err(error) => Err(error),
    }
}

/// Whether no facility is meant: said so, or left empty where it is typed.
fn is_no_place(wanted: &str, offer: &Offer) -> bool {
    wanted == NO_PLACE || (wanted.is_empty() && offer.places.len() > MOST_CHOICES)
}
