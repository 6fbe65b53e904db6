//! A damaged backup is refused before anything is touched, whatever the damage is.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::cli::backup::{data, made, sums, with_things};

/// Changes a byte in the middle of a file.
fn flip(path: &Path) {
    let mut bytes = fs::read(path).expect("a file");
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(path, bytes).expect("spoiled");
}

fn sum(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Changes the manifest and the mark with it, as somebody would who means harm; files are listed as they are then.
fn forge(backup: &Path, change: impl FnOnce(&mut Value)) {
    let path = backup.join("manifest.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(&path).expect("a list")).expect("JSON");
    for file in manifest["files"].as_array_mut().expect("files") {
        if let Ok(bytes) = fs::read(backup.join(file["path"].as_str().expect("a path"))) {
            file["size"] = bytes.len().into();
            file["sha256"] = sum(&bytes).into();
        }
    }
    change(&mut manifest);
    let text = serde_json::to_vec(&manifest).expect("JSON");
    fs::write(&path, &text).expect("written");
    fs::write(backup.join("complete"), format!("{}  manifest.json\n", sum(&text))).expect("written");
}

fn sqlite(path: &Path, sql: &str) {
    rusqlite::Connection::open(path).expect("SQLite").execute_batch(sql).expect("SQL");
}

fn document(backup: &Path) -> std::path::PathBuf {
    let all = sums(backup);
    backup.join(all.keys().find(|path| path.starts_with("files/")).expect("a document"))
}

#[test]
fn a_damaged_backup_is_refused_before_anything_is_touched() {
    type Damage = (&'static str, &'static str, fn(&Path));
    let whole = with_things();
    let name = made(&whole, "usb");
    let cases: &[Damage] = &[
        ("a flipped byte in the database", "frontdesk.db is not what it was", |b| flip(&b.join("frontdesk.db"))),
        ("a flipped byte in a document", "is not what it was", |b| flip(&document(b))),
        ("a flipped byte in the key", "key is not what it was", |b| flip(&b.join("key"))),
        ("a flipped byte in the manifest", "manifest.json is not the one whose hash", |b| {
            flip(&b.join("manifest.json"))
        }),
        ("a flipped byte in the mark", "manifest.json is not the one whose hash", |b| flip(&b.join("complete"))),
        ("no mark", "complete is missing: the backup was never finished", |b| {
            fs::remove_file(b.join("complete")).expect("gone")
        }),
        ("no manifest", "manifest.json No such file", |b| fs::remove_file(b.join("manifest.json")).expect("gone")),
        ("no document", "is missing", |b| fs::remove_file(document(b)).expect("gone")),
        ("no documents at all", "is missing: its folder is not there", |b| {
            fs::remove_dir_all(b.join("files")).expect("gone")
        }),
        ("no database", "frontdesk.db is missing", |b| fs::remove_file(b.join("frontdesk.db")).expect("gone")),
        ("a database that ends too early", "frontdesk.db has 8192 bytes instead of", |b| {
            fs::File::options()
                .write(true)
                .open(b.join("frontdesk.db"))
                .and_then(|file| file.set_len(8_192))
                .expect("cut");
        }),
        ("the same with a list that fits it", "frontdesk.db", |b| {
            fs::File::options()
                .write(true)
                .open(b.join("frontdesk.db"))
                .and_then(|file| file.set_len(8_192))
                .expect("cut");
            forge(b, |_| {});
        }),
        ("a database of another program", "is a database of another program", |b| {
            fs::remove_file(b.join("frontdesk.db")).expect("gone");
            sqlite(&b.join("frontdesk.db"), "CREATE TABLE songs (name TEXT)");
            forge(b, |_| {});
        }),
        ("no database but words", "is not a database", |b| {
            fs::write(b.join("frontdesk.db"), "Dear all,\n".repeat(2_000)).expect("a file");
            forge(b, |_| {});
        }),
        ("a newer schema", "has schema 99, and this frontdesk knows", |b| {
            sqlite(&b.join("frontdesk.db"), "PRAGMA user_version = 99");
            forge(b, |manifest| manifest["schema"] = 99.into());
        }),
        ("a newer schema of which the list knows nothing", "was made by a newer frontdesk", |b| {
            sqlite(&b.join("frontdesk.db"), "PRAGMA user_version = 99");
            forge(b, |_| {});
        }),
        ("a trigger that waits for us", "are not those that frontdesk makes", |b| {
            sqlite(&b.join("frontdesk.db"), "CREATE TRIGGER waits AFTER INSERT ON audit BEGIN DELETE FROM users; END");
            forge(b, |_| {});
        }),
        ("a broken reference", "a reference is broken", |b| {
            sqlite(&b.join("frontdesk.db"), "PRAGMA foreign_keys = OFF; DELETE FROM customers;");
            forge(b, |_| {});
        }),
        ("an audit without its end", "ends its audit elsewhere", |b| {
            forge(b, |manifest| manifest["audit"] = "x@1".into());
        }),
        ("a document that nobody backed up", "which is not in the backup", |b| {
            let gone = document(b);
            fs::remove_file(&gone).expect("gone");
            let name = gone.file_name().expect("a name").to_string_lossy().into_owned();
            forge(b, |manifest| {
                manifest["files"]
                    .as_array_mut()
                    .expect("files")
                    .retain(|file| !file["path"].as_str().is_some_and(|path| path.contains(&name)));
            });
        }),
        ("a document under another's name", "is not the document that its name says", |b| {
            fs::write(document(b), "%PDF-1.7 another").expect("a file");
            forge(b, |_| {});
        }),
        ("a link in the place of a document", "is a link to another place", |b| {
            let path = document(b);
            fs::rename(&path, b.with_extension("elsewhere")).expect("moved");
            symlink(b.with_extension("elsewhere"), &path).expect("a link");
        }),
        ("a link in the place of the folder", "is missing: its folder is not there", |b| {
            fs::rename(b.join("files"), b.with_extension("files")).expect("moved");
            symlink(b.with_extension("files"), b.join("files")).expect("a link");
        }),
        ("a pipe in the place of the key", "key cannot be read: it is not a regular file", |b| {
            fs::remove_file(b.join("key")).expect("gone");
            assert!(Command::new("mkfifo").arg(b.join("key")).status().expect("mkfifo").success());
        }),
        ("a path that leads out", "names '../key', which is no file of a backup", |b| {
            forge(b, |manifest| {
                manifest["files"]
                    .as_array_mut()
                    .expect("files")
                    .insert(0, serde_json::json!({ "path": "../key", "size": 1, "sha256": "x" }))
            });
        }),
        ("a path from the root", "names '/etc/passwd', which is no file of a backup", |b| {
            forge(b, |manifest| {
                manifest["files"]
                    .as_array_mut()
                    .expect("files")
                    .insert(0, serde_json::json!({ "path": "/etc/passwd", "size": 1, "sha256": "x" }))
            });
        }),
        ("a log beside the database", "frontdesk.db-wal is not in the manifest", |b| {
            fs::write(b.join("frontdesk.db-wal"), "x").expect("a file")
        }),
        ("a list of another program", "manifest.json is of another program", |b| {
            forge(b, |manifest| manifest["product"] = "x".into())
        }),
        ("a list of a newer one", "manifest.json was written by a newer frontdesk", |b| {
            forge(b, |manifest| manifest["format"] = 2.into())
        }),
    ];
    for (what, why, damage) in cases {
        let world = whole.copy();
        let backup = world.path().join("usb").join(&name);
        damage(&backup);
        let before = (sums(&data(&world)), sums(&world.path().join("usb")));
        let said = world.run(&format!("backup verify --dir usb {name}")).fails(65, "is damaged");
        assert!(said.err.contains(why), "{what}: {why:?} is not in {said:?}");
        for to in ["", "--to drill"] {
            let said =
                world.run(&format!("backup restore {name} --dir usb --confirm {name} {to}")).fails(65, "is damaged");
            assert!(said.err.contains(why), "{what}: {said:?}");
        }
        let json = world.run(&format!("backup verify usb/{name} --json")).fails(65, "bad_data");
        let json: Value = serde_json::from_str(&json.err).expect("JSON");
        assert!(!json["error"]["report"]["flaws"].as_array().expect("flaws").is_empty(), "{what}: {json}");
        assert_eq!((sums(&data(&world)), sums(&world.path().join("usb"))), before, "{what}: something was touched");
        assert!(!data(&world).join("restoring").exists() && !world.path().join("drill").exists(), "{what}");
    }
}

#[test]
fn looking_leaves_nothing_beside_what_is_looked_at() {
    let world = with_things();
    let name = made(&world, "usb");
    let backup = world.path().join("usb").join(&name);
    let names = || {
        let mut names: Vec<_> =
            fs::read_dir(&backup).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    // Also where nothing may be written at all.
    let closed = |mode: u32| {
        use std::os::unix::fs::PermissionsExt;
        for path in [&backup, &backup.join("frontdesk.db")] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
        }
    };
    closed(0o500);
    world.run(&format!("backup verify --dir usb {name}")).well();
    assert_eq!(names(), before);
    closed(0o700);
}
