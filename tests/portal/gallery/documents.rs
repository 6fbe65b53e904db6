//! Documents in their states: all of them, those of one thing, the form that adds them.

use frontdesk::documents::Purpose;
use frontdesk::portal::ui::form::Problem;
use frontdesk::portal::ui::layout::{Frame, Place};
use frontdesk::portal::ui::{Link, Named};
use frontdesk::portal::views::documents::{self, AddForm, AddPage, AllPage, DOCUMENT, Item, Part, Rules, TEXT};

use super::Album;
use super::places::{pager, search};
use crate::portal::sample::{at, target, when};

pub(super) fn add(album: &mut Album, frame: &Frame) {
    let text = &frame.words().documents;
    album.add("documents", frame, documents::all(frame, &all(items(), Some(""))));
    album.add("documents-none", frame, documents::all(frame, &all(vec![], None)));
    album.add("documents-no-match", frame, documents::all(frame, &all(vec![], Some("ritning"))));
    let page = |problems: Vec<Problem>| AddPage {
        to: Link { text: "NK-FRO-0142 Compressor 2 leaks oil".into(), href: at("/orders/NK-FRO-0142") },
        whither: (text.to_order)("NK-FRO-0142"),
        place: Place::Orders,
        add: AddForm { rules: Rules { again: !problems.is_empty(), ..rules() }, ..form() },
        problems,
    };
    album.add("documents-add", frame, documents::add(frame, &page(vec![])));
    let large = (text.too_large)("Ritning maskinrum plan 3 utan slut.pdf", "25");
    album.refused("documents-large", frame, documents::add(frame, &page(vec![Problem::new(DOCUMENT, large)])));
    let long = Problem::new(TEXT, text.text_long);
    album.refused("documents-text", frame, documents::add(frame, &page(vec![long])));
}

fn all(list: Vec<Item>, words: Option<&str>) -> AllPage {
    AllPage { search: words.map(|words| search("/documents", words)), pager: (!list.is_empty()).then(pager), list }
}

fn rules() -> Rules {
    let types = ["pdf", "jpg", "jpeg", "png", "webp", "heic", "txt", "csv", "docx", "xlsx", "odt", "ods"];
    Rules {
        name: DOCUMENT.into(),
        files: 5,
        megabytes: "25".into(),
        types: types.map(String::from).into(),
        optional: false,
        again: false,
    }
}

fn form() -> AddForm {
    AddForm {
        form: target("/orders/NK-FRO-0142/documents"),
        once: "mark".into(),
        rules: rules(),
        purpose: Purpose::Update,
        text: "What it looked like this morning".into(),
    }
}

fn items() -> Vec<Item> {
    let item = |name: &str, kind: &str, purpose, text: Option<&str>, author: &str, on: (&str, Option<&str>)| Item {
        file: Link { text: name.into(), href: at(&format!("/documents/12/{}", frontdesk::links::escaped(name))) },
        kind: kind.into(),
        purpose,
        text: text.map(Into::into),
        author: author.into(),
        when: when("2026-11-22", "22 Nov 2026"),
        on: Named { text: on.0.into(), href: on.1.map(at) },
    };
    vec![
        item(
            "oil-under-compressor-2.jpg",
            "JPG, 3.4 MB",
            Purpose::Update,
            Some("This morning, before the tray was emptied"),
            "Eva Lind",
            ("NK-FRO-0142", Some("/orders/NK-FRO-0142")),
        ),
        item(
            "Ritning_maskinrum_plan_3_Sjöfartsmuseiparkeringsgaragebyggnaden_2019_rev_B_slutgiltig.pdf",
            "PDF, 812 kB",
            Purpose::Reference,
            None,
            "Nordkyl AB",
            ("Hus B, Storgatan 14", Some("/facilities/hus-b")),
        ),
        item("avtal.pdf", "PDF, 120 kB", Purpose::Billing, None, "Nordkyl AB", ("Brf Fröjden", Some("/company"))),
        item("certifikat.pdf", "PDF, 98 kB", Purpose::Reference, None, "Nordkyl AB", ("Göran Sjö", None)),
    ]
}

/// The documents of an order, as a part of its page.
pub fn part() -> Part {
    Part { list: Some(items().into_iter().take(2).collect()), add: Some(form()), notice: None }
}

/// The same where there is nothing, and nothing may be added.
pub fn bare_part() -> Part {
    Part { list: Some(vec![]), add: None, notice: None }
}
