//! Documents are changed and deleted here. Their bytes stay as they came; those that no row names go with the sweep.

use serde::Serialize;

use super::store::find;
use super::{Document, FileName, Purpose};
use crate::access::{Need, Right};
use crate::db::named;
use crate::db::{Entry, Reached, WriteTx};
use crate::error::{Error, Result};
use crate::text::Line;

const CHANGE: Need = Need::right(Right::Orders);

const UPDATE: crate::db::Change = crate::db::Change::new(
    "
    UPDATE documents
       SET name = :name, purpose = :purpose, text = :text, shared = :shared, search = :search
     WHERE group_id = :group
       AND id = :id",
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

/// Changes what is known about a document; says whether anything changed.
pub fn set(tx: &WriteTx, document: &Reached<Document>, to: &Change) -> Result<bool> {
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
        Ok(((), Entry::on(document, "document.changed").before(&from).after(to)))
    })?;
    Ok(true)
}

/// Deletes a document. Its bytes go with the next sweep that finds nobody else naming them.
pub fn delete(tx: &WriteTx, document: &Reached<Document>) -> Result<()> {
    let document = find(tx, document.id)?;
    tx.change(CHANGE, |w| {
        w.run(&DELETE, named! { ":id": document.id })?;
        Ok(((), Entry::on(&document, "document.deleted").before(&*document)))
    })
}
