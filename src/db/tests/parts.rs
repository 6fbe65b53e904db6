//! Parts of a transaction: attempts, changes within changes, parameters, and the audit that nobody rewrites.

use super::{ADD, House, NAMES, Thing, add, named, owner_of};
use crate::access::{Actor, Machine, Need, Right};
use crate::db::{Below, Change, Entry, Open, Params, Reached, Subject, Tx};
use crate::error::{Error, Kind, Result};
use crate::ids::{GroupId, StaffId};

#[test]
fn a_failed_attempt_takes_back_only_its_own_part() {
    let house = House::new();
    let lines = house.lines();
    let done = house.db.write(&owner_of(1), |tx| {
        add(tx, "before")?;
        let outer = tx.attempt(|| {
            add(tx, "outer")?;
            let inner: Result<()> = tx.attempt(|| {
                add(tx, "inner")?;
                Err(Error::conflict("the inner one fails"))
            });
            assert_eq!(inner.expect_err("it failed").message(), "the inner one fails");
            add(tx, "outer goes on")
        });
        outer?;
        let taken = tx.attempt(|| add(tx, "before"));
        assert_eq!(taken.expect_err("taken").kind(), Kind::Conflict);
        add(tx, "after")
    });
    done.expect("the rest stands");
    assert_eq!(house.names(), ["after", "before", "outer", "outer goes on"]);
    assert_eq!(house.lines(), lines + 4, "each row has its line, and what was taken back has none");
}

#[test]
fn a_change_within_a_change_leaves_both_lines_or_none() {
    let house = House::new();
    let lines = house.lines();
    let within = |fails: bool| {
        house.db.write(&owner_of(1), |tx| {
            tx.change(Need::right(Right::Admin), |w| {
                w.insert(&ADD, named! { ":name": "outer" })?;
                let id = add(tx, "inner")?;
                if fails {
                    return Err(Error::conflict("the outer one fails"));
                }
                Ok(((), Entry::about::<Thing>(id, "outer", "thing.added")))
            })
        })
    };
    within(true).expect_err("it fails");
    assert_eq!((house.names().len(), house.lines()), (0, lines));
    within(false).expect("both");
    assert_eq!((house.names().len(), house.lines()), (2, lines + 2));
}

#[test]
fn who_may_not_changes_nothing_and_runs_nothing() {
    let house = House::new();
    let rita = Actor::Staff { id: StaffId(1), group: GroupId(1), login: "rita".into(), rights: vec![Right::Mail] };
    let error = house.db.write(&rita, |tx| {
        tx.change(Need::right(Right::Customers), |_| -> Result<((), Entry)> { panic!("it is asked first") })
    });
    assert_eq!(error.expect_err("denied").kind(), Kind::Denied);
    let error = house.db.write(&rita, |tx| tx.keep_books(Machine::Mailer, |_| -> Result<()> { panic!("asked first") }));
    assert_eq!(error.expect_err("denied").kind(), Kind::Denied);
}

const BELOW: Below<Thing> = Below::new(
    Need::staff(),
    "SELECT name FROM statuses WHERE group_id = :parent AND (:name IS NULL OR name = :name) ORDER BY name",
);

const FREE: Open = Open::new("a test reads", "SELECT 1 WHERE :one = 1 AND :two = 2 AND :group = 1 AND :now > ''");

#[test]
fn every_parameter_is_given_exactly_once() {
    let house = House::new();
    let ask = |params: Params| house.db.read(&owner_of(1), |tx| tx.open(&FREE, params, |row| row.get::<_, i64>(0)));
    assert_eq!(ask(named! { ":one": 1, ":two": 2 }).expect("complete"), [1]);
    let wrong: [(Params, &str); 8] = [
        (named! {}, "left out"),
        (named! { ":one": 1 }, "left out"),
        (named! { ":one": 1, ":two": 2, ":three": 3 }, "has no :three"),
        (named! { ":one": 1, ":one": 1 }, ":one is given twice"),
        (named! { ":one": 1, ":two": 2, ":two": 2 }, ":two is given twice"),
        (named! { ":one": 1, ":two": 2, ":actor": 0 }, ":actor belongs"),
        (named! { ":one": 1, ":two": 2, ":group": 2 }, ":group belongs"),
        (named! { ":one": 1, ":two": 2, ":now": "2026" }, ":now belongs"),
    ];
    for (params, why) in wrong {
        let error = ask(params).expect_err(why);
        assert_eq!(error.kind(), Kind::Internal);
        let cause = error.cause().expect("a cause").to_string();
        assert!(cause.contains(why), "{cause:?} should say {why:?}");
    }
    let changed = house.db.write(&owner_of(1), |tx| {
        tx.change(Need::right(Right::Admin), |w| {
            w.insert(&ADD, named! { ":name": "theirs", ":group": 2 })?;
            Ok(((), Entry::about::<Thing>(1, "theirs", "thing.added")))
        })
    });
    assert_eq!(changed.expect_err("refused").kind(), Kind::Internal);
}

#[test]
fn a_second_parent_does_not_replace_the_reached_one() {
    let house = House::new();
    for group in [1, 2] {
        house.db.write(&owner_of(group), |tx| add(tx, &format!("of group {group}"))).expect("written");
    }
    let below = |tx: &Tx, params: Params| -> Result<Vec<Reached<String>>> {
        let thing = tx.many(&NAMES, named! {}, |_| Ok(Thing))?.remove(0);
        tx.below(&thing, &BELOW, params, |row| row.get(0))
    };
    let own = house.db.read(&owner_of(1), |tx| below(tx, named! { ":name": None::<String> })).expect("its own");
    assert_eq!(own.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["of group 1"]);
    let error = house.db.read(&owner_of(1), |tx| below(tx, named! { ":parent": 2 })).expect_err("refused");
    assert_eq!(error.cause().expect("a cause").to_string(), ":parent is given twice");
}

#[test]
fn a_reading_statement_that_writes_is_refused() {
    const CUNNING: Open = Open::new(
        "it begins like reading",
        "WITH x AS (SELECT 1) INSERT INTO template_permissions SELECT 1, 1, 'order.view' FROM x",
    );
    let house = House::new();
    let error = house.db.write(&owner_of(1), |tx| tx.open(&CUNNING, named! {}, |_| Ok(()))).expect_err("refused");
    assert!(error.cause().expect("a cause").to_string().contains("a reading statement writes"));
}

#[test]
fn a_group_is_named_or_nothing_is_asked_of_it() {
    let house = House::new();
    let outside = Actor::Owner { group: None, uid: 1000 };
    let error = house.db.write(&outside, |tx| add(tx, "nowhere")).expect_err("no group");
    assert_eq!((error.kind(), error.message()), (Kind::Usage, "no group was named"));
    let desk = house.db.write(&outside, |tx| {
        let thing = tx.open(&super::COUNT_LINES, named! {}, |_| Ok(Thing))?;
        assert_eq!(thing[0].label(), "thing");
        Ok(())
    });
    desk.expect("open statements need no group");
}

#[test]
fn only_a_group_has_a_desk() {
    let house = House::new();
    house.db.write(&owner_of(1), |tx| add(tx, "one")).expect("written");
    let error = house.db.write(&owner_of(1), |tx| {
        let thing = tx.many(&NAMES, named! {}, |_| Ok(Thing))?.remove(0);
        tx.at_desk(&thing, |_| Ok(()))
    });
    assert_eq!(error.expect_err("refused").cause().expect("a cause").to_string(), "a thing has no desk");
}

#[test]
fn only_the_postman_hands_in_for_others_and_only_for_people_of_his_group() {
    let house = House::new();
    let rita = |group| Actor::Staff {
        id: StaffId(1),
        group: GroupId(group),
        login: "rita".into(),
        rights: vec![Right::Admin],
    };
    let postman = Actor::Machine { role: Machine::Postman, group: Some(GroupId(1)) };
    let hand_in =
        |by: &Actor, writer: &Actor| house.db.write(by, |tx| tx.in_name_of(writer, |tx| add(tx, "handed in")));
    hand_in(&postman, &rita(1)).expect("handed in");
    let mailer = Actor::Machine { role: Machine::Mailer, group: Some(GroupId(1)) };
    for (by, writer) in [
        (&postman, &rita(2)),
        (&postman, &owner_of(1)),
        (&postman, &mailer),
        (&mailer, &rita(1)),
        (&owner_of(1), &rita(1)),
        (&rita(1), &rita(1)),
        (&Actor::Machine { role: Machine::Postman, group: None }, &rita(1)),
    ] {
        assert_eq!(hand_in(by, writer).expect_err("refused").kind(), Kind::Denied, "{by:?} for {writer:?}");
    }
}

#[test]
fn nobody_rewrites_the_audit() {
    const UPDATE: Change = Change::open("a test tries", "UPDATE audit SET actor = 'nobody'");
    const DELETE: Change = Change::open("a test tries", "DELETE FROM audit");
    const REPLACE: Change = Change::open(
        "a test tries",
        "
        INSERT OR REPLACE INTO audit (id, at, actor_sort, actor, via, action, noun, subject_id, subject)
        VALUES (1, :now, 'owner', 'nobody', 'direct', 'nothing', 'thing', 1, '')",
    );
    const UPSERT: Change = Change::open(
        "a test tries",
        "
        INSERT INTO audit (id, at, actor_sort, actor, via, action, noun, subject_id, subject)
        VALUES (1, :now, 'owner', 'nobody', 'direct', 'nothing', 'thing', 1, '')
        ON CONFLICT (id) DO UPDATE SET actor = 'nobody'",
    );
    const ACTORS: Open = Open::new("a test looks", "SELECT actor FROM audit ORDER BY id");
    let house = House::new();
    for (change, way) in [(&UPDATE, "update"), (&DELETE, "delete"), (&REPLACE, "replace"), (&UPSERT, "upsert")] {
        let done = house.db.write(&owner_of(1), |tx| {
            tx.change(Need::right(Right::Admin), |w| {
                w.run(change, named! {})?;
                Ok(((), Entry::about::<Thing>(1, "audit", "audit.rewritten")))
            })
        });
        let error = done.expect_err(way);
        assert!(error.cause().expect("a cause").to_string().contains("the audit is not"), "{way}: {error:?}");
    }
    let actors = house.db.read(&owner_of(1), |tx| tx.open(&ACTORS, named! {}, |row| row.get::<_, String>(0)));
    assert_eq!(actors.expect("the audit"), ["uid 1000"]);
}
