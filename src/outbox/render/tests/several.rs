//! Mails at their worst and at their fullest: texts as long and as hostile as they may be, many news in one mail,
//! answers by mail, letters of an older program.

use super::*;
use crate::access::Permission;
use crate::ids::SelfcheckId;
use crate::outbox::letter::{
    AccountAct, AccountDeed, MOST_ACTS, News, ObjectFacts, OrderFacts, Places, SelfcheckFacts, SelfcheckNews, Topic,
};
use crate::stage::Stage;

/// As long a line as is taken, of what takes most room in HTML.
fn long() -> Line {
    Line::parse(&"\"&".repeat(100)).expect("a long line")
}

fn longest() -> Prose {
    Prose::parse(&"\"".repeat(9_000)).expect("a text")
}

fn order() -> OrderFacts {
    OrderFacts {
        number: Number::parse(&"N".repeat(64)).expect("a number"),
        title: long(),
        customer: long(),
        facility: Some(long()),
        object: Some(long()),
        planned: Some(now()),
        priority: Some(long()),
        emergency: true,
        reference: Some(long()),
        site_contact: Some(long()),
        site_phone: Some(long()),
    }
}

/// A letter of each kind, with every text as long as it may be.
fn worst(kind: LetterKind) -> Letter {
    let (person, order) = (long(), order());
    let day = now().within(&Zone::default().rules()).date();
    let object = ObjectFacts { number: order.number.clone(), name: long(), facility: Some(long()), customer: long() };
    let selfcheck = SelfcheckFacts {
        title: long(),
        customer: long(),
        order: Some(order.number.clone()),
        about: Some(long()),
        object: Some(long()),
        facility: Some(long()),
        points: 200,
        failed: 200,
        text: Some(longest()),
    };
    let status = |stage| Letter::OrderStatus {
        person: long(),
        order: order.clone(),
        from: Some(long()),
        to: long(),
        stage,
        reason: Some(longest()),
    };
    let to_staff =
        |news| Letter::OrderToStaff { person: long(), order: order.clone(), news, by: long(), text: Some(longest()) };
    match kind {
        LetterKind::AccessChanged => Letter::AccessChanged {
            person,
            customer: long(),
            permissions: Permission::ALL.to_vec(),
            scope: Places { everywhere: false, facilities: vec![long(); 300], unattached: true },
            until: Some(day),
        },
        LetterKind::OrderReceived => Letter::OrderReceived { person, order, is_own: false, opens: true },
        LetterKind::OrderPlanned => Letter::OrderPlanned { person, order },
        LetterKind::OrderStatus => status(Stage::InProgress),
        LetterKind::OrderWaiting => status(Stage::Waiting),
        LetterKind::OrderDone => status(Stage::Done),
        LetterKind::OrderComment => Letter::OrderComment { person, order, by: long(), text: longest() },
        LetterKind::Document => {
            Letter::Document { person, on: Topic::Order(order), by: long(), text: longest(), opens: true }
        }
        LetterKind::Selfcheck => Letter::Selfcheck {
            person,
            id: SelfcheckId(1),
            selfcheck,
            news: SelfcheckNews::Reopened,
            by: long(),
            reason: Some(longest()),
            opens: true,
        },
        LetterKind::ServiceDue => {
            Letter::ServiceDue { person, object, service: long(), due: day, overdue: true, opens: true }
        }
        LetterKind::OrderNews => Letter::bundle(person, order, many(60)),
        LetterKind::Digest => Letter::Digest { person, customer: long(), day, letters: many(200) },
        LetterKind::OrderToStaff => to_staff(News::Placed),
        LetterKind::CommentToStaff => to_staff(News::Commented),
        LetterKind::SelfcheckToStaff => Letter::SelfcheckToStaff { person, selfcheck, by: long() },
        LetterKind::Doubtful => Letter::Doubtful {
            sender: long(),
            subject: long(),
            reason: long(),
            text: Some(longest()),
            order: Some(order.number),
            kept: long(),
        },
        LetterKind::Accounts => {
            let act = AccountAct {
                at: now(),
                by: long(),
                deed: AccountDeed::AccessChanged,
                on: long(),
                customer: Some(long()),
                given: vec![long(); 20],
                taken: vec![long(); 20],
                via: long(),
            };
            Letter::Accounts { person, day, acts: vec![act; MOST_ACTS], more: 1_000_000 }
        }
        kind => Letter::example(kind, now()).expect("an example"),
    }
}

fn many(count: usize) -> Vec<Letter> {
    let kinds = [LetterKind::OrderStatus, LetterKind::OrderComment, LetterKind::Document, LetterKind::Selfcheck];
    kinds.into_iter().cycle().take(count).map(worst).collect()
}

#[test]
fn the_html_is_small_and_fetches_nothing_even_when_every_text_is_as_long_as_it_may_be() {
    let brand = Brand { name: long(), phone: Some(long()), ..brand() };
    // As long as they get: a name of a host, the name of the company, a token.
    let home = format!("https://{}.example/g/{}", "portal".repeat(10), "g".repeat(40));
    let links = LetterLinks {
        action: format!("{home}/orders/{}", "N".repeat(40)),
        off: Some(format!("{home}/mail/off/1234567890.{}", "T".repeat(43))),
        replies: true,
    };
    for kind in LetterKind::ALL {
        let letter = worst(*kind);
        assert_eq!(letter.kind(), *kind);
        for lang in Lang::ALL {
            let mail = render(&letter, &brand, *lang, &links);
            assert!(mail.html.len() < 15_000, "{kind} {lang}: {}", mail.html.len());
            assert!(mail.subject.chars().count() < 250, "{kind} {lang}: {}", mail.subject);
            for fetching in ["src=", "url(", "<link", "<img", "@import", "background="] {
                assert!(!mail.html.contains(fetching), "{kind}: {fetching}");
            }
        }
    }
}

#[test]
fn nothing_that_people_wrote_acts_in_any_kind() {
    let hostile = "</h2><script>alert(1)</script><img src=x> https://evil.example";
    for kind in LetterKind::ALL {
        let stored = serde_json::to_string(&Letter::example(*kind, now()).expect("an example")).expect("plain data");
        let quoted = serde_json::to_string(hostile).expect("plain data");
        let texts = [
            "Compressor 2 leaks oil",
            "Brf Fröjden",
            "Eva Lind",
            "Ola Berg",
            "Weekly round",
            "Annual service",
            "Who has the key to the machine room?",
            "Thursday at nine suits me.",
            "Re: Order NK-FRO-0142 planned",
        ];
        let spoilt = texts.iter().fold(stored, |all, text| all.replace(&format!("\"{text}\""), &quoted));
        let letter: Letter = serde_json::from_str(&spoilt).expect("a letter");
        for lang in Lang::ALL {
            let mail = render(&letter, &brand(), *lang, &links());
            assert!(!mail.html.contains("<script") && !mail.html.contains("<img"), "{kind}: {}", mail.html);
            assert!(!mail.html.contains("href=\"https://evil"), "{kind}: {}", mail.html);
            assert!(!mail.subject.contains('\n'), "{kind}: {}", mail.subject);
        }
    }
}

#[test]
fn several_news_of_an_order_are_told_in_turn_with_the_facts_once() {
    let letter = Letter::example(LetterKind::OrderNews, now()).expect("an example");
    let mail = render(&letter, &brand(), Lang::En, &links());
    assert_eq!(mail.subject, "Order NK-FRO-0142, 2 updates: Compressor 2 leaks oil");
    let in_turn = "\n1. Order NK-FRO-0142 has moved from “Planning” to “Booked”.\n\nThe work is planned.\n\n\
                   Nordkyl AB writes:\n\n> Our technician brings the gasket. Please leave the machine room open.\n\n\
                   2. Ola Berg has written a comment on order NK-FRO-0142.\n\n> The gasket has arrived.\n";
    assert!(mail.plain.contains(in_turn), "{}", mail.plain);
    assert_eq!(mail.plain.matches("Facility: Hus B").count(), 1);
    assert!(mail.plain.contains("Status: Booked"));
    let one = letter.letters()[1].clone();
    let alone = letter.with_letters(vec![one.clone()]);
    assert_eq!(render(&alone, &brand(), Lang::En, &links()), render(&one, &brand(), Lang::En, &links()));
}

#[test]
fn an_emergency_is_seen_by_staff_also_among_several_news() {
    let parts = [LetterKind::OrderToStaff, LetterKind::CommentToStaff]
        .map(|kind| Letter::example(kind, now()).expect("an example"));
    let order = parts[0].order().expect("an order").clone();
    let mut letter = Letter::bundle(Line::parse("Ola Berg").expect("a name"), order, parts.to_vec());
    let mail = render(&letter, &brand(), Lang::Sv, &links());
    assert!(mail.subject.starts_with("AKUT: Ärende NK-FRO-0142, 2 nyheter: "), "{}", mail.subject);
    assert!(letter.is_for_staff() && !letter.opens() && letter.event().is_none());
    assert!(!mail.plain.contains("Ring oss") && mail.plain.contains("Nils, caretaker"), "{}", mail.plain);
    if let Letter::OrderNews { order, .. } = &mut letter {
        order.emergency = false;
    }
    assert!(render(&letter, &brand(), Lang::Sv, &links()).subject.starts_with("Ärende"));
}

#[test]
fn a_summary_groups_news_newest_last_and_counts_what_it_leaves_out() {
    let mut letter = Letter::example(LetterKind::Digest, now()).expect("an example");
    let mail = render(&letter, &brand(), Lang::En, &links());
    assert_eq!(mail.subject, "Daily summary, 5 updates: Brf Fröjden, 22 November 2026");
    let at = |text: &str| mail.plain.find(text).unwrap_or_else(|| panic!("{text}: {}", mail.plain));
    assert!(at("\nKYL-02 Compressor 2\n- ") < at("\nNK-FRO-0142 Compressor 2 leaks oil\n- "));
    assert!(at("has moved from") < at("has written a comment") && at("has written a comment") < at("shared documents"));
    assert_eq!(mail.plain.matches("\nNK-FRO-0142").count(), 1);
    let comment = Letter::example(LetterKind::OrderComment, now()).expect("an example");
    let many = vec![comment.clone(); 60];
    letter = letter.with_letters(many);
    let mail = render(&letter, &brand(), Lang::En, &links());
    let told = mail.plain.matches("\n- Ola Berg").count();
    assert_eq!(told, 50);
    assert!(mail.plain.contains(&format!("\n… and {} more.\n", 60 - told)), "{}", mail.plain);
    let bundled = Letter::bundle(long(), comment.order().expect("an order").clone(), vec![comment.clone(), comment]);
    letter = letter.with_letters(vec![bundled]);
    assert!(render(&letter, &brand(), Lang::En, &links()).subject.starts_with("Daily summary, 2 updates"));
}

#[test]
fn where_answers_become_comments_the_mail_says_so_before_and_after() {
    let links = LetterLinks { replies: true, ..links() };
    for (lang, mark) in Lang::ALL.iter().zip(texts::reply_marks()) {
        let customer = Letter::example(LetterKind::OrderComment, now()).expect("an example");
        let staff = Letter::example(LetterKind::CommentToStaff, now()).expect("an example");
        for letter in [&customer, &staff] {
            let mail = render(letter, &brand(), *lang, &links);
            assert!(mail.plain.starts_with(&format!("{mark}\n\n")), "{}", mail.plain);
            let at = |text: &str| mail.html.find(text).unwrap_or_else(|| panic!("{text}: {}", mail.html));
            assert!(at(mark) < at("NK-FRO-0142</td>"));
        }
        for kind in [LetterKind::Invite, LetterKind::Digest, LetterKind::ServiceDue, LetterKind::Doubtful] {
            let letter = Letter::example(kind, now()).expect("an example");
            assert!(!render(&letter, &brand(), *lang, &links).plain.contains(mark), "{kind} has no order to answer on");
        }
        let told = render(&staff, &brand(), *lang, &links).plain.replace('\n', " ");
        assert!(told.contains("Brf Fröjden WILL READ IT") || told.contains("LÄSER DET") || told.contains("LA LEERÁ"));
        let words = texts::of(*lang);
        let plain = render(&customer, &brand(), *lang, &links).plain.replace('\n', " ");
        assert!(plain.contains(words.replies.customer) && !plain.contains(words.frame.reply), "{plain}");
        let before = render(&customer, &brand(), *lang, &LetterLinks::default());
        assert!(!before.plain.contains(mark) && before.plain.replace('\n', " ").contains(words.frame.reply));
    }
}

#[test]
fn documents_on_anything_say_on_what_they_lie() {
    let number = Number::parse("hus-b").expect("a number");
    let line = |text: &str| Line::parse(text).expect("a line");
    let object = ObjectFacts { number: number.clone(), name: line("Pump"), facility: None, customer: line("Brf") };
    for (on, subject) in [
        (Topic::Object(object), "New documents: hus-b Pump"),
        (Topic::Facility { number, name: line("Hus B"), customer: line("Brf") }, "New documents: hus-b Hus B"),
        (Topic::Customer { name: line("Brf") }, "New documents: Brf"),
    ] {
        let letter = Letter::Document {
            person: line("Eva"),
            on,
            by: line("Ola"),
            text: Prose::parse("a.pdf").expect("a text"),
            opens: true,
        };
        let stored = serde_json::to_string(&letter).expect("plain data");
        let letter: Letter = serde_json::from_str(&stored).expect("the same letter");
        let mail = render(&letter, &brand(), Lang::En, &links());
        assert_eq!(mail.subject, subject);
        assert!(mail.plain.contains("Customer: Brf\n") && mail.plain.contains("> a.pdf\n"), "{}", mail.plain);
    }
}

#[test]
fn an_access_without_permissions_and_an_order_without_a_time_say_so() {
    let mut access = Letter::example(LetterKind::AccessChanged, now()).expect("an example");
    if let Letter::AccessChanged { permissions, .. } = &mut access {
        permissions.clear();
    }
    let mail = render(&access, &brand(), Lang::En, &links());
    assert!(mail.plain.contains("no longer shares anything with you") && !mail.plain.contains("Where:"));
    let mut planned = Letter::example(LetterKind::OrderPlanned, now()).expect("an example");
    if let Letter::OrderPlanned { order, .. } = &mut planned {
        order.planned = None;
    }
    let mail = render(&planned, &brand(), Lang::En, &links());
    assert!(mail.subject.starts_with("Order NK-FRO-0142 waits for a new time: "), "{}", mail.subject);
    assert!(!mail.plain.contains("Planned:"), "{}", mail.plain);
}

#[test]
fn the_old_address_is_not_told_the_new_one() {
    let old = Letter::example(LetterKind::AddressChanged, now()).expect("an example");
    let mut new = old.clone();
    if let Letter::AddressChanged { to_new, .. } = &mut new {
        *to_new = true;
    }
    for lang in Lang::ALL {
        let (old, new) = (render(&old, &brand(), *lang, &links()), render(&new, &brand(), *lang, &links()));
        for part in [&old.plain, &old.html] {
            assert!(!part.contains("eva.lind@") && !part.contains(LINK), "{part}");
        }
        assert!(new.plain.contains("eva.lind@frojden.example") && new.plain.contains(LINK), "{}", new.plain);
    }
}

#[test]
fn letters_that_an_older_program_queued_still_leave() {
    let order = r#"{"number":"NK-1","title":"Leak","customer":"Brf","facility":null,"object":null,"planned":null}"#;
    let old = [
        r#"{"kind":"invite","person":"Eva","customer":"Brf","ticket":1,"expires":"2026-11-29T08:02:00Z","invited_by":null}"#
            .to_owned(),
        r#"{"kind":"reset","person":"Eva","ticket":1,"expires":"2026-11-29T08:02:00Z","by":"company"}"#.to_owned(),
        r#"{"kind":"password_changed","person":"Eva","at":"2026-11-22T08:02:00Z","client":null}"#.to_owned(),
        format!(r#"{{"kind":"order_received","person":"Eva","order":{order}}}"#),
        format!(
            r#"{{"kind":"order_status","person":"Eva","order":{order},"from":null,"to":"Klar","stage":"done","reason":null}}"#
        ),
        format!(r#"{{"kind":"order_comment","person":"Eva","order":{order},"by":"Ola","text":"Hej"}}"#),
        format!(
            r#"{{"kind":"order_to_staff","person":"Ola","order":{order},"news":"commented","by":"Eva","text":"Hej"}}"#
        ),
        r#"{"kind":"selfcheck_to_staff","person":"Ola","selfcheck":{"title":"Round","customer":"Brf","order":null,
            "about":null,"object":null,"facility":null,"points":2,"failed":0,"text":null},"by":"Eva"}"#
            .to_owned(),
        r#"{"kind":"test"}"#.to_owned(),
    ];
    let kinds: Vec<_> = old
        .iter()
        .map(|stored| {
            let letter: Letter = serde_json::from_str(stored).unwrap_or_else(|error| panic!("{stored}: {error}"));
            assert!(!render(&letter, &brand(), Lang::En, &links()).plain.is_empty());
            letter.kind()
        })
        .collect();
    assert_eq!(
        kinds,
        [
            LetterKind::Invite,
            LetterKind::Reset,
            LetterKind::PasswordChanged,
            LetterKind::OrderReceived,
            LetterKind::OrderDone,
            LetterKind::OrderComment,
            LetterKind::CommentToStaff,
            LetterKind::SelfcheckToStaff,
            LetterKind::Test,
        ]
    );
}

#[test]
fn administrators_read_what_was_done_by_whom_and_what_was_not_told() {
    let letter = Letter::example(LetterKind::Accounts, now()).expect("an example");
    let mail = render(&letter, &brand(), Lang::En, &links());
    let plain = mail.plain.replace("\n  ", " ");
    for words in [
        "22 Nov 2026, 06:02: Rita Berg made the account eva@frojden.example (by command)",
        "changed what eva@frojden.example may see and do (customer 1042, +order.view +all-facilities, by command)",
        "22 Nov 2026, 07:02: Rita Berg printed an invitation for eva@frojden.example (by command)",
    ] {
        assert!(plain.contains(words), "{words:?} is not in {plain}");
    }
    assert!(!plain.contains("more, see"), "{plain}");
    // What does not fit is counted with what was not kept.
    let Letter::Accounts { acts, .. } = worst(LetterKind::Accounts) else { panic!("another letter") };
    let kept = acts.len();
    let many = Letter::Accounts { person: long(), day: now().within(&brand().zone.rules()).date(), acts, more: 7 };
    let mail = render(&many, &brand(), Lang::En, &links());
    let told = mail.html.matches("<li").count();
    assert!(told > 0 && told < kept, "{told}");
    let rest = format!("… and {} more, see: frontdesk audit list --since 2026-11-22T07:02:00Z", kept + 7 - told);
    assert!(mail.plain.replace('\n', " ").contains(&rest), "{}", mail.plain);
    assert!(mail.subject.contains(&format!("{} changes", kept + 7)), "{}", mail.subject);
}
