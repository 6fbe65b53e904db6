//! Commands: after how much a machine is due for service.

use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde::Serialize;

use super::adding;
use super::answer::{Action, Answer, Column, Done, List, kept, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use super::given::{Given, over};
use super::objects::Which;
use super::when::When;
use crate::clock::Moment;
use crate::db::{Reached, Tx};
use crate::error::{Error, Result};
use crate::objects::Object;
use crate::readings::{self, Amount, Interval, IntervalCard, Overdue, Service};
use crate::text::{Line, Number, shown as quoted};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add an interval to a machine: days, use, or whichever comes first
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the intervals of a machine with the next service of each
    #[command(visible_alias = "ls")]
    List(ListIntervals),
    /// Change an interval
    Set(Set),
    /// Delete an interval
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

/// After how much, and since when.
#[derive(Args, Debug)]
struct Facts {
    /// After so many days
    #[arg(long, value_name = "N")]
    days: Option<Given<Count>>,
    /// After so much use of the machine's own meter, in whole units
    #[arg(long, value_name = "N")]
    hours: Option<Given<Count>>,
    /// When the last service was that is no order: a day or a time; a later service order counts instead
    #[arg(long, value_name = "TIME")]
    since: Option<When>,
    /// What the meter showed then, if its readings do not tell
    #[arg(long, value_name = "VALUE")]
    since_value: Option<Given<Amount>>,
}

#[derive(Args, Debug)]
pub(super) struct Add {
    #[command(flatten)]
    which: Which,
    /// What is due, such as 'Yearly service'
    name: Line,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListIntervals {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    #[command(flatten)]
    which: Which,
    /// Which interval, by its name
    name: Line,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    #[command(flatten)]
    which: Which,
    /// Which interval, by its name
    name: Line,
    #[command(flatten)]
    removing: Removing,
}

/// A whole number above nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Count(i64);

impl std::str::FromStr for Count {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let number = text.trim().parse().ok().filter(|number| *number > 0);
        number.map(Self).ok_or_else(|| {
            Error::invalid("interval", format!("'{}' is not a whole number above 0 such as 365", quoted(text)))
        })
    }
}

/// An interval with its next service, as lists and cards show it.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    interval: Line,
    object_no: Number,
    days: Option<i64>,
    hours: Option<i64>,
    last_service: Moment,
    due_on: Option<Date>,
    due_value: Option<Amount>,
    unit: Line,
    expected_on: Option<Date>,
    overdue: bool,
}

pub(super) const ON_A_CARD: &[Column] = COLUMNS;

const COLUMNS: &[Column] = &[
    shown("interval", "INTERVAL"),
    kept("object_no"),
    shown("days", "DAYS"),
    shown("hours", "USE"),
    shown("last_service", "LAST SERVICE"),
    shown("due_on", "DUE"),
    shown("due_value", "AT"),
    shown("unit", "UNIT"),
    shown("expected_on", "EXPECTED"),
    shown("overdue", "OVERDUE"),
];

impl Told {
    pub(super) fn of(object: &Object, service: &Service) -> Self {
        let Service { interval, last, unit, next } = service;
        Self {
            interval: interval.name.clone(),
            object_no: object.number.clone(),
            days: interval.days,
            hours: interval.hours,
            last_service: *last,
            due_on: next.by,
            due_value: next.at,
            unit: unit.clone(),
            expected_on: next.expected,
            overdue: next.overdue.is_some(),
        }
    }
}

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => command.run(desk),
            Self::List(ListIntervals { which, listing }) => {
                let all = desk.read(|tx| {
                    let object = which.find(tx)?;
                    let services = readings::services(tx, &object)?;
                    Ok(services.iter().map(|service| Told::of(&object, service)).collect::<Vec<_>>())
                })?;
                List::answer("intervals", COLUMNS, &listing, all)
            }
            Self::Set(Set { which, name, facts, changing }) => {
                let (action, interval) = adding::change(
                    desk,
                    changing,
                    |tx| readings::interval(tx, &which.find(tx)?, &name),
                    |tx, interval| {
                        let object = which.find(tx)?;
                        let card = facts.over(tx, &object, interval.card())?;
                        readings::set_interval(tx, &object, interval, &card)
                    },
                )?;
                done(action, &which, &interval, changing, desk)
            }
            Self::Delete(Delete { which, name, removing }) => adding::delete(
                desk,
                removing,
                &name,
                |tx| readings::interval(tx, &which.find(tx)?, &name),
                |interval: &Interval| {
                    desk.confirm(&format!("Delete the interval '{}' of object {}?", interval.name, which.object))
                },
                |tx, interval| readings::delete_interval(tx, &which.find(tx)?, interval),
            ),
        }
    }
}

impl Add {
    fn run(&self, desk: &Desk) -> Result<Answer> {
        let Self { which, name, facts, adding } = self;
        let (action, interval) = desk.write(adding.changing, |tx| {
            let object = which.find(tx)?;
            let (action, interval) = adding.place(
                "object interval",
                || readings::interval(tx, &object, name),
                || {
                    let none = IntervalCard { days: None, hours: None, since: tx.now(), since_value: None };
                    readings::add_interval(tx, &object, name, &facts.over(tx, &object, none)?)
                },
                |interval| {
                    let card = facts.over(tx, &object, interval.card())?;
                    readings::set_interval(tx, &object, interval, &card)
                },
            )?;
            Ok((action, interval.into_inner()))
        })?;
        done(action, which, &interval, adding.changing, desk)
    }
}

impl Facts {
    /// An interval with what was named here, and the rest as it was.
    fn over(&self, tx: &Tx, object: &Reached<Object>, kept: IntervalCard) -> Result<IntervalCard> {
        let since = match &self.since {
            Some(since) => since.within(&readings::zone(tx, object)?.rules()).map_err(|error| error.at("since"))?,
            None => kept.since,
        };
        Ok(IntervalCard {
            days: over(&self.days, &kept.days.map(Count)).map(|Count(days)| days),
            hours: over(&self.hours, &kept.hours.map(Count)).map(|Count(hours)| hours),
            since,
            since_value: over(&self.since_value, &kept.since_value),
        })
    }
}

fn done(action: Action, which: &Which, interval: &Interval, changing: Changing, desk: &Desk) -> Result<Answer> {
    // What was only tried is not there to be reckoned with.
    let due = if changing.dry_run {
        String::new()
    } else {
        desk.read(|tx| {
            let services = readings::services(tx, &which.find(tx)?)?;
            let own = services.iter().find(|service| service.interval.name == interval.name);
            Ok(own.map_or(String::new(), |service| format!("; {}", in_words(service))))
        })?
    };
    let about = format!("interval '{}' of object {}{due}", interval.name, which.object);
    Ok(Done::new(action, &interval.name, about, interval, changing)?.into())
}

/// The next service in a few words: `next service (Yearly) on 2027-01-14 or at 12800 h, expected on 2027-02-03`.
pub(super) fn in_words(service: &Service) -> String {
    let Service { interval, unit, next, .. } = service;
    let mut when: Vec<String> = Vec::new();
    when.extend(next.by.map(|day| format!("on {day}")));
    when.extend(next.at.map(|value| format!("at {value} {unit}")));
    let expected = next.expected.map_or(String::new(), |day| format!(", expected on {day}"));
    let name = &interval.name;
    match (next.overdue, when.is_empty()) {
        (Some(Overdue::Days(day, days)), _) => {
            format!(
                "service ({name}) is overdue: it was due on {day}, {days} {} ago",
                if days == 1 { "day" } else { "days" }
            )
        }
        (Some(Overdue::Use(at, more)), _) => {
            format!("service ({name}) is overdue: it was due at {at} {unit}, {more} {unit} ago")
        }
        (None, true) => format!("next service ({name}) is not known before there is a reading"),
        (None, false) => format!("next service ({name}) {}{expected}", when.join(" or ")),
    }
}
