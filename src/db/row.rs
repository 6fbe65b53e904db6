//! What a storage file needs to speak to SQLite: named values in, rows out.

/// A value that can stand in a column.
pub use rusqlite::ToSql as Value;

/// A row of an answer.
pub type Row<'r> = rusqlite::Row<'r>;

/// What a function from a row to a value returns.
pub type RowResult<T> = rusqlite::Result<T>;

/// Values by name.
pub type Params<'a> = &'a [(&'static str, &'a dyn Value)];

/// Values by name: `named! { ":id": order.id, ":text": text }`.
#[macro_export]
macro_rules! named {
    () => { &[] };
    ($($name:literal : $value:expr),+ $(,)?) => { &[$(($name, &$value as &dyn $crate::db::Value)),+] };
}
pub use named;
