//! A change of no group says why it is one.

use frontdesk::db::Change;

pub const CLOSE: Change =
    Change::open("the owner deletes a group from outside of it", "DELETE FROM groups WHERE id = :id");
