//! `doctor`: everything that can be looked at, in one table, with the next step for whatever is not right.

use clap::Args;
use jiff::tz::TimeZone;
use serde_json::json;

use super::answer::{Answer, Column, List, Report, record, shown};
use super::desk::Desk;
use super::flags::Listing;
use super::table::{self, Look};
use crate::access::Actor;
use crate::db::Db;
use crate::doctor::{self, Check, Finding};
use crate::documents::Files;
use crate::error::{Error, Kind, Result};
use crate::groups;
use crate::outbox;
use crate::outbox::sender::Sender;

/// Seconds after which a mail that is due is late.
const LATE: i64 = 15 * 60;
/// Seconds for which a dead mail is news.
const DAY: i64 = 86_400;

#[derive(Args, Debug)]
#[command(after_help = "\
Exit status: 0 when nothing is wrong (warnings do not count), 1 when something is, 69 when only the mail server is.
With --json the checks that were made are in the error's \"report\" when something is wrong.")]
pub(super) struct Doctor {
    /// Also connect to the mail server, encrypt and sign in; nothing is sent
    #[arg(long)]
    mail: bool,
    /// Mend what can be mended safely: close to others what is yours, clear what killed backups and restores left, move a long log into the database
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    listing: Listing,
}

const COLUMNS: &[Column] = &[
    shown("check", "CHECK"),
    shown("group", "GROUP"),
    shown("state", "STATE"),
    shown("found", "FOUND"),
    shown("tip", "TIP"),
];

impl Doctor {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let data = &desk.config.data_dir;
        let mut checks = vec![doctor::configuration(desk.loaded.file.as_deref())];
        checks.extend(doctor::data_directory(data, self.fix));
        checks.push(doctor::room(data));
        let now = desk.io.clock.now();
        // Before the database is opened: what a restore left goes only while nobody has it open.
        let earlier = doctor::earlier_states(data, now, self.fix);
        match desk.db() {
            Ok(db) => {
                checks.push(doctor::log(data, || self.fix && db.shorten_log().is_ok()));
                inside(db, desk, &mut checks)?;
            }
            Err(error) => checks.push(wrong("database", &error)),
        }
        let backup = &desk.config.backup;
        checks.extend(doctor::backups(&backup.folder(data), data, backup.warn_after_days, now, self.fix));
        checks.extend(earlier);
        if self.mail {
            let sender = Sender::from_config(&desk.config.mail, &desk.config.portal.base_url, data);
            checks.push(match sender {
                Ok(sender) => doctor::way_out(&sender.probe()),
                Err(error) => wrong("mail server", &error),
            });
        }
        let wrong: Vec<_> = checks.iter().filter(|check| check.state == Finding::Wrong).collect();
        let Some(first) = wrong.first() else { return List::answer("checks", COLUMNS, &self.listing, checks) };
        let only_mail = wrong.iter().all(|check| check.check == "mail server");
        let kind = if only_mail { Kind::Unavailable } else { Kind::Found };
        let sentence = match wrong.len() {
            1 => format!("{}: {}", first.check, first.found),
            count => format!("{count} checks found something wrong, the first is {}: {}", first.check, first.found),
        };
        let mut error = Error::new(kind, sentence);
        if let Some(tip) = &first.tip {
            error = error.tip(tip);
        }
        let rows: Vec<_> = checks.iter().map(record).collect::<Result<_>>()?;
        let look = Look { width: None, zone: TimeZone::UTC, header: !desk.globals.no_header };
        let text = table::rows(COLUMNS, &rows.iter().collect::<Vec<_>>(), &look);
        let report = record(&json!({ "wrong": wrong.len(), "checks": rows }))?;
        Ok(Report { record: report, id: None, text, error: Some(error), status: 0 }.into())
    }
}

/// The checks that need the database: those of the whole, then those of the group that was named or of every one.
fn inside(db: &Db, desk: &Desk, checks: &mut Vec<Check>) -> Result<()> {
    let sound = doctor::database(db)?;
    let broken = sound.state == Finding::Wrong;
    checks.push(sound);
    if broken {
        // What a damaged file says of the rest is worth nothing.
        return Ok(());
    }
    checks.push(doctor::settings(db)?);
    checks.push(desk.read_outside(doctor::clock)?);
    checks.push(doctor::bytes(db, &Files::below(&desk.config.data_dir))?);
    let groups = match &desk.globals.group {
        Some(_) => vec![desk.actor()?.group()],
        None => desk.read_outside(groups::list)?.iter().map(|group| Some(group.id)).collect(),
    };
    for group in groups {
        let actor = Actor::Owner { group, uid: desk.io.uid };
        let found = db.read(&actor, |tx| {
            let slug = groups::list(tx)?.first().map(|group| group.slug.to_string()).unwrap_or_default();
            let mut found = doctor::mail(&outbox::health(tx, tx.now().plus(-LATE), tx.now().plus(-DAY))?);
            found.extend(doctor::people(tx)?);
            Ok(found.into_iter().map(move |check| check.of(&slug)))
        })?;
        checks.extend(found);
    }
    Ok(())
}

/// A check that could not even be made.
fn wrong(check: &'static str, error: &Error) -> Check {
    Check::found(check, Finding::Wrong, error.message(), error.tip_text().unwrap_or("frontdesk config show --origin"))
}
