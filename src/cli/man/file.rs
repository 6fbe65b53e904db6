//! The manual page of the configuration file, made from the example that holds every key with its default.

use clap_mangen::roff::{bold, italic, roman};

use super::page::Page;
use crate::config::EXAMPLE;

/// `frontdesk.toml`(5).
pub(super) fn page() -> (String, String) {
    let mut page = Page::new("frontdesk.toml", 5, "the configuration of frontdesk");
    page.section("SYNOPSIS");
    page.stanza(
        ["$XDG_CONFIG_HOME/frontdesk/config.toml", "~/.config/frontdesk/config.toml", "/etc/frontdesk/config.toml"]
            .map(|path| vec![italic(path)])
            .to_vec(),
    );
    page.section("DESCRIPTION");
    page.prose(
        "One file in TOML says where the data are, where the portal listens and how mail leaves. A key that is left out \
         has its default; a key that there is not is refused with the nearest name.",
    );
    page.prose(
        "The first of these that exists is read, and only that one: the file after `--config`, the one that \
         `FRONTDESK_CONFIG` names, and then those above in their order. Over the file come `FRONTDESK_DATA_DIR` and \
         `FRONTDESK_GROUP`, and over those `--data-dir` and `--group`.",
    );
    page.prose(
        "No secret stands in this file: `mail.password_file` names a file that holds one. `frontdesk config check` \
         reads a file without using it, and `frontdesk serve` reads it when it starts.",
    );
    page.section("KEYS");
    for block in blocks(EXAMPLE) {
        match block {
            Block::Table(name) => page.part(&format!("[{name}]")),
            Block::Keys { keys, text } => {
                for (at, key) in keys.iter().enumerate() {
                    let default = key.default.map(|default| roman(format!(" = {default}")));
                    let head = [Some(bold(key.name)), default].into_iter().flatten().collect();
                    match at + 1 == keys.len() {
                        true => page.term(head, &text),
                        false => page.head(head),
                    }
                }
            }
        }
    }
    page.section("EXAMPLES");
    page.prose("Where the service manager keeps the data and a mail server carries the mails:");
    let lines = [
        "data_dir = \"/var/lib/frontdesk\"",
        "",
        "[portal]",
        "base_url = \"https://portal.nordkyl.example\"",
        "trusted_proxies = [\"127.0.0.1\"]",
        "",
        "[mail]",
        "transport = \"smtp\"",
        "host = \"smtp.nordkyl.example\"",
        "user = \"portal\"",
        "password_file = \"/etc/frontdesk/smtp-password\"",
        "from = \"portal@nordkyl.example\"",
    ];
    page.lines(&lines.map(str::to_owned));
    page.prose("Say what holds and where it comes from, and check a file before it is used:");
    page.lines(&["frontdesk config show --origin", "frontdesk config check new.toml"].map(str::to_owned));
    page.see_also(&[("frontdesk", 1), ("frontdesk-config", 1), ("frontdesk-mail", 1), ("frontdesk-serve", 1)]);
    page.finish()
}

/// A part of the example.
enum Block<'e> {
    /// Where a table begins.
    Table(&'e str),
    /// Keys that one comment explains.
    Keys { keys: Vec<Key<'e>>, text: String },
}

/// A key with its default; one without stands in a comment.
struct Key<'e> {
    name: &'e str,
    default: Option<&'e str>,
}

/// The tables and keys of the example, in their order. What it says about itself at its top belongs to no key.
fn blocks(example: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    for block in example.split("\n\n") {
        let (mut keys, mut text) = (Vec::new(), String::new());
        for line in block.lines() {
            let comment = line.strip_prefix("# ");
            let key = comment.unwrap_or(line).split_once(" = ").filter(|(name, _)| is_name(name));
            match (line.strip_prefix('[').and_then(|line| line.strip_suffix(']')), key, comment) {
                (Some(table), ..) => found.push(Block::Table(table)),
                (None, Some((name, default)), _) => {
                    keys.push(Key { name, default: comment.is_none().then_some(default) });
                }
                (None, None, Some(words)) => {
                    text.push_str(if text.is_empty() { "" } else { " " });
                    text.push_str(words);
                }
                (None, None, None) => {}
            }
        }
        if !keys.is_empty() {
            found.push(Block::Keys { keys, text });
        }
    }
    found
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
