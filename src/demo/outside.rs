//! What leads to the portal from outside: the company's website, and the labels on its customers' machines.

use crate::customers;
use crate::db::WriteTx;
use crate::error::Result;
use crate::groups::{self, Origin};
use crate::objects;
use crate::text::Number;

/// The company's website, and a page on this machine for whoever tries the login box in a frame.
const SITES: [&str; 2] = ["https://www.nordkyl.example", "http://localhost:8000"];

/// Whose machines have labels already.
const LABELLED: [&str; 2] = ["1042", "3015"];

/// Lets the sites show the login box, and prints the labels.
pub(super) fn lead_in(tx: &WriteTx) -> Result<()> {
    for site in SITES {
        groups::add_origin(tx, &Origin::parse(site)?)?;
    }
    for number in LABELLED {
        let customer = customers::named(tx, &Number::parse(number)?)?;
        for object in objects::list(tx, &customer)? {
            objects::label(tx, &object)?;
        }
    }
    Ok(())
}
