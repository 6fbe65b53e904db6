//! The pipeline: what is looked for stands in the address, odd addresses do no harm, and rights act at once.

use frontdesk::objects::{self, ObjectCard};
use frontdesk::orders::{self, OrderCard, OrderDraft};
use frontdesk::text::Line;
use frontdesk::{customers, facilities};

use crate::support::{PASSWORD, Visitor, World, number};

const EVA: &str = "eva@brf.example";

fn reader(scope: &str) -> (World, Visitor) {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, &format!("--customer 1042 --template viewer {scope}"));
    let visitor = world.signed_in("nordkyl", EVA, PASSWORD);
    (world, visitor)
}

#[test]
fn odd_addresses_show_a_page_all_the_same() {
    let (world, mut eva) = reader("--all-facilities");
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    for query in [
        "page=0",
        "page=-1",
        "page=abc",
        "page=99999999999",
        "page=4294967295",
        "page=4294967296",
        "page=1.5",
        "page=%2b1",
        "sort=x",
        "sort=",
        "sort=number%20DESC",
        "view=x",
        "view=list&view2=x",
        "facility=%00",
        "kind=x",
        "x=y",
        "&&&",
        "=",
        "?",
        "%",
        "q=%00%01%1b%5b2J",
        "q=%e2%80%ae",
        "page=2&view=list",
        "q=a%0d%0ab",
    ] {
        let page = eva.get(&format!("/orders?{query}"));
        page.has_status(200).hides("\u{1b}").hides("\0");
        if !query.contains("view=") {
            eva.get(&format!("/orders?view=list&{query}")).has_status(200);
        }
    }
    for (query, status) in
        [("q=1&q=2", 400), ("page=1&page=1", 400), ("q=1&%71=2", 400), ("q=%ff", 400), ("q=%c3", 400)]
    {
        eva.get(&format!("/orders?{query}")).has_status(status).says("Brf Fröjden").hides("cold room");
        world.visitor("nordkyl").get(&format!("/?{query}")).has_status(status).says("Nordkyl AB");
    }
    let long = "x".repeat(5_000);
    let page = eva.get(&format!("/orders?q={long}"));
    page.has_status(200).says(&format!("value=\"{}\"", &long[..100])).hides(&long[..101]);
}

#[test]
fn a_list_has_pages_that_keep_what_is_looked_for() {
    let (world, mut eva) = reader("--all-facilities");
    for at in 1..=30 {
        world.order("nordkyl", "1042", Some(["hus-a", "hus-b"][at % 2]), &format!("Fan {at:02} is loud"));
    }
    let first = eva.get("/orders?view=list&q=fan&sort=number");
    first.has_status(200).says("1–25 of 30").says("Fan 01").hides("Fan 26");
    let next = "/g/nordkyl/orders?q=fan&amp;view=list&amp;sort=number&amp;page=2";
    first.says(next);
    let last = eva.get(&next.replace("&amp;", "&"));
    last.has_status(200).says("26–30 of 30").says("Fan 30").hides("Fan 25");
    assert_eq!(eva.get("/orders?view=list&q=fan&sort=number&page=9999").page(), last.page());
    assert_eq!(eva.get("/orders?view=list&q=fan&sort=number&page=0").page(), first.page());
    eva.get("/orders?view=list&facility=hus-a").says("1–15 of 15").hides("Fan 01");
    eva.get("/orders?view=list&facility=nowhere").has_status(200).says("No orders match").hides("Fan 0");
    eva.get("/orders?q=fan").has_status(200).says("Show all 30").says("<span class=\"count\">30</span>");
    eva.get("/orders?q=nothing+like+it").has_status(200).says("No orders match").says("Clear the search");
}

#[test]
fn what_the_company_changes_acts_on_the_next_request() {
    let (world, mut eva) = reader("--facility hus-a");
    let number = world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    let order = format!("/orders/{number}");
    let sees = |eva: &mut Visitor| {
        let (board, page) = (eva.get("/orders"), eva.get(&order));
        assert_eq!(board.text().contains("cold room"), page.status == 200, "{} {}", board.status, page.status);
        page.status
    };
    assert_eq!(sees(&mut eva), 200);
    world.relocate("nordkyl", &number, Some("hus-b"));
    assert_eq!(sees(&mut eva), 404, "it was moved away");
    world.relocate("nordkyl", &number, None);
    assert_eq!(sees(&mut eva), 404, "it is nowhere");
    world.run("user grant eva@brf.example --unattached").well();
    assert_eq!(sees(&mut eva), 200);
    world.run("user revoke eva@brf.example --unattached").well();
    world.relocate("nordkyl", &number, Some("hus-a"));
    assert_eq!(sees(&mut eva), 200, "it came back");
    world.run("user revoke eva@brf.example order.view").well();
    assert_eq!(sees(&mut eva), 403);
    world.run("user grant eva@brf.example order.view").well();
    assert_eq!(sees(&mut eva), 200);
    world.run("user revoke eva@brf.example --facility hus-a").well();
    assert_eq!(sees(&mut eva), 404);
    world.run("user grant eva@brf.example --all-facilities").well();
    assert_eq!(sees(&mut eva), 200);
    world.run("facility close hus-a --customer 1042 --yes").well();
    assert_eq!(sees(&mut eva), 200, "a closed place stays readable");
    world.run("user grant eva@brf.example --until 2026-11-22").well();
    assert_eq!(sees(&mut eva), 200, "the last day counts");
    world.clock.advance(15 * 3_600);
    assert_eq!(sees(&mut eva), 303, "the last day is over");
    world.run("user revoke eva@brf.example --until 2026-11-22").well();
    assert_eq!(sees(&mut eva), 200);
    world.run("customer close 1042 --yes").well();
    assert_eq!(sees(&mut eva), 303);
    world.run("customer open 1042").well();
    assert_eq!(sees(&mut eva), 200);
    world.run("user disable eva@brf.example --yes").well();
    assert_eq!(sees(&mut eva), 303);
    world.run("user enable eva@brf.example").well();
    assert_eq!(sees(&mut eva), 303, "sessions do not come back");
    eva.sign_in(EVA, PASSWORD).leads();
    assert_eq!(sees(&mut eva), 200);
    world.run("user sign-out eva@brf.example --yes").well();
    assert_eq!(sees(&mut eva), 303);
    eva.sign_in(EVA, PASSWORD).leads();
    world.run("user delete eva@brf.example --yes").well();
    assert_eq!(sees(&mut eva), 303);
}

#[test]
fn an_object_that_was_moved_out_of_reach_is_neither_named_nor_found() {
    let (world, mut eva) = reader("--facility hus-a");
    let card = ObjectCard::named(Line::parse("Compressor nine").expect("a name"));
    let order = world.at_desk("nordkyl", |tx| {
        let customer = customers::named(tx, &number("1042"))?;
        let place = facilities::of(tx, &customer, &number("hus-a"))?;
        let object = objects::add(tx, &customer, Some(&place), &number("KYL-9"), &card)?;
        let draft =
            OrderDraft { object: Some(&object), ..OrderDraft::new(OrderCard::titled(Line::parse("It is loud")?)) };
        orders::create(tx, &orders::book(tx, &customer)?, &draft).map(|order| order.number.to_string())
    });
    let pages = ["/orders".to_owned(), "/orders?view=list".into(), format!("/orders/{order}")];
    for path in pages.iter().chain(&["/orders?q=compressor".to_owned()]) {
        eva.get(path).has_status(200).says("It is loud").says("KYL-9 Compressor nine");
    }
    world.at_desk("nordkyl", |tx| {
        let customer = customers::named(tx, &number("1042"))?;
        let elsewhere = facilities::of(tx, &customer, &number("hus-b"))?;
        objects::move_to(tx, &objects::of(tx, &customer, &number("KYL-9"))?, Some(&elsewhere)).map(drop)
    });
    for path in &pages {
        eva.get(path).has_status(200).says("It is loud").hides("Compressor nine").hides("KYL-9");
    }
    eva.get("/orders?q=compressor").has_status(200).hides("It is loud");
}

/// The lines of a file as a spreadsheet reads them.
fn lines(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|line| line.expect("a line").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_list_is_also_a_file_with_the_same_orders_and_nothing_internal() {
    let (world, mut eva) = reader("--facility hus-a");
    for (title, place) in [("=1+1", "hus-a"), ("Two, \"lines\"", "hus-a"), ("Out of reach", "hus-b")] {
        let words =
            ["order", "create", "--customer", "1042", "--title", title, "--facility", place, "--cost", "4711.25"];
        let more = ["--external-id", title, "--description", "One\ntwo, \"three\"", "--site-phone", "+46 70 1"];
        let words: Vec<_> = words.into_iter().chain(more).collect();
        world.run_in(&words, "", |_| {}).well();
        world.clock.advance(1);
    }
    world.run("order note NK-FRO-0001 'Pays late'").well();
    eva.get("/orders").has_status(200).hides("/orders.csv");
    eva.get("/orders?view=list&q=lines").has_status(200).says("href=\"/g/nordkyl/orders.csv?q=lines\"");
    let answer = eva.get("/orders.csv");
    assert_eq!(answer.has_status(200).header("Content-Type"), Some("text/csv; charset=utf-8"));
    assert!(answer.header("Content-Disposition").is_some_and(|value| value.contains("orders.csv")));
    let file = lines(&answer.body);
    assert_eq!(file.len(), 3, "{file:?}");
    let column = |name: &str| file[0].iter().position(|heading| heading == name).unwrap_or_else(|| panic!("no {name}"));
    let cell = |line: usize, name: &str| file[line][column(name)].as_str();
    assert_eq!([cell(1, "order_no"), cell(2, "order_no")], ["NK-FRO-0002", "NK-FRO-0001"]);
    assert_eq!((cell(1, "title"), cell(2, "title")), ("Two, \"lines\"", "'=1+1"));
    assert_eq!((cell(1, "description"), cell(1, "site_phone")), ("One\ntwo, \"three\"", "'+46 70 1"));
    assert_eq!((cell(2, "created_at"), cell(2, "facility")), ("2026-11-22T09:02:00+01:00", "Hus A"));
    for internal in ["4711", "cost", "external", "Pays late", "note", "Out of reach"] {
        answer.hides(internal);
    }
    assert!(answer.text().contains("\r\n"));
    let of = |eva: &mut Visitor, query: &str| lines(&eva.get(&format!("/orders.csv?{query}")).body).len() - 1;
    for (query, count) in [
        ("q=lines", 1),
        ("facility=hus-b", 0),
        ("facility=hus-a", 2),
        ("stage=done", 0),
        ("kind=service", 0),
        ("page=9&sort=title", 2),
    ] {
        assert_eq!(of(&mut eva, query), count, "{query}");
    }
    // The company reads the file back as orders of its own.
    let name = world.file("orders.csv", &answer.body);
    let said = world.run(&format!("order import {} --dry-run --set customer_no=1042", name.display()));
    assert!(said.status == 0 || said.status == 5, "{said:?}");
}

#[test]
fn mine_are_those_assigned_to_me() {
    let (world, mut eva) = reader("--all-facilities");
    world.order("nordkyl", "1042", Some("hus-a"), "Of nobody");
    world.run(&format!("order create --customer 1042 --title 'For Eva' --facility hus-a --contact {EVA}")).well();
    eva.get("/orders?view=list").has_status(200).says("Of nobody").says("For Eva");
    let mine = eva.get("/orders?view=list&mine=yes");
    mine.has_status(200).says("For Eva").hides("Of nobody").says("id=\"mine\"").says("1–1 of 1");
    mine.says("href=\"/g/nordkyl/orders.csv?mine=yes\"").says("value=\"yes\" selected");
    eva.get("/orders?mine=yes").has_status(200).says("For Eva").hides("Of nobody");
    eva.get("/orders?mine=no").has_status(200).says("Of nobody");
}
