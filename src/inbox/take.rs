//! What an answer says is put on its order: the words as a comment, the files below it.

use super::decide::{Who, Writer};
use crate::config::Uploads;
use crate::contacts;
use crate::db::{Reached, WriteTx};
use crate::documents::{self, DocumentDraft, Kept, On, Purpose};
use crate::error::{Kind, Result};
use crate::notices::Tell;
use crate::orders::{self, Comment, Order};
use crate::text::Prose;

/// Takes an answer; gives why its files were not taken, if there was no room for them.
pub(super) fn take(
    tx: &WriteTx,
    rules: &Uploads,
    writer: &Writer,
    text: Option<&Prose>,
    files: &[Kept],
) -> Result<Option<String>> {
    let drafts: Vec<_> = files.iter().map(|file| DocumentDraft::shared(file, Purpose::Update, None)).collect();
    match &writer.who {
        Who::Actor(actor) => tx.in_name_of(actor, |tx| {
            let order = orders::find(tx, writer.order)?;
            let comment = text.map(|text| orders::comment(tx, &order, text, None)).transpose()?;
            with_room(tx, comment.as_ref(), &drafts, |drafts| {
                let (on, tell) = on(&order, comment.as_ref());
                documents::add(tx, rules, on, drafts, tell).map(drop)
            })
        }),
        Who::Contact(id) => {
            let order = orders::find(tx, writer.order)?;
            let contact = contacts::find(tx, *id)?;
            let comment = text.map(|text| orders::comment_of(tx, &contact, &order, text)).transpose()?;
            with_room(tx, comment.as_ref(), &drafts, |drafts| {
                documents::add_of(tx, rules, &contact, &order, comment.as_ref(), drafts).map(drop)
            })
        }
    }
}

/// A comment tells of its files; files alone tell of themselves.
fn on<'a>(order: &'a Reached<Order>, comment: Option<&'a Reached<Comment>>) -> (On<'a>, Tell) {
    match comment {
        Some(comment) => (On::Comment(order, comment), Tell::Nobody),
        None => (On::Order(order), Tell::Everybody),
    }
}

/// Adds the files. The words stay where there is no room for files.
fn with_room(
    tx: &WriteTx,
    comment: Option<&Reached<Comment>>,
    drafts: &[DocumentDraft],
    add: impl FnOnce(&[DocumentDraft]) -> Result<()>,
) -> Result<Option<String>> {
    if drafts.is_empty() {
        return Ok(None);
    }
    match tx.attempt(|| add(drafts)) {
        Ok(()) => Ok(None),
        Err(error) if comment.is_some() && error.kind() == Kind::Refused => Ok(Some(error.message().to_owned())),
        Err(error) => Err(error),
    }
}
