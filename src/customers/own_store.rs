//! What a customer corrects of itself: how it is reached, and where it is.

use serde::Serialize;

use super::{Customer, CustomerCard};
use crate::access::{Need, Permission, Right};
use crate::db::{Change, Entry, Reached, WriteTx, named};
use crate::error::Result;
use crate::text::{Email, Line};

const CORRECT: Need = Need::either(Permission::CompanyEdit, Right::Customers);

const UPDATE: Change = Change::new(
    "
    UPDATE customers
       SET email = :email, phone = :phone, address = :address, address2 = :address2, postal_code = :postal_code,
           city = :city, region = :region, country = :country, search = :search
     WHERE group_id = :group AND id = :id",
);

/// What a customer may say about itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reachable {
    /// Its general address for mail.
    pub email: Option<Email>,
    /// Its telephone.
    pub phone: Option<Line>,
    /// Street and number.
    pub address: Option<Line>,
    /// What else belongs to the address.
    pub address2: Option<Line>,
    /// Postal code.
    pub postal_code: Option<Line>,
    /// City.
    pub city: Option<Line>,
    /// State, county or region.
    pub region: Option<Line>,
    /// Country.
    pub country: Option<Line>,
}

impl Reachable {
    /// What is known now.
    pub fn of(card: &CustomerCard) -> Self {
        let card = card.clone();
        Self {
            email: card.email,
            phone: card.phone,
            address: card.address,
            address2: card.address2,
            postal_code: card.postal_code,
            city: card.city,
            region: card.region,
            country: card.country,
        }
    }
}

/// Changes what a customer may correct of itself, and nothing else; `false` if it was so already.
pub fn correct(tx: &WriteTx, customer: &Reached<Customer>, now: &Reachable) -> Result<bool> {
    let before = Reachable::of(&customer.card);
    if before == *now {
        return Ok(false);
    }
    let (address, city) = (now.address.clone(), now.city.clone());
    let card = CustomerCard { address, city, ..customer.card.clone() };
    tx.change(CORRECT, |w| {
        w.run(
            &UPDATE,
            named! {
                ":id": customer.id, ":email": now.email, ":phone": now.phone, ":address": now.address,
                ":address2": now.address2, ":postal_code": now.postal_code, ":city": now.city, ":region": now.region,
                ":country": now.country, ":search": card.search(&customer.number),
            },
        )?;
        Ok((true, Entry::on(customer, "customer.changed").before(&before).after(now)))
    })
}
