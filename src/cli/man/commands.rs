//! Manual pages of the commands: one of the program, and one of each noun with all its verbs.

use clap::{Args, Command};
use clap_mangen::roff::{bold, italic, roman};

use super::page::{Page, head};
use crate::cli::examples;
use crate::cli::flags::{Adding, Listing, Removing};
use crate::cli::help::{GROUPS, Piece, pieces};

/// The exit statuses, as every page of a command names them.
const EXIT: [(u8, &str); 15] = [
    (0, "Done, also when there was nothing to do."),
    (1, "Somebody said no at a question, or a check found something."),
    (2, "The command cannot be read: a word, a flag or a value."),
    (3, "What was named does not exist."),
    (4, "It exists already, several are meant by the name, or it is in a state in which this cannot be done."),
    (5, "With `--dry-run --exit-code`: something would change."),
    (65, "Data in a file that cannot be taken."),
    (66, "A file that cannot be opened."),
    (69, "The mail server or the address to listen on is not available."),
    (70, "A mistake of the program itself."),
    (73, "The answer or a file cannot be written."),
    (74, "The disk or the database does not work."),
    (75, "Another command is writing, or a server that is asked is not there; try again."),
    (77, "Whoever asks may not do this."),
    (78, "The configuration cannot be used."),
];

/// The variables that count.
const ENVIRONMENT: [(&str, &str); 9] = [
    ("FRONTDESK_CONFIG", "The configuration file, unless `--config` names one."),
    ("FRONTDESK_DATA_DIR", "The data directory, over the one of the configuration file."),
    ("FRONTDESK_GROUP", "The group that is meant when `--group` names none."),
    ("FRONTDESK_OUTPUT", "How answers are written, unless `--output` says so."),
    ("FRONTDESK_LOG", "How much `frontdesk serve` logs: error, warn, info, debug or trace."),
    ("NO_COLOR", "No colours, if it is set."),
    ("XDG_CONFIG_HOME, HOME", "Where a person's own configuration file lies."),
    ("CREDENTIALS_DIRECTORY", "Where the service manager puts the credential `smtp-password`."),
    ("TZ", "The zone of the times in tables. Secrets are never read from the environment."),
];

/// The files there are.
const FILES: [(&str, &str); 7] = [
    (
        "$XDG_CONFIG_HOME/frontdesk/config.toml, ~/.config/frontdesk/config.toml, /etc/frontdesk/config.toml",
        "The configuration; the first that exists is read, and only that one. See `frontdesk.toml`(5).",
    ),
    ("DATA/frontdesk.db", "The database, in the data directory."),
    ("DATA/key", "The key, without which no link and no line of the audit can be made. It belongs into every backup."),
    ("DATA/files/", "The bytes of documents, each under its hash."),
    ("DATA/received/", "Messages that came in and that somebody has to look at."),
    ("DATA/mail/", "Mails, where `mail.transport` is `file`."),
    ("/run/frontdesk/admin.sock", "Where `frontdesk serve` takes the commands of staff."),
];

/// The width of an example on a terminal of 80 columns.
pub(super) const WIDTH: usize = 68;

/// The page of the program: what holds for every command.
pub(super) fn program(root: &Command, others: &[(&str, u8)]) -> (String, String) {
    let about = root.get_about().map(ToString::to_string).unwrap_or_default();
    let mut page = Page::new("frontdesk", 1, &about);
    page.section("SYNOPSIS");
    page.text(vec![bold("frontdesk"), roman(" ["), italic("OPTIONS"), roman("] "), italic("COMMAND"), roman(" ...")]);
    page.section("DESCRIPTION");
    page.prose(
        "The office of a service company creates customers, their people and their accounts with these commands, and \
         `frontdesk serve` gives those customers a small portal in the company's look.",
    );
    page.prose(
        "A command is a noun and a verb: `frontdesk customer add`. Names of commands and flags are written out. \
         `create` is the same as `add`, `rm` as `delete`, `ls` as `list`. Things are named by what people call them, a \
         customer number or an address; `id:123` names the row with that number. `-` as a file is standard input or \
         standard output.",
    );
    page.prose(
        "Answers go to standard output and everything else to standard error. Nothing has to be answered: where a \
         question is asked on a terminal, a flag answers it beforehand.",
    );
    page.section("COMMANDS");
    for (group, nouns) in GROUPS {
        page.part(group);
        for noun in nouns.iter().filter_map(|noun| root.find_subcommand(noun)).filter(|noun| noun.get_name() != "help")
        {
            let about = noun.get_about().map(ToString::to_string).unwrap_or_default();
            page.term(vec![bold(format!("frontdesk-{}", noun.get_name())), roman("(1)")], &about);
        }
    }
    page.section("OPTIONS");
    page.prose("These stand before the command or after it.");
    let mut own: Vec<_> = root.get_arguments().filter(|argument| !argument.is_hide_set()).collect();
    own.sort_by_key(|argument| matches!(argument.get_id().as_str(), "help" | "version"));
    own.iter().for_each(|argument| option(&mut page, argument));
    let shared = Shared::new();
    for (name, about, arguments) in [
        ("Every command that changes something", "", &shared.changing),
        ("Every command that adds something", "", &shared.adding),
        ("Every command that removes something", "", &shared.removing),
        ("Every list", "The fields are those that `--fields help` names.", &shared.listing),
    ] {
        page.part(name);
        if !about.is_empty() {
            page.prose(about);
        }
        arguments.iter().for_each(|argument| option(&mut page, argument));
    }
    exit_status(&mut page);
    page.section("ENVIRONMENT");
    ENVIRONMENT.iter().for_each(|(name, text)| page.term(vec![bold(*name)], text));
    page.section("FILES");
    FILES.iter().for_each(|(name, text)| page.term(vec![italic(*name)], text));
    if let Some(notes) = root.get_after_help() {
        page.section("EXAMPLES");
        // The exit statuses, which stand before, are in a section of their own.
        let notes = notes.to_string();
        let (_, way) = notes.split_once("\n\n").unwrap_or(("", &notes));
        described(&mut page, way);
    }
    let nouns = root.get_subcommands().filter(|noun| !noun.is_hide_set() && noun.get_name() != "help");
    let nouns: Vec<_> = nouns.map(|noun| format!("frontdesk-{}", noun.get_name())).collect();
    let mut pages: Vec<_> = nouns.iter().map(|noun| (noun.as_str(), 1)).collect();
    pages.sort_unstable();
    pages.extend(others);
    page.see_also(&pages);
    page.finish()
}

/// The page of one noun with all its verbs.
pub(super) fn noun(noun: &Command, others: &[(&str, u8)]) -> (String, String) {
    let name = format!("frontdesk-{}", noun.get_name());
    let about = noun.get_about().map(ToString::to_string).unwrap_or_default();
    let mut page = Page::new(&name, 1, &about);
    let verbs = verbs(noun);
    page.section("SYNOPSIS");
    page.stanza(verbs.iter().map(|verb| usage(verb)).collect());
    page.section("DESCRIPTION");
    page.prose(&format!("{about}."));
    let has_verbs = noun.has_subcommands();
    if let Some(notes) = noun.get_after_help() {
        described(&mut page, &notes.to_string());
    }
    let shared = Shared::new();
    if has_verbs {
        page.section("COMMANDS");
        for verb in &verbs {
            page.part(path(verb));
            page.prose(&format!("{}.", verb.get_about().map(ToString::to_string).unwrap_or_default()));
            options(&mut page, verb, &shared);
            let aliases: Vec<_> = verb.get_visible_aliases().map(|alias| format!("`{alias}`")).collect();
            if !aliases.is_empty() {
                page.prose(&format!("It is also called {}.", aliases.join(", ")));
            }
            if let Some(notes) = verb.get_after_help() {
                described(&mut page, &notes.to_string());
            }
        }
    } else {
        page.section("OPTIONS");
        options(&mut page, noun, &shared);
    }
    exit_status(&mut page);
    page.section("ENVIRONMENT");
    page.prose("The variables and the options of every command are in `frontdesk`(1).");
    page.section("FILES");
    page.prose("The configuration is described in `frontdesk.toml`(5), the data directory in `frontdesk`(1).");
    page.section("EXAMPLES");
    for verb in &verbs {
        for (does, line) in examples::of(path(verb).trim_start_matches("frontdesk ")) {
            page.prose(&if does.ends_with('?') { (*does).to_owned() } else { format!("{does}:") });
            page.lines(&examples::lines(line, WIDTH));
        }
    }
    let mut pages = vec![("frontdesk", 1)];
    pages.extend(others);
    page.see_also(&pages);
    page.finish()
}

/// The commands below a noun, or itself where it has none.
fn verbs(command: &Command) -> Vec<&Command> {
    if !command.has_subcommands() {
        return vec![command];
    }
    let seen = command.get_subcommands().filter(|verb| !verb.is_hide_set() && verb.get_name() != "help");
    seen.flat_map(verbs).collect()
}

/// The words by which a command is called.
fn path(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

/// How a command is written, on one line.
fn usage(command: &Command) -> Vec<clap_mangen::roff::Inline> {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = usage.strip_prefix(path(command)).unwrap_or_default().to_owned();
    vec![bold(path(command)), roman(rest)]
}

/// The options that many commands have, which are explained once.
struct Shared {
    changing: Vec<clap::Arg>,
    adding: Vec<clap::Arg>,
    removing: Vec<clap::Arg>,
    listing: Vec<clap::Arg>,
}

impl Shared {
    fn new() -> Self {
        let of = |command: Command| -> Vec<clap::Arg> { command.get_arguments().cloned().collect() };
        let is_change = |argument: &clap::Arg| matches!(argument.get_long(), Some("dry-run" | "exit-code"));
        let (changing, adding) = of(Adding::augment_args(Command::new("add"))).into_iter().partition(is_change);
        let mut removing = of(Removing::augment_args(Command::new("delete")));
        removing.retain(|argument| !is_change(argument));
        Self { changing, adding, removing, listing: of(Listing::augment_args(Command::new("list"))) }
    }

    /// Whether this is one of them, and not one of the same name with a meaning of its own.
    fn has(&self, argument: &clap::Arg) -> bool {
        let told = |one: &clap::Arg| one.get_help().map(ToString::to_string);
        let all = [&self.changing, &self.adding, &self.removing, &self.listing];
        all.into_iter().flatten().any(|one| one.get_long() == argument.get_long() && told(one) == told(argument))
    }
}

/// What a command takes: what is its own in full, the rest by name.
fn options(page: &mut Page, command: &Command, shared: &Shared) {
    let is_own = |argument: &&clap::Arg| {
        !argument.is_hide_set()
            && !argument.is_global_set()
            && !matches!(argument.get_id().as_str(), "help" | "version")
    };
    let mut all: Vec<_> = command.get_arguments().filter(is_own).collect();
    all.sort_by_key(|argument| !argument.is_positional());
    all.iter().filter(|argument| !shared.has(argument)).for_each(|argument| option(page, argument));
    let rest: Vec<_> = all.iter().filter(|argument| shared.has(argument)).filter_map(|one| one.get_long()).collect();
    if !rest.is_empty() {
        let names: Vec<_> = rest.iter().map(|name| format!("`--{name}`")).collect();
        page.prose(&format!("And {}, see `frontdesk`(1).", names.join(", ")));
    } else if all.is_empty() {
        page.prose("Nothing but the options of every command, see `frontdesk`(1).");
    }
}

/// One option or argument.
fn option(page: &mut Page, argument: &clap::Arg) {
    let mut text = argument.get_help().map(ToString::to_string).unwrap_or_default();
    if !text.ends_with('.') {
        text.push('.');
    }
    let defaults = argument.get_default_values();
    if argument.get_action().takes_values() && !defaults.is_empty() {
        let defaults: Vec<_> = defaults.iter().map(|value| value.to_string_lossy()).collect();
        text.push_str(&format!(" The default is `{}`.", defaults.join(" ")));
    }
    page.term(head(argument), &text);
    if !argument.get_action().takes_values() {
        return;
    }
    for value in argument.get_possible_values().iter().filter(|value| !value.is_hide_set()) {
        let about = value.get_help().map(|help| format!(": {help}")).unwrap_or_default();
        page.also(vec![bold(value.get_name()), roman(about)]);
    }
}

fn exit_status(page: &mut Page) {
    page.section("EXIT STATUS");
    page.table(&EXIT.map(|(status, text)| (status.to_string(), text)));
}

/// What stands below a command's help: text as paragraphs, the rest as it is.
fn described(page: &mut Page, notes: &str) {
    for piece in pieces(notes) {
        match piece {
            Piece::Prose(text) => page.prose(&text),
            Piece::Lines(lines) => page.lines(&flush(&lines)),
        }
    }
}

/// Lines without the spaces that all of them begin with.
fn flush(lines: &[String]) -> Vec<String> {
    let spaces = |line: &String| line.len() - line.trim_start().len();
    let least = lines.iter().filter(|line| !line.trim().is_empty()).map(spaces).min().unwrap_or(0);
    lines.iter().map(|line| line.get(least..).unwrap_or_default().to_owned()).collect()
}
