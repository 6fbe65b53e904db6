//! Files through the real front: cut in the middle, five at once, too large for the gate, and a memory that stays flat.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use frontdesk::config::Uploads;
use frontdesk::portal::front::{Front, Limits};

use crate::support::program::Program;
use crate::support::{MULTIPART, PASSWORD, World, multipart};

/// What the server answers to bytes on a connection of their own.
fn ask(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("connects");
    stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a deadline");
    // A refusal may come before everything is sent.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

fn head(method: &str, path: &str, host: &str, cookies: &str, body: Option<(&str, usize)>) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\nConnection: close\r\n");
    if let Some((kind, length)) = body {
        head.push_str(&format!("Content-Type: {kind}\r\nContent-Length: {length}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

fn status(answer: &[u8]) -> u16 {
    let text = String::from_utf8_lossy(&answer[..answer.len().min(20)]).into_owned();
    text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()).unwrap_or(0)
}

/// A picture of so many bytes, each time another one.
fn picture(size: usize, seed: u8) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0".to_vec();
    bytes.resize(size - 1, 0x5a);
    bytes.push(seed);
    bytes
}

/// Files of the store, apart from the lock.
fn stored(data: &Path) -> usize {
    let folders =
        std::fs::read_dir(data.join("files")).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    folders.filter(|path| path.is_dir()).map(|path| std::fs::read_dir(path).expect("a folder").count()).sum()
}

struct House {
    world: World,
    front: Front,
    cookies: String,
    token: String,
}

const ADD: &str = "/g/nordkyl/orders/NK-FRO-0001/documents";

impl House {
    fn open(limits: Limits) -> Self {
        let world = World::nordkyl_with_customers();
        world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --all-facilities");
        world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
        let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
        eva.get("/orders/NK-FRO-0001/documents").has_status(200);
        let cookies = format!("__Host-frontdesk-nordkyl={}", eva.session().expect("a session"));
        let site = world.site();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let handler = Arc::new(move |request| site.answer(request));
        let front = Front::start(listener, limits, Vec::new(), handler).expect("starts");
        Self { world, front, cookies, token: eva.token }
    }

    fn request(&self, files: &[(&str, &str, &[u8])]) -> Vec<u8> {
        let body = multipart(&[("csrf", &self.token)], files);
        [head("POST", ADD, "portal.test", &self.cookies, Some((MULTIPART, body.len()))), body].concat()
    }

    fn data(&self) -> std::path::PathBuf {
        self.world.path().join("frontdesk-data")
    }
}

fn limits() -> Limits {
    Limits { body_bytes: Uploads::default().max_form_bytes(), ..Limits::default() }
}

#[test]
fn a_connection_that_is_cut_in_the_middle_leaves_nothing() {
    let house = House::open(limits());
    let before = house.world.business();
    let request = house.request(&[("document", "a.jpg", &picture(3_000_000, 1))]);
    for part in [200, 700, 100_000, request.len() / 2, request.len() - 1] {
        let mut stream = TcpStream::connect(house.front.address()).expect("connects");
        stream.write_all(&request[..part]).expect("sent");
        stream.shutdown(Shutdown::Both).expect("cut");
    }
    let begun = Instant::now();
    while house.front.connections() > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "a cut connection is still held");
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(house.world.business(), before);
    assert_eq!(stored(&house.data()), 0);
    assert_eq!(status(&ask(house.front.address(), &request)), 303);
    assert_eq!(stored(&house.data()), 1);
}

#[test]
fn five_at_once_all_arrive_and_compressed_or_endless_forms_do_not() {
    let house = House::open(limits());
    let address = house.front.address();
    let requests: Vec<_> =
        (0..5).map(|at| house.request(&[("document", "a.jpg", &picture(2_000_000, at)[..])])).collect();
    thread::scope(|scope| {
        let asked: Vec<_> =
            requests.iter().map(|request| scope.spawn(move || status(&ask(address, request)))).collect();
        for one in asked {
            assert_eq!(one.join().expect("no panic"), 303);
        }
    });
    assert_eq!((house.world.rows()["documents"].len(), stored(&house.data())), (5, 5));
    let before = house.world.business();
    let good = house.request(&[("document", "b.jpg", &picture(1_000, 9))]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (first, body) = good.split_at(good.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4);
    let packed = text(first).replace("Connection:", "Content-Encoding: gzip\r\nConnection:").into_bytes();
    assert_eq!(status(&ask(address, &[&packed, body].concat())), 415);
    let large = head("POST", ADD, "portal.test", &house.cookies, Some((MULTIPART, 126_000_000)));
    let refused = ask(address, &large);
    assert_eq!(status(&refused), 413);
    assert!(text(&refused).contains("Send fewer or smaller files"));
    // A form that says that it is whole and is not: the last line is missing.
    let cut = &body[..body.len() - 8];
    let said = head("POST", ADD, "portal.test", &house.cookies, Some((MULTIPART, cut.len())));
    assert_eq!(status(&ask(address, &[&said, cut].concat())), 400);
    // Other forms stay as small as they were.
    let long = vec![b'x'; 70_000];
    let kind = Some(("application/x-www-form-urlencoded", long.len()));
    let said = head("POST", "/g/nordkyl/account/language", "portal.test", &house.cookies, kind);
    assert_eq!(status(&ask(address, &[said, long].concat())), 413);
    assert_eq!(house.world.business(), before);
    assert_eq!(stored(&house.data()), 5);
}

/// The program itself, which nothing else shares: its memory after files of 125 MB in all is what it was before, give or
/// take the buffers of five connections.
#[test]
fn the_memory_stays_flat_under_large_files() {
    let (server, facts) = Program::demo(&[]);
    let url = facts["url"].as_str().expect("an address");
    let host = url.trim_start_matches("http://").split('/').next().expect("a host").to_owned();
    let address: SocketAddr = host.parse().expect("an address");
    let account = &facts["accounts"][0];
    let get = |path: &str, cookies: &str| ask(address, &head("GET", path, &host, cookies, None));
    let (guest, page) = cookies_and_token(&get("/g/nordkyl/", ""), "");
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("csrf", &page)
        .append_pair("email", account["email"].as_str().expect("an address"))
        .append_pair("password", account["password"].as_str().expect("a password"))
        .finish();
    let kind = Some(("application/x-www-form-urlencoded", form.len()));
    let signed = ask(address, &[head("POST", "/g/nordkyl/login", &host, &guest, kind), form.into_bytes()].concat());
    assert_eq!(status(&signed), 303);
    let (cookies, _) = cookies_and_token(&signed, "");
    let (_, token) = cookies_and_token(&get("/g/nordkyl/company/documents", &cookies), &cookies);
    // What every request costs is spent before it is measured.
    let send = |size: usize, seed: u8| {
        let body = multipart(&[("csrf", &token)], &[("document", "photo.jpg", &picture(size, seed))]);
        let first = head("POST", "/g/nordkyl/company/documents", &host, &cookies, Some((MULTIPART, body.len())));
        status(&ask(address, &[first, body].concat()))
    };
    assert_eq!(send(1_000_000, 100), 303);
    let before = server.peak();
    let send = &send;
    thread::scope(|scope| {
        let sent: Vec<_> = (0..5).map(|seed| scope.spawn(move || send(25_000_000, seed))).collect();
        for one in sent {
            assert_eq!(one.join().expect("no panic"), 303);
        }
    });
    let list = String::from_utf8_lossy(&get("/g/nordkyl/documents?q=photo", &cookies)).into_owned();
    let paths: Vec<_> = list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let paths: Vec<_> = paths.into_iter().filter(|path| path.ends_with("photo.jpg")).collect();
    assert_eq!(paths.len(), 6, "{list}");
    let lengths: Vec<_> = paths.iter().map(|path| get(path, &cookies).len()).collect();
    assert_eq!(lengths.iter().filter(|length| **length > 25_000_000).count(), 5, "{lengths:?}");
    let grown = server.peak().saturating_sub(before);
    assert!(grown < 24_000_000, "{grown} bytes more than {before}");
}

/// The cookies that an answer sets, and the token of its first form.
fn cookies_and_token(answer: &[u8], known: &str) -> (String, String) {
    let text = String::from_utf8_lossy(answer).into_owned();
    let set = text.lines().filter_map(|line| line.strip_prefix("Set-Cookie: ")?.split(';').next());
    let cookies: Vec<_> = set.filter(|pair| !pair.ends_with('=')).map(str::to_owned).collect();
    let token = text.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    (if cookies.is_empty() { known.to_owned() } else { cookies.join("; ") }, token.to_owned())
}
