//! One manual page, written part by part.

use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

/// A page that is being written.
pub(super) struct Page {
    roff: Roff,
    file: String,
    /// Whether a heading was the last thing written: a paragraph does not begin anew below it.
    is_below_heading: bool,
}

impl Page {
    /// A page with its name and what it is about in half a sentence.
    pub(super) fn new(name: &str, section: u8, about: &str) -> Self {
        let mut roff = Roff::new();
        let (title, number) = (name.to_uppercase(), section.to_string());
        let source = concat!("frontdesk ", env!("CARGO_PKG_VERSION"));
        roff.control("TH", [title.as_str(), &number, DATE, source, "frontdesk manual"]);
        // Names of commands and flags stay in one piece, and the gaps between words as they are.
        roff.control("nh", []).control("ad", ["l"]);
        roff.control("SH", ["NAME"]);
        roff.text([roman(format!("{name} - {about}"))]);
        Self { roff, file: format!("{name}.{section}"), is_below_heading: false }
    }

    /// Begins a section.
    pub(super) fn section(&mut self, name: &str) {
        self.roff.control("SH", [name]);
        self.is_below_heading = true;
    }

    /// Begins a part of a section.
    pub(super) fn part(&mut self, name: &str) {
        self.roff.control("SS", [name]);
        self.is_below_heading = true;
    }

    /// A paragraph; what stands in `backticks` is something to type.
    pub(super) fn prose(&mut self, text: &str) {
        self.text(marked(text));
    }

    /// A paragraph of pieces.
    pub(super) fn text(&mut self, inlines: Vec<Inline>) {
        if !self.is_below_heading {
            self.roff.control("PP", []);
        }
        self.is_below_heading = false;
        self.roff.text(inlines);
    }

    /// Lines that begin where the text does, each on its own.
    pub(super) fn stanza(&mut self, lines: Vec<Vec<Inline>>) {
        for (at, line) in lines.into_iter().enumerate() {
            if at == 0 {
                self.text(line);
            } else {
                self.roff.control("br", []);
                self.roff.text(line);
            }
        }
    }

    /// A word and what it means.
    pub(super) fn term(&mut self, head: Vec<Inline>, text: &str) {
        self.roff.control("TP", []);
        self.roff.text(head);
        self.roff.text(marked(text));
        self.is_below_heading = false;
    }

    /// A word that the explanation of the next one explains too.
    pub(super) fn head(&mut self, head: Vec<Inline>) {
        self.roff.control("TP", []).control("PD", ["0"]);
        self.roff.text(head);
        self.roff.control("PD", []);
        self.is_below_heading = false;
    }

    /// Words and what they mean, without a gap between them.
    pub(super) fn table(&mut self, rows: &[(String, &str)]) {
        for (at, (word, text)) in rows.iter().enumerate() {
            self.roff.control("TP", []);
            if at == 0 {
                self.roff.control("PD", ["0"]);
            }
            self.roff.text([bold(word.as_str())]);
            self.roff.text(marked(text));
        }
        self.roff.control("PD", []);
        self.is_below_heading = false;
    }

    /// More about the word before.
    pub(super) fn also(&mut self, inlines: Vec<Inline>) {
        self.roff.control("br", []);
        self.roff.text(inlines);
    }

    /// Lines that stay as they are, a little to the right.
    pub(super) fn lines(&mut self, lines: &[String]) {
        if !self.is_below_heading {
            self.roff.control("PP", []);
        }
        self.is_below_heading = false;
        self.roff.control("RS", ["4"]).control("nf", []);
        for line in lines {
            self.roff.text([roman(line.as_str())]);
        }
        self.roff.control("fi", []).control("RE", []);
    }

    /// The pages to read next.
    pub(super) fn see_also(&mut self, pages: &[(&str, u8)]) {
        self.section("SEE ALSO");
        let mut inlines = Vec::new();
        for (at, (name, section)) in pages.iter().enumerate() {
            let end = if at + 1 == pages.len() { "" } else { ", " };
            inlines.extend([bold(*name), roman(format!("({section}){end}"))]);
        }
        self.text(inlines);
    }

    /// Its file name and its text, in plain ASCII so that every program for manual pages reads it.
    pub(super) fn finish(self) -> (String, String) {
        let mut text = String::new();
        for sign in self.roff.to_roff().chars() {
            match sign {
                '\'' => text.push_str("\\(aq"),
                '…' => text.push_str("..."),
                sign if sign.is_ascii() => text.push(sign),
                sign => text.push_str(&format!("\\[u{:04X}]", u32::from(sign))),
            }
        }
        (self.file, text)
    }
}

/// The day of the manual, which mandoc asks for: that of the release, so that pages that are made again are the same.
const DATE: &str = "2026-11-28";

/// A text in which `backticks` mark what is typed.
pub(super) fn marked(text: &str) -> Vec<Inline> {
    let pieces = text.split('`').enumerate().filter(|(_, piece)| !piece.is_empty());
    pieces.map(|(at, piece)| if at % 2 == 1 { bold(piece) } else { roman(piece) }).collect()
}

/// A flag with what it takes, as its entry begins.
pub(super) fn head(argument: &clap::Arg) -> Vec<Inline> {
    let mut names: Vec<String> = argument.get_short().map(|short| format!("-{short}")).into_iter().collect();
    names.extend(argument.get_long().map(|long| format!("--{long}")));
    let value = argument.get_value_names().map(|names| names.iter().map(|name| name.as_str()).collect::<Vec<_>>());
    let takes = argument.get_action().takes_values();
    let value = value.unwrap_or_default().join(" ");
    if names.is_empty() {
        let many = argument.get_num_args().is_some_and(|range| range.max_values() > 1);
        return vec![italic(value), roman(if many { "..." } else { "" })];
    }
    let mut inlines = vec![bold(names.join(", "))];
    if takes && !value.is_empty() {
        inlines.extend([roman(" "), italic(value)]);
    }
    inlines
}
