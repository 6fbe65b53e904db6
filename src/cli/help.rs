//! What `--help` shows around the options: commands in groups, notes that fit the terminal, examples.

use clap::Command;

use super::examples;

/// The nouns in the groups in which they are shown.
pub(super) const GROUPS: [(&str, &[&str]); 7] = [
    ("Set up and run", &["init", "config", "serve", "demo", "doctor", "backup"]),
    ("Customers", &["customer", "contact", "user", "facility"]),
    ("Machines and work", &["object", "reading", "order", "selfcheck", "document"]),
    ("The company", &["group", "staff", "template", "role"]),
    ("Mail", &["mail", "notify"]),
    ("Look back, look in", &["import", "audit", "portal"]),
    ("The command line itself", &["completions", "man", "help"]),
];

/// A piece of the notes below a command: text that flows, or lines that stay as they are.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// Text for people.
    Prose(String),
    /// Something to type or to put into a file.
    Lines(Vec<String>),
}

/// The pieces of a text: what begins with spaces stays as it is.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let own = line.trim();
        match (found.last_mut(), line.starts_with(' ')) {
            _ if own.is_empty() => is_open = false,
            (Some(Piece::Prose(text)), false) if is_open => {
                text.push(' ');
                text.push_str(own);
            }
            (Some(Piece::Lines(lines)), true) => {
                // A line left empty between two of them is one of them.
                if !is_open {
                    lines.push(String::new());
                }
                lines.push(line.into());
                is_open = true;
            }
            (_, true) => {
                found.push(Piece::Lines(vec![line.into()]));
                is_open = true;
            }
            (_, false) => {
                found.push(Piece::Prose(own.into()));
                is_open = true;
            }
        }
    }
    found
}

/// The definition with everything that its help shows.
pub(super) fn complete(root: Command) -> Command {
    let template = template(&root);
    below(root, "").help_template(template)
}

fn below(command: Command, path: &str) -> Command {
    let names: Vec<_> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    let mut command = names.into_iter().fold(command, |command, name| {
        let path = format!("{path} {name}").trim_start().to_owned();
        command.mut_subcommand(name, |verb| below(verb, &path))
    });
    let mut parts: Vec<String> = Vec::new();
    if let Some(notes) = command.get_after_help() {
        parts.push(notes_as_text(&notes.to_string()));
    }
    let examples = examples::of(path);
    if !examples.is_empty() {
        let mut shown = String::from("Examples:");
        for (does, line) in examples {
            let end = if does.ends_with('?') { "" } else { ":" };
            shown.push_str(&format!("\n  {does}{end}\n    {}", examples::lines(line, 76).join("\n    ")));
        }
        parts.push(shown);
    }
    if !parts.is_empty() {
        command = command.after_help(parts.join("\n\n"));
    }
    command
}

/// Notes as they are shown on a terminal, which breaks the lines of a paragraph where it has to.
fn notes_as_text(notes: &str) -> String {
    let mut shown = String::new();
    let mut ends_in_lines = false;
    for piece in pieces(notes) {
        let (text, is_lines) = match piece {
            Piece::Prose(text) => (text, false),
            Piece::Lines(lines) => (lines.join("\n"), true),
        };
        let between = if shown.is_empty() {
            ""
        } else if ends_in_lines {
            "\n\n"
        } else {
            "\n"
        };
        shown.push_str(between);
        shown.push_str(&text);
        ends_in_lines = is_lines;
    }
    shown
}

/// The commands in their groups, which the parser itself cannot show.
fn template(root: &Command) -> String {
    let mut template = String::from("{about-with-newline}\n{usage-heading} {usage}\n");
    for (group, nouns) in GROUPS {
        template.push_str(&format!("\n{group}:\n"));
        for noun in nouns {
            let about = root.find_subcommand(noun).and_then(Command::get_about).map(ToString::to_string);
            let about = about.unwrap_or_else(|| "Say more about a command, such as `help order create`".into());
            template.push_str(&format!("  {noun:<12} {about}\n"));
        }
    }
    template.push_str("\nEverywhere, before the command or after it:\n{options}{after-help}");
    template
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, Piece, pieces};

    #[test]
    fn text_flows_and_what_is_indented_stays() {
        let text = "One sentence over\ntwo lines:\n  a = 1\n\n  b = 2\nAnother.\n\nAnd one more.";
        let lines = ["  a = 1", "", "  b = 2"].map(str::to_owned).to_vec();
        assert_eq!(
            pieces(text),
            [
                Piece::Prose("One sentence over two lines:".into()),
                Piece::Lines(lines),
                Piece::Prose("Another.".into()),
                Piece::Prose("And one more.".into()),
            ]
        );
    }

    #[test]
    fn every_noun_stands_in_one_group() {
        let grouped: Vec<_> =
            GROUPS.iter().flat_map(|(_, nouns)| *nouns).copied().filter(|noun| *noun != "help").collect();
        let root = super::super::definition();
        let seen: Vec<_> =
            root.get_subcommands().filter(|noun| !noun.is_hide_set()).map(clap::Command::get_name).collect();
        assert_eq!(grouped, seen, "the groups and the definition have the same order");
    }
}
