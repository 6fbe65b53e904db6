//! A statement about children filters on :parent.

use frontdesk::access::Need;
use frontdesk::customers::Customer;
use frontdesk::db::Below;

pub const NAMES: Below<Customer> = Below::new(Need::staff(), "SELECT name FROM facilities WHERE customer_id = :parent");
