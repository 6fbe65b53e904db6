//! The bytes of a document, written to a file or to standard output.

use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Which;
use crate::cli::answer::{Answer, Card};
use crate::cli::desk::Desk;
use crate::documents::{Document, Files};
use crate::error::{Error, Kind, Result};

#[derive(Args, Debug)]
pub(in crate::cli) struct Get {
    #[command(flatten)]
    which: Which,
    /// Where to write it; - is standard output (otherwise a file of its name, here)
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

impl Get {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let Self { which, to, force } = self;
        let document = desk.read(|tx| which.find(tx))?.into_inner();
        let files = Files::below(&desk.config.data_dir);
        let Some((file, _)) = files.open(&document.hash)? else {
            return Err(Error::new(Kind::Storage, format!("the bytes of '{}' are missing", document.name))
                .tip("restore the folder 'files' of the data directory from a backup"));
        };
        if to.as_deref() == Some(Path::new("-")) {
            copy(file, &mut **desk.io.stdout.borrow_mut(), &document, Path::new("-"))?;
            return Ok(Answer::Text(String::new()));
        }
        let named = to.unwrap_or_else(|| document.name.as_str().into());
        let path = desk.io.directory.join(&named);
        let cannot = |cause: std::io::Error| match cause.kind() {
            ErrorKind::AlreadyExists => Error::new(Kind::CannotWrite, format!("'{}' is there already", path.display()))
                .tip("write it elsewhere with --to FILE, or write over it with --force"),
            _ => cannot_write(&path, cause),
        };
        let mut whole = desk.io.disk.begin(&named, force).map_err(cannot)?;
        copy(file, &mut whole, &document, &path)?;
        whole.keep().map_err(cannot)?;
        let facts = json!({
            "id": document.id, "file": path.display().to_string(), "size": document.size, "hash": document.hash,
        });
        Ok(Card::new(&facts)?.into())
    }
}

/// Copies the bytes, and fails if they are not the ones that came.
fn copy(mut from: impl Read, to: &mut dyn Write, document: &Document, path: &Path) -> Result<()> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let count = from.read(&mut chunk).map_err(|cause| {
            Error::new(Kind::Storage, format!("the bytes of '{}' cannot be read", document.name)).because(cause)
        })?;
        if count == 0 {
            break;
        }
        hash.update(&chunk[..count]);
        to.write_all(&chunk[..count]).map_err(|cause| cannot_write(path, cause))?;
    }
    to.flush().map_err(|cause| cannot_write(path, cause))?;
    if HEXLOWER.encode(&hash.finalize()) == document.hash {
        return Ok(());
    }
    Err(Error::new(Kind::Storage, format!("the bytes of '{}' are not those that came", document.name))
        .tip("look at the disk, and restore the folder 'files' of the data directory from a backup"))
}

fn cannot_write(path: &Path, cause: std::io::Error) -> Error {
    Error::new(Kind::CannotWrite, format!("'{}' cannot be written: {cause}", path.display())).because(cause)
}
