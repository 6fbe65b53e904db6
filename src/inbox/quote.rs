//! The reply's own words: without what it answers, the line above that, and the signature.

use super::html::BELOW_IS_QUOTED;
use super::quote_words::{FORWARDED, FROM, ORIGINAL, OTHERS, SENT_FROM, STARTS, WROTE};
use crate::outbox::texts::reply_marks;

/// Over so many lines a mail program breaks the sentence above what it quotes.
const LONGEST_ATTRIBUTION: usize = 3;

/// Lines below the first of Outlook's heads in which the others are looked for.
const HEADS: usize = 8;

/// What somebody wrote themselves in a message; empty if they wrote nothing.
///
/// Answers between quoted lines are kept, in their order.
pub fn own_text(text: &str) -> String {
    let text = tidied(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut own: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if is_quoted(line) {
            at += 1;
            // What was between two quoted lines stays apart from what follows.
            if own.last().is_some_and(|last| !last.is_empty()) {
                own.push("");
            }
            continue;
        }
        if ends_here(line) || is_header_block(&lines[at..]) {
            break;
        }
        if let Some(count) = attribution(&lines[at..]) {
            at += count;
            match lines[at..].iter().find(|line| !line.is_empty()) {
                // Quoted line by line: answers may stand between.
                Some(next) if is_quoted(next) => continue,
                _ => break,
            }
        }
        own.push(line);
        at += 1;
    }
    let own = without_signature(&own);
    joined(own)
}

/// Line ends as we write them; no characters that only take room; no spaces at the ends of lines, but for the mark of a
/// signature.
fn tidied(text: &str) -> String {
    let unseen = |c: char| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| !unseen(*c)).collect();
    text.replace('\u{a0}', " ").lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Whether a line says by itself that nothing below it is the writer's own.
fn ends_here(line: &str) -> bool {
    let line = line.trim();
    if line == BELOW_IS_QUOTED || line == "--" {
        return true;
    }
    if line.is_empty() || line.chars().count() > 120 {
        return false;
    }
    let letters = core(line);
    if reply_marks().iter().any(|mark| core(mark) == letters) {
        return true;
    }
    let dashes = line.chars().filter(|c| matches!(c, '-' | '_' | '—' | '–' | '=')).count();
    let lower = line.to_lowercase();
    dashes >= 4 && ORIGINAL.iter().any(|known| core(known) == letters)
        || FORWARDED.iter().any(|known| *known == lower)
        || ORIGINAL.iter().any(|known| lower.strip_suffix(':').is_some_and(|rest| rest.trim_matches('*') == *known))
}

/// The letters of a line, in lower case.
fn core(line: &str) -> String {
    let letters: String = line.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Over how many lines a sentence such as "On Friday, Eva wrote:" goes, if one begins here.
fn attribution(lines: &[&str]) -> Option<usize> {
    let mut sentence = String::new();
    for count in 1..=LONGEST_ATTRIBUTION.min(lines.len()) {
        let line = lines[count - 1].trim();
        if line.is_empty() || is_quoted(line) {
            return None;
        }
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(line);
        if sentence.chars().count() > 400 {
            return None;
        }
        if sentence.ends_with(':') {
            let quoted = lines[count..].iter().find(|line| !line.is_empty()).is_some_and(|line| is_quoted(line));
            return is_attribution(&sentence, count, quoted).then_some(count);
        }
    }
    None
}

fn is_attribution(sentence: &str, lines: usize, quoted: bool) -> bool {
    let lower = sentence.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    if !words.any(|word| WROTE.contains(&word)) {
        return false;
    }
    let starts = STARTS.iter().any(|start| lower.starts_with(start));
    let named = lower.contains('@');
    let dated = has_date(&lower);
    // One line above quoted lines is clear. What goes over several lines, or has nothing quoted below it, must look like
    // what programs write: a date, and an address or one of the usual beginnings.
    (lines == 1 && quoted)
        || (dated && (starts || named || lower.starts_with(|c: char| c.is_ascii_digit())))
        || (named && quoted)
}

/// Whether there is a year such as 2026, or a day such as 27.11.26.
fn has_date(text: &str) -> bool {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    if numbers.iter().any(|number| number.len() == 4 && number.starts_with("20")) {
        return true;
    }
    let is_day = |word: &str| {
        let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
        parts.len() >= 3
            && parts[..3].iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    text.split(|c: char| c.is_whitespace() || c == ',').any(|word| is_day(word.trim_matches('.')))
}

/// Whether the heads of a quoted message begin here, as Outlook writes them.
fn is_header_block(lines: &[&str]) -> bool {
    if !lines.first().is_some_and(|line| is_head(line, FROM)) {
        return false;
    }
    let below = || lines[1..].iter().filter(|line| !line.is_empty()).take(HEADS);
    OTHERS.iter().filter(|names| below().any(|line| is_head(line, names))).count() >= 2
}

/// Whether a line is one of these heads: `From: …`, also `*From:* …`.
fn is_head(line: &str, names: &[&str]) -> bool {
    let Some((name, _)) = line.split_once(':') else { return false };
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '*').to_lowercase();
    names.contains(&name.as_str())
}

/// What is left when the lines below the last word are gone that programs put there.
fn without_signature<'a, 'b>(own: &'b [&'a str]) -> &'b [&'a str] {
    let mut own = own;
    while let Some((last, rest)) = own.split_last() {
        let line = last.trim();
        let lower = line.to_lowercase();
        let rule = line.len() >= 5 && line.chars().all(|c| matches!(c, '-' | '_' | '=' | '*' | '—'));
        // A sentence is somebody's own, however it begins.
        let sentence = line.ends_with(['.', '?', '!']) || line.chars().count() > 100;
        let telephone = !sentence && SENT_FROM.iter().any(|start| lower.starts_with(start));
        if !line.is_empty() && !rule && !telephone {
            break;
        }
        own = rest;
    }
    own
}

/// The lines as one text, without empty lines at its ends and with at most one between two others.
fn joined(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut empty = false;
    for line in lines {
        if line.trim().is_empty() {
            empty = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty { "\n\n" } else { "\n" });
        }
        out.push_str(line);
        empty = false;
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests;
