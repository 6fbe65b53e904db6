//! What users reach, what they may write, and what they never read.

use super::*;
use crate::error::Kind;
use crate::notices::Tell;
use crate::objects::{self, ObjectCard};
use crate::orders::{self, Cost, PipelineFilter};
use crate::stage::Stage;
use crate::text::Prose;

const STANDARD: &[Permission] = &[Permission::OrderView, Permission::OrderCreate, Permission::CommentWrite];

#[test]
fn an_order_is_seen_where_it_is_and_from_the_next_look_on_where_it_went() {
    let town = Town::new();
    let eva = town.eva(STANDARD, &["hus-b"], false);
    let order = town.order("1042", Some("hus-a"), "Leak");
    let sees = || town.db.read(&eva, |tx| orders::find(tx, order.id)).is_ok();
    let counted = || town.db.read(&eva, |tx| orders::counts(tx, &PipelineFilter::default())).expect("counts")[0].all;
    assert_eq!((sees(), counted()), (false, 0));
    town.write(|tx| {
        let order = orders::find(tx, order.id)?;
        orders::relocate(tx, &order, Spot::At(&facility(tx, "hus-b")?), None)
    });
    assert_eq!((sees(), counted()), (true, 1));
    town.write(|tx| orders::relocate(tx, &orders::find(tx, order.id)?, Spot::Unattached, None));
    assert_eq!((sees(), counted()), (false, 0));
}

#[test]
fn without_the_permission_nothing_is_seen_at_all() {
    let town = Town::new();
    let order = town.order("1042", Some("hus-b"), "Leak");
    let eva = town.eva(&[Permission::ObjectView], &["*"], true);
    let denied = |error: crate::error::Error| error.kind() == Kind::Denied;
    assert!(town.db.read(&eva, |tx| orders::find(tx, order.id)).is_err_and(denied));
    assert!(town.db.read(&eva, |tx| orders::counts(tx, &PipelineFilter::default())).is_err_and(denied));
    assert!(town.db.read(&eva, |tx| orders::choices(tx, 9)).is_err_and(denied));
}

#[test]
fn the_cost_is_for_staff() {
    let town = Town::new();
    let order = town.order("1042", Some("hus-b"), "Leak");
    let eva = town.eva(STANDARD, &["*"], true);
    town.write(|tx| {
        let order = orders::find(tx, order.id)?;
        orders::set(tx, &order, &OrderCard { cost: Some(Cost(125_000)), ..order.card.clone() }, Tell::Nobody)
    });
    assert_eq!(town.read(|tx| orders::find(tx, order.id)).card.cost, Some(Cost(125_000)));
    let seen = town.db.read(&eva, |tx| orders::find(tx, order.id)).expect("in reach");
    assert_eq!(seen.card.cost, None);
    let page = town.db.read(&eva, |tx| orders::page(tx, &PipelineFilter::default(), orders::Sort::Newest, 1));
    assert!(page.expect("a page").rows.iter().all(|order| order.card.cost.is_none()));
}

#[test]
fn a_users_order_is_theirs_begins_at_the_beginning_and_reaches_the_company() {
    let town = Town::new();
    let eva = town.eva(STANDARD, &["hus-b"], false);
    let card =
        OrderCard { description: Some(Prose::parse("It drips.").expect("text")), ..OrderCard::titled(line("Leak")) };
    let made = town.db.write(&eva, |tx| {
        let places = orders::choices(tx, 9)?;
        assert_eq!(places.len(), 1);
        let draft = OrderDraft { spot: Spot::Chosen(&places[0]), ..OrderDraft::new(card.clone()) };
        Ok(create(tx, &orders::own_book(tx)?, &draft)?.into_inner())
    });
    let made = made.expect("an order");
    assert_eq!((made.number.as_str(), made.stage, made.status.as_str()), ("NK-FRO-0001", Stage::Received, "Planning"));
    assert_eq!(made.contact.map(|person| person.name), Some(line("Eva Lind")));
    assert_eq!(made.due_at.map(|at| at.to_string()).as_deref(), Some("2026-11-27T08:02:00Z"));
    let letters = [("order_received", "eva@brf.example"), ("order_to_staff", "service@nordkyl.example")];
    assert_eq!(town.letters(), letters.map(|(kind, to)| (kind.to_owned(), to.to_owned())));
}

#[test]
fn somebody_who_may_only_order_gets_the_receipt_and_sees_nothing_else() {
    let town = Town::new();
    let other = town.order("1042", Some("hus-b"), "Of the company");
    let eva = town.eva(&[Permission::OrderCreate], &["hus-b"], false);
    let made = town.db.write(&eva, |tx| {
        let places = orders::places(tx)?;
        let draft = OrderDraft { spot: Spot::Chosen(&places[0]), ..OrderDraft::new(OrderCard::titled(line("Leak"))) };
        Ok(create(tx, &orders::own_book(tx)?, &draft)?.into_inner())
    });
    let made = made.expect("an order");
    let receipt = |number: &Number| town.db.read(&eva, |tx| orders::receipt(tx, number).map(|order| order.id));
    assert_eq!(receipt(&made.number).expect("their own"), made.id);
    assert_eq!(receipt(&other.number).expect_err("not theirs").kind(), Kind::NotFound);
    let denied = |error: crate::error::Error| error.kind() == Kind::Denied;
    assert!(town.db.read(&eva, |tx| orders::find(tx, made.id)).is_err_and(denied));
    assert!(town.db.read(&eva, |tx| orders::lookup(tx, &made.number)).is_err_and(denied));
    assert!(town.db.read(&eva, |tx| orders::counts(tx, &PipelineFilter::default())).is_err_and(denied));
    assert!(town.db.read(&eva, |tx| orders::machines(tx, 9)).is_err_and(denied));
    let receipt_mail = town.read(|tx| {
        let mails = outbox::list(tx, None)?;
        let mail = mails.iter().find(|mail| mail.to == email("eva@brf.example")).expect("a receipt");
        outbox::letter(tx, mail)
    });
    assert!(matches!(receipt_mail, Some(outbox::letter::Letter::OrderReceived { opens: false, .. })));
    // It went where they do not reach: then the receipt is gone too.
    town.write(|tx| orders::relocate(tx, &orders::find(tx, made.id)?, Spot::At(&facility(tx, "hus-a")?), None));
    assert_eq!(receipt(&made.number).expect_err("out of reach").kind(), Kind::NotFound);
}

#[test]
fn no_customer_orders_where_nothing_is_in_use_any_more() {
    let town = Town::new();
    let eva = town.eva(&[Permission::OrderCreate, Permission::ObjectView], &["*"], true);
    town.write(|tx| {
        let (customer, place) = (customer(tx, "1042")?, facility(tx, "hus-b")?);
        for (no, place) in [("KYL-01", None), ("KYL-02", Some(&place))] {
            objects::add(tx, &customer, place, &number(no), &ObjectCard::named(line("Compressor")))?;
        }
        facilities::set_status(tx, &place, facilities::FacilityStatus::Closed)?;
        objects::set_status(tx, &objects::named(tx, &number("KYL-01"))?, objects::ObjectStatus::Retired).map(drop)
    });
    let offered = town.db.read(&eva, |tx| Ok((orders::places(tx)?, orders::machines(tx, 9)?))).expect("choices");
    assert_eq!(offered.0.iter().map(|place| place.number.as_str()).collect::<Vec<_>>(), ["hus-a"]);
    assert!(offered.1.is_empty());
    for (machine, field) in [("KYL-01", "object"), ("KYL-02", "facility")] {
        let order = |tx: &WriteTx| {
            let object = objects::named(tx, &number(machine))?;
            let draft = OrderDraft { object: Some(&object), ..OrderDraft::new(OrderCard::titled(line("Leak"))) };
            let book = match tx.actor().sort() {
                "user" => orders::own_book(tx)?,
                _ => book_of(tx, "1042")?,
            };
            create(tx, &book, &draft).map(|_| ())
        };
        let refused = town.db.write(&eva, order).expect_err("in use no more");
        assert_eq!((refused.kind(), refused.field()), (Kind::Conflict, Some(field)));
        town.write(order);
    }
}

#[test]
fn the_file_has_every_order_once_however_many_there_are() {
    let town = Town::new();
    let eva = town.eva(&[Permission::OrderView], &["hus-b"], false);
    let many = 1_203;
    town.write(|tx| {
        let (book, hus_b, hus_a) = (book_of(tx, "1042")?, facility(tx, "hus-b")?, facility(tx, "hus-a")?);
        let many_at_once = tx.now().plus(-5);
        for at in 0..many {
            // Most came at the same moment; every tenth is out of reach.
            let spot = if at % 10 == 9 { Spot::At(&hus_a) } else { Spot::At(&hus_b) };
            let created_at = Some(if at % 100 < 60 { many_at_once } else { tx.now().plus(-i64::from(at)) });
            let card = OrderCard { cost: Some(Cost(7_654_321)), ..OrderCard::titled(line("Leak")) };
            create(tx, &book, &OrderDraft { spot, created_at, tell: Tell::Nobody, ..OrderDraft::new(card) })?;
        }
        Ok(())
    });
    let read = |most: usize| {
        let mut rows = Vec::new();
        let whole = town.db.read(&eva, |tx| {
            orders::export(tx, &PipelineFilter::default(), most, |row| {
                rows.push((row.created_at, row.number.clone()));
                Ok(())
            })
        });
        (whole.expect("a file"), rows)
    };
    let (whole, rows) = read(orders::EXPORTED);
    assert!(whole && rows.iter().map(|row| &row.0).rev().is_sorted());
    let mut numbers: Vec<_> = rows.iter().map(|row| row.1.as_str()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!((rows.len(), numbers.len()), (many as usize - 120, many as usize - 120));
    let (whole, few) = read(10);
    assert!(!whole);
    assert_eq!(few, rows[..10]);
}

#[test]
fn a_user_orders_only_where_they_reach_and_decides_nothing_for_the_company() {
    let town = Town::new();
    let eva = town.eva(STANDARD, &["hus-b"], false);
    let refused = |change: &dyn Fn(&mut OrderDraft)| {
        let done = town.db.write(&eva, |tx| {
            let places = orders::choices(tx, 9)?;
            let mut draft =
                OrderDraft { spot: Spot::Chosen(&places[0]), ..OrderDraft::new(OrderCard::titled(line("X"))) };
            change(&mut draft);
            create(tx, &orders::own_book(tx)?, &draft).map(|_| ())
        });
        done.expect_err("refused").kind()
    };
    assert_eq!(refused(&|draft| draft.spot = Spot::Unattached), Kind::Invalid);
    assert_eq!(refused(&|draft| draft.card.cost = Some(Cost(1))), Kind::Denied);
    assert_eq!(refused(&|draft| draft.number = Some(number("MINE-1"))), Kind::Denied);
    assert_eq!(refused(&|draft| draft.card.planned_from = Some(town.clock.now())), Kind::Denied);
    assert_eq!(refused(&|draft| draft.tell = Tell::Nobody), Kind::Denied);
    let order = town.order("1042", Some("hus-b"), "Leak");
    let moved = town.db.write(&eva, |tx| orders::relocate(tx, &orders::find(tx, order.id)?, Spot::Unattached, None));
    assert_eq!(moved.expect_err("not theirs").kind(), Kind::Denied);
    assert_eq!(town.letters(), []);
}

#[test]
fn an_order_is_where_its_object_stands() {
    let town = Town::new();
    let add = |tx: &WriteTx, place: &str, no: &str| {
        let (customer, facility) = (customer(tx, "1042")?, facility(tx, place)?);
        objects::add(tx, &customer, Some(&facility), &number(no), &ObjectCard::named(line("Compressor")))
    };
    town.write(|tx| add(tx, "hus-b", "KYL-02"));
    let made = town.write(|tx| {
        let object = objects::named(tx, &number("KYL-02"))?;
        let draft = OrderDraft { object: Some(&object), ..OrderDraft::new(OrderCard::titled(line("Leak"))) };
        create(tx, &book_of(tx, "1042")?, &draft).map(Reached::into_inner)
    });
    assert_eq!((made.facility_no, made.object_no), (Some(number("hus-b")), Some(number("KYL-02"))));
    let refused = |place: &'static str, customer_no: &'static str| {
        let done = town.db.write(&town.desk, |tx| {
            let (object, facility) = (objects::named(tx, &number("KYL-02"))?, facility(tx, place)?);
            let card = OrderCard::titled(line("Leak"));
            let draft = OrderDraft { object: Some(&object), spot: Spot::At(&facility), ..OrderDraft::new(card) };
            create(tx, &book_of(tx, customer_no)?, &draft).map(|_| ())
        });
        done.expect_err("refused").message().to_owned()
    };
    assert_eq!(refused("hus-a", "1042"), "object KYL-02 stands at facility hus-b, so its order cannot be at hus-a");
    assert_eq!(refused("hall", "1043"), "object KYL-02 is not one of customer 1043");

    // The machine moves out of sight: the order stays, its machine is not named any more.
    let eva = town.eva(STANDARD, &["hus-b"], false);
    let seen = |town: &Town| town.db.read(&eva, |tx| orders::find(tx, made.id)).expect("in reach").object_no.clone();
    assert_eq!(seen(&town), Some(number("KYL-02")));
    town.write(|tx| objects::move_to(tx, &objects::named(tx, &number("KYL-02"))?, Some(&facility(tx, "hus-a")?)));
    assert_eq!(seen(&town), None);
    let found = |words: &str| {
        let filter = PipelineFilter { search: Some(words.into()), ..PipelineFilter::default() };
        town.db.read(&eva, |tx| orders::page(tx, &filter, orders::Sort::Newest, 1)).expect("a page").total
    };
    assert_eq!((found("kyl-02"), found("LEAK"), found("hus b")), (0, 1, 1));
}
