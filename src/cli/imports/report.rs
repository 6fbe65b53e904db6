//! `--report`: the whole outcome of an import in a file, whatever the outcome is.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::super::answer::{Action, Report};
use super::super::desk::Desk;
use super::super::output::as_json;
use crate::error::{Error, Kind, Result};

/// A report that will be written: there is a place for it. It is there when it is whole.
pub(super) struct Account<'d, 'io> {
    desk: &'d Desk<'io>,
    path: PathBuf,
}

impl<'d, 'io> Account<'d, 'io> {
    /// Looks for its place before anything is done, so that nothing is done that could not be told.
    pub(super) fn begin(desk: &'d Desk<'io>, path: &Path) -> Result<Self> {
        // Begun and left: a file that stood half written during the whole import would stay behind after a crash.
        desk.io.disk.begin(path, true).map_err(|cause| unwritable(path, cause))?;
        Ok(Self { desk, path: path.to_owned() })
    }

    /// Writes what `-o json` says, with the error beside it if there is one.
    pub(super) fn write(self, name: &str, outcome: &Result<Report>) -> Result<()> {
        let (mut facts, error) = match outcome {
            Ok(report) => (report.record.clone(), report.error.as_ref()),
            Err(error) => (nothing_done(name), Some(error)),
        };
        if let Some(error) = error {
            facts.insert("error".into(), as_json(error));
        }
        let text = serde_json::to_string_pretty(&facts).map_err(Error::internal)?;
        let written = self.desk.io.disk.begin(&self.path, true).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.write_all(b"\n")?;
            file.keep()
        });
        written.map_err(|cause| {
            let done = match outcome {
                Ok(report) if report.record.get("run").is_some_and(|run| !run.is_null()) => {
                    format!("; the import itself was done, as run {}", report.record["run"])
                }
                _ => String::new(),
            };
            let error = unwritable(&self.path, cause);
            Error::new(Kind::CannotWrite, format!("{}{done}", error.message()))
        })
    }
}

/// The outcome of an import that ended before a row was read.
fn nothing_done(name: &str) -> Map<String, Value> {
    let facts = json!({ "action": Action::Unchanged.word(), "changed": false, "file": name });
    facts.as_object().cloned().unwrap_or_default()
}

fn unwritable(path: &Path, cause: std::io::Error) -> Error {
    Error::new(Kind::CannotWrite, format!("the report cannot be written to '{}': {cause}", path.display()))
        .because(cause)
        .tip("--report FILE names its place")
}
