//! Times of the story, told from now: nobody works on a Sunday, whatever day the story is told on.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::clock::Moment;
use crate::error::{Error, Result};
use crate::text::Zone;

/// A time in the story.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum When {
    /// So many working days before today (negative) or after it, at a time of the day: 730 is half past seven.
    Day(i32, u16),
    /// So many minutes ago.
    Ago(i64),
}

/// The way from the beginning of the story to now.
pub(super) struct Path {
    now: Moment,
    today: Date,
    zone: TimeZone,
}

impl Path {
    /// The way to a moment, with the clocks of a zone.
    pub(super) fn to(now: Moment, zone: &Zone) -> Result<Self> {
        let zone = zone.rules();
        let today = now.within(&zone).date();
        // Every later reckoning stays within a few months of today.
        let far = jiff::Span::new().days(300);
        today.checked_add(far).and(today.checked_sub(far)).map_err(Error::internal)?;
        Ok(Self { now, today, zone })
    }

    /// The end of the way.
    pub(super) fn now(&self) -> Moment {
        self.now
    }

    /// When something is.
    pub(super) fn at(&self, when: When) -> Moment {
        match when {
            When::Ago(minutes) => self.now.plus(-60 * minutes),
            When::Day(days, clock) => {
                let day = working_day(self.today, days);
                let midnight = Moment::start_of(day, &self.zone).unwrap_or(self.now);
                let wall = day.at(to_i8(clock / 100), to_i8(clock % 100), 0, 0).to_zoned(self.zone.clone());
                wall.map_or(midnight, |zoned| Moment::from_unix(zoned.timestamp().as_second()))
            }
        }
    }

    /// When somebody is expected: on the quarter of an hour.
    pub(super) fn planned(&self, when: When) -> Moment {
        let exact = self.at(when).unix();
        Moment::from_unix(exact - exact.rem_euclid(15 * 60))
    }
}

/// The working day so many working days away.
fn working_day(from: Date, days: i32) -> Date {
    let mut day = from;
    let mut left = days.abs();
    while left > 0 {
        let next = if days < 0 { day.yesterday() } else { day.tomorrow() };
        let Ok(next) = next else { break };
        day = next;
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    day
}

fn to_i8(part: u16) -> i8 {
    i8::try_from(part).unwrap_or(0)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Fails unless these follow one another and none is in the future, on every day of a week, at night and at noon.
    pub(in crate::demo) fn have_happened(what: &str, story: &[When]) {
        let monday: Moment = "2026-03-30T01:30:00Z".parse().expect("a time");
        for halves in 0..14 {
            let now = monday.plus(halves * 12 * 3600);
            let path = Path::to(now, &Zone::parse("Europe/Stockholm").expect("a zone")).expect("a way");
            let times: Vec<_> = story.iter().map(|when| path.at(*when)).collect();
            assert!(times.is_sorted(), "{what}: {times:?}");
            assert!(times.last().is_some_and(|last| *last <= now), "{what}: {times:?}");
        }
    }

    #[test]
    fn working_days_leave_weekends_out() {
        let zone = Zone::parse("Europe/Stockholm").expect("a zone");
        let sunday: Moment = "2026-11-22T08:02:00Z".parse().expect("a time");
        let path = Path::to(sunday, &zone).expect("a way");
        for (when, at) in [
            (When::Day(-1, 730), "2026-11-20T06:30:00Z"),
            (When::Day(-6, 1500), "2026-11-13T14:00:00Z"),
            (When::Day(1, 800), "2026-11-23T07:00:00Z"),
            // Summer time ended on October 25.
            (When::Day(-21, 730), "2026-10-23T05:30:00Z"),
            (When::Ago(90), "2026-11-22T06:32:00Z"),
        ] {
            assert_eq!(path.at(when).to_string(), at, "{when:?}");
        }
        assert_eq!(path.planned(When::Ago(0)).to_string(), "2026-11-22T08:00:00Z");
    }
}
