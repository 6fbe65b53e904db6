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

use super::exchange::Reply;
use super::frame::frame;
use super::visit::{Submission, Visit};
use super::{reply, views};
use crate::access::{Need, Permission};
use crate::config::Uploads;
use crate::db::{Reached, Tx};
use crate::documents::{self, DocumentDraft, FILES, Flaw, Kept, On, Purpose, Sent};
use crate::error::{Error, Result};
use crate::links;
use crate::notices::Tell;
use crate::orders::{self, Order};
use crate::portal::ui::Link;
use crate::portal::ui::form::{ONCE, Problem, Target};
use crate::portal::ui::layout::Place;
use crate::secret;
use crate::text::{Line, Number};
use crate::words::{self, numbers};
use views::documents::{AddForm, AddPage, PURPOSE, Rules, TEXT};

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

fn megabytes(visit: &Visit, uploads: &Uploads) -> String {
    numbers::integer(i64::try_from(uploads.max_file_mb).unwrap_or(i64::MAX), visit.lang)
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

/// What documents are added to, from the address.
enum Parent {
    Order(Reached<Order>),
}

impl Parent {
    fn order(visit: &Visit, tx: &Tx) -> Result<Self> {
        let number = Number::parse(visit.value(0)?).map_err(|_| Error::not_found("order", "?"))?;
        Ok(Self::Order(orders::named(tx, &number)?))
    }

    fn on(&self) -> On<'_> {
        match self {
            Self::Order(order) => On::Order(order),
        }
    }

    /// Its page, what leads there, where its form is sent, and its place in the menu.
    fn page(&self, visit: &Visit) -> AddPage {
        let text = &words::portal::of(visit.lang).documents;
        let slug = visit.slug();
        let (href, action, name, whither, place) = match self {
            Self::Order(order) => (
                links::order(slug, &order.number),
                links::order_documents(slug, &order.number),
                format!("{} {}", order.number, order.card.title),
                (text.to_order)(order.number.as_str()),
                Place::Orders,
            ),
        };
        AddPage {
            to: Link { text: name, href },
            whither,
            place,
            add: AddForm {
                form: Target { action, token: visit.token() },
                once: String::new(),
                rules: rules(visit),
                purpose: Purpose::Reference,
                text: String::new(),
            },
            problems: Vec::new(),
        }
    }
}

type Find = fn(&Visit, &Tx) -> Result<Parent>;

/// The form for documents of an order.
pub fn add_to_order(visit: &Visit) -> Result<Reply> {
    show(visit, Parent::order)
}

/// Adds documents to an order.
pub fn send_to_order(submission: &Submission) -> Result<Reply> {
    send(submission, Parent::order)
}

const UPLOAD: Need = Need::see(Permission::DocumentUpload);

fn show(visit: &Visit, find: Find) -> Result<Reply> {
    visit.signed().actor.require(UPLOAD)?;
    let parent = visit.read(|tx| find(visit, tx))?;
    let mut data = parent.page(visit);
    data.add.once = secret::random_token()?;
    Ok(reply::page(views::documents::add(&frame(visit), &data)))
}

fn send(submission: &Submission, find: Find) -> Result<Reply> {
    submission.signed().actor.require(UPLOAD)?;
    let parent = submission.read(|tx| find(submission, tx))?;
    let text = &words::portal::of(submission.lang).documents;
    let typed = submission.field(TEXT);
    let purpose: Purpose = submission.field(PURPOSE).parse().unwrap_or(Purpose::Reference);
    let mut problems = problems(submission, FILES)?;
    if !came(submission, FILES) {
        problems.push(Problem::new(FILES, text.missing));
    }
    let line = match typed.trim() {
        "" => None,
        typed => match Line::parse(typed) {
            Ok(line) => Some(line),
            Err(_) => {
                problems.push(Problem::new(TEXT, text.text_long));
                None
            }
        },
    };
    let mut data = parent.page(submission);
    if !problems.is_empty() {
        data.add.rules.again = came(submission, FILES);
        data.add.once = submission.field(ONCE).to_owned();
        data.add.purpose = purpose;
        data.add.text = typed.to_owned();
        data.problems = problems;
        return Ok(reply::with_status(422, views::documents::add(&frame(submission), &data)));
    }
    let files = kept(submission, FILES)?;
    let drafts = drafts(&files, purpose, line.as_ref());
    submission.write(|tx| {
        tx.once(submission.field(ONCE), || {
            let parent = find(submission, tx)?;
            let rules = &submission.site.config.uploads;
            let added = documents::add(tx, rules, parent.on(), &drafts, Tell::Everybody)?;
            Ok(added.first().map_or(0, |document| document.id.0))
        })
    })?;
    let count = files.len().to_string();
    reply::see_other(&links::with_query(&data.to.href, &[("added", &count)]))
}
