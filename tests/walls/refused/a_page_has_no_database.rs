//! The database is out of reach of a page; only a form that was sent gets at it.

use frontdesk::db::Db;
use frontdesk::portal::visit::{Submission, Visit};

pub fn database<'a>(visit: &Visit<'a>, submission: &Submission<'a>) -> &'a Db {
    let _ = (visit, submission);
    &visit.site.db
}
