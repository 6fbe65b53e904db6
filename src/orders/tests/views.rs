//! The pipeline: counts, board and list agree with each other and with what is in reach.

use super::*;
use crate::db::{Open, PAGE};
use crate::notices::Tell;
use crate::orders::{self, BOARD_DAYS, PipelineFilter, Sort};
use crate::stage::Stage;

const REACH: Open = Open::new(
    "a test looks how reach is found",
    "EXPLAIN QUERY PLAN SELECT r.place FROM reach_places r WHERE r.actor = :actor",
);

fn titles(orders: &[Reached<Order>]) -> Vec<&str> {
    orders.iter().map(|order| order.card.title.as_str()).collect()
}

#[test]
fn the_list_is_sorted_both_ways_and_paged() {
    let town = Town::new();
    let eva = town.eva(&[Permission::OrderView], &["*"], true);
    for (place, title) in [(Some("hus-b"), "B"), (Some("hus-a"), "C"), (None, "A")] {
        town.clock.advance(60);
        town.order("1042", place, title);
    }
    town.order("1043", Some("hall"), "BRAVO");
    town.write(|tx| {
        let order = orders::named(tx, &number("NK-FRO-0002"))?;
        orders::set(tx, &order, &OrderCard { planned_from: Some(tx.now()), ..order.card.clone() }, Tell::Nobody)
    });
    let page = |sort| {
        let filter = PipelineFilter::default();
        let page = town.db.read(&eva, |tx| orders::page(tx, &filter, sort, 1)).expect("a page");
        assert_eq!((page.total, page.pages), (3, 1));
        titles(&page.rows).concat()
    };
    assert_eq!(
        Sort::ALL.iter().map(|sort| page(*sort)).collect::<Vec<_>>(),
        ["ACB", "BCA", "CBA", "CAB", "BCA", "ACB", "ABC", "CBA"]
    );
    for count in 0..PAGE {
        town.order("1042", None, &format!("More {count}"));
    }
    let page = |stage, number| {
        let filter = PipelineFilter { stage, ..PipelineFilter::default() };
        let page = town.db.read(&eva, |tx| orders::page(tx, &filter, Sort::Oldest, number)).expect("a page");
        (page.rows.len(), page.number, page.pages, page.total)
    };
    assert_eq!(page(None, 1), (25, 1, 2, 28));
    assert_eq!(page(None, 9), (3, 2, 2, 28));
    assert_eq!(page(Some(Stage::Received), 2), (3, 2, 2, 28));
    assert_eq!(page(Some(Stage::Done), 1), (0, 1, 1, 0));
}

#[test]
fn the_board_forgets_what_was_done_long_ago_and_the_list_does_not() {
    let town = Town::new();
    let eva = town.eva(&[Permission::OrderView], &["hus-b"], false);
    let done = |title: &str| {
        let order = town.order("1042", Some("hus-b"), title);
        town.write(|tx| {
            let done = statuses::find_by_name(tx, &line("Done"))?;
            orders::set_status(tx, &orders::find(tx, order.id)?, &done, None, Tell::Nobody)
        });
    };
    done("old");
    town.clock.advance(BOARD_DAYS * 86_400 + 1);
    done("new");
    town.order("1042", Some("hus-b"), "open");
    town.order("1042", Some("hus-a"), "elsewhere");
    town.db
        .read(&eva, |tx| {
            let filter = PipelineFilter::default();
            let counts = orders::counts(tx, &filter)?;
            let of =
                |stage| counts.iter().find(|column| column.stage == stage).map(|column| (column.all, column.recent));
            assert_eq!(
                (of(Stage::Done), of(Stage::Received), of(Stage::Waiting)),
                (Some((2, 1)), Some((1, 1)), Some((0, 0)))
            );
            assert_eq!(titles(&orders::board(tx, Stage::Done, &filter, 10)?), ["new"]);
            assert_eq!(titles(&orders::board(tx, Stage::Received, &filter, 10)?), ["open"]);
            let filter = PipelineFilter { stage: Some(Stage::Done), ..filter };
            assert_eq!(titles(&orders::page(tx, &filter, Sort::Newest, 1)?.rows), ["new", "old"]);
            Ok(())
        })
        .expect("a look");
}

#[test]
fn filters_leave_what_they_name() {
    let town = Town::new();
    let eva = town.eva(&[Permission::OrderView], &["hus-a", "hus-b"], false);
    let mine = town.order("1042", Some("hus-b"), "Mine 100%");
    town.order("1042", Some("hus-a"), "Other");
    town.write(|tx| orders::assign_contact(tx, &orders::find(tx, mine.id)?, Some(&contact(tx)?)));
    let count = |filter: PipelineFilter| {
        let page = town.db.read(&eva, |tx| orders::page(tx, &filter, Sort::Newest, 1)).expect("a page");
        assert_eq!(page.rows.len(), page.total as usize);
        page.total
    };
    let hall = town.read(|tx| facility(tx, "hall")).id;
    let hus_a = town.read(|tx| facility(tx, "hus-a")).id;
    let all = PipelineFilter::default;
    assert_eq!(count(all()), 2);
    assert_eq!(count(PipelineFilter { mine: true, ..all() }), 1);
    assert_eq!(count(PipelineFilter { facility: Some(hus_a), ..all() }), 1);
    assert_eq!(count(PipelineFilter { facility: Some(hall), ..all() }), 0);
    assert_eq!(count(PipelineFilter { kind: Some(orders::OrderKind::Service), ..all() }), 0);
    assert_eq!(count(PipelineFilter { search: Some("100%".into()), ..all() }), 1);
    assert_eq!(count(PipelineFilter { search: Some("1_0".into()), ..all() }), 0);
    assert_eq!(count(PipelineFilter { search: Some("HUS Å".into()), ..all() }), 1);
    let places = town.db.read(&eva, |tx| orders::choices(tx, 9)).expect("places");
    assert_eq!(places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>(), ["Hus A", "Hus B"]);
}

#[test]
fn reach_is_found_without_a_walk_through_everybodys_places() {
    let town = Town::new();
    let eva = town.eva(&[Permission::OrderView], &["hus-a"], false);
    for actor in [&town.desk, &eva] {
        let plan = town.db.read(actor, |tx| tx.open(&REACH, named! {}, |row| row.get::<_, String>(3))).expect("a plan");
        assert!(plan.iter().any(|step| step.contains("groups_by_desk")), "{plan:#?}");
        // `r` is the view itself; its rows are those that were found.
        assert!(plan.iter().all(|step| !step.starts_with("SCAN") || step == "SCAN r"), "{plan:#?}");
    }
}
