//! A letter becomes a subject, a plain text that is complete by itself, and simple HTML with the same content.

use maud::{DOCTYPE, Markup, html};

use crate::outbox::letter::{AskedBy, Brand, Letter, LetterLinks, OrderFacts};
use crate::outbox::texts::{self, Texts};
use crate::text::{Lang, Prose};
use crate::words::dates;

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
/// Characters of a name or title, and of what a person wrote; the rest is behind the link.
const NAME: usize = 100;
const QUOTE: usize = 800;

/// What both parts say, in order.
#[derive(Default)]
struct Page {
    subject: String,
    hello: Option<String>,
    paragraphs: Vec<String>,
    /// A line that introduces it, and what somebody wrote.
    quote: Option<(Option<String>, String)>,
    facts: Vec<(&'static str, String)>,
    /// Before the button, belonging to it.
    lead: Option<&'static str>,
    button: &'static str,
    /// After the button.
    after: Option<String>,
    why: String,
}

impl Page {
    fn of(letter: &Letter, brand: &Brand, lang: Lang, texts: &'static Texts) -> Self {
        let group = &clip(brand.name.as_str(), NAME);
        let hello = |person: &str| Some((texts.frame.hello)(&clip(person, NAME)));
        let said = |moment| dates::full(moment, &brand.zone, lang);
        match letter {
            Letter::Invite { person, customer, expires, invited_by, .. } => {
                let (customer, words) = (clip(customer.as_str(), NAME), &texts.invite);
                let opening = match invited_by {
                    Some(by) => (words.opening_by)(group, &customer, &clip(by.as_str(), NAME)),
                    None => (words.opening)(group, &customer),
                };
                Self {
                    subject: (words.subject)(group),
                    hello: hello(person.as_str()),
                    paragraphs: vec![opening, words.what.into()],
                    button: words.button,
                    after: Some((words.expires)(&said(*expires))),
                    why: (words.why)(group),
                    ..Self::default()
                }
            }
            Letter::Reset { person, expires, by, .. } => {
                let words = &texts.reset;
                let (opening, why) = match by {
                    AskedBy::Themselves => ((words.opening_themselves)(group), words.why_themselves.into()),
                    AskedBy::Company => ((words.opening_company)(group), (words.why_company)(group)),
                };
                Self {
                    subject: (words.subject)(group),
                    hello: hello(person.as_str()),
                    paragraphs: vec![opening],
                    button: words.button,
                    after: Some((words.expires)(&said(*expires))),
                    why,
                    ..Self::default()
                }
            }
            Letter::PasswordChanged { person, at, client } => {
                let words = &texts.changed;
                let mut paragraphs = vec![(words.opening)(group, &said(*at))];
                paragraphs.extend(client.as_ref().map(|address| (words.client)(&clip(address.as_str(), NAME))));
                paragraphs.push(words.fine.into());
                Self {
                    subject: (words.subject)(group),
                    hello: hello(person.as_str()),
                    paragraphs,
                    lead: Some(words.not_you),
                    button: words.button,
                    why: words.why.into(),
                    ..Self::default()
                }
            }
            Letter::OrderReceived { person, order } => Self {
                subject: (texts.order.subject_received)(order.number.as_str(), &title(order)),
                hello: hello(person.as_str()),
                paragraphs: vec![(texts.order.opening_received)(group, order.number.as_str())],
                facts: facts(order, None, brand, lang, texts),
                button: texts.order.button,
                why: (texts.order.why)(group, &clip(order.customer.as_str(), NAME)),
                ..Self::default()
            },
            Letter::OrderStatus { person, order, from, to, stage, reason } => {
                let (words, number, to) = (&texts.order, order.number.as_str(), clip(to.as_str(), NAME));
                let opening = match from {
                    Some(from) => (words.opening_moved)(number, &clip(from.as_str(), NAME), &to),
                    None => (words.opening_now)(number, &to),
                };
                Self {
                    subject: (words.subject_status)(number, (words.stage)(*stage), &title(order)),
                    hello: hello(person.as_str()),
                    paragraphs: vec![opening, (words.next)(*stage, group)],
                    quote: reason.as_ref().map(|reason| (Some((words.reason)(group)), quoted(reason))),
                    facts: facts(order, Some(&to), brand, lang, texts),
                    button: words.button,
                    why: (words.why)(group, &clip(order.customer.as_str(), NAME)),
                    ..Self::default()
                }
            }
            Letter::OrderToStaff { person, order, news, by, text } => {
                let (words, customer) = (&texts.staff, clip(order.customer.as_str(), NAME));
                Self {
                    subject: (words.subject)(*news, order.number.as_str(), &title(order)),
                    hello: hello(person.as_str()),
                    paragraphs: vec![(words.opening)(*news, &clip(by.as_str(), NAME), &customer)],
                    quote: text.as_ref().map(|text| (None, quoted(text))),
                    facts: facts(order, None, brand, lang, texts),
                    button: words.button,
                    why: (words.why)(group),
                    ..Self::default()
                }
            }
            Letter::Test {} => Self {
                subject: (texts.test.subject)(group),
                paragraphs: vec![(texts.test.opening)(group)],
                why: texts.test.why.into(),
                ..Self::default()
            },
        }
    }

    /// The address of the button, where this letter has one and the caller gave one that a browser opens.
    fn target<'a>(&self, links: &'a LetterLinks) -> Option<&'a str> {
        (!self.button.is_empty()).then_some(links.action.as_str()).filter(|link| opens_in_a_browser(link))
    }
}

fn facts(
    order: &OrderFacts,
    status: Option<&str>,
    brand: &Brand,
    lang: Lang,
    texts: &'static Texts,
) -> Vec<(&'static str, String)> {
    let frame = &texts.frame;
    let mut facts = vec![
        (frame.order, order.number.to_string()),
        (frame.about, clip(order.title.as_str(), NAME)),
        (frame.customer, clip(order.customer.as_str(), NAME)),
    ];
    facts.extend(order.facility.as_ref().map(|name| (frame.facility, clip(name.as_str(), NAME))));
    facts.extend(order.object.as_ref().map(|name| (frame.object, clip(name.as_str(), NAME))));
    facts.extend(order.planned.map(|when| (frame.planned, dates::full(when, &brand.zone, lang))));
    facts.extend(status.map(|status| (frame.status, status.to_owned())));
    facts
}

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
    blocks.extend(contact(brand, texts).as_deref().map(wrap));
    blocks.push((texts.frame.regards)(brand.name.as_str()));
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
                div style="max-width:560px;margin:0 auto;padding:16px" {
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
                    @if let Some(contact) = contact(brand, texts) { p style="margin:14px 0" { (contact) } }
                    div style="margin-top:26px;padding-top:12px;border-top:1px solid #888888;font-size:13px" {
                        p style="margin:6px 0" { (page.why) }
                        @if let Some(target) = page.target(links) {
                            p style="margin:6px 0;word-break:break-all" { (texts.frame.copy_link) br; (target) }
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

/// Whom to ask: the telephone, the answer to this mail, both or neither.
fn contact(brand: &Brand, texts: &Texts) -> Option<String> {
    let call = brand.phone.as_ref().map(|phone| (texts.frame.call)(&clip(phone.as_str(), NAME)));
    let reply = brand.reply_to.as_ref().map(|_| texts.frame.reply.to_owned());
    let sentences: Vec<String> = [call, reply].into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// maud escapes an address but does not ask where it leads.
fn opens_in_a_browser(link: &str) -> bool {
    (link.starts_with("https://") || link.starts_with("http://")) && !link.contains(|c: char| c.is_whitespace())
}

fn title(order: &OrderFacts) -> String {
    clip(order.title.as_str(), 60)
}

fn quoted(text: &Prose) -> String {
    clip(text.as_str(), QUOTE)
}

/// The first characters of a text that is too long to be told in full.
fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
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
