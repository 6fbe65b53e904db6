//! What the portal writes into the audit besides changes: what was refused, and what was taken away as a file.

use serde_json::Value;

use crate::support::{PASSWORD, World};

const EVA: &str = "eva@brf.example";

fn town() -> World {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042 --template viewer --facility hus-a");
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    world.order("nordkyl", "1042", Some("hus-b"), "Light in the attic");
    world.run("object add KYL-01 --customer 1042 --name Compressor --facility hus-a").well();
    world.run("reading add KYL-01 12000 --at 2026-10-01T08:00").well();
    world
}

fn lines(world: &World, action: &str) -> Vec<Value> {
    let said = world.run(&format!("audit list --action {action} --who {EVA} --json --limit 1000")).well().json();
    said.as_array().expect("lines").clone()
}

#[test]
fn what_is_out_of_reach_is_written_down_be_it_there_or_not() {
    let world = town();
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    let foreign = eva.get("/orders/NK-FRO-0002");
    assert_eq!(foreign.has_status(404).masked(), eva.get("/orders/NK-FRO-9999").has_status(404).masked());
    let refused = lines(&world, "refused");
    assert_eq!(refused.len(), 2, "{refused:?}");
    for (line, number) in refused.iter().zip(["NK-FRO-9999", "NK-FRO-0002"]) {
        assert_eq!(line["subject"], format!("/g/nordkyl/orders/{number}"));
        assert_eq!((&line["via"], &line["actor_sort"]), (&"portal".into(), &"user".into()));
        assert!(line["client"].is_string(), "{line}");
    }
    eva.get("/orders/NK-FRO-0001").has_status(200);
    eva.get("/there-is-no-such-page").has_status(404);
    assert_eq!(lines(&world, "refused").len(), 2, "a page that is there, and an address that is none");
    for number in 0..40 {
        eva.get(&format!("/orders/NK-FRO-{number:04}9")).has_status(404);
    }
    let refused = lines(&world, "refused");
    assert_eq!(refused.len(), 20, "a flood leaves a few lines");
    assert!(refused[0]["after"].as_str().is_some_and(|why| why.contains("not written down for a minute")));
    world.clock.advance(61);
    eva.get("/orders/NK-FRO-0002").has_status(404);
    assert_eq!(lines(&world, "refused").len(), 21);
    world.run("audit verify").well();
}

#[test]
fn what_is_not_permitted_is_written_down() {
    let world = town();
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    eva.get("/company/edit").has_status(403);
    let refused = lines(&world, "refused");
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(refused[0]["subject"], "/g/nordkyl/company/edit");
    assert!(refused[0]["after"].as_str().is_some_and(|why| why.contains("may not be corrected")), "{refused:?}");
}

#[test]
fn a_file_that_is_taken_away_leaves_a_line() {
    let world = town();
    let mut eva = world.signed_in("nordkyl", EVA, PASSWORD);
    for (path, action, subject) in
        [("/orders.csv", "orders.exported", "1042"), ("/objects/KYL-01/readings.csv", "readings.exported", "KYL-01")]
    {
        eva.head(path).has_status(200);
        assert_eq!(lines(&world, action).len(), 0, "{path}");
        eva.get(path).has_status(200);
        let taken = lines(&world, action);
        assert_eq!(taken.len(), 1, "{path}");
        assert_eq!((&taken[0]["subject"], &taken[0]["via"]), (&subject.into(), &"portal".into()));
    }
}
