//! Reads the keys of one table as what they mean; what cannot be read is told, and reading goes on.

use std::cell::RefCell;
use std::str::FromStr;

use super::{Item, Key, Noun, Plan, Problem, Value};
use crate::error::{Error, Kind, Result};
use crate::text::shown;

/// A table while it is taken.
pub(super) struct Reading<'a> {
    pub(super) item: &'a Item,
    pub(super) file: &'a str,
    pub(super) plan: &'a RefCell<Plan>,
}

impl<'a> Reading<'a> {
    /// A table below this one.
    pub(super) fn below(&self, item: &'a Item) -> Self {
        Self { item, ..*self }
    }

    /// The tables of a kind below this one.
    pub(super) fn tables(&self, noun: Noun) -> impl Iterator<Item = Reading<'a>> {
        self.item.below.iter().filter(move |item| item.noun == noun).map(|item| self.below(item))
    }

    /// Whether a key is named.
    pub(super) fn names(&self, key: &str) -> bool {
        self.key(key).is_some()
    }

    /// What is kept of a value that can be empty: an empty text takes it away.
    pub(super) fn over<T: FromStr<Err = Error>>(&self, key: &str, kept: Option<T>) -> Option<T> {
        match self.text(key) {
            None => kept,
            Some(text) if text.trim().is_empty() => None,
            Some(text) => self.parsed(key, text).or(kept),
        }
    }

    /// What is kept of a value that cannot be empty.
    pub(super) fn must<T: FromStr<Err = Error>>(&self, key: &str, kept: T) -> T {
        self.given(key).unwrap_or(kept)
    }

    /// A value that cannot be empty, if it is named.
    pub(super) fn given<T: FromStr<Err = Error>>(&self, key: &str) -> Option<T> {
        let text = self.text(key)?;
        if text.trim().is_empty() {
            self.refuse(key, Error::invalid(key, format!("{key} cannot be empty")));
            return None;
        }
        self.parsed(key, text)
    }

    /// A value without which the table means nothing.
    pub(super) fn need<T: FromStr<Err = Error>>(&self, key: &str) -> Option<T> {
        if self.text(key).is_none() {
            let message = format!("{} needs {key}", self.item.noun.heading());
            self.refuse(key, Error::invalid(key, message));
        }
        self.given(key)
    }

    /// True or false, if it is named.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.key(key)?.value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// The things that a list names; each that is not there is told with its own line.
    pub(super) fn listed<T>(&self, key: &str, find: impl Fn(&str) -> Result<T>) -> Result<Option<Vec<T>>> {
        let Some(Key { value: Value::Texts(texts), .. }) = self.key(key) else { return Ok(None) };
        let mut found = Vec::new();
        for (text, line) in texts {
            found.extend(self.told_at(*line, Some(key), find(text))?);
        }
        Ok(Some(found))
    }

    /// What came of a key, unless it is something that the file can be blamed for: that is told.
    pub(super) fn told<T>(&self, key: &str, done: Result<T>) -> Result<Option<T>> {
        self.told_at(self.line(key), Some(key), done)
    }

    /// Tells what is wrong with a key.
    pub(super) fn refuse(&self, key: &str, error: Error) {
        self.push(self.line(key), Some(key), &error);
    }

    /// Where a key stands, or else its table.
    pub(super) fn line(&self, key: &str) -> usize {
        self.key(key).map_or(self.item.line, |key| key.line)
    }

    fn told_at<T>(&self, line: usize, key: Option<&str>, done: Result<T>) -> Result<Option<T>> {
        match done {
            Ok(done) => Ok(Some(done)),
            Err(error) if matches!(error.kind(), Kind::NotFound | Kind::Invalid | Kind::Conflict | Kind::Usage) => {
                self.push(line, key, &error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn push(&self, line: usize, key: Option<&str>, error: &Error) {
        self.plan.borrow_mut().problems.push(Problem {
            file: self.file.to_owned(),
            line,
            key: key.filter(|key| self.names(key)).map(str::to_owned),
            code: error.kind().code(),
            reason: error.message().to_owned(),
            tip: error.tip_text().map(str::to_owned),
        });
    }

    fn parsed<T: FromStr<Err = Error>>(&self, key: &str, text: &str) -> Option<T> {
        text.parse().map_err(|error: Error| self.refuse(key, error)).ok()
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        match &self.key(key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn key(&self, key: &str) -> Option<&'a Key> {
        self.item.keys.iter().find(|one| one.name == key)
    }
}

/// A whole number above nothing.
pub(super) struct Count(pub(super) i64);

impl FromStr for Count {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let number = text.trim().replace('_', "").parse().ok().filter(|number| *number > 0);
        number.map(Self).ok_or_else(|| {
            Error::invalid("number", format!("'{}' is not a whole number above 0 such as 365", shown(text)))
        })
    }
}
