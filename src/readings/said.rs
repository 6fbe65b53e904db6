//! What is wrong or odd with a reading, in a sentence for the command line. Pages have their own in three languages.

use jiff::tz::TimeZone;

use super::judge::{Doubt, Refusal};
use super::{Amount, Point};
use crate::clock::Moment;
use crate::text::Line;

/// Why a reading cannot be true.
pub fn sentence(refusal: &Refusal, value: Amount, at: Moment, unit: &Line, zone: &TimeZone) -> String {
    let when = |moment: Moment| clock(moment, zone);
    let point = |point: &Point| format!("{} {unit} on {}", point.value, when(point.at));
    let said = format!("{value} {unit} on {}", when(at));
    match refusal {
        Refusal::Future { now } => format!("{said} is in the future: it is {} now", when(*now)),
        Refusal::Same(same) => format!("there is a reading of that moment already: {}", point(same)),
        Refusal::Below(before) => format!("{said} is below the reading before it, {}", point(before)),
        Refusal::Above(after) => format!("{said} is above the reading after it, {}", point(after)),
        Refusal::FastSince(before, fast) => format!(
            "{said} would be {} {unit} more than {}, and only {} hours passed in between",
            fast.counted,
            point(before),
            hours(fast.passed)
        ),
        Refusal::FastUntil(after, fast) => format!(
            "{said} would leave {} {unit} until {}, and only {} hours pass in between",
            fast.counted,
            point(after),
            hours(fast.passed)
        ),
        Refusal::NotLast(after) => {
            format!("a new meter cannot begin with {said}: the old one was read later, {}", point(after))
        }
    }
}

/// Why a reading is unlikely, as a question.
pub fn question(doubt: &Doubt, value: Amount, at: Moment, unit: &Line, zone: &TimeZone) -> String {
    let said = format!("{value} {unit} on {}", clock(at, zone));
    let before = |point: &Point| format!("{} {unit} on {}", point.value, clock(point.at, zone));
    match doubt {
        Doubt::More(point, told) => format!(
            "{said} is {} {unit} more than {}; about {} {unit} would be usual: is it right?",
            told.used,
            before(point),
            rounded(told.usual)
        ),
        Doubt::Less(point, told) => format!(
            "{said} is only {} {unit} more than {}; about {} {unit} would be usual: is it right?",
            told.used,
            before(point),
            rounded(told.usual)
        ),
        Doubt::Digit(point) => {
            format!("{said} comes after {}: is there one digit too many, or is it right?", before(point))
        }
    }
}

/// A value without decimals that nobody would say.
pub fn rounded(value: Amount) -> Amount {
    if value.0 >= 10_000 { Amount((value.0 + 500) / 1000 * 1000) } else { Amount((value.0 + 50) / 100 * 100) }
}

/// Hours that passed, to a tenth below.
fn hours(passed: Amount) -> Amount {
    Amount(passed.0 / 100 * 100)
}

fn clock(moment: Moment, zone: &TimeZone) -> String {
    moment.within(zone).strftime("%Y-%m-%d %H:%M").to_string()
}
