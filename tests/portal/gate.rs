//! The gate meets what strangers send: each attack gets one refusal, and an honest request is answered afterwards.

use std::time::{Duration, Instant};

use frontdesk::portal::front::Limits;

use super::raw::{House, answers, hasty, status};

/// Sends an attack with a second request behind it; exactly one answer comes, and the second one is never asked.
fn refused(house: &House, attack: &str) -> u16 {
    let smuggled = format!("{attack}GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    let answer = house.say(smuggled.as_bytes());
    assert_eq!(answers(&answer), 1, "{attack:?} got {answer:?}");
    assert!(answer.contains("\r\nConnection: close\r\n"), "{attack:?} got {answer:?}");
    assert!(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"), "{attack:?} got {answer:?}");
    assert!(!house.asked().iter().any(|path| path == "/smuggled"), "{attack:?} was smuggled");
    status(&answer)
}

#[test]
fn odd_lengths_are_refused_and_smuggle_nothing() {
    let house = House::open(hasty());
    let post = |lines: &str| format!("POST /post HTTP/1.1\r\nHost: a\r\n{lines}\r\n\r\nhello");
    for length in ["3x", "+5", "5, 5", "-5", "", "5 5", "0x5"] {
        assert_eq!(refused(&house, &post(&format!("Content-Length: {length}"))), 400, "{length:?}");
    }
    for length in ["65537", "1000000000000", "18446744073709551616", "18446744073709551615"] {
        assert_eq!(refused(&house, &post(&format!("Content-Length: {length}"))), 413, "{length:?}");
    }
    assert_eq!(refused(&house, &post("Content-Length: 5\r\nContent-Length: 5")), 400);
    assert_eq!(refused(&house, &post("Content-Length: 5\r\nContent-Length: 6")), 400);
    assert_eq!(refused(&house, "POST /post HTTP/1.1\r\nHost: a\r\n\r\n"), 411);
    assert!(house.asked().is_empty());
    house.is_well();
}

#[test]
fn transfer_encodings_are_refused_and_smuggle_nothing() {
    let house = House::open(hasty());
    for coding in ["chunked", "identity", "chunked, identity", " chunked", "\tchunked", "xchunked"] {
        for length in ["", "Content-Length: 4\r\n"] {
            let attack = format!(
                "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: {coding}\r\n{length}\r\n5\r\nhello\r\n0\r\n\r\n"
            );
            assert_eq!(refused(&house, &attack), 411, "{attack:?}");
        }
    }
    let spaced = "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n";
    assert_eq!(refused(&house, spaced), 400);
    assert!(house.asked().is_empty());
    house.is_well();
}

#[test]
fn odd_heads_are_refused() {
    let house = House::open(hasty());
    let attacks = [
        (505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
        (505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (405, "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"),
        (405, "CONNECT b.example:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, "GET http://b.example/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        (400, "GET / HTTP/1.1\nHost: a\n\n"),
        (400, "GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n"),
        (400, "GET / HTTP/1.1\r\nHost: a\0\r\n\r\n"),
        (415, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Encoding: gzip\r\n\r\nx"),
        (417, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: tea\r\n\r\nx"),
        (400, "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0"),
    ];
    for (expected, attack) in attacks {
        assert_eq!(refused(&house, attack), expected, "{attack:?}");
    }
    assert!(house.asked().is_empty());
    house.is_well();
}

#[test]
fn heads_that_are_too_large_are_cut_off() {
    let house = House::open(hasty());
    let headers = "X: y\r\n".repeat(10_000);
    assert_eq!(refused(&house, &format!("GET / HTTP/1.1\r\nHost: a\r\n{headers}\r\n")), 431);
    let url = "a".repeat(2 * 1024 * 1024);
    assert_eq!(refused(&house, &format!("GET /{url} HTTP/1.1\r\nHost: a\r\n\r\n")), 414);

    let mut endless = house.call();
    endless.send(b"GET / HTTP/1.1\r\nHost: a\r\nX: ");
    let start = Instant::now();
    // Until the other side has had enough, and in no case for ever.
    let piece = vec![b'y'; 64 * 1024];
    let sent = (0..100_000).take_while(|_| endless.send(&piece)).count();
    assert!(sent < 100_000 && start.elapsed() < Duration::from_secs(10));
    house.is_well();
}

#[test]
fn a_te_header_of_sixty_weights_is_a_plain_request() {
    let house = House::open(hasty());
    for _ in 0..10 {
        let weights = vec!["a;q=NaN"; 60].join(",");
        let answer =
            house.say(format!("GET /te HTTP/1.1\r\nHost: a\r\nTE: {weights}\r\nConnection: close\r\n\r\n").as_bytes());
        assert_eq!(status(&answer), 200);
    }
    assert_eq!(house.front.workers(), Limits::default().workers);
    house.is_well();
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let house = House::open(hasty());
    let mut raw = house.call();
    raw.send(
        b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello\
          HEAD /page HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n\
          GET /4 HTTP/1.1\r\nHost: a\r\n\r\n",
    );
    assert_eq!(raw.answer().1, b"/1");
    assert_eq!(raw.answer().1, b"hello");
    let rest = raw.rest();
    assert_eq!(answers(&rest), 2);
    assert!(rest.contains("\r\nContent-Length: 4096\r\n"), "a HEAD tells the length");
    assert!(rest.ends_with("\r\n\r\n/3"));
    assert_eq!(house.asked(), ["/1", "/echo", "/page", "/3"]);
    house.is_well();
}

#[test]
fn bodies_arrive_whole_whatever_their_size_and_pace() {
    let house = House::open(Limits::default());
    let mut raw = house.call();
    for size in [0, 1, 1024, 1025, 65_536, 65_537, 3_000_000] {
        let body: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
        raw.send(format!("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n\r\n").as_bytes());
        for piece in body.chunks(100_000) {
            raw.send(piece);
        }
        let (head, echoed) = raw.answer();
        assert_eq!(status(&head), 200, "{head}");
        assert!(echoed == body, "{size} bytes came back as {}", echoed.len());
    }
    assert_eq!(refused(&house, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000001\r\n\r\n"), 413);
    house.is_well();
}

#[test]
fn a_body_that_is_too_large_is_answered_before_it_is_sent() {
    let house = House::open(hasty());
    for (path, length, most) in
        [("/post", 65_537, 65_536), ("/echo", 3_000_001, 3_000_000), ("/echo", u64::MAX, 3_000_000)]
    {
        for waits in ["", "Expect: 100-continue\r\n"] {
            let mut raw = house.call();
            let head =
                format!("POST {path} HTTP/1.1\r\nHost: a\r\nX-Of: eva\r\n{waits}Content-Length: {length}\r\n\r\n");
            raw.send(head.as_bytes());
            let (head, said) = raw.answer();
            assert_eq!(status(&head), 413, "{head}");
            assert!(head.contains("\r\nConnection: close\r\n"), "{head}");
            assert_eq!(String::from_utf8_lossy(&said), format!("0 of {most} at {path} for eva"));
        }
    }
    assert!(house.asked().is_empty());
    house.is_well();
}

#[test]
fn nobody_outside_says_that_a_body_was_too_large() {
    let house = House::open(hasty());
    let forged = "X-Frontdesk-Too-Large: 7\r\nx-frontdesk-too-large: 8\r\n";
    let mut raw = house.call();
    raw.send(format!("POST /echo HTTP/1.1\r\nHost: a\r\n{forged}Content-Length: 5\r\n\r\nhello").as_bytes());
    assert_eq!(raw.answer().1, b"hello");
    raw.send(format!("GET /who HTTP/1.1\r\nHost: a\r\n{forged}\r\n").as_bytes());
    assert_eq!(raw.answer().1, b"127.0.0.1 host=a");
    raw.send(format!("POST /post HTTP/1.1\r\nHost: a\r\n{forged}Content-Length: 65537\r\n\r\n").as_bytes());
    assert_eq!(raw.answer().1, b"0 of 65536 at /post for nobody");
}

#[test]
fn a_client_that_asks_first_is_told_to_continue() {
    let house = House::open(hasty());
    let mut raw = house.call();
    raw.send(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    assert_eq!(raw.answer().0, "HTTP/1.1 100 Continue\r\n\r\n");
    raw.send(b"hello");
    assert_eq!(raw.answer().1, b"hello");
    let told =
        house.say(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n");
    assert_eq!((status(&told), answers(&told)), (413, 1));
}

#[test]
fn answers_carry_their_headers_and_no_servers_name() {
    let house = House::open(hasty());
    let page = house.say(b"GET /page HTTP/1.0\r\nHost: a\r\n\r\n");
    for header in
        ["Content-Security-Policy: default-src 'none'", "Cache-Control: no-store", "Connection: close", "Date: "]
    {
        assert!(page.contains(&format!("\r\n{header}")), "{header} is missing in {page:?}");
    }
    assert!(!page.to_ascii_lowercase().contains("\r\nserver:"));
    let nothing = house.say(b"GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert!(status(&nothing) == 204 && nothing.ends_with("\r\n\r\n") && !nothing.contains("Content-Length"));
    let split = house.say(b"GET /split HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert!(status(&split) == 500 && !split.contains("X: y"), "{split:?}");
}

#[test]
fn only_a_configured_proxy_speaks_for_a_client() {
    let asking =
        b"GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 9.9.9.9, 192.0.2.7\r\nX-Frontdesk-Peer: 8.8.8.8\r\nX-Empty:\r\n\
        X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n";
    let alone = House::open(hasty());
    assert!(alone.say(asking).ends_with("\r\n\r\n127.0.0.1 host=a x-empty="));
    let behind = House::trusting(hasty(), &["127.0.0.1".parse().expect("an address")]);
    let told = behind.say(asking);
    assert!(
        told.ends_with("192.0.2.7 host=a x-forwarded-for=9.9.9.9, 192.0.2.7 x-empty= x-forwarded-proto=https"),
        "{told:?}"
    );
}
