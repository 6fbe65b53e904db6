//! All rows of a file are taken in one transaction: the good ones together, the bad ones not at all.

use crate::db::WriteTx;
use crate::error::{Error, Kind, Result};
use crate::imports::columns::Shape;
use crate::imports::duplicates::Seen;
use crate::imports::problem::Problem;
use crate::imports::reader::Line;
use crate::imports::row::Row;
use crate::imports::runs::Counts;
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

/// When an import gives up.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// So many rows of a hundred may be bad; more of them are a wrong file.
    pub rejected_percent: u8,
    /// Whether the first bad row ends everything.
    pub abort: bool,
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
    /// Why nothing may be kept of all this, if so.
    pub stop: Option<Error>,
}

/// Takes the rows, each one wholly or not at all.
///
/// Whoever calls it takes everything back when the outcome says [`stop`](Outcome::stop). `step` is told after each row
/// how many there were. A failure means that no row could be taken, such as when the disk is full.
pub fn take<'l>(
    tx: &WriteTx,
    noun: Noun,
    lines: &'l [Line],
    patience: Patience,
    step: &dyn Fn(u64),
) -> Result<Outcome<'l>> {
    let mut outcome = Outcome::default();
    let mut seen = Seen::new();
    let mut done = 0;
    for batch in noun.batches(lines) {
        for (record, problem) in one(tx, noun, &batch, &mut seen, &mut outcome)? {
            outcome.counts.rejected += 1;
            if patience.abort {
                let error =
                    Error::new(Kind::Data, format!("line {} cannot be taken; nothing was changed", record.line));
                outcome.stop = Some(error.tip("repair it, or leave out --on-error abort"));
                outcome.rejected.push((record, problem));
                return Ok(outcome);
            }
            outcome.rejected.push((record, problem));
        }
        done += batch.len() as u64;
        step(done);
    }
    // People look for a line where it stands in the file.
    outcome.rejected.sort_by_key(|(record, _)| record.line);
    let (rejected, rows) = (outcome.counts.rejected, lines.len() as u64);
    if rejected.saturating_mul(100) > rows.saturating_mul(patience.rejected_percent.into()) {
        let percent = patience.rejected_percent;
        outcome.stop = Some(
            Error::new(
                Kind::Data,
                format!("{rejected} of {rows} rows cannot be taken, more than {percent} %; nothing was changed"),
            )
            .tip("is it the right file, with the right --map and --delimiter? Repair it, or raise max_rejected_percent in [import] of the configuration"),
        );
    }
    Ok(outcome)
}

/// Takes the rows of a batch; what they changed is taken back if they turn out to be bad. Gives those that were refused.
fn one<'l>(
    tx: &WriteTx,
    noun: Noun,
    batch: &[&'l Line],
    seen: &mut Seen,
    outcome: &mut Outcome,
) -> Result<Vec<(&'l Record, Problem)>> {
    let mut rows = Vec::new();
    for line in batch {
        match line {
            // A line that cannot be read stands alone.
            Line::Bad(record, problem) => return Ok(vec![(record, problem.clone())]),
            Line::Good(row) => rows.push(row),
        }
    }
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
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
        (Ok(taken), _) => {
            rows.iter().for_each(|_| outcome.counts.count(taken.deed));
            if taken.deed != Deed::Unchanged {
                outcome.plan.push((first.line(), taken));
            }
            Ok(Vec::new())
        }
        (Err(_), Some(problem)) => {
            let of = |row: &&'l Row| (row.record(), Problem { line: row.line(), ..problem.clone() });
            Ok(rows.iter().map(of).collect())
        }
        (Err(error), None) => Err(error),
    }
}

fn again(row: &Row, taken: &Taken, first: u64) -> Problem {
    let (column, value) = &taken.key;
    let problem = row.problem(column, format!("'{}' is the same as on line {first}", shown(value)));
    Problem { code: Kind::Conflict.code(), ..problem }
}
