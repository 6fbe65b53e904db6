//! Commands: who did what, when, from where.

use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::answer::{Answer, Column, List, kept, shown};
use super::audit_chain::{Export, ShowLine, Verify};
use super::desk::Desk;
use super::flags::Listing;
use crate::audit::{self, AuditFilter};
use crate::clock::Moment;
use crate::db::{Reached, Tx};
use crate::error::{Error, Result};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List what was done, the newest first
    #[command(visible_alias = "ls")]
    List(ListLines),
    /// Show one line with how it was before and after
    Show(ShowLine),
    /// Check that no line was changed, taken away or put in since it was written
    Verify(Verify),
    /// Write every line with its marks to standard output, the oldest first
    Export(Export),
}

#[derive(Args, Debug)]
pub(super) struct ListLines {
    /// Only what was done from then on: 2026-11-22, 2026-11-22T08:00:00Z, or so long ago: 30m, 1h, 2d, 1w
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only what was done before then
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Only what this one did: a login, an address, a part of the program, 'uid 1000'
    #[arg(long, value_name = "ACTOR")]
    who: Option<String>,
    /// Only what was done to this kind of thing, such as customer, or to one of them: customer:1042
    #[arg(long, value_name = "NOUN[:NAME]", conflicts_with = "subject")]
    entity: Option<String>,
    /// Only what was done to this customer, order, user …, as commands name it
    #[arg(long, value_name = "NAME")]
    subject: Option<String>,
    /// Only this kind of act, such as user.added
    #[arg(long)]
    action: Option<String>,
    /// Only what came this way
    #[arg(long, value_name = "WAY", value_parser = ["direct", "socket", "portal", "mail", "worker"])]
    via: Option<String>,
    /// Only rows in which some field holds this text (case and accents ignored)
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only rows in which this field has this value; may be given more than once
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    wanted: Vec<String>,
    /// Sort by this field; with a leading - the other way round
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    /// At most so many, the newest
    #[arg(long, value_name = "N", default_value = "100")]
    limit: u32,
    /// What was done to groups themselves, such as adding and deleting them, and in groups that are deleted
    #[arg(long)]
    groups: bool,
}

const COLUMNS: &[Column] = &[
    shown("id", "LINE"),
    shown("at", "TIME"),
    kept("actor_sort"),
    shown("actor", "WHO"),
    kept("uid"),
    shown("via", "VIA"),
    kept("client"),
    shown("action", "WHAT"),
    kept("noun"),
    shown("subject", "ON"),
    kept("before"),
    kept("after"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::List(command) => command.run(desk),
            Self::Show(command) => command.run(desk),
            Self::Verify(command) => command.run(desk),
            Self::Export(command) => command.run(desk),
        }
    }
}

impl ListLines {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let Self { since, until, who, entity, subject, action, via, search, wanted, sort, limit, groups } = self;
        let (noun, name) = match &entity {
            Some(entity) => entity.split_once(':').map_or((entity.as_str(), None), |(noun, name)| (noun, Some(name))),
            None => ("", None),
        };
        // Where something else picks or sorts the lines, it does so with all of them.
        let whole = search.is_some() || !wanted.is_empty() || sort.is_some();
        let filter = AuditFilter {
            who,
            since: since.map(|text| typed(&text, "since", desk)).transpose()?,
            until: until.map(|text| typed(&text, "until", desk)).transpose()?,
            noun: Some(noun.to_owned()).filter(|noun| !noun.is_empty()),
            subject: subject.or(name.map(str::to_owned)),
            action,
            via,
            limit: if whole { i64::MAX } else { limit.into() },
        };
        let list = |tx: &Tx| audit::list(tx, &filter);
        let lines = if groups { desk.read_outside(list)? } else { desk.read(list)? };
        let listing = Listing { search, wanted, sort, limit: usize::try_from(limit).ok() };
        List::answer("audit lines", COLUMNS, &listing, lines.into_iter().map(Reached::into_inner))
    }
}

/// A time of a flag, on the clocks that answers are shown in.
pub(super) fn typed(text: &str, flag: &'static str, desk: &Desk) -> Result<Moment> {
    let zone = if desk.globals.utc { TimeZone::UTC } else { TimeZone::try_system().unwrap_or(TimeZone::UTC) };
    moment_of(text, desk.io.clock.now(), &zone).map_err(|error| error.at(flag))
}

/// A time, a day in a zone, or so long before now.
pub(super) fn moment_of(text: &str, now: Moment, zone: &TimeZone) -> Result<Moment> {
    if let Ok(moment) = text.parse() {
        return Ok(moment);
    }
    if let Ok(day) = text.parse::<Date>() {
        return Moment::start_of(day, zone);
    }
    let ago = || {
        let (at, unit) = text.char_indices().next_back()?;
        let seconds = match unit {
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        let count = text[..at].parse::<u32>().ok()?;
        Some(now.plus(-i64::from(count) * seconds))
    };
    ago().ok_or_else(|| {
        let shown = crate::text::shown(text);
        Error::invalid(
            "since",
            format!("'{shown}' is neither a time such as 2026-11-22T08:00:00Z nor a day nor so long ago"),
        )
        .tip("write 2026-11-22, or 30m, 1h, 2d, 1w")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_takes_times_days_and_spans() {
        let now: Moment = "2026-11-22T08:02:00Z".parse().expect("a time");
        let zone = TimeZone::get("Europe/Stockholm").expect("a zone");
        let of = |text: &str| moment_of(text, now, &zone).map(|moment| moment.to_string());
        assert_eq!(of("2026-11-22T09:00:00+01:00").expect("a time"), "2026-11-22T08:00:00Z");
        assert_eq!(of("2026-11-22").expect("a day"), "2026-11-21T23:00:00Z");
        assert_eq!(of("2d").expect("a span"), "2026-11-20T08:02:00Z");
        assert_eq!(of("30m").expect("a span"), "2026-11-22T07:32:00Z");
        for bad in ["", "h", "yesterday", "-1h", "1y", "1,5h", "9999999999d", "2026-13-40"] {
            assert!(of(bad).is_err(), "{bad:?} was taken");
        }
    }
}
