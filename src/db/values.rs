//! How the house's own types stand in columns, and what SQLite's failures mean to a person.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, ffi};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::access::{Permission, Right, Side};
use crate::clock::Moment;
use crate::error::{Error, Kind};
use crate::event::Event;
use crate::stage::Stage;
use crate::text::{Colour, Email, Lang, Line, Login, Number, Prefix, Prose, Slug, Zone};

/// Makes types that are written with `Display` and read with `FromStr` stand in a text column.
macro_rules! text_columns {
    ($($type:ty),* $(,)?) => {$(
        impl rusqlite::ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.to_string().into())
            }
        }

        impl rusqlite::types::FromSql for $type {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                value.as_str()?.parse().map_err(|error: $crate::error::Error| {
                    rusqlite::types::FromSqlError::Other(Box::new(error))
                })
            }
        }
    )*};
}

pub(crate) use text_columns;

text_columns!(
    Colour, Email, Event, Lang, Line, Login, Moment, Number, Permission, Prefix, Prose, Right, Side, Slug, Stage, Zone
);

/// A value kept as JSON in a text column.
#[derive(Clone, Debug, PartialEq)]
pub struct Json<T>(pub T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        serde_json::to_string(&self.0)
            .map(Into::into)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// What a failure of SQLite means: busy, a full or broken disk, something in the way, or our own fault.
pub(super) fn fault(error: rusqlite::Error) -> Error {
    let made = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::new(Kind::Busy, "somebody else is writing to the database")
                .tip("try again, or wait longer with --wait SECONDS")
        }
        Some(ErrorCode::DiskFull) => Error::new(Kind::Storage, "the disk is full; nothing was changed")
            .tip("free some space on the disk of the data directory"),
        Some(
            ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::CannotOpen,
        ) => Error::new(Kind::Storage, "the database cannot be read or written")
            .tip("look at the disk and the system's log"),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            Error::new(Kind::Storage, "the database may not be written to; nothing was changed")
                .tip("look at the owner and the mode of the data directory")
        }
        Some(ErrorCode::ConstraintViolation) => match error.sqlite_error().map(|inner| inner.extended_code) {
            Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
                Error::conflict("that exists already")
            }
            Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Error::conflict("something else still refers to it"),
            _ => Error::internal(anyhow::anyhow!("a constraint of the schema")),
        },
        _ => return Error::internal(error),
    };
    made.because(error)
}
