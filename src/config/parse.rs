//! Reads the text of a configuration file; a mistake is told with its line and the nearest known key.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Value;
use toml::de::{DeTable, DeValue};

use super::Config;
use crate::error::{Error, Kind, Result};
use crate::text::{nearest, shown};

/// Keys that have no default and are therefore missing in the defaults written out.
const WITHOUT_DEFAULT: [&str; 2] = ["mail.from", "mail.reply_address"];

/// In which line each key of a file stands.
pub(super) type Lines = BTreeMap<String, usize>;

impl Config {
    /// Reads a configuration file.
    pub fn read(path: &Path) -> Result<Self> {
        read(path).map(|(config, _)| config)
    }

    /// Reads the text of a configuration file that is known by a name.
    pub fn parse(text: &str, name: &str) -> Result<Self> {
        parse(text, name).map(|(config, _)| config)
    }

    /// Every key there is, such as `portal.base_url`, in the order of the alphabet.
    pub fn keys() -> Vec<String> {
        let mut keys: Vec<String> = Self::default().values().into_keys().collect();
        keys.extend(WITHOUT_DEFAULT.map(String::from));
        keys.sort();
        keys
    }

    /// The value of each key that has one.
    pub(super) fn values(&self) -> BTreeMap<String, Value> {
        let mut out = BTreeMap::new();
        if let Ok(Value::Table(top)) = Value::try_from(self) {
            for (key, value) in top {
                match value {
                    Value::Table(section) => {
                        out.extend(section.into_iter().map(|(inner, value)| (format!("{key}.{inner}"), value)));
                    }
                    value => drop(out.insert(key, value)),
                }
            }
        }
        out
    }
}

pub(super) fn read(path: &Path) -> Result<(Config, Lines)> {
    let text = std::fs::read_to_string(path).map_err(|cause| cannot_open(path, &cause))?;
    parse(&text, &path.display().to_string())
}

pub(super) fn cannot_open(path: &Path, cause: &std::io::Error) -> Error {
    Error::new(Kind::NoInput, format!("the configuration file '{}' cannot be read: {cause}", path.display()))
        .tip("make one with: frontdesk config example")
}

pub(super) fn parse(text: &str, name: &str) -> Result<(Config, Lines)> {
    let page = Page { text, name };
    let table = DeTable::parse(text).map_err(|error| page.toml_error(&error, None))?;
    let lines = page.keys(table.get_ref())?;
    let config: Config = toml::from_str(text).map_err(|error| {
        let at = page.line(error.span().map_or(0, |span| span.start));
        let key = lines.iter().filter(|(_, line)| **line <= at).max_by_key(|(_, line)| **line);
        page.toml_error(&error, key.map(|(key, _)| key.as_str()))
    })?;
    config.check().map_err(|error| {
        let line = error.field().and_then(|key| lines.get(key)).copied();
        located(error, line.map_or_else(|| name.to_owned(), |line| format!("{name}, line {line}")))
    })?;
    Ok((config, lines))
}

/// The same error as one of the configuration, with the place in front of its sentence.
pub(super) fn located(error: Error, place: impl std::fmt::Display) -> Error {
    let mut out = Error::new(Kind::Config, format!("{place}: {}", error.message()));
    if let Some(tip) = error.tip_text() {
        out = out.tip(tip);
    }
    match error.field() {
        Some(field) => out.at(field),
        None => out,
    }
}

struct Page<'a> {
    text: &'a str,
    name: &'a str,
}

impl Page<'_> {
    /// Finds the line of every key, and refuses what is no key.
    fn keys(&self, top: &DeTable<'_>) -> Result<Lines> {
        let defaults = Config::default().values();
        let mut lines = Lines::new();
        for (name, value) in top {
            let line = self.line(name.span().start);
            let key: &str = name.get_ref();
            match (value.get_ref(), is_section(key)) {
                (DeValue::Table(section), true) => {
                    for (inner, value) in section {
                        let line = self.line(inner.span().start);
                        let key = format!("{key}.{}", inner.get_ref());
                        self.known(&key, value.get_ref(), &defaults, line)?;
                        lines.insert(key, line);
                    }
                }
                (DeValue::Table(_), false) => {
                    let error = self.error(line, format!("there is no section [{}]", shown(key)));
                    let sections = sections();
                    let near = nearest(key, sections.iter().map(String::as_str));
                    return Err(error.tip(match near {
                        Some(near) => format!("did you mean [{near}]?"),
                        None => format!("there are: {}", sections.join(" ")),
                    }));
                }
                (_, true) => {
                    return Err(self
                        .error(line, format!("{key} is a section and cannot have a value of its own"))
                        .tip(format!("begin the section with a line [{key}]")));
                }
                (value, false) => {
                    self.known(key, value, &defaults, line)?;
                    lines.insert(key.to_owned(), line);
                }
            }
        }
        Ok(lines)
    }

    fn known(&self, key: &str, value: &DeValue<'_>, defaults: &BTreeMap<String, Value>, line: usize) -> Result<()> {
        let without_default = WITHOUT_DEFAULT.contains(&key);
        if !without_default && !defaults.contains_key(key) {
            return Err(self.unknown(key, line));
        }
        let wanted = defaults.get(key).map_or("string", Value::type_str);
        if value.type_str() == wanted {
            return Ok(());
        }
        let message = format!("{key} takes {}, not {}", kind_of_value(wanted), kind_of_value(value.type_str()));
        Err(self.error(line, message).at(key).tip(format!("write it like {} = {}", last(key), sample(key))))
    }

    /// A key that does not exist. What looks like a secret is told where it belongs, and its value is never shown.
    fn unknown(&self, key: &str, line: usize) -> Error {
        let name = last(key).to_lowercase();
        if ["password", "passwd", "passphrase", "secret", "token", "credential"].iter().any(|word| name.contains(word))
        {
            return self
                .error(line, format!("'{}' looks like a secret, and this file holds none", shown(key)))
                .at(key)
                .tip("put the secret into a file of mode 0600 and name that file in mail.password_file");
        }
        let keys = Config::keys();
        let elsewhere = keys.iter().map(String::as_str).find(|known| last(known) == name);
        let error = self.error(line, format!("there is no key '{}'", shown(key))).at(key);
        match elsewhere.or_else(|| nearest(key, keys.iter().map(String::as_str))) {
            Some(near) => error.tip(format!("did you mean {}?", placed(near))),
            None => error.tip("see every key with: frontdesk config example"),
        }
    }

    fn toml_error(&self, error: &toml::de::Error, key: Option<&str>) -> Error {
        let line = self.line(error.span().map_or(0, |span| span.start));
        let message = error.message().trim();
        // What serde itself says shows the words of a program; the sentences of our own types pass.
        let foreign = message.contains("invalid") || message.contains("out of range");
        match key {
            Some(key) if foreign => self
                .error(line, format!("the value of {key} cannot be used"))
                .at(key)
                .tip(format!("write it like {} = {}", last(key), sample(key))),
            _ => self
                .error(line, message.replace("invalid", "unreadable").replace('\n', ", "))
                .tip("see every key with: frontdesk config example"),
        }
    }

    fn error(&self, line: usize, message: impl std::fmt::Display) -> Error {
        Error::new(Kind::Config, format!("{}, line {line}: {message}", self.name))
    }

    fn line(&self, at: usize) -> usize {
        self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|b| **b == b'\n').count() + 1
    }
}

fn sections() -> Vec<String> {
    let mut out: Vec<String> =
        Config::keys().iter().filter_map(|key| key.split_once('.')).map(|(section, _)| section.to_owned()).collect();
    out.dedup();
    out
}

fn is_section(key: &str) -> bool {
    sections().iter().any(|section| section == key)
}

fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

/// Where a key stands, in the words of somebody who edits the file.
fn placed(key: &str) -> String {
    match key.split_once('.') {
        Some((section, name)) => format!("{name} in the section [{section}]"),
        None => format!("{key} above the first section"),
    }
}

/// A value that the key would take.
fn sample(key: &str) -> String {
    match key {
        "portal.trusted_proxies" => "[\"127.0.0.1\"]".into(),
        "mail.from" => "\"service@example.com\"".into(),
        "mail.reply_address" => "\"reply@portal.example.com\"".into(),
        _ => Config::default().values().get(key).map(ToString::to_string).unwrap_or_default(),
    }
}

fn kind_of_value(toml: &str) -> &'static str {
    match toml {
        "string" => "a text in quotes",
        "integer" => "a whole number",
        "float" => "a number with a point",
        "boolean" => "true or false",
        "array" => "a list in brackets",
        "datetime" => "a time",
        _ => "a section",
    }
}
