//! Letters about an account.

use super::{NAME, Page, Part, Writing, clip, name, told};
use crate::outbox::letter::{AskedBy, Letter, Places};
use crate::words::{dates, portal};

/// Facilities that are named one by one.
const PLACES: usize = 12;

pub(super) fn page(letter: &Letter, w: Writing) -> Page {
    let (group, texts) = (w.group, w.texts);
    match letter {
        Letter::Invite { person, customer, expires, invited_by, .. } => {
            let (customer, words) = (name(customer), &texts.invite);
            let opening = match invited_by {
                Some(by) => (words.opening_by)(group, &customer, &name(by)),
                None => (words.opening)(group, &customer),
            };
            Page {
                subject: (words.subject)(group),
                hello: w.hello(person),
                parts: told(vec![opening, words.what.into()]),
                button: words.button,
                after: Some((words.expires)(&w.said(*expires))),
                why: (words.why)(group),
                ..Page::default()
            }
        }
        Letter::Reset { person, expires, by, .. } => {
            let words = &texts.reset;
            let (opening, why) = match by {
                AskedBy::Themselves => ((words.opening_themselves)(group), words.why_themselves.into()),
                AskedBy::Company => ((words.opening_company)(group), (words.why_company)(group)),
            };
            Page {
                subject: (words.subject)(group),
                hello: w.hello(person),
                parts: told(vec![opening]),
                button: words.button,
                after: Some((words.expires)(&w.said(*expires))),
                why,
                ..Page::default()
            }
        }
        Letter::PasswordChanged { person, at, client } => {
            let words = &texts.changed;
            let mut paragraphs = vec![(words.opening)(group, &w.said(*at))];
            paragraphs.extend(client.as_ref().map(|address| (words.client)(&name(address))));
            paragraphs.push(words.fine.into());
            Page {
                subject: (words.subject)(group),
                hello: w.hello(person),
                parts: told(paragraphs),
                lead: Some(words.not_you),
                button: words.button,
                why: words.why.into(),
                ..Page::default()
            }
        }
        Letter::AddressChanged { person, at, old, new, to_new } => {
            let words = texts.address;
            let opening = (words.opening)(group, &w.said(*at), &clip(old.as_str(), NAME), &clip(new.as_str(), NAME));
            let (paragraphs, button) = match to_new {
                true => (vec![opening, words.to_new.into()], words.button),
                false => (vec![opening, words.to_old.into(), (words.not_agreed)(group)], ""),
            };
            Page {
                subject: (words.subject)(group),
                hello: w.hello(person),
                parts: told(paragraphs),
                button,
                why: (words.why)(group),
                ..Page::default()
            }
        }
        Letter::Locked { person, until, .. } => {
            let words = texts.locked;
            Page {
                subject: (words.subject)(group),
                hello: w.hello(person),
                parts: told(vec![(words.opening)(group, &w.said(*until)), words.you.into()]),
                lead: Some(words.not_you),
                button: words.button,
                why: words.why.into(),
                ..Page::default()
            }
        }
        Letter::AccessChanged { person, customer, permissions, scope, until } => {
            let (words, customer) = (texts.access, &name(customer));
            let sight = portal::of(w.lang).sight;
            let parts = if permissions.is_empty() {
                told(vec![(words.nothing)(group, customer)])
            } else {
                let may = permissions.iter().map(|one| (sight.may)(*one).to_owned()).collect();
                let until = until.map(|day| (sight.until)(&dates::day(day, w.lang)));
                vec![
                    Part { paragraphs: vec![(words.opening)(group, customer)], points: may, ..Part::default() },
                    Part { paragraphs: vec![format!("{}:", sight.place)], points: places(scope, w), ..Part::default() },
                    Part { paragraphs: until.into_iter().collect(), ..Part::default() },
                ]
            };
            Page {
                subject: (words.subject)(customer),
                hello: w.hello(person),
                parts,
                button: words.button,
                why: (words.why)(group),
                ..Page::default()
            }
        }
        _ => Page::default(),
    }
}

/// Where an access holds, a sentence for each way.
fn places(scope: &Places, w: Writing) -> Vec<String> {
    let sight = portal::of(w.lang).sight;
    let mut points = Vec::new();
    if scope.everywhere {
        points.push(sight.everywhere.to_owned());
    } else if !scope.facilities.is_empty() {
        let names: Vec<_> = scope.facilities.iter().take(PLACES).map(name).collect();
        points.push((sight.at)(&names.join(", ")));
        let more = scope.facilities.len().saturating_sub(PLACES);
        points.extend((more > 0).then(|| (w.texts.access.more)(more)));
    }
    points.extend(scope.unattached.then(|| sight.unattached.to_owned()));
    if points.is_empty() {
        points.push(sight.nowhere.to_owned());
    }
    points
}
