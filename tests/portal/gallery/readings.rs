//! The readings of an object: full, empty, refused, asked about; one to correct; the part for the object's own page.

use frontdesk::portal::ui::chart::{Chart, Dot};
use frontdesk::portal::ui::form::Problem;
use frontdesk::portal::ui::input::Choice;
use frontdesk::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use frontdesk::portal::views::readings::{
    self, Edit, Form, Last, Part, Question, ReadingsPage, Row, Service, edit, list,
};
use frontdesk::text::Zone;
use maud::html;

use super::super::sample::{at, target, when};
use super::Album;
use super::places::pager;

pub fn shots(album: &mut Album, frame: &Frame) {
    album.add("readings", frame, list(frame, &whole(frame)));
    album.add("readings-viewer", frame, list(frame, &ReadingsPage { form: None, meters: vec![], ..whole(frame) }));
    let retired = ReadingsPage { form: None, retired: true, services: vec![], ..whole(frame) };
    album.add("readings-retired", frame, list(frame, &retired));
    album.add("readings-empty", frame, list(frame, &empty(frame)));
    let problems = vec![Problem::new("value", "12,400 h on 22 Nov 2026 is below the reading before it: 12,459 h.")];
    let refused = Form { value: "12400".into(), problems, ..form() };
    album.refused("readings-refused", frame, list(frame, &ReadingsPage { form: Some(refused), ..whole(frame) }));
    let asking = Form { value: "12900".into(), question: Some(question()), ..form() };
    album.add("readings-question", frame, list(frame, &ReadingsPage { form: Some(asking), ..whole(frame) }));
    album.add("reading", frame, edit(frame, &one()));
    let problems = vec![Problem::new("why-deleted", frame.words().readings.why_missing)];
    album.refused("reading-refused", frame, edit(frame, &Edit { problems, ..one() }));
    album.add("reading-question", frame, edit(frame, &Edit { question: Some(question()), ..one() }));
    let full = whole(frame);
    let part = Part {
        meter: "Operating hours".into(),
        notice: Some("The reading 12,560 h is saved.".into()),
        form: Some(Form { from: "object".into(), ..form() }),
        services: full.services,
        chart: full.chart,
        rows: full.rows,
        all: (at("/objects/KYL-02/readings"), "1,024".into()),
        csv: at("/objects/KYL-02/readings.csv"),
    };
    album.add("readings-part", frame, beside(frame, &part));
    let bare = Part { notice: None, form: None, services: vec![], chart: None, rows: vec![], ..part };
    album.add("readings-part-empty", frame, beside(frame, &bare));
}

/// The part on a page that has nothing else.
fn beside(frame: &Frame, part: &Part) -> maud::Markup {
    let body = html! { h1 { "KYL-02 Compressor 2" } (readings::part(frame, part)) };
    let title = "KYL-02 Compressor 2".into();
    page(frame, &Sheet { title, refused: false, place: Some(Place::Objects), width: Width::Wide, body })
}

fn form() -> Form {
    Form {
        target: target("/objects/KYL-02/readings"),
        once: "q8ZtYb".into(),
        from: String::new(),
        unit: "h".into(),
        last: Some(Last { value: "12,459 h".into(), when: when("2026-11-19T08:00:00+01:00", "19 Nov 2026, 08:00") }),
        value: String::new(),
        at: "2026-11-22T09:02".into(),
        zone: "Europe/Stockholm".into(),
        note: String::new(),
        meters: meters(),
        replaced: false,
        problems: vec![],
        question: None,
    }
}

fn meters() -> Vec<Choice> {
    vec![
        Choice::new("operating hours", "Operating hours (h)", true),
        Choice::new("starts", "Starts of the compressor since the last overhaul (times)", false),
    ]
}

fn question() -> Question {
    Question {
        text: "12,900 h on 22 Nov 2026 is 441 h more than 12,459 h on 19 Nov 2026. About 15 h would be usual.".into(),
        asked: "12900 2026-11-22T08:02:00Z operating hours".into(),
    }
}

fn one() -> Edit {
    Edit {
        object: ("KYL-02 Compressor 2".into(), at("/objects/KYL-02/readings")),
        reading: "12,459 h".into(),
        when: when("2026-11-19T08:00:00+01:00", "19 Nov 2026, 08:00"),
        by: "Eva Lind".into(),
        unit: "h".into(),
        target: target("/objects/KYL-02/readings/7"),
        value: "12459".into(),
        why: (String::new(), String::new()),
        problems: vec![],
        question: None,
    }
}

fn row(day: u32, value: &str, change: Option<&str>) -> Row {
    Row {
        when: when(&format!("2026-11-{day:02}T08:00:00+01:00"), &format!("{day} Nov 2026, 08:00")),
        value: format!("{value} h"),
        change: change.map(|change| format!("+{change} h")),
        new_meter: change.is_none(),
        by: "Eva Lind".into(),
        note: None,
        ended: None,
        edit: None,
    }
}

fn curve(frame: &Frame) -> Chart {
    let begin: frontdesk::clock::Moment = "2025-11-20T07:00:00Z".parse().expect("a time");
    let dots = (0..26).map(|n| Dot {
        at: begin.plus(n * 14 * 86_400),
        value: if n < 18 { 8_000_000 + n * 160_000 + (n % 3) * 30_000 } else { (n - 18) * 140_000 },
        series: if n < 18 { 1 } else { 2 },
    });
    Chart {
        title: (frame.words().readings.chart)("Operating hours", "h"),
        desc: "From 8,000 h on 20 Nov 2025 to 980 h on 5 Nov 2026: 3,700 h in 350 days.".into(),
        lang: frame.lang,
        zone: Zone::parse("Europe/Stockholm").expect("a zone"),
        dots: dots.collect(),
    }
}

fn whole(frame: &Frame) -> ReadingsPage {
    let said = frame.words().readings;
    let struck = Row {
        ended: Some(((said.corrected)("Rita Ek", "20 Nov 2026"), Some("Misread by one digit".into()))),
        by: "Rita Ek".into(),
        ..row(19, "12,549", None)
    };
    let noted = Row {
        note: Some("Read by the caretaker, who could only see half of the display behind the new pipes.".into()),
        edit: Some(at("/objects/KYL-02/readings/7")),
        ..row(19, "12,459", Some("41"))
    };
    ReadingsPage {
        object: ("KYL-02 Compressor 2".into(), at("/objects/KYL-02")),
        meter: "Operating hours".into(),
        meters: meters(),
        action: at("/objects/KYL-02/readings"),
        form: Some(form()),
        retired: false,
        services: vec![
            Service {
                name: "Yearly service".into(),
                when: (said.late_since)("14 January 2026", "312 days"),
                expected: None,
                overdue: true,
            },
            Service {
                name: "Oil".into(),
                when: (said.due_on_or_at)("14 January 2027", "12,800 h"),
                expected: Some((said.expected)("3 February 2027")),
                overdue: false,
            },
        ],
        chart: Some(curve(frame)),
        rows: vec![noted, Row { new_meter: false, ..struck }, row(12, "12,418", Some("39.5")), row(5, "3", None)],
        pager: pager(),
        csv: at("/objects/KYL-02/readings.csv"),
    }
}

fn empty(frame: &Frame) -> ReadingsPage {
    let none = Service {
        name: "Yearly service".into(),
        when: frame.words().readings.unknown.into(),
        expected: None,
        overdue: false,
    };
    ReadingsPage {
        meters: vec![],
        form: Some(Form { last: None, meters: vec![], ..form() }),
        services: vec![none],
        chart: None,
        rows: vec![],
        ..whole(frame)
    }
}
