//! Command: rows of a file become customers, contacts, facilities; the same for every noun.

mod columns;
mod log;
mod progress;
mod reading;
mod report;
mod safety;
mod summary;

use std::cell::RefCell;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};

pub(super) use self::log::Runs;
use self::progress::Progress;
use self::reading::Reading;
pub(super) use self::reading::delimiter;
use self::report::Account;
use self::safety::Safety;
use self::summary::Summary;
use super::answer::{Answer, Report};
use super::desk::Desk;
use super::flags::Changing;
use crate::access::Right;
use crate::db::WriteTx;
use crate::error::{Error, Kind, Result};
use crate::imports::lock;
use crate::imports::reader::{Line, Reader};
use crate::imports::rejects::{Rejects, path_for};
use crate::imports::runs::{self, Span};
pub(super) use crate::imports::take::Noun;
use crate::imports::take::{Outcome, Terms, take};
use crate::text::{Line as Words, shown};

const AFTER_HELP: &str = "\
Good rows are taken, the others are written to a file of rejected rows, and the exit status is 65. Standard output is
then empty, as with every command that fails; with -o json the error on standard error has the summary in \"report\".

--dry-run prints the plan: + made, ~ changed, ? not in the file, ! cannot be taken, = how many stay as they are; and its
fingerprint. With --expect FINGERPRINT the import does exactly that, or exits with 4 when the file, the options or the
database have changed what would be done.

--missing looks for what the file does not name: of customers, all that are active; of facilities, objects and contacts,
those of the customers that the file names. A rejected row counts as there, and as long as one does not say what it is
about, nothing is closed. More than --max-close (5% of what is open), a file without a row that can be taken, and a file
of rejected rows close nothing: the import stops with 65. What was closed and is in the file again is opened by its
column status alone. A contact has no status and is only reported.

One import of a group runs at a time; another one exits with 75 at once. frontdesk import log, show, rejects and undo
tell what a run did, and take it back.

What a file can hold, with examples: man 5 frontdesk-csv.";

#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Import {
    /// The file: CSV with a heading line, or JSON lines; - for standard input
    #[arg(required_unless_present = "columns", default_value = "-", hide_default_value = true)]
    file: PathBuf,
    /// List the columns that such a file can have, with the headings that are known for them
    #[arg(long)]
    columns: bool,
    #[command(flatten)]
    reading: Box<Reading>,
    /// When a row cannot be taken: continue with the others, or abort and take none
    #[arg(long, value_name = "WHAT", default_value = "continue", hide_possible_values = true)]
    on_error: OnError,
    /// Where rows go that cannot be taken (otherwise beside the file, with .rejects.csv after its name)
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    #[command(flatten)]
    safety: Box<Safety>,
    #[command(flatten)]
    changing: Changing,
}

/// What to do when a row cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OnError {
    /// Take the others
    Continue,
    /// Take none
    Abort,
}

impl Import {
    pub(super) fn run(self, noun: Noun, desk: &Desk) -> Result<Answer> {
        if self.columns {
            return columns::answer(noun.shape());
        }
        let account = match &self.safety.report {
            Some(path) if !self.changing.dry_run => Some(Account::begin(desk, path)?),
            _ => None,
        };
        let (name, outcome) = (self.name(), self.outcome(noun, desk));
        if let Some(account) = account {
            account.write(&name, &outcome)?;
        }
        Ok(outcome?.into())
    }

    fn outcome(self, noun: Noun, desk: &Desk) -> Result<Report> {
        let begun = Instant::now();
        let (search, name) = (self.safety.search(noun)?, self.name());
        desk.require(Right::Imports)?;
        let _turn = self.turn(noun, desk, &name)?;
        let options = self.reading.options(desk)?;
        let reading =
            format!("{:?} {:?} {:?}", options.rules.decimal, options.rules.date_format, options.rules.zone.iana_name());
        let mut reader = Reader::open(self.open(desk)?, noun.shape(), options)?;
        let lines: Vec<Line> = reader.by_ref().collect::<Result<_>>()?;
        let terms = Terms {
            rejects: self.safety.rejects(desk.config.import.max_rejected_percent),
            abort: self.on_error == OnError::Abort,
            search,
            is_rejects: reader.is_of_rejects(),
            press: Some(reading.as_str()).filter(|_| self.changing.dry_run || self.safety.expect.is_some()),
            expected: self.safety.expect.as_ref(),
        };
        let label = Words::parse(&shown(&name))?;
        let progress = Progress::new(desk, lines.len());
        // A transaction that is taken back hands nothing out, and what the rows said is told all the same.
        let told = RefCell::new(None);
        let take_all = |tx: &WriteTx| {
            let span = Span::begin(tx)?;
            let mut outcome = take(tx, noun, &lines, terms, &|done| progress.at(done))?;
            if let Some(stop) = outcome.stop.take() {
                told.replace(Some(outcome));
                return Err(stop);
            }
            // On the disk before the rows are in the database, so that no row can be in neither.
            let rejects = self.rejects(desk, &reader, &outcome)?;
            let run = match self.changing.dry_run {
                true => None,
                false => {
                    let kept = rejects.as_ref().map_or(&[][..], Rejects::lines);
                    let is_new = outcome.counts.is_change()
                        || (!kept.is_empty() && runs::last_rejects(tx, noun.shape().noun, &label)? != kept);
                    let record = runs::Record {
                        noun: noun.shape().noun,
                        file: &label,
                        counts: &outcome.counts,
                        span: span.until_now(tx)?,
                        undoes: None,
                        rejects: kept,
                    };
                    is_new.then(|| runs::record(tx, &record)).transpose()?
                }
            };
            told.replace(Some(outcome));
            Ok((run, rejects))
        };
        let taken = desk.write(self.changing, |tx| tx.as_importer(take_all));
        progress.end();
        let Some(outcome) = told.into_inner() else {
            return Err(taken
                .err()
                .unwrap_or_else(|| Error::internal(anyhow::anyhow!("an import without an outcome"))));
        };
        let (run, rejects, stop) = match taken {
            Ok((run, rejects)) => (run, rejects.map(Rejects::finish).transpose()?.flatten(), None),
            Err(stop) => (None, None, Some(stop)),
        };
        let seconds = begun.elapsed().as_secs_f64();
        let summary =
            Summary { name, reader: &reader, outcome, run, rejects, stop, seconds, search, changing: self.changing };
        summary.answer(desk)
    }

    /// The turn of this group's imports. A dry run needs none: it waits for its turn at the database, as every writer does.
    fn turn(&self, noun: Noun, desk: &Desk, name: &str) -> Result<Option<lock::Turn>> {
        if self.changing.dry_run {
            return Ok(None);
        }
        let what = format!("{} import of '{}'", noun.shape().noun, shown(name));
        turn(desk, &what).map(Some)
    }

    fn open(&self, desk: &Desk) -> Result<Box<dyn Read>> {
        if self.is_stdin() {
            return Ok(desk.io.stdin.replace(Box::new(std::io::empty())));
        }
        desk.io.disk.read(&self.file).map_err(|cause| {
            Error::new(Kind::NoInput, format!("the file '{}' cannot be opened: {cause}", self.file.display()))
                .tip("- reads standard input")
        })
    }

    /// The file of rejected rows, written but not yet in its place.
    fn rejects(&self, desk: &Desk, reader: &Reader, outcome: &Outcome) -> Result<Option<Rejects>> {
        if outcome.rejected.is_empty() || self.changing.dry_run {
            return Ok(None);
        }
        let path = match &self.rejects {
            Some(path) => path.clone(),
            None if self.is_stdin() => path_for(Path::new("stdin")),
            None => path_for(&self.file),
        };
        let mut rejects = reader.rejects(path);
        for (record, problem) in &outcome.rejected {
            rejects.add(&*desk.io.disk, record, problem)?;
        }
        Ok(Some(rejects))
    }

    fn is_stdin(&self) -> bool {
        self.file == Path::new("-")
    }

    /// What the file is called in the talk and in the log of runs.
    fn name(&self) -> String {
        match self.file.file_name() {
            Some(name) if !self.is_stdin() => name.to_string_lossy().into_owned(),
            _ => "stdin".into(),
        }
    }
}

/// The turn of the group's imports, for what is told of it to whoever comes second.
fn turn(desk: &Desk, what: &str) -> Result<lock::Turn> {
    let actor = desk.actor()?;
    let group = desk.read(|tx| tx.group())?;
    lock::take(desk.db()?, group, &actor.name(), what, desk.db()?.now())
}
