//! The name of a file as it is shown and saved: what other machines call it, without anything that acts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};

/// The longest name, in bytes.
pub const LONGEST: usize = 180;

/// The longest ending that is kept when a name is cut.
const LONGEST_ENDING: usize = 16;

/// What a file is called that came without a name.
const NAMELESS: &str = "file";

/// A file's name, fit to be shown, linked and saved under. The bytes never lie under it on our own disk.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct FileName(String);

impl FileName {
    /// Makes a name of whatever was sent: composed (NFC), without control and format characters, which hide what a name
    /// ends with; without a path; without dots and spaces at its ends, which some systems drop; at most [`LONGEST`]
    /// bytes, the ending kept.
    pub fn clean(raw: &str) -> Self {
        let composed: String = raw.chars().filter(|c| !acts(*c)).nfc().collect();
        let last = composed.rsplit(['/', '\\']).next().unwrap_or_default();
        let bare = last.trim_matches(|c: char| c.is_whitespace() || c == '.');
        Self(if bare.is_empty() { NAMELESS.to_owned() } else { cut(bare) })
    }

    /// What stands behind the last dot, in lower case; empty if there is none.
    pub fn ending(&self) -> String {
        self.0.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control and format characters (Unicode `Cc`, `Cf`, `Zl`, `Zp`): invisible, or they turn the direction of text.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}'
            | '\u{8e2}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}')
}

/// The name within the limit: its beginning and its ending.
fn cut(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = match name.rsplit_once('.') {
        Some((_, ending)) if ending.len() <= LONGEST_ENDING => &name[name.len() - ending.len() - 1..],
        _ => "",
    };
    let mut at = LONGEST - ending.len();
    while !name.is_char_boundary(at) {
        at -= 1;
    }
    format!("{}{ending}", name[..at].trim_end_matches(|c: char| c.is_whitespace() || c == '.'))
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for FileName {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Ok(Self::clean(text))
    }
}

impl From<String> for FileName {
    fn from(text: String) -> Self {
        Self::clean(&text)
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.0
    }
}

crate::db::text_columns!(FileName);

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn a_name_is_what_is_left_when_nothing_acts_any_more() {
        for (raw, name, ending) in [
            ("ritning.pdf", "ritning.pdf", "pdf"),
            ("ra\u{308}kning.PDF", "räkning.PDF", "pdf"),
            ("../../x.pdf", "x.pdf", "pdf"),
            ("..\\..\\x.pdf", "x.pdf", "pdf"),
            ("/etc/x.pdf", "x.pdf", "pdf"),
            ("C:\\Users\\Eva\\x.pdf", "x.pdf", "pdf"),
            ("x.pdf\0.html", "x.pdf.html", "html"),
            ("a.pdf\u{202e}fdp.exe", "a.pdffdp.exe", "exe"),
            ("\u{200b}.htaccess", "htaccess", ""),
            (".pdf", "pdf", ""),
            ("a.pdf.", "a.pdf", "pdf"),
            ("a.PDF ", "a.PDF", "pdf"),
            ("a.pdf. . .", "a.pdf", "pdf"),
            ("a.pdf.exe", "a.pdf.exe", "exe"),
            ("a.p\u{ad}d\u{200d}f", "a.pdf", "pdf"),
            ("t\u{202e}\u{308}.pdf", "\u{1e97}.pdf", "pdf"),
            ("a\r\nb\"c'.pdf", "ab\"c'.pdf", "pdf"),
            ("räkning 7 (kopia).pdf", "räkning 7 (kopia).pdf", "pdf"),
            ("CON.pdf", "CON.pdf", "pdf"),
            ("日本.pdf", "日本.pdf", "pdf"),
            ("", "file", ""),
            (".", "file", ""),
            ("..", "file", ""),
            ("x/", "file", ""),
            ("\u{feff}\u{2066} ", "file", ""),
            ("no ending", "no ending", ""),
        ] {
            let made = FileName::clean(raw);
            assert_eq!((made.as_str(), made.ending().as_str()), (name, ending), "{raw:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let long = format!("\"{}\r\n../{}.jpeg", "å".repeat(300), "ö".repeat(300));
        let name = FileName::clean(&long);
        assert!(name.as_str().len() <= LONGEST && name.as_str().len() > LONGEST - 4, "{}", name.as_str().len());
        assert_eq!(name.ending(), "jpeg");
        assert!(name.as_str().starts_with("öö") && !name.as_str().contains(['\r', '\n', '/']));
        let no_ending = FileName::clean(&format!("a.{}", "b".repeat(400)));
        assert_eq!(no_ending.as_str().len(), LONGEST);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_clean_name_stays_as_it_is(raw in "\\PC{0,60}|[\\x00-\\x7f]{0,40}|[a-z. /\\\\\u{202e}\u{308}é]{0,400}") {
            let once = FileName::clean(&raw);
            prop_assert_eq!(FileName::clean(once.as_str()), once.clone());
            prop_assert!(!once.as_str().is_empty() && once.as_str().len() <= LONGEST);
            prop_assert!(!once.as_str().contains(['/', '\\', '\0', '\n', '\r']));
        }
    }
}
