//! A server of uid 4000 in a folder of its own, and the people of its company as users of this machine.

use std::fs::Permissions;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::cli::walk::company;
use crate::support::{World, folder};

/// Who runs the server and owns its data.
pub const OWNER: u32 = 64_000;
/// An administrator of nordkyl.
pub const ADAM: u32 = 64_001;
/// With the right `accounts` only.
pub const RITA: u32 = 64_002;
/// With the right `imports` only.
pub const CRON: u32 = 64_003;
/// An administrator of the other group.
pub const OTTO: u32 = 64_004;
/// No member of staff.
pub const NILS: u32 = 64_005;
/// Was with nordkyl and is disabled.
pub const GONE: u32 = 64_006;

/// Long enough for a loaded machine and a development build.
const PATIENCE: Duration = Duration::from_secs(60);

/// Two companies, their people and a running server. Everything ends with it.
pub struct Office {
    place: PathBuf,
    server: Child,
    /// What goes with it.
    _folder: Result<TempDir, World>,
}

impl Office {
    /// Nothing where other users cannot be played.
    pub fn open() -> Option<Self> {
        is_root().then(Self::founded)
    }

    /// The same with a company full of things, whose commands the walk knows.
    pub fn of_company() -> Option<Self> {
        is_root().then(|| {
            let world = company();
            for (login, uid, right) in [("adam", ADAM, "admin"), ("riita", RITA, "accounts"), ("cron", CRON, "imports")]
            {
                world.run(&format!("staff add {login} --name {login} --uid {uid} --grant {right}")).well();
            }
            let place = world.path().to_path_buf();
            let port = free_port();
            let config = place.join("etc/frontdesk/config.toml");
            let text = std::fs::read_to_string(&config).expect("a configuration");
            let text = text.replace("[portal]\n", &format!("[portal]\nlisten = \"127.0.0.1:{port}\"\n"));
            let socket = place.join("run/admin.sock");
            std::fs::write(&config, format!("{text}\n[admin]\nsocket = {socket:?}\n")).expect("a configuration");
            std::fs::create_dir(place.join("run")).expect("a folder");
            std::os::unix::fs::symlink(&config, place.join("etc/config.toml")).expect("a link");
            let owned = Command::new("chown").args(["-R", &format!("{OWNER}:{OWNER}")]).arg(&place).status();
            assert!(owned.expect("chown").success());
            for open in [place.clone(), place.join("etc"), place.join("etc/frontdesk"), place.join("run")] {
                std::fs::set_permissions(open, Permissions::from_mode(0o755)).expect("its mode");
            }
            std::fs::set_permissions(&config, Permissions::from_mode(0o644)).expect("its mode");
            install(&place);
            Self::served(place, Err(world))
        })
    }

    fn founded() -> Self {
        let folder = folder();
        let place = folder.path();
        for (name, owner, mode) in [("etc", OWNER, 0o755), ("run", OWNER, 0o755), ("data", OWNER, 0o700)] {
            std::fs::create_dir(place.join(name)).expect("a folder");
            chown(place.join(name), Some(owner), Some(owner)).expect("its owner");
            std::fs::set_permissions(place.join(name), Permissions::from_mode(mode)).expect("its mode");
        }
        std::fs::set_permissions(place, Permissions::from_mode(0o755)).expect("its mode");
        install(place);
        let port = free_port();
        let config = format!(
            "data_dir = {:?}\n[portal]\nbase_url = \"http://127.0.0.1:{port}\"\nlisten = \"127.0.0.1:{port}\"\n[admin]\nsocket = {:?}\n",
            place.join("data"),
            place.join("run/admin.sock"),
        );
        std::fs::write(place.join("etc/config.toml"), config).expect("a configuration");
        chown(place.join("etc/config.toml"), Some(OWNER), Some(OWNER)).expect("its owner");
        std::fs::set_permissions(place.join("etc/config.toml"), Permissions::from_mode(0o644)).expect("its mode");
        let base = format!("http://127.0.0.1:{port}");
        let well = |line: &str| {
            let said = command(place, OWNER, line).output().expect("the program");
            assert!(said.status.success(), "{line}: {}", String::from_utf8_lossy(&said.stderr));
        };
        let init = format!("init --data-dir {} --base-url {base}", place.join("data").display());
        for line in [
            init.as_str(),
            "group add nordkyl --name Nordkyl",
            "group add frost --name Frost",
            "customer add 1042 --name Brf -g nordkyl",
            "customer add 9001 --name Hemlig -g frost",
            "user create eva@brf.example --customer 1042 --name Eva -g nordkyl",
            "staff add adam --name Adam --grant admin -g nordkyl",
            "staff add rita --name Rita --grant accounts -g nordkyl",
            "staff add cron --name Cron --grant imports -g nordkyl",
            "staff add otto --name Otto --grant admin -g frost",
            "staff add gone --name Gone --grant admin -g nordkyl",
        ] {
            well(line);
        }
        for (login, uid, group) in [
            ("adam", ADAM, "nordkyl"),
            ("rita", RITA, "nordkyl"),
            ("cron", CRON, "nordkyl"),
            ("otto", OTTO, "frost"),
            ("gone", GONE, "nordkyl"),
        ] {
            well(&format!("staff bind {login} --uid {uid} -g {group}"));
        }
        well("staff disable gone --yes -g nordkyl");
        Self::served(place.to_path_buf(), Ok(folder))
    }

    fn served(place: PathBuf, folder: Result<TempDir, World>) -> Self {
        let mut server = command(&place, OWNER, "serve --no-mail");
        let server = server.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program");
        let office = Self { place, server, _folder: folder };
        let begun = Instant::now();
        while UnixStream::connect(office.socket()).is_err() {
            assert!(begun.elapsed() < PATIENCE, "the server does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        office
    }

    pub fn path(&self) -> &Path {
        &self.place
    }

    pub fn socket(&self) -> PathBuf {
        self.path().join("run/admin.sock")
    }

    /// A command of an operating-system user, not yet begun.
    pub fn command(&self, uid: u32, line: &str) -> Command {
        command(self.path(), uid, line)
    }

    /// What a command of an operating-system user said.
    pub fn run(&self, uid: u32, line: &str) -> Said {
        self.command(uid, line).output().map(Said::of).expect("the program")
    }

    /// The same with something on its standard input.
    pub fn run_with(&self, uid: u32, line: &str, stdin: &str) -> Said {
        let mut command = self.command(uid, line);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it");
        let mut input = child.stdin.take().expect("a pipe");
        // Whoever ends before he has read it all is no failure of the test.
        let _ = input.write_all(stdin.as_bytes());
        drop(input);
        child.wait_with_output().map(Said::of).expect("its end")
    }

    /// A file that everybody may read.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, text).expect("a file");
        std::fs::set_permissions(&path, Permissions::from_mode(0o644)).expect("its mode");
        path
    }

    /// How many customers nordkyl has, as its owner counts them.
    pub fn customers(&self) -> usize {
        let said = self.run(OWNER, "customer list -o id -g nordkyl").well();
        said.out.lines().count()
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        signal(&self.server, Signal::TERM);
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(15) {
            if self.server.try_wait().is_ok_and(|ended| ended.is_some()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Self { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    #[track_caller]
    pub fn well(self) -> Self {
        assert_eq!(self.status, Some(0), "{self:?}");
        self
    }

    #[track_caller]
    pub fn fails(self, status: i32, sentence: &str) -> Self {
        assert_eq!((self.status, self.out.as_str()), (Some(status), ""), "{self:?}");
        assert!(self.err.contains(sentence), "{sentence:?} is not in {self:?}");
        self
    }
}

/// Whether other users can be played here; a test that passes without having looked says so.
fn is_root() -> bool {
    let is_root = rustix::process::geteuid().is_root();
    if !is_root {
        let _ = writeln!(std::io::stderr(), "skipped: only root can play other users of this machine");
    }
    is_root
}

/// Puts the program where everybody can run it: where it was built, others may not be let in.
fn install(place: &Path) {
    std::fs::copy(env!("CARGO_BIN_EXE_frontdesk"), place.join("frontdesk")).expect("the program");
    std::fs::set_permissions(place.join("frontdesk"), Permissions::from_mode(0o755)).expect("its mode");
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|it| it.local_addr()).expect("a port").port()
}

/// Sends a signal to a child that is still ours.
pub fn signal(child: &Child, signal: Signal) {
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, signal);
    }
}

fn command(place: &Path, uid: u32, line: &str) -> Command {
    let id = uid.to_string();
    let mut command = Command::new("setpriv");
    command.args(["--reuid", &id, "--regid", &id, "--clear-groups", "--"]).arg(place.join("frontdesk"));
    command.args(crate::support::split(line)).current_dir("/").env_clear().env("PATH", "/usr/bin:/bin");
    command.env("FRONTDESK_CONFIG", place.join("etc/config.toml")).env("HOME", "/nonexistent").stdin(Stdio::null());
    command
}
