//! Pages: all documents in reach, and those of one thing as a part of its page.

use super::add::{UPLOAD, form};
use crate::access::{Need, Permission};
use crate::db::Tx;
use crate::documents::{self, Document, DocumentFilter, On};
use crate::error::Result;
use crate::links;
use crate::portal::exchange::Reply;
use crate::portal::frame::{day, frame};
use crate::portal::ui::list::SEARCH;
use crate::portal::ui::{Link, Named};
use crate::portal::views::documents::{ADDED, AllPage, Item, Part};
use crate::portal::visit::Visit;
use crate::portal::{paging, reply, views};
use crate::words::{self, numbers};

const VIEW: Need = Need::see(Permission::DocumentView);

/// What lies on something, with the form that adds to it, each if permitted; nothing if neither is.
///
/// The page shows it with `views::documents::part`; after a form it says by itself what was added.
pub fn part(visit: &Visit, tx: &Tx, on: On) -> Result<Option<Part>> {
    let (may_see, may_add) = (tx.may(VIEW), tx.may(UPLOAD));
    let list = if may_see { documents::on(tx, on)? } else { Vec::new() };
    let add = if may_add { form(visit, on)? } else { None };
    if add.is_none() && (!may_see || (list.is_empty() && matches!(on, On::Contact(_)))) {
        return Ok(None);
    }
    let added = visit.query.get(ADDED).parse().ok().filter(|count| (1..=1_000).contains(count));
    Ok(Some(Part {
        list: may_see.then(|| list.iter().map(|document| item(visit, document)).collect()),
        add,
        notice: added.map(words::portal::of(visit.lang).documents.added),
    }))
}

/// All documents in reach, the newest first.
pub fn all(visit: &Visit) -> Result<Reply> {
    let words = paging::words(visit);
    let searched = !words.is_empty();
    let filter = DocumentFilter { search: searched.then(|| words.clone()), ..DocumentFilter::default() };
    let page = visit.read(|tx| documents::page(tx, &filter, paging::number(visit)))?;
    let path = links::documents(visit.slug());
    let data = AllPage {
        list: page.rows.iter().map(|document| item(visit, document)).collect(),
        pager: paging::pager(visit, &page, &path, &[(SEARCH, &words)]),
        search: paging::search(path, &words, searched, page.total),
    };
    Ok(reply::page(views::documents::all(&frame(visit), &data)))
}

fn item(visit: &Visit, document: &Document) -> Item {
    let said = &words::portal::of(visit.lang).documents;
    let ending = document.name.ending().to_uppercase();
    let size = numbers::bytes(document.size, visit.lang);
    Item {
        file: Link {
            text: document.name.to_string(),
            href: links::document(visit.slug(), document.id, document.name.as_str()),
        },
        kind: if ending.is_empty() { size.clone() } else { format!("{ending}, {size}") },
        purpose: document.purpose,
        text: document.text.as_ref().map(ToString::to_string),
        author: document.author.to_string(),
        when: day(document.at, &visit.dress.group.card.zone, visit.lang),
        on: lies_on(visit, document, said.on_company),
    }
}

/// What a document lies on. Whoever reaches the document reaches that too, so its page can be named.
fn lies_on(visit: &Visit, document: &Document, company: &str) -> Named {
    let slug = visit.slug();
    let with_number = |number: &crate::text::Number, name: &Option<crate::text::Line>| {
        name.as_ref().map_or_else(|| number.to_string(), |name| format!("{number} {name}"))
    };
    if let Some(number) = &document.order_no {
        return Named { text: number.to_string(), href: Some(links::order(slug, number)) };
    }
    if let Some(number) = &document.object_no {
        return Named { text: with_number(number, &document.object), href: Some(links::object(slug, number)) };
    }
    if let (Some(number), Some(name)) = (&document.facility_no, &document.facility) {
        return Named { text: name.to_string(), href: Some(links::facility(slug, number)) };
    }
    if let (Some(id), Some(title)) = (document.selfcheck_id, &document.selfcheck) {
        return Named { text: title.to_string(), href: Some(links::selfcheck(slug, id)) };
    }
    match &document.contact_name {
        Some(name) => Named { text: name.to_string(), href: None },
        None => Named { text: company.to_owned(), href: Some(links::company(slug)) },
    }
}
