//! The customer, its facilities, and its objects with their intervals.

use super::Noun;
use super::reading::{Count, Reading};
use super::take::{Taker, compared, difference};
use crate::customers::{self, Customer, CustomerCard, CustomerStatus};
use crate::db::Reached;
use crate::difference::Difference;
use crate::error::{Error, Result};
use crate::facilities::{self, FacilityCard};
use crate::imports::dates;
use crate::objects::{self, Object, ObjectCard};
use crate::readings::{self, IntervalCard};
use crate::text::{Line, Number, shown};
use crate::users::Day;

impl Taker<'_, '_> {
    /// Makes the customer or gives it the values of the file. A customer that is to be served again is so at once,
    /// because a closed one gets no users.
    pub(super) fn customer(&self) -> Result<Option<Reached<Customer>>> {
        let (tx, top) = (self.tx, &self.top);
        let Some(number) = top.need::<Number>("customer_no") else { return Ok(None) };
        let known = customers::lookup(tx, &number)?;
        if let Some(id) = top.given::<Line>("external_id")
            && let Some(other) = customers::lookup_external(tx, &id)?
            && other.number != number
        {
            let message = format!("'{id}' is customer {}, and the file says customer_no {number}", other.number);
            top.refuse(
                "external_id",
                Error::conflict(message).tip("a number does not change: which of them is meant?"),
            );
            return Ok(None);
        }
        let name = known.as_ref().map(|customer| customer.card.name.clone());
        let Some(name) = self.name(top, name) else { return Ok(None) };
        let kept = known.as_ref().map_or_else(|| CustomerCard::named(name.clone()), |customer| customer.card.clone());
        let card = CustomerCard {
            name,
            org_no: top.over("org_no", kept.org_no),
            email: top.over("email", kept.email),
            phone: top.over("phone", kept.phone),
            fax: top.over("fax", kept.fax),
            address: top.over("address", kept.address),
            address2: top.over("address2", kept.address2),
            postal_code: top.over("postal_code", kept.postal_code),
            city: top.over("city", kept.city),
            region: top.over("region", kept.region),
            country: top.over("country", kept.country),
            lang: top.over("lang", kept.lang),
            prefix: top.over("prefix", kept.prefix),
            note: top.over("note", kept.note),
            external_id: top.over("external_id", kept.external_id),
        };
        let about = format!("customer {number} ({})", card.name);
        let status = top.given::<CustomerStatus>("status");
        let Some(before) = known else {
            let made = top.told("customer_no", customers::add(tx, &number, &card))?;
            if made.is_some() {
                self.created(about, Vec::new());
            }
            return Ok(made);
        };
        let changed = top.told("external_id", customers::set(tx, &before, &card))?.unwrap_or(false);
        let mut changes = compared(changed, &before.card, &card);
        if status == Some(CustomerStatus::Active) {
            customers::set_status(tx, &before, CustomerStatus::Active)?;
        }
        changes.extend(status.and_then(|status| difference("status", before.status.word(), status.word())));
        self.changed(about, changes, status == Some(CustomerStatus::Closed) && before.status != CustomerStatus::Closed);
        customers::find(tx, before.id).map(Some)
    }

    /// Closes the customer after everything else, if the file says so.
    pub(super) fn close(&self, customer: &Reached<Customer>) -> Result<()> {
        if self.top.given::<CustomerStatus>("status") == Some(CustomerStatus::Closed) {
            customers::set_status(self.tx, customer, CustomerStatus::Closed)?;
        }
        Ok(())
    }

    pub(super) fn facilities(&self, customer: &Reached<Customer>) -> Result<()> {
        for reading in self.top.tables(Noun::Facility) {
            self.facility(&reading, customer)?;
        }
        Ok(())
    }

    fn facility(&self, reading: &Reading, customer: &Reached<Customer>) -> Result<()> {
        let tx = self.tx;
        let Some(number) = reading.need::<Number>("facility_no") else { return Ok(()) };
        let known = facilities::lookup(tx, customer, &number)?;
        if let Some(id) = reading.given::<Line>("external_id")
            && let Some(other) = facilities::lookup_external(tx, &id)?
            && known.as_ref().is_none_or(|known| known.id != other.id)
        {
            let message =
                format!("'{id}' belongs to facility {} of customer {} already", other.number, other.customer_no);
            reading.refuse("external_id", Error::conflict(message).tip("a number does not change"));
            return Ok(());
        }
        let name = known.as_ref().map(|facility| facility.card.name.clone());
        let Some(name) = self.name(reading, name) else { return Ok(()) };
        let kept = known.as_ref().map_or_else(|| FacilityCard::named(name.clone()), |facility| facility.card.clone());
        let card = FacilityCard {
            name,
            address: reading.over("address", kept.address),
            address2: reading.over("address2", kept.address2),
            postal_code: reading.over("postal_code", kept.postal_code),
            city: reading.over("city", kept.city),
            region: reading.over("region", kept.region),
            country: reading.over("country", kept.country),
            zone: reading.over("zone", kept.zone),
            note: reading.over("note", kept.note),
            external_id: reading.over("external_id", kept.external_id),
        };
        let status = reading.given("status");
        let about = format!("facility {number} ({})", card.name);
        let Some(before) = known else {
            let made = reading.told("facility_no", facilities::add(tx, customer, &number, &card))?;
            let Some(made) = made.filter(|made| self.is_first(reading, "facility_no", made.id.0)) else {
                return Ok(());
            };
            if let Some(status) = status {
                facilities::set_status(tx, &made, status)?;
            }
            self.created(about, Vec::new());
            return Ok(());
        };
        if !self.is_first(reading, "facility_no", before.id.0) {
            return Ok(());
        }
        let changed = reading.told("external_id", facilities::set(tx, &before, &card))?.unwrap_or(false);
        let mut changes = compared(changed, &before.card, &card);
        if let Some(status) = status
            && facilities::set_status(tx, &before, status)?
        {
            changes.extend(difference("status", before.status.word(), status.word()));
        }
        self.changed(about, changes, false);
        Ok(())
    }

    /// Makes all objects before any becomes a part of another, so that their order in the file does not matter.
    pub(super) fn objects(&self, customer: &Reached<Customer>) -> Result<()> {
        let mut made = Vec::new();
        for reading in self.top.tables(Noun::Object) {
            if let Some(one) = self.object(&reading, customer)? {
                made.push((reading, one));
            }
        }
        for (reading, Made { object, is_new, about, mut changes }) in made {
            if reading.names("parent_no") {
                let parent = match reading.over::<Number>("parent_no", None) {
                    Some(number) => reading.told("parent_no", objects::of(self.tx, customer, &number))?,
                    None => None,
                };
                let known = |object: &Object| object.parent_no.as_ref().map(|number| number.to_string());
                let old = known(&object);
                let moved = objects::part_of(self.tx, &object, parent.as_ref());
                if reading.told("parent_no", moved)?.unwrap_or(false) {
                    let new = parent.map(|parent| parent.number.to_string());
                    changes.extend(difference("parent_no", old, new));
                }
            }
            self.intervals(&reading, &object, &mut changes)?;
            match is_new {
                true => self.created(about, Vec::new()),
                false => self.changed(about, changes, false),
            }
        }
        Ok(())
    }

    fn object(&self, reading: &Reading, customer: &Reached<Customer>) -> Result<Option<Made>> {
        let tx = self.tx;
        let Some(number) = reading.need::<Number>("object_no") else { return Ok(None) };
        let known = objects::lookup(tx, customer, &number)?;
        if let Some(id) = reading.given::<Line>("external_id")
            && let Some(other) = objects::lookup_external(tx, &id)?
            && known.as_ref().is_none_or(|known| known.id != other.id)
        {
            let message =
                format!("'{id}' belongs to object {} of customer {} already", other.number, other.customer_no);
            reading.refuse("external_id", Error::conflict(message).tip("a number does not change"));
            return Ok(None);
        }
        let name = known.as_ref().map(|object| object.card.name.clone());
        let Some(name) = self.name(reading, name) else { return Ok(None) };
        let kept = known.as_ref().map_or_else(|| ObjectCard::named(name.clone()), |object| object.card.clone());
        let card = ObjectCard {
            name,
            maker: reading.over("maker", kept.maker),
            model: reading.over("model", kept.model),
            serial_no: reading.over("serial_no", kept.serial_no),
            installed_on: reading.over::<Day>("installed_on", None).map(Day::date).or_else(|| {
                let named = reading.names("installed_on");
                kept.installed_on.filter(|_| !named)
            }),
            meter: reading.must("meter", kept.meter),
            unit: reading.must("unit", kept.unit),
            external_id: reading.over("external_id", kept.external_id),
        };
        let place = match reading.over::<Number>("facility_no", None) {
            Some(number) => reading.told("facility_no", facilities::of(tx, customer, &number))?,
            None => None,
        };
        let status = reading.given("status");
        let about = format!("object {number} ({})", card.name);
        let Some(before) = known else {
            let made = objects::add(tx, customer, place.as_ref(), &number, &card);
            let made = reading.told("object_no", made)?;
            let Some(object) = made.filter(|made| self.is_first(reading, "object_no", made.id.0)) else {
                return Ok(None);
            };
            if let Some(status) = status {
                objects::set_status(tx, &object, status)?;
            }
            return Ok(Some(Made { object, is_new: true, about, changes: Vec::new() }));
        };
        if !self.is_first(reading, "object_no", before.id.0) {
            return Ok(None);
        }
        let changed = reading.told("external_id", objects::set(tx, &before, &card))?.unwrap_or(false);
        let mut changes = compared(changed, &before.card, &card);
        if reading.names("facility_no") && objects::move_to(tx, &before, place.as_ref())? {
            let old = before.facility_no.as_ref().map(|number| number.to_string());
            changes.extend(difference("facility_no", old, place.map(|place| place.number.to_string())));
        }
        if let Some(status) = status
            && objects::set_status(tx, &before, status)?
        {
            changes.extend(difference("status", before.status.word(), status.word()));
        }
        Ok(Some(Made { object: before, is_new: false, about, changes }))
    }

    /// Gives an object its intervals; those that the file does not name stay, because nothing is deleted.
    fn intervals(&self, reading: &Reading, object: &Reached<Object>, changes: &mut Vec<Difference>) -> Result<()> {
        let tx = self.tx;
        let all = readings::intervals(tx, object)?;
        for reading in reading.tables(Noun::Interval) {
            let Some(name) = reading.need::<Line>("name") else { continue };
            let known = all.iter().find(|interval| interval.name == name);
            let fresh = IntervalCard { days: None, hours: None, since: tx.now(), since_value: None };
            let kept = known.map_or(fresh, |interval| interval.card());
            let card = IntervalCard {
                days: reading.over::<Count>("days", kept.days.map(Count)).map(|Count(days)| days),
                hours: reading.over::<Count>("hours", kept.hours.map(Count)).map(|Count(hours)| hours),
                since: match reading.given::<Line>("since") {
                    Some(text) => {
                        let zone = readings::zone(tx, object)?.rules();
                        let since = dates::moment(text.as_str(), None, &zone).map_err(|_| {
                            let message =
                                format!("'{}' is not a day or a time such as 2026-11-24", shown(text.as_str()));
                            Error::invalid("since", message)
                        });
                        reading.told("since", since)?.unwrap_or(kept.since)
                    }
                    None => kept.since,
                },
                since_value: reading.over("since_value", kept.since_value),
            };
            let made = match known {
                Some(interval) => {
                    let set = readings::set_interval(tx, object, interval, &card);
                    reading.told("name", set)?.map(|_| interval.id)
                }
                None => {
                    let added = readings::add_interval(tx, object, &name, &card);
                    reading.told("name", added)?.map(|made| made.id)
                }
            };
            if made.is_some_and(|id| self.is_first(&reading, "name", id.0)) {
                let old = known.map(|interval| said(&interval.card()));
                changes.extend(difference(&format!("interval {name}"), old, said(&card)));
            }
        }
        Ok(())
    }

    /// The name of a thing; a new one needs it.
    fn name(&self, reading: &Reading, kept: Option<Line>) -> Option<Line> {
        match kept {
            Some(kept) => Some(reading.must("name", kept)),
            None => reading.need("name"),
        }
    }
}

/// An object that was found or made, before it is a part of another.
struct Made {
    object: Reached<Object>,
    is_new: bool,
    about: String,
    changes: Vec<Difference>,
}

/// An interval in a few words: `365 days or 2000 units since 2026-01-01T00:00:00Z`.
fn said(card: &IntervalCard) -> String {
    let days = card.days.map(|days| format!("{days} days"));
    let hours = card.hours.map(|hours| format!("{hours} units"));
    let value = card.since_value.map(|value| format!(" at {value}")).unwrap_or_default();
    let pace: Vec<_> = days.into_iter().chain(hours).collect();
    format!("{} since {}{value}", pace.join(" or "), card.since)
}
