//! Commands: copies of everything, made while the server runs, and looked through.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::answer::{Action, Answer, Card, Column, Done, List, Report, kept, record, shown};
use super::backup_restore::Restore;
use super::desk::Desk;
use super::flags::{Changing, Listing};
use super::usage;
use crate::backup::{self, Flaw, Making, Verdict};
use crate::error::{Error, Kind, Result};
use crate::text::Lang;
use crate::words::numbers;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a backup of the database and the files, also while the server runs
    #[command(visible_alias = "add")]
    Create(Create),
    /// Check a backup: its list, every file in it, its database
    Verify(Verify),
    /// List the backups, the oldest first
    #[command(visible_alias = "ls")]
    List(ListBackups),
    /// Put a backup into the place of what is there, or into another directory
    Restore(Restore),
}

#[derive(Args, Debug)]
#[command(after_help = "\
A backup is a folder named after its moment in UTC, such as 20261128T003015Z: frontdesk.db, the files that it names, the
messages that were not taken, the key file, a manifest with the SHA-256 of each, and the mark `complete`, which is written
last. It is there whole or not at all, whatever happens meanwhile; what a killed one left is removed by the next. Files that
the backup before has too are shared with it by hard links, so each costs only what is new; nothing is shared with the
data directory.

With the key file in it a backup is all that is needed on a new machine, and as secret as the data directory: who has it
can make links to new passwords and write a new audit. With --no-key keep the key file in another place; without it
nothing can be restored.

The configuration file and the password of the mail server are not in it. Exit status: 73 when the backup cannot be
written, 74 when the database is damaged, 75 while another one is made. For cron: frontdesk backup create -q")]
pub(super) struct Create {
    /// The folder of backups, instead of `backup.dir` of the configuration
    dir: Option<PathBuf>,
    /// Keep so many complete backups, instead of `backup.keep`; 0 keeps all
    #[arg(long, value_name = "N")]
    keep: Option<usize>,
    /// Leave the key file out
    #[arg(long)]
    no_key: bool,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Each file is held against the hash in the manifest, the manifest against the mark `complete`; then SQLite looks through
the database and its references, and its tables are compared with those that frontdesk makes. Nothing in the backup is
opened to be written. Exit status: 0 when all is well, 65 when something is damaged; each thing is named.

Whether a backup can be restored is best seen by restoring it. A drill, which touches nothing that is in use:
  frontdesk backup restore 20261128T003015Z --to /tmp/drill
  frontdesk doctor --data-dir /tmp/drill")]
pub(super) struct Verify {
    /// Which backup: its name, or the path of its folder; the newest complete one if none is named
    #[arg(conflicts_with = "all")]
    backup: Option<PathBuf>,
    /// Every backup
    #[arg(long)]
    all: bool,
    /// The folder of backups, instead of `backup.dir` of the configuration
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct ListBackups {
    /// The folder of backups, instead of `backup.dir` of the configuration
    dir: Option<PathBuf>,
    #[command(flatten)]
    listing: Listing,
}

const COLUMNS: &[Column] = &[
    shown("name", "BACKUP"),
    shown("made_at", "MADE"),
    shown("state", "STATE"),
    shown("bytes", "BYTES"),
    shown("new_bytes", "NEW"),
    shown("documents", "DOCUMENTS"),
    shown("checked_at", "CHECKED"),
    kept("complete"),
    shown("why", "WHY"),
    kept("groups"),
    kept("schema"),
    kept("version"),
    kept("key"),
    kept("path"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Create(command) => command.run(desk),
            Self::Verify(command) => command.run(desk),
            Self::List(ListBackups { dir, listing }) => {
                List::answer("backups", COLUMNS, &listing, backup::list(&folder(dir.as_deref(), desk))?)
            }
            Self::Restore(command) => command.run(desk),
        }
    }
}

/// The folder of backups: the one that was named, or the configured one.
pub(super) fn folder(named: Option<&Path>, desk: &Desk) -> PathBuf {
    match named {
        Some(named) => desk.io.directory.join(named),
        None => desk.config.backup.folder(&desk.config.data_dir),
    }
}

/// A backup by its name in the folder of backups, or by its path.
pub(super) fn place(backup: &Path, dir: Option<&Path>, desk: &Desk) -> PathBuf {
    let is_name = backup.components().count() == 1 && !backup.starts_with(".") && !backup.starts_with("..");
    if is_name { folder(dir, desk).join(backup) } else { desk.io.directory.join(backup) }
}

/// How long to wait for others, as the caller says.
pub(super) fn wait(desk: &Desk) -> Duration {
    Duration::from_secs(desk.globals.wait)
}

impl Create {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let config = &desk.config;
        let folder = folder(self.dir.as_deref(), desk);
        let made = backup::create(&Making {
            db: desk.db()?,
            data_dir: &config.data_dir,
            folder: &folder,
            keep: self.keep.unwrap_or(config.backup.keep),
            with_key: !self.no_key,
            dry: self.changing.dry_run,
            wait: wait(desk),
        })?;
        let manifest = &made.manifest;
        let facts = json!({
            "backup": manifest.name, "path": made.path, "made_at": manifest.made_at, "schema": manifest.schema,
            "groups": manifest.groups, "bytes": manifest.bytes(), "new_bytes": manifest.new_bytes,
            "documents": manifest.documents(), "missing": manifest.missing, "key": manifest.has_key(),
            "audit": manifest.audit, "removed": made.removed,
        });
        let removed = match made.removed.len() {
            0 => String::new(),
            1 => ", the oldest was removed".into(),
            count => format!(", the {count} oldest were removed"),
        };
        let (size, new) = (size(manifest.bytes()), size(manifest.new_bytes));
        let documents = manifest.documents();
        let sentence =
            format!("backup {}: {size}, {new} of it new, {documents} documents{removed}", made.path.display());
        let mut done = Done::new(Action::Created, &manifest.name, sentence, &facts, self.changing)?;
        if let Some(first) = manifest.missing.first() {
            let warning = format!(
                "the bytes of {} documents are missing or damaged in the data directory and in the backup before, such as {first}",
                manifest.missing.len()
            );
            done = done.warn(warning, Some("look for them in older backups: frontdesk backup list".into()));
        }
        if !self.changing.dry_run
            && let Err(error) = backup::note_made(desk.db()?, manifest, &made.path, desk.io.uid)
        {
            // The backup is whole; a database that cannot be written to is a reason more to have it.
            done = done.warn(
                format!("this could not be written into the audit: {}", error.message()),
                error.tip_text().map(String::from),
            );
        }
        Ok(done.into())
    }
}

impl Verify {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let dir = self.dir.as_deref();
        let there = || backup::list(&folder(dir, desk));
        let none = || {
            let message = format!("there is no backup in '{}'", folder(dir, desk).display());
            Error::new(Kind::NotFound, message).tip("make one with: frontdesk backup create")
        };
        let paths = match (&self.backup, self.all) {
            (Some(backup), _) => vec![place(backup, dir, desk)],
            (None, true) => there()?.into_iter().map(|found| found.path).collect(),
            (None, false) => {
                there()?.into_iter().rfind(|found| found.complete).map(|found| found.path).into_iter().collect()
            }
        };
        if paths.is_empty() {
            return Err(none());
        }
        let look = |path: &PathBuf| backup::verify(path, wait(desk));
        let verdicts = paths.iter().map(look).collect::<Result<Vec<_>>>()?;
        verdicts.iter().for_each(|verdict| backup::note_checked(verdict, desk.io.clock.now()));
        answer(&verdicts, desk)
    }
}

fn answer(verdicts: &[Verdict], desk: &Desk) -> Result<Answer> {
    let rows: Vec<_> = verdicts.iter().map(facts).collect::<Result<_>>()?;
    let facts = match rows.as_slice() {
        [only] => only.clone(),
        all => record(&json!({ "checked": all.len(), "backups": all }))?,
    };
    let damaged: Vec<_> = verdicts.iter().filter(|verdict| !verdict.flaws.is_empty()).collect();
    let Some(first) = damaged.first() else {
        // A look that is taken every night: there is nothing to say of what is well.
        let text = if desk.globals.quiet { String::new() } else { verdicts.iter().map(well).collect() };
        return Ok(match verdicts {
            [_] if !desk.globals.quiet => Card { record: facts, parts: Vec::new() }.into(),
            _ => Report { record: facts, id: None, text, error: None, status: 0 }.into(),
        });
    };
    let mut error = match first.sound() {
        Err(error) if damaged.len() == 1 => error,
        _ => Error::new(Kind::Data, format!("{} of {} backups are damaged", damaged.len(), verdicts.len())),
    };
    if damaged.len() > 1 {
        error = error.tip("see which are well: frontdesk backup list");
    }
    Ok(Report { record: facts, id: None, text: flaws(&damaged), error: Some(error), status: 0 }.into())
}

/// That a backup is well, in a line.
fn well(verdict: &Verdict) -> String {
    let holds = |manifest: &backup::Manifest| {
        format!("{} and {} documents of {}", size(manifest.bytes()), manifest.documents(), manifest.made_at)
    };
    format!("{}: well, {}\n", verdict.name, verdict.manifest.as_ref().map(holds).unwrap_or_default())
}

/// What is wrong, a line for each thing.
pub(super) fn flaws(damaged: &[&Verdict]) -> String {
    let line = |name: &str, flaw: &Flaw| format!("{name}: {} {}\n", flaw.file, flaw.why);
    let each = damaged.iter().flat_map(|verdict| verdict.flaws.iter().map(|flaw| line(&verdict.name, flaw)));
    each.collect()
}

/// What was found in a backup, for JSON.
pub(super) fn facts(verdict: &Verdict) -> Result<Map<String, Value>> {
    let manifest = verdict.manifest.as_ref();
    record(&json!({
        "backup": verdict.name,
        "path": verdict.path,
        "state": if verdict.flaws.is_empty() { "well" } else { "damaged" },
        "made_at": manifest.map(|manifest| manifest.made_at),
        "version": manifest.map(|manifest| manifest.version.clone()),
        "schema": manifest.map(|manifest| manifest.schema),
        "groups": manifest.map(|manifest| manifest.groups),
        "documents": manifest.map(backup::Manifest::documents),
        "missing": manifest.map(|manifest| manifest.missing.clone()),
        "bytes": manifest.map(backup::Manifest::bytes),
        "key": manifest.map(backup::Manifest::has_key),
        "audit": manifest.and_then(|manifest| manifest.audit.clone()),
        "flaws": verdict.flaws,
    }))
}

/// A size for people.
fn size(bytes: u64) -> String {
    numbers::bytes(i64::try_from(bytes).unwrap_or(i64::MAX), Lang::En)
}

/// Refuses what was given together with a flag that stands alone.
pub(super) fn alone(flag: &str) -> Error {
    usage(format!("{flag} finishes what was decided before, and takes no backup"))
}
