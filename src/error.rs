//! The kinds of error, each with its code, its exit status, a sentence and the way out.

use std::fmt;

/// What this crate's functions return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, by what the caller can do about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// There is no such thing, or it is out of the actor's reach: the two look alike on purpose.
    NotFound,
    /// The actor reaches it but may not do this.
    Denied,
    /// A value is not acceptable.
    Invalid,
    /// It exists already, is ambiguous, or is in the wrong state.
    Conflict,
    /// Somebody else is writing; trying again helps.
    Busy,
    /// Our fault.
    Internal,
    /// The person said no.
    Refused,
    /// A check found what it looks for.
    Found,
    /// The command line does not say what to do.
    Usage,
    /// A file holds data that cannot be taken.
    Data,
    /// A file cannot be opened.
    NoInput,
    /// Another service is needed and does not answer.
    Unavailable,
    /// A file cannot be written.
    CannotWrite,
    /// The disk or the database failed.
    Storage,
    /// The configuration is wrong.
    Config,
    /// A dry run found changes, and the caller asked to be told by the exit status.
    Pending,
}

impl Kind {
    /// Every kind, for the tables in help and manual.
    pub const ALL: [Self; 16] = [
        Self::Refused,
        Self::Found,
        Self::Usage,
        Self::Invalid,
        Self::NotFound,
        Self::Conflict,
        Self::Pending,
        Self::Data,
        Self::NoInput,
        Self::Unavailable,
        Self::Internal,
        Self::CannotWrite,
        Self::Storage,
        Self::Busy,
        Self::Denied,
        Self::Config,
    ];

    /// The stable word for scripts.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Denied => "denied",
            Self::Invalid => "unacceptable",
            Self::Conflict => "conflict",
            Self::Busy => "busy",
            Self::Internal => "internal",
            Self::Refused => "refused",
            Self::Found => "found",
            Self::Usage => "usage",
            Self::Data => "bad_data",
            Self::NoInput => "no_input",
            Self::Unavailable => "unavailable",
            Self::CannotWrite => "cannot_write",
            Self::Storage => "storage",
            Self::Config => "config",
            Self::Pending => "pending",
        }
    }

    /// The exit status of a command that ends with it; the numbers above 63 are those of `sysexits.h`.
    pub fn exit(self) -> u8 {
        match self {
            Self::Refused | Self::Found => 1,
            Self::Usage | Self::Invalid => 2,
            Self::NotFound => 3,
            Self::Conflict => 4,
            Self::Pending => 5,
            Self::Data => 65,
            Self::NoInput => 66,
            Self::Unavailable => 69,
            Self::Internal => 70,
            Self::CannotWrite => 73,
            Self::Storage => 74,
            Self::Busy => 75,
            Self::Denied => 77,
            Self::Config => 78,
        }
    }
}

/// One thing that went wrong: a lower-case sentence without a full stop that names the value, and a tip.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    message: String,
    tip: Option<String>,
    field: Option<String>,
    cause: Option<anyhow::Error>,
}

impl Error {
    /// An error of a kind that says so.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), tip: None, field: None, cause: None }))
    }

    /// `customer '1402' does not exist`.
    pub fn not_found(noun: &str, value: impl fmt::Display) -> Self {
        Self::new(Kind::NotFound, format!("{noun} '{value}' does not exist"))
    }

    /// A value of a field that cannot be taken, and why.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, message).at(field)
    }

    /// Something stands in the way.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(Kind::Conflict, message)
    }

    /// Not permitted.
    pub fn denied(message: impl Into<String>) -> Self {
        Self::new(Kind::Denied, message)
    }

    /// Our own fault: the cause goes to the log, not to the person.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::new(Kind::Internal, "something went wrong inside frontdesk").because(cause)
    }

    /// The same error with the next step for the person.
    #[must_use]
    pub fn tip(mut self, tip: impl Into<String>) -> Self {
        self.0.tip = Some(tip.into());
        self
    }

    /// The same error, naming the field (or flag) it is about.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// The same error with its inner cause, kept for the log.
    #[must_use]
    pub fn because(mut self, cause: impl Into<anyhow::Error>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// The same sentence as another kind: a wrong value is a usage error on the command line and bad data in a file.
    #[must_use]
    pub fn as_kind(mut self, kind: Kind) -> Self {
        self.0.kind = kind;
        self
    }

    /// What can be done about it.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The next step.
    pub fn tip_text(&self) -> Option<&str> {
        self.0.tip.as_deref()
    }

    /// The field it is about.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The inner cause, for the log.
    pub fn cause(&self) -> Option<&anyhow::Error> {
        self.0.cause.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_ref().map(|cause| cause.as_ref() as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_code() {
        let mut codes: Vec<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Kind::ALL.len());
    }
}
