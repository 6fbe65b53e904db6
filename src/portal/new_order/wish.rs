//! What a filled-in form asks for, checked, and the order that is made of it.

use super::offer::Offer;
use super::typed::Typed;
use crate::config::Uploads;
use crate::db::{Reached, Tx, WriteTx};
use crate::documents::{self, Kept, On, Purpose};
use crate::error::{Kind, Result};
use crate::ids::OrderId;
use crate::notices::Tell;
use crate::objects::{self, Object};
use crate::orders::{self, Choice, OrderCard, OrderDraft, Spot};
use crate::portal::documents::drafts;
use crate::portal::ui::form::Problem;
use crate::portal::views::new_order::{FACILITY, OBJECT, URGENCY};
use crate::priorities::Priority;
use crate::text::{Lang, Number, fold, shown};
use crate::words::portal::{self, NewOrder};

/// What somebody wants, where, and how soon.
pub(super) struct Wish {
    card: OrderCard,
    place: Place,
    priority: Option<Reached<Priority>>,
}

enum Place {
    On(Box<Reached<Object>>),
    At(Reached<Choice>),
    Nowhere,
}

/// What a form asks for, or what is wrong with it. Where nothing can be ordered at all, there is nothing to be said of the
/// form.
pub(super) fn of(tx: &Tx, typed: &Typed, lang: Lang) -> Result<Result<Wish, Vec<Problem>>> {
    let text = portal::of(lang).new_order;
    let offer = Offer::of(tx)?;
    if offer.nothing().is_some() {
        return Ok(Err(Vec::new()));
    }
    let mut problems = Vec::new();
    let wording = typed.wording(lang, &mut problems);
    let place = place(tx, typed, &offer, text)?.map_err(|problem| problems.push(problem));
    let priority = offer.priorities.into_iter().find(|priority| priority.id.to_string() == typed.urgency);
    if priority.is_none() && !typed.urgency.is_empty() {
        problems.push(Problem::new(URGENCY, text.urgency_missing));
    }
    let (Some(wording), Ok(place), true) = (wording, place, problems.is_empty()) else { return Ok(Err(problems)) };
    let card = OrderCard {
        description: wording.description,
        reference: wording.reference,
        site_contact: wording.site_contact,
        site_phone: wording.site_phone,
        ..OrderCard::titled(wording.title)
    };
    Ok(Ok(Wish { card, place, priority }))
}

/// Where it is to be done. A machine brings its own facility, whichever was chosen besides.
fn place(tx: &Tx, typed: &Typed, offer: &Offer, text: &NewOrder) -> Result<Result<Place, Problem>> {
    if !typed.object.is_empty() && offer.machines.is_some() {
        let Ok(number) = Number::parse(&typed.object) else { return Ok(Err(no_object(text, &typed.object))) };
        return match objects::named(tx, &number) {
            Ok(object) => Ok(Ok(Place::On(Box::new(object)))),
            Err(error) if error.kind() == Kind::NotFound => Ok(Err(no_object(text, &typed.object))),
            Err(error) => Err(error),
        };
    }
    let wanted = offer.only_place().unwrap_or(&typed.facility);
    let known = offer.places.iter().find(|place| fold(place.number.as_str()) == fold(wanted));
    Ok(match known {
        Some(place) => Ok(Place::At(place.clone())),
        None if offer.is_no_place(wanted) => Ok(Place::Nowhere),
        None if wanted.is_empty() => Err(Problem::new(FACILITY, text.facility_missing)),
        None => Err(Problem::new(FACILITY, (text.facility_unknown)(&shown(wanted)))),
    })
}

fn no_object(text: &NewOrder, typed: &str) -> Problem {
    Problem::new(OBJECT, (text.object_unknown)(&shown(typed)))
}

/// Makes the order, with its files; or says why its machine is not one of those that work can be ordered for.
pub(super) fn grant(
    tx: &WriteTx,
    wish: &Wish,
    files: &[Kept],
    rules: &Uploads,
    lang: Lang,
) -> Result<Result<OrderId, Vec<Problem>>> {
    let (spot, object) = match &wish.place {
        Place::On(object) => (Spot::OfItsObject, Some(&**object)),
        Place::At(place) => (Spot::Chosen(place), None),
        Place::Nowhere => (Spot::Unattached, None),
    };
    let draft = OrderDraft { spot, object, priority: wish.priority.as_ref(), ..OrderDraft::new(wish.card.clone()) };
    let order = match (orders::create(tx, &orders::own_book(tx)?, &draft), object) {
        (Ok(order), _) => order,
        // In reach, but retired, or at a facility that is closed.
        (Err(error), Some(object)) if error.kind() == Kind::Conflict => {
            return Ok(Err(vec![no_object(portal::of(lang).new_order, object.number.as_str())]));
        }
        (Err(error), _) => return Err(error),
    };
    if !files.is_empty() {
        // The mail about the order has told of it.
        let drafts = drafts(files, Purpose::Reference, None);
        documents::add(tx, rules, On::Order(&order), &drafts, Tell::Nobody)?;
    }
    Ok(Ok(order.id))
}
