//! What strangers wrote, in the types and lengths in which the house keeps texts.

use sha2::{Digest, Sha256};

use super::message::Message;
use super::quote;
use crate::documents::Flaw;
use crate::text::{Line, Prose, is_unprintable, limits};

/// So much of a doubtful message its letter shows, in characters.
const SHOWN: usize = 2_000;

/// What makes two deliveries the same message: its id, who sent it and to whom; without an id all of its bytes.
pub fn fingerprint(message: &Message, recipient: &str, raw: &[u8]) -> String {
    let from = message.from.as_deref().unwrap_or_default();
    let what = message.id.as_deref().map_or(raw, str::as_bytes);
    let mut digest = Sha256::new();
    for piece in [what, from.as_bytes(), recipient.as_bytes()] {
        digest.update((piece.len() as u64).to_be_bytes());
        digest.update(piece);
    }
    data_encoding::HEXLOWER.encode(&digest.finalize())
}

/// The writer's own words, and what of them is missing.
pub fn said(text: &str) -> (Option<Prose>, Vec<String>) {
    let own = printable(&quote::own_text(text));
    let length = own.chars().count();
    if length <= limits::PROSE {
        return (Prose::parse(&own).ok(), Vec::new());
    }
    let cut: String = own.chars().take(limits::PROSE - 1).chain(['…']).collect();
    (Prose::parse(&cut).ok(), vec![format!("the text has {length} characters and was cut at {}", limits::PROSE)])
}

pub fn beginning(text: &str) -> Option<Prose> {
    let text = printable(text);
    let short: String = text.trim().chars().take(SHOWN).collect();
    Prose::parse(&short).ok()
}

fn printable(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !is_unprintable(*c) || matches!(c, '\n' | '\t')).collect()
}

/// Text of strangers as one line, short enough to stand in a list.
pub fn a_line(text: &str, else_: &str) -> Line {
    let spaced: String = text.chars().map(|c| if is_unprintable(c) { ' ' } else { c }).collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = words.chars().take(limits::LINE - 1).collect();
    if words.chars().nth(limits::LINE - 1).is_some() {
        short.push('…');
    }
    Line::parse(&short).or_else(|_| Line::parse(else_)).unwrap_or_else(|_| unreachable!("a word of our own is a line"))
}

pub fn flawed(flaw: Flaw, most_mb: u64) -> String {
    match flaw {
        Flaw::Empty => "it is empty".into(),
        Flaw::TooLarge => format!("it is larger than {most_mb} MB"),
        Flaw::Ending => "files of this type are not taken".into(),
        Flaw::Content => "it is not what its name says".into(),
        Flaw::TooMany => "it is one file too many".into(),
    }
}
