//! What an old state must not bring back: sessions, links, mails, and people who were shut out.

use std::fs;

use serde_json::Value;

use crate::cli::backup::{data, made};
use crate::support::{PASSWORD, World};

fn company() -> World {
    let world = World::nordkyl();
    world.run("customer add 1042 --name 'Brf Fröjden'").well();
    for (email, login) in [("eva@brf.example", "rita"), ("ola@brf.example", "stig"), ("bo@brf.example", "lars")] {
        world.user("nordkyl", email, "--customer 1042 --template standard --all-facilities");
        world.run(&format!("staff add {login} --name {login} --email {login}@nordkyl.example --grant orders")).well();
    }
    world
}

fn names(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list").iter().map(|one| one.as_str().expect("a name")).collect()
}

#[test]
fn sessions_end_links_are_void_and_mails_are_held() {
    let world = company();
    let mut eva = world.visitor("nordkyl");
    eva.sign_in("eva@brf.example", PASSWORD);
    world.run("user create new@brf.example --customer 1042 --name New --template standard --all-facilities").well();
    let name = made(&world, "");
    let mails = world.run("mail list --json --where state=queued").well().json().as_array().expect("mails").len();
    assert!(mails > 0);
    drop(eva);
    world.run("mail send").well();
    world.run("customer add 7 --name 'Entered later'").well();
    world.clock.advance(3_600);
    let head = world.run("audit verify --json").well().json();
    let said = world.run(&format!("backup restore {name} --confirm {name} --json")).well().json();
    assert_eq!((&said["sessions"], &said["links"], &said["mails"]), (&1.into(), &1.into(), &mails.into()), "{said}");
    assert_eq!((names(&said["disabled"]).len(), names(&said["passwords"]).len()), (0, 0), "{said}");
    assert_eq!((&said["audit_holds"], &said["audit_before"]), (&true.into(), &head["head"]), "{said}");
    world.run("customer show 7").fails(3, "'7' does not exist");
    // What was sent already is not sent again by itself.
    world.run("mail send").well();
    let waiting = world.run("mail list --json --where state=queued").well().json();
    assert_eq!(waiting, Value::Array(Vec::new()));
    let held = world.run("mail list --json --where state=cancelled").well().json();
    assert_eq!(held.as_array().map(Vec::len), Some(mails), "{held}");
    assert!(held[0]["answer"].as_str().expect("why").contains("held by a restore"), "{held}");
    world.run("mail retry --where state=cancelled --yes").well();
    // The session that was open is none any more, and the password still is one.
    let rows = world.rows();
    assert!(rows["sessions"].is_empty());
    let mut again = world.visitor("nordkyl");
    again.sign_in("eva@brf.example", PASSWORD).has_status(303);
    drop(again);
    // It is in the audit, for the whole and for each group, and the chain holds.
    let lines = world.run("audit list --groups --json").well().json();
    assert!(lines.as_array().expect("lines").iter().any(|line| line["action"] == "backup.restored"), "{lines}");
    assert!(world.run("audit list --json").well().out.contains("backup.restored"));
    world.run("audit verify").well();
    // The state before is a data directory of its own, with all that was there.
    let kept = said["kept"].as_str().expect("a place");
    assert_eq!(kept, data(&world).join("before-restore-20261122T090200Z").display().to_string());
    assert_eq!(world.run(&format!("customer list -o id --data-dir {kept}")).well().out, "1042\n7\n");
    // And so is the way back to it.
    let back = made(&world, &format!("aside --data-dir {kept}"));
    world.run(&format!("backup restore {back} --dir aside --confirm {back}")).well();
    world.run("customer show 7").well();
    world.run("audit verify").well();
}

#[test]
fn nobody_gets_in_by_a_restore_who_did_not_before() {
    let world = company();
    let name = made(&world, "");
    world.run("user disable eva@brf.example --yes").well();
    world.run("user delete ola@brf.example --yes").well();
    world.run("staff disable rita --yes").well();
    world.run("staff delete stig --yes").well();
    let link = world.run("user reset bo@brf.example --link").well().out;
    world.choose("nordkyl", link.trim().trim_start_matches("https://portal.test"), "eleven red kettles hum");
    let copy = world.copy();
    let said = world.run(&format!("backup restore {name} --confirm {name}")).well();
    assert!(
        said.err
            .contains("disabled, as they were disabled or gone before the restore: eva@brf.example, ola@brf.example"),
        "{said:?}"
    );
    assert!(said.err.contains("the passwords of bo@brf.example"), "{said:?}");
    let state =
        |world: &World, email: &str| world.run(&format!("user show {email} --json")).well().json()["state"].clone();
    assert_eq!(
        (state(&world, "eva@brf.example"), state(&world, "ola@brf.example")),
        ("disabled".into(), "disabled".into())
    );
    let staff =
        |world: &World, login: &str| world.run(&format!("staff show {login} --json")).well().json()["status"].clone();
    assert_eq!(
        (staff(&world, "rita"), staff(&world, "stig"), staff(&world, "lars")),
        ("disabled".into(), "disabled".into(), "active".into())
    );
    let mut bo = world.visitor("nordkyl");
    bo.sign_in("bo@brf.example", PASSWORD).has_status(422);
    world.run("audit verify").well();
    // After a mistake everything is to be as it was.
    let said = copy.run(&format!("backup restore {name} --confirm {name} --as-it-was --json")).well().json();
    assert_eq!((names(&said["disabled"]).len(), names(&said["passwords"]).len()), (0, 0), "{said}");
    assert_ne!(state(&copy, "eva@brf.example"), "disabled");
    assert_eq!(staff(&copy, "rita"), "active");
}

#[test]
fn a_state_that_cannot_be_read_is_put_aside_all_the_same() {
    let world = company();
    let name = made(&world, "usb");
    fs::write(data(&world).join("frontdesk.db"), "this was a database\n".repeat(500)).expect("spoiled");
    let said = world.run("doctor").fails(1, "is not a database");
    assert!(said.err.contains("frontdesk"), "{said:?}");
    let said = world.run(&format!("backup restore {name} --dir usb --confirm {name}")).well();
    assert!(said.err.contains("the state before could not be read"), "{said:?}");
    assert_eq!(world.run("customer list -o id").well().out, "1042\n");
    let kept = data(&world).join("before-restore-20261122T080200Z/frontdesk.db");
    assert!(fs::read_to_string(kept).expect("kept").starts_with("this was a database"));
}
