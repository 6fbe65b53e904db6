//! Pages: the machines, and one of them.

use super::exchange::Reply;
use super::facilities::named as place_named;
use super::frame::{frame, tally};
use super::orders::{self as orders_page, card};
use super::ui::input::Choice;
use super::ui::layout::Frame;
use super::ui::list::SEARCH;
use super::ui::{Link, Named, When};
use super::visit::Visit;
use super::{paging, parts, reply, views};
use crate::access::Permission;
use crate::db::{Reached, Tx};
use crate::error::{Error, Result};
use crate::ids::FacilityId;
use crate::links;
use crate::objects::{self, Object, ObjectFilter, ObjectStatus, Place, Spot};
use crate::orders::{self, Order};
use crate::text::{Line, Number};
use crate::words;
use crate::words::dates;
use views::objects::{NO_FACILITY, ObjectPage, ObjectsPage, Row};
use views::orders::{Card, FACILITY};

/// How many open orders a machine shows.
const ORDERS: u32 = 10;

/// More places than this make no choice that anybody could read.
const MOST_CHOICES: u32 = 200;

/// The machines, a page at a time, those that are retired last.
pub fn list(visit: &Visit) -> Result<Reply> {
    let (words, wanted) = (paging::words(visit), visit.query.get(FACILITY));
    let path = links::objects(visit.slug());
    let data = visit.read(|tx| {
        let (spot, places) = choices(visit, tx, wanted)?;
        let filter = ObjectFilter { search: (!words.is_empty()).then(|| words.clone()), spot };
        let page = objects::page(tx, &filter, paging::number(visit))?;
        let is_searched = !words.is_empty() || spot.is_some();
        Ok(ObjectsPage {
            search: paging::search(path.clone(), &words, is_searched, page.total),
            places,
            rows: page.rows.iter().map(|object| row(visit, object)).collect(),
            pager: paging::pager(visit, &page, &path, &[(SEARCH, &words), (FACILITY, wanted)]),
        })
    })?;
    Ok(reply::page(views::objects::list(&frame(visit), &data)))
}

/// Where is looked, and where one can look. A facility out of reach is one at which nothing stands.
fn choices(visit: &Visit, tx: &Tx, wanted: &str) -> Result<(Option<Spot>, Vec<Choice>)> {
    let mut places: Vec<Place> = objects::places(tx, MOST_CHOICES + 1)?.into_iter().map(Reached::into_inner).collect();
    if places.iter().filter(|place| place.facility.is_some()).count() > MOST_CHOICES as usize {
        places.clear();
    }
    let chosen = match wanted {
        "" => None,
        NO_FACILITY => Some(Place { facility: None }),
        number => match Number::parse(number) {
            Ok(number) => objects::place(tx, &number)?.map(Reached::into_inner),
            Err(_) => None,
        },
    };
    let spot = match (&chosen, wanted) {
        (_, "") => None,
        (Some(Place { facility: None }), _) => Some(Spot::Unattached),
        (Some(Place { facility: Some((id, ..)) }), _) => Some(Spot::At(*id)),
        (None, _) => Some(Spot::At(FacilityId(0))),
    };
    if let Some(place) = chosen.clone().filter(|chosen| !places.contains(chosen)) {
        places.push(place);
    }
    let text = words::portal::of(visit.lang).objects.unattached;
    let choice = |place: &Place| {
        let chosen = chosen.as_ref() == Some(place);
        match &place.facility {
            Some((_, number, name)) => Choice::new(number.as_str(), name.as_str(), chosen),
            None => Choice::new(NO_FACILITY, text, chosen),
        }
    };
    Ok((spot, places.iter().map(choice).collect()))
}

fn row(visit: &Visit, object: &Object) -> Row {
    let make: Vec<_> = [&object.card.maker, &object.card.model].into_iter().flatten().map(Line::as_str).collect();
    Row {
        number: object.number.to_string(),
        name: Link { text: object.card.name.to_string(), href: links::object(visit.slug(), &object.number) },
        facility: facility(visit, object),
        make: (!make.is_empty()).then(|| make.join(" ")),
        retired: object.status == ObjectStatus::Retired,
    }
}

fn facility(visit: &Visit, object: &Object) -> Option<Named> {
    let (number, name) = object.facility_no.as_ref().zip(object.facility.as_ref())?;
    Some(place_named(visit, number, name.as_str()))
}

/// One machine, with its facts, its parts and the work on it.
pub fn show(visit: &Visit) -> Result<Reply> {
    let number = Number::parse(visit.value(0)?).map_err(|_| Error::not_found("object", "?"))?;
    let frame = frame(visit);
    let data = visit.read(|tx| page_of(visit, tx, &objects::named(tx, &number)?, &frame))?;
    Ok(reply::page(views::objects::show(&frame, &data)))
}

fn page_of(visit: &Visit, tx: &Tx, object: &Reached<Object>, frame: &Frame) -> Result<ObjectPage> {
    let slug = visit.slug();
    let orders = match visit.may(Permission::OrderView) {
        false => None,
        true => {
            let open = orders::open_on(tx, object, ORDERS)?;
            let cards = open.newest.iter().map(|order| at_place(visit, order)).collect();
            Some((cards, tally(open.total, visit.lang)))
        }
    };
    // The parent's number came only if it is in reach, and so is then the whole of it.
    let parent = object.parent_id.map(|id| objects::find(tx, id)).transpose()?;
    let retired = object.status == ObjectStatus::Retired;
    let new = links::with_query(&links::new_order(slug), &[("object", object.number.as_str())]);
    let text = |line: &Option<Line>| line.as_ref().map(ToString::to_string);
    Ok(ObjectPage {
        objects: links::objects(slug),
        number: object.number.to_string(),
        name: object.card.name.to_string(),
        retired,
        facility: facility(visit, object),
        maker: text(&object.card.maker),
        model: text(&object.card.model),
        serial: text(&object.card.serial_no),
        installed: object
            .card
            .installed_on
            .map(|day| When { machine: day.to_string(), text: dates::day(day, visit.lang) }),
        parent: parent.map(|parent| named(visit, &parent).0),
        children: objects::parts(tx, object)?.iter().map(|part| named(visit, part)).collect(),
        new: (!retired && visit.may(Permission::OrderCreate)).then_some(new),
        orders,
        above: parts::first_of_object(visit, tx, object, frame)?,
        below: parts::of_object(visit, tx, object, frame)?,
    })
}

/// An order on the page of its machine, which need not be said again.
fn at_place(visit: &Visit, order: &Order) -> Card {
    Card { place: orders_page::facility(visit, order).into_iter().collect(), ..card(visit, order) }
}

/// A machine by its number and name, linked, and whether it is retired.
pub(super) fn named(visit: &Visit, object: &Object) -> (Named, bool) {
    let text = format!("{} {}", object.number, object.card.name);
    let href = Some(links::object(visit.slug(), &object.number));
    (Named { text, href }, object.status == ObjectStatus::Retired)
}
