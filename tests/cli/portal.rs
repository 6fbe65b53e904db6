//! `portal`: looked at from the office.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::support::program::Program;
use crate::support::{PASSWORD, World};

/// The answer to a request, head and all.
fn ask(address: &str, method: &str, path: &str, cookie: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("connects");
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n");
    let length = if method == "POST" { "Content-Length: 0\r\n" } else { "" };
    stream.write_all(format!("{head}{length}\r\n").as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("text");
    answer
}

#[test]
fn a_preview_is_served_until_it_is_told_to_stop_and_leaves_one_line_in_the_audit() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --facility hus-a");
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    let before = world.rows();
    let config = world.path().join("etc/frontdesk/config.toml");
    let (preview, url) = Program::preview(&config, &["eva@brf.example"]);
    let (address, path) = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("an address");
    let path = format!("/{path}");
    assert!(ask(address, "GET", "/g/nordkyl/orders", "").starts_with("HTTP/1.1 403 "));
    let opened = ask(address, "GET", &path, "");
    assert!(opened.starts_with("HTTP/1.1 303 "), "{opened}");
    let (_, cookie) = opened.split_once("Set-Cookie: ").expect("a cookie");
    let cookie = cookie.split(';').next().expect("a value");
    let page = ask(address, "GET", "/g/nordkyl/orders", cookie);
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("Door of the cold room"), "{page}");
    assert!(page.contains("as Pat Lind sees it for Brf Fröjden"), "{page}");
    let refused = ask(address, "POST", "/g/nordkyl/logout", cookie);
    assert!(refused.starts_with("HTTP/1.1 403 ") && refused.contains("A preview changes nothing"), "{refused}");
    assert_eq!(preview.interrupt(), Some(0));
    let mut after = world.rows();
    let audit = after.insert("audit".into(), before["audit"].clone()).expect("the audit");
    after.insert("audit_head".into(), before["audit_head"].clone());
    assert_eq!(after, before);
    assert_eq!(audit.len(), before["audit"].len() + 1);
    let line = world.run("audit list --limit 1 --json").well().json();
    let line = &line.as_array().expect("lines")[0];
    assert_eq!((&line["action"], &line["subject"]), (&"portal.previewed".into(), &"eva@brf.example".into()), "{line}");
}

#[test]
fn a_preview_of_somebody_who_sees_nothing_says_why() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --all-facilities");
    world.run("user create eva@brf.example --customer 1043 --name Eva --template full --all-facilities").well();
    let said = world.run("portal preview eva@brf.example").fails(4, "has access to 2 customers and none was named");
    assert!(said.err.contains("--customer: 1042 (Brf Fröjden), 1043 (Frost AB)"), "{said:?}");
    world.run("customer close 1043 --yes").well();
    world
        .run("portal preview eva@brf.example --customer 1043")
        .fails(4, "the access of eva@brf.example to customer 1043 is over")
        .fails(4, "frontdesk user why eva@brf.example order.view --customer 1043");
    for address in ["0.0.0.0:0", "192.0.2.1:80", "[::]:0"] {
        world
            .run(&format!("portal preview eva@brf.example --listen {address}"))
            .fails(2, "where others could look at it");
    }
    let list = world.run("audit list --json").well().out;
    assert!(!list.contains("portal.previewed"), "{list}");
    let mut eva = world.visitor("nordkyl");
    eva.sign_in("eva@brf.example", PASSWORD).leads();
}

#[test]
fn the_site_map_says_who_may() {
    let world = World::nordkyl();
    let rows = world.run("portal routes --json").well().json();
    let who = |path: &str, method: &str| {
        let rows = rows.as_array().expect("rows");
        let found = rows.iter().filter(|row| row["path"] == path && row["method"] == method).collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{method} {path}");
        found[0]["who"].as_str().expect("words").to_owned()
    };
    assert_eq!(who("/g/:group/", "GET"), "anybody");
    assert_eq!(who("/g/:group/login", "POST"), "anybody, from a page of the portal");
    assert_eq!(who("/g/:group/start", "POST"), "anybody, from any site; it only leads to the login box");
    assert_eq!(who("/g/:group/start", "GET"), who("/g/:group/start", "POST"));
    assert_eq!(who("/g/:group/box", "GET"), "anybody, also in a frame on the group's own sites");
    assert_eq!(who("/g/:group/orders", "GET"), "who is signed in");
    assert_eq!(who("/g/:group/account/password", "POST"), "who is signed in, from a page of the portal");
    assert!(world.run("portal routes").well().out.contains("/g/:group/q/:code"));
}
