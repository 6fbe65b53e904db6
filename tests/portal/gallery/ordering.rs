//! Pages for the gallery: ordering something, the receipt, and the form for a comment.

use frontdesk::documents::FILES;
use frontdesk::portal::ui::Link;
use frontdesk::portal::ui::form::Problem;
use frontdesk::portal::ui::input::Choice;
use frontdesk::portal::ui::layout::Frame;
use frontdesk::portal::views::documents::Rules;
use frontdesk::portal::views::new_order::{self, FACILITY, Nothing, OBJECT, OrderForm, Pick, REFERENCE, Sent, WHAT};
use frontdesk::portal::views::order::{self, Answered, FILES as COMMENT_FILES, OrderPage, TEXT, Write};

use super::super::sample::{self, at, target};
use super::Album;

const LONG: &str = "Fastighetsunderhållsentreprenadsbesiktningsprotokollsgenomgång";

fn facilities(chosen: &str) -> Pick {
    let all = [("", "Choose a facility"), ("hus-a", "Hus A"), ("hus-b", "Hus B, Storgatan 14"), ("-", "No facility")];
    Pick::Listed(all.map(|(value, text)| Choice::new(value, text, value == chosen)).into(), vec![])
}

fn objects(chosen: &str) -> Pick {
    let choice = |value: &str, text: &str| Choice::new(value, text, value == chosen);
    Pick::Listed(
        vec![choice("", "No particular object")],
        vec![
            ("Hus A".into(), vec![choice("VP-01", "VP-01 Heat pump")]),
            (
                "Hus B, Storgatan 14".into(),
                vec![choice("KYL-01", "KYL-01 Compressor 1"), choice("KYL-02", "KYL-02 Compressor 2")],
            ),
        ],
    )
}

fn files() -> Rules {
    Rules {
        name: FILES.into(),
        files: 5,
        megabytes: "25".into(),
        types: ["pdf", "jpg", "jpeg", "png", "txt"].map(str::to_owned).into(),
        optional: true,
        again: false,
    }
}

fn form() -> OrderForm {
    OrderForm {
        orders: Some(at("/orders")),
        form: target("/orders/new"),
        once: "kD93ksl2".into(),
        what: String::new(),
        facility: Some(facilities("")),
        object: Some(objects("")),
        details: String::new(),
        urgency: vec![
            Choice::new("1", "Low", false),
            Choice::new("2", "Normal", true),
            Choice::new("3", "Urgent", false),
            Choice::new("4", "Emergency: also call +46 8 555 123 00 at once", false),
        ],
        files: Some(files()),
        site_contact: String::new(),
        site_phone: String::new(),
        reference: String::new(),
        problems: vec![],
    }
}

pub(super) fn pages(album: &mut Album, frame: &Frame) {
    album.add("new-order", frame, new_order::ask(frame, &form()));
    let chosen = OrderForm { facility: Some(facilities("hus-b")), object: Some(objects("KYL-02")), ..form() };
    album.add("new-order-preselected", frame, new_order::ask(frame, &chosen));
    let bare = OrderForm { orders: None, facility: None, object: None, files: None, ..form() };
    album.add("new-order-bare", frame, new_order::ask(frame, &bare));
    let long = OrderForm {
        what: LONG.repeat(3),
        facility: Some(Pick::Typed("hus-b".into())),
        object: Some(Pick::Typed("KYL-02".into())),
        details: "It drips.\n".repeat(30),
        site_contact: LONG.into(),
        ..form()
    };
    album.add("new-order-long", frame, new_order::ask(frame, &long));
    let text = frame.words().new_order;
    for (name, problem) in [
        ("what", Problem::new(WHAT, text.what_missing)),
        ("facility", Problem::new(FACILITY, text.facility_missing)),
        ("object", Problem::new(OBJECT, (text.object_unknown)("KYL-99"))),
        ("reference", Problem::new(REFERENCE, (text.long_line)("200"))),
        ("files", Problem::new(FILES, (frame.words().documents.content)("leak.jpg"))),
    ] {
        let again = Some(Rules { again: name == "files", ..files() });
        let refused = OrderForm { problems: vec![problem], details: "Since Monday.".into(), files: again, ..form() };
        album.refused(format!("new-order-error-{name}"), frame, new_order::ask(frame, &refused));
    }
    for why in [Nothing::Closed, Nothing::Nowhere] {
        album.add(format!("new-order-{why:?}"), frame, new_order::nothing(frame, why));
    }
    let sent = Sent {
        number: "NK-FRO-0148".into(),
        title: "Compressor 2 leaks oil".into(),
        place: Some("Hus B, Storgatan 14 · KYL-02 Compressor 2".into()),
        priority: "Normal".into(),
        urgent: false,
        email: Some("eva@brf.example".into()),
        order: Some(at("/orders/NK-FRO-0148")),
        again: at("/orders/new"),
    };
    album.add("sent", frame, new_order::sent(frame, &sent));
    let urgent = Sent { priority: "Emergency".into(), urgent: true, order: None, email: None, place: None, ..sent };
    album.add("sent-emergency", frame, new_order::sent(frame, &urgent));
    comments(album, frame);
}

fn comments(album: &mut Album, frame: &Frame) {
    let write = Write {
        form: target("/orders/NK-FRO-0142/comments"),
        once: "kD93ksl2".into(),
        answers: None,
        text: String::new(),
        most: "10,000".into(),
        files: Some(Rules { name: COMMENT_FILES.into(), ..files() }),
        problems: vec![],
    };
    let page = |write: Write| {
        let mut page = OrderPage { write: Some(write), ..sample::order() };
        let href = at("/documents/7/leak.jpg");
        page.comments[0].files =
            vec![Link { text: "leak.jpg".into(), href: href.clone() }, Link { text: LONG.into(), href }];
        page
    };
    album.add("order-write", frame, order::show(frame, &page(write.clone())));
    let answered = Answered {
        value: "2".into(),
        author: "Ola Berg".into(),
        text: "Thank you, I bring two gaskets.\nUntil then, leave the tray where it is.".into(),
        none: at("/orders/NK-FRO-0142#write"),
    };
    let answering = Write { answers: Some(answered), ..write.clone() };
    album.add("order-answer", frame, order::show(frame, &page(answering.clone())));
    let refused = Write { problems: vec![Problem::new(TEXT, frame.words().comment.missing)], ..answering };
    album.refused("order-answer-error", frame, order::show(frame, &page(refused)));
    let first = OrderPage { write: Some(write), ..sample::bare_order() };
    album.add("order-write-first", frame, order::show(frame, &first));
}
