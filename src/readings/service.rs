//! When an object is due for service: a plain function of its interval, its last service and its use.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Amount, Point, Rate};
use crate::clock::Moment;

/// After how much an object is due: days, use of its own meter in whole units, or whichever comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// So many days.
    pub days: Option<i64>,
    /// So much use.
    pub hours: Option<i64>,
}

/// What has happened since the last service.
#[derive(Clone, Copy, Debug)]
pub struct Since {
    /// When that was.
    pub at: Moment,
    /// What the meter showed then, as far as that is known.
    pub value: Option<Amount>,
    /// What was used since, as far as that is known.
    pub used: Option<Amount>,
    /// The last reading.
    pub last: Option<Point>,
    /// The use lately.
    pub rate: Option<Rate>,
}

/// The next service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Next {
    /// The day by which it is due.
    pub by: Option<Date>,
    /// The value at which it is due.
    pub at: Option<Amount>,
    /// The day on which the meter will show that, if use goes on as it does.
    pub expected: Option<Date>,
    /// Since when, or by how much, it is overdue.
    pub overdue: Option<Overdue>,
}

/// How a service is overdue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Overdue {
    /// The day has passed, so many days ago.
    Days(Date, i64),
    /// The meter shows as much or more: the value at which it was due, and how much more.
    Use(Amount, Amount),
}

impl Next {
    /// The day on which it is due, by the calendar or by the use that is expected.
    pub fn soonest(&self) -> Option<Date> {
        self.by.into_iter().chain(self.expected).min()
    }
}

/// The next service after the last one, as seen now on the clocks of a zone.
pub fn next(pace: Pace, since: &Since, now: Moment, zone: &TimeZone) -> Next {
    let day = |moment: Moment| moment.within(zone).date();
    let today = day(now);
    let by = pace.days.and_then(|days| day(since.at).checked_add(days.days()).ok());
    let whole = pace.hours.map(Amount::whole);
    let at = whole.and_then(|whole| match (since.last, since.used) {
        (Some(last), Some(used)) => Some(Amount(last.value.0 + whole.0 - used.0)),
        _ => since.value.map(|value| Amount(value.0 + whole.0)),
    });
    let left = at.zip(since.last).map(|(at, last)| (Amount(at.0 - last.value.0), last.at));
    let expected = left.filter(|(left, _)| left.0 > 0).zip(since.rate).and_then(|((left, from), rate)| {
        let seconds = rate.time_for(left)?;
        let moment = Moment::from_unix(from.unix().saturating_add(seconds));
        // Nobody plans further than a century.
        (seconds < 100 * 366 * super::judge::DAY).then(|| day(moment))
    });
    let used_up = at.zip(since.last).filter(|(at, last)| last.value >= *at);
    let overdue = match (by, used_up) {
        (_, Some((at, last))) => Some(Overdue::Use(at, Amount(last.value.0 - at.0))),
        (Some(by), None) if by < today => {
            let days = by.until(today).map_or(0, |span| i64::from(span.get_days()));
            Some(Overdue::Days(by, days))
        }
        _ => None,
    };
    Next { by, at, expected, overdue }
}

/// What a meter showed at a moment: between two readings of one meter by their line, else what the nearer side knows.
pub fn value_at(moment: Moment, before: Option<Point>, after: Option<Point>) -> Option<(Amount, i64)> {
    match (before, after) {
        (Some(before), Some(after)) if before.series == after.series && before.at < after.at => {
            let (span, part) = (after.at.unix() - before.at.unix(), moment.unix() - before.at.unix());
            let rise = i128::from(after.value.0 - before.value.0) * i128::from(part) / i128::from(span);
            // Nobody believes more than whole units of a line between two readings.
            let value = before.value.0 + i64::try_from(rise).unwrap_or(0);
            Some((Amount((value - value % 1000).max(before.value.0)), before.series))
        }
        (Some(point), _) | (None, Some(point)) => Some((point.value, point.series)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readings::judge::DAY;

    const START: &str = "2026-01-01T08:00:00Z";

    fn at(days: i64) -> Moment {
        START.parse::<Moment>().expect("a time").plus(days * DAY)
    }

    struct Case {
        name: &'static str,
        pace: (Option<i64>, Option<i64>),
        /// What the meter showed at the start, what was used since, the last reading as value and day.
        meter: (Option<i64>, Option<i64>, Option<(i64, i64)>),
        /// Units a day.
        daily: Option<i64>,
        today: i64,
        expected: &'static str,
    }

    const fn case(
        name: &'static str,
        pace: (Option<i64>, Option<i64>),
        meter: (Option<i64>, Option<i64>, Option<(i64, i64)>),
        daily: Option<i64>,
        today: i64,
        expected: &'static str,
    ) -> Case {
        Case { name, pace, meter, daily, today, expected }
    }

    const NO_METER: (Option<i64>, Option<i64>, Option<(i64, i64)>) = (None, None, None);

    const CASES: &[Case] = &[
        case("by days", (Some(100), None), NO_METER, None, 10, "by 2026-04-11"),
        case("on the day itself", (Some(100), None), NO_METER, None, 100, "by 2026-04-11"),
        case("the day after", (Some(100), None), NO_METER, None, 101, "by 2026-04-11; overdue by 1 days"),
        case("long ago", (Some(100), None), NO_METER, None, 500, "by 2026-04-11; overdue by 400 days"),
        case(
            "by use, at eight hours a day",
            (None, Some(1_000)),
            (Some(12_000), Some(200), Some((12_200, 25))),
            Some(8),
            30,
            "at 13000; expected 2026-05-06",
        ),
        case(
            "whichever comes first is the day",
            (Some(100), Some(1_000)),
            (Some(12_000), Some(200), Some((12_200, 25))),
            Some(8),
            30,
            "by 2026-04-11; at 13000; expected 2026-05-06",
        ),
        case("nothing is used", (None, Some(1_000)), (Some(5), Some(0), Some((5, 25))), Some(0), 30, "at 1005"),
        case("no rate yet", (None, Some(1_000)), (Some(5), Some(2), Some((7, 1))), None, 2, "at 1005"),
        case("no reading at all", (None, Some(1_000)), NO_METER, None, 2, ""),
        case("only the value at the start", (None, Some(1_000)), (Some(500), None, None), None, 2, "at 1500"),
        case(
            "exactly used up",
            (None, Some(100)),
            (Some(500), Some(100), Some((600, 20))),
            Some(5),
            21,
            "at 600; overdue by 0 units",
        ),
        case(
            "more than used up, and the day has passed too",
            (Some(10), Some(100)),
            (Some(500), Some(150), Some((650, 20))),
            Some(7),
            21,
            "by 2026-01-11; at 600; overdue by 50 units",
        ),
        case(
            "the meter was replaced in between",
            (None, Some(1_000)),
            (Some(12_000), Some(300), Some((40, 25))),
            Some(10),
            30,
            "at 740; expected 2026-04-06",
        ),
        case(
            "what was expected has passed without a reading",
            (None, Some(100)),
            (Some(0), Some(90), Some((90, 9))),
            Some(10),
            60,
            "at 100; expected 2026-01-11",
        ),
    ];

    #[test]
    fn the_next_service_is_what_comes_first() {
        for case in CASES {
            let (value, used, last) = case.meter;
            let since = Since {
                at: at(0),
                value: value.map(Amount::whole),
                used: used.map(Amount::whole),
                last: last.map(|(value, days)| Point { value: Amount::whole(value), at: at(days), series: 1 }),
                rate: case.daily.map(|daily| Rate { used: Amount::whole(daily), seconds: DAY }),
            };
            let pace = Pace { days: case.pace.0, hours: case.pace.1 };
            let next = next(pace, &since, at(case.today), &TimeZone::UTC);
            let parts = [
                next.by.map(|day| format!("by {day}")),
                next.at.map(|value| format!("at {value}")),
                next.expected.map(|day| format!("expected {day}")),
                next.overdue.map(|overdue| match overdue {
                    Overdue::Days(_, days) => format!("overdue by {days} days"),
                    Overdue::Use(_, more) => format!("overdue by {more} units"),
                }),
            ];
            assert_eq!(parts.into_iter().flatten().collect::<Vec<_>>().join("; "), case.expected, "{}", case.name);
        }
    }

    #[test]
    fn a_value_in_between_lies_on_the_line() {
        let point = |value, days, series| Some(Point { value: Amount::whole(value), at: at(days), series });
        let value = |before, after| value_at(at(5), before, after).map(|(value, series)| (value.0 / 1000, series));
        assert_eq!(value(point(100, 0, 1), point(200, 10, 1)), Some((150, 1)));
        assert_eq!(value(point(100, 0, 1), point(3, 10, 2)), Some((100, 1)));
        assert_eq!(value(point(100, 0, 1), None), Some((100, 1)));
        assert_eq!(value(None, point(200, 10, 3)), Some((200, 3)));
        assert_eq!(value(None, None), None);
    }
}
