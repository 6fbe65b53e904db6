//! The program itself as a child process: installed from the README's commands, or as the demonstration company.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use super::mime::Parsed;
use super::{World, folder};

/// Long enough for a loaded machine and a development build.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server in a folder of its own. It ends when the value goes out of scope, also when the test failed.
pub struct Program {
    child: Child,
    place: TempDir,
}

impl Program {
    /// The demonstration company, and what it said about itself.
    pub fn demo(arguments: &[&str]) -> (Self, Value) {
        let place = folder();
        let mut command = program(place.path());
        command.args(["demo", "-o", "jsonl"]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program");
        let out = child.stdout.take().expect("a pipe");
        let demo = Self { child, place };
        let mut said = String::new();
        BufReader::new(out).read_line(&mut said).expect("text");
        let facts = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error} in {said:?}"));
        (demo, facts)
    }

    /// A preview of what is in somebody else's folder, with the address that it printed.
    pub fn preview(config: &Path, arguments: &[&str]) -> (Self, String) {
        let place = folder();
        let mut command = program(place.path());
        command.args(["portal", "preview", "--config"]).arg(config).args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program");
        let out = child.stdout.take().expect("a pipe");
        let preview = Self { child, place };
        let mut said = String::new();
        BufReader::new(out).read_line(&mut said).expect("text");
        assert!(said.starts_with("http://127.0.0.1:"), "{said:?}");
        (preview, said.trim_end().to_owned())
    }

    /// A command in a world's folder, as a process of its own that can be killed.
    pub fn in_world(world: &World, arguments: &[&str]) -> Child {
        let mut command = program(world.path());
        command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program")
    }

    /// The server of a world as a service manager starts it: with a socket that is open already, and a place where it says
    /// how it is.
    pub fn managed(world: &World, socket: OwnedFd, notify: &Path, watchdog: Duration) -> Self {
        let mut command = quiet(Command::new("/bin/sh"), world.path());
        // The socket comes in as standard input and goes where such sockets are expected.
        command.arg("-c").arg("LISTEN_PID=$$ WATCHDOG_PID=$$ exec \"$0\" serve --no-mail 3<&0 </dev/null");
        command.arg(env!("CARGO_BIN_EXE_frontdesk")).env("LISTEN_FDS", "1").env("NOTIFY_SOCKET", notify);
        command.env("WATCHDOG_USEC", watchdog.as_micros().to_string()).stdin(Stdio::from(socket));
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program");
        Self { child, place: folder() }
    }

    /// Ends it at once, as a crash does.
    pub fn crash(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// A command in a world's folder, ready to be run.
    pub fn command_in(world: &World, arguments: &[&str]) -> Command {
        let mut command = program(world.path());
        command.args(arguments);
        command
    }

    /// Ends it as Ctrl-C does, and gives its exit status.
    pub fn interrupt(mut self) -> Option<i32> {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).expect("a process");
        kill_process(pid, Signal::INT).expect("a signal");
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(ended) = self.child.try_wait().expect("a process") {
                return ended.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it does not end within {PATIENCE:?}");
    }

    /// What stands in the README under "From nothing to a signed-in client", word for word in an empty folder, only
    /// at an address of this machine; gives the address.
    pub fn of_the_readme() -> (Self, String) {
        let (place, port) = (folder(), free_port());
        let address = format!("http://127.0.0.1:{port}");
        let commands: Vec<String> = readme().into_iter().take(5).collect();
        let (serve, others) = commands.split_last().expect("five commands");
        assert_eq!(serve, "frontdesk serve");
        for command in others {
            shell(place.path(), &command.replace("https://portal.nordkyl.example", &address));
        }
        let serve = format!("exec {serve} --listen 127.0.0.1:{port}");
        let mut command = program_in_shell(place.path(), &serve);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program");
        let mut server = Self { child, place };
        server.wait("an answer", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok());
        (server, address)
    }

    /// Runs the README's command that begins with these words, beside the running server.
    pub fn also(&self, words: &str) {
        let command = readme().into_iter().find(|command| command.starts_with(words));
        shell(self.place.path(), &command.unwrap_or_else(|| panic!("the README does not say {words}")));
    }

    /// The folder in which the server keeps what was made by the README's commands.
    pub fn data(&self) -> PathBuf {
        self.place.path().join("frontdesk-data")
    }

    /// The most memory that it has held so far, in bytes.
    pub fn peak(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its memory");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
    }

    /// The link of somebody's invitation in a folder of mails, once it is written.
    pub fn invitation(&mut self, mails: &Path, email: &str) -> String {
        self.link(mails, email, "/invite/")
    }

    /// The link with which somebody chooses a new password, in a folder of mails, once it is written.
    pub fn reset(&mut self, mails: &Path, email: &str) -> String {
        self.link(mails, email, "/reset/")
    }

    /// The link with which somebody chooses which mails they get, in a folder of mails, once it is written.
    pub fn choosing(&mut self, mails: &Path, email: &str) -> String {
        self.link(mails, email, "/mail/off/")
    }

    fn link(&mut self, mails: &Path, email: &str, path: &str) -> String {
        self.wait(&format!("a mail with {path}"), || {
            let entries = std::fs::read_dir(mails).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
            let written = entries.filter(|path| path.extension().is_some_and(|ending| ending == "eml"));
            written.map(|path| Parsed::read(&std::fs::read(path).expect("a mail"))).find_map(|mail| {
                let text = &mail.parts.first().unwrap_or(&mail).text;
                let link = text.split_whitespace().find(|word| word.contains(path))?;
                mail.head("To").contains(email).then(|| link.to_owned())
            })
        })
    }

    /// Waits until something is there, as long as the program runs.
    fn wait<T>(&mut self, what: &str, look: impl Fn() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert_eq!(self.child.try_wait().expect("a process"), None, "the program ended before there was {what}");
            assert!(begun.elapsed() < PATIENCE, "there is not {what} within {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Asked first, because the demo removes its folder; then made to.
        let asked = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let _ = asked.map(|pid| kill_process(pid, Signal::TERM));
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The README's commands, in their order.
fn readme() -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    text.lines().filter_map(|line| line.strip_prefix("$ ").map(str::to_owned)).collect()
}

/// A command in a folder, where nothing of this machine's own configuration counts.
fn quiet(mut command: Command, place: &Path) -> Command {
    command.current_dir(place).env_clear();
    command.env("HOME", place).env("XDG_CONFIG_HOME", place.join("etc")).env("TMPDIR", place);
    // Where there is a configuration for the whole machine, it would come first.
    command.env("FRONTDESK_CONFIG", place.join("etc/frontdesk/config.toml")).stdin(Stdio::null());
    command
}

/// A command in a folder, as a process of its own, before it is begun.
pub fn command_in(place: &Path) -> Command {
    program(place)
}

fn program(place: &Path) -> Command {
    quiet(Command::new(env!("CARGO_BIN_EXE_frontdesk")), place)
}

fn program_in_shell(place: &Path, line: &str) -> Command {
    let folder = Path::new(env!("CARGO_BIN_EXE_frontdesk")).parent().expect("a folder");
    let mut command = quiet(Command::new("/bin/sh"), place);
    command.arg("-c").arg(line).env("PATH", folder);
    command
}

fn shell(place: &Path, line: &str) {
    let said = program_in_shell(place, line).output().expect("a shell");
    let mut talk = String::from_utf8_lossy(&said.stdout).into_owned();
    // Writing to a string cannot fail.
    let _ = write!(talk, "{}", String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success(), "{line}: {talk}");
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("its number").port()
}
