//! What pages are built of: the layout around them, forms, badges and small parts.

pub mod badge;
pub mod chart;
pub mod form;
pub mod input;
pub mod layout;
pub mod list;
pub mod part;

/// A moment, as a machine reads it and as it is shown in the visitor's language and zone.
#[derive(Clone, Debug)]
pub struct When {
    /// RFC 3339, or a date alone.
    pub machine: String,
    /// As people read it.
    pub text: String,
}

/// A number, and how it is written in the visitor's language.
#[derive(Clone, Debug)]
pub struct Tally {
    /// How many.
    pub number: u64,
    /// As people read it, such as `5,484`.
    pub text: String,
}

/// Words that lead somewhere.
#[derive(Clone, Debug)]
pub struct Link {
    /// What is read.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// A thing that may have a page of its own.
#[derive(Clone, Debug)]
pub struct Named {
    /// What it is called.
    pub text: String,
    /// Its page, if the visitor may open it.
    pub href: Option<String>,
}
