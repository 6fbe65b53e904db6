//! A page of a long list: two statements that leave the same rows, one that counts them and one that reads a page.

use super::row::{Params, Row, RowResult, Value};
use super::statement::{Below, Scoped};
use super::tx::{Reached, Subject, Tx};
use crate::error::Result;

/// How many rows a page has.
pub const PAGE: u32 = 25;

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Paged<T> {
    /// The rows on it.
    pub rows: Vec<Reached<T>>,
    /// Which page it is, from 1.
    pub number: u32,
    /// How many pages there are, at least one.
    pub pages: u32,
    /// How many rows there are on all of them.
    pub total: u32,
}

impl Tx<'_> {
    /// A page of a list, from 1; a number behind the last page gives the last one. `rows` takes `:limit` and `:skip`
    /// besides what both statements take.
    pub fn page<T>(
        &self,
        (count, rows): (&Scoped, &Scoped),
        params: Params,
        number: u32,
        map: fn(&Row) -> RowResult<T>,
    ) -> Result<Paged<T>> {
        self.page_of(self.count(count, params)?, (rows, params), number, map)
    }

    /// The same, where it is known how many rows there are.
    pub fn page_of<T>(
        &self,
        total: u32,
        (rows, params): (&Scoped, Params),
        number: u32,
        map: fn(&Row) -> RowResult<T>,
    ) -> Result<Paged<T>> {
        paged(total, number, params, |params| self.many(rows, params, map))
    }

    /// A page of the children of something reached.
    pub fn page_below<P: Subject, T>(
        &self,
        parent: &Reached<P>,
        (count, rows): (&Below<P>, &Below<P>),
        params: Params,
        number: u32,
        map: fn(&Row) -> RowResult<T>,
    ) -> Result<Paged<T>> {
        let total = self.below(parent, count, params, |row| row.get(0))?.pop().map_or(0, Reached::into_inner);
        paged(total, number, params, |params| self.below(parent, rows, params, map))
    }

    /// The number that a statement counts.
    pub fn count(&self, sql: &Scoped, params: Params) -> Result<u32> {
        Ok(self.one(sql, params, |row| row.get(0))?.map_or(0, Reached::into_inner))
    }
}

fn paged<T>(
    total: u32,
    number: u32,
    params: Params,
    read: impl FnOnce(Params) -> Result<Vec<Reached<T>>>,
) -> Result<Paged<T>> {
    let pages = total.div_ceil(PAGE).max(1);
    let number = number.clamp(1, pages);
    let skip = (number - 1) * PAGE;
    let mut params = params.to_vec();
    params.extend([(":limit", &PAGE as &dyn Value), (":skip", &skip)]);
    let rows = if total == 0 { Vec::new() } else { read(&params)? };
    Ok(Paged { rows, number, pages, total })
}
