//! Another zone of a group: the last day of an access stays that day, and ends when it ends on the new clocks.

use jiff::ToSpan;

use super::Group;
use crate::access::{Need, Right};
use crate::clock::Moment;
use crate::db::{Below, Change, Reached, Tx, Writer, named};
use crate::error::Result;
use crate::ids::AccessId;
use crate::text::Zone;

const ENDS: Below<Group> = Below::new(
    Need::right(Right::Admin),
    "SELECT a.id, a.until FROM accesses a WHERE a.group_id = :parent AND a.until IS NOT NULL ORDER BY a.id",
);

const MOVE: Change = Change::open(
    "the owner changes a group from outside of it",
    "UPDATE accesses SET until = :until WHERE group_id = :id AND id = :access",
);

/// Moves the ends of all accesses to the midnights of another zone, so that everybody keeps the day they were told.
pub(super) fn keep_days(tx: &Tx, w: &Writer, group: &Reached<Group>, zone: &Zone) -> Result<()> {
    if group.card.zone == *zone {
        return Ok(());
    }
    let (before, after) = (group.card.zone.rules(), zone.rules());
    let ends = tx.below(group, &ENDS, named! {}, |row| Ok((row.get::<_, AccessId>(0)?, row.get::<_, Moment>(1)?)))?;
    for (access, end) in ends.into_iter().map(Reached::into_inner) {
        // Kept is the midnight after the last day.
        let last = end.plus(-1).within(&before).date();
        let until = Moment::start_of(last.saturating_add(1.day()), &after)?;
        w.run(&MOVE, named! { ":id": group.id, ":access": access, ":until": until })?;
    }
    Ok(())
}
