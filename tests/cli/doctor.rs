//! `doctor`: nothing to say of a sound installation, and the next step for each thing that is not right.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::smtp::{Certificate, Manner, SmtpServer};
use crate::support::{Said, World};

fn database(world: &World, sql: &str) {
    let path = world.path().join("frontdesk-data/frontdesk.db");
    rusqlite::Connection::open(path).expect("the database").execute_batch(sql).expect("SQL");
}

fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a mode");
}

fn eva() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    world.run("user create eva@brf.example --customer 1042 --name Eva --template standard --all-facilities").well();
    world.run("mail send").well();
    world
}

/// The state and the words of a check, as a program reads them.
#[track_caller]
fn check(said: &Said, name: &str) -> (String, String) {
    let whole: serde_json::Value = match said.status {
        0 => said.json(),
        _ => {
            serde_json::from_str::<serde_json::Value>(&said.err).expect("an error")["error"]["report"]["checks"].clone()
        }
    };
    let worst = ["wrong", "warning", "ok"].into_iter().find_map(|state| {
        whole.as_array().expect("checks").iter().find(|row| row["check"] == name && row["state"] == state)
    });
    let row = worst.unwrap_or_else(|| panic!("no check of {name} in {said:?}"));
    assert_eq!(row["state"] == "ok", row["tip"].is_null(), "what is not right has a next step: {row}");
    (row["state"].as_str().expect("a state").into(), row["found"].as_str().expect("words").into())
}

#[test]
fn a_sound_installation_is_well() {
    let world = eva();
    world.run("backup create").well();
    let said = world.run("doctor --json").well();
    for name in [
        "configuration",
        "log",
        "settings",
        "backup",
        "data directory",
        "key file",
        "database file",
        "database",
        "disk",
        "clock",
        "documents",
        "mail",
        "permissions",
        "scope",
        "addresses",
        "bounces",
        "received",
    ] {
        let (state, found) = check(&said, name);
        // How full this machine's own disk is does not count here.
        assert!(state == "ok" || name == "disk", "{name}: {found}");
    }
    let table = world.run("doctor").well();
    assert!(table.out.starts_with("CHECK ") && table.err.is_empty(), "{table:?}");
    // Several groups have their own lines; one can be named.
    world.run("group add sur --name Sur").well();
    let groups = world.run("doctor -o csv --fields group --where check=mail").well().out;
    assert_eq!(groups, "group\nnordkyl\nsur\n");
    assert_eq!(world.run("doctor -g sur -o csv --fields group --where check=mail").well().out, "group\nsur\n");
}

#[test]
fn what_others_can_read_is_wrong_and_can_be_closed() {
    let world = eva();
    let data = world.path().join("frontdesk-data");
    mode(&data, 0o755);
    mode(&data.join("frontdesk.db"), 0o640);
    let said = world.run("doctor --json").fails(1, "\"code\":\"found\"");
    assert_eq!(check(&said, "data directory").0, "wrong");
    assert!(check(&said, "database file").1.ends_with("can be read or written by others (mode 0640)"));
    mode(&data.join("key"), 0o644);
    let said = world.run("doctor").fails(1, "checks found something wrong");
    assert!(said.err.contains("wrong") && said.err.contains("chmod 600"), "{said:?}");
    let fixed = world.run("doctor --fix --json").well();
    assert!(check(&fixed, "key file").1.ends_with("(mode 0644): closed, it is 0600 now"));
    let is = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!((is(&data), is(&data.join("key")), is(&data.join("frontdesk.db"))), (0o700, 0o600, 0o600));
    world.run("doctor").well();
}

#[test]
fn what_is_missing_or_impossible_is_wrong() {
    let world = eva();
    world.file("drawing.pdf", "%PDF-1.7 a drawing");
    world.run("document add drawing.pdf --customer 1042").well();
    world.run("doctor").well();
    let files = world.path().join("frontdesk-data/files");
    std::fs::rename(&files, world.path().join("elsewhere")).expect("moved");
    let said = world.run("doctor --json").fails(1, "the bytes of 1 documents are missing");
    assert_eq!(check(&said, "documents").0, "wrong");
    std::fs::rename(world.path().join("elsewhere"), &files).expect("moved back");

    world.clock.advance(-3_600);
    world.run("doctor").fails(1, "clock: it is 2026-11-22T07:02:00Z, and something was done at 2026-11-22T08:02:00Z");
    world.clock.advance(3_600);
    world.run("doctor").well();

    // A reference that is broken, behind the program's back.
    database(&world, "PRAGMA foreign_keys = OFF; DELETE FROM customers;");
    world.run("doctor").fails(1, "database: damaged: a reference is broken in ");

    let gone = world.path().join("frontdesk-data/frontdesk.db");
    std::fs::rename(&gone, world.path().join("gone.db")).expect("moved");
    let said = world.run("doctor --json").fails(1, "found");
    assert_eq!(check(&said, "database").0, "wrong");
    assert!(!gone.exists(), "looking makes no database");
}

#[test]
fn backups_are_missed_and_what_lies_about_is_told() {
    let world = eva();
    let backups = world.path().join("frontdesk-data/backups");
    let found = |world: &World| check(&world.run("doctor --json").well(), "backup");
    assert_eq!(found(&world).0, "warning");
    assert!(found(&world).1.starts_with("there is none in "));
    world.run("backup create").well();
    let (state, words) = found(&world);
    assert_eq!(state, "ok");
    assert_eq!(words, "the newest of 1 is 20261122T080200Z, less than a day old, on the disk of the data itself");
    world.clock.advance(2 * 86_400);
    assert_eq!(found(&world).0, "ok");
    world.clock.advance(1);
    let (state, words) = found(&world);
    assert_eq!((state.as_str(), words.contains("2 days old")), ("warning", true), "{words}");
    let config = std::fs::read_to_string(world.path().join("etc/frontdesk/config.toml")).expect("a file");
    world.file("patient.toml", format!("{config}\n[backup]\nwarn_after_days = 0\n"));
    assert_eq!(check(&world.run("doctor --json --config patient.toml").well(), "backup").0, "ok");
    // What is damaged is known once somebody looked.
    world.run("backup create").well();
    let key = backups.join("20261122T080200Z/key");
    std::fs::write(&key, "x").expect("spoiled");
    world.run("backup verify 20261122T080200Z").fails(65, "key has 1 bytes instead of 65");
    assert_eq!(found(&world), ("warning".into(), "20261122T080200Z is damaged".into()));
    // What killed ones left goes with --fix, and nothing that somebody works on.
    let left = [backups.join(".making-20261122T080200Z"), world.path().join("frontdesk-data/restoring")];
    left.iter().for_each(|folder| std::fs::create_dir(folder).expect("a folder"));
    let (state, words) = check(&world.run("doctor --json").well(), "leftovers");
    assert_eq!(state, "warning");
    assert!(words.starts_with("a restore that was killed") || words.starts_with("a killed backup left 1"), "{words}");
    let lock = std::fs::File::open(&backups).expect("a folder");
    lock.lock().expect("locked");
    world.run("doctor --fix").well();
    assert!(left[0].exists() && !left[1].exists());
    drop(lock);
    world.run("doctor --fix").well();
    assert!(!left[0].exists());
    // A configuration that others can change.
    let file = world.path().join("etc/frontdesk/config.toml");
    mode(&file, 0o666);
    assert_eq!(check(&world.run("doctor --json").well(), "configuration").0, "warning");
    mode(&file, 0o600);
    // States from before are kept, and told of as long as they are there.
    world.run("backup create").well();
    world.run("backup restore 20261124T080201Z --confirm 20261124T080201Z").well();
    let (state, words) = check(&world.run("doctor --json").well(), "earlier states");
    assert!(state == "ok" && words.contains("before-restore-20261124T080201Z"), "{words}");
    let years = world.run_in(&["doctor", "--json"], "", |io| {
        io.clock = frontdesk::clock::Clock::standing_at(frontdesk::clock::Clock::system().now().plus(40 * 86_400));
    });
    assert_eq!(check(&years.well(), "earlier states").0, "warning");
    let draft = world.file("frontdesk-data/.upgrade-x.db", "");
    let later = |line: &[&str]| {
        world.run_in(line, "", |io| {
            io.clock = frontdesk::clock::Clock::standing_at(frontdesk::clock::Clock::system().now().plus(7_200));
        })
    };
    assert_eq!(check(&later(&["doctor", "--json"]).well(), "leftovers").0, "warning");
    later(&["doctor", "--fix"]).well();
    assert!(!draft.exists());
}

#[test]
fn people_who_cannot_do_anything_are_warned_of() {
    let world = eva();
    world.run("user create ola@brf.example --customer 1042 --name Ola").well();
    world.run("user create bo@brf.example --customer 1042 --name Bo --template viewer").well();
    world.run("user create off@brf.example --customer 1042 --name Off").well();
    world.run("user disable off@brf.example --yes").well();
    world.run("staff add stig --name Stig").well();
    database(
        &world,
        // Kept from a time when nobody was refused for it.
        "UPDATE staff SET email = 'eva@brf.example' WHERE login = 'stig';
         INSERT INTO bounces (group_id, email, at, why) VALUES (1, 'old@brf.example', '2026-11-20T08:00:00Z', '550');
         INSERT INTO received (group_id, fingerprint, sender, subject, outcome, at)
         VALUES (1, 'a', 'odd@brf.example', 'x', 'doubtful', '2026-11-21T08:00:00Z'),
                (1, 'b', 'older@brf.example', 'x', 'doubtful', '2026-11-01T08:00:00Z'),
                (1, 'c', 'good@brf.example', 'x', 'taken', '2026-11-21T08:00:00Z');",
    );
    let said = world.run("doctor --json").well();
    for (name, found) in [
        ("permissions", "ola@brf.example may do nothing"),
        ("scope", "bo@brf.example, ola@brf.example reach no place"),
        ("addresses", "eva@brf.example are users and staff under one address"),
        ("bounces", "old@brf.example did not take mail"),
        ("received", "odd@brf.example sent messages that are doubtful, in the last seven days"),
    ] {
        assert_eq!(check(&said, name), ("warning".to_owned(), found.to_owned()));
    }
}

#[test]
fn mail_that_waits_or_died_is_said_in_words() {
    let world = World::nordkyl();
    let config = std::fs::read_to_string(world.path().join("etc/frontdesk/config.toml")).expect("a file");
    world.file("off.toml", format!("{config}\n[mail]\ntransport = \"off\"\n"));
    world.run("mail test eva@brf.example --config off.toml").fails(69, "switched off");
    let said =
        world.run("doctor --json").fails(1, "mail: no mail can leave since 2026-11-22T08:02:00Z: mail is switched");
    assert_eq!(check(&said, "mail").0, "wrong");
    database(&world, "UPDATE outbox SET state = 'dead', done_at = '2026-11-22T08:02:00Z'");
    let (state, found) = check(&world.run("doctor --json").well(), "mail");
    assert_eq!((state.as_str(), found.contains("1 mail died since")), ("warning", true));
}

#[test]
fn the_mail_server_is_tried_when_asked_for() {
    let world = eva();
    assert!(check(&world.run("doctor --mail --json").well(), "mail server").1.contains("frontdesk-data/mail"));
    let config = std::fs::read_to_string(world.path().join("etc/frontdesk/config.toml")).expect("a file");
    let towards = |server: &SmtpServer, more: &str| {
        let authority = world.file("authority.pem", server.authority());
        let mail = format!(
            "\n[mail]\ntransport = \"smtp\"\nhost = \"localhost\"\nport = {}\nca_file = {authority:?}\ntimeout_seconds = 2\n\
             from = \"portal@nordkyl.example\"\n{more}",
            server.port()
        );
        world.file("smtp.toml", format!("{config}{mail}"));
    };
    let server = SmtpServer::start(Manner::default());
    towards(&server, "");
    let said = world.run("doctor --mail --json --config smtp.toml").well();
    assert_eq!(check(&said, "mail server"), ("ok".into(), "takes mail: 250 2.0.0 ok".into()));
    assert!(server.deliveries().is_empty() && server.connections() == 1);

    let strange = SmtpServer::start(Manner { certificate: Certificate::OtherName, ..Manner::default() });
    towards(&strange, "");
    let said = world.run("doctor --mail --json --config smtp.toml").fails(69, "\"code\":\"unavailable\"");
    assert!(check(&said, "mail server").1.ends_with("does not bear the name 'localhost'"));
    world.run("doctor --config smtp.toml").well();

    towards(&server, "user = \"portal\"\npassword_file = \"nowhere\"\n");
    world.run("doctor --mail --config smtp.toml").fails(69, "mail server: the password file");
    // With something else wrong too, that is what the status tells.
    world.clock.advance(-3_600);
    world.run("doctor --mail --config smtp.toml").fails(1, "2 checks found something wrong");
}
