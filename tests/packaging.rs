//! What is shipped beside the program: units, proxies, the lines of cron, the Debian package. Each is tried by the program
//! that it is for, where that is installed.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::program::Program;
use crate::support::{World, folder, skipped};

/// No unit may leave more of the machine open than this, as `systemd-analyze security` counts it.
const EXPOSURE: f64 = 1.5;

/// Where the portal listens unless it is told otherwise, as the examples have it.
const USUAL: &str = "127.0.0.1:8780";

/// What customers of the test's portal type.
const HOST: &str = "portal.test";

fn packaging(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(packaging(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What a program says to some words, or nothing where it is not installed; a test that has not looked says so.
fn ask(program: &str, words: &[&str]) -> Option<Output> {
    match Command::new(program).args(words).env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").stdin(Stdio::null()).output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            skipped(program);
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_units_leave_little_of_the_machine_open() {
    for unit in ["frontdesk.service", "backup/frontdesk-backup.service"] {
        let path = packaging(unit);
        let words = ["security", "--offline=true", "--no-pager", path.to_str().expect("text")];
        let Some(output) = ask("systemd-analyze", &words) else { return };
        let said = said(&output);
        let level = said.split("Overall exposure level for").nth(1).and_then(|rest| rest.split_whitespace().nth(1));
        let level: f64 = level.and_then(|level| level.parse().ok()).unwrap_or_else(|| panic!("{unit}: {said}"));
        assert!(level <= EXPOSURE, "{unit} has {level}");
    }
}

#[test]
fn the_units_have_no_mistakes() {
    let units =
        ["frontdesk.service", "frontdesk.socket", "backup/frontdesk-backup.service", "backup/frontdesk-backup.timer"];
    let paths = units.map(|unit| packaging(unit).display().to_string());
    let words: Vec<&str> = ["verify"].into_iter().chain(paths.iter().map(String::as_str)).collect();
    let Some(output) = ask("systemd-analyze", &words) else { return };
    let said = said(&output);
    // The program is not where it will be.
    let about_us = |line: &&str| line.contains("frontdesk") && !line.contains("is not executable");
    let wrong: Vec<&str> = said.lines().filter(about_us).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_lines_of_cron_are_commands() {
    let lines = text("cron.example");
    let mut found = 0;
    for line in lines.lines().filter(|line| !line.starts_with('#') && line.contains(" frontdesk  ")) {
        let (_, command) =
            line.split_once(" frontdesk  frontdesk ").unwrap_or_else(|| panic!("no program in {line:?}"));
        let command = command.split('>').next().unwrap_or_default();
        let words = ["frontdesk"].into_iter().chain(command.split_whitespace());
        if let Err(error) = frontdesk::cli::definition().try_get_matches_from(words) {
            panic!("{line}: {error}");
        }
        found += 1;
    }
    assert!(found >= 5, "{found} lines");
}

/// The package would not be made if one of them were missing, and nobody makes it every day.
#[test]
fn everything_that_the_debian_package_holds_is_there() {
    let manifest = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).expect("Cargo.toml");
    let manifest: toml::Table = manifest.parse().expect("TOML");
    let deb = &manifest["package"]["metadata"]["deb"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for asset in deb["assets"].as_array().expect("a list") {
        let from = asset[0].as_str().expect("a path");
        match from.strip_prefix("man/*") {
            Some(ending) => {
                let pages = std::fs::read_dir(root.join("man")).expect("the folder man");
                let mut names = pages.map(|page| page.expect("a page").file_name().into_string().expect("text"));
                assert!(names.any(|name| name.ends_with(ending)), "{from}");
            }
            None => assert!(from.starts_with("target/") || root.join(from).is_file(), "{from}"),
        }
    }
    for script in ["deb.sh", "debian/postinst", "debian/prerm", "debian/postrm"] {
        let path = packaging(script);
        let output = ask("sh", &["-n", path.to_str().expect("text")]).expect("a shell");
        assert!(output.status.success(), "{script}: {}", said(&output));
    }
    let world = World::empty();
    world.run(&format!("config check {}", packaging("debian/config.toml").display())).well();
}

/// A proxy in front of a portal, each at a free port.
struct Proxied {
    proxy: Child,
    port: u16,
    _portal: Program,
    _world: World,
    _place: TempDir,
}

impl Proxied {
    /// Starts the portal and then the proxy; nothing where the proxy is not installed.
    fn start(name: &str, prepare: impl FnOnce(&Path, u16, &str) -> Vec<String>) -> Option<Self> {
        ask(name, &[if name == "caddy" { "version" } else { "-v" }])?;
        let world = World::nordkyl_today();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = port.local_addr().expect("an address");
        let ear = world.path().join("notify.sock");
        let portal = Program::managed(&world, port.into(), &ear, Duration::from_secs(60));
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|it| it.local_addr()).expect("a port").port();
        let place = folder();
        let words = prepare(place.path(), free, &address.to_string());
        let mut command = Command::new(name);
        command.args(words).env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("HOME", place.path());
        let quiet = command.current_dir(place.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let proxy = quiet.spawn().expect("the proxy");
        Some(Self { proxy, port: free, _portal: portal, _world: world, _place: place })
    }

    /// What comes back through it; as long as it starts, it is asked again.
    fn ask(&self, request: &str, body: &[u8]) -> String {
        let begun = Instant::now();
        loop {
            let answer = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).and_then(|mut stream| {
                stream.set_read_timeout(Some(Duration::from_secs(30)))?;
                stream.write_all(request.as_bytes())?;
                // Whoever refuses it unread closes the way in.
                let _ = stream.write_all(body);
                let mut answer = Vec::new();
                stream.read_to_end(&mut answer)?;
                Ok(String::from_utf8_lossy(&answer).into_owned())
            });
            match answer {
                Ok(answer) if !answer.contains(" 502 ") => return answer,
                other => assert!(begun.elapsed() < Duration::from_secs(60), "{other:?}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn carries_the_portal(&self) {
        let get = |path: &str| {
            self.ask(&format!("GET {path} HTTP/1.1\r\nHost: portal.test\r\nConnection: close\r\n\r\n"), b"")
        };
        let healthy = get("/healthz");
        assert!(healthy.starts_with("HTTP/1.1 200 "), "{healthy}");
        let login = get("/g/nordkyl/");
        assert!(login.starts_with("HTTP/1.1 200 ") && login.contains("Nordkyl AB"), "{login}");
        // The largest form that is taken has 126 MB, as the comment in the example says; more is refused unread.
        let large = self.ask(
            "POST /g/nordkyl/login HTTP/1.1\r\nHost: portal.test\r\nContent-Length: 140000000\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n",
            &vec![b'a'; 2_000_000],
        );
        assert!(large.starts_with("HTTP/1.1 413 "), "{large}");
    }
}

impl Drop for Proxied {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.proxy.kill();
        let _ = self.proxy.wait();
    }
}

#[test]
fn nginx_carries_the_portal() {
    let proxied = Proxied::start("nginx", |place, port, portal| {
        let key = rcgen::generate_simple_self_signed([HOST.to_owned()]).expect("a certificate");
        std::fs::write(place.join("cert.pem"), key.cert.pem()).expect("written");
        std::fs::write(place.join("key.pem"), key.signing_key.serialize_pem()).expect("written");
        // Its own ports and files; TLS is left out where the test itself would have to speak it.
        let site = text("nginx.conf")
            .replace("    listen 80;\n    listen [::]:80;\n", "    listen unix:redirect.sock;\n")
            .replace("    listen [::]:443 ssl http2;\n", "    listen unix:tls.sock ssl http2;\n")
            .replace("listen 443 ssl http2;", &format!("listen 127.0.0.1:{port};"))
            .replace("/etc/ssl/certs/portal.example.com.pem", &place.join("cert.pem").display().to_string())
            .replace("/etc/ssl/private/portal.example.com.key", &place.join("key.pem").display().to_string())
            .replace("portal.example.com", HOST)
            .replace(USUAL, portal);
        assert!(site.contains(portal) && !site.contains("[::]"), "{site}");
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {};\n", place.join(kind).display()))
            .concat();
        let whole = format!(
            "daemon off;\nmaster_process off;\npid {0}/pid;\nerror_log {0}/error.log;\nevents {{}}\n\
             http {{\naccess_log off;\n{temporary}{site}}}\n",
            place.display()
        );
        std::fs::write(place.join("nginx.conf"), whole).expect("written");
        ["-p", ".", "-c", "nginx.conf"].map(String::from).to_vec()
    });
    if let Some(proxied) = proxied {
        proxied.carries_the_portal();
    }
}

#[test]
fn caddy_carries_the_portal() {
    let proxied = Proxied::start("caddy", |place, port, portal| {
        let site = text("Caddyfile");
        let site = site.replace("portal.example.com {", &format!("http://{HOST}:{port} {{"));
        let site = format!("{{\n\tadmin off\n\tauto_https off\n}}\n{}", site.replace(USUAL, portal));
        assert!(site.contains(portal) && site.contains(&format!("http://{HOST}:{port}")), "{site}");
        std::fs::write(place.join("Caddyfile"), site).expect("written");
        ["run", "--config", "Caddyfile", "--adapter", "caddyfile"].map(String::from).to_vec()
    });
    if let Some(proxied) = proxied {
        proxied.carries_the_portal();
    }
}
