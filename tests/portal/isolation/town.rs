//! Two companies full of marks: every text says whose it is, and everybody who looks knows their own.

use frontdesk::objects::{self, ObjectCard};
use frontdesk::orders::{self, Cost, OrderCard, OrderDraft, Spot};
use frontdesk::readings::{self, Amount, Draft};
use frontdesk::text::{Line, Prose};
use frontdesk::{customers, facilities};

use super::{documents, selfchecks};
use crate::support::{PASSWORD, World, number};

/// What begins every mark; group, customer, place and a running number follow.
pub(super) const MARK: &str = "CANARY-";

/// What only staff read, as a number.
pub(super) const COST: i64 = 9_876_543;

/// Who looks, in which group, with which scope, and the marks that belong to them.
pub(super) const PEOPLE: &[(&str, &str, &str, &[&str])] = &[
    (
        "acme",
        "alice@example.com",
        "--customer 1 --template viewer --facility F1",
        &["CANARY-acme-1-F1-", "CANARY-acme-1-people-", "CANARY-acme-1-company-"],
    ),
    (
        "acme",
        "bob@example.com",
        "--customer 1 --template viewer --facility F2",
        &["CANARY-acme-1-F2-", "CANARY-acme-1-people-", "CANARY-acme-1-company-"],
    ),
    (
        "acme",
        "ute@example.com",
        "--customer 1 --template viewer --unattached",
        &["CANARY-acme-1-none-", "CANARY-acme-1-people-", "CANARY-acme-1-company-"],
    ),
    (
        "acme",
        "carol@example.com",
        "--customer 2 --template full --all-facilities --unattached",
        &[
            "CANARY-acme-2-F1-",
            "CANARY-acme-2-F2-",
            "CANARY-acme-2-none-",
            "CANARY-acme-2-people-",
            "CANARY-acme-2-company-",
        ],
    ),
    ("acme", "none@example.com", "--customer 1", &["CANARY-acme-1-people-none@-"]),
    (
        "acme",
        "pat@example.com",
        "--customer 1 --template viewer --facility F1",
        &["CANARY-acme-1-F1-", "CANARY-acme-1-people-", "CANARY-acme-1-company-"],
    ),
    (
        "beta",
        "dave@example.com",
        "--customer 1 --template full --all-facilities --unattached",
        &[
            "CANARY-beta-1-F1-",
            "CANARY-beta-1-F2-",
            "CANARY-beta-1-none-",
            "CANARY-beta-1-people-",
            "CANARY-beta-1-company-",
        ],
    ),
    (
        "beta",
        "pat@example.com",
        "--customer 1 --template viewer --facility F2",
        &["CANARY-beta-1-F2-", "CANARY-beta-1-people-", "CANARY-beta-1-company-"],
    ),
];

/// How many orders each place has.
pub(super) const EACH: usize = 3;

/// Two companies, each with a customer of the same name; acme with one more. Gives the numbers of all orders.
pub(super) fn town() -> (World, Vec<(String, String)>) {
    let world = World::new();
    let mut numbers = Vec::new();
    for (group, customers) in [("acme", &["1", "2"][..]), ("beta", &["1"])] {
        world.run(&format!("group add {group} --name 'Cold Works' --lang en --prefix CW")).well();
        for customer in customers {
            let inside = |n: usize| format!("{MARK}{group}-{customer}-internal-{n}");
            let company = |n: usize| format!("{MARK}{group}-{customer}-company-{n}");
            world
                .run(&format!(
                    "customer add {customer} --group {group} --name 'Nord AB' --prefix N{customer} --note {} --phone {} \
                     --address {} --city {} --external-id {}",
                    inside(1), company(2), company(3), company(4), inside(5),
                ))
                .well();
            for place in ["F1", "F2"] {
                let mark = |n: usize| format!("{MARK}{group}-{customer}-{place}-{n}");
                world
                    .run(&format!(
                        "facility add {place} --group {group} --customer {customer} --name {} --note {} --address {}",
                        mark(1),
                        inside(6),
                        mark(2),
                    ))
                    .well();
            }
            for place in [Some("F1"), Some("F2"), None] {
                numbers.extend((0..EACH).map(|n| (group.to_owned(), order(&world, group, customer, place, n))));
            }
        }
    }
    for (group, email, rest, _) in PEOPLE {
        let name = format!("{MARK}{}", mark_of(group, email, rest));
        let line = format!("user create {email} --group {group} --name '{name}' --link --json {rest}");
        let link = world.run(&line).well().json()["link"].as_str().expect("a link").to_owned();
        world.choose(group, link.trim_start_matches("https://portal.test"), &password(group));
    }
    (world, numbers)
}

pub(super) fn password(group: &str) -> String {
    format!("{PASSWORD} at {group}")
}

fn mark_of(group: &str, email: &str, rest: &str) -> String {
    let customer = rest.split_whitespace().nth(1).expect("a customer");
    let who = email.split('@').next().expect("a name");
    let who = if who == "none" { "none@" } else { who };
    format!("{group}-{customer}-people-{who}-0")
}

/// An order whose every text is marked, on a machine that is marked too, with a comment, a history, and a note that only
/// staff read.
fn order(world: &World, group: &str, customer: &str, place: Option<&str>, n: usize) -> String {
    let mark = |what: &str| format!("{MARK}{group}-{customer}-{}-{what}{n}", place.unwrap_or("none"));
    let line = |what: &str| Line::parse(&mark(what)).expect("a line");
    let made = world.at_desk(group, |tx| {
        let customer = customers::named(tx, &number(customer))?;
        let facility = place.map(|place| facilities::of(tx, &customer, &number(place))).transpose()?;
        let at = number(&format!("M{n}-{}", place.unwrap_or("none")));
        let object = objects::add(tx, &customer, facility.as_ref(), &at, &ObjectCard::named(line("object")))?;
        let note = Some(Prose::parse(&mark("reading"))?);
        let draft = Draft { note, ..Draft::new(Amount::whole(12), "2026-11-01T08:00:00Z".parse()?) };
        readings::add(tx, &object, &draft, false)?;
        objects::label(tx, &object)?;
        let card = OrderCard {
            description: Some(Prose::parse(&mark("description"))?),
            reference: Some(line("reference")),
            site_contact: Some(line("site")),
            site_phone: Some(line("phone")),
            cost: Some(Cost(COST)),
            external_id: Some(Line::parse(&format!("{MARK}{group}-internal-{}-{n}", mark("external")))?),
            ..OrderCard::titled(line("title"))
        };
        let draft = OrderDraft {
            spot: facility.as_ref().map_or(Spot::Unattached, Spot::At),
            object: Some(&object),
            ..OrderDraft::new(card)
        };
        let order = orders::create(tx, &orders::book(tx, &customer)?, &draft)?;
        orders::comment(tx, &order, &Prose::parse(&mark("comment"))?, None)?;
        orders::note(tx, &order, &Prose::parse(&format!("{MARK}{group}-internal-note {}", mark("unsaid")))?)?;
        if n == 1 {
            selfchecks::make(tx, &order, &object, &mark)?;
        }
        if n == 2 {
            orders::cancel(tx, &order, Some(&Prose::parse(&mark("reason"))?), frontdesk::notices::Tell::Everybody)?;
        }
        Ok(order.number.to_string())
    });
    let inside = format!("{MARK}{group}-internal-{}", mark("document"));
    documents::add(world, group, customer, place, &made, &mark("document"), &inside);
    made
}
