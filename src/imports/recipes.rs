//! Values that no single cell has: made of several cells by a template, or a part of one.

use crate::error::{Error, Kind, Result};
use crate::imports::cells::Cell;
use crate::text::shown;

/// How a value is made of the cells of its row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Recipe {
    /// `{Street}, {City}`: each cell with the text before it, and what comes last.
    Join { pieces: Vec<Piece>, tail: String, of_headings: bool },
    /// The name in `Eva Lind <eva@brf.example>`.
    NameOf(usize),
    /// The address there.
    AddressOf(usize),
    /// The lines of a cell one behind the other, a space between.
    OneLine(usize),
}

/// A cell in a template, and the text before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    before: String,
    place: usize,
}

/// What a constant turned out to be.
pub(super) enum Template {
    /// The same text in every row.
    Text(String),
    /// Made anew of every row.
    Made(Recipe),
}

/// Reads a constant in which headings stand in braces; `{{` and `}}` are braces themselves.
pub(super) fn template(text: &str, place: impl Fn(&str) -> Result<usize>) -> Result<Template> {
    let (mut pieces, mut literal, mut rest) = (Vec::new(), String::new(), text);
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
        } else {
            let (heading, after) = rest.split_once('}').filter(|_| brace == "{").ok_or_else(|| lonely(text))?;
            pieces.push(Piece { before: std::mem::take(&mut literal), place: place(heading)? });
            rest = after;
        }
    }
    literal.push_str(rest);
    Ok(match pieces.is_empty() {
        true => Template::Text(literal),
        false => Template::Made(Recipe::Join { pieces, tail: literal, of_headings: false }),
    })
}

impl Recipe {
    /// A first and a last name.
    pub(super) fn both(first: usize, last: usize) -> Self {
        let piece = |before: &str, place| Piece { before: before.into(), place };
        Self::Join { pieces: vec![piece("", first), piece(" ", last)], tail: String::new(), of_headings: true }
    }

    /// The places of the cells it is made of.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        match self {
            Self::Join { pieces, .. } => pieces.iter().map(|piece| piece.place).collect::<Vec<_>>(),
            Self::NameOf(place) | Self::AddressOf(place) | Self::OneLine(place) => vec![*place],
        }
        .into_iter()
    }

    /// Whether the file itself asks for it, and no option.
    pub(super) fn is_of_headings(&self) -> bool {
        !matches!(self, Self::Join { of_headings: false, .. })
    }

    /// The value of a row; nothing where all its cells are blank. Text between two cells stands only between two that
    /// say something.
    pub(super) fn make<'a>(&self, cell: impl Fn(usize) -> Cell<&'a str>) -> Option<String> {
        match self {
            Self::Join { pieces, tail, .. } => {
                let mut made = String::new();
                for (number, piece) in pieces.iter().enumerate() {
                    let Cell::Value(text) = cell(piece.place) else { continue };
                    if number == 0 || !made.is_empty() {
                        made.push_str(&piece.before);
                    }
                    made.push_str(text);
                    if number + 1 == pieces.len() {
                        made.push_str(tail);
                    }
                }
                (!made.is_empty()).then_some(made)
            }
            Self::NameOf(place) => cell(*place).value().and_then(|text| mailbox(text).0),
            Self::AddressOf(place) => cell(*place).value().and_then(|text| mailbox(text).1),
            Self::OneLine(place) => cell(*place).value().map(|text| {
                let lines = text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty());
                lines.collect::<Vec<_>>().join(" ")
            }),
        }
    }
}

/// Name and address of `Eva Lind <eva@brf.example>`; either may be missing. What is odd stays in the address, which is
/// then refused with its reason.
fn mailbox(text: &str) -> (Option<String>, Option<String>) {
    let said = |text: &str| Some(text.trim().trim_matches('"').trim().to_owned()).filter(|text| !text.is_empty());
    match text.split_once('<') {
        Some((name, rest)) => {
            let address = rest.strip_suffix('>').unwrap_or(rest);
            (said(name), said(address.strip_prefix("mailto:").unwrap_or(address)))
        }
        None if text.contains('@') => (None, said(text)),
        None => (said(text), None),
    }
}

/// The people of one cell, between whom this sign stands; within quotes and angle brackets it stands for itself.
pub(super) fn parts(text: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut from, mut quoted, mut bracket) = (Vec::new(), 0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '<' if !quoted => bracket = true,
            '>' if !quoted => bracket = false,
            _ if c == sign && !quoted && !bracket => {
                parts.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn lonely(text: &str) -> Error {
    Error::new(Kind::Usage, format!("'{}' has a brace without its other", shown(text)))
        .at("set")
        .tip("{HEADING} stands for the cell under a heading; a brace itself is written twice")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str, cells: &[&str]) -> Option<String> {
        let names = ["a", "b", "c"];
        let place = |name: &str| Ok(names.iter().position(|known| *known == name).expect("a name"));
        match template(text, place).expect("a template") {
            Template::Text(text) => Some(text),
            Template::Made(recipe) => {
                recipe.make(|at| if cells[at].is_empty() { Cell::Blank } else { Cell::Value(cells[at]) })
            }
        }
    }

    #[test]
    fn what_stands_between_two_cells_needs_both() {
        assert_eq!(made("{a} {b}", &["Eva", "Lind", ""]).as_deref(), Some("Eva Lind"));
        assert_eq!(made("{a} {b}", &["Eva", "", ""]).as_deref(), Some("Eva"));
        assert_eq!(made("{a}, {b} {c}", &["", "x", "y"]).as_deref(), Some("x y"));
        assert_eq!(made("{a}, {b} {c}", &["w", "", "y"]).as_deref(), Some("w y"));
        assert_eq!(made("no. {a} ({b})", &["1", "", ""]).as_deref(), Some("no. 1"));
        assert_eq!(made("no. {a} ({b})", &["1", "2", ""]).as_deref(), Some("no. 1 (2)"));
        assert_eq!(made("{a} {b}", &["", "", ""]), None);
        assert_eq!(made("{{a}} {{", &["x", "", ""]).as_deref(), Some("{a} {"));
        assert!(template("{a", |_| Ok(0)).is_err() && template("a}", |_| Ok(0)).is_err());
    }

    #[test]
    fn a_mailbox_is_a_name_and_an_address() {
        let of = |name: &str, address: &str| (Some(name.to_owned()), Some(address.to_owned()));
        assert_eq!(mailbox("Eva Lind <eva@brf.example>"), of("Eva Lind", "eva@brf.example"));
        assert_eq!(mailbox("\"Lind, Eva\" <mailto:eva@brf.example>"), of("Lind, Eva", "eva@brf.example"));
        assert_eq!(mailbox("eva@brf.example"), (None, Some("eva@brf.example".into())));
        assert_eq!(mailbox("Eva Lind"), (Some("Eva Lind".into()), None));
        assert_eq!(
            parts("Eva <e@x.example>, \"Ek, Olle\" <o@x.example>,,", ','),
            ["Eva <e@x.example>", "\"Ek, Olle\" <o@x.example>"]
        );
    }
}
