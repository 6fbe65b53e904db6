//! The login at the mail server: from the service manager's credential or a file that nobody else can read.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use zeroize::Zeroizing;

use crate::config;
use crate::error::{Error, Kind, Result};

/// A user and password; shown nowhere.
pub(super) struct Login {
    pub(super) user: String,
    pub(super) password: Zeroizing<String>,
}

impl Login {
    /// The password in every form in which it travels, so that no answer of a server can repeat it into the log.
    pub(super) fn spellings(&self) -> Vec<String> {
        let (user, password) = (&self.user, self.password.as_str());
        let plain = Zeroizing::new(format!("\0{user}\0{password}"));
        let coded = |text: &str| BASE64.encode(text.as_bytes());
        vec![coded(&plain), coded(password), password.to_owned()]
    }
}

/// The configured login, if there is one. `directory` is `$CREDENTIALS_DIRECTORY`.
pub(super) fn of(mail: &config::Mail, directory: Option<PathBuf>) -> Result<Option<Login>> {
    if mail.user.is_empty() {
        return Ok(None);
    }
    // The service manager lets the service in by an access list, which shows as a readable group: only "others" count.
    let credential = directory.map(|directory| directory.join("smtp-password")).filter(|path| path.exists());
    let password = match credential {
        Some(path) => read(&path, 0o007, "the service manager's credential")?,
        None if mail.password_file.as_os_str().is_empty() => {
            return Err(Error::new(Kind::Config, format!("mail.user is '{}', but there is no password", mail.user))
                .at("mail.password_file")
                .tip("write it into a file of mode 0600 and name that file in mail.password_file"));
        }
        None => read(&mail.password_file, 0o077, "the password file")?,
    };
    Ok(Some(Login { user: mail.user.clone(), password }))
}

fn read(path: &Path, others: u32, noun: &str) -> Result<Zeroizing<String>> {
    let shown = path.display();
    let wrong = |why: String| Error::new(Kind::Config, format!("{noun} '{shown}' {why}")).at("mail.password_file");
    let file = File::open(path).map_err(|cause| wrong(format!("cannot be opened: {cause}")))?;
    let facts = file.metadata().map_err(|cause| wrong(format!("cannot be looked at: {cause}")))?;
    if !facts.is_file() {
        return Err(wrong("is not a file".into()));
    }
    let mode = facts.mode() & 0o777;
    if mode & others != 0 {
        return Err(wrong(format!("can be read or written by others (mode {mode:04o})"))
            .tip(format!("close it with: chmod 600 {shown}")));
    }
    let mut text = Zeroizing::new(String::with_capacity(4_096));
    file.take(4_096).read_to_string(&mut text).map_err(|cause| wrong(format!("cannot be read: {cause}")))?;
    let password = Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned());
    if password.is_empty() || password.contains(char::is_control) {
        return Err(wrong("does not hold one line with a password".into()));
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn written(folder: &Path, name: &str, text: &str, mode: u32) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, text).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
        path
    }

    fn mail(file: PathBuf) -> config::Mail {
        config::Mail { user: "nordkyl".into(), password_file: file, ..config::Mail::default() }
    }

    fn refusal(result: Result<Option<Login>>) -> String {
        result.err().map(|error| error.message().to_owned()).expect("a refusal")
    }

    #[test]
    fn a_password_is_read_only_from_a_file_nobody_else_reads() {
        let folder = tempfile::tempdir().expect("a folder");
        let closed = written(folder.path(), "closed", "hemligt ord\n", 0o600);
        let login = of(&mail(closed.clone()), None).expect("readable").expect("a login");
        assert_eq!((login.user.as_str(), login.password.as_str()), ("nordkyl", "hemligt ord"));
        for mode in [0o640, 0o604, 0o620, 0o666] {
            let open = written(folder.path(), "open", "secret-canary\n", mode);
            let said = refusal(of(&mail(open), None));
            assert!(said.ends_with(&format!("can be read or written by others (mode {mode:04o})")), "{said}");
            assert!(!said.contains("canary"), "{said}");
        }
        assert!(refusal(of(&mail(folder.path().join("none")), None)).contains("cannot be opened"));
        assert!(refusal(of(&mail(folder.path().to_owned()), None)).contains("is not a file"));
        let empty = written(folder.path(), "empty", "\n", 0o600);
        assert!(refusal(of(&mail(empty), None)).contains("does not hold one line"));
        assert_eq!(refusal(of(&mail(PathBuf::new()), None)), "mail.user is 'nordkyl', but there is no password");
        assert!(of(&config::Mail::default(), None).expect("no login").is_none());
    }

    #[test]
    fn the_service_managers_credential_comes_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = written(folder.path(), "file", "from the file", 0o600);
        written(folder.path(), "smtp-password", "from the manager", 0o440);
        let login = of(&mail(file.clone()), Some(folder.path().to_owned())).expect("readable").expect("a login");
        assert_eq!(login.password.as_str(), "from the manager");
        let elsewhere = folder.path().join("nowhere");
        let login = of(&mail(file), Some(elsewhere)).expect("readable").expect("a login");
        assert_eq!(login.password.as_str(), "from the file");
    }
}
