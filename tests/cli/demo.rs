//! The demo as a person starts it: the program itself, on a port, until a signal ends it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::support::{World, folder};

/// Long enough for a slow machine that hashes in a development build.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running demo, which does not outlive its test.
struct Running {
    child: Child,
    place: TempDir,
}

impl Running {
    /// Starts it in an empty folder, with its temporary files in another one.
    fn start(arguments: &[&str]) -> Self {
        let place = folder();
        for name in ["empty", "temporary"] {
            std::fs::create_dir(place.path().join(name)).expect("a folder");
        }
        let child = Command::new(env!("CARGO_BIN_EXE_frontdesk"))
            .arg("demo")
            .args(arguments)
            .current_dir(place.path().join("empty"))
            .env_clear()
            .env("HOME", place.path().join("empty"))
            .env("TMPDIR", place.path().join("temporary"))
            // What is configured on this machine does not matter.
            .env("FRONTDESK_CONFIG", place.path().join("missing.toml"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        Self { child, place }
    }

    /// The answer up to the line in which some words stand.
    fn hears(&mut self, words: &str) -> String {
        let mut heard = String::new();
        let mut lines = BufReader::new(self.child.stdout.as_mut().expect("a pipe"));
        while !heard.contains(words) {
            assert!(lines.read_line(&mut heard).expect("text") > 0, "it ended with: {heard}");
        }
        heard
    }

    /// Sends a signal, waits for the end, and gives the talk.
    fn ends_at(&mut self, signal: Signal) -> String {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).expect("a process")).expect("a process");
        kill_process(pid, signal).expect("a signal");
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a process") {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        };
        assert_eq!(status.code(), Some(0));
        let mut talk = String::new();
        self.child.stderr.take().expect("a pipe").read_to_string(&mut talk).expect("text");
        talk
    }

    fn entries(&self, name: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.place.path().join(name)).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already, unless the test failed before.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The head and body that a page answers with.
fn page(url: &str) -> String {
    let (host, path) = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("an address");
    let mut line = TcpStream::connect(host).expect("a connection");
    line.set_read_timeout(Some(PATIENCE)).expect("a limit");
    write!(line, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    line.read_to_string(&mut answer).expect("text");
    answer
}

#[test]
fn the_demo_prints_who_can_sign_in_answers_and_leaves_nothing() {
    let mut demo = Running::start(&[]);
    let said = demo.hears("sees only what stands outside the facilities");
    for email in ["eva@brf.example", "ola@brf.example", "sam@ica.example", "birgitta@brf.example"] {
        let line = said.lines().find(|line| line.contains(email)).unwrap_or_else(|| panic!("{email} is not in {said}"));
        let password = line.split_whitespace().nth(1).expect("a password");
        assert_eq!(password.split('-').count(), 5, "{line}");
    }
    let url = said.lines().map(str::trim).find(|line| line.starts_with("http://127.0.0.1:")).expect("an address");
    let login = page(url);
    assert!(login.starts_with("HTTP/1.1 200") && login.contains("Nordkyl AB"), "{login}");
    assert!(demo.entries("temporary").iter().any(|name| name.starts_with("frontdesk-demo-")));
    let talk = demo.ends_at(Signal::INT);
    assert!(talk.contains("Ctrl-C ends it and removes everything."), "{talk}");
    assert_eq!(demo.entries("temporary"), Vec::<String>::new());
    assert_eq!(demo.entries("empty"), Vec::<String>::new());
}

#[test]
fn scripts_get_the_same_at_once_as_data() {
    let mut demo = Running::start(&["-o", "jsonl", "--lang", "sv"]);
    let facts: serde_json::Value = serde_json::from_str(&demo.hears("\n")).expect("JSON");
    let url = facts["url"].as_str().expect("an address");
    assert!(page(url).contains("lang=\"sv\""), "{url}");
    let mails = Path::new(facts["mail_dir"].as_str().expect("a folder"));
    let begun = Instant::now();
    let is_written = || std::fs::read_dir(mails).is_ok_and(|mut all| all.next().is_some());
    while !is_written() {
        assert!(begun.elapsed() < PATIENCE, "no mail is written");
        std::thread::sleep(Duration::from_millis(20));
    }
    let accounts = facts["accounts"].as_array().expect("accounts");
    assert_eq!(accounts.len(), 4);
    assert!(accounts.iter().all(|one| one["password"].is_string() && one["sees"].is_string()), "{facts}");
    demo.ends_at(Signal::TERM);
    assert_eq!(demo.entries("temporary"), Vec::<String>::new());
}

#[test]
fn others_on_the_network_stay_outside() {
    World::empty().run("demo --listen 0.0.0.0:0").fails(2, "the demo does not listen on 0.0.0.0:0");
}
