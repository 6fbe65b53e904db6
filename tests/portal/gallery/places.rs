//! Places, machines, the company and one's own account, full and empty, long and refused.

use frontdesk::access::Permission;
use frontdesk::portal::ui::form::Problem;
use frontdesk::portal::ui::layout::{Frame, Place};
use frontdesk::portal::ui::list::{Pager, Search};
use frontdesk::portal::ui::{Link, Named};
use frontdesk::portal::views::account::{self, AccountPage, ChangeName, Scope, Sight};
use frontdesk::portal::views::company::{self, CompanyPage, EditPage, Facts, People, Person};
use frontdesk::portal::views::facilities::{self, FacilitiesPage, FacilityPage, OpenOrders, Standing};
use frontdesk::portal::views::objects::{self, ObjectPage, ObjectsPage};
use frontdesk::portal::views::orders::Day;
use frontdesk::portal::views::sessions::{self, Session, SessionsPage};
use frontdesk::portal::{ui::badge::Stage, ui::input::Choice};

use super::Album;
use crate::portal::sample::{at, card, tally, target, when};

const LONG: &str = "Fastighetsunderhållsentreprenadsbesiktningsprotokollsgenomgångsrum";

/// Everything that can be opened is in the menu.
pub fn everywhere(frame: &Frame) -> Frame {
    let mut frame = frame.clone();
    if let Some(visitor) = &mut frame.visitor {
        visitor.places = [
            (Place::Orders, "/orders"),
            (Place::Facilities, "/facilities"),
            (Place::Objects, "/objects"),
            (Place::Documents, "/documents"),
            (Place::Company, "/company"),
            (Place::Account, "/account"),
        ]
        .map(|(place, path)| (place, at(path)))
        .into();
    }
    frame
}

pub fn add(album: &mut Album, frame: &Frame, long: &Frame) {
    let (frame, long) = (&everywhere(frame), &everywhere(long));
    album.add("facilities", frame, facilities::list(frame, &all_facilities(true)));
    album.add("facilities-bare", frame, facilities::list(frame, &all_facilities(false)));
    album.add("facilities-empty", frame, facilities::list(frame, &no_facilities(false)));
    album.add("facilities-no-match", frame, facilities::list(frame, &no_facilities(true)));
    album.add("facility", frame, facilities::show(frame, &facility()));
    album.add("facility-closed", frame, facilities::show(frame, &closed_facility()));
    album.add("long-facility", long, facilities::show(long, &FacilityPage { name: LONG.into(), ..facility() }));
    album.add("long-facilities", long, facilities::list(long, &all_facilities(true)));
    album.add("objects", frame, objects::list(frame, &all_objects(Some(pager()))));
    album.add("objects-empty", frame, objects::list(frame, &no_objects(false)));
    album.add("objects-no-match", frame, objects::list(frame, &no_objects(true)));
    album.add("object", frame, objects::show(frame, &object()));
    album.add("object-bare", frame, objects::show(frame, &bare_object()));
    album.add("long-object", long, objects::show(long, &ObjectPage { name: LONG.into(), ..object() }));
    album.add("long-objects", long, objects::list(long, &all_objects(None)));
    for (name, page) in [("company", the_company()), ("company-alone", alone()), ("company-no-match", nobody_found())] {
        album.add(name, frame, company::show(frame, &page));
    }
    let saved = Frame { notice: Some(frame.words().company.saved.into()), ..frame.clone() };
    album.add("company-saved", &saved, company::show(&saved, &the_company()));
    let edit = |problems| EditPage {
        form: target("/company/edit"),
        company: at("/company"),
        values: ["styrelsen", "+46 8 555 10 42", "Fröjdgatan 12", "", "118 56", "Stockholm", "", "Sweden"]
            .map(str::to_owned)
            .into(),
        problems,
    };
    album.add("company-edit", frame, company::edit(frame, &edit(vec![])));
    let odd = vec![Problem::new("email", frame.words().common.email_odd)];
    album.refused("company-edit-odd", frame, company::edit(frame, &edit(odd)));
    for (name, sight) in sights() {
        album.add(format!("account-{name}"), frame, account::account(frame, &account_page(frame, sight)));
    }
    let rename = |problem| ChangeName {
        form: target("/account/name"),
        name: "Eva Lind".into(),
        problem,
        account: at("/account"),
    };
    album.add("name", frame, account::name(frame, &rename(None)));
    let missing = Problem::new(account::NAME, frame.words().account.name_missing);
    album.refused("name-missing", frame, account::name(frame, &rename(Some(missing))));
    let ended = Frame { notice: Some((frame.words().sessions.ended)(2)), ..frame.clone() };
    album.add("sessions", &ended, sessions::sessions(&ended, &all_sessions()));
    let mut here = all_sessions();
    here.sessions.truncate(1);
    album.add("sessions-here", frame, sessions::sessions(frame, &here));
}

pub fn account_page(frame: &Frame, sight: Sight) -> AccountPage {
    AccountPage {
        notices: "/g/nordkyl/account/notices".into(),
        name: "Eva Lind".into(),
        change_name: at("/account/name"),
        email: "eva@brf.example".into(),
        lang: frame.lang,
        language: target("/account/language"),
        password: at("/account/password"),
        sessions: at("/account/sessions"),
        sight,
        sign_out: target("/logout"),
    }
}

/// Everything, everywhere.
pub fn all_sight() -> Sight {
    Sight { may: Permission::ALL.to_vec(), scope: Scope::All, unattached: true, until: None }
}

fn sights() -> [(&'static str, Sight); 3] {
    let names = ["Hus A", "Hus B", LONG].map(str::to_owned).into();
    let some = Sight {
        may: vec![Permission::OrderView, Permission::FacilityView],
        scope: Scope::Named(names),
        unattached: false,
        until: Some(when("2026-12-31", "31 December 2026")),
    };
    let nowhere = Sight { scope: Scope::Named(vec![]), until: None, ..some.clone() };
    [("some", some), ("nowhere", nowhere.clone()), ("nothing", Sight { may: vec![], ..nowhere })]
}

pub(super) fn search(action: &str, words: &str) -> Search {
    Search { action: at(action), words: words.into(), clear: (!words.is_empty()).then(|| at(action)) }
}

pub(super) fn pager() -> Pager {
    Pager {
        first: tally(26),
        last: tally(50),
        total: tally(20_000),
        previous: Some(at("/objects?page=1")),
        next: Some(at("/objects?page=3")),
    }
}

fn place(number: &str, name: &str, address: Option<&str>, closed: bool, counts: (u64, u64)) -> facilities::Row {
    facilities::Row {
        number: number.into(),
        name: Link { text: name.into(), href: at(&format!("/facilities/{number}")) },
        address: address.map(Into::into),
        closed,
        orders: counts.0,
        objects: counts.1,
    }
}

fn all_facilities(counted: bool) -> FacilitiesPage {
    FacilitiesPage {
        search: counted.then(|| search("/facilities", "")),
        rows: vec![
            place("hus-a", "Hus A", Some("Fröjdgatan 12, Stockholm"), false, (2, 1_204)),
            place("hus-b", "Hus B", Some("Fröjdgatan 14, Stockholm"), false, (1, 1)),
            place("GARAGE-NORRA-0000000000000017", LONG, None, false, (0, 0)),
            place("tvatt", "Old laundry", Some("Fröjdgatan 12, courtyard, Stockholm"), true, (0, 3)),
        ],
        counts: (counted, counted),
        pager: counted.then(pager),
    }
}

fn no_facilities(searched: bool) -> FacilitiesPage {
    let search = searched.then(|| search("/facilities", "zzz"));
    FacilitiesPage { search, rows: vec![], counts: (true, true), pager: None }
}

fn named(text: &str, path: &str) -> Named {
    Named { text: text.into(), href: Some(at(path)) }
}

fn facility() -> FacilityPage {
    let mut late = card(142, "Compressor 2 leaks oil", Stage::InProgress, Day::Planned);
    late.urgent = Some("Urgent".into());
    late.overdue = true;
    FacilityPage {
        facilities: at("/facilities"),
        number: "hus-b".into(),
        name: "Hus B".into(),
        closed: false,
        address: ["Fröjdgatan 14", "Port 3", "118 56 Stockholm", "Sweden"].map(str::to_owned).into(),
        zone: Some("Atlantic/Canary".into()),
        new: Some(at("/orders/new?facility=hus-b")),
        orders: Some(OpenOrders {
            cards: vec![card(141, "Approve the quote for a new condenser", Stage::Waiting, Day::Asked), late],
            total: tally(2),
            all: at("/orders?facility=hus-b&view=list"),
        }),
        objects: Some(Standing {
            objects: vec![
                (named("VP-02 Heat pump", "/objects/VP-02"), false),
                (named("VP-02-K1 Compressor 1", "/objects/VP-02-K1"), false),
                (named(&format!("FF-02 {LONG}"), "/objects/FF-02"), true),
            ],
            total: tally(41),
            all: Some(at("/objects?facility=hus-b")),
        }),
        parts: vec![],
    }
}

fn closed_facility() -> FacilityPage {
    FacilityPage {
        closed: true,
        address: vec![],
        zone: None,
        new: None,
        orders: Some(OpenOrders { cards: vec![], total: tally(0), all: at("/orders?facility=tvatt") }),
        objects: Some(Standing { objects: vec![], total: tally(0), all: None }),
        ..facility()
    }
}

fn machine(number: &str, name: &str, facility: Option<Named>, make: Option<&str>, retired: bool) -> objects::Row {
    objects::Row {
        number: number.into(),
        name: Link { text: name.into(), href: at(&format!("/objects/{number}")) },
        facility,
        make: make.map(Into::into),
        retired,
    }
}

fn all_objects(pager: Option<Pager>) -> ObjectsPage {
    let hus_b = || Some(named("Hus B", "/facilities/hus-b"));
    ObjectsPage {
        search: Some(search("/objects", "")),
        places: vec![
            Choice::new("hus-a", "Hus A", false),
            Choice::new("hus-b", "Hus B, Sjöfartsmuseiparkeringsgaraget", false),
            Choice::new(objects::NO_FACILITY, "No facility", false),
        ],
        rows: vec![
            machine("AV-01", "Portable dehumidifier", None, Some("Corroventa K4 HP"), false),
            machine("VP-02", "Heat pump", hus_b(), Some("NIBE F1355-43"), false),
            machine("KOMPRESSOR-NORRA-000000000017", LONG, hus_b(), Some(LONG), false),
            machine("FF-02", "Exhaust fan, roof", Some(Named { text: "Hus B".into(), href: None }), None, true),
        ],
        pager,
    }
}

fn no_objects(searched: bool) -> ObjectsPage {
    let search = searched.then(|| search("/objects", "zzz"));
    ObjectsPage { search, places: vec![], rows: vec![], pager: None }
}

fn object() -> ObjectPage {
    ObjectPage {
        objects: at("/objects"),
        number: "VP-02".into(),
        name: "Heat pump".into(),
        retired: false,
        facility: Some(named("Hus B", "/facilities/hus-b")),
        maker: Some("NIBE".into()),
        model: Some("F1355-43".into()),
        serial: Some("06655100391".into()),
        installed: Some(when("2019-06-11", "11 June 2019")),
        parent: Some(named("VS-01 Heating plant", "/objects/VS-01")),
        children: vec![
            (named("VP-02-K1 Compressor 1", "/objects/VP-02-K1"), false),
            (named("VP-02-K2 Compressor 2", "/objects/VP-02-K2"), true),
        ],
        new: Some(at("/orders/new?object=VP-02")),
        orders: Some((vec![card(147, "No hot water in the morning", Stage::Received, Day::Received)], tally(12))),
        above: vec![],
        below: vec![],
    }
}

fn bare_object() -> ObjectPage {
    ObjectPage {
        retired: true,
        facility: None,
        maker: None,
        model: None,
        serial: None,
        installed: None,
        parent: None,
        children: vec![],
        new: None,
        orders: Some((vec![], tally(0))),
        ..object()
    }
}

fn person(name: &str, title: Option<&str>, own: bool) -> Person {
    Person {
        name: name.into(),
        title: title.map(Into::into),
        phone: Some(Link { text: "+46 70 555 01 42".into(), href: "tel:+46705550142".into() }),
        email: title.map(|_| Link { text: "eva@brf.example".into(), href: "mailto:eva@brf.example".into() }),
        has_account: title.is_some(),
        own,
    }
}

fn the_company() -> CompanyPage {
    CompanyPage {
        name: "Brf Fröjden".into(),
        facts: Some(Facts {
            number: "1042".into(),
            org_no: Some("769612-3456".into()),
            email: None,
            phone: Some(Link { text: "+46 8 555 10 42".into(), href: "tel:+4685551042".into() }),
            address: ["Fröjdgatan 12", "118 56 Stockholm", "Sweden"].map(str::to_owned).into(),
            edit: Some(at("/company/edit")),
        }),
        own: None,
        people: Some(People {
            search: Some(search("/company", "")),
            rows: vec![
                person("Eva Lind", Some("Property manager"), true),
                person("Göran Sjöfartsmuseiparkeringsgaragebyggnadsförvaltare", None, false),
                person("Ola Svensson", Some("Caretaker, Hus B"), false),
            ],
            pager: Some(pager()),
        }),
        parts: vec![],
    }
}

/// Somebody who sees neither the facts nor the people but one of both.
fn alone() -> CompanyPage {
    let mut page = the_company();
    if let Some(facts) = &mut page.facts {
        facts.edit = None;
        facts.org_no = None;
        facts.phone = None;
        facts.address = vec![];
    }
    CompanyPage { own: Some(person("Eva Lind", Some("Property manager"), true)), people: None, ..page }
}

fn nobody_found() -> CompanyPage {
    let people = People { search: Some(search("/company", "zzz")), rows: vec![], pager: None };
    CompanyPage { facts: None, people: Some(people), ..the_company() }
}

fn all_sessions() -> SessionsPage {
    let session = |value: &str, browser, here| Session {
        value: value.into(),
        browser,
        started: when("2026-11-20T09:12:00+01:00", "20 November 2026, 09:12"),
        seen: when("2026-11-22T09:02:00+01:00", "22 November 2026, 09:02"),
        client: Some("2001:db8:85a3:8d3:1319:8a2e:370:7348".into()),
        here,
    };
    SessionsPage {
        account: at("/account"),
        form: target("/account/sessions"),
        sessions: vec![
            session("7", (Some("Firefox"), Some("Windows")), true),
            session("8", (Some("Safari"), Some("iPhone")), false),
            session("9", (None, None), false),
        ],
    }
}
