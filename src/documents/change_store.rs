//! Documents are changed and deleted here. Their bytes stay as they came; those that no row names go with the sweep.

use serde::Serialize;

use super::store::find;
use super::{Document, FileName, Purpose};
use crate::access::{Need, Right};
use crate::db::named;
use crate::db::{Below, Entry, Reached, WriteTx};
use crate::error::{Error, Result};
use crate::notices::{self, Doer, Happening, Tell};
use crate::outbox::notice::About;
use crate::selfchecks;
use crate::text::Line;

const CHANGE: Need = Need::right(Right::Orders);

const UPDATE: crate::db::Change = crate::db::Change::new(
    "
    UPDATE documents
       SET name = :name, purpose = :purpose, text = :text, shared = :shared, search = :search
     WHERE group_id = :group
       AND id = :id",
);

const PARENTS: Below<Document> = Below::new(
    Need::staff(),
    "
    SELECT d.customer_id, d.order_id, d.object_id, d.facility_id, d.contact_id IS NOT NULL OR d.selfcheck_id IS NOT NULL
      FROM documents d
     WHERE d.group_id = :group
       AND d.id = :parent",
);

const DELETE: crate::db::Change = crate::db::Change::new("DELETE FROM documents WHERE group_id = :group AND id = :id");

/// What can be changed about a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What it is called; the ending stays.
    pub name: FileName,
    /// What it is for.
    pub purpose: Purpose,
    /// A line about it.
    pub text: Option<Line>,
    /// Whether the customer sees it.
    pub shared: bool,
}

impl Change {
    /// A document as it is, to be changed.
    pub fn of(document: &Document) -> Self {
        Self {
            name: document.name.clone(),
            purpose: document.purpose,
            text: document.text.clone(),
            shared: document.shared,
        }
    }
}

/// Changes what is known about a document; says whether anything changed. That it is shared now is told.
pub fn set(tx: &WriteTx, document: &Reached<Document>, to: &Change, tell: Tell) -> Result<bool> {
    let from = Change::of(document);
    if from == *to {
        return Ok(false);
    }
    if from.name.ending() != to.name.ending() {
        let message = format!("'{}' does not end like '{}': the bytes stay what they are", to.name, from.name);
        return Err(Error::invalid("name", message));
    }
    tx.change(CHANGE, |w| {
        let search = super::search(&to.name, to.text.as_ref());
        let values = named! {
            ":id": document.id, ":name": to.name, ":purpose": to.purpose, ":text": to.text, ":shared": to.shared,
            ":search": search,
        };
        w.run(&UPDATE, values)?;
        if let (Tell::Everybody, true, Some(about)) = (tell, to.shared && !from.shared, about(tx, document)?) {
            let text = notices::of_files(std::iter::once(to.name.as_str()), to.text.as_ref())?;
            let happening = Happening::Documented { documents: vec![document.id], text };
            notices::tell(tx, w, about, &happening, Doer::Actor)?;
        }
        Ok(((), Entry::on(document, "document.changed").before(&from).after(to)))
    })?;
    Ok(true)
}

/// What is told of when a document is shared, as `On::about` has it.
fn about(tx: &WriteTx, document: &Reached<Document>) -> Result<Option<About>> {
    let found = tx.below(document, &PARENTS, named! {}, |row| {
        let (order, object, facility) = (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(match (order, object, facility, row.get(4)?) {
            (Some(order), ..) => Some(About::Order(order)),
            (_, Some(object), ..) => Some(About::Object(object)),
            (_, _, Some(facility), _) => Some(About::Facility(facility)),
            (None, None, None, false) => Some(About::Customer(row.get(0)?)),
            (None, None, None, true) => None,
        })
    })?;
    Ok(found.into_iter().next().and_then(Reached::into_inner))
}

/// Deletes a document. Its bytes go with the next sweep that finds nobody else naming them.
pub fn delete(tx: &WriteTx, document: &Reached<Document>) -> Result<()> {
    let document = find(tx, document.id)?;
    if let Some(id) = document.selfcheck_id {
        // What somebody signed stays as they saw it.
        let check = selfchecks::find(tx, id)?;
        selfchecks::still_open(&check)?;
    }
    tx.change(CHANGE, |w| {
        w.run(&DELETE, named! { ":id": document.id })?;
        Ok(((), Entry::on(&document, "document.deleted").before(&*document)))
    })
}
