//! Pages: the pipeline, and the same as a file.

mod file;

pub use file::csv;

use super::exchange::Reply;
use super::frame::{day, frame, tally, zone_at};
use super::paging;
use super::visit::Visit;
use super::{reply, views};
use crate::access::{Need, Permission};
use crate::clock::Moment;
use crate::db::{Reached, Tx};
use crate::error::Result;
use crate::ids::FacilityId;
use crate::links;
use crate::orders::{self, Choice, Order, PipelineFilter, Sort};
use crate::portal::ui::badge::BOARD;
use crate::portal::ui::list::SEARCH;
use crate::portal::ui::{Named, input};
use crate::stage::Stage;
use crate::text::Number;
use views::orders::{
    Card, Column, Day, Direction, FACILITY, Filter, Heading, KIND, List, MINE, Pipeline, STAGE, Shown, YES,
};

/// The names of the other values of a pipeline's address.
const VIEW: &str = "view";
const SORT: &str = "sort";

/// How many cards a stage has on the board.
const CARDS: u32 = 10;

/// More facilities than this make no choice that anybody could read.
const MOST_CHOICES: u32 = 200;

/// The pipeline, as a board or as a list. Everything that is looked for stands in the address.
///
/// Somebody who may order and see no order is led to the form.
pub fn pipeline(visit: &Visit) -> Result<Reply> {
    let may = |permission| visit.signed().actor.may(Need::see(permission));
    if may(Permission::OrderCreate) && !may(Permission::OrderView) {
        return reply::see_other(&links::new_order(visit.slug()));
    }
    let asked = Asked::of(visit);
    let data = visit.read(|tx| {
        let choices = orders::choices(tx, MOST_CHOICES + 1)?;
        let filter = asked.filter(tx)?;
        let shown = match asked.is_list() {
            true => Shown::List(Box::new(list(visit, tx, &asked, &filter)?)),
            false => Shown::Board(board(visit, tx, &asked, &filter)?),
        };
        Ok(Pipeline {
            filter: Filter {
                action: links::orders(visit.slug()),
                keep: [(VIEW, asked.view.as_str()), (SORT, asked.sort_word())]
                    .into_iter()
                    .filter(|(_, value)| !value.is_empty())
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect(),
                search: asked.search.clone(),
                facilities: facilities(&choices, &asked),
                kind: filter.kind,
                stage: filter.stage,
                mine: filter.mine,
                clear: asked.looks_for_something().then(|| asked.bare(visit)),
            },
            board: asked.address(visit, &[(VIEW, ""), (STAGE, ""), (SORT, "")]),
            list: asked.address(visit, &[(VIEW, "list")]),
            csv: asked.is_list().then(|| asked.file(visit)),
            new: orders::may_order(tx).then(|| links::new_order(visit.slug())),
            shown,
        })
    })?;
    Ok(reply::page(views::orders::pipeline(&frame(visit), &data)))
}

/// What the address asks for, as far as it makes sense; what does not is left out.
struct Asked {
    search: String,
    facility: String,
    kind: String,
    stage: Option<Stage>,
    mine: bool,
    view: String,
    sort: Sort,
    page: u32,
}

impl Asked {
    fn of(visit: &Visit) -> Self {
        let query = &visit.query;
        let stage: Option<Stage> = query.get(STAGE).parse().ok();
        Self {
            search: paging::words(visit),
            facility: query.get(FACILITY).to_owned(),
            kind: query.get(KIND).to_owned(),
            stage,
            mine: query.get(MINE) == YES,
            view: if query.get(VIEW) == "list" || stage.is_some() { "list".into() } else { String::new() },
            sort: query.get(SORT).parse().unwrap_or(Sort::Newest),
            page: paging::number(visit),
        }
    }

    fn is_list(&self) -> bool {
        self.view == "list"
    }

    fn looks_for_something(&self) -> bool {
        !self.search.is_empty()
            || !self.facility.is_empty()
            || !self.kind.is_empty()
            || self.stage.is_some()
            || self.mine
    }

    fn sort_word(&self) -> &'static str {
        if self.sort == Sort::Newest { "" } else { self.sort.word() }
    }

    fn filter(&self, tx: &Tx) -> Result<PipelineFilter> {
        let facility = match Number::parse(&self.facility) {
            Ok(number) => orders::choice_of(tx, &number)?,
            Err(_) => None,
        };
        Ok(PipelineFilter {
            search: Some(self.search.clone()).filter(|words| !words.is_empty()),
            // A facility out of reach is one that nothing is at.
            facility: facility.map(|choice| choice.id).or((!self.facility.is_empty()).then_some(FacilityId(0))),
            kind: self.kind.parse().ok(),
            mine: self.mine,
            stage: self.stage,
        })
    }

    /// The address of the same view with some values changed; changing what is looked for begins at the first page.
    fn address(&self, visit: &Visit, changes: &[(&str, &str)]) -> String {
        let mut values = self.shown();
        for (name, value) in changes {
            values.retain(|(known, _)| known != name);
            values.push((name, value));
        }
        links::with_query(&links::orders(visit.slug()), &values)
    }

    /// What is looked for, and how it is shown.
    fn shown(&self) -> Vec<(&'static str, &str)> {
        let mut values = self.wanted();
        values.extend([(VIEW, self.view.as_str()), (SORT, self.sort_word())]);
        values
    }

    /// What is looked for.
    fn wanted(&self) -> Vec<(&'static str, &str)> {
        vec![
            (SEARCH, self.search.as_str()),
            (FACILITY, self.facility.as_str()),
            (KIND, self.kind.as_str()),
            (STAGE, self.stage.map_or("", Stage::word)),
            (MINE, if self.mine { YES } else { "" }),
        ]
    }

    /// The address of the file with everything that is looked for.
    fn file(&self, visit: &Visit) -> String {
        links::with_query(&links::orders_csv(visit.slug()), &self.wanted())
    }

    fn bare(&self, visit: &Visit) -> String {
        links::with_query(&links::orders(visit.slug()), &[(VIEW, &self.view), (SORT, self.sort_word())])
    }
}

fn facilities(choices: &[Reached<Choice>], asked: &Asked) -> Vec<input::Choice> {
    if choices.len() > MOST_CHOICES as usize {
        return Vec::new();
    }
    choices
        .iter()
        .map(|choice| {
            input::Choice::new(choice.number.as_str(), choice.name.as_str(), choice.number.as_str() == asked.facility)
        })
        .collect()
}

fn board(visit: &Visit, tx: &Tx, asked: &Asked, filter: &PipelineFilter) -> Result<Vec<Column>> {
    let counts = orders::counts(tx, filter)?;
    BOARD
        .into_iter()
        .map(|stage| {
            let count = counts.iter().find(|column| column.stage == stage);
            let (all, recent) = count.map_or((0, 0), |column| (column.all, column.recent));
            let cards = if recent > 0 { orders::board(tx, stage, filter, CARDS)? } else { Vec::new() };
            let more = all > u32::try_from(cards.len()).unwrap_or(u32::MAX);
            Ok(Column {
                stage,
                count: tally(recent, visit.lang),
                cards: cards.iter().map(|order| card(visit, order)).collect(),
                all: more
                    .then(|| (asked.address(visit, &[(STAGE, stage.word()), (VIEW, "list")]), tally(all, visit.lang))),
            })
        })
        .collect()
}

fn list(visit: &Visit, tx: &Tx, asked: &Asked, filter: &PipelineFilter) -> Result<List> {
    let page = orders::page(tx, filter, asked.sort, asked.page)?;
    let heading = |rising: Sort, falling: Sort| {
        let sorted = match asked.sort {
            sort if sort == rising => Some(Direction::Rising),
            sort if sort == falling => Some(Direction::Falling),
            _ => None,
        };
        let next = if sorted == Some(Direction::Rising) { falling } else { rising };
        Heading { href: Some(asked.address(visit, &[(SORT, next.word())])), sorted }
    };
    Ok(List {
        headings: [
            heading(Sort::Number, Sort::NumberBackwards),
            heading(Sort::Title, Sort::TitleBackwards),
            Heading { href: None, sorted: None },
            Heading { href: None, sorted: None },
            heading(Sort::Oldest, Sort::Newest),
        ],
        cards: page.rows.iter().map(|order| card(visit, order)).collect(),
        pager: paging::place(visit, &page, &links::orders(visit.slug()), &asked.shown()),
    })
}

/// An order at a glance.
pub(super) fn card(visit: &Visit, order: &Order) -> Card {
    let (what, moment) = told_day(order);
    Card {
        number: order.number.to_string(),
        href: links::order(visit.slug(), &order.number),
        title: order.card.title.to_string(),
        place: facility(visit, order).into_iter().chain(object(visit, order)).collect(),
        kind: order.card.kind,
        stage: order.stage,
        day: (what, day(moment, zone_at(visit, order.facility_zone.as_ref()), visit.lang)),
        urgent: order.emergency.then(|| order.priority.to_string()),
        overdue: order.overdue,
    }
}

/// The facility of an order. Who reaches the order reaches it too, and may open it with the permission to see places.
pub(super) fn facility(visit: &Visit, order: &Order) -> Option<Named> {
    let (number, name) = order.facility_no.as_ref().zip(order.facility.as_ref())?;
    Some(super::facilities::named(visit, number, name.as_str()))
}

/// The machine an order is about, if it is in reach; with the permission to see machines it can be opened.
pub(super) fn object(visit: &Visit, order: &Order) -> Option<Named> {
    let (number, name) = order.object_no.as_ref().zip(order.object.as_ref())?;
    let href = visit.may(Permission::ObjectView).then(|| links::object(visit.slug(), number));
    Some(Named { text: format!("{number} {name}"), href })
}

/// The day that matters most now.
fn told_day(order: &Order) -> (Day, Moment) {
    match (order.stage, order.card.planned_from) {
        (Stage::Done, _) => (Day::Done, order.closed_at.unwrap_or(order.changed_at)),
        (Stage::Cancelled, _) => (Day::Cancelled, order.closed_at.unwrap_or(order.changed_at)),
        (Stage::Waiting, _) => (Day::Asked, order.changed_at),
        (_, Some(planned)) => (Day::Planned, planned),
        (_, None) => (Day::Received, order.created_at),
    }
}
