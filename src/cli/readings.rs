//! Commands: what the meters of a customer's machines showed.

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::answer::{Action, Answer, Column, Done, List, kept, record, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, IfExists, Listing, Removing};
use super::objects::Which;
use super::when::When;
use super::{adding, imports, intervals, named, usage};
use crate::db::{Reached, Tx};
use crate::error::{Error, Kind, Result};
use crate::ids::ReadingId;
use crate::objects::{self, Object};
use crate::readings::{self, Amount, Doubt, Draft, Judged, PLACES, Reading, ReadingFilter, ReadingState};
use crate::text::decimal::DecimalMark;
use crate::text::{Line, Number, Prose, Ref};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add what a meter of a machine showed
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the readings
    #[command(visible_alias = "ls")]
    List(ListReadings),
    /// Put another value in a reading's place; the old one stays visible with the reason
    Correct(Correct),
    /// Delete a reading; it stays visible with the reason and counts no more
    #[command(visible_alias = "rm")]
    Delete(Delete),
    /// Take readings from a file, or what was added since the reading before
    Import(ImportReadings),
}

#[derive(Args, Debug)]
pub(super) struct Add {
    #[command(flatten)]
    which: Which,
    /// What the meter showed, such as 12459.5
    value: String,
    /// When, on the clocks of the place: a day, or a time such as 2026-11-24T10:00; otherwise now
    #[arg(long, value_name = "TIME")]
    at: Option<When>,
    /// Which meter, if not the machine's own
    #[arg(long)]
    meter: Option<Line>,
    /// In what it counts, for a meter that was never read before
    #[arg(long, requires = "meter")]
    unit: Option<Line>,
    /// What whoever read it remarked
    #[arg(long, value_name = "TEXT")]
    note: Option<Prose>,
    /// A new meter begins with this reading, at any value
    #[arg(long)]
    meter_replaced: bool,
    /// The decimal mark, for a value such as 12,459: point or comma
    #[arg(long, value_name = "MARK")]
    decimal: Option<DecimalMark>,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListReadings {
    /// Only those of this machine
    #[arg(long)]
    object: Option<Ref<Number>>,
    /// Only those of this customer
    #[arg(long)]
    customer: Option<Ref<Number>>,
    /// Only those of this meter
    #[arg(long)]
    meter: Option<Line>,
    /// Those that were corrected or deleted as well
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Correct {
    /// Which reading, by its number in `reading list`
    #[arg(value_name = "READING", value_parser = named::row)]
    id: i64,
    /// What the meter really showed
    value: String,
    /// Why, as the customer reads it
    #[arg(long, value_name = "TEXT")]
    reason: Prose,
    /// The decimal mark, for a value such as 12,459: point or comma
    #[arg(long, value_name = "MARK")]
    decimal: Option<DecimalMark>,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    /// Which reading, by its number in `reading list`
    #[arg(value_name = "READING", value_parser = named::row)]
    id: i64,
    /// Why, as the customer reads it
    #[arg(long, value_name = "TEXT")]
    reason: Prose,
    #[command(flatten)]
    removing: Removing,
}

#[derive(Args, Debug)]
pub(super) struct ImportReadings {
    #[command(flatten)]
    import: imports::Import,
    /// The values are what was added since the row before of the same machine and meter, in the order of time
    #[arg(long)]
    added: bool,
}

const COLUMNS: &[Column] = &[
    shown("id", "ID"),
    shown("customer_no", "CUSTOMER"),
    shown("object_no", "OBJECT"),
    shown("meter", "METER"),
    shown("value", "VALUE"),
    shown("unit", "UNIT"),
    shown("read_at", "READ"),
    kept("series"),
    shown("note", "NOTE"),
    kept("side"),
    shown("author", "BY"),
    kept("at"),
    kept("corrects"),
    shown("state", "STATE"),
    kept("ended_at"),
    kept("ended_by"),
    kept("ended_why"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => command.run(desk),
            Self::List(command) => command.run(desk),
            Self::Correct(command) => command.run(desk),
            Self::Delete(command) => command.run(desk),
            Self::Import(ImportReadings { import, added }) => {
                import.run(if added { imports::Noun::Added } else { imports::Noun::Reading }, desk)
            }
        }
    }
}

impl Add {
    fn run(&self, desk: &Desk) -> Result<Answer> {
        let value = amount(&self.value, self.decimal)?;
        // What is tried first says what there is to ask.
        let (judged, question) = desk.read(|tx| {
            let object = self.which.find(tx)?;
            let draft = self.draft(tx, &object, value)?;
            let judged = readings::judge_new(tx, &object, &draft)?;
            let question = asked(tx, &object, &judged, value, draft.at)?;
            Ok((judged, question))
        })?;
        if judged.series.is_ok() && !self.adding.changing.dry_run {
            sure(desk, question.as_deref())?;
        }
        let (action, reading, due) = desk.write(self.adding.changing, |tx| {
            let object = self.which.find(tx)?;
            let draft = self.draft(tx, &object, value)?;
            let meter = draft.meter.clone().unwrap_or_else(|| judged.meter.name.clone());
            let known = readings::known(tx, &object, &meter, draft.at)?.into_iter().next();
            let known = known.filter(|reading| reading.state == ReadingState::Valid);
            let (action, reading) = match (known, self.adding.if_exists()) {
                (Some(known), IfExists::Skip) => (Action::Unchanged, known),
                (Some(known), IfExists::Update) => {
                    let why = Prose::parse("entered again with another value")?;
                    match readings::correct(tx, &object, &known, value, &why, true)? {
                        Some(corrected) => (Action::Updated, corrected),
                        None => (Action::Unchanged, known),
                    }
                }
                (Some(known), IfExists::Fail) => {
                    return Err(readings::add(tx, &object, &draft, true).err().map_or_else(
                        || Error::internal(anyhow::anyhow!("two readings of one moment")),
                        |error| error.tip(format!("correct it with: frontdesk reading correct {} VALUE --reason TEXT, or add --if-exists skip", known.id)),
                    ));
                }
                (None, _) => (Action::Created, readings::add(tx, &object, &draft, true)?),
            };
            let due = due(tx, &object, &reading)?;
            Ok((action, reading.into_inner(), due))
        })?;
        done(action, &reading, self.adding.changing, &due)
    }

    fn draft(&self, tx: &Tx, object: &Reached<Object>, value: Amount) -> Result<Draft> {
        let at = match &self.at {
            Some(at) => at.within(&readings::zone(tx, object)?.rules()).map_err(|error| error.at("at"))?,
            None => tx.now(),
        };
        Ok(Draft {
            meter: self.meter.clone(),
            unit: self.unit.clone(),
            note: self.note.clone(),
            replaced: self.meter_replaced,
            ..Draft::new(value, at)
        })
    }
}

impl ListReadings {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let all = desk.read(|tx| {
            let customer = named::customer(tx, self.customer.as_ref())?;
            let find = |object| named::object(tx, object, customer.as_ref());
            let object = self.object.as_ref().map(find).transpose()?;
            let filter = ReadingFilter {
                customer: customer.map(|customer| customer.id),
                object: object.map(|object| object.id),
                meter: self.meter.clone(),
                all: self.all,
            };
            readings::list(tx, &filter)
        })?;
        List::answer("readings", COLUMNS, &self.listing, all.into_iter().map(Reached::into_inner))
    }
}

impl Correct {
    fn run(&self, desk: &Desk) -> Result<Answer> {
        let value = amount(&self.value, self.decimal)?;
        let find = |tx: &Tx| -> Result<(Reached<Object>, Reached<Reading>)> {
            let reading = readings::find(tx, ReadingId(self.id))?;
            Ok((objects::find(tx, reading.object_id)?, reading))
        };
        let question = desk.read(|tx| {
            let (object, reading) = find(tx)?;
            let judged = readings::judge_correction(tx, &object, &reading, value)?;
            let is_same = reading.value == value || reading.state != ReadingState::Valid;
            if is_same || judged.series.is_err() {
                Ok(None)
            } else {
                asked(tx, &object, &judged, value, reading.read_at)
            }
        })?;
        if !self.changing.dry_run {
            sure(desk, question.as_deref())?;
        }
        let (action, reading, due) = desk.write(self.changing, |tx| {
            let (object, reading) = find(tx)?;
            let corrected = readings::correct(tx, &object, &reading, value, &self.reason, true)?;
            let action = Action::updated(corrected.is_some());
            let reading = corrected.unwrap_or(reading);
            let due = due(tx, &object, &reading)?;
            Ok((action, reading.into_inner(), due))
        })?;
        done(action, &reading, self.changing, &due)
    }
}

impl Delete {
    fn run(&self, desk: &Desk) -> Result<Answer> {
        let find = |tx: &Tx| {
            let reading = readings::find(tx, ReadingId(self.id))?;
            match reading.state {
                ReadingState::Deleted => {
                    Err(Error::new(Kind::NotFound, format!("reading {} was deleted already", self.id)))
                }
                _ => Ok(reading),
            }
        };
        adding::delete(
            desk,
            self.removing,
            self.id,
            find,
            |reading: &Reading| {
                let Reading { value, unit, object_no, read_at, .. } = reading;
                desk.confirm(&format!("Delete the reading {value} {unit} of object {object_no} at {read_at}?"))
            },
            |tx, reading| readings::delete(tx, reading, &self.reason),
        )
    }
}

/// Reads a value; what can be read in two ways waits for `--decimal`.
fn amount(text: &str, mark: Option<DecimalMark>) -> Result<Amount> {
    match mark {
        None => text.parse().map_err(|error: Error| error.as_kind(Kind::Usage)),
        Some(_) => Amount::read(text, mark).map_err(|flaw| usage(flaw.sentence(text, PLACES, "reading")).at("value")),
    }
}

/// The question about a reading that can be true and is unlikely.
fn asked(
    tx: &Tx,
    object: &Reached<Object>,
    judged: &Judged,
    value: Amount,
    at: crate::clock::Moment,
) -> Result<Option<String>> {
    let question = |doubt: Doubt| {
        Ok(readings::question(&doubt, value, at, &judged.meter.unit, &readings::zone(tx, object)?.rules()))
    };
    judged.doubt.map(question).transpose()
}

/// Asks whether an unlikely reading is right; `--yes` answers.
fn sure(desk: &Desk, question: Option<&str>) -> Result<()> {
    match question {
        None => Ok(()),
        Some(_) if desk.globals.yes => Ok(()),
        Some(question) if !desk.io.stdin_is_terminal || desk.globals.no_input => {
            Err(usage(question.trim_end_matches('?')).at("value").tip("add --yes if it is right; nothing was changed"))
        }
        Some(question) => desk.confirm(question),
    }
}

fn done(action: Action, reading: &Reading, changing: Changing, due: &str) -> Result<Answer> {
    let Reading { value, unit, object_no, id, meter, .. } = reading;
    let about = format!("reading {id}: {value} {unit} ({meter}) of object {object_no}{due}");
    Ok(Done::new(action, id, about, reading, changing)?.into())
}

/// When a reading was read, on the clocks of the place, and the next service, if the object has an interval.
fn due(tx: &Tx, object: &Reached<Object>, reading: &Reading) -> Result<String> {
    let at = reading.read_at.within(&readings::zone(tx, object)?.rules()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    let services = readings::services(tx, object)?;
    let next = services.first().map_or(String::new(), |service| format!("; {}", intervals::in_words(service)));
    Ok(format!(" on {at}{next}"))
}

/// What the card of an object says about its meter.
pub(super) struct OnACard {
    pub(super) fields: Map<String, Value>,
    pub(super) services: Vec<Map<String, Value>>,
}

pub(super) fn on_a_card(tx: &Tx, object: &Reached<Object>) -> Result<OnACard> {
    let meter = readings::meters(tx, object)?.into_iter().next();
    let last = match &meter {
        Some(meter) => readings::last(tx, object, &meter.name)?.map(|last| (last, meter.unit.clone())),
        None => None,
    };
    let services = readings::services(tx, object)?;
    let mut fields = Map::new();
    let reading = last.map(|(last, unit)| json!({ "value": last.value, "unit": unit, "read_at": last.at }));
    fields.insert("last_reading".into(), reading.unwrap_or(Value::Null));
    let next = services.first().map(|service| json!(intervals::in_words(service)));
    fields.insert("next_service".into(), next.unwrap_or(Value::Null));
    let services =
        services.iter().map(|service| record(&intervals::Told::of(object, service))).collect::<Result<_>>()?;
    Ok(OnACard { fields, services })
}
