//! A root statement reads.

use frontdesk::access::Need;
use frontdesk::db::Scoped;

pub const STAFF: Scoped = Scoped::new(
    Need::staff(),
    "DELETE FROM staff AS s WHERE s.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
);
