//! Writes a customer as the file that makes it what it is.

use std::fmt::Write;

use super::page::quoted;
use crate::contacts;
use crate::customers::Customer;
use crate::db::{Reached, Tx};
use crate::error::Result;
use crate::facilities;
use crate::objects;
use crate::readings;
use crate::text::Number;
use crate::users::{self, UserState, UserStatus};

/// A customer with all that a file can hold of it. Taking that file changes nothing.
///
/// It does not say who was invited: taken elsewhere, it makes users who wait.
pub fn export(tx: &Tx, customer: &Reached<Customer>) -> Result<String> {
    let mut page = Page::default();
    let card = &customer.card;
    page.text("customer_no", Some(&customer.number));
    page.text("name", Some(&card.name));
    page.text("org_no", card.org_no.as_ref());
    page.text("email", card.email.as_ref());
    page.text("phone", card.phone.as_ref());
    page.text("fax", card.fax.as_ref());
    page.text("address", card.address.as_ref());
    page.text("address2", card.address2.as_ref());
    page.text("postal_code", card.postal_code.as_ref());
    page.text("city", card.city.as_ref());
    page.text("region", card.region.as_ref());
    page.text("country", card.country.as_ref());
    page.text("lang", card.lang);
    page.text("prefix", card.prefix.as_ref());
    page.text("status", Some(customer.status));
    page.text("note", card.note.as_ref());
    page.text("external_id", card.external_id.as_ref());
    facilities_of(tx, customer, &mut page)?;
    objects_of(tx, customer, &mut page)?;
    contacts_of(tx, customer, &mut page)?;
    users_of(tx, customer, &mut page)?;
    Ok(page.0)
}

fn facilities_of(tx: &Tx, customer: &Reached<Customer>, page: &mut Page) -> Result<()> {
    for facility in facilities::list(tx, customer)? {
        let card = &facility.card;
        page.table("facility");
        page.text("facility_no", Some(&facility.number));
        page.text("name", Some(&card.name));
        page.text("address", card.address.as_ref());
        page.text("address2", card.address2.as_ref());
        page.text("postal_code", card.postal_code.as_ref());
        page.text("city", card.city.as_ref());
        page.text("region", card.region.as_ref());
        page.text("country", card.country.as_ref());
        page.text("zone", card.zone.as_ref());
        page.text("status", Some(facility.status));
        page.text("note", card.note.as_ref());
        page.text("external_id", card.external_id.as_ref());
    }
    Ok(())
}

fn objects_of(tx: &Tx, customer: &Reached<Customer>, page: &mut Page) -> Result<()> {
    for object in objects::list(tx, customer)? {
        let card = &object.card;
        page.table("object");
        page.text("object_no", Some(&object.number));
        page.text("name", Some(&card.name));
        page.text("facility_no", object.facility_no.as_ref());
        page.text("parent_no", object.parent_no.as_ref());
        page.text("maker", card.maker.as_ref());
        page.text("model", card.model.as_ref());
        page.text("serial_no", card.serial_no.as_ref());
        page.plain("installed_on", card.installed_on);
        page.text("meter", Some(&card.meter));
        page.text("unit", Some(&card.unit));
        page.text("status", Some(object.status));
        page.text("external_id", card.external_id.as_ref());
        for interval in readings::intervals(tx, &object)? {
            page.table("object.interval");
            page.text("name", Some(&interval.name));
            page.plain("days", interval.days);
            page.plain("hours", interval.hours);
            page.plain("since", Some(interval.since));
            page.plain("since_value", interval.since_value);
        }
    }
    Ok(())
}

fn contacts_of(tx: &Tx, customer: &Reached<Customer>, page: &mut Page) -> Result<()> {
    let tellings = contacts::tellings(tx, Some(customer))?;
    let all = contacts::list(tx, customer)?;
    for contact in &all {
        let card = &contact.card;
        page.table("contact");
        // Of namesakes without an address or an external id only their rows are different.
        let is_alone = all.iter().filter(|other| other.card.name == card.name).count() == 1;
        let is_told = is_alone || card.email.is_some() || card.external_id.is_some();
        page.plain("id", Some(contact.id).filter(|_| !is_told));
        page.text("name", Some(&card.name));
        page.text("email", card.email.as_ref());
        page.text("phone", card.phone.as_ref());
        page.text("title", card.title.as_ref());
        page.text("location", card.location.as_ref());
        page.text("lang", card.lang);
        let telling = tellings.get(&contact.id).cloned().unwrap_or_default();
        page.list("roles", &telling.roles);
        page.list("facilities", &telling.facilities);
        page.text("external_id", card.external_id.as_ref());
    }
    Ok(())
}

fn users_of(tx: &Tx, customer: &Reached<Customer>, page: &mut Page) -> Result<()> {
    for access in users::of_customer(tx, customer)? {
        let user = users::find(tx, access.user_id)?;
        let grant = &access.grant;
        page.table("user");
        page.text("email", Some(&user.email));
        page.text("lang", user.lang);
        page.text("status", Some(UserStatus::Disabled).filter(|_| user.state == UserState::Disabled));
        page.list("permissions", &grant.permissions);
        page.list::<Number>("facilities", &grant.facilities);
        page.plain("all_facilities", Some(grant.all_facilities));
        page.plain("unattached", Some(grant.unattached));
        page.plain("until", grant.until);
    }
    Ok(())
}

/// A file as it grows.
#[derive(Default)]
struct Page(String);

impl Page {
    fn table(&mut self, name: &str) {
        let _ = write!(self.0, "\n[[{name}]]\n");
    }

    /// A text in quotes, where there is one.
    fn text(&mut self, key: &str, value: Option<impl ToString>) {
        self.plain(key, value.map(|value| quoted(&value.to_string())));
    }

    /// A value as it is, where there is one.
    fn plain(&mut self, key: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            let _ = writeln!(self.0, "{key} = {value}");
        }
    }

    fn list<T: ToString>(&mut self, key: &str, values: &[T]) {
        let values: Vec<_> = values.iter().map(|value| quoted(&value.to_string())).collect();
        self.plain(key, Some(format!("[{}]", values.join(", "))));
    }
}
