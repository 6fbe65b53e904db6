//! The machines: facts, parts, the work on them, and that moving one changes at once who sees it.

use crate::support::{PASSWORD, Visitor, World};

const EVA: &str = "eva@brf.example";

fn town() -> World {
    let world = World::nordkyl_with_customers();
    for line in [
        "VP-01 --facility hus-a --name 'Heat pump' --maker NIBE --model F1355-43 --serial-no 0665 --installed-on 2019-06-11 --external-id EXT-88",
        "VP-01-K1 --facility hus-a --name 'Compressor 1' --parent VP-01",
        "VP-01-K2 --facility hus-b --name 'Compressor 2' --parent VP-01",
        "AV-01 --name Dehumidifier --maker Corroventa",
    ] {
        world.run(&format!("object add --customer 1042 {line}")).well();
    }
    world
}

fn with(world: &World, email: &str, rest: &str) -> Visitor {
    world.user("nordkyl", email, &format!("--customer 1042 {rest}"));
    world.signed_in("nordkyl", email, PASSWORD)
}

#[test]
fn a_machine_shows_its_facts_its_family_and_its_open_orders() {
    let world = town();
    let open = world.run("order create --customer 1042 --object VP-01 --title 'No hot water' -o id").well().out;
    let (open, other) = (open.trim(), world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room"));
    let mut eva = with(&world, EVA, "--template full --facility hus-a");
    let page = eva.get("/objects/VP-01");
    page.has_status(200)
        .says("NIBE")
        .says("F1355-43")
        .says("0665")
        .says("11 June 2019")
        .says("datetime=\"2019-06-11\"");
    page.says("<a href=\"/g/nordkyl/facilities/hus-a\">Hus A</a>").says("VP-01-K1 Compressor 1").hides("VP-01-K2");
    page.says("No hot water").says("href=\"/g/nordkyl/orders/new?object=VP-01\"").hides(&other).hides("EXT-88");
    page.says(&format!("href=\"/g/nordkyl/orders/{open}\""));
    let part = eva.get("/objects/VP-01-K1");
    part.has_status(200)
        .says("<a href=\"/g/nordkyl/objects/VP-01\">VP-01 Heat pump</a>")
        .says("No open orders on this");
    for nothing in ["/objects/VP-01-K2", "/objects/AV-01", "/objects/1", "/objects/none"] {
        eva.get(nothing).has_status(404).hides("Compressor 2").hides("Dehumidifier");
    }
    eva.get(&format!("/orders/{open}")).says("<a href=\"/g/nordkyl/objects/VP-01\">VP-01 Heat pump</a>");
    // Where its parent is out of reach, nothing tells of it.
    let mut ola = with(&world, "ola@brf.example", "--template viewer --facility hus-b");
    ola.get("/objects/VP-01-K2")
        .has_status(200)
        .hides("VP-01<")
        .hides("Heat pump")
        .hides("Part of")
        .hides("Report a fault");
}

#[test]
fn the_list_is_searched_filtered_and_divided() {
    let world = town();
    for number in 1..=30 {
        world
            .run(&format!("object add F-{number:02} --customer 1042 --facility hus-b --name 'Fan {number:02}'"))
            .well();
    }
    world.run("object retire F-01").well();
    let mut eva = with(&world, EVA, "--template viewer --all-facilities --unattached");
    let first = eva.get("/objects");
    first.says("1–25 of 34").says("Dehumidifier").says("No facility").says("Corroventa").hides("Fan 01");
    first.says("<option value=\"hus-a\">Hus A</option>").says("<option value=\"no facility\">No facility</option>");
    let last = eva.get("/objects?page=2");
    let at = |name: &str| last.page().find(name).unwrap_or_else(|| panic!("{name} is there"));
    assert!(at("NIBE F1355-43") < at("Fan 01"), "retired ones come last");
    last.says("No longer in use");
    eva.get("/objects?facility=hus-a")
        .says("Heat pump")
        .says("Compressor 1")
        .hides("Dehumidifier")
        .hides("Compressor 2");
    eva.get("/objects?facility=no+facility").says("Dehumidifier").hides("Heat pump").says("selected");
    eva.get("/objects?q=nibe").says("Heat pump").hides("Dehumidifier");
    eva.get("/objects?q=0665").says("Heat pump").hides("Dehumidifier");
    eva.get("/objects?q=hus+b&page=2").says("26–31 of 31").says("q=hus+b&amp;page=1");
    for nothing in
        ["facility=hall", "facility=none", "facility=%00", "facility=1", "q=EXT", "q=%25", "facility=hus-a&q=zzz"]
    {
        eva.get(&format!("/objects?{nothing}")).has_status(200).says("No objects match").says("Clear the search");
    }
    // A filter tells nothing of places out of reach.
    let mut ola = with(&world, "ola@brf.example", "--template viewer --facility hus-b");
    let list = ola.get("/objects");
    list.hides("Hus A").hides("No facility").hides("Heat pump").hides("Dehumidifier").says("1–25 of 31");
    ola.get("/objects?facility=hus-a").says("No objects match").hides("Hus A");
    ola.get("/objects?facility=no+facility").says("No objects match");
    ola.get("/objects?q=hus+a").says("No objects match");
}

#[test]
fn a_machine_that_moves_is_seen_by_others_on_the_next_request() {
    let world = town();
    let mut a = with(&world, "a@brf.example", "--template viewer --facility hus-a");
    let mut b = with(&world, "b@brf.example", "--template viewer --facility hus-b");
    let mut none = with(&world, "none@brf.example", "--template viewer --unattached");
    let sees = |visitor: &mut Visitor| {
        let card = visitor.get("/objects/VP-01").status == 200;
        for query in ["", "?q=heat", "?q=NIBE", "?q=0665"] {
            assert_eq!(visitor.get(&format!("/objects{query}")).page().contains("Heat pump"), card, "{query}");
        }
        card
    };
    let counts = |visitor: &mut Visitor, place: &str, count: &str| {
        visitor.get("/facilities").says(count);
        visitor.get(&format!("/facilities/{place}")).says(&format!("Objects <span class=\"faint\">{}<", &count[..1]));
    };
    assert_eq!([sees(&mut a), sees(&mut b), sees(&mut none)], [true, false, false]);
    counts(&mut a, "hus-a", "2 objects<");
    counts(&mut b, "hus-b", "1 object<");
    world.run("object move VP-01 --facility hus-b").well();
    assert_eq!([sees(&mut a), sees(&mut b), sees(&mut none)], [false, true, false]);
    counts(&mut a, "hus-a", "1 object<");
    counts(&mut b, "hus-b", "2 objects<");
    a.get("/objects/VP-01-K1").has_status(200).hides("Heat pump");
    world.run("object move VP-01 --unattached").well();
    assert_eq!([sees(&mut a), sees(&mut b), sees(&mut none)], [false, false, true]);
    none.get("/objects/VP-01").says("No facility").hides("Compressor");
}

#[test]
fn an_order_that_moves_is_seen_by_others_on_the_next_request() {
    let world = town();
    let order = world.run("order create --customer 1042 --facility hus-a --title 'No hot water' -o id").well().out;
    let order = order.trim();
    let mut a = with(&world, "a@brf.example", "--template viewer --facility hus-a");
    let mut b = with(&world, "b@brf.example", "--template viewer --facility hus-b");
    let sees = |visitor: &mut Visitor, place: &str| {
        let page = visitor.get(&format!("/orders/{order}")).status == 200;
        for path in ["/orders", "/orders?view=list", "/orders?q=hot+water", &format!("/facilities/{place}")] {
            assert_eq!(visitor.get(path).page().contains("No hot water"), page, "{path}");
        }
        let count = if page { "1 open order<" } else { "0 open orders<" };
        visitor.get("/facilities").says(count);
        page
    };
    assert_eq!([sees(&mut a, "hus-a"), sees(&mut b, "hus-b")], [true, false]);
    world.run(&format!("order set {order} --facility hus-b")).well();
    assert_eq!([sees(&mut a, "hus-a"), sees(&mut b, "hus-b")], [false, true]);
    // An order on a machine stays where the work was done: on the machine's page it shows to who reaches both.
    world.run(&format!("order set {order} --facility hus-a --object VP-01")).well();
    a.get("/objects/VP-01").says("No hot water");
    world.run("object move VP-01 --facility hus-b").well();
    b.get("/objects/VP-01").has_status(200).hides("No hot water").says("No open orders on this object");
    a.get(&format!("/orders/{order}")).has_status(200).hides("VP-01");
}
