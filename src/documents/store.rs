//! Documents are found and listed here.

use super::{Document, DocumentFilter, On, selfcheck_store};
use crate::access::{Machine, Need, Permission, Side};
use crate::contacts::Contact;
use crate::customers::Customer;
use crate::db::named;
use crate::db::{Below, Paged, Reached, Row, RowResult, Scoped, Tx, Value};
use crate::error::{Error, Result};
use crate::facilities::Facility;
use crate::ids::DocumentId;
use crate::objects::Object;
use crate::orders::Order;
use crate::text::like;

pub(super) const SEE: Need = Need::see(Permission::DocumentView);

/// A statement that reads documents in reach; what follows AND is the caller's. Whoever reaches a document reaches what
/// it lies on, so that can be named.
macro_rules! documents {
    ($($rest:tt)+) => {
        concat!(
            "
    SELECT d.id, d.name, d.media_type, d.size, d.hash, d.purpose, d.text, d.shared, d.side, d.author, d.at, d.comment_id,
           c.number, c.name, o.number, m.number, m.name, f.number, f.name, coalesce(k.email, k.name), k.name,
           d.selfcheck_id, s.title
      FROM documents d
      JOIN customers c ON c.id = d.customer_id
      LEFT JOIN orders o ON o.id = d.order_id
      LEFT JOIN objects m ON m.id = d.object_id
      LEFT JOIN facilities f ON f.id = d.facility_id
      LEFT JOIN contacts k ON k.id = d.contact_id
      LEFT JOIN selfchecks s ON s.id = d.selfcheck_id
     WHERE EXISTS (SELECT 1 FROM reach_documents r WHERE r.actor = :actor AND r.document_id = d.id)
       AND ",
            $($rest)+
        )
    };
}
pub(super) use documents;

const BY_ID: Scoped = Scoped::new(SEE, documents!("d.group_id = :group AND d.id = :id"));

/// What was just sent is shown to whoever may send it.
const ADDED: Scoped = Scoped::new(
    Need::see(Permission::DocumentUpload).or_machine(Machine::Postman),
    documents!("d.group_id = :group AND d.id = :id"),
);

/// What a filter leaves of the documents in reach.
macro_rules! filtered {
    () => {
        "d.group_id = :group
       AND (:customer IS NULL OR d.customer_id = :customer)
       AND (:order IS NULL OR d.order_id = :order)
       AND (:object IS NULL OR d.object_id = :object)
       AND (:facility IS NULL OR d.facility_id = :facility)
       AND (:contact IS NULL OR d.contact_id = :contact)
       AND (:selfcheck IS NULL OR d.selfcheck_id = :selfcheck)
       AND (:purpose IS NULL OR d.purpose = :purpose)
       AND (:search IS NULL
            OR d.search LIKE :search ESCAPE '\\'
            OR o.search LIKE :search ESCAPE '\\'
            OR m.search LIKE :search ESCAPE '\\'
            OR f.search LIKE :search ESCAPE '\\'
            OR k.search LIKE :search ESCAPE '\\')"
    };
}

const ALL: Scoped = Scoped::new(
    SEE,
    documents!(
        filtered!(),
        "
     ORDER BY d.at DESC, d.id DESC
     LIMIT :limit OFFSET :skip"
    ),
);

/// Of the customer of whoever looks: so that a page walks an index, and meets the documents of nobody else.
macro_rules! own {
    () => {
        "d.customer_id = (SELECT a.customer_id FROM accesses a WHERE a.id = :actor)
       AND "
    };
}

const PAGE_OF_ALL: Scoped = Scoped::new(
    SEE,
    documents!(
        own!(),
        filtered!(),
        "
     ORDER BY d.at DESC, d.id DESC
     LIMIT :limit OFFSET :skip"
    ),
);

const COUNT: Scoped = Scoped::new(
    SEE,
    concat!(
        "
    SELECT count(*)
      FROM documents d
      LEFT JOIN orders o ON o.id = d.order_id
      LEFT JOIN objects m ON m.id = d.object_id
      LEFT JOIN facilities f ON f.id = d.facility_id
      LEFT JOIN contacts k ON k.id = d.contact_id
     WHERE EXISTS (SELECT 1 FROM reach_documents r WHERE r.actor = :actor AND r.document_id = d.id)
       AND ",
        own!(),
        filtered!()
    ),
);

const OF_ORDER: Below<Order> = Below::new(
    SEE,
    documents!(
        "d.group_id = :group
       AND d.order_id = :parent
     ORDER BY d.at DESC, d.id DESC"
    ),
);

const OF_OBJECT: Below<Object> = Below::new(
    SEE,
    documents!(
        "d.group_id = :group
       AND d.object_id = :parent
     ORDER BY d.at DESC, d.id DESC"
    ),
);

const OF_FACILITY: Below<Facility> = Below::new(
    SEE,
    documents!(
        "d.group_id = :group
       AND d.facility_id = :parent
     ORDER BY d.at DESC, d.id DESC"
    ),
);

const OF_CONTACT: Below<Contact> = Below::new(
    SEE,
    documents!(
        "d.group_id = :group
       AND d.contact_id = :parent
     ORDER BY d.at DESC, d.id DESC"
    ),
);

const OF_CUSTOMER: Below<Customer> = Below::new(
    SEE,
    documents!(
        "d.group_id = :group
       AND d.customer_id = :parent
       AND d.order_id IS NULL
       AND d.object_id IS NULL
       AND d.facility_id IS NULL
       AND d.contact_id IS NULL
       AND d.selfcheck_id IS NULL
     ORDER BY d.at DESC, d.id DESC"
    ),
);

/// What lies on something that was reached, the newest first. Those of an order are those of its comments too, and a
/// customer's are those that lie on nothing else.
pub fn on(tx: &Tx, parent: On) -> Result<Vec<Reached<Document>>> {
    match parent {
        On::Order(order) => tx.below(order, &OF_ORDER, named! {}, document),
        On::Comment(order, comment) => {
            let mut all = tx.below(order, &OF_ORDER, named! {}, document)?;
            all.retain(|document| document.comment == Some(comment.id));
            Ok(all)
        }
        On::Object(object) => tx.below(object, &OF_OBJECT, named! {}, document),
        On::Facility(facility) => tx.below(facility, &OF_FACILITY, named! {}, document),
        On::Contact(contact) => tx.below(contact, &OF_CONTACT, named! {}, document),
        On::Customer(customer) => tx.below(customer, &OF_CUSTOMER, named! {}, document),
        On::Selfcheck(check, point) => selfcheck_store::on(tx, check, point),
    }
}

/// The documents in reach that a filter leaves, the newest first.
pub fn list(tx: &Tx, filter: &DocumentFilter) -> Result<Vec<Reached<Document>>> {
    let words = filter.search.as_deref().map(like);
    let mut params = with_filter(filter, &words);
    params.extend([(":limit", &i64::MAX as &dyn Value), (":skip", &0)]);
    tx.many(&ALL, &params, document)
}

/// One page of the documents that a customer's user reaches. Staff, who are at no customer, list them all.
pub fn page(tx: &Tx, filter: &DocumentFilter, number: u32) -> Result<Paged<Document>> {
    if tx.actor().side() == Side::Staff {
        return Err(Error::denied(format!("{} is at no customer", tx.actor().name())));
    }
    let words = filter.search.as_deref().map(like);
    tx.page((&COUNT, &PAGE_OF_ALL), &with_filter(filter, &words), number, document)
}

fn with_filter<'a>(filter: &'a DocumentFilter, words: &'a Option<String>) -> Vec<(&'static str, &'a dyn Value)> {
    vec![
        (":customer", &filter.customer),
        (":order", &filter.order),
        (":object", &filter.object),
        (":facility", &filter.facility),
        (":contact", &filter.contact),
        (":selfcheck", &filter.selfcheck),
        (":purpose", &filter.purpose),
        (":search", words),
    ]
}

/// The document in this row.
pub fn find(tx: &Tx, id: DocumentId) -> Result<Reached<Document>> {
    let found = tx.one(&BY_ID, named! { ":id": id }, document)?;
    found.ok_or_else(|| Error::not_found("document", id).tip("find documents with: frontdesk document list"))
}

/// A document that was just made.
pub(super) fn added(tx: &Tx, id: DocumentId) -> Result<Reached<Document>> {
    tx.one(&ADDED, named! { ":id": id }, document)?.ok_or_else(|| Error::not_found("document", id))
}

pub(super) fn document(row: &Row) -> RowResult<Document> {
    Ok(Document {
        id: row.get(0)?,
        name: row.get(1)?,
        media_type: row.get(2)?,
        size: row.get(3)?,
        hash: row.get(4)?,
        purpose: row.get(5)?,
        text: row.get(6)?,
        shared: row.get(7)?,
        side: row.get(8)?,
        author: row.get(9)?,
        at: row.get(10)?,
        comment: row.get(11)?,
        customer_no: row.get(12)?,
        customer: row.get(13)?,
        order_no: row.get(14)?,
        object_no: row.get(15)?,
        object: row.get(16)?,
        facility_no: row.get(17)?,
        facility: row.get(18)?,
        contact: row.get(19)?,
        contact_name: row.get(20)?,
        selfcheck_id: row.get(21)?,
        selfcheck: row.get(22)?,
    })
}
