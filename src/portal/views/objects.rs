//! Pages: the machines, and one of them with its facts, its parts and the work on it.

use maud::{Markup, html};

use super::facilities::named;
use super::orders::{self, Card, FACILITY};
use crate::portal::ui::form::Field;
use crate::portal::ui::input::{self, Choice};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::list::{self, Pager, Search};
use crate::portal::ui::{Link, Named, Tally, When, part};
use crate::words::portal::Words;

/// What the filter by facility sends for machines that belong to none. No number has a space in it.
pub const NO_FACILITY: &str = "no facility";

/// The machines.
#[derive(Clone, Debug)]
pub struct ObjectsPage {
    /// The search, where there are many.
    pub search: Option<Search>,
    /// Where to look; there is no choice between one, unless it is chosen.
    pub places: Vec<Choice>,
    /// A page of them.
    pub rows: Vec<Row>,
    /// Which of all of them these are, if not all.
    pub pager: Option<Pager>,
}

/// A machine in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number.
    pub number: String,
    /// Its name, and its page.
    pub name: Link,
    /// Where it stands.
    pub facility: Option<Named>,
    /// Who made it, and what they call it.
    pub make: Option<String>,
    /// Whether it is in use no longer.
    pub retired: bool,
}

/// `GET /objects`
pub fn list(frame: &Frame, data: &ObjectsPage) -> Markup {
    let words = frame.words();
    let text = &words.objects;
    let searched = data.search.as_ref().and_then(|search| search.clear.as_ref());
    let body = html! {
        h1 { (text.title) }
        @if let Some(search) = &data.search { (filter(words, search, &data.places)) }
        @if !data.rows.is_empty() {
            (table(words, &data.rows))
            @if let Some(pager) = &data.pager { (list::pager(words, pager)) }
        } @else if let Some(clear) = searched {
            (list::nothing_found(words, text.none_title, text.none_text, clear))
        } @else {
            (part::empty(text.empty_title, html! { p { ((text.empty_text)(frame.customer_name())) } }))
        }
    };
    let title = text.title.to_owned();
    page(frame, &Sheet { title, refused: false, place: Some(Place::Objects), width: Width::Wide, body })
}

fn filter(words: &Words, search: &Search, places: &[Choice]) -> Markup {
    let all = Choice::new("", words.orders.all, !places.iter().any(|place| place.chosen));
    let choices: Vec<_> = std::iter::once(all).chain(places.iter().cloned()).collect();
    let is_choice = places.len() > 1 || places.iter().any(|place| place.chosen);
    let choice = is_choice.then(|| input::select(&Field::new(FACILITY, words.orders.facility), &choices));
    list::search(words, search, words.objects.search_label, choice)
}

fn table(words: &Words, rows: &[Row]) -> Markup {
    let text = &words.objects;
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let name = html! {
                (part::link(&row.name))
                @if row.retired { p.badges { span.badge { (text.retired) } } }
            };
            let cells = [
                match &row.facility {
                    Some(facility) => part::named(facility),
                    None => html! { span.faint { (text.unattached) } },
                },
                html! { (row.make.as_deref().unwrap_or_default()) },
            ];
            list::row(Some(&row.number), name, &cells)
        })
        .collect();
    list::table(text.title, &[words.facilities.number, text.name, words.orders.facility, text.make], &rows)
}

/// One machine.
#[derive(Clone, Debug)]
pub struct ObjectPage {
    /// All machines.
    pub objects: String,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Whether it is in use no longer.
    pub retired: bool,
    /// Where it stands.
    pub facility: Option<Named>,
    /// Who made it.
    pub maker: Option<String>,
    /// What its maker calls it.
    pub model: Option<String>,
    /// Its number at its maker.
    pub serial: Option<String>,
    /// Since when it stands there.
    pub installed: Option<When>,
    /// What it is a part of.
    pub parent: Option<Named>,
    /// What is a part of it, each with whether it is retired.
    pub children: Vec<(Named, bool)>,
    /// The page that reports a fault on it, if the visitor may.
    pub new: Option<String>,
    /// The newest open orders on it and how many there are, for those who see orders.
    pub orders: Option<(Vec<Card>, Tally)>,
    /// What other nouns show here, above the orders.
    pub above: Vec<Markup>,
    /// What other nouns show here, below the parts.
    pub below: Vec<Markup>,
}

/// `GET /objects/N`
pub fn show(frame: &Frame, data: &ObjectPage) -> Markup {
    let words = frame.words();
    let text = &words.objects;
    let ended = data.retired.then_some(text.retired);
    let new = data.new.as_deref().map(|new| (new, text.new));
    let body = html! {
        (part::back(&data.objects, text.back))
        (part::head(&data.number, &data.name, ended, new))
        @if data.retired { p.faint { (text.retired_text) } }
        div.split {
            section.card { h2 { (text.facts) } (facts(words, data)) }
            div.stack {
                @for part in &data.above { (part) }
                @if let Some((cards, total)) = &data.orders { (open_orders(words, cards, total)) }
                @if !data.children.is_empty() {
                    section { h2 { (text.parts) } (named(words, &data.children)) }
                }
                @for part in &data.below { (part) }
            }
        }
    };
    let title = format!("{} {}", data.number, data.name);
    page(frame, &Sheet { title, refused: false, place: Some(Place::Objects), width: Width::Wide, body })
}

fn facts(words: &Words, data: &ObjectPage) -> Markup {
    let text = &words.objects;
    let line = |value: &Option<String>| value.as_ref().map(|value| html! { (value) });
    let facility = match &data.facility {
        Some(facility) => part::named(facility),
        None => html! { span.faint { (text.unattached) } },
    };
    html! {
        dl.facts {
            (part::fact(words.orders.facility, Some(facility)))
            (part::fact(text.maker, line(&data.maker)))
            (part::fact(text.model, line(&data.model)))
            (part::fact(text.serial, line(&data.serial)))
            (part::fact(text.installed, data.installed.as_ref().map(part::time)))
            (part::fact(text.part_of, data.parent.as_ref().map(part::named)))
        }
    }
}

fn open_orders(words: &Words, cards: &[Card], total: &Tally) -> Markup {
    html! {
        section {
            h2 { (words.facilities.open_orders) " " span.faint { (total.text) } }
            @if cards.is_empty() { p.faint { (words.objects.no_open_orders) } } @else { (orders::cards(words, cards)) }
            @if total.number > cards.len() as u64 { p.faint { ((words.objects.more_orders)(&total.text)) } }
        }
    }
}
