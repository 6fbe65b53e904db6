//! An open statement says why it is open.

use frontdesk::db::Open;

pub const SLUGS: Open = Open::new("", "SELECT slug FROM groups");
