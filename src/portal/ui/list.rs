//! What long lists share: words to find, a table that becomes cards on narrow screens, and the pages.

use maud::{Markup, html};

use crate::portal::ui::form::{self, Field};
use crate::portal::ui::{Tally, input, part};
use crate::words::portal::Words;

/// The name of the field with the words to find.
pub const SEARCH: &str = "q";

/// Where a page lies among all.
#[derive(Clone, Debug)]
pub struct Pager {
    /// The first one's place.
    pub first: Tally,
    /// The last one's place.
    pub last: Tally,
    /// How many there are.
    pub total: Tally,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// Where one looks among all.
pub fn pager(words: &Words, pager: &Pager) -> Markup {
    html! {
        nav.pager aria-label=(words.orders.pages) {
            p { ((words.orders.range)(&pager.first.text, &pager.last.text, &pager.total.text)) }
            @if let Some(previous) = &pager.previous { a.button.quiet href=(previous) rel="prev" { (words.orders.previous) } }
            @if let Some(next) = &pager.next { a.button.quiet href=(next) rel="next" { (words.orders.next) } }
        }
    }
}

/// What is looked for in a list.
#[derive(Clone, Debug)]
pub struct Search {
    /// The address the form asks.
    pub action: String,
    /// The words to find.
    pub words: String,
    /// The address without any of it, if something is looked for.
    pub clear: Option<String>,
}

/// The form that searches a list: words, perhaps something to choose from, and the way back to everything.
pub fn search(words: &Words, search: &Search, label: &str, choice: Option<Markup>) -> Markup {
    let form = form::search(
        &search.action,
        words.orders.search,
        html! {
            (input::words_to_find(&Field::new(SEARCH, label), &search.words))
            @if let Some(choice) = choice { (choice) }
            (form::quiet(words.orders.search))
        },
    );
    html! {
        (form)
        @if let Some(clear) = &search.clear { div.views { a href=(clear) { (words.orders.clear) } } }
    }
}

/// Nothing was found, and the way back to everything.
pub fn nothing_found(words: &Words, title: &str, text: &str, clear: &str) -> Markup {
    part::empty(title, html! { p { (text) } p { a.button.quiet href=(clear) { (words.orders.clear) } } })
}

/// A table; each row is made with [`row`].
pub fn table(caption: &str, headings: &[&str], rows: &[Markup]) -> Markup {
    html! {
        table role="table" {
            caption.unseen { (caption) }
            thead role="rowgroup" {
                tr role="row" { @for heading in headings { th role="columnheader" scope="col" { (heading) } } }
            }
            tbody role="rowgroup" { @for row in rows { (row) } }
        }
    }
}

/// A row of a table: a number perhaps, what names it, and the other cells.
pub fn row(number: Option<&str>, name: Markup, cells: &[Markup]) -> Markup {
    html! {
        tr role="row" {
            @if let Some(number) = number { td.number role="cell" { (number) } }
            th role="rowheader" scope="row" { (name) }
            @for cell in cells { td role="cell" { (cell) } }
        }
    }
}
