//! A night as cron runs it: real processes without a terminal, and what cron would have mailed of them.

use std::process::{Command, Stdio};

use crate::outbox::office::towards;
use crate::support::World;
use crate::support::smtp::{Manner, SmtpServer};

/// The lines of the night, each with `-q`; cron mails what one of them says.
const NIGHT: [&str; 6] = [
    "-q customer import customers.csv --missing close --max-close 5%",
    "-q contact import contacts.csv",
    "-q --yes user invite --pending --rate 600/min",
    "-q backup create --keep 3",
    "-q mail send",
    "mail list --check --max-age 15m",
];

/// What one line came to: its exit status, and what cron would have mailed.
#[derive(Debug, PartialEq)]
struct Line {
    status: Option<i32>,
    mailed: String,
}

/// The machine at night: no terminal, nothing to read, an environment of four lines.
fn cron(world: &World, line: &str) -> Line {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command.args(crate::support::split(line)).current_dir(world.path()).env_clear().stdin(Stdio::null());
    command.env("HOME", world.path()).env("PATH", "/usr/bin:/bin").env("SHELL", "/bin/sh");
    command.env("FRONTDESK_CONFIG", world.path().join("etc/frontdesk/config.toml"));
    let said = command.output().expect("the program");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    Line { status: said.status.code(), mailed: text(&said.stdout) + &text(&said.stderr) }
}

fn night(world: &World) -> Vec<Line> {
    NIGHT.iter().map(|line| cron(world, line)).collect()
}

/// Forty customers as the old program writes them down each evening.
fn customers(change: impl Fn(usize) -> Option<String>) -> String {
    let rows: String = (0..40)
        .filter_map(|n| change(n).or_else(|| Some(format!("{};Kund {n};info{n}@kund.example\r\n", 1100 + n))))
        .collect();
    format!("\u{feff}Kundnr;Namn;E-post\r\n{rows}")
}

#[test]
fn a_good_night_says_nothing_and_a_bad_one_says_what_is_wrong() {
    let world = World::nordkyl_today();
    let server = SmtpServer::start(Manner::default());
    towards(&world, &server, server.port(), "");
    world.file("customers.csv", customers(|_| None));
    world.file("contacts.csv", "customer_no,name,email,invite,template\n");
    for line in night(&world) {
        assert_eq!(line, Line { status: Some(0), mailed: String::new() });
    }
    assert_eq!(server.deliveries().len(), 0);

    // The next evening three customers are called otherwise, and two people are to have an account.
    world.file(
        "customers.csv",
        customers(|n| (n < 3).then(|| format!("{};Kund {n} AB;info{n}@kund.example\r\n", 1100 + n))),
    );
    world.file(
        "contacts.csv",
        "customer_no,name,email,invite,template\n1100,Eva Lind,eva@kund.example,yes,standard\n\
         1101,Olle Ek,olle@kund.example,yes,standard\n1102,Ida Ny,ida@kund.example,,\n",
    );
    let lines = night(&world);
    for (command, line) in NIGHT.iter().zip(&lines) {
        assert_eq!(*line, Line { status: Some(0), mailed: String::new() }, "{command}");
    }
    let mut invited: Vec<String> = server.deliveries().into_iter().flat_map(|delivery| delivery.to).collect();
    invited.sort();
    assert_eq!(invited, ["eva@kund.example", "olle@kund.example"]);
    let runs = world.run("import log --json").well().json();
    let of = |noun: &str| runs.as_array().expect("runs").iter().filter(|run| run["noun"] == noun).count();
    assert_eq!((of("customer"), of("contact")), (2, 1), "{runs}");

    // And the night after, nothing is new: nothing is written, nobody is invited twice.
    let audit = world.run("audit list --json").well().out;
    for (command, line) in NIGHT.iter().zip(night(&world)) {
        assert_eq!(line, Line { status: Some(0), mailed: String::new() }, "{command}");
    }
    assert_eq!(server.deliveries().len(), 2);
    assert_eq!(world.run("import log --json").well().json(), runs);
    assert_eq!(world.run("audit list --json").well().out, audit);
    assert_eq!(world.run("backup list -o id").well().out.lines().count(), 3);

    // A broken row, a customer who is gone from the file, and a mail server that is away.
    let port = server.port();
    drop(server);
    world.run("user create nils@kund.example --customer 1103 --name Nils").well();
    world.file(
        "customers.csv",
        customers(|n| match n {
            7 => Some("1107;Kund 7;info7@åkes\r\n".into()),
            9 => Some(String::new()),
            _ => None,
        }),
    );
    let lines = night(&world);
    let said = |at: usize| (lines[at].status, lines[at].mailed.as_str());
    let (status, mailed) = said(0);
    assert_eq!(status, Some(65), "{mailed}");
    for words in ["line 9, column \"E-post\"", "info7@åkes", "1 of 39 rows were not taken", "customers.csv.rejects.csv"]
    {
        assert!(mailed.contains(words), "{words:?} is not in {mailed}");
    }
    for at in [1, 2, 3] {
        assert_eq!(said(at), (Some(0), ""), "{}", NIGHT[at]);
    }
    let (status, mailed) = said(4);
    assert_eq!(status, Some(69), "{mailed}");
    assert!(mailed.contains(&port.to_string()) || mailed.contains("localhost"), "{mailed}");
    let (status, mailed) = said(5);
    assert_eq!(status, Some(1), "{mailed}");
    // The one who is gone is closed, the one whose row is broken is not.
    let state = |number: u32| world.run(&format!("customer show {number} --json")).well().json()["status"].clone();
    assert_eq!((state(1109), state(1107)), ("closed".into(), "active".into()));
    // Three of forty are more than the fuse allows: nothing of that file is taken, and the next night says so.
    world.file("customers.csv", customers(|n| (20..23).contains(&n).then(String::new)));
    let line = cron(&world, NIGHT[0]);
    assert!(line.status.is_some_and(|status| status != 0) && line.mailed.contains("3 "), "{line:?}");
    assert_eq!(state(1120), "active");
}
