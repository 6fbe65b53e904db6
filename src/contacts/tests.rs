//! What contacts are told of, on a real database: roles and facilities are set, refused and forgotten.

use super::*;
use crate::access::{Actor, Right};
use crate::customers::{self, Customer, CustomerCard};
use crate::db::fixture::empty;
use crate::db::{Db, Reached, Tx, WriteTx};
use crate::error::{Kind, Result};
use crate::facilities::{self, Facility, FacilityCard};
use crate::groups;
use crate::ids::StaffId;
use crate::roles::{self, Role};

/// Two companies with the usual roles, each with customers 1042 (hus-a, hus-b) and 1043 (hall), and Eva at 1042.
struct Town {
    db: Db,
    desk: Actor,
    other: Actor,
    _folder: tempfile::TempDir,
}

impl Town {
    fn new() -> Self {
        let (folder, db, _) = empty();
        let card = |slug| groups::fixture::card(slug, Lang::En);
        let desk = |slug| groups::fixture::found(&db, slug, &card(slug), roles::add_defaults);
        let (desk, other) = (desk("nordkyl"), desk("polar"));
        for desk in [&desk, &other] {
            db.write(desk, furnish).expect("customers");
        }
        Self { db, desk, other, _folder: folder }
    }

    fn write<T>(&self, f: impl Fn(&WriteTx) -> Result<T>) -> Result<T> {
        self.db.write(&self.desk, f)
    }

    /// Gives Eva these roles.
    fn roles(&self, names: &[&str]) -> Result<bool> {
        self.write(|tx| {
            let roles: Vec<_> = names.iter().map(|name| role(tx, name)).collect::<Result<_>>()?;
            set_roles(tx, &eva(tx)?, &roles)
        })
    }

    /// Names these facilities for Eva.
    fn facilities(&self, numbers: &[&str]) -> Result<bool> {
        self.write(|tx| {
            let facilities: Vec<_> = numbers.iter().map(|number| facility(tx, number)).collect::<Result<_>>()?;
            set_facilities(tx, &eva(tx)?, &facilities)
        })
    }

    /// Eva's roles and facilities, as one reads them.
    fn told(&self) -> String {
        let telling = self.db.read(&self.desk, |tx| telling(tx, &eva(tx)?)).expect("what Eva is told of");
        let all = self.db.read(&self.desk, |tx| Ok((eva(tx)?.id, tellings(tx, None)?))).expect("all of them");
        assert_eq!(all.1.get(&all.0).cloned().unwrap_or_default(), telling, "alone and in the list");
        let roles: Vec<_> = telling.roles.iter().map(Line::as_str).collect();
        let facilities: Vec<_> = telling.facilities.iter().map(Number::as_str).collect();
        format!("{} at {}", roles.join("+"), facilities.join("+"))
    }
}

fn furnish(tx: &WriteTx) -> Result<()> {
    for (number, places) in [("1042", &["hus-b", "hus-a"][..]), ("1043", &["hall"])] {
        let customer = customers::add(tx, &Number::parse(number)?, &CustomerCard::named(line(number)))?;
        for place in places {
            facilities::add(tx, &customer, &Number::parse(place)?, &FacilityCard::named(line(place)))?;
        }
    }
    let card = ContactCard { email: Some(Email::parse("eva@brf.example")?), ..ContactCard::named(line("Eva Lind")) };
    add(tx, &customer(tx, "1042")?, &card).map(|_| ())
}

fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}

fn customer(tx: &Tx, number: &str) -> Result<Reached<Customer>> {
    customers::named(tx, &Number::parse(number)?)
}

fn facility(tx: &Tx, number: &str) -> Result<Reached<Facility>> {
    facilities::named(tx, &Number::parse(number)?)
}

fn role(tx: &Tx, name: &str) -> Result<Reached<Role>> {
    roles::find_by_name(tx, &line(name))
}

fn eva(tx: &Tx) -> Result<Reached<Contact>> {
    lookup_name(tx, &customer(tx, "1042")?, &line("Eva Lind"))?
        .pop()
        .ok_or_else(|| crate::error::Error::not_found("contact", "Eva Lind"))
}

#[test]
fn roles_and_facilities_are_set_once_and_in_order() {
    let town = Town::new();
    assert_eq!(town.told(), " at ");
    assert!(town.roles(&["Billing", "Board", "billing"]).expect("given"));
    assert_eq!(town.told(), "Board+Billing at ");
    assert!(!town.roles(&["Board", "Billing"]).expect("as before"));
    assert!(town.facilities(&["hus-b", "hus-a", "hus-b"]).expect("named"));
    assert!(!town.facilities(&["hus-a", "hus-b"]).expect("as before"));
    assert_eq!(town.told(), "Board+Billing at hus-a+hus-b");
    assert!(town.roles(&["Site manager"]).expect("given"));
    assert!(town.facilities(&[]).expect("the whole customer"));
    assert_eq!(town.told(), "Site manager at ");
    let of = |number: &str| town.db.read(&town.desk, |tx| tellings(tx, Some(&customer(tx, number)?))).expect("some");
    assert_eq!((of("1042").len(), of("1043").len()), (1, 0));
}

#[test]
fn facilities_are_the_customers_own() {
    let town = Town::new();
    let error = town.facilities(&["hus-a", "hall"]).expect_err("another customer's");
    assert_eq!(error.message(), "facility 'hall' belongs to customer 1043, not to 1042");
    assert_eq!((error.kind(), town.told().as_str()), (Kind::Denied, " at "));
    // A contact who is told about one place is not told about all of them because that place is gone.
    town.facilities(&["hus-a"]).expect("named");
    let gone = town.write(|tx| facilities::delete(tx, &facility(tx, "hus-a")?));
    assert_eq!(gone.expect_err("in use").kind(), Kind::Conflict);
    assert_eq!(town.told(), " at hus-a");
    town.write(|tx| customers::delete(tx, &customer(tx, "1042")?)).expect("all of it together");
}

#[test]
fn nothing_crosses_from_another_company() {
    let town = Town::new();
    let theirs = town.db.read(&town.other, |tx| Ok((role(tx, "Board")?, facility(tx, "hus-a")?))).expect("theirs");
    assert!(town.write(|tx| set_roles(tx, &eva(tx)?, std::slice::from_ref(&theirs.0))).is_err());
    assert!(town.write(|tx| set_facilities(tx, &eva(tx)?, std::slice::from_ref(&theirs.1))).is_err());
    let their_eva = town.db.read(&town.other, eva).expect("theirs");
    assert!(town.write(|tx| set_roles(tx, &their_eva, &[role(tx, "Board")?])).is_err());
    assert_eq!(town.told(), " at ");
    assert!(town.db.read(&town.other, |tx| tellings(tx, None)).expect("theirs").is_empty());
}

#[test]
fn a_role_that_somebody_carries_stays() {
    let town = Town::new();
    town.roles(&["Board"]).expect("given");
    let delete = || town.write(|tx| roles::delete(tx, &role(tx, "Board")?));
    assert_eq!(delete().expect_err("in use").message(), "1 contact carries the role 'Board'");
    town.roles(&[]).expect("taken");
    delete().expect("free");
}

#[test]
fn who_is_erased_or_deleted_is_told_of_nothing() {
    let town = Town::new();
    town.roles(&["Board"]).expect("given");
    town.facilities(&["hus-a"]).expect("named");
    town.write(|tx| erase(tx, &eva(tx)?)).expect("erased");
    assert!(town.db.read(&town.desk, |tx| tellings(tx, None)).expect("nobody").is_empty());
    let bo = |tx: &WriteTx| {
        let bo = add(tx, &customer(tx, "1042")?, &ContactCard::named(line("Bo")))?;
        set_roles(tx, &bo, &[role(tx, "Board")?])?;
        delete(tx, &bo)
    };
    town.write(bo).expect("deleted with what he carries");
    assert!(town.db.read(&town.desk, |tx| tellings(tx, None)).expect("nobody").is_empty());
}

#[test]
fn it_takes_the_right_for_customers() {
    let town = Town::new();
    let group = town.desk.group().expect("a group");
    let staff = |rights: Vec<Right>| Actor::Staff { id: StaffId(1), group, login: "rita".into(), rights };
    let try_as = |actor: &Actor| {
        let roles = town.db.rehearsal().write(actor, |tx| set_roles(tx, &eva(tx)?, &[role(tx, "Board")?]));
        let places = town.db.rehearsal().write(actor, |tx| set_facilities(tx, &eva(tx)?, &[facility(tx, "hus-a")?]));
        [roles, places]
    };
    let others = Right::ALL.iter().copied().filter(|right| ![Right::Admin, Right::Customers].contains(right));
    for refused in try_as(&staff(others.collect())) {
        assert_eq!(refused.expect_err("refused").kind(), Kind::Denied);
    }
    for done in try_as(&staff(vec![Right::Customers])) {
        assert!(done.expect("permitted"));
    }
}
