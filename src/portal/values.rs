//! The values of an address or a form: each name once, decoded, bounded.

use crate::error::{Error, Kind, Result};

/// The longest form without files, in bytes.
pub const FORM_LIMIT: u64 = 64 * 1024;

/// The longest texts of a form with files, all together: a self-check of 200 points, whose answers and notes have 1,000
/// characters each of any script, is the longest of ours.
pub const TEXTS_LIMIT: u64 = 2_000_000;

/// More names than any form of ours has (the longest is a self-check of 200 points); each is compared with those before
/// it.
const MOST_NAMES: usize = 700;

/// Named values. A name that comes twice is refused: two readers could take different ones.
#[derive(Clone, Debug, Default)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// Reads `a=1&b=2`, which must be UTF-8 once it is decoded.
    pub fn parse(text: &[u8]) -> Result<Self> {
        let mut values = Self::default();
        for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (decoded(&pair[..at])?, decoded(&pair[at + 1..])?),
                None => (decoded(pair)?, String::new()),
            };
            values.add(name, value)?;
        }
        Ok(values)
    }

    /// One value more, under a name that has none yet.
    pub fn add(&mut self, name: String, value: String) -> Result<()> {
        if self.0.iter().any(|(known, _)| *known == name) {
            return Err(odd(format!("'{}' is given twice", crate::text::shown(&name))));
        }
        if self.0.len() == MOST_NAMES {
            return Err(odd(format!("there are more than {MOST_NAMES} names")));
        }
        self.0.push((name, value));
        Ok(())
    }

    /// The same values in an address, some of them changed.
    pub fn address(&self, path: &str, changes: &[(&str, &str)]) -> String {
        let kept = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = kept.filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        crate::links::with_query(path, &kept.chain(changes.iter().copied()).collect::<Vec<_>>())
    }

    /// A value, empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// `+` is a space and `%XX` a byte; a `%` before anything else stands for itself (WHATWG URL, 5.1).
///
/// What is no UTF-8 is refused, not replaced: two passwords would become one.
fn decoded(text: &[u8]) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let pair = after.get(..2).filter(|pair| *first == b'%' && pair.iter().all(u8::is_ascii_hexdigit));
        let pair = pair.and_then(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        match pair {
            Some(byte) => bytes.push(byte),
            None => bytes.push(if *first == b'+' { b' ' } else { *first }),
        }
        rest = if pair.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).map_err(|_| odd("it holds a text that is no UTF-8"))
}

fn odd(sentence: impl Into<String>) -> Error {
    Error::invalid("form", sentence.into()).as_kind(Kind::Data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_value() {
        let values = Values::parse(b"q=a+b%C3%A5&kind=work").expect("values");
        assert_eq!((values.get("q"), values.get("kind"), values.get("none")), ("a bå", "work", ""));
        assert!(Values::parse(b"q=1&q=2").is_err());
        assert!(Values::parse(b"q=1&%71=2").is_err());
    }

    #[test]
    fn values_are_decoded_as_browsers_encode_them() {
        let values = Values::parse(b"&a=%&b=%4&c=%zz&d=%2541&e&f==&=g&&").expect("values");
        let read = ["a", "b", "c", "d", "e", "f", ""].map(|name| values.get(name).to_owned());
        assert_eq!(read, ["%", "%4", "%zz", "%41", "", "=", "g"]);
        for odd in [&b"q=%ff"[..], b"q=\xff", b"%c3=1", b"q=%ed%a0%80"] {
            assert!(Values::parse(odd).is_err_and(|error| error.kind() == Kind::Data), "{odd:?}");
        }
    }

    #[test]
    fn names_without_end_are_refused_before_they_are_compared() {
        let many = |most: usize| (0..most).map(|at| format!("n{at}=1&")).collect::<String>();
        assert!(Values::parse(many(MOST_NAMES).as_bytes()).is_ok());
        assert!(Values::parse(many(MOST_NAMES + 1).as_bytes()).is_err());
    }

    #[test]
    fn an_address_keeps_what_is_not_changed() {
        let values = Values::parse(b"next=%2Fg%2Fa&lang=sv").expect("values");
        assert_eq!(values.address("/g/a/", &[("lang", "es")]), "/g/a/?next=%2Fg%2Fa&lang=es");
    }
}
