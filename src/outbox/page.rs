//! What a letter says, in order, before it is plain text or HTML: the two parts cannot say different things.

mod account;
mod accounts;
mod facts;
mod orders;
mod several;
mod staff;
mod things;

use crate::clock::Moment;
use crate::outbox::letter::{Brand, Letter, LetterLinks};
use crate::outbox::texts::Texts;
use crate::text::{Lang, Line, Prose};
use crate::words::dates;

/// Characters of a name, of a title in a subject, and of what a person wrote; the rest is behind the link.
pub(super) const NAME: usize = 80;
const TITLE: usize = 60;
const QUOTE: usize = 700;

/// One thing that is told.
#[derive(Clone, Default)]
pub(super) struct Part {
    /// What it is about, where the mail tells of several things.
    pub(super) heading: Option<String>,
    pub(super) paragraphs: Vec<String>,
    /// A list under the paragraphs.
    pub(super) points: Vec<String>,
    /// A line that introduces it, and what somebody wrote.
    pub(super) quote: Option<(Option<String>, String)>,
}

/// What both parts say, in order.
#[derive(Default)]
pub(super) struct Page {
    pub(super) subject: String,
    pub(super) hello: Option<String>,
    pub(super) parts: Vec<Part>,
    pub(super) facts: Vec<(&'static str, String)>,
    /// Before the button, belonging to it.
    pub(super) lead: Option<&'static str>,
    pub(super) button: &'static str,
    /// After the button.
    pub(super) after: Option<String>,
    pub(super) why: String,
    pub(super) is_for_staff: bool,
    /// Who reads an answer, as far as it is about an order.
    pub(super) customer: String,
}

/// Who writes, and in which words.
#[derive(Clone, Copy)]
struct Writing<'a> {
    brand: &'a Brand,
    group: &'a str,
    lang: Lang,
    texts: &'static Texts,
}

impl Writing<'_> {
    fn hello(&self, person: &Line) -> Option<String> {
        Some((self.texts.frame.hello)(&name(person)))
    }

    fn said(&self, moment: Moment) -> String {
        dates::full(moment, &self.brand.zone, self.lang)
    }
}

impl Page {
    pub(super) fn of(letter: &Letter, brand: &Brand, lang: Lang, texts: &'static Texts) -> Self {
        let w = Writing { brand, group: &name(&brand.name), lang, texts };
        match letter {
            Letter::Invite { .. }
            | Letter::Reset { .. }
            | Letter::PasswordChanged { .. }
            | Letter::AddressChanged { .. }
            | Letter::Locked { .. }
            | Letter::AccessChanged { .. } => account::page(letter, w),
            Letter::OrderReceived { .. }
            | Letter::OrderPlanned { .. }
            | Letter::OrderStatus { .. }
            | Letter::OrderComment { .. } => orders::page(letter, w),
            Letter::Document { .. } | Letter::Selfcheck { .. } | Letter::ServiceDue { .. } => things::page(letter, w),
            Letter::OrderNews { .. } | Letter::Digest { .. } => several::page(letter, w),
            Letter::OrderToStaff { .. }
            | Letter::SelfcheckToStaff { .. }
            | Letter::DocumentToStaff { .. }
            | Letter::Doubtful { .. } => staff::page(letter, w),
            Letter::Accounts { .. } => accounts::page(letter, w),
            Letter::Test {} => Self {
                subject: (texts.test.subject)(w.group),
                parts: told(vec![(texts.test.opening)(w.group)]),
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

/// One thing, in paragraphs alone.
fn told(paragraphs: Vec<String>) -> Vec<Part> {
    vec![Part { paragraphs, ..Part::default() }]
}

/// maud escapes an address but does not ask where it leads.
pub(super) fn opens_in_a_browser(link: &str) -> bool {
    (link.starts_with("https://") || link.starts_with("http://")) && !link.contains(|c: char| c.is_whitespace())
}

fn name(line: &Line) -> String {
    clip(line.as_str(), NAME)
}

fn title(line: &Line) -> String {
    clip(line.as_str(), TITLE)
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
