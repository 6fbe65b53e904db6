//! What hangs on a thing and would go with it, or keep it from going.

use crate::access::{Need, Right};
use crate::contacts::Contact;
use crate::customers::Customer;
use crate::db::{Below, Reached, Row, RowResult, Subject, Tx};
use crate::error::Result;
use crate::facilities::Facility;
use crate::objects::Object;
use crate::orders::Order;

const NEED: Need = Need::right(Right::Imports);

/// Something that hangs on something else.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hanging {
    /// What kind of thing.
    pub(super) noun: String,
    /// In which row.
    pub(super) id: i64,
    /// What people call it.
    pub(super) label: String,
}

const ON_CUSTOMER: Below<Customer> = Below::new(
    NEED,
    "
    SELECT 'user', u.id, u.email FROM accesses a JOIN users u ON u.id = a.user_id
     WHERE a.group_id = :group AND a.customer_id = :parent
    UNION ALL
    SELECT 'order', id, number FROM orders WHERE group_id = :group AND customer_id = :parent
    UNION ALL
    SELECT 'object', id, number FROM objects WHERE group_id = :group AND customer_id = :parent
    UNION ALL
    SELECT 'facility', id, number FROM facilities WHERE group_id = :group AND customer_id = :parent
    UNION ALL
    SELECT 'contact', id, name FROM contacts WHERE group_id = :group AND customer_id = :parent
    UNION ALL
    SELECT 'document', id, name FROM documents WHERE group_id = :group AND customer_id = :parent
    LIMIT 1",
);

const ON_CONTACT: Below<Contact> = Below::new(
    NEED,
    "
    SELECT 'user', u.id, u.email FROM accesses a JOIN users u ON u.id = a.user_id
     WHERE a.group_id = :group AND a.contact_id = :parent
       AND a.customer_id = (SELECT k.customer_id FROM contacts k WHERE k.id = :parent)
    UNION ALL
    SELECT 'order', o.id, o.number FROM orders o
     WHERE o.group_id = :group AND o.contact_id = :parent
       AND o.customer_id = (SELECT k.customer_id FROM contacts k WHERE k.id = :parent)
    UNION ALL
    SELECT 'document', d.id, d.name FROM documents d
     WHERE d.group_id = :group AND d.contact_id = :parent
       AND d.customer_id = (SELECT k.customer_id FROM contacts k WHERE k.id = :parent)
    LIMIT 1",
);

const ON_FACILITY: Below<Facility> = Below::new(
    NEED,
    "
    SELECT 'object', o.id, o.number FROM objects o WHERE o.group_id = :group AND o.place = :parent
    UNION ALL
    SELECT 'order', o.id, o.number FROM orders o WHERE o.group_id = :group AND o.place = :parent
    UNION ALL
    SELECT 'user', u.id, u.email
      FROM access_facilities s JOIN accesses a ON a.id = s.access_id JOIN users u ON u.id = a.user_id
     WHERE s.group_id = :group AND s.facility_id = :parent
       AND s.customer_id = (SELECT f.customer_id FROM facilities f WHERE f.id = :parent)
    UNION ALL
    SELECT 'contact', k.id, k.name FROM contact_facilities s JOIN contacts k ON k.id = s.contact_id
     WHERE s.group_id = :group AND s.facility_id = :parent
       AND s.customer_id = (SELECT f.customer_id FROM facilities f WHERE f.id = :parent)
    UNION ALL
    SELECT 'document', d.id, d.name FROM documents d
     WHERE d.group_id = :group AND d.facility_id = :parent
       AND d.customer_id = (SELECT f.customer_id FROM facilities f WHERE f.id = :parent)
    LIMIT 1",
);

const ON_OBJECT: Below<Object> = Below::new(
    NEED,
    "
    WITH own AS (SELECT customer_id FROM objects WHERE id = :parent)
    SELECT 'order', o.id, o.number FROM orders o
     WHERE o.group_id = :group AND o.object_id = :parent AND o.customer_id = (SELECT customer_id FROM own)
    UNION ALL
    SELECT 'reading', r.id,
           (SELECT number FROM objects WHERE id = :parent) || ' '
             || rtrim(rtrim(printf('%.3f', r.value / 1000.0), '0'), '.') || ' ' || r.unit
      FROM readings r
     WHERE r.group_id = :group AND r.object_id = :parent AND r.customer_id = (SELECT customer_id FROM own)
    UNION ALL
    SELECT 'object', p.id, p.number FROM objects p
     WHERE p.group_id = :group AND p.parent_id = :parent AND p.customer_id = (SELECT customer_id FROM own)
    UNION ALL
    SELECT 'interval', i.id, i.name FROM object_intervals i
     WHERE i.group_id = :group AND i.object_id = :parent AND i.customer_id = (SELECT customer_id FROM own)
    UNION ALL
    SELECT 'label', l.object_id, l.code FROM object_labels l
     WHERE l.group_id = :group AND l.object_id = :parent AND l.customer_id = (SELECT customer_id FROM own)
    UNION ALL
    SELECT 'selfcheck', s.id, s.title FROM selfchecks s
     WHERE s.group_id = :group AND s.object_id = :parent AND s.customer_id = (SELECT customer_id FROM own)
    UNION ALL
    SELECT 'document', d.id, d.name FROM documents d
     WHERE d.group_id = :group AND d.object_id = :parent AND d.customer_id = (SELECT customer_id FROM own)
    LIMIT 1",
);

const ON_ORDER: Below<Order> = Below::new(
    NEED,
    "
    WITH own AS (SELECT customer_id FROM orders WHERE id = :parent)
    SELECT 'comment', id, author FROM comments WHERE group_id = :group AND order_id = :parent
    UNION ALL
    SELECT 'selfcheck', s.id, s.title FROM selfchecks s
     WHERE s.group_id = :group AND s.order_id = :parent AND s.customer_id = (SELECT customer_id FROM own)
    UNION ALL
    SELECT 'document', d.id, d.name FROM documents d
     WHERE d.group_id = :group AND d.order_id = :parent AND d.customer_id = (SELECT customer_id FROM own)
    UNION ALL
    SELECT 'mail', id, recipient FROM outbox WHERE group_id = :group AND order_id = :parent
    LIMIT 1",
);

/// Nouns whose things other things hang on.
pub(super) trait Bears: Subject + Sized {
    const HANGING: Below<Self>;
}

impl Bears for Customer {
    const HANGING: Below<Self> = ON_CUSTOMER;
}
impl Bears for Contact {
    const HANGING: Below<Self> = ON_CONTACT;
}
impl Bears for Facility {
    const HANGING: Below<Self> = ON_FACILITY;
}
impl Bears for Object {
    const HANGING: Below<Self> = ON_OBJECT;
}
impl Bears for Order {
    const HANGING: Below<Self> = ON_ORDER;
}

/// Something that hangs on a thing, if anything does.
pub(super) fn on<T: Bears>(tx: &Tx, thing: &Reached<T>) -> Result<Option<Hanging>> {
    Ok(tx.below(thing, &T::HANGING, &[], hanging)?.pop().map(Reached::into_inner))
}

fn hanging(row: &Row) -> RowResult<Hanging> {
    Ok(Hanging { noun: row.get(0)?, id: row.get(1)?, label: row.get(2)? })
}
