//! What orders hold on to: their status, their priority and the staff assigned to them.

use frontdesk::access::{Need, Right};
use frontdesk::db::named;
use frontdesk::db::{Change, Entry, Scoped};
use frontdesk::groups::Group;

use crate::support::{World, desk};

const CUSTOMER: Change = Change::new(
    "
    INSERT INTO customers (group_id, number, name, search, created_at)
    VALUES (:group, '1042', 'Brf Fröjden', '', :now)",
);

const ORDER: Change = Change::new(
    "
    INSERT INTO orders (group_id, customer_id, number, kind, title, status_id, stage, priority_id, search, created_at,
                        changed_at)
    SELECT :group, :customer, 'NK-BRF-0001', 'work', 'Leaks oil', s.id, s.stage, p.id, '', :now, :now
      FROM statuses s
      JOIN priorities p ON p.group_id = s.group_id AND p.name = 'Low'
     WHERE s.group_id = :group AND s.name = 'Planned'",
);

const ASSIGNED: Change = Change::new(
    "INSERT INTO order_staff (group_id, order_id, staff_id) SELECT :group, :order, id FROM staff WHERE login = 'rita'",
);

const STAGE: Scoped = Scoped::new(
    Need::staff(),
    "
    SELECT o.stage, o.closed_at
      FROM orders o
     WHERE o.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
);

/// A company with Rita, assigned to one planned order of low priority.
fn one_order() -> World {
    let world = World::nordkyl();
    world.run("staff add rita --name 'Rita Ek'").well();
    let (db, actor) = desk(&world);
    let made = db.write(&actor, |tx| {
        tx.change(Need::right(Right::Orders), |w| {
            let customer = w.insert(&CUSTOMER, named! {})?;
            let order = w.insert(&ORDER, named! { ":customer": customer })?;
            w.run(&ASSIGNED, named! { ":order": order })?;
            Ok(((), Entry::about::<Group>(0, "nordkyl", "order.placed")))
        })
    });
    made.expect("an order");
    world
}

fn stage(world: &World) -> (String, Option<String>) {
    let (db, actor) = desk(world);
    let found = db.read(&actor, |tx| {
        let row = tx.one(&STAGE, named! {}, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(row.expect("the order").into_inner())
    });
    found.expect("the order")
}

#[test]
fn what_an_order_needs_cannot_be_deleted() {
    let world = one_order();
    world.run("group status delete Planned --yes").fails(4, "1 order has the status 'Planned'");
    world.run("group priority delete Low --yes").fails(4, "1 order has the priority 'Low'");
    world
        .run("staff delete rita --yes")
        .fails(4, "rita is assigned to 1 order")
        .fails(4, "frontdesk staff disable rita");
    // The refusal comes before the question.
    world.run("group status delete Planned").fails(4, "1 order has the status");
    assert_eq!(world.run("staff show rita --json").well().json()["orders"], 1);
    world.run("staff disable rita --yes").well();
    assert_eq!(world.run("group status list -o id").well().out.lines().count(), 6);
    world.run("group delete nordkyl --confirm nordkyl").well();
}

#[test]
fn orders_follow_their_status_to_another_stage() {
    let world = one_order();
    assert_eq!(stage(&world), ("planned".into(), None));
    let said = world.run("group status set Planned --stage done").well();
    assert_eq!(said.err, "updated status Planned (done, position 2, 1 order)\n");
    assert_eq!(stage(&world), ("done".into(), Some("2026-11-22T08:02:00Z".into())));
    world.clock.advance(60);
    world.run("group status set Planned --stage cancelled").well();
    assert_eq!(stage(&world), ("cancelled".into(), Some("2026-11-22T08:02:00Z".into())));
    world.run("group status set Planned --stage waiting --dry-run").well();
    assert_eq!(stage(&world).0, "cancelled");
    world.run("group status set Planned --stage waiting").well();
    assert_eq!(stage(&world), ("waiting".into(), None));
}
