//! The counts that are kept say what a walk through all orders would say, whatever became of them.

use super::*;
use crate::db::Open;
use crate::notices::Tell;
use crate::orders::{self, OrderKind, PipelineFilter};
use crate::stage::Stage;
use crate::statuses::StatusDraft;

const DIFFERENCES: Open = Open::new(
    "a test compares what is kept with what there is",
    "
    SELECT json_array(group_id, place, stage, kind, sum(kept), sum(there))
      FROM (SELECT group_id, place, stage, kind, orders AS kept, 0 AS there FROM order_counts
            UNION ALL
            SELECT group_id, place, stage, kind, 0, 1 FROM orders)
     GROUP BY group_id, place, stage, kind
    HAVING sum(kept) <> sum(there)",
);

#[track_caller]
fn agree(town: &Town, eva: &Actor, after: &str) {
    let found = town.read(|tx| tx.open(&DIFFERENCES, named! {}, |row| row.get::<_, String>(0)));
    assert_eq!(found, [""; 0], "after {after}");
    for kind in [None, Some(OrderKind::Work), Some(OrderKind::Service)] {
        let kept = PipelineFilter { kind, ..PipelineFilter::default() };
        // Every order is found by no word at all, and what is found is counted one by one.
        let walked = PipelineFilter { search: Some(String::new()), ..kept.clone() };
        let (kept, walked) =
            town.db.read(eva, |tx| Ok((orders::counts(tx, &kept)?, orders::counts(tx, &walked)?))).expect("counts");
        assert_eq!(kept, walked, "after {after}");
    }
}

#[test]
fn what_is_kept_is_what_a_walk_would_count() {
    let town = Town::new();
    let eva = town.eva(&[Permission::OrderView], &["hus-a", "hus-b"], true);
    let all: Vec<_> = [Some("hus-a"), Some("hus-a"), Some("hus-b"), None, None]
        .into_iter()
        .map(|place| town.order("1042", place, "A door"))
        .collect();
    town.order("1043", Some("hall"), "BRAVO");
    agree(&town, &eva, "creating");
    let find = |tx: &Tx, at: usize| orders::find(tx, all[at].id);
    let step = |at: usize, status: &str| {
        town.write(|tx| {
            let status = statuses::find_by_name(tx, &line(status))?;
            orders::set_status(tx, &find(tx, at)?, &status, None, Tell::Nobody)
        })
    };
    step(0, "Done");
    step(3, "Done");
    agree(&town, &eva, "a change of status");
    town.clock.advance(orders::BOARD_DAYS * 86_400 + 1);
    step(1, "Done");
    agree(&town, &eva, "a month");
    town.write(|tx| {
        let hus_b = facility(tx, "hus-b")?;
        orders::relocate(tx, &find(tx, 0)?, Spot::At(&hus_b), None)
    });
    town.write(|tx| orders::relocate(tx, &find(tx, 2)?, Spot::Unattached, None));
    agree(&town, &eva, "a move");
    town.write(|tx| {
        let order = find(tx, 4)?;
        orders::set(tx, &order, &OrderCard { kind: OrderKind::Service, ..order.card.clone() }, Tell::Nobody)
    });
    agree(&town, &eva, "another kind");
    town.write(|tx| {
        let done = statuses::find_by_name(tx, &line("Done"))?;
        statuses::set(tx, &done, &StatusDraft { stage: Stage::Cancelled, ..done.draft() })
    });
    agree(&town, &eva, "another meaning of a status");
    town.write(|tx| orders::delete(tx, &find(tx, 1)?));
    agree(&town, &eva, "a deletion");
    town.write(|tx| customers::delete(tx, &customer(tx, "1043")?));
    agree(&town, &eva, "the deletion of a customer");
}
