//! Everybody who could be told of something is looked up here, with all that the rule asks about them.

use super::rule::{Colleague, Person};
use crate::access::{Actor, Permission};
use crate::db::{Json, Open, Row, RowResult, Tx};
use crate::db::{author, named};
use crate::error::Result;
use crate::event::Event;
use crate::ids::{ContactId, CustomerId, DocumentId, FacilityId, ObjectId, OrderId, SelfcheckId, StaffId};
use crate::outbox::notice::About;
use crate::text::{Line, Login};

const PEOPLE: Open = Open::new(
    "who hears of something is decided by the thing, not by whoever changed it",
    "
    WITH spot (customer_id, place, contact_id) AS (
           SELECT customer_id, place, contact_id FROM orders WHERE group_id = :group AND id = :order
           UNION ALL
           SELECT customer_id, place, NULL FROM objects WHERE group_id = :group AND id = :object
           UNION ALL
           SELECT customer_id, id, NULL FROM facilities WHERE group_id = :group AND id = :facility
           UNION ALL
           SELECT id, -id, NULL FROM customers WHERE group_id = :group AND id = :customer)
    SELECT k.id, k.customer_id, k.name, k.email, coalesce(u.lang, k.lang, c.lang, g.lang), u.id, k.id IS s.contact_id,
           (SELECT json_group_array(r.name)
              FROM contact_roles x
              JOIN roles r ON r.group_id = x.group_id AND r.id = x.role_id
             WHERE x.group_id = k.group_id
               AND x.contact_id = k.id
               AND (EXISTS (SELECT 1 FROM role_events e
                             WHERE e.group_id = r.group_id AND e.role_id = r.id
                               AND (e.event = :event OR (e.event = 'order.status' AND :status IS NOT NULL)))
                    OR EXISTS (SELECT 1
                                 FROM role_statuses t
                                 JOIN statuses z ON z.group_id = t.group_id AND z.id = t.status_id
                                WHERE t.group_id = r.group_id AND t.role_id = r.id AND z.name = :status))),
           NOT EXISTS (SELECT 1 FROM contact_facilities f WHERE f.contact_id = k.id)
           OR EXISTS (SELECT 1 FROM contact_facilities f WHERE f.contact_id = k.id AND f.facility_id = s.place),
           CASE
             WHEN c.status <> 'active' THEN 'off'
             WHEN a.id IS NULL THEN 'missing'
             WHEN u.status <> 'enabled' OR a.until <= :now THEN 'off'
             WHEN EXISTS (SELECT 1 FROM access_permissions p
                           WHERE p.group_id = a.group_id AND p.access_id = a.id AND p.permission = :need)
              AND EXISTS (SELECT 1 FROM access_permissions p
                           WHERE p.group_id = a.group_id AND p.access_id = a.id AND p.permission = :also)
              AND (:customer IS NOT NULL
                   OR EXISTS (SELECT 1 FROM reach_places r
                               WHERE r.actor = a.id AND r.customer_id = k.customer_id AND r.place = s.place)) THEN 'opens'
             ELSE 'closed'
           END,
           a.id IS NULL
           OR EXISTS (SELECT 1 FROM access_permissions p
                       WHERE p.group_id = a.group_id AND p.access_id = a.id AND p.permission = 'comment.write'),
           a.id IS :actor,
           coalesce((SELECT n.choice FROM notice_choices n
                      WHERE n.group_id = k.group_id AND n.contact_id = k.id AND n.event = :event), 'now'),
           (SELECT b.at FROM bounces b WHERE b.group_id = k.group_id AND b.email = k.email)
      FROM spot s
      JOIN customers c ON c.id = s.customer_id
      JOIN groups g ON g.id = c.group_id
      JOIN contacts k ON k.group_id = c.group_id AND k.customer_id = c.id
      LEFT JOIN accesses a ON a.group_id = k.group_id AND a.customer_id = k.customer_id AND a.contact_id = k.id
      LEFT JOIN users u ON u.id = a.user_id
     WHERE (:contact IS NULL OR k.id = :contact)
     ORDER BY k.name, k.id",
);

const TECHNICIANS: Open = Open::new(
    "a customer's words reach the technicians, whom the customer does not",
    "
    SELECT t.id, t.name, t.email, g.lang, t.status <> 'active', t.login IS :login,
           EXISTS (SELECT 1 FROM staff_rights r
                    WHERE r.group_id = t.group_id AND r.staff_id = t.id AND r.name IN ('admin', 'orders')),
           (SELECT b.at FROM bounces b WHERE b.group_id = t.group_id AND b.email = t.email)
      FROM order_staff x
      JOIN staff t ON t.group_id = x.group_id AND t.id = x.staff_id
      JOIN groups g ON g.id = x.group_id
     WHERE x.group_id = :group
       AND x.order_id = :order
     ORDER BY t.login",
);

const MEMBER: Open = Open::new(
    "a notice leaves only while its reader at the company is there",
    "
    SELECT t.id, t.name, t.email, g.lang, t.status <> 'active', 0,
           EXISTS (SELECT 1 FROM staff_rights r
                    WHERE r.group_id = t.group_id AND r.staff_id = t.id AND r.name IN ('admin', 'orders')),
           (SELECT b.at FROM bounces b WHERE b.group_id = t.group_id AND b.email = t.email)
      FROM staff t
      JOIN groups g ON g.id = t.group_id
     WHERE t.group_id = :group
       AND t.id = :staff",
);

const OFFICE: Open = Open::new(
    "a customer's words reach the company's own address when nobody is assigned",
    "
    SELECT NULL, g.name, g.reply_to, g.lang, 0, 0, 0,
           (SELECT b.at FROM bounces b WHERE b.group_id = g.id AND b.email = g.reply_to)
      FROM groups g
     WHERE g.id = :group",
);

const BY: Open = Open::new(
    "a letter names whoever acted, as what they did is signed",
    concat!(
        "
    SELECT coalesce((SELECT k.name FROM contacts k WHERE k.group_id = :group AND k.id = :contact), ",
        author!(),
        ")"
    ),
);

const SHARED: Open = Open::new(
    "a mail tells of files only while they are shared",
    "
    SELECT d.name, d.text
      FROM documents d
     WHERE d.group_id = :group
       AND d.id IN (SELECT value FROM json_each(:documents))
       AND d.shared = 1
     ORDER BY d.id",
);

const CHECK: Open = Open::new(
    "a mail tells of a self-check only while there is one",
    "SELECT 1 FROM selfchecks c WHERE c.group_id = :group AND c.id = :id",
);

/// What an account needs to open something, beside reach.
fn needs(event: Event, about: About) -> (Permission, Permission) {
    let of_itself = match about {
        About::Order(_) => Permission::OrderView,
        About::Object(_) => Permission::ObjectView,
        About::Facility(_) => Permission::FacilityView,
        About::Customer(_) => Permission::CompanyView,
    };
    let also = match event {
        Event::Document => Permission::DocumentView,
        Event::Selfcheck => Permission::SelfcheckView,
        Event::ReadingDue => Permission::ReadingView,
        _ => of_itself,
    };
    (of_itself, also)
}

/// Everybody at the customer whose it is, by name, or one of them.
pub(super) fn people(
    tx: &Tx,
    about: About,
    event: Event,
    status: Option<&Line>,
    contact: Option<ContactId>,
) -> Result<Vec<Person>> {
    let (mut order, mut object, mut facility, mut customer) =
        (None::<OrderId>, None::<ObjectId>, None::<FacilityId>, None::<CustomerId>);
    match about {
        About::Order(id) => order = Some(id),
        About::Object(id) => object = Some(id),
        About::Facility(id) => facility = Some(id),
        About::Customer(id) => customer = Some(id),
    }
    let (need, also) = needs(event, about);
    let values = named! {
        ":order": order, ":object": object, ":facility": facility, ":customer": customer, ":event": event,
        ":status": status, ":need": need, ":also": also, ":contact": contact,
    };
    tx.open(&PEOPLE, values, person)
}

/// Everybody who does the work of an order, by login; those too who are here no longer.
pub(super) fn technicians(tx: &Tx, order: OrderId) -> Result<Vec<Colleague>> {
    let login = match tx.actor() {
        Actor::Staff { login, .. } => Login::parse(login).ok(),
        _ => None,
    };
    tx.open(&TECHNICIANS, named! { ":order": order, ":login": login }, colleague)
}

/// One of the company's people.
pub(super) fn staff_member(tx: &Tx, id: StaffId) -> Result<Option<Colleague>> {
    Ok(tx.open(&MEMBER, named! { ":staff": id }, colleague)?.pop())
}

/// The company's own address.
pub(super) fn office(tx: &Tx) -> Result<Option<Colleague>> {
    Ok(tx.open(&OFFICE, named! {}, colleague)?.pop())
}

/// Who did it, as both sides call them: a contact who wrote by mail, or whoever acts.
pub(super) fn by(tx: &Tx, contact: Option<ContactId>) -> Result<Line> {
    let found = tx.open(&BY, named! { ":contact": contact }, |row| row.get(0))?.pop();
    found.map_or_else(|| Line::parse(&tx.actor().name()), Ok)
}

/// The names of those of these files that are still there and shared, with the line about each.
pub(super) fn shared(tx: &Tx, documents: &[DocumentId]) -> Result<Vec<(String, Option<Line>)>> {
    tx.open(&SHARED, named! { ":documents": Json(documents) }, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Whether there still is such a self-check.
pub(super) fn is_there(tx: &Tx, id: SelfcheckId) -> Result<bool> {
    Ok(!tx.open(&CHECK, named! { ":id": id }, |row| row.get::<_, i64>(0))?.is_empty())
}

fn person(row: &Row) -> RowResult<Person> {
    let Json(roles) = row.get(7)?;
    Ok(Person {
        contact: row.get(0)?,
        customer: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
        lang: row.get(4)?,
        user: row.get(5)?,
        is_assigned: row.get(6)?,
        roles,
        in_place: row.get(8)?,
        account: row.get(9)?,
        may_comment: row.get(10)?,
        is_own: row.get(11)?,
        choice: row.get(12)?,
        came_back: row.get(13)?,
    })
}

fn colleague(row: &Row) -> RowResult<Colleague> {
    Ok(Colleague {
        staff: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        lang: row.get(3)?,
        is_disabled: row.get(4)?,
        is_own: row.get(5)?,
        may_comment: row.get(6)?,
        came_back: row.get(7)?,
    })
}
