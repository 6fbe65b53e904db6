//! What the addresses of long lists ask: words to find, and a page.

use super::frame::tally;
use super::ui::list::{Pager, SEARCH, Search};
use super::visit::Visit;
use crate::db::{PAGE, Paged};
use crate::links;

/// The name of the value with the number of the page.
pub const PAGE_NUMBER: &str = "page";

/// With so few things nobody searches.
const FEW: u32 = 10;

/// The words to find, empty for none.
pub fn words(visit: &Visit) -> String {
    visit.query.get(SEARCH).trim().chars().filter(|c| !c.is_control()).take(100).collect()
}

/// The number of the page.
pub fn number(visit: &Visit) -> u32 {
    visit.query.get(PAGE_NUMBER).parse().unwrap_or(1)
}

/// The form that searches, where there are more things than a glance takes in.
pub fn search(action: String, words: &str, is_searched: bool, total: u32) -> Option<Search> {
    (is_searched || total > FEW).then(|| Search {
        clear: is_searched.then(|| action.clone()),
        words: words.to_owned(),
        action,
    })
}

/// Where a page lies among all, if there are several; `path` and `values` are the address without the number.
pub fn pager<T>(visit: &Visit, page: &Paged<T>, path: &str, values: &[(&str, &str)]) -> Option<Pager> {
    (page.pages > 1).then(|| place(visit, page, path, values))
}

/// The same, also where there is one page only.
pub fn place<T>(visit: &Visit, page: &Paged<T>, path: &str, values: &[(&str, &str)]) -> Pager {
    let shown = u32::try_from(page.rows.len()).unwrap_or(0);
    let before = (page.number - 1) * PAGE;
    let at = |number: u32| {
        let number = number.to_string();
        links::with_query(path, &values.iter().copied().chain([(PAGE_NUMBER, number.as_str())]).collect::<Vec<_>>())
    };
    Pager {
        first: tally(page.total.min(before + 1), visit.lang),
        last: tally(before + shown, visit.lang),
        total: tally(page.total, visit.lang),
        previous: (page.number > 1).then(|| at(page.number - 1)),
        next: (page.number < page.pages).then(|| at(page.number + 1)),
    }
}
