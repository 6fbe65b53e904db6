//! Commands: one line of the audit, all of them in a file, and whether they are still what they were.

use std::io::{ErrorKind, Write};

use clap::Args;
use serde_json::Value;

use super::answer::{Answer, Card, Report, record};
use super::audit::typed;
use super::desk::Desk;
use super::flags::{Changing, Format};
use super::usage;
use crate::access::{Need, Right};
use crate::audit::{self, Fault, Finding, Noted, Sealed, Verdict};
use crate::db::{Entry, Subject, Tx, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::text::cell::harmless;

#[derive(Args, Debug)]
pub(super) struct ShowLine {
    /// The number of the line, as `audit list` shows it
    line: i64,
    /// A line about groups themselves, or of a group that is deleted
    #[arg(long)]
    groups: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Every line is sealed with the key file and hung on the line before it. A line that was changed, taken away, put in or moved
is named by its number; the exit status is 1 then. The head that is printed when all is well is worth noting in another
place, such as a diary or another machine: --expect says later whether that line is still there.

Found is what was done by somebody who can write the database file and not read the key file. Whoever has both can write
the whole chain anew, and whoever can put an old copy of the database in the place of the new one can take the lines since
then away: only a head that was noted elsewhere finds these two.")]
pub(super) struct Verify {
    /// A head that was noted before: its line must be there unchanged
    #[arg(long, value_name = "HASH[@LINE]", value_parser = |text: &str| text.parse::<Noted>())]
    expect: Option<Noted>,
}

#[derive(Args, Debug)]
#[command(after_help = "\
As JSON lines, or as CSV with --output csv. That somebody exported is itself written to the audit.")]
pub(super) struct Export {
    /// Only what was done from then on: 2026-11-22, 2026-11-22T08:00:00Z, or so long ago: 30m, 1h, 2d, 1w
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only what was done before then
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// The lines of every group, and about groups themselves
    #[arg(long)]
    all: bool,
}

impl ShowLine {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let find = |tx: &Tx| audit::find(tx, self.line);
        let found = if self.groups { desk.read_outside(find)? } else { desk.read(find)? };
        let found = found.ok_or_else(|| {
            Error::not_found("audit line", self.line).tip("see: frontdesk audit list, or with --groups")
        })?;
        Ok(Card::new(&found.into_inner())?.into())
    }
}

impl Verify {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let verdict = desk.read_outside(|tx| audit::verify(tx, self.expect.as_ref()))?;
        let what = match verdict.wrong {
            0 => return Ok(Card::new(&verdict)?.into()),
            1 => "one thing is wrong".to_owned(),
            many => format!("{many} things are wrong"),
        };
        let error = Error::new(Kind::Found, format!("the audit is not what was written: {what}"))
            .tip("keep the data directory as it is, and compare it with a backup");
        Ok(Report { record: record(&verdict)?, id: None, text: said(&verdict), error: Some(error), status: 0 }.into())
    }
}

/// What is wrong, for people.
fn said(verdict: &Verdict) -> String {
    let mut out: String = verdict.findings.iter().map(|finding| sentence(finding) + "\n").collect();
    if verdict.wrong > verdict.findings.len() {
        out.push_str("and more\n");
    }
    out
}

fn sentence(finding: &Finding) -> String {
    let line = match (finding.id, finding.to) {
        (Some(id), Some(to)) => format!("lines {id} to {to}"),
        (Some(id), None) => format!("line {id}"),
        (None, _) => String::new(),
    };
    let what = match finding.fault {
        Fault::Changed => format!("{line} was changed"),
        Fault::Missing if finding.to.is_some() => format!("{line} are missing"),
        Fault::Missing => format!("{line} is missing"),
        Fault::PutIn => format!("{line} was put in, or changed altogether"),
        Fault::Order => format!("{line} was written at another place"),
        Fault::Old => format!("{line}, from before the chain, are not what they were when it began"),
        Fault::Head => "the head of the audit does not fit its lines: somebody changed it".into(),
        Fault::Broken => format!("before {line} somebody changed the head of the audit, or the key file"),
        Fault::Key => {
            format!("{line}: nothing fits the key file of this installation, so most likely that was replaced")
        }
        Fault::Noted if finding.id.is_some() => format!("{line} is not the one that was noted"),
        Fault::Noted => "no line has the hash that was noted".into(),
    };
    match (&finding.at, &finding.actor, &finding.action) {
        (Some(at), Some(actor), Some(action)) => format!("{what}; it says now: {at}, {actor}, {action}"),
        _ => what,
    }
}

/// What a line about an export is about.
struct Lines;

impl Subject for Lines {
    const NOUN: &'static str = "audit";
    fn row(&self) -> i64 {
        0
    }
    fn label(&self) -> String {
        String::new()
    }
}

impl Export {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let is_csv = match desk.globals.output {
            Some(Format::Csv) => true,
            None | Some(Format::Jsonl) if !desk.globals.json => false,
            _ => {
                return Err(usage("an export is written as JSON lines or CSV, as it does not fit into memory")
                    .tip("leave --output out, or write -o jsonl or -o csv"));
            }
        };
        let since = self.since.as_deref().map(|text| typed(text, "since", desk)).transpose()?;
        let until = self.until.as_deref().map(|text| typed(text, "until", desk)).transpose()?;
        let note = |tx: &WriteTx| {
            tx.change(Need::right(Right::Audit), |_| {
                let facts = serde_json::json!({ "since": since, "until": until });
                Ok(((), Entry::about::<Lines>(0, "the audit", "audit.exported").after(&facts)))
            })
        };
        let out = Out { desk, is_csv };
        let lines = |tx: &Tx| {
            out.heading()?;
            audit::export(tx, since, until, |line| out.line(&line))
        };
        let done = if self.all {
            desk.write_outside(Changing::default(), note)?;
            desk.read_outside(lines)
        } else {
            desk.write(Changing::default(), note)?;
            desk.read(lines)
        };
        match done {
            // A reader who has had enough (`| head`) is no error.
            Err(error) if error.kind() == Kind::Refused => {}
            other => other?,
        }
        Ok(Answer::Text(String::new()))
    }
}

/// Where lines go, one by one.
struct Out<'a> {
    desk: &'a Desk<'a>,
    is_csv: bool,
}

const HEADING: [&str; 14] = [
    "id",
    "at",
    "actor_sort",
    "actor",
    "uid",
    "via",
    "client",
    "action",
    "noun",
    "subject",
    "before",
    "after",
    "seal",
    "hash",
];

impl Out<'_> {
    fn heading(&self) -> Result<()> {
        if !self.is_csv || self.desk.globals.no_header {
            return Ok(());
        }
        self.row(HEADING.iter().map(ToString::to_string))
    }

    fn line(&self, line: &Sealed) -> Result<()> {
        let fields = record(line)?;
        if !self.is_csv {
            return self.write(&super::output::one_line(&Value::Object(fields)));
        }
        self.row(HEADING.iter().map(|name| match fields.get(*name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) if !matches!(*name, "before" | "after") => harmless(text.clone()),
            Some(other) => harmless(other.to_string()),
        }))
    }

    fn row(&self, cells: impl Iterator<Item = String>) -> Result<()> {
        // A program gets every character; a terminal none that it would obey.
        let is_seen = self.desk.io.stdout_is_terminal;
        let cells = cells.map(|cell| if is_seen { super::table::tame(&cell) } else { cell });
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(cells).map_err(Error::internal)?;
        let bytes = writer.into_inner().map_err(|error| Error::internal(error.into_error()))?;
        self.write(&String::from_utf8(bytes).map_err(Error::internal)?)
    }

    fn write(&self, text: &str) -> Result<()> {
        self.desk.io.stdout.borrow_mut().write_all(text.as_bytes()).map_err(|cause| match cause.kind() {
            ErrorKind::BrokenPipe => Error::new(Kind::Refused, "nobody reads on"),
            _ => Error::new(Kind::CannotWrite, format!("the answer cannot be written: {cause}")),
        })
    }
}
