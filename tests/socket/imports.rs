//! Imports of a member of staff at the socket: files are the caller's, runs are everybody's who may import.

use std::fs::Permissions;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::office::{ADAM, CRON, OWNER, Office, RITA};

const FILE: &str = "customer_no,name\n3001,One\n3002,Two\n3003,Three\n3004,Four\n3005,Five\n3006,\n";

#[test]
fn a_run_is_reported_shown_and_taken_back_by_whoever_may_import() {
    let Some(office) = Office::open() else { return };
    let inbox = office.path().join("inbox");
    std::fs::create_dir(&inbox).expect("a folder");
    std::fs::set_permissions(&inbox, Permissions::from_mode(0o777)).expect("its mode");
    let (file, report) = (office.file("c.csv", FILE), inbox.join("r.json"));
    let rejects = inbox.join("rejects.csv");
    let import =
        format!("customer import {} --rejects {} --report {}", file.display(), rejects.display(), report.display());
    assert_eq!(office.run(CRON, &import).status, Some(65));
    let text = std::fs::read_to_string(&report).expect("a report");
    let told: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&told["run"], &told["error"]["exit"]), (&1.into(), &65.into()), "{told}");
    assert_eq!(std::os::unix::fs::MetadataExt::uid(&report.metadata().expect("a file")), CRON);
    let beside = std::fs::read_to_string(&rejects).expect("rejected rows");
    assert_eq!(office.run(CRON, "import rejects 1").well().out, beside);
    assert!(office.run(CRON, "import show 1").well().out.contains("customer.added"));
    for line in ["import show 1", "import rejects 1", "import undo 1 --yes"] {
        office.run(RITA, line).fails(77, "");
    }
    assert!(office.run(CRON, "import undo 1 --yes").well().err.contains("taken back by run 2"));
    office.run(ADAM, "customer show 3001").fails(3, "does not exist");
}

#[test]
fn the_turn_is_one_at_the_socket_and_at_the_machine() {
    let Some(office) = Office::open() else { return };
    let mut command = office.command(CRON, "customer import - -q");
    let mut first = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it");
    first.stdin.as_mut().expect("a pipe").write_all(b"customer_no,name\n3001,One\n").expect("half of it");
    let lock = office.path().join("data/import-1.lock");
    let until = Instant::now() + Duration::from_secs(60);
    while std::fs::read_to_string(&lock).unwrap_or_default().is_empty() {
        assert!(Instant::now() < until, "it never began");
        std::thread::sleep(Duration::from_millis(20));
    }
    let other = "customer_no,name\n3002,Two\n";
    office.run_with(ADAM, "customer import -", other).fails(75, "customer import of 'stdin' by cron since 20");
    office.run_with(OWNER, "customer import - -g nordkyl", other).fails(75, "by cron since 20");
    drop(first.stdin.take());
    assert!(first.wait().expect("its end").success());
    office.run_with(OWNER, "customer import - -g nordkyl", other).well();
    office.run_with(ADAM, "customer import -", &other.replace("3002", "3003")).well();
}
