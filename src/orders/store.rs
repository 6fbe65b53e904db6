//! Orders are found and listed here.

use super::{Order, OrderCard, OrderFilter, Person};
use crate::access::{Machine, Need, Permission};
use crate::db::named;
use crate::db::{Json, Reached, Row, RowResult, Scoped, Tx, Value};
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::orders::Cost;
use crate::text::{Line, Number, like};

pub(super) const SEE: Need = Need::see(Permission::OrderView).or_machine(Machine::Postman);

/// A statement that reads whole orders; what follows FROM and the joins is the caller's.
///
/// The cost is for staff, whose `:actor` is negative. An object that stands out of reach today is left out.
macro_rules! orders {
    ($($rest:tt)+) => {
        concat!(
            "
    SELECT o.id, o.number, o.customer_id, c.number, c.name, o.title, o.kind, o.description, o.planned_from, o.planned_to,
           o.reference, CASE WHEN :actor < 0 THEN o.cost END, o.external_id, o.facility_id, f.number, f.name, m.id, m.number,
           m.name, o.status_id, s.name, o.stage, o.priority_id, p.name, p.emergency, o.created_at, o.changed_at,
           o.closed_at, o.due_at,
           o.due_at IS NOT NULL AND o.due_at < :now AND o.stage NOT IN ('done', 'cancelled'),
           (SELECT json_group_array(json_object('id', t.id, 'login', t.login, 'name', t.name) ORDER BY t.login)
              FROM order_staff x
              JOIN staff t ON t.group_id = x.group_id AND t.id = x.staff_id
             WHERE x.group_id = o.group_id AND x.order_id = o.id),
           k.id, k.name, k.email, o.site_contact, o.site_phone, f.zone
      FROM orders o
      JOIN customers c ON c.id = o.customer_id
      JOIN statuses s ON s.id = o.status_id
      JOIN priorities p ON p.id = o.priority_id
      LEFT JOIN facilities f ON f.id = o.facility_id
      LEFT JOIN objects m ON m.id = o.object_id
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = m.customer_id AND r.place = m.place)
      LEFT JOIN contacts k ON k.id = o.contact_id
     WHERE ",
            $($rest)+
        )
    };
}
pub(super) use orders;

/// What a filter leaves of the orders in reach. The customer is left to the statement, for the sake of its index.
macro_rules! filtered {
    () => {
        "
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = o.customer_id AND r.place = o.place)
       AND (:facility IS NULL OR o.facility_id = :facility)
       AND (:object IS NULL OR o.object_id = :object)
       AND (:contact IS NULL OR o.contact_id = :contact)
       AND (:stage IS NULL OR o.stage = :stage)
       AND (:status IS NULL OR o.status_id = :status)
       AND (:kind IS NULL OR o.kind = :kind)
       AND (:assigned IS NULL
            OR EXISTS (SELECT 1 FROM order_staff x
                        WHERE x.group_id = o.group_id AND x.order_id = o.id AND x.staff_id = :assigned))
       AND (NOT :overdue OR (o.due_at < :now AND o.stage NOT IN ('done', 'cancelled')))
       AND (NOT :open OR o.stage NOT IN ('done', 'cancelled'))
       AND (:search IS NULL
            OR o.search LIKE :search ESCAPE '\\'
            OR f.search LIKE :search ESCAPE '\\'
            OR m.search LIKE :search ESCAPE '\\')
     ORDER BY o.created_at DESC, o.id DESC
     LIMIT :limit"
    };
}

const BY_ID: Scoped = Scoped::new(
    SEE,
    orders!(
        "o.id = :id
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = o.customer_id AND r.place = o.place)"
    ),
);

const BY_NUMBER: Scoped = Scoped::new(
    SEE,
    orders!(
        "o.group_id = :group
       AND o.number = :number
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = o.customer_id AND r.place = o.place)"
    ),
);

const BY_EXTERNAL_ID: Scoped = Scoped::new(
    SEE,
    orders!(
        "o.group_id = :group
       AND o.external_id = :external_id
       AND EXISTS (SELECT 1 FROM reach_places r
                    WHERE r.actor = :actor AND r.customer_id = o.customer_id AND r.place = o.place)"
    ),
);

const ALL: Scoped = Scoped::new(SEE, orders!("o.group_id = :group", filtered!()));

const OF: Scoped = Scoped::new(SEE, orders!("o.group_id = :group AND o.customer_id = :customer", filtered!()));

/// The order in this row.
pub fn find(tx: &Tx, id: OrderId) -> Result<Reached<Order>> {
    let found = tx.one(&BY_ID, named! { ":id": id }, order)?;
    found.ok_or_else(|| Error::not_found("order", format!("id:{id}")))
}

/// The order with this number.
pub fn named(tx: &Tx, number: &Number) -> Result<Reached<Order>> {
    lookup(tx, number)?
        .ok_or_else(|| Error::not_found("order", number).tip("find orders with: frontdesk order list --search WORDS"))
}

/// The order with this number, if there is one.
pub fn lookup(tx: &Tx, number: &Number) -> Result<Option<Reached<Order>>> {
    tx.one(&BY_NUMBER, named! { ":number": number }, order)
}

/// The order that another program calls so, if there is one.
pub fn lookup_external(tx: &Tx, external_id: &Line) -> Result<Option<Reached<Order>>> {
    tx.one(&BY_EXTERNAL_ID, named! { ":external_id": external_id }, order)
}

/// The orders in reach that a filter leaves, newest first.
pub fn list(tx: &Tx, filter: &OrderFilter) -> Result<Vec<Reached<Order>>> {
    let (words, limit) = (filter.search.as_deref().map(like), filter.limit.map_or(-1, i64::from));
    let mut params: Vec<(&'static str, &dyn Value)> = vec![
        (":facility", &filter.facility),
        (":object", &filter.object),
        (":contact", &filter.contact),
        (":stage", &filter.stage),
        (":status", &filter.status),
        (":kind", &filter.kind),
        (":assigned", &filter.assigned),
        (":overdue", &filter.overdue),
        (":open", &filter.open),
        (":search", &words),
        (":limit", &limit),
    ];
    match &filter.customer {
        None => tx.many(&ALL, &params, order),
        Some(customer) => {
            params.push((":customer", customer));
            tx.many(&OF, &params, order)
        }
    }
}

pub(super) fn order(row: &Row) -> RowResult<Order> {
    let contact = match (row.get::<_, Option<_>>(31)?, row.get::<_, Option<_>>(32)?) {
        (Some(id), Some(name)) => Some(Person { id, name, email: row.get(33)? }),
        _ => None,
    };
    let Json(technicians) = row.get(30)?;
    Ok(Order {
        id: row.get(0)?,
        number: row.get(1)?,
        customer_id: row.get(2)?,
        customer_no: row.get(3)?,
        customer: row.get(4)?,
        card: OrderCard {
            title: row.get(5)?,
            kind: row.get(6)?,
            description: row.get(7)?,
            planned_from: row.get(8)?,
            planned_to: row.get(9)?,
            reference: row.get(10)?,
            site_contact: row.get(34)?,
            site_phone: row.get(35)?,
            cost: row.get::<_, Option<i64>>(11)?.map(Cost),
            external_id: row.get(12)?,
        },
        facility_id: row.get(13)?,
        facility_no: row.get(14)?,
        facility: row.get(15)?,
        facility_zone: row.get(36)?,
        object_id: row.get(16)?,
        object_no: row.get(17)?,
        object: row.get(18)?,
        status_id: row.get(19)?,
        status: row.get(20)?,
        stage: row.get(21)?,
        priority_id: row.get(22)?,
        priority: row.get(23)?,
        emergency: row.get(24)?,
        created_at: row.get(25)?,
        changed_at: row.get(26)?,
        closed_at: row.get(27)?,
        due_at: row.get(28)?,
        overdue: row.get(29)?,
        technicians,
        contact,
    })
}
