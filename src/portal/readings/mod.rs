//! Pages: what the meters of an object showed.

mod change;
mod enter;
mod said;

pub use change::{edit, submit};
pub use enter::enter;

use self::said::Voice;
use super::exchange::Reply;
use super::frame::{frame, tally};
use super::spreadsheet::Spreadsheet;
use super::visit::Visit;
use super::{paging, reply, views};
use crate::access::{Need, Permission};
use crate::clock::Moment;
use crate::db::{Reached, Tx};
use crate::error::{Error, Result};
use crate::ids::ReadingId;
use crate::links;
use crate::objects::{self, Object, ObjectStatus};
use crate::portal::ui::form::Target;
use crate::portal::ui::input::Choice;
use crate::portal::ui::layout::Frame;
use crate::readings::{self, History, Meter, ReadingState};
use crate::secret;
use crate::text::{Number, shown};
use views::readings::{Form, Last, Part, ReadingsPage, Row};

/// Readings beside an object.
const NEWEST: usize = 5;

/// Points of a curve.
const POINTS: u32 = 200;

/// The name of the value that says which meter a page is about.
const OF: &str = "of";

/// The name of the value that says which reading was just entered.
const ENTERED: &str = "reading";

/// A form that came from the object's own page.
const OBJECT: &str = "object";

const ADD: Need = Need::see(Permission::ReadingAdd);

/// What several pages need to know about an object and one of its meters.
struct Desk {
    object: Reached<Object>,
    voice: Voice,
    meters: Vec<Meter>,
    meter: Meter,
}

impl Desk {
    fn of(visit: &Visit, tx: &Tx, object: Reached<Object>, meter: &str) -> Result<Self> {
        let meters = readings::meters(tx, &object)?;
        let meter = meters.iter().find(|one| one.name.as_str() == meter).or(meters.first()).cloned();
        let meter = meter.unwrap_or_else(|| Meter::of(&object));
        let voice = Voice { lang: visit.lang, zone: readings::zone(tx, &object)? };
        Ok(Self { object, voice, meters, meter })
    }

    /// `KYL-02 Compressor 2`
    fn name(&self) -> String {
        format!("{} {}", self.object.number, self.object.card.name)
    }

    fn in_use(&self) -> bool {
        self.object.status == ObjectStatus::Active
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |one: &Meter| {
            Choice::new(one.name.as_str(), format!("{} ({})", self.voice.meter(one), one.unit), *one == self.meter)
        };
        self.meters.iter().map(choice).collect()
    }

    /// An empty form, for a reading of this minute.
    fn form(&self, visit: &Visit, tx: &Tx, from: &str) -> Result<Form> {
        let last = readings::last(tx, &self.object, &self.meter.name)?;
        let action = links::readings(visit.slug(), &self.object.number);
        Ok(Form {
            target: Target { action, token: visit.token() },
            once: secret::random_token()?,
            from: from.into(),
            unit: self.meter.unit.to_string(),
            last: last.map(|last| Last {
                value: self.voice.amount(last.value, self.meter.unit.as_str()),
                when: self.voice.when(last.at),
            }),
            value: String::new(),
            at: self.clock(minute(tx.now())),
            zone: self.voice.zone.to_string(),
            note: String::new(),
            meters: self.choices(),
            replaced: false,
            problems: Vec::new(),
            question: None,
        })
    }

    /// A moment as a field for day and time has it.
    fn clock(&self, moment: Moment) -> String {
        moment.within(&self.voice.zone.rules()).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    fn row(&self, visit: &Visit, row: &History) -> Row {
        let edit = links::reading(visit.slug(), &self.object.number, row.reading.id);
        self.voice.row(row, &visit.signed().actor, edit)
    }

    /// The curve and the next services.
    fn outlook(&self, tx: &Tx) -> Result<(Option<crate::portal::ui::chart::Chart>, Vec<views::readings::Service>)> {
        let points = readings::curve(tx, &self.object, &self.meter.name, POINTS)?;
        let services = readings::services(tx, &self.object)?;
        let told = services.iter().map(|service| self.voice.service(service)).collect();
        Ok((self.voice.chart(&self.meter, &points), told))
    }

    /// What is told after a reading: its value, and the next service.
    fn notice(&self, visit: &Visit, tx: &Tx) -> Result<Option<String>> {
        let said = self.voice.words();
        let told = match visit.query.get("after") {
            "deleted" => return Ok(Some(said.is_deleted.into())),
            "corrected" => said.is_corrected,
            _ => said.saved,
        };
        let Ok(id) = visit.query.get(ENTERED).parse().map(ReadingId) else { return Ok(None) };
        // An address with any number says nothing about readings of other objects.
        let reading = match readings::in_object(tx, &self.object, id) {
            Ok(reading) if reading.state == ReadingState::Valid => reading,
            _ => return Ok(None),
        };
        let mut words = vec![told(&self.voice.amount(reading.value, reading.unit.as_str()))];
        if let Some(service) = readings::services(tx, &self.object)?.first() {
            let service = self.voice.service(service);
            words.push(format!("{} ({}): {}.", said.service, service.name, service.when));
        }
        Ok(Some(words.join(" ")))
    }
}

/// All readings of a meter, a page at a time.
pub fn list(visit: &Visit) -> Result<Reply> {
    let number = object_number(visit)?;
    let (notice, data) = visit.read(|tx| {
        let desk = Desk::of(visit, tx, objects::named(tx, &number)?, visit.query.get(OF))?;
        let form = if desk.in_use() && tx.may(ADD) { Some(desk.form(visit, tx, "")?) } else { None };
        Ok((desk.notice(visit, tx)?, page_of(visit, tx, &desk, form)?))
    })?;
    Ok(reply::page(views::readings::list(&Frame { notice, ..frame(visit) }, &data)))
}

fn page_of(visit: &Visit, tx: &Tx, desk: &Desk, form: Option<Form>) -> Result<ReadingsPage> {
    let (slug, number) = (visit.slug(), &desk.object.number);
    let page = readings::page(tx, &desk.object, &desk.meter.name, paging::number(visit))?;
    let action = links::readings(slug, number);
    let of = if desk.meters.first() == Some(&desk.meter) { "" } else { desk.meter.name.as_str() };
    let (chart, services) = desk.outlook(tx)?;
    Ok(ReadingsPage {
        object: (desk.name(), links::object(slug, number)),
        meter: desk.voice.meter(&desk.meter),
        meters: desk.choices(),
        retired: !desk.in_use() && tx.may(ADD),
        form,
        services,
        chart,
        rows: page.rows.iter().map(|row| desk.row(visit, row)).collect(),
        pager: paging::place(visit, &page, &action, &[(OF, of)]),
        csv: links::readings_csv(slug, number),
        action,
    })
}

/// The part of an object's page, for whoever may see readings.
pub fn part(visit: &Visit, tx: &Tx, object: &Reached<Object>) -> Result<Option<Part>> {
    if !tx.may(Need::see(Permission::ReadingView)) {
        return Ok(None);
    }
    let desk = Desk::of(visit, tx, object.clone(), "")?;
    let (chart, services) = desk.outlook(tx)?;
    let page = readings::page(tx, object, &desk.meter.name, 1)?;
    Ok(Some(Part {
        meter: desk.voice.meter(&desk.meter),
        notice: desk.notice(visit, tx)?,
        form: if desk.in_use() && tx.may(ADD) { Some(desk.form(visit, tx, OBJECT)?) } else { None },
        services,
        chart,
        rows: page.rows.iter().take(NEWEST).map(|row| desk.row(visit, row)).collect(),
        all: (links::readings(visit.slug(), &object.number), tally(page.total, visit.lang).text),
        csv: links::readings_csv(visit.slug(), &object.number),
    }))
}

/// Every reading that counts, as a file that the import takes again.
pub fn csv(visit: &Visit) -> Result<Reply> {
    let number = object_number(visit)?;
    let (object, all) = visit.read(|tx| {
        let object = objects::named(tx, &number)?;
        Ok((object.id.0, readings::all(tx, &object)?))
    })?;
    visit.note_export::<Object>(object, number.as_str(), "readings.exported")?;
    let mut sheet = Spreadsheet::new(&["object_no", "meter", "value", "unit", "read_at", "note", "author"])?;
    for reading in &all {
        sheet.row([
            reading.object_no.to_string(),
            reading.meter.to_string(),
            reading.value.to_string(),
            reading.unit.to_string(),
            reading.read_at.to_string(),
            reading.note.as_ref().map(ToString::to_string).unwrap_or_default(),
            reading.author.to_string(),
        ])?;
    }
    sheet.reply(&format!("{number} readings.csv"))
}

/// The number of the object in the address.
fn object_number(visit: &Visit) -> Result<Number> {
    Number::parse(visit.value(0)?).map_err(|_| Error::not_found("object", "?"))
}

/// The moment without its seconds, as people tell it.
fn minute(moment: Moment) -> Moment {
    moment.plus(-moment.unix().rem_euclid(60))
}

/// The id of the reading in the address.
fn reading_id(visit: &Visit) -> Result<ReadingId> {
    let text = visit.value(1)?;
    text.parse().map(ReadingId).map_err(|_| Error::not_found("reading", shown(text)))
}
