//! One manual page, written part by part.

use clap_mangen::roff::{Inline, Roff, bold, roman};

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

    /// A word and what it means.
    pub(super) fn term(&mut self, head: Vec<Inline>, text: &str) {
        self.roff.control("TP", []);
        self.roff.text(head);
        self.roff.text(marked(text));
        self.is_below_heading = false;
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
