//! A page that is looked at changes nothing; a form that was sent can.

use frontdesk::customers::{self, Customer};
use frontdesk::db::Reached;
use frontdesk::error::Result;
use frontdesk::portal::visit::{Submission, Visit};

pub fn forget(visit: &Visit, submission: &Submission, customer: &Reached<Customer>) -> Result<()> {
    let _ = (visit, submission);
    visit.write(|tx| customers::delete(tx, customer))
}
