//! The rules of orders on a fresh database: one company, two customers whose names begin alike, a few users.

mod audience;
mod counts;
mod numbers;
mod reach;
mod steps;
mod views;

use super::{Book, Order, OrderCard, OrderDraft, Spot, book, create};
use crate::access::{Actor, Need, Permission, Right};
use crate::clock::Clock;
use crate::contacts::{self, Contact, ContactCard};
use crate::customers::{self, Customer, CustomerCard};
use crate::db::fixture::empty;
use crate::db::{Change, Db, Entry, Reached, Tx, WriteTx, named};
use crate::error::Result;
use crate::facilities::{self, Facility, FacilityCard};
use crate::groups::{self, GroupCard};
use crate::ids::{AccessId, UserId};
use crate::staff::{self, Staff, StaffCard, StaffKind};
use crate::text::{Email, Lang, Line, Login, Number, Prefix};
use crate::{outbox, priorities, roles, statuses};

const MAKE_USER: Change = Change::open(
    "a test makes a user",
    "INSERT INTO users (group_id, email, password, created_at) VALUES (:group, :email, 'x', :now)",
);
const MAKE_ACCESS: Change = Change::open(
    "a test opens a customer to a user",
    "
    INSERT INTO accesses (group_id, user_id, customer_id, contact_id, all_facilities, unattached, created_at)
    VALUES (:group, :user, :customer, :contact, :all, :unattached, :now)",
);
const PERMIT: Change = Change::open(
    "a test permits something",
    "INSERT INTO access_permissions (group_id, access_id, permission) VALUES (:group, :access, :permission)",
);
const SHARE: Change = Change::open(
    "a test shares a place",
    "
    INSERT INTO access_facilities (group_id, customer_id, access_id, facility_id)
    VALUES (:group, :customer, :access, :facility)",
);

/// Nordkyl with customers 1042 (Brf Fröjden: hus-a, hus-b) and 1043 (Frost AB: hall), its technician ola, and Eva.
pub(super) struct Town {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) desk: Actor,
    _folder: tempfile::TempDir,
}

impl Town {
    pub(super) fn new() -> Self {
        let (folder, db, clock) = empty();
        let card = groups::fixture::card("Nordkyl AB", Lang::En);
        let card = GroupCard { reply_to: Some(email("service@nordkyl.example")), ..card };
        let desk = groups::fixture::found(&db, "nordkyl", &card, |tx| {
            statuses::add_defaults(tx, Lang::En)?;
            priorities::add_defaults(tx, Lang::En)?;
            roles::add_defaults(tx)
        });
        let town = Self { db, clock, desk, _folder: folder };
        town.write(|tx| {
            let frojden = customers::add(tx, &number("1042"), &CustomerCard::named(line("Brf Fröjden")))?;
            customers::set(
                tx,
                &frojden,
                &CustomerCard { prefix: Some(Prefix::parse("FRO")?), ..frojden.card.clone() },
            )?;
            facilities::add(tx, &frojden, &number("hus-a"), &FacilityCard::named(line("Hus A")))?;
            facilities::add(tx, &frojden, &number("hus-b"), &FacilityCard::named(line("Hus B")))?;
            let eva = ContactCard { email: Some(email("eva@brf.example")), ..ContactCard::named(line("Eva Lind")) };
            contacts::add(tx, &frojden, &eva)?;
            let frost = customers::add(tx, &number("1043"), &CustomerCard::named(line("Frost AB")))?;
            facilities::add(tx, &frost, &number("hall"), &FacilityCard::named(line("Hall")))?;
            let ola = StaffCard { name: line("Ola Berg"), email: Some(email("ola@nordkyl.example")) };
            staff::add(tx, &Login::parse("ola")?, StaffKind::Person, &ola, None, &[Right::Orders])?;
            Ok(())
        });
        town
    }

    #[track_caller]
    pub(super) fn write<T>(&self, f: impl Fn(&WriteTx) -> Result<T>) -> T {
        self.db.write(&self.desk, f).expect("a change")
    }

    #[track_caller]
    pub(super) fn read<T>(&self, f: impl FnOnce(&Tx) -> Result<T>) -> T {
        self.db.read(&self.desk, f).expect("a look")
    }

    /// Eva as a user who may do some things at some places of 1042.
    pub(super) fn eva(&self, may: &[Permission], places: &[&str], unattached: bool) -> Actor {
        self.write(|tx| {
            let customer = customer(tx, "1042")?;
            let contact = contact(tx)?;
            let (user, access) = tx.change(Need::right(Right::Accounts), |w| {
                let user = w.insert(&MAKE_USER, named! { ":email": "eva@brf.example" })?;
                let values = named! {
                    ":user": user, ":customer": customer.id, ":contact": contact.id, ":all": places.contains(&"*"),
                    ":unattached": unattached,
                };
                let access = w.insert(&MAKE_ACCESS, values)?;
                for permission in may {
                    w.run(&PERMIT, named! { ":access": access, ":permission": permission })?;
                }
                for place in places.iter().filter(|place| **place != "*") {
                    let facility = facility(tx, place)?;
                    let values = named! { ":customer": customer.id, ":access": access, ":facility": facility.id };
                    w.run(&SHARE, values)?;
                }
                Ok(((user, access), Entry::on(&customer, "test.user")))
            })?;
            Ok(Actor::User {
                id: UserId(user),
                access: AccessId(access),
                group: tx.group()?,
                email: "eva@brf.example".into(),
                may: may.to_vec(),
            })
        })
    }

    /// An order of a customer, at a facility or at none.
    #[track_caller]
    pub(super) fn order(&self, customer_no: &str, place: Option<&str>, title: &str) -> Order {
        self.write(|tx| {
            let facility = place.map(|place| facility(tx, place)).transpose()?;
            let spot = facility.as_ref().map_or(Spot::Unattached, Spot::At);
            let draft = OrderDraft { spot, ..OrderDraft::new(OrderCard::titled(line(title))) };
            Ok(create(tx, &book_of(tx, customer_no)?, &draft)?.into_inner())
        })
    }

    /// What waits in the outbox, oldest first: kind and address.
    pub(super) fn letters(&self) -> Vec<(String, String)> {
        let mails = self.read(|tx| outbox::list(tx, None));
        mails.iter().rev().map(|mail| (mail.kind.clone(), mail.to.to_string())).collect()
    }

    /// Who reads what waits in the outbox, each once for every piece of news, sorted.
    pub(super) fn readers(&self) -> Vec<String> {
        let mut all = self.read(|tx| {
            let mut all = Vec::new();
            for mail in outbox::list(tx, None)? {
                let news = outbox::letter(tx, &mail)?.map_or(1, |letter| letter.letters().len().max(1));
                all.extend(vec![mail.to.to_string(); news]);
            }
            Ok(all)
        });
        all.sort();
        all
    }
}

pub(super) fn line(text: &str) -> Line {
    Line::parse(text).expect(text)
}

pub(super) fn email(text: &str) -> Email {
    Email::parse(text).expect(text)
}

pub(super) fn number(text: &str) -> Number {
    Number::parse(text).expect(text)
}

pub(super) fn customer(tx: &Tx, no: &str) -> Result<Reached<Customer>> {
    customers::named(tx, &number(no))
}

pub(super) fn book_of(tx: &Tx, no: &str) -> Result<Reached<Book>> {
    book(tx, &customer(tx, no)?)
}

pub(super) fn facility(tx: &Tx, no: &str) -> Result<Reached<Facility>> {
    facilities::named(tx, &number(no))
}

pub(super) fn contact(tx: &Tx) -> Result<Reached<Contact>> {
    contacts::named(tx, &email("eva@brf.example"))
}

pub(super) fn ola(tx: &Tx) -> Result<Reached<Staff>> {
    staff::find(tx, &Login::parse("ola")?)
}
