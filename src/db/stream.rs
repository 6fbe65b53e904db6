//! Long answers, a row at a time: what is handed on at once is never all in memory.

use super::row::{Params, Row, RowResult};
use super::statement::{Open, Scoped};
use super::tx::{Reached, Tx};
use super::values::fault;
use crate::error::Result;

impl Tx<'_> {
    /// Hands on everything of a kind that the actor reaches, one after the other; ends at the first failure.
    pub fn each<T>(
        &self,
        sql: &Scoped,
        params: Params,
        map: fn(&Row) -> RowResult<T>,
        mut take: impl FnMut(Reached<T>) -> Result<()>,
    ) -> Result<()> {
        self.actor().require(sql.need)?;
        self.walk(sql.sql, params, map, |found| take(Reached::new(found)))
    }

    /// The same in nobody's name.
    pub fn each_open<T>(
        &self,
        sql: &Open,
        params: Params,
        map: fn(&Row) -> RowResult<T>,
        take: impl FnMut(T) -> Result<()>,
    ) -> Result<()> {
        self.walk(sql.sql, params, map, take)
    }

    fn walk<T>(
        &self,
        sql: &str,
        params: Params,
        map: fn(&Row) -> RowResult<T>,
        mut take: impl FnMut(T) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.reading(sql)?;
        self.bind(&mut statement, &[], params)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(fault)? {
            take(map(row).map_err(fault)?)?;
        }
        Ok(())
    }
}
