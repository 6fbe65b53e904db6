//! Readings that cannot be true, and those that are unlikely.

use super::*;

const START: i64 = 1_700_000_000;

fn at(hours: i64) -> Moment {
    Moment::from_unix(START + hours * 3600)
}

fn point(value: i64, hours: i64) -> Point {
    Point { value: Amount::whole(value), at: at(hours), series: 1 }
}

fn claim(value: i64, hours: i64) -> Claim {
    Claim { value: Amount::whole(value), at: at(hours), hours: true, replaced: false }
}

fn between(before: Option<Point>, after: Option<Point>) -> Around {
    Around { before, after, ..Around::default() }
}

const LATE: i64 = 1_000_000;

#[test]
fn a_reading_fits_between_its_neighbours_in_time() {
    let (before, after) = (point(100, 0), point(150, 100));
    let around = between(Some(before), Some(after));
    let judged = |value, hours| judge(&claim(value, hours), &around, at(LATE));
    assert_eq!(judged(120, 50), Ok(1));
    assert_eq!(judged(100, 50), Ok(1), "it may stand still");
    assert_eq!(judged(150, 50), Ok(1));
    assert_eq!(judged(99, 50), Err(Refusal::Below(before)));
    assert_eq!(judged(151, 60), Err(Refusal::Above(after)));
    let passed = Passed { counted: Amount::whole(45), passed: Amount::whole(20) };
    assert_eq!(judged(145, 20), Err(Refusal::FastSince(before, passed)));
    let passed = Passed { counted: Amount::whole(45), passed: Amount::whole(20) };
    assert_eq!(judged(105, 80), Err(Refusal::FastUntil(after, passed)));
    assert_eq!(judge(&claim(1, 5), &Around::default(), at(4)), Err(Refusal::Future { now: at(4) }));
    assert_eq!(judge(&claim(1, 4), &Around::default(), at(4)), Ok(1), "now is not the future");
    let same = Around { same: Some(before), ..Around::default() };
    assert_eq!(judge(&claim(100, 0), &same, at(LATE)), Err(Refusal::Same(before)));
}

#[test]
fn no_more_hours_are_counted_than_pass() {
    let around = between(Some(point(100, 0)), None);
    let judged = |value: i64, hours| judge(&Claim { value: Amount(value), ..claim(0, hours) }, &around, at(LATE));
    assert_eq!(judged(124_000, 24), Ok(1));
    // A meter of whole hours at 100.99 and one day later at 125.0 is no lie.
    assert_eq!(
        judge(&Claim { at: Moment::from_unix(START + 24 * 3600 + 60), ..claim(125, 0) }, &around, at(LATE)),
        Ok(1)
    );
    assert!(judged(125_000, 24).is_err());
    assert!(judged(124_500, 24).is_err(), "tenths are not rounded");
    let kilometres = Claim { hours: false, ..claim(9_000, 1) };
    assert_eq!(judge(&kilometres, &around, at(LATE)), Ok(1), "only hours pass");
}

#[test]
fn a_new_meter_begins_anywhere_but_not_in_the_past() {
    let old = point(9_000, 0);
    let new = Claim { replaced: true, ..claim(3, 10) };
    assert_eq!(judge(&new, &between(Some(old), None), at(LATE)), Ok(2));
    assert_eq!(judge(&new, &Around::default(), at(LATE)), Ok(1));
    let after = point(9_100, 20);
    assert_eq!(judge(&new, &between(Some(old), Some(after)), at(LATE)), Err(Refusal::NotLast(after)));
    let next = Point { series: 2, ..point(3, 20) };
    assert_eq!(judge(&claim(9_005, 10), &between(Some(old), Some(next)), at(LATE)), Ok(1), "still the old meter");
    assert_eq!(judge(&claim(5, 30), &between(Some(next), None), at(LATE)), Ok(2));
    assert_eq!(judge(&claim(4, 10), &between(None, Some(next)), at(LATE)), Err(Refusal::Above(next)));
}

/// Days since the last reading of 1,000, what is read, what was usual a day, and whether that is asked about.
const ASKED: &[(i64, i64, i64, &str)] = &[
    (7, 1_014, 2, ""),
    (7, 1_042, 2, ""),
    (7, 1_060, 2, "more"),
    (1, 1_008, 2, ""),
    (30, 1_100, 2, ""),
    (30, 1_300, 2, "more"),
    (30, 1_000, 2, "less"),
    (30, 1_019, 2, "less"),
    (30, 1_021, 2, ""),
    (10, 1_000, 2, ""),
    (30, 1_009, 0, ""),
    (30, 1_040, 0, "more"),
    (30, 1_000, 0, ""),
    (10, 10_200, 2, "digit"),
    (10, 10_900, 2, "more"),
];

#[test]
fn what_is_unlikely_is_asked_about() {
    for (days, value, daily, asked) in ASKED {
        let usual = Rate { used: Amount::whole(daily * 90), seconds: 90 * DAY };
        let around = Around { usual: Some(usual), ..between(Some(point(1_000, 0)), None) };
        let claim = Claim { hours: false, ..claim(*value, days * 24) };
        let doubt = match doubt(&claim, &around) {
            None => "",
            Some(Doubt::More(..)) => "more",
            Some(Doubt::Less(..)) => "less",
            Some(Doubt::Digit(_)) => "digit",
        };
        assert_eq!(doubt, *asked, "{value} after {days} days at {daily} a day");
    }
}

#[test]
fn without_a_usual_rate_only_a_digit_too_many_is_seen() {
    let around = between(Some(point(1_000, 0)), None);
    let asked = |value| doubt(&Claim { hours: false, ..claim(value, 240) }, &around);
    assert_eq!(asked(3_000), None);
    assert_eq!(asked(10_050), Some(Doubt::Digit(point(1_000, 0))));
    assert_eq!(asked(99_000), None);
    assert_eq!(doubt(&claim(10_050, 240), &Around::default()), None, "the first reading says what it says");
    let replaced = Claim { replaced: true, ..claim(10_050, 240) };
    assert_eq!(doubt(&replaced, &around), None);
}

#[test]
fn a_rate_needs_a_week_of_one_meter() {
    let rate = Rate::between(point(0, 0), point(48, 240)).expect("ten days");
    assert_eq!(rate.within(DAY), Amount(4_800));
    assert_eq!(rate.time_for(Amount(9_600)), Some(2 * DAY));
    assert_eq!(Rate::between(point(0, 0), point(48, 100)), None);
    assert_eq!(Rate::between(point(0, 0), Point { series: 2, ..point(48, 240) }), None);
    assert_eq!(Rate::between(point(5, 0), point(5, 240)).expect("a standstill").time_for(Amount(1)), None);
}
