//! The text of a statement stays inside db.

use frontdesk::access::Need;
use frontdesk::db::Scoped;

pub fn free() -> Scoped {
    Scoped { need: Need::own(), sql: "SELECT 1" }
}
