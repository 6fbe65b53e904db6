//! Ticks are round and few; every set of points has a picture.

use super::*;

fn at(text: &str) -> Moment {
    text.parse().expect("a time")
}

fn zone() -> Zone {
    Zone::parse("Europe/Stockholm").expect("a zone")
}

fn dot(time: &str, value: i64, series: i64) -> Dot {
    Dot { at: at(time), value: value * 1000, series }
}

fn drawn(dots: &[Dot]) -> String {
    let (title, desc) = ("Operating hours, in h".into(), "From <first> to last".into());
    chart(&Chart { title, desc, lang: Lang::En, zone: zone(), dots: dots.to_vec() }).into_string()
}

fn labels(from: &str, to: &str, lang: Lang) -> String {
    time_ticks(at(from), at(to), &zone(), lang).into_iter().map(|(_, label)| label).collect::<Vec<_>>().join(", ")
}

#[test]
fn values_have_round_ticks_that_hold_all_of_them() {
    for (least, most) in [(12_034, 12_459), (0, 1), (7, 9), (0, 87_141), (3, 100_003)] {
        let made = value_ticks(least * 1000, most * 1000);
        assert!(made[0] <= least * 1000 && made[made.len() - 1] >= most * 1000, "{made:?}");
        assert!((2..=MOST).contains(&made.len()), "{made:?}");
    }
    assert_eq!(value_ticks(12_034_000, 12_459_000), [12_000_000, 12_200_000, 12_400_000, 12_600_000]);
    assert_eq!(value_ticks(5_000, 5_000), [4_000, 4_500, 5_000, 5_500, 6_000]);
    assert_eq!(value_ticks(0, 0), [0, 500, 1_000]);
    let last = value_ticks(1, 1_000_000_000_000_000);
    assert!(last.len() >= 2 && last.len() <= MOST, "{last:?}");
}

#[test]
fn times_have_round_ticks_in_the_readers_language() {
    assert_eq!(labels("2026-11-19T10:00:00Z", "2026-11-22T10:00:00Z", Lang::En), "20 Nov, 21 Nov, 22 Nov");
    assert_eq!(
        labels("2026-11-01T10:00:00Z", "2026-11-30T10:00:00Z", Lang::Sv),
        "2 nov., 9 nov., 16 nov., 23 nov., 30 nov."
    );
    assert_eq!(labels("2025-11-20T10:00:00Z", "2026-11-19T10:00:00Z", Lang::En), "Jan 2026, Apr, Jul, Oct");
    assert_eq!(labels("2025-11-20T10:00:00Z", "2026-04-19T10:00:00Z", Lang::Es), "dic 2025, ene 2026, feb, mar, abr");
    assert_eq!(labels("2003-06-29T10:00:00Z", "2011-10-18T10:00:00Z", Lang::En), "2004, 2006, 2008, 2010");
    assert_eq!(labels("2026-11-19T10:00:00Z", "2026-11-19T12:00:00Z", Lang::En), "19 Nov 2026");
    assert_eq!(labels("2026-11-19T10:00:00Z", "2026-11-19T10:00:00Z", Lang::Sv), "19 nov. 2026");
    for years in [1, 7, 30, 90, 200] {
        let ticks = time_ticks(
            at("1950-03-01T00:00:00Z"),
            at("1950-03-01T00:00:00Z").plus(years * 365 * 86_400),
            &zone(),
            Lang::En,
        );
        assert!((1..=MOST).contains(&ticks.len()), "{years} years: {ticks:?}");
    }
}

#[test]
fn a_picture_has_a_name_a_description_and_every_point() {
    let page = drawn(&[
        dot("2026-01-01T08:00:00Z", 100, 1),
        dot("2026-03-01T08:00:00Z", 200, 1),
        dot("2026-06-01T08:00:00Z", 260, 1),
    ]);
    assert!(
        page.contains("role=\"img\"") && page.contains("<title id=\"chart-title\">Operating hours, in h</title>"),
        "{page}"
    );
    assert!(page.contains("<desc id=\"chart-desc\">From &lt;first&gt; to last</desc>"), "{page}");
    assert_eq!((page.matches("<circle").count(), page.matches("<polyline").count()), (3, 1));
    assert!(!page.contains("style") && !page.contains("NaN") && !page.contains("inf"), "{page}");
}

#[test]
fn nothing_one_point_and_equal_values_are_drawn_too() {
    assert_eq!(drawn(&[]), "");
    let one = drawn(&[dot("2026-01-01T08:00:00Z", 100, 1)]);
    assert!(one.contains("cx=\"223\"") && !one.contains("NaN"), "in the middle: {one}");
    let equal = drawn(&[dot("2026-01-01T08:00:00Z", 0, 1), dot("2026-03-01T08:00:00Z", 0, 1)]);
    assert_eq!(equal.matches("<circle").count(), 2);
    assert!(!equal.contains("NaN") && !equal.contains("-0"), "{equal}");
}

#[test]
fn a_replaced_meter_breaks_the_line() {
    let page = drawn(&[
        dot("2026-01-01T08:00:00Z", 9_000, 1),
        dot("2026-03-01T08:00:00Z", 9_200, 1),
        dot("2026-03-02T08:00:00Z", 3, 2),
        dot("2026-06-01T08:00:00Z", 260, 2),
    ]);
    assert_eq!((page.matches("<polyline").count(), page.matches("stroke-dasharray").count()), (2, 1));
}
