//! Pages: the places, and one of them with what stands there and what is being done there.

use maud::{Markup, html};

use super::orders::{self, Card};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::list::{self, Pager, Search};
use crate::portal::ui::{Link, Named, Tally, part};
use crate::words::portal::Words;

/// The places.
#[derive(Clone, Debug)]
pub struct FacilitiesPage {
    /// The search, where there are many.
    pub search: Option<Search>,
    /// A page of them.
    pub rows: Vec<Row>,
    /// Whether orders are counted, and objects.
    pub counts: (bool, bool),
    /// Which of all of them these are, if not all.
    pub pager: Option<Pager>,
}

/// A place in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number.
    pub number: String,
    /// Its name, and its page.
    pub name: Link,
    /// Where it is.
    pub address: Option<String>,
    /// Whether it is in use no longer.
    pub closed: bool,
    /// How many open orders it has, for those who see orders.
    pub orders: u64,
    /// How many objects it has, for those who see objects.
    pub objects: u64,
}

/// `GET /facilities`
pub fn list(frame: &Frame, data: &FacilitiesPage) -> Markup {
    let words = frame.words();
    let text = &words.facilities;
    let searched = data.search.as_ref().and_then(|search| search.clear.as_ref());
    let body = html! {
        h1 { (text.title) }
        @if let Some(search) = &data.search { (list::search(words, search, text.search_label, None)) }
        @if !data.rows.is_empty() {
            (table(words, data))
            @if let Some(pager) = &data.pager { (list::pager(words, pager)) }
        } @else if let Some(clear) = searched {
            (list::nothing_found(words, text.none_title, text.none_text, clear))
        } @else {
            (part::empty(text.empty_title, html! { p { ((text.empty_text)(frame.customer_name())) } }))
        }
    };
    let title = text.title.to_owned();
    page(frame, &Sheet { title, refused: false, place: Some(Place::Facilities), width: Width::Wide, body })
}

fn table(words: &Words, data: &FacilitiesPage) -> Markup {
    let text = &words.facilities;
    let (orders, objects) = data.counts;
    let mut headings = vec![text.number, text.name, text.address];
    headings.extend(orders.then_some(text.open_orders));
    headings.extend(objects.then_some(text.objects));
    let rows: Vec<_> = data
        .rows
        .iter()
        .map(|row| {
            let name = html! {
                (part::link(&row.name))
                @if row.closed { p.badges { span.badge { (text.closed) } } }
            };
            let mut cells = vec![html! { (row.address.as_deref().unwrap_or_default()) }];
            cells.extend(orders.then(|| html! { span.count { ((text.count_orders)(row.orders)) } }));
            cells.extend(objects.then(|| html! { span.count { ((text.count_objects)(row.objects)) } }));
            list::row(Some(&row.number), name, &cells)
        })
        .collect();
    list::table(text.title, &headings, &rows)
}

/// One place.
#[derive(Clone, Debug)]
pub struct FacilityPage {
    /// All places.
    pub facilities: String,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Whether it is in use no longer.
    pub closed: bool,
    /// Where it is, line by line.
    pub address: Vec<String>,
    /// The zone of its clocks, if it is not the company's.
    pub zone: Option<String>,
    /// The page that orders something here, if the visitor may.
    pub new: Option<String>,
    /// What is being done here, for those who see orders.
    pub orders: Option<OpenOrders>,
    /// What stands here, for those who see objects.
    pub objects: Option<Standing>,
    /// What other nouns show here, below that.
    pub parts: Vec<Markup>,
}

/// Open orders of a place.
#[derive(Clone, Debug)]
pub struct OpenOrders {
    /// The newest of them.
    pub cards: Vec<Card>,
    /// How many there are.
    pub total: Tally,
    /// All orders of the place, also those that are done.
    pub all: String,
}

/// Objects of a place.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The first of them: number and name, and whether it is retired.
    pub objects: Vec<(Named, bool)>,
    /// How many there are.
    pub total: Tally,
    /// The list of all of them, if these are not all.
    pub all: Option<String>,
}

/// `GET /facilities/N`
pub fn show(frame: &Frame, data: &FacilityPage) -> Markup {
    let words = frame.words();
    let text = &words.facilities;
    let ended = data.closed.then_some(text.closed);
    let new = data.new.as_deref().map(|new| (new, text.new));
    let body = html! {
        (part::back(&data.facilities, text.back))
        (part::head(&data.number, &data.name, ended, new))
        @if data.closed { p.faint { ((text.closed_text)(frame.company_name())) } }
        div.split {
            section.card {
                h2 { (text.facts) }
                dl.facts {
                    (part::fact(text.address, Some(address(&data.address, text.no_address))))
                    (part::fact(text.number, Some(html! { (data.number) })))
                    (part::fact(text.zone, data.zone.as_ref().map(|zone| html! { (zone) })))
                }
            }
            div.stack {
                @if let Some(orders) = &data.orders { (open_orders(words, orders)) }
                @if let Some(objects) = &data.objects { (standing(words, objects)) }
                @for part in &data.parts { (part) }
            }
        }
    };
    let title = data.name.clone();
    page(frame, &Sheet { title, refused: false, place: Some(Place::Facilities), width: Width::Wide, body })
}

/// A postal address, line under line.
pub(super) fn address(lines: &[String], none: &str) -> Markup {
    html! {
        @if lines.is_empty() { span.faint { (none) } }
        @for (at, line) in lines.iter().enumerate() { @if at > 0 { br; } (line) }
    }
}

fn open_orders(words: &Words, data: &OpenOrders) -> Markup {
    let text = &words.facilities;
    html! {
        section {
            h2 { (text.open_orders) " " span.faint { (data.total.text) } }
            @if data.cards.is_empty() { p.faint { (text.no_open_orders) } } @else { (orders::cards(words, &data.cards)) }
            p.more { a href=(data.all) { (text.all_orders) } }
        }
    }
}

fn standing(words: &Words, data: &Standing) -> Markup {
    let text = &words.facilities;
    html! {
        section {
            h2 { (text.objects) " " span.faint { (data.total.text) } }
            @if data.objects.is_empty() { p.faint { (text.no_objects) } } @else { (named(words, &data.objects)) }
            @if let Some(all) = &data.all { p.more { a href=(all) { ((text.all_objects)(data.total.number)) } } }
        }
    }
}

/// Objects by number and name, those that are retired marked.
pub(super) fn named(words: &Words, objects: &[(Named, bool)]) -> Markup {
    html! {
        ul.links.things {
            @for (object, retired) in objects {
                li { (part::named(object)) @if *retired { " " span.badge { (words.objects.retired) } } }
            }
        }
    }
}
