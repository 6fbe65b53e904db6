//! A value on the command line that can also be empty, which takes away what is kept: `--phone ''`.

use std::str::FromStr;

use crate::error::Error;

/// A value, or nothing where nothing was written between the quotes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Given<T>(Option<T>);

impl<T> Given<T> {
    /// A value that was given elsewhere than on the line.
    pub(super) fn of(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T: FromStr<Err = Error>> FromStr for Given<T> {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        if text.trim().is_empty() { Ok(Self(None)) } else { text.parse().map(|value| Self(Some(value))) }
    }
}

/// What is kept after a flag: its value, nothing if it was empty, and what was kept if it was not given.
pub(super) fn over<T: Clone>(given: &Option<Given<T>>, kept: &Option<T>) -> Option<T> {
    match given {
        Some(Given(value)) => value.clone(),
        None => kept.clone(),
    }
}
