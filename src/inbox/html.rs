//! HTML becomes the text that somebody would have typed: what is quoted gets `>` before its lines, what is no text goes.

use mail_parser::decoders::html::add_html_token;

/// A line that nobody types: all below it is quoted.
pub const BELOW_IS_QUOTED: &str = "\u{e000}below is quoted\u{e000}";

/// How many elements may be open at once; deeper ones are taken for their parents.
const DEEPEST: usize = 400;

/// What an element does to its text.
#[derive(Clone, Copy, PartialEq)]
enum Does {
    Nothing,
    /// What is in it is not shown.
    Hides,
    /// What is in it is quoted.
    Quotes,
    /// Spaces and line ends in it stay.
    Keeps,
}

struct Open {
    name: String,
    does: Does,
    /// Whether an empty line follows it.
    paragraph: bool,
}

/// The text of a page.
pub fn text(page: &str) -> String {
    let mut out = Writer::default();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.write(&rest[..at], &open);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
        if !rest[1..].starts_with(begins) {
            out.write("<", &open);
            rest = &rest[1..];
            continue;
        }
        let end = tag_end(rest);
        let tag = &rest[1..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        match tag.strip_prefix('/') {
            Some(name) => close(&name.trim().to_ascii_lowercase(), &mut open, &mut out),
            None => {
                let element = Element::read(tag);
                if element.is_below_quoted() {
                    out.line();
                    out.text.push_str(BELOW_IS_QUOTED);
                    out.text.push('\n');
                }
                begin(&element, &mut open, &mut out);
                if ["script", "style", "title", "textarea"].contains(&element.name.as_str()) {
                    // What stands in these is no HTML.
                    rest = from_end_tag(rest, &element.name);
                }
            }
        }
    }
    out.write(rest, &open);
    out.finished()
}

/// What follows from the end tag of an element on.
fn from_end_tag<'a>(page: &'a str, name: &str) -> &'a str {
    let is_end = |at: usize| {
        page.as_bytes()[at + 2..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
    };
    page.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at)).map_or("", |at| &page[at..])
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if tag[..at].trim_end().ends_with('=') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    // An odd quotation mark: the next `>` must do.
    tag.find('>').unwrap_or(tag.len())
}

fn begin(element: &Element, open: &mut Vec<Open>, out: &mut Writer) {
    let name = element.name.as_str();
    match name {
        "br" => out.break_line(open),
        "li" => {
            out.line();
            out.write("- ", open);
        }
        "td" | "th" => out.write(" ", open),
        _ if is_block(name) => out.line(),
        _ => {}
    }
    if matches!(name, "br" | "img" | "hr" | "meta" | "link" | "input" | "col" | "wbr" | "base" | "area" | "source") {
        return;
    }
    if open.len() < DEEPEST {
        open.push(Open { name: name.to_owned(), does: element.does(), paragraph: element.is_paragraph() });
    }
}

fn close(name: &str, open: &mut Vec<Open>, out: &mut Writer) {
    if name == "p" || is_block(name) {
        out.line();
    }
    if let Some(at) = open.iter().rposition(|one| one.name == name) {
        if open[at].paragraph {
            out.empty_line();
        }
        open.truncate(at);
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "ul"
            | "ol"
            | "table"
            | "tr"
            | "blockquote"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "pre"
            | "hr"
            | "body"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "address"
            | "dl"
            | "dt"
            | "dd"
            | "center"
            | "li"
    )
}

/// An opening tag with the attributes that matter.
struct Element {
    name: String,
    class: String,
    id: String,
    style: String,
}

impl Element {
    fn read(tag: &str) -> Self {
        let name: String = tag.chars().take_while(|c| !c.is_whitespace() && *c != '/').collect();
        let value = |wanted: &str| attribute(&tag[name.len()..], wanted).unwrap_or_default().to_ascii_lowercase();
        Self {
            class: value("class"),
            id: value("id"),
            style: value("style").replace(' ', ""),
            name: name.to_ascii_lowercase(),
        }
    }

    /// Whether it has one of these classes, which some programs write with `x_` before them when they quote.
    fn has_class(&self, names: &[&str]) -> bool {
        self.class.split_whitespace().any(|class| names.contains(&class.trim_start_matches("x_")))
    }

    fn does(&self) -> Does {
        let hidden = ["head", "style", "script", "title", "template", "select", "object"].contains(&self.name.as_str())
            || self.style.contains("display:none")
            || self.has_class(&["gmail_signature", "moz-signature", "protonmail_signature_block"])
            || matches!(self.id.as_str(), "signature" | "ms-outlook-mobile-signature" | "applemailsignature");
        if hidden {
            Does::Hides
        } else if self.name == "blockquote" {
            Does::Quotes
        } else if self.name == "pre" || self.style.contains("white-space:pre") {
            Does::Keeps
        } else {
            Does::Nothing
        }
    }

    /// Whether a program says with it that all that follows is the message that is answered.
    fn is_below_quoted(&self) -> bool {
        matches!(self.id.as_str(), "appendonsend" | "divrplyfwdmsg" | "mail-editor-reference-message-container")
            || self.has_class(&["yahoo_quoted", "outlookmessageheader", "zmail_extra", "tutanota_quote"])
    }

    /// Outlook's paragraphs are lines; those of others stand apart.
    fn is_paragraph(&self) -> bool {
        let tight =
            self.class.contains("mso") || self.style.contains("margin:0") || self.style.contains("margin-top:0");
        self.name == "p" && !tight || matches!(self.name.as_str(), "h1" | "h2" | "h3" | "ul" | "ol" | "pre")
    }
}

/// The value of an attribute.
fn attribute<'a>(tag: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() && !rest.starts_with('=') {
            return None;
        }
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            (value, rest) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
            };
        }
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
    }
}

#[derive(Default)]
struct Writer {
    text: String,
    /// Whether the current line has begun.
    begun: bool,
    /// Whether a space is due before the next word.
    space: bool,
}

impl Writer {
    fn write(&mut self, raw: &str, open: &[Open]) {
        if raw.is_empty() || open.iter().any(|one| one.does == Does::Hides) {
            return;
        }
        let keeps = open.iter().any(|one| one.does == Does::Keeps);
        for c in entities(raw).chars() {
            match c {
                '\n' if keeps => self.break_line(open),
                ' ' | '\t' | '\n' | '\r' if !keeps => self.space = self.begun,
                // A paragraph with nothing but such a space is an empty line.
                '\u{a0}' if !keeps && !self.begun => self.begin(open),
                '\u{a0}' if !keeps => self.space = true,
                '\r' => {}
                _ => {
                    self.begin(open);
                    if std::mem::take(&mut self.space) {
                        self.text.push(' ');
                    }
                    self.text.push(c);
                }
            }
        }
    }

    fn begin(&mut self, open: &[Open]) {
        if !std::mem::replace(&mut self.begun, true) {
            let depth = open.iter().filter(|one| one.does == Does::Quotes).count().min(8);
            self.text.push_str(&">".repeat(depth));
            if depth > 0 {
                self.text.push(' ');
            }
        }
    }

    /// Ends the line, also an empty one.
    fn break_line(&mut self, open: &[Open]) {
        if !open.iter().any(|one| one.does == Does::Hides) {
            self.begin(open);
            self.line();
        }
    }

    /// Ends the line if it has begun.
    fn line(&mut self) {
        if std::mem::take(&mut self.begun) {
            self.text.push('\n');
        }
        self.space = false;
    }

    fn empty_line(&mut self) {
        self.line();
        if !self.text.ends_with("\n\n") && !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn finished(self) -> String {
        self.text.trim().to_owned()
    }
}

/// Text with its entities as the characters they stand for.
fn entities(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let named = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let end = rest[1..].find(|c| !named(c)).map_or(rest.len(), |end| end + 1);
        if rest[end..].starts_with(';') && (2..=32).contains(&end) {
            add_html_token(&mut out, &rest.as_bytes()[..=end], false);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_somebody_would_have_typed_it() {
        for (page, said) in [
            ("Hello<br>you", "Hello\nyou"),
            ("<div>One</div><div>Two</div>", "One\nTwo"),
            ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
            ("<p>One</p>\n<p>Two</p>", "One\n\nTwo"),
            (
                "<p class=MsoNormal>One<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Two</p>",
                "One\n\nTwo",
            ),
            ("<p>K&ouml;ldb&auml;rare &lt;R290&gt; &amp; olja&#33; &#x41;</p>", "Köldbärare <R290> & olja! A"),
            ("<ul><li>Door</li><li>Gasket</li></ul>", "- Door\n- Gasket"),
            ("Yes.<blockquote type=cite>No?<br>Or</blockquote>So", "Yes.\n> No?\n> Or\nSo"),
            ("<blockquote><blockquote>deep</blockquote>less</blockquote>", ">> deep\n> less"),
            ("<style>p { color: red }</style><script>if (1 < 2) x()</script>Words<!-- not <b> these -->", "Words"),
            ("<head><title>Mail</title></head><body>Words</body>", "Words"),
            ("<div style=\"display: none\">Preview</div>Words", "Words"),
            ("Words<div class=\"gmail_signature\" dir=\"ltr\"><div>Eva</div></div>", "Words"),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
            ("<a href=\"x?a=1>2\">link</a>", "link"),
            ("a &unknown; b &amp c", "a &unknown; b &amp c"),
            ("<pre>one\n  two</pre>", "one\n  two"),
            ("", ""),
            ("<", "<"),
            ("<p", ""),
            ("<b class='x", ""),
            ("</p></div>x", "x"),
        ] {
            assert_eq!(text(page), said, "{page}");
        }
    }

    #[test]
    fn where_a_program_says_that_all_below_is_quoted_it_is_believed() {
        for page in [
            "Yes<div id=\"appendonsend\"></div><hr><div>No</div>",
            "Yes<div id=\"x_divRplyFwdMsg\"></div><div id=divRplyFwdMsg>No</div>",
            "Yes<div class=\"yahoo_quoted\" id=\"yahoo_quoted_1\">No</div>",
        ] {
            let said = text(page);
            assert_eq!(said.lines().collect::<Vec<_>>(), ["Yes", BELOW_IS_QUOTED, "No"], "{page}");
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = format!("{}x{}", "<div><blockquote>".repeat(50_000), "</blockquote></div>".repeat(50_000));
        assert!(text(&deep).ends_with(" x"));
    }
}
