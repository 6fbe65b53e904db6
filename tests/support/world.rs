//! A small world for one test: an empty folder, a standing clock, and the program inside this process.

use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use frontdesk::cli::{self, Io};
use frontdesk::clock::{Clock, Moment};
use frontdesk::disk::Here;
use tempfile::TempDir;

/// An empty folder in which commands are run.
pub struct World {
    folder: TempDir,
    /// Stands at 2026-11-22 08:02 UTC until a test moves it.
    pub clock: Clock,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    /// The exit status.
    pub status: u8,
    /// The answer.
    pub out: String,
    /// The talk.
    pub err: String,
}

impl Said {
    /// The answer as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The plan of a dry run, without the fingerprint in its last line.
    #[track_caller]
    pub fn plan(&self) -> &str {
        let (plan, fingerprint) =
            self.out.split_once("fingerprint ").unwrap_or_else(|| panic!("no fingerprint: {self:?}"));
        assert!(fingerprint.len() == 33 && fingerprint.ends_with('\n'), "{self:?}");
        plan
    }

    /// Fails unless the command ended well.
    #[track_caller]
    pub fn well(self) -> Self {
        assert_eq!(self.status, 0, "{self:?}");
        self
    }

    /// Fails unless the command ended with this status, said nothing on stdout and this on stderr.
    #[track_caller]
    pub fn fails(self, status: u8, sentence: &str) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        assert!(self.err.contains(sentence), "{sentence:?} is not in {self:?}");
        self
    }
}

impl World {
    /// A folder with nothing in it.
    pub fn empty() -> Self {
        let moment: Moment = "2026-11-22T08:02:00Z".parse().expect("a time");
        Self::at(moment)
    }

    /// The same, with a clock that stands at another moment.
    pub fn at(moment: Moment) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), clock: Clock::standing_at(moment) }
    }

    /// An installation without groups.
    pub fn new() -> Self {
        Self::empty().installed()
    }

    /// The same with an installation in it.
    fn installed(self) -> Self {
        let world = self;
        // The file is named, so that one of the machine itself is not looked at.
        world.run("init --base-url https://portal.test --config etc/frontdesk/config.toml").well();
        world
    }

    /// The example company: group `nordkyl` with customer 1042.
    pub fn nordkyl() -> Self {
        Self::new().company()
    }

    /// The same at the machine's own time, for what is done by other processes.
    pub fn nordkyl_today() -> Self {
        Self::at(Clock::system().now()).installed().company()
    }

    fn company(self) -> Self {
        let world = self;
        world.run("group add nordkyl --name 'Nordkyl AB' --lang en --tz Europe/Stockholm --prefix NK --phone '+46 8 555 123 00'").well();
        world
    }

    /// Another world in which everything is as it is here. Another process copies the files, because to open a database
    /// outside of SQLite ends this process's locks on it.
    pub fn copy(&self) -> Self {
        let (here, folder) = (self.folder.path(), tempfile::tempdir().expect("a folder"));
        let copied = Command::new("cp").arg("-R").arg(here.join(".")).arg(folder.path()).status();
        assert!(copied.expect("cp").success());
        let config = folder.path().join("etc/frontdesk/config.toml");
        let text = std::fs::read_to_string(&config).expect("a configuration");
        let (old, new) = (here.display().to_string(), folder.path().display().to_string());
        assert!(text.contains(&old), "{text}");
        std::fs::write(config, text.replace(&old, &new)).expect("a configuration");
        Self { folder, clock: Clock::standing_at(self.clock.now()) }
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into the folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("a file");
        path
    }

    /// Runs a command, written as in a shell: quotes keep words together.
    pub fn run(&self, line: &str) -> Said {
        self.run_with(line, "")
    }

    /// Runs a command with something on its standard input.
    pub fn run_with(&self, line: &str, stdin: &str) -> Said {
        self.run_in(&split(line), stdin, |_| {})
    }

    /// Runs a command as the server does for an operating-system user who asks at its socket.
    pub fn run_as(&self, uid: u32, line: &str) -> Said {
        self.run_by(cli::run_at_counter, &split(line), "", |io| io.uid = uid)
    }

    /// Runs a command, word by word, in surroundings that are a little different.
    pub fn run_in(&self, words: &[impl AsRef<str>], stdin: &str, differ: impl FnOnce(&mut Io)) -> Said {
        self.run_by(cli::run, words, stdin, differ)
    }

    fn run_by(
        &self,
        run: fn(Vec<OsString>, &mut Io) -> u8,
        words: &[impl AsRef<str>],
        stdin: &str,
        differ: impl FnOnce(&mut Io),
    ) -> Said {
        let (out, err) = (Heard::default(), Heard::default());
        let mut io = Io {
            stdin: RefCell::new(Box::new(Cursor::new(stdin.to_owned().into_bytes()))),
            stdout: RefCell::new(Box::new(out.clone())),
            stderr: RefCell::new(Box::new(err.clone())),
            stdin_is_terminal: false,
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            draws_progress: false,
            width: None,
            environment: [("XDG_CONFIG_HOME".to_owned(), self.folder.path().join("etc").display().to_string())].into(),
            directory: self.folder.path().into(),
            disk: Box::new(Here::at(self.folder.path())),
            machine_config: self.folder.path().join("machine/config.toml"),
            clock: self.clock.clone(),
            uid: 1000,
        };
        differ(&mut io);
        let words = words.iter().map(|word| word.as_ref().to_owned());
        let words = std::iter::once("frontdesk".to_owned()).chain(words).map(OsString::from);
        let status = run(words.collect(), &mut io);
        Said { status, out: out.text(), err: err.text() }
    }
}

/// The words of a line; '…' and "…" keep spaces.
pub fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut begun) = (Vec::new(), String::new(), None, false);
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => word.push(c),
            None if c == '\'' || c == '"' => (quote, begun) = (Some(c), true),
            None if c.is_whitespace() => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            None => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Heard {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("unshared").clone()).expect("text")
    }
}

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("unshared").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
