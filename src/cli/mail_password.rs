//! Command: the password for the mail server, asked for without echo and kept in its file.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use zeroize::Zeroizing;

use super::answer::{Action, Answer, Done};
use super::desk::Desk;
use super::flags::Changing;
use crate::error::{Error, Kind, Result};
use crate::secret::{Secret, same};

/// The longest file that is looked at, in bytes.
const LONGEST: usize = 4_096;

#[derive(Args, Debug)]
pub(super) struct Password {
    /// Read the password from the first line of this file, - for standard input, instead of asking for it
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
}

impl Password {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let mail = &desk.config.mail;
        if mail.password_file.as_os_str().is_empty() {
            return Err(Error::new(Kind::Config, "mail.password_file says no place for the password")
                .at("mail.password_file")
                .tip("set mail.user and mail.password_file in the configuration first"));
        }
        let file = desk.io.directory.join(&mail.password_file);
        let password = self.read(desk)?;
        if password.expose().is_empty() || password.expose().contains(char::is_control) {
            return Err(Error::new(
                Kind::Usage,
                "the password is empty or holds a control character; nothing was changed",
            ));
        }
        let before = std::fs::read_to_string(&file).map(Secret::new).ok();
        let unchanged = before.is_some_and(|before| same(before.expose().trim_end(), password.expose()));
        if !unchanged && !self.changing.dry_run {
            write(&file, &password)?;
        }
        let sentence = format!("the mail server's password for '{}' in {}", mail.user, file.display());
        let facts = json!({ "password_file": file, "user": mail.user });
        Ok(Done::new(Action::updated(!unchanged), file.display(), sentence, &facts, self.changing)?.into())
    }

    fn read(&self, desk: &Desk) -> Result<Secret> {
        let unread = |cause| Error::new(Kind::NoInput, "no password could be read; nothing was changed").because(cause);
        if let Some(file) = &self.from {
            let text = Zeroizing::new(desk.read_file(file, LONGEST)?);
            let text = std::str::from_utf8(&text)
                .map_err(|_| super::usage("the password is no UTF-8 text; nothing was changed"))?;
            return Ok(Secret::new(text.lines().next().unwrap_or_default()));
        }
        if !desk.io.stdin_is_terminal || desk.globals.no_input {
            return Err(Error::new(Kind::Usage, "there is nobody to ask for the password")
                .tip("give it on standard input with --from -"));
        }
        let ask = |question: String| rpassword::prompt_password(question).map(Secret::new).map_err(unread);
        let first = ask(format!("Password of '{}' at {}: ", desk.config.mail.user, desk.config.mail.host))?;
        let second = ask("The same again: ".into())?;
        match same(first.expose(), second.expose()) {
            true => Ok(first),
            false => Err(Error::new(Kind::Usage, "the two passwords differ; nothing was changed")),
        }
    }
}

/// Puts the password into its place, whole or not at all, in a file that only its owner reads.
fn write(file: &Path, password: &Secret) -> Result<()> {
    let cannot = |cause: std::io::Error| {
        Error::new(Kind::CannotWrite, format!("'{}' cannot be written: {cause}", file.display()))
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A temporary file is made with mode 0600, and keeps it.
    let mut whole = tempfile::NamedTempFile::new_in(folder).map_err(cannot)?;
    whole.write_all(password.expose().as_bytes()).and_then(|()| whole.write_all(b"\n")).map_err(cannot)?;
    whole.as_file().sync_all().map_err(cannot)?;
    whole.persist(file).map(drop).map_err(|error| cannot(error.error))
}
