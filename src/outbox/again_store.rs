//! A letter that waits is written anew when there is more to tell before it left.

use super::letter::Letter;
use crate::clock::Moment;
use crate::db::{Change, Json, Writer, named};
use crate::error::Result;
use crate::ids::LetterId;

const REWRITE: Change = Change::new(
    "
    UPDATE outbox SET letter = :letter, queued_at = :now, next_at = :from
     WHERE group_id = :group
       AND id = :id
       AND state = 'queued'
       AND (leased_until IS NULL OR leased_until <= :now)",
);

/// Puts another letter into the place of one that waits, to leave at a moment; `false` if that one is on its way.
pub fn rewrite(w: &Writer, id: LetterId, letter: &Letter, from: Moment) -> Result<bool> {
    Ok(w.run(&REWRITE, named! { ":id": id, ":letter": Json(letter), ":from": from })? > 0)
}
