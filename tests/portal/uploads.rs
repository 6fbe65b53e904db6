//! Files through the real front: cut in the middle, five at once, too large for the gate, and a memory that stays flat.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use frontdesk::config::Uploads;
use frontdesk::portal::front::{Front, Limits, Room};
use socket2::{Domain, Socket, Type};

use super::raw::Raw;
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
        let front = Front::start(listener, limits, Vec::new(), site).expect("starts");
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

#[test]
fn a_connection_that_is_cut_in_the_middle_leaves_nothing() {
    let house = House::open(Limits::default());
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
    let house = House::open(Limits::default());
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

const SMALL: &str = "application/x-www-form-urlencoded";

/// What is said to a head alone, whose body is never sent.
fn said(house: &House, path: &str, cookies: &str, kind: &str, length: usize) -> (u16, String) {
    let answer = ask(house.front.address(), &head("POST", path, "portal.test", cookies, Some((kind, length))));
    (status(&answer), String::from_utf8_lossy(&answer).into_owned())
}

#[test]
fn a_form_that_is_too_large_is_told_so_in_the_look_and_the_language_of_the_visitor() {
    let house = House::open(Limits::default());
    let before = house.world.business();
    let over = usize::try_from(Uploads::default().max_form_bytes() + 1).expect("fits");
    for (lang, title, limit, back) in [
        ("en", "That is too large", "Up to 5 files of at most 25 MB each: PDF", "Back to the form"),
        ("sv", "Det är för stort", "Upp till 5 filer på högst 25 MB var", "Tillbaka till formuläret"),
        ("es", "Es demasiado grande", "Hasta 5 archivos de 25 MB como máximo cada uno", "Volver al formulario"),
    ] {
        let cookies = format!("{}; __Host-frontdesk-nordkyl.language={lang}", house.cookies);
        let (status, page) = said(&house, ADD, &cookies, MULTIPART, over);
        assert_eq!(status, 413, "{page}");
        for part in [title, limit, back, "Nordkyl AB", "Brf Fröjden", &format!("href=\"{ADD}\""), "Connection: close"]
        {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
    }
    // A form that has no page of its own stands on the page above it.
    let (status, page) = said(&house, "/g/nordkyl/orders/NK-FRO-0001/comments", &house.cookies, MULTIPART, over);
    assert!(status == 413 && page.contains("href=\"/g/nordkyl/orders/NK-FRO-0001\""), "{page}");
    assert_eq!(house.world.business(), before);
}

#[test]
fn only_who_may_send_files_may_send_much() {
    let house = House::open(Limits::default());
    let stale = "__Host-frontdesk-nordkyl=x";
    let waits = |path: &str, cookies: &str, kind: &str| {
        let mut stream = TcpStream::connect(house.front.address()).expect("connects");
        let head = head("POST", path, "portal.test", cookies, Some((kind, 70_000)));
        let head = String::from_utf8_lossy(&head).replace("Connection:", "Expect: 100-continue\r\nConnection:");
        stream.write_all(head.as_bytes()).expect("sent");
        let mut begin = [0; 12];
        stream.read_exact(&mut begin).expect("an answer");
        String::from_utf8_lossy(&begin[9..]).into_owned()
    };
    assert_eq!(waits(ADD, &house.cookies, MULTIPART), "100");
    assert_eq!(waits(ADD, stale, MULTIPART), "100");
    for (path, cookies, kind) in [
        (ADD, &house.cookies[..], SMALL),
        ("/g/nordkyl/account/language", &house.cookies, MULTIPART),
        ("/g/nordkyl/login", &house.cookies, MULTIPART),
        ("/g/nordkyl/login", "", SMALL),
        ("/g/nordkyl/nowhere", "", MULTIPART),
        ("/g/nordkyl", "", SMALL),
        ("/nowhere", "", MULTIPART),
        ("/healthz", "", SMALL),
    ] {
        assert_eq!(waits(path, cookies, kind), "413", "{path} {cookies} {kind}");
    }
    // Who is not signed in at this group is led to sign in, as with every form.
    for cookies in [
        "",
        "__Host-frontdesk-nordkyl=",
        "frontdesk-nordkyl=x",
        "__Host-frontdesk-acme=x",
        "__Host-frontdesk-nordkyl.guest=x",
    ] {
        let (status, answer) = said(&house, ADD, cookies, MULTIPART, 70_000);
        let next = ADD.replace('/', "%2F");
        assert!(status == 303 && answer.contains(&format!("Location: /g/nordkyl/?next={next}\r\n")), "{answer}");
    }
    let (status, page) = said(&house, ADD, &house.cookies, SMALL, 70_000);
    assert!(status == 413 && page.contains("The text of one form may take up to 64 kB in all."), "{page}");
}

/// A connection from another address of this machine.
fn from(last: u8, to: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    socket.bind(&SocketAddr::from(([127, 0, 0, last], 0)).into()).expect("a loopback address");
    socket.connect(&to.into()).expect("connects");
    socket.into()
}

#[test]
fn one_client_that_fills_its_share_keeps_nobody_from_anything() {
    let bodies = Room { whole: 12_000_000, share: 3_000_000 };
    let house = House::open(Limits { bodies, ..Limits::default() });
    let at = house.front.address();
    let begin = |length: usize, bytes: usize| {
        let mut stream = from(66, at);
        let first = head("POST", ADD, "portal.test", "__Host-frontdesk-nordkyl=x", Some((MULTIPART, length)));
        stream.write_all(&[first, vec![b'x'; bytes]].concat()).expect("sent");
        stream
    };
    let begun = Instant::now();
    let slow = loop {
        assert!(begun.elapsed() < Duration::from_secs(15), "the share is never full");
        let slow = [begin(100_000_000, 1_400_000), begin(100_000_000, 1_400_000)].map(|stream| Raw { stream });
        thread::sleep(Duration::from_millis(100));
        // Once both lie there, the third finds no room; on a busy machine it may come before them.
        let mut third = [0; 12];
        begin(300_000, 300_000).read_exact(&mut third).expect("an answer");
        if &third[9..] == b"503" && slow.iter().all(Raw::waits) {
            break slow;
        }
    };
    assert_eq!(status(&ask(at, &house.request(&[("document", "a.jpg", &picture(2_500_000, 1))]))), 303);
    assert_eq!(stored(&house.data()), 1);
    for (mut stream, cookies) in [(from(66, at), ""), (from(67, at), &house.cookies[..])] {
        stream.write_all(&head("GET", "/g/nordkyl/", "portal.test", cookies, None)).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        assert_eq!(status(&answer), if cookies.is_empty() { 200 } else { 303 });
    }
    drop(slow);
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
