//! Commands: files on orders, objects, facilities, contacts and customers.

mod add;
mod get;
mod lies;

use clap::{Args, Subcommand};

use super::adding;
use super::answer::{Action, Answer, Card, Column, Done, List, kept, shown};
use super::desk::Desk;
use super::flags::{Changing, Listing, Removing, Telling};
use super::given::{Given, over};
use crate::db::{Reached, Tx};
use crate::documents::{self, Change, Document, DocumentFilter, FileName, On, Purpose};
use crate::error::Result;
use crate::ids::DocumentId;
use crate::text::{Line, Ref};
use lies::Lies;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a file to an order, an object, a facility, a contact or a customer
    #[command(visible_alias = "create")]
    Add(add::Add),
    /// List the documents, the newest first
    #[command(visible_alias = "ls")]
    List(ListDocuments),
    /// Write the bytes of a document to a file
    Get(get::Get),
    /// Change what is known about a document
    Set(Set),
    /// Delete a document
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

#[derive(Args, Debug)]
pub(super) struct ListDocuments {
    #[command(flatten)]
    lies: Lies,
    /// Only those for this: reference, billing or update
    #[arg(long)]
    purpose: Option<Purpose>,
    #[command(flatten)]
    listing: Listing,
}

/// Which document is meant.
#[derive(Args, Debug)]
struct Which {
    /// Which document: its number in `document list`, such as 12
    document: Id,
}

/// A document's row, `12` or `id:12`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Id(i64);

#[derive(Args, Debug)]
pub(super) struct Set {
    #[command(flatten)]
    which: Which,
    /// What it is called; the ending stays
    #[arg(long)]
    name: Option<FileName>,
    /// What it is for: reference, billing or update
    #[arg(long)]
    purpose: Option<Purpose>,
    /// A line about it; '' takes it away
    #[arg(long)]
    text: Option<Given<Line>>,
    /// Let the customer see it
    #[arg(long, conflicts_with = "internal")]
    share: bool,
    /// Keep it from the customer
    #[arg(long)]
    internal: bool,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] = &[
    shown("id", "ID"),
    shown("name", "NAME"),
    shown("size", "BYTES"),
    kept("media_type"),
    shown("purpose", "FOR"),
    shown("shared", "SHARED"),
    shown("customer_no", "CUSTOMER"),
    kept("customer"),
    shown("order_no", "ORDER"),
    kept("comment"),
    shown("object_no", "OBJECT"),
    kept("object"),
    shown("facility_no", "FACILITY"),
    kept("facility"),
    shown("contact", "CONTACT"),
    kept("contact_name"),
    kept("selfcheck_id"),
    kept("selfcheck"),
    shown("text", "TEXT"),
    kept("side"),
    shown("author", "BY"),
    shown("at", "AT"),
    kept("hash"),
];

/// The documents on a card.
const ON_A_CARD: &[Column] = &[
    shown("id", "ID"),
    shown("name", "NAME"),
    shown("size", "BYTES"),
    shown("purpose", "FOR"),
    shown("shared", "SHARED"),
    shown("author", "BY"),
    shown("at", "AT"),
    shown("text", "TEXT"),
];

impl Card {
    /// The same card with the documents that lie on what it is about.
    pub(super) fn with_documents(self, tx: &Tx, on: On) -> Result<Self> {
        self.with("documents", ON_A_CARD, documents::on(tx, on)?.into_iter().map(Reached::into_inner))
    }
}

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => command.run(desk),
            Self::List(ListDocuments { lies, purpose, listing }) => {
                let all = desk.read(|tx| {
                    let filter = DocumentFilter { purpose, ..lies.filter(tx)? };
                    documents::list(tx, &filter)
                })?;
                List::answer("documents", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Get(command) => command.run(desk),
            Self::Set(command) => command.run(desk),
            Self::Delete(Delete { which, removing }) => adding::delete(
                desk,
                removing,
                which.document.0,
                |tx| which.find(tx),
                |document: &Document| desk.confirm(&format!("Delete document {} ({})?", document.id, document.name)),
                documents::delete,
            ),
        }
    }
}

impl Set {
    fn run(self, desk: &Desk) -> Result<Answer> {
        let Self { which, name, purpose, text, share, internal, telling, changing } = self;
        let (action, document) = adding::change(
            desk,
            changing,
            |tx| which.find(tx),
            |tx, document| {
                let to = Change {
                    name: name.clone().unwrap_or_else(|| document.name.clone()),
                    purpose: purpose.unwrap_or(document.purpose),
                    text: over(&text, &document.text),
                    shared: (document.shared || share) && !internal,
                };
                documents::set(tx, document, &to, telling.tell())
            },
        )?;
        done(action, &document, changing)
    }
}

fn done(action: Action, document: &Document, changing: Changing) -> Result<Answer> {
    let seen = if document.shared { "shared" } else { "internal" };
    let about = format!("document {} ({}, on {}, {seen})", document.id, document.name, lies::said(document));
    Ok(Done::new(action, document.id, about, document, changing)?.into())
}

impl Which {
    fn find(&self, tx: &Tx) -> Result<Reached<Document>> {
        documents::find(tx, DocumentId(self.document.0))
    }
}

impl std::str::FromStr for Id {
    type Err = crate::error::Error;
    fn from_str(text: &str) -> Result<Self> {
        let digits = text.strip_prefix("id:").unwrap_or(text);
        match format!("id:{digits}").parse::<Ref<Line>>() {
            Ok(Ref::Id(id)) => Ok(Self(id)),
            _ => Err(crate::error::Error::invalid(
                "document",
                format!("'{}' is not the number of a document such as 12", crate::text::shown(text)),
            )),
        }
    }
}
