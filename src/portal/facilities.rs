//! Pages: the places, and one of them.

use super::address::Postal;
use super::exchange::Reply;
use super::frame::{frame, tally};
use super::orders::{self as orders_page, card};
use super::ui::layout::Frame;
use super::ui::{Link, Named};
use super::visit::Visit;
use super::{paging, parts, reply, views};
use crate::access::Permission;
use crate::db::{Reached, Tx};
use crate::error::{Error, Result};
use crate::facilities::{self, Facility, FacilityStatus};
use crate::links;
use crate::objects::{self, ObjectFilter, Spot};
use crate::orders::{self, Order};
use crate::text::Number;
use views::facilities::{FacilitiesPage, FacilityPage, OpenOrders, Row, Standing};
use views::orders::{Card, FACILITY};

/// How many open orders a place shows.
const ORDERS: u32 = 10;

/// The places, a page at a time, those that are closed last.
pub fn list(visit: &Visit) -> Result<Reply> {
    let words = paging::words(visit);
    let path = links::facilities(visit.slug());
    let data = visit.read(|tx| {
        let wanted = (!words.is_empty()).then_some(words.as_str());
        let page = facilities::page(tx, wanted, paging::number(visit))?;
        let ids: Vec<_> = page.rows.iter().map(|facility| facility.id).collect();
        let counts = (visit.may(Permission::OrderView), visit.may(Permission::ObjectView));
        let orders = if counts.0 { orders::open_at_places(tx, &ids)? } else { Vec::new() };
        let objects = if counts.1 { objects::at_places(tx, &ids)? } else { Vec::new() };
        let row = |facility: &Reached<Facility>| Row {
            number: facility.number.to_string(),
            name: Link { text: facility.card.name.to_string(), href: links::facility(visit.slug(), &facility.number) },
            address: Postal::of_facility(&facility.card).short(),
            closed: facility.status == FacilityStatus::Closed,
            orders: orders.iter().find(|at| at.facility == facility.id).map_or(0, |at| at.orders.into()),
            objects: objects.iter().find(|at| at.facility == facility.id).map_or(0, |at| at.objects.into()),
        };
        Ok(FacilitiesPage {
            search: paging::search(path.clone(), &words, !words.is_empty(), page.total),
            rows: page.rows.iter().map(row).collect(),
            counts,
            pager: paging::pager(visit, &page, &path, &[(super::ui::list::SEARCH, &words)]),
        })
    })?;
    Ok(reply::page(views::facilities::list(&frame(visit), &data)))
}

/// One place, with what is being done there and what stands there.
pub fn show(visit: &Visit) -> Result<Reply> {
    let number = Number::parse(visit.value(0)?).map_err(|_| Error::not_found("facility", "?"))?;
    let frame = frame(visit);
    let data = visit.read(|tx| page_of(visit, tx, &facilities::named(tx, &number)?, &frame))?;
    Ok(reply::page(views::facilities::show(&frame, &data)))
}

fn page_of(visit: &Visit, tx: &Tx, facility: &Reached<Facility>, frame: &Frame) -> Result<FacilityPage> {
    let slug = visit.slug();
    let here = |path: String, more: &[(&str, &str)]| {
        let own = [(FACILITY, facility.number.as_str())];
        links::with_query(&path, &own.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
    };
    let closed = facility.status == FacilityStatus::Closed;
    let orders = match visit.may(Permission::OrderView) {
        false => None,
        true => {
            let open = orders::open_at(tx, facility, ORDERS)?;
            Some(OpenOrders {
                cards: open.newest.iter().map(|order| on_machine(visit, order)).collect(),
                total: tally(open.total, visit.lang),
                all: here(links::orders(slug), &[("view", "list")]),
            })
        }
    };
    let objects = if visit.may(Permission::ObjectView) {
        let filter = ObjectFilter { search: None, spot: Some(Spot::At(facility.id)) };
        let page = objects::page(tx, &filter, 1)?;
        Some(Standing {
            objects: page.rows.iter().map(|object| super::objects::named(visit, object)).collect(),
            total: tally(page.total, visit.lang),
            all: (page.pages > 1).then(|| here(links::objects(slug), &[])),
        })
    } else {
        None
    };
    let own_zone = facility.card.zone.as_ref().filter(|zone| **zone != visit.dress.group.card.zone);
    Ok(FacilityPage {
        facilities: links::facilities(slug),
        number: facility.number.to_string(),
        name: facility.card.name.to_string(),
        closed,
        address: Postal::of_facility(&facility.card).lines(),
        zone: own_zone.map(ToString::to_string),
        new: (!closed && visit.may(Permission::OrderCreate)).then(|| here(links::new_order(slug), &[])),
        orders,
        objects,
        parts: parts::of_facility(visit, tx, facility, frame)?,
    })
}

/// An order on the page of its facility, which need not be said again.
fn on_machine(visit: &Visit, order: &Order) -> Card {
    Card { place: orders_page::object(visit, order).into_iter().collect(), ..card(visit, order) }
}

/// A place by its name, linked for those who may open it.
pub(super) fn named(visit: &Visit, number: &Number, name: &str) -> Named {
    let href = visit.may(Permission::FacilityView).then(|| links::facility(visit.slug(), number));
    Named { text: name.to_owned(), href }
}
