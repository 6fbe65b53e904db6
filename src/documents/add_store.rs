//! Documents are added here: the row of a file that lies in its place already.

use super::store::added;
use super::{Document, DocumentDraft, On};
use crate::access::{Need, Permission, Right, Side};
use crate::config::Uploads;
use crate::db::{Change, Entry, Open, Reached, Tx, WriteTx};
use crate::db::{author, named};
use crate::error::{Error, Kind, Result};
use crate::ids::DocumentId;
use crate::notices::{self, Doer, Happening, Tell};
use crate::selfchecks;

const ADD: Need = Need::either(Permission::DocumentUpload, Right::Orders);

const INSERT: Change = Change::new(concat!(
    "
    INSERT INTO documents
       (group_id, customer_id, order_id, comment_id, object_id, facility_id, contact_id, selfcheck_id, point_id, name,
        media_type, size, hash, purpose, text, shared, side, author, access_id, search, at)
    VALUES (:group, :customer, :order, :comment, :object, :facility, :contact, :selfcheck, :point, :name, :media_type, :size,
            :hash, :purpose, :text, :shared, :side, ",
    author!(),
    ", CASE WHEN :actor > 0 THEN :actor END, :search, :now)",
));

const SENT: Open = Open::new(
    "the limits of each person count all that they sent, wherever it lies today",
    "
    SELECT count(*), coalesce(sum(d.size), 0)
      FROM documents d
     WHERE d.group_id = :group
       AND d.access_id = :actor",
);

/// Adds documents to something that was reached: the files of one form, or one file of the command line. What a customer
/// sends reaches the technicians or the company by one mail, and what staff share reaches those at the customer who hear
/// of documents; what belongs to a comment or a self-check is told of with it.
pub fn add(
    tx: &WriteTx,
    rules: &Uploads,
    on: On,
    drafts: &[DocumentDraft],
    tell: Tell,
) -> Result<Vec<Reached<Document>>> {
    if let Some(check) = on.selfcheck() {
        // What somebody signed stays as they saw it, its files too.
        selfchecks::still_open(check)?;
    }
    let customers_own = tx.actor().side() == Side::Customer;
    let more = drafts.iter().map(|draft| draft.file.size).sum();
    if !has_room(tx, rules, drafts.len(), more)? {
        return Err(no_room());
    }
    let (mut ids, mut shared_ids) = (Vec::with_capacity(drafts.len()), Vec::new());
    for (at, draft) in drafts.iter().enumerate() {
        draft.file.check()?;
        let shared = draft.shared || customers_own;
        let id = tx.change(ADD, |w| {
            let search = super::search(&draft.file.name, draft.text.as_ref());
            let values = named! {
                ":customer": on.customer(), ":order": on.order().map(|order| order.id), ":comment": on.comment(),
                ":object": on.object(), ":facility": on.facility(), ":contact": on.contact(),
                ":selfcheck": on.selfcheck().map(|check| check.id), ":point": on.point(),
                ":name": draft.file.name, ":media_type": draft.file.media_type, ":size": draft.file.size,
                ":hash": draft.file.hash, ":purpose": draft.purpose, ":text": draft.text, ":shared": shared,
                ":side": tx.actor().side(),
                ":search": search,
            };
            let id = w.insert(&INSERT, values)?;
            shared_ids.extend(shared.then_some(DocumentId(id)));
            // One mail for all files of a form.
            if let (Some(about), Tell::Everybody, true) = (on.about(), tell, at + 1 == drafts.len()) {
                let seen: Vec<_> = drafts.iter().filter(|draft| draft.shared || customers_own).collect();
                if !seen.is_empty() {
                    let names = seen.iter().map(|draft| draft.file.name.as_str());
                    let text = notices::of_files(names, seen.iter().find_map(|draft| draft.text.as_ref()))?;
                    let happening = Happening::Documented { documents: shared_ids.clone(), text };
                    notices::tell(tx, w, about, &happening, Doer::Actor)?;
                }
            }
            let after = serde_json::json!({
                "on": on.said(), "file": draft.file, "purpose": draft.purpose, "text": draft.text, "shared": shared,
            });
            Ok((id, Entry::about::<Document>(id, draft.file.name.to_string(), "document.added").after(&after)))
        })?;
        ids.push(DocumentId(id));
    }
    ids.into_iter().map(|id| added(tx, id)).collect()
}

/// Whether whoever acts may send so many files more, of so many bytes together. Staff always may.
pub fn has_room(tx: &Tx, rules: &Uploads, files: usize, bytes: i64) -> Result<bool> {
    if tx.actor().side() == Side::Staff {
        return Ok(true);
    }
    let sent: Vec<(i64, i64)> = tx.open(&SENT, named! {}, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (known, size) = sent.first().copied().unwrap_or_default();
    let most = i64::try_from(rules.max_files_per_user).unwrap_or(i64::MAX);
    let most_bytes = i64::try_from(rules.max_total_mb_per_user.saturating_mul(1_000_000)).unwrap_or(i64::MAX);
    Ok(known + i64::try_from(files).unwrap_or(i64::MAX / 2) <= most && size.saturating_add(bytes) <= most_bytes)
}

/// Why nothing more is taken of somebody who has sent too much.
pub(super) fn no_room() -> Error {
    Error::new(Kind::Refused, "there is no room for more files of this person")
        .at(super::FILES)
        .tip("delete some of them, or raise [uploads] in the configuration")
}
