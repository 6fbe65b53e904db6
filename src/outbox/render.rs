//! A letter becomes a subject, a plain text that is complete by itself, and simple HTML with the same content.

use maud::{DOCTYPE, Markup, html};

use crate::outbox::letter::{Brand, Letter, LetterLinks};
use crate::outbox::page::{NAME, Page, clip, opens_in_a_browser};
use crate::outbox::texts::{self, Texts};
use crate::text::Lang;

/// A mail as the reader gets it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The whole letter, lines of up to 78 characters except where a link is longer.
    pub plain: String,
    /// The same with a button; nothing in it is fetched from anywhere.
    pub html: String,
}

/// Writes a letter in a language, with times in the group's zone.
pub fn render(letter: &Letter, brand: &Brand, lang: Lang, links: &LetterLinks) -> Rendered {
    let texts = texts::of(lang);
    let page = Page::of(letter, brand, lang, texts);
    Rendered {
        plain: plain(&page, brand, texts, links),
        html: markup(&page, brand, lang, texts, links).into_string(),
        subject: page.subject,
    }
}

/// Columns of the plain part.
const WIDTH: usize = 78;

fn plain(page: &Page, brand: &Brand, texts: &Texts, links: &LetterLinks) -> String {
    let mut blocks: Vec<String> = Vec::new();
    blocks.extend(page.hello.as_deref().map(wrap));
    blocks.extend(page.paragraphs.iter().map(|paragraph| wrap(paragraph)));
    if let Some((intro, text)) = &page.quote {
        blocks.extend(intro.as_deref().map(wrap));
        blocks.push(text.lines().map(|line| indent(&wrap_to(line, WIDTH - 2), "> ")).collect::<Vec<_>>().join("\n"));
    }
    if !page.facts.is_empty() {
        let lines = page.facts.iter().map(|(label, value)| {
            indent(&wrap_to(&format!("{label}: {value}"), WIDTH - 2), "  ").replacen("  ", "", 1)
        });
        blocks.push(lines.collect::<Vec<_>>().join("\n"));
    }
    if let Some(target) = page.target(links) {
        blocks.push(format!(
            "{}\n{target}",
            wrap(&format!("{}:", page.lead.unwrap_or(page.button).trim_end_matches(':')))
        ));
    }
    blocks.extend(page.after.as_deref().map(wrap));
    blocks.extend(contact(page, brand, texts).as_deref().map(wrap));
    blocks.push((texts.frame.regards)(&clip(brand.name.as_str(), NAME)));
    let mut end = vec![format!("--\n{}", wrap(&page.why))];
    end.extend(
        links.off.as_deref().filter(|link| opens_in_a_browser(link)).map(|link| format!("{}\n{link}", texts.frame.off)),
    );
    blocks.push(end.join("\n\n"));
    blocks.join("\n\n") + "\n"
}

fn markup(page: &Page, brand: &Brand, lang: Lang, texts: &Texts, links: &LetterLinks) -> Markup {
    let (colour, ink) = (brand.colour.as_str(), brand.colour.ink());
    let button = format!(
        "display:inline-block;padding:13px 22px;border-radius:6px;background-color:{colour};color:{ink};\
         font-weight:bold;text-decoration:none"
    );
    html! {
        (DOCTYPE)
        html lang=(lang.word()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (page.subject) }
            }
            body style="margin:0;padding:0;color-scheme:light dark;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif" {
                div style="max-width:560px;margin:0 auto;padding:16px;overflow-wrap:anywhere;word-break:break-word" {
                    div style={ "padding:14px 18px;border-radius:6px;font-size:18px;font-weight:bold;background-color:" (colour) ";color:" (ink) } {
                        (clip(brand.name.as_str(), NAME))
                    }
                    @if let Some(hello) = &page.hello { p style="margin:22px 0 14px" { (hello) } }
                    @for paragraph in &page.paragraphs { p style="margin:14px 0" { (paragraph) } }
                    @if let Some((intro, text)) = &page.quote {
                        @if let Some(intro) = intro { p style="margin:14px 0 6px" { (intro) } }
                        blockquote style="margin:6px 0 14px;padding:2px 0 2px 14px;border-left:3px solid #888888;white-space:pre-line" { (text) }
                    }
                    @if !page.facts.is_empty() {
                        table role="presentation" style="border-collapse:collapse;margin:14px 0" {
                            @for (label, value) in &page.facts {
                                tr {
                                    td style="padding:3px 16px 3px 0;vertical-align:top;opacity:.75" { (label) }
                                    td style="padding:3px 0;vertical-align:top" { (value) }
                                }
                            }
                        }
                    }
                    @if let Some(target) = page.target(links) {
                        @if let Some(lead) = page.lead { p style="margin:14px 0" { (lead) } }
                        p style="margin:22px 0" { a href=(target) style=(button) { (page.button) } }
                    }
                    @if let Some(after) = &page.after { p style="margin:14px 0" { (after) } }
                    @if let Some(contact) = contact(page, brand, texts) { p style="margin:14px 0" { (contact) } }
                    div style="margin-top:26px;padding-top:12px;border-top:1px solid #888888;font-size:13px" {
                        p style="margin:6px 0" { (page.why) }
                        @if let Some(target) = page.target(links) {
                            p style="margin:6px 0" { (texts.frame.copy_link) br; (target) }
                        }
                        @if let Some(off) = links.off.as_deref().filter(|link| opens_in_a_browser(link)) {
                            p style="margin:6px 0" { (texts.frame.off) " " a href=(off) style="color:inherit" { (off) } }
                        }
                    }
                }
            }
        }
    }
}

/// Whom to ask: the telephone, the answer to this mail, both or neither. Staff know whom to ask.
fn contact(page: &Page, brand: &Brand, texts: &Texts) -> Option<String> {
    if page.is_for_staff {
        return None;
    }
    let call = brand.phone.as_ref().map(|phone| (texts.frame.call)(&clip(phone.as_str(), NAME)));
    let reply = brand.reply_to.as_ref().map(|_| texts.frame.reply.to_owned());
    let sentences: Vec<String> = [call, reply].into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn wrap(text: &str) -> String {
    wrap_to(text, WIDTH)
}

/// Breaks at spaces; a word that is longer than a line stands on a line of its own.
fn wrap_to(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let long = word.chars().count();
        match lines.last_mut() {
            Some(line) if used > 0 && used + 1 + long <= width => {
                line.push(' ');
                line.push_str(word);
                used += 1 + long;
            }
            Some(line) if used == 0 => {
                line.push_str(word);
                used = long;
            }
            _ => {
                lines.push(word.to_owned());
                used = long;
            }
        }
    }
    lines.join("\n")
}

fn indent(text: &str, with: &str) -> String {
    text.lines().map(|line| format!("{with}{line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Moment;
    use crate::outbox::letter::{LetterKind, OrderFacts};
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
        LetterLinks { action: LINK.into(), off: Some("https://portal.nordkyl.example/g/nordkyl/mail/off/9".into()) }
    }

    fn now() -> Moment {
        "2026-11-22T07:02:00Z".parse().expect("a time")
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
                    let for_staff = matches!(kind, LetterKind::OrderToStaff | LetterKind::SelfcheckToStaff);
                    assert_eq!(part.contains("+46 8 555 123 00"), !for_staff, "{shown}");
                    assert!(part.contains("/mail/off/9"), "{shown}");
                    assert_eq!(part.contains(LINK), *kind != LetterKind::Test, "{shown}");
                    assert!(!part.contains('{') && !part.contains("  \n"), "{shown}");
                }
                if *kind != LetterKind::Test {
                    assert!(mail.plain.lines().any(|line| line == LINK), "{shown}");
                }
                for line in mail.plain.lines().filter(|line| !line.starts_with("https://")) {
                    assert!(line.chars().count() <= 78, "{line}");
                }
                assert_eq!(mail.subject.contains("NK-FRO-0142"), letter.order().is_some(), "{shown}");
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
            let staff = Letter::example(LetterKind::OrderToStaff, now()).expect("an example");
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
    fn a_letter_that_waited_since_before_there_was_more_to_say_still_leaves() {
        let old = r#"{"kind":"order_received","person":"Eva","order":{"number":"NK-1","title":"Leak","customer":"Brf",
            "facility":null,"object":null,"planned":null}}"#;
        let letter: Letter = serde_json::from_str(old).expect("a letter");
        let mail = render(&letter, &brand(), Lang::En, &links());
        assert!(mail.plain.contains(LINK) && !mail.plain.contains("Priority"), "{}", mail.plain);
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
    fn the_html_is_small_and_fetches_nothing_even_when_every_text_is_as_long_as_it_may_be() {
        let long = Line::parse(&"\"&".repeat(100)).expect("a long line");
        let order = OrderFacts {
            number: Number::parse(&"N".repeat(64)).expect("a number"),
            title: long.clone(),
            customer: long.clone(),
            facility: Some(long.clone()),
            object: Some(long.clone()),
            planned: Some(now()),
            priority: Some(long.clone()),
            emergency: true,
            reference: Some(long.clone()),
            site_contact: Some(long.clone()),
            site_phone: Some(long.clone()),
        };
        let letter = Letter::OrderStatus {
            person: long.clone(),
            order,
            from: Some(long.clone()),
            to: long.clone(),
            stage: crate::stage::Stage::Waiting,
            reason: Some(Prose::parse(&"\"".repeat(9_000)).expect("a text")),
        };
        let brand = Brand { name: long.clone(), phone: Some(long), ..brand() };
        for lang in Lang::ALL {
            let mail = render(&letter, &brand, *lang, &links());
            assert!(mail.html.len() < 15_000, "{lang}: {}", mail.html.len());
            for fetching in ["src=", "url(", "<link", "<img", "@import", "background="] {
                assert!(!mail.html.contains(fetching), "{fetching}");
            }
        }
    }

    #[test]
    fn a_link_that_no_browser_should_open_is_not_made() {
        let letter = Letter::example(LetterKind::Reset, now()).expect("an example");
        for bad in ["", "javascript:alert(1)", "https://a b", "data:text/html,x"] {
            let links = LetterLinks { action: bad.into(), off: Some(bad.into()) };
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
}
