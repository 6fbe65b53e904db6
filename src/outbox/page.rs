//! What a letter says, in order, before it is plain text or HTML: the two parts cannot say different things.

use crate::outbox::letter::{AskedBy, Brand, Letter, LetterLinks, OrderFacts, SelfcheckFacts};
use crate::outbox::texts::Texts;
use crate::text::{Lang, Number, Prose};
use crate::words::dates;

/// Characters of a name or title, and of what a person wrote; the rest is behind the link.
pub(super) const NAME: usize = 80;
const QUOTE: usize = 700;

/// What both parts say, in order.
#[derive(Default)]
pub(super) struct Page {
    pub(super) subject: String,
    pub(super) hello: Option<String>,
    pub(super) paragraphs: Vec<String>,
    /// A line that introduces it, and what somebody wrote.
    pub(super) quote: Option<(Option<String>, String)>,
    pub(super) facts: Vec<(&'static str, String)>,
    /// Before the button, belonging to it.
    pub(super) lead: Option<&'static str>,
    pub(super) button: &'static str,
    /// After the button.
    pub(super) after: Option<String>,
    pub(super) why: String,
    pub(super) is_for_staff: bool,
}

impl Page {
    pub(super) fn of(letter: &Letter, brand: &Brand, lang: Lang, texts: &'static Texts) -> Self {
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
            Letter::OrderReceived { person, order, .. } => Self {
                subject: (texts.order.subject_received)(order.number.as_str(), &title(order)),
                hello: hello(person.as_str()),
                paragraphs: received(order, group, brand, texts),
                facts: [facts(order, None, brand, lang, texts), wishes(order, texts)].concat(),
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
            Letter::OrderComment { person, order, by, text } => {
                let (words, number) = (&texts.order, order.number.as_str());
                Self {
                    subject: (words.subject_comment)(number, &title(order)),
                    hello: hello(person.as_str()),
                    paragraphs: vec![(words.opening_comment)(&clip(by.as_str(), NAME), number)],
                    quote: Some((None, quoted(text))),
                    facts: facts(order, None, brand, lang, texts),
                    button: words.button,
                    why: (words.why)(group, &clip(order.customer.as_str(), NAME)),
                    ..Self::default()
                }
            }
            Letter::OrderToStaff { person, order, news, by, text } => {
                let (words, customer) = (&texts.staff, clip(order.customer.as_str(), NAME));
                let subject = (words.subject)(*news, order.number.as_str(), &title(order));
                Self {
                    // What cannot wait is seen in a list of subjects, however narrow.
                    subject: if order.emergency { format!("{}: {subject}", words.emergency) } else { subject },
                    hello: hello(person.as_str()),
                    paragraphs: vec![(words.opening)(*news, &clip(by.as_str(), NAME), &customer)],
                    quote: text.as_ref().map(|text| (None, quoted(text))),
                    facts: [facts(order, None, brand, lang, texts), wishes(order, texts)].concat(),
                    button: words.button,
                    why: (words.why)(group),
                    is_for_staff: true,
                    ..Self::default()
                }
            }
            Letter::SelfcheckToStaff { person, selfcheck, by } => {
                let (words, customer) = (texts.selfcheck, clip(selfcheck.customer.as_str(), NAME));
                let failed = (words.failed)(selfcheck.failed, selfcheck.points);
                Self {
                    subject: (words.subject)(
                        &clip(selfcheck.title.as_str(), 60),
                        selfcheck.order.as_ref().map_or(customer.as_str(), Number::as_str),
                    ),
                    hello: hello(person.as_str()),
                    paragraphs: vec![(words.opening)(&clip(by.as_str(), NAME), &customer), failed],
                    quote: selfcheck.text.as_ref().map(|text| (None, quoted(text))),
                    facts: selfcheck_facts(selfcheck, texts),
                    button: words.button,
                    why: (words.why)(group),
                    is_for_staff: true,
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
    pub(super) fn target<'a>(&self, links: &'a LetterLinks) -> Option<&'a str> {
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

/// That the order has come; and of an emergency, that nobody should wait for an answer by mail.
fn received(order: &OrderFacts, group: &str, brand: &Brand, texts: &Texts) -> Vec<String> {
    let opening = (texts.order.opening_received)(group, order.number.as_str());
    let phone = brand.phone.as_ref().filter(|_| order.emergency);
    let call = phone.map(|phone| (texts.order.emergency)(&clip(phone.as_str(), NAME)));
    std::iter::once(opening).chain(call).collect()
}

/// What the customer wants to be known about an order.
fn wishes(order: &OrderFacts, texts: &'static Texts) -> Vec<(&'static str, String)> {
    let frame = &texts.frame;
    let site: Vec<_> =
        [&order.site_contact, &order.site_phone].into_iter().flatten().map(|text| clip(text.as_str(), NAME)).collect();
    let mut facts = Vec::new();
    facts.extend(order.priority.as_ref().map(|name| (frame.priority, clip(name.as_str(), NAME))));
    facts.extend((!site.is_empty()).then(|| (frame.site, site.join(", "))));
    facts.extend(order.reference.as_ref().map(|text| (frame.reference, clip(text.as_str(), NAME))));
    facts
}

fn selfcheck_facts(selfcheck: &SelfcheckFacts, texts: &'static Texts) -> Vec<(&'static str, String)> {
    let frame = &texts.frame;
    let mut facts = vec![(texts.selfcheck.selfcheck, clip(selfcheck.title.as_str(), NAME))];
    facts.extend(selfcheck.order.as_ref().map(|number| (frame.order, number.to_string())));
    let more =
        [(frame.about, &selfcheck.about), (frame.object, &selfcheck.object), (frame.facility, &selfcheck.facility)];
    facts.extend(more.into_iter().filter_map(|(name, value)| Some((name, clip(value.as_ref()?.as_str(), NAME)))));
    facts.push((frame.customer, clip(selfcheck.customer.as_str(), NAME)));
    facts
}

/// maud escapes an address but does not ask where it leads.
pub(super) fn opens_in_a_browser(link: &str) -> bool {
    (link.starts_with("https://") || link.starts_with("http://")) && !link.contains(|c: char| c.is_whitespace())
}

fn title(order: &OrderFacts) -> String {
    clip(order.title.as_str(), 60)
}

fn quoted(text: &Prose) -> String {
    clip(text.as_str(), QUOTE)
}

/// The first characters of a text that is too long to be told in full.
pub(super) fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}
