//! Attempts to be somebody else.

use std::fs::Permissions;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::office::{ADAM, NILS, OWNER, Office, RITA};

#[test]
fn nothing_but_the_kernel_says_who_somebody_is() {
    let Some(office) = Office::open() else { return };
    let add = "customer add 6666 --name Mine";
    // The environment.
    let mut command = office.command(RITA, add);
    for name in ["USER", "LOGNAME", "SUDO_USER", "FRONTDESK_USER", "FRONTDESK_LOGIN", "FRONTDESK_ACTOR"] {
        command.env(name, "adam");
    }
    for name in ["SUDO_UID", "UID", "EUID", "FRONTDESK_UID"] {
        command.env(name, ADAM.to_string());
    }
    assert_eq!(command.output().expect("the program").status.code(), Some(77));
    // Flags.
    for flag in ["--as adam", "--uid 64001", "--login adam", "--user adam"] {
        assert_eq!(office.run(RITA, &format!("{add} {flag}")).status, Some(2), "{flag}");
    }
    // A configuration of one's own, which reaches no data of others.
    let data = office.path().join("data");
    assert_eq!(office.run(RITA, &format!("{add} --data-dir {}", data.display())).status, Some(77));
    let own = office.file(
        "own.toml",
        &format!("data_dir = {data:?}\ngroup = \"frost\"\n[admin]\nsocket = {:?}\n", office.socket()),
    );
    assert_eq!(office.run(RITA, &format!("{add} --config {}", own.display())).status, Some(77));
    assert_eq!(office.run(RITA, &format!("customer list -g frost --config {}", own.display())).status, Some(77));
    assert_eq!(office.customers(), 1);
}

#[test]
fn a_client_of_ones_own_says_what_it_likes() {
    let Some(office) = Office::open() else { return };
    // Sent by root, who is no member of staff: only the kernel is believed.
    let words = r#"["frontdesk","customer","add","6666","--name","Mine"]"#;
    let more =
        r#""environment":[["FRONTDESK_UID","64001"]],"terminals":[false,false,false],"width":null,"directory":"/""#;
    let version = env!("CARGO_PKG_VERSION");
    for hello in [
        format!(r#"{{"version":"{version}","words":{words},{more}}}"#),
        format!(r#"{{"version":"{version}","words":{words},"uid":64001,"login":"adam","actor":"owner",{more}}}"#),
    ] {
        let (status, said) = spoken(&office, &[b"H", &length(hello.len())[..], hello.as_bytes()].concat());
        assert_eq!(status, Some(77), "{said}");
        assert!(said.contains("uid 0 is no member of staff"), "{said}");
    }
    for odd in [
        b"".to_vec(),
        b"H".to_vec(),
        b"H\xff\xff\xff\xff".to_vec(),
        b"H\0\0\0\x02{}".to_vec(),
        b"X\0\0\0\x01\0".to_vec(),
        [b"H", &length(60_000)[..], &vec![b'{'; 60_000]].concat(),
        b"GET / HTTP/1.1\r\n\r\n".to_vec(),
    ] {
        let (status, said) = spoken(&office, &odd);
        assert_eq!((status, said.as_str()), (None, ""), "{odd:?}");
    }
    assert_eq!(office.customers(), 1);
    office.run(ADAM, "customer list").well();
}

fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).expect("short").to_be_bytes()
}

/// What the server answers to these bytes: the exit status, and all that it said.
fn spoken(office: &Office, bytes: &[u8]) -> (Option<u8>, String) {
    let mut stream = UnixStream::connect(office.socket()).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
    // The server may have gone away before all was said.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let (mut said, mut head) = (String::new(), [0; 5]);
    while stream.read_exact(&mut head).is_ok() {
        let mut body = vec![0; u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize];
        stream.read_exact(&mut body).expect("a whole piece");
        if head[0] == b'X' {
            return (body.first().copied(), said);
        }
        said.push_str(&String::from_utf8_lossy(&body));
        // It is answered that it was heard; the server may be gone already.
        let _ = stream.write_all(b"Y\0\0\0\0");
    }
    (None, said)
}

#[test]
fn a_user_namespace_makes_nobody_root() {
    let Some(office) = Office::open() else { return };
    let program = office.path().join("frontdesk");
    let mut command = Command::new("setpriv");
    let id = NILS.to_string();
    command.args([
        "--reuid",
        &id,
        "--regid",
        &id,
        "--clear-groups",
        "--",
        "unshare",
        "--user",
        "--map-root-user",
        "--",
    ]);
    command.arg(&program).args(["customer", "add", "6666", "--name", "Mine"]).current_dir("/").env_clear();
    command.env("PATH", "/usr/bin:/bin").env("FRONTDESK_CONFIG", office.path().join("etc/config.toml"));
    let said = command.output().expect("unshare");
    let talk = String::from_utf8_lossy(&said.stderr);
    // Where such namespaces are forbidden, it does not come so far.
    assert!(!said.status.success(), "{talk}");
    assert_eq!(office.customers(), 1, "{talk}");
}

/// Listens, takes one caller, and says what he said.
const TRAP: &str = "use Socket; $| = 1; alarm 30; socket(S, AF_UNIX, SOCK_STREAM, 0) or die; \
    bind(S, sockaddr_un($ARGV[0])) or die; listen(S, 1) or die; print \"on\\n\"; accept(C, S); sysread(C, $b, 4000); \
    print \"[$b]\"";

#[test]
fn a_socket_of_somebody_else_gets_no_commands() {
    let Some(office) = Office::open() else { return };
    let trap = office.path().join("trap");
    std::fs::create_dir(&trap).expect("a folder");
    std::fs::set_permissions(&trap, Permissions::from_mode(0o777)).expect("its mode");
    // Nils listens where others are led to, by a configuration or by a link.
    let listener = Command::new("setpriv")
        .args([
            "--reuid",
            &NILS.to_string(),
            "--regid",
            &NILS.to_string(),
            "--clear-groups",
            "--",
            "/usr/bin/perl",
            "-e",
        ])
        .arg(TRAP)
        .arg(trap.join("admin.sock"))
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut listener) = listener else { return };
    let mut said = [0; 3];
    listener.stdout.as_mut().expect("a pipe").read_exact(&mut said).expect("it listens");
    std::fs::set_permissions(trap.join("admin.sock"), Permissions::from_mode(0o777)).expect("its mode");
    let link = office.path().join("link.sock");
    std::os::unix::fs::symlink(trap.join("admin.sock"), &link).expect("a link");
    let config =
        office.file("trap.toml", &format!("data_dir = {:?}\n[admin]\nsocket = {link:?}\n", office.path().join("data")));
    let line = format!("user create secret@brf.example --customer 1042 --name S --config {}", config.display());
    office.run(ADAM, &line).fails(77, &format!("is run by uid {NILS}, who does not own the data"));
    let heard = listener.wait_with_output().expect("its end");
    assert_eq!(String::from_utf8_lossy(&heard.stdout), "[]", "it heard something");
    // And the true one is in a folder where nobody else can put another.
    let run = std::fs::metadata(office.path().join("run")).expect("a folder");
    assert_eq!(run.permissions().mode() & 0o022, 0);
}

#[test]
fn the_file_itself_is_closed_to_everybody_else() {
    let Some(office) = Office::open() else { return };
    for name in ["frontdesk.db", "frontdesk.db-wal", "key", "."] {
        let path = office.path().join("data").join(name);
        let read = Command::new("setpriv")
            .args(["--reuid", &ADAM.to_string(), "--regid", &ADAM.to_string(), "--clear-groups", "--", "cat"])
            .arg(&path)
            .output()
            .expect("cat");
        assert!(!read.status.success() && read.stdout.is_empty(), "{}", path.display());
    }
    let data = std::fs::metadata(office.path().join("data")).expect("a folder");
    assert_eq!(data.permissions().mode() & 0o077, 0);
    // The owner owns it: that is what owning means, and the manual says so.
    office.run(OWNER, "customer list -g nordkyl").well();
}
