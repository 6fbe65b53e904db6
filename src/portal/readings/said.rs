//! Readings in the visitor's language, on the clocks of the object.

use super::views::readings::{Row, Service as Told};
use crate::access::Actor;
use crate::clock::Moment;
use crate::objects::METER;
use crate::portal::ui::When;
use crate::portal::ui::chart::{Chart, Dot};
use crate::portal::ui::form::Problem;
use crate::portal::views::readings::{AT, REPLACED, VALUE};
use crate::readings::{self, Amount, Doubt, History, Meter, Next, Overdue, Point, ReadingState, Refusal, Service};
use crate::text::decimal::Flaw;
use crate::text::{Lang, Zone, shown};
use crate::words;
use crate::words::portal::Readings;
use crate::words::{dates, numbers};

/// In which language, and on which clocks.
pub(super) struct Voice {
    pub(super) lang: Lang,
    pub(super) zone: Zone,
}

impl Voice {
    pub(super) fn words(&self) -> &'static Readings {
        words::portal::of(self.lang).readings
    }

    /// `12,459.5 h`, which does not break.
    pub(super) fn amount(&self, value: Amount, unit: &str) -> String {
        format!("{}\u{a0}{unit}", numbers::thousandths(value.0, self.lang))
    }

    pub(super) fn when(&self, moment: Moment) -> When {
        When {
            machine: dates::machine(moment, &self.zone),
            text: dates::short_date_time(moment, &self.zone, self.lang),
        }
    }

    /// `12,459 h on 19 Nov 2026, 08:00`
    pub(super) fn named(&self, value: Amount, at: Moment, unit: &str) -> String {
        (self.words().named)(&self.amount(value, unit), &self.when(at).text)
    }

    /// What a meter counts; the usual one in the visitor's own words.
    pub(super) fn meter(&self, meter: &Meter) -> String {
        if meter.name.as_str() == METER { self.words().operating_hours.into() } else { meter.name.to_string() }
    }

    /// Reads a value as it is written in the visitor's language.
    ///
    /// Spanish writes `12.459` for what others write `12,459`: there a point can be read in two ways as well.
    pub(super) fn value(&self, typed: &str) -> Result<Amount, Problem> {
        let typed = typed.trim();
        let said = self.words();
        let groups: Vec<&str> = typed.split('.').collect();
        let is_spanish = self.lang == Lang::Es
            && matches!(groups.as_slice(), [first, rest] if rest.len() == 3 && (1..=3).contains(&first.len()) && *first != "0");
        let read = Amount::read(typed, None);
        let flaw = match read {
            Ok(_) if is_spanish => Flaw::TwoWays,
            Ok(value) => return Ok(value),
            Err(flaw) => flaw,
        };
        let text = match flaw {
            _ if typed.is_empty() => said.value_missing.to_owned(),
            Flaw::NoNumber | Flaw::Ends => (said.value_odd)(&shown(typed)),
            Flaw::TooFine => said.too_fine.into(),
            Flaw::TooLarge => said.too_large.into(),
            Flaw::TwoWays => {
                let whole: String = typed.chars().filter(char::is_ascii_digit).collect();
                // A fourth decimal leaves no doubt.
                let part = match self.lang {
                    Lang::En => typed.replace(',', "."),
                    Lang::Sv | Lang::Es => format!("{}0", typed.replace('.', ",")),
                };
                (said.two_ways)(&shown(typed), &whole, &part)
            }
        };
        Err(Problem::new(VALUE, text))
    }

    /// Why a reading cannot be true.
    pub(super) fn refusal(&self, refusal: &Refusal, value: Amount, at: Moment, unit: &str) -> Problem {
        let said = self.words();
        let own = self.named(value, at, unit);
        let point = |point: &Point| self.named(point.value, point.at, unit);
        let tenth = |amount: Amount| self.amount(Amount(amount.0 / 100 * 100), unit);
        match refusal {
            Refusal::Future { now } => Problem::new(AT, (said.future)(&own, &self.when(*now).text)),
            Refusal::Same(same) => Problem::new(AT, (said.same)(&point(same))),
            Refusal::Below(before) => Problem::new(VALUE, (said.below)(&own, &point(before))),
            Refusal::Above(after) => Problem::new(VALUE, (said.above)(&own, &point(after))),
            Refusal::FastSince(before, fast) => {
                let counted = self.amount(fast.counted, unit);
                Problem::new(VALUE, (said.fast_since)(&own, &point(before), &counted, &tenth(fast.passed)))
            }
            Refusal::FastUntil(after, fast) => {
                let counted = self.amount(fast.counted, unit);
                Problem::new(VALUE, (said.fast_until)(&own, &point(after), &counted, &tenth(fast.passed)))
            }
            Refusal::NotLast(after) => Problem::new(REPLACED, (said.not_last)(&own, &point(after))),
        }
    }

    /// Why a reading is unlikely.
    pub(super) fn doubt(&self, doubt: &Doubt, value: Amount, at: Moment, unit: &str) -> String {
        let said = self.words();
        let own = self.named(value, at, unit);
        let point = |point: &Point| self.named(point.value, point.at, unit);
        let usual = |amount: Amount| self.amount(readings::rounded(amount), unit);
        match doubt {
            Doubt::More(before, told) => {
                (said.more)(&own, &point(before), &self.amount(told.used, unit), &usual(told.usual))
            }
            Doubt::Less(before, told) => {
                (said.less)(&own, &point(before), &self.amount(told.used, unit), &usual(told.usual))
            }
            Doubt::Digit(before) => (said.digit)(&own, &point(before)),
        }
    }

    /// The next service in sentences.
    pub(super) fn service(&self, service: &Service) -> Told {
        let (said, unit) = (self.words(), service.unit.as_str());
        let day = |date| dates::day(date, self.lang);
        let Next { by, at, expected, overdue } = service.next;
        let when = match (overdue, by, at) {
            (Some(Overdue::Days(date, days)), ..) => {
                let [one, other] = said.days;
                (said.late_since)(&day(date), &numbers::counted(days, self.lang, one, other))
            }
            (Some(Overdue::Use(due, more)), ..) => (said.late_by)(&self.amount(due, unit), &self.amount(more, unit)),
            (None, Some(by), Some(at)) => (said.due_on_or_at)(&day(by), &self.amount(at, unit)),
            (None, Some(by), None) => (said.due_on)(&day(by)),
            (None, None, Some(at)) => (said.due_at)(&self.amount(at, unit)),
            (None, None, None) => said.unknown.into(),
        };
        let expected = expected.filter(|_| overdue.is_none()).map(|date| (said.expected)(&day(date)));
        Told { name: service.interval.name.to_string(), when, expected, overdue: overdue.is_some() }
    }

    /// A reading in the history of its meter.
    pub(super) fn row(&self, row: &History, actor: &Actor, edit: String) -> Row {
        let (said, reading) = (self.words(), &row.reading);
        let counts = reading.state == ReadingState::Valid;
        let change = row.before.filter(|_| counts).map(|before| {
            let more = Amount(reading.value.0 - before.0);
            let sign = if more.0 > 0 { "+" } else { "" };
            format!("{sign}{}", self.amount(more, reading.unit.as_str()))
        });
        let by = reading.ended_by.as_ref().map(ToString::to_string).unwrap_or_default();
        let at = reading.ended_at.map(|at| dates::short_date(at, &self.zone, self.lang)).unwrap_or_default();
        let what = match reading.state {
            ReadingState::Valid => None,
            ReadingState::Corrected => Some((said.corrected)(&by, &at)),
            ReadingState::Deleted => Some((said.deleted)(&by, &at)),
        };
        Row {
            when: self.when(reading.read_at),
            value: self.amount(reading.value, reading.unit.as_str()),
            change,
            new_meter: counts && reading.series > 1 && row.before.is_none(),
            by: reading.author.to_string(),
            note: reading.note.as_ref().map(ToString::to_string),
            ended: what.map(|what| (what, reading.ended_why.as_ref().map(ToString::to_string))),
            edit: readings::may_change(actor, reading).then_some(edit),
        }
    }

    /// The curve with what it says in words; nothing below two points.
    pub(super) fn chart(&self, meter: &Meter, points: &[Point]) -> Option<Chart> {
        let (first, last) = points.first().zip(points.last()).filter(|_| points.len() > 1)?;
        let (said, unit) = (self.words(), meter.unit.as_str());
        let used = points.chunk_by(|one, other| one.series == other.series);
        let used: i64 = used.map(|line| line[line.len() - 1].value.0 - line[0].value.0).sum();
        let days = (last.at.unix() - first.at.unix() + 43_200) / 86_400;
        let [one, other] = said.days;
        let named = |point: &Point| {
            (said.named)(&self.amount(point.value, unit), &dates::short_date(point.at, &self.zone, self.lang))
        };
        let span = numbers::counted(days, self.lang, one, other);
        let mut desc = vec![(said.from_to)(&named(first), &named(last), &self.amount(Amount(used), unit), &span)];
        for pair in points.windows(2).filter(|pair| pair[0].series != pair[1].series) {
            desc.push((said.replaced_on)(&dates::short_date(pair[1].at, &self.zone, self.lang)));
        }
        desc.push(said.as_table.into());
        Some(Chart {
            title: (said.chart)(&self.meter(meter), unit),
            desc: desc.join(" "),
            lang: self.lang,
            zone: self.zone.clone(),
            dots: points.iter().map(|one| Dot { at: one.at, value: one.value.0, series: one.series }).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(lang: Lang) -> Voice {
        Voice { lang, zone: Zone::parse("Europe/Stockholm").expect("a zone") }
    }

    #[test]
    fn a_value_is_read_in_the_visitors_language_and_nothing_is_guessed() {
        for (lang, typed, taken) in [
            (Lang::En, "12459.5", Some(12_459_500)),
            (Lang::En, "12.459", Some(12_459)),
            (Lang::En, "12,459", None),
            (Lang::Sv, "12 459,5", Some(12_459_500)),
            (Lang::Sv, "12,459", None),
            (Lang::Sv, "12,4590", Some(12_459)),
            (Lang::Es, "12.459", None),
            (Lang::Es, "12,459", None),
            (Lang::Es, "12,4590", Some(12_459)),
            (Lang::Es, "12.459,5", Some(12_459_500)),
            (Lang::Es, "0.459", Some(459)),
            (Lang::Es, "", None),
            (Lang::Es, "muchas", None),
        ] {
            let read = voice(lang).value(typed).map(|value| value.0).ok();
            assert_eq!(read, taken, "{typed} in {lang}");
        }
        for (lang, typed, way_out) in [
            (Lang::En, "12,459", "“12,459” can be read in two ways. Enter 12459 or 12.459."),
            (Lang::Sv, "12,459", "”12,459” kan läsas på två sätt. Skriv 12459 eller 12,4590."),
            (Lang::Es, "12.459", "«12.459» se puede leer de dos maneras. Escriba 12459 o 12,4590."),
        ] {
            assert_eq!(voice(lang).value(typed).expect_err("two ways").text, way_out);
        }
    }

    #[test]
    fn the_curve_says_in_words_what_it_shows() {
        let point = |time: &str, value, series| Point {
            value: Amount::whole(value),
            at: time.parse().expect("a time"),
            series,
        };
        let meter = Meter {
            name: crate::text::Line::parse(METER).expect("a meter"),
            unit: crate::text::Line::parse("h").expect("a unit"),
        };
        let points = [
            point("2026-01-03T08:00:00Z", 12_034, 1),
            point("2026-06-01T08:00:00Z", 12_300, 1),
            point("2026-06-02T08:00:00Z", 5, 2),
            point("2026-11-19T08:00:00Z", 164, 2),
        ];
        let chart = voice(Lang::En).chart(&meter, &points).expect("a curve");
        assert_eq!(chart.title, "Operating hours, in h");
        assert_eq!(
            chart.desc.replace('\u{a0}', " "),
            "From 12,034 h on 3 Jan 2026 to 164 h on 19 Nov 2026: 425 h in 320 days. The meter was replaced; the new one \
             was first read on 2 Jun 2026. The table shows the same readings."
        );
        assert!(voice(Lang::En).chart(&meter, &points[..1]).is_none());
    }
}
