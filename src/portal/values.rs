//! The values of an address or a form: each name once, decoded, bounded.

use crate::error::{Error, Result};

/// The longest form without files, in bytes.
pub const FORM_LIMIT: u64 = 64 * 1024;

/// Named values. A name that comes twice is refused: two readers could take different ones.
#[derive(Clone, Debug, Default)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// Reads `a=1&b=2`.
    pub fn parse(text: &[u8]) -> Result<Self> {
        let mut values: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(text) {
            if values.iter().any(|(known, _)| *known == name) {
                return Err(Error::invalid("form", format!("'{}' is given twice", crate::text::shown(&name))));
            }
            values.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(values))
    }

    /// A value, empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_value() {
        let values = Values::parse(b"q=a+b%C3%A5&kind=work").expect("values");
        assert_eq!((values.get("q"), values.get("kind"), values.get("none")), ("a bå", "work", ""));
        assert!(Values::parse(b"q=1&q=2").is_err());
    }
}
