//! Command: the manual pages, from the same definitions as the commands.

mod csv;
mod page;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use clap_mangen::roff::{Roff, bold, roman};
use serde_json::json;

use super::answer::{Action, Answer, Done};
use super::desk::Desk;
use super::flags::Changing;
use crate::error::{Error, Kind, Result};

#[derive(Args, Debug)]
pub(super) struct Man {
    /// The directory to write them to
    #[arg(long)]
    dir: PathBuf,
}

impl Man {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let dir = desk.io.directory.join(&self.dir);
        let cannot = |cause: std::io::Error| {
            Error::new(Kind::CannotWrite, format!("'{}' cannot be written to: {cause}", self.dir.display()))
        };
        std::fs::create_dir_all(&dir).map_err(cannot)?;
        let pages = pages()?;
        for (name, text) in &pages {
            std::fs::write(dir.join(name), text).map_err(cannot)?;
        }
        let names: Vec<_> = pages.into_iter().map(|(name, _)| name).collect();
        let about = format!("{} manual pages in {}", names.len(), self.dir.display());
        let facts = json!({ "dir": self.dir, "pages": names });
        Ok(Done::new(Action::Created, self.dir.display(), about, &facts, Changing::default())?.into())
    }
}

/// The manual pages by file name: one of the program, one of each command below it, and that of imported files.
pub fn pages() -> Result<Vec<(String, String)>> {
    let mut root = super::definition().disable_help_subcommand(true);
    root.build();
    let mut pages = vec![("frontdesk.1".to_owned(), whole(&root).map_err(Error::internal)?)];
    for noun in root.get_subcommands().filter(|noun| !noun.is_hide_set()) {
        pages.push((format!("frontdesk-{}.1", noun.get_name()), page(noun).map_err(Error::internal)?));
    }
    pages.push(csv::page());
    Ok(pages)
}

/// The page of the program: what holds for every command.
fn whole(root: &clap::Command) -> std::io::Result<String> {
    let page = Page::of(root.clone().subcommand_help_heading("COMMANDS"));
    let mut out = Vec::new();
    page.man.render_title(&mut out)?;
    page.man.render_name_section(&mut out)?;
    page.man.render_synopsis_section(&mut out)?;
    page.man.render_description_section(&mut out)?;
    page.man.render_subcommands_section(&mut out)?;
    page.man.render_options_section(&mut out)?;
    notes(&page.command, &mut out)?;
    page.man.render_version_section(&mut out)?;
    text(out)
}

/// The page of one noun with all its verbs.
fn page(noun: &clap::Command) -> std::io::Result<String> {
    let page = Page::of(own(noun));
    let mut out = Vec::new();
    page.man.render_title(&mut out)?;
    page.man.render_name_section(&mut out)?;
    page.man.render_synopsis_section(&mut out)?;
    page.man.render_description_section(&mut out)?;
    if page.command.has_subcommands() {
        heading("COMMANDS", &mut out)?;
        verbs(&page.command, &mut out)?;
    } else {
        page.man.render_options_section(&mut out)?;
    }
    notes(&page.command, &mut out)?;
    heading("SEE ALSO", &mut out)?;
    let mut roff = Roff::new();
    roff.text([bold("frontdesk"), roman("(1) for the options of every command and the exit status")]);
    roff.to_writer(&mut out)?;
    text(out)
}

/// The verbs below a command, each with its synopsis, its options and what it does.
fn verbs(command: &clap::Command, out: &mut Vec<u8>) -> std::io::Result<()> {
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set() && verb.get_name() != "help") {
        if verb.has_subcommands() {
            verbs(verb, out)?;
            continue;
        }
        let page = Page::of(own(verb));
        let name = page.command.get_bin_name().unwrap_or_else(|| page.command.get_name()).to_owned();
        let mut roff = Roff::new();
        roff.control("SS", [name.as_str()]);
        roff.to_writer(&mut *out)?;
        // Inside a section of the noun's page the parts of the verb's own page need no headings.
        let mut parts = Vec::new();
        page.man.render_description_section(&mut parts)?;
        parts.extend_from_slice(b".PP\n");
        page.man.render_synopsis_section(&mut parts)?;
        page.man.render_options_section(&mut parts)?;
        for line in String::from_utf8_lossy(&parts).lines().filter(|line| !line.starts_with(".SH ")) {
            writeln!(out, "{line}")?;
        }
        let aliases: Vec<_> = verb.get_visible_aliases().collect();
        if !aliases.is_empty() {
            let mut roff = Roff::new();
            roff.control("PP", []);
            roff.text([roman(format!("Also: {}", aliases.join(", ")))]);
            roff.to_writer(&mut *out)?;
        }
        notes_of(&page.command, out)?;
    }
    Ok(())
}

/// A command and what renders it.
struct Page {
    command: clap::Command,
    man: clap_mangen::Man,
}

impl Page {
    fn of(command: clap::Command) -> Self {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let source = concat!("frontdesk ", env!("CARGO_PKG_VERSION"));
        let man = clap_mangen::Man::new(command.clone()).title(name).source(source).manual("frontdesk manual");
        Self { command, man }
    }
}

/// The command with only the options that are its own: those of every command stand on the page of the program.
fn own(command: &clap::Command) -> clap::Command {
    command.clone().mut_args(|argument| {
        let shared = argument.is_global_set() || matches!(argument.get_id().as_str(), "help" | "version");
        argument.hide(shared)
    })
}

fn notes(command: &clap::Command, out: &mut Vec<u8>) -> std::io::Result<()> {
    if command.get_after_help().is_some() {
        heading("NOTES", out)?;
    }
    notes_of(command, out)
}

/// What stands below a command's help, line by line as it is there.
fn notes_of(command: &clap::Command, out: &mut Vec<u8>) -> std::io::Result<()> {
    let Some(after) = command.get_after_help() else { return Ok(()) };
    let mut roff = Roff::new();
    roff.control("PP", []).control("nf", []);
    for line in after.to_string().lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff.to_writer(out)
}

fn heading(name: &str, out: &mut Vec<u8>) -> std::io::Result<()> {
    let mut roff = Roff::new();
    roff.control("SH", [name]);
    roff.to_writer(out)
}

/// A page as text. Every part defines the apostrophe for itself; once at the top is enough.
fn text(parts: Vec<u8>) -> std::io::Result<String> {
    let parts = String::from_utf8(parts).map_err(std::io::Error::other)?;
    let mut page = String::from(".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n");
    for line in parts.lines().filter(|line| !line.starts_with(".ie ") && !line.starts_with(".el ")) {
        page.push_str(line.trim_end());
        page.push('\n');
    }
    Ok(page)
}
