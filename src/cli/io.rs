//! The caller's side of a command: its streams, its environment, who it is.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;

use crate::clock::Clock;
use crate::disk::{Disk, Here};

/// The streams and surroundings of one command. Tests make their own.
pub struct Io {
    /// Standard input.
    pub stdin: RefCell<Box<dyn Read>>,
    /// Standard output: the answer.
    pub stdout: RefCell<Box<dyn Write>>,
    /// Standard error: the talk.
    pub stderr: RefCell<Box<dyn Write>>,
    /// Whether a person can be asked.
    pub stdin_is_terminal: bool,
    /// Whether the answer is looked at by a person.
    pub stdout_is_terminal: bool,
    /// Whether progress and colours have somebody to see them.
    pub stderr_is_terminal: bool,
    /// Whether a bar can be drawn there by this process itself.
    pub draws_progress: bool,
    /// Columns of the terminal.
    pub width: Option<usize>,
    /// The environment.
    pub environment: BTreeMap<String, String>,
    /// The current directory.
    pub directory: PathBuf,
    /// The files that the command names.
    pub disk: Box<dyn Disk>,
    /// The configuration file of the machine.
    pub machine_config: PathBuf,
    /// What tells the time.
    pub clock: Clock,
    /// The operating-system user, from the kernel.
    pub uid: u32,
}

impl Io {
    /// The process's own.
    pub fn process() -> Self {
        let directory = std::env::current_dir().unwrap_or_default();
        let width = rustix::termios::tcgetwinsize(std::io::stdout()).ok().map(|size| usize::from(size.ws_col));
        Self {
            stdin: RefCell::new(Box::new(std::io::stdin())),
            stdout: RefCell::new(Box::new(std::io::stdout())),
            stderr: RefCell::new(Box::new(std::io::stderr())),
            stdin_is_terminal: std::io::stdin().is_terminal(),
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            draws_progress: std::io::stderr().is_terminal(),
            width: width.filter(|columns| *columns > 0),
            environment: std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
                .collect(),
            disk: Box::new(Here::at(&directory)),
            directory,
            machine_config: crate::config::MACHINE.into(),
            clock: Clock::system(),
            uid: rustix::process::geteuid().as_raw(),
        }
    }

    /// A variable of the environment that is set and not empty.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.environment.get(name).filter(|value| !value.is_empty()).cloned()
    }
}
