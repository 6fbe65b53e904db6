//! The places: what an access reaches and permits, page by page, and nothing else.

use crate::support::{PASSWORD, Visitor, World};

const EVA: &str = "eva@brf.example";

fn town() -> World {
    let world = World::nordkyl_with_customers();
    world.run("facility set hus-a --address 'Fröjdgatan 12' --postal-code '118 56' --city Stockholm").well();
    world.run("facility set hus-a --note 'Key under the mat' --external-id EXT-77").well();
    world.run("object add KYL-01 --customer 1042 --facility hus-a --name 'Compressor 1'").well();
    world.run("object add KYL-02 --customer 1042 --facility hus-a --name 'Compressor 2'").well();
    world.run("object add KYL-03 --customer 1042 --facility hus-a --name 'Old compressor'").well();
    world.run("object retire KYL-03").well();
    world.run("object add KYL-04 --customer 1042 --facility hus-b --name 'Compressor 4'").well();
    world
}

fn with(world: &World, email: &str, rest: &str) -> Visitor {
    world.user("nordkyl", email, &format!("--customer 1042 {rest}"));
    world.signed_in("nordkyl", email, PASSWORD)
}

#[test]
fn a_place_shows_where_it_is_and_what_is_done_there() {
    let world = town();
    let open = world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    let done = world.order("nordkyl", "1042", Some("hus-a"), "Thermostat");
    world.run(&format!("order status {done} Done")).well();
    let elsewhere = world.order("nordkyl", "1042", Some("hus-b"), "Light in the attic");
    let mut eva = with(&world, EVA, "--template full --facility hus-a");
    let page = eva.get("/facilities/hus-a");
    page.has_status(200).says("Hus A").says("Fröjdgatan 12<br>118 56 Stockholm").says("Door of the cold room");
    page.says("KYL-01 Compressor 1").says("href=\"/g/nordkyl/objects/KYL-02\"").says("No longer in use");
    page.says(&format!("href=\"/g/nordkyl/orders/{open}\""));
    page.says("href=\"/g/nordkyl/orders/new?facility=hus-a\"")
        .says("href=\"/g/nordkyl/orders?facility=hus-a&amp;view=list\"");
    page.hides(&done).hides(&elsewhere).hides("KYL-04").hides("under the mat").hides("EXT-77").hides("Hus B");
    let list = eva.get("/facilities");
    list.has_status(200).says("1 open order<").says("2 objects<").says("Fröjdgatan 12, Stockholm").hides("Hus B");
    list.hides("role=\"search\"");
    eva.get("/facilities?q=hus").says("role=\"search\"").says("Hus A");
    eva.get("/facilities?q=attic").says("No facilities match");
    for nothing in ["/facilities/hus-b", "/facilities/hall", "/facilities/none", "/facilities/1", "/facilities/%20"] {
        eva.get(nothing).has_status(404).hides("Hus B").hides("Hall");
    }
    // The order's page and the list lead here.
    eva.get(&format!("/orders/{open}")).says("<a href=\"/g/nordkyl/facilities/hus-a\">Hus A</a>");
    eva.get("/orders?view=list").says("<a href=\"/g/nordkyl/facilities/hus-a\">Hus A</a>");
}

#[test]
fn each_permission_opens_its_own_part() {
    let world = town();
    let order = world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    let mut places = with(&world, "a@brf.example", "--grant facility.view --all-facilities");
    let page = places.get("/facilities/hus-a");
    page.has_status(200).hides("KYL-0").hides("Objects").hides(&order).hides("Open orders").hides("/orders");
    places.get("/facilities").has_status(200).hides(" open order").hides(" object").hides("Objects");
    for closed in ["/objects", "/objects/KYL-01", "/orders", "/company"] {
        places.get(closed).has_status(403).hides("Compressor");
    }
    let mut machines = with(&world, "b@brf.example", "--grant object.view --all-facilities");
    machines.get("/facilities").has_status(403).hides("Hus A");
    machines.get("/facilities/hus-a").has_status(403);
    let page = machines.get("/objects/KYL-01");
    page.has_status(200).says("Hus A").hides("/facilities").hides(&order).hides("Open orders").hides("/orders");
    machines.get("/objects").has_status(200).says("Compressor 4").says("Hus B").hides("/facilities");
    let mut orders = with(&world, "c@brf.example", "--grant order.view --all-facilities");
    let page = orders.get(&format!("/orders/{order}"));
    page.has_status(200).says("Hus A").hides("href=\"/g/nordkyl/facilities").hides("href=\"/g/nordkyl/objects");
    orders.get("/orders?view=list").says("Hus A").hides("href=\"/g/nordkyl/facilities");
    let mut both = with(&world, "d@brf.example", "--grant facility.view --grant order.view --all-facilities");
    both.get("/facilities").says("1 open order<").hides(" object");
    both.get("/facilities/hus-a").says("Door of the cold room").hides("Report a fault");
}

#[test]
fn who_sees_no_orders_begins_with_what_they_see() {
    let world = town();
    for (email, may, first) in [
        ("a@brf.example", "facility.view", "/facilities"),
        ("b@brf.example", "object.view", "/objects"),
        ("c@brf.example", "colleague.view", "/company"),
        ("d@brf.example", "order.view", "/orders"),
        ("e@brf.example", "comment.write", "/orders"),
    ] {
        world.user("nordkyl", email, &format!("--customer 1042 --grant {may} --all-facilities"));
        let mut visitor = world.visitor("nordkyl");
        let wanted = format!("/g/nordkyl{first}");
        assert_eq!(visitor.sign_in(email, PASSWORD).leads(), wanted);
        assert_eq!(visitor.get("/").leads(), wanted);
        assert_eq!(visitor.get(first).status == 200, may != "comment.write", "{may}");
    }
    world
        .run("user create a@brf.example --customer 1043 --name 'Pat Lind' --grant object.view --all-facilities")
        .well();
    let mut visitor = world.visitor("nordkyl");
    assert_eq!(visitor.sign_in("a@brf.example", PASSWORD).leads(), "/g/nordkyl/switch");
    let choice = visitor.get("/switch");
    let last =
        choice.page().rsplit("name=\"access\" value=\"").next().expect("a choice").split('"').next().expect("a value");
    assert_eq!(visitor.post("/switch", &[("access", last)]).leads(), "/g/nordkyl/objects");
}

#[test]
fn a_closed_place_stays_readable_and_comes_last() {
    let world = town();
    world.run("facility close hus-a").well();
    let mut eva = with(&world, EVA, "--template full --all-facilities");
    let page = eva.get("/facilities/hus-a");
    page.has_status(200).says("This facility is closed").says("KYL-01 Compressor 1").hides("/orders/new");
    let list = eva.get("/facilities");
    let at = |name: &str| list.page().find(name).unwrap_or_else(|| panic!("{name} is there"));
    assert!(at(">Hus B<") < at(">Hus A<") && list.text().contains("Closed"));
}

#[test]
fn many_places_come_in_pages_and_can_be_searched() {
    let world = World::nordkyl_with_customers();
    for number in 1..=40 {
        world.run(&format!("facility add P-{number:02} --customer 1042 --name 'Place {number:02}' --city Umeå")).well();
    }
    let mut eva = with(&world, EVA, "--template viewer --all-facilities");
    eva.get("/facilities").says("role=\"search\"").says("1–25 of 42").says("page=2").says("Place 23").hides("Place 24");
    eva.get("/facilities?page=2").says("26–42 of 42").says("Place 24").says("Place 40").hides(">Hus A<");
    eva.get("/facilities?q=umea&page=2").says("26–40 of 40").says("q=umea&amp;page=1").says("Clear the search");
    eva.get("/facilities?q=place+07").says("Place 07").hides("Place 08").hides("class=\"pager\"");
    for odd in ["page=0", "page=-1", "page=99999999999", "page=x", "q=%25", "q=_", "q=%27", "q=%e2%80%ae"] {
        eva.get(&format!("/facilities?{odd}")).has_status(200).hides("\u{202e}<");
    }
    eva.get("/facilities?q=%25").says("No facilities match");
}

#[test]
fn clocks_at_a_place_are_its_own() {
    let world = town();
    world.run("facility set hus-a --tz Atlantic/Canary").well();
    let canary = world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    let stockholm = world.order("nordkyl", "1042", Some("hus-b"), "Light in the attic");
    let mut eva = with(&world, EVA, "--template viewer --all-facilities");
    eva.get(&format!("/orders/{canary}")).says("datetime=\"2026-11-22T08:02:00+00:00\"").says("08:02").hides("09:02");
    eva.get(&format!("/orders/{stockholm}")).says("datetime=\"2026-11-22T09:02:00+01:00\"").hides("08:02");
    eva.get("/facilities/hus-a").says("Atlantic/Canary").says("datetime=\"2026-11-22T08:02:00+00:00\"");
    eva.get("/facilities/hus-b").hides("Europe/Stockholm").says("datetime=\"2026-11-22T09:02:00+01:00\"");
}

#[test]
fn a_link_to_a_place_chooses_the_customer() {
    let world = town();
    let mut eva = with(&world, EVA, "--template viewer --facility hus-a");
    world
        .run("user create eva@brf.example --customer 1043 --name 'Eva Lind' --template viewer --all-facilities")
        .well();
    eva.get("/facilities/hall").has_status(200).says("Hall").says("Frost AB");
    eva.get("/facilities").says("Hall").hides("Hus A");
    eva.get("/facilities/hus-a").has_status(200).says("Brf Fröjden");
    eva.get("/facilities/hus-b").has_status(404);
}
