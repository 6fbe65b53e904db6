//! Days and times as people of each language write them.
//!
//! Every function takes the zone in which the reader lives. A new language does not compile until it has its months.

use jiff::civil::{Date, DateTime, Weekday};

use crate::clock::Moment;
use crate::text::{Lang, Zone};

/// `22 November 2026`, `22 november 2026`, `22 de noviembre de 2026`.
pub fn date(moment: Moment, zone: &Zone, lang: Lang) -> String {
    day(local(moment, zone).date(), lang)
}

/// `22 Nov 2026`, `22 nov. 2026`, `22 nov 2026`.
pub fn short_date(moment: Moment, zone: &Zone, lang: Lang) -> String {
    short_day(local(moment, zone).date(), lang)
}

/// `22 November 2026, 08:02`, `22 november 2026 kl. 08.02`, `22 de noviembre de 2026, 08:02`.
pub fn date_time(moment: Moment, zone: &Zone, lang: Lang) -> String {
    let at = local(moment, zone);
    join(day(at.date(), lang), at, lang)
}

/// `22 Nov 2026, 08:02`, `22 nov. 2026 kl. 08.02`, `22 nov 2026, 08:02`.
pub fn short_date_time(moment: Moment, zone: &Zone, lang: Lang) -> String {
    let at = local(moment, zone);
    join(short_day(at.date(), lang), at, lang)
}

/// The day of the week and the rest: `Sunday 22 November 2026, 08:02`, `domingo, 22 de noviembre de 2026, 08:02`.
pub fn full(moment: Moment, zone: &Zone, lang: Lang) -> String {
    let comma = match lang {
        Lang::En | Lang::Sv => "",
        Lang::Es => ",",
    };
    format!("{}{comma} {}", weekday(moment, zone, lang), date_time(moment, zone, lang))
}

/// `08:02`, `08.02`, `08:02`.
pub fn time(moment: Moment, zone: &Zone, lang: Lang) -> String {
    clock(local(moment, zone), lang)
}

/// `Sunday`, `söndag`, `domingo`.
pub fn weekday(moment: Moment, zone: &Zone, lang: Lang) -> &'static str {
    names(lang).weekdays[index(local(moment, zone).date().weekday())]
}

/// A day of the calendar, which has no zone: `22 November 2026`.
pub fn day(day: Date, lang: Lang) -> String {
    let month = names(lang).months[month(day)];
    match lang {
        Lang::En | Lang::Sv => format!("{} {month} {}", day.day(), day.year()),
        Lang::Es => format!("{} de {month} de {}", day.day(), day.year()),
    }
}

/// A day of the calendar with a short month: `22 Nov 2026`.
pub fn short_day(day: Date, lang: Lang) -> String {
    format!("{} {} {}", day.day(), names(lang).short_months[month(day)], day.year())
}

/// A day of the calendar without its year: `22 Nov`, `22 nov.`.
pub fn day_of_year(day: Date, lang: Lang) -> String {
    format!("{} {}", day.day(), names(lang).short_months[month(day)])
}

/// A month alone: `Nov`, `nov.`.
pub fn short_month(day: Date, lang: Lang) -> &'static str {
    names(lang).short_months[month(day)]
}

/// A month of the calendar: `Nov 2026`, `nov. 2026`.
pub fn month_of(day: Date, lang: Lang) -> String {
    format!("{} {}", names(lang).short_months[month(day)], day.year())
}

/// For machines, as in `<time datetime="2026-11-22T09:02:00+01:00">`: the wall clock and how far it is from UTC.
pub fn machine(moment: Moment, zone: &Zone) -> String {
    moment.within(&zone.rules()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

struct Names {
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    weekdays: [&'static str; 7],
}

static EN: Names = Names {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
};

static SV: Names = Names {
    months: [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    short_months: ["jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."],
    weekdays: ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
};

static ES: Names = Names {
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    short_months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
};

fn names(lang: Lang) -> &'static Names {
    match lang {
        Lang::En => &EN,
        Lang::Sv => &SV,
        Lang::Es => &ES,
    }
}

fn local(moment: Moment, zone: &Zone) -> DateTime {
    moment.within(&zone.rules()).datetime()
}

fn clock(at: DateTime, lang: Lang) -> String {
    match lang {
        Lang::En | Lang::Es => format!("{:02}:{:02}", at.hour(), at.minute()),
        Lang::Sv => format!("{:02}.{:02}", at.hour(), at.minute()),
    }
}

fn join(day: String, at: DateTime, lang: Lang) -> String {
    let clock = clock(at, lang);
    match lang {
        Lang::En | Lang::Es => format!("{day}, {clock}"),
        Lang::Sv => format!("{day} kl. {clock}"),
    }
}

fn month(day: Date) -> usize {
    usize::from(day.month().unsigned_abs() - 1)
}

fn index(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().expect("a time")
    }

    #[test]
    fn a_moment_is_said_as_each_language_writes_it() {
        let (at, zone) = (moment("2026-11-22T07:02:00Z"), Zone::parse("Europe/Stockholm").expect("a zone"));
        assert_eq!(date_time(at, &zone, Lang::En), "22 November 2026, 08:02");
        assert_eq!(date_time(at, &zone, Lang::Sv), "22 november 2026 kl. 08.02");
        assert_eq!(date_time(at, &zone, Lang::Es), "22 de noviembre de 2026, 08:02");
        assert_eq!(short_date(at, &zone, Lang::En), "22 Nov 2026");
        assert_eq!(short_date_time(at, &zone, Lang::Sv), "22 nov. 2026 kl. 08.02");
        assert_eq!(full(at, &zone, Lang::En), "Sunday 22 November 2026, 08:02");
        assert_eq!(full(at, &zone, Lang::Sv), "söndag 22 november 2026 kl. 08.02");
        assert_eq!(full(at, &zone, Lang::Es), "domingo, 22 de noviembre de 2026, 08:02");
        assert_eq!(machine(at, &zone), "2026-11-22T08:02:00+01:00");
    }

    #[test]
    fn the_day_is_the_one_of_the_readers_zone_and_season() {
        let tokyo = Zone::parse("Asia/Tokyo").expect("a zone");
        assert_eq!(date(moment("2026-12-31T20:00:00Z"), &tokyo, Lang::En), "1 January 2027");
        assert_eq!(weekday(moment("2026-12-31T20:00:00Z"), &tokyo, Lang::Es), "viernes");
        let madrid = Zone::parse("Europe/Madrid").expect("a zone");
        assert_eq!(time(moment("2026-07-01T10:00:00Z"), &madrid, Lang::Es), "12:00");
        assert_eq!(machine(moment("2026-07-01T10:00:00Z"), &madrid), "2026-07-01T12:00:00+02:00");
    }

    #[test]
    fn every_month_and_weekday_has_its_own_name() {
        for lang in Lang::ALL {
            let Names { months, short_months, weekdays } = names(*lang);
            for list in [&months[..], &short_months[..], &weekdays[..]] {
                let mut sorted = list.to_vec();
                sorted.sort_unstable();
                sorted.dedup();
                assert_eq!(sorted.len(), list.len(), "{lang}");
            }
        }
    }
}
