//! A change stays inside the transaction's group.

use frontdesk::db::Change;

pub const DELETE: Change = Change::new("DELETE FROM customers WHERE group_id = :group AND id = :id");
