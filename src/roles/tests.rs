//! Roles on a real database: what is kept, what is refused, what follows the company's list of statuses.

use super::*;
use crate::access::{Actor, Right};
use crate::db::fixture::empty;
use crate::db::{Db, Tx, WriteTx};
use crate::error::Kind;
use crate::groups;
use crate::ids::StaffId;
use crate::statuses::{self, StatusDraft};
use crate::text::Lang;

/// Two companies, each with its usual statuses and roles.
struct Town {
    db: Db,
    desk: Actor,
    other: Actor,
    _folder: tempfile::TempDir,
}

impl Town {
    fn new() -> Self {
        let (folder, db, _) = empty();
        let desk = |slug, lang| {
            groups::fixture::found(&db, slug, &groups::fixture::card(slug, lang), |tx| {
                statuses::add_defaults(tx, lang)?;
                add_defaults(tx)
            })
        };
        let (desk, other) = (desk("nordkyl", Lang::En), desk("polar", Lang::Sv));
        Self { db, desk, other, _folder: folder }
    }

    fn write<T>(&self, f: impl Fn(&WriteTx) -> Result<T>) -> Result<T> {
        self.db.write(&self.desk, f)
    }

    fn card(&self, name: &str) -> RoleCard {
        let role = self.db.read(&self.desk, |tx| find_by_name(tx, &line(name)));
        role.expect("a role").into_inner().card
    }

    /// Makes a role of the first company, and gives it as it is kept.
    fn make(&self, name: &str, events: &[Event], statuses: &[&str]) -> RoleCard {
        let card = RoleCard::new(line(name), events.iter().copied(), statuses.iter().map(|name| line(name)));
        self.write(|tx| add(tx, &card)).expect("a role").into_inner().card
    }
}

fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}

fn names(cards: &[Line]) -> Vec<&str> {
    cards.iter().map(Line::as_str).collect()
}

#[test]
fn a_new_group_has_the_three_usual_roles() {
    let town = Town::new();
    let kept = town.db.read(&town.desk, list).expect("roles");
    assert_eq!(kept.iter().map(|role| role.card.clone()).collect::<Vec<_>>(), defaults().expect("names"));
    assert_eq!(town.card("site manager").events, Event::ALL);
    assert_eq!(town.card("BOARD").events, [Event::OrderWaiting, Event::OrderDone]);
    assert_eq!(town.card("billing").events, [Event::OrderDone, Event::Document]);
}

#[test]
fn ticks_are_kept_once_and_in_order() {
    let town = Town::new();
    let card = town.make("Caretaker", &[Event::Comment, Event::OrderCreated, Event::Comment], &["done", "PLANNED"]);
    assert_eq!(card.events, [Event::OrderCreated, Event::Comment]);
    assert_eq!(names(&card.statuses), ["Planned", "Done"], "spelled and ordered as in the company's list");
    let again = RoleCard::new(card.name.clone(), card.events.clone(), [line("Done"), line("planned"), line("done")]);
    let set_to = |card: &RoleCard| town.write(|tx| set(tx, &find_by_name(tx, &line("Caretaker"))?, card));
    assert!(!set_to(&again).expect("unchanged"));
    assert!(set_to(&RoleCard { statuses: vec![line("In progress")], ..again }).expect("changed"));
    assert_eq!(names(&town.card("Caretaker").statuses), ["In progress"]);
}

#[test]
fn names_differ_in_more_than_case_and_accents() {
    let town = Town::new();
    let make = |name| town.write(|tx| add(tx, &RoleCard::new(line(name), [], []))).map(|_| ());
    assert_eq!(make("BÖARD").expect_err("taken").message(), "role 'Board' exists already");
    assert_eq!(make("Keys; night").expect_err("a separator").kind(), Kind::Invalid);
    let rename = |tx: &WriteTx| {
        let board = find_by_name(tx, &line("Board"))?;
        set(tx, &board, &RoleCard { name: line("billing"), ..board.card.clone() })
    };
    assert_eq!(town.write(rename).expect_err("taken").kind(), Kind::Conflict);
    let error = town.db.read(&town.desk, |tx: &Tx| find_by_name(tx, &line("Bord")).map(|_| ())).expect_err("unknown");
    assert!(error.tip_text().is_some_and(|tip| tip.contains("did you mean 'Board'?")));
}

#[test]
fn statuses_are_ticked_by_what_they_are_and_not_by_their_name() {
    let town = Town::new();
    town.make("Caretaker", &[], &["Planned", "In progress"]);
    let change = |tx: &WriteTx| {
        let planned = statuses::find_by_name(tx, &line("Planned"))?;
        statuses::set(tx, &planned, &StatusDraft { name: line("Booked"), position: Some(6), ..planned.draft() })
    };
    town.write(change).expect("renamed and moved");
    assert_eq!(names(&town.card("Caretaker").statuses), ["In progress", "Booked"]);
    town.write(|tx| statuses::delete(tx, &statuses::find_by_name(tx, &line("Booked"))?)).expect("deleted");
    assert_eq!(names(&town.card("Caretaker").statuses), ["In progress"]);
    let unknown = town.write(|tx| add(tx, &RoleCard::new(line("Odd"), [], [line("Booked")])).map(|_| ()));
    assert_eq!(unknown.expect_err("no such status").message(), "status 'Booked' does not exist");
}

#[test]
fn each_company_has_its_own() {
    let town = Town::new();
    town.make("Caretaker", &[], &["Planned"]);
    let there = town.db.read(&town.other, |tx| find_by_name(tx, &line("Caretaker")).map(|_| ()));
    assert_eq!(there.expect_err("not theirs").kind(), Kind::NotFound);
    // The other company's list is Swedish, so the name of a status here says nothing there.
    let crossing = town.db.write(&town.other, |tx| add(tx, &RoleCard::new(line("Odd"), [], [line("Planned")])));
    assert_eq!(crossing.map(|_| ()).expect_err("not theirs").message(), "status 'Planned' does not exist");
    // A role that was found at another desk changes nothing here.
    let board = town.db.read(&town.other, |tx| find_by_name(tx, &line("Board"))).expect("their board");
    let untick = RoleCard { events: Vec::new(), ..board.card.clone() };
    town.write(|tx| delete(tx, &board)).ok();
    town.write(|tx| set(tx, &board, &untick)).ok();
    let theirs = town.db.read(&town.other, |tx| find_by_name(tx, &line("Board"))).expect("their board");
    assert_eq!(theirs.card, board.card);
}

#[test]
fn only_administrators_change_roles() {
    let town = Town::new();
    let group = town.desk.group().expect("a group");
    let rights = Right::ALL.iter().copied().filter(|right| *right != Right::Admin).collect();
    let rita = Actor::Staff { id: StaffId(1), group, login: "rita".into(), rights };
    assert_eq!(town.db.read(&rita, list).expect("staff read them").len(), 3);
    let board = |tx: &Tx| find_by_name(tx, &line("Board"));
    let none = RoleCard::new(line("Board"), [], []);
    let refused = [
        town.db.write(&rita, |tx| add(tx, &RoleCard::new(line("New"), [], [])).map(|_| ())),
        town.db.write(&rita, |tx| set(tx, &board(tx)?, &none).map(|_| ())),
        town.db.write(&rita, |tx| delete(tx, &board(tx)?)),
    ];
    for refused in refused {
        assert_eq!(refused.expect_err("refused").kind(), Kind::Denied);
    }
    town.write(|tx| delete(tx, &board(tx)?)).expect("the owner may");
    assert_eq!(town.db.read(&town.desk, list).expect("roles").len(), 2);
}
