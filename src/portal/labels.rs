//! Page: where the code on a machine's label leads.

use super::exchange::Reply;
use super::reply;
use super::visit::Visit;
use crate::access::Permission;
use crate::error::Result;
use crate::links;
use crate::objects;

/// Leads on to the machine, with the field for its reading open for whoever may enter one.
pub fn scan(visit: &Visit) -> Result<Reply> {
    let code = visit.value(0)?;
    let object = visit.read(|tx| objects::labelled(tx, code))?;
    let page = links::object(visit.slug(), &object.number);
    match visit.signed().access.grant.permissions.contains(&Permission::ReadingAdd) {
        true => reply::see_other(&format!("{page}?reading=new#reading")),
        false => reply::see_other(&page),
    }
}
