//! Documents: files on orders, objects, facilities, contacts and customers, shared with the customer or internal.

mod add_store;
mod change_store;
mod contact_store;
mod files;
mod incoming;
mod kind;
mod name;
mod on;
mod selfcheck_store;
mod store;
mod sweep;
mod sweep_store;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use add_store::{add, has_room};
pub use change_store::{Change, delete, set};
pub use contact_store::add_of;
pub use files::{Files, Kept};
pub use incoming::{Flaw, Incoming, Received, Sent};
pub use name::FileName;
pub use on::On;
pub use selfcheck_store::{Attached, attached};
pub use store::{find, list, on, page};
pub use sweep::{Swept, missing, sweep};

use crate::access::Side;
use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::{CommentId, ContactId, CustomerId, DocumentId, FacilityId, ObjectId, OrderId, SelfcheckId};
use crate::text::{Line, Number, fold, vocabulary};

/// The field of a form that carries files, where it has only one such field.
pub const FILES: &str = "files";

vocabulary! {
    /// What a document is for.
    Purpose, "purpose" {
        /// To look something up: a drawing, a manual, a photograph.
        Reference = "reference",
        /// For the invoice: a purchase order, an approved offer.
        Billing = "billing",
        /// What is new about the work.
        Update = "update",
    }
}
crate::db::text_columns!(Purpose);

/// A file with what is known about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    /// Its row.
    pub id: DocumentId,
    /// What it is called.
    pub name: FileName,
    /// Under which type it is given out.
    pub media_type: String,
    /// How many bytes it has.
    pub size: i64,
    /// The SHA-256 of its bytes.
    pub hash: String,
    /// What it is for.
    pub purpose: Purpose,
    /// A line about it.
    pub text: Option<Line>,
    /// Whether the customer sees it.
    pub shared: bool,
    /// From which side it comes.
    pub side: Side,
    /// The name of whoever brought it.
    pub author: Line,
    /// When.
    pub at: Moment,
    /// The comment it belongs to.
    pub comment: Option<CommentId>,
    /// The number of the customer whose it is.
    pub customer_no: Number,
    /// The name of that customer.
    pub customer: Line,
    /// The order it lies on.
    pub order_no: Option<Number>,
    /// The object it lies on.
    pub object_no: Option<Number>,
    /// The name of that object.
    pub object: Option<Line>,
    /// The facility it lies on.
    pub facility_no: Option<Number>,
    /// The name of that facility.
    pub facility: Option<Line>,
    /// The contact it lies on: the address, or the name of one who has none.
    pub contact: Option<Line>,
    /// The name of that contact.
    pub contact_name: Option<Line>,
    /// The self-check it lies on.
    pub selfcheck_id: Option<SelfcheckId>,
    /// The title of that self-check.
    pub selfcheck: Option<Line>,
}

/// A file that is to become a document.
#[derive(Clone, Debug)]
pub struct DocumentDraft<'a> {
    /// The file, which lies in its place already.
    pub file: &'a Kept,
    /// What it is for.
    pub purpose: Purpose,
    /// A line about it.
    pub text: Option<Line>,
    /// Whether the customer sees it. What a customer sends is always shared.
    pub shared: bool,
}

impl<'a> DocumentDraft<'a> {
    /// What somebody sends of their own accord: for reference, shared, with a line that says what it is.
    pub fn shared(file: &'a Kept, purpose: Purpose, text: Option<Line>) -> Self {
        Self { file, purpose, text, shared: true }
    }
}

/// Which documents a list is about; nothing named means all in reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentFilter {
    /// Whose, whatever they lie on.
    pub customer: Option<CustomerId>,
    /// On which order.
    pub order: Option<OrderId>,
    /// On which object.
    pub object: Option<ObjectId>,
    /// On which facility.
    pub facility: Option<FacilityId>,
    /// On which contact.
    pub contact: Option<ContactId>,
    /// On which self-check.
    pub selfcheck: Option<SelfcheckId>,
    /// For what.
    pub purpose: Option<Purpose>,
    /// Words to be found in the name, the line, or what they lie on.
    pub search: Option<String>,
}

/// What a search looks through, beside the names of what a document lies on.
fn search(name: &FileName, text: Option<&Line>) -> String {
    fold(&[name.as_str()].into_iter().chain(text.map(Line::as_str)).collect::<Vec<_>>().join(" "))
}

impl Subject for Document {
    const NOUN: &'static str = "document";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.name.to_string()
    }
}
