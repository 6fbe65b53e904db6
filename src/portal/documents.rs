//! Documents: what every form with files needs, and the pages that add them.
//!
//! A form with files takes them in two steps, so that nothing is kept of a form that is shown again:
//!
//! ```text
//! let mut problems = …;                                          // of the form's own fields
//! problems.extend(documents::problems(submission, FILES)?);      // of its files
//! if !problems.is_empty() { return … 422, documents::rules(submission) in the field }
//! let files = documents::kept(submission, FILES)?;               // the bytes are safe now
//! submission.write(|tx| { …; documents::add(tx, &rules, On::…, &drafts, …) })
//! ```

mod add;
mod download;
mod list;

pub use add::{add_to_company, add_to_facility, add_to_object, add_to_order};
pub use add::{send_to_company, send_to_facility, send_to_object, send_to_order};
pub use download::download;
pub use list::{all, part};

use super::views;
use super::visit::{Guest, Submission, Visit};
use crate::config::Uploads;
use crate::documents::{self, DocumentDraft, FILES, Flaw, Kept, Purpose, Sent};
use crate::error::{Error, Result};
use crate::portal::ui::form::Problem;
use crate::text::Line;
use crate::words::{self, numbers};
use views::documents::Rules;

/// What may be sent in a form's field for files, for `views::documents::field`. The field must be filled in; change
/// `optional`, `name` or `files` of the value where that differs.
pub fn rules(visit: &Visit) -> Rules {
    let uploads = &visit.site.config.uploads;
    Rules {
        name: FILES.to_owned(),
        files: uploads.max_files as u64,
        megabytes: megabytes(visit, uploads),
        types: uploads.types.clone(),
        optional: false,
        again: false,
    }
}

/// How much one form may carry, as a sentence: the hint of its field for files.
pub fn limits(guest: &Guest) -> String {
    let said = words::portal::of(guest.lang);
    let uploads = &guest.site.config.uploads;
    let types = views::documents::types(said, &uploads.types);
    (said.documents.limits)(uploads.max_files as u64, &megabytes(guest, uploads), &types)
}

fn megabytes(guest: &Guest, uploads: &Uploads) -> String {
    numbers::integer(i64::try_from(uploads.max_file_mb).unwrap_or(i64::MAX), guest.lang)
}

/// Whether anything was chosen in a field: then the form that is shown again asks for it anew (`Rules::again`).
pub fn came(submission: &Submission, field: &str) -> bool {
    submission.files(field).next().is_some()
}

/// Why the files of a field cannot be taken, each by its name; none if all can, or if there are none.
pub fn problems(submission: &Submission, field: &str) -> Result<Vec<Problem>> {
    let said = words::portal::of(submission.lang);
    let text = &said.documents;
    let uploads = &submission.site.config.uploads;
    let why = |sent: &Sent, flaw: Flaw| match flaw {
        Flaw::Empty => (text.empty_file)(sent.name.as_str()),
        Flaw::TooLarge => (text.too_large)(sent.name.as_str(), &megabytes(submission, uploads)),
        Flaw::Ending => (text.ending)(sent.name.as_str(), &views::documents::types(said, &uploads.types)),
        Flaw::Content => (text.content)(sent.name.as_str()),
        Flaw::TooMany => (text.too_many)(sent.name.as_str(), uploads.max_files as u64),
    };
    let mut problems = Vec::new();
    let (mut files, mut bytes) = (0, 0);
    for sent in submission.files(field) {
        match &sent.file {
            Ok(received) => (files, bytes) = (files + 1, bytes + received.size()),
            Err(flaw) => problems.push(Problem::new(field.to_owned(), why(sent, *flaw))),
        }
    }
    if files > 0 && !submission.read(|tx| documents::has_room(tx, uploads, files, bytes))? {
        problems.push(Problem::new(field.to_owned(), text.full));
    }
    Ok(problems)
}

/// Takes the files of a field for good: their bytes lie in their places when this returns. Fails if one was refused;
/// [`problems`] says so beforehand. Called before the transaction that adds their rows.
pub fn kept(submission: &Submission, field: &str) -> Result<Vec<Kept>> {
    let keep = |sent: &Sent| match &sent.file {
        Ok(received) => submission.site.files.keep(received),
        Err(_) => Err(Error::invalid(field, format!("'{}' was refused", sent.name))),
    };
    submission.files(field).map(keep).collect()
}

/// What a customer adds with a form, from its kept files.
pub fn drafts<'k>(files: &'k [Kept], purpose: Purpose, text: Option<&Line>) -> Vec<DocumentDraft<'k>> {
    files.iter().map(|file| DocumentDraft::shared(file, purpose, text.cloned())).collect()
}
