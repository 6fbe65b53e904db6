//! Text from outside becomes one of these types at the edge, or a sentence that says why not.

pub mod cell;
pub mod decimal;
pub mod limits;
mod search;
mod vocabulary;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use search::{fold, like, nearest};
pub(crate) use vocabulary::{article, vocabulary};

use crate::error::{Error, Result};

/// Whether a character could act on a terminal, a mail header or the direction of text.
///
/// Control characters of C0 and C1, line and paragraph separators, and the Unicode bidirectional controls.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A value as an error shows it: short and without anything that acts on a terminal.
pub fn shown(value: &str) -> String {
    let mut out: String = value.chars().take(80).map(|c| if is_unprintable(c) { '\u{fffd}' } else { c }).collect();
    if value.chars().nth(80).is_some() {
        out.push('…');
    }
    out
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident($field:literal, $check:path);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads a value from outside.
            pub fn parse(text: &str) -> Result<Self> {
                $check(text).map(Self).map_err(|why| Error::invalid($field, why))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Error;
            fn try_from(text: String) -> Result<Self> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )*};
}

vocabulary! {
    /// A language of pages and mails.
    Lang, "language" {
        En = "en",
        Sv = "sv",
        Es = "es",
    }
}

texts! {
    /// One line of up to 200 characters, such as a name or a title.
    Line("text", line);
    /// Text of several lines, up to 10,000 characters.
    Prose("text", prose);
    /// A group's short name in addresses: lower-case letters, digits and hyphens.
    Slug("slug", slug);
    /// The number under which a customer, facility, object or order is known: one word of up to 64 characters.
    Number("number", number);
    /// An e-mail address, in lower case, with an ASCII domain.
    Email("email", email);
    /// A colour such as `#0a5c3a`.
    Colour("colour", colour);
    /// What a group's or customer's order numbers begin with: one to six capital letters or digits.
    Prefix("prefix", prefix);
    /// A staff member's login: lower-case letters, digits, `.`, `_` and `-`.
    Login("login", login);
    /// An IANA time zone such as `Europe/Stockholm`.
    Zone("zone", zone);
}

/// How a command names a thing: by its number, address or login, or as `id:123` by its row.
#[derive(Clone, Debug, PartialEq)]
pub enum Ref<T> {
    /// By its row.
    Id(i64),
    /// By what people call it.
    Name(T),
}

impl<T: FromStr<Err = Error>> FromStr for Ref<T> {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match text.strip_prefix("id:") {
            Some(digits) => digits
                .parse()
                .map(Self::Id)
                .map_err(|_| Error::invalid("id", format!("'{}' is not an id such as id:123", shown(text)))),
            None => text.parse().map(Self::Name),
        }
    }
}

impl<T: fmt::Display> fmt::Display for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "id:{id}"),
            Self::Name(name) => name.fmt(f),
        }
    }
}

impl Zone {
    /// The rules of this zone.
    pub fn rules(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.0).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self("UTC".into())
    }
}

impl Colour {
    /// Black or white, whichever reads better on this colour (WCAG 2.2, relative luminance).
    ///
    /// One of the two always has a contrast of at least 4.5:1.
    pub fn ink(&self) -> &'static str {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&self.0[at..at + 2], 16).unwrap_or(0)) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
        if 1.05 / (luminance + 0.05) >= 4.5 { "#ffffff" } else { "#000000" }
    }
}

/// The text with letters and accents composed. Most text is so already.
fn composed(text: &str) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    }
}

fn line(text: &str) -> Result<String, String> {
    let text = composed(text.trim());
    match text.chars().find(|c| is_unprintable(*c)) {
        Some('\r' | '\n') => Err(format!("'{}' stands on several lines", shown(&text))),
        Some(c) => Err(format!("'{}' holds the control character U+{:04X}", shown(&text), u32::from(c))),
        None if text.is_empty() => Err("it is empty".into()),
        None if text.chars().count() > limits::LINE => Err(format!("'{}' is longer than 200 characters", shown(&text))),
        None => Ok(text),
    }
}

fn prose(text: &str) -> Result<String, String> {
    let text = composed(text.replace("\r\n", "\n").trim());
    match text.chars().find(|c| is_unprintable(*c) && !matches!(c, '\n' | '\t')) {
        Some(c) => Err(format!("'{}' holds the control character U+{:04X}", shown(&text), u32::from(c))),
        None if text.is_empty() => Err("it is empty".into()),
        None if text.chars().count() > limits::PROSE => Err("it is longer than 10,000 characters".into()),
        None => Ok(text),
    }
}

fn slug(text: &str) -> Result<String, String> {
    let fits = (1..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-');
    fits.then(|| text.to_owned()).ok_or_else(|| {
        format!("'{}' is not a short name of lower-case letters, digits and hyphens such as 'nordkyl'", shown(text))
    })
}

fn number(text: &str) -> Result<String, String> {
    let text = composed(text.trim());
    let odd = |c: char| {
        c.is_whitespace()
            || is_unprintable(c)
            || matches!(c, '/' | '\\' | '?' | '#' | '%' | '"' | '\'' | '<' | '>' | '&' | ';' | ',' | '*')
    };
    if text.is_empty() {
        Err("it is empty".into())
    } else if text.chars().count() > 64 {
        Err(format!("'{}' is longer than 64 characters", shown(&text)))
    } else if text.starts_with("id:") || text.starts_with('-') || text.chars().all(|c| c == '.') {
        Err(format!("'{}' cannot be a number: it would be read as something else", shown(&text)))
    } else if let Some(c) = text.chars().find(|c| odd(*c)) {
        Err(format!(
            "'{}' cannot hold {:?}: a number is one word of letters, digits and . _ - : + ( )",
            shown(&text),
            c
        ))
    } else {
        Ok(text)
    }
}

/// One `@`; a local part of `[A-Za-z0-9._%+'-]`; a domain of LDH labels with a dot, made ASCII by IDNA; 254 at most.
///
/// Stricter than RFC 5321 on purpose: what passes can stand in a header, a link and a table without quoting.
fn email(text: &str) -> Result<String, String> {
    let text = text.trim();
    let said = || shown(text);
    let Some((local, domain)) = text.split_once('@') else {
        return Err(format!("'{}' has no @", said()));
    };
    if domain.contains('@') {
        return Err(format!("'{}' has more than one @", said()));
    }
    if local.is_empty()
        || local.len() > 63
        || local.starts_with(['-', '.'])
        || local.ends_with('.')
        || local.contains("..")
    {
        return Err(format!("the part of '{}' before the @ is not one that mail can be sent to", said()));
    }
    if let Some(c) = local.chars().find(|c| !c.is_ascii_alphanumeric() && !"._%+-'".contains(*c)) {
        return Err(format!("'{}' holds {c:?} before the @", said()));
    }
    if !domain.contains('.') {
        return Err(format!("'{}' has no dot after the @", said()));
    }
    let domain = match is_plain_domain(domain) {
        true => domain.to_ascii_lowercase(),
        false => idna::domain_to_ascii_strict(domain)
            .map_err(|_| format!("'{}' has no domain that mail can be sent to", said()))?,
    };
    let label = |l: &str| !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-');
    if !domain.split('.').all(label)
        || domain.rsplit('.').next().is_some_and(|top| top.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(format!("'{}' has no domain that mail can be sent to", said()));
    }
    let whole = format!("{}@{domain}", local.to_ascii_lowercase());
    if whole.len() > 254 { Err(format!("'{}' is longer than 254 characters", said())) } else { Ok(whole) }
}

/// Whether a domain is letters, digits, dots and single hyphens, which IDNA only makes lower case.
fn is_plain_domain(domain: &str) -> bool {
    domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-') && !domain.contains("--")
}

fn colour(text: &str) -> Result<String, String> {
    let fits = text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|b| b.is_ascii_hexdigit());
    fits.then(|| text.to_ascii_lowercase()).ok_or_else(|| format!("'{}' is not a colour such as #0a5c3a", shown(text)))
}

fn prefix(text: &str) -> Result<String, String> {
    let upper = text.trim().to_ascii_uppercase();
    let fits = (1..=6).contains(&upper.len()) && upper.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    fits.then_some(upper)
        .ok_or_else(|| format!("'{}' is not a prefix of one to six letters or digits such as NK", shown(text)))
}

fn login(text: &str) -> Result<String, String> {
    let fits = (1..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
        && !text.starts_with(['-', '.']);
    fits.then(|| text.to_owned()).ok_or_else(|| {
        format!("'{}' is not a login of lower-case letters, digits and . _ - such as 'rita'", shown(text))
    })
}

fn zone(text: &str) -> Result<String, String> {
    match jiff::tz::TimeZone::get(text) {
        Ok(found) => Ok(found.iana_name().unwrap_or(text).to_owned()),
        Err(_) => Err(format!("'{}' is not a time zone such as Europe/Stockholm", shown(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_domains_are_what_idna_makes_of_them() {
        for domain in ["brf.example", "BRF-Two.Example", "1a.b-c.d2e.example", "a.b"] {
            assert!(is_plain_domain(domain), "{domain}");
            assert_eq!(idna::domain_to_ascii_strict(domain).ok(), Some(domain.to_ascii_lowercase()), "{domain}");
        }
        for domain in ["xn--kes-tla.example", "a--b.example", "åkes.example", "a_b.example", "a b.example", "[::1]"] {
            assert!(!is_plain_domain(domain), "{domain}");
        }
    }

    #[test]
    fn text_is_composed_whether_or_not_it_was() {
        let composed = "Fröjden \u{1e9b}\u{323} 각";
        let apart: String = composed.nfd().collect();
        assert_ne!(apart, composed);
        for text in [composed, &apart] {
            assert_eq!(Line::parse(text).expect("a line").as_str(), composed);
        }
        assert_eq!(fold("Hus B, ÅTTA"), "hus b, atta");
        assert_eq!(fold("HUS b_%"), "hus b_%");
    }

    #[test]
    fn addresses_are_taken_in_one_form_or_refused_with_the_reason() {
        let good = |text: &str| Email::parse(text).map(String::from).expect(text);
        assert_eq!(good(" Eva.Lind+x@BRF.example "), "eva.lind+x@brf.example");
        assert_eq!(good("info@åkes.example"), "info@xn--kes-tla.example");
        for bad in [
            "",
            "eva",
            "eva@",
            "@brf.example",
            "eva@åkes",
            "eva@brf..example",
            "a@b@c.example",
            "-oQ/tmp@x.example",
            "eva@[127.0.0.1]",
            "eva@127.0.0.1",
            "root@localhost",
            "\"a b\"@x.org",
            "alıce@x.org",
            "eva@brf.example.",
            "eva\r\nBcc: x@y.z@brf.example",
            "eva@-brf.example",
            "e..a@brf.example",
            "eva@brf.example\0",
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?} was taken");
        }
        let error = Email::parse("info@åkes").expect_err("no dot");
        assert_eq!(error.message(), "'info@åkes' has no dot after the @");
    }

    #[test]
    fn one_line_keeps_its_letters_and_refuses_what_acts() {
        assert_eq!(Line::parse("  Brf Fro\u{308}jden ").expect("a name").as_str(), "Brf Fröjden");
        assert_eq!(Line::parse("Mataderos  2312").expect("a name").as_str(), "Mataderos  2312");
        for bad in ["", "a\r\nBcc: x", "a\u{202e}b", "a\0b", "\u{1b}[2J"] {
            assert!(Line::parse(bad).is_err(), "{bad:?} was taken");
        }
    }

    #[test]
    fn ink_is_readable_on_every_grey() {
        for grey in 0..=255u8 {
            let colour = Colour::parse(&format!("#{grey:02x}{grey:02x}{grey:02x}")).expect("a colour");
            let value = f64::from(grey) / 255.0;
            let l = if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
            let contrast = if colour.ink() == "#ffffff" { 1.05 / (l + 0.05) } else { (l + 0.05) / 0.05 };
            assert!(contrast >= 4.5, "{grey}: {contrast}");
        }
    }

    #[test]
    fn searching_ignores_case_and_accents() {
        assert_eq!(fold("Brf FRÖJDEN"), "brf frojden");
        assert_eq!(nearest("custmer_no", ["customer_no", "name"]), Some("customer_no"));
        assert_eq!(nearest("xyz", ["customer_no", "name"]), None);
    }
}
