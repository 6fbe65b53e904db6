//! Nordkyl AB and its customers, as the pages are given them.

use frontdesk::portal::assets;
use frontdesk::portal::ui::badge::{BOARD, Kind, Stage};
use frontdesk::portal::ui::form::Target;
use frontdesk::portal::ui::input::Choice;
use frontdesk::portal::ui::layout::{Company, Files, Frame, Language, Logo, Place, Visitor};
use frontdesk::portal::ui::{Link, Named, Tally, When};
use frontdesk::portal::views::order::{Change, Comment, OrderPage, Side};
use frontdesk::portal::views::orders::{Card, Column, Day, Direction, Filter, Heading, List, Pager, Pipeline, Shown};
use frontdesk::text::{Colour, Lang};

use super::gallery::documents;

pub fn at(path: &str) -> String {
    format!("/g/nordkyl{path}")
}

pub fn target(path: &str) -> Target {
    Target { action: at(path), token: "b9PZ2y0d".into() }
}

pub fn when(machine: &str, text: &str) -> When {
    When { machine: machine.into(), text: text.into() }
}

pub fn tally(number: u64) -> Tally {
    Tally {
        number,
        text: if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) },
    }
}

/// Nobody is signed in.
pub fn guest(lang: Lang) -> Frame {
    let brand = assets::brand(&Colour::parse("#0a5c3a").expect("a colour"));
    Frame {
        lang,
        company: Some(Company {
            name: "Nordkyl AB".into(),
            home: at("/"),
            logo: Some(Logo { src: at("/logo.png"), width: 320, height: 160 }),
            colour: Some("#0a5c3a".into()),
            phone: Some(Link { text: "+46 8 555 123 00".into(), href: "tel:+46855512300".into() }),
            email: Some(Link { text: "service@nordkyl.example".into(), href: "mailto:service@nordkyl.example".into() }),
        }),
        files: Files {
            style: assets::style().path.clone(),
            script: assets::script().path.clone(),
            icon: assets::icon().path.clone(),
            brand: Some(at(&format!("/{}", brand.name))),
        },
        languages: Lang::ALL.iter().map(|lang| Language { lang: *lang, href: at(&format!("/?lang={lang}")) }).collect(),
        visitor: None,
        help: Some(at("/help")),
        privacy: Some(at("/privacy")),
        notice: None,
    }
}

/// Eva Lind is signed in for Brf Fröjden.
pub fn eva(lang: Lang) -> Frame {
    Frame {
        languages: vec![],
        visitor: Some(Visitor {
            customer: "Brf Fröjden".into(),
            switch: Some(at("/switch")),
            places: vec![(Place::Orders, at("/orders")), (Place::Account, at("/account"))],
            sign_out: target("/logout"),
        }),
        ..guest(lang)
    }
}

/// A company with the longest name, no logo, a light colour and nothing to reach it by.
pub fn long(lang: Lang) -> Frame {
    let mut frame = eva(lang);
    if let Some(company) = &mut frame.company {
        company.name = "Norrländska Fastighetsunderhållsentreprenörernas Kylanläggningsserviceaktiebolag".into();
        company.logo = None;
        company.phone = None;
        company.email = None;
    }
    if let Some(visitor) = &mut frame.visitor {
        visitor.customer = "Bostadsrättsföreningen Sjöfartsmuseiparkeringsgaragebyggnaden nr 3".into();
    }
    frame
}

/// Where the address named no company.
pub fn nobody(lang: Lang) -> Frame {
    Frame {
        company: None,
        files: Files { brand: None, ..guest(lang).files },
        visitor: None,
        help: None,
        privacy: None,
        languages: vec![],
        ..guest(lang)
    }
}

pub fn card(number: u32, title: &str, stage: Stage, day: Day) -> Card {
    Card {
        number: format!("NK-FRO-{number:04}"),
        href: at(&format!("/orders/NK-FRO-{number:04}")),
        title: title.into(),
        place: Some("Hus B · KYL-02 Compressor 2".into()),
        kind: Kind::Work,
        stage,
        day: (day, when("2026-11-21", "21 November 2026")),
        urgent: None,
        overdue: false,
    }
}

fn cards() -> Vec<Card> {
    let mut leak = card(142, "Compressor 2 leaks oil", Stage::Received, Day::Received);
    leak.urgent = Some("Urgent".into());
    let mut late = card(131, "Replace the fan in the cold room of the bakery", Stage::InProgress, Day::Started);
    late.overdue = true;
    let mut both = card(120, "Alarm at night", Stage::InProgress, Day::Started);
    both.urgent = Some("Emergency, at once".into());
    both.overdue = true;
    let mut odd =
        card(145, "Fastighetsunderhållsentreprenadsbesiktningsprotokollsgenomgång", Stage::Received, Day::Received);
    odd.place = None;
    let mut yearly = card(133, "Yearly service", Stage::Planned, Day::Planned);
    yearly.kind = Kind::Service;
    vec![
        card(141, "Approve the quote for a new condenser", Stage::Waiting, Day::Asked),
        card(119, "Key to the machine room", Stage::Waiting, Day::Asked),
        leak,
        odd,
        card(147, "Door to the freezer does not close", Stage::Received, Day::Received),
        yearly,
        card(134, "Measure the refrigerant", Stage::Planned, Day::Planned),
        late,
        both,
        card(99, "Thermostat in the wine cellar", Stage::Done, Day::Done),
        card(98, "Clean the condenser", Stage::Done, Day::Done),
    ]
}

fn filter(clear: bool) -> Filter {
    Filter {
        action: at("/orders"),
        keep: vec![("view".into(), "list".into())],
        search: if clear { "compressor".into() } else { String::new() },
        facilities: vec![
            Choice::new("hus-a", "Hus A", false),
            Choice::new("hus-b", "Hus B, Sjöfartsmuseiparkeringsgaraget", clear),
        ],
        kind: None,
        stage: None,
        clear: clear.then(|| at("/orders")),
    }
}

fn pipeline(shown: Shown, clear: bool) -> Pipeline {
    Pipeline {
        filter: filter(clear),
        board: at("/orders"),
        list: at("/orders?view=list"),
        csv: Some(at("/orders.csv")),
        new: Some(at("/orders/new")),
        shown,
    }
}

pub fn board() -> Pipeline {
    let columns = BOARD
        .iter()
        .filter(|stage| **stage != Stage::Cancelled)
        .map(|stage| {
            let cards: Vec<_> = cards().into_iter().filter(|card| card.stage == *stage).collect();
            let all = (*stage == Stage::Done).then(|| (at("/orders?view=list&stage=done"), tally(5484)));
            Column { stage: *stage, count: tally(cards.len() as u64), cards, all }
        })
        .collect();
    pipeline(Shown::Board(columns), false)
}

/// A board with nothing on it; `clear` if something was looked for.
pub fn empty_board(clear: bool) -> Pipeline {
    let columns = BOARD.iter().map(|stage| Column { stage: *stage, count: tally(0), cards: vec![], all: None });
    pipeline(Shown::Board(columns.collect()), clear)
}

pub fn list() -> Pipeline {
    let headings = ["number", "title", "place", "stage", "date"].map(|name| Heading {
        href: (name != "stage").then(|| at(&format!("/orders?view=list&sort={name}"))),
        sorted: (name == "date").then_some(Direction::Falling),
    });
    let cards: Vec<_> = cards().into_iter().cycle().take(25).collect();
    let pager = Pager {
        first: tally(26),
        last: tally(50),
        total: tally(5484),
        previous: Some(at("/orders?view=list")),
        next: Some(at("/orders?view=list&page=3")),
    };
    pipeline(Shown::List(Box::new(List { headings, cards, pager })), true)
}

fn comment(anchor: u32, author: &str, side: Side, text: &str, answers: Vec<Comment>) -> Comment {
    let when = when("2026-11-22T08:02:00+01:00", "22 November 2026, 08:02");
    Comment { anchor: format!("comment-{anchor}"), author: author.into(), side, when, text: text.into(), answers }
}

fn change(stage: Stage, status: &str, by: Option<&str>, reason: Option<&str>) -> Change {
    let when = when("2026-11-21T14:30:00+01:00", "21 November 2026, 14:30");
    Change { stage, status: status.into(), when, by: by.map(Into::into), reason: reason.map(Into::into) }
}

pub fn order() -> OrderPage {
    OrderPage {
        orders: at("/orders"),
        number: "NK-FRO-0142".into(),
        title: "Compressor 2 leaks oil".into(),
        kind: Kind::Work,
        stage: Stage::Waiting,
        status: "Waiting for the customer".into(),
        reason: Some("Which evening may we switch off the cold room for two hours?".into()),
        priority: Some("Urgent".into()),
        urgent: true,
        overdue: true,
        description: Some("There is a puddle of oil under compressor 2.\n\nThe caretaker has put a tray under it. It fills in about a day.".into()),
        facility: Some(Named { text: "Hus B, Storgatan 14".into(), href: Some(at("/facilities/hus-b")) }),
        object: Some(Named { text: "KYL-02 Compressor 2".into(), href: None }),
        contact: Some("Eva Lind".into()),
        technicians: vec!["Ola Berg".into(), "Karin Ås".into()],
        received: when("2026-11-20T09:12:00+01:00", "20 November 2026, 09:12"),
        planned: Some((when("2026-11-24T08:00:00+01:00", "24 November 2026, 08:00"), Some(when("2026-11-24T10:00:00+01:00", "10:00")))),
        due: Some(when("2026-11-21T09:12:00+01:00", "21 November 2026, 09:12")),
        reference: Some("4711/Lind".into()),
        history: vec![
            change(Stage::Received, "Planning", None, None),
            change(Stage::Planned, "Planned", Some("Ola Berg"), Some("The gasket is in stock.")),
            change(Stage::InProgress, "In progress", Some("Ola Berg"), None),
            change(Stage::Waiting, "Waiting for the customer", Some("Ola Berg"), Some("Which evening may we switch off the cold room for two hours?")),
        ],
        comments: vec![
            comment(1, "Eva Lind", Side::Own, "It drips more since this morning.", vec![
                comment(2, "Ola Berg", Side::Company, "Thank you, I bring two gaskets.\nUntil then, leave the tray where it is.", vec![]),
                comment(3, "Göran Sjöfartsmuseiparkeringsgaragebyggnadsförvaltare", Side::Customer, "I have the key, ring me on 070 123 45 67.", vec![]),
            ]),
            comment(4, "Ola Berg", Side::Company, "Which evening suits you? https://nordkyl.example/en/very/long/address/that/goes/on/and/on/without/a/break", vec![]),
        ],
        checks: Some(super::gallery::selfchecks_part()),
        documents: Some(documents::part()),
    }
}

/// An order of which little is known.
pub fn bare_order() -> OrderPage {
    OrderPage {
        stage: Stage::Done,
        status: "Done".into(),
        reason: None,
        priority: None,
        urgent: false,
        overdue: false,
        description: None,
        facility: None,
        object: None,
        contact: None,
        technicians: vec![],
        planned: None,
        due: None,
        reference: None,
        history: vec![change(Stage::Done, "Done", None, None)],
        comments: vec![],
        checks: None,
        documents: Some(documents::bare_part()),
        ..order()
    }
}
