//! A command of somebody who gives it at the socket, beside the same command of the owner at the machine itself.

use std::fs::Permissions;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::house::House;
use crate::ratio::{Limit, Report, Times, say};

const ROUNDS: usize = 60;

/// A member of staff, as a user of this machine.
const ADAM: &str = "64001";

/// Measures commands that read and that write, by both ways, from processes that begin alike.
pub fn measure(report: &mut Report) -> Result<()> {
    if !rustix::process::geteuid().is_root() {
        say("socket: left out, because only root can play other users of this machine");
        return Ok(());
    }
    say("socket: one command, at the machine itself and through the server");
    let house = House::new()?;
    house.run(&["customer", "add", "1042", "--name", "Brf Fröjden"])?;
    house.run(&["staff", "add", "adam", "--name", "Adam", "--grant", "admin", "--uid", ADAM])?;
    let config = house.path("admin.toml");
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let data = house.database().parent().map(Path::to_path_buf).unwrap_or_default();
    let text = format!(
        "data_dir = {data:?}\n[portal]\nlisten = \"127.0.0.1:{port}\"\n[admin]\nsocket = {:?}\n",
        house.path("admin.sock")
    );
    std::fs::write(&config, text)?;
    let program = house.path("frontdesk");
    std::fs::copy(env!("CARGO_BIN_EXE_frontdesk"), &program)?;
    for (path, mode) in [(house.path(""), 0o755), (config.clone(), 0o644), (program.clone(), 0o755)] {
        std::fs::set_permissions(path, Permissions::from_mode(mode))?;
    }
    let _server = Server::start(&program, &config, &house.path("admin.sock"))?;
    let run = |uid: &str, words: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", uid, "--regid", uid, "--clear-groups", "--"]).arg(&program).args(words);
        let ended =
            quiet(command.env_clear().env("PATH", "/usr/bin:/bin").env("FRONTDESK_CONFIG", &config)).status()?;
        ensure!(ended.success(), "{words:?} of {uid} ended with {ended}");
        Ok(())
    };
    let [mut list, mut own_list] = [Times::default(), Times::default()];
    let [mut add, mut own_add] = [Times::default(), Times::default()];
    for round in 0..ROUNDS {
        let [number, own] = ["S", "D"].map(|way| format!("{way}{round}"));
        list.take(|| run(ADAM, &["customer", "list"]))?;
        own_list.take(|| run("0", &["customer", "list"]))?;
        add.take(|| run(ADAM, &["customer", "add", &number, "--name", "Somebody"]))?;
        own_add.take(|| run("0", &["customer", "add", &own, "--name", "Somebody"]))?;
    }
    report.pair("customer list at the socket", (list, own_list), Limit::Ratio(2.0));
    report.pair("customer add at the socket", (add, own_add), Limit::Ratio(2.0));
    Ok(())
}

/// A server that ends with the measurement.
struct Server(Child);

impl Server {
    fn start(program: &Path, config: &Path, socket: &PathBuf) -> Result<Self> {
        let mut command = Command::new(program);
        let server = Self(quiet(command.args(["serve", "--no-mail", "--config"]).arg(config)).spawn()?);
        let begun = Instant::now();
        while UnixStream::connect(socket).is_err() {
            ensure!(begun.elapsed() < Duration::from_secs(30), "the server does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It holds nothing that must be saved: the folder goes with it.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}
