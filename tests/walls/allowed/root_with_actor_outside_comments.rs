//! A root statement filters on :actor where SQLite reads it.

use frontdesk::access::Need;
use frontdesk::db::Scoped;

pub const STAFF: Scoped = Scoped::new(
    Need::staff(),
    "SELECT s.id FROM staff s WHERE s.group_id IN (SELECT group_id FROM reach_desks WHERE actor = :actor)",
);
