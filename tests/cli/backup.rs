//! Backups: whole and private, sharing what is the same, kept to a number, and put back.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::World;

/// A company with a document, and mail that was not taken.
pub fn with_things() -> World {
    with_things_at(World::nordkyl())
}

/// The same in a world of another time.
pub fn with_things_at(world: World) -> World {
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    world.run("user create eva@brf.example --customer 1042 --name Eva --template standard --all-facilities").well();
    world.file("drawing.pdf", "%PDF-1.7 a drawing");
    world.run("document add drawing.pdf --customer 1042").well();
    let config = fs::read_to_string(world.path().join("etc/frontdesk/config.toml")).expect("a file");
    world.file("reply.toml", format!("{config}\n[mail]\nreply_address = \"reply@portal.test\"\n"));
    let odd = "From: eva@brf.example\nTo: reply@portal.test\nSubject: x\nMessage-ID: <1@brf.example>\n\nHello\n";
    world.file("odd.eml", odd);
    world.run("mail receive odd.eml --config reply.toml").well();
    world
}

/// Makes a backup and gives its name.
#[track_caller]
pub fn made(world: &World, more: &str) -> String {
    let said = world.run(&format!("backup create {more} --json")).well().json();
    said["backup"].as_str().expect("a name").to_owned()
}

pub fn data(world: &World) -> PathBuf {
    world.path().join("frontdesk-data")
}

/// Every file below a folder with its hash, read by another process: to open a database here would end SQLite's locks.
pub fn sums(folder: &Path) -> BTreeMap<String, String> {
    let said =
        Command::new("find").current_dir(folder).args([".", "-type", "f", "-exec", "sha256sum", "{}", "+"]).output();
    let text = String::from_utf8(said.expect("find").stdout).expect("text");
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    let sums = lines.map(|(sum, path)| (path.trim_start_matches("./").to_owned(), sum.to_owned()));
    sums.filter(|(path, _)| !path.ends_with("-shm") && !path.ends_with("-wal") && !path.contains(".checked")).collect()
}

fn ends_with(sums: &BTreeMap<String, String>, path: &str) -> String {
    sums.iter().find(|(name, _)| name.starts_with(path)).unwrap_or_else(|| panic!("no {path} in {sums:?}")).1.clone()
}

#[test]
fn a_backup_is_whole_private_and_shares_with_the_one_before() {
    let world = with_things();
    let first = made(&world, "");
    assert_eq!(first, "20261122T080200Z");
    let folder = data(&world).join("backups").join(&first);
    let own = sums(&folder);
    for part in ["frontdesk.db", "key", "files/", "received/", "manifest.json", "complete"] {
        ends_with(&own, part);
    }
    assert_eq!(own.len(), 6, "{own:?}");
    // What it says of itself can be held against it without frontdesk.
    let checked = Command::new("sha256sum").current_dir(&folder).args(["--check", "--strict", "complete"]).output();
    assert!(checked.expect("sha256sum").status.success());
    let manifest: Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).expect("a list")).expect("JSON");
    assert_eq!((&manifest["product"], &manifest["schema"]), (&"frontdesk".into(), &frontdesk::db::version().into()));
    for file in manifest["files"].as_array().expect("files") {
        assert_eq!(own[file["path"].as_str().expect("a path")], file["sha256"].as_str().expect("a hash"));
    }
    for entry in ["", "frontdesk.db", "key", "files", "received", "manifest.json"] {
        let mode = fs::metadata(folder.join(entry)).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode, if folder.join(entry).is_dir() { 0o700 } else { 0o600 }, "{entry}");
    }
    // The next one shares the document with it, and neither of them with the live one.
    let second = made(&world, "");
    assert_eq!(second, "20261122T080200Z-2");
    let document = own.keys().find(|path| path.starts_with("files/")).expect("a document");
    let inode = |path: PathBuf| fs::metadata(path).expect("there").ino();
    let again = data(&world).join("backups").join(&second);
    assert_eq!(inode(folder.join(document)), inode(again.join(document)));
    assert_ne!(inode(folder.join(document)), inode(data(&world).join(document)));
    let listed = world.run("backup list --json").well().json();
    assert!(listed[1]["new_bytes"].as_u64() < listed[0]["new_bytes"].as_u64(), "{listed}");
    assert_eq!((&listed[1]["state"], &listed[1]["complete"]), (&"well".into(), &true.into()));
    // A document that was spoiled in the backup before is not handed on: the live one is good.
    fs::write(folder.join(document), "%PDF-1.7 a dr@wing").expect("spoiled");
    let third = made(&world, "");
    world.run(&format!("backup verify {third}")).well();
    world.run(&format!("backup verify {first}")).fails(65, "is not what it was");
    assert_eq!(world.run("backup list --json").well().json()[0]["state"], "damaged");
    assert!(world.run("audit list --groups --json").well().out.contains("backup.made"));
}

#[test]
fn what_is_gone_or_spoiled_already_is_told() {
    let world = with_things();
    let files = sums(&data(&world).join("files"));
    let document = files.keys().find(|path| path.len() > 64).expect("a document");
    fs::write(data(&world).join("files").join(document), "rot").expect("spoiled");
    let said = world.run("backup create").well();
    assert!(said.err.contains("warning: the bytes of 1 documents are missing or damaged"), "{said:?}");
    let json = world.run("backup create --json").well().json();
    assert_eq!(json["missing"].as_array().map(Vec::len), Some(1), "{json}");
    world.run("backup verify --all").well();
}

#[test]
fn only_so_many_are_kept_and_nothing_else_is_touched() {
    let world = with_things();
    let place = data(&world).join("backups");
    let mut names = Vec::new();
    for _ in 0..4 {
        names.push(made(&world, "--keep 0"));
        world.clock.advance(86_400);
    }
    // What is not ours, what is not complete, and what another installation made.
    fs::create_dir(place.join("20200101T000000Z")).expect("a folder");
    fs::create_dir(place.join("photographs")).expect("a folder");
    let stranger = with_things();
    let theirs = made(&stranger, "");
    let moved = Command::new("cp")
        .arg("-R")
        .arg(data(&stranger).join("backups").join(theirs))
        .arg(place.join("20200102T000000Z"))
        .status();
    assert!(moved.expect("cp").success());
    // Killed ones left these; one that is under way is not there, as nobody holds the folder.
    fs::create_dir(place.join(".making-20261120T000000Z")).expect("a folder");
    fs::create_dir(place.join(".removing-20261120T000000Z")).expect("a folder");
    fs::create_dir(place.join(".making-cheese")).expect("a folder");
    assert_eq!(world.run("backup create --dry-run --keep 2 --exit-code").status, 5);
    assert!(place.join(&names[0]).exists());
    names.push(made(&world, "--keep 2"));
    let there = |name: &str| place.join(name).exists();
    assert_eq!(names.iter().map(|name| there(name)).collect::<Vec<_>>(), [false, false, false, true, true]);
    assert!(there("20200101T000000Z") && there("photographs") && there("20200102T000000Z") && there(".making-cheese"));
    assert!(!there(".making-20261120T000000Z") && !there(".removing-20261120T000000Z"));
    // A clock that was put back does not cost the backup that was just made.
    world.clock.advance(-100 * 86_400);
    let early = made(&world, "--keep 2");
    assert!(there(&early) && there(&names[4]) && !there(&names[3]), "{early} {names:?}");
    // The configuration says how many, too.
    let config = fs::read_to_string(world.path().join("etc/frontdesk/config.toml")).expect("a file");
    world.file("one.toml", format!("{config}\n[backup]\ndir = \"elsewhere\"\nkeep = 1\n"));
    for _ in 0..2 {
        world.run("backup create --config one.toml").well();
    }
    let kept = world.run("backup list -o id --config one.toml").well().out;
    assert_eq!(kept.lines().count(), 1);
    assert!(data(&world).join("elsewhere").join(kept.trim()).is_dir());
}

#[test]
fn a_backup_is_put_into_another_directory_as_a_drill() {
    let world = with_things();
    let name = made(&world, "");
    let before = sums(&data(&world));
    world.run(&format!("backup restore {name} --to drill --dry-run")).well();
    assert!(!world.path().join("drill").exists());
    world.run(&format!("backup restore {name} --to drill")).well();
    assert_eq!(sums(&data(&world)), before, "the drill touched what is in use");
    let said = world.run("doctor --data-dir drill --json").well().json();
    assert!(said.as_array().expect("checks").iter().all(|check| check["state"] != "wrong"), "{said}");
    assert_eq!(world.run("customer list -o id --data-dir drill").well().out, "1042\n");
    world.run("document get 1 --to out.pdf --data-dir drill").well();
    assert_eq!(fs::read(world.path().join("out.pdf")).expect("a file"), b"%PDF-1.7 a drawing");
    world.run("mail received show id:1 --data-dir drill").well();
    world.run("audit verify --data-dir drill").well();
    world.run(&format!("backup restore {name} --to drill")).fails(4, "is there already and not empty");
}

#[test]
fn a_new_machine_begins_with_a_backup() {
    let world = with_things();
    let name = made(&world, "usb");
    let said = world.run(&format!("backup restore usb/{name} --data-dir fresh/data")).well();
    assert!(!said.err.contains("is kept in"), "{said:?}");
    assert_eq!(world.run("customer list -o id --data-dir fresh/data").well().out, "1042\n");
    assert!(!world.path().join("fresh/data/restoring").exists());
    // Without the key it needs the key from elsewhere.
    let bare = made(&world, "usb --no-key");
    world.run(&format!("backup verify --dir usb {bare}")).well();
    world.run(&format!("backup restore {bare} --dir usb --data-dir other")).fails(78, "was made without the key file");
    assert!(!world.path().join("other").exists());
    fs::create_dir(world.path().join("other")).expect("a folder");
    fs::copy(data(&world).join("key"), world.path().join("other/key")).expect("the key");
    world.run(&format!("backup restore {bare} --dir usb --data-dir other")).well();
    world.run("audit verify --data-dir other").well();
}

#[test]
fn nobody_else_is_at_work_while_a_backup_is_put_back() {
    let world = with_things();
    let name = made(&world, "");
    let line = format!("backup restore {name} --confirm {name} --wait 0");
    let db = world.db();
    world.run(&line).fails(75, "another program has the database in");
    drop(db);
    let lock = fs::File::create(data(&world).join("serve.lock")).expect("a file");
    lock.lock().expect("locked");
    world.run(&line).fails(75, "a server runs on");
    drop(lock);
    // Also a program that knows nothing of our lock.
    let mut other = Command::new("sqlite3");
    other
        .arg(data(&world).join("frontdesk.db"))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped());
    if let Ok(mut other) = other.spawn() {
        use std::io::{BufRead, BufReader, Write};
        let mut typed = other.stdin.take().expect("its input");
        typed.write_all(b"SELECT count(*) FROM groups;\n").expect("typed");
        typed.flush().expect("typed");
        let mut answer = String::new();
        BufReader::new(other.stdout.as_mut().expect("its output")).read_line(&mut answer).expect("an answer");
        let before = world.rows();
        world.run(&line).fails(75, "another program has the database open");
        assert_eq!(world.rows(), before);
        assert!(!data(&world).join("restoring").exists());
        drop(typed);
        other.wait().expect("ended");
    }
    // Two backups at once: the second waits, and says so when it may not.
    let place = fs::File::open(data(&world).join("backups")).expect("a folder");
    place.lock().expect("locked");
    world.run("backup create --wait 0").fails(75, "another backup is being made");
    drop(place);
    world.run(&line).well();
}

#[test]
fn who_asks_for_a_restore_says_which() {
    let world = with_things();
    let name = made(&world, "");
    let before = sums(&data(&world));
    world.run(&format!("backup restore {name}")).fails(2, "this needs to be confirmed");
    world.run(&format!("backup restore {name} --confirm yes")).fails(2, "--confirm 'yes' is not");
    world.run("backup restore 20200101T000000Z --confirm 20200101T000000Z").fails(3, "there is no backup");
    world.run("backup restore").fails(2, "BACKUP");
    world.run("backup restore --finish").well();
    let typed = world.run_in(&["backup", "restore", &name], "no\n", |io| io.stdin_is_terminal = true);
    typed.fails(1, "not confirmed; nothing was changed");
    assert_eq!(sums(&data(&world)), before);
    let typed = world.run_in(&["backup", "restore", &name], &format!("{name}\n"), |io| io.stdin_is_terminal = true);
    typed.well();
}
