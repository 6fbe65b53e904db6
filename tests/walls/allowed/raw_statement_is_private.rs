//! The text of a statement stays inside db.

use frontdesk::access::Need;
use frontdesk::db::Scoped;

pub fn free() -> Scoped {
    Scoped::new(Need::own(), "SELECT 1 FROM reach_groups WHERE actor = :actor")
}
