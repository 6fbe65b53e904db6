//! Copies of the data: how old the newest backup is, and what earlier states lie about.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::{Check, Finding};
use crate::backup::{self, Found};
use crate::clock::Moment;
use crate::db::UPGRADE_COPY;

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

/// Days for which an earlier state is worth its room without a word.
const MONTH: i64 = 30;

/// Whether there is a backup that is new enough and well, and whether killed ones left something. With `fix` that goes.
pub fn backups(folder: &Path, data_dir: &Path, days: u32, now: Moment, fix: bool) -> Vec<Check> {
    const CHECK: &str = "backup";
    let place = folder.display();
    let found = match backup::list(folder) {
        Ok(found) => found,
        Err(error) => {
            let tip = "look at its owner and mode, or set backup.dir in the configuration";
            return vec![Check::found(CHECK, Finding::Wrong, error.message(), tip)];
        }
    };
    let mut checks = Vec::new();
    let whole: Vec<&Found> = found.iter().filter(|found| found.complete).collect();
    checks.push(match whole.last() {
        None if days == 0 => Check::fine(CHECK, "none, and none is asked for"),
        None => Check::found(
            CHECK,
            Finding::Warning,
            format!("there is none in '{place}'"),
            "make one now, and daily by cron or a timer: frontdesk backup create -q",
        ),
        Some(newest) => judge(newest, whole.len(), folder, data_dir, days, now),
    });
    if let Some(damaged) = found.iter().find(|found| found.state != "well") {
        checks.push(Check::found(
            CHECK,
            Finding::Warning,
            format!("{} is {}", damaged.name, damaged.state),
            format!("see what is wrong with: frontdesk backup verify {}", damaged.name),
        ));
    }
    let left = backup::leftovers(folder).unwrap_or_default();
    if !left.is_empty() && !backup::is_busy(folder) {
        let found = format!("a killed backup left {} folders in '{place}'", left.len());
        checks.push(match fix.then(|| backup::remove_leftovers(folder)) {
            Some(Ok(_)) => Check::fine("leftovers", format!("{found}: they are removed")),
            _ => {
                let tip = "the next backup removes them: frontdesk backup create, or: frontdesk doctor --fix";
                Check::found("leftovers", Finding::Warning, found, tip)
            }
        });
    }
    checks
}

fn judge(newest: &Found, count: usize, folder: &Path, data_dir: &Path, days: u32, now: Moment) -> Check {
    const CHECK: &str = "backup";
    let age = newest.made_at.map_or(0, |at| (now.unix() - at.unix()).max(0));
    let disk = |path: &Path| std::fs::metadata(path).map(|meta| meta.dev()).ok();
    let same = if disk(folder) == disk(data_dir) { ", on the disk of the data itself" } else { "" };
    let old = match age / DAY {
        0 => "less than a day old".to_owned(),
        1 => "one day old".to_owned(),
        many => format!("{many} days old"),
    };
    let found = format!("the newest of {count} is {}, {old}{same}", newest.name);
    match days {
        0 => Check::fine(CHECK, found),
        days if age > i64::from(days) * DAY => {
            Check::found(CHECK, Finding::Warning, found, "see why none is made: frontdesk backup create")
        }
        _ => Check::fine(CHECK, found),
    }
}

/// States from before an upgrade or a restore, and what a restore left that was killed. With `fix` the last of them goes.
pub fn earlier_states(data_dir: &Path, now: Moment, fix: bool) -> Vec<Check> {
    const CHECK: &str = "earlier states";
    let mut all = backup::kept_states(data_dir).unwrap_or_default();
    let entries = std::fs::read_dir(data_dir).into_iter().flatten().flatten();
    let (mut drafts, mut copies) = (Vec::new(), Vec::new());
    for path in entries.map(|entry| entry.path()) {
        match path.file_name().and_then(|name| name.to_str()).unwrap_or_default() {
            name if name.starts_with(UPGRADE_COPY) && name.ends_with(".db") => copies.push(path),
            name if name.starts_with(".upgrade-") => drafts.push(path),
            _ => {}
        }
    }
    all.extend(copies);
    all.sort();
    let mut checks: Vec<_> = all
        .iter()
        .map(|path| {
            let shown = path.display();
            match age_of(path, now) / DAY {
                days if days > MONTH => Check::found(
                    CHECK,
                    Finding::Warning,
                    format!("'{shown}' is there since {days} days"),
                    format!("when all is well, remove it: rm -r {shown}"),
                ),
                _ => Check::fine(CHECK, format!("'{shown}' is kept until you remove it")),
            }
        })
        .collect();
    // One that is younger may be under way.
    for path in drafts.iter().filter(|path| age_of(path, now) > HOUR) {
        let found = format!("an upgrade that was killed before it began left '{}'", path.display());
        checks.push(match fix && std::fs::remove_file(path).is_ok() {
            true => Check::fine("leftovers", format!("{found}: it is removed")),
            false => Check::found("leftovers", Finding::Warning, found, "frontdesk doctor --fix"),
        });
    }
    if let Some(folder) = backup::leftover(data_dir) {
        let found = format!("a restore that was killed before it changed anything left '{}'", folder.display());
        match fix.then(|| backup::remove_leftover(data_dir)) {
            Some(Ok(())) => checks.push(Check::fine("leftovers", format!("{found}: it is removed"))),
            _ => checks.push(Check::found(
                "leftovers",
                Finding::Warning,
                found,
                "the next restore removes it, or: frontdesk doctor --fix",
            )),
        }
    }
    checks
}

/// For how many seconds something has lain there.
fn age_of(path: &Path, now: Moment) -> i64 {
    std::fs::metadata(path).map_or(0, |meta| now.unix() - meta.ctime())
}
