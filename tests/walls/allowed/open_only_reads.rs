//! An open statement reads.

use frontdesk::db::Open;

pub const SLUGS: Open = Open::new("the door knows who lives here", "SELECT slug FROM groups");
