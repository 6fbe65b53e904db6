//! New documents, from a file or from standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use super::lies::Lies;
use crate::cli::answer::Answer;
use crate::cli::desk::Desk;
use crate::cli::flags::{Adding, Telling};
use crate::cli::usage;
use crate::config::Uploads;
use crate::documents::{self, Change, DocumentDraft, Files, Flaw, Purpose, Sent};
use crate::error::{Error, Kind, Result};
use crate::text::Line;

#[derive(Args, Debug)]
#[command(after_help = "\
The file is read once, within the limits of [uploads] in the configuration. A document with the same bytes on the same
thing exists already; --if-exists update gives it the purpose, the line and the name of this command.")]
pub(in crate::cli) struct Add {
    /// The file; - is standard input
    file: PathBuf,
    #[command(flatten)]
    lies: Lies,
    /// On this point of the self-check, by its place
    #[arg(long, value_name = "N")]
    point: Option<u32>,
    /// What it is called, if not like the file
    #[arg(long)]
    name: Option<String>,
    /// What it is for: reference, billing or update
    #[arg(long)]
    purpose: Option<Purpose>,
    /// A line about it
    #[arg(long)]
    text: Option<Line>,
    /// Let the customer see it
    #[arg(long)]
    share: bool,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    adding: Adding,
}

impl Add {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let Self { file, lies, point, name, purpose, text, share, telling, adding } = self;
        // What it would lie on is looked for first: a mistake there should not cost the time to read a large file.
        desk.read(|tx| lies.find(tx)?.at(tx, point).map(drop))?;
        let rules = &desk.config.uploads;
        let files = Files::below(&desk.config.data_dir);
        let sent = receive(desk, &files, &file, name.as_deref())?;
        let received = sent.file.map_err(|flaw| refusal(sent.name.as_str(), flaw, rules))?;
        let kept = match adding.changing.dry_run {
            true => files.rehearse(&received),
            false => files.keep(&received)?,
        };
        let (action, document) = desk.write(adding.changing, |tx| {
            let found = lies.find(tx)?.at(tx, point)?;
            let draft = DocumentDraft {
                file: &kept,
                purpose: purpose.unwrap_or(Purpose::Reference),
                text: text.clone(),
                shared: share,
            };
            let same = || {
                let all = documents::on(tx, found.on())?;
                let same = all.into_iter().find(|known| known.hash == kept.hash && known.comment.is_none());
                same.ok_or_else(|| Error::not_found("document", &kept.name))
            };
            let (action, document) = adding.place(
                "document",
                same,
                || {
                    let mut added =
                        documents::add(tx, rules, found.on(), std::slice::from_ref(&draft), telling.tell())?;
                    added.pop().ok_or_else(|| Error::not_found("document", &kept.name))
                },
                |document| {
                    let to = Change {
                        name: kept.name.clone(),
                        purpose: purpose.unwrap_or(document.purpose),
                        text: text.clone().or_else(|| document.text.clone()),
                        shared: document.shared || share,
                    };
                    documents::set(tx, document, &to, telling.tell())
                },
            )?;
            Ok((action, document.into_inner()))
        })?;
        super::done(action, &document, adding.changing)
    }
}

/// Streams the file into a temporary place of the store.
fn receive(desk: &Desk, files: &Files, path: &Path, name: Option<&str>) -> Result<Sent> {
    let rules = &desk.config.uploads;
    if path == Path::new("-") {
        let name = name.ok_or_else(|| usage("standard input has no name").tip("add --name drawing.pdf"))?;
        return files.receive(name, rules, desk.io.stdin.borrow_mut().by_ref());
    }
    let cannot = |cause: std::io::Error| {
        Error::new(Kind::NoInput, format!("the file '{}' cannot be read: {cause}", path.display()))
    };
    let own = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    files.receive(name.unwrap_or(&own), rules, desk.io.disk.read(path).map_err(cannot)?)
}

/// Why a file is not taken, for whoever runs the command.
fn refusal(name: &str, flaw: Flaw, rules: &Uploads) -> Error {
    let said = |why: String| Error::new(Kind::Data, format!("'{name}' {why}"));
    match flaw {
        Flaw::Empty | Flaw::TooMany => said("is empty".into()),
        Flaw::TooLarge => said(format!("is larger than {} MB", rules.max_file_mb))
            .tip("make it smaller, or raise max_file_mb below [uploads] in the configuration"),
        Flaw::Ending => said(format!("does not end in one of: {}", rules.types.join(" ")))
            .tip("name it with --name, or add the ending to types below [uploads] in the configuration"),
        Flaw::Content => said("does not hold what its ending says".into())
            .tip("save it again in its own program, or give it its true ending with --name"),
    }
}
