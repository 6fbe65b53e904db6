//! Typed row ids: an order's id cannot be passed where a customer's is due.

use std::fmt;

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.0.into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                i64::column_result(value).map(Self)
            }
        }
    )*};
}

ids! {
    /// A service company.
    GroupId,
    /// A site that may show a company's login box.
    OriginId,
    /// A person at a service company.
    StaffId,
    /// Who is served.
    CustomerId,
    /// A person at a customer.
    ContactId,
    /// A login.
    UserId,
    /// One user at one customer.
    AccessId,
    /// A named set of permissions.
    TemplateId,
    /// A place of a customer.
    FacilityId,
    /// A machine.
    ObjectId,
    /// A work or service order.
    OrderId,
    /// A comment on an order.
    CommentId,
    /// A named line of the notification matrix.
    RoleId,
    /// A status of the company's own list.
    StatusId,
    /// A priority of the company's own list.
    PriorityId,
    /// A message that came in by mail.
    ReceivedId,
    /// A mail waiting or sent.
    LetterId,
    /// An invitation or reset that was mailed.
    TicketId,
    /// A signed-in browser.
    SessionId,
    /// A run of an import.
    RunId,
    /// Text on an order that only staff read.
    NoteId,
    /// What a meter showed.
    ReadingId,
    /// After how long a machine is due for service.
    IntervalId,
    /// A file.
    DocumentId,
    /// A checklist that is made ready to be filled in.
    SelfcheckTemplateId,
    /// A checklist on an order or a machine.
    SelfcheckId,
    /// A line of a checklist.
    PointId,
}
