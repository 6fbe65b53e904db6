//! Examples: two and more lines of every command, shown by `--help` and in the manual.
//!
//! A new command gets its entry in the file of its noun; the tests run every line in a company made for that.

mod audit;
mod backup;
mod config;
mod contact;
mod customer;
mod document;
mod facility;
mod group;
mod import;
mod mail;
mod notify;
mod object;
mod order;
mod portal;
mod program;
mod reading;
mod role;
mod selfcheck;
mod staff;
mod template;
mod user;

/// A command, and its examples: what a line does, and the line as it is typed or stands in a script.
pub type Of = (&'static str, &'static [(&'static str, &'static str)]);

/// The examples of every noun.
const NOUNS: [&[Of]; 21] = [
    program::EXAMPLES,
    group::EXAMPLES,
    staff::EXAMPLES,
    template::EXAMPLES,
    role::EXAMPLES,
    customer::EXAMPLES,
    contact::EXAMPLES,
    user::EXAMPLES,
    facility::EXAMPLES,
    object::EXAMPLES,
    reading::EXAMPLES,
    order::EXAMPLES,
    selfcheck::EXAMPLES,
    document::EXAMPLES,
    notify::EXAMPLES,
    mail::EXAMPLES,
    import::EXAMPLES,
    audit::EXAMPLES,
    backup::EXAMPLES,
    portal::EXAMPLES,
    config::EXAMPLES,
];

/// Every command with its examples.
pub fn all() -> impl Iterator<Item = &'static Of> {
    NOUNS.iter().copied().flatten()
}

/// The examples of one command, such as `customer add`.
pub(super) fn of(command: &str) -> &'static [(&'static str, &'static str)] {
    all().find(|(name, _)| *name == command).map_or(&[], |(_, examples)| examples)
}

/// A line as it is shown in a width. A line of cron cannot go on in the next, so it stays whole.
pub(super) fn lines(line: &str, width: usize) -> Vec<String> {
    let is_cron = line.starts_with(|sign: char| sign == '*' || sign.is_ascii_digit());
    if is_cron { vec![line.to_owned()] } else { folded(line, width) }
}

/// A line in pieces that fit a width, joined as a shell joins them: with a backslash at the end of each but the last.
fn folded(line: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for word in units(line) {
        let piece = pieces.last_mut().map_or(0, |piece| piece.chars().count());
        if piece > 0 && piece + 1 + word.chars().count() > width.saturating_sub(2) {
            pieces.push("  ".into());
        }
        if let Some(piece) = pieces.last_mut() {
            let begins = piece.trim().is_empty();
            piece.push_str(if begins { "" } else { " " });
            piece.push_str(&word);
        }
    }
    let last = pieces.len().saturating_sub(1);
    pieces.iter_mut().take(last).for_each(|piece| piece.push_str(" \\"));
    pieces
}

/// The words of a line, a flag together with what it takes.
fn units(line: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut is_flag = false;
    for word in words(line) {
        let begins_alone = word.starts_with('-') || ["|", "<", ">", "&&"].contains(&word);
        match units.last_mut() {
            Some(flag) if is_flag && !begins_alone => {
                flag.push(' ');
                flag.push_str(word);
            }
            _ => units.push(word.to_owned()),
        }
        is_flag = word.starts_with("--") && word.len() > 2;
    }
    units
}

/// The words of a line, with what stands in quotes in one piece.
fn words(line: &str) -> Vec<&str> {
    let (mut found, mut from, mut quote) = (Vec::new(), 0, None);
    for (at, sign) in line.char_indices() {
        match (quote, sign) {
            (Some(open), sign) if open == sign => quote = None,
            (None, '\'' | '"') => quote = Some(sign),
            (None, ' ') => {
                found.push(&line[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&line[from..]);
    found
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn a_long_line_is_folded_between_words_and_never_in_quotes() {
        assert_eq!(folded("frontdesk order list", 40), ["frontdesk order list"]);
        let line = "frontdesk customer add 1042 --name 'Brf Fröjden i Solna' --city Solna";
        assert_eq!(
            folded(line, 36),
            ["frontdesk customer add 1042 \\", "  --name 'Brf Fröjden i Solna' \\", "  --city Solna"]
        );
    }
}
