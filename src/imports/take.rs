//! All rows of a file are taken in one transaction: the good ones together, the bad ones not at all.

use crate::db::WriteTx;
use crate::error::{Error, Kind, Result};
use crate::imports::allowance::Allowance;
use crate::imports::columns::Shape;
use crate::imports::duplicates::Seen;
use crate::imports::fingerprint::{Fingerprint, Press};
use crate::imports::missing::{self, Absent, Missing, Present, Search};
use crate::imports::problem::Problem;
use crate::imports::reader::Line;
use crate::imports::row::Row;
use crate::imports::runs::{Counts, Span};
use crate::imports::source::Record;
use crate::imports::taken::{Deed, Refusal, Taken};
use crate::imports::{contacts, customers, facilities, objects, orders, readings, shapes};
use crate::text::shown;

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Noun {
    /// Customers, each with perhaps one contact.
    Customer,
    /// Contacts of customers.
    Contact,
    /// Facilities of customers.
    Facility,
    /// Machines of customers.
    Object,
    /// Orders of customers.
    Order,
    /// What the meters of objects showed.
    Reading,
    /// What was added to the meters of objects since the row before.
    Added,
}

impl Noun {
    /// What the rows of such a file look like.
    pub fn shape(self) -> &'static Shape {
        match self {
            Self::Customer => &shapes::CUSTOMER,
            Self::Contact => &shapes::CONTACT,
            Self::Facility => &shapes::FACILITY,
            Self::Object => &shapes::OBJECT,
            Self::Order => &shapes::ORDER,
            Self::Reading | Self::Added => &shapes::READING,
        }
    }

    /// The rows in the order in which they are taken; those of a batch are taken as one.
    fn batches(self, lines: &[Line]) -> Vec<Vec<&Line>> {
        match self {
            Self::Reading => readings::batches(lines, false),
            Self::Added => readings::batches(lines, true),
            Self::Object => objects::batches(lines),
            _ => lines.iter().map(|line| vec![line]).collect(),
        }
    }

    fn take(self, tx: &WriteTx, rows: &[&Row]) -> Result<Taken, Refusal> {
        let Some(row) = rows.first() else {
            return Err(Error::internal(anyhow::anyhow!("a batch without rows")).into());
        };
        match self {
            Self::Customer => customers::take(tx, row),
            Self::Contact => contacts::take(tx, row),
            Self::Facility => facilities::take(tx, row),
            Self::Object => objects::take(tx, row),
            Self::Order => orders::take(tx, row),
            Self::Reading => readings::take(tx, row),
            Self::Added => readings::take_added(tx, rows),
        }
    }
}

/// How a file is taken: when it is given up, and what is looked for besides.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// So many rows may be bad; more of them are a wrong file.
    pub rejects: Allowance,
    /// Whether the first bad row ends everything.
    pub abort: bool,
    /// What is asked about things that are not in the file.
    pub search: Search,
    /// Whether the file itself is one of rejected rows.
    pub is_rejects: bool,
    /// How the cells are read, if a fingerprint of everything is to be made.
    pub press: Option<&'a str>,
    /// The fingerprint that it must have.
    pub expected: Option<&'a Fingerprint>,
}

/// What became of a file.
#[derive(Debug, Default)]
pub struct Outcome<'l> {
    /// How many rows did what.
    pub counts: Counts,
    /// The rows that made or changed something, with their lines.
    pub plan: Vec<(u64, Taken)>,
    /// The rows that could not be taken, as they stand in the file.
    pub rejected: Vec<(&'l Record, Problem)>,
    /// What is in the database and not in the file, if that was looked for.
    pub absent: Vec<Absent>,
    /// The line of a rejected row because of which nothing was closed: it does not say what it is about.
    pub unknown: Option<u64>,
    /// What all of this is known by, if it was asked for.
    pub fingerprint: Option<Fingerprint>,
    /// Why nothing may be kept of all this, if so.
    pub stop: Option<Error>,
}

/// Takes the rows, each one wholly or not at all.
///
/// Whoever calls it takes everything back when the outcome says [`stop`](Outcome::stop). `step` is told after each row
/// how many there were. A failure means that no row could be taken, such as when the disk is full.
pub fn take<'l>(tx: &WriteTx, noun: Noun, lines: &'l [Line], terms: Terms, step: &dyn Fn(u64)) -> Result<Outcome<'l>> {
    let span = Span::begin(tx)?;
    let mut outcome = Outcome::default();
    let mut press = terms.press.map(|reading| Press::new(noun.shape().noun, reading));
    let mut present = (terms.search.missing != Missing::Keep).then(Present::default);
    let mut seen = Seen::new();
    let mut done = 0;
    for batch in noun.batches(lines) {
        match one(tx, noun, &batch, &mut seen)? {
            Done::Taken(rows, taken) => {
                rows.iter().for_each(|_| outcome.counts.count(taken.deed));
                if let Some(present) = &mut present {
                    present.is(taken.id);
                }
                if taken.deed != Deed::Unchanged {
                    if let Some(press) = &mut press {
                        press.taken(noun.shape(), &rows, &taken);
                    }
                    outcome.plan.push((rows.first().map_or(0, |row| row.line()), taken));
                }
            }
            Done::Rejected(rejected) => {
                for (record, problem, row) in rejected {
                    outcome.counts.rejected += 1;
                    if let Some(press) = &mut press {
                        press.rejected(record, &problem);
                    }
                    match (&mut present, row) {
                        (Some(present), Some(row)) => present.rejected(tx, noun, row)?,
                        (Some(present), None) => present.unreadable(record.line),
                        (None, _) => {}
                    }
                    outcome.rejected.push((record, problem));
                    if terms.abort {
                        let why = format!("line {} cannot be taken; nothing was changed", record.line);
                        let error = Error::new(Kind::Data, why);
                        outcome.stop = Some(error.tip("repair it, or leave out --on-error abort"));
                        return Ok(outcome);
                    }
                }
            }
        }
        done += batch.len() as u64;
        step(done);
    }
    // People look for a line where it stands in the file.
    outcome.rejected.sort_by_key(|(record, _)| record.line);
    outcome.stop = too_many(outcome.counts.rejected, lines.len() as u64, terms.rejects);
    if let (Some(present), None) = (&present, &outcome.stop) {
        let Counts { created, changed, unchanged, .. } = outcome.counts;
        outcome.unknown = present.unknown().filter(|_| terms.search.missing == Missing::Close);
        let taken = created + changed + unchanged;
        match missing::settle(tx, noun, present, terms.search, (taken, terms.is_rejects))? {
            Ok(absent) => outcome.absent = absent,
            Err(stop) => outcome.stop = Some(stop),
        }
        outcome.counts.closed = outcome.absent.iter().filter(|one| one.closed.is_some()).count() as u64;
    }
    if let (Some(mut press), None) = (press, &outcome.stop) {
        for one in &outcome.absent {
            press.missing(&one.about, one.id, one.closed.is_some());
        }
        let made = press.finish(tx, span.until_now(tx)?)?;
        if let Some(expected) = terms.expected.filter(|expected| **expected != made) {
            outcome.stop = Some(
                Error::conflict(format!("the plan is no longer {expected}, it is {made} now; nothing was changed"))
                    .at("expect")
                    .tip("the file, the options or the database changed since; look at the plan again with --dry-run"),
            );
        }
        outcome.fingerprint = Some(made);
    }
    Ok(outcome)
}

fn too_many(rejected: u64, rows: u64, most: Allowance) -> Option<Error> {
    if most.allows(rejected, rows) {
        return None;
    }
    let why = format!("{rejected} of {rows} rows cannot be taken, more than {most}; nothing was changed");
    Some(Error::new(Kind::Data, why).tip(
        "is it the right file, with the right --map and --delimiter? Repair it, or allow more with --max-rejects or \
         max_rejected_percent in [import] of the configuration",
    ))
}

/// What became of a batch.
enum Done<'l> {
    Taken(Vec<&'l Row>, Taken),
    /// Each row as it stands in the file, why, and its cells if it has any.
    Rejected(Vec<(&'l Record, Problem, Option<&'l Row>)>),
}

/// Takes the rows of a batch; what they changed is taken back if they turn out to be bad.
fn one<'l>(tx: &WriteTx, noun: Noun, batch: &[&'l Line], seen: &mut Seen) -> Result<Done<'l>> {
    let mut rows: Vec<&'l Row> = Vec::with_capacity(batch.len());
    for line in batch {
        match line {
            // A line that cannot be read stands alone.
            Line::Bad(record, problem) => return Ok(Done::Rejected(vec![(record, problem.clone(), None)])),
            Line::Good(row) => rows.push(row),
        }
    }
    let Some(first) = rows.first() else { return Ok(Done::Rejected(Vec::new())) };
    let mut refused = None;
    let mut refuse = |problem| {
        refused = Some(problem);
        Error::new(Kind::Data, "the row cannot be taken")
    };
    let done = tx.attempt(|| match noun.take(tx, &rows) {
        Ok(taken) => match seen.earlier(&[&taken.id.to_string()], first.line()) {
            None => Ok(taken),
            Some(earlier) => Err(refuse(again(first, &taken, earlier))),
        },
        Err(Refusal::Row(problem)) => Err(refuse(*problem)),
        Err(Refusal::Whole(error)) => Err(error),
    });
    match (done, refused) {
        (Ok(taken), _) => Ok(Done::Taken(rows, taken)),
        (Err(_), Some(problem)) => {
            let of = |row: &&'l Row| {
                let row: &'l Row = row;
                (row.record(), Problem { line: row.line(), ..problem.clone() }, Some(row))
            };
            Ok(Done::Rejected(rows.iter().map(of).collect()))
        }
        (Err(error), None) => Err(error),
    }
}

fn again(row: &Row, taken: &Taken, first: u64) -> Problem {
    let (column, value) = &taken.key;
    let problem = row.problem(column, format!("'{}' is the same as on line {first}", shown(value)));
    Problem { code: Kind::Conflict.code(), ..problem }
}
