//! Which configuration holds: the first file that exists, over it the environment, over that the flags.

use std::collections::BTreeMap;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Config;
use super::parse::{Lines, cannot_open, located, parse};
use crate::error::{Error, Kind, Result};

/// The file of the whole machine, the last one that is looked for.
pub const MACHINE: &str = "/etc/frontdesk/config.toml";

/// Variables that somebody might hope to pass a secret in. The environment is seen by every child process.
const NO_SECRETS: [&str; 6] = [
    "FRONTDESK_PASSWORD",
    "FRONTDESK_MAIL_PASSWORD",
    "FRONTDESK_SMTP_PASSWORD",
    "FRONTDESK_SECRET",
    "FRONTDESK_TOKEN",
    "FRONTDESK_KEY",
];

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// A file, and the line of the key.
    File(PathBuf, usize),
    /// A variable of the environment.
    Environment(&'static str),
    /// A flag of the command.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path, line) => write!(f, "{}:{line}", path.display()),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// One line of `config show`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key with its section, such as `portal.base_url`.
    pub key: String,
    /// The value as the file would spell it; an empty text where there is none.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// A configuration that holds, and how it came about.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What holds.
    pub config: Config,
    /// The file it was read from; none when the built-in defaults hold.
    pub file: Option<PathBuf>,
    origins: BTreeMap<String, Origin>,
}

impl Config {
    /// Finds and reads the configuration: `--config`, else the variable `FRONTDESK_CONFIG`, else
    /// `$XDG_CONFIG_HOME/frontdesk/config.toml` (`~/.config/…` without that variable), else the file of the machine ([`MACHINE`]),
    /// else the defaults. The first that exists counts; nothing is merged. One that was named must exist.
    ///
    /// Over it come `FRONTDESK_DATA_DIR` and `FRONTDESK_GROUP`; an empty variable counts as one that is not set.
    pub fn load(flag: Option<&Path>, env: &dyn Fn(&str) -> Option<String>, machine: &Path) -> Result<Loaded> {
        load(flag, env, machine)
    }

    /// The defaults, with the environment over them: for a command that is to make the file, or that needs none.
    pub fn load_no_file(env: &dyn Fn(&str) -> Option<String>) -> Result<Loaded> {
        built_in().with_environment(env)
    }
}

impl Loaded {
    /// The same with the flags `--data-dir` and `--group`, which come over everything else.
    pub fn with_flags(mut self, data_dir: Option<&Path>, group: Option<&str>) -> Result<Self> {
        if let Some(data_dir) = data_dir {
            self.config.data_dir = data_dir.to_owned();
            self.set("data_dir", Origin::Flag("--data-dir"), Kind::Usage)?;
        }
        if let Some(group) = group {
            self.config.group = group.to_owned();
            self.set("group", Origin::Flag("--group"), Kind::Usage)?;
        }
        Ok(self)
    }

    /// Whether nobody said anything about a key.
    pub fn is_default(&self, key: &str) -> bool {
        matches!(self.origins.get(key), None | Some(Origin::Default))
    }

    /// Every key with its value and where that comes from.
    pub fn origins(&self) -> Vec<Setting> {
        let values = self.config.values();
        Config::keys()
            .into_iter()
            .map(|key| Setting {
                value: values.get(&key).map(ToString::to_string).unwrap_or_default(),
                origin: self.origins.get(&key).cloned().unwrap_or(Origin::Default),
                key,
            })
            .collect()
    }

    fn with_environment(mut self, env: &dyn Fn(&str) -> Option<String>) -> Result<Self> {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        if let Some(name) = NO_SECRETS.into_iter().find(|name| set(name).is_some()) {
            return Err(Error::new(
                Kind::Config,
                format!("{name} is set, but no secret is taken from the environment"),
            )
            .tip("put the secret into a file of mode 0600 and name that file in mail.password_file"));
        }
        if let Some(data_dir) = set("FRONTDESK_DATA_DIR") {
            self.config.data_dir = data_dir.into();
            self.set("data_dir", Origin::Environment("FRONTDESK_DATA_DIR"), Kind::Config)?;
        }
        if let Some(group) = set("FRONTDESK_GROUP") {
            self.config.group = group;
            self.set("group", Origin::Environment("FRONTDESK_GROUP"), Kind::Config)?;
        }
        Ok(self)
    }

    /// Remembers where a value that was just changed comes from, and checks it.
    fn set(&mut self, key: &str, origin: Origin, kind: Kind) -> Result<()> {
        self.config.check().map_err(|error| located(error, &origin).as_kind(kind))?;
        self.origins.insert(key.to_owned(), origin);
        Ok(())
    }
}

fn load(flag: Option<&Path>, env: &dyn Fn(&str) -> Option<String>, system: &Path) -> Result<Loaded> {
    let set = |name: &str| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let named = flag.map(Path::to_owned).or_else(|| set("FRONTDESK_CONFIG"));
    let found = match named {
        Some(path) => Some(open(&path)?.ok_or_else(|| {
            Error::new(Kind::NoInput, format!("the configuration file '{}' does not exist", path.display()))
                .tip("make one with: frontdesk config example")
        })?),
        None => {
            // The XDG specification tells to ignore a path that is not absolute.
            let home = set("XDG_CONFIG_HOME")
                .filter(|path| path.is_absolute())
                .or_else(|| set("HOME").map(|home| home.join(".config")));
            let mut found = None;
            for path in home.map(|home| home.join("frontdesk/config.toml")).into_iter().chain([system.to_owned()]) {
                found = open(&path)?;
                if found.is_some() {
                    break;
                }
            }
            found
        }
    };
    let loaded = match found {
        Some((path, config, lines)) => Loaded {
            origins: lines.into_iter().map(|(key, line)| (key, Origin::File(path.clone(), line))).collect(),
            config,
            file: Some(path),
        },
        None => built_in(),
    };
    loaded.with_environment(env)
}

fn built_in() -> Loaded {
    Loaded { config: Config::default(), file: None, origins: BTreeMap::new() }
}

/// Reads a file, or finds that there is none. One that is there but cannot be read is an error, never skipped.
fn open(path: &Path) -> Result<Option<(PathBuf, Config, Lines)>> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            parse(&text, &path.display().to_string()).map(|(config, lines)| Some((path.to_owned(), config, lines)))
        }
        Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(cause) => Err(cannot_open(path, &cause)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world<const N: usize>(pairs: [(&'static str, String); N]) -> impl Fn(&str) -> Option<String> {
        move |name| pairs.iter().find(|(one, _)| *one == name).map(|(_, value)| value.clone())
    }

    #[test]
    fn the_first_file_that_exists_counts_and_nothing_is_merged() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let at = |name: &str| dir.path().join(name);
        let write = |path: &Path, group: &str| {
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
            std::fs::write(path, format!("group = '{group}'\n")).expect("a file");
        };
        let system = at("etc/config.toml");
        let named = at("named.toml");
        let env = world([
            ("FRONTDESK_CONFIG", at("variable.toml").display().to_string()),
            ("XDG_CONFIG_HOME", at("xdg").display().to_string()),
            ("HOME", at("home").display().to_string()),
        ]);
        let unnamed = |name: &str| env(name).filter(|_| name != "FRONTDESK_CONFIG");
        let homely = |name: &str| env(name).filter(|_| name == "HOME");

        let nothing = load(None, &unnamed, &system).expect("the defaults");
        assert_eq!((nothing.config, nothing.file), (Config::default(), None));

        write(&system, "system");
        std::fs::write(&system, "group = 'system'\ndata_dir = '/srv/d'\n").expect("a file");
        let group = |flag: Option<&Path>, env: &dyn Fn(&str) -> Option<String>| {
            let loaded = load(flag, env, &system).expect("a configuration");
            assert_eq!(loaded.config.data_dir == Path::new("/srv/d"), loaded.config.group == "system", "merged");
            loaded.config.group
        };
        assert_eq!(group(None, &unnamed), "system");
        write(&at("home/.config/frontdesk/config.toml"), "home");
        assert_eq!(group(None, &homely), "home");
        assert_eq!(group(None, &unnamed), "system", "XDG_CONFIG_HOME takes the place of ~/.config");
        write(&at("xdg/frontdesk/config.toml"), "xdg");
        assert_eq!(group(None, &unnamed), "xdg");
        write(&at("variable.toml"), "variable");
        assert_eq!(group(None, &env), "variable");
        write(&named, "named");
        assert_eq!(group(Some(&named), &env), "named");
    }
}
