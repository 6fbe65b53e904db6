//! Self-checks in their states: to be filled in, half filled in, refused, answered meanwhile, signed, taken up again.

use frontdesk::portal::ui::Link;
use frontdesk::portal::ui::form::Problem;
use frontdesk::portal::ui::layout::Frame;
use frontdesk::portal::views::documents::Rules;
use frontdesk::portal::views::selfchecks::{
    self, Fill, Item, Kept, Part, PointKind, Row, SelfcheckPage, Standing, Step, StepKind, Verdict,
};
use frontdesk::text::Lang;

use super::{Album, at, tags, target, when};
use crate::portal::sample;

/// Every page of self-checks.
pub fn pages(album: &mut Album, frame: &Frame) {
    album.add("selfcheck-empty", frame, selfchecks::show(frame, &empty()));
    album.add("selfcheck-half", frame, selfchecks::show(frame, &half()));
    album.add("selfcheck-long", frame, selfchecks::show(frame, &sixty()));
    let saved = Frame { notice: Some(frame.words().selfcheck.partly_saved.into()), ..frame.clone() };
    album.refused("selfcheck-refused", &saved, selfchecks::show(&saved, &refused(frame)));
    album.refused("selfcheck-conflict", frame, selfchecks::show(frame, &conflict(frame)));
    let done = Frame { notice: Some(frame.words().selfcheck.done.into()), ..frame.clone() };
    album.add("selfcheck-signed", &done, selfchecks::show(&done, &signed()));
    album.add("selfcheck-read", frame, selfchecks::show(frame, &SelfcheckPage { fill: None, ..half() }));
    album.add("selfcheck-reopened", frame, selfchecks::show(frame, &reopened()));
}

/// The self-checks on the page of an order.
pub fn part() -> Part {
    let item =
        |id: u32, title: &str, standing| Item { href: at(&format!("/selfchecks/{id}")), title: title.into(), standing };
    Part {
        items: vec![
            item(7, "Yearly service, refrigeration", signed().standing),
            item(8, "Weekly round", half().standing),
        ],
    }
}

fn row(position: u32, text: &str, kind: PointKind, unit: &str) -> Row {
    Row {
        position,
        text: text.into(),
        kind,
        unit: Some(unit).filter(|unit| !unit.is_empty()).map(Into::into),
        required: true,
        typed: String::new(),
        not_applicable: false,
        note: String::new(),
        kept: Kept::default(),
        files: vec![],
    }
}

fn rows() -> Vec<Row> {
    vec![
        row(1, "Doors close by themselves, gaskets are whole", PointKind::Check, ""),
        row(2, "Suction pressure", PointKind::Number, "bar"),
        row(3, "Cold room, at the return air", PointKind::Number, "°C"),
        row(4, "Drain and tray are clean and dry", PointKind::Check, ""),
        Row {
            required: false,
            ..row(5, "Remarks for the caretaker of the Sjöfartsmuseiparkeringsgaragebyggnad", PointKind::Text, "")
        },
    ]
}

fn by() -> Option<(String, frontdesk::portal::ui::When)> {
    Some(("Ola Berg".into(), when("2026-11-22T09:02:00+01:00", "22 November 2026, 09:02")))
}

/// The same point with an answer that is kept.
fn answered(row: Row, verdict: Option<Verdict>, typed: &str, shown: &str, note: &str) -> Row {
    let some = |text: &str| Some(text).filter(|text| !text.is_empty()).map(str::to_owned);
    Row {
        typed: typed.into(),
        not_applicable: verdict == Some(Verdict::NotApplicable),
        note: note.into(),
        kept: Kept { verdict, value: some(shown), note: some(note), by: by() },
        ..row
    }
}

fn step(step: StepKind, by: &str, reason: Option<&str>) -> Step {
    let when = when("2026-11-22T09:02:00+01:00", "22 November 2026, 09:02");
    Step { step, by: by.into(), when, reason: reason.map(Into::into) }
}

fn standing(answered: u64, points: u64, missing: u64, failed: u64) -> Standing {
    Standing { answered, points, missing, failed, signed: None }
}

fn empty() -> SelfcheckPage {
    SelfcheckPage {
        on: Some(Link { text: "Order NK-FRO-0142 Compressor 2 leaks oil".into(), href: at("/orders/NK-FRO-0142") }),
        number: "7".into(),
        title: "Yearly service, refrigeration".into(),
        standing: standing(0, 5, 4, 0),
        points: rows(),
        files: vec![],
        steps: vec![step(StepKind::Begun, "Karin Wallin", None)],
        fill: Some(Fill {
            form: target("/selfchecks/7"),
            sign: at("/selfchecks/7/sign"),
            seen: "AAAAAAAA.BBBBBBBB".into(),
            signer: "Eva Lind".into(),
            once: "b9PZ2y0d".into(),
            files: Some(Rules {
                name: "files".into(),
                files: 5,
                megabytes: "25".into(),
                types: ["pdf", "jpg", "png"].map(Into::into).into(),
                optional: true,
                again: false,
            }),
        }),
        problems: vec![],
        lost: vec![],
    }
}

fn half() -> SelfcheckPage {
    let photo = |name: &str| Link { text: name.into(), href: at(&format!("/documents/12/{name}")) };
    let [one, two, three, four, five] = rows().try_into().expect("five points");
    let one = Row { files: vec![photo("gasket.jpg"), photo("lower-hinge-of-the-cold-room-door.jpg")], ..one };
    SelfcheckPage {
        standing: standing(3, 5, 1, 1),
        points: vec![
            answered(one, Some(Verdict::Fail), "fail", "", "Torn at the lower hinge.\nA new one is ordered."),
            answered(two, None, "4,2", "4,2 bar", ""),
            answered(three, Some(Verdict::NotApplicable), "", "", "Switched off since October"),
            four,
            five,
        ],
        files: vec![photo("nameplate.jpg")],
        ..empty()
    }
}

/// Several problems at once: a note that is missing, a value that is no number.
fn refused(frame: &Frame) -> SelfcheckPage {
    let text = frame.words().selfcheck;
    let mut page = half();
    page.points[0].note.clear();
    page.points[1].typed = "about four".into();
    page.problems = vec![
        Problem::new("note-1", (text.at_point)(1, text.flaw_note)),
        Problem::new("answer-2", (text.at_point)(2, &(text.flaw_number)("bar"))),
        Problem::new("answer-4", (text.at_point)(4, text.must_answer)),
    ];
    page
}

fn conflict(frame: &Frame) -> SelfcheckPage {
    let text = frame.words().selfcheck;
    let clash = (text.clash)("Ola Berg", "4,2 bar", "3,9 bar");
    SelfcheckPage { problems: vec![Problem::new("answer-2", (text.at_point)(2, &clash))], ..half() }
}

fn signed() -> SelfcheckPage {
    let mut page = half();
    let [_, _, _, four, five] = rows().try_into().expect("five points");
    page.points.truncate(3);
    page.points.push(answered(four, Some(Verdict::Ok), "ok", "", ""));
    page.points.push(five);
    page.fill = None;
    page.standing = Standing { signed: by().map(|(_, when)| ("Eva Lind".into(), when)), ..standing(4, 5, 0, 1) };
    page.steps.push(step(StepKind::Signed, "Eva Lind", None));
    page
}

fn reopened() -> SelfcheckPage {
    let mut page = half();
    page.steps.push(step(StepKind::Signed, "Eva Lind", None));
    page.steps.push(step(StepKind::Reopened, "Karin Wallin", Some("The pressure is that of the other unit.")));
    page
}

fn sixty() -> SelfcheckPage {
    let kinds = [PointKind::Check, PointKind::Number, PointKind::Check, PointKind::Text];
    let points = (1..=60).zip(kinds.iter().cycle()).map(|(at, kind)| {
        let unit = if *kind == PointKind::Number { "°C" } else { "" };
        let row =
            row(at, &format!("Room {at}: walls, ceiling, floor and everything that hangs from them"), *kind, unit);
        if at <= 20 && *kind == PointKind::Check { answered(row, Some(Verdict::Ok), "ok", "", "") } else { row }
    });
    SelfcheckPage { points: points.collect(), standing: standing(10, 60, 50, 0), on: None, ..empty() }
}

#[test]
fn what_was_filled_in_too_late_is_shown_beside_what_was_signed() {
    let frame = sample::eva(Lang::En);
    let text = frame.words().selfcheck;
    let problems = vec![Problem::new("point-1", (text.signed_meanwhile)("Ola Berg"))];
    let lost = vec![("2. Suction pressure".to_owned(), "3.9 bar".to_owned())];
    let page = selfchecks::show(&frame, &SelfcheckPage { problems, lost, ..signed() }).into_string();
    for said in ["<title>Error: ", "Ola Berg signed this self-check", "3.9 bar", "4,2 bar", "Signed by Eva Lind"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("<textarea") && page.contains("id=\"point-1\""), "{page}");
}

#[test]
fn a_form_says_what_it_was_made_from_and_can_be_printed() {
    let frame = sample::eva(Lang::En);
    let page = selfchecks::show(&frame, &half()).into_string();
    let tags = tags::read(&page);
    assert!(tags.iter().any(|tag| tag.get("name") == Some("seen") && tag.get("value") == Some("AAAAAAAA.BBBBBBBB")));
    let checked: Vec<_> =
        tags.iter().filter(|tag| tag.get("checked").is_some()).filter_map(|tag| tag.get("id")).collect();
    assert_eq!(checked, ["answer-1-fail", "na-3"]);
    // Notes that hold something are open, so that they are read and printed.
    let open = tags.iter().filter(|tag| tag.name == "details" && tag.get("open").is_some()).count();
    assert_eq!(open, 2);
    assert!(page.contains("<ol"), "a form with a list is printed");
}
