//! Every route of the site map, asked by those who may not: nothing is shown, nothing is changed.

mod samples;

use frontdesk::portal::exchange::{Method, Request};
use frontdesk::portal::routes::{Handler, ROUTES};

pub(super) use samples::sample;

use samples::SAMPLES;

use crate::support::{Answer, PASSWORD, Visitor, World};

fn has_page(path: &str) -> bool {
    ROUTES.iter().any(|route| route.path == path && route.handler.methods().0)
}

fn takes_forms(path: &str) -> bool {
    ROUTES.iter().any(|route| route.path == path && route.handler.methods().1)
}

fn town() -> World {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --all-facilities");
    assert_eq!(world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room"), "NK-FRO-0001");
    world.run("object add KYL-02 --customer 1042 --facility hus-a --name 'Compressor of the cold room'").well();
    world.file("round.toml", "title = \"Round of the cold room\"\n[[point]]\ntext = \"Doors\"\n");
    world.run("selfcheck template add round round.toml --group nordkyl").well();
    world.run("selfcheck add round --order NK-FRO-0001 --group nordkyl").well();
    world.run("object add KYL-01 --customer 1042 --name 'Fan of the cold room' --facility hus-a").well();
    world.run("reading add KYL-01 100 --at 2026-11-01").well();
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    eva.get("/account");
    eva.post("/objects/KYL-01/readings", &[("value", "120"), ("at", "2026-11-10T08:00")]).leads();
    world
}

#[test]
fn every_sample_is_of_a_route() {
    for (path, ..) in SAMPLES {
        assert!(ROUTES.iter().any(|route| route.path == *path), "{path} is no route");
    }
}

#[test]
fn without_a_session_every_page_leads_to_the_login_box() {
    let world = town();
    let before = world.business();
    for route in ROUTES {
        let (path, fields) = sample(route);
        let mut guest = world.visitor("nordkyl");
        match route.handler {
            Handler::Page(_) => {
                let next: String = form_urlencoded::byte_serialize(guest.address(path).as_bytes()).collect();
                let wanted = format!("/g/nordkyl/?next={next}");
                assert_eq!(guest.get(path).leads(), wanted);
                assert_eq!(guest.head(path).leads(), wanted);
                assert!(guest.cookies.is_empty(), "{path} set {:?}", guest.cookies);
            }
            Handler::Submit(_) | Handler::Upload(_) => {
                guest.get("/");
                let answer = guest.post(path, fields);
                assert!(answer.leads().starts_with("/g/nordkyl/"), "{answer:?}");
                assert!(
                    answer.leads() == "/g/nordkyl/" || answer.leads().starts_with("/g/nordkyl/?next="),
                    "{answer:?}"
                );
                assert_eq!(guest.session(), None);
            }
            Handler::Framed(_) => {
                guest.get(path).has_status(200).hides("cold room");
                assert!(guest.cookies.is_empty(), "{path} set {:?}", guest.cookies);
            }
            Handler::Handover(_) => {
                let wanted = "/g/nordkyl/?email=eva%40brf.example";
                assert_eq!((guest.get(path).leads(), guest.post_bare(path, fields).leads()), (wanted, wanted));
                assert!(guest.cookies.is_empty(), "{path} set {:?}", guest.cookies);
            }
            Handler::Open(_) => {
                let answer = guest.get(path);
                assert!([200, 303, 404, 410].contains(&answer.status), "{path}: {}", answer.status);
                answer.hides("cold room");
            }
            Handler::Bearer(_) => {
                // The sample's address was given to nobody.
                guest.post_bare(path, fields).has_status(410).hides("cold room");
                assert!(guest.cookies.is_empty(), "{path} set {:?}", guest.cookies);
            }
            Handler::OpenForm(_) => {}
        }
    }
    assert_eq!(world.business(), before);
}

/// Ways in which a form does not come from our own page: headers, and whether its token is good all the same.
const STRANGERS: &[&[(&str, &str)]] = &[
    &[("Sec-Fetch-Site", "cross-site")],
    &[("Sec-Fetch-Site", "same-site")],
    &[("Sec-Fetch-Site", "none")],
    &[("Sec-Fetch-Site", "same-origin"), ("Origin", "https://evil.test")],
    &[("Origin", "https://evil.test")],
    &[("Origin", "http://portal.test")],
    &[("Origin", "https://portal.test.evil.test")],
    &[("Origin", "https://portal.tes")],
    &[("Origin", "https://")],
    &[("Origin", "")],
    &[("Origin", "null")],
    &[("Origin", "null"), ("Sec-Fetch-Site", "cross-site")],
];

fn with_all(visitor: &Visitor, headers: &[(&str, &str)]) -> Visitor {
    headers.iter().fold(visitor.clone(), |visitor, (name, value)| visitor.with(name, value))
}

#[test]
fn forms_of_others_are_refused_even_with_a_session() {
    let world = town();
    world.user("nordkyl", "bob@brf.example", "--customer 1042 --template full --all-facilities");
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    let mut bob = world.signed_in("nordkyl", "bob@brf.example", PASSWORD);
    let mut guest = world.visitor("nordkyl");
    for visitor in [&mut eva, &mut bob, &mut guest] {
        visitor.get("/account");
        visitor.get("/forgot");
    }
    assert_ne!(eva.token, bob.token);
    let before = world.business();
    for route in ROUTES.iter().filter(|route| matches!(route.handler, Handler::Submit(_) | Handler::Upload(_))) {
        let (path, fields) = sample(route);
        let good = eva.token.clone();
        let tokens =
            ["", &bob.token, &guest.token, &good[..42], &good.to_lowercase(), &format!("{good} ")].map(str::to_owned);
        for token in tokens {
            let mut other = eva.clone();
            other.token = token;
            other.post(path, fields).has_status(403);
        }
        eva.clone().post_bare(path, fields).has_status(403);
        for headers in STRANGERS {
            with_all(&eva, headers).post(path, fields).has_status(403);
        }
    }
    assert_eq!(world.business(), before);
    eva.get("/account").has_status(200);
    let refused = world.run("audit list --json --limit 1000").well().out.matches("portal.form_refused").count();
    assert!(refused >= STRANGERS.len(), "{refused} refused forms are written down");
}

#[test]
fn our_own_forms_are_taken_whatever_the_browser_says_of_them() {
    let world = town();
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    eva.get("/account");
    for headers in [
        &[][..],
        &[("Origin", "https://portal.test")],
        &[("Sec-Fetch-Site", "same-origin")],
        &[("Sec-Fetch-Site", "same-origin"), ("Origin", "https://portal.test")],
        &[("Sec-Fetch-Site", "same-origin"), ("Origin", "null")],
    ] {
        with_all(&eva, headers).post("/account/language", &[("lang", "en")]).leads();
    }
}

#[test]
fn a_login_form_on_another_site_leads_to_the_box_and_never_signs_in() {
    let world = town();
    let before = world.business();
    let mut guest = world.visitor("nordkyl");
    guest.get("/");
    let fields = [("email", "eva@brf.example"), ("password", PASSWORD), ("next", "/g/nordkyl/account")];
    for headers in STRANGERS {
        let answer = with_all(&guest, headers).post("/login", &fields);
        assert_eq!(answer.leads(), "/g/nordkyl/?email=eva%40brf.example");
        assert_eq!(answer.all("Set-Cookie").iter().filter(|cookie| !cookie.contains(".guest=")).count(), 0);
    }
    guest.get("/?email=eva%40brf.example").has_status(200).says("value=\"eva@brf.example\"");
    let mut bare = world.visitor("nordkyl");
    let stale = bare.post_bare("/login", &fields);
    stale.has_status(403).says("open for a long time").says("value=\"eva@brf.example\"").hides(PASSWORD);
    assert_eq!(bare.session(), None);
    // The page that says so has a token that works.
    bare.post("/login", &fields).leads();
    assert_eq!(world.business()["users"].len(), before["users"].len());
}

/// What other sites send may come from anywhere, so it must lead to the same place whoever sends it, and do nothing.
#[test]
fn what_another_site_sends_leads_to_the_login_box_and_does_nothing_else() {
    let world = town();
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    eva.get("/account");
    // By now a session that was looked at would be marked as used.
    world.clock.advance(600);
    let before = world.rows();
    let handovers: Vec<_> = ROUTES.iter().filter(|route| matches!(route.handler, Handler::Handover(_))).collect();
    assert_eq!(handovers.len(), 1, "each way in from other sites is thought about by itself");
    for route in handovers {
        let (path, fields) = sample(route);
        for visitor in [&eva, &world.visitor("nordkyl")] {
            for headers in STRANGERS.iter().copied().chain([&[][..]]) {
                let mut stranger = with_all(visitor, headers);
                let answers = [stranger.post(path, fields), stranger.post_bare(path, fields), stranger.get(path)];
                for answer in answers {
                    assert_eq!(answer.leads(), "/g/nordkyl/?email=eva%40brf.example", "{headers:?}");
                    assert!(answer.all("Set-Cookie").is_empty() && answer.body.is_empty(), "{answer:?}");
                }
            }
        }
    }
    assert_eq!(world.rows(), before);
}

#[test]
fn forms_of_guests_do_nothing_without_their_token() {
    let world = town();
    world.run("user create new@brf.example --customer 1042 --name New").well();
    let link = world.link_for("new@brf.example");
    let before = world.business();
    let mut guest = world.visitor("nordkyl");
    guest.get(&link);
    let mut other = world.visitor("nordkyl");
    other.get("/forgot");
    for route in ROUTES.iter().filter(|route| matches!(route.handler, Handler::OpenForm(_))) {
        let (path, fields) = sample(route);
        let mut stale = guest.clone();
        stale.token = other.token.clone();
        for answer in [guest.clone().post_bare(path, fields), stale.post(path, fields)] {
            assert!([303, 403].contains(&answer.status), "{path}: {}", answer.status);
            assert!(answer.status == 403 || answer.leads() == "/g/nordkyl/forgot", "{answer:?}");
        }
        for headers in STRANGERS {
            let mut visitor = guest.clone();
            visitor.get("/forgot");
            assert!(with_all(&visitor, headers).post(path, fields).leads().starts_with("/g/nordkyl/"));
        }
    }
    assert_eq!(world.business(), before);
    assert!(world.fetch().is_empty());
    world.choose("nordkyl", &link, PASSWORD);
}

#[test]
fn each_address_has_its_methods_and_asking_changes_nothing() {
    let world = town();
    let mut eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    eva.get("/account");
    let before = world.rows();
    let (token, session) = (eva.token.clone(), eva.session().map(str::to_owned));
    for route in ROUTES {
        let (path, fields) = sample(route);
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).append_pair("csrf", &token).finish();
        let join = if path.contains('?') { "&" } else { "?" };
        let disguised = format!("{path}{join}_method=POST&{query}");
        for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
            let mut request = Request::get(&eva.address(&disguised));
            request.headers.push((name.to_lowercase(), "POST".into()));
            let got = eva.clone().send(request);
            if has_page(route.path) {
                assert_ne!(got.status, 405, "{path}");
            } else {
                assert_eq!(got.has_status(405).header("Allow"), Some("POST"), "{path}");
            }
        }
        let (got, asked) = (eva.clone().get(path), eva.clone().head(path));
        assert_eq!(asked.status, got.status, "{path}");
        if !takes_forms(route.path) {
            let answer = eva.clone().post(path, fields);
            assert_eq!(answer.has_status(405).header("Allow"), Some("GET, HEAD"), "{path}");
        }
    }
    let mut after = world.rows();
    // Links that nobody was given are counted; files that are taken away, and what is out of reach, are written down.
    for book in ["throttle", "audit", "audit_head"] {
        after.insert(book.into(), before[book].clone());
    }
    assert_eq!(after, before);
    assert_eq!(eva.session().map(str::to_owned), session);
}

#[test]
fn a_page_that_is_not_permitted_says_the_same_of_what_is_there_and_what_is_not() {
    let world = town();
    let elsewhere = world.order("nordkyl", "1043", Some("hall"), "Fan of the ice hall");
    let behind = world.order("nordkyl", "1042", Some("hus-b"), "Light in the attic");
    world.user("nordkyl", "ute@brf.example", "--customer 1042 --grant object.view --facility hus-a");
    world.user("nordkyl", "none@brf.example", "--customer 1042");
    world.user("nordkyl", "one@brf.example", "--customer 1042 --template viewer --facility hus-a");
    let mut ute = world.signed_in("nordkyl", "ute@brf.example", PASSWORD);
    let mut none = world.signed_in("nordkyl", "none@brf.example", PASSWORD);
    let mut one = world.signed_in("nordkyl", "one@brf.example", PASSWORD);
    let before = world.business();
    ute.get("/orders").has_status(403);
    assert_eq!(none.get("/orders").leads(), "/g/nordkyl/no-access");
    let there = one.get("/orders/NK-FRO-0001").has_status(200).clone();
    let same = |visitor: &mut Visitor, status: u16| -> Answer {
        let unknown = visitor.get("/orders/NK-FRO-9999").has_status(status).clone();
        for path in [&behind, &elsewhere] {
            assert_eq!(visitor.get(&format!("/orders/{path}")), unknown, "{path}");
        }
        unknown
    };
    let missing = same(&mut one, 404);
    same(&mut ute, 403);
    same(&mut none, 303);
    for odd in [
        "/orders/1",
        "/orders/0",
        "/orders/-1",
        "/orders/2",
        "/orders/nk-fro-0002.json",
        "/orders/%2e%2e",
        "/orders/NK-FRO-0002%00",
        "/orders/' OR 1=1 --",
        "/orders/%25",
        "/orders/_",
        "/orders/*",
    ] {
        let answer = one.get(odd);
        assert_eq!(answer, missing, "{odd}");
    }
    for odd in [
        format!("/orders/{behind}/x.css"),
        format!("/orders/{behind}/"),
        format!("/orders/./{behind}"),
        format!("//orders/{behind}"),
        "/account;.png".into(),
        "/account/x.css".into(),
        "/orders/NK-FRO-0001/x.css".into(),
        "/orders.CSV".into(),
        "/Orders".into(),
    ] {
        let answer = one.get(&odd);
        assert_eq!(answer.has_status(404).header("Cache-Control"), None, "{odd}: no-store is added on the way out");
        answer.hides("cold room").hides("attic");
    }
    assert!(there.text().contains("Door of the cold room"));
    assert_eq!(world.business(), before);
}

#[test]
fn foreign_hosts_get_no_page_and_send_no_mail() {
    let world = town();
    let mut guest = world.visitor("nordkyl");
    guest.get("/forgot");
    let token = guest.token.clone();
    for host in ["evil.test", "portal.test.evil.test", "portal.test@evil.test", "portal.test:8080", "", "xportal.test"]
    {
        let fields = [("email", "eva@brf.example"), ("csrf", token.as_str())];
        let mut request = Request::post("/g/nordkyl/forgot", &fields);
        request.headers.push(("host".into(), host.into()));
        let answer = guest.clone().send(request);
        answer.has_status(421).hides("evil").says("https://portal.test");
    }
    for method in [Method::Get, Method::Head, Method::Post] {
        let mut request = Request { method, ..Request::get("/g/nordkyl/") };
        request.headers.push(("host".into(), "evil.test".into()));
        guest.clone().send(request).has_status(421);
    }
    assert!(world.fetch().is_empty());
    let mut misled = guest
        .with("X-Forwarded-Host", "evil.test")
        .with("Forwarded", "host=evil.test")
        .with("X-Original-URL", "/g/nordkyl/orders")
        .with("X-Group", "beta");
    misled.get("/forgot").has_status(200).hides("evil");
    misled.post("/forgot", &[("email", "eva@brf.example")]).leads();
    let letters = world.fetch();
    assert_eq!(letters.len(), 1);
    assert!(
        !letters[0].everything.contains("evil.test")
            && letters[0].everything.contains("https://portal.test/g/nordkyl/reset/")
    );
}
