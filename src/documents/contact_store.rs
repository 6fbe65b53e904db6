//! Documents that a contact without an account sent by mail.

use super::add_store::no_room;
use super::store::added;
use super::{Document, DocumentDraft};
use crate::access::{Machine, Need};
use crate::config::Uploads;
use crate::contacts::Contact;
use crate::db::named;
use crate::db::{Change, Entry, Open, Reached, WriteTx};
use crate::error::Result;
use crate::ids::DocumentId;
use crate::notices::{self, Doer, Happening};
use crate::orders::{Comment, Order};
use crate::outbox::notice::About;

const INSERT: Change = Change::new(
    "
    INSERT INTO documents
       (group_id, customer_id, order_id, comment_id, name, media_type, size, hash, purpose, text, shared, side, author,
        search, at)
    VALUES (:group, :customer, :order, :comment, :name, :media_type, :size, :hash, :purpose, :text, 1, 'customer', :author,
            :search, :now)",
);

const SENT: Open = Open::new(
    "those without an account share the limits of one person, for each customer",
    "
    SELECT count(*), coalesce(sum(d.size), 0)
      FROM documents d
     WHERE d.group_id = :group
       AND d.customer_id = :customer
       AND d.side = 'customer'
       AND d.access_id IS NULL",
);

/// Adds files to an order, below a comment or by themselves, in the name of a contact without an account. Files that
/// belong to a comment are told of with it, others reach the technicians by one mail.
pub fn add_of(
    tx: &WriteTx,
    rules: &Uploads,
    contact: &Reached<Contact>,
    order: &Reached<Order>,
    comment: Option<&Reached<Comment>>,
    drafts: &[DocumentDraft],
) -> Result<Vec<Reached<Document>>> {
    let sent: Vec<(i64, i64)> =
        tx.open(&SENT, named! { ":customer": order.customer_id }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (known, size) = sent.first().copied().unwrap_or_default();
    let more: i64 = drafts.iter().map(|draft| draft.file.size).sum();
    let most = i64::try_from(rules.max_files_per_user).unwrap_or(i64::MAX);
    let most_bytes = i64::try_from(rules.max_total_mb_per_user.saturating_mul(1_000_000)).unwrap_or(i64::MAX);
    if known + i64::try_from(drafts.len()).unwrap_or(i64::MAX / 2) > most || size.saturating_add(more) > most_bytes {
        return Err(no_room());
    }
    let author = &contact.card.name;
    let mut ids = Vec::with_capacity(drafts.len());
    for (at, draft) in drafts.iter().enumerate() {
        draft.file.check()?;
        let id = tx.change(Need::machine(Machine::Postman), |w| {
            let search = super::search(&draft.file.name, draft.text.as_ref());
            let values = named! {
                ":customer": order.customer_id, ":order": order.id, ":comment": comment.map(|comment| comment.id),
                ":name": draft.file.name, ":media_type": draft.file.media_type, ":size": draft.file.size,
                ":hash": draft.file.hash, ":purpose": draft.purpose, ":text": draft.text, ":author": author,
                ":search": search,
            };
            let id = w.insert(&INSERT, values)?;
            if comment.is_none() && at == 0 {
                let text = notices::of_files(drafts.iter().map(|draft| draft.file.name.as_str()), None)?;
                let happening = Happening::Documented { documents: vec![DocumentId(id)], text };
                notices::tell(tx, w, About::Order(order.id), &happening, Doer::Contact(contact.id))?;
            }
            let on = format!("order {}", order.number);
            let after = serde_json::json!({ "on": on, "by": author, "file": draft.file, "purpose": draft.purpose });
            Ok((id, Entry::about::<Document>(id, draft.file.name.to_string(), "document.added").after(&after)))
        })?;
        ids.push(DocumentId(id));
    }
    ids.into_iter().map(|id| added(tx, id)).collect()
}
