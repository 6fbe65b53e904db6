//! What the head parser takes, what it refuses, and that nothing makes it panic.

use proptest::prelude::{ProptestConfig, any, prop, proptest};

use super::*;

fn read(text: &str) -> Result<Head, Refusal> {
    let limits = Limits::default();
    match end(text.as_bytes(), &limits)? {
        Some(at) => parse(&text.as_bytes()[..at], &limits),
        None => panic!("unfinished: {text:?}"),
    }
}

fn status(text: &str) -> u16 {
    read(text).map_or_else(|refusal| refusal.status(), |_| 200)
}

fn get(lines: &str) -> String {
    format!("GET / HTTP/1.1\r\nHost: a.example\r\n{lines}\r\n")
}

fn post(lines: &str) -> String {
    format!("POST / HTTP/1.1\r\nHost: a.example\r\n{lines}\r\n")
}

#[test]
fn an_honest_head_is_handed_on_without_what_concerns_the_connection() {
    let head = read(
        "POST /g/acme/orders?x=1 HTTP/1.1\r\nHost: a.example:8080\r\nCookie: s=1\r\nTE: trailers\r\n\
         Connection: keep-alive, cookie\r\nX-Frontdesk-Peer: 10.0.0.1\r\nX-Frontdesk-Too-Large: 1\r\nContent-Length: 5\r\n\
         Upgrade: h2c\r\nExpect: 100-continue\r\nX-Name: J\u{f6}rg\r\n\r\n",
    )
    .expect("honest");
    assert_eq!((head.method, head.path().as_str(), head.length), (Method::Post, "/g/acme/orders", 5));
    assert!(head.keep_alive && head.waits);
    let names: Vec<_> = head.headers.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(names, ["host=a.example:8080", "cookie=s=1", "x-name=J??rg"]);
}

#[test]
fn lengths_are_digits_once() {
    for odd in ["3x", "+5", "-1", "5, 5", "", "0x5", "5 5", "٣", "5.0", "1e3"] {
        assert_eq!(status(&post(&format!("Content-Length: {odd}\r\n"))), 400, "{odd:?}");
    }
    assert_eq!(status(&post("Content-Length: 5\r\nContent-Length: 5\r\n")), 400);
    assert_eq!(status(&post("Content-Length: 5\r\nContent-Length: 6\r\n")), 400);
    assert_eq!(status(&post("Content-Length : 5\r\n")), 400);
    for large in ["1000000000000", "18446744073709551616", "99999999999999999999999999999999"] {
        let length = read(&post(&format!("Content-Length: {large}\r\n"))).expect("a number").length;
        assert!(length >= 1_000_000_000_000, "{large}");
        assert_eq!(status(&get(&format!("Content-Length: {large}\r\n"))), 400, "{large}");
    }
    assert_eq!(status(&post("")), 411);
    assert_eq!(status(&get("Content-Length: 5\r\n")), 400);
    assert_eq!(status(&get("Content-Length: 0\r\n")), 200);
}

#[test]
fn any_transfer_encoding_is_refused() {
    for coding in ["chunked", "identity", "chunked, identity", " chunked", "xchunked", "gzip, chunked", ""] {
        assert_eq!(status(&post(&format!("Transfer-Encoding: {coding}\r\n"))), 411, "{coding:?}");
        assert_eq!(status(&post(&format!("Content-Length: 5\r\nTransfer-Encoding: {coding}\r\n"))), 411, "{coding:?}");
    }
    assert_eq!(status(&post("Transfer-Encoding : chunked\r\n")), 400);
    assert_eq!(status(&post("Transfer-Encoding:\r\n chunked\r\n")), 400);
}

#[test]
fn lines_end_with_crlf_alone() {
    let odd = [
        "GET / HTTP/1.1\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\0\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: \u{b}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX y: z\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n: z\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\r\nHost: a\r\n\r\n",
    ];
    for text in odd {
        assert_eq!(status(text), 400, "{text:?}");
    }
}

#[test]
fn targets_are_paths() {
    let target = |target: &str| status(&format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n"));
    for odd in ["http://a/", "a", "*", "a:443", "/a%00b", "/a#b", "/\u{e5}", "/a\tb", "?a"] {
        assert_eq!(target(odd), 400, "{odd:?}");
    }
    assert_eq!(target("/orders/123/x.css?a=b&c=%20"), 200);
    assert_eq!(target(&format!("/{}", "a".repeat(2047))), 200);
    assert_eq!(target(&format!("/{}", "a".repeat(2048))), 414);
    assert_eq!(target(&format!("/{}", "a".repeat(9000))), 414);
}

#[test]
fn versions_methods_and_hosts_are_few() {
    for version in ["HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/3.0", "http/1.1", "HTTP/11", "x HTTP/1.1"] {
        let got = status(&format!("GET / {version}\r\nHost: a\r\n\r\n"));
        assert!(got == 505 || got == 400, "{version}: {got}");
    }
    assert_eq!(status("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505);
    for method in ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "PROPFIND"] {
        assert_eq!(status(&format!("{method} / HTTP/1.1\r\nHost: a\r\n\r\n")), 405, "{method}");
    }
    for hosts in
        ["", "Host:\r\n", "Host: a\r\nHost: a\r\n", "Host: a\r\nhost: b\r\n", "Host: a/b\r\n", "Host: \u{e5}\r\n"]
    {
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{hosts}\r\n")), 400, "{hosts:?}");
    }
    assert_eq!(status("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"), 200);
}

#[test]
fn codings_and_expectations_are_known() {
    assert_eq!(status(&post("Content-Length: 1\r\nContent-Encoding: gzip\r\n")), 415);
    assert_eq!(status(&post("Content-Length: 1\r\nContent-Encoding: identity\r\n")), 200);
    assert_eq!(status(&post("Content-Length: 1\r\nExpect: 200-ok\r\n")), 417);
    assert_eq!(status(&post("Content-Length: 1\r\nExpect: 100-continue\r\nExpect: x\r\n")), 417);
}

#[test]
fn a_head_has_its_measure() {
    let limits = Limits::default();
    assert_eq!(status(&get(&"X: y\r\n".repeat(63))), 200);
    assert_eq!(status(&get(&"X: y\r\n".repeat(64))), 431);
    let endless = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}", "y".repeat(20_000));
    assert_eq!(end(endless.as_bytes(), &limits), Err(Refusal::HeadTooLarge));
    let just_too_long = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "y".repeat(16_384));
    assert_eq!(end(just_too_long.as_bytes(), &limits), Err(Refusal::HeadTooLarge));
    assert_eq!(end(b"GET / HTTP/1.1\r\nHost: a\r\n\r", &limits), Ok(None));
    assert_eq!(end(b"", &limits), Ok(None));
}

#[test]
fn the_connection_lives_on_only_when_both_speak_so() {
    let keeps = |text: &str| read(text).expect("honest").keep_alive;
    assert!(keeps("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert!(!keeps("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n"));
    assert!(!keeps("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"));
}

/// Whatever the parser takes must be clean: this is what the worker side relies on.
fn clean(bytes: &[u8]) {
    let limits = Limits::default();
    let whole = parse(bytes, &limits);
    let Ok(Some(at)) = end(bytes, &limits) else { return };
    assert!(at <= limits.head_bytes);
    if let Ok(head) = parse(&bytes[..at], &limits) {
        assert!(head.target.starts_with('/') && head.target.bytes().all(|byte| (0x21..=0x7e).contains(&byte)));
        for (name, value) in &head.headers {
            assert!(!SETTLED.contains(&name.as_str()));
            assert!(value.bytes().all(|byte| (0x20..=0x7e).contains(&byte)), "{value:?}");
            assert!(crate::portal::exchange::header(name, value).is_ok(), "{name:?}");
        }
    }
    drop(whole);
}

const SEEDS: [&str; 5] = [
    "GET / HTTP/1.1\r\nHost: a.example\r\nCookie: s=1\r\n\r\n",
    "POST /login?x=%20y HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
    "HEAD /orders HTTP/1.0\r\nhost: [::1]:80\r\nconnection: close, te\r\nTE: a;q=NaN\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    "GET /a HTTP/2.0\r\nHost: a\r\nX-Frontdesk-Peer: 1.2.3.4\r\n\r\nGET /b HTTP/1.1\r\nHost: b\r\n\r\n",
];

const SCRAPS: [&[u8]; 12] = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b" ",
    b":",
    b"\xff",
    b"\r\n\r\n",
    b"Content-Length: 1\r\n",
    b"HTTP/1.1",
    b"%00",
    b"/",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_requests_never_make_it_panic(
        seed in 0..SEEDS.len(),
        edits in prop::collection::vec((any::<usize>(), 0..4u8, any::<u8>(), 0..SCRAPS.len()), 0..8),
    ) {
        let mut bytes = SEEDS[seed].as_bytes().to_vec();
        for (place, kind, byte, scrap) in edits {
            let at = place % (bytes.len() + 1);
            match kind {
                0 => bytes.insert(at, byte),
                1 => { bytes.splice(at..at, SCRAPS[scrap].iter().copied()); }
                2 => bytes.truncate(at),
                _ if at < bytes.len() => bytes[at] = byte,
                _ => {}
            }
        }
        clean(&bytes);
    }

    #[test]
    fn noise_never_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        clean(&bytes);
    }
}
