//! What every answer says about itself, as it leaves the house: each route, each status, each cookie.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use frontdesk::portal::assets;
use frontdesk::portal::front::{Front, Limits};
use frontdesk::portal::routes::ROUTES;

use crate::support::{PASSWORD, World};

/// What every answer carries.
const ALWAYS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("referrer-policy", "same-origin"),
    ("strict-transport-security", "max-age=31536000"),
    ("x-content-type-options", "nosniff"),
    ("x-robots-tag", "noindex"),
];

/// What some answers carry besides.
const SOMETIMES: &[&str] = &[
    "accept-ranges",
    "allow",
    "cache-control",
    "clear-site-data",
    "connection",
    "content-disposition",
    "content-length",
    "content-type",
    "date",
    "location",
    "retry-after",
    "set-cookie",
];

struct Heard {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Heard {
    fn one(&self, name: &str) -> &str {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let value = found.next().map_or("", |(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} is there twice");
        value
    }
}

fn ask(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Heard {
    let mut stream = TcpStream::connect(address).expect("connects");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a deadline");
    let host = if headers.iter().any(|(name, _)| *name == "Host") { "" } else { "Host: portal.test\r\n" };
    let mut head = format!("{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if method == "POST" {
        head.push_str(&format!(
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            body.len()
        ));
    }
    stream.write_all(format!("{head}\r\n{body}").as_bytes()).expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(bytes[..end].to_vec()).expect("a head in ASCII");
    let mut lines = head.split("\r\n");
    let status =
        lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|word| word.parse().ok()).expect("a status");
    let headers = lines.map(|line| line.split_once(": ").expect("a header"));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    Heard { status, headers, body: bytes[end + 4..].to_vec() }
}

/// A front on a free port before a world's portal, and the cookies of somebody who is signed in.
fn served() -> (World, Front, String) {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template viewer --all-facilities");
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    let eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    let session = format!("__Host-frontdesk-nordkyl={}", eva.session().expect("a session"));
    let site = world.site();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let front = Front::start(listener, Limits::default(), Vec::new(), site).expect("starts");
    (world, front, session)
}

/// The head of a picture, as far as anybody reads it here.
fn png(width: u32, height: u32) -> Vec<u8> {
    let (width, height) = (width.to_be_bytes(), height.to_be_bytes());
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &width[..], &height[..], b"\x08\x02\0\0\0\0\0\0\0"].concat()
}

#[track_caller]
fn check(what: &str, heard: &Heard) {
    for (name, value) in ALWAYS {
        assert_eq!(heard.one(name), *value, "{what}: {name}");
    }
    for (name, _) in &heard.headers {
        let known = ALWAYS.iter().any(|(always, _)| always == name) || SOMETIMES.contains(&name.as_str());
        assert!(known, "{what} has the header {name}");
    }
    assert!(["no-store", assets::CACHE].contains(&heard.one("cache-control")), "{what}: {:?}", heard.headers);
    let kind = heard.one("content-type");
    assert!(kind.ends_with("; charset=utf-8") || kind == "image/svg+xml" || kind == "image/png", "{what}: {kind:?}");
    if heard.one("cache-control") != "no-store" {
        assert_eq!(heard.status, 200, "{what}");
        assert!(!heard.headers.iter().any(|(name, _)| name == "set-cookie"), "{what}");
    }
}

#[test]
fn every_route_and_every_status_says_the_same_of_itself() {
    let (_world, front, session) = served();
    let at = front.address();
    let mut statuses = BTreeSet::new();
    let mut all = |method: &str, path: &str, headers: &[(&str, &str)], body: &str| {
        let heard = ask(at, method, path, headers, body);
        check(&format!("{method} {path} {headers:?} ({})", heard.status), &heard);
        if method == "HEAD" {
            assert_eq!(heard.body, b"", "{path}");
        }
        statuses.insert(heard.status);
        heard
    };
    for route in ROUTES {
        let path = route
            .path
            .replace(":number", "NK-FRO-0001")
            .replace(":token", &"A".repeat(43))
            .replace(":hash", "0")
            .replace(":name", "x.css")
            .replace(":id", "1");
        let path = format!("/g/nordkyl{path}");
        for cookies in ["", session.as_str()] {
            for method in ["GET", "HEAD"] {
                all(method, &path, &[("Cookie", cookies)], "");
            }
        }
        all("POST", &path, &[("Cookie", &session)], "x=1");
        all("POST", &path, &[], "x=1");
    }
    let guest = [("Cookie", session.as_str())];
    for (path, status) in [
        ("/", 404),
        ("/g/none/", 404),
        ("/g/NORDKYL/", 404),
        ("/g/", 404),
        ("/g/nordkyl", 303),
        ("/robots.txt", 200),
        ("/healthz", 200),
        ("/assets/none.css", 404),
        ("/favicon.ico", 404),
        ("/g/nordkyl/none", 404),
        ("/g/nordkyl/orders?q=1&q=2", 400),
        ("/g/nordkyl/orders/NK-FRO-0001/x.css", 404),
        ("/g/nordkyl/account;.png", 404),
        ("/g/nordkyl/orders?lang=sv", 200),
    ] {
        assert_eq!(all("GET", path, &guest, "").status, status, "{path}");
    }
    assert_eq!(all("GET", "/g/nordkyl/", &[("Host", "evil.test")], "").status, 421);
    assert_eq!(all("POST", "/g/nordkyl/login", &[], &"x".repeat(70_000)).status, 413);
    assert_eq!(all("POST", "/g/nordkyl/login", &[], "a=1&a=2").status, 400);
    for _ in 0..25 {
        let link = [("Cookie", "__Host-frontdesk-nordkyl.link=invite.none")];
        all("GET", "/g/nordkyl/choose-password", &link, "");
    }
    assert_eq!(statuses, BTreeSet::from([200, 303, 400, 403, 404, 405, 410, 413, 421, 422, 429]));
    front.stop(Duration::from_secs(2));
}

#[test]
fn the_one_page_that_may_be_framed_says_by_whom_and_all_else_as_every_page() {
    let (world, front, session) = served();
    world.run("group origin add https://www.nordkyl.example").well();
    for (method, path, cookies) in [
        ("GET", "/g/nordkyl/box", ""),
        ("HEAD", "/g/nordkyl/box?lang=sv", ""),
        ("GET", "/g/nordkyl/box", session.as_str()),
    ] {
        let heard = ask(front.address(), method, path, &[("Cookie", cookies)], "");
        for (name, value) in ALWAYS {
            let framed = value.replace("frame-ancestors 'none'", "frame-ancestors https://www.nordkyl.example");
            assert_eq!(heard.one(name), framed, "{method} {path}: {name}");
        }
        assert_eq!((heard.status, heard.one("cache-control"), heard.one("set-cookie")), (200, "no-store", ""));
    }
    check("a fault", &ask(front.address(), "POST", "/g/nordkyl/box", &[], "x=1"));
}

#[test]
fn what_may_be_kept_is_kept_for_ever_and_all_else_never() {
    let (world, front, session) = served();
    let at = front.address();
    world.file("logo.png", png(320, 160));
    world.run("group set nordkyl --logo logo.png").well();
    let page = String::from_utf8(ask(at, "GET", "/g/nordkyl/", &[], "").body).expect("text");
    let (_, brand) = page.split_once("href=\"/g/nordkyl/brand/").expect("the company's colours");
    let brand = format!("/g/nordkyl/brand/{}", brand.split('"').next().expect("an address"));
    let (_, logo) = page.split_once("src=\"/g/nordkyl/logo/").expect("the company's logo");
    let logo = format!("/g/nordkyl/logo/{}", logo.split('"').next().expect("an address"));
    let picture = ask(at, "GET", &logo, &[], "");
    assert_eq!(picture.one("content-type"), "image/png");
    assert_eq!(picture.body, png(320, 160));
    for path in [&assets::style().path, &assets::script().path, &assets::icon().path, &brand, &logo] {
        for query in ["", "?lang=sv"] {
            let heard = ask(at, "GET", &format!("{path}{query}"), &[], "");
            assert_eq!(
                (heard.status, heard.one("cache-control")),
                (200, "public, max-age=31536000, immutable"),
                "{path}"
            );
            assert!(!heard.headers.iter().any(|(name, _)| name == "set-cookie"), "{path}{query}");
        }
        if path.starts_with("/g/") {
            assert_eq!(ask(at, "GET", &format!("{path}0"), &[], "").status, 404);
        }
    }
    for path in ["/orders", "/account", "/none", "/switch", "/orders/NK-FRO-0001", "/"] {
        let heard = ask(at, "GET", &format!("/g/nordkyl{path}"), &[("Cookie", &session)], "");
        assert_eq!(heard.one("cache-control"), "no-store", "{path}");
    }
    drop(world);
}

#[test]
fn cookies_are_set_in_one_way() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", "eva@brf.example", "--customer 1042");
    let mut guest = world.visitor("nordkyl");
    let shape = |cookie: &str| {
        let (pair, attributes) = cookie.split_once("; ").expect("attributes");
        let (name, value) = pair.split_once('=').expect("a value");
        (name.to_owned(), value.len(), attributes.to_owned())
    };
    let kept = |seconds: u32| format!("Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax; Secure");
    let set = |answer: &crate::support::Answer| answer.all("Set-Cookie").into_iter().map(shape).collect::<Vec<_>>();
    let name = |ending: &str| format!("__Host-frontdesk-nordkyl{ending}");
    assert_eq!(
        set(&guest.get("/?lang=en")),
        [(name(".guest"), 43, kept(31_536_000)), (name(".language"), 2, kept(31_536_000))]
    );
    let signed = guest.post("/login", &[("email", "eva@brf.example"), ("password", PASSWORD)]);
    assert_eq!(set(&signed), [(name(""), 43, kept(30 * 86_400)), (name(".guest"), 0, kept(0))]);
    assert_eq!(set(&guest.get("/account")), []);
    assert_eq!(set(&guest.post("/logout", &[])), [(name(""), 0, kept(0)), (name(".link"), 0, kept(0))]);
    let plain = world.site_with(|config| config.portal.base_url = "http://portal.test".into());
    let mut guest = crate::support::Visitor::new(&plain, "nordkyl");
    let answer = guest.get("/");
    assert_eq!(answer.header("Strict-Transport-Security"), None);
    let cookies: BTreeMap<_, _> = set(&answer).into_iter().map(|(name, _, attributes)| (name, attributes)).collect();
    assert_eq!(cookies["frontdesk-nordkyl.guest"], "Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
}
