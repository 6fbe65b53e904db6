//! Whether mail can leave at all: written down by whoever tried last, read by every process.

use serde::Serialize;

use crate::access::Machine;
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Change, Open, Tx, WriteTx};
use crate::error::Result;

/// No mail can leave.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stop {
    /// Since when.
    pub since: Moment,
    /// When that was seen last.
    pub seen_at: Moment,
    /// Why, in a sentence for the office.
    pub why: String,
}

const STOP: Open = Open::new(
    "the way out is the same for all groups, and whichever tried last knows it",
    "
    SELECT s.since, s.seen_at, s.why
      FROM mail_stops s
     WHERE EXISTS (SELECT 1 FROM outbox m WHERE m.group_id = s.group_id AND m.state = 'queued')
     ORDER BY s.since
     LIMIT 1",
);

const NOTED: Open = Open::new("the way out is the same for all groups", "SELECT 1 FROM mail_stops LIMIT 1");

const NOTE: Change = Change::new(
    "
    INSERT INTO mail_stops (group_id, since, seen_at, why)
    VALUES (:group, :now, :now, :why)
    ON CONFLICT (group_id) DO UPDATE SET seen_at = excluded.seen_at, why = excluded.why",
);

const CLEAR: Change = Change::open("the way out is the same for all groups", "DELETE FROM mail_stops");

/// Why no mail can leave, as far as it is known; nothing while mail leaves, and when none waits.
pub fn stop(tx: &Tx) -> Result<Option<Stop>> {
    let found = tx.open(&STOP, &[], |row| Ok(Stop { since: row.get(0)?, seen_at: row.get(1)?, why: row.get(2)? }))?;
    Ok(found.into_iter().next())
}

/// Writes down that no mail can leave, and why.
pub fn stopped(tx: &WriteTx, why: &str) -> Result<()> {
    tx.keep_books(Machine::Mailer, |w| w.run(&NOTE, named! { ":why": why }))?;
    Ok(())
}

/// Takes back what was written down, now that the mail server was heard.
pub fn flows(tx: &WriteTx) -> Result<()> {
    if !tx.open(&NOTED, &[], |_| Ok(()))?.is_empty() {
        tx.keep_books(Machine::Mailer, |w| w.run(&CLEAR, &[]))?;
    }
    Ok(())
}
