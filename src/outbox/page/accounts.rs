//! The letter that tells administrators daily what others did with customer accounts.

use super::several::Room;
use super::{NAME, Page, Part, Writing, clip, name, told};
use crate::outbox::letter::{AccountAct, Letter, MOST_ACTS};
use crate::words::dates;

/// Bytes of HTML that the acts may take.
const ROOM: usize = 9_000;
/// Characters of what was given and taken with one act.
const DETAIL: usize = 200;

pub(super) fn page(letter: &Letter, w: Writing) -> Page {
    let Letter::Accounts { person, day, acts, more } = letter else { return Page::default() };
    let words = w.texts.accounts;
    let mut room = Room::of(ROOM);
    let mut points = Vec::new();
    for act in acts.iter().take(MOST_ACTS) {
        let point = line(act, w);
        if !room.takes(&Part { points: vec![point.clone()], ..Part::default() }) {
            break;
        }
        points.push(point);
    }
    let left = *more + acts.len() - points.len();
    let mut parts = vec![Part { paragraphs: vec![(words.opening)(w.group)], points, ..Part::default() }];
    if let (Some(first), 1..) = (acts.first(), left) {
        parts.extend(told(vec![(words.more)(left, &format!("frontdesk audit list --since {}", first.at))]));
    }
    parts.extend(told(vec![words.surprise.to_owned()]));
    Page {
        subject: (words.subject)(acts.len() + *more, &dates::day(*day, w.lang)),
        hello: w.hello(person),
        parts,
        why: (words.why)(w.group),
        is_for_staff: true,
        ..Page::default()
    }
}

/// When, who, what, on whom, by which way.
fn line(act: &AccountAct, w: Writing) -> String {
    let words = w.texts.accounts;
    let when = dates::short_date_time(act.at, &w.brand.zone, w.lang);
    let deed = (words.deed)(act.deed, &clip(act.on.as_str(), NAME));
    let customer = act.customer.as_ref().map(|number| (words.at)(&name(number)));
    let given = act.given.iter().map(|one| format!("+{one}"));
    let detail = given.chain(act.taken.iter().map(|one| format!("-{one}"))).collect::<Vec<_>>().join(" ");
    let detail = Some(clip(&detail, DETAIL)).filter(|detail| !detail.is_empty());
    let facts: Vec<_> = customer.into_iter().chain(detail).chain([(words.way)(act.via.as_str())]).collect();
    format!("{when}: {} {deed} ({})", name(&act.by), facts.join(", "))
}
