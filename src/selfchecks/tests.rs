//! The rules of self-checks on a fresh database: who may do what, what is kept, and what two people do at once.

use super::{
    Answered, Given, On, PointKind, Said, Selfcheck, SelfcheckFilter, SelfcheckState, Sheet, StepKind, add, answer,
    begin, delete, delete_template, find, find_by_name, list, missing, of, points, reopen, set, sign, steps,
};
use crate::access::{Actor, Permission, Right};
use crate::audit;
use crate::db::{Reached, Tx};
use crate::error::{Error, Kind, Result};
use crate::ids::SelfcheckId;
use crate::login;
use crate::notices::Tell;
use crate::objects::{self, ObjectCard};
use crate::text::{Line, Number, Prose};
use crate::users::fixture::{House, create, customer, facility};
use crate::users::{self, Granting};

const ROUND: &str = "title = \"Weekly round\"
[[point]]
text = \"Doors close\"
[[point]]
text = \"Cold room\"
kind = \"number\"
unit = \"°C\"
[[point]]
text = \"Remarks\"
kind = \"text\"
required = false
";

fn line(text: &str) -> Line {
    Line::parse(text).expect(text)
}

fn number(text: &str) -> Number {
    Number::parse(text).expect(text)
}

/// The company with a machine at hus-a of 1042, another at hus-b, and a self-check on the first.
fn house() -> (House, SelfcheckId) {
    let house = House::new();
    let made = house.db.write(&house.owner, |tx| {
        let customer = customer(tx, "1042")?;
        for (place, machine) in [("hus-a", "KYL-01"), ("hus-b", "KYL-02")] {
            let card = ObjectCard::named(line("Compressor"));
            objects::add(tx, &customer, Some(&facility(tx, place)?), &number(machine), &card)?;
        }
        let template = add(tx, &line("round"), &Sheet::parse(ROUND, "round.toml")?)?;
        let object = objects::named(tx, &number("KYL-01"))?;
        Ok(begin(tx, &template, On::Object(&object), None, Tell::Everybody)?.id)
    });
    let id = made.expect("a self-check");
    (house, id)
}

/// A user at customer 1042 with these permissions at these places.
fn user(house: &House, email: &str, permissions: &[Permission], places: &[&str]) -> Actor {
    let made = house.write(|tx| {
        let made = create(tx, "1042", email, email)?;
        let facilities = places.iter().map(|place| facility(tx, place)).collect::<Result<_>>()?;
        let permissions = permissions.to_vec();
        let what = Granting { permissions, facilities, all_facilities: false, unattached: false, until: None };
        users::grant(tx, &made.access, &what, false)?;
        let access = users::access_at(tx, &made.user, &customer(tx, "1042")?)?.expect("an access");
        Ok(login::actor_of(tx.group()?, &access))
    });
    made.expect("a user")
}

const BOTH: &[Permission] = &[Permission::SelfcheckView, Permission::SelfcheckFill];

fn given(tx: &Tx, check: &Reached<Selfcheck>, position: u32, text: &str, note: &str) -> Result<Given> {
    let points = points(tx, check)?;
    let point = points.iter().find(|point| point.position == position).expect("a point");
    let said = Said::read(&point.card, text, note, None).expect("an answer");
    Ok(Given { position, said, seen: Some(point.said.mark()) })
}

fn fill(house: &House, by: &Actor, id: SelfcheckId, position: u32, text: &str, note: &str) -> Result<Answered> {
    house.db.write(by, |tx| {
        let check = find(tx, id)?;
        answer(tx, &check, &[given(tx, &check, position, text, note)?])
    })
}

fn kind(result: Result<impl Sized>) -> Kind {
    result.err().map(|error: Error| error.kind()).expect("refused")
}

#[test]
fn a_self_check_keeps_its_own_copy_of_the_template() {
    let (house, id) = house();
    let changed = house.db.write(&house.owner, |tx| {
        let template = find_by_name(tx, &line("ROUND"))?;
        let other = Sheet::parse("title = \"Other\"\n[[point]]\ntext = \"Only this\"", "other.toml")?;
        assert!(set(tx, &template, &other)?);
        let template = find_by_name(tx, &line("round"))?;
        assert!(!set(tx, &template, &other)?);
        delete_template(tx, &template)?;
        let check = find(tx, id)?;
        Ok((check.title.clone(), points(tx, &check)?))
    });
    let (title, points) = changed.expect("changed");
    assert_eq!(title.as_str(), "Weekly round");
    let seen: Vec<_> = points.iter().map(|point| (point.position, point.card.kind, point.card.required)).collect();
    assert_eq!(seen, [(1, PointKind::Check, true), (2, PointKind::Number, true), (3, PointKind::Text, false)]);
}

#[test]
fn nothing_is_signed_before_it_is_answered_nor_changed_after_it_is_signed() {
    let (house, id) = house();
    let eva = user(&house, "eva@brf.example", BOTH, &["hus-a"]);
    let early = house.db.write(&eva, |tx| sign(tx, &find(tx, id)?, Tell::Everybody)).expect_err("nothing is answered");
    assert_eq!(
        early.message(),
        format!("self-check {id} has points that must be answered first: 1 (Doors close), 2 (Cold room)")
    );
    fill(&house, &eva, id, 1, "fail", "Torn").expect("answered");
    fill(&house, &eva, id, 2, "-18,5", "").expect("answered");
    assert_eq!(fill(&house, &eva, id, 2, "-18.50 °C", "").expect("the same").changed, Vec::<u32>::new());
    let signed = house.db.write(&eva, |tx| sign(tx, &find(tx, id)?, Tell::Everybody)).expect("signed");
    assert_eq!((signed.state, signed.failed, signed.missing), (SelfcheckState::Signed, 1, 0));
    assert_eq!(signed.signed_by.as_ref().map(Line::as_str), Some("eva@brf.example"));
    for result in [
        fill(&house, &eva, id, 3, "Late", "").map(drop),
        fill(&house, &house.owner, id, 3, "Late", "").map(drop),
        house.db.write(&house.owner, |tx| sign(tx, &find(tx, id)?, Tell::Everybody).map(drop)),
    ] {
        assert_eq!(kind(result), Kind::Conflict);
    }
    let why = Prose::parse("The wrong machine").expect("a reason");
    assert!(house.db.write(&house.owner, |tx| reopen(tx, &find(tx, id)?, &why, Tell::Everybody)).expect("reopened"));
    assert!(
        !house.db.write(&house.owner, |tx| reopen(tx, &find(tx, id)?, &why, Tell::Everybody)).expect("open already")
    );
    let (check, steps) = house
        .db
        .read(&eva, |tx| {
            let check = find(tx, id)?;
            let steps = steps(tx, &check)?;
            Ok((check, steps))
        })
        .expect("a look");
    assert!(check.is_open() && check.signed_by.is_none());
    let seen: Vec<_> = steps.iter().map(|step| (step.step, step.author.as_str(), step.reason.is_some())).collect();
    assert_eq!(
        seen,
        [
            (StepKind::Begun, "Nordkyl AB", false),
            (StepKind::Signed, "eva@brf.example", false),
            (StepKind::Reopened, "Nordkyl AB", true)
        ]
    );
    let lines = house
        .db
        .read(&house.owner, |tx| audit::list(tx, &audit::AuditFilter { limit: 100, ..Default::default() }))
        .expect("the audit");
    let of_it: Vec<_> =
        lines.iter().filter(|line| line.noun == "self-check").map(|line| line.action.as_str()).collect();
    for action in ["selfcheck.begun", "selfcheck.answered", "selfcheck.signed", "selfcheck.reopened"] {
        assert!(of_it.contains(&action), "{of_it:?}");
    }
}

#[test]
fn each_does_what_they_may_and_sees_what_they_reach() {
    let (house, id) = house();
    let eva = user(&house, "eva@brf.example", BOTH, &["hus-a"]);
    let looks = user(&house, "looks@brf.example", &BOTH[..1], &["hus-a"]);
    let away = user(&house, "away@brf.example", BOTH, &["hus-b"]);
    let none = user(&house, "none@brf.example", &[Permission::ObjectView], &["hus-a"]);
    let karin = |rights: &[Right]| {
        let Actor::Staff { id, group, .. } = house.rita.clone() else { unreachable!("rita is staff") };
        Actor::Staff { id, group, login: "karin".into(), rights: rights.to_vec() }
    };
    let all = |actor: &Actor| house.db.read(actor, |tx| list(tx, &SelfcheckFilter::default())).map(|all| all.len());
    assert_eq!((all(&eva).expect("a list"), all(&looks).expect("a list"), all(&away).expect("a list")), (1, 1, 0));
    assert_eq!(kind(all(&none)), Kind::Denied);
    assert_eq!(kind(fill(&house, &looks, id, 1, "ok", "")), Kind::Denied);
    assert_eq!(kind(fill(&house, &away, id, 1, "ok", "")), Kind::NotFound);
    assert_eq!(kind(fill(&house, &karin(&[Right::Accounts]), id, 1, "ok", "")), Kind::Denied);
    fill(&house, &karin(&[Right::Orders]), id, 1, "ok", "").expect("staff answers");
    fill(&house, &eva, id, 2, "4", "").expect("the customer answers");
    for actor in [&eva, &karin(&[Right::Accounts])] {
        let why = Prose::parse("x").expect("a reason");
        assert_eq!(kind(house.db.write(actor, |tx| delete(tx, &find(tx, id)?))), Kind::Denied);
        let signed = house.db.write(&eva, |tx| match find(tx, id)? {
            open if open.is_open() => sign(tx, &open, Tell::Everybody).map(drop),
            _ => Ok(()),
        });
        signed.expect("signed");
        assert_eq!(kind(house.db.write(actor, |tx| reopen(tx, &find(tx, id)?, &why, Tell::Everybody))), Kind::Denied);
    }
    // It goes where its machine goes.
    let moved = house.db.write(&house.owner, |tx| {
        let object = objects::named(tx, &number("KYL-01"))?;
        objects::move_to(tx, &object, Some(&facility(tx, "hus-b")?))
    });
    moved.expect("moved");
    assert_eq!((all(&eva).expect("a list"), all(&away).expect("a list")), (0, 1));
    let (_, beta) = house.neighbour();
    assert_eq!(all(&beta).expect("a list"), 0);
    assert_eq!(kind(house.db.read(&beta, |tx| find(tx, id))), Kind::NotFound);
}

#[test]
fn what_somebody_else_said_meanwhile_is_not_lost() {
    let (house, id) = house();
    let eva = user(&house, "eva@brf.example", BOTH, &["hus-a"]);
    let seen = house
        .db
        .read(&eva, |tx| Ok(points(tx, &find(tx, id)?)?.iter().map(|point| point.said.mark()).collect::<Vec<_>>()))
        .expect("a look");
    fill(&house, &house.owner, id, 1, "fail", "Torn").expect("answered");
    // Eva looked before, says something else about point 1, and something about point 2.
    let said = |position: u32, text: &str| {
        house.db.write(&eva, |tx| {
            let check = find(tx, id)?;
            let one = given(tx, &check, position, text, "")?;
            answer(tx, &check, &[Given { seen: seen.get(position as usize - 1).cloned(), ..one }])
        })
    };
    assert_eq!(said(1, "ok").expect("looked at").clashes, [1]);
    assert_eq!(said(1, "").expect("looked at").elsewhere, [1]);
    assert_eq!(said(2, "4").expect("looked at").changed, [2]);
    let now = house.db.read(&eva, |tx| points(tx, &find(tx, id)?)).expect("a look");
    assert_eq!(now[0].said.note.as_ref().map(Prose::as_str), Some("Torn"));
    assert_eq!(now[1].said.value.as_ref().map(Prose::as_str), Some("4"));
}

#[test]
fn two_people_answer_at_once_and_both_answers_are_kept() {
    let (house, id) = house();
    let eva = user(&house, "eva@brf.example", BOTH, &["hus-a"]);
    let ola = user(&house, "ola@brf.example", BOTH, &["hus-a"]);
    std::thread::scope(|scope| {
        let all = [(&eva, 1, "ok"), (&ola, 2, "-18"), (&house.owner, 3, "Quiet")];
        for (actor, position, text) in all {
            let house = &house;
            scope.spawn(move || fill(house, actor, id, position, text, "").expect("answered"));
        }
    });
    let left = house.db.read(&eva, |tx| {
        let check = find(tx, id)?;
        Ok((missing(tx, &check)?.len(), check.answered))
    });
    assert_eq!(left.expect("a look"), (0, 3));
}

#[test]
fn deleting_takes_the_answers_along_and_a_machine_with_one_stays() {
    let (house, id) = house();
    fill(&house, &house.owner, id, 1, "ok", "").expect("answered");
    let machine = |tx: &Tx| objects::named(tx, &number("KYL-01"));
    assert_eq!(kind(house.db.write(&house.owner, |tx| objects::delete(tx, &machine(tx)?))), Kind::Conflict);
    let gone = house.db.write(&house.owner, |tx| {
        delete(tx, &find(tx, id)?)?;
        assert_eq!(of(tx, On::Object(&machine(tx)?))?.len(), 0);
        objects::delete(tx, &machine(tx)?)
    });
    gone.expect("deleted");
    assert_eq!(kind(house.db.read(&house.owner, |tx| find(tx, id))), Kind::NotFound);
}
