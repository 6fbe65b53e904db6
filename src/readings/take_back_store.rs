//! A reading that an import brought is taken back, as if it had never been: only the audit tells of it.
//!
//! One that was merely marked as deleted would be known the next time the repaired file comes, and be left out.

use super::change_store::ENTER;
use super::{Reading, ReadingState};
use crate::db::named;
use crate::db::{Change, Entry, Reached, WriteTx};
use crate::error::{Error, Result};

const REMOVE: Change = Change::new("DELETE FROM readings WHERE group_id = :group AND id = :id AND state = 'valid'");

const RESTORE: Change = Change::new(
    "
    UPDATE readings
       SET state = 'valid', ended_at = NULL, ended_why = NULL, ended_by = NULL
     WHERE group_id = :group AND id = :id AND state = 'corrected'",
);

/// Takes a reading away that counts; the one whose place it took counts again.
pub fn take_back(tx: &WriteTx, reading: &Reached<Reading>) -> Result<()> {
    tx.actor().require(ENTER)?;
    if reading.state != ReadingState::Valid {
        let (state, value, unit) = (reading.state, reading.value, &reading.unit);
        return Err(Error::conflict(format!("reading {} ({value} {unit}) was {state} since", reading.id)));
    }
    tx.change(ENTER, |w| {
        w.run(&REMOVE, named! { ":id": reading.id })?;
        if let Some(before) = reading.corrects {
            w.run(&RESTORE, named! { ":id": before })?;
        }
        Ok(((), Entry::on(reading, "reading.taken_back").before(&**reading)))
    })
}
