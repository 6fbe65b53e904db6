//! A curve of readings as inline SVG: plain numbers in, markup out. The table beside it says the same in words.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use maud::{Markup, html};

use crate::clock::Moment;
use crate::text::{Lang, Zone};
use crate::words::{dates, numbers};

/// The picture in its own units, which become about as many pixels on a telephone.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 58.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 28.0;

/// No axis has more labels than this.
const MOST: usize = 5;

/// A curve.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows, in what unit.
    pub title: String,
    /// The first, the last, and how much in which time.
    pub desc: String,
    /// The language of numbers and dates.
    pub lang: Lang,
    /// The zone of the dates.
    pub zone: Zone,
    /// The points in the order of time.
    pub dots: Vec<Dot>,
}

/// A point of the curve.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Dot {
    /// When.
    pub at: Moment,
    /// What, in thousandths.
    pub value: i64,
    /// The line it belongs to; a new one is not joined to the one before.
    pub series: i64,
}

/// Draws a curve; nothing where there is no point.
pub fn chart(chart: &Chart) -> Markup {
    let (Some(first), Some(last)) = (chart.dots.first(), chart.dots.last()) else { return html! {} };
    let values = value_ticks(
        chart.dots.iter().map(|dot| dot.value).min().unwrap_or(0),
        chart.dots.iter().map(|dot| dot.value).max().unwrap_or(0),
    );
    let (low, high) = (values[0], values[values.len() - 1]);
    // A single moment stands in the middle of its day.
    let (from, to) = match last.at.unix() - first.at.unix() {
        0 => (first.at.unix() - 43_200, last.at.unix() + 43_200),
        _ => (first.at.unix(), last.at.unix()),
    };
    let x = |unix: i64| LEFT + (WIDTH - LEFT - RIGHT) * share(unix - from, to - from);
    let y = |value: i64| HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share(value - low, high - low);
    let small = chart.dots.len() > 40;
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-labelledby="chart-title" aria-describedby="chart-desc" {
            title id="chart-title" { (chart.title) }
            desc id="chart-desc" { (chart.desc) }
            @for value in &values {
                line x1=(LEFT) x2=(WIDTH - RIGHT) y1=(at(y(*value))) y2=(at(y(*value))) stroke="currentColor" stroke-opacity=".18" {}
                text x=(LEFT - 8.0) y=(at(y(*value) + 4.0)) text-anchor="end" font-size="13" fill="currentColor" {
                    (numbers::thousandths(*value, chart.lang))
                }
            }
            @for (moment, label) in time_ticks(first.at, last.at, &chart.zone, chart.lang) {
                @let place = x(moment.unix());
                line x1=(at(place)) x2=(at(place)) y1=(HEIGHT - BOTTOM) y2=(HEIGHT - BOTTOM + 5.0) stroke="currentColor" {}
                text x=(at(place)) y=(HEIGHT - 7.0) text-anchor=(anchor(place)) font-size="13" fill="currentColor" { (label) }
            }
            g {
                @for line in chart.dots.chunk_by(|one, other| one.series == other.series) {
                    @if line[0].series != first.series {
                        line x1=(at(x(line[0].at.unix()))) x2=(at(x(line[0].at.unix()))) y1=(TOP) y2=(HEIGHT - BOTTOM)
                            stroke="currentColor" stroke-dasharray="3 4" {}
                    }
                    polyline fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"
                        points=(line.iter().map(|dot| format!("{},{}", at(x(dot.at.unix())), at(y(dot.value)))).collect::<Vec<_>>().join(" ")) {}
                    @for dot in line {
                        circle cx=(at(x(dot.at.unix()))) cy=(at(y(dot.value))) r=(if small { "1.8" } else { "3.2" }) fill="currentColor" {}
                    }
                }
            }
        }
    }
}

/// A place with one decimal, which is finer than anybody sees.
fn at(place: f64) -> f64 {
    (place * 10.0).round() / 10.0
}

fn share(part: i64, whole: i64) -> f64 {
    if whole == 0 { 0.5 } else { part as f64 / whole as f64 }
}

/// Labels near the edge lean inwards.
fn anchor(place: f64) -> &'static str {
    match place {
        place if place < LEFT + 24.0 => "start",
        place if place > WIDTH - RIGHT - 24.0 => "end",
        _ => "middle",
    }
}

/// Round values, from one at or below the least to one at or above the most.
fn value_ticks(least: i64, most: i64) -> Vec<i64> {
    let (least, most) = if least == most { ((least - 1000).max(0), most + 1000) } else { (least, most) };
    let mut step = 1_i64;
    loop {
        for nice in [step, step * 2, step * 5] {
            let (low, high) = (least.div_euclid(nice) * nice, -(-most).div_euclid(nice) * nice);
            if (high - low) / nice < MOST as i64 {
                return (0..=(high - low) / nice).map(|at| low + at * nice).collect();
            }
        }
        step *= 10;
    }
}

/// Round days between two moments, each with its label. Where no round day lies in between, the first day stands alone.
fn time_ticks(first: Moment, last: Moment, zone: &Zone, lang: Lang) -> Vec<(Moment, String)> {
    let rules = zone.rules();
    let day = |moment: Moment| moment.within(&rules).date();
    let within = |step: Step| -> Vec<(Moment, Date)> {
        let begins = std::iter::successors(step.first(day(first)), |date| date.checked_add(step.span()).ok());
        let moments = begins.filter_map(|date| Some((Moment::start_of(date, &rules).ok()?, date)));
        moments
            .skip_while(|(moment, _)| *moment < first)
            .take_while(|(moment, _)| *moment <= last)
            .take(MOST + 1)
            .collect()
    };
    let fitting = STEPS.iter().map(|step| (*step, within(*step))).find(|(_, ticks)| ticks.len() <= MOST);
    match fitting {
        Some((step, ticks)) if !ticks.is_empty() => {
            ticks.iter().enumerate().map(|(place, (moment, date))| (*moment, step.label(*date, place, lang))).collect()
        }
        _ => vec![(first, dates::short_day(day(first), lang))],
    }
}

/// The distance of labels on the axis of time.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Step {
    Days(i32),
    Weeks(i32),
    Months(i32),
    Years(i32),
}

const STEPS: &[Step] = &[
    Step::Days(1),
    Step::Days(2),
    Step::Weeks(1),
    Step::Weeks(2),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(50),
];

impl Step {
    fn span(self) -> Span {
        match self {
            Self::Days(count) => count.days(),
            Self::Weeks(count) => count.weeks(),
            Self::Months(count) => count.months(),
            Self::Years(count) => count.years(),
        }
    }

    /// The round day at or before a day.
    fn first(self, day: Date) -> Option<Date> {
        match self {
            Self::Days(_) => Some(day),
            Self::Weeks(_) => {
                let back = day.weekday().since(Weekday::Monday);
                day.checked_sub(back.days()).ok()
            }
            Self::Months(count) => {
                let month = (i32::from(day.month()) - 1) / count * count + 1;
                Date::new(day.year(), i8::try_from(month).ok()?, 1).ok()
            }
            Self::Years(count) => {
                let year = i32::from(day.year()).div_euclid(count) * count;
                Date::new(i16::try_from(year).ok()?, 1, 1).ok()
            }
        }
    }

    fn label(self, date: Date, place: usize, lang: Lang) -> String {
        match self {
            Self::Days(_) | Self::Weeks(_) => dates::day_of_year(date, lang),
            // The year is said once, and where it is a new one.
            Self::Months(_) if place == 0 || date.month() == 1 => dates::month_of(date, lang),
            Self::Months(_) => dates::short_month(date, lang).to_owned(),
            Self::Years(_) => date.year().to_string(),
        }
    }
}

#[cfg(test)]
mod tests;
