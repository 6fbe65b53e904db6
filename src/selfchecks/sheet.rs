//! The file of a template: TOML that people write, read with the line of each mistake, and written back alike.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::said::is_unit;
use super::{PointCard, PointKind, Sheet};
use crate::error::{Error, Kind, Result};
use crate::text::{Line, nearest, shown};

/// The most points of a template.
pub const MOST_POINTS: usize = 200;

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 1 << 20;

const KEYS: [&str; 2] = ["title", "point"];
const POINT_KEYS: [&str; 4] = ["text", "kind", "unit", "required"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Option<Spanned<String>>,
    #[serde(default)]
    point: Vec<Spanned<Written>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    text: Option<Spanned<String>>,
    kind: Option<Spanned<String>>,
    unit: Option<Spanned<String>>,
    required: Option<bool>,
}

/// The same for writing: what is usual is left out.
#[derive(Serialize)]
struct Plain<'a> {
    title: &'a str,
    point: Vec<PlainPoint<'a>>,
}

#[derive(Serialize)]
struct PlainPoint<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
}

impl Sheet {
    /// Reads the text of a file that is known by a name.
    pub fn parse(text: &str, name: &str) -> Result<Self> {
        let page = Page { text, name };
        let file: File = toml::from_str(text).map_err(|error| page.unreadable(&error))?;
        let title =
            file.title.ok_or_else(|| page.error(1, "the template has no title").tip("begin with title = \"…\""))?;
        let title = page.line_of(&title, "the title")?;
        if file.point.is_empty() {
            return Err(page
                .error(page.line(text.len()), "the template has no points")
                .tip("write [[point]] and below it text = \"…\" for each of them"));
        }
        if let Some(first) = file.point.get(MOST_POINTS) {
            let found = file.point.len();
            return Err(page
                .error(
                    page.line(first.span().start),
                    format!("there are {found} points, and {MOST_POINTS} is the most"),
                )
                .tip("divide it into several templates"));
        }
        let points = file.point.iter().map(|point| page.point(point)).collect::<Result<_>>()?;
        Ok(Self { title, points })
    }

    /// The file that gives this template again.
    pub fn to_toml(&self) -> Result<String> {
        let point = |point: &'_ PointCard| {
            let kind = (point.kind != PointKind::Check).then(|| point.kind.word());
            (kind, (!point.required).then_some(false))
        };
        let points = self.points.iter().map(|card| {
            let (kind, required) = point(card);
            PlainPoint { text: card.text.as_str(), kind, unit: card.unit.as_ref().map(Line::as_str), required }
        });
        toml::to_string(&Plain { title: self.title.as_str(), point: points.collect() }).map_err(Error::internal)
    }
}

struct Page<'a> {
    text: &'a str,
    name: &'a str,
}

impl Page<'_> {
    fn point(&self, written: &Spanned<Written>) -> Result<PointCard> {
        let start = self.line(written.span().start);
        let written = written.as_ref();
        let text = written.text.as_ref().ok_or_else(|| self.error(start, "the point has no text"))?;
        let kind = match &written.kind {
            None => PointKind::Check,
            Some(word) => word.as_ref().parse().map_err(|error: Error| {
                let tip = format!("{}; a point is one of: check number text", error.tip_text().unwrap_or_default());
                self.error(self.line(word.span().start), error.message()).tip(tip.trim_start_matches("; ").to_owned())
            })?,
        };
        let unit = match &written.unit {
            None => None,
            Some(unit) if kind != PointKind::Number => {
                let line = self.line(unit.span().start);
                return Err(self
                    .error(line, format!("the point has the unit '{}' and is no number", shown(unit.as_ref())))
                    .tip("write kind = \"number\" too, or take the unit out"));
            }
            Some(unit) => {
                let read = self.line_of(unit, "the unit")?;
                if !is_unit(&read) || read.as_str().chars().count() > 20 {
                    let what = format!("'{}' is no unit such as °C, bar or h", shown(unit.as_ref()));
                    return Err(self.error(self.line(unit.span().start), what));
                }
                Some(read)
            }
        };
        let text = self.line_of(text, "the text")?;
        Ok(PointCard { text, kind, unit, required: written.required.unwrap_or(true) })
    }

    fn line_of(&self, text: &Spanned<String>, what: &str) -> Result<Line> {
        let line = self.line(text.span().start);
        Line::parse(text.as_ref())
            .map_err(|error| self.error(line, format!("{what} cannot be used: {}", error.message())))
    }

    fn unreadable(&self, error: &toml::de::Error) -> Error {
        let at = error.span().map_or(0, |span| span.start);
        let line = self.line(at);
        let message = error.message().trim();
        let Some(key) = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) else {
            // What serde itself says shows the words of a program.
            let said = message.replace("invalid", "unreadable").replace('\n', ", ");
            return self.error(line, said).tip("the file is TOML: title = \"…\", then [[point]] with text = \"…\"");
        };
        let known = if message.contains("`required`") { &POINT_KEYS[..] } else { &KEYS[..] };
        let error = self.error(line, format!("there is no key '{}' here", shown(key)));
        match nearest(key, known.iter().copied()) {
            Some(near) => error.tip(format!("did you mean {near}?")),
            None => error.tip(format!("there are: {}", known.join(" "))),
        }
    }

    fn error(&self, line: usize, message: impl std::fmt::Display) -> Error {
        Error::new(Kind::Data, format!("{}, line {line}: {message}", self.name))
    }

    fn line(&self, at: usize) -> usize {
        self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|b| **b == b'\n').count() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = r#"# Yearly service
title = "Yearly service, refrigeration"

[[point]]
text = "Door gaskets are whole"

[[point]]
text = "Suction \"pressure\""
kind = "number"
unit = "bar"

[[point]]
text = "Remarks"
kind = "text"
required = false
"#;

    #[test]
    fn a_file_is_read_and_written_back_alike() {
        let sheet = Sheet::parse(SERVICE, "service.toml").expect("a template");
        assert_eq!(sheet.title.as_str(), "Yearly service, refrigeration");
        let seen: Vec<_> = sheet.points.iter().map(|point| (point.kind, point.required)).collect();
        assert_eq!(seen, [(PointKind::Check, true), (PointKind::Number, true), (PointKind::Text, false)]);
        let written = sheet.to_toml().expect("a file");
        assert_eq!(Sheet::parse(&written, "again.toml").expect("a template"), sheet, "{written}");
        assert!(written.starts_with("title = \"Yearly service, refrigeration\"\n\n[[point]]\n"), "{written}");
        assert!(!written.contains("check") && written.contains("required = false"), "{written}");
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (text, line, said, tip) in [
            ("titel = \"x\"", 1, "there is no key 'titel' here", "did you mean title?"),
            (
                "title = \"x\"\n[[point]]\ntext = \"a\"\nkin = \"text\"",
                4,
                "there is no key 'kin' here",
                "did you mean kind?",
            ),
            ("title = \"x\"\n[[point]]\nkind = \"text\"", 2, "the point has no text", ""),
            ("title = \"x\"\n[[point]]\ntext = \"a\"\nunit = \"bar\"", 4, "has the unit 'bar' and is no number", ""),
            (
                "title = \"x\"\n[[point]]\ntext = \"a\"\nkind = \"yesno\"",
                4,
                "'yesno' is not a kind of point",
                "check number",
            ),
            ("title = \"x\"\n[[point]]\ntext = \"a\"\nkind = \"number\"\nunit = \"3\"", 5, "'3' is no unit", ""),
            ("title = \"x\"\n[[point]]\ntext = \"\"", 3, "the text cannot be used: it is empty", ""),
            ("title = \"\"\n[[point]]\ntext = \"a\"", 1, "the title cannot be used", ""),
            ("[[point]]\ntext = \"a\"", 1, "the template has no title", "title ="),
            ("title = \"x\"\n", 2, "the template has no points", "[[point]]"),
            ("title = \"x\"\n[[point]\n", 2, "", ""),
            ("title = 7\n", 1, "", ""),
        ] {
            let error = Sheet::parse(text, "f.toml").expect_err(text);
            assert!(error.message().starts_with(&format!("f.toml, line {line}: ")), "{text:?}: {}", error.message());
            assert!(error.message().contains(said), "{text:?}: {}", error.message());
            assert!(error.tip_text().unwrap_or_default().contains(tip), "{text:?}: {:?}", error.tip_text());
            assert!(!error.message().contains("invalid"), "{}", error.message());
            assert_eq!(error.kind(), Kind::Data);
        }
        let many = format!("title = \"x\"\n{}", "[[point]]\ntext = \"a\"\n".repeat(MOST_POINTS + 1));
        let error = Sheet::parse(&many, "f.toml").expect_err("too many");
        assert_eq!(error.message(), "f.toml, line 402: there are 201 points, and 200 is the most");
    }
}
