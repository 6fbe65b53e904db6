//! Reads Rust as text: what is code, what is a string, what is a comment, and what is only compiled for tests.

use std::ops::Range;

/// One source file, taken apart.
pub struct Source {
    /// The path from the top of the repository, with `/`.
    pub path: String,
    /// The text as it stands.
    pub text: String,
    /// The text with every comment and every literal blanked out; as long as the text, with the same lines.
    pub code: String,
    /// Where each string literal's content stands in the text.
    pub strings: Vec<Range<usize>>,
    /// What `#[cfg(test)]` covers.
    tests: Vec<Range<usize>>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let (code, strings) = masked(text);
        let tests = test_regions(&code);
        Self { path: path.into(), text: text.into(), code, strings, tests }
    }

    /// The number of the line at a place in the text.
    pub fn line(&self, at: usize) -> usize {
        self.text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1
    }

    /// Whether a place is only compiled for tests.
    pub fn is_test(&self, at: usize) -> bool {
        self.path.starts_with("tests/")
            || self.path.starts_with("benches/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
            || self.tests.iter().any(|region| region.contains(&at))
    }

    /// Every place where a piece of code stands as words of its own.
    pub fn places(&self, needle: &str) -> Vec<usize> {
        let starts_word = needle.starts_with(is_word);
        let ends_word = needle.ends_with(is_word);
        self.code
            .match_indices(needle)
            .map(|(at, _)| at)
            .filter(|at| !starts_word || !self.code[..*at].ends_with(is_word))
            .filter(|at| !ends_word || !self.code[at + needle.len()..].starts_with(is_word))
            .collect()
    }

    /// The modules that `mod name;` lines name, with the file each may stand in.
    pub fn children(&self) -> Vec<[String; 2]> {
        let (folder, file) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let folder = match file {
            "mod.rs" | "lib.rs" | "main.rs" => folder.to_owned(),
            _ => format!("{folder}/{}", file.trim_end_matches(".rs")),
        };
        self.places("mod")
            .into_iter()
            .filter_map(|at| {
                let rest = self.code[at + 3..].trim_start();
                let name = word(rest);
                rest[name.len()..].trim_start().starts_with(';').then(|| name.to_owned())
            })
            .map(|name| [format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")])
            .collect()
    }
}

/// Whether a character can stand in a name.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The name at the beginning of a text.
pub fn word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

/// The place of the bracket that closes the one at `open`, in text without literals and comments.
pub fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0usize;
    for (at, b) in code.bytes().enumerate().skip(open) {
        match b {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    code.len()
}

/// Blanks out comments and literals, and says where the contents of strings are.
fn masked(text: &str) -> (String, Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut strings = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let before_is_word = text[..at].ends_with(is_word);
        let end = if rest.starts_with("//") {
            at + rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            at + block_comment(rest)
        } else if let Some(hashes) = raw_string(rest).filter(|_| !before_is_word) {
            let open = at + rest.find('"').unwrap_or(0) + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            let length = text[open..].find(&close).unwrap_or(text.len() - open);
            strings.push(open..open + length);
            (open + length + close.len()).min(text.len())
        } else if let Some(content) = rest.strip_prefix('"') {
            let length = quoted(content, '"');
            strings.push(at + 1..at + 1 + length);
            (at + length + 2).min(text.len())
        } else if rest.starts_with('\'') && is_char(rest) {
            (at + quoted(&rest[1..], '\'') + 2).min(text.len())
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        for b in &mut code[at..end] {
            if *b != b'\n' {
                *b = b' ';
            }
        }
        at = end;
    }
    (String::from_utf8(code).expect("whole characters were blanked"), strings)
}

/// The length of a comment that may hold further ones.
fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// How many `#` a raw string opens with, if one begins here.
fn raw_string(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("br").or_else(|| text.strip_prefix("cr")).or_else(|| text.strip_prefix('r'))?;
    let hashes = rest.bytes().take_while(|b| *b == b'#').count();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// How long the content is up to a quote that no backslash protects.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at,
            _ => {}
        }
    }
    text.len()
}

/// A character literal rather than a lifetime.
fn is_char(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

/// What each `#[cfg(test)]` covers: the item after it, up to its closing brace or semicolon.
fn test_regions(code: &str) -> Vec<Range<usize>> {
    code.match_indices("#[cfg(test)]")
        .map(|(start, mark)| {
            let mut at = start + mark.len();
            while let Some(b) = code.as_bytes().get(at) {
                match b {
                    b';' => return start..at + 1,
                    b'{' => return start..closing(code, at) + 1,
                    b'(' | b'[' => at = closing(code, at),
                    _ => {}
                }
                at += 1;
            }
            start..code.len()
        })
        .collect()
}
