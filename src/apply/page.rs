//! Reads the text of a file into its tables, and says of everything that has no place there where it stands.

use toml::de::{DeTable, DeValue};

use super::{Item, Key, Noun, Problem, Sheet, Value};
use crate::error::Kind;
use crate::text::{nearest, shown};

/// What a key takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Takes {
    Text,
    Texts,
    Flag,
    /// A number, or the text of one.
    Number,
    /// A day or a time, or the text of one.
    Time,
}

use Takes::{Flag, Number, Text, Texts, Time};

impl Noun {
    /// How a table of it begins.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Customer => "the customer",
            Self::Facility => "[[facility]]",
            Self::Object => "[[object]]",
            Self::Interval => "[[object.interval]]",
            Self::Contact => "[[contact]]",
            Self::User => "[[user]]",
        }
    }

    /// Its tables, by the name they have in it.
    fn tables(self) -> &'static [(&'static str, Noun)] {
        match self {
            Self::Customer => &[
                ("facility", Self::Facility),
                ("object", Self::Object),
                ("contact", Self::Contact),
                ("user", Self::User),
            ],
            Self::Object => &[("interval", Self::Interval)],
            _ => &[],
        }
    }

    /// Its keys, in the order in which they are written.
    fn keys(self) -> &'static [(&'static str, Takes)] {
        match self {
            Self::Customer => &[
                ("customer_no", Text),
                ("name", Text),
                ("org_no", Text),
                ("email", Text),
                ("phone", Text),
                ("fax", Text),
                ("address", Text),
                ("address2", Text),
                ("postal_code", Text),
                ("city", Text),
                ("region", Text),
                ("country", Text),
                ("lang", Text),
                ("prefix", Text),
                ("status", Text),
                ("note", Text),
                ("external_id", Text),
            ],
            Self::Facility => &[
                ("facility_no", Text),
                ("name", Text),
                ("address", Text),
                ("address2", Text),
                ("postal_code", Text),
                ("city", Text),
                ("region", Text),
                ("country", Text),
                ("zone", Text),
                ("status", Text),
                ("note", Text),
                ("external_id", Text),
            ],
            Self::Object => &[
                ("object_no", Text),
                ("name", Text),
                ("facility_no", Text),
                ("parent_no", Text),
                ("maker", Text),
                ("model", Text),
                ("serial_no", Text),
                ("installed_on", Time),
                ("meter", Text),
                ("unit", Text),
                ("status", Text),
                ("external_id", Text),
            ],
            Self::Interval => {
                &[("name", Text), ("days", Number), ("hours", Number), ("since", Time), ("since_value", Number)]
            }
            Self::Contact => &[
                ("id", Number),
                ("name", Text),
                ("email", Text),
                ("phone", Text),
                ("title", Text),
                ("location", Text),
                ("lang", Text),
                ("roles", Texts),
                ("facilities", Texts),
                ("external_id", Text),
            ],
            Self::User => &[
                ("email", Text),
                ("lang", Text),
                ("status", Text),
                ("invite", Flag),
                ("template", Text),
                ("permissions", Texts),
                ("facilities", Texts),
                ("all_facilities", Flag),
                ("unattached", Flag),
                ("until", Time),
            ],
        }
    }
}

/// Reads the text of a file that is known by a name; all that is wrong with its form is told at once.
pub fn read(text: &str, name: &str) -> Result<Sheet, Vec<Problem>> {
    let mut page = Page { text, name, problems: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let message = error.message().trim().replace("invalid", "unreadable").replace('\n', ", ");
        let line = page.line(error.span().map_or(0, |span| span.start));
        page.refuse(line, None, message, None);
    }
    // What the reader made of a broken place would only lead astray.
    if page.problems.is_empty() {
        let top = page.item(Noun::Customer, 1, table.get_ref());
        if page.problems.is_empty() {
            return Ok(Sheet { name: name.to_owned(), top });
        }
    }
    page.problems.sort_by_key(|problem| problem.line);
    Err(page.problems)
}

/// A text as it is written in a file.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

struct Page<'a> {
    text: &'a str,
    name: &'a str,
    problems: Vec<Problem>,
}

impl Page<'_> {
    fn item(&mut self, noun: Noun, line: usize, table: &DeTable<'_>) -> Item {
        let mut item = Item { noun, line, keys: Vec::new(), named: Vec::new(), below: Vec::new() };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in entries {
            let (key, line) = (name.get_ref().as_ref(), self.line(name.span().start));
            if let Some((_, below)) = noun.tables().iter().find(|(table, _)| *table == key) {
                self.tables(&mut item, *below, line, value.get_ref());
            } else if let Some((key, takes)) = noun.keys().iter().find(|(known, _)| *known == key) {
                let value = self.value(key, *takes, line, value.get_ref());
                item.keys.extend(value.map(|value| Key { name: key, line, value }));
            } else {
                self.unknown(noun, key, line, value.get_ref());
            }
        }
        item
    }

    fn tables(&mut self, item: &mut Item, noun: Noun, line: usize, value: &DeValue<'_>) {
        let DeValue::Array(all) = value else {
            let message = format!("{} is written as one table for each", noun.heading());
            return self.refuse(line, None, message, Some(format!("begin each with a line {}", noun.heading())));
        };
        item.named.push(noun);
        for one in all {
            match one.get_ref() {
                DeValue::Table(table) => {
                    let line = self.line(one.span().start);
                    let below = self.item(noun, line, table);
                    item.below.push(below);
                }
                _ => {
                    let line = self.line(one.span().start);
                    self.refuse(line, None, format!("{} holds tables", noun.heading()), None);
                }
            }
        }
    }

    fn value(&mut self, key: &str, takes: Takes, line: usize, value: &DeValue<'_>) -> Option<Value> {
        match (takes, value) {
            (_, DeValue::String(text)) if !matches!(takes, Texts | Flag) => Some(Value::Text(text.to_string())),
            (Flag, DeValue::Boolean(flag)) => Some(Value::Flag(*flag)),
            (Number, DeValue::Integer(number)) if number.radix() == 10 => Some(Value::Text(number.as_str().to_owned())),
            (Number, DeValue::Float(number)) => Some(Value::Text(number.as_str().to_owned())),
            (Time, DeValue::Datetime(time)) => Some(Value::Text(time.to_string())),
            (Texts, DeValue::Array(all)) => {
                let mut texts = Vec::new();
                for one in all {
                    let line = self.line(one.span().start);
                    match one.get_ref() {
                        DeValue::String(text) => texts.push((text.to_string(), line)),
                        other => {
                            let message = format!("{key} takes texts in quotes, not {}", kind(other));
                            self.refuse(line, Some(key), message, None);
                        }
                    }
                }
                Some(Value::Texts(texts))
            }
            (_, other) => {
                let (wanted, sample) = match takes {
                    Text => ("a text in quotes", format!("{key} = \"…\"")),
                    Texts => ("a list in brackets", format!("{key} = [\"…\", \"…\"]")),
                    Flag => ("true or false", format!("{key} = true")),
                    Number => ("a number", format!("{key} = 365")),
                    Time => ("a day", format!("{key} = 2026-12-31")),
                };
                let message = format!("{key} takes {wanted}, not {}", kind(other));
                self.refuse(line, Some(key), message, Some(format!("write it like {sample}")));
                None
            }
        }
    }

    /// A key that means nothing there. What looks like a secret is told that it has no place in a file.
    fn unknown(&mut self, noun: Noun, key: &str, line: usize, value: &DeValue<'_>) {
        if ["password", "passwd", "passphrase", "secret"].iter().any(|word| key.to_lowercase().contains(word)) {
            let message = format!("'{}' looks like a secret, and this file holds none", shown(key));
            let tip = "leave it out: people choose their password behind the mailed link".to_owned();
            return self.refuse(line, Some(key), message, Some(tip));
        }
        let place = noun.heading();
        let message = match value {
            DeValue::Table(_) | DeValue::Array(_) if noun == Noun::Customer => {
                format!("there is no table '{}'", shown(key))
            }
            _ => format!("{place} has no key '{}'", shown(key)),
        };
        let names = || noun.keys().iter().map(|(name, _)| *name).chain(noun.tables().iter().map(|(name, _)| *name));
        let near = nearest(key, names()).map(|near| {
            let table = noun.tables().iter().find(|(name, _)| *name == near);
            table.map_or_else(|| near.to_owned(), |(_, noun)| noun.heading().to_owned())
        });
        let tip = match near {
            Some(near) => format!("did you mean {near}?"),
            None => format!("there are: {}", names().collect::<Vec<_>>().join(" ")),
        };
        self.refuse(line, Some(key), message, Some(tip));
    }

    fn refuse(&mut self, line: usize, key: Option<&str>, reason: String, tip: Option<String>) {
        let key = key.map(shown);
        let code = Kind::Data.code();
        self.problems.push(Problem { file: self.name.to_owned(), line, key, code, reason, tip });
    }

    fn line(&self, at: usize) -> usize {
        self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|b| **b == b'\n').count() + 1
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let found = read(text, "x.toml").err().unwrap_or_default();
        found.iter().map(|one| format!("{one} ({})", one.tip.as_deref().unwrap_or("-"))).collect()
    }

    #[test]
    fn every_mistake_of_form_is_told_with_its_line() {
        assert!(read("", "x.toml").is_ok(), "what is needed is asked where it is taken");
        let text = "name = 1\n[facility]\nname = \"A\"\n[[object]]\nnumber = \"1\"\ninstalled_on = 2020-01-01\n\
                    [[object.intervall]]\n[[user]]\nuntil = true\nfacilities = [\"a\",\n 7]\nall_facilities = \"yes\"\n";
        assert_eq!(
            problems(text),
            [
                "x.toml, line 1, name: name takes a text in quotes, not a whole number (write it like name = \"…\")",
                "x.toml, line 2: [[facility]] is written as one table for each (begin each with a line [[facility]])",
                "x.toml, line 5, number: [[object]] has no key 'number' (there are: object_no name facility_no parent_no maker model serial_no installed_on meter unit status external_id interval)",
                "x.toml, line 7, intervall: [[object]] has no key 'intervall' (did you mean [[object.interval]]?)",
                "x.toml, line 9, until: until takes a day, not true or false (write it like until = 2026-12-31)",
                "x.toml, line 11, facilities: facilities takes texts in quotes, not a whole number (-)",
                "x.toml, line 12, all_facilities: all_facilities takes true or false, not a text (write it like all_facilities = true)",
            ]
        );
    }

    #[test]
    fn what_is_no_toml_is_told_and_nothing_else() {
        let found = problems("name = \"A\"\ncity = \nnmae = 1\n[[facility\n");
        assert!(found.len() >= 2 && found[0].starts_with("x.toml, line 2: "), "{found:?}");
        assert!(found.iter().all(|one| !one.contains("nmae") && !one.contains("invalid")), "{found:?}");
        assert_eq!(problems("name = \"A\"\nname = \"B\"\n").len(), 1, "a key stands once");
    }

    #[test]
    fn a_text_is_written_so_that_it_is_read_again() {
        for text in ["", "Brf Fröjden", "say \"no\"", "two\nlines", "a \\ back", "tab\tand '''"] {
            let sheet = read(&format!("note = {}\n", quoted(text)), "x.toml").expect("a file");
            assert!(matches!(&sheet.top.keys[0].value, Value::Text(read) if read == text), "{text:?}");
        }
    }
}
