//! Page: the pipeline, as a board by stage or as a list.

use maud::{Markup, html};

use crate::portal::ui::badge::{self, Kind, Stage};
use crate::portal::ui::form::{self, Field};
use crate::portal::ui::input::{self, Choice};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::{Tally, When, part};
use crate::words::portal::Words;

/// The name of the field with the words to find.
pub const SEARCH: &str = "q";
/// The name of the field with the facility.
pub const FACILITY: &str = "facility";
/// The name of the field with the kind, as `Kind::word`.
pub const KIND: &str = "kind";
/// The name of the field with the stage, as `Stage::word`.
pub const STAGE: &str = "stage";
/// The name of the field that leaves only what is assigned to whoever looks.
pub const MINE: &str = "mine";
/// What it is sent as.
pub const YES: &str = "yes";

/// A customer's orders.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// What is looked for.
    pub filter: Filter,
    /// The same orders on the board.
    pub board: String,
    /// The same orders as a list.
    pub list: String,
    /// The same orders as a file.
    pub csv: Option<String>,
    /// The page that makes an order, if the visitor may.
    pub new: Option<String>,
    /// What is shown.
    pub shown: Shown,
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The address the form asks.
    pub action: String,
    /// Fields that stay as they are, such as the view and the sorting.
    pub keep: Vec<(String, String)>,
    /// The words to find.
    pub search: String,
    /// The facilities to choose from; with fewer than two there is no choice.
    pub facilities: Vec<Choice>,
    /// The kind that is chosen.
    pub kind: Option<Kind>,
    /// The stage that is chosen.
    pub stage: Option<Stage>,
    /// Whether only orders assigned to the visitor are shown.
    pub mine: bool,
    /// The address without any of it, if something is looked for.
    pub clear: Option<String>,
}

/// The two views of the pipeline.
#[derive(Clone, Debug)]
pub enum Shown {
    /// A section for each stage, in the order of `badge::BOARD`.
    Board(Vec<Column>),
    /// A table, a page at a time.
    List(Box<List>),
}

/// A stage on the board.
#[derive(Clone, Debug)]
pub struct Column {
    /// Which.
    pub stage: Stage,
    /// How many orders it has.
    pub count: Tally,
    /// The first of them.
    pub cards: Vec<Card>,
    /// The list of all of them and how many they are, if not all are on the board.
    pub all: Option<(String, Tally)>,
}

/// An order at a glance.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its number.
    pub number: String,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its facility and object.
    pub place: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub stage: Stage,
    /// The day that matters most now.
    pub day: (Day, When),
    /// The name of its priority, if that is an emergency.
    pub urgent: Option<String>,
    /// Whether its time has passed.
    pub overdue: bool,
}

/// What happened, or will, on the day a card shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Day {
    /// It was received.
    Received,
    /// The work is planned.
    Planned,
    /// The customer was asked.
    Asked,
    /// The work began.
    Started,
    /// The work ended.
    Done,
    /// It was cancelled.
    Cancelled,
    /// Its time is over.
    Due,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct List {
    /// The columns, and how to sort by them.
    pub headings: [Heading; 5],
    /// At most 25 orders.
    pub cards: Vec<Card>,
    /// Which of all of them these are.
    pub pager: Pager,
}

/// A heading, in the order number, order, place, stage, date.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The list sorted by it, if it can be.
    pub href: Option<String>,
    /// How it is sorted now, if by this column.
    pub sorted: Option<Direction>,
}

/// Which end comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// The lowest, the earliest.
    Rising,
    /// The highest, the latest.
    Falling,
}

/// Where a page lies among all.
#[derive(Clone, Debug)]
pub struct Pager {
    /// The first one's place.
    pub first: Tally,
    /// The last one's place.
    pub last: Tally,
    /// How many there are.
    pub total: Tally,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// `GET /orders`
pub fn pipeline(frame: &Frame, data: &Pipeline) -> Markup {
    let words = frame.words();
    let nothing = match &data.shown {
        Shown::Board(columns) => columns.iter().all(|column| column.cards.is_empty() && column.all.is_none()),
        Shown::List(list) => list.cards.is_empty(),
    };
    let body = html! {
        div.with-action {
            h1 { (words.orders.title) }
            @if let Some(new) = &data.new { (part::button(new, words.orders.new)) }
        }
        @if nothing && data.filter.clear.is_none() {
            (no_orders(frame))
        } @else {
            (filter(words, &data.filter))
            (views(words, data))
            @if nothing {
                (part::empty(words.orders.none_title, html! {
                    p { (words.orders.none_text) }
                    @if let Some(clear) = &data.filter.clear { p { a.button.quiet href=(clear) { (words.orders.clear) } } }
                }))
            } @else {
                @match &data.shown {
                    Shown::Board(columns) => (board(words, columns)),
                    Shown::List(list) => (table(words, list)),
                }
            }
        }
    };
    let title = words.orders.title.to_owned();
    page(frame, &Sheet { title, refused: false, place: Some(Place::Orders), width: Width::Wide, body })
}

fn no_orders(frame: &Frame) -> Markup {
    let words = frame.words();
    part::empty(
        words.orders.empty_title,
        html! {
            p { ((words.orders.empty_text)(frame.company_name(), frame.customer_name())) }
            @if let Some(phone) = frame.company.as_ref().and_then(|company| company.phone.as_ref()) {
                p { (words.common.call) " " (part::link(phone)) }
            }
        },
    )
}

fn filter(words: &Words, filter: &Filter) -> Markup {
    let all = |chosen| Choice::new("", words.orders.all, chosen);
    let kinds: Vec<_> = std::iter::once(all(filter.kind.is_none()))
        .chain(
            Kind::ALL
                .iter()
                .map(|kind| Choice::new(kind.word(), badge::kind_name(words, *kind), filter.kind == Some(*kind))),
        )
        .collect();
    let stages: Vec<_> = std::iter::once(all(filter.stage.is_none()))
        .chain(
            Stage::ALL
                .iter()
                .map(|stage| Choice::new(stage.word(), badge::stage_name(words, *stage), filter.stage == Some(*stage))),
        )
        .collect();
    let mine = [all(!filter.mine), Choice::new(YES, words.orders.to_me, filter.mine)];
    let facilities: Vec<_> = std::iter::once(all(!filter.facilities.iter().any(|one| one.chosen)))
        .chain(filter.facilities.iter().cloned())
        .collect();
    form::search(
        &filter.action,
        words.orders.search,
        html! {
            @for (name, value) in &filter.keep { input type="hidden" name=(name) value=(value); }
            (input::words_to_find(&Field::new(SEARCH, words.orders.search_label), &filter.search))
            @if filter.facilities.len() > 1 { (input::select(&Field::new(FACILITY, words.orders.facility), &facilities)) }
            (input::select(&Field::new(KIND, words.orders.kind), &kinds))
            (input::select(&Field::new(STAGE, words.orders.stage), &stages))
            (input::select(&Field::new(MINE, words.orders.assigned), &mine))
            (form::quiet(words.orders.search))
        },
    )
}

fn views(words: &Words, data: &Pipeline) -> Markup {
    let list = matches!(data.shown, Shown::List(_));
    html! {
        div.views {
            nav aria-label=(words.orders.views) {
                ul.tabs {
                    li { a href=(data.board) aria-current=[(!list).then_some("true")] { (words.orders.board) } }
                    li { a href=(data.list) aria-current=[list.then_some("true")] { (words.orders.list) } }
                }
            }
            @if let Some(clear) = &data.filter.clear { a href=(clear) { (words.orders.clear) } }
            @if let Some(csv) = &data.csv { a href=(csv) { (words.orders.csv) } }
        }
    }
}

fn board(words: &Words, columns: &[Column]) -> Markup {
    html! {
        nav.jump aria-label=(words.orders.stages) {
            ul {
                @for column in columns {
                    li { a class=(badge::tone(column.stage)) href={ "#" (column.stage) } { (column_name(words, column.stage)) " " b { (column.count.text) } } }
                }
            }
        }
        div.board {
            @for column in columns {
                section id=(column.stage) class=(badge::tone(column.stage)) aria-labelledby={ (column.stage) "-name" } {
                    h2 id={ (column.stage) "-name" } { (column_name(words, column.stage)) " " span.count { (column.count.text) } }
                    @if column.cards.is_empty() {
                        p.faint { (words.orders.nothing_here) }
                    } @else {
                        ul { @for one in &column.cards { li { (card(words, one)) } } }
                    }
                    @if let Some((href, total)) = &column.all { p.more { a href=(href) { ((words.orders.show_all)(&total.text)) } } }
                }
            }
        }
    }
}

fn column_name(words: &Words, stage: Stage) -> &'static str {
    if stage == Stage::Done { words.orders.done_lately } else { badge::stage_name(words, stage) }
}

fn card(words: &Words, card: &Card) -> Markup {
    html! {
        article.order {
            p.number { (card.number) }
            h3 { a href=(card.href) { (card.title) } }
            @if let Some(place) = &card.place { p { (place) } }
            p.faint { (day(words, card)) }
            (marks(words, card))
        }
    }
}

fn marks(words: &Words, card: &Card) -> Markup {
    html! {
        @if card.urgent.is_some() || card.overdue {
            p.badges {
                @if let Some(urgent) = &card.urgent { (badge::urgent(urgent)) }
                @if card.overdue { (badge::overdue(words)) }
            }
        }
    }
}

fn day(words: &Words, card: &Card) -> Markup {
    let what = match card.day.0 {
        Day::Received => words.orders.at_received,
        Day::Planned => words.orders.at_planned,
        Day::Asked => words.orders.at_asked,
        Day::Started => words.orders.at_started,
        Day::Done => words.orders.at_done,
        Day::Cancelled => words.orders.at_cancelled,
        Day::Due => words.orders.at_due,
    };
    html! { (what) " " (part::time(&card.day.1)) }
}

fn table(words: &Words, list: &List) -> Markup {
    let names = [words.orders.number, words.orders.order, words.orders.place, words.orders.stage, words.orders.date];
    html! {
        table.orders role="table" {
            caption.unseen { (words.orders.title) }
            thead role="rowgroup" {
                tr role="row" data-sort=(words.orders.sort) {
                    @for (name, heading) in names.iter().zip(&list.headings) { (head(name, heading)) }
                }
            }
            tbody role="rowgroup" { @for one in &list.cards { (row(words, one)) } }
        }
        (pager(words, &list.pager))
    }
}

fn head(name: &str, heading: &Heading) -> Markup {
    let (sorted, arrow) = match heading.sorted {
        Some(Direction::Rising) => (Some("ascending"), " ↑"),
        Some(Direction::Falling) => (Some("descending"), " ↓"),
        None => (None, ""),
    };
    html! {
        th role="columnheader" scope="col" aria-sort=[sorted] {
            @match &heading.href {
                Some(href) => a href=(href) { (name) span aria-hidden="true" { (arrow) } },
                None => span { (name) },
            }
        }
    }
}

fn row(words: &Words, card: &Card) -> Markup {
    html! {
        tr role="row" {
            td.number role="cell" { (card.number) }
            th role="rowheader" scope="row" { a href=(card.href) { (card.title) } (marks(words, card)) }
            td role="cell" { (card.place.as_deref().unwrap_or_default()) }
            td role="cell" { (badge::status(words, card.stage)) }
            td role="cell" { (day(words, card)) }
        }
    }
}

/// Where a page lies among all, and the ways to those beside it.
pub fn pager(words: &Words, pager: &Pager) -> Markup {
    html! {
        nav.pager aria-label=(words.orders.pages) {
            p { ((words.orders.range)(&pager.first.text, &pager.last.text, &pager.total.text)) }
            @if let Some(previous) = &pager.previous { a.button.quiet href=(previous) rel="prev" { (words.orders.previous) } }
            @if let Some(next) = &pager.next { a.button.quiet href=(next) rel="next" { (words.orders.next) } }
        }
    }
}
