//! A root statement reads through a reach_ view.

use frontdesk::access::Need;
use frontdesk::db::Scoped;

pub const STAFF: Scoped = Scoped::new(
    Need::staff(),
    "SELECT s.id FROM staff s WHERE s.group_id = -:actor",
);
