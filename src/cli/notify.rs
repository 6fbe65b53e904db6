//! Command: who would be told of something that happens to an order, and why; nothing is sent.

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::json;

use super::answer::{Action, Answer, Column, Done, List, kept, shown};
use super::desk::Desk;
use super::flags::{Changing, Listing};
use super::{named, orders as work, usage};
use crate::access::{Right, Side};
use crate::customers;
use crate::db::{Reached, Tx};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::notices::{self, Doer, Verdict};
use crate::orders::Order;
use crate::outbox::notice::About;
use crate::readings;
use crate::staff;
use crate::statuses;
use crate::text::{Email, Line, Number, Ref};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List who would be told of an event on an order, by which way and why, and who would not and why not
    Test(Test),
    /// Tell of machines that are due for service, and of changes to accounts; `serve` does so every hour
    Due(Due),
}

#[derive(Args, Debug)]
#[command(after_help = "\
A service is told once, two weeks before its day, or as soon as the machine's use is used up. What people who are no
administrators did with customer accounts is told to the administrators in one mail a day, from 07:00 of the group's
zone; where none of them has an address, to the reply address of the group. For installations where
`serve` does not run all day, from cron:
  7 7 * * *  frontdesk -q notify due")]
pub(super) struct Due {
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Events: order.created order.status order.waiting order.done order.planned comment document selfcheck reading.due
A new status is the event of its stage: order.waiting, order.done, order.planned, and order.status for all others. Without
--status it is the first of the company's statuses with that event. reading.due is asked of the order's object.
Nobody is told of their own act, and the company only of what its customers do: --by says whose act it is.
Nothing is sent and nothing changes.

Examples:
  frontdesk notify test NK-FRO-0142 comment --by eva@brf.example
  frontdesk notify test NK-FRO-0142 order.status --status Done")]
pub(super) struct Test {
    /// Which order: its number, or id:123
    order: Ref<Number>,
    /// What happens
    event: Event,
    /// The status that the order gets
    #[arg(long)]
    status: Option<Line>,
    /// Whose act it is: staff, or the address of a contact of the order's customer
    #[arg(long, value_name = "WHO", default_value = "staff")]
    by: By,
    #[command(flatten)]
    listing: Listing,
}

/// Whose act it is.
#[derive(Clone, Debug)]
enum By {
    Staff,
    Contact(Ref<Email>),
}

impl std::str::FromStr for By {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        if text == "staff" {
            Ok(Self::Staff)
        } else {
            text.parse().map(Self::Contact).map_err(|error: Error| error.tip("say staff, or the address of a contact"))
        }
    }
}

const COLUMNS: &[Column] = &[
    shown("name", "NAME"),
    shown("email", "EMAIL"),
    shown("side", "SIDE"),
    shown("told", "TOLD"),
    shown("channel", "BY"),
    shown("why", "WHY"),
    kept("event"),
    kept("status"),
];

/// Somebody who would be told or not.
#[derive(Serialize)]
struct Row {
    name: Line,
    email: Option<Email>,
    side: Side,
    told: bool,
    channel: &'static str,
    why: String,
    event: Event,
    status: Option<Line>,
}

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Test(command) => command.run(desk),
            Self::Due(Due { changing }) => due(changing, desk),
        }
    }
}

/// Tells of what is due. Nobody is asked: it is told once for each service, and once a day of accounts.
fn due(changing: Changing, desk: &Desk) -> Result<Answer> {
    desk.require(Right::Orders)?;
    let (db, group) = (desk.db()?, desk.actor()?.group());
    let found = readings::due(db, group)?;
    let told = if changing.dry_run { found.len() } else { readings::tell_due(db, group)? };
    let tell = if changing.dry_run { staff::untold_accounts } else { staff::tell_accounts };
    let accounts = tell(db, group)?;
    let action = if told + accounts > 0 { Action::Sent } else { Action::Unchanged };
    let services = match told {
        1 => "1 service that is due".into(),
        _ => format!("{told} services that are due"),
    };
    let changes = match accounts {
        1 => "1 change to accounts".into(),
        _ => format!("{accounts} changes to accounts"),
    };
    let sentence = match (told, accounts) {
        (_, 0) => format!("word of {services}"),
        (0, _) => format!("word of {changes}, to administrators"),
        _ => format!("word of {services}, and of {changes}, to administrators"),
    };
    Ok(Done::new(action, told, sentence, &json!({ "due": found, "accounts": accounts }), changing)?.into())
}

impl Test {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let Self { order, event, status, by, listing } = self;
        let rows = desk.read(|tx| {
            let order = work::find(tx, &order)?;
            let doer = match &by {
                By::Staff => Doer::Anybody(Side::Staff),
                By::Contact(contact) => {
                    let customer = customers::find(tx, order.customer_id)?;
                    Doer::Contact(named::contact(tx, contact, Some(&customer))?.id)
                }
            };
            let (event, status) = happens(tx, event, status.as_ref())?;
            let about = about(&order, event)?;
            let row = |name, email, side, verdict: &Verdict| Row {
                name,
                email,
                side,
                told: verdict.is_told(),
                channel: verdict.channel(),
                why: verdict.to_string(),
                event,
                status: status.clone(),
            };
            let company = notices::at_company(tx, about, event, doer)?;
            let mut rows: Vec<_> =
                company.into_iter().map(|(one, verdict)| row(one.name, one.email, Side::Staff, &verdict)).collect();
            for (person, verdict) in notices::at_customer(tx, about, event, status.as_ref(), doer)? {
                rows.push(row(person.name, person.email, Side::Customer, &verdict));
            }
            Ok(rows)
        })?;
        List::answer("people", COLUMNS, &listing, rows)
    }
}

/// The narrowest event, and the status that brings it.
fn happens(tx: &Tx, event: Event, status: Option<&Line>) -> Result<(Event, Option<Line>)> {
    let of_status = matches!(event, Event::OrderStatus | Event::OrderWaiting | Event::OrderDone | Event::OrderPlanned);
    match status {
        Some(_) if !of_status => {
            Err(usage(format!("'{event}' brings no new status")).at("status").tip("leave --status out"))
        }
        Some(name) => {
            let status = statuses::find_by_name(tx, name)?;
            let narrow = Event::of_stage(status.stage);
            if event != Event::OrderStatus && event != narrow {
                return Err(Error::conflict(format!("the status '{}' brings {narrow}, not {event}", status.name))
                    .at("status")
                    .tip("say order.status, and the status decides"));
            }
            Ok((narrow, Some(status.name.clone())))
        }
        // Another time for what is planned already comes without a new status.
        None if !of_status || event == Event::OrderPlanned => Ok((event, None)),
        None => {
            let all = statuses::list(tx)?;
            let first = all.iter().find(|status| Event::of_stage(status.stage) == event);
            Ok((event, first.map(|status| status.name.clone())))
        }
    }
}

fn about(order: &Reached<Order>, event: Event) -> Result<About> {
    match (event, order.object_id) {
        (Event::ReadingDue, Some(object)) => Ok(About::Object(object)),
        (Event::ReadingDue, None) => {
            Err(Error::conflict(format!("order {} is about no object, which could be due", order.number)).at("event"))
        }
        _ => Ok(About::Order(order.id)),
    }
}
