//! Callers that stop, die, or close their ears in the middle: the server goes on, and nobody else is held up.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::office::{ADAM, Office, RITA, signal};

/// Others are served at once; a caller in trouble has seconds to fail.
const AT_ONCE: Duration = Duration::from_secs(20);

#[track_caller]
fn others_go_on(office: &Office, number: u32) {
    let begun = Instant::now();
    office.run(ADAM, &format!("customer add {number} --name Other")).well();
    office.run(RITA, "customer list -o id").well();
    assert!(begun.elapsed() < AT_ONCE, "others waited {:?}", begun.elapsed());
}

fn rows(first: u32, count: u32) -> String {
    let rows: String = (first..first + count).map(|n| format!("{n},Customer {n}\n")).collect();
    format!("customer_no,name\n{rows}")
}

#[test]
fn a_caller_who_stops_holds_nobody_up() {
    let Some(office) = Office::open() else { return };
    // In the middle of what he says.
    let mut command = office.command(ADAM, "customer import - -q");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(rows(5000, 100).as_bytes()).expect("half of it");
    std::thread::sleep(Duration::from_millis(300));
    others_go_on(&office, 1043);
    signal(&child, Signal::STOP);
    others_go_on(&office, 1044);
    signal(&child, Signal::CONT);
    drop(input);
    assert!(child.wait().expect("its end").success());
    assert_eq!(office.customers(), 3 + 100);
    // In the middle of what he is told: his pipe is full, and nobody reads it.
    let file = office.file("many.csv", &rows(10_000, 20_000));
    office.run(ADAM, &format!("customer import {} -q", file.display())).well();
    let mut deaf = office.command(ADAM, "customer list --json");
    let mut deaf = deaf.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it");
    std::thread::sleep(Duration::from_millis(500));
    others_go_on(&office, 1045);
    signal(&deaf, Signal::STOP);
    others_go_on(&office, 1046);
    signal(&deaf, Signal::CONT);
    let mut all = String::new();
    deaf.stdout.take().expect("a pipe").read_to_string(&mut all).expect("the rest");
    assert!(deaf.wait().expect("its end").success() && all.trim_end().ends_with(']'));
}

#[test]
fn a_caller_who_dies_leaves_a_command_done_or_not_done() {
    let Some(office) = Office::open() else { return };
    for (at, wait) in [0, 5, 20, 60, 150, 400].into_iter().enumerate() {
        let first = 20_000 + 10_000 * u32::try_from(at).expect("few");
        let file = office.file(&format!("{first}.csv"), &rows(first, 2_000));
        let before = office.customers();
        let mut command = office.command(ADAM, &format!("customer import {} -q", file.display()));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it");
        std::thread::sleep(Duration::from_millis(wait));
        signal(&child, Signal::KILL);
        let _ = child.wait();
        others_go_on(&office, 2_000 + u32::try_from(at).expect("few"));
        // What was begun may still come to its end.
        let begun = Instant::now();
        loop {
            let now = office.customers();
            assert!(now == before + 1 || now == before + 1 + 2_000, "after {wait} ms: half of it: {before} and {now}");
            if begun.elapsed() > Duration::from_millis(500) {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

#[test]
fn closed_and_full_streams_are_the_callers_own() {
    let Some(office) = Office::open() else { return };
    let sh = |line: &str| {
        let (program, id) = (office.path().join("frontdesk"), ADAM.to_string());
        let mut command = Command::new("setpriv");
        command.args(["--reuid", &id, "--regid", &id, "--clear-groups", "--", "/bin/sh", "-c"]);
        command.arg(line.replace("frontdesk", &program.display().to_string())).current_dir("/").env_clear();
        command.env("PATH", "/usr/bin:/bin").env("FRONTDESK_CONFIG", office.path().join("etc/config.toml"));
        command.stdin(Stdio::null()).output().expect("a shell").status.code()
    };
    office.run(ADAM, "customer add 1043 --name Two").well();
    assert_eq!(sh("frontdesk customer list > /dev/full"), Some(73));
    assert_eq!(sh("frontdesk customer list --json | head -c 1 > /dev/null"), Some(0));
    assert!(sh("frontdesk customer list >&-").is_some());
    assert_eq!(sh("frontdesk customer add 1044 --name Three 2>&-"), Some(0));
    assert_eq!(sh("frontdesk customer add 1045 --name Four > /dev/full 2>&1"), Some(0));
    assert_eq!(sh("frontdesk customer import - <&-").map(|status| status != 0), Some(true));
    others_go_on(&office, 1046);
    assert_eq!(office.customers(), 5);
}

#[test]
fn so_many_at_once_and_no_more() {
    let Some(office) = Office::open() else { return };
    let mut waiting: Vec<_> = (0..8)
        .map(|_| {
            let mut command = office.command(ADAM, "customer import - --dry-run -q");
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it")
        })
        .collect();
    std::thread::sleep(Duration::from_millis(1500));
    office.run(ADAM, "customer list").fails(75, "too many commands run at this moment");
    office.run(RITA, "customer list").well();
    for child in &mut waiting {
        drop(child.stdin.take());
        let _ = child.wait();
    }
    office.run(ADAM, "customer list").well();
}

#[test]
fn a_question_is_asked_where_the_caller_sits() {
    let Some(office) = Office::open() else { return };
    for (answer, heard) in [("no", "not confirmed; nothing was changed"), ("1042", "deleted customer 1042")] {
        let mut command = office.command(ADAM, "customer delete 1042 --color never");
        command.stdin(Stdio::inherit());
        let mut seat = rexpect::session::spawn_command(command, Some(30_000)).expect("a terminal");
        seat.exp_string("Type 1042 to go on: ").expect("a question");
        // Whoever thinks it over holds nobody up.
        others_go_on(&office, if answer == "no" { 1043 } else { 1044 });
        seat.send_line(answer).expect("an answer");
        seat.exp_string(heard).expect("an end");
    }
}
