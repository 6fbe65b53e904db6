//! Objects, one a line as `-o jsonl` prints them, become the same rows as those of a CSV file.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::error::{Error, Kind, Result};
use crate::imports::encoding::{Text, size};
use crate::imports::source::Limits;
use crate::text::shown;

/// The keys of one object with their values as cells, in the order of the line.
pub type Pairs = Vec<(String, String)>;

/// The objects of a file.
pub struct JsonLines {
    text: Text,
    piece: Vec<u8>,
    at: usize,
    line: u64,
    limits: Limits,
}

impl JsonLines {
    /// Reads on from `piece`, text that was read already.
    pub fn open(text: Text, piece: Vec<u8>, limits: Limits) -> Self {
        Self { text, piece, at: 0, line: 0, limits }
    }

    /// How the file is encoded, for people.
    pub fn encoding(&self) -> String {
        self.text.encoding()
    }

    /// The next object and its line.
    pub fn next_object(&mut self) -> Result<Option<(u64, Pairs)>> {
        while let Some(line) = self.line()? {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let Object(pairs) = serde_json::from_slice(&line).map_err(|cause| {
                Error::new(Kind::Data, format!("line {} is not one JSON object: {cause}", self.line))
                    .tip("each line holds one object, as -o jsonl prints them")
            })?;
            if pairs.len() > self.limits.columns {
                return Err(Error::new(
                    Kind::Data,
                    format!("line {} has more than {} keys", self.line, self.limits.columns),
                ));
            }
            return Ok(Some((self.line, pairs)));
        }
        Ok(None)
    }

    fn line(&mut self) -> Result<Option<Vec<u8>>> {
        self.line += 1;
        let mut line = Vec::new();
        loop {
            if self.at == self.piece.len() {
                self.piece.clear();
                self.at = 0;
                if !self.text.next_piece(&mut self.piece)? {
                    return Ok((!line.is_empty()).then_some(line));
                }
            }
            let rest = &self.piece[self.at..];
            let end = rest.iter().position(|byte| *byte == b'\n');
            line.extend_from_slice(&rest[..end.unwrap_or(rest.len())]);
            self.at += end.map_or(rest.len(), |end| end + 1);
            if line.len() > self.limits.record {
                let most = size(self.limits.record as u64);
                return Err(Error::new(Kind::Data, format!("line {} is longer than {most}", self.line)));
            }
            if end.is_some() {
                return Ok(Some(line));
            }
        }
    }
}

/// An object that keeps the order of its keys and refuses a key that stands twice.
struct Object(Pairs);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Object, M::Error> {
                let mut pairs = Pairs::new();
                while let Some((key, value)) = map.next_entry::<String, Value>()? {
                    if pairs.iter().any(|(known, _)| *known == key) {
                        let key = shown(&key);
                        return Err(serde::de::Error::custom(format_args!("the key '{key}' stands twice")));
                    }
                    pairs.push((key, cell(value)));
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// A list of words is written with `;` as in a CSV cell; what is nested deeper stays JSON.
fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(items) if items.iter().all(|item| item.as_str().is_some_and(|text| !text.contains(';'))) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(u64, Pairs)>> {
        let input = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        let limits = Limits { record: 200, ..Limits::default() };
        let mut lines = JsonLines::open(Text::open(input, None, 1 << 20)?, Vec::new(), limits);
        let mut all = Vec::new();
        while let Some(object) = lines.next_object()? {
            all.push(object);
        }
        Ok(all)
    }

    #[test]
    fn values_become_cells() {
        let text =
            "{\"no\":\"1\",\"fax\":null,\"cost\":183.05,\"unattached\":true,\"roles\":[\"a\",\"b\"]}\r\n\n{\"no\":2}";
        let all = read(text).expect("objects");
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            all[0],
            (
                1,
                vec![
                    pair("no", "1"),
                    pair("fax", ""),
                    pair("cost", "183.05"),
                    pair("unattached", "true"),
                    pair("roles", "a;b")
                ]
            )
        );
        assert_eq!(all[1], (3, vec![pair("no", "2")]));
    }

    #[test]
    fn what_is_no_object_is_refused_with_its_line() {
        for (text, part) in [
            ("{\"a\":1}\n[1]\n", "line 2 is not one JSON object"),
            ("{\"a\":1,\"a\":2}", "the key 'a' stands twice"),
            ("{\"a\":1} {\"b\":2}", "line 1 is not one JSON object"),
            ("{\"a\":", "line 1 is not one JSON object"),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.message().contains(part), "{}", error.message());
        }
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(300));
        assert_eq!(read(&long).expect_err("too long").message(), "line 1 is longer than 200 bytes");
    }
}
