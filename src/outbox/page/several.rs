//! Letters that hold others: several news of one order, and what happened since yesterday.

use super::{Page, Part, Writing, clip, facts, name, orders, staff, things, title};
use crate::outbox::letter::{Letter, OrderFacts};
use crate::text::Number;
use crate::words::dates;

/// News that one mail tells at most.
const MOST: usize = 50;
/// Bytes of HTML that the news of an order and of a day may take, so that the mail stays small whatever people wrote.
const NEWS_ROOM: usize = 6_000;
const DAY_ROOM: usize = 10_000;
/// Characters of what somebody wrote, by how much else there is to tell.
const QUOTE: usize = 240;
const BRIEF: usize = 140;

pub(super) fn page(letter: &Letter, w: Writing) -> Page {
    let words = w.texts.several;
    match letter {
        Letter::OrderNews { person, order, letters } => {
            if let [only] = letters.as_slice() {
                return Page::of(only, w.brand, w.lang, w.texts);
            }
            let (number, count) = (order.number.as_str(), flat(letters).len());
            let subject = (words.subject_news)(number, count, &title(&order.title));
            let mut page = match letter.is_for_staff() {
                true => Page { subject: staff::urgent(order, subject, w), ..staff::about(person, order, w) },
                false => Page { subject, ..orders::about(person, order, w) },
            };
            page.facts = told_facts(order, letters, &page, w);
            let urgent = page.is_for_staff && order.emergency;
            page.parts = vec![Part {
                heading: urgent.then(|| w.texts.staff.emergency.to_owned()),
                paragraphs: vec![(words.opening_news)(number)],
                ..Part::default()
            }];
            page.parts.extend(news(letters, w));
            page
        }
        Letter::Digest { person, customer, day, letters } => {
            let (customer, count) = (name(customer), flat(letters).len());
            let mut parts = vec![Part { paragraphs: vec![(words.opening_digest)(&customer)], ..Part::default() }];
            parts.extend(digest(letters, w));
            Page {
                subject: (words.subject_digest)(&clip(&customer, super::TITLE), count, &dates::day(*day, w.lang)),
                hello: w.hello(person),
                parts,
                button: words.button,
                why: (words.why_digest)(w.group, &customer),
                ..Page::default()
            }
        }
        _ => Page::default(),
    }
}

/// The facts of the order, with the last status that is told.
fn told_facts(order: &OrderFacts, letters: &[Letter], page: &Page, w: Writing) -> facts::Facts {
    let status = letters.iter().rev().find_map(|letter| match letter {
        Letter::OrderStatus { to, .. } => Some(name(to)),
        _ => None,
    });
    let asked = page.is_for_staff || letters.iter().any(|letter| matches!(letter, Letter::OrderReceived { .. }));
    let mut told = facts::order(order, status.as_deref(), w);
    told.extend(asked.then(|| facts::wishes(order, w)).into_iter().flatten());
    told
}

/// The news one after the other, numbered, as each would be told by itself.
fn news(letters: &[Letter], w: Writing) -> Vec<Part> {
    let all = flat(letters);
    let most = if all.len() > 3 { QUOTE } else { 2 * QUOTE };
    let mut room = Room(NEWS_ROOM);
    let mut parts: Vec<Part> = Vec::new();
    for letter in all.iter().take(MOST) {
        let page = Page::of(letter, w.brand, w.lang, w.texts);
        let Some(Part { mut paragraphs, quote, .. }) = page.parts.into_iter().next() else { continue };
        let opening = if paragraphs.is_empty() { page.subject } else { paragraphs.remove(0) };
        let part = Part {
            heading: Some(format!("{}. {opening}", parts.len() + 1)),
            paragraphs,
            quote: quote.map(|(intro, text)| (intro, clip(&text, most))),
            ..Part::default()
        };
        if !room.takes(&part) {
            break;
        }
        parts.push(part);
    }
    let more = all.len().saturating_sub(parts.len());
    parts.extend((more > 0).then(|| rest(more, w)));
    parts
}

/// The news in a line or two each, under what they are about; what changed last comes last.
fn digest(letters: &[Letter], w: Writing) -> Vec<Part> {
    let all = flat(letters);
    let mut groups: Vec<Part> = Vec::new();
    let mut room = Room(DAY_ROOM);
    let mut told = 0;
    // The newest news are the ones to keep when there are too many.
    for letter in all.iter().rev().take(MOST) {
        let heading = Some(heading(letter, w));
        let point = brief(letter, w);
        let known = groups.iter().position(|group| group.heading == heading);
        let fresh = Part {
            heading: heading.clone().filter(|_| known.is_none()),
            points: vec![point.clone()],
            ..Part::default()
        };
        if !room.takes(&fresh) {
            break;
        }
        match known {
            Some(at) => groups[at].points.insert(0, point),
            None => groups.insert(0, Part { heading, points: vec![point], ..Part::default() }),
        }
        told += 1;
    }
    groups.extend((told < all.len()).then(|| rest(all.len() - told, w)));
    groups
}

/// What a letter tells, as one line.
fn brief(letter: &Letter, w: Writing) -> String {
    let between = if matches!(letter, Letter::Document { .. }) { ", " } else { " " };
    let page = Page::of(letter, w.brand, w.lang, w.texts);
    let Some(part) = page.parts.into_iter().next() else { return page.subject };
    let opening = part.paragraphs.into_iter().next().unwrap_or(page.subject);
    let Some((_, text)) = part.quote else { return opening };
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let said = (w.texts.replies.said)(&clip(&lines.join(between), BRIEF));
    format!("{}: {said}", opening.trim_end_matches(['.', ':']))
}

/// What a letter is about, over what happened to it.
fn heading(letter: &Letter, w: Writing) -> String {
    let order = |number: &Number, about: &str| format!("{number} {about}");
    match (letter, letter.order()) {
        (_, Some(facts)) => order(&facts.number, &name(&facts.title)),
        (Letter::Document { on, .. }, _) => things::thing(on),
        (Letter::ServiceDue { object, .. }, _) => facts::numbered(object),
        (Letter::Selfcheck { selfcheck, .. }, _) => match (&selfcheck.order, &selfcheck.about, &selfcheck.object) {
            (Some(number), Some(about), _) => order(number, &name(about)),
            (Some(number), None, _) => number.to_string(),
            (None, _, Some(object)) => name(object),
            (None, _, None) => name(&selfcheck.customer),
        },
        _ => w.group.to_owned(),
    }
}

fn rest(more: usize, w: Writing) -> Part {
    Part { paragraphs: vec![(w.texts.several.more)(more)], ..Part::default() }
}

/// The letters that hold no others, oldest first.
fn flat(letters: &[Letter]) -> Vec<&Letter> {
    let mut out = Vec::new();
    for letter in letters {
        match letter.letters() {
            [] => out.push(letter),
            parts => out.extend(flat(parts)),
        }
    }
    out
}

/// Room for news.
pub(super) struct Room(usize);

impl Room {
    /// So many bytes of HTML.
    pub(super) fn of(bytes: usize) -> Self {
        Self(bytes)
    }

    /// Whether a part still fits; if so its room is taken.
    pub(super) fn takes(&mut self, part: &Part) -> bool {
        let all = |texts: &[String], around: usize| texts.iter().map(|text| weight(text) + around).sum::<usize>();
        let quote = part.quote.as_ref();
        let needed = part.heading.as_ref().map_or(0, |text| weight(text) + 80)
            + all(&part.paragraphs, 40)
            + all(&part.points, 10)
            + quote.map_or(0, |(intro, text)| intro.as_deref().map_or(0, weight) + weight(text) + 200);
        let fits = needed <= self.0;
        if fits {
            self.0 -= needed;
        }
        fits
    }
}

/// Bytes of a text in HTML.
fn weight(text: &str) -> usize {
    text.bytes().map(|byte| if matches!(byte, b'"' | b'&' | b'<' | b'>') { 6 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_weighs_what_it_takes_once_it_is_escaped() {
        assert_eq!((weight("ab"), weight("å"), weight("\"<")), (2, 2, 12));
        let mut room = Room(2 * 45);
        let part = Part { paragraphs: vec!["abcde".into()], ..Part::default() };
        assert!(room.takes(&part) && room.takes(&part) && !room.takes(&part));
    }
}
