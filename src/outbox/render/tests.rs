//! Mails as they leave: every kind, every language, both parts.

mod several;

use super::*;
use crate::clock::Moment;
use crate::outbox::letter::LetterKind;
use crate::text::{Colour, Email, Line, Number, Prose, Slug, Zone};

const LINK: &str = "https://portal.nordkyl.example/g/nordkyl/invite/1.4f7a";

fn brand() -> Brand {
    Brand {
        name: Line::parse("Nordkyl AB").expect("a name"),
        slug: Slug::parse("nordkyl").expect("a slug"),
        colour: Colour::parse("#0a5c3a").expect("a colour"),
        phone: Some(Line::parse("+46 8 555 123 00").expect("a number")),
        reply_to: Some(Email::parse("service@nordkyl.example").expect("an address")),
        lang: Lang::Sv,
        zone: Zone::parse("Europe/Stockholm").expect("a zone"),
    }
}

fn links() -> LetterLinks {
    LetterLinks {
        action: LINK.into(),
        off: Some("https://portal.nordkyl.example/g/nordkyl/mail/off/9".into()),
        ..LetterLinks::default()
    }
}

fn now() -> Moment {
    "2026-11-22T07:02:00Z".parse().expect("a time")
}

/// Whether the example of a kind has a button.
fn leads(kind: LetterKind) -> bool {
    let none = [
        LetterKind::AddressChanged,
        LetterKind::DocumentToStaff,
        LetterKind::Doubtful,
        LetterKind::Accounts,
        LetterKind::Test,
    ];
    !none.contains(&kind)
}

#[test]
fn every_letter_is_whole_in_every_language_and_both_parts() {
    for kind in LetterKind::ALL {
        let letter = Letter::example(*kind, now()).expect("an example");
        let mut subjects = Vec::new();
        for lang in Lang::ALL {
            let mail = render(&letter, &brand(), *lang, &links());
            let shown = format!("{kind} {lang}\n{}\n\n{}", mail.subject, mail.plain);
            assert!(mail.html.contains(&format!("<html lang=\"{lang}\">")), "{shown}");
            for part in [&mail.plain, &mail.html] {
                assert!(part.contains("Nordkyl AB"), "{shown}");
                assert_eq!(part.contains("+46 8 555 123 00"), !letter.is_for_staff(), "{shown}");
                assert!(part.contains("/mail/off/9"), "{shown}");
                assert_eq!(part.contains(LINK), leads(*kind), "{shown}");
                assert!(!part.contains('{') && !part.contains("  \n"), "{shown}");
            }
            if leads(*kind) {
                assert!(mail.plain.lines().any(|line| line == LINK), "{shown}");
            }
            for line in mail.plain.lines().filter(|line| !line.starts_with("https://")) {
                assert!(line.chars().count() <= 78, "{line}");
            }
            assert_eq!(
                mail.subject.contains("NK-FRO-0142"),
                letter.order().is_some() || *kind == LetterKind::Doubtful,
                "{shown}"
            );
            assert!(!mail.subject.contains('\n'), "{shown}");
            subjects.push(mail.subject);
        }
        subjects.dedup();
        assert_eq!(subjects.len(), 3, "{subjects:?}");
    }
}

#[test]
fn an_invitation_says_who_why_until_when_and_what_to_do_otherwise() {
    let letter = Letter::example(LetterKind::Invite, now()).expect("an example");
    let mail = render(&letter, &brand(), Lang::En, &links());
    assert_eq!(mail.subject, "Your account at Nordkyl AB: choose a password");
    assert_eq!(
        mail.plain,
        "Hello Eva Lind,

Rita Berg at Nordkyl AB has created an account for you. With it you can follow
the orders of Brf Fröjden.

Choose a password of your own to begin. Nobody at the company sees it.

Choose a password:
https://portal.nordkyl.example/g/nordkyl/invite/1.4f7a

The link can be used once, until Sunday 29 November 2026, 08:02. After that
you can ask for a new one on the same page.

Questions? Call us on +46 8 555 123 00. You can reply to this e-mail; we read
the replies.

Kind regards,
Nordkyl AB

--
You get this e-mail because Nordkyl AB entered your address for this account.
If you did not expect it, do nothing: without a password the account stays
closed.

Choose which e-mails you get:
https://portal.nordkyl.example/g/nordkyl/mail/off/9
"
    );
    let swedish = render(&letter, &brand(), Lang::Sv, &links());
    assert!(swedish.plain.replace('\n', " ").contains("fram till söndag 29 november 2026 kl. 08.02"));
}

#[test]
fn an_emergency_is_the_first_word_for_staff_and_a_call_for_the_customer() {
    for (lang, word, call) in [
        (Lang::En, "EMERGENCY: Comment on order NK-FRO-0142: ", "call us now on +46 8 555 123 00"),
        (Lang::Sv, "AKUT: Kommentar på ärende NK-FRO-0142: ", "ring oss nu på +46 8 555 123 00"),
        (Lang::Es, "EMERGENCIA: Comentario en la orden NK-FRO-0142: ", "llámenos ahora al +46 8 555 123 00"),
    ] {
        let staff = Letter::example(LetterKind::CommentToStaff, now()).expect("an example");
        let mail = render(&staff, &brand(), lang, &links());
        assert!(mail.subject.starts_with(word), "{}", mail.subject);
        for part in [&mail.plain, &mail.html] {
            assert!(part.contains("Nils, caretaker, +46 70 555 12 34") && part.contains("Board 12/2026"), "{part}");
        }
        let mut receipt = Letter::example(LetterKind::OrderReceived, now()).expect("an example");
        assert!(render(&receipt, &brand(), lang, &links()).plain.replace('\n', " ").contains(call), "{lang}");
        if let Letter::OrderReceived { order, .. } = &mut receipt {
            order.emergency = false;
        }
        assert!(!render(&receipt, &brand(), lang, &links()).plain.replace('\n', " ").contains(call), "{lang}");
    }
}

#[test]
fn who_placed_an_order_is_thanked_and_who_is_told_of_it_is_not() {
    for (lang, thanks) in [(Lang::En, "Thank you."), (Lang::Sv, "Tack."), (Lang::Es, "Gracias.")] {
        let mut letter = Letter::example(LetterKind::OrderReceived, now()).expect("an example");
        let own = render(&letter, &brand(), lang, &links());
        if let Letter::OrderReceived { is_own, .. } = &mut letter {
            *is_own = false;
        }
        let told = render(&letter, &brand(), lang, &links());
        let both = [&own.plain, &own.html, &told.plain, &told.html];
        assert_eq!(both.map(|part| part.contains(thanks)), [true, true, false, false], "{lang}");
        assert_eq!(own.subject, told.subject, "both belong to one thread");
    }
}

#[test]
fn a_letter_that_waited_since_before_there_was_more_to_say_still_leaves() {
    let old = r#"{"kind":"order_received","person":"Eva","order":{"number":"NK-1","title":"Leak","customer":"Brf",
        "facility":null,"object":null,"planned":null}}"#;
    let letter: Letter = serde_json::from_str(old).expect("a letter");
    let mail = render(&letter, &brand(), Lang::En, &links());
    assert!(mail.plain.contains(LINK) && !mail.plain.contains("Priority"), "{}", mail.plain);
}

#[test]
fn a_quote_stays_one_where_somebody_left_a_line_empty() {
    let letter = Letter::example(LetterKind::DocumentToStaff, now()).expect("an example");
    let mail = render(&letter, &brand(), Lang::En, &links());
    assert!(mail.plain.contains("> floor-plan.pdf\n>\n> The machine room is"), "{}", mail.plain);
}

#[test]
fn what_people_wrote_is_escaped_quoted_and_cut() {
    let mut letter = Letter::example(LetterKind::OrderStatus, now()).expect("an example");
    if let Letter::OrderStatus { order, reason, .. } = &mut letter {
        order.title = Line::parse("<img src=x onerror=alert(1)> \"oil\" & water").expect("a title");
        let text = format!("</blockquote><script>\nhttps://evil.example {}", "y ".repeat(4_000));
        *reason = Some(Prose::parse(&text).expect("a text"));
    }
    let mail = render(&letter, &brand(), Lang::En, &links());
    assert!(mail.html.contains("&lt;img src=x onerror=alert(1)&gt;"), "{}", mail.html);
    assert!(!mail.html.contains("<script") && !mail.html.contains("<img"), "{}", mail.html);
    assert!(!mail.html.contains("href=\"https://evil"), "{}", mail.html);
    assert!(mail.plain.contains("> </blockquote><script>\n> https://evil.example y y"), "{}", mail.plain);
    assert!(mail.plain.len() < 3_000, "{}", mail.plain.len());
}

#[test]
fn a_link_that_no_browser_should_open_is_not_made() {
    let letter = Letter::example(LetterKind::Reset, now()).expect("an example");
    for bad in ["", "javascript:alert(1)", "https://a b", "data:text/html,x"] {
        let links = LetterLinks { action: bad.into(), off: Some(bad.into()), ..LetterLinks::default() };
        let mail = render(&letter, &brand(), Lang::En, &links);
        assert!(!mail.html.contains("href"), "{}", mail.html);
    }
    let mail = render(&letter, &brand(), Lang::En, &links());
    assert!(mail.html.contains("background-color:#0a5c3a;color:#ffffff"), "{}", mail.html);
}

#[test]
fn long_words_stand_alone_and_short_ones_are_joined() {
    assert_eq!(wrap_to("aa bb cc", 5), "aa bb\ncc");
    assert_eq!(wrap_to("aa bbbbbbbb cc", 5), "aa\nbbbbbbbb\ncc");
    assert_eq!(wrap_to("", 5), "");
    assert_eq!(clip("åäö", 2), "åä…");
}
