//! Questions: asked only of a person, never needed by a script.

use std::io::{BufRead, BufReader};

use super::desk::Desk;
use crate::error::{Error, Kind, Result};

impl Desk<'_> {
    /// Asks whether to go on; `--yes` answers, and without a person to ask it fails and says so.
    pub(super) fn confirm(&self, question: &str) -> Result<()> {
        if self.globals.yes {
            return Ok(());
        }
        self.ask(&format!("{question} [y/N] "), "--yes", |answer| {
            matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "j" | "ja" | "s" | "si" | "sí")
        })
    }

    /// Asks for the name of what is about to go; `given` is the value of `--confirm`.
    pub(super) fn confirm_by_name(&self, question: &str, name: &str, given: Option<&str>) -> Result<()> {
        match given {
            Some(given) if given == name => Ok(()),
            Some(given) => {
                Err(Error::new(Kind::Usage, format!("--confirm '{given}' is not '{name}'; nothing was changed")))
            }
            None => self.ask(&format!("{question}\nType {name} to go on: "), &format!("--confirm {name}"), |answer| {
                answer.trim() == name
            }),
        }
    }

    fn ask(&self, question: &str, flag: &str, agrees: impl Fn(&str) -> bool) -> Result<()> {
        if !self.io.stdin_is_terminal || self.globals.no_input {
            return Err(Error::new(
                Kind::Usage,
                "this needs to be confirmed, and there is nobody to ask; nothing was changed",
            )
            .tip(format!("add {flag}")));
        }
        let _ = write!(self.io.stderr.borrow_mut(), "{question}");
        let _ = self.io.stderr.borrow_mut().flush();
        let mut answer = String::new();
        BufReader::new(&mut **self.io.stdin.borrow_mut()).read_line(&mut answer).map_err(|cause| {
            Error::new(Kind::Refused, "no answer could be read; nothing was changed").because(cause)
        })?;
        if agrees(&answer) { Ok(()) } else { Err(Error::new(Kind::Refused, "not confirmed; nothing was changed")) }
    }
}
