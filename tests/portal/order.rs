//! One order: what is said about it, in the visitor's language, and text that stays text.

use frontdesk::orders::{self, OrderCard, OrderDraft, Spot};
use frontdesk::text::{Line, Prose};
use frontdesk::{customers, facilities};

use crate::support::{self, PASSWORD, World};

const NASTY: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
const SAFE: &str = "&lt;script&gt;alert(1)&lt;/script&gt;";

#[test]
fn what_people_write_is_shown_as_text_everywhere() {
    let world = World::new();
    world.run(&format!("group add nordkyl --name 'Nordkyl {}' --lang en --prefix NK", NASTY.replace('\'', ""))).well();
    let nasty = NASTY.replace('\'', "");
    world.run(&format!("customer add 1042 --name 'Brf {nasty}' --prefix FRO")).well();
    world.run(&format!("facility add hus-a --customer 1042 --name 'Hus {nasty}'")).well();
    let line = |text: &str| Line::parse(text).expect("a line");
    let card = OrderCard {
        description: Some(Prose::parse(&format!("{NASTY}\n\n<iframe src=\"/account\">")).expect("a text")),
        reference: Some(line(NASTY)),
        ..OrderCard::titled(line(NASTY))
    };
    let link = world.run(&format!(
        "user create eva@brf.example --customer 1042 --name 'Eva {nasty}' --template full --all-facilities --link"
    ));
    world.choose("nordkyl", link.well().out.trim().trim_start_matches("https://portal.test"), PASSWORD);
    let number = world.order_with("nordkyl", "1042", Some("hus-a"), card);
    world.comment("nordkyl", &number, &format!("{NASTY} <iframe src=\"/account/password\">"));
    let mut eva = world.visitor("nordkyl").with("User-Agent", NASTY).with("Referer", NASTY);
    eva.sign_in("eva@brf.example", PASSWORD).leads();
    let query: String = form_urlencoded::byte_serialize(NASTY.as_bytes()).collect();
    let order = format!("/orders/{number}");
    let pages = [
        "/orders".to_owned(),
        order.clone(),
        "/orders?view=list".to_owned(),
        format!("/orders?q={query}"),
        "/account".to_owned(),
        "/account/name".to_owned(),
        "/account/sessions".to_owned(),
        "/accessibility".to_owned(),
        "/facilities".to_owned(),
        "/facilities/hus-a".to_owned(),
        format!("/facilities?q={query}"),
        format!("/facilities/{query}"),
        "/objects".to_owned(),
        format!("/objects?q={query}&facility={query}"),
        format!("/objects/{query}"),
        "/company".to_owned(),
        format!("/company?q={query}&after={query}"),
        "/company/edit".to_owned(),
        format!("/orders?facility={query}&kind={query}&sort={query}&view={query}&page={query}&stage={query}&x={query}"),
        "/switch".to_owned(),
        "/no-access".to_owned(),
        "/help".to_owned(),
        "/privacy".to_owned(),
        format!("/orders/{query}"),
        format!("/{query}"),
        format!("/account?after={query}"),
        format!("/orders?lang={query}"),
    ];
    let plain =
        |text: &str| !["<script>", "<img src=x", "<iframe", "onerror=alert(2)>\""].iter().any(|odd| text.contains(odd));
    for path in &pages {
        let page = eva.get(path);
        assert!(plain(page.text()), "{path}: {}", page.text());
    }
    eva.get(&order).has_status(200).says(SAFE).says("&lt;iframe");
    eva.get("/orders").has_status(200).says(SAFE);
    eva.get(&format!("/orders?q={query}")).has_status(200).says(&format!("value=\"{SAFE}"));
    let mut guest = world.visitor("nordkyl");
    for path in [
        format!("/?email={query}"),
        format!("/?next={query}"),
        format!("/forgot?email={query}"),
        format!("/forgot/sent?email={query}"),
        format!("/?lang={query}&after={query}"),
    ] {
        assert!(plain(guest.get(&path).has_status(200).text()), "{path}");
    }
    guest.get("/");
    let refused = guest.post("/login", &[("email", NASTY), ("password", NASTY), ("next", NASTY)]);
    assert!(plain(refused.has_status(422).text()), "{}", refused.text());
    guest.get("/forgot");
    assert!(plain(guest.post("/forgot", &[("email", NASTY)]).has_status(422).text()));
    for letter in world.letters() {
        assert!(plain(&letter.everything.replace(&letter.text, "")), "{}", letter.everything);
    }
}

#[test]
fn an_order_tells_what_happened_and_who_said_what() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template viewer --facility hus-a");
    let number = world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    world.comment("nordkyl", &number, "The part is ordered.\n\nIt takes a week.");
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    let page = eva.get(&format!("/orders/{number}"));
    page.has_status(200).says("Door of the cold room").says("Hus A").says("It takes a week.").says("Nordkyl AB");
    page.says("22 November 2026, 09:02").says("datetime=\"2026-11-22T09:02");
    page.says(&format!("<title>{number} Door of the cold room"));
    eva.get("/account");
    eva.post("/account/language", &[("lang", "sv")]).leads();
    eva.get(&format!("/orders/{number}")).has_status(200).says("22 november 2026").says("<html lang=\"sv\"");
}

#[test]
fn an_order_number_is_found_in_any_spelling_of_its_address() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", "eva@brf.example", "--customer 1043 --template viewer --all-facilities");
    let number = "NK-FRÖ-1";
    world.at_desk("nordkyl", |tx| {
        let customer = customers::named(tx, &support::number("1043"))?;
        let place = facilities::of(tx, &customer, &support::number("hall"))?;
        let card = OrderCard::titled(Line::parse("Fan of the ice hall")?);
        let number = Some(support::number(number));
        let draft = OrderDraft { number, spot: Spot::At(&place), ..OrderDraft::new(card) };
        orders::create(tx, &orders::book(tx, &customer)?, &draft).map(drop)
    });
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    let board = eva.get("/orders").has_status(200).text().to_owned();
    let (_, rest) = board.split_once("href=\"/g/nordkyl/orders/").expect("a card");
    let linked = rest.split('"').next().expect("an address");
    eva.get(&format!("/orders/{linked}")).has_status(200).says(number);
    let encoded: String = number.bytes().map(|byte| format!("%{byte:02x}")).collect();
    eva.get(&format!("/orders/{encoded}")).has_status(200);
    eva.get(&format!("/orders/{}", encoded.replace('%', "%25"))).has_status(404);
}

#[test]
fn a_visit_within_a_day_names_the_day_once() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --all-facilities --unattached");
    for (title, until) in [("Short", "2026-11-24T13:00:00+01:00"), ("Long", "2026-11-25T13:00:00+01:00")] {
        let planned = format!("--planned-from 2026-11-24T09:00:00+01:00 --planned-to {until}");
        world.run(&format!("order create --customer 1042 --title {title} {planned}")).well();
    }
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    let short = eva.get("/orders/NK-FRO-0001").page().to_owned();
    assert!(short.contains(">24 November 2026, 09:00</time>") && short.contains(">13:00</time>"));
    let long = eva.get("/orders/NK-FRO-0002").page().to_owned();
    assert!(long.contains(">25 November 2026, 13:00</time>"));
}
