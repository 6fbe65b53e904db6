//! A document's bytes, as a file to save and never as a page.

use crate::documents;
use crate::error::{Error, Result};
use crate::ids::DocumentId;
use crate::links;
use crate::portal::exchange::{Content, Reply, attachment};
use crate::portal::visit::Visit;
use crate::portal::{frame, reply};

/// What a browser may do with a file that it shows in spite of all: nothing.
const SANDBOX: &str = "sandbox; default-src 'none'";

/// A document. Session and reach are asked each time: an address that was sent on opens nothing.
pub fn download(visit: &Visit) -> Result<Reply> {
    let given = visit.value(0)?;
    // One spelling of each id: no sign, no leading zero.
    let id = given.parse().ok().filter(|id: &i64| id.to_string() == given);
    let id = id.map(DocumentId).ok_or_else(|| Error::not_found("document", "?"))?;
    let document = visit.read(|tx| documents::find(tx, id))?;
    let address = links::document(visit.slug(), id, document.name.as_str());
    if visit.value(1)? != document.name.as_str() {
        return reply::see_other(&address);
    }
    let length = u64::try_from(document.size).unwrap_or(0);
    match visit.site.files.open(&document.hash)? {
        Some((file, size)) if size == length => Reply::carrying(200, &document.media_type, Content::File(file, length))
            .with("Content-Disposition", &attachment(document.name.as_str()))?
            .with("Content-Security-Policy", SANDBOX)?
            .with("Accept-Ranges", "none"),
        _ => {
            tracing::error!(document = id.0, hash = document.hash, "the bytes of a document are missing");
            Ok(reply::with_status(410, frame::fault(visit, 410, None, None)))
        }
    }
}
