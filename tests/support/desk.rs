//! The database behind a world, for what no command does.

use std::time::Duration;

use frontdesk::access::Actor;
use frontdesk::db::{Db, Tx, WriteTx};
use frontdesk::error::Result;
use frontdesk::groups;
use frontdesk::orders::{self, OrderCard, OrderDraft, Spot};
use frontdesk::secret::Key;
use frontdesk::text::{Line, Number, Prose, Slug};
use frontdesk::{customers, facilities};

use super::World;

/// The database of a world, and its owner at the desk of the group nordkyl.
pub fn desk(world: &World) -> (Db, Actor) {
    (world.db(), world.owner("nordkyl"))
}

impl World {
    /// The database, opened as a server opens it.
    pub fn db(&self) -> Db {
        let data = self.path().join("frontdesk-data");
        let key = Key::read(&data.join("key")).expect("the key");
        Db::open(&data.join("frontdesk.db"), self.clock.clone(), key, Duration::from_secs(30)).expect("a database")
    }

    /// The owner of the data at a group's desk.
    pub fn owner(&self, group: &str) -> Actor {
        let outside = Actor::Owner { group: None, uid: 1000 };
        let slug = Slug::parse(group).expect("a slug");
        let group = self.db().read(&outside, |tx| groups::find(tx, &slug).map(|group| group.id)).expect("the group");
        Actor::Owner { group: Some(group), uid: 1000 }
    }

    /// Changes something at a group's desk.
    #[track_caller]
    pub fn at_desk<T>(&self, group: &str, f: impl Fn(&WriteTx) -> Result<T>) -> T {
        self.db().write(&self.owner(group), f).expect("a change")
    }

    /// A new order, at a facility or at none; gives its number.
    #[track_caller]
    pub fn order(&self, group: &str, customer: &str, facility: Option<&str>, title: &str) -> String {
        self.order_with(group, customer, facility, OrderCard::titled(Line::parse(title).expect("a title")))
    }

    /// A new order with all that is said about it.
    #[track_caller]
    pub fn order_with(&self, group: &str, customer: &str, facility: Option<&str>, card: OrderCard) -> String {
        self.at_desk(group, |tx| {
            let customer = customers::named(tx, &number(customer))?;
            let place = facility.map(|facility| facilities::of(tx, &customer, &number(facility))).transpose()?;
            let spot = place.as_ref().map_or(Spot::Unattached, Spot::At);
            let order = orders::create(
                tx,
                &orders::book(tx, &customer)?,
                &OrderDraft { spot, ..OrderDraft::new(card.clone()) },
            )?;
            Ok(order.number.to_string())
        })
    }

    /// Says something on an order in the company's name.
    #[track_caller]
    pub fn comment(&self, group: &str, order: &str, text: &str) {
        let text = Prose::parse(text).expect("a text");
        self.at_desk(group, |tx| orders::comment(tx, &orders::named(tx, &number(order))?, &text, None).map(drop));
    }

    /// Moves an order to another facility of its customer, or to none.
    #[track_caller]
    pub fn relocate(&self, group: &str, order: &str, facility: Option<&str>) {
        self.at_desk(group, |tx| {
            let order = orders::named(tx, &number(order))?;
            let place = facility.map(|facility| place_of(tx, &order.customer_no, facility)).transpose()?;
            let spot = place.as_ref().map_or(Spot::Unattached, Spot::At);
            orders::relocate(tx, &order, spot, None).map(drop)
        });
    }
}

fn place_of(tx: &Tx, customer: &Number, facility: &str) -> Result<frontdesk::db::Reached<facilities::Facility>> {
    facilities::of(tx, &customers::named(tx, customer)?, &number(facility))
}

/// A number that tests spell right.
pub fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}
