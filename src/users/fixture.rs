//! A small company for tests: group `nordkyl` with customers 1042 (facilities hus-a and hus-b) and 1043 (hus-c).

use tempfile::TempDir;

use crate::access::{Actor, Right};
use crate::clock::Clock;
use crate::customers::{self, Customer, CustomerCard};
use crate::db::fixture::empty;
use crate::db::{Db, Reached, Tx, WriteTx};
use crate::error::Result;
use crate::facilities::{self, Facility, FacilityCard};
use crate::groups::{self, GroupCard, prefix_of};
use crate::ids::{GroupId, StaffId};
use crate::text::{Colour, Email, Lang, Line, Number, Slug, Zone};
use crate::users::{self, Created, NewUser, User};

pub(crate) struct House {
    _folder: TempDir,
    pub(crate) db: Db,
    /// Stands at 2026-11-22 08:02 UTC until a test moves it.
    pub(crate) clock: Clock,
    /// A staff member with the right `accounts` and nothing else.
    pub(crate) rita: Actor,
    /// The owner at the group's desk.
    pub(crate) owner: Actor,
}

impl House {
    pub(crate) fn new() -> Self {
        let (folder, db, clock) = empty();
        let outside = Actor::Owner { group: None, uid: 0 };
        let group = db.write(&outside, |tx| groups::add(tx, &slug(), &card())).expect("a group").id;
        let rita = Actor::Staff { id: StaffId(1), group, login: "rita".into(), rights: vec![Right::Accounts] };
        let house = Self { _folder: folder, db, clock, rita, owner: Actor::Owner { group: Some(group), uid: 0 } };
        house.furnish(&house.owner);
        house
    }

    /// Adds the customers and facilities at the desk of a group.
    pub(crate) fn furnish(&self, desk: &Actor) {
        let made = self.db.write(desk, |tx| {
            for (number, name, places) in
                [("1042", "Brf Fröjden", &["hus-a", "hus-b"][..]), ("1043", "Brf Två", &["hus-c"])]
            {
                let customer = customers::add(tx, &Number::parse(number)?, &CustomerCard::named(Line::parse(name)?))?;
                for place in places {
                    let card = FacilityCard::named(Line::parse(place)?);
                    facilities::add(tx, &customer, &Number::parse(place)?, &card)?;
                }
            }
            Ok(())
        });
        made.expect("customers");
    }

    /// Adds another group with the same customers and gives its desk.
    pub(crate) fn neighbour(&self) -> (Slug, Actor) {
        let slug = Slug::parse("beta").expect("a slug");
        let outside = Actor::Owner { group: None, uid: 0 };
        let group: GroupId = self.db.write(&outside, |tx| groups::add(tx, &slug, &card())).expect("a group").id;
        let desk = Actor::Owner { group: Some(group), uid: 0 };
        self.furnish(&desk);
        (slug, desk)
    }

    /// Does something as the staff member.
    pub(crate) fn write<T>(&self, f: impl Fn(&WriteTx) -> Result<T>) -> Result<T> {
        self.db.write(&self.rita, f)
    }

    /// Makes a user at customer 1042.
    pub(crate) fn eva(&self) -> Reached<User> {
        self.write(|tx| create(tx, "1042", "eva@brf.example", "Eva Lind")).expect("a user").user
    }

    /// The user as they are now.
    pub(crate) fn again(&self, user: &User) -> Reached<User> {
        self.db.read(&self.rita, |tx| users::find(tx, user.id)).expect("a user")
    }
}

pub(crate) fn slug() -> Slug {
    Slug::parse("nordkyl").expect("a slug")
}

pub(crate) fn email(text: &str) -> Email {
    Email::parse(text).expect("an address")
}

pub(crate) fn customer(tx: &Tx, number: &str) -> Result<Reached<Customer>> {
    customers::named(tx, &Number::parse(number)?)
}

pub(crate) fn facility(tx: &Tx, number: &str) -> Result<Reached<Facility>> {
    facilities::named(tx, &Number::parse(number)?)
}

pub(crate) fn create(tx: &WriteTx, number: &str, address: &str, name: &str) -> Result<Created> {
    let new = NewUser { email: Email::parse(address)?, name: Some(Line::parse(name)?), lang: None };
    users::create(tx, &customer(tx, number)?, &new)
}

fn card() -> GroupCard {
    GroupCard {
        name: Line::parse("Nordkyl AB").expect("a name"),
        colour: Colour::parse("#0a5c3a").expect("a colour"),
        lang: Lang::Sv,
        zone: Zone::parse("Europe/Stockholm").expect("a zone"),
        reply_to: None,
        phone: None,
        prefix: prefix_of("Nordkyl"),
    }
}
