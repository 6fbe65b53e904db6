//! Command: rows of a file become customers, contacts, facilities; the same for every noun.

mod columns;
mod log;
mod progress;
mod reading;
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
use self::summary::Summary;
use super::answer::Answer;
use super::desk::Desk;
use super::flags::Changing;
use crate::access::Right;
use crate::db::WriteTx;
use crate::error::{Error, Kind, Result};
use crate::imports::reader::{Line, Reader};
use crate::imports::rejects::{Rejects, path_for};
use crate::imports::runs;
pub(super) use crate::imports::take::Noun;
use crate::imports::take::{Outcome, Patience, take};
use crate::text::{Line as Words, shown};

#[derive(Args, Debug)]
#[command(after_help = "\
Good rows are taken, the others are written to a file of rejected rows, and the exit status is 65. Standard output is
then empty, as with every command that fails; with -o json the error on standard error has the summary in \"report\".
What a file can hold, with examples: man 5 frontdesk-csv.")]
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
        let begun = Instant::now();
        let options = self.reading.options(desk)?;
        let mut reader = Reader::open(self.open(desk)?, noun.shape(), options)?;
        let lines: Vec<Line> = reader.by_ref().collect::<Result<_>>()?;
        let patience = Patience {
            rejected_percent: desk.config.import.max_rejected_percent,
            abort: self.on_error == OnError::Abort,
        };
        let name = self.name();
        let label = Words::parse(&shown(&name))?;
        let progress = Progress::new(desk, lines.len());
        // A transaction that is taken back hands nothing out, and what the rows said is told all the same.
        let told = RefCell::new(None);
        let take_all = |tx: &WriteTx| {
            let mut outcome = take(tx, noun, &lines, patience, &|done| progress.at(done))?;
            if let Some(stop) = outcome.stop.take() {
                told.replace(Some(outcome));
                return Err(stop);
            }
            let run = match outcome.counts.is_change() && !self.changing.dry_run {
                true => Some(runs::record(tx, noun.shape().noun, &label, &outcome.counts)?),
                false => None,
            };
            // On the disk before the rows are in the database, so that no row can be in neither.
            let rejects = self.rejects(desk, &reader, &outcome)?;
            told.replace(Some(outcome));
            Ok((run, rejects))
        };
        desk.require(Right::Imports)?;
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
        let summary = Summary { name, reader: &reader, outcome, run, rejects, stop, seconds, changing: self.changing };
        Ok(summary.answer(desk)?.into())
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
